//! Reads behind the overview. Each takes the viewer and counts only what that viewer may see.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, Days, NaiveDate};
use huiqi_casework::scope;
use huiqi_identity::organisations::{self, OrgName};
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::people::{Capacity, Viewer};
use huiqi_kernel::rule::Flag;
use huiqi_store::clock::day_start;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

use super::ask::{Ask, NONE, Span};
use super::sets::{Figure, Now, Set, Table, Watched, base, condition, set};
use super::time::{Sample, WorkClock};
use crate::improvements::Cause;
use crate::requests::flow::{Channel, ClosedHow, RequestKind};

/// Days in which a window that took nothing is told of.
pub const SILENT_DAYS: u64 = 30;
/// Offers it must have had in that time.
pub const SILENT_OFFERS: i64 = 3;
/// Cases listed by name among what needs attention.
pub const LISTED: usize = 10;
/// From this month on a missing calendar of the next year is told of: it is published in November.
const CALENDAR_MONTH: u32 = 11;

/// What the conditions depend on besides the question, by the rule in force today.
pub fn now(ctx: &Ctx) -> Now {
    let today = ctx.today();
    let basic = ctx.rules().on(today).flag(Flag::SatisfiedIncludesBasic);
    Now { today, satisfied_from: if basic { 3 } else { 4 } }
}

/// A line of a table by some property: its code (`none` for records without one) and how many.
pub type Counted = (String, i64);

/// Requests that came in.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// By channel, all of them.
    pub channels: Vec<Counted>,
    /// By kind, all of them.
    pub kinds: Vec<Counted>,
    /// By category, all of them, and those without.
    pub categories: Vec<Counted>,
    /// By district, all of them, and those without.
    pub districts: Vec<Counted>,
    /// By month, the last twelve.
    pub months: Vec<(Span, i64)>,
}

/// One of the three watched steps.
#[derive(Clone, Copy, Debug, Default)]
pub struct StepFigures {
    /// Limits settled.
    pub settled: i64,
    /// Limits kept.
    pub kept: i64,
    /// Requests late with this step now.
    pub late: i64,
    /// How long it took.
    pub time: Sample,
}

/// Call-backs: those that ended in the span, and those of this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallFigures {
    /// Ended, reached or not.
    pub made: i64,
    /// Somebody was reached.
    pub reached: i64,
    /// The firm said that it is solved.
    pub solved: i64,
    /// Nobody was reached often enough.
    pub unreached: i64,
    /// Due now.
    pub open: i64,
    /// Over their day now.
    pub overdue: i64,
}

/// Improvements of one cause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CauseFigures {
    /// Code of the cause; `none` where it has not been found yet.
    pub cause: String,
    /// Opened in the span.
    pub opened: i64,
    /// Closed in the span.
    pub closed: i64,
    /// Open now.
    pub open: i64,
}

/// Who can be given an assignment, or answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Handler {
    /// A window.
    Window(i64),
    /// A provider, a department, or a desk that answered itself.
    Organisation(i64),
}

/// A window, provider or department with its work.
#[derive(Clone, Debug)]
pub struct HandlerFigures {
    /// Who.
    pub handler: Handler,
    /// Public number.
    pub number: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Assignments offered in the span.
    pub given: i64,
    /// Taken in the span.
    pub taken: i64,
    /// Declined in the span.
    pub declined: i64,
    /// Not achieved in the span.
    pub not_achieved: i64,
    /// Reported in the span.
    pub reported: i64,
    /// From offer to taking.
    pub to_take: Sample,
    /// From taking to report.
    pub to_answer: Sample,
    /// Grades given in the span.
    pub grades: i64,
    /// Their sum.
    pub grade_sum: i64,
    /// Open now.
    pub open: i64,
    /// Open now and late.
    pub overdue: i64,
}

impl HandlerFigures {
    /// Mean grade in hundredths; none without grades.
    pub fn mean(&self) -> Option<i64> {
        mean(self.grade_sum, self.grades)
    }

    /// Whether it is a window.
    pub fn is_window(&self) -> bool {
        matches!(self.handler, Handler::Window(_))
    }
}

