//! Texts in both languages, and the words that numbers, dates and articles are said with.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ArticleRef;
use crate::locale::Locale;

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in this language.
    pub fn get(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) digits: Vec<String>,
    pub(super) ten: String,
    pub(super) article: Bilingual,
    pub(super) article_item: Bilingual,
    pub(super) chapter: Bilingual,
    pub(super) date: Bilingual,
    pub(super) yes: Bilingual,
    pub(super) no: Bilingual,
}

impl Words {
    pub(super) fn numeral(&self, n: u8) -> String {
        let digit = |d: u8| self.digits.get(usize::from(d)).map_or("", String::as_str);
        match (n / 10, n % 10) {
            (0, ones) => digit(ones).to_owned(),
            (tens @ 1..=9, ones) => {
                let mut text = String::new();
                if tens > 1 {
                    text.push_str(digit(tens));
                }
                text.push_str(&self.ten);
                if ones > 0 {
                    text.push_str(digit(ones));
                }
                text
            }
            _ => n.to_string(),
        }
    }

    pub(super) fn number(&self, n: u8, locale: Locale) -> String {
        match locale {
            Locale::Zh => self.numeral(n),
            Locale::En => n.to_string(),
        }
    }

    pub(super) fn article_label(&self, article: ArticleRef, locale: Locale) -> String {
        let n = self.number(article.number, locale);
        match article.item {
            Some(item) => fill(self.article_item.get(locale), &[("n", &n), ("i", &self.number(item, locale))]),
            None => fill(self.article.get(locale), &[("n", &n)]),
        }
    }

    pub(super) fn date(&self, date: NaiveDate, locale: Locale) -> String {
        date.format(self.date.get(locale)).to_string()
    }
}

/// Replaces `{name}` by its value in one pass, so that values are never read as patterns.
pub(super) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let hit = rest.find('}').and_then(|close| {
            let name = &rest[1..close];
            values.iter().find(|(key, _)| *key == name).map(|(_, value)| (close, *value))
        });
        match hit {
            Some((close, value)) => {
                out.push_str(value);
                rest = &rest[close + 1..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}
