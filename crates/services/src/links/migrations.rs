//! Table of links.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.44 services.links",
    sql: &[
        // The link itself is not kept, only its hash. round: number of the step it is bound to.
        "CREATE TABLE request_link (
            token_hash {key} PRIMARY KEY, case_id {int} NOT NULL REFERENCES case_record (id), purpose {key} NOT NULL,
            event {key} NOT NULL, round {int} NOT NULL, made_at {int} NOT NULL, expires_at {int} NOT NULL, used_at {int},
            used_for {key})",
        "CREATE INDEX request_link_case ON request_link (case_id, event)",
        "CREATE INDEX request_link_end ON request_link (expires_at)",
    ],
}, Migration { id: "2026-11-24.95 services.reminder", sql: &["ALTER TABLE request ADD COLUMN reminded_at {int}"] }];
