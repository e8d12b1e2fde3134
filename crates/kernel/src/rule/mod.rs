//! The rule set: articles with our own summaries, parameters, refusal grounds and validity, as data.
//!
//! The shipped file `rule/xiamen-2020.toml` is version 1. Later versions are the shipped one with overrides
//! ([`RuleSet::with_overrides`]): the bureau makes them on a page and the database keeps only what differs. A case keeps
//! the version it was opened under. Everything a page shows of the rule comes from the data, in both languages.

mod articles;
mod names;
mod parameters;
mod problems;
mod reading;
mod refusals;
#[cfg(test)]
mod tests;
mod validity;
mod versions;
mod words;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::articles::{ARTICLES, Article, ArticleRef, Basis, Chapter, art, art_item, chinese_numeral};
pub use self::names::{Count, Flag, Limit, Phrase, Share, Span};
use self::parameters::Unit;
pub use self::parameters::{Parameter, ParameterKind, ParameterSource, Value};
pub use self::problems::{RuleError, ValueProblem};
use self::reading::Raw;
pub use self::refusals::RefusalGround;
use self::validity::ValidityLines;
pub use self::validity::{Validity, ValiditySettings, ValidityState};
pub use self::words::Bilingual;
use self::words::Words;
use crate::locale::Locale;

const SHIPPED: &str = include_str!("../../../../rule/xiamen-2020.toml");

static SHIPPED_SET: LazyLock<RuleSet> =
    LazyLock::new(|| RuleSet::parse(SHIPPED).expect("the embedded rule file is parsed by this module's tests"));

/// One version of the rule as data. Only validated sets exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, try_from = "Raw")]
pub struct RuleSet {
    id: String,
    version: u32,
    time_zone: String,
    title: Bilingual,
    issuer: Bilingual,
    document_number: String,
    issued: NaiveDate,
    in_force_from: NaiveDate,
    valid_years: u32,
    validity: ValiditySettings,
    words: Words,
    validity_lines: ValidityLines,
    units: BTreeMap<String, Unit>,
    #[serde(rename = "basis")]
    bases: Vec<Basis>,
    #[serde(rename = "chapter")]
    chapters: Vec<Chapter>,
    #[serde(rename = "article")]
    articles: Vec<Article>,
    #[serde(rename = "parameter")]
    parameters: Vec<Parameter>,
    #[serde(rename = "refusal")]
    refusals: Vec<RefusalGround>,
}

impl RuleSet {
    /// Version 1, which comes with the program.
    pub fn shipped() -> &'static RuleSet {
        &SHIPPED_SET
    }

    /// Stable id of the rule: `xiamen-2020`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Version, 1 for the shipped set.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// IANA name of the zone in which dates and limits are counted.
    pub fn time_zone(&self) -> &str {
        &self.time_zone
    }

    /// Title of the rule; the English one is our translation.
    pub fn title(&self, locale: Locale) -> &str {
        self.title.get(locale)
    }

    /// Who issued the rule.
    pub fn issuer(&self, locale: Locale) -> &str {
        self.issuer.get(locale)
    }

    /// Document number, once known.
    pub fn document_number(&self) -> Option<&str> {
        Some(self.document_number.as_str()).filter(|n| !n.is_empty())
    }

    /// Day of issue.
    pub fn issued(&self) -> NaiveDate {
        self.issued
    }

    /// First day in force (Art. 27).
    pub fn in_force_from(&self) -> NaiveDate {
        self.in_force_from
    }

    /// Term in years (Art. 27).
    pub fn valid_years(&self) -> u32 {
        self.valid_years
    }
}
