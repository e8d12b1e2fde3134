//! Notices: what a person is told, in the program and by mail.
//!
//! One call, [`send_in`], inside the transaction of what happened. A notice stands in the person's own list with its
//! unread count; where the person has a mail address it also goes out by mail, sent by the job `notices.mail` within
//! seconds, tried five times at growing intervals. Without a mail server ([`configure`] was not called) mails wait in
//! the administrator's outbox, with one-time codes and links masked outside the demo.

mod actions;
pub mod mailer;
mod migrations;
mod pages;
mod queries;
mod routes;

use huiqi_kernel::codes;
use huiqi_kernel::locale::Bilingual;
use huiqi_store::job::Job;
use huiqi_web::Slice;

use crate::t;

pub use actions::{mark_read, mark_read_in, send_in, send_secret_in, send_with_file_in};
pub use mailer::{MailConfig, MailSecurity, configure};
pub use queries::unread;

/// Kind of a notice whose mail stands in nobody's list: not even the administrator learns to whom it goes.
pub const CONFIDENTIAL: &str = "confidential";

/// Something a person is told.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Stable code of what it is about: `request.accepted`.
    pub kind: &'static str,
    /// Public number of the record, empty where there is none.
    pub number: String,
    /// The words, one or two sentences.
    pub text: Bilingual,
    /// Where it leads inside this site: `/requests/FW-2026-000123`.
    pub href: String,
}

codes! {
    /// How far the mail of a notice is.
    pub enum MailState {
        /// The person has no mail address.
        None = "none",
        /// To be sent.
        Waiting = "waiting",
        /// Handed to the mail server.
        Sent = "sent",
        /// Given up.
        Failed = "failed",
    }
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("notices");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice.jobs = vec![Job {
        name: "notices.mail",
        title: |l| t(l).notice_job_mail(),
        every_ms: 15_000,
        run: |ctx| Box::pin(mailer::run(ctx)),
    }];
    slice
}
