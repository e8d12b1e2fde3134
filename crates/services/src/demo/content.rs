//! The contents of the sample city: texts and figures from `data/demo`, read once.

use std::collections::BTreeMap;

use huiqi_store::Fault;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Everything the city is made of.
pub(super) struct Content {
    pub situations: Vec<Situation>,
    pub trades: Vec<Trade>,
    pub names: Names,
    pub cast: Cast,
    pub providers: Vec<Provider>,
    pub products: Vec<Product>,
    pub messages: Messages,
    pub words: Words,
    pub learning: Learning,
}

/// What a firm asks and what it is told.
#[derive(Clone, Deserialize)]
pub(super) struct Situation {
    pub trade: String,
    pub kind: String,
    pub category: String,
    pub class: String,
    pub title: String,
    pub text: String,
    pub answer: String,
    pub note: Option<String>,
    pub refuse: Option<String>,
    pub months: Option<Vec<u32>>,
    pub staff: Option<[i64; 2]>,
    pub improve: Option<Improve>,
}

/// Why it went wrong, and how that was put right.
#[derive(Clone, Deserialize)]
pub(super) struct Improve {
    pub cause: String,
    pub fix: String,
}

/// A trade of the city.
#[derive(Deserialize)]
pub(super) struct Trade {
    pub id: String,
    pub industry: String,
    pub words: Vec<String>,
    pub staff: [i64; 2],
    /// 10,000 yuan.
    pub revenue: [i64; 2],
    /// 10,000 yuan.
    pub assets: [i64; 2],
    pub districts: BTreeMap<String, u32>,
    pub weight: u32,
}

/// Parts of names and addresses.
#[derive(Deserialize)]
pub(super) struct Names {
    pub brands: Vec<String>,
    pub streets: Vec<String>,
    pub places: Vec<String>,
    pub given: Vec<String>,
    pub surnames: Vec<Weighted>,
    pub forms: Vec<Form>,
}

/// A word with how common it is.
#[derive(Deserialize)]
pub(super) struct Weighted {
    pub zh: String,
    pub weight: u32,
}

/// The last part of a firm's name.
#[derive(Deserialize)]
pub(super) struct Form {
    pub zh: String,
    pub weight: u32,
    /// The name may begin with the city's.
    pub prefix: bool,
}

/// The fixed organisations, people and windows.
#[derive(Deserialize)]
pub(super) struct Cast {
    pub organisation: Vec<CastOrganisation>,
    pub person: Vec<CastPerson>,
    pub window: Vec<CastWindow>,
}

/// An organisation of the hub, the bureau or the departments.
#[derive(Deserialize)]
pub(super) struct CastOrganisation {
    pub key: String,
    pub kind: String,
    pub zh: String,
    pub en: String,
    pub district: String,
}

/// A person of the fixed cast.
#[derive(Deserialize)]
pub(super) struct CastPerson {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub organisation: String,
    pub roles: Vec<String>,
    #[serde(default)]
    pub desk: String,
}

/// A name in both languages.
#[derive(Deserialize)]
pub(super) struct Named {
    pub zh: String,
    pub en: String,
}

/// A window with who runs it, who works there, and how it works.
#[derive(Deserialize)]
pub(super) struct CastWindow {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub kind: String,
    pub level: String,
    pub district: String,
    pub cluster: String,
    pub trades: Vec<String>,
    pub categories: Vec<String>,
    pub address: String,
    pub phone: String,
    pub hours: String,
    pub hours_en: String,
    pub run_by: Named,
    pub agents: Vec<Named>,
    pub manager: Named,
    pub speed: f64,
    pub quality: f64,
    pub load: f64,
    pub dead: bool,
    pub overloaded: bool,
}

/// A provider.
#[derive(Deserialize)]
pub(super) struct Provider {
    pub id: String,
    pub name: String,
    pub categories: Vec<String>,
    pub district: String,
    pub profile: String,
    pub nature: String,
    pub speed: f64,
    pub quality: f64,
}

/// What a provider offers.
#[derive(Deserialize)]
pub(super) struct Product {
    pub provider: String,
    pub name: String,
    pub category: String,
    pub description: String,
    pub fee: String,
    pub price: String,
    pub unit: String,
    pub modes: Vec<String>,
    pub limit: i64,
}

/// A text that fits some requests only.
#[derive(Deserialize)]
pub(super) struct Text {
    pub text: String,
    #[serde(default)]
    fits: Vec<String>,
    #[serde(default)]
    need: bool,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub stage: String,
    #[serde(default)]
    pub reached: bool,
    #[serde(default)]
    pub result: String,
    #[serde(default)]
    pub cause: String,
}

impl Text {
    /// Whether it can be said about a request of this kind and category.
    pub fn fits(&self, situation: &Situation) -> bool {
        (self.fits.is_empty() || self.fits.contains(&situation.category)) && (!self.need || situation.kind == "need")
    }
}

/// What people say in the course of a request.
#[derive(Deserialize)]
pub(super) struct Messages {
    pub thread: Vec<Text>,
    pub contact: Vec<Text>,
    pub decline: Vec<Text>,
    pub redo: Vec<Text>,
    pub extension: Vec<Text>,
    pub withdrawal: Vec<Text>,
    pub callback: Vec<Text>,
    pub improvement: Vec<Text>,
    pub rating: Ratings,
}

