//! Table of registrations.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.25 registers.registration",
    sql: &[
        "CREATE TABLE registration (
            id {id}, number {key} NOT NULL UNIQUE, membership {int} NOT NULL REFERENCES membership (id),
            person {int} NOT NULL REFERENCES person (id), organisation {int} NOT NULL REFERENCES organisation (id),
            was_known {flag} NOT NULL, state {key} NOT NULL, reason {text}, decided_by {int}, decided_at {int},
            version {int} NOT NULL, created_at {int} NOT NULL)",
        "CREATE INDEX registration_state ON registration (state, id)",
    ],
}];
