//! Case files (案卷, Art. 5): a closed request with everything in it, frozen and printable as one document.
//!
//! Vocabulary: an *entry* is one record of the file – the facts, a step, a message, a paper, an attachment, an assignment,
//! a call-back; a *part* is what was frozen at one closing, as a manifest of the entries' hashes with a hash of its own,
//! which also stands in the audit log; a request that is reopened and closed again has a second part. After closing only
//! *supplements* (补充材料) are added, numbered, each with its own hash. What is made of the request later – grades,
//! improvements – is shown behind the frozen part and does not belong to it.

use huiqi_store::Migration;
use huiqi_web::Slice;

pub mod actions;
pub mod entries;
mod jobs;
mod pages;
mod queries;
mod routes;

pub use queries::{Part, Verdict, parts, verdict};

const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.34 services.case-file",
    sql: &["CREATE TABLE case_file (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), part {int} NOT NULL, frozen_at {int} NOT NULL,
            manifest {text} NOT NULL, sha256 {key} NOT NULL, UNIQUE (case_id, part))"],
}];

/// Tables, URLs and jobs of case files.
pub fn slice() -> Slice {
    Slice { migrations: MIGRATIONS, routes: routes::routes(), jobs: vec![jobs::FREEZE], ..Slice::new("case-file") }
}
