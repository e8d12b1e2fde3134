//! Conditions of an entry's steps, and what is taken out of a text before others read it. Pure.

use std::sync::LazyLock;

use huiqi_kernel::flow::Refusal;
use huiqi_kernel::text;
use serde::{Deserialize, Serialize};

use super::flow::EntryFacts;
use crate::requests::flow::RequestKind;
use crate::t;

/// What goes to be checked is whole, and holds for a while.
pub fn ready(facts: &EntryFacts) -> Result<(), Refusal> {
    if facts.whole { still_to_come(facts) } else { Err(Refusal::because(|l| t(l).knowledge_blocked_gaps())) }
}

/// Nothing comes into force whose last day is over.
pub fn still_to_come(facts: &EntryFacts) -> Result<(), Refusal> {
    if facts.valid_until.is_some_and(|day| day > facts.today) {
        Ok(())
    } else {
        Err(Refusal::because(|l| t(l).knowledge_blocked_day()))
    }
}

/// Whether a closed request may become an entry: a question, a need or a suggestion; what is about somebody may not.
pub fn may_be_learnt(kind: Option<&str>) -> bool {
    matches!(
        kind.and_then(RequestKind::from_code),
        Some(RequestKind::Consultation | RequestKind::Need | RequestKind::Suggestion)
    )
}

#[derive(Deserialize)]
struct Words {
    titles: Vec<String>,
    families: String,
    calls: Vec<String>,
    forms: Vec<String>,
    firm: String,
    person: String,
    phone: String,
    code: String,
    mail: String,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/personal-words.toml"))
        .expect("shipped at build time, read by the tests of this module")
});

/// How many places were taken out of a text, by what stood there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stripped {
    /// Names of the firm.
    pub firms: i64,
    /// Names of people.
    pub people: i64,
    /// Phone numbers.
    pub phones: i64,
    /// Credit codes and numbers of papers.
    pub codes: i64,
    /// Mail addresses.
    pub mails: i64,
}

impl Stripped {
    /// Whether nothing was taken out.
    pub fn is_empty(&self) -> bool {
        *self == Stripped::default()
    }
}

/// Whom a text may name, and under which numbers.
#[derive(Clone, Debug, Default)]
pub struct Personal {
    /// Names of the firm.
    pub firms: Vec<String>,
    /// Names of people.
    pub people: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
}

/// A text without the firm's name, names of people, phones, codes and mail addresses; and how much was taken out.
pub fn strip(words: &str, personal: &Personal, count: &mut Stripped) -> String {
    let mut out = words.to_owned();
    let mut firms: Vec<String> = Vec::new();
    for firm in personal.firms.iter().map(|f| f.trim()).filter(|f| f.chars().count() > 1) {
        firms.push(firm.to_owned());
        // As people say it: without city and legal form.
        let short = text::similar_name_key(firm);
        if short.chars().count() > 3 {
            firms.push(short);
        }
    }
    firms.sort_by_key(|f| std::cmp::Reverse(f.chars().count()));
    for firm in &firms {
        count.firms += replace(&mut out, firm, &WORDS.firm);
    }
    for person in personal.people.iter().map(|p| p.trim()).filter(|p| p.chars().count() > 1) {
        count.people += replace(&mut out, person, &WORDS.person);
        // Family name and title.
        if let Some(family) = person.chars().next().filter(|c| text::is_han(*c)) {
            for title in &WORDS.titles {
                count.people += replace(&mut out, &format!("{family}{title}"), &WORDS.person);
            }
        }
    }
    for phone in personal.phones.iter().map(|p| p.trim()).filter(|p| p.len() > 6) {
        count.phones += replace(&mut out, phone, &WORDS.phone);
    }
    runs(&out, count)
}

/// What may stand in a text although it should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// The firm that asked, its phone, or any mobile number: never written into an entry.
    Private,
    /// A name, a number or an address that may be an office's own: somebody has to say that it is.
    Maybe,
}

