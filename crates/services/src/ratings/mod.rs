//! Ratings: five grades, one tap, voluntary. Nobody rates himself; silence is never a rating.

use huiqi_kernel::codes;
use huiqi_store::Migration;
use huiqi_web::Slice;

pub mod actions;

codes! {
    /// How a grade reached us.
    pub enum Via {
        /// The firm's account.
        Account = "account",
        /// Number and query code.
        Code = "code",
        /// The link in a message.
        Link = "link",
        /// Said in a call-back.
        Call = "call",
    }
}

const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.41 services.ratings",
    sql: &[
        "CREATE TABLE rating (
            id {id}, case_id {int} NOT NULL UNIQUE REFERENCES case_record (id), grade {int} NOT NULL, words {text},
            at {int} NOT NULL, via {key} NOT NULL, person {int} REFERENCES person (id),
            organisation {int} REFERENCES organisation (id), service_window {int} REFERENCES service_window (id))",
        "CREATE INDEX rating_at ON rating (at)",
        "CREATE INDEX rating_judged ON rating (organisation, service_window)",
    ],
}];

/// Tables of ratings; their forms stand on the request's pages.
pub fn slice() -> Slice {
    Slice { migrations: MIGRATIONS, ..Slice::new("ratings") }
}
