//! The due day of a call follows the calendar: a stoppage or a new year's calendar moves it like every other.

use huiqi_kernel::clock::deadline_provisional;
use huiqi_kernel::people::Viewer;
use huiqi_store::job::Job;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use serde_json::json;

use crate::t;

/// Looks once an hour.
pub const RECOUNT: Job = Job {
    name: "calls.recount",
    title: |l| t(l).call_job_recount(),
    every_ms: 3_600_000,
    run: |ctx| Box::pin(async move { run(&ctx).await }),
};

#[derive(FromQueryResult)]
struct Open {
    id: i64,
    number: String,
    from_on: String,
    days: i64,
    due_on: String,
}

/// Counts the due days of open calls anew; returns how many moved.
///
/// # Errors
/// When the database fails.
pub async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let open: Vec<Open> = ctx::all(
        ctx,
        "SELECT d.id, c.number, d.from_on, d.days, d.due_on FROM call_due d JOIN case_record c ON c.id = d.case_id
         WHERE d.ended_at IS NULL ORDER BY d.id",
        [],
    )
    .await?;
    let calendar = ctx.calendar();
    let mut moved = 0;
    for call in open {
        let Ok(from) = call.from_on.parse() else { continue };
        let days = u32::try_from(call.days).unwrap_or_default();
        let due = deadline_provisional(&calendar, from, days, false).due.to_string();
        if due == call.due_on {
            continue;
        }
        let work = ctx.write(&Viewer::System).await?;
        work.run(
            "UPDATE call_due SET due_on = ? WHERE id = ? AND ended_at IS NULL",
            [Value::from(due.clone()), Value::from(call.id)],
        )
        .await?;
        work.audit("call.recount", "case", &call.number, json!({ "before": call.due_on, "after": due })).await?;
        work.commit().await?;
        moved += 1;
    }
    Ok(moved)
}
