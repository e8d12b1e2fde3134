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

fn replace(out: &mut String, what: &str, with: &str) -> i64 {
    let found = out.matches(what).count();
    if found > 0 {
        *out = out.replace(what, with);
    }
    i64::try_from(found).unwrap_or_default()
}

/// Takes out what shows by its form: mobile numbers (blanks and hyphens inside do not matter), codes of 15 to 18
/// characters, mail addresses.
fn runs(words: &str, count: &mut Stripped) -> String {
    let chars: Vec<char> = words.chars().collect();
    let plain = |c: char| c.is_ascii_alphanumeric();
    let mail = |c: char| c.is_ascii_alphanumeric() || "._+-@".contains(c);
    let mut out = String::with_capacity(words.len());
    let mut at = 0;
    while at < chars.len() {
        if !plain(chars[at]) {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        // A mail address is the widest of the three.
        let end = at + chars[at..].iter().take_while(|c| mail(**c)).count();
        let run: String = chars[at..end].iter().collect();
        if let Some((name, host)) = run.split_once('@')
            && !name.is_empty()
            && host.contains('.')
        {
            count.mails += 1;
            out.push_str(&WORDS.mail);
            at = end;
            continue;
        }
        // A mobile number, perhaps in groups.
        if let Some(end) = mobile(&chars, at) {
            count.phones += 1;
            out.push_str(&WORDS.phone);
            at = end;
            continue;
        }
        let end = at + chars[at..].iter().take_while(|c| plain(**c)).count();
        let run = &chars[at..end];
        let digits = run.iter().filter(|c| c.is_ascii_digit()).count();
        if (15..=18).contains(&run.len()) && digits >= 8 {
            count.codes += 1;
            out.push_str(&WORDS.code);
        } else {
            out.extend(run);
        }
        at = end;
    }
    out
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
    fn only_plain_matters_become_entries() {
        assert!(may_be_learnt(Some("consultation")) && may_be_learnt(Some("need")));
        assert!(!may_be_learnt(Some("report")) && !may_be_learnt(Some("complaint")) && !may_be_learnt(None));
    }
}
