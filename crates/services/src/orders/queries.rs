//! Reads about supervision orders: to whom one can go, what is due for one, and an order with its rounds.

use huiqi_casework::ladder::Reached;
use huiqi_casework::record::{Case, Desk, Turn};
use huiqi_casework::scope::{self, Scope};
use huiqi_casework::timeline::in_words;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Capacity, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

/// To whom an order can go.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Target {
    /// Row id of the organisation.
    pub organisation: i64,
    /// Row id of the window, where it is one.
    pub service_window: Option<i64>,
    /// Public number of window or organisation.
    pub number: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: Option<String>,
}

impl Target {
    /// The name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        in_words(&self.name, self.name_en.as_deref(), locale)
    }
}

const TARGET: &str = "o.id AS organisation, w.id AS service_window, COALESCE(w.number, o.number) AS number,
     COALESCE(w.name, o.name) AS name, CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS name_en";

/// The organisation of the network's own: operator or centre.
///
/// # Errors
/// When the database fails.
pub async fn office(ctx: &Ctx, capacity: Capacity) -> Result<Option<Target>, Fault> {
    ctx::one(
        ctx,
        "SELECT o.id AS organisation, CAST(NULL AS BIGINT) AS service_window, o.number, o.name, o.name_en
         FROM organisation_capacity k JOIN organisation o ON o.id = k.organisation
         WHERE k.capacity = ? ORDER BY o.id LIMIT 1",
        [Value::from(capacity.code())],
    )
    .await
}

/// To whom this person may issue an order about a case: those that have it in hand, and the offices below the own one
/// that lead it. Without a case: every window, the offices, and whoever else is late with something. Never the own house.
///
/// # Errors
/// When the database fails.
pub async fn targets(ctx: &Ctx, viewer: &Viewer, about: Option<&Case>) -> Result<Vec<Target>, Fault> {
    let Some(actor) = viewer.actor() else { return Ok(Vec::new()) };
    let mut out: Vec<Target> = match about {
        Some(case) => {
            let text = format!(
                "SELECT DISTINCT {TARGET} FROM case_record c JOIN organisation o ON o.id = c.handler_org
                 LEFT JOIN service_window w ON w.id = c.handler_window
                 WHERE c.closed_at IS NULL AND c.turn = 'handler' AND c.flow <> 'supervision-order'
                   AND (c.id = ? OR (c.parent = ? AND c.flow = 'assignment')) ORDER BY 3"
            );
            ctx::all(ctx, &text, [Value::from(case.id), Value::from(case.id)]).await?
        }
        None => {
            let windows = format!(
                "SELECT {TARGET} FROM service_window w JOIN organisation o ON o.id = w.organisation
                 WHERE w.state <> 'ended' ORDER BY w.number"
            );
            let mut out: Vec<Target> = ctx::all(ctx, &windows, []).await?;
            let seen = scope::visible(viewer).and(
                "c.closed_at IS NULL AND c.turn = 'handler' AND c.handler_window IS NULL AND c.due_on < ?
                 AND c.flow <> 'supervision-order'",
                [Value::from(ctx.today().to_string())],
            );
            let late = format!(
                "SELECT DISTINCT {TARGET} FROM case_record c JOIN organisation o ON o.id = c.handler_org
                 LEFT JOIN service_window w ON w.id = c.handler_window WHERE {} ORDER BY 3",
                seen.sql
            );
            out.extend(ctx::all::<Target>(ctx, &late, seen.values).await?);
            out
        }
    };
    let desk = about.map_or(Desk::Operator, Case::desk);
    if desk == Desk::Operator {
        out.extend(office(ctx, Capacity::Operator).await?);
    }
    if desk != Desk::Bureau && actor.role.capacity() == Capacity::Bureau {
        out.extend(office(ctx, Capacity::Centre).await?);
    }
    let mut known = Vec::new();
    out.retain(|t| {
        let fresh = t.organisation != actor.organisation && !known.contains(&t.number);
        known.push(t.number.clone());
        fresh
    });
    Ok(out)
}

/// A case that silence carried to the level of whoever looks, without an open order.
#[derive(Clone, Debug, FromQueryResult)]
pub struct DueRow {
    /// Number of the case that an order would be about.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Which procedure.
    pub flow: String,
    /// Whose turn it is.
    pub turn: String,
    /// Which desk leads it.
    pub desk: String,
    /// Last day, ISO.
    pub due_on: Option<String>,
    /// Number of whoever has it in hand.
    pub target: Option<String>,
    /// Their name.
    pub handler: Option<String>,
    /// The same in English.
    pub handler_en: Option<String>,
}