/// A case that the ladder warned about.
#[derive(Clone, Debug, FromQueryResult)]
pub struct LadderRow {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Whose turn it is.
    pub turn: String,
    /// Desk that leads it.
    pub desk: String,
    /// Last day, ISO.
    pub due_on: Option<String>,
    /// Whom it was given to.
    pub handler: Option<String>,
    /// The same in English.
    pub handler_en: Option<String>,
}

/// A window that takes nothing.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SilentRow {
    /// Number of the window.
    pub number: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
    /// Offers it had.
    pub offers: i64,
}

/// What somebody should look into.
#[derive(Clone, Debug, Default)]
pub struct Attention {
    /// Cases warned about, the longest overdue first.
    pub ladder: Vec<LadderRow>,
    /// How many there are altogether.
    pub ladder_total: i64,
    /// Windows that took nothing in [`SILENT_DAYS`] days.
    pub silent: Vec<SilentRow>,
    /// Improvements overdue, and the first day of those.
    pub improve_overdue: (i64, Option<String>),
    /// Improvements whose firm waits for the call, and the first day due.
    pub improve_uncalled: (i64, Option<String>),
    /// Answered requests about which nobody was reached.
    pub unreached: i64,
    /// A year whose calendar is missing.
    pub calendar: Option<i32>,
}

/// Everything on the overview.
#[derive(Clone, Debug)]
pub struct Figures {
    /// When it was computed, UTC milliseconds.
    pub at: i64,
    /// The days.
    pub span: Span,
    /// The question with its days written out.
    pub ask: Ask,
    /// Today and the rule's parameter.
    pub now: Now,
    /// Requests submitted.
    pub intake_total: i64,
    /// The same by properties.
    pub intake: Intake,
    /// Acceptance, dispatch, answer.
    pub steps: [StepFigures; 3],
    /// Closed, by how.
    pub closed: Vec<(ClosedHow, i64)>,
    /// Closed altogether.
    pub closed_total: i64,
    /// Closed by somebody's word.
    pub confirmed: i64,
    /// Closed and rated by now.
    pub closed_rated: i64,
    /// Refused.
    pub refused: i64,
    /// Withdrawn.
    pub withdrawn: i64,
    /// Merged into another one.
    pub merged: i64,
    /// Assignments not achieved.
    pub not_achieved: i64,
    /// Assignments reported or not achieved.
    pub tried: i64,
    /// Grades from 5 to 1 with their counts.
    pub grades: [(i64, i64); 5],
    /// Grades that count as satisfied.
    pub satisfied: i64,
    /// Grades left out after an appeal.
    pub excluded: i64,
    /// Improvements opened, closed, open now.
    pub improvements: (i64, i64, i64),
    /// The same by cause, those that occur.
    pub causes: Vec<CauseFigures>,
    /// From opening to closing of those closed in the span.
    pub improve_time: Sample,
    /// Call-backs.
    pub calls: CallFigures,
    /// Windows and providers.
    pub handlers: Vec<HandlerFigures>,
    /// What needs attention.
    pub attention: Attention,
    /// Whether this viewer sees reports.
    pub reports: bool,
}

impl Figures {
    /// How many grades were given.
    pub fn rated(&self) -> i64 {
        self.grades.iter().map(|(_, n)| n).sum()
    }

    /// Mean grade in hundredths; none without grades.
    pub fn mean(&self) -> Option<i64> {
        mean(self.grades.iter().map(|(grade, n)| grade * n).sum(), self.rated())
    }

    /// A watched step.
    pub fn step(&self, step: Watched) -> &StepFigures {
        match step {
            Watched::Accept => &self.steps[0],
            Watched::Dispatch => &self.steps[1],
            Watched::Answer => &self.steps[2],
        }
    }
}

/// A mean in hundredths, rounded half up.
pub(super) fn mean(sum: i64, n: i64) -> Option<i64> {
    (n > 0).then(|| (sum * 200 + n) / (2 * n))
}

