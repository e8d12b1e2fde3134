//! `huiqi doctor`: what is misconfigured or about to run out.

use std::net::IpAddr;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use chrono::{Datelike, Days, NaiveDate};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_kernel::rule::Validity;
use huiqi_store::job::JobState;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, ctx, job, migrate};
use huiqi_web::dates;

use crate::config::{Config, Given};
use crate::folder::{self, Tables};
use crate::problem::EXIT_NO;
use crate::{Problem, cli, t, wiring};

/// Limits reach this far ahead: the longest one with its extension, and some days off.
const AHEAD: u64 = 60;
/// An entry of the audit log that waits longer than this for its seal says that the sealer does not run.
const SEALED_WITHIN_MS: i64 = 10 * 60_000;
/// Free space below which the disk is noted, KiB.
const LITTLE_SPACE: u64 = 2 * 1024 * 1024;
/// Free space below which something must be done, KiB.
const NO_SPACE: u64 = 200 * 1024;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Bad,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    state: State,
    words: String,
}

fn ok(words: String) -> Finding {
    Finding { state: State::Ok, words }
}

fn warn(words: String) -> Finding {
    Finding { state: State::Warn, words }
}

fn bad(words: String) -> Finding {
    Finding { state: State::Bad, words }
}

pub(super) async fn run(given: &Given, folder: &str) -> Result<ExitCode, Problem> {
    let l = cli::locale();
    let m = t(l);
    let findings = match Config::here(given, folder) {
        Ok(config) => look(&config, l).await,
        Err(problem) => vec![bad(problem.to_string())],
    };
    for finding in &findings {
        let state = match finding.state {
            State::Ok => m.cli_doctor_ok(),
            State::Warn => m.cli_doctor_warn(),
            State::Bad => m.cli_doctor_bad(),
        };
        crate::say(format!("{state}  {}", finding.words));
    }
    let amiss = findings.iter().filter(|f| f.state == State::Bad).count();
    if amiss == 0 {
        crate::say(m.cli_doctor_all_well());
        Ok(ExitCode::SUCCESS)
    } else {
        crate::say(m.cli_doctor_amiss(amiss as i64));
        Ok(ExitCode::from(EXIT_NO))
    }
}

/// Looks at everything; what cannot be looked at without a database is left out when there is none.
async fn look(config: &Config, l: Locale) -> Vec<Finding> {
    let m = t(l);
    let mut findings = vec![address(config, l), data_folder(&config.data, l)];
    findings.extend(space(&config.data, l));
    let db = match folder::database(config, Tables::Expect).await {
        Ok(db) => db,
        Err(problem) => {
            findings.push(bad(problem.to_string()));
            return findings;
        }
    };
    match migrate::complete(&db, &wiring::migrations()).await {
        Ok(true) => findings.push(ok(m.cli_doctor_database(folder::shown(&config.url())))),
        Ok(false) => {
            findings.push(bad(m.cli_doctor_migrations()));
            db.close().await;
            return findings;
        }
        Err(error) => {
            findings.push(bad(error.to_string()));
            return findings;
        }
    }
    db.close().await;
    match folder::open(config, Tables::Expect).await {
        Ok(ctx) => match inside(&ctx, config, l).await {
            Ok(more) => findings.extend(more),
            Err(problem) => findings.push(bad(problem.to_string())),
        },
        Err(problem) => findings.push(bad(problem.to_string())),
    }
    findings
}

/// What can be seen with the database open.
async fn inside(ctx: &Ctx, config: &Config, l: Locale) -> Result<Vec<Finding>, Problem> {
    let mut findings = Vec::new();
    if ctx.is_demo() {
        findings.push(ok(t(l).cli_doctor_demo()));
    }
    findings.extend(calendar(ctx, l));
    findings.push(rule(ctx, l));
    findings.extend(mail(ctx, config, l).await?);
    findings.extend(gateway(ctx, config, l).await?);
    findings.extend(jobs(&job::states(ctx).await?, l));
    findings.extend(administrators(ctx, l).await?);
    findings.push(seals(ctx, l).await?);
    ctx.db().clone().close().await;
    Ok(findings)
}

