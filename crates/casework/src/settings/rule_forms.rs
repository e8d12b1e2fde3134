//! The form of a new version: every value it can change, read against its own bounds and against the others.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::rule::{Parameter, ParameterKind, RuleError, RuleSet, Value, ValueProblem};
use huiqi_web::Form;

use super::differences::{VALIDITY_STATES, entries, name_of, validity_code};
use super::versions::Proposal;
use crate::t;

/// Longest reason, in characters.
pub(super) const LONGEST_REASON: usize = 1000;
/// Longest text value, in characters.
const LONGEST_TEXT: usize = 500;

/// Name of the field of a key.
pub(super) fn field(key: &str) -> String {
    format!("p-{key}")
}

/// The form as it is first shown: the values of the version it rests on.
pub(super) fn filled(base: &RuleSet, base_from: Option<NaiveDate>, today: NaiveDate) -> Form {
    let mut form = Form::with(entries(base).into_iter().map(|(key, value)| (field(&key), value)));
    form.set("base", base.version().to_string());
    let next_month = today.with_day(1).and_then(|first| first.checked_add_months(Months::new(1))).unwrap_or(today);
    form.set("from", next_month.max(base_from.unwrap_or(today)).to_string());
    form
}

/// Reads the form; notes what is wrong beside each field, and gives the proposal where nothing is.
pub(super) fn read(form: &mut Form, base: &RuleSet, today: NaiveDate) -> Option<Proposal> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for (key, known) in entries(base) {
        let name = field(&key);
        let sent = form.values().iter().any(|(n, _)| *n == name);
        if !sent {
            form.set(&name, known);
        }
        let value = form.value(&name).to_owned();
        values.insert(key, value);
    }
    parameters(form, base, &values);
    grounds(form, base, &values);
    validity(form, base, &values);
    let from = date(form, "from");
    if from.is_some_and(|day| day < today) {
        form.fail("from", |l| t(l).setting_error_from_past());
    }
    let reason = form.required("reason", LONGEST_REASON, |l| t(l).setting_reason());
    let base_version = form.value("base").parse().unwrap_or_default();
    let (Some(from), true) = (from, form.ok()) else {
        return None;
    };
    match RuleSet::shipped().with_overrides(&values, base.version() + 1) {
        Ok(set) => Some(Proposal { set, base: base_version, from, reason }),
        Err(RuleError::BadValue { id, problem }) => {
            match base.param(&id) {
                Some(parameter) => form.fail(&field(&id), |l| problem_words(base, parameter, &problem, l)),
                None => form.fail(&field(&id), |l| t(l).setting_error_value()),
            }
            None
        }
        Err(_) => {
            form.fail(&field("validity.state"), |l| t(l).setting_error_validity());
            None
        }
    }
}

fn date(form: &mut Form, name: &str) -> Option<NaiveDate> {
    let day = form.value(name).parse().ok();
    if day.is_none() {
        form.fail(name, |l| t(l).setting_error_date());
    }
    day
}

fn parameters(form: &mut Form, base: &RuleSet, values: &BTreeMap<String, String>) {
    let text = |id: &str| values.get(id).map_or("", String::as_str);
    for parameter in base.parameters() {
        let name = field(&parameter.id);
        match parameter.read(text(&parameter.id)) {
            Err(problem) => form.fail(&name, |l| problem_words(base, parameter, &problem, l)),
            Ok(Value::Text(words)) if words.chars().count() > LONGEST_TEXT => {
                form.fail(&name, |l| t(l).setting_error_long(LONGEST_TEXT as i64));
            }
            Ok(Value::Number(number)) => {
                let above = parameter.at_most.as_deref().and_then(|id| base.param(id));
                let Some(above) = above else { continue };
                if let Ok(Value::Number(most)) = above.read(text(&above.id))
                    && number > most
                {
                    let problem = ValueProblem::Exceeds { other: above.id.clone() };
                    form.fail(&name, |l| problem_words(base, parameter, &problem, l));
                }
            }
            Ok(_) => {}
        }
    }
}

