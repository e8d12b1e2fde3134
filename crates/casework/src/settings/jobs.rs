//! What recurs by itself, for the system administrator: when it ran, what it said, and running it now.

use chrono::NaiveDate;
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::job::{self, Job, JobState};
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault};
use huiqi_web::components::{self, Col, Table, Tone};
use huiqi_web::{Html, dates};
use serde_json::json;

use super::JOB_KEEPERS;
use super::pages::{self, Page, section};
use crate::t;

/// A job that should have begun this long ago and has not is stuck.
const PATIENCE_MS: i64 = 10 * 60_000;

/// What a job does, in plain words; its code where this program does not have it.
pub(super) fn name_of(jobs: &[Job], name: &str, l: Locale) -> String {
    jobs.iter().find(|job| job.name == name).map_or_else(|| name.to_owned(), |job| (job.title)(l))
}

/// How a job fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    /// Running at this moment.
    Running,
    /// It should have begun long ago.
    Stuck,
    /// Not run yet.
    New,
    /// As it should be.
    Well,
}

/// How a job fares at a moment.
pub(super) fn health(state: &JobState, now: i64) -> Health {
    if state.locked_until.is_some_and(|until| until > now) {
        Health::Running
    } else if state.next_at == 0 && state.runs == 0 {
        Health::New
    } else if state.next_at + PATIENCE_MS < now {
        Health::Stuck
    } else {
        Health::Well
    }
}

/// Jobs that need somebody's eyes: those that are stuck, and how many have ever failed.
///
/// # Errors
/// When the database fails.
pub(super) async fn trouble(ctx: &Ctx) -> Result<(Vec<JobState>, i64), Fault> {
    let states = job::states(ctx).await?;
    let failed = states.iter().filter(|s| s.failed > 0).count() as i64;
    Ok((states.into_iter().filter(|s| health(s, ctx.now()) == Health::Stuck).collect(), failed))
}

/// Lets a job run at the runner's next look.
///
/// # Errors
/// [`Fault::NotFound`] for jobs this program does not have, and for roles that may not.
pub(super) async fn run_now(ctx: &Ctx, viewer: &Viewer, jobs: &[Job], name: &str) -> Result<(), Fault> {
    if !viewer.is(JOB_KEEPERS) {
        return Err(Refusal::hidden().into());
    }
    let job = jobs.iter().find(|j| j.name == name).ok_or(Fault::NotFound)?;
    let work = ctx.write(viewer).await?;
    let changed =
        work.run("UPDATE job SET next_at = ? WHERE name = ?", [Value::from(work.now()), Value::from(job.name)]).await?;
    if changed == 0 {
        return Err(Fault::NotFound);
    }
    work.audit("settings.job-run", "job", job.name, json!({})).await?;
    work.commit().await
}

fn every(ms: i64, l: Locale) -> String {
    let m = t(l);
    if ms % 60_000 == 0 {
        m.setting_job_every_minutes(ms / 60_000)
    } else {
        m.setting_job_every_seconds((ms / 1000).max(1))
    }
}

fn row(state: &JobState, job: Option<&Job>, now: i64, today: NaiveDate, l: Locale) -> Vec<Html> {
    let m = t(l);
    let status = match (job, health(state, now)) {
        (None, _) => components::status(Tone::Idle, "no", m.setting_job_gone()),
        (Some(_), Health::Running) => components::status(Tone::Run, "run", m.setting_job_running()),
        (Some(_), Health::Stuck) => components::status(Tone::Bad, "stop", m.setting_job_stuck()),
        (Some(_), Health::New) => components::status(Tone::Idle, "todo", m.setting_job_new()),
        (Some(_), Health::Well) => components::status(Tone::Good, "done", m.setting_job_well()),
    };
    let title = job.map_or_else(|| state.name.clone(), |job| (job.title)(l));
    let name = Html::text(&title)
        .and(&Html::raw("<br><span class=\"quiet small\">"))
        .say(&job.map_or_else(|| state.name.clone(), |j| format!("{} · {}", state.name, every(j.every_ms, l))))
        .and(&Html::raw("</span>"));
    let last =
        state.started_at.map_or_else(|| components::quiet(m.setting_job_never()), |at| dates::moment(at, today, l));
    let next = if job.is_none() {
        components::quiet(m.setting_job_never())
    } else if state.next_at <= now {
        components::quiet(m.setting_job_next_soon())
    } else {
        dates::moment(state.next_at, today, l)
    };
    let failed = match (&state.last_error, state.failed) {
        (Some(error), 1..) => Html::text(&m.setting_job_failed(dates::number(state.failed)))
            .and(&Html::raw("<br><span class=\"quiet small\">"))
            .say(error)
            .and(&Html::raw("</span>")),
        _ => components::quiet(m.setting_job_failed_none()),
    };
    let act = if job.is_some() {
        Html(format!(
            "<form method=\"post\" action=\"/settings/jobs/{0}/runs\"><button class=\"button is-second is-small\" type=\"submit\">{1}<span class=\"sr\"> {2}</span></button></form>",
            Html::text(&state.name),
            Html::text(&m.setting_job_run_now()),
            Html::text(&title)
        ))
    } else {
        Html::empty()
    };
    vec![
        name,
        status,
        last,
        next,
        Html::text(&dates::number(state.runs)),
        Html::text(&dates::number(state.done)),
        failed,
        act,
    ]
}

/// The page.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(ctx: &Ctx, jobs: &[Job], l: Locale) -> Result<Page, Fault> {
    let m = t(l);
    let (now, today) = (ctx.now(), ctx.today());
    let states = job::states(ctx).await?;
    let body = if states.is_empty() {
        components::empty(m.setting_jobs_none())
    } else {
        let mut table = Table::new(&m.setting_jobs_title())
            .cards()
            .col(Col::text(&m.setting_job_name()).class("what"))
            .col(Col::nowrap(&m.setting_state()))
            .col(Col::nowrap(&m.setting_job_last()))
            .col(Col::nowrap(&m.setting_job_next()))
            .col(Col::num(&m.setting_job_runs()))
            .col(Col::num(&m.setting_job_done()))
            .col(Col::text(&m.setting_job_failures()))
            .col(Col::nowrap(&m.setting_you_can()));
        for state in &states {
            table.push("", row(state, jobs.iter().find(|j| j.name == state.name), now, today, l));
        }
        table.html()
    };
    Ok(Page {
        crumbs: pages::crumbs(&m.setting_jobs_title(), l),
        head: components::page_head(&m.setting_jobs_title(), Html::text(&m.setting_jobs_lede()), Html::empty()),
        parts: vec![section("jobs", &m.setting_jobs_list(), Html::empty(), &body)],
        ..Page::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_stuck_only_after_some_patience() {
        let now = 1_800_000_000_000;
        let state = JobState {
            name: "x".into(),
            next_at: now,
            locked_until: None,
            started_at: Some(now - 1),
            finished_at: None,
            runs: 3,
            done: 0,
            failed: 0,
            last_error: None,
        };
        assert_eq!(health(&state, now), Health::Well);
        assert_eq!(health(&state, now + PATIENCE_MS), Health::Well);
        assert_eq!(health(&state, now + PATIENCE_MS + 1), Health::Stuck);
        let running = JobState { locked_until: Some(now + PATIENCE_MS * 2), ..state.clone() };
        assert_eq!(health(&running, now + PATIENCE_MS + 1), Health::Running);
        assert_eq!(health(&JobState { next_at: 0, runs: 0, ..state }, now), Health::New);
    }
}
