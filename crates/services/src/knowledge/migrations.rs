//! The table of the knowledge base.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.51 services.knowledge",
    sql: &[
        "CREATE TABLE knowledge (
            case_id {int} PRIMARY KEY REFERENCES case_record (id),
            question {text} NOT NULL, answer {text} NOT NULL, basis {text} NOT NULL, valid_until {key},
            source {int} REFERENCES case_record (id), stripped {text} NOT NULL, author {int} REFERENCES person (id),
            live_question {text}, live_answer {text}, live_basis {text}, live_until {key},
            checked_by {int} REFERENCES person (id), checked_at {int}, uses {int} NOT NULL, used_at {int})",
        "CREATE INDEX knowledge_live ON knowledge (live_until)",
        "CREATE UNIQUE INDEX knowledge_source ON knowledge (source)",
    ],
}];
