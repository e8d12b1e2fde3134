//! What one version of the rule says otherwise than another, in words. Pure.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::rule::{ArticleRef, RuleSet, ValidityState};

use crate::t;

/// One value that differs between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Key as in [`RuleSet::with_overrides`].
    pub key: String,
    /// The value before, as stored.
    pub before: String,
    /// The value after, as stored.
    pub after: String,
}

/// Code of a state of validity, as stored.
pub(super) const fn validity_code(state: ValidityState) -> &'static str {
    match state {
        ValidityState::InForce => "in-force",
        ValidityState::LapsedAndContinued => "lapsed-and-continued",
        ValidityState::Replaced => "replaced",
    }
}

/// Every state of validity.
pub(super) const VALIDITY_STATES: [ValidityState; 3] =
    [ValidityState::InForce, ValidityState::LapsedAndContinued, ValidityState::Replaced];

/// The settings beside parameters and refusal grounds, in the order of the form.
pub(super) const VALIDITY_KEYS: [&str; 7] = [
    "document-number",
    "validity.state",
    "validity.lapsed-on",
    "validity.document",
    "validity.until",
    "validity.replaced-by",
    "validity.replaced-on",
];

/// The stored value of one of [`VALIDITY_KEYS`].
fn validity_value(set: &RuleSet, key: &str) -> String {
    let validity = set.validity_settings();
    match key {
        "document-number" => set.document_number().unwrap_or_default().to_owned(),
        "validity.state" => validity_code(validity.state).to_owned(),
        "validity.lapsed-on" => validity.lapsed_on.to_string(),
        "validity.document" => validity.document.clone(),
        "validity.until" => validity.until.map(|d| d.to_string()).unwrap_or_default(),
        "validity.replaced-by" => validity.replaced_by.clone(),
        _ => validity.replaced_on.map(|d| d.to_string()).unwrap_or_default(),
    }
}

/// Everything a version can change: key and stored value, in the order of the file.
pub(super) fn entries(set: &RuleSet) -> Vec<(String, String)> {
    let parameters = set.parameters().iter().map(|p| (p.id.clone(), p.value.to_string()));
    let grounds = set.refusal_grounds().iter().map(|g| (format!("refusal.{}", g.code), g.active.to_string()));
    let validity = VALIDITY_KEYS.iter().map(|key| ((*key).to_owned(), validity_value(set, key)));
    parameters.chain(grounds).chain(validity).collect()
}

/// What `after` says otherwise than `before`, in the order of the file.
pub(super) fn between(before: &RuleSet, after: &RuleSet) -> Vec<Difference> {
    let old = entries(before);
    entries(after)
        .into_iter()
        .filter_map(|(key, value)| {
            let was = old.iter().find(|(k, _)| *k == key).map(|(_, v)| v.clone()).unwrap_or_default();
            (was != value).then_some(Difference { key, before: was, after: value })
        })
        .collect()
}

/// The provision a key belongs to.
pub(super) fn article_of(set: &RuleSet, key: &str) -> Option<ArticleRef> {
    if let Some(parameter) = set.param(key) {
        return Some(parameter.article);
    }
    key.strip_prefix("refusal.").and_then(|code| set.refusal_ground(code)).map(|ground| ground.article)
}

/// Name of a key in words.
pub(super) fn name_of(set: &RuleSet, key: &str, locale: Locale) -> String {
    let m = t(locale);
    if let Some(parameter) = set.param(key) {
        return parameter.name.get(locale).to_owned();
    }
    if let Some(ground) = key.strip_prefix("refusal.").and_then(|code| set.refusal_ground(code)) {
        return m.setting_ground(ground.text.get(locale).trim_end_matches(['.', '\u{3002}']));
    }
    match key {
        "document-number" => m.setting_key_document_number(),
        "validity.state" => m.setting_key_state(),
        "validity.lapsed-on" => m.setting_key_lapsed_on(),
        "validity.document" => m.setting_key_document(),
        "validity.until" => m.setting_key_until(),
        "validity.replaced-by" => m.setting_key_replaced_by(),
        "validity.replaced-on" => m.setting_key_replaced_on(),
        other => other.to_owned(),
    }
}

/// Name of a state of validity.
pub(super) fn validity_name(state: ValidityState, locale: Locale) -> String {
    let m = t(locale);
    match state {
        ValidityState::InForce => m.setting_validity_in_force(),
        ValidityState::LapsedAndContinued => m.setting_validity_continued(),
        ValidityState::Replaced => m.setting_validity_replaced(),
    }
}

/// A stored value in words.
pub(super) fn words_of(set: &RuleSet, key: &str, value: &str, locale: Locale) -> String {
    let m = t(locale);
    if let Some(parameter) = set.param(key) {
        return match parameter.read(value) {
            Ok(read) => set.text_of(parameter, &read, locale),
            Err(_) => value.to_owned(),
        };
    }
    if key.starts_with("refusal.") {
        return if value == "true" { m.setting_ground_active() } else { m.setting_ground_inactive() };
    }
    if value.is_empty() {
        return m.setting_not_entered();
    }
    if key == "validity.state" {
        return VALIDITY_STATES
            .iter()
            .find(|s| validity_code(**s) == value)
            .map_or_else(|| value.to_owned(), |s| validity_name(*s, locale));
    }
    match value.parse() {
        Ok(day) => huiqi_web::dates::date_full_words(day, locale),
        Err(_) => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_entries_are_all_that_can_be_changed() {
        let shipped = RuleSet::shipped();
        let all: BTreeMap<String, String> = entries(shipped).into_iter().collect();
        // Everything read back as an override changes nothing.
        let same = shipped.with_overrides(&all, 2).expect("own values are valid");
        assert!(same.overrides_against(shipped).is_empty());
        assert!(between(shipped, &same).is_empty());
    }

    #[test]
    fn differences_speak_both_languages() {
        let shipped = RuleSet::shipped();
        let changes = BTreeMap::from([
            ("request-accept".to_owned(), "2".to_owned()),
            ("refusal.state-secret".to_owned(), "false".to_owned()),
            ("validity.until".to_owned(), "2027-08-31".to_owned()),
        ]);
        let after = shipped.with_overrides(&changes, 2).expect("valid");
        let found = between(shipped, &after);
        assert_eq!(found.len(), 3);
        assert_eq!(name_of(shipped, &found[0].key, Locale::Zh), "受理时限");
        assert_eq!(words_of(shipped, &found[0].key, &found[0].after, Locale::En), "2 working days");
        assert_eq!(words_of(shipped, "validity.until", "", Locale::Zh), t(Locale::Zh).setting_not_entered());
        assert!(words_of(shipped, "validity.until", "2027-08-31", Locale::En).contains("2027"));
        for difference in &found {
            assert_ne!(name_of(shipped, &difference.key, Locale::En), difference.key);
        }
    }
}
