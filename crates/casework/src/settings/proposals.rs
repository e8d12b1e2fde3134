//! How something that is kept in versions gets its next one: one person proposes it, another decides.
//!
//! At most one proposal is open at a time. The next number, the version column that settles who was first, the audit
//! entry and the notices are the same for everything; what differs stands in an implementation of [`Kept`], and the
//! procedure in [`FLOW`].

use chrono::NaiveDate;
use huiqi_identity::notices::{self, Notice};
use huiqi_identity::people::role_holders_in;
use huiqi_kernel::flow::{Doer, Refusal, Words};
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work};
use serde_json::Value as Json;

use super::flow::{FLOW, VersionAction, VersionFacts, VersionState};
use super::{DECIDERS, PROPOSERS};
use crate::t;

/// A version as it stands in the table.
pub(super) trait Row: FromQueryResult + Send + Sync {
    /// Its number.
    fn version(&self) -> i64;
    /// Where it stands.
    fn stands(&self) -> Result<VersionState, Fault>;
    /// Row id of the person who proposed it.
    fn proposer(&self) -> i64;
    /// What the procedure asks about it.
    fn asked(&self, person: Option<i64>, today: NaiveDate) -> Result<VersionFacts, Fault>;
}

/// Something that is kept in versions.
pub(super) trait Kept: Sync {
    /// A version of it.
    type Row: Row;
    /// The table; it has [`COLUMNS`] and those of [`Kept::OWN`].
    const TABLE: &'static str;
    /// The columns that only this table has.
    const OWN: &'static str;
    /// Its word in the audit log and with notices.
    const CODE: &'static str;

    /// Column and value that say of what this is a version, where the table holds several.
    fn of(&self) -> Option<(&'static str, Value)> {
        None
    }
    /// The newest version that is built into the program.
    fn shipped(&self) -> i64;
    /// What the audit log calls a version.
    fn subject(&self, version: i64) -> String;
    /// The number a notice about a version shows; empty where it has none.
    fn numbered(&self, version: i64) -> String;
    /// Where a version is read and decided.
    fn href(&self, version: i64) -> String;
    /// Why nobody may propose while this version waits for its decision.
    fn waiting(&self, version: i64) -> Refusal;
    /// What the audit log notes with a decision.
    fn noted(&self, row: &Self::Row) -> Json;
    /// What the proposer hears of a decision, approval or rejection.
    fn decided(&self, row: &Self::Row, approved: bool, words: &str) -> Result<Bilingual, Fault>;
}

