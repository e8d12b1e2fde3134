//! What stands in the lists, and how much of it.

use chrono::NaiveDate;
use huiqi_kernel::people::Viewer;
use huiqi_store::clock::day_start;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

use super::*;
use crate::record::{COLUMNS, Case};
use crate::scope::{self, Scope};
use crate::urging::{self};

/// A row of the list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Row {
    #[sea_orm(nested)]
    pub(super) case: Case,
    pub(super) firm_name: Option<String>,
    pub(super) handler_name: Option<String>,
    pub(super) handler_en: Option<String>,
    pub(super) handler_person_name: Option<String>,
    pub(super) firm_urged_at: Option<i64>,
    pub(super) urged_at: Option<i64>,
    pub(super) risen: i64,
    pub(super) orders: i64,
}

impl Row {
    /// Marks that a moment belongs to the limit that runs now: what was urged before is over.
    pub(super) fn still(&self, at: Option<i64>) -> Option<i64> {
        let from = self.case.due_from.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()).map_or(0, day_start);
        at.filter(|at| *at >= from && self.case.closed_at.is_none())
    }
}

#[derive(FromQueryResult)]
pub(super) struct Totals {
    pub(super) total: i64,
    pub(super) fresh: i64,
    pub(super) overdue: i64,
    pub(super) today: i64,
    pub(super) soon: i64,
}

/// Numbers above a list: everything, arrived today, overdue, due today, close to the due day.
pub(super) async fn totals(ctx: &Ctx, scope: &Scope, today: NaiveDate, soon: NaiveDate) -> Result<Totals, Fault> {
    let text = format!(
        "SELECT COUNT(*) AS total,
            CAST(COALESCE(SUM(CASE WHEN c.moved_at >= ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS fresh,
            CAST(COALESCE(SUM(CASE WHEN c.due_on < ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue,
            CAST(COALESCE(SUM(CASE WHEN c.due_on = ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS today,
            CAST(COALESCE(SUM(CASE WHEN c.due_on >= ? AND c.due_on <= ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS soon
         FROM case_record c WHERE {}",
        scope.sql
    );
    let day = Value::from(today.to_string());
    let mut values = vec![Value::from(day_start(today)), day.clone(), day.clone(), day, Value::from(soon.to_string())];
    values.extend(scope.values.clone());
    let totals = ctx::one::<Totals>(ctx, &text, values).await?;
    Ok(totals.unwrap_or(Totals { total: 0, fresh: 0, overdue: 0, today: 0, soon: 0 }))
}

pub(super) async fn count(ctx: &Ctx, scope: &Scope) -> Result<i64, Fault> {
    #[derive(FromQueryResult)]
    struct N {
        n: i64,
    }
    let text = format!("SELECT COUNT(*) AS n FROM case_record c WHERE {}", scope.sql);
    Ok(ctx::one::<N>(ctx, &text, scope.values.clone()).await?.map_or(0, |n| n.n))
}

/// How many cases wait for this viewer, as a subquery for the navigation, which asks for all its counts at once.
pub fn waiting(viewer: &Viewer, today: NaiveDate) -> Scope {
    let mut scope = scope::mine(viewer, today);
    scope.sql = format!("SELECT COUNT(*) FROM case_record c WHERE {}", scope.sql);
    scope
}

pub(super) const DUE_KEY: &str = "COALESCE(c.due_on, '9999-12-31')";

pub(super) async fn rows(ctx: &Ctx, scope: Scope, after: &str, newest: bool) -> Result<Vec<Row>, Fault> {
    let mut scope = scope;
    if let Some((due, id)) = after.rsplit_once('_')
        && let Ok(id) = id.parse::<i64>()
    {
        scope = if newest {
            scope.and("c.id < ?", [Value::from(id)])
        } else {
            scope.and(
                &format!("{DUE_KEY} > ? OR ({DUE_KEY} = ? AND c.id > ?)"),
                [Value::from(due), Value::from(due), Value::from(id)],
            )
        };
    }
    let order = if newest { "c.id DESC".to_owned() } else { format!("{DUE_KEY}, c.id") };
    let text = format!(
        "SELECT {COLUMNS}, COALESCE(f.name, c.asker) AS firm_name, COALESCE(w.name, h.name) AS handler_name,
            CASE WHEN w.id IS NULL THEN h.name_en ELSE w.name_en END AS handler_en, p.name AS handler_person_name,
            {}, {}, {RISEN} AS risen, {} AS orders
         FROM case_record c
         LEFT JOIN organisation f ON f.id = c.firm
         LEFT JOIN organisation h ON h.id = c.handler_org
         LEFT JOIN service_window w ON w.id = c.handler_window
         LEFT JOIN person p ON p.id = c.handler_person
         WHERE {} ORDER BY {order} LIMIT {}",
        urged("urge", "firm_urged_at"),
        urged(urging::ACTION, "urged_at"),
        orders_on(WHOLE),
        scope.sql,
        PAGE + 1
    );
    ctx::all(ctx, &text, scope.values).await
}

/// How far the ladder went for a case or any of its open assignments.
pub(super) const RISEN: &str = "(SELECT MAX(b.ladder) FROM case_record b WHERE b.id = c.id
     OR (b.parent = c.id AND b.flow = 'assignment' AND b.closed_at IS NULL))";

/// The request that an assignment is part of, or the case itself.
pub(super) const WHOLE: &str = "(CASE WHEN c.flow = 'assignment' THEN COALESCE(c.parent, c.id) ELSE c.id END)";

/// How many open supervision orders a case is under: those below it, and those about several cases, it among them.
pub(super) fn orders_on(case: &str) -> String {
    format!(
        "(SELECT COUNT(*) FROM case_record d WHERE d.flow = 'supervision-order' AND d.closed_at IS NULL
            AND (d.parent = {case} OR EXISTS (SELECT 1 FROM case_about k WHERE k.case_id = d.id AND k.about = {case})))"
    )
}

/// When somebody last urged, by the step that keeps it.
pub(super) fn urged(action: &str, name: &str) -> String {
    format!("(SELECT MAX(s.at) FROM case_step s WHERE s.case_id = {WHOLE} AND s.action = '{action}') AS {name}")
}