/// What a text still says of firms and people, in the order of kinds, each once; the source's own names by `personal`,
/// the rest by its form.
pub fn traces(words: &str, personal: &Personal) -> Vec<(Trace, String)> {
    let chars: Vec<char> = words.chars().collect();
    let mut out: Vec<(Trace, String)> = Vec::new();
    let mut note = |trace: Trace, found: String| {
        if !out.iter().any(|(_, known)| known.contains(&found)) {
            out.push((trace, found));
        }
    };
    for firm in personal.firms.iter().map(|f| f.trim()).filter(|f| f.chars().count() > 1) {
        let short = text::similar_name_key(firm);
        for name in [firm, short.as_str()] {
            if name.chars().count() > 3 && words.contains(name) {
                note(Trace::Private, name.to_owned());
            }
        }
    }
    for phone in personal.phones.iter().map(|p| p.trim()).filter(|p| p.len() > 6) {
        if words.contains(phone) {
            note(Trace::Private, phone.to_owned());
        }
    }
    for (from, to, shape) in shapes(&chars) {
        let trace = if shape == Shape::Mobile { Trace::Private } else { Trace::Maybe };
        note(trace, chars[from..to].iter().collect());
    }
    for person in personal.people.iter().map(|p| p.trim()).filter(|p| p.chars().count() > 1) {
        if words.contains(person) {
            note(Trace::Maybe, person.to_owned());
        }
    }
    for (at, c) in chars.iter().enumerate().filter(|(_, c)| WORDS.families.contains(**c)) {
        let rest: String = chars[at + 1..].iter().take(6).collect();
        // Family name and title; or a short name after a word that calls for one.
        if let Some(title) =
            WORDS.titles.iter().filter(|t| t.chars().count() > 1).find(|t| rest.starts_with(t.as_str()))
        {
            note(Trace::Maybe, format!("{c}{title}"));
            continue;
        }
        let before: String = chars[at.saturating_sub(4)..at].iter().collect();
        let given: String = rest.chars().take_while(|c| text::is_han(*c)).collect();
        let called = WORDS.calls.iter().any(|call| before.ends_with(call.as_str()));
        if called && (1..=2).contains(&given.chars().count()) {
            note(Trace::Maybe, format!("{c}{given}"));
        }
    }
    for form in &WORDS.forms {
        for (at, _) in words.match_indices(form.as_str()) {
            let name: Vec<char> = words[..at].chars().rev().take_while(|c| text::is_han(*c)).take(16).collect();
            if name.len() > 3 {
                note(Trace::Maybe, name.into_iter().rev().chain(form.chars()).collect());
            }
        }
    }
    out
}

fn replace(out: &mut String, what: &str, with: &str) -> i64 {
    let found = out.matches(what).count();
    if found > 0 {
        *out = out.replace(what, with);
    }
    i64::try_from(found).unwrap_or_default()
}

/// What shows by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Mail,
    Mobile,
    /// With the code of its area.
    Line,
    Code,
}

/// Takes out what shows by its form: mobile numbers (blanks and hyphens inside do not matter), codes of 15 to 18
/// characters, mail addresses. Other numbers stay: they are mostly those of offices.
fn runs(words: &str, count: &mut Stripped) -> String {
    let chars: Vec<char> = words.chars().collect();
    let mut out = String::with_capacity(words.len());
    let mut at = 0;
    for (from, to, shape) in shapes(&chars) {
        let with = match shape {
            Shape::Line => continue,
            Shape::Mail => {
                count.mails += 1;
                &WORDS.mail
            }
            Shape::Mobile => {
                count.phones += 1;
                &WORDS.phone
            }
            Shape::Code => {
                count.codes += 1;
                &WORDS.code
            }
        };
        out.extend(&chars[at..from]);
        out.push_str(with);
        at = to;
    }
    out.extend(&chars[at..]);
    out
}

/// Where such things stand, in order.
fn shapes(chars: &[char]) -> Vec<(usize, usize, Shape)> {
    let plain = |c: char| c.is_ascii_alphanumeric();
    let mail = |c: char| c.is_ascii_alphanumeric() || "._+-@".contains(c);
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !plain(chars[at]) {
            at += 1;
            continue;
        }
        // A mail address is the widest of all.
        let end = at + chars[at..].iter().take_while(|c| mail(**c)).count();
        let run: String = chars[at..end].iter().collect();
        if let Some((name, host)) = run.split_once('@')
            && !name.is_empty()
            && host.contains('.')
        {
            out.push((at, end, Shape::Mail));
            at = end;
            continue;
        }
        // A number, perhaps in groups.
        if let Some((end, shape)) =
            mobile(chars, at).map(|e| (e, Shape::Mobile)).or_else(|| line(chars, at).map(|e| (e, Shape::Line)))
        {
            out.push((at, end, shape));
            at = end;
            continue;
        }
        let end = at + chars[at..].iter().take_while(|c| plain(**c)).count();
        let run = &chars[at..end];
        let digits = run.iter().filter(|c| c.is_ascii_digit()).count();
        if (15..=18).contains(&run.len()) && digits >= 8 {
            out.push((at, end, Shape::Code));
        }
        at = end;
    }
    out
}