impl DueRow {
    /// Name of whoever has it in hand; empty where a desk has it.
    pub fn handler(&self, locale: Locale) -> &str {
        in_words(self.handler.as_deref().unwrap_or_default(), self.handler_en.as_deref(), locale)
    }

    /// Whose turn it is.
    pub fn turn(&self) -> Turn {
        Turn::from_code(&self.turn).unwrap_or(Turn::Nobody)
    }
}

/// Most rows of the list of what is due for an order.
pub const DUE_ROWS: usize = 60;

fn due_scope(viewer: &Viewer, actor: &Actor) -> Scope {
    let led = match actor.role.capacity() {
        Capacity::Centre => "c.desk = 'operator' OR (c.desk = 'centre' AND c.turn = 'handler')",
        _ => "c.desk = 'centre' OR (c.desk = 'bureau' AND c.turn = 'handler')",
    };
    scope::visible(viewer)
        .and(
            "c.closed_at IS NULL AND c.ladder >= 4 AND c.turn IN ('desk', 'dispatch', 'handler', 'check')
             AND c.flow NOT IN ('supervision-order', 'rating-appeal')
             AND NOT EXISTS (SELECT 1 FROM case_record d WHERE d.flow = 'supervision-order' AND d.closed_at IS NULL
                AND d.parent = (CASE WHEN c.flow = 'assignment' THEN c.parent ELSE c.id END))
             AND NOT EXISTS (SELECT 1 FROM case_about m JOIN case_record d ON d.id = m.case_id
                WHERE m.about = (CASE WHEN c.flow = 'assignment' THEN c.parent ELSE c.id END) AND d.closed_at IS NULL)",
            [],
        )
        .and(led, [])
        .and("c.turn <> 'handler' OR c.handler_org <> ?", [Value::from(actor.organisation)])
}

/// What is due for an order: escalated to the level of this viewer and not yet ordered. Longest late first.
///
/// # Errors
/// When the database fails.
pub async fn due(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<DueRow>, Fault> {
    let Some(actor) = viewer.actor() else { return Ok(Vec::new()) };
    let scope = due_scope(viewer, actor);
    let text = format!(
        "SELECT COALESCE(u.number, c.number) AS number, c.title, c.flow, c.turn, c.desk, c.due_on,
            CASE WHEN c.turn = 'handler' THEN COALESCE(w.number, o.number) END AS target,
            CASE WHEN c.turn = 'handler' THEN COALESCE(w.name, o.name) END AS handler,
            CASE WHEN c.turn <> 'handler' THEN NULL WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS handler_en
         FROM case_record c LEFT JOIN case_record u ON u.id = c.parent AND c.flow = 'assignment'
         LEFT JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window
         WHERE {} ORDER BY COALESCE(c.due_on, '9999-12-31'), c.id LIMIT {DUE_ROWS}",
        scope.sql
    );
    ctx::all(ctx, &text, scope.values).await
}

/// An order's own details.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Detail {
    /// Why it was issued.
    pub reason: String,
    /// What was said when it was accepted or taken back.
    pub outcome: Option<String>,
    /// Who issued it.
    pub issuer: String,
    /// The same in English.
    pub issuer_en: Option<String>,
    /// To whom it goes.
    pub ordered: String,
    /// The same in English.
    pub ordered_en: Option<String>,
    /// Number of the case it is about.
    pub about: Option<String>,
    /// Title of that case.
    pub about_title: Option<String>,
}

impl Detail {
    /// To whom it goes, for a reader of this language.
    pub fn ordered(&self, locale: Locale) -> &str {
        in_words(&self.ordered, self.ordered_en.as_deref(), locale)
    }

    /// Who issued it, for a reader of this language.
    pub fn issuer(&self, locale: Locale) -> &str {
        in_words(&self.issuer, self.issuer_en.as_deref(), locale)
    }
}

/// One call for an answer: until which day, and what came.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Round {
    /// From 1.
    pub seq: i64,
    /// What was asked: the reason of the order, or of sending the answer back.
    pub asked: String,
    /// Day by which the answer is due, ISO.
    pub due_on: String,
    /// Why another day than the usual.
    pub why_day: Option<String>,
    /// When the answer came, UTC milliseconds.
    pub answered_at: Option<i64>,
    /// Whether it came after the day.
    pub late: Option<bool>,
    /// The answer.
    pub answer: Option<String>,
    /// By when it is done, as the answer says, ISO.
    pub done_on: Option<String>,
}