/// The set of a figure; senseless filters are no page.
pub(super) fn must(figure: Figure, viewer: &Viewer, ask: &Ask, now: Now) -> Result<Set, Fault> {
    set(figure, viewer, ask, now).ok_or(Fault::NotFound)
}

#[derive(FromQueryResult)]
struct CountRow {
    place: i64,
    n: i64,
}

/// Counts many sets in one statement.
pub(super) async fn counts(ctx: &Ctx, sets: &[Set]) -> Result<Vec<i64>, Fault> {
    let mut text = Vec::with_capacity(sets.len());
    let mut values = Vec::new();
    for (place, set) in sets.iter().enumerate() {
        let (one, own) = set.statement(&format!("SELECT CAST({place} AS BIGINT) AS place, COUNT(*) AS n"), "");
        text.push(one);
        values.extend(own);
    }
    let mut out = vec![0; sets.len()];
    for row in ctx::all::<CountRow>(ctx, &text.join(" UNION ALL "), values).await? {
        if let Some(slot) = usize::try_from(row.place).ok().and_then(|place| out.get_mut(place)) {
            *slot = row.n;
        }
    }
    Ok(out)
}

#[derive(FromQueryResult)]
struct PairRow {
    a: i64,
    b: i64,
}

async fn pairs(ctx: &Ctx, set: &Set, from: &str, to: &str) -> Result<Vec<(i64, i64)>, Fault> {
    let (text, values) = set.statement(&format!("SELECT {from} AS a, {to} AS b"), "");
    Ok(ctx::all::<PairRow>(ctx, &text, values).await?.into_iter().map(|row| (row.a, row.b)).collect())
}

/// How long one watched step took.
pub(super) async fn step_time(ctx: &Ctx, viewer: &Viewer, ask: &Ask, step: Watched, now: Now) -> Result<Sample, Fault> {
    let ask = ask.of(Figure::Time).with(|a| a.step = step.code().to_owned());
    let (from, to) = step.columns();
    let pairs = pairs(ctx, &must(Figure::Time, viewer, &ask, now)?, from, to).await?;
    Ok(Sample::between(&ctx.calendar(), &pairs))
}

#[derive(FromQueryResult)]
struct IntakeRow {
    channel: String,
    kind: Option<String>,
    category: Option<String>,
    district: Option<String>,
    month: i64,
    n: i64,
}

async fn intake(ctx: &Ctx, viewer: &Viewer, ask: &Ask, span: Span, now: Now) -> Result<Intake, Fault> {
    let months = span.months();
    let mut month = String::from("CASE");
    for (place, one) in months.iter().enumerate() {
        month.push_str(&format!(" WHEN c.opened_at >= {} AND c.opened_at < {} THEN {place}", one.start(), one.end()));
    }
    month.push_str(" ELSE -1 END");
    let set = must(Figure::Intake, viewer, &ask.of(Figure::Intake), now)?;
    let (inner, values) = set.statement(
        &format!("SELECT r.channel AS channel, c.kind AS kind, c.category AS category, c.district AS district, CAST({month} AS BIGINT) AS month"),
        "",
    );
    let text = format!(
        "SELECT x.channel, x.kind, x.category, x.district, x.month, COUNT(*) AS n FROM ({inner}) x
         GROUP BY x.channel, x.kind, x.category, x.district, x.month"
    );
    let rows: Vec<IntakeRow> = ctx::all(ctx, &text, values).await?;
    let by = |codes: Vec<&str>, of: &dyn Fn(&IntakeRow) -> Option<&str>, none: bool| -> Vec<Counted> {
        let sum = |code: Option<&str>| rows.iter().filter(|row| of(row) == code).map(|row| row.n).sum::<i64>();
        let mut out: Vec<Counted> = codes.iter().map(|code| ((*code).to_owned(), sum(Some(code)))).collect();
        if none {
            out.push((NONE.to_owned(), sum(None)));
        }
        out
    };
    Ok(Intake {
        channels: by(Channel::ALL.iter().map(|c| c.code()).collect(), &|row| Some(&row.channel), false),
        kinds: by(RequestKind::ALL.iter().map(|k| k.code()).collect(), &|row| row.kind.as_deref(), false),
        categories: by(Category::all().iter().map(|c| c.code()).collect(), &|row| row.category.as_deref(), true),
        districts: by(District::all().iter().map(|d| d.code()).collect(), &|row| row.district.as_deref(), true),
        months: months
            .into_iter()
            .enumerate()
            .map(|(place, one)| {
                let n = rows.iter().filter(|row| usize::try_from(row.month) == Ok(place)).map(|row| row.n).sum();
                (one, n)
            })
            .collect(),
    })
}