fn grounds(form: &mut Form, base: &RuleSet, values: &BTreeMap<String, String>) {
    for ground in base.refusal_grounds() {
        let key = format!("refusal.{}", ground.code);
        if !matches!(values.get(&key).map(String::as_str), Some("true" | "false")) {
            form.fail(&field(&key), |l| t(l).setting_error_choose());
        }
    }
    if base.refusal_grounds().iter().all(|g| values.get(&format!("refusal.{}", g.code)).is_some_and(|v| v == "false")) {
        let key = base.refusal_grounds().first().map(|g| format!("refusal.{}", g.code)).unwrap_or_default();
        form.fail(&field(&key), |l| t(l).setting_error_no_ground());
    }
}

fn validity(form: &mut Form, base: &RuleSet, values: &BTreeMap<String, String>) {
    let text = |key: &str| values.get(key).map_or("", String::as_str);
    let name = |key: &str| field(key);
    let day = |key: &str| text(key).parse::<NaiveDate>().ok();
    for key in ["document-number", "validity.document", "validity.replaced-by"] {
        if text(key).chars().count() > LONGEST_TEXT {
            form.fail(&name(key), |l| t(l).setting_error_long(LONGEST_TEXT as i64));
        }
    }
    for key in ["validity.until", "validity.replaced-on"] {
        if !text(key).is_empty() && day(key).is_none() {
            form.fail(&name(key), |l| t(l).setting_error_date());
        }
    }
    let state = VALIDITY_STATES.into_iter().find(|s| validity_code(*s) == text("validity.state"));
    if state.is_none() {
        form.fail(&name("validity.state"), |l| t(l).setting_error_choose());
    }
    let Some(lapsed) = day("validity.lapsed-on") else {
        form.fail(&name("validity.lapsed-on"), |l| t(l).setting_error_date());
        return;
    };
    if lapsed < base.in_force_from() {
        let from = base.in_force_from();
        form.fail(&name("validity.lapsed-on"), |l| {
            t(l).setting_error_lapsed_early(huiqi_web::dates::date_full_words(from, l))
        });
    }
    if day("validity.until").is_some_and(|until| until < lapsed) {
        form.fail(&name("validity.until"), |l| {
            t(l).setting_error_until_early(huiqi_web::dates::date_full_words(lapsed, l))
        });
    }
    let replaced = state == Some(huiqi_kernel::rule::ValidityState::Replaced);
    match (replaced, text("validity.replaced-on").is_empty()) {
        (true, true) => form.fail(&name("validity.replaced-on"), |l| t(l).setting_error_replaced_when()),
        (false, false) if state.is_some() => {
            form.fail(&name("validity.replaced-on"), |l| t(l).setting_error_not_replaced());
        }
        _ => {}
    }
}

/// What is wrong with a value, and what it may be.
pub(super) fn problem_words(set: &RuleSet, parameter: &Parameter, problem: &ValueProblem, l: Locale) -> String {
    let m = t(l);
    let number = |n: u32| set.text_of(parameter, &Value::Number(n), l);
    match problem {
        ValueProblem::NotANumber => m.setting_error_not_a_number(),
        ValueProblem::NotAFlag | ValueProblem::NotAState => m.setting_error_choose(),
        ValueProblem::NotADate => m.setting_error_date(),
        ValueProblem::Empty => m.setting_error_text_missing(),
        ValueProblem::TooSmall { min } => m.setting_error_too_small(number(*min)),
        ValueProblem::TooLarge { max } => m.setting_error_too_large(number(*max)),
        ValueProblem::NotOdd => m.setting_error_not_odd(),
        ValueProblem::Exceeds { other } => m.setting_error_exceeds(name_of(set, other, l)),
    }
}

