//! What ended without being frozen in the same transaction – before the program could, or by another way – is frozen here.

use huiqi_casework::record::{COLUMNS, Case, by_id_in};
use huiqi_kernel::people::Viewer;
use huiqi_store::job::Job;
use huiqi_store::{Ctx, Fault, ctx};

use crate::t;

use super::actions::freeze_in;

/// Looks for closed requests that are not frozen, every five minutes.
pub(super) const FREEZE: Job = Job {
    name: "case-file.freeze",
    title: |l| t(l).case_file_job_freeze(),
    every_ms: 300_000,
    run: |ctx| Box::pin(async move { run(&ctx).await }),
};

/// Most requests frozen in one run.
const MOST: usize = 500;

async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c WHERE c.flow = 'request' AND c.closed_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.case_id = c.id AND f.frozen_at >= c.closed_at)
         ORDER BY c.id LIMIT {MOST}"
    );
    let mut done = 0;
    for case in ctx::all::<Case>(ctx, &text, []).await? {
        let work = ctx.write(&Viewer::System).await?;
        // Reopened meanwhile: nothing to freeze.
        freeze_in(&work, &by_id_in(&work, case.id).await?).await?;
        work.commit().await?;
        done += 1;
    }
    Ok(done)
}
