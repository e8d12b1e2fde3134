//! Who is where, who is away, and how much everybody holds.

use chrono::NaiveDate;
use huiqi_identity::people;
use huiqi_kernel::clock::working_days_after;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{HANDLERS, Role};
use huiqi_kernel::rule::Count;
use huiqi_kernel::text::pinyin_key;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};

use super::{MANAGERS, Mode, Place};
use crate::record::{Case, Turn};
use crate::timeline::in_words;

#[derive(FromQueryResult)]
struct ModeRow {
    mode: String,
}

const MODE: &str = "SELECT mode FROM team WHERE place = ?";

fn mode_of(row: Option<ModeRow>) -> Mode {
    row.and_then(|r| Mode::from_code(&r.mode)).unwrap_or(Mode::Shared)
}

/// How matters come to people in a place.
///
/// # Errors
/// When the database fails.
pub async fn mode(ctx: &Ctx, place: Place) -> Result<Mode, Fault> {
    Ok(mode_of(ctx::one(ctx, MODE, [Value::from(place.key())]).await?))
}

/// As [`mode`], inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn mode_in(work: &Work, place: Place) -> Result<Mode, Fault> {
    Ok(mode_of(work.one(MODE, [Value::from(place.key())]).await?))
}

/// Last day on which a due day counts as close, for managers.
pub fn soon_until(ctx: &Ctx, today: NaiveDate) -> NaiveDate {
    let days = ctx.rules().on(today).count(Count::SoonDays);
    working_days_after(&ctx.calendar(), today, days)
}

/// An absence that is running or still to come.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Absence {
    /// Who is away.
    pub person: i64,
    /// Public number of that person.
    pub number: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Who stands in.
    pub deputy: i64,
    /// Name of the deputy.
    pub deputy_name: String,
    /// English name of the deputy.
    pub deputy_en: Option<String>,
    /// First day, ISO.
    pub from_on: String,
    /// Last day, ISO.
    pub to_on: String,
}

impl Absence {
    /// Whether this day lies in it.
    pub fn covers(&self, day: NaiveDate) -> bool {
        let day = day.to_string();
        self.from_on <= day && day <= self.to_on
    }
    /// The absent person's name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        in_words(&self.name, self.name_en.as_deref(), locale)
    }
    /// The deputy's name for a reader of this language.
    pub fn deputy_shown(&self, locale: Locale) -> &str {
        in_words(&self.deputy_name, self.deputy_en.as_deref(), locale)
    }
}

/// Absences of a place that have not ended, earliest first.
///
/// # Errors
/// When the database fails.
pub async fn absences(ctx: &Ctx, place: Place, today: NaiveDate) -> Result<Vec<Absence>, Fault> {
    ctx::all(
        ctx,
        "SELECT a.person, p.number, p.name, p.name_en, a.deputy, d.name AS deputy_name, d.name_en AS deputy_en,
            a.from_on, a.to_on
         FROM absence a JOIN person p ON p.id = a.person JOIN person d ON d.id = a.deputy
         WHERE a.place = ? AND a.ended_at IS NULL AND a.to_on >= ? ORDER BY a.from_on, a.id",
        [Value::from(place.key()), Value::from(today.to_string())],
    )
    .await
}

/// Row id of whoever stands in today for the holder of the case `c`, as SQL with two question marks, both for today.
pub fn deputy_sql() -> String {
    format!(
        "(SELECT MIN(v.deputy) FROM absence v WHERE v.person = c.handler_person AND v.place = {}
            AND v.ended_at IS NULL AND v.from_on <= ? AND v.to_on >= ?)",
        super::CASE_KEY
    )
}

/// Persons for whom this one stands in today, as SQL for `IN`, with its values.
pub(crate) fn stood_in_for(place: Place, person: i64, today: NaiveDate) -> (&'static str, [Value; 4]) {
    (
        "(SELECT v.person FROM absence v WHERE v.deputy = ? AND v.place = ? AND v.ended_at IS NULL
            AND v.from_on <= ? AND v.to_on >= ?)",
        [Value::from(person), Value::from(place.key()), Value::from(today.to_string()), Value::from(today.to_string())],
    )
}

/// Everybody who is to know about a case that lies with a handler: its holder and today's deputy; where nobody holds
/// it, those who may take it – everybody of the place, or its managers where they give the matters.
///
/// # Errors
/// When the database fails.
pub async fn on_case_in(work: &Work, case: &Case) -> Result<Vec<i64>, Fault> {
    #[derive(FromQueryResult)]
    struct Deputy {
        deputy: i64,
    }
    let Some(organisation) = case.handler_org else { return Ok(case.handler_person.into_iter().collect()) };
    let place = Place { organisation, window: case.handler_window };
    if let Some(person) = case.handler_person {
        let today = Value::from(work.today().to_string());
        let deputies: Vec<Deputy> = work
            .all(
                "SELECT v.deputy FROM absence v WHERE v.person = ? AND v.place = ? AND v.ended_at IS NULL
                   AND v.from_on <= ? AND v.to_on >= ? ORDER BY v.id",
                [Value::from(person), Value::from(place.key()), today.clone(), today],
            )
            .await?;
        return Ok(std::iter::once(person).chain(deputies.into_iter().map(|d| d.deputy)).collect());
    }
    if mode_in(work, place).await? == Mode::Given {
        let managers = people::members_in(work, organisation, place.window, MANAGERS).await?;
        if !managers.is_empty() {
            return Ok(managers);
        }
    }
    people::members_in(work, organisation, place.window, AT_WORK).await
}

