//! Tables of casework.

use huiqi_store::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[CASES, SUPPLEMENTS, RUNGS, OUTSIDE, RECOUNTS, ABOUT];

/// Rungs of the ladder as they were reached, and who was told of each.
const RUNGS: Migration = Migration {
    id: "2026-11-24.45 casework.rungs",
    sql: &[
        "CREATE TABLE case_rung (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), rung {int} NOT NULL, due_on {key} NOT NULL,
            at {int} NOT NULL, turn {key} NOT NULL, desk {key} NOT NULL, handler_org {int} REFERENCES organisation (id),
            handler_window {int} REFERENCES service_window (id), told_at {int}, people {int} NOT NULL)",
        "CREATE INDEX case_rung_case ON case_rung (case_id, id)",
        "CREATE INDEX case_rung_told ON case_rung (told_at, id)",
    ],
};

/// What a case is about beside the case it stands below: several late matters in one supervision order.
const ABOUT: Migration = Migration {
    id: "2026-11-24.85 casework.about",
    sql: &[
        "CREATE TABLE case_about (
            case_id {int} NOT NULL REFERENCES case_record (id), about {int} NOT NULL REFERENCES case_record (id),
            PRIMARY KEY (case_id, about))",
        "CREATE INDEX case_about_about ON case_about (about)",
    ],
};

const CASES: Migration = Migration {
    id: "2026-11-24.30 casework",
    sql: &[
        "CREATE TABLE case_record (
            id {id}, number {key} NOT NULL UNIQUE, flow {key} NOT NULL, state {key} NOT NULL, version {int} NOT NULL,
            rule_version {int} NOT NULL, parent {int} REFERENCES case_record (id), title {text} NOT NULL,
            kind {key}, category {key}, district {key}, desk {key} NOT NULL, turn {key} NOT NULL,
            firm {int} REFERENCES organisation (id), asker {text}, opened_by {int} REFERENCES person (id),
            handler_org {int} REFERENCES organisation (id), handler_window {int} REFERENCES service_window (id),
            handler_person {int} REFERENCES person (id),
            due_on {key}, due_limit {key}, due_from {key}, due_days {int}, extended_days {int} NOT NULL,
            provisional {flag} NOT NULL, paused_on {key}, left_days {int}, ladder {int} NOT NULL,
            flagged {int} NOT NULL, opened_at {int} NOT NULL, moved_at {int} NOT NULL, closed_at {int})",
        "CREATE INDEX case_record_turn ON case_record (turn, desk, due_on, id)",
        "CREATE INDEX case_record_handler_window ON case_record (handler_window, turn)",
        "CREATE INDEX case_record_handler_org ON case_record (handler_org, turn)",
        "CREATE INDEX case_record_firm ON case_record (firm, id)",
        "CREATE INDEX case_record_parent ON case_record (parent)",
        "CREATE INDEX case_record_flow ON case_record (flow, opened_at, id)",
        "CREATE INDEX case_record_due ON case_record (due_on, ladder)",
        "CREATE TABLE case_step (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), seq {int} NOT NULL, action {key} NOT NULL,
            from_state {key} NOT NULL, to_state {key} NOT NULL, at {int} NOT NULL, person {int} REFERENCES person (id),
            membership {int} REFERENCES membership (id), role {key} NOT NULL, words {text}, public {flag} NOT NULL,
            article {key} NOT NULL, detail {text} NOT NULL, UNIQUE (case_id, seq))",
        "CREATE INDEX case_step_action ON case_step (action, at)",
        "CREATE TABLE case_pause (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), from_on {key} NOT NULL, to_on {key})",
        "CREATE INDEX case_pause_case ON case_pause (case_id)",
        "CREATE TABLE case_limit (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), kind {key} NOT NULL, days {int} NOT NULL,
            from_on {key} NOT NULL, due_on {key}, provisional {flag} NOT NULL, met_on {key}, met {flag})",
        "CREATE INDEX case_limit_case ON case_limit (case_id)",
        "CREATE INDEX case_limit_kind ON case_limit (kind, met_on)",
        "CREATE TABLE case_message (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), at {int} NOT NULL,
            person {int} REFERENCES person (id), membership {int} REFERENCES membership (id), side {key} NOT NULL,
            words {text} NOT NULL, inside {flag} NOT NULL)",
        "CREATE INDEX case_message_case ON case_message (case_id, id)",
        "CREATE TABLE case_attachment (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), message {int} REFERENCES case_message (id),
            file {int} NOT NULL REFERENCES stored_file (id), inside {flag} NOT NULL)",
        "CREATE INDEX case_attachment_case ON case_attachment (case_id)",
        "CREATE INDEX case_attachment_file ON case_attachment (file)",
        "CREATE TABLE report_officer (person {int} PRIMARY KEY REFERENCES person (id), at {int} NOT NULL, by_person {int})",
        "CREATE TABLE saved_filter (
            id {id}, person {int} NOT NULL REFERENCES person (id), place {key} NOT NULL, name {text} NOT NULL,
            query {text} NOT NULL)",
    ],
};

/// The day by which another office that passed a request on wants it done.
const OUTSIDE: Migration =
    Migration { id: "2026-11-24.49 casework.outside", sql: &["ALTER TABLE case_record ADD COLUMN outside_due {key}"] };

/// Due days that moved, with the document that moved them.
const RECOUNTS: Migration = Migration {
    id: "2026-11-24.50 casework.recounts",
    sql: &[
        "CREATE TABLE case_recount (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), at {int} NOT NULL, before_on {key},
            after_on {key} NOT NULL, document {text})",
        "CREATE INDEX case_recount_at ON case_recount (at, id)",
    ],
};

/// What was added to a closed case.
const SUPPLEMENTS: Migration = Migration {
    id: "2026-11-24.34 casework.supplements",
    sql: &[
        "CREATE TABLE case_supplement (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), seq {int} NOT NULL, title {text} NOT NULL,
            words {text} NOT NULL, at {int} NOT NULL, person {int} REFERENCES person (id),
            membership {int} REFERENCES membership (id), side {key} NOT NULL, sha256 {key} NOT NULL, UNIQUE (case_id, seq))",
        "ALTER TABLE case_attachment ADD COLUMN supplement {int} REFERENCES case_supplement (id)",
    ],
};
