//! Merging (并案, Art. 5): the same matter open twice is answered once, to everybody who asks.
//!
//! Vocabulary: a request is *merged into* another one, the *target*. It waits with it, gets its answer by a step of its
//! own, and then goes its own way: its firm confirms, asks for it again or grades for itself. It has no limit while it
//! waits and stands in a line of its own in the figures. A report (举报) is never merged.

use huiqi_store::Migration;
use huiqi_web::Slice;
use huiqi_web::slice::Batch;

pub mod actions;
pub mod pages;
mod routes;

use crate::requests::flow::DESK;

const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.54 services.merging",
    sql: &[
        "ALTER TABLE request ADD COLUMN merged_into {int} REFERENCES case_record (id)",
        "ALTER TABLE request ADD COLUMN merged_at {int}",
        "CREATE INDEX request_merged ON request (merged_into)",
    ],
}];

/// Columns and URLs of merging; its steps stand in the request's table.
pub fn slice() -> Slice {
    Slice {
        migrations: MIGRATIONS,
        routes: routes::routes(),
        batches: vec![Batch { roles: DESK, path: "/requests/merge", page: true, label: |l| crate::t(l).merge_batch() }],
        ..Slice::new("merging")
    }
}