/// `CAST(SUM(CASE WHEN … THEN 1 ELSE 0 END) AS BIGINT) AS name`.
fn sum_of(condition: &str, name: &str) -> String {
    format!("CAST(COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0) AS BIGINT) AS {name}")
}

#[derive(FromQueryResult)]
struct CauseRow {
    cause: Option<String>,
    opened: i64,
    closed: i64,
    open: i64,
}

async fn causes(ctx: &Ctx, viewer: &Viewer, ask: &Ask, span: Span, now: Now) -> Result<Vec<CauseFigures>, Fault> {
    let scope = base(Table::Improved, viewer, ask).ok_or(Fault::NotFound)?;
    let part = |figure| condition(figure, ask, span, now).ok_or(Fault::NotFound);
    let (opened, closed, open) =
        (part(Figure::ImproveOpened)?.sql, part(Figure::ImproveClosed)?.sql, part(Figure::ImproveOpen)?.sql);
    let text = format!(
        "SELECT i.cause AS cause, {}, {}, {} FROM {} WHERE ({}) AND (({opened}) OR ({closed}) OR ({open})) GROUP BY i.cause",
        sum_of(&opened, "opened"),
        sum_of(&closed, "closed"),
        sum_of(&open, "open"),
        Table::Improved.sql(),
        scope.sql
    );
    let rows: Vec<CauseRow> = ctx::all(ctx, &text, scope.values).await?;
    let find = |code: Option<&str>| {
        rows.iter().find(|row| row.cause.as_deref() == code).map(|row| CauseFigures {
            cause: code.unwrap_or(NONE).to_owned(),
            opened: row.opened,
            closed: row.closed,
            open: row.open,
        })
    };
    Ok(Cause::ALL.iter().map(|c| Some(c.code())).chain([None]).filter_map(find).collect())
}

#[derive(FromQueryResult)]
struct AssignedRow {
    handler_org: Option<i64>,
    handler_window: Option<i64>,
    opened_at: i64,
    taken_at: Option<i64>,
    closed_at: Option<i64>,
    given: i64,
    taken: i64,
    declined: i64,
    not_achieved: i64,
    reported: i64,
}

#[derive(FromQueryResult)]
struct OpenRow {
    handler_org: Option<i64>,
    handler_window: Option<i64>,
    open: i64,
    overdue: i64,
}

#[derive(FromQueryResult)]
struct GradeRow {
    organisation: Option<i64>,
    service_window: Option<i64>,
    grades: i64,
    grade_sum: i64,
}

#[derive(FromQueryResult)]
struct WindowRow {
    id: i64,
    number: String,
    name: String,
    name_en: Option<String>,
    state: String,
}

fn handler(org: Option<i64>, window: Option<i64>) -> Option<Handler> {
    window.map(Handler::Window).or(org.map(Handler::Organisation))
}

#[derive(Default)]
struct Tally {
    given: i64,
    taken: i64,
    declined: i64,
    not_achieved: i64,
    reported: i64,
    to_take: Vec<i64>,
    to_answer: Vec<i64>,
    grades: i64,
    grade_sum: i64,
    open: i64,
    overdue: i64,
}

