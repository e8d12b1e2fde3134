//! The knowledge base (知识, Art. 5): a question, its answer, what it rests on, until when it holds, and who answers for it.
//!
//! An *entry* is written by a desk or window, best from a closed request; somebody else checks it; from then on it is *in
//! force*: found by every desk and window beside the answer they are writing. What is *live* is the checked text, exactly;
//! a revision is written and checked beside it. When its day is over it ends by itself and goes back to its *owner*, who
//! renews, revises or withdraws it.

use huiqi_web::Slice;

pub mod actions;
pub mod flow;
pub mod jobs;
mod migrations;
mod pages;
pub mod queries;
mod routes;
pub mod rules;

/// Tables, URLs, procedure and job of the knowledge base.
pub fn slice() -> Slice {
    Slice {
        migrations: migrations::MIGRATIONS,
        routes: routes::routes(),
        flows: vec![Box::new(flow::registered())],
        jobs: vec![jobs::EXPIRY],
        ..Slice::new("knowledge")
    }
}
