//! Table of notices.

use huiqi_store::Migration;

pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-24.13 identity.notices",
        sql: &[
            // channel: `both`, or `mail` for what must not stand in the list, such as one-time codes.
            // secret: fills the place `{secret}` of the texts until the mail is sent or given up, then it is erased.
            "CREATE TABLE notice (
            id {id}, number {key} NOT NULL UNIQUE, person {int} NOT NULL REFERENCES person (id), kind {key} NOT NULL,
            subject_number {key} NOT NULL, text_zh {text} NOT NULL, text_en {text} NOT NULL, href {text} NOT NULL,
            channel {key} NOT NULL, secret {text}, at {int} NOT NULL, read_at {int},
            mail_state {key} NOT NULL, mail_tries {int} NOT NULL, mail_next_at {int} NOT NULL, mail_error {text})",
            "CREATE INDEX notice_person ON notice (person, number)",
            "CREATE INDEX notice_unread ON notice (person) WHERE read_at IS NULL",
            "CREATE INDEX notice_mail ON notice (mail_state, mail_next_at, id)",
        ],
    },
    Migration {
        id: "2026-11-24.58 identity.notice-files",
        sql: &["ALTER TABLE notice ADD COLUMN file_name {text}", "ALTER TABLE notice ADD COLUMN file_path {text}"],
    },
];