async fn handlers(ctx: &Ctx, viewer: &Viewer, ask: &Ask, span: Span, now: Now) -> Result<Vec<HandlerFigures>, Fault> {
    let assigned = base(Table::Assigned, viewer, ask).ok_or(Fault::NotFound)?;
    let part = |figure| condition(figure, ask, span, now).map(|s| s.sql).ok_or(Fault::NotFound);
    let flag =
        |condition: &str, name: &str| format!("CAST(CASE WHEN {condition} THEN 1 ELSE 0 END AS BIGINT) AS {name}");
    let (given, taken) = (part(Figure::Given)?, part(Figure::Taken)?);
    let (declined, not_achieved, reported) =
        (part(Figure::Declined)?, part(Figure::NotAchieved)?, part(Figure::Reported)?);
    let text = format!(
        "SELECT c.handler_org, c.handler_window, c.opened_at, a.taken_at, c.closed_at, {}, {}, {}, {}, {}
         FROM {} WHERE ({}) AND (({given}) OR ({taken}) OR ({declined}) OR ({not_achieved}) OR ({reported}))",
        flag(&given, "given"),
        flag(&taken, "taken"),
        flag(&declined, "declined"),
        flag(&not_achieved, "not_achieved"),
        flag(&reported, "reported"),
        Table::Assigned.sql(),
        assigned.sql
    );
    let rows: Vec<AssignedRow> = ctx::all(ctx, &text, assigned.values.clone()).await?;

    let mut tallies: HashMap<Handler, Tally> = HashMap::new();
    let moments = rows.iter().flat_map(|row| [Some(row.opened_at), row.taken_at, row.closed_at]).flatten();
    let clock = WorkClock::over(&ctx.calendar(), moments);
    for row in &rows {
        let Some(handler) = handler(row.handler_org, row.handler_window) else { continue };
        let tally = tallies.entry(handler).or_default();
        tally.given += row.given;
        tally.taken += row.taken;
        tally.declined += row.declined;
        tally.not_achieved += row.not_achieved;
        tally.reported += row.reported;
        if let (1, Some(taken_at)) = (row.taken, row.taken_at) {
            tally.to_take.push(clock.between(row.opened_at, taken_at));
        }
        if let (1, Some(taken_at), Some(closed_at)) = (row.reported, row.taken_at, row.closed_at) {
            tally.to_answer.push(clock.between(taken_at, closed_at));
        }
    }

    let open = must(Figure::Open, viewer, &ask.of(Figure::Open), now)?;
    let overdue = condition(Figure::Overdue, ask, span, now).ok_or(Fault::NotFound)?;
    let (text, values) = open.statement(
        &format!("SELECT c.handler_org, c.handler_window, COUNT(*) AS open, {}", sum_of(&overdue.sql, "overdue")),
        "GROUP BY c.handler_org, c.handler_window",
    );
    let values: Vec<Value> = overdue.values.into_iter().chain(values).collect();
    for row in ctx::all::<OpenRow>(ctx, &text, values).await? {
        let Some(handler) = handler(row.handler_org, row.handler_window) else { continue };
        let tally = tallies.entry(handler).or_default();
        tally.open += row.open;
        tally.overdue += row.overdue;
    }

    let rated = must(Figure::Rated, viewer, &ask.of(Figure::Rated), now)?;
    let (text, values) = rated.statement(
        "SELECT g.organisation, g.service_window, COUNT(*) AS grades, CAST(SUM(g.grade) AS BIGINT) AS grade_sum",
        "GROUP BY g.organisation, g.service_window",
    );
    for row in ctx::all::<GradeRow>(ctx, &text, values).await? {
        let Some(handler) = handler(row.organisation, row.service_window) else { continue };
        let tally = tallies.entry(handler).or_default();
        tally.grades += row.grades;
        tally.grade_sum += row.grade_sum;
    }

    // An office that sees its own matters only is not shown those that have nothing to do with them.
    let all = !ask.is_filtered() && viewer.actor().is_none_or(|a| a.role.capacity() != Capacity::Department);
    named(ctx, all, tallies).await
}

