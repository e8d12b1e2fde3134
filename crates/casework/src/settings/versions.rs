//! Versions of the rule's parameters: what there is, and the actions proposing and deciding.
//!
//! The shipped set is version 1. A later version is stored as what it says otherwise than the shipped set, so that it
//! stands for itself. At most one proposal is open at a time; it rests on the newest approved version.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::RuleSet;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::dates::date_full_words;
use serde_json::{Value as Json, json};

use super::flow::{FLOW, VersionAction, VersionFacts, VersionState};
use super::proposals::{Kept, Next, Row, select};
use super::{differences, proposals};
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
    ctx::all(ctx, &format!("{} ORDER BY version DESC", select::<Parameters>()), []).await
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

impl Row for Version {
    fn version(&self) -> i64 {
        self.version
    }

    fn stands(&self) -> Result<VersionState, Fault> {
        self.state()
    }

    fn proposer(&self) -> i64 {
        self.proposed_by
    }

    fn asked(&self, person: Option<i64>, today: NaiveDate) -> Result<VersionFacts, Fault> {
        self.facts(person, today)
    }
}

/// The parameters of the rule, as something kept in versions.
struct Parameters;

impl Kept for Parameters {
    type Row = Version;
    const TABLE: &'static str = "rule_version";
    const OWN: &'static str = "in_force_from, changes";
    const CODE: &'static str = FLOW.code;

    fn shipped(&self) -> i64 {
        1
    }

    fn subject(&self, version: i64) -> String {
        number(version)
    }

    fn numbered(&self, version: i64) -> String {
        number(version)
    }

    fn href(&self, version: i64) -> String {
        format!("/settings/rules/{version}")
    }

    fn waiting(&self, version: i64) -> Refusal {
        Refusal::because(|l| t(l).setting_refusal_open(version.to_string()))
    }

    fn noted(&self, row: &Version) -> Json {
        json!({ "from": row.in_force_from })
    }

    fn decided(&self, row: &Version, approved: bool, words: &str) -> Result<Bilingual, Fault> {
        let (version, day) = (row.version.to_string(), row.from()?);
        Ok(Bilingual::say(|l| {
            let m = t(l);
            if approved {
                m.setting_notice_approved(&version, date_full_words(day, l))
            } else {
                m.setting_notice_rejected(&version, words)
            }
        }))
    }
}

/// Proposes a new version; returns its number. The bureau's approvers are told.
///
/// # Errors
/// [`Fault::NotFound`] for roles that may not, [`Fault::Refused`] while another proposal is open, [`Fault::Stale`]
/// when its base is not the newest version any more, [`Fault::Invalid`] when nothing changes or the day lies before
/// today or before the newest version's.
pub async fn propose(ctx: &Ctx, viewer: &Viewer, proposal: &Proposal) -> Result<i64, Fault> {
    let today = ctx.today();
    proposals::propose(ctx, viewer, &Parameters, |known, version| {
        let (base, base_from) = base_of(known, i64::MAX)?;
        if base.version() != proposal.base {
            return Err(Fault::Stale);
        }
        let differences = differences::between(&base, &proposal.set);
        if differences.is_empty() {
            return Err(Fault::invalid("reason", |l| t(l).setting_error_nothing_changed()));
        }
        if proposal.from < today {
            return Err(Fault::invalid("from", |l| t(l).setting_error_from_past()));
        }
        if let Some(earliest) = base_from.filter(|day| proposal.from < *day) {
            let version = base.version().to_string();
            return Err(Fault::invalid("from", |l| {
                t(l).setting_error_from_before(&version, date_full_words(earliest, l))
            }));
        }
        let changes = proposal.set.overrides_against(RuleSet::shipped());
        let changed: Vec<_> =
            differences.iter().map(|d| json!({ "key": d.key, "before": d.before, "after": d.after })).collect();
        let count = differences.len() as i64;
        Ok(Next {
            own: vec![
                ("rule_set", Value::from(RuleSet::shipped().id())),
                ("in_force_from", Value::from(proposal.from.to_string())),
                ("changes", Value::from(json!(changes).to_string())),
            ],
            reason: proposal.reason.clone(),
            noted: json!({ "from": proposal.from.to_string(), "changes": changed }),
            text: Bilingual::say(|l| t(l).setting_notice_proposed(version.to_string(), count)),
        })
    })
    .await
}

/// Decides on a proposal, or takes it back. An approval is effective at once for cases opened from its day on.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Refused`] as the table says, [`Fault::Invalid`] when a reason is missing,
/// [`Fault::Stale`] when somebody decided before.
pub async fn decide(ctx: &Ctx, viewer: &Viewer, version: i64, action: VersionAction, words: &str) -> Result<(), Fault> {
    proposals::decide(ctx, viewer, &Parameters, version, action, words).await?;
    if action == VersionAction::Approve {
        ctx.refresh().await?;
    }
    Ok(())
}
