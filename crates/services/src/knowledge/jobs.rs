//! The end of an answer's time: it is no longer found, and goes back to its owner.

use huiqi_casework::record::{COLUMNS, Case};
use huiqi_kernel::people::Viewer;
use huiqi_store::job::Job;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, ctx};

use crate::t;

use super::actions;

/// Looks for answers whose last day is over, once an hour.
pub const EXPIRY: Job = Job {
    name: "knowledge.expiry",
    title: |l| t(l).knowledge_job_expiry(),
    every_ms: 3_600_000,
    run: |ctx| Box::pin(async move { run(&ctx).await }),
};

/// Ends every answer whose last day is over; returns how many.
///
/// # Errors
/// When the database fails; what was ended before stays so, a second run goes on from there.
pub async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let text = format!(
        "SELECT {COLUMNS} FROM knowledge k JOIN case_record c ON c.id = k.case_id
         WHERE k.live_until IS NOT NULL AND k.live_until < ? ORDER BY c.id"
    );
    let over: Vec<Case> = ctx::all(ctx, &text, [Value::from(ctx.today().to_string())]).await?;
    let mut ended = 0;
    for case in over {
        let work = ctx.write(&Viewer::System).await?;
        match actions::expire_in(&work, &case.number).await {
            Ok(()) => {
                work.commit().await?;
                ended += 1;
            }
            // Somebody renewed or withdrew it meanwhile.
            Err(Fault::Stale | Fault::NotFound | Fault::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(ended)
}