/// An order's details.
///
/// # Errors
/// [`Fault::NotFound`] when the case is no order.
pub async fn detail(ctx: &Ctx, case: i64) -> Result<Detail, Fault> {
    ctx::one(
        ctx,
        "SELECT s.reason, s.outcome, i.name AS issuer, i.name_en AS issuer_en, COALESCE(w.name, o.name) AS ordered,
            CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS ordered_en, u.number AS about, u.title AS about_title
         FROM supervision_order s JOIN case_record c ON c.id = s.case_id JOIN organisation i ON i.id = s.issuer
         JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window
         LEFT JOIN case_record u ON u.id = c.parent WHERE s.case_id = ?",
        [Value::from(case)],
    )
    .await?
    .ok_or(Fault::NotFound)
}

/// The calls for an answer, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn rounds(ctx: &Ctx, case: i64) -> Result<Vec<Round>, Fault> {
    ctx::all(
        ctx,
        "SELECT r.seq, r.asked, CASE WHEN r.answered_at IS NULL THEN COALESCE(c.due_on, r.due_on) ELSE r.due_on END AS due_on,
            r.why_day, r.answered_at, r.late, r.answer, r.done_on
         FROM supervision_round r JOIN case_record c ON c.id = r.case_id WHERE r.case_id = ? ORDER BY r.seq",
        [Value::from(case)],
    )
    .await
}

/// A matter that an order is about.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Matter {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Whose turn it is.
    pub turn: String,
    /// Last day now, ISO.
    pub due_on: Option<String>,
    /// When it ended, UTC milliseconds.
    pub closed_at: Option<i64>,
}

impl Matter {
    /// Whether the network still has something to do about it.
    pub fn undone(&self) -> bool {
        let with = Turn::from_code(&self.turn).unwrap_or(Turn::Nobody);
        self.closed_at.is_none() && !matches!(with, Turn::Firm | Turn::Check | Turn::Nobody)
    }
}

/// Those of an order's matters that this viewer may see: the case it stands below, or those it puts together.
///
/// # Errors
/// When the database fails.
pub async fn matters(ctx: &Ctx, viewer: &Viewer, order: i64) -> Result<Vec<Matter>, Fault> {
    let scope = scope::visible(viewer);
    let text = format!(
        "SELECT c.number, c.title, c.turn, c.due_on, c.closed_at FROM case_record c
         WHERE (c.id IN (SELECT m.about FROM case_about m WHERE m.case_id = ?)
            OR c.id = (SELECT d.parent FROM case_record d WHERE d.id = ?)) AND ({}) ORDER BY c.id LIMIT 200",
        scope.sql
    );
    ctx::all(ctx, &text, [Value::from(order), Value::from(order)].into_iter().chain(scope.values)).await
}

/// An order as it stands on the page of the case it is about, or in a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Line {
    /// Row id, for paging.
    pub id: i64,
    /// Number.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// State.
    pub state: String,
    /// Last day of the running limit, ISO.
    pub due_on: Option<String>,
    /// To whom it goes.
    pub ordered: String,
    /// The same in English.
    pub ordered_en: Option<String>,
    /// Row ids of the same, to know whether it is the viewer's own.
    pub handler_org: Option<i64>,
    /// Row id of the window.
    pub handler_window: Option<i64>,
    /// Whether any answer came late.
    pub late: i64,
    /// When it was issued, UTC milliseconds.
    pub opened_at: i64,
}

impl Line {
    /// To whom it goes, for a reader of this language.
    pub fn ordered(&self, locale: Locale) -> &str {
        in_words(&self.ordered, self.ordered_en.as_deref(), locale)
    }
}

/// Orders that a condition on `case_record c` selects, newest first.
///
/// # Errors
/// When the database fails.
pub async fn lines(ctx: &Ctx, scope: Scope, most: usize) -> Result<Vec<Line>, Fault> {
    let text = format!(
        "SELECT c.id, c.number, c.title, c.state, c.due_on, COALESCE(w.name, o.name) AS ordered,
            CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS ordered_en, c.handler_org, c.handler_window,
            (SELECT COUNT(*) FROM supervision_round r WHERE r.case_id = c.id AND r.late = ?) AS late, c.opened_at
         FROM case_record c JOIN supervision_order s ON s.case_id = c.id
         JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window
         WHERE {} ORDER BY c.id DESC LIMIT {most}",
        scope.sql
    );
    ctx::all(ctx, &text, std::iter::once(Value::from(true)).chain(scope.values)).await
}

/// An order or a rung, as one statement brings both.
#[derive(FromQueryResult)]
struct Either {
    rung: i64,
    id: i64,
    number: String,
    title: String,
    state: String,
    due_on: Option<String>,
    name: Option<String>,
    name_en: Option<String>,
    handler_org: Option<i64>,
    handler_window: Option<i64>,
    late: i64,
    at: i64,
    told_at: Option<i64>,
    desk: String,
}