/// Puts names to the tallies. With `all`, every window at work stands there, also one that has nothing to show.
async fn named(ctx: &Ctx, all: bool, mut tallies: HashMap<Handler, Tally>) -> Result<Vec<HandlerFigures>, Fault> {
    let windows: Vec<WindowRow> = ctx::all(
        ctx,
        "SELECT w.id, w.number, w.name, w.name_en, w.state FROM service_window w ORDER BY w.pinyin, w.id",
        [],
    )
    .await?;
    let ids: BTreeSet<i64> = tallies
        .keys()
        .filter_map(|h| match h {
            Handler::Organisation(id) => Some(*id),
            Handler::Window(_) => None,
        })
        .collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let names: HashMap<i64, OrgName> =
        if ids.is_empty() { HashMap::new() } else { organisations::names(ctx, &ids).await? };
    let mut out = Vec::new();
    for window in windows {
        let key = Handler::Window(window.id);
        let at_work = all && matches!(window.state.as_str(), "connected" | "suspended");
        let tally = match tallies.remove(&key) {
            Some(tally) => tally,
            None if at_work => Tally::default(),
            None => continue,
        };
        out.push(row(key, window.number, window.name, window.name_en, tally));
    }
    for id in ids {
        let key = Handler::Organisation(id);
        if let (Some(tally), Some(name)) = (tallies.remove(&key), names.get(&id)) {
            out.push(row(key, name.number.clone(), name.name.clone(), name.name_en.clone(), tally));
        }
    }
    Ok(out)
}

fn row(handler: Handler, number: String, name: String, name_en: Option<String>, tally: Tally) -> HandlerFigures {
    HandlerFigures {
        handler,
        number,
        name,
        name_en,
        given: tally.given,
        taken: tally.taken,
        declined: tally.declined,
        not_achieved: tally.not_achieved,
        reported: tally.reported,
        to_take: Sample::of(tally.to_take),
        to_answer: Sample::of(tally.to_answer),
        grades: tally.grades,
        grade_sum: tally.grade_sum,
        open: tally.open,
        overdue: tally.overdue,
    }
}

#[derive(FromQueryResult)]
struct DueRow {
    overdue: Option<String>,
    uncalled: Option<String>,
}

/// A year without calendar that should have one by now.
fn calendar_missing(ctx: &Ctx, today: NaiveDate) -> Option<i32> {
    let calendar = ctx.calendar();
    let next = today.month() >= CALENDAR_MONTH;
    [Some(today.year()), next.then(|| today.year() + 1)].into_iter().flatten().find(|year| !calendar.has_year(*year))
}

/// The days in which a silent window is looked for.
pub fn silent_span(today: NaiveDate) -> Span {
    Span { from: today - Days::new(SILENT_DAYS - 1), to: today }
}

