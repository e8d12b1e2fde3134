//! Reads of the register of enterprises.

use std::collections::HashMap;

use huiqi_kernel::people::Viewer;
use huiqi_kernel::size::SizeClass;
use huiqi_kernel::text;
use huiqi_store::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx, search, sql};

use crate::listing::{Cut, Where};
use crate::scope::Scope;

/// What other crates need to know of a firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Row id of the organisation.
    pub organisation: i64,
    /// Public number.
    pub number: String,
    /// Name as in its papers.
    pub name: String,
    /// Credit code, where it has one.
    pub code: Option<String>,
    /// Code of the district or zone.
    pub district: Option<String>,
    /// Industry of GB/T 4754-2017.
    pub industry: Option<String>,
    /// Size class, computed.
    pub size: SizeClass,
    /// Whom to talk to.
    pub contact: Option<String>,
    /// Phone of the contact, unmasked: mask it wherever it leaves the handling chain.
    pub phone: Option<String>,
    /// Whether the record has been vouched for.
    pub verified: bool,
}

#[derive(FromQueryResult)]
struct FactsRow {
    organisation: i64,
    number: String,
    name: String,
    code: Option<String>,
    district: Option<String>,
    industry: Option<String>,
    size: String,
    contact: Option<String>,
    phone: Option<String>,
    verified: bool,
}

impl From<FactsRow> for Facts {
    fn from(row: FactsRow) -> Facts {
        Facts {
            organisation: row.organisation,
            number: row.number,
            name: row.name,
            code: row.code,
            district: row.district,
            industry: row.industry,
            size: SizeClass::from_code(&row.size).unwrap_or(SizeClass::Undetermined),
            contact: row.contact,
            phone: row.phone,
            verified: row.verified,
        }
    }
}

const FACTS: &str =
    "SELECT e.organisation, o.number, o.name, o.code, e.district, e.industry, e.size, e.contact, e.phone, e.verified
    FROM enterprise e JOIN organisation o ON o.id = e.organisation";

/// What is known of a firm; works inside a transaction and outside (`ctx.db().read()`).
///
/// # Errors
/// When the database fails.
pub async fn facts(conn: &impl ConnectionTrait, organisation: i64) -> Result<Option<Facts>, Fault> {
    Ok(facts_many(conn, &[organisation]).await?.remove(&organisation))
}

/// What is known of several firms, by row id of the organisation; those without a record are left out.
///
/// # Errors
/// When the database fails.
pub async fn facts_many(conn: &impl ConnectionTrait, organisations: &[i64]) -> Result<HashMap<i64, Facts>, Fault> {
    let mut out = HashMap::with_capacity(organisations.len());
    for part in organisations.chunks(1000) {
        let marks = vec!["?"; part.len()].join(", ");
        let rows = FactsRow::find_by_statement(sql(
            conn.get_database_backend(),
            &format!("{FACTS} WHERE e.organisation IN ({marks}) ORDER BY e.organisation"),
            part.iter().map(|id| Value::from(*id)),
        ))
        .all(conn)
        .await?;
        out.extend(rows.into_iter().map(|row| (row.organisation, Facts::from(row))));
    }
    Ok(out)
}

/// Firms that match words, for choosing one at the desk: by the beginning of the code, by name, by first letters of
/// the name's syllables. Only firms the viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn search_brief(ctx: &Ctx, viewer: &Viewer, words: &str, limit: u64) -> Result<Vec<Facts>, Fault> {
    let backend = ctx.db().backend();
    let Some((found, values)) = search::matches(backend, search::Kind::Enterprise, "e.organisation", words) else {
        return Ok(Vec::new());
    };
    let (scope, more) = Scope::enterprises(viewer).condition("e.organisation", "e.district");
    let text = format!("{FACTS} WHERE {found} AND {scope} ORDER BY e.pinyin, e.organisation LIMIT {limit}");
    let rows: Vec<FactsRow> = ctx::all(ctx, &text, values.into_iter().chain(more)).await?;
    Ok(rows.into_iter().map(Facts::from).collect())
}

/// Firms whose contact has this phone in the register, for whoever takes a call; only firms the viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn by_phone(ctx: &Ctx, viewer: &Viewer, phone: &str, limit: u64) -> Result<Vec<Facts>, Fault> {
    let (scope, more) = Scope::enterprises(viewer).condition("e.organisation", "e.district");
    let text = format!("{FACTS} WHERE e.phone = ? AND {scope} ORDER BY e.pinyin, e.organisation LIMIT {limit}");
    let rows: Vec<FactsRow> = ctx::all(ctx, &text, std::iter::once(Value::from(phone)).chain(more)).await?;
    Ok(rows.into_iter().map(Facts::from).collect())
}

