//! Appeals against a rating (申诉复核): the rated organisation says why a low grade should not count, and somebody one
//! level above decides. Until then the grade counts; if the appeal is upheld it stays stored, as given, and is left out
//! of every figure from that moment on.

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_store::Migration;
use huiqi_web::Slice;

use crate::t;

pub mod actions;
pub mod flow;
pub mod pages;
pub mod queries;
pub mod shown;

codes! {
    /// Why a grade should not count.
    pub enum Ground {
        /// Given to hurt, not to judge the service.
        Malicious = "malicious",
        /// About another matter.
        WrongMatter = "wrong-matter",
        /// About a service that somebody else gave.
        NotOurs = "not-ours",
        /// For a reason outside the service: policy, law, a third party.
        Outside = "outside",
        /// Given by mistake, as the rater says himself.
        Mistake = "mistake",
    }
}

impl Label for Ground {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Ground::Malicious => m.appeal_ground_malicious(),
            Ground::WrongMatter => m.appeal_ground_wrong_matter(),
            Ground::NotOurs => m.appeal_ground_not_ours(),
            Ground::Outside => m.appeal_ground_outside(),
            Ground::Mistake => m.appeal_ground_mistake(),
        }
    }
}

const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.47 services.appeals",
    sql: &[
        "ALTER TABLE rating ADD COLUMN excluded_at {int}",
        "CREATE TABLE rating_appeal (
            case_id {int} PRIMARY KEY REFERENCES case_record (id), request {int} NOT NULL REFERENCES case_record (id),
            grade {int} NOT NULL, ground {key} NOT NULL, words {text} NOT NULL, asked {text}, asked_at {int},
            rater_words {text}, rater_at {int}, decision {text}, decided_at {int},
            decided_by {int} REFERENCES organisation (id))",
        "CREATE INDEX rating_appeal_request ON rating_appeal (request, case_id)",
    ],
}];

/// Tables, URLs and procedure of appeals against ratings.
pub fn slice() -> Slice {
    Slice {
        migrations: MIGRATIONS,
        routes: pages::routes(),
        flows: vec![Box::new(flow::registered())],
        ..Slice::new("appeals")
    }
}