/// Everybody who works on what a house was given: handlers, and the desks of the hub's own houses.
const AT_WORK: &[Role] = &[
    Role::WindowAgent,
    Role::WindowManager,
    Role::ProviderAgent,
    Role::ProviderManager,
    Role::DepartmentOfficer,
    Role::OperatorAgent,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
];

/// A person of a place with what that person holds.
#[derive(Clone, Debug)]
pub struct Load {
    /// Row id.
    pub person: i64,
    /// Public number.
    pub number: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Whether the person manages the place.
    pub manages: bool,
    /// Matters held.
    pub held: Held,
    /// Today's absence.
    pub away: Option<Absence>,
    /// Absent persons the person stands in for today.
    pub stands_in: Vec<Absence>,
}

impl Load {
    /// The name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        in_words(&self.name, self.name_en.as_deref(), locale)
    }
}

/// Counts of what waits for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// All.
    pub open: i64,
    /// Last day over.
    pub overdue: i64,
    /// Due today.
    pub today: i64,
    /// Close to the due day, today included.
    pub soon: i64,
}

/// The people of a place with their load, by name, and what nobody holds yet. Two statements.
///
/// # Errors
/// When the database fails.
pub async fn loads(ctx: &Ctx, place: Place) -> Result<(Vec<Load>, Held), Fault> {
    #[derive(FromQueryResult)]
    struct Line {
        id: Option<i64>,
        number: Option<String>,
        name: Option<String>,
        name_en: Option<String>,
        manages: bool,
        open: i64,
        overdue: i64,
        today: i64,
        soon: i64,
    }
    let today = ctx.today();
    let day = Value::from(today.to_string());
    let (column, id) = match place.window {
        Some(window) => ("m.service_window = ?", window),
        None => ("m.service_window IS NULL AND m.organisation = ?", place.organisation),
    };
    let marks = vec!["?"; HANDLERS.len()].join(", ");
    let managers = MANAGERS.iter().map(|r| format!("'{}'", r.code())).collect::<Vec<_>>().join(", ");
    // Counts by holder stand beside the members; the line without a person is what nobody holds.
    let text = format!(
        "WITH held AS (
            SELECT c.handler_person AS person, COUNT(*) AS open,
                SUM(CASE WHEN c.due_on < ? THEN 1 ELSE 0 END) AS overdue,
                SUM(CASE WHEN c.due_on = ? THEN 1 ELSE 0 END) AS today,
                SUM(CASE WHEN c.due_on >= ? AND c.due_on <= ? THEN 1 ELSE 0 END) AS soon
            FROM case_record c WHERE {} AND c.turn = ? AND c.closed_at IS NULL GROUP BY c.handler_person),
         members AS (
            SELECT m.person, MAX(CASE WHEN m.role IN ({managers}) THEN 1 ELSE 0 END) AS manages FROM membership m
            WHERE {column} AND m.until IS NULL AND m.role IN ({marks}) GROUP BY m.person)
         SELECT p.id, p.number, p.name, p.name_en, CASE WHEN s.manages = 1 THEN ? ELSE ? END AS manages,
            CAST(COALESCE(h.open, 0) AS BIGINT) AS open, CAST(COALESCE(h.overdue, 0) AS BIGINT) AS overdue,
            CAST(COALESCE(h.today, 0) AS BIGINT) AS today, CAST(COALESCE(h.soon, 0) AS BIGINT) AS soon
         FROM members s JOIN person p ON p.id = s.person AND p.state = 'active' LEFT JOIN held h ON h.person = p.id
         UNION ALL
         SELECT NULL, NULL, NULL, NULL, ?, h.open, CAST(h.overdue AS BIGINT), CAST(h.today AS BIGINT),
            CAST(h.soon AS BIGINT) FROM held h WHERE h.person IS NULL",
        place.condition()
    );
    let mut values = vec![
        day.clone(),
        day.clone(),
        day,
        Value::from(soon_until(ctx, today).to_string()),
        Value::from(place.id()),
        Value::from(Turn::Handler.code()),
        Value::from(id),
    ];
    values.extend(HANDLERS.iter().map(|r| Value::from(r.code())));
    values.extend([Value::from(true), Value::from(false), Value::from(false)]);
    let mut lines: Vec<Line> = ctx::all(ctx, &text, values).await?;
    lines.sort_by_cached_key(|l| (l.name.as_deref().map(pinyin_key), l.id));
    let absences = absences(ctx, place, today).await?;
    let mut pool = Held::default();
    let mut loads: Vec<Load> = Vec::new();
    for line in lines {
        let held = Held { open: line.open, overdue: line.overdue, today: line.today, soon: line.soon };
        let (Some(person), Some(number), Some(name)) = (line.id, line.number, line.name) else {
            pool = held;
            continue;
        };
        loads.push(Load {
            person,
            number,
            name,
            name_en: line.name_en,
            manages: line.manages,
            held,
            away: absences.iter().find(|a| a.person == person && a.covers(today)).cloned(),
            stands_in: absences.iter().filter(|a| a.deputy == person && a.covers(today)).cloned().collect(),
        });
    }
    Ok((loads, pool))
}
