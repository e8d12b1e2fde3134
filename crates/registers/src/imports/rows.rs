//! From a row of a file to a record of a register, or to the reasons against it.

use chrono::NaiveDate;
use huiqi_kernel::locale::{Bilingual, Locale};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Kind;
use super::cells::{self, Problem, Raw};
use super::headings::{self, Layout, Unit};
use super::reader::RawRow;
use crate::enterprises::NewEnterprise;
use crate::products::NewProduct;
use crate::providers::NewProvider;
use crate::t;

/// A row that can go into a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    Enterprise(NewEnterprise),
    Provider(NewProvider),
    Product(NewProduct),
}

impl Row {
    /// What two rows of one file may not share.
    pub(crate) fn key(&self) -> String {
        match self {
            Row::Enterprise(new) => new.code.clone().unwrap_or_default(),
            Row::Provider(new) => new.code.clone().unwrap_or_default(),
            Row::Product(new) => format!("{} {}", new.provider_code.as_deref().unwrap_or_default(), new.name),
        }
    }

    /// As it is kept until it is applied.
    pub(crate) fn payload(&self) -> Result<String, serde_json::Error> {
        fn json(value: &impl Serialize) -> Result<String, serde_json::Error> {
            serde_json::to_string(value)
        }
        match self {
            Row::Enterprise(new) => json(new),
            Row::Provider(new) => json(new),
            Row::Product(new) => json(new),
        }
    }

    /// What was kept, back.
    pub(crate) fn from_payload(kind: Kind, payload: &str) -> Result<Row, serde_json::Error> {
        fn read<T: DeserializeOwned>(payload: &str) -> Result<T, serde_json::Error> {
            serde_json::from_str(payload)
        }
        Ok(match kind {
            Kind::Enterprises => Row::Enterprise(read(payload)?),
            Kind::Providers => Row::Provider(read(payload)?),
            Kind::Products => Row::Product(read(payload)?),
        })
    }
}

/// Reads cells of one row and gathers what is wrong with them.
struct Reading<'a> {
    kind: Kind,
    layout: &'a Layout,
    row: &'a RawRow,
    problems: Vec<(usize, Problem)>,
}

impl Reading<'_> {
    fn place(&self, key: &str) -> usize {
        headings::columns(self.kind).iter().position(|c| c.key == key).unwrap_or(usize::MAX)
    }

    fn take<T>(&mut self, key: &str, read: impl FnOnce(Option<&Raw>, Unit) -> Result<Option<T>, Problem>) -> Option<T> {
        let column = self.place(key);
        let place = self.layout.places.get(column).copied().flatten();
        let (raw, unit) = place.map_or((None, Unit::default()), |(place, unit)| (self.row.get(place), unit));
        let is_required = headings::columns(self.kind).get(column).is_some_and(|c| c.required);
        match read(raw, unit) {
            Ok(None) if is_required => {
                self.problems.push((column, Problem::Missing));
                None
            }
            Ok(value) => value,
            Err(problem) => {
                self.problems.push((column, problem));
                None
            }
        }
    }

    fn words(&mut self, key: &str, max: usize) -> Option<String> {
        self.take(key, |raw, _| cells::words(raw, max))
    }
}

/// Reads one row.
///
/// # Errors
/// Every reason against it, in both languages, in one text.
pub(crate) fn read(kind: Kind, layout: &Layout, row: &RawRow, today: NaiveDate) -> Result<Row, Bilingual> {
    let mut reading = Reading { kind, layout, row, problems: Vec::new() };
    let read = match kind {
        Kind::Enterprises => Row::Enterprise(enterprise(&mut reading, today)),
        Kind::Providers => Row::Provider(provider(&mut reading)),
        Kind::Products => Row::Product(product(&mut reading)),
    };
    if reading.problems.is_empty() { Ok(read) } else { Err(reasons(kind, &reading.problems)) }
}

fn reasons(kind: Kind, problems: &[(usize, Problem)]) -> Bilingual {
    Bilingual::say(|l| {
        let said: Vec<String> = problems
            .iter()
            .map(|(column, problem)| {
                let heading = headings::columns(kind).get(*column).map_or("", |c| c.heading(l));
                problem.say(heading, l)
            })
            .collect();
        said.join(&t(l).registers_semicolon())
    })
}

// han: words behind a figure in the column of people
const PEOPLE: &[&str] = &["人", "名"];

fn enterprise(r: &mut Reading<'_>, today: NaiveDate) -> NewEnterprise {
    NewEnterprise {
        name: r.take("name", |raw, _| cells::name(raw, 100)).unwrap_or_default(),
        code: r.take("credit_code", |raw, _| cells::code(raw)),
        district: r.take("district", |raw, _| cells::district(raw)).map(str::to_owned),
        industry: r.take("industry", |raw, _| cells::industry(raw)),
        staff: r.take("staff", |raw, _| cells::count(raw, PEOPLE)),
        revenue: r.take("revenue", cells::amount),
        assets: r.take("assets", cells::amount),
        founded: r.take("founded", |raw, _| cells::day(raw, today)).map(|day| day.to_string()),
        legal_representative: r.words("legal_representative", 60),
        contact: r.words("contact", 60),
        phone: r.take("phone", |raw, _| cells::phone(raw)),
        address: r.words("address", 200),
    }
}

fn owned(codes: Option<Vec<&'static str>>) -> Vec<String> {
    codes.unwrap_or_default().into_iter().map(str::to_owned).collect()
}

fn provider(r: &mut Reading<'_>) -> NewProvider {
    NewProvider {
        name: r.take("name", |raw, _| cells::name(raw, 100)).unwrap_or_default(),
        code: r.take("credit_code", |raw, _| cells::code(raw)),
        district: r.take("district", |raw, _| cells::district(raw)).map(str::to_owned),
        nature: r.take("nature", |raw, _| cells::one_of(raw, "nature")).map(str::to_owned),
        categories: owned(r.take("categories", |raw, _| cells::categories(raw))),
        profile: r.words("profile", 2000),
        contact: r.words("contact", 60),
        phone: r.take("phone", |raw, _| cells::phone(raw)),
        address: r.words("address", 200),
    }
}

// han: words behind a figure in the column of days
const DAYS: &[&str] = &["个工作日", "工作日", "天", "日"];

fn product(r: &mut Reading<'_>) -> NewProduct {
    NewProduct {
        provider: 0,
        name: r.words("name", 100).unwrap_or_default(),
        provider_code: r.take("provider_code", |raw, _| cells::code(raw)),
        category: r.take("category", |raw, _| cells::category(raw)).unwrap_or_default().to_owned(),
        description: r.words("description", 2000),
        fee: r.take("fee", |raw, _| cells::one_of(raw, "fee")).map(str::to_owned),
        price: r.words("price", 200),
        modes: owned(r.take("modes", |raw, _| cells::some_of(raw, "mode"))),
        days: r.take("days", |raw, _| cells::count(raw, DAYS)),
    }
}

/// The reason against a row whose key stood in an earlier row of the file.
pub(crate) fn twice(kind: Kind, first_line: u32) -> Bilingual {
    Bilingual::say(|l: Locale| match kind {
        Kind::Enterprises | Kind::Providers => t(l).imports_twice_code(i64::from(first_line)),
        Kind::Products => t(l).imports_twice_product(i64::from(first_line)),
    })
}

/// The reason against a product whose provider is not in the register.
pub(crate) fn no_provider() -> Bilingual {
    Bilingual::say(|l| t(l).imports_no_provider())
}
