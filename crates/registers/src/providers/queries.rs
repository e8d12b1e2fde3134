//! Reads of the register of providers.

use std::collections::HashMap;

use huiqi_kernel::people::Viewer;
use huiqi_kernel::text;
use huiqi_store::sea_orm::{ConnectionTrait, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx, search, sql};

use super::State;
use crate::listing::{Cut, Where};
use crate::scope::Scope;

/// What other crates need to know of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// Row id of the organisation.
    pub organisation: i64,
    /// Public number: `JG-000001`.
    pub number: String,
    /// Name as registered.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Code of the district or zone.
    pub district: Option<String>,
    /// Codes of its kinds of service.
    pub categories: Vec<String>,
    /// Phone, unmasked.
    pub phone: Option<String>,
    /// Where it stands.
    pub state: State,
}

#[derive(FromQueryResult)]
struct BriefRow {
    organisation: i64,
    number: String,
    name: String,
    name_en: Option<String>,
    district: Option<String>,
    phone: Option<String>,
    state: String,
}

const BRIEF: &str = "SELECT p.organisation, p.number, o.name, o.name_en, p.district, p.phone, p.state
    FROM provider p JOIN organisation o ON o.id = p.organisation";

/// A kind of service of a provider.
#[derive(FromQueryResult)]
pub(super) struct CategoryRow {
    pub provider: i64,
    pub category: String,
}

/// Kinds of service by provider.
pub(super) async fn categories(
    conn: &impl ConnectionTrait,
    providers: &[i64],
) -> Result<HashMap<i64, Vec<String>>, Fault> {
    let mut out = HashMap::new();
    for part in providers.chunks(1000) {
        let marks = vec!["?"; part.len()].join(", ");
        let rows = CategoryRow::find_by_statement(sql(
            conn.get_database_backend(),
            &format!(
                "SELECT provider, category FROM provider_category WHERE provider IN ({marks}) ORDER BY provider, category"
            ),
            part.iter().map(|id| Value::from(*id)),
        ))
        .all(conn)
        .await?;
        out.extend(super::actions::grouped(rows));
    }
    Ok(out)
}

async fn briefs(conn: &impl ConnectionTrait, rows: Vec<BriefRow>) -> Result<Vec<Brief>, Fault> {
    let ids: Vec<i64> = rows.iter().map(|r| r.organisation).collect();
    let mut kinds = categories(conn, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|row| Brief {
            categories: kinds.remove(&row.organisation).unwrap_or_default(),
            organisation: row.organisation,
            number: row.number,
            name: row.name,
            name_en: row.name_en,
            district: row.district,
            phone: row.phone,
            state: State::from_code(&row.state).unwrap_or(State::Removed),
        })
        .collect())
}

/// What is known of a provider; works inside a transaction and outside (`ctx.db().read()`).
///
/// # Errors
/// When the database fails.
pub async fn brief(conn: &impl ConnectionTrait, organisation: i64) -> Result<Option<Brief>, Fault> {
    Ok(brief_many(conn, &[organisation]).await?.remove(&organisation))
}

/// What is known of several providers, by row id of the organisation.
///
/// # Errors
/// When the database fails.
pub async fn brief_many(conn: &impl ConnectionTrait, organisations: &[i64]) -> Result<HashMap<i64, Brief>, Fault> {
    let mut out = HashMap::with_capacity(organisations.len());
    for part in organisations.chunks(1000) {
        let marks = vec!["?"; part.len()].join(", ");
        let rows = BriefRow::find_by_statement(sql(
            conn.get_database_backend(),
            &format!("{BRIEF} WHERE p.organisation IN ({marks}) ORDER BY p.organisation"),
            part.iter().map(|id| Value::from(*id)),
        ))
        .all(conn)
        .await?;
        out.extend(briefs(conn, rows).await?.into_iter().map(|b| (b.organisation, b)));
    }
    Ok(out)
}

/// Admitted providers of a kind of service, by name; of all kinds where none is named.
///
/// # Errors
/// When the database fails.
pub async fn by_category(ctx: &Ctx, category: Option<&str>) -> Result<Vec<Brief>, Fault> {
    let (condition, values) = match category {
        Some(code) => (
            " AND p.organisation IN (SELECT c.provider FROM provider_category c WHERE c.category = ?)",
            vec![Value::from(code)],
        ),
        None => ("", Vec::new()),
    };
    let rows: Vec<BriefRow> = ctx::all(
        ctx,
        &format!("{BRIEF} WHERE p.state = 'admitted'{condition} ORDER BY p.pinyin, p.organisation"),
        values,
    )
    .await?;
    briefs(ctx.db().read(), rows).await
}

