//! Cases of every procedure, kept once: open, take a step, clock, ladder, inbox, timeline, messages, attachments.
//!
//! A slice above brings its flow table and its own details; what all procedures share is here. See
//! [`record::take_in`] for the one way a case changes its state.

use huiqi_web::{Route, Slice};

pub mod attachments;
pub mod desks;
pub mod find;
pub mod inbox;
pub mod ladder;
mod migrations;
pub mod papers;
pub mod passing;
pub mod record;
pub mod recount;
pub mod scope;
pub mod settings;
pub mod team;
pub mod thread;
pub mod timeline;
pub mod urging;

huiqi_web::messages!();

pub use record::{Case, New, Said, Stage, Turn};

/// Tables, routes and jobs of casework.
pub fn slice() -> Slice {
    let mut routes: Vec<Route> = Vec::new();
    routes.extend(inbox::routes());
    routes.extend(attachments::routes());
    Slice { migrations: migrations::MIGRATIONS, routes, jobs: vec![ladder::JOB], ..Slice::new("casework") }
}

/// All slices of casework.
pub fn slices() -> Vec<Slice> {
    vec![slice(), passing::slice(), team::slice(), papers::slice(), settings::slice()]
}
