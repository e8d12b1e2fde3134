//! Tables of people.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.11 identity.people",
    sql: &[
        "CREATE TABLE person (
            id {id}, number {key} NOT NULL UNIQUE, name {key} NOT NULL, name_en {text}, pinyin {key} NOT NULL,
            phone {key}, email {key}, locale {key}, state {key} NOT NULL, created_at {int} NOT NULL,
            version {int} NOT NULL)",
        "CREATE INDEX person_pinyin ON person (pinyin, number)",
        "CREATE INDEX person_phone ON person (phone)",
        "CREATE TABLE account (
            person {int} PRIMARY KEY REFERENCES person (id), login {key} NOT NULL UNIQUE, password_hash {text},
            changed_at {int} NOT NULL, last_membership {int})",
        "CREATE TABLE membership (
            id {id}, number {key} NOT NULL UNIQUE, person {int} NOT NULL REFERENCES person (id),
            organisation {int} NOT NULL REFERENCES organisation (id), service_window {int} REFERENCES service_window (id),
            role {key} NOT NULL, territory {key}, verified {flag} NOT NULL, since {int} NOT NULL, until {int},
            invited_by {int} REFERENCES person (id))",
        "CREATE INDEX membership_person ON membership (person, id)",
        "CREATE INDEX membership_organisation ON membership (organisation, role, id)",
        "CREATE INDEX membership_role ON membership (role, id)",
        "CREATE TABLE invitation (
            id {id}, number {key} NOT NULL UNIQUE, token_hash {key} NOT NULL UNIQUE,
            organisation {int} NOT NULL REFERENCES organisation (id), service_window {int} REFERENCES service_window (id),
            role {key} NOT NULL, territory {key}, name {text} NOT NULL, invited_by {int} REFERENCES person (id),
            at {int} NOT NULL, expires_at {int} NOT NULL, used_at {int}, withdrawn_at {int}, person {int})",
        "CREATE INDEX invitation_organisation ON invitation (organisation, id)",
    ],
}];