async fn attention(ctx: &Ctx, viewer: &Viewer, ask: &Ask, now: Now, counted: &Counts) -> Result<Attention, Fault> {
    let ladder = must(Figure::Ladder, viewer, &ask.of(Figure::Ladder), now)?;
    let (text, values) = (
        format!(
            "SELECT c.number, c.title, c.turn, c.desk, c.due_on, COALESCE(w.name, o.name) AS handler,
                COALESCE(w.name_en, o.name_en) AS handler_en
             FROM case_record c LEFT JOIN service_window w ON w.id = c.handler_window
             LEFT JOIN organisation o ON o.id = c.handler_org
             WHERE {} ORDER BY COALESCE(c.due_on, '9999-12-31'), c.id LIMIT {LISTED}",
            ladder.scope.sql
        ),
        ladder.scope.values,
    );
    let ladder: Vec<LadderRow> = ctx::all(ctx, &text, values).await?;

    let since = day_start(silent_span(now.today).from);
    let scope = base(Table::Assigned, viewer, ask).ok_or(Fault::NotFound)?;
    let offers = format!("SUM(CASE WHEN c.opened_at >= {since} AND c.state <> 'recalled' THEN 1 ELSE 0 END)");
    let text = format!(
        "SELECT w.number, w.name, w.name_en, x.offers FROM (
            SELECT c.handler_window AS handler_window, CAST({offers} AS BIGINT) AS offers FROM {}
            WHERE ({}) AND c.handler_window IS NOT NULL AND (c.opened_at >= {since} OR a.taken_at >= {since})
            GROUP BY c.handler_window
            HAVING {offers} >= {SILENT_OFFERS} AND SUM(CASE WHEN a.taken_at >= {since} THEN 1 ELSE 0 END) = 0) x
         JOIN service_window w ON w.id = x.handler_window WHERE w.state <> 'ended'
         ORDER BY x.offers DESC, w.id LIMIT {LISTED}",
        Table::Assigned.sql(),
        scope.sql
    );
    let silent: Vec<SilentRow> = ctx::all(ctx, &text, scope.values).await?;

    let (overdue_n, uncalled_n) = (counted.of(Figure::ImproveOverdue), counted.of(Figure::ImproveUncalled));
    let due = if overdue_n + uncalled_n > 0 {
        let open = must(Figure::ImproveOpen, viewer, &ask.of(Figure::ImproveOpen), now)?;
        let part = |figure| condition(figure, ask, ask.span(now.today), now).ok_or(Fault::NotFound);
        let (overdue, uncalled) = (part(Figure::ImproveOverdue)?, part(Figure::ImproveUncalled)?);
        let (text, values) = open.statement(
            &format!(
                "SELECT MIN(CASE WHEN {} THEN c.due_on END) AS overdue, MIN(CASE WHEN {} THEN c.due_on END) AS uncalled",
                overdue.sql, uncalled.sql
            ),
            "",
        );
        let values: Vec<Value> = overdue.values.into_iter().chain(uncalled.values).chain(values).collect();
        ctx::one::<DueRow>(ctx, &text, values).await?
    } else {
        None
    };
    let due = due.unwrap_or(DueRow { overdue: None, uncalled: None });
    Ok(Attention {
        ladder,
        ladder_total: counted.of(Figure::Ladder),
        silent,
        improve_overdue: (overdue_n, due.overdue),
        improve_uncalled: (uncalled_n, due.uncalled),
        unreached: counted.of(Figure::Unreached),
        calendar: calendar_missing(ctx, now.today),
    })
}

/// Figures counted together, found again by their question.
struct Counts(HashMap<Ask, i64>, Ask);

impl Counts {
    async fn read(ctx: &Ctx, viewer: &Viewer, ask: &Ask, now: Now, asks: Vec<Ask>) -> Result<Counts, Fault> {
        let mut sets = Vec::with_capacity(asks.len());
        for one in &asks {
            let figure = Figure::from_code(&one.figure).ok_or(Fault::NotFound)?;
            sets.push(must(figure, viewer, one, now)?);
        }
        let found = counts(ctx, &sets).await?;
        Ok(Counts(asks.into_iter().zip(found).collect(), ask.clone()))
    }

    fn of(&self, figure: Figure) -> i64 {
        self.at(&self.1.of(figure))
    }

    fn at(&self, ask: &Ask) -> i64 {
        self.0.get(ask).copied().unwrap_or_default()
    }
}

/// The question about the limits of one step.
pub fn limit_ask(ask: &Ask, step: Watched, kept: &str) -> Ask {
    ask.of(Figure::Limit).with(|a| {
        a.step = step.code().to_owned();
        a.kept = kept.to_owned();
    })
}

/// The question about requests late with one step.
pub fn late_ask(ask: &Ask, step: Watched) -> Ask {
    ask.of(Figure::Late).with(|a| a.step = step.code().to_owned())
}

/// The question about requests closed in one way.
pub fn how_ask(ask: &Ask, how: ClosedHow) -> Ask {
    ask.of(Figure::Closed).with(|a| a.how = how.code().to_owned())
}

/// The question about one grade.
pub fn grade_ask(ask: &Ask, grade: i64) -> Ask {
    ask.of(Figure::Rated).with(|a| a.grade = grade.to_string())
}

/// Figures that are plain counts and need nothing said besides.
const PLAIN: &[Figure] = &[
    Figure::Intake,
    Figure::Closed,
    Figure::Confirmed,
    Figure::ClosedRated,
    Figure::Refused,
    Figure::Withdrawn,
    Figure::Merged,
    Figure::Satisfied,
    Figure::Excluded,
    Figure::NotAchieved,
    Figure::Tried,
    Figure::ImproveOpened,
    Figure::ImproveClosed,
    Figure::ImproveOpen,
    Figure::ImproveOverdue,
    Figure::ImproveUncalled,
    Figure::Ladder,
    Figure::Unreached,
    Figure::CallsMade,
    Figure::CallsReached,
    Figure::CallsSolved,
    Figure::CallsUnreached,
    Figure::CallsOpen,
    Figure::CallsOverdue,
];

