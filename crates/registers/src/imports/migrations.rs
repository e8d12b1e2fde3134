//! Tables of imports.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.24 registers.imports",
    sql: &[
        "CREATE TABLE register_import (
            id {id}, number {key} NOT NULL UNIQUE, kind {key} NOT NULL, file_name {text} NOT NULL, path {text} NOT NULL,
            sha256 {key} NOT NULL, bytes {int} NOT NULL, state {key} NOT NULL, dry_run {flag} NOT NULL, headings {text},
            unused {text}, rows_read {int} NOT NULL, rows_new {int} NOT NULL, rows_changed {int} NOT NULL,
            rows_same {int} NOT NULL, rows_refused {int} NOT NULL, done_new {int} NOT NULL, done_changed {int} NOT NULL,
            done_same {int} NOT NULL, done_refused {int} NOT NULL, failure_zh {text}, failure_en {text}, runner {key},
            lease {int} NOT NULL, person {int}, membership {int}, created_at {int} NOT NULL, started_at {int},
            finished_at {int})",
        "CREATE INDEX register_import_state ON register_import (state, lease)",
        "CREATE TABLE register_import_row (
            import {int} NOT NULL, line {int} NOT NULL, state {key} NOT NULL, payload {text} NOT NULL,
            reason_zh {text}, reason_en {text}, PRIMARY KEY (import, line))",
        "CREATE INDEX register_import_row_state ON register_import_row (import, state, line)",
    ],
}];
