//! Settings that people keep on pages: site texts, versions of the rule's parameters, the working calendar with local
//! stoppages, the state of the jobs; and the audit log.
//!
//! A change of the rule is a **proposal** by one person and takes force by the **approval** of another (see [`flow`]);
//! cases keep the version they were opened under. A new calendar year or a **stoppage** moves the due days of running
//! cases at once ([`calendar`]). Site texts are effective as soon as they are saved. The audit log is read, exported
//! and verified by the audit administrator alone.

pub mod calendar;
mod calendar_pages;
mod differences;
pub mod flow;
mod home;
mod jobs;
mod log;
mod log_pages;
mod log_words;
mod moves;
mod pages;
mod paper_pages;
mod paper_versions;
mod people;
mod proposals;
mod report_officers;
mod routes;
mod rule_forms;
mod rule_pages;
mod site;
pub mod versions;

pub use log::action_words;
pub use report_officers::name_report_officers;

use huiqi_kernel::flow::{Registered, no_kinds};
use huiqi_kernel::people::Role;
use huiqi_store::Migration;
use huiqi_store::job::Job;
use huiqi_web::Slice;

use crate::t;

/// Everybody who may open the settings at all.
pub const KEEPERS: &[Role] = &[
    Role::SystemAdmin,
    Role::OperatorManager,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::BureauOfficer,
    Role::BureauApprover,
];
/// Whoever may change the texts of the site.
pub const SITE_EDITORS: &[Role] = &[Role::SystemAdmin, Role::OperatorManager];
/// Whoever may propose a new version of the rule's parameters.
pub const PROPOSERS: &[Role] = &[Role::OperatorManager, Role::CentreOfficer, Role::CentreApprover, Role::BureauOfficer];
/// Whoever decides on such a proposal, if somebody else made it.
pub const DECIDERS: &[Role] = &[Role::BureauApprover];
/// Whoever may add a calendar year or enter a stoppage.
pub const CALENDAR_KEEPERS: &[Role] =
    &[Role::SystemAdmin, Role::OperatorManager, Role::CentreOfficer, Role::CentreApprover, Role::BureauOfficer];
/// Whoever looks after the recurring jobs.
pub const JOB_KEEPERS: &[Role] = &[Role::SystemAdmin];
/// Whoever reads the audit log.
pub const AUDITORS: &[Role] = &[Role::AuditAdmin];

/// Numbers and chains what was written into the audit log.
pub const SEAL_JOB: Job = Job {
    name: "store.audit-seal",
    title: |l| t(l).setting_job_audit_seal(),
    every_ms: 3_000,
    run: |ctx| Box::pin(async move { Ok(huiqi_store::audit::seal(ctx.db()).await?) }),
};
/// Brings in what another process changed.
pub const REFRESH_JOB: Job = Job {
    name: "store.refresh",
    title: |l| t(l).setting_job_refresh(),
    every_ms: 60_000,
    run: |ctx| Box::pin(async move { ctx.refresh().await.map(|()| 0) }),
};
/// Finishes a recount of due days that a crash cut off.
pub const RECOUNT_JOB: Job = Job {
    name: "settings.recount",
    title: |l| t(l).setting_job_recount(),
    every_ms: 60_000,
    run: |ctx| Box::pin(async move { calendar::recount_if_pending(&ctx).await }),
};

const MIGRATIONS: &[Migration] =
    &[Migration { id: "2026-11-24.32 settings", sql: &["ALTER TABLE rule_version ADD COLUMN decision {text}"] }];

/// What this slice brings.
pub fn slice() -> Slice {
    Slice {
        migrations: MIGRATIONS,
        routes: routes::routes(),
        flows: vec![Box::new(Registered {
            flow: &flow::FLOW,
            name: |l| t(l).setting_flow_name(),
            kind: no_kinds,
            kinds: Vec::new,
        })],
        jobs: vec![SEAL_JOB, REFRESH_JOB, RECOUNT_JOB],
        ..Slice::new("settings")
    }
}
