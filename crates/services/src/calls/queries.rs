//! Reads of call-backs. What a viewer may not know of is not there; what somebody else calls about is not there either.

use huiqi_casework::record::COLUMNS;
use huiqi_casework::record::Case;
use huiqi_casework::scope::{Scope, visible};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};

use super::{Outcome, Why};
use crate::requests::flow::CALLERS;

/// A request that has to be called about, or was.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Call {
    /// Row id.
    pub id: i64,
    /// Why, as a code.
    pub why: String,
    /// Who calls: operator, centre, bureau.
    pub caller: String,
    /// The organisation that answered.
    pub judged: i64,
    /// Last day, ISO.
    pub due_on: String,
    /// How it ended, as a code.
    pub outcome: Option<String>,
    /// What the firm said.
    pub solved: Option<bool>,
    /// When it ended, UTC milliseconds.
    pub ended_at: Option<i64>,
}

const CALL: &str = "d.id, d.why, d.caller, d.judged, d.due_on, d.outcome, d.solved, d.ended_at";

impl Call {
    /// Why.
    pub fn why(&self) -> Why {
        Why::from_code(&self.why).unwrap_or(Why::Confirm)
    }
    /// How it ended.
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome.as_deref().and_then(Outcome::from_code)
    }
}

/// The open call of a request, inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn open_in(work: &Work, case: i64) -> Result<Option<Call>, Fault> {
    work.one(
        &format!("SELECT {CALL} FROM call_due d WHERE d.case_id = ? AND d.ended_at IS NULL ORDER BY d.id LIMIT 1"),
        [Value::from(case)],
    )
    .await
}

/// The calls of a request, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_case(ctx: &Ctx, case: i64) -> Result<Vec<Call>, Fault> {
    ctx::all(ctx, &format!("SELECT {CALL} FROM call_due d WHERE d.case_id = ? ORDER BY d.id DESC"), [Value::from(case)])
        .await
}

/// One time somebody dialled.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Try {
    /// The call it belongs to.
    pub call_id: Option<i64>,
    /// UTC milliseconds.
    pub at: i64,
    /// Whether somebody answered.
    pub reached: bool,
    /// What the firm said.
    pub solved: Option<bool>,
    /// The grade it gave.
    pub grade: Option<i64>,
    /// Its words, or why nobody was reached.
    pub words: Option<String>,
    /// Who called.
    pub person: Option<String>,
    /// The same in English.
    pub person_en: Option<String>,
}

impl Try {
    /// Who called, for a reader of this language.
    pub fn who(&self, locale: Locale) -> &str {
        huiqi_casework::timeline::in_words(
            self.person.as_deref().unwrap_or_default(),
            self.person_en.as_deref(),
            locale,
        )
    }
}

/// Every try of a request, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn tries(ctx: &Ctx, case: i64) -> Result<Vec<Try>, Fault> {
    ctx::all(
        ctx,
        "SELECT k.call_id, k.at, k.reached, k.solved, k.grade, k.words, p.name AS person, p.name_en AS person_en
         FROM call_back k LEFT JOIN person p ON p.id = k.person WHERE k.case_id = ? ORDER BY k.id",
        [Value::from(case)],
    )
    .await
}

/// Times at which nobody was reached in one call, inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn missed_in(work: &Work, call: i64) -> Result<Vec<i64>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        at: i64,
    }
    let rows: Vec<Row> = work
        .all(
            "SELECT k.at FROM call_back k WHERE k.call_id = ? AND k.reached = ? ORDER BY k.id",
            [Value::from(call), Value::from(false)],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.at).collect())
}

/// Calls this viewer may make: of requests the viewer may know of, assigned to the viewer's desk, and never about one's
/// own organisation or one's own work. Stands on `call_due d JOIN case_record c`.
pub fn mine(viewer: &Viewer) -> Scope {
    let visible = visible(viewer);
    match viewer.actor().filter(|a| a.is(CALLERS)) {
        Some(actor) => visible.and(
            "d.caller = ? AND d.judged <> ? AND NOT EXISTS (SELECT 1 FROM case_record o
                WHERE o.parent = c.id AND o.flow = 'assignment' AND o.handler_person = ?)",
            [Value::from(actor.role.capacity().code()), Value::from(actor.organisation), Value::from(actor.person)],
        ),
        None => visible.and("1 = 0", []),
    }
}

/// How many calls wait for this viewer, as a subquery for the navigation, which asks for all its counts at once.
pub fn waiting(viewer: &Viewer) -> Scope {
    let mut scope = mine(viewer);
    scope.sql = format!(
        "SELECT COUNT(*) FROM call_due d JOIN case_record c ON c.id = d.case_id WHERE d.ended_at IS NULL AND ({})",
        scope.sql
    );
    scope
}

