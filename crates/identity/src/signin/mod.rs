//! Sign-in, sessions, acting, one's own data, reset, consent.
//!
//! - A **session** is a row; the browser holds a random token, the table its SHA-256. Staff are signed out after 8
//!   hours without a request and 24 hours at most; firms after 30 and 90 days.
//! - Guessing is slowed down per account name and network address, never longer than 30 seconds; a browser
//!   that has signed in to the account before is counted by itself: nobody can lock the owner out (see [`throttle`]).
//! - Firms may sign in by a code to their **phone** instead ([`phone`]); a password is optional for them.
//! - A forgotten password is set anew with a **one-time code**, by mail, or issued by a manager or the desk with a
//!   reason.
//! - A person **acts** under one membership at a time; the session remembers which.

mod codes;
pub mod consent;
pub mod credentials;
mod faces;
mod identity;
mod migrations;
pub(crate) mod pages;
pub mod password;
pub mod phone;
pub mod phone_routes;
pub(crate) mod routes;
mod sessions;
pub mod throttle;
pub mod token;

use huiqi_store::job::Job;
use huiqi_web::Slice;

use crate::t;

pub use codes::{CODE_BY_HAND_MS, CODE_BY_MAIL_MS, FIRST_PASSWORD_MS, issue_code_in};
pub use faces::{Face, set_demo_faces_in};
pub use identity::Identity;
pub use sessions::{begin, end_sessions_in};

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("signin");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice.routes.extend(phone_routes::routes());
    slice.jobs = vec![Job {
        name: "signin.tidy",
        title: |l| t(l).signin_job_tidy(),
        every_ms: 3_600_000,
        run: |ctx| Box::pin(sessions::tidy(ctx)),
    }];
    slice
}
