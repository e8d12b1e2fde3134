//! The texts, from `data/notice-templates.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use serde::{Deserialize, Serialize};

codes! {
    /// What a message to a phone says.
    pub enum Template {
        /// A code with which a phone is proved: sign-in, or asking without an account.
        Code = "code",
        /// A request was accepted.
        RequestAccepted = "request-accepted",
        /// A request came back; gaps are to be filled.
        RequestReturned = "request-returned",
        /// A request was refused.
        RequestRefused = "request-refused",
        /// The handler asks the firm something.
        RequestAsked = "request-asked",
        /// A limit was extended.
        RequestExtended = "request-extended",
        /// A request was answered; the firm's word is asked for.
        RequestAnswered = "request-answered",
        /// A request was closed on the spot.
        RequestSpot = "request-spot",
        /// A request was closed without the firm's word.
        RequestLapsed = "request-lapsed",
        /// The one reminder to confirm.
        RequestReminder = "request-reminder",
    }
}

/// Characters of a text message; a longer one costs twice and is refused by some providers.
pub const LONGEST: usize = 70;
/// Characters of the longest path a link may have, such as `/t/3479ACDEFGHJ`.
pub const LONGEST_PATH: usize = 15;

const TEXT: &str = include_str!("../../../../data/notice-templates.toml");

/// One text in one version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    code: String,
    pub version: i64,
    #[serde(default)]
    pub urgent: bool,
    #[serde(default)]
    pub reminder: bool,
    pub valid_minutes: i64,
    zh: String,
    en: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Longest {
    number: String,
    date_zh: String,
    date_en: String,
    code: String,
    minutes: String,
    pub sign: String,
    pub link: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    longest: Longest,
    template: Vec<Words>,
}

/// What fills the places of a text, but the secret one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fields {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub minutes: String,
}

/// The places a text may have.
const PLACES: [&str; 5] = ["number", "date", "minutes", "link", "code"];

/// All texts in all versions.
#[derive(Debug)]
pub(super) struct Texts {
    pub longest: Longest,
    by_code: BTreeMap<&'static str, Vec<Words>>,
}

/// The shipped texts.
///
/// # Panics
/// Never in a released program: the file is read by a test.
pub(super) static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| Texts::read(TEXT).expect("data/notice-templates.toml is checked by a test"));

impl Texts {
    fn read(text: &str) -> Result<Texts, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut by_code: BTreeMap<&'static str, Vec<Words>> = BTreeMap::new();
        for words in file.template {
            let template =
                Template::from_code(&words.code).ok_or_else(|| format!("unknown template {}", words.code))?;
            words.check(&file.longest)?;
            let versions = by_code.entry(template.code()).or_default();
            if words.version != versions.len() as i64 + 1 {
                return Err(format!("{}: version {} is not the next one", words.code, words.version));
            }
            versions.push(words);
        }
        match Template::ALL.iter().find(|t| !by_code.contains_key(t.code())) {
            Some(missing) => Err(format!("{} has no text", missing.code())),
            None => Ok(Texts { longest: file.longest, by_code }),
        }
    }

    /// The newest version of a text.
    pub(super) fn newest(&self, template: Template) -> &Words {
        let versions = &self.by_code[template.code()];
        &versions[versions.len() - 1]
    }

    /// A text as it was when a message was made; the newest where that version is unknown.
    pub(super) fn version(&self, template: Template, version: i64) -> &Words {
        let versions = &self.by_code[template.code()];
        versions.iter().find(|w| w.version == version).unwrap_or_else(|| self.newest(template))
    }

    /// The texts that grow beyond [`LONGEST`] with this signature and under this address: code and characters.
    pub(super) fn too_long(&self, sign: &str, address: &str) -> Vec<(&'static str, usize)> {
        let link = format!("{address}{}", "x".repeat(LONGEST_PATH));
        let longest = Longest { sign: sign.to_owned(), link, ..self.longest.clone() };
        self.by_code
            .iter()
            .filter_map(|(code, versions)| {
                let longest = versions.last()?.longest(&longest);
                (longest > LONGEST).then_some((*code, longest))
            })
            .collect()
    }
}

impl Words {
    fn check(&self, longest: &Longest) -> Result<(), String> {
        let wrong = |what: String| Err(format!("{} version {}: {what}", self.code, self.version));
        if self.valid_minutes <= 0 {
            return wrong("valid_minutes must be positive".to_owned());
        }
        let (zh, en) = (places(&self.zh), places(&self.en));
        if zh != en {
            return wrong(format!("the languages fill other places: {zh:?} and {en:?}"));
        }
        if let Some(unknown) = zh.iter().find(|place| !PLACES.contains(&place.as_str())) {
            return wrong(format!("{unknown:?} is no place of a text"));
        }
        if zh.iter().any(|p| p == "link") && zh.iter().any(|p| p == "code") {
            return wrong("a link and a code in one text".to_owned());
        }
        match self.longest(longest) {
            long if long > LONGEST => wrong(format!("{long} characters, more than {LONGEST}")),
            _ => Ok(()),
        }
    }