/// Numbers above the queue.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
pub struct Totals {
    /// Open.
    pub open: i64,
    /// Open and over their day.
    pub overdue: i64,
    /// Open, tried without reaching anybody.
    pub tried: i64,
    /// Ended in the last thirty days.
    pub ended: i64,
}

/// A row of the queue.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Row {
    /// The request.
    #[sea_orm(nested)]
    pub case: Case,
    /// Row id of the call.
    pub call_id: i64,
    /// Why.
    pub why: String,
    /// Last day of the call, ISO.
    pub call_due: String,
    /// How it ended.
    pub outcome: Option<String>,
    /// What the firm said.
    pub solved: Option<bool>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// The firm by its name in the register, or as it named itself.
    pub firm_name: Option<String>,
    /// Who answered.
    pub judged_name: String,
    /// The same in English.
    pub judged_en: Option<String>,
    /// Tries without reaching anybody.
    pub missed: i64,
    /// All tries.
    pub tries: i64,
    /// The last of them, UTC milliseconds.
    pub last_at: Option<i64>,
}

/// Which part of the queue is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Everything that is open.
    #[default]
    Open,
    /// Open and over its day.
    Overdue,
    /// Open and tried.
    Tried,
    /// Ended lately.
    Ended,
}

const MISSED: &str = "SELECT COUNT(*) FROM call_back k WHERE k.call_id = d.id AND k.reached = ?";

/// Numbers above the queue of this viewer. `since` is where "lately" begins, UTC milliseconds.
///
/// # Errors
/// When the database fails.
pub async fn totals(ctx: &Ctx, viewer: &Viewer, since: i64) -> Result<Totals, Fault> {
    let scope = mine(viewer);
    let sum = |condition: &str| format!("CAST(COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0) AS BIGINT)");
    let text = format!(
        "SELECT {} AS open, {} AS overdue, {} AS tried, {} AS ended
         FROM call_due d JOIN case_record c ON c.id = d.case_id WHERE (d.ended_at IS NULL OR d.ended_at >= ?) AND ({})",
        sum("d.ended_at IS NULL"),
        sum("d.ended_at IS NULL AND d.due_on < ?"),
        sum(&format!("d.ended_at IS NULL AND ({MISSED}) > 0")),
        sum("d.ended_at IS NOT NULL AND d.outcome <> 'not-needed'"),
        scope.sql
    );
    let mut values = vec![Value::from(ctx.today().to_string()), Value::from(false), Value::from(since)];
    values.extend(scope.values);
    Ok(ctx::one(ctx, &text, values).await?.unwrap_or_default())
}

/// A page of the queue: due first; what ended, newest first.
///
/// # Errors
/// When the database fails.
pub async fn rows(ctx: &Ctx, viewer: &Viewer, part: Part, since: i64, skip: i64, page: i64) -> Result<Vec<Row>, Fault> {
    let scope = mine(viewer);
    let (condition, own, order) = match part {
        Part::Open => ("d.ended_at IS NULL".to_owned(), vec![], "d.due_on, d.id"),
        Part::Overdue => (
            "d.ended_at IS NULL AND d.due_on < ?".to_owned(),
            vec![Value::from(ctx.today().to_string())],
            "d.due_on, d.id",
        ),
        Part::Tried => (format!("d.ended_at IS NULL AND ({MISSED}) > 0"), vec![Value::from(false)], "d.due_on, d.id"),
        Part::Ended => (
            "d.ended_at >= ? AND d.outcome <> 'not-needed'".to_owned(),
            vec![Value::from(since)],
            "d.ended_at DESC, d.id DESC",
        ),
    };
    let text = format!(
        "SELECT {COLUMNS}, d.id AS call_id, d.why, d.due_on AS call_due, d.outcome, d.solved, d.ended_at,
            COALESCE(f.name, c.asker) AS firm_name, COALESCE(w.name, j.name) AS judged_name,
            CASE WHEN w.id IS NULL THEN j.name_en ELSE w.name_en END AS judged_en,
            ({MISSED}) AS missed, (SELECT COUNT(*) FROM call_back k WHERE k.call_id = d.id) AS tries,
            (SELECT MAX(k.at) FROM call_back k WHERE k.call_id = d.id) AS last_at
         FROM call_due d JOIN case_record c ON c.id = d.case_id JOIN request r ON r.case_id = c.id
         JOIN organisation j ON j.id = d.judged LEFT JOIN organisation f ON f.id = c.firm
         LEFT JOIN service_window w ON w.id = r.answered_window AND r.answered_org = d.judged
         WHERE ({}) AND {condition} ORDER BY {order} LIMIT {} OFFSET {skip}",
        scope.sql,
        page + 1
    );
    let mut values = vec![Value::from(false)];
    values.extend(scope.values);
    values.extend(own);
    ctx::all(ctx, &text, values).await
}
