//! Later versions of the rule: the shipped one with overrides.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{RuleError, RuleSet, ValidityState, ValueProblem};

impl RuleSet {
    /// A later version: this one with some values replaced. Keys are parameter ids; `refusal.<code>` with `true` or
    /// `false`; `document-number`; `validity.state`, `validity.lapsed-on`, `validity.document`, `validity.until`,
    /// `validity.replaced-by`, `validity.replaced-on` (dates as `2025-08-31`, empty for none).
    ///
    /// # Errors
    /// An unknown key, a value that does not fit, or a version number that is not higher than this one's.
    pub fn with_overrides(&self, overrides: &BTreeMap<String, String>, version: u32) -> Result<RuleSet, RuleError> {
        if overrides.is_empty() && version == self.version {
            return Ok(self.clone());
        }
        if version <= self.version {
            return Err(RuleError::VersionNotHigher { version, than: self.version });
        }
        let mut set = self.clone();
        set.version = version;
        for (key, text) in overrides {
            set.apply(key, text)?;
        }
        set.validate()?;
        Ok(set)
    }

    /// What must be overridden in `base` to get this set: the inverse of [`RuleSet::with_overrides`].
    pub fn overrides_against(&self, base: &RuleSet) -> BTreeMap<String, String> {
        let ours = self.settings();
        let theirs = base.settings();
        ours.into_iter().filter(|(key, value)| theirs.get(key) != Some(value)).collect()
    }

    fn settings(&self) -> BTreeMap<String, String> {
        let date = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        let mut map: BTreeMap<String, String> =
            self.parameters.iter().map(|p| (p.id.clone(), p.value.to_string())).collect();
        map.extend(self.refusals.iter().map(|r| (format!("refusal.{}", r.code), r.active.to_string())));
        map.insert("document-number".into(), self.document_number.clone());
        map.insert("validity.state".into(), self.validity.state.code().into());
        map.insert("validity.lapsed-on".into(), self.validity.lapsed_on.to_string());
        map.insert("validity.document".into(), self.validity.document.clone());
        map.insert("validity.until".into(), date(self.validity.until));
        map.insert("validity.replaced-by".into(), self.validity.replaced_by.clone());
        map.insert("validity.replaced-on".into(), date(self.validity.replaced_on));
        map
    }

    fn apply(&mut self, key: &str, text: &str) -> Result<(), RuleError> {
        let text = text.trim();
        let bad = |problem| RuleError::BadValue { id: key.to_owned(), problem };
        let date = |text: &str| text.parse::<NaiveDate>().map_err(|_| bad(ValueProblem::NotADate));
        let optional = |text: &str| {
            if text.is_empty() { Ok(None) } else { date(text).map(Some) }
        };
        if let Some(parameter) = self.parameters.iter_mut().find(|p| p.id == key) {
            parameter.value = parameter.read(text).map_err(bad)?;
            return Ok(());
        }
        if let Some(code) = key.strip_prefix("refusal.") {
            let ground = self.refusals.iter_mut().find(|r| r.code == code);
            let ground = ground.ok_or_else(|| RuleError::UnknownId { id: key.to_owned() })?;
            ground.active = text.parse().map_err(|_| bad(ValueProblem::NotAFlag))?;
            return Ok(());
        }
        match key {
            "document-number" => self.document_number = text.to_owned(),
            "validity.state" => {
                self.validity.state = ValidityState::from_code(text).ok_or_else(|| bad(ValueProblem::NotAState))?;
            }
            "validity.lapsed-on" => self.validity.lapsed_on = date(text)?,
            "validity.document" => self.validity.document = text.to_owned(),
            "validity.until" => self.validity.until = optional(text)?,
            "validity.replaced-by" => self.validity.replaced_by = text.to_owned(),
            "validity.replaced-on" => self.validity.replaced_on = optional(text)?,
            _ => return Err(RuleError::UnknownId { id: key.to_owned() }),
        }
        Ok(())
    }
}
