//! Addresses with a query string: read, and written with one thing changed.

use huiqi_web::Visit;

/// The query string of a request, as pairs in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads it from the address of a visit.
    pub(crate) fn of(visit: &Visit) -> Query {
        Query::parse(visit.path())
    }

    /// Reads it from an address.
    pub(crate) fn parse(path: &str) -> Query {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        Query(
            url::form_urlencoded::parse(query.as_bytes())
                .map(|(name, value)| (name.into_owned(), value.trim().to_owned()))
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        )
    }

    /// The first value of a name; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// All values of a name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether nothing was asked for but perhaps a later page.
    pub(crate) fn is_plain(&self) -> bool {
        self.0.iter().all(|(key, _)| key == "after" || key == "lang")
    }

    /// The address with every value of a name replaced by one (or by none); the page is forgotten.
    pub(crate) fn with(&self, path: &str, name: &str, value: &str) -> String {
        let kept = self.0.iter().filter(|(key, _)| key != name && key != "after");
        let new = (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()));
        address(path, kept.cloned().chain(new))
    }

    /// The address without one of the values of a name; the page is forgotten.
    pub(crate) fn without(&self, path: &str, name: &str, value: &str) -> String {
        let kept = self.0.iter().filter(|(key, old)| (key != name || old != value) && key != "after");
        address(path, kept.cloned())
    }
}

fn address(path: &str, pairs: impl IntoIterator<Item = (String, String)>) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_changes_and_the_rest_stays() {
        let query = Query::parse("/services?q=贷款&fee=free&fee=low&after=CP-000020&category=");
        assert_eq!(query.all("fee"), ["free", "low"]);
        assert_eq!(query.without("/services", "fee", "free"), "/services?q=%E8%B4%B7%E6%AC%BE&fee=low");
        assert_eq!(query.with("/services", "q", ""), "/services?fee=free&fee=low");
        assert_eq!(Query::parse("/services").with("/services", "after", "CP-1"), "/services?after=CP-1");
        assert!(Query::parse("/services?after=CP-1").is_plain() && !query.is_plain());
    }
}
