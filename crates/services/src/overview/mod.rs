//! The overview (Art. 8(4)): what came in, how it was handled, how it ended, what firms said, what was improved.
//!
//! Vocabulary: a *figure* is a count; its *condition* is one piece of SQL, used by the count and by the list behind it,
//! so that both always agree. A *span* is a range of days in the rule's time zone, both ends included. Only what is
//! recorded by a step counts; nobody types a total, and silence is neither a confirmation nor a rating.
//!
//! Facade for higher crates: [`public_figures`].

use huiqi_store::Migration;
use huiqi_web::Slice;

pub mod ask;
mod digest;
pub mod export;
mod labels;
pub mod pages;
pub mod public;
pub mod queries;
pub mod records;
mod routes;
pub mod sets;
pub mod time;

pub use public::{PublicFigures, public_figures};

const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-24.43 services.overview",
        sql: &[
            "CREATE INDEX case_record_closed ON case_record (flow, closed_at, id)",
            // "The limit after this one" is asked for each limit; without this PostgreSQL walks the primary key for it.
            "CREATE INDEX case_limit_next ON case_limit (case_id, id)",
            "CREATE INDEX request_accepted ON request (accepted_at)",
            "CREATE INDEX request_dispatched ON request (dispatched_at)",
            "CREATE INDEX request_answered_at ON request (answered_at)",
        ],
    },
    digest::MIGRATION,
];

/// Indexes and URLs of the overview, and the digests made of it.
pub fn slice() -> Slice {
    Slice { migrations: MIGRATIONS, routes: routes::routes(), jobs: vec![digest::SEND], ..Slice::new("overview") }
}