fn address(config: &Config, l: Locale) -> Finding {
    let m = t(l);
    let Some(text) = &config.public_url else {
        return bad(m.cli_doctor_no_address());
    };
    let url = url::Url::parse(text).ok();
    let host = url.as_ref().and_then(|u| u.host_str()).unwrap_or_default();
    let here = host == "localhost"
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if text.starts_with("https://") {
        ok(m.cli_doctor_address(text))
    } else if here {
        warn(m.cli_doctor_address_here(text))
    } else {
        bad(m.cli_doctor_address_plain(text))
    }
}

fn data_folder(folder: &Path, l: Locale) -> Finding {
    let m = t(l);
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let tried = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, b"x"))
        .and_then(|()| std::fs::remove_file(&probe));
    match tried {
        Ok(()) => ok(m.cli_doctor_folder(folder.display().to_string())),
        Err(error) => bad(m.cli_doctor_folder_closed(folder.display().to_string(), error.to_string())),
    }
}

/// Free space, as far as `df` tells.
fn space(folder: &Path, l: Locale) -> Option<Finding> {
    let m = t(l);
    let output = Command::new("df").arg("-Pk").arg(folder).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let free = free_kib(&String::from_utf8_lossy(&output.stdout))?;
    // In tenths of a GiB.
    let tenths = free / (1024 * 1024 / 10);
    let words = format!("{}.{} GiB", tenths / 10, tenths % 10);
    Some(match free {
        0..NO_SPACE => bad(m.cli_doctor_space_none(&words)),
        NO_SPACE..LITTLE_SPACE => warn(m.cli_doctor_space_little(&words)),
        _ => ok(m.cli_doctor_space(&words)),
    })
}

/// The fourth column of the last line of `df -Pk`.
fn free_kib(text: &str) -> Option<u64> {
    text.lines().next_back()?.split_whitespace().nth(3)?.parse().ok()
}

fn calendar(ctx: &Ctx, l: Locale) -> Vec<Finding> {
    let m = t(l);
    let today = ctx.today();
    let calendar = ctx.calendar();
    let needed = (today + Days::new(AHEAD)).year();
    [today.year(), today.year() + 1]
        .into_iter()
        .map(|year| {
            let words = year.to_string();
            if calendar.has_year(year) {
                ok(m.cli_doctor_calendar(&words))
            } else if year <= needed {
                bad(m.cli_doctor_calendar_missing(&words))
            } else {
                warn(m.cli_doctor_calendar_later(&words))
            }
        })
        .collect()
}

