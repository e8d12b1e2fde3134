//! Reads of organisations and windows.

use std::collections::HashMap;

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Capacity;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};

use super::WindowState;
use crate::paging::Cut;

/// How an organisation is shown in a line of another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgName {
    /// Public number.
    pub number: String,
    /// Name as in its papers.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
}

impl OrgName {
    /// The name for a reader of this language: the English one where there is one.
    pub fn shown(&self, locale: Locale) -> &str {
        shown(&self.name, self.name_en.as_deref(), locale)
    }
}

/// How a window is shown in a line of another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowName {
    /// Public number.
    pub number: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Row id of the organisation that runs it.
    pub organisation: i64,
    /// Where it stands.
    pub state: WindowState,
}

impl WindowName {
    /// The name for a reader of this language: the English one where there is one.
    pub fn shown(&self, locale: Locale) -> &str {
        shown(&self.name, self.name_en.as_deref(), locale)
    }
}

/// The English name for readers of English where there is one, else the Chinese one.
pub(crate) fn shown<'a>(name: &'a str, name_en: Option<&'a str>, locale: Locale) -> &'a str {
    match (locale, name_en) {
        (Locale::En, Some(en)) if !en.is_empty() => en,
        _ => name,
    }
}

/// An organisation with everything that stands here.
#[derive(Clone, Debug)]
pub struct Card {
    /// Row id.
    pub id: i64,
    /// Public number.
    pub number: String,
    /// Credit code, where it has one.
    pub code: Option<String>,
    /// Name as in its papers.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    former: String,
    /// Row id of the organisation it was merged into.
    pub merged_into: Option<i64>,
    /// When it was entered, UTC milliseconds.
    pub created_at: i64,
    /// Version, for forms.
    pub version: i64,
    /// What it is in the network.
    pub capacities: Vec<Capacity>,
}

impl Card {
    /// Names it had before, oldest first.
    pub fn former(&self) -> Vec<String> {
        serde_json::from_str(&self.former).unwrap_or_default()
    }

    /// The name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        shown(&self.name, self.name_en.as_deref(), locale)
    }
}

#[derive(FromQueryResult)]
struct CardRow {
    id: i64,
    number: String,
    code: Option<String>,
    name: String,
    name_en: Option<String>,
    former: String,
    merged_into: Option<i64>,
    created_at: i64,
    version: i64,
}

#[derive(FromQueryResult)]
struct CapacityRow {
    organisation: i64,
    capacity: String,
}

const CARD: &str = "SELECT id, number, code, name, name_en, former, merged_into, created_at, version FROM organisation";

fn card(row: CardRow, capacities: Vec<CapacityRow>) -> Card {
    Card {
        id: row.id,
        number: row.number,
        code: row.code,
        name: row.name,
        name_en: row.name_en,
        former: row.former,
        merged_into: row.merged_into,
        created_at: row.created_at,
        version: row.version,
        capacities: sorted(capacities.iter().filter_map(|c| Capacity::from_code(&c.capacity)).collect()),
    }
}

fn sorted(mut capacities: Vec<Capacity>) -> Vec<Capacity> {
    capacities.sort_unstable();
    capacities
}

const CAPACITIES: &str =
    "SELECT organisation, capacity FROM organisation_capacity WHERE organisation = ? ORDER BY capacity";

/// What an organisation is in the network.
///
/// # Errors
/// When the database fails.
pub async fn capacities_in(work: &Work, organisation: i64) -> Result<Vec<Capacity>, Fault> {
    let rows: Vec<CapacityRow> = work.all(CAPACITIES, [organisation.into()]).await?;
    Ok(rows.iter().filter_map(|row| Capacity::from_code(&row.capacity)).collect())
}

/// An organisation by its public number.
///
/// # Errors
/// When the database fails.
pub async fn by_number(ctx: &Ctx, number: &str) -> Result<Option<Card>, Fault> {
    let Some(row) = ctx::one::<CardRow>(ctx, &format!("{CARD} WHERE number = ?"), [number.into()]).await? else {
        return Ok(None);
    };
    let capacities = ctx::all(ctx, CAPACITIES, [row.id.into()]).await?;
    Ok(Some(card(row, capacities)))
}

/// An organisation by its row id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(ctx: &Ctx, id: i64) -> Result<Option<Card>, Fault> {
    let Some(row) = ctx::one::<CardRow>(ctx, &format!("{CARD} WHERE id = ?"), [id.into()]).await? else {
        return Ok(None);
    };
    let capacities = ctx::all(ctx, CAPACITIES, [row.id.into()]).await?;
    Ok(Some(card(row, capacities)))
}

pub(crate) async fn card_in(work: &Work, id: i64) -> Result<Option<Card>, Fault> {
    let Some(row) = work.one::<CardRow>(&format!("{CARD} WHERE id = ?"), [id.into()]).await? else {
        return Ok(None);
    };
    let capacities = work.all(CAPACITIES, [row.id.into()]).await?;
    Ok(Some(card(row, capacities)))
}

