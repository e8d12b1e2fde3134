//! Work that recurs: deadlines, ladder, silence, notices, sealing. One runner at a time per job, on any number of
//! processes; a crash leaves a lock that runs out.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use huiqi_kernel::locale::Locale;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};

use crate::db::sql;
use crate::{Ctx, Fault};

/// What a run gives back: how many things it did.
pub type Outcome = Pin<Box<dyn Future<Output = Result<u64, Fault>> + Send>>;

/// A recurring job.
#[derive(Clone, Copy)]
pub struct Job {
    /// Stable name: `slice.what`.
    pub name: &'static str,
    /// What it does, for the administrator.
    pub title: fn(Locale) -> String,
    /// Milliseconds between the end of a run and the next.
    pub every_ms: i64,
    /// One run. It must be safe to run again after a crash at any point.
    pub run: fn(Ctx) -> Outcome,
}

/// A job as the administrator sees it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct JobState {
    /// Stable name.
    pub name: String,
    /// When it runs next, UTC milliseconds.
    pub next_at: i64,
    /// Until when a runner holds it.
    pub locked_until: Option<i64>,
    /// Start of the last run.
    pub started_at: Option<i64>,
    /// End of the last run.
    pub finished_at: Option<i64>,
    /// Runs so far.
    pub runs: i64,
    /// Things done so far.
    pub done: i64,
    /// Runs that failed.
    pub failed: i64,
    /// What the last run said if it failed; empty after a good one.
    pub last_error: Option<String>,
}

/// How long a runner holds a job without a sign of life before another may take it over.
const LEASE_MS: i64 = 30_000;
/// How often a runner gives a sign of life.
const BEAT: Duration = Duration::from_secs(8);

/// Makes rows for jobs that have none yet.
///
/// # Errors
/// When the database fails.
pub async fn register(ctx: &Ctx, jobs: &[Job]) -> Result<(), DbErr> {
    for job in jobs {
        ctx.db()
            .write()
            .execute_raw(sql(
                ctx.db().backend(),
                "INSERT INTO job (name, next_at, runs, done, failed) VALUES (?, 0, 0, 0, 0) ON CONFLICT (name) DO NOTHING",
                [Value::from(job.name)],
            ))
            .await?;
    }
    Ok(())
}

/// Runs one job now if it is due and nobody else runs it; `None` when it was not this runner's turn.
///
/// # Errors
/// When the database fails. A failing job is recorded, not returned.
pub async fn run_if_due(ctx: &Ctx, job: &Job, runner: &str) -> Result<Option<Result<u64, String>>, DbErr> {
    let now = ctx.now();
    let backend = ctx.db().backend();
    let claimed = ctx
        .db()
        .write()
        .execute_raw(sql(
            backend,
            "UPDATE job SET locked_by = ?, locked_until = ?, started_at = ?
             WHERE name = ? AND next_at <= ? AND (locked_until IS NULL OR locked_until < ?)",
            [
                Value::from(runner),
                Value::from(now + LEASE_MS),
                Value::from(now),
                Value::from(job.name),
                Value::from(now),
                Value::from(now),
            ],
        ))
        .await?;
    if claimed.rows_affected() == 0 {
        return Ok(None);
    }
    let alive = async {
        loop {
            tokio::time::sleep(BEAT).await;
            let beat = sql(
                backend,
                "UPDATE job SET locked_until = ? WHERE name = ? AND locked_by = ?",
                [Value::from(ctx.now() + LEASE_MS), Value::from(job.name), Value::from(runner)],
            );
            if let Err(error) = ctx.db().write().execute_raw(beat).await {
                tracing::warn!(job = job.name, %error, "no sign of life");
            }
        }
    };
    let outcome = tokio::select! {
        outcome = (job.run)(ctx.clone()) => outcome.map_err(|fault| fault.to_string()),
        () = alive => Err("the heartbeat ended".to_owned()),
    };
    if let Err(error) = &outcome {
        tracing::error!(job = job.name, error, "job failed");
    }
    let end = ctx.now();
    ctx.db()
        .write()
        .execute_raw(sql(
            backend,
            "UPDATE job SET locked_by = NULL, locked_until = NULL, finished_at = ?, next_at = ?, runs = runs + 1,
                done = done + ?, failed = failed + ?, last_error = ?
             WHERE name = ? AND locked_by = ?",
            [
                Value::from(end),
                Value::from(end + job.every_ms),
                Value::from(*outcome.as_ref().unwrap_or(&0) as i64),
                Value::from(i64::from(outcome.is_err())),
                Value::from(outcome.as_ref().err().cloned()),
                Value::from(job.name),
                Value::from(runner),
            ],
        ))
        .await?;
    Ok(Some(outcome))
}

/// Every job, by name.
///
/// # Errors
/// When the database fails.
pub async fn states(ctx: &Ctx) -> Result<Vec<JobState>, DbErr> {
    JobState::find_by_statement(sql(
        ctx.db().backend(),
        "SELECT name, next_at, locked_until, started_at, finished_at, runs, done, failed, last_error FROM job ORDER BY name",
        [],
    ))
    .all(ctx.db().read())
    .await
}
