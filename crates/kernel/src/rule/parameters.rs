//! Parameters: what the rule sets or leaves open and the bureau may change, their values and how people read them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::words::fill;
use super::{ArticleRef, Bilingual, Count, Flag, Limit, Phrase, RuleSet, Share, Span, ValueProblem};
use crate::locale::Locale;

/// What kind of value a parameter has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterKind {
    /// A limit in working days.
    WorkingDays,
    /// A limit in calendar days.
    CalendarDays,
    /// A limit in hours.
    Hours,
    /// A number with its own unit.
    Count,
    /// A share in whole per cent.
    Share,
    /// Yes or no.
    Flag,
    /// A text.
    Text,
}

impl ParameterKind {
    /// Whether its value is a whole number.
    pub const fn is_number(self) -> bool {
        !matches!(self, ParameterKind::Flag | ParameterKind::Text)
    }
}

/// Where the shipped value of a parameter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterSource {
    /// Stated by the rule itself.
    Rule,
    /// Stated by another law, regulation or published notice, named in the note.
    Law,
    /// Our default, for the bureau to confirm or change.
    Proposed,
    /// From memory and unverified.
    Recalled,
}

/// Value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number in the unit of the parameter.
    Number(u32),
    /// A text.
    Text(String),
}

/// The form that overrides are stored in: `5`, `true`, the text itself.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Flag(flag) => write!(f, "{flag}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => f.write_str(text),
        }
    }
}

/// A value that the rule leaves open or sets, and that the bureau may change in a new version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Stable id in kebab case.
    pub id: String,
    /// Article it belongs to.
    pub article: ArticleRef,
    /// Kind of value.
    pub kind: ParameterKind,
    /// The value of this version.
    pub value: Value,
    /// Least number allowed.
    #[serde(default)]
    pub min: Option<u32>,
    /// Largest number allowed.
    #[serde(default)]
    pub max: Option<u32>,
    /// Key of the unit, for numbers.
    #[serde(default)]
    pub unit: Option<String>,
    /// Id of a parameter whose value this one may not exceed.
    #[serde(default)]
    pub at_most: Option<String>,
    /// Whether the number must be odd.
    #[serde(default)]
    pub odd: bool,
    /// Where the shipped value comes from.
    pub source: ParameterSource,
    /// Name.
    pub name: Bilingual,
    /// What it means and how it is counted.
    pub note: Bilingual,
}

impl Parameter {
    /// Reads a value as it is typed or stored and checks it against kind, bounds and oddness. That it may not exceed
    /// another parameter is checked with the whole set.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub fn read(&self, text: &str) -> Result<Value, ValueProblem> {
        let text = text.trim();
        let value = match self.kind {
            ParameterKind::Flag => Value::Flag(text.parse().map_err(|_| ValueProblem::NotAFlag)?),
            ParameterKind::Text => Value::Text(text.to_owned()),
            _ => Value::Number(text.parse().map_err(|_| ValueProblem::NotANumber)?),
        };
        self.check(&value)?;
        Ok(value)
    }

    /// Checks a value against kind, bounds and oddness.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub fn check(&self, value: &Value) -> Result<(), ValueProblem> {
        match (self.kind, value) {
            (ParameterKind::Flag, Value::Flag(_)) => Ok(()),
            (ParameterKind::Flag, _) => Err(ValueProblem::NotAFlag),
            (ParameterKind::Text, Value::Text(text)) if text.trim().is_empty() => Err(ValueProblem::Empty),
            (ParameterKind::Text, Value::Text(_)) => Ok(()),
            (ParameterKind::Text, _) => Err(ValueProblem::Empty),
            (_, &Value::Number(number)) => {
                if let Some(min) = self.min.filter(|&min| number < min) {
                    return Err(ValueProblem::TooSmall { min });
                }
                if let Some(max) = self.max.filter(|&max| number > max) {
                    return Err(ValueProblem::TooLarge { max });
                }
                if self.odd && number % 2 == 0 {
                    return Err(ValueProblem::NotOdd);
                }
                Ok(())
            }
            _ => Err(ValueProblem::NotANumber),
        }
    }

    /// The value as a number, where it is one.
    pub fn number(&self) -> Option<u32> {
        match self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value as a limit in time, where it is one.
    pub fn span(&self) -> Option<Span> {
        let number = self.number()?;
        match self.kind {
            ParameterKind::WorkingDays => Some(Span::WorkingDays(number)),
            ParameterKind::CalendarDays => Some(Span::CalendarDays(number)),
            ParameterKind::Hours => Some(Span::Hours(number)),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unit {
    zh: String,
    one: String,
    other: String,
}

impl RuleSet {
    /// All parameters in the order of the file.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The parameters that an article and its items set.
    pub fn parameters_of(&self, article: u8) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(move |p| p.article.number == article)
    }

    /// The parameter with this id.
    pub fn param(&self, id: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.id == id)
    }

    /// Length of a limit with its unit.
    pub fn span(&self, limit: Limit) -> Span {
        self.param(limit.id()).and_then(Parameter::span).expect("validation resolves every Limit to a length of time")
    }

    /// Length of a limit counted in working days; `None` if it is counted otherwise.
    pub fn working_days(&self, limit: Limit) -> Option<u32> {
        match self.span(limit) {
            Span::WorkingDays(days) => Some(days),
            _ => None,
        }
    }

    /// Length of a limit counted in calendar days; `None` if it is counted otherwise.
    pub fn calendar_days(&self, limit: Limit) -> Option<u32> {
        match self.span(limit) {
            Span::CalendarDays(days) => Some(days),
            _ => None,
        }
    }

    /// A number.
    pub fn count(&self, count: Count) -> u32 {
        self.param(count.id()).and_then(Parameter::number).expect("validation resolves every Count to a number")
    }

    /// A share in whole per cent, 0 to 100.
    pub fn share(&self, share: Share) -> u32 {
        self.param(share.id()).and_then(Parameter::number).expect("validation resolves every Share to a number")
    }

    /// A yes or no.
    pub fn flag(&self, flag: Flag) -> bool {
        match self.param(flag.id()).map(|p| &p.value) {
            Some(Value::Flag(value)) => *value,
            _ => unreachable!("validation resolves every Flag to a yes or no"),
        }
    }

    /// A text.
    pub fn phrase(&self, phrase: Phrase) -> &str {
        match self.param(phrase.id()).map(|p| &p.value) {
            Some(Value::Text(text)) => text,
            _ => unreachable!("validation resolves every Phrase to a text"),
        }
    }

    /// A parameter's value as people read it: "5 working days", "yes".
    pub fn value_text(&self, parameter: &Parameter, locale: Locale) -> String {
        self.text_of(parameter, &parameter.value, locale)
    }

    /// Some other value of a parameter as people read it, such as a proposed or an earlier one.
    pub fn text_of(&self, parameter: &Parameter, value: &Value, locale: Locale) -> String {
        match value {
            Value::Flag(true) => self.words.yes.get(locale).to_owned(),
            Value::Flag(false) => self.words.no.get(locale).to_owned(),
            Value::Text(text) => text.clone(),
            Value::Number(number) => {
                let digits = number.to_string();
                match parameter.unit.as_ref().and_then(|unit| self.units.get(unit)) {
                    Some(unit) => {
                        let pattern = locale.pick(&unit.zh, if *number == 1 { &unit.one } else { &unit.other });
                        fill(pattern, &[("n", &digits)])
                    }
                    None => digits,
                }
            }
        }
    }
}
