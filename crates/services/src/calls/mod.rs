//! Call-backs (回访): which requests are called about, who calls, what was said.
//!
//! Vocabulary: a *call* is one request that has to be called about, or was; a *try* is one time somebody dialled
//! (`call_back`); *drawn* is a request that chance picked for a call. All low grades and everything that has to be done
//! again is called about; of what was closed on the spot and of what silence ended a share is drawn, so that nobody
//! chooses whom to call. Whoever calls is never of the organisation that answered. Three tries on two days (parameters)
//! without an answer end a call as not reached: an outcome of its own, never a confirmation.
//!
//! The improvement's own step `hear` is something else: there the judged house talks with the firm itself.

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_store::Migration;
use huiqi_web::Slice;

use crate::t;

pub mod actions;
pub mod jobs;
pub mod pages;
pub mod queries;
mod routes;

pub use queries::waiting;

codes! {
    /// Why a request is called about.
    pub enum Why {
        /// Its answer waits for the firm's word.
        Confirm = "confirm",
        /// Drawn among those closed on the spot.
        Spot = "spot",
        /// Drawn among those that silence ended.
        Silence = "silence",
        /// It has to be done again.
        Redo = "redo",
        /// The firm gave a low grade.
        LowGrade = "low-grade",
    }
}

codes! {
    /// How a call ended.
    pub enum Outcome {
        /// Somebody was reached.
        Reached = "reached",
        /// Nobody was reached in so many tries on so many days.
        Unreached = "unreached",
        /// The matter took another way before anybody was reached.
        NotNeeded = "not-needed",
    }
}

impl Why {
    /// Of two reasons for one call the weightier stands.
    pub const fn weight(self) -> u8 {
        match self {
            Why::Confirm => 0,
            Why::Spot | Why::Silence => 1,
            Why::Redo => 2,
            Why::LowGrade => 3,
        }
    }
}

impl Label for Why {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Why::Confirm => m.call_why_confirm(),
            Why::Spot => m.call_why_spot(),
            Why::Silence => m.call_why_silence(),
            Why::Redo => m.call_why_redo(),
            Why::LowGrade => m.call_why_low_grade(),
        }
    }
}

impl Label for Outcome {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Outcome::Reached => m.call_outcome_reached(),
            Outcome::Unreached => m.call_outcome_unreached(),
            Outcome::NotNeeded => m.call_outcome_not_needed(),
        }
    }
}

const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.48 services.calls",
    sql: &[
        "CREATE TABLE call_due (
            id {id}, case_id {int} NOT NULL REFERENCES case_record (id), why {key} NOT NULL, caller {key} NOT NULL,
            judged {int} NOT NULL REFERENCES organisation (id), from_on {key} NOT NULL, days {int} NOT NULL,
            due_on {key} NOT NULL, opened_at {int} NOT NULL, outcome {key}, solved {flag}, ended_at {int},
            ended_by {int} REFERENCES person (id))",
        "CREATE INDEX call_due_case ON call_due (case_id, id)",
        "CREATE INDEX call_due_open ON call_due (caller, ended_at, due_on)",
        "CREATE INDEX call_due_ended ON call_due (ended_at)",
        "ALTER TABLE call_back ADD COLUMN call_id {int} REFERENCES call_due (id)",
    ],
}];

/// Tables, URLs and jobs of call-backs.
pub fn slice() -> Slice {
    Slice { migrations: MIGRATIONS, routes: routes::routes(), jobs: vec![jobs::RECOUNT], ..Slice::new("calls") }
}