/// What a parameter may be, in words; nothing for texts.
pub(super) fn range_words(set: &RuleSet, parameter: &Parameter, l: Locale) -> String {
    let m = t(l);
    let number = |n: u32| set.text_of(parameter, &Value::Number(n), l);
    let mut words = match (parameter.min, parameter.max) {
        (Some(min), Some(max)) => m.setting_range(min.to_string(), number(max)),
        _ if parameter.kind == ParameterKind::Flag => return m.setting_range_flag(),
        _ => return String::new(),
    };
    if parameter.odd {
        words.push_str(&m.setting_range_odd());
    }
    if let Some(other) = &parameter.at_most {
        words.push_str(&m.setting_range_at_most(name_of(set, other, l)));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")
    }

    fn form(changes: &[(&str, &str)]) -> Form {
        let mut form = filled(RuleSet::shipped(), None, today());
        form.set("reason", "试行一年后的调整");
        for (key, value) in changes {
            form.set(key, *value);
        }
        form
    }

    fn wrong(changes: &[(&str, &str)]) -> Vec<String> {
        let mut form = form(changes);
        assert!(read(&mut form, RuleSet::shipped(), today()).is_none());
        for (key, value) in changes {
            assert_eq!(form.value(key), *value, "typed text is kept");
        }
        for l in Locale::ALL {
            assert!(form.errors(l).iter().all(|(_, words)| !words.is_empty()));
        }
        form.errors(Locale::En).into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn a_whole_form_is_a_version() {
        let mut form = form(&[("p-request-accept", "2"), ("p-refusal.state-secret", "false"), ("from", "2026-12-01")]);
        let proposal = read(&mut form, RuleSet::shipped(), today()).expect("nothing is wrong");
        assert_eq!(proposal.base, 1);
        let changed = proposal.set.overrides_against(RuleSet::shipped());
        assert_eq!(changed.len(), 2);
        assert_eq!(changed["request-accept"], "2");
    }

    #[test]
    fn what_is_not_sent_stays() {
        let mut form = Form::with([("p-request-accept", "3"), ("reason", "x"), ("from", "2026-12-01"), ("base", "1")]);
        let proposal = read(&mut form, RuleSet::shipped(), today()).expect("nothing is wrong");
        assert_eq!(proposal.set.overrides_against(RuleSet::shipped()).len(), 1);
    }

    #[test]
    fn each_error_stands_at_its_field() {
        for (key, value) in [
            ("p-request-accept", "x"),
            ("p-request-accept", "0"),
            ("p-request-accept", "11"),
            ("p-panel-min", "4"),
            ("p-answer-consultation", "10"),
            ("p-satisfied-includes-basic", "maybe"),
            ("p-window-protected-words", ""),
            ("p-refusal.state-secret", ""),
            ("p-validity.lapsed-on", "2020-01-01"),
            ("p-validity.until", "2020-01-01"),
            ("p-validity.until", "soon"),
            ("p-validity.replaced-on", "2027-01-01"),
            ("from", "2026-11-23"),
            ("from", ""),
            ("reason", ""),
        ] {
            assert_eq!(wrong(&[(key, value)]), [key], "{key} = {value}");
        }
        assert_eq!(wrong(&[("p-validity.state", "replaced")]), ["p-validity.replaced-on"]);
        let all: Vec<(String, &str)> =
            RuleSet::shipped().refusal_grounds().iter().map(|g| (format!("p-refusal.{}", g.code), "false")).collect();
        let all: Vec<(&str, &str)> = all.iter().map(|(k, v)| (k.as_str(), *v)).collect();
        assert_eq!(wrong(&all).len(), 1);
    }

    #[test]
    fn every_number_says_its_range() {
        let set = RuleSet::shipped();
        for l in Locale::ALL {
            for parameter in set.parameters().iter().filter(|p| p.kind.is_number()) {
                assert!(!range_words(set, parameter, l).is_empty(), "{}", parameter.id);
            }
        }
    }
}
