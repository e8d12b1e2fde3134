//! Articles of the rule, how they are cited, and the documents and chapters around them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::words::fill;
use super::{Bilingual, RuleError, RuleSet};
use crate::locale::Locale;

/// Number of articles of the rule.
pub const ARTICLES: u8 = 28;

/// An article of the rule, or one numbered item of it: Art. 5, Art. 12(1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArticleRef {
    /// Number of the article, 1 to 28.
    pub number: u8,
    /// Number of the item inside the article, from 1.
    pub item: Option<u8>,
}

/// The article `number`. In a constant a number outside 1–28 does not compile.
///
/// # Panics
/// Outside of constants, if there is no such article.
pub const fn art(number: u8) -> ArticleRef {
    assert!(number >= 1 && number <= ARTICLES, "the rule has articles 1 to 28");
    ArticleRef { number, item: None }
}

/// Item `item` of the article `number`, such as Art. 12(1). In a constant an impossible number does not compile.
///
/// # Panics
/// Outside of constants, if there is no such article or the item is 0.
pub const fn art_item(number: u8, item: u8) -> ArticleRef {
    assert!(number >= 1 && number <= ARTICLES, "the rule has articles 1 to 28");
    assert!(item >= 1, "items count from 1");
    ArticleRef { number, item: Some(item) }
}

impl ArticleRef {
    /// How the article is cited in this language, with the wording of the shipped rule set: "Art. 12(1)".
    pub fn label(self, locale: Locale) -> String {
        RuleSet::shipped().words.article_label(self, locale)
    }

    /// Anchor of the article on the page `/rule`: `a12`, also for its items.
    pub fn anchor(self) -> String {
        format!("a{}", self.number)
    }
}

/// The language-neutral form used in data and generated documents: `5`, `12(1)`.
impl fmt::Display for ArticleRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.item {
            Some(item) => write!(f, "{}({item})", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

impl FromStr for ArticleRef {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, RuleError> {
        let bad = || RuleError::BadArticle { text: text.to_owned() };
        let (number, item) = match text.split_once('(') {
            Some((number, rest)) => {
                let item: u8 = rest.strip_suffix(')').and_then(|i| i.parse().ok()).ok_or_else(bad)?;
                (number, Some(item))
            }
            None => (text, None),
        };
        let number: u8 = number.parse().map_err(|_| bad())?;
        if !(1..=ARTICLES).contains(&number) || item == Some(0) {
            return Err(bad());
        }
        Ok(ArticleRef { number, item })
    }
}

impl TryFrom<String> for ArticleRef {
    type Error = RuleError;

    fn try_from(text: String) -> Result<Self, RuleError> {
        text.parse()
    }
}

impl From<ArticleRef> for String {
    fn from(article: ArticleRef) -> String {
        article.to_string()
    }
}

/// A number from 0 to 99 in Chinese numerals, as in article numbers; larger ones stay in digits.
pub fn chinese_numeral(n: u8) -> String {
    RuleSet::shipped().words.numeral(n)
}

/// A document the rule rests on (Art. 1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Stable code.
    pub code: String,
    /// Title; the English one is our translation.
    pub title: Bilingual,
    /// Document number, empty where it has none.
    pub number: String,
    /// Who issued it.
    pub issuer: Bilingual,
}

/// A chapter of the rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Number, from 1.
    pub number: u8,
    /// Title; the English one is our translation.
    pub title: Bilingual,
}

/// An article of the rule in our own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Number, 1 to 28.
    pub number: u8,
    /// Number of its chapter.
    pub chapter: u8,
    /// Short title in our own words.
    pub title: Bilingual,
    /// One sentence in our own words; not the official text.
    pub summary: Bilingual,
    /// Catchwords of its numbered items, in order; empty where it has none.
    #[serde(default)]
    pub items: Vec<Bilingual>,
    /// What the system does for this article, in plain words.
    pub capability: Vec<Bilingual>,
}

impl Article {
    /// Reference to this article.
    pub fn reference(&self) -> ArticleRef {
        ArticleRef { number: self.number, item: None }
    }

    /// How the article is cited in this language.
    pub fn label(&self, locale: Locale) -> String {
        self.reference().label(locale)
    }

    /// Anchor of the article on the page `/rule`.
    pub fn anchor(&self) -> String {
        self.reference().anchor()
    }
}

impl RuleSet {
    /// The documents behind the rule (Art. 1).
    pub fn bases(&self) -> &[Basis] {
        &self.bases
    }

    /// The chapters in order.
    pub fn chapters(&self) -> &[Chapter] {
        &self.chapters
    }

    /// Heading of a chapter: its number and title.
    pub fn chapter_label(&self, chapter: &Chapter, locale: Locale) -> String {
        let number = fill(self.words.chapter.get(locale), &[("n", &self.words.number(chapter.number, locale))]);
        format!("{number} {}", chapter.title.get(locale))
    }

    /// The 28 articles in order.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// The article with this number.
    pub fn article(&self, number: u8) -> Option<&Article> {
        self.articles.get(usize::from(number).checked_sub(1)?)
    }
}
