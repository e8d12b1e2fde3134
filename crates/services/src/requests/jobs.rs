//! Silence: a request whose answer nobody confirmed in time ends as such, and as nothing else.

use huiqi_casework::record::{COLUMNS, Case};
use huiqi_kernel::people::Viewer;
use huiqi_store::job::Job;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, ctx};

use crate::t;

use super::actions::{By, Input, step};
use super::flow::{Action, State};

/// Looks for lapsed answers every five minutes.
pub const SILENCE: Job = Job {
    name: "requests.silence",
    title: |l| t(l).request_job_silence(),
    every_ms: 300_000,
    run: |ctx| Box::pin(async move { run(&ctx).await }),
};

/// Ends every answered request whose silence limit is over; returns how many.
///
/// # Errors
/// When the database fails. A request on which somebody acted meanwhile is left alone.
pub async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c WHERE c.flow = 'request' AND c.state = ? AND c.due_on < ? ORDER BY c.id"
    );
    let late: Vec<Case> =
        ctx::all(ctx, &text, [Value::from(State::Answered.code()), Value::from(ctx.today().to_string())]).await?;
    let mut lapsed = 0;
    for case in late {
        let input = Input { version: Some(case.version), ..Input::default() };
        match step(ctx, By::Viewer(&Viewer::System), &case.number, Action::LetLapse, &input).await {
            Ok(_) => lapsed += 1,
            Err(Fault::Stale | Fault::NotFound | Fault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(lapsed)
}
