//! Tables of products.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.22 registers.products",
    sql: &[
        "CREATE TABLE product (
            id {id}, number {key} NOT NULL UNIQUE, provider {int} NOT NULL REFERENCES provider (organisation),
            name {key} NOT NULL, category {key} NOT NULL, description {text}, fee {key}, price {text}, modes {key},
            days {int}, state {key} NOT NULL, source {key} NOT NULL, pinyin {key} NOT NULL, version {int} NOT NULL,
            created_at {int} NOT NULL, created_by {int}, updated_at {int} NOT NULL, UNIQUE (provider, name))",
        "CREATE INDEX product_pinyin ON product (pinyin, id)",
        "CREATE INDEX product_updated ON product (updated_at, id)",
        "CREATE INDEX product_category ON product (category, pinyin, id)",
    ],
}];
