//! The gateway to phones.
//!
//! One call, [`send_in`], inside the transaction of what happened. The words stand in `data/notice-templates.toml`, with
//! versions: at most 70 characters, the number of the matter and a link, nothing personal. A message waits in the table
//! `phone_message` until the job `gateway.send` has handed it to a provider; its link or code is erased then, or when it
//! is given up. Nothing goes out at night, and not too much to one phone or on one day; codes are apart from that.
//!
//! Somebody who has bound a WeChat account is told there first ([`wechat`]), and by text message where that is refused.
//!
//! Calls are signed in both directions ([`signature`]); reports of the provider come in on `/gateway/reports/sms`. Where
//! no provider is set, messages wait on the outbox pages until somebody passes them on.

mod actions;
mod binding;
mod config;
mod migrations;
mod queries;
mod reports;
mod rules;
mod sender;
pub mod signature;
mod sms;
mod templates;
mod wechat;

use huiqi_kernel::codes;
use huiqi_store::job::Job;
use huiqi_web::Slice;
use huiqi_web::slice::Route;

use crate::t;

pub use actions::{Made, PhoneMessage, pass_on_in, send_in, show_in};
pub use config::{GatewayConfig, SmsConfig, WechatConfig, WechatTemplate, is_set};
pub use queries::{LINE, Line, Shown, by_number, masked_text};
pub use rules::is_mobile;
pub use templates::{LONGEST, LONGEST_PATH, Template};

pub(crate) use actions::send_code_in;
pub(crate) use queries::outbox;

codes! {
    /// How far a message to a phone is.
    pub enum State {
        /// To be sent, or to be passed on by hand where no gateway is set.
        Waiting = "waiting",
        /// A provider has it.
        Sent = "sent",
        /// It has reached the phone.
        Delivered = "delivered",
        /// Given up, or refused.
        Failed = "failed",
        /// Somebody passed it on.
        ByHand = "by-hand",
    }
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("gateway");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = vec![Route::post("/gateway/reports/{provider}", reports::take).machine()];
    slice.routes.extend(binding::routes());
    slice.jobs = vec![
        Job {
            name: "gateway.send",
            title: |l| t(l).gateway_job_send(),
            every_ms: 1_000,
            run: |ctx| Box::pin(sender::run(ctx)),
        },
        Job {
            name: "gateway.tidy",
            title: |l| t(l).gateway_job_tidy(),
            every_ms: 3_600_000,
            run: |ctx| Box::pin(sender::tidy(ctx)),
        },
    ];
    slice
}