#[derive(FromQueryResult)]
struct CodeRow {
    organisation: i64,
    code: String,
}

/// Row ids of providers by credit code.
pub(crate) async fn ids_by_code(conn: &impl ConnectionTrait, codes: &[&str]) -> Result<HashMap<String, i64>, Fault> {
    let mut out = HashMap::new();
    for part in codes.chunks(500) {
        let marks = vec!["?"; part.len()].join(", ");
        let rows = CodeRow::find_by_statement(sql(
            conn.get_database_backend(),
            &format!(
                "SELECT p.organisation, o.code FROM provider p JOIN organisation o ON o.id = p.organisation
                 WHERE o.code IN ({marks}) ORDER BY p.organisation"
            ),
            part.iter().map(|code| Value::from(*code)),
        ))
        .all(conn)
        .await?;
        out.extend(rows.into_iter().map(|r| (r.code, r.organisation)));
    }
    Ok(out)
}

/// Everything the register holds of a provider.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub organisation: i64,
    pub number: String,
    pub name: String,
    pub name_en: Option<String>,
    pub code: Option<String>,
    pub district: Option<String>,
    pub nature: Option<String>,
    pub categories: Vec<String>,
    pub profile: Option<String>,
    pub contact: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub state: String,
    pub source: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub pinyin: String,
}

impl Record {
    /// Where it stands.
    pub(crate) fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Removed)
    }
}

#[derive(FromQueryResult)]
struct RecordRow {
    organisation: i64,
    number: String,
    name: String,
    name_en: Option<String>,
    code: Option<String>,
    district: Option<String>,
    nature: Option<String>,
    profile: Option<String>,
    contact: Option<String>,
    phone: Option<String>,
    address: Option<String>,
    state: String,
    source: String,
    version: i64,
    created_at: i64,
    updated_at: i64,
    pinyin: String,
}

const RECORD: &str =
    "SELECT p.organisation, p.number, o.name, o.name_en, o.code, p.district, p.nature, p.profile, p.contact, p.phone,
    p.address, p.state, p.source, p.version, p.created_at, p.updated_at, p.pinyin
    FROM provider p JOIN organisation o ON o.id = p.organisation";

async fn records(
    conn: &impl ConnectionTrait,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Record>, Fault> {
    let rows = RecordRow::find_by_statement(sql(conn.get_database_backend(), text, values)).all(conn).await?;
    let ids: Vec<i64> = rows.iter().map(|r| r.organisation).collect();
    let mut kinds = categories(conn, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|r| Record {
            categories: kinds.remove(&r.organisation).unwrap_or_default(),
            organisation: r.organisation,
            number: r.number,
            name: r.name,
            name_en: r.name_en,
            code: r.code,
            district: r.district,
            nature: r.nature,
            profile: r.profile,
            contact: r.contact,
            phone: r.phone,
            address: r.address,
            state: r.state,
            source: r.source,
            version: r.version,
            created_at: r.created_at,
            updated_at: r.updated_at,
            pinyin: r.pinyin,
        })
        .collect())
}

