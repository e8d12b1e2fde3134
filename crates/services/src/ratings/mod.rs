//! Ratings: five grades, one tap, voluntary. Nobody rates himself; silence is never a rating. A grade is about one answer:
//! what is answered again can be graded again, and both grades count for whoever gave the answer.

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

const MIGRATIONS: &[Migration] = &[
    Migration {
    id: "2026-11-24.41 services.ratings",
    sql: &[
        "CREATE TABLE rating (
            id {id}, case_id {int} NOT NULL UNIQUE REFERENCES case_record (id), grade {int} NOT NULL, words {text},
            at {int} NOT NULL, via {key} NOT NULL, person {int} REFERENCES person (id),
            organisation {int} REFERENCES organisation (id), service_window {int} REFERENCES service_window (id))",
        "CREATE INDEX rating_at ON rating (at)",
        "CREATE INDEX rating_judged ON rating (organisation, service_window)",
    ],
    },
    // A grade belongs to an answer: after 重办 or reopening there is another one to grade.
    Migration {
        id: "2026-11-24.97 services.ratings-answer",
        sql: &[
            "CREATE TABLE rating_of_answer (
                id {id}, case_id {int} NOT NULL REFERENCES case_record (id), answered_at {int} NOT NULL,
                grade {int} NOT NULL, words {text}, at {int} NOT NULL, via {key} NOT NULL,
                person {int} REFERENCES person (id), organisation {int} REFERENCES organisation (id),
                service_window {int} REFERENCES service_window (id), excluded_at {int}, UNIQUE (case_id, answered_at))",
            "INSERT INTO rating_of_answer
                (case_id, answered_at, grade, words, at, via, person, organisation, service_window, excluded_at)
             SELECT g.case_id, CASE WHEN r.answered_at <= g.at THEN r.answered_at ELSE 0 END, g.grade, g.words, g.at, g.via,
                g.person, g.organisation, g.service_window, g.excluded_at
             FROM rating g JOIN request r ON r.case_id = g.case_id ORDER BY g.id",
            "DROP TABLE rating",
            "ALTER TABLE rating_of_answer RENAME TO rating",
            "CREATE INDEX rating_at ON rating (at)",
            "CREATE INDEX rating_judged ON rating (organisation, service_window)",
            "ALTER TABLE rating_appeal ADD COLUMN rating {int} REFERENCES rating (id)",
            "UPDATE rating_appeal SET rating = (SELECT g.id FROM rating g WHERE g.case_id = rating_appeal.request)",
        ],
    },
];

/// Tables of ratings; their forms stand on the request's pages.
pub fn slice() -> Slice {
    Slice { migrations: MIGRATIONS, ..Slice::new("ratings") }
}
