//! Supervision orders (督办): centre or bureau orders the organisation that has the turn in a matter to answer in
//! writing by a day. An order is a case of its own below the case it is about, or stands alone for several late matters
//! of one organisation. An answer after the day is recorded as late and stays so.

use huiqi_store::Migration;
use huiqi_web::Slice;

pub mod actions;
pub mod flow;
mod list;
pub mod pages;
pub mod queries;
pub mod shown;

const MIGRATIONS: &[Migration] = &[ORDERS, ABOUT];

/// The matters of an order are known to casework, whose lists mark them.
const ABOUT: Migration = Migration {
    id: "2026-11-24.86 services.orders-about",
    sql: &[
        "INSERT INTO case_about (case_id, about) SELECT supervision_order, matter FROM supervision_matter",
        "DROP TABLE supervision_matter",
    ],
};

const ORDERS: Migration = Migration {
    id: "2026-11-24.46 services.orders",
    sql: &[
        "CREATE TABLE supervision_order (
            case_id {int} PRIMARY KEY REFERENCES case_record (id), issuer {int} NOT NULL REFERENCES organisation (id),
            reason {text} NOT NULL, outcome {text})",
        "CREATE TABLE supervision_matter (
            supervision_order {int} NOT NULL REFERENCES case_record (id), matter {int} NOT NULL REFERENCES case_record (id),
            PRIMARY KEY (supervision_order, matter))",
        "CREATE TABLE supervision_round (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), seq {int} NOT NULL, at {int} NOT NULL,
            asked {text} NOT NULL, due_on {key} NOT NULL, why_day {text}, answered_at {int}, late {flag}, answer {text},
            done_on {key}, UNIQUE (case_id, seq))",
        "CREATE INDEX supervision_matter_matter ON supervision_matter (matter)",
        "CREATE INDEX supervision_round_late ON supervision_round (late, case_id)",
    ],
};

/// Tables, URLs and procedure of supervision orders.
pub fn slice() -> Slice {
    Slice {
        migrations: MIGRATIONS,
        routes: pages::routes(),
        flows: vec![Box::new(flow::registered())],
        ..Slice::new("orders")
    }
}