/// The firm with this public number, if this viewer may see it.
///
/// # Errors
/// When the database fails.
pub async fn by_number(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<Option<Facts>, Fault> {
    let (scope, more) = Scope::enterprises(viewer).condition("e.organisation", "e.district");
    let text = format!("{FACTS} WHERE o.number = ? AND {scope}");
    let row: Option<FactsRow> = ctx::one(ctx, &text, std::iter::once(Value::from(number)).chain(more)).await?;
    Ok(row.map(Facts::from))
}

/// Firms that a name or a code may mean already: those with this code, and those whose names differ by city, legal form,
/// marks and blanks only; at most five. For a desk that is about to note a new one.
///
/// # Errors
/// When the database fails.
pub async fn alike(ctx: &Ctx, viewer: &Viewer, name: &str, code: Option<&str>) -> Result<Vec<Facts>, Fault> {
    let (scope, more) = Scope::enterprises(viewer).condition("e.organisation", "e.district");
    let text = format!(
        "{FACTS} WHERE ((e.name_key = ? AND e.name_key <> '') OR o.code = ?) AND {scope}
         ORDER BY e.pinyin, e.organisation LIMIT 5"
    );
    let values = [Value::from(text::similar_name_key(name)), Value::from(code.unwrap_or("-"))];
    let rows: Vec<FactsRow> = ctx::all(ctx, &text, values.into_iter().chain(more)).await?;
    Ok(rows.into_iter().map(Facts::from).collect())
}

/// Everything the register holds of a firm.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Record {
    pub organisation: i64,
    pub number: String,
    pub name: String,
    pub name_en: Option<String>,
    pub former: String,
    pub code: Option<String>,
    pub district: Option<String>,
    pub industry: Option<String>,
    pub staff: Option<i64>,
    pub revenue: Option<i64>,
    pub assets: Option<i64>,
    pub founded: Option<String>,
    pub legal_representative: Option<String>,
    pub contact: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub size: String,
    pub source: String,
    pub verified: bool,
    pub version: i64,
    pub indexed: i64,
    pub created_at: i64,
    pub updated_at: i64,
}

impl Record {
    /// Names it had before, oldest first.
    pub(crate) fn former(&self) -> Vec<String> {
        serde_json::from_str(&self.former).unwrap_or_default()
    }

    /// Its size class.
    pub(crate) fn size(&self) -> SizeClass {
        SizeClass::from_code(&self.size).unwrap_or(SizeClass::Undetermined)
    }
}

const RECORD: &str =
    "SELECT e.organisation, o.number, o.name, o.name_en, o.former, o.code, e.district, e.industry, e.staff, e.revenue,
    e.assets, e.founded, e.legal_representative, e.contact, e.phone, e.address, e.size, e.source, e.verified, e.version,
    e.indexed, e.created_at, e.updated_at
    FROM enterprise e JOIN organisation o ON o.id = e.organisation";

/// A record by its public number, if this viewer may see it.
pub(crate) async fn record(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<Record, Fault> {
    let (scope, values) = Scope::enterprises(viewer).condition("e.organisation", "e.district");
    let values = [Value::from(number)].into_iter().chain(values);
    ctx::one(ctx, &format!("{RECORD} WHERE o.number = ? AND {scope}"), values).await?.ok_or(Fault::NotFound)
}

/// A record inside a transaction; scope is the caller's question.
pub(crate) async fn record_in(work: &Work, organisation: i64) -> Result<Option<Record>, Fault> {
    work.one(&format!("{RECORD} WHERE e.organisation = ?"), [organisation.into()]).await
}

/// The record of an organisation; scope is the caller's question.
pub(crate) async fn record_of(ctx: &Ctx, organisation: i64) -> Result<Option<Record>, Fault> {
    ctx::one(ctx, &format!("{RECORD} WHERE e.organisation = ?"), [organisation.into()]).await
}

/// Records by credit code; codes without one are left out.
pub(super) async fn records_by_code(
    conn: &impl ConnectionTrait,
    codes: &[&str],
) -> Result<HashMap<String, Record>, Fault> {
    let mut out = HashMap::with_capacity(codes.len());
    for part in codes.chunks(500) {
        let marks = vec!["?"; part.len()].join(", ");
        let rows = Record::find_by_statement(sql(
            conn.get_database_backend(),
            &format!("{RECORD} WHERE o.code IN ({marks}) ORDER BY e.organisation"),
            part.iter().map(|code| Value::from(*code)),
        ))
        .all(conn)
        .await?;
        out.extend(rows.into_iter().filter_map(|row| row.code.clone().map(|code| (code, row))));
    }
    Ok(out)
}

/// A firm whose name is so like another that they may be one.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Similar {
    pub number: String,
    pub name: String,
    pub code: Option<String>,
    pub district: Option<String>,
}