/// A record by its public number, if this viewer may see it.
pub(crate) async fn record(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<Record, Fault> {
    let (scope, values) = Scope::providers(viewer).condition("p.organisation", "p.district");
    let values = [Value::from(number)].into_iter().chain(values);
    let found = records(ctx.db().read(), &format!("{RECORD} WHERE p.number = ? AND {scope}"), values).await?;
    found.into_iter().next().ok_or(Fault::NotFound)
}

/// The provider a viewer acts for, if it is one.
pub(crate) async fn of_viewer(ctx: &Ctx, viewer: &Viewer) -> Result<Option<Record>, Fault> {
    let Some(actor) = viewer.actor() else { return Ok(None) };
    let found =
        records(ctx.db().read(), &format!("{RECORD} WHERE p.organisation = ?"), [actor.organisation.into()]).await?;
    Ok(found.into_iter().next())
}

/// A record inside a transaction; scope is the caller's question.
pub(super) async fn record_in(work: &Work, organisation: i64) -> Result<Option<Record>, Fault> {
    let found = records(&**work, &format!("{RECORD} WHERE p.organisation = ?"), [organisation.into()]).await?;
    Ok(found.into_iter().next())
}

/// Records by credit code; codes without one are left out.
pub(super) async fn records_by_code(
    conn: &impl ConnectionTrait,
    codes: &[&str],
) -> Result<HashMap<String, Record>, Fault> {
    let mut out = HashMap::with_capacity(codes.len());
    for part in codes.chunks(500) {
        let marks = vec!["?"; part.len()].join(", ");
        let text = format!("{RECORD} WHERE o.code IN ({marks}) ORDER BY p.organisation");
        let rows = records(conn, &text, part.iter().map(|code| Value::from(*code))).await?;
        out.extend(rows.into_iter().filter_map(|row| row.code.clone().map(|code| (code, row))));
    }
    Ok(out)
}

/// A provider whose name is so like another that they may be one.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Similar {
    pub number: String,
    pub name: String,
    pub code: Option<String>,
    pub district: Option<String>,
}

/// Providers whose names are alike; at most five.
pub(super) async fn similar(ctx: &Ctx, name: &str, but: Option<i64>) -> Result<Vec<Similar>, Fault> {
    let key = text::similar_name_key(name);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    ctx::all(
        ctx,
        "SELECT p.number, o.name, o.code, p.district FROM provider p JOIN organisation o ON o.id = p.organisation
         WHERE p.name_key = ? AND p.organisation <> ? ORDER BY p.pinyin, p.organisation LIMIT 5",
        [key.into(), but.unwrap_or_default().into()],
    )
    .await
}

/// What the list is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub words: String,
    pub district: String,
    pub category: String,
    pub state: String,
}

impl Filter {
    pub(super) fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    fn conditions(&self, ctx: &Ctx, viewer: &Viewer) -> Where {
        let mut all = Where::default();
        let (scope, values) = Scope::providers(viewer).condition("p.organisation", "p.district");
        all.add(&scope, values);
        if !self.words.is_empty() {
            match search::matches(ctx.db().backend(), search::Kind::Provider, "p.organisation", &self.words) {
                Some((text, values)) => all.add(&text, values),
                None => all.add("1 = 0", []),
            }
        }
        for (column, value) in [("p.district", &self.district), ("p.state", &self.state)] {
            if !value.is_empty() {
                all.add(&format!("{column} = ?"), [value.clone().into()]);
            }
        }
        if !self.category.is_empty() {
            all.add(
                "p.organisation IN (SELECT c.provider FROM provider_category c WHERE c.category = ?)",
                [self.category.clone().into()],
            );
        }
        all
    }
}

/// One page of the list, one row more than a page holds.
pub(super) async fn list(ctx: &Ctx, viewer: &Viewer, filter: &Filter, cut: &Cut) -> Result<Vec<Record>, Fault> {
    let column = if cut.newest_first() { "updated_at" } else { "pinyin" };
    let (text, values) = filter.conditions(ctx, viewer).page(
        RECORD,
        cut,
        &format!("p.{column}"),
        "p.organisation",
        &format!("SELECT k.{column}, k.organisation FROM provider k WHERE k.number = ?"),
    );
    records(ctx.db().read(), &text, values).await
}

/// Up to a thousand records after one, in the order of names; for exports.
pub(super) async fn after(
    ctx: &Ctx,
    viewer: &Viewer,
    filter: &Filter,
    last: Option<(&str, i64)>,
) -> Result<Vec<Record>, Fault> {
    let mut all = filter.conditions(ctx, viewer);
    if let Some((pinyin, organisation)) = last {
        all.add("(p.pinyin, p.organisation) > (?, ?)", [pinyin.into(), organisation.into()]);
    }
    let (text, values) = all.over(RECORD);
    records(ctx.db().read(), &format!("{text} ORDER BY p.pinyin, p.organisation LIMIT 1000"), values).await
}

/// How many providers the filter leaves.
pub(super) async fn count(ctx: &Ctx, viewer: &Viewer, filter: &Filter) -> Result<i64, Fault> {
    let (text, values) = filter.conditions(ctx, viewer).over("SELECT COUNT(*) AS n FROM provider p");
    crate::listing::count(ctx, &text, values).await
}
