//! Providers: the bodies that offer products and take assignments.
//!
//! **State** follows onboarding: draft → submitted → admitted | refused; an admitted one may be suspended or removed
//! (入驻). Those the register is given by file or by the desk are admitted at once: the office vouches for them.
//!
//! Facade for higher crates: [`brief`], [`brief_many`], [`by_category`], [`create_in`].

mod actions;
mod forms;
mod migrations;
mod pages;
mod queries;
mod routes;

use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_web::Slice;
use serde::{Deserialize, Serialize};

use crate::t;

pub use actions::create_in;
pub use queries::{Brief, brief, brief_many, by_category};

pub(crate) use actions::{apply_in, lookup};
pub(crate) use queries::{ids_by_code, of_viewer, record};

codes! {
    /// Where a provider stands between entry and exit.
    pub enum State {
        /// Being written.
        Draft = "draft",
        /// Waiting for the operator's check.
        Submitted = "submitted",
        /// In the network.
        Admitted = "admitted",
        /// Not taken.
        Refused = "refused",
        /// At rest for a while.
        Suspended = "suspended",
        /// Taken out.
        Removed = "removed",
    }
}

impl State {
    /// Its name in a language.
    pub fn label(self, locale: Locale) -> String {
        let m = t(locale);
        match self {
            State::Draft => m.providers_state_draft(),
            State::Submitted => m.providers_state_submitted(),
            State::Admitted => m.providers_state_admitted(),
            State::Refused => m.providers_state_refused(),
            State::Suspended => m.providers_state_suspended(),
            State::Removed => m.providers_state_removed(),
        }
    }
}

/// What is known of a provider that is to be entered or brought up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProvider {
    /// Name as registered.
    pub name: String,
    /// Credit code in its normal form, or nothing where it has none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// Code of the district or zone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub district: Option<String>,
    /// Kind of body: `enterprise`, `institution`, `association`, `nonprofit`, `other`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nature: Option<String>,
    /// Codes of the kinds of service, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub categories: Vec<String>,
    /// What it does, in its own words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub profile: Option<String>,
    /// Whom to talk to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact: Option<String>,
    /// Phone of the contact.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<String>,
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("providers");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice
}