#[derive(FromQueryResult)]
struct NumberRow {
    number: String,
}

pub(super) async fn number_in(work: &Work, id: i64) -> Result<Option<String>, Fault> {
    let row = work.one::<NumberRow>("SELECT number FROM organisation WHERE id = ?", [id.into()]).await?;
    Ok(row.map(|r| r.number))
}

#[derive(FromQueryResult)]
struct IdRow {
    id: i64,
}

#[derive(FromQueryResult)]
struct CodeRow {
    id: i64,
    code: String,
}

/// Row id of the organisation with this credit code (in its normal form).
///
/// # Errors
/// When the database fails.
pub async fn find_by_code(ctx: &Ctx, code: &str) -> Result<Option<i64>, Fault> {
    let row = ctx::one::<IdRow>(ctx, "SELECT id FROM organisation WHERE code = ?", [code.into()]).await?;
    Ok(row.map(|r| r.id))
}

/// As [`find_by_code`], inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_by_code_in(work: &Work, code: &str) -> Result<Option<i64>, Fault> {
    let row = work.one::<IdRow>("SELECT id FROM organisation WHERE code = ?", [code.into()]).await?;
    Ok(row.map(|r| r.id))
}

/// Row ids of the organisations with these codes; codes nobody has are left out.
///
/// # Errors
/// When the database fails.
pub async fn find_by_codes_in(work: &Work, codes: &[&str]) -> Result<HashMap<String, i64>, Fault> {
    let mut found = HashMap::with_capacity(codes.len());
    for part in codes.chunks(MARKS) {
        let rows: Vec<CodeRow> = work
            .all(
                &format!("SELECT id, code FROM organisation WHERE code IN ({}) ORDER BY id", marks(part.len())),
                part.iter().map(|c| Value::from(*c)),
            )
            .await?;
        found.extend(rows.into_iter().map(|r| (r.code, r.id)));
    }
    Ok(found)
}

/// Most values in one `IN (…)`.
pub(crate) const MARKS: usize = 1000;

/// `?, ?, ?`.
pub(crate) fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

#[derive(FromQueryResult)]
struct NameRow {
    id: i64,
    number: String,
    name: String,
    name_en: Option<String>,
}

fn into_names(rows: Vec<NameRow>) -> impl Iterator<Item = (i64, OrgName)> {
    rows.into_iter().map(|r| (r.id, OrgName { number: r.number, name: r.name, name_en: r.name_en }))
}

/// Names of organisations by row id, one statement for up to a thousand.
///
/// # Errors
/// When the database fails.
pub async fn names(ctx: &Ctx, ids: &[i64]) -> Result<HashMap<i64, OrgName>, Fault> {
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MARKS) {
        let text = format!(
            "SELECT id, number, name, name_en FROM organisation WHERE id IN ({}) ORDER BY id",
            marks(part.len())
        );
        out.extend(into_names(ctx::all(ctx, &text, part.iter().map(|id| Value::from(*id))).await?));
    }
    Ok(out)
}

/// As [`names`], inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn names_in(work: &Work, ids: &[i64]) -> Result<HashMap<i64, OrgName>, Fault> {
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MARKS) {
        let text = format!(
            "SELECT id, number, name, name_en FROM organisation WHERE id IN ({}) ORDER BY id",
            marks(part.len())
        );
        out.extend(into_names(work.all(&text, part.iter().map(|id| Value::from(*id))).await?));
    }
    Ok(out)
}

#[derive(FromQueryResult)]
struct WindowRow {
    id: i64,
    number: String,
    name: String,
    name_en: Option<String>,
    organisation: i64,
    state: String,
}

fn into_window(row: WindowRow) -> (i64, WindowName) {
    (
        row.id,
        WindowName {
            number: row.number,
            name: row.name,
            name_en: row.name_en,
            organisation: row.organisation,
            state: WindowState::from_code(&row.state).unwrap_or(WindowState::Ended),
        },
    )
}

const WINDOW: &str = "SELECT id, number, name, name_en, organisation, state FROM service_window";

/// Names of windows by row id, one statement for up to a thousand.
///
/// # Errors
/// When the database fails.
pub async fn window_names(ctx: &Ctx, ids: &[i64]) -> Result<HashMap<i64, WindowName>, Fault> {
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MARKS) {
        let text = format!("{WINDOW} WHERE id IN ({}) ORDER BY id", marks(part.len()));
        let rows: Vec<WindowRow> = ctx::all(ctx, &text, part.iter().map(|id| Value::from(*id))).await?;
        out.extend(rows.into_iter().map(into_window));
    }
    Ok(out)
}

/// As [`window_names`], inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn window_names_in(work: &Work, ids: &[i64]) -> Result<HashMap<i64, WindowName>, Fault> {
    let mut out = HashMap::with_capacity(ids.len());
    for part in ids.chunks(MARKS) {
        let text = format!("{WINDOW} WHERE id IN ({}) ORDER BY id", marks(part.len()));
        let rows: Vec<WindowRow> = work.all(&text, part.iter().map(|id| Value::from(*id))).await?;
        out.extend(rows.into_iter().map(into_window));
    }
    Ok(out)
}