/// Firms whose names are alike: the same but for city, legal form, marks and blanks; at most five.
pub(crate) async fn similar(ctx: &Ctx, name: &str, but: Option<i64>) -> Result<Vec<Similar>, Fault> {
    let key = text::similar_name_key(name);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    ctx::all(
        ctx,
        "SELECT o.number, o.name, o.code, e.district FROM enterprise e JOIN organisation o ON o.id = e.organisation
         WHERE e.name_key = ? AND e.organisation <> ? ORDER BY e.pinyin, e.organisation LIMIT 5",
        [key.into(), but.unwrap_or_default().into()],
    )
    .await
}

/// What the list is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub words: String,
    pub district: String,
    pub size: String,
    pub section: String,
    pub verified: String,
}

impl Filter {
    pub(super) fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    pub(super) fn conditions(&self, ctx: &Ctx, viewer: &Viewer) -> Where {
        let mut all = Where::default();
        let (scope, values) = Scope::enterprises(viewer).condition("e.organisation", "e.district");
        all.add(&scope, values);
        if !self.words.is_empty() {
            match search::matches(ctx.db().backend(), search::Kind::Enterprise, "e.organisation", &self.words) {
                Some((text, values)) => all.add(&text, values),
                None => all.add("1 = 0", []),
            }
        }
        for (column, value) in [("e.district", &self.district), ("e.size", &self.size), ("e.section", &self.section)] {
            if !value.is_empty() {
                all.add(&format!("{column} = ?"), [value.clone().into()]);
            }
        }
        match self.verified.as_str() {
            "yes" => all.add("e.verified = ?", [true.into()]),
            "no" => all.add("e.verified = ?", [false.into()]),
            _ => {}
        }
        all
    }
}

/// One line of the list and of the export.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Line {
    pub organisation: i64,
    pub number: String,
    pub name: String,
    pub name_en: Option<String>,
    pub code: Option<String>,
    pub district: Option<String>,
    pub industry: Option<String>,
    pub staff: Option<i64>,
    pub revenue: Option<i64>,
    pub assets: Option<i64>,
    pub founded: Option<String>,
    pub legal_representative: Option<String>,
    pub contact: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub size: String,
    pub verified: bool,
    pub updated_at: i64,
    pub pinyin: String,
}

const LINE: &str =
    "SELECT e.organisation, o.number, o.name, o.name_en, o.code, e.district, e.industry, e.staff, e.revenue, e.assets,
    e.founded, e.legal_representative, e.contact, e.phone, e.address, e.size, e.verified, e.updated_at, e.pinyin
    FROM enterprise e JOIN organisation o ON o.id = e.organisation";

/// One page of the list, one row more than a page holds.
pub(super) async fn list(ctx: &Ctx, viewer: &Viewer, filter: &Filter, cut: &Cut) -> Result<Vec<Line>, Fault> {
    let column = if cut.newest_first() { "updated_at" } else { "pinyin" };
    let (text, values) = filter.conditions(ctx, viewer).page(
        LINE,
        cut,
        &format!("e.{column}"),
        "e.organisation",
        &format!("SELECT k.{column}, k.organisation FROM enterprise k JOIN organisation ko ON ko.id = k.organisation WHERE ko.number = ?"),
    );
    ctx::all(ctx, &text, values).await
}

/// Up to a thousand lines after one, in the order of names; for exports.
pub(super) async fn after(
    ctx: &Ctx,
    viewer: &Viewer,
    filter: &Filter,
    last: Option<(&str, i64)>,
) -> Result<Vec<Line>, Fault> {
    let mut all = filter.conditions(ctx, viewer);
    if let Some((pinyin, organisation)) = last {
        all.add("(e.pinyin, e.organisation) > (?, ?)", [pinyin.into(), organisation.into()]);
    }
    let (text, values) = all.over(LINE);
    ctx::all(ctx, &format!("{text} ORDER BY e.pinyin, e.organisation LIMIT 1000"), values).await
}

/// How many firms the filter leaves.
pub(super) async fn count(ctx: &Ctx, viewer: &Viewer, filter: &Filter) -> Result<i64, Fault> {
    let (text, values) = filter.conditions(ctx, viewer).over("SELECT COUNT(*) AS n FROM enterprise e");
    crate::listing::count(ctx, &text, values).await
}