fn rule(ctx: &Ctx, l: Locale) -> Finding {
    let today = ctx.today();
    let rules = ctx.rules();
    let set = rules.on(today);
    let line = set.validity_line(l, today);
    let soon = |day: NaiveDate| day < today + Days::new(AHEAD);
    match set.validity(today) {
        Validity::InForce { until } if !soon(until) => ok(line),
        Validity::Continued { document: Some(_), until, .. } if !until.is_some_and(soon) => ok(line),
        _ => warn(line),
    }
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

async fn count(ctx: &Ctx, text: &str, values: impl IntoIterator<Item = Value>) -> Result<i64, Problem> {
    Ok(ctx::one::<Count>(ctx, text, values).await?.map_or(0, |c| c.n))
}

async fn mail(ctx: &Ctx, config: &Config, l: Locale) -> Result<Vec<Finding>, Problem> {
    let m = t(l);
    let waiting = count(ctx, "SELECT COUNT(*) AS n FROM notice WHERE mail_state = 'waiting'", []).await?;
    let failed = count(ctx, "SELECT COUNT(*) AS n FROM notice WHERE mail_state = 'failed'", []).await?;
    let mut findings = vec![match &config.mail {
        Some(mail) => ok(m.cli_doctor_mail(&mail.host, i64::from(mail.port).to_string(), dates::number(waiting))),
        None => warn(m.cli_doctor_mail_none(dates::number(waiting))),
    }];
    if failed > 0 && config.mail.is_some() {
        findings.push(warn(m.cli_doctor_mail_failed(dates::number(failed))));
    }
    Ok(findings)
}

async fn gateway(ctx: &Ctx, config: &Config, l: Locale) -> Result<Vec<Finding>, Problem> {
    let m = t(l);
    let waiting = count(ctx, "SELECT COUNT(*) AS n FROM phone_message WHERE state = 'waiting'", []).await?;
    let address = config.public_url.clone().unwrap_or_default();
    let mut findings: Vec<Finding> = config.gateway.faults(&address).into_iter().map(bad).collect();
    let Some(sms) = &config.gateway.sms else {
        findings.push(warn(m.cli_doctor_sms_none(dates::number(waiting))));
        return Ok(findings);
    };
    if !sms.is_private() {
        findings.push(bad(m.cli_doctor_sms_plain(&sms.url)));
    }
    if findings.is_empty() {
        findings.push(ok(m.cli_doctor_sms(&sms.url, dates::number(waiting))));
    }
    let week = ctx.now() - 7 * huiqi_store::clock::DAY_MS;
    let failed = count(ctx, "SELECT COUNT(*) AS n FROM phone_message WHERE state = 'failed' AND at > ?", [week.into()]);
    let failed = failed.await?;
    if failed > 0 {
        findings.push(warn(m.cli_doctor_sms_failed(dates::number(failed))));
    }
    let lost = count(
        ctx,
        "SELECT COUNT(*) AS n FROM phone_message WHERE state = 'waiting' AND calling = ? AND asked > 2",
        [true.into()],
    );
    let lost = lost.await?;
    if lost > 0 {
        findings.push(warn(m.cli_doctor_sms_lost(dates::number(lost))));
    }
    Ok(findings)
}

fn jobs(states: &[JobState], l: Locale) -> Vec<Finding> {
    let m = t(l);
    if states.iter().all(|s| s.runs == 0) {
        return vec![warn(m.cli_doctor_jobs_never())];
    }
    let mut findings: Vec<Finding> = states
        .iter()
        .filter(|s| s.failed > 0)
        .map(|s| {
            let words = m.cli_doctor_job_failed(
                &s.name,
                dates::number(s.runs),
                dates::number(s.failed),
                s.last_error.as_deref().unwrap_or_default(),
            );
            if s.failed == s.runs { bad(words) } else { warn(words) }
        })
        .collect();
    if findings.is_empty() {
        findings.push(ok(m.cli_doctor_jobs(dates::number(states.len() as i64))));
    }
    findings
}

async fn administrators(ctx: &Ctx, l: Locale) -> Result<Vec<Finding>, Problem> {
    let m = t(l);
    let held = "SELECT COUNT(*) AS n FROM membership m JOIN person p ON p.id = m.person
        WHERE m.role = ? AND m.until IS NULL AND p.state = 'active'";
    let system = count(ctx, held, [Role::SystemAdmin.code().into()]).await?;
    let audit = count(ctx, held, [Role::AuditAdmin.code().into()]).await?;
    Ok(vec![
        if system > 0 { ok(m.cli_doctor_admin(dates::number(system))) } else { bad(m.cli_doctor_admin_none()) },
        if audit > 0 { ok(m.cli_doctor_auditor(dates::number(audit))) } else { warn(m.cli_doctor_auditor_none()) },
    ])
}

async fn seals(ctx: &Ctx, l: Locale) -> Result<Finding, Problem> {
    let m = t(l);
    let late = count(
        ctx,
        "SELECT COUNT(*) AS n FROM audit_entry WHERE seq IS NULL AND at < ?",
        [(ctx.now() - SEALED_WITHIN_MS).into()],
    )
    .await?;
    Ok(if late == 0 { ok(m.cli_doctor_sealed()) } else { warn(m.cli_doctor_unsealed(dates::number(late))) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_space_is_the_fourth_column() {
        let text = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/x 100 40 60 40% /data\n";
        assert_eq!(free_kib(text), Some(60));
        assert_eq!(free_kib(""), None);
    }

    #[test]
    fn an_address_without_tls_is_for_this_machine_only() {
        let state = |url: Option<&str>| {
            let config = Config {
                data: "x".into(),
                database_url: None,
                listen: "127.0.0.1:1".parse().unwrap(),
                public_url: url.map(str::to_owned),
                trusted_proxies: Vec::new(),
                start_of_work: None,
                mail: None,
                gateway: huiqi_identity::gateway::GatewayConfig::default(),
            };
            address(&config, Locale::En).state
        };
        assert_eq!(state(None), State::Bad);
        assert_eq!(state(Some("https://huiqi.example")), State::Ok);
        assert_eq!(state(Some("http://127.0.0.1:8700")), State::Warn);
        assert_eq!(state(Some("http://huiqi.example")), State::Bad);
    }
}