/// What is said with a grade.
#[derive(Deserialize)]
pub(super) struct Ratings {
    pub high: Vec<Text>,
    pub middle: Vec<Text>,
    pub low: Vec<Text>,
}

/// Texts of this generator.
#[derive(Deserialize)]
pub(super) struct Words {
    pub returns: Vec<String>,
    pub completes: Vec<String>,
    pub materials: Vec<String>,
    pub supplies: Vec<String>,
    pub resumed: Vec<String>,
    pub urgings: Vec<String>,
    pub order_replies: Vec<String>,
    pub order_accepts: Vec<String>,
    pub appeals: Vec<String>,
    pub appeal_reasons: Vec<String>,
    pub opinions: Vec<String>,
    pub inside: Vec<String>,
    pub dispatch_notes: Vec<String>,
    pub recalls: Vec<String>,
    pub give_ups: Vec<String>,
    pub urges: Vec<String>,
    pub reopens: Vec<String>,
    pub again: Vec<String>,
    pub added: Vec<String>,
    pub explains: Vec<String>,
    pub plans: Vec<String>,
    pub planned: Vec<String>,
    pub checks: Vec<String>,
    pub rejects: Vec<String>,
    pub fixed_again: Vec<String>,
    pub report: Vec<Report>,
}

/// What the desks keep for their answers.
#[derive(Deserialize)]
pub(super) struct Learning {
    /// What entries of a category say they rest on.
    pub basis: BTreeMap<String, Vec<String>>,
    pub sent_back: Vec<String>,
    pub template: Vec<Template>,
}

/// A reply template.
#[derive(Deserialize)]
pub(super) struct Template {
    pub category: String,
    pub title: String,
    pub text: String,
}

/// A report of wrongdoing (举报).
#[derive(Deserialize)]
pub(super) struct Report {
    pub title: String,
    pub text: String,
    pub answer: String,
}

#[derive(Deserialize)]
struct SituationFile {
    situation: Vec<Situation>,
}

#[derive(Deserialize)]
struct TradeFile {
    trade: Vec<Trade>,
}

#[derive(Deserialize)]
struct ProviderFile {
    provider: Vec<Provider>,
}

#[derive(Deserialize)]
struct ProductFile {
    product: Vec<Product>,
}

fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Fault> {
    toml::from_str(text).map_err(|e| Fault::internal(format!("{name}: {e}")))
}

impl Content {
    /// Reads the shipped files.
    ///
    /// # Errors
    /// When one of them is not as expected.
    pub fn read() -> Result<Content, Fault> {
        let situations: SituationFile =
            parse("situations.toml", include_str!("../../../../data/demo/situations.toml"))?;
        let trades: TradeFile = parse("trades.toml", include_str!("../../../../data/demo/trades.toml"))?;
        let providers: ProviderFile = parse("providers.toml", include_str!("../../../../data/demo/providers.toml"))?;
        let products: ProductFile = parse("products.toml", include_str!("../../../../data/demo/products.toml"))?;
        Ok(Content {
            situations: situations.situation,
            trades: trades.trade,
            names: parse("names.toml", include_str!("../../../../data/demo/names.toml"))?,
            cast: parse("organisations.toml", include_str!("../../../../data/demo/organisations.toml"))?,
            providers: providers.provider,
            products: products.product,
            messages: parse("messages.toml", include_str!("../../../../data/demo/messages.toml"))?,
            words: parse("words.toml", include_str!("words.toml"))?,
            learning: parse("knowledge.toml", include_str!("../../../../data/demo/knowledge.toml"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use huiqi_kernel::category::Category;
    use huiqi_kernel::rule::RuleSet;

    use super::super::city::{class_of, kind_of};
    use super::*;
    use crate::improvements::Cause;

    #[test]
    fn every_text_is_usable() {
        let content = Content::read().unwrap();
        assert!(content.situations.len() >= 150);
        for one in &content.situations {
            assert!(Category::by_code(&one.category).is_some(), "{}", one.title);
            assert!(content.trades.iter().any(|t| t.id == one.trade), "{}", one.title);
            assert!(kind_of(&one.kind).is_some() && class_of(&one.class).is_some(), "{}", one.title);
            if let Some(ground) = &one.refuse {
                assert!(RuleSet::shipped().refusal_ground(super::super::city::ground(ground)).is_some(), "{ground}");
            }
            if let Some(improve) = &one.improve {
                assert!(Cause::from_code(&improve.cause).is_some(), "{}", improve.cause);
            }
            for texts in [&content.messages.redo, &content.messages.contact, &content.messages.withdrawal] {
                assert!(texts.iter().any(|t| t.fits(one)), "{}", one.title);
            }
        }
        // What a firm brings stands at the same place as what it was asked for.
        assert_eq!(content.words.returns.len(), content.words.completes.len());
        assert_eq!(content.words.materials.len(), content.words.supplies.len());
        for product in &content.products {
            assert!(content.providers.iter().any(|p| p.id == product.provider), "{}", product.name);
        }
    }
}
