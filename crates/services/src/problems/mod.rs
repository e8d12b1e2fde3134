//! Common problems (共性问题, Art. 8(4)): many firms have one and the same problem. It is answered once, to all of them,
//! and what should be changed is proposed to the bureau, once.
//!
//! Vocabulary: a *problem* gathers *requests*; its *basis* are the requests and firms behind it by district and month,
//! always computed; the *proposal* says what to change; the *outcome* is what the bureau made of it. Each firm still
//! confirms its own request. Reports (举报) are never gathered.

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_store::Migration;
use huiqi_web::Slice;
use huiqi_web::slice::Batch;

use crate::t;

pub mod actions;
pub mod flow;
pub mod pages;
pub mod queries;
mod routes;
pub mod rules;

codes! {
    /// What the bureau made of a proposal.
    pub enum Outcome {
        /// 阅知: taken note of.
        Noted = "noted",
        /// 采纳: will be done by a day.
        Adopted = "adopted",
        /// 书面答复: answered in writing, not adopted.
        Answered = "answered",
    }
}

impl Label for Outcome {
    fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Outcome::Noted => m.problem_outcome_noted(),
            Outcome::Adopted => m.problem_outcome_adopted(),
            Outcome::Answered => m.problem_outcome_answered(),
        }
    }
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        id: "2026-11-24.56 services.problems",
        sql: &[
            "CREATE TABLE problem (
            case_id {int} PRIMARY KEY REFERENCES case_record (id), description {text} NOT NULL, answer {text},
            answered_at {int}, proposal {text}, proposed_at {int}, outcome {key}, reply {text}, reply_on {key},
            replied_at {int})",
            "CREATE TABLE problem_request (
            problem {int} NOT NULL REFERENCES case_record (id), request {int} NOT NULL REFERENCES case_record (id),
            at {int} NOT NULL, person {int} REFERENCES person (id), answered {flag} NOT NULL,
            PRIMARY KEY (problem, request))",
            "CREATE INDEX problem_request_request ON problem_request (request)",
        ],
    },
    Migration {
        id: "2026-11-24.91 services.problems",
        sql: &[
            "ALTER TABLE problem ADD COLUMN finished {text}",
            "ALTER TABLE problem ADD COLUMN finished_at {int}",
            // What was decided stands in the steps, where the words about the end took its place.
            "UPDATE problem SET finished = reply, finished_at = replied_at,
                reply = (SELECT s.words FROM case_step s WHERE s.case_id = problem.case_id AND s.action = 'adopt'
                         ORDER BY s.seq DESC LIMIT 1),
                replied_at = (SELECT s.at FROM case_step s WHERE s.case_id = problem.case_id AND s.action = 'adopt'
                              ORDER BY s.seq DESC LIMIT 1)
             WHERE EXISTS (SELECT 1 FROM case_step s WHERE s.case_id = problem.case_id AND s.action = 'finish')",
            "UPDATE case_record SET due_on = NULL WHERE flow = 'problem' AND closed_at IS NOT NULL",
        ],
    },
];

/// Tables, URLs and procedure of common problems.
pub fn slice() -> Slice {
    Slice {
        migrations: MIGRATIONS,
        routes: routes::routes(),
        flows: vec![Box::new(flow::registered())],
        batches: vec![Batch {
            roles: flow::GATHERERS,
            path: "/problems/new",
            page: true,
            label: |l| crate::t(l).problem_batch(),
        }],
        ..Slice::new("problems")
    }
}
