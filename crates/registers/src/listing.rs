//! Lists that are paged by key: a sort column and the record itself, never page numbers.

use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
pub(crate) use huiqi_web::address::{address, query_of};
use huiqi_web::components::Pager;

/// Rows of a page.
pub(crate) const PAGE: usize = 50;

/// The value of a name in a query string; empty where it is missing.
pub(crate) fn value_of(query: &[(String, String)], name: &str) -> String {
    query.iter().find(|(k, _)| k == name).map(|(_, v)| v.clone()).unwrap_or_default()
}

/// Where a page begins and how the list is sorted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cut {
    after: Option<String>,
    before: Option<String>,
    newest_first: bool,
}

impl Cut {
    /// Reads `after=` and `before=` (each the number of a row) and `sort=updated`.
    pub(crate) fn read(query: &[(String, String)]) -> Cut {
        let find = |name: &str| Some(value_of(query, name)).filter(|v| !v.is_empty());
        Cut { after: find("after"), before: find("before"), newest_first: value_of(query, "sort") == "updated" }
    }

    /// Whether the newest change stands first; otherwise names in their order.
    pub(crate) fn newest_first(&self) -> bool {
        self.newest_first
    }

    /// What stands behind `sort=`.
    pub(crate) fn sort(&self) -> &'static str {
        if self.newest_first { "updated" } else { "" }
    }

    /// Cuts what was read to one page in reading order and makes the links around it; `base` is the address of the
    /// list with filters and sorting.
    pub(crate) fn page<T>(
        &self,
        mut rows: Vec<T>,
        total: i64,
        base: &str,
        number: impl Fn(&T) -> &str,
    ) -> (Vec<T>, Pager) {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let backwards = self.after.is_none() && self.before.is_some();
        if backwards {
            rows.reverse();
        }
        let has_prev = if backwards { more } else { self.after.is_some() };
        let has_next = if backwards { true } else { more };
        let joint = if base.contains('?') { '&' } else { '?' };
        let pager = Pager {
            prev: rows.first().filter(|_| has_prev).map(|row| format!("{base}{joint}before={}", number(row))),
            next: rows.last().filter(|_| has_next).map(|row| format!("{base}{joint}after={}", number(row))),
            shown: rows.len() as u64,
            total: u64::try_from(total).ok(),
        };
        (rows, pager)
    }
}

/// Conditions of a statement, with their values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Where {
    text: Vec<String>,
    values: Vec<Value>,
}

impl Where {
    /// Adds a condition.
    pub(crate) fn add(&mut self, text: &str, values: impl IntoIterator<Item = Value>) {
        self.text.push(text.to_owned());
        self.values.extend(values);
    }

    /// A statement with these conditions behind it.
    pub(crate) fn over(self, select: &str) -> (String, Vec<Value>) {
        if self.text.is_empty() {
            return (select.to_owned(), self.values);
        }
        (format!("{select} WHERE {}", self.text.join(" AND ")), self.values)
    }

    /// A statement that reads one page and one row more. `key` selects sort column and id of the row with a number.
    pub(crate) fn page(mut self, select: &str, cut: &Cut, column: &str, id: &str, key: &str) -> (String, Vec<Value>) {
        let backwards = cut.after.is_none() && cut.before.is_some();
        // Newest first turns the order round, going backwards turns it round again.
        let descending = cut.newest_first != backwards;
        if let Some(number) = cut.after.as_ref().or(cut.before.as_ref()) {
            let sign = if descending { '<' } else { '>' };
            self.add(&format!("({column}, {id}) {sign} ({key})"), [number.clone().into()]);
        }
        let word = if descending { " DESC" } else { "" };
        let (text, values) = self.over(select);
        (format!("{text} ORDER BY {column}{word}, {id}{word} LIMIT {}", PAGE + 1), values)
    }
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// The figure of a statement `SELECT COUNT(*) AS n …`.
pub(crate) async fn count(ctx: &Ctx, text: &str, values: Vec<Value>) -> Result<i64, Fault> {
    Ok(ctx::one::<Count>(ctx, text, values).await?.map_or(0, |c| c.n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_go_both_ways_in_both_orders() {
        let page = |query: &str| {
            let cut = Cut::read(&query_of(&format!("/x?{query}")));
            Where::default().page("S", &cut, "c", "i", "K").0
        };
        assert_eq!(page(""), "S ORDER BY c, i LIMIT 51");
        assert_eq!(page("after=A"), "S WHERE (c, i) > (K) ORDER BY c, i LIMIT 51");
        assert_eq!(page("before=A"), "S WHERE (c, i) < (K) ORDER BY c DESC, i DESC LIMIT 51");
        assert_eq!(page("sort=updated&after=A"), "S WHERE (c, i) < (K) ORDER BY c DESC, i DESC LIMIT 51");
        assert_eq!(page("sort=updated&before=A"), "S WHERE (c, i) > (K) ORDER BY c, i LIMIT 51");
    }

    #[test]
    fn a_page_read_backwards_is_turned_round() {
        let cut = Cut::read(&query_of("/x?before=C"));
        let (rows, pager) = cut.page(vec!["B", "A"], 3, "/x", |r| r);
        assert_eq!(rows, ["A", "B"]);
        assert_eq!((pager.prev, pager.next), (None, Some("/x?after=B".into())));
    }
}