/// Everything on the overview, for this viewer. At most seventeen statements, whatever the amount of data.
///
/// # Errors
/// [`Fault::NotFound`] for filters without sense; when the database fails.
pub async fn figures(ctx: &Ctx, viewer: &Viewer, ask: &Ask) -> Result<Figures, Fault> {
    let at = ctx.now();
    let now = now(ctx);
    let ask = ask.overview().dated(now.today);
    let span = ask.span(now.today);

    let mut asks: Vec<Ask> = PLAIN.iter().map(|figure| ask.of(*figure)).collect();
    for step in Watched::ALL {
        asks.extend([limit_ask(&ask, *step, ""), limit_ask(&ask, *step, "yes"), late_ask(&ask, *step)]);
    }
    asks.extend(ClosedHow::ALL.iter().map(|how| how_ask(&ask, *how)));
    asks.extend((1..=5).map(|grade| grade_ask(&ask, grade)));
    let counted = Counts::read(ctx, viewer, &ask, now, asks).await?;

    let mut steps = [StepFigures::default(); 3];
    for (slot, step) in steps.iter_mut().zip(Watched::ALL) {
        *slot = StepFigures {
            settled: counted.at(&limit_ask(&ask, *step, "")),
            kept: counted.at(&limit_ask(&ask, *step, "yes")),
            late: counted.at(&late_ask(&ask, *step)),
            time: step_time(ctx, viewer, &ask, *step, now).await?,
        };
    }
    let closed = must(Figure::ImproveClosed, viewer, &ask.of(Figure::ImproveClosed), now)?;
    let improve_time = Sample::between(&ctx.calendar(), &pairs(ctx, &closed, "c.opened_at", "c.closed_at").await?);
    Ok(Figures {
        at,
        span,
        now,
        intake_total: counted.of(Figure::Intake),
        intake: intake(ctx, viewer, &ask, span, now).await?,
        steps,
        closed: ClosedHow::ALL.iter().map(|how| (*how, counted.at(&how_ask(&ask, *how)))).collect(),
        closed_total: counted.of(Figure::Closed),
        confirmed: counted.of(Figure::Confirmed),
        closed_rated: counted.of(Figure::ClosedRated),
        refused: counted.of(Figure::Refused),
        withdrawn: counted.of(Figure::Withdrawn),
        merged: counted.of(Figure::Merged),
        not_achieved: counted.of(Figure::NotAchieved),
        tried: counted.of(Figure::Tried),
        grades: [5, 4, 3, 2, 1].map(|grade| (grade, counted.at(&grade_ask(&ask, grade)))),
        satisfied: counted.of(Figure::Satisfied),
        excluded: counted.of(Figure::Excluded),
        improvements: (
            counted.of(Figure::ImproveOpened),
            counted.of(Figure::ImproveClosed),
            counted.of(Figure::ImproveOpen),
        ),
        causes: causes(ctx, viewer, &ask, span, now).await?,
        improve_time,
        calls: CallFigures {
            made: counted.of(Figure::CallsMade),
            reached: counted.of(Figure::CallsReached),
            solved: counted.of(Figure::CallsSolved),
            unreached: counted.of(Figure::CallsUnreached),
            open: counted.of(Figure::CallsOpen),
            overdue: counted.of(Figure::CallsOverdue),
        },
        handlers: handlers(ctx, viewer, &ask, span, now).await?,
        attention: attention(ctx, viewer, &ask, now, &counted).await?,
        reports: scope::sees_reports(ctx, viewer).await?,
        ask,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_kept_in_hundredths() {
        assert_eq!(mean(0, 0), None);
        assert_eq!(mean(9, 2), Some(450));
        assert_eq!(mean(14, 3), Some(467));
        assert_eq!(mean(5, 1), Some(500));
    }
}
