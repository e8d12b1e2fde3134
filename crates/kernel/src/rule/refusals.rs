//! Grounds on which a request may be refused.

use serde::{Deserialize, Serialize};

use super::{ArticleRef, Bilingual, RuleSet};

/// A ground on which a request may be refused, with whom to ask instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalGround {
    /// Stable code.
    pub code: String,
    /// Article it belongs to.
    pub article: ArticleRef,
    /// Whether it may be used in this version.
    pub active: bool,
    /// The ground, as the firm reads it.
    pub text: Bilingual,
    /// Whom to ask instead.
    pub ask_instead: Bilingual,
}

impl RuleSet {
    /// All refusal grounds, also those out of use (an older case may cite them).
    pub fn refusal_grounds(&self) -> &[RefusalGround] {
        &self.refusals
    }

    /// The refusal ground with this code.
    pub fn refusal_ground(&self, code: &str) -> Option<&RefusalGround> {
        self.refusals.iter().find(|r| r.code == code)
    }
}
