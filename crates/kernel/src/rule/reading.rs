//! Reading the file, and what must hold before a set exists.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono::format::{Item, StrftimeItems};
use serde::Deserialize;

use super::parameters::Unit;
use super::validity::ValidityLines;
use super::words::Words;
use super::{
    ARTICLES, Article, ArticleRef, Basis, Bilingual, Chapter, Count, Flag, Limit, Parameter, ParameterKind, Phrase,
    RefusalGround, RuleError, RuleSet, Share, ValiditySettings, ValidityState, ValueProblem,
};

/// The same fields before validation, so that no reader of serde can bypass it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    id: String,
    version: u32,
    time_zone: String,
    title: Bilingual,
    issuer: Bilingual,
    document_number: String,
    issued: NaiveDate,
    in_force_from: NaiveDate,
    valid_years: u32,
    validity: ValiditySettings,
    words: Words,
    validity_lines: ValidityLines,
    units: BTreeMap<String, Unit>,
    #[serde(rename = "basis")]
    bases: Vec<Basis>,
    #[serde(rename = "chapter")]
    chapters: Vec<Chapter>,
    #[serde(rename = "article")]
    articles: Vec<Article>,
    #[serde(rename = "parameter")]
    parameters: Vec<Parameter>,
    #[serde(rename = "refusal")]
    refusals: Vec<RefusalGround>,
}

impl TryFrom<Raw> for RuleSet {
    type Error = RuleError;

    fn try_from(raw: Raw) -> Result<Self, RuleError> {
        let set = RuleSet {
            id: raw.id,
            version: raw.version,
            time_zone: raw.time_zone,
            title: raw.title,
            issuer: raw.issuer,
            document_number: raw.document_number,
            issued: raw.issued,
            in_force_from: raw.in_force_from,
            valid_years: raw.valid_years,
            validity: raw.validity,
            words: raw.words,
            validity_lines: raw.validity_lines,
            units: raw.units,
            bases: raw.bases,
            chapters: raw.chapters,
            articles: raw.articles,
            parameters: raw.parameters,
            refusals: raw.refusals,
        };
        set.validate()?;
        Ok(set)
    }
}

impl RuleSet {
    /// Reads and validates a rule file.
    ///
    /// # Errors
    /// What is wrong with the file, see [`RuleError`].
    pub fn parse(text: &str) -> Result<RuleSet, RuleError> {
        let raw: Raw = toml::from_str(text).map_err(|e| RuleError::Syntax { message: e.to_string() })?;
        RuleSet::try_from(raw)
    }

    pub(super) fn validate(&self) -> Result<(), RuleError> {
        if self.id.is_empty() || self.time_zone.is_empty() || self.version == 0 {
            return Err(RuleError::BadHeader);
        }
        if self.issued > self.in_force_from || self.in_force_from > self.validity.lapsed_on {
            return Err(RuleError::DatesOutOfOrder);
        }
        if self.validity.until.is_some_and(|until| until < self.validity.lapsed_on)
            || (self.validity.state == ValidityState::Replaced) != self.validity.replaced_on.is_some()
        {
            return Err(RuleError::DatesOutOfOrder);
        }
        self.validate_words()?;
        self.validate_articles()?;
        self.validate_parameters()?;
        self.validate_names()
    }

    fn validate_words(&self) -> Result<(), RuleError> {
        let words = &self.words;
        if words.digits.len() != 10 || words.digits.iter().any(String::is_empty) || words.ten.is_empty() {
            return Err(RuleError::BadNumerals);
        }
        for pattern in [&words.date.zh, &words.date.en] {
            if StrftimeItems::new(pattern).any(|item| matches!(item, Item::Error)) {
                return Err(RuleError::BadDatePattern { pattern: pattern.clone() });
            }
        }
        let lines = &self.validity_lines;
        let texts = [
            (&self.title, "title"),
            (&self.issuer, "issuer"),
            (&words.article, "words.article"),
            (&words.article_item, "words.article_item"),
            (&words.chapter, "words.chapter"),
            (&words.date, "words.date"),
            (&words.yes, "words.yes"),
            (&words.no, "words.no"),
            (&lines.not_yet, "validity_lines.not_yet"),
            (&lines.in_force, "validity_lines.in_force"),
            (&lines.continued_open, "validity_lines.continued_open"),
            (&lines.continued, "validity_lines.continued"),
            (&lines.continued_until, "validity_lines.continued_until"),
            (&lines.continued_until_open, "validity_lines.continued_until_open"),
            (&lines.continuation_ended, "validity_lines.continuation_ended"),
            (&lines.replaced, "validity_lines.replaced"),
            (&lines.replaced_open, "validity_lines.replaced_open"),
        ];
        texts.into_iter().try_for_each(|(text, place)| filled(text, || place.to_owned()))
    }