/// A proposal that was found good.
pub(super) struct Next {
    /// Values of the columns of [`Kept::OWN`] and of any other that only this table has.
    pub own: Vec<(&'static str, Value)>,
    /// Why it is proposed.
    pub reason: String,
    /// What the audit log notes.
    pub noted: Json,
    /// What those who decide are told.
    pub text: Bilingual,
}

/// The columns every such table has.
const COLUMNS: &str = "version, reason, state, proposed_by, proposed_at, decided_by, decided_at, decision";

/// The statement that reads versions; conditions and order come after it.
pub(super) fn select<K: Kept>() -> String {
    format!("SELECT {}, {COLUMNS} FROM {}", K::OWN, K::TABLE)
}

/// ` AND kind = ?` with its value, where the table holds versions of several things.
fn only<K: Kept>(kept: &K) -> (String, Option<Value>) {
    kept.of().map_or_else(Default::default, |(column, value)| (format!(" AND {column} = ?"), Some(value)))
}

/// Proposes the next version; returns its number. Those who decide are told. `check` sees what there is, newest first,
/// and the number the new version would have.
///
/// # Errors
/// [`Fault::NotFound`] for roles that may not; [`Fault::Refused`] while another proposal is open; [`Fault::Stale`] when
/// somebody else was first; whatever `check` finds.
pub(super) async fn propose<K: Kept>(
    ctx: &Ctx,
    viewer: &Viewer,
    kept: &K,
    check: impl FnOnce(&[K::Row], i64) -> Result<Next, Fault> + Send,
) -> Result<i64, Fault> {
    if !viewer.is(PROPOSERS) {
        return Err(Refusal::hidden().into());
    }
    let work = ctx.write(viewer).await?;
    let (only, value) = only(kept);
    let text = format!("{} WHERE 1 = 1{only} ORDER BY version DESC", select::<K>());
    let known: Vec<K::Row> = work.all(&text, value).await?;
    for row in &known {
        if row.stands()? == VersionState::Proposed {
            return Err(kept.waiting(row.version()).into());
        }
    }
    let version = known.first().map_or(0, Row::version).max(kept.shipped()) + 1;
    let next = check(&known, version)?;
    let Some(person) = work.person() else { return Err(Refusal::hidden().into()) };
    let (mut columns, mut values): (Vec<&str>, Vec<Value>) = kept.of().into_iter().chain(next.own).unzip();
    columns.extend(["version", "reason", "state", "proposed_by", "proposed_at"]);
    values.extend([
        Value::from(version),
        Value::from(next.reason),
        Value::from(VersionState::Proposed.code()),
        Value::from(person),
        Value::from(work.now()),
    ]);
    let text = format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING",
        K::TABLE,
        columns.join(", "),
        vec!["?"; columns.len()].join(", ")
    );
    if work.run(&text, values).await? == 0 {
        return Err(Fault::Stale);
    }
    work.audit(&format!("{}.propose", K::CODE), K::CODE, &kept.subject(version), next.noted).await?;
    let people = role_holders_in(&work, DECIDERS).await?;
    tell(&work, kept, &people, version, next.text).await?;
    work.commit().await?;
    Ok(version)
}

/// Decides on a proposal, or takes it back.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Refused`] as the table says, [`Fault::Invalid`] when a reason is missing,
/// [`Fault::Stale`] when somebody decided before.
pub(super) async fn decide<K: Kept>(
    ctx: &Ctx,
    viewer: &Viewer,
    kept: &K,
    version: i64,
    action: VersionAction,
    words: &str,
) -> Result<(), Fault> {
    let actor = viewer.actor().ok_or(Fault::NotFound)?;
    let work = ctx.write(viewer).await?;
    let (only, value) = only(kept);
    let text = format!("{} WHERE version = ?{only}", select::<K>());
    let key: Vec<Value> = std::iter::once(Value::from(version)).chain(value).collect();
    let row: K::Row = work.one(&text, key.clone()).await?.ok_or(Fault::NotFound)?;
    let state = row.stands()?;
    if state != VersionState::Proposed {
        return Err(Fault::Stale);
    }
    let step = FLOW.decide(state, action, Doer::Person(actor), &row.asked(work.person(), work.today())?)?;
    let words = words.trim();
    if step.words == Words::Required && words.is_empty() {
        return Err(Fault::invalid("words", |l| t(l).setting_error_reason_missing()));
    }
    let mut values = vec![
        Value::from(step.to.code()),
        Value::from(work.person()),
        Value::from(work.now()),
        Value::from((!words.is_empty()).then_some(words)),
        Value::from(VersionState::Proposed.code()),
    ];
    values.extend(key);
    let text = format!(
        "UPDATE {} SET state = ?, decided_by = ?, decided_at = ?, decision = ? WHERE state = ? AND version = ?{only}",
        K::TABLE
    );
    if work.run(&text, values).await? == 0 {
        return Err(Fault::Stale);
    }
    work.audit(&format!("{}.{}", K::CODE, action.code()), K::CODE, &kept.subject(version), kept.noted(&row)).await?;
    // Whoever takes his own proposal back need not be told.
    if action != VersionAction::Withdraw {
        let text = kept.decided(&row, action == VersionAction::Approve, words)?;
        tell(&work, kept, &[row.proposer()], version, text).await?;
    }
    work.commit().await
}

async fn tell<K: Kept>(work: &Work, kept: &K, people: &[i64], version: i64, text: Bilingual) -> Result<(), Fault> {
    let notice = Notice { kind: K::CODE, number: kept.numbered(version), text, href: kept.href(version) };
    notices::send_in(work, people, &notice).await
}
