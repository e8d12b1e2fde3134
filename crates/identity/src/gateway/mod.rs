//! The gateway to phones: text messages, and messages of a WeChat service account.
//!
//! One call, [`send_in`], inside the transaction of what happened. The words stand in `data/notice-templates.toml`, with
//! versions: at most 70 characters, the number of the matter and a link, nothing personal. A message waits in the table
//! `phone_message` until the job `gateway.send` has handed it to a provider; its link or code is erased then, or when it
//! is given up.

// The job that sends is not here yet; what only it uses is not used yet.
#[allow(dead_code)]
mod actions;
mod migrations;
mod rules;
#[allow(dead_code)]
mod templates;

use huiqi_kernel::codes;
use huiqi_web::Slice;

pub use actions::{Made, PhoneMessage, send_in};
pub use rules::is_mobile;
pub use templates::{LONGEST, LONGEST_PATH, Template};

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
    slice
}