/// The orders about a case that this viewer may see, and the rungs that it and its assignments have reached and people
/// were told of, or are going to be; each newest first. One statement.
///
/// # Errors
/// When the database fails.
pub async fn about(ctx: &Ctx, viewer: &Viewer, case: i64) -> Result<(Vec<Line>, Vec<Reached>), Fault> {
    let scope = scope::visible(viewer).and(
        "c.flow = 'supervision-order' AND (c.parent = ?
           OR EXISTS (SELECT 1 FROM case_about m WHERE m.case_id = c.id AND m.about = ?))",
        [Value::from(case), Value::from(case)],
    );
    let names = "COALESCE(w.name, o.name) AS name, CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS name_en";
    let text = format!(
        "SELECT CAST(0 AS BIGINT) AS rung, c.id AS id, c.number AS number, c.title AS title, c.state AS state, c.due_on AS due_on,
            {names}, c.handler_org AS handler_org, c.handler_window AS handler_window,
            (SELECT COUNT(*) FROM supervision_round r WHERE r.case_id = c.id AND r.late = ?) AS late, c.opened_at AS at,
            CAST(NULL AS BIGINT) AS told_at, c.desk AS desk
         FROM case_record c LEFT JOIN organisation o ON o.id = c.handler_org
         LEFT JOIN service_window w ON w.id = c.handler_window WHERE {}
         UNION ALL
         SELECT g.rung, g.id, '', '', g.turn, g.due_on, {names}, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
            CAST(0 AS BIGINT), g.at, g.told_at, g.desk
         FROM case_rung g JOIN case_record c ON c.id = g.case_id
         LEFT JOIN organisation o ON o.id = g.handler_org LEFT JOIN service_window w ON w.id = g.handler_window
         WHERE (c.id = ? OR (c.parent = ? AND c.flow = 'assignment')) AND (g.told_at IS NULL OR g.people > 0)
         ORDER BY 2 DESC",
        scope.sql
    );
    let values = std::iter::once(Value::from(true)).chain(scope.values).chain([Value::from(case), Value::from(case)]);
    let (mut orders, mut rungs) = (Vec::new(), Vec::new());
    for row in ctx::all::<Either>(ctx, &text, values).await? {
        if row.rung == 0 {
            orders.push(Line {
                id: row.id,
                number: row.number,
                title: row.title,
                state: row.state,
                due_on: row.due_on,
                ordered: row.name.unwrap_or_default(),
                ordered_en: row.name_en,
                handler_org: row.handler_org,
                handler_window: row.handler_window,
                late: row.late,
                opened_at: row.at,
            });
        } else {
            rungs.push(Reached {
                rung: row.rung,
                at: row.at,
                told_at: row.told_at,
                due_on: row.due_on.unwrap_or_default(),
                turn: row.state,
                desk: row.desk,
                handler: row.name,
                handler_en: row.name_en,
            });
        }
    }
    Ok((orders, rungs))
}

/// Numbers above the list of orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Totals {
    /// All of them.
    pub total: i64,
    /// Neither accepted nor taken back.
    pub open: i64,
    /// To be answered, and the day is over.
    pub overdue: i64,
    /// With an answer that came after its day.
    pub late: i64,
}

/// Condition for orders to be answered whose day is over; one value, today.
pub(super) const OVERDUE: &str = "c.state = 'order-issued' AND c.due_on < ?";
/// Condition for orders with an answer that came late; one value, `true`.
pub(super) const LATE: &str = "EXISTS (SELECT 1 FROM supervision_round r WHERE r.case_id = c.id AND r.late = ?)";

/// Counts the orders this viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn totals(ctx: &Ctx, viewer: &Viewer) -> Result<Totals, Fault> {
    let scope = scope::visible(viewer).and("c.flow = 'supervision-order'", []);
    let sum = |condition: &str, name: &str| {
        format!("CAST(COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0) AS BIGINT) AS {name}")
    };
    let text = format!(
        "SELECT COUNT(*) AS total, {}, {}, {} FROM case_record c WHERE {}",
        sum("c.closed_at IS NULL", "open"),
        sum(OVERDUE, "overdue"),
        sum(LATE, "late"),
        scope.sql
    );
    let mut values = vec![Value::from(ctx.today().to_string()), Value::from(true)];
    values.extend(scope.values);
    Ok(ctx::one(ctx, &text, values).await?.unwrap_or_default())
}
