//! Tables of organisations and windows.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.10 identity.organisations",
    sql: &[
        "CREATE TABLE organisation (
            id {id}, number {key} NOT NULL UNIQUE, code {key} UNIQUE, name {key} NOT NULL, name_en {text},
            former {text} NOT NULL, pinyin {key} NOT NULL, initials {key} NOT NULL,
            merged_into {int} REFERENCES organisation (id), created_at {int} NOT NULL, version {int} NOT NULL)",
        "CREATE INDEX organisation_pinyin ON organisation (pinyin, number)",
        "CREATE INDEX organisation_name ON organisation (name)",
        "CREATE TABLE organisation_capacity (
            organisation {int} NOT NULL REFERENCES organisation (id), capacity {key} NOT NULL,
            PRIMARY KEY (organisation, capacity))",
        "CREATE INDEX organisation_capacity_capacity ON organisation_capacity (capacity, organisation)",
        "CREATE TABLE service_window (
            id {id}, number {key} NOT NULL UNIQUE, organisation {int} NOT NULL REFERENCES organisation (id),
            name {key} NOT NULL, name_en {text}, pinyin {key} NOT NULL, state {key} NOT NULL,
            created_at {int} NOT NULL, version {int} NOT NULL)",
        "CREATE INDEX service_window_organisation ON service_window (organisation, id)",
        "CREATE INDEX service_window_pinyin ON service_window (pinyin, number)",
    ],
}];
