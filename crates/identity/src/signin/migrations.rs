//! Tables of sign-in.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.12 identity.signin",
    sql: &[
        "CREATE TABLE session (
            id {id}, number {key} NOT NULL UNIQUE, token_hash {key} NOT NULL UNIQUE,
            person {int} NOT NULL REFERENCES person (id), membership {int} NOT NULL REFERENCES membership (id),
            created_at {int} NOT NULL, seen_at {int} NOT NULL, expires_at {int} NOT NULL,
            agent {text} NOT NULL, address {text} NOT NULL)",
        "CREATE INDEX session_person ON session (person, id)",
        "CREATE INDEX session_expires ON session (expires_at)",
        // Browsers that have signed in to an account before.
        "CREATE TABLE device (
            id {id}, token_hash {key} NOT NULL, person {int} NOT NULL REFERENCES person (id), at {int} NOT NULL,
            UNIQUE (token_hash, person))",
        "CREATE TABLE one_time_code (
            id {id}, purpose {key} NOT NULL, person {int} NOT NULL REFERENCES person (id), hash {key} NOT NULL,
            at {int} NOT NULL, expires_at {int} NOT NULL, tries {int} NOT NULL, used_at {int},
            issued_by {int}, reason {text})",
        "CREATE INDEX one_time_code_person ON one_time_code (person, purpose, id)",
        "CREATE TABLE consent (
            id {id}, person {int} REFERENCES person (id), contact {key}, version {key} NOT NULL, at {int} NOT NULL,
            via {key} NOT NULL)",
        "CREATE INDEX consent_person ON consent (person, id)",
        "CREATE INDEX consent_contact ON consent (contact, id)",
    ],
}, Migration {
    id: "2026-11-24.15 identity.phone",
    sql: &[
        "CREATE TABLE phone_code (
            id {id}, phone {key} NOT NULL, hash {key} NOT NULL, at {int} NOT NULL, expires_at {int} NOT NULL,
            tries {int} NOT NULL, used_at {int})",
        "CREATE INDEX phone_code_phone ON phone_code (phone, id)",
        // What a browser shows for half an hour after the code was right.
        "CREATE TABLE phone_proof (
            id {id}, token_hash {key} NOT NULL UNIQUE, phone {key} NOT NULL, at {int} NOT NULL, expires_at {int} NOT NULL)",
        // The phone as it was when it was proved; another one is not.
        "ALTER TABLE person ADD COLUMN phone_proved {key}",
    ],
}];
