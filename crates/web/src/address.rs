//! Addresses with a query string, written and read.

/// An address with a query string; empty values are left out.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    let mut any = false;
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        out.append_pair(name, value);
        any = true;
    }
    if any { format!("{path}?{}", out.finish()) } else { path.to_owned() }
}

/// The query string of an address as pairs.
pub fn query_of(path: &str) -> Vec<(String, String)> {
    let query = path.split_once('?').map_or("", |(_, q)| q);
    url::form_urlencoded::parse(query.as_bytes()).map(|(k, v)| (k.into_owned(), v.trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_leave_out_what_is_empty() {
        assert_eq!(address("/x", &[("q", ""), ("a", "b c")]), "/x?a=b+c");
        assert_eq!(address("/x", &[("q", "")]), "/x");
        assert_eq!(
            query_of("/x?a=b+c&d=%E5%8E%A6"),
            [("a".to_owned(), "b c".to_owned()), ("d".to_owned(), "厦".to_owned())]
        );
    }
}
