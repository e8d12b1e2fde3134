//! Improvements (改进, Art. 5): opened at once by a bad grade or a request to do it again, and once a month for an
//! organisation that was late too often; called back, fixed or
//! explained, checked by somebody outside the organisation that fixed it, and counted by cause.

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_store::Migration;
use huiqi_web::Slice;

use crate::t;

pub mod actions;
pub mod flow;
pub mod overdue;
pub mod pages;

codes! {
    /// What opened an improvement.
    pub enum Origin {
        /// A grade of 1 or 2.
        Rating = "rating",
        /// The firm asked for it to be done again.
        Redo = "redo",
        /// Several cases of one organisation were late in one month.
        Overdue = "overdue",
    }
}

codes! {
    /// Why it went wrong.
    pub enum Cause {
        /// Took too long.
        Slow = "slow",
        /// The wrong handler.
        Mismatch = "mismatch",
        /// Not solved.
        Unresolved = "unresolved",
        /// Not understandable.
        Unclear = "unclear",
        /// Hard to reach.
        Contact = "contact",
        /// Fees.
        Fee = "fee",
        /// Asked for the same facts again.
        Repeat = "repeat",
        /// Tone.
        Attitude = "attitude",
        /// Out-of-date information.
        Outdated = "outdated",
    }
}

impl Label for Cause {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Cause::Slow => m.improvement_cause_slow(),
            Cause::Mismatch => m.improvement_cause_mismatch(),
            Cause::Unresolved => m.improvement_cause_unresolved(),
            Cause::Unclear => m.improvement_cause_unclear(),
            Cause::Contact => m.improvement_cause_contact(),
            Cause::Fee => m.improvement_cause_fee(),
            Cause::Repeat => m.improvement_cause_repeat(),
            Cause::Attitude => m.improvement_cause_attitude(),
            Cause::Outdated => m.improvement_cause_outdated(),
        }
    }
}

impl Label for Origin {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Origin::Rating => m.improvement_origin_rating(),
            Origin::Redo => m.improvement_origin_redo(),
            Origin::Overdue => m.improvement_origin_overdue(),
        }
    }
}

const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.42 services.improvements",
    sql: &[
        "CREATE TABLE improvement (
            case_id {int} PRIMARY KEY REFERENCES case_record (id), request {int} REFERENCES case_record (id),
            month {key},
            origin {key} NOT NULL, said {text}, cause {key}, heard {text}, remedy {text}, plan_on {key}, checked {text},
            checked_by {int} REFERENCES organisation (id))",
        "CREATE TABLE improvement_case (
            improvement {int} NOT NULL REFERENCES case_record (id), request {int} NOT NULL REFERENCES case_record (id),
            PRIMARY KEY (improvement, request))",
        "CREATE INDEX improvement_month ON improvement (month)",
        "CREATE INDEX improvement_request ON improvement (request)",
        "CREATE INDEX improvement_cause ON improvement (cause)",
    ],
}];

/// Tables, URLs and procedure of improvements.
pub fn slice() -> Slice {
    Slice {
        migrations: MIGRATIONS,
        routes: pages::routes(),
        flows: vec![Box::new(flow::registered())],
        jobs: vec![overdue::JOB],
        ..Slice::new("improvements")
    }
}