    /// Characters of the longer language with the longest values.
    fn longest(&self, longest: &Longest) -> usize {
        Locale::ALL
            .iter()
            .map(|locale| {
                let fields = Fields {
                    number: longest.number.clone(),
                    date: locale.pick(&longest.date_zh, &longest.date_en).to_owned(),
                    minutes: longest.minutes.clone(),
                };
                let secret = if self.has("link") { &longest.link } else { &longest.code };
                longest.sign.chars().count() + self.filled(*locale, &fields, secret).chars().count()
            })
            .max()
            .unwrap_or(0)
    }

    /// Whether the text has this place.
    pub(super) fn has(&self, place: &str) -> bool {
        self.zh.contains(&format!("{{{place}}}"))
    }

    /// The text with everything filled in, without the signature.
    pub(super) fn filled(&self, locale: Locale, fields: &Fields, secret: &str) -> String {
        locale
            .pick(&self.zh, &self.en)
            .replace("{number}", &fields.number)
            .replace("{date}", &fields.date)
            .replace("{minutes}", &fields.minutes)
            .replace("{link}", secret)
            .replace("{code}", secret)
    }

    /// The bare words, for messages that show number and link in places of their own.
    pub(super) fn bare(&self, locale: Locale) -> String {
        let fields = Fields::default();
        let text = self.filled(locale, &fields, "");
        text.trim_matches(|c: char| c.is_whitespace() || "\u{ff0c}\u{3002}\u{ff1a}:?".contains(c)).to_owned()
    }

    /// Names and values of the places, for providers that fill texts themselves.
    pub(super) fn params(&self, fields: &Fields, secret: &str) -> BTreeMap<&'static str, String> {
        let value = |place: &str| match place {
            "number" => fields.number.clone(),
            "date" => fields.date.clone(),
            "minutes" => fields.minutes.clone(),
            _ => secret.to_owned(),
        };
        PLACES.iter().filter(|place| self.has(place)).map(|place| (*place, value(place))).collect()
    }
}

/// The places of a text, each once, sorted.
fn places(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect();
    found.sort();
    found.dedup();
    found
}

/// A day as short as a message needs it; a fixed form, because characters are counted.
pub(super) fn day(day: NaiveDate, locale: Locale) -> String {
    let month = huiqi_web::dates::month_short(day, locale);
    match locale {
        Locale::Zh => huiqi_web::dates::date_words(day, day, locale),
        Locale::En => format!("{} {month}", day.day()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_texts_are_sound() {
        let texts = Texts::read(TEXT).unwrap();
        assert!(texts.newest(Template::Code).urgent && texts.newest(Template::RequestReminder).reminder);
        assert_eq!(texts.longest.link.len(), 23 + LONGEST_PATH);
        assert!(texts.too_long(&texts.longest.sign, "https://huiqi.xm.gov.cn").is_empty());
        // A long address is found out before a message is cut off.
        assert!(!texts.too_long(&texts.longest.sign, "https://service-centre-for-firms.example.org").is_empty());
    }

    #[test]
    fn a_text_that_is_too_long_or_says_too_much_is_refused() {
        let with = |entry: &str| {
            let text = TEXT.replace("[[template]]\ncode = \"request-accepted\"\nversion = 1", entry);
            assert_ne!(text, TEXT);
            Texts::read(&text).unwrap_err()
        };
        let more = |zh: &str, en: &str| {
            with(&format!(
                "[[template]]\ncode = \"request-asked\"\nversion = 1\nvalid_minutes = 5\nzh = \"{zh}\"\nen = \"{en}\"\n\n\
                 [[template]]\ncode = \"request-accepted\"\nversion = 1"
            ))
        };
        assert!(
            more("{number}关于您所说的事情我们已经有了一个很长的回答 {link}", "{number} {link}")
                .contains("more than 70")
        );
        assert!(more("{name}您好", "{name}").contains("name"));
        assert!(more("{number}", "{link}").contains("other places"));
        assert!(with("[[template]]\ncode = \"request-accepted\"\nversion = 3").contains("not the next"));
        assert!(with("[[template]]\ncode = \"request-acepted\"\nversion = 1").contains("unknown template"));
    }

    #[test]
    fn a_text_is_filled() {
        let words = TEXTS.newest(Template::RequestExtended);
        let fields = Fields { number: "FW-2026-000123".into(), date: "10月20日".into(), ..Fields::default() };
        let text = words.filled(Locale::Zh, &fields, "https://x.cn/t/A");
        assert!(text.starts_with("FW-2026-000123") && text.contains("10月20日") && text.ends_with("https://x.cn/t/A"));
        let params = words.params(&fields, "https://x.cn/t/A");
        assert_eq!(params.keys().copied().collect::<Vec<_>>(), ["date", "link", "number"]);
        let longest = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        for locale in Locale::ALL {
            assert_eq!(day(longest, locale), locale.pick(&TEXTS.longest.date_zh, &TEXTS.longest.date_en));
        }
    }
}
