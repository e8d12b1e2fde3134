//! Versions of the rule's parameters: what there is, and the actions proposing and deciding.
//!
//! The shipped set is version 1. A later version is stored as what it says otherwise than the shipped set, so that it
//! stands for itself. At most one proposal is open at a time; it rests on the newest approved version.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use huiqi_identity::notices::{self, Notice};
use huiqi_identity::people::role_holders_in;
use huiqi_kernel::flow::{Doer, Refusal, Words};
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::RuleSet;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use serde_json::json;

use super::flow::{FLOW, VersionAction, VersionFacts, VersionState};
use super::{DECIDERS, PROPOSERS, differences};
use crate::t;

/// A version as it stands in the table.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Version {
    /// Its number; 1 is the shipped set and has no row.
    pub version: i64,
    /// First day in force, ISO.
    pub in_force_from: String,
    /// What it says otherwise than the shipped set, as JSON.
    pub changes: String,
    /// Why it was proposed.
    pub reason: String,
    /// Code of its [`VersionState`].
    pub state: String,
    /// Row id of the person who proposed it.
    pub proposed_by: i64,
    /// UTC milliseconds.
    pub proposed_at: i64,
    /// Row id of the person who decided.
    pub decided_by: Option<i64>,
    /// UTC milliseconds.
    pub decided_at: Option<i64>,
    /// The words of the decision.
    pub decision: Option<String>,
}

const COLUMNS: &str =
    "version, in_force_from, changes, reason, state, proposed_by, proposed_at, decided_by, decided_at, decision";

impl Version {
    /// Where it stands.
    ///
    /// # Errors
    /// When the data is of a newer program.
    pub fn state(&self) -> Result<VersionState, Fault> {
        VersionState::from_code(&self.state).ok_or_else(|| Fault::internal(format!("unknown state {}", self.state)))
    }

    /// First day in force.
    ///
    /// # Errors
    /// When the stored day cannot be read.
    pub fn from(&self) -> Result<NaiveDate, Fault> {
        self.in_force_from.parse().map_err(Fault::internal)
    }

    /// The whole rule set of this version.
    ///
    /// # Errors
    /// When what is stored does not fit the shipped set.
    pub fn set(&self) -> Result<RuleSet, Fault> {
        let changes: BTreeMap<String, String> = serde_json::from_str(&self.changes).map_err(Fault::internal)?;
        let number = u32::try_from(self.version).map_err(Fault::internal)?;
        RuleSet::shipped().with_overrides(&changes, number).map_err(Fault::internal)
    }

    /// What the table of the procedure asks about it.
    ///
    /// # Errors
    /// When the stored day cannot be read.
    pub fn facts(&self, person: Option<i64>, today: NaiveDate) -> Result<VersionFacts, Fault> {
        Ok(VersionFacts { own: person == Some(self.proposed_by), past: self.from()? < today })
    }
}

/// The number of a version in the audit log and in notices: `xiamen-2020-v2`.
pub fn number(version: i64) -> String {
    format!("{}-v{version}", RuleSet::shipped().id())
}

/// All versions but the shipped one, newest first.
///
/// # Errors
/// When the database fails.
pub async fn all(ctx: &Ctx) -> Result<Vec<Version>, Fault> {
    ctx::all(ctx, &format!("SELECT {COLUMNS} FROM rule_version ORDER BY version DESC"), []).await
}

/// What a version rests on: the newest approved one with a lower number, or the shipped set.
///
/// # Errors
/// When what is stored does not fit the shipped set.
pub fn base_of(versions: &[Version], version: i64) -> Result<(RuleSet, Option<NaiveDate>), Fault> {
    let base = versions
        .iter()
        .filter(|v| v.state == VersionState::Approved.code() && v.version < version)
        .max_by_key(|v| v.version);
    match base {
        Some(base) => Ok((base.set()?, Some(base.from()?))),
        None => Ok((RuleSet::shipped().clone(), None)),
    }
}

/// A proposal that has been checked against its base.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// What the new version says, whole.
    pub set: RuleSet,
    /// Version it rests on.
    pub base: u32,
    /// First day in force.
    pub from: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Proposes a new version; returns its number. The bureau's approvers are told.
