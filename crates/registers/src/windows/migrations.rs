//! Tables of windows and clusters.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.23 registers.windows",
    sql: &[
        "CREATE TABLE cluster (code {key} PRIMARY KEY, name {text} NOT NULL, name_en {text}, district {key})",
        "CREATE TABLE window_profile (
            service_window {int} PRIMARY KEY REFERENCES service_window (id), kind {key} NOT NULL, level {key}, district {key},
            cluster {key} REFERENCES cluster (code), address {text}, phone {text}, hours {text}, hours_en {text},
            since {key}, until {key}, exception {text}, version {int} NOT NULL, created_at {int} NOT NULL,
            created_by {int}, updated_at {int} NOT NULL)",
        "CREATE INDEX window_profile_district ON window_profile (district, service_window)",
        "CREATE TABLE window_category (
            service_window {int} NOT NULL REFERENCES window_profile (service_window), category {key} NOT NULL,
            PRIMARY KEY (service_window, category))",
        "CREATE INDEX window_category_category ON window_category (category, service_window)",
    ],
}];
