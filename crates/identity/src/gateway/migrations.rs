//! Tables of messages to phones.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.14 identity.gateway",
    sql: &[
        // secret: what fills the place {link} or {code}, until the message is sent or given up; then it is erased.
        // once_key: what a message is about; a second one with the same key is not made.
        // message_key: the name under which a provider knows it. calling: a call was begun whose outcome is not known.
        // sent_day: the day on which it counts for the caps, set when the first call is begun.
        "CREATE TABLE phone_message (
            id {id}, number {key} NOT NULL UNIQUE, phone {key} NOT NULL, person {int} REFERENCES person (id),
            template {key} NOT NULL, version {int} NOT NULL, urgent {flag} NOT NULL, locale {key} NOT NULL,
            subject_number {key} NOT NULL, fields {text} NOT NULL, secret {text}, once_key {key} NOT NULL UNIQUE,
            message_key {key} NOT NULL UNIQUE, provider {key}, state {key} NOT NULL, calling {flag} NOT NULL,
            tries {int} NOT NULL, asked {int} NOT NULL, next_at {int} NOT NULL, error {text}, at {int} NOT NULL,
            expires_at {int} NOT NULL, sent_day {key}, sent_at {int}, ended_at {int}, shown_by {int})",
        "CREATE INDEX phone_message_state ON phone_message (state, next_at, id)",
        "CREATE INDEX phone_message_day ON phone_message (sent_day, phone)",
        "CREATE INDEX phone_message_subject ON phone_message (subject_number, id)",
        // Reports of providers that were taken in, so that one that comes again does nothing.
        "CREATE TABLE gateway_nonce (
            provider {key} NOT NULL, nonce {key} NOT NULL, at {int} NOT NULL, PRIMARY KEY (provider, nonce))",
    ],
}, Migration {
    id: "2026-11-24.16 identity.wechat",
    sql: &[
        // provider_ref: the provider's own number of it. called_at: when the first call was begun.
        "ALTER TABLE phone_message ADD COLUMN provider_ref {key}",
        "ALTER TABLE phone_message ADD COLUMN called_at {int}",
        "CREATE INDEX phone_message_provider_ref ON phone_message (provider_ref)",
        "CREATE TABLE wechat_binding (
            id {id}, person {int} NOT NULL UNIQUE REFERENCES person (id), openid {key} NOT NULL UNIQUE, at {int} NOT NULL)",
        "CREATE TABLE wechat_code (
            id {id}, person {int} NOT NULL UNIQUE REFERENCES person (id), hash {key} NOT NULL UNIQUE,
            expires_at {int} NOT NULL)",
    ],
}];