///
/// # Errors
/// [`Fault::NotFound`] for roles that may not, [`Fault::Refused`] while another proposal is open, [`Fault::Stale`]
/// when its base is not the newest version any more, [`Fault::Invalid`] when nothing changes or the day lies before
/// today or before the newest version's.
pub async fn propose(ctx: &Ctx, viewer: &Viewer, proposal: &Proposal) -> Result<i64, Fault> {
    if !viewer.is(PROPOSERS) {
        return Err(Refusal::hidden().into());
    }
    let work = ctx.write(viewer).await?;
    let known: Vec<Version> =
        work.all(&format!("SELECT {COLUMNS} FROM rule_version ORDER BY version DESC"), []).await?;
    if let Some(open) = known.iter().find(|v| v.state == VersionState::Proposed.code()) {
        let version = open.version.to_string();
        return Err(Refusal::because(|l| t(l).setting_refusal_open(&version)).into());
    }
    let (base, base_from) = base_of(&known, i64::MAX)?;
    if base.version() != proposal.base {
        return Err(Fault::Stale);
    }
    let differences = differences::between(&base, &proposal.set);
    if differences.is_empty() {
        return Err(Fault::invalid("reason", |l| t(l).setting_error_nothing_changed()));
    }
    if proposal.from < work.today() {
        return Err(Fault::invalid("from", |l| t(l).setting_error_from_past()));
    }
    if let Some(earliest) = base_from.filter(|day| proposal.from < *day) {
        let version = base.version().to_string();
        return Err(Fault::invalid("from", |l| {
            t(l).setting_error_from_before(&version, huiqi_web::dates::date_full_words(earliest, l))
        }));
    }
    let Some(person) = work.person() else {
        return Err(Refusal::hidden().into());
    };
    let version = known.first().map_or(1, |v| v.version).max(1) + 1;
    let changes = proposal.set.overrides_against(RuleSet::shipped());
    let inserted = work
        .run(
            "INSERT INTO rule_version (version, rule_set, in_force_from, changes, reason, state, proposed_by, proposed_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (version) DO NOTHING",
            [
                Value::from(version),
                Value::from(RuleSet::shipped().id()),
                Value::from(proposal.from.to_string()),
                Value::from(json!(changes).to_string()),
                Value::from(proposal.reason.clone()),
                Value::from(VersionState::Proposed.code()),
                Value::from(person),
                Value::from(work.now()),
            ],
        )
        .await?;
    if inserted == 0 {
        return Err(Fault::Stale);
    }
    let changed: Vec<_> =
        differences.iter().map(|d| json!({ "key": d.key, "before": d.before, "after": d.after })).collect();
    work.audit(
        "rule-version.propose",
        "rule-version",
        &number(version),
        json!({ "from": proposal.from.to_string(), "changes": changed }),
    )
    .await?;
    let people = role_holders_in(&work, DECIDERS).await?;
    let count = differences.len() as i64;
    tell(&work, &people, version, Bilingual::say(|l| t(l).setting_notice_proposed(version.to_string(), count))).await?;
    work.commit().await?;
    Ok(version)
}

/// Decides on a proposal, or takes it back. An approval is effective at once for cases opened from its day on.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Refused`] as the table says, [`Fault::Invalid`] when a reason is missing,
/// [`Fault::Stale`] when somebody decided before.
pub async fn decide(ctx: &Ctx, viewer: &Viewer, version: i64, action: VersionAction, words: &str) -> Result<(), Fault> {
    let actor = viewer.actor().ok_or(Fault::NotFound)?;
    let work = ctx.write(viewer).await?;
    let row: Version = work
        .one(&format!("SELECT {COLUMNS} FROM rule_version WHERE version = ?"), [Value::from(version)])
        .await?
        .ok_or(Fault::NotFound)?;
    let state = row.state()?;
    if state != VersionState::Proposed {
        return Err(Fault::Stale);
    }
    let step = FLOW.decide(state, action, Doer::Person(actor), &row.facts(work.person(), work.today())?)?;
    let words = words.trim();
    if step.words == Words::Required && words.is_empty() {
        return Err(Fault::invalid("words", |l| t(l).setting_error_reason_missing()));
    }
    let changed = work
        .run(
            "UPDATE rule_version SET state = ?, decided_by = ?, decided_at = ?, decision = ? WHERE version = ? AND state = ?",
            [
                Value::from(step.to.code()),
                Value::from(work.person()),
                Value::from(work.now()),
                Value::from((!words.is_empty()).then(|| words.to_owned())),
                Value::from(version),
                Value::from(VersionState::Proposed.code()),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    work.audit(
        &format!("{}.{}", FLOW.code, action.code()),
        "rule-version",
        &number(version),
        json!({ "from": row.in_force_from }),
    )
    .await?;
    let text = match action {
        VersionAction::Approve => {
            let day = row.from()?;
            Some(Bilingual::say(|l| {
                t(l).setting_notice_approved(version.to_string(), huiqi_web::dates::date_full_words(day, l))
            }))
        }
        VersionAction::Reject => Some(Bilingual::say(|l| t(l).setting_notice_rejected(version.to_string(), words))),
        VersionAction::Withdraw => None,
    };
    if let Some(text) = text {
        tell(&work, &[row.proposed_by], version, text).await?;
    }
    work.commit().await?;
    if action == VersionAction::Approve {
        ctx.refresh().await?;
    }
    Ok(())
}

async fn tell(work: &Work, people: &[i64], version: i64, text: Bilingual) -> Result<(), Fault> {
    let notice =
        Notice { kind: "rule-version", number: number(version), text, href: format!("/settings/rules/{version}") };
    notices::send_in(work, people, &notice).await
}
