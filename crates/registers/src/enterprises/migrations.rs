//! Tables of enterprises, and of the history of all registers.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-24.20 registers.enterprises",
        sql: &[
            "CREATE TABLE enterprise (
            organisation {int} PRIMARY KEY REFERENCES organisation (id), district {key}, industry {key}, section {key},
            staff {int}, revenue {int}, assets {int}, founded {key}, legal_representative {text}, contact {text},
            phone {text}, address {text}, size {key} NOT NULL, source {key} NOT NULL, verified {flag} NOT NULL,
            name_key {key} NOT NULL, pinyin {key} NOT NULL, version {int} NOT NULL, created_at {int} NOT NULL,
            created_by {int}, updated_at {int} NOT NULL)",
            "CREATE INDEX enterprise_pinyin ON enterprise (pinyin, organisation)",
            "CREATE INDEX enterprise_updated ON enterprise (updated_at, organisation)",
            "CREATE INDEX enterprise_district ON enterprise (district, pinyin, organisation)",
            "CREATE INDEX enterprise_section ON enterprise (section, pinyin, organisation)",
            "CREATE INDEX enterprise_size ON enterprise (size, pinyin, organisation)",
            "CREATE INDEX enterprise_name_key ON enterprise (name_key)",
            "CREATE TABLE register_change (
            id {id}, kind {key} NOT NULL, record {int} NOT NULL, field {key} NOT NULL, old {text}, new {text},
            person {int}, source {key} NOT NULL, at {int} NOT NULL)",
            "CREATE INDEX register_change_record ON register_change (kind, record, id)",
        ],
    },
    Migration {
        id: "2026-11-24.90 registers.enterprises",
        sql: &[
            "ALTER TABLE enterprise ADD COLUMN indexed {int} NOT NULL DEFAULT 0",
            "CREATE INDEX enterprise_indexed ON enterprise (indexed, organisation)",
            "CREATE INDEX enterprise_phone ON enterprise (phone)",
        ],
    },
];
