//! Tables of providers.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.21 registers.providers",
    sql: &[
        "CREATE TABLE provider (
            organisation {int} PRIMARY KEY REFERENCES organisation (id), number {key} NOT NULL UNIQUE, district {key},
            nature {key}, profile {text}, contact {text}, phone {text}, address {text}, state {key} NOT NULL,
            source {key} NOT NULL, pinyin {key} NOT NULL, name_key {key} NOT NULL, version {int} NOT NULL,
            created_at {int} NOT NULL, created_by {int}, updated_at {int} NOT NULL)",
        "CREATE INDEX provider_pinyin ON provider (pinyin, organisation)",
        "CREATE INDEX provider_updated ON provider (updated_at, organisation)",
        "CREATE INDEX provider_name_key ON provider (name_key)",
        "CREATE TABLE provider_category (
            provider {int} NOT NULL REFERENCES provider (organisation), category {key} NOT NULL,
            PRIMARY KEY (provider, category))",
        "CREATE INDEX provider_category_category ON provider_category (category, provider)",
    ],
}];
