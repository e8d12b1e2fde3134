//! Lists that are paged by key: a sort column and the public number, never row ids or page numbers.

use huiqi_store::sea_orm::Value;
pub(crate) use huiqi_web::address::{address, query_of};
use huiqi_web::components::Pager;

/// Rows of a page.
pub(crate) const PAGE: usize = 30;

/// Where a page begins, from the query string.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cut {
    after: Option<String>,
    before: Option<String>,
}

impl Cut {
    /// Reads `after=` and `before=`, each the number of a row.
    pub(crate) fn read(query: &[(String, String)]) -> Cut {
        let find = |name: &str| query.iter().find(|(k, v)| k == name && !v.is_empty()).map(|(_, v)| v.clone());
        Cut { after: find("after"), before: find("before") }
    }

    /// The end of a statement that reads one page of `table` (alias `t`) by `column` and number, with its values. The
    /// statement before it must end in a `WHERE` with at least one condition.
    pub(crate) fn tail(&self, table: &str, column: &str) -> (String, Vec<Value>) {
        let limit = PAGE + 1;
        match (&self.after, &self.before) {
            (Some(number), _) => (
                format!(
                    " AND (t.{column}, t.number) > (SELECT k.{column}, k.number FROM {table} k WHERE k.number = ?)
                      ORDER BY t.{column}, t.number LIMIT {limit}"
                ),
                vec![number.clone().into()],
            ),
            (None, Some(number)) => (
                format!(
                    " AND (t.{column}, t.number) < (SELECT k.{column}, k.number FROM {table} k WHERE k.number = ?)
                      ORDER BY t.{column} DESC, t.number DESC LIMIT {limit}"
                ),
                vec![number.clone().into()],
            ),
            (None, None) => (format!(" ORDER BY t.{column}, t.number LIMIT {limit}"), Vec::new()),
        }
    }

    /// Cuts what was read to one page in reading order and makes the links around it; `base` is the address of the
    /// list with its filters.
    pub(crate) fn page<T>(&self, mut rows: Vec<T>, base: &str, number: impl Fn(&T) -> &str) -> (Vec<T>, Pager) {
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
            total: (!has_prev && !has_next).then_some(rows.len() as u64),
        };
        (rows, pager)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_its_neighbours() {
        let rows: Vec<String> = (0..=PAGE).map(|n| format!("N-{n:02}")).collect();
        let first = Cut::default().page(rows.clone(), "/x?q=1", |r| r);
        assert_eq!(first.0.len(), PAGE);
        assert_eq!((first.1.prev, first.1.next), (None, Some("/x?q=1&after=N-29".into())));
        let cut = Cut { after: None, before: Some("N-40".into()) };
        let back = cut.page(vec!["N-39".to_owned(), "N-38".to_owned()], "/x", |r| r);
        assert_eq!(back.0, ["N-38", "N-39"]);
        assert_eq!((back.1.prev, back.1.next), (None, Some("/x?after=N-39".into())));
    }
}
