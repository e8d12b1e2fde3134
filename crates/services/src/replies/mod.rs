//! Reply templates (回复模板): texts that a house answers with again and again, by service category.
//!
//! A *template* is a starting text, not a checked answer: it is put into an answer and changed there. It belongs to a
//! house: those of operator and centre are offered to everybody who answers, those of a window to that window. Templates
//! beside the answers of the knowledge base and similar closed requests are [`pieces`] that go into an answer box.

use huiqi_store::Migration;
use huiqi_web::Slice;

pub mod actions;
mod pages;
pub mod pieces;
pub mod queries;

const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.52 services.replies",
    sql: &[
        "CREATE TABLE reply_template (
            id {id}, number {key} NOT NULL UNIQUE, category {key}, title {text} NOT NULL, words {text} NOT NULL,
            organisation {int} NOT NULL REFERENCES organisation (id), service_window {int} REFERENCES service_window (id),
            active {flag} NOT NULL, version {int} NOT NULL, person {int} REFERENCES person (id), updated_at {int} NOT NULL)",
        "CREATE INDEX reply_template_window ON reply_template (service_window)",
    ],
}];

/// Table and URLs of reply templates.
pub fn slice() -> Slice {
    Slice { migrations: MIGRATIONS, routes: pages::routes(), ..Slice::new("replies") }
}
