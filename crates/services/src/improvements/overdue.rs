//! Late cases, gathered once a month: an organisation that was late too often gets one improvement for all of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use huiqi_casework::record::{self, New};
use huiqi_casework::{desks, ladder};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::{Count, Limit};
use huiqi_store::job::Job;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, ctx};
use serde_json::json;

use super::Origin;
use super::actions::NOTICE;
use super::flow::{Action, FLOW, ImprovementFacts};
use crate::t;

/// Looks once an hour whether last month has been gathered.
pub const JOB: Job = Job {
    name: "improvements.overdue",
    title: |l| t(l).improvement_job_overdue(),
    every_ms: 3_600_000,
    run: |ctx| Box::pin(async move { run(&ctx).await }),
};

#[derive(FromQueryResult)]
struct Late {
    organisation: i64,
    service_window: Option<i64>,
    request: i64,
}

/// Limits that ended late in these days, with whoever had to keep them: the handler of an assignment, the one that gave
/// the answer, and the desk for acceptance and dispatch.
async fn late(ctx: &Ctx, from: NaiveDate, to: NaiveDate) -> Result<Vec<Late>, Fault> {
    let text = "SELECT c.handler_org AS organisation, c.handler_window AS service_window, c.parent AS request
         FROM case_limit l JOIN case_record c ON c.id = l.case_id
         WHERE c.flow = 'assignment' AND c.parent IS NOT NULL AND c.handler_org IS NOT NULL
           AND l.met = ? AND l.met_on BETWEEN ? AND ?
         UNION
         SELECT r.answered_org, r.answered_window, c.id
         FROM case_limit l JOIN case_record c ON c.id = l.case_id JOIN request r ON r.case_id = c.id
         WHERE r.answered_org IS NOT NULL AND l.kind IN (?, ?, ?) AND l.met = ? AND l.met_on BETWEEN ? AND ?
         UNION
         SELECT (SELECT MIN(o.organisation) FROM organisation_capacity o WHERE o.capacity = c.desk), NULL, c.id
         FROM case_limit l JOIN case_record c ON c.id = l.case_id
         WHERE c.flow = 'request' AND l.kind IN (?, ?) AND l.met = ? AND l.met_on BETWEEN ? AND ?
           AND EXISTS (SELECT 1 FROM organisation_capacity o WHERE o.capacity = c.desk)
         ORDER BY 1, 2, 3";
    let days = [Value::from(from.to_string()), Value::from(to.to_string())];
    let kinds = |limits: &[Limit]| limits.iter().map(|l| Value::from(l.code())).collect::<Vec<_>>();
    let mut values = vec![Value::from(false)];
    values.extend(days.clone());
    values.extend(kinds(&[Limit::Consultation, Limit::Ordinary, Limit::Complex]));
    values.push(Value::from(false));
    values.extend(days.clone());
    values.extend(kinds(&[Limit::Accept, Limit::Dispatch]));
    values.push(Value::from(false));
    values.extend(days);
    ctx::all(ctx, text, values).await
}

/// Opens what last month calls for and has not been opened yet; returns how many.
///
/// # Errors
/// When the database fails; what was opened before stays, a second run goes on from there.
pub async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let today = ctx.today();
    let first = today.with_day(1).unwrap_or(today);
    let to = first - Days::new(1);
    let from = to.with_day(1).unwrap_or(to);
    let month = from.format("%Y-%m").to_string();
    let least = ctx.rules().on(today).count(Count::ImprovementOverdueFrom) as usize;
    let mut by: BTreeMap<(i64, Option<i64>), BTreeSet<i64>> = BTreeMap::new();
    for row in late(ctx, from, to).await? {
        by.entry((row.organisation, row.service_window)).or_default().insert(row.request);
    }
    let mut opened = 0;
    for ((organisation, window), requests) in by.into_iter().filter(|(_, requests)| requests.len() >= least) {
        if open(ctx, organisation, window, &month, from, &requests).await? {
            opened += 1;
        }
    }
    Ok(opened)
}

#[derive(FromQueryResult)]
struct Known {
    #[allow(dead_code)]
    id: i64,
}

/// Opens one improvement for an organisation's month, unless it has one.
async fn open(
    ctx: &Ctx,
    organisation: i64,
    window: Option<i64>,
    month: &str,
    first: NaiveDate,
    requests: &BTreeSet<i64>,
) -> Result<bool, Fault> {
    let work = ctx.write(&Viewer::System).await?;
    let known: Option<Known> = work
        .one(
            "SELECT c.id FROM improvement i JOIN case_record c ON c.id = i.case_id
             WHERE i.month = ? AND c.handler_org = ? AND COALESCE(c.handler_window, 0) = ? LIMIT 1",
            [Value::from(month), Value::from(organisation), Value::from(window.unwrap_or_default())],
        )
        .await?;
    if known.is_some() {
        return Ok(false);
    }
    // A title is data, in the network's own language; pages in English say the same in their first line.
    let title = t(Locale::Zh).improvement_overdue_title(
        first.year().to_string(),
        i64::from(first.month()),
        requests.len() as i64,
    );
    let desk = desks::over_in(&work, organisation).await?;
    let mut case = record::open_in(
        &work,
        &FLOW,
        &New {
            prefix: "GJ",
            title: &title,
            desk: Some(desk),
            handler_org: Some(organisation),
            handler_window: window,
            ..New::default()
        },
    )
    .await?;
    work.run(
        "INSERT INTO improvement (case_id, month, origin) VALUES (?, ?, ?)",
        [Value::from(case.id), Value::from(month), Value::from(Origin::Overdue.code())],
    )
    .await?;
    for request in requests {
        work.run(
            "INSERT INTO improvement_case (improvement, request) VALUES (?, ?)",
            [Value::from(case.id), Value::from(*request)],
        )
        .await?;
    }
    let facts = ImprovementFacts { case: case.clone() };
    let said = record::Said::nothing()
        .with(json!({ "origin": Origin::Overdue.code(), "month": month, "late": requests.len() }));
    record::take_in(&work, &FLOW, &mut case, Action::Open, Doer::System, &facts, said).await?;
    search::put(&*work, Kind::Improvement, case.id, &format!("{} {title}", case.number)).await?;
    ladder::tell_turn_in(&work, &case, NOTICE, |l| {
        t(l).improvement_notice_overdue(&case.number, requests.len() as i64)
    })
    .await?;
    work.commit().await?;
    Ok(true)
}