/// The end of a number with the code of its area that begins here: 0, then two or three digits, then seven or eight.
fn line(chars: &[char], at: usize) -> Option<usize> {
    if chars[at] != '0' || at > 0 && chars[at - 1].is_ascii_digit() || chars.get(at + 1).is_none_or(|c| *c == '0') {
        return None;
    }
    let mut digits = 0;
    let mut end = at;
    for (i, c) in chars.iter().enumerate().skip(at) {
        match c {
            '0'..='9' => {
                digits += 1;
                end = i + 1;
            }
            ' ' | '-' | ')' | '\u{ff09}' if (3..=4).contains(&digits) && end == i => {}
            _ => break,
        }
    }
    (10..=12).contains(&digits).then_some(end)
}

/// The end of a mobile number that begins here: 1, then 3 to 9, eleven digits in all.
fn mobile(chars: &[char], at: usize) -> Option<usize> {
    if chars[at] != '1' || at > 0 && chars[at - 1].is_ascii_digit() {
        return None;
    }
    let mut digits = 0;
    let mut end = at;
    for (i, c) in chars.iter().enumerate().skip(at) {
        match c {
            '0'..='9' => {
                if digits == 1 && *c < '3' {
                    return None;
                }
                digits += 1;
                end = i + 1;
            }
            ' ' | '-' if digits == 3 || digits == 7 => {}
            _ => break,
        }
        if digits > 11 {
            return None;
        }
    }
    (digits == 11).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(words: &str) -> (String, Stripped) {
        let personal = Personal {
            firms: vec!["厦门鹭光石材有限公司".to_owned()],
            people: vec!["王例明".to_owned()],
            phones: vec!["0592-5051234".to_owned()],
        };
        let mut count = Stripped::default();
        let out = strip(words, &personal, &mut count);
        (out, count)
    }

    #[test]
    fn nobody_is_named_any_more() {
        let (out, count) = stripped(
            "厦门鹭光石材有限公司的王例明（王总）来电，手机139 0000 1234，座机0592-5051234，\
             代码91350200MA2XYZ1234，邮箱wang.liming@example.com；鹭光石材想办贴息。",
        );
        for gone in ["鹭光", "王例明", "王总", "139", "5051234", "91350200", "@"] {
            assert!(!out.contains(gone), "{gone} in {out}");
        }
        assert!(out.contains("想办贴息"));
        assert_eq!(count, Stripped { firms: 2, people: 2, phones: 2, codes: 1, mails: 1 });
    }

    #[test]
    fn what_names_nobody_stays() {
        let words = "拨打12345或0592-2223344，2026年11月24日前办，金额1500000元，见第12条，ISO9001证书。";
        let (out, count) = stripped(words);
        assert_eq!(out, words);
        assert!(count.is_empty());
    }

    #[test]
    fn what_still_names_somebody_is_found() {
        let personal = Personal { firms: vec!["厦门鹭光石材有限公司".to_owned()], ..Personal::default() };
        let found = traces(
            "打0592-5551234找王一，或手机13859200001、李女士；也可以问厦门例明食品有限公司，邮箱a@b.cn。鹭光石材办过。",
            &personal,
        );
        let of = |trace| -> Vec<&str> { found.iter().filter(|(t, _)| *t == trace).map(|(_, w)| w.as_str()).collect() };
        assert_eq!(of(Trace::Private), ["鹭光石材", "13859200001"]);
        let maybe = of(Trace::Maybe);
        for words in ["0592-5551234", "王一", "李女士", "a@b.cn"] {
            assert!(maybe.contains(&words), "{words} in {maybe:?}");
        }
        assert!(maybe.iter().any(|w| w.ends_with("例明食品有限公司")), "{maybe:?}");
        let plain = "有限公司要带营业执照，找窗口办；联系方式见第12条，拨打12345，金额1500000元，资金总额不限。";
        assert_eq!(traces(plain, &personal), []);
    }

    #[test]
    fn only_plain_matters_become_entries() {
        assert!(may_be_learnt(Some("consultation")) && may_be_learnt(Some("need")));
        assert!(!may_be_learnt(Some("report")) && !may_be_learnt(Some("complaint")) && !may_be_learnt(None));
    }
}
