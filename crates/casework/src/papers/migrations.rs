//! The table of issued papers.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.33 casework.papers",
    sql: &[
        "CREATE TABLE case_paper (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), kind {key} NOT NULL, year {int} NOT NULL,
            seq {int} NOT NULL, number {key} NOT NULL UNIQUE, slug {key} NOT NULL UNIQUE, template {int} NOT NULL,
            inside {flag} NOT NULL, check_code {key} NOT NULL, query_code {key}, issued_at {int} NOT NULL,
            person {int} REFERENCES person (id), membership {int} REFERENCES membership (id), role {key} NOT NULL,
            fields {text} NOT NULL, words {text} NOT NULL, sha256 {key} NOT NULL, UNIQUE (kind, year, seq))",
        "CREATE INDEX case_paper_case ON case_paper (case_id, id)",
    ],
}, Migration {
    id: "2026-11-24.96 casework.paper-templates",
    sql: &[
        // body: the lines of both languages, JSON. Versions of a kind that came with the program have no row.
        "CREATE TABLE paper_template (
            kind {key} NOT NULL, version {int} NOT NULL, body {text} NOT NULL, reason {text} NOT NULL, state {key} NOT NULL,
            proposed_by {int} NOT NULL REFERENCES person (id), proposed_at {int} NOT NULL,
            decided_by {int} REFERENCES person (id), decided_at {int}, decision {text}, PRIMARY KEY (kind, version))",
    ],
}];
