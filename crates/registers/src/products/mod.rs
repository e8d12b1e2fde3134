//! Products: what providers offer, with kind, fee and time.
//!
//! A product belongs to one provider; within it, names differ. **Listed** products are offered; **withdrawn** ones
//! stay for the record.
//!
//! Facade for higher crates: [`create_in`], [`of_provider`], [`by_number`].

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
pub use queries::{Brief, Product, brief, by_number, of_provider};

pub(crate) use actions::{apply_in, lookup, may_edit};

codes! {
    /// Whether a product is offered.
    pub enum State {
        /// Offered.
        Listed = "listed",
        /// No longer offered.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// Its name in a language.
    pub fn label(self, locale: Locale) -> String {
        match self {
            State::Listed => t(locale).products_state_listed(),
            State::Withdrawn => t(locale).products_state_withdrawn(),
        }
    }
}

/// What is known of a product that is to be entered or brought up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProduct {
    /// Row id of the provider's organisation; 0 in files, where `provider_code` names it.
    #[serde(skip)]
    pub provider: i64,
    /// Credit code of the provider, in files.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub provider_code: Option<String>,
    /// Name.
    pub name: String,
    /// Code of the kind of service.
    pub category: String,
    /// What it is and what it gives.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// `free`, `low`, `published` or `negotiable`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fee: Option<String>,
    /// Price in words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub price: Option<String>,
    /// Ways of serving: `counter`, `phone`, `onsite` …
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub modes: Vec<String>,
    /// Working days it takes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub days: Option<i64>,
}

/// What this slice brings.
pub fn slice() -> Slice {
    let mut slice = Slice::new("products");
    slice.migrations = migrations::MIGRATIONS;
    slice.routes = routes::routes();
    slice
}
