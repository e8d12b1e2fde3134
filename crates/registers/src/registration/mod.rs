//! A firm registers itself, and the desk checks who acts for it.
//!
//! Whoever knows a firm's credit code may open an account for it. Until the desk has checked the link, the account is
//! **unverified**: it may ask, follow and withdraw at once, but sees nothing the register knew before. The register
//! shows a stranger the firm's name and district, nothing else.

mod actions;
mod migrations;
mod pages;
mod queries;
mod routes;

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_web::Slice;

use crate::t;

pub use actions::{Registration, register_in};

codes! {
    /// How far the check of a registration is.
    pub enum State {
        /// Waiting for the desk.
        Pending = "pending",
        /// The person acts for the firm.
        Verified = "verified",
        /// The person does not.
        Refused = "refused",
    }
}

impl State {
    /// Its name in a language.
    pub fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Pending => m.registration_state_pending(),
            State::Verified => m.registration_state_verified(),
            State::Refused => m.registration_state_refused(),
        }
    }
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("registration");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice
}