    fn validate_articles(&self) -> Result<(), RuleError> {
        let mut codes = BTreeSet::new();
        for basis in &self.bases {
            unique(&mut codes, &basis.code)?;
            filled(&basis.title, || format!("basis {}", basis.code))?;
            filled(&basis.issuer, || format!("basis {}", basis.code))?;
        }
        let mut chapters = BTreeSet::new();
        for chapter in &self.chapters {
            if !chapters.insert(chapter.number) {
                return Err(RuleError::DuplicateId { id: format!("chapter {}", chapter.number) });
            }
            filled(&chapter.title, || format!("chapter {}", chapter.number))?;
        }
        for number in 1..=ARTICLES {
            if self.article(number).is_none_or(|article| article.number != number) {
                return Err(RuleError::MissingArticle { number });
            }
        }
        if let Some(extra) = self.articles.get(usize::from(ARTICLES)) {
            return Err(RuleError::BadArticle { text: extra.number.to_string() });
        }
        for article in &self.articles {
            let place = || format!("article {}", article.number);
            if !chapters.contains(&article.chapter) {
                return Err(RuleError::UnknownId { id: format!("chapter {}", article.chapter) });
            }
            filled(&article.title, place)?;
            filled(&article.summary, place)?;
            if article.capability.is_empty() {
                return Err(RuleError::EmptyText { place: place() });
            }
            article.items.iter().chain(&article.capability).try_for_each(|text| filled(text, place))?;
        }
        Ok(())
    }

    fn validate_parameters(&self) -> Result<(), RuleError> {
        let mut ids = BTreeSet::new();
        for parameter in &self.parameters {
            let id = &parameter.id;
            let bad = |problem| RuleError::BadValue { id: id.clone(), problem };
            unique(&mut ids, id)?;
            self.resolves(parameter.article)?;
            filled(&parameter.name, || id.clone())?;
            filled(&parameter.note, || id.clone())?;
            parameter.check(&parameter.value).map_err(bad)?;
            if parameter.kind.is_number() {
                if parameter.min.is_none() || parameter.max.is_none() {
                    return Err(RuleError::NoBounds { id: id.clone() });
                }
                if !parameter.unit.as_ref().is_some_and(|unit| self.units.contains_key(unit)) {
                    return Err(RuleError::NoUnit { id: id.clone() });
                }
            }
            if let Some(other) = &parameter.at_most {
                let larger = self.param(other).ok_or_else(|| RuleError::UnknownId { id: other.clone() })?;
                if parameter.number() > larger.number() {
                    return Err(bad(ValueProblem::Exceeds { other: other.clone() }));
                }
            }
        }
        let mut codes = BTreeSet::new();
        for ground in &self.refusals {
            unique(&mut codes, &ground.code)?;
            self.resolves(ground.article)?;
            filled(&ground.text, || ground.code.clone())?;
            filled(&ground.ask_instead, || ground.code.clone())?;
        }
        Ok(())
    }

    /// Every id that code uses exists and has the kind that code expects.
    fn validate_names(&self) -> Result<(), RuleError> {
        let has = |id: &str, fits: fn(&Parameter) -> bool| match self.param(id) {
            Some(parameter) if fits(parameter) => Ok(()),
            Some(_) => Err(RuleError::WrongKind { id: id.to_owned() }),
            None => Err(RuleError::UnknownId { id: id.to_owned() }),
        };
        Limit::ALL.iter().try_for_each(|l| has(l.id(), |p| p.span().is_some()))?;
        Count::ALL.iter().try_for_each(|c| has(c.id(), |p| p.kind == ParameterKind::Count))?;
        Share::ALL.iter().try_for_each(|s| has(s.id(), |p| p.kind == ParameterKind::Share))?;
        Flag::ALL.iter().try_for_each(|f| has(f.id(), |p| p.kind == ParameterKind::Flag))?;
        Phrase::ALL.iter().try_for_each(|t| has(t.id(), |p| p.kind == ParameterKind::Text))
    }

    fn resolves(&self, reference: ArticleRef) -> Result<(), RuleError> {
        let known = self.article(reference.number).is_some_and(|article| match reference.item {
            Some(item) => item >= 1 && usize::from(item) <= article.items.len(),
            None => true,
        });
        if known { Ok(()) } else { Err(RuleError::BadArticle { text: reference.to_string() }) }
    }
}

fn unique<'a>(seen: &mut BTreeSet<&'a str>, id: &'a str) -> Result<(), RuleError> {
    let kebab = !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !kebab {
        return Err(RuleError::BadId { id: id.to_owned() });
    }
    if seen.insert(id) { Ok(()) } else { Err(RuleError::DuplicateId { id: id.to_owned() }) }
}

fn filled(text: &Bilingual, place: impl Fn() -> String) -> Result<(), RuleError> {
    if text.zh.trim().is_empty() || text.en.trim().is_empty() {
        return Err(RuleError::EmptyText { place: place() });
    }
    Ok(())
}
