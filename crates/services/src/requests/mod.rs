//! Requests (诉求, Art. 5): taken in, accepted, dispatched, answered, confirmed by the firm – or done again.
//!
//! Vocabulary: a *request* is what a firm asks; the *desk* takes it in; a *dispatcher* sends it on as *assignments*;
//! a *handler* is the window, provider or department an assignment goes to; the *bearer* is whoever holds number,
//! query code and the last digits of the phone, the firm without an account.

use huiqi_web::Slice;
use huiqi_web::slice::Batch;

pub mod actions;
pub mod facts;
pub mod flow;
pub mod follow;
pub mod forms;
pub mod jobs;
mod migrations;
pub mod once;
mod outside;
pub mod pages;
pub mod papers;
pub mod routes;
pub mod rules;
pub mod similar;
pub mod suggest;

/// Tables, URLs, procedure and jobs of requests.
pub fn slice() -> Slice {
    Slice {
        migrations: migrations::MIGRATIONS,
        routes: outside::routes().into_iter().chain(routes::routes()).collect(),
        flows: vec![Box::new(flow::registered())],
        jobs: vec![jobs::SILENCE],
        batches: vec![Batch {
            roles: flow::DISPATCH,
            path: "/requests/dispatch",
            page: true,
            label: |l| crate::t(l).dispatch_batch(),
        }],
        ..Slice::new("requests")
    }
}
