//! Tables of requests and of what hangs on them.

use huiqi_store::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[FIRST, ONCE, BY_PHONE];

/// Keys of forms that were sent, and the request each made.
const ONCE: Migration = Migration {
    id: "2026-11-24.44 services.once",
    sql: &[
        "CREATE TABLE request_once (
            form_key {key} PRIMARY KEY, case_id {int} REFERENCES case_record (id), at {int} NOT NULL)",
        "CREATE INDEX request_once_at ON request_once (at)",
    ],
};

const FIRST: Migration = Migration {
    id: "2026-11-24.40 services.requests",
    sql: &[
        "CREATE TABLE request (
            case_id {int} PRIMARY KEY REFERENCES case_record (id), channel {key} NOT NULL, class {key},
            words {text} NOT NULL, firm_text {text}, contact_name {text} NOT NULL, phone {key} NOT NULL,
            reach {key} NOT NULL, query_code {key} NOT NULL, outside_number {text}, outside_due {key},
            about_org {int} REFERENCES organisation (id), about_window {int} REFERENCES service_window (id), mode {key},
            lead {int} REFERENCES case_record (id), chosen {flag} NOT NULL, answer {text}, answered_at {int},
            answered_org {int} REFERENCES organisation (id), answered_window {int} REFERENCES service_window (id),
            closed_how {key}, returned {int} NOT NULL, extended {int} NOT NULL, urged_on {key},
            accepted_at {int}, dispatched_at {int}, first_contact_at {int}, closing {key},
            consent_version {key}, verified {flag} NOT NULL)",
        "CREATE INDEX request_code ON request (query_code)",
        "CREATE INDEX request_answered ON request (answered_org, answered_window)",
        "CREATE TABLE assignment (
            case_id {int} PRIMARY KEY REFERENCES case_record (id), lead {flag} NOT NULL, why {text} NOT NULL,
            taken_at {int}, contact_at {int}, ended_at {int}, answer {text})",
        "CREATE TABLE follow_pass (
            token_hash {key} PRIMARY KEY, case_id {int} NOT NULL REFERENCES case_record (id), expires_at {int} NOT NULL)",
        "CREATE TABLE call_back (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), at {int} NOT NULL,
            person {int} REFERENCES person (id), reached {flag} NOT NULL, solved {flag}, grade {int}, words {text})",
        "CREATE INDEX call_back_case ON call_back (case_id)",
    ],
};

/// Earlier requests are found by the phone a call comes from.
const BY_PHONE: Migration =
    Migration { id: "2026-11-24.53 services.counter", sql: &["CREATE INDEX request_phone ON request (phone)"] };
