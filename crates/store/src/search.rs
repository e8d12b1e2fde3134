//! Search inside workbench lists: one index over everything, cut by the kernel's text cutter.

use huiqi_kernel::codes;
use huiqi_kernel::text;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use crate::dialect;

codes! {
    /// What can be found. The order is part of the data: new kinds are added at the end.
    pub enum Kind {
        /// Enterprises of the register.
        Enterprise = "enterprise",
        /// Providers of the register.
        Provider = "provider",
        /// Products of the register.
        Product = "product",
        /// Windows.
        Window = "window",
        /// Requests.
        Request = "request",
        /// Improvements.
        Improvement = "improvement",
        /// Answers in the knowledge base.
        Knowledge = "knowledge",
    }
}

const SHIFT: u32 = 40;

fn doc(kind: Kind, id: i64) -> i64 {
    let place = Kind::ALL.iter().position(|k| *k == kind).unwrap_or_default() as i64;
    (place << SHIFT) | id
}

/// Indexes one record; what stood there before is replaced.
///
/// # Errors
/// When the database fails.
pub async fn put(conn: &impl ConnectionTrait, kind: Kind, id: i64, words: &str) -> Result<(), DbErr> {
    put_many(conn, kind, &[(id, words)], true).await
}

/// Indexes many records at once. `known` says whether some of them may have been indexed before.
///
/// # Errors
/// When the database fails.
pub async fn put_many(
    conn: &impl ConnectionTrait,
    kind: Kind,
    records: &[(i64, &str)],
    known: bool,
) -> Result<(), DbErr> {
    let docs: Vec<(i64, String)> =
        records.iter().map(|(id, words)| (doc(kind, *id), text::index_text(words))).collect();
    dialect::search::put(conn, &docs, known).await
}

/// Most terms of a question that are looked for one by one.
pub const NEAR_TERMS: usize = 24;

/// A subquery `(id, hits)` of the records of this kind that hold at least one of the terms, with how many of them, and
/// its values; `None` when the words hold nothing to search for. For when [`matches`] finds nothing.
pub fn near(backend: DbBackend, kind: Kind, words: &str) -> Option<(String, Vec<Value>)> {
    let base = doc(kind, 0);
    let mut parts = Vec::new();
    let mut all = Vec::new();
    for term in text::telling_terms(words).iter().take(NEAR_TERMS) {
        let (select, values) =
            dialect::search::select(backend, std::slice::from_ref(term), (base, base + (1 << SHIFT) - 1));
        let (before, after) = select.split_once(" FROM ").unwrap_or((&select, ""));
        parts.push(format!("SELECT {} AS found FROM {after}", before.trim_start_matches("SELECT ")));
        all.extend(values);
    }
    if parts.is_empty() {
        return None;
    }
    let union = parts.join(" UNION ALL ");
    Some((format!("SELECT found - {base} AS id, COUNT(*) AS hits FROM ({union}) x GROUP BY found"), all))
}

/// A condition for a `WHERE`: `column IN (…)` for records of this kind that match the words, with its values; `None`
/// when the words hold nothing to search for.
pub fn matches(backend: DbBackend, kind: Kind, column: &str, words: &str) -> Option<(String, Vec<Value>)> {
    let terms = text::query_terms(words);
    if terms.is_empty() {
        return None;
    }
    let base = doc(kind, 0);
    let (select, values) = dialect::search::select(backend, &terms, (base, base + (1 << SHIFT) - 1));
    let (before, after) = select.split_once(" FROM ").unwrap_or((&select, ""));
    let key = before.trim_start_matches("SELECT ");
    Some((format!("{column} IN (SELECT {key} - {base} FROM {after})"), values))
}