pub(crate) async fn window_in(work: &Work, id: i64) -> Result<Option<WindowName>, Fault> {
    let row: Option<WindowRow> = work.one(&format!("{WINDOW} WHERE id = ?"), [id.into()]).await?;
    Ok(row.map(|r| into_window(r).1))
}

/// Row id and names of the window with this public number.
///
/// # Errors
/// When the database fails.
pub async fn window_by_number(ctx: &Ctx, number: &str) -> Result<Option<(i64, WindowName)>, Fault> {
    let row: Option<WindowRow> = ctx::one(ctx, &format!("{WINDOW} WHERE number = ?"), [number.into()]).await?;
    Ok(row.map(into_window))
}

/// The windows an organisation runs, by number.
///
/// # Errors
/// When the database fails.
pub async fn ran_by(ctx: &Ctx, organisation: i64) -> Result<Vec<(i64, WindowName)>, Fault> {
    let rows: Vec<WindowRow> =
        ctx::all(ctx, &format!("{WINDOW} WHERE organisation = ? ORDER BY number"), [organisation.into()]).await?;
    Ok(rows.into_iter().map(into_window).collect())
}

/// What the list of organisations is narrowed by.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// Part of a name, a whole code or number, or the first letters of the name's syllables.
    pub words: String,
    /// One capacity.
    pub capacity: Option<Capacity>,
}

#[derive(FromQueryResult)]
struct LineRow {
    id: i64,
    number: String,
    code: Option<String>,
    name: String,
    name_en: Option<String>,
}

/// A line of the list.
pub(super) struct Line {
    pub number: String,
    pub code: Option<String>,
    pub name: String,
    pub name_en: Option<String>,
    pub capacities: Vec<Capacity>,
}

/// One page of the list, one row more than a page holds.
pub(super) async fn list(ctx: &Ctx, filter: &Filter, cut: &Cut) -> Result<Vec<Line>, Fault> {
    let mut text =
        "SELECT t.id, t.number, t.code, t.name, t.name_en FROM organisation t WHERE t.merged_into IS NULL".to_owned();
    let mut values: Vec<Value> = Vec::new();
    if let Some(capacity) = filter.capacity {
        text.push_str(" AND t.id IN (SELECT c.organisation FROM organisation_capacity c WHERE c.capacity = ?)");
        values.push(capacity.code().into());
    }
    if !filter.words.is_empty() {
        text.push_str(" AND (REPLACE(t.name, ?, '') <> t.name OR t.number = ? OR t.code = ?");
        let upper = filter.words.to_uppercase();
        values.extend([filter.words.clone().into(), upper.clone().into(), upper.into()]);
        if filter.words.chars().all(|c| c.is_ascii_alphanumeric()) {
            text.push_str(" OR (t.initials >= ? AND t.initials < ?)");
            let low = filter.words.to_lowercase();
            values.extend([low.clone().into(), format!("{low}~").into()]);
        }
        text.push(')');
    }
    let (tail, more) = cut.tail("organisation", "pinyin");
    text.push_str(&tail);
    values.extend(more);
    let rows: Vec<LineRow> = ctx::all(ctx, &text, values).await?;
    let mut capacities: HashMap<i64, Vec<Capacity>> = HashMap::new();
    if !rows.is_empty() {
        let text = format!(
            "SELECT organisation, capacity FROM organisation_capacity WHERE organisation IN ({})
             ORDER BY organisation, capacity",
            marks(rows.len())
        );
        let found: Vec<CapacityRow> = ctx::all(ctx, &text, rows.iter().map(|r| Value::from(r.id))).await?;
        for row in found {
            if let Some(capacity) = Capacity::from_code(&row.capacity) {
                capacities.entry(row.organisation).or_default().push(capacity);
            }
        }
    }
    Ok(rows
        .into_iter()
        .map(|r| Line {
            capacities: sorted(capacities.remove(&r.id).unwrap_or_default()),
            number: r.number,
            code: r.code,
            name: r.name,
            name_en: r.name_en,
        })
        .collect())
}

/// Organisations with one of these capacities, by name: row id and names.
///
/// # Errors
/// When the database fails.
pub async fn with_capacities(ctx: &Ctx, capacities: &[Capacity]) -> Result<Vec<(i64, OrgName)>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        number: String,
        name: String,
        name_en: Option<String>,
    }
    if capacities.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SELECT DISTINCT o.id, o.number, o.name, o.name_en, o.pinyin FROM organisation o
         JOIN organisation_capacity c ON c.organisation = o.id WHERE c.capacity IN ({}) ORDER BY o.pinyin, o.number",
        marks(capacities.len())
    );
    let rows: Vec<Row> = ctx::all(ctx, &text, capacities.iter().map(|c| Value::from(c.code()))).await?;
    Ok(rows.into_iter().map(|r| (r.id, OrgName { number: r.number, name: r.name, name_en: r.name_en })).collect())
}
