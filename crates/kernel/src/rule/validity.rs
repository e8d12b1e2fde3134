//! Whether the rule holds on a day, and the line about it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::words::fill;
use super::{Bilingual, RuleSet};
use crate::locale::Locale;

/// What holds once the term of the rule has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidityState {
    /// Within its term. Past the last day of the term it counts as lapsed and continued: a date is never overruled.
    InForce,
    /// The term has ended and work goes on.
    LapsedAndContinued,
    /// Another rule has taken its place.
    Replaced,
}

impl ValidityState {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        match code {
            "in-force" => Some(ValidityState::InForce),
            "lapsed-and-continued" => Some(ValidityState::LapsedAndContinued),
            "replaced" => Some(ValidityState::Replaced),
            _ => None,
        }
    }

    pub(super) const fn code(self) -> &'static str {
        match self {
            ValidityState::InForce => "in-force",
            ValidityState::LapsedAndContinued => "lapsed-and-continued",
            ValidityState::Replaced => "replaced",
        }
    }
}

/// The settings about validity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValiditySettings {
    /// What holds after the term.
    pub state: ValidityState,
    /// Last day of the term.
    pub lapsed_on: NaiveDate,
    /// Document under which work goes on; empty: not entered yet.
    #[serde(default)]
    pub document: String,
    /// Last day of the continuation, where the document names one.
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// The rule that takes its place; empty: not entered yet.
    #[serde(default)]
    pub replaced_by: String,
    /// First day of the rule that takes its place.
    #[serde(default)]
    pub replaced_on: Option<NaiveDate>,
}

/// Whether the rule holds on a given day, and on what basis. None of these blocks any work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Validity {
    /// Not yet in force.
    NotYet {
        /// First day in force.
        from: NaiveDate,
    },
    /// Within its term.
    InForce {
        /// Last day of the term.
        until: NaiveDate,
    },
    /// The term has ended and work goes on.
    Continued {
        /// Last day of the term.
        lapsed: NaiveDate,
        /// The document, once entered.
        document: Option<String>,
        /// Last day of the continuation, if one is set.
        until: Option<NaiveDate>,
    },
    /// The continuation has ended too, and nothing new has been entered.
    ContinuationEnded {
        /// Last day of the term.
        lapsed: NaiveDate,
        /// Last day of the continuation.
        until: NaiveDate,
    },
    /// Another rule has taken its place.
    Replaced {
        /// First day of the other rule.
        on: NaiveDate,
        /// The other rule, once entered.
        document: Option<String>,
    },
}

impl Validity {
    /// Whether staff pages need the line: the rule is anything but plainly in force.
    pub const fn needs_line(&self) -> bool {
        !matches!(self, Validity::InForce { .. })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValidityLines {
    pub(super) not_yet: Bilingual,
    pub(super) in_force: Bilingual,
    pub(super) continued_open: Bilingual,
    pub(super) continued: Bilingual,
    pub(super) continued_until: Bilingual,
    pub(super) continued_until_open: Bilingual,
    pub(super) continuation_ended: Bilingual,
    pub(super) replaced: Bilingual,
    pub(super) replaced_open: Bilingual,
}

impl RuleSet {
    /// The settings about validity, for the page that changes them.
    pub fn validity_settings(&self) -> &ValiditySettings {
        &self.validity
    }

    /// Whether the rule holds on a day, and on what basis.
    pub fn validity(&self, on: NaiveDate) -> Validity {
        let settings = &self.validity;
        let entered = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        if let (ValidityState::Replaced, Some(replaced_on)) = (settings.state, settings.replaced_on)
            && on >= replaced_on
        {
            return Validity::Replaced { on: replaced_on, document: entered(&settings.replaced_by) };
        }
        if on < self.in_force_from {
            return Validity::NotYet { from: self.in_force_from };
        }
        let lapsed = settings.lapsed_on;
        if on <= lapsed {
            return Validity::InForce { until: lapsed };
        }
        match settings.until {
            Some(until) if on > until => Validity::ContinuationEnded { lapsed, until },
            until => Validity::Continued { lapsed, document: entered(&settings.document), until },
        }
    }

    /// One line for staff pages about the validity on a day.
    pub fn validity_line(&self, locale: Locale, on: NaiveDate) -> String {
        let lines = &self.validity_lines;
        let date = |d: NaiveDate| self.words.date(d, locale);
        match self.validity(on) {
            Validity::NotYet { from } => fill(lines.not_yet.get(locale), &[("from", &date(from))]),
            Validity::InForce { until } => fill(lines.in_force.get(locale), &[("lapsed", &date(until))]),
            Validity::Continued { lapsed, document, until } => {
                let line = match (&document, until) {
                    (Some(_), Some(_)) => &lines.continued_until,
                    (Some(_), None) => &lines.continued,
                    (None, Some(_)) => &lines.continued_until_open,
                    (None, None) => &lines.continued_open,
                };
                let until = until.map(date).unwrap_or_default();
                let document = document.unwrap_or_default();
                fill(line.get(locale), &[("lapsed", &date(lapsed)), ("document", &document), ("until", &until)])
            }
            Validity::ContinuationEnded { lapsed, until } => {
                fill(lines.continuation_ended.get(locale), &[("lapsed", &date(lapsed)), ("until", &date(until))])
            }
            Validity::Replaced { on, document: Some(document) } => {
                fill(lines.replaced.get(locale), &[("replaced", &date(on)), ("document", &document)])
            }
            Validity::Replaced { on, document: None } => {
                fill(lines.replaced_open.get(locale), &[("replaced", &date(on))])
            }
        }
    }
}
