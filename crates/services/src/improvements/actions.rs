//! Opening an improvement, and its steps.

use chrono::NaiveDate;
use huiqi_casework::inbox::visible_in;
use huiqi_casework::record::{self, Case, New};
use huiqi_casework::{desks, ladder};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, Work};
use serde_json::json;

use super::flow::{Action, FLOW, ImprovementFacts};
use super::{Cause, Origin};
use crate::requests::facts::Detail;
use crate::t;

/// The kind of notices about improvements.
pub(super) const NOTICE: &str = "improvement";

/// Opens an improvement for the organisation whose answer was graded badly or has to be done again. One that is still
/// open for the same request gets the new words instead of a second case.
///
/// # Errors
/// When the database fails.
pub async fn open_for_in(
    work: &Work,
    request: &Case,
    detail: &Detail,
    origin: Origin,
    words: &str,
) -> Result<(), Fault> {
    let Some(org) = detail.answered_org else { return Ok(()) };
    #[derive(FromQueryResult)]
    struct Open {
        id: i64,
    }
    let open: Option<Open> = work
        .one(
            "SELECT c.id FROM case_record c JOIN improvement i ON i.case_id = c.id
             WHERE i.request = ? AND c.closed_at IS NULL ORDER BY c.id LIMIT 1",
            [Value::from(request.id)],
        )
        .await?;
    if let Some(open) = open {
        if !words.is_empty() {
            work.run(
                "UPDATE improvement SET said = CASE WHEN said IS NULL OR said = '' THEN ? ELSE said || ? || ? END WHERE case_id = ?",
                [Value::from(words), Value::from("\n"), Value::from(words), Value::from(open.id)],
            )
            .await?;
        }
        return Ok(());
    }
    // Led at least as high as the request itself, and never checked by whom it is about; a report stays with its officers.
    let Some(desk) = desks::judging_in(work, org, request.desk()).await? else { return Ok(()) };
    let mut case = record::open_in(
        work,
        &FLOW,
        &New {
            desk: Some(desk),
            handler_org: Some(org),
            handler_window: detail.answered_window,
            ..New::below("GJ", request)
        },
    )
    .await?;
    work.run(
        "INSERT INTO improvement (case_id, request, origin, said) VALUES (?, ?, ?, ?)",
        [
            Value::from(case.id),
            Value::from(request.id),
            Value::from(origin.code()),
            Value::from(Some(words).filter(|w| !w.is_empty())),
        ],
    )
    .await?;
    let facts = ImprovementFacts { case: case.clone() };
    let said = record::Said::nothing().with(json!({ "origin": origin.code(), "request": request.number }));
    record::take_in(work, &FLOW, &mut case, Action::Open, Doer::System, &facts, said).await?;
    search::put(&**work, Kind::Improvement, case.id, &format!("{} {} {}", case.number, request.number, request.title))
        .await?;
    ladder::tell_turn_in(work, &case, NOTICE, |l| t(l).improvement_notice_opened(&case.number, &case.title)).await
}

/// What comes with a step of an improvement.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The version the person saw.
    pub version: Option<i64>,
    /// What was heard, done, planned, explained or found.
    pub words: String,
    /// Why it went wrong, with the call-back.
    pub cause: Option<Cause>,
    /// Agreed day of a plan.
    pub plan_on: Option<NaiveDate>,
}

/// Takes a step of an improvement.
///
/// # Errors
/// As the flow table decides; [`Fault::Invalid`] when cause or day is missing.
pub async fn take(ctx: &Ctx, viewer: &Viewer, number: &str, action: Action, input: &Input) -> Result<Case, Fault> {
    let work = ctx.write(viewer).await?;
    let mut case = visible_in(&work, viewer, number).await?;
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let facts = ImprovementFacts { case: case.clone() };
    let words = input.words.trim();
    let mut said = record::Said { words: Some(words), seen: input.version, ..record::Said::nothing() };
    match action {
        Action::Hear => {
            let cause = input.cause.ok_or_else(|| Fault::invalid("cause", |l| t(l).improvement_cause_missing()))?;
            said = said.with(json!({ "cause": cause.code() }));
        }
        Action::Plan => {
            let day = input
                .plan_on
                .filter(|d| *d > work.today())
                .ok_or_else(|| Fault::invalid("plan_on", |l| t(l).improvement_plan_day()))?;
            said = said.until(day);
        }
        _ => {}
    }
    record::take_in(&work, &FLOW, &mut case, action, Doer::Person(actor), &facts, said).await?;
    let id = Value::from(case.id);
    match action {
        Action::Hear => {
            work.run(
                "UPDATE improvement SET cause = ?, heard = ? WHERE case_id = ?",
                [Value::from(input.cause.map(Cause::code)), Value::from(words), id],
            )
            .await?;
        }
        Action::Fix | Action::Explain => {
            work.run("UPDATE improvement SET remedy = ? WHERE case_id = ?", [Value::from(words), id]).await?;
            ladder::tell_turn_in(&work, &case, NOTICE, |l| t(l).improvement_notice_check(&case.number, &case.title))
                .await?;
        }
        Action::Plan => {
            work.run(
                "UPDATE improvement SET remedy = ?, plan_on = ? WHERE case_id = ?",
                [Value::from(words), Value::from(input.plan_on.map(|d| d.to_string())), id],
            )
            .await?;
        }
        Action::Check => {
            work.run(
                "UPDATE improvement SET checked = ?, checked_by = ? WHERE case_id = ?",
                [Value::from(words), Value::from(actor.organisation), id],
            )
            .await?;
        }
        Action::Reject => {
            ladder::tell_turn_in(&work, &case, NOTICE, |l| t(l).improvement_notice_rejected(&case.number, &case.title))
                .await?
        }
        Action::Open => {}
    }
    work.commit().await?;
    Ok(case)
}
