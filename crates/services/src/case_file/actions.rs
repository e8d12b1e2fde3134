//! Freezing a closed request, and adding supplements to it.

use huiqi_casework::attachments::{self, Prepared};
use huiqi_casework::inbox::visible_in;
use huiqi_casework::record::{Case, by_number_in};
use huiqi_kernel::flow::{Facts, Refusal, Tie};
use huiqi_kernel::people::{FIRM, Viewer};
use huiqi_store::audit::hex;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::entries;
use crate::requests::actions::By;
use crate::requests::facts::{Assigned, load_in};
use crate::requests::flow::{CALLERS, DISPATCH, RequestFacts};
use crate::requests::rules;
use crate::t;

/// Freezes a request that has just ended: the hashes of all its entries, and one over them. Nothing where that was done
/// for this closing already.
///
/// # Errors
/// When the database fails.
pub async fn freeze_in(work: &Work, case: &Case) -> Result<(), Fault> {
    #[derive(FromQueryResult)]
    struct Last {
        part: i64,
        frozen_at: i64,
    }
    let Some(closed_at) = case.closed_at else { return Ok(()) };
    let last: Option<Last> = work
        .one(
            "SELECT part, frozen_at FROM case_file WHERE case_id = ? ORDER BY part DESC LIMIT 1",
            [Value::from(case.id)],
        )
        .await?;
    if last.as_ref().is_some_and(|l| l.frozen_at >= closed_at) {
        return Ok(());
    }
    let part = last.map_or(0, |l| l.part) + 1;
    let found = entries::entries_in(work, case.id).await?;
    let manifest = entries::manifest(&case.number, part, work.now(), &found);
    let sha256 = hex(&Sha256::digest(manifest.as_bytes()));
    work.run(
        "INSERT INTO case_file (case_id, part, frozen_at, manifest, sha256) VALUES (?, ?, ?, ?, ?)",
        [
            Value::from(case.id),
            Value::from(part),
            Value::from(work.now()),
            Value::from(manifest),
            Value::from(sha256.clone()),
        ],
    )
    .await?;
    work.audit(
        "case-file.freeze",
        "case",
        &case.number,
        json!({ "part": part, "entries": found.len(), "sha256": sha256 }),
    )
    .await
}

/// What is added to a closed case.
pub struct Supplement {
    /// What it is.
    pub title: String,
    /// What it says.
    pub words: String,
    /// Files.
    pub files: Prepared,
}

/// Whether this viewer may add to a closed request: its leading desk, whoever handled it, and the firm while it may
/// reopen.
///
/// # Errors
/// Why not.
pub fn may_add(viewer: &Viewer, facts: &RequestFacts, assigned: &[Assigned]) -> Result<(), Refusal> {
    if facts.case.closed_at.is_none() {
        return Err(Refusal::because(|l| t(l).case_file_still_open()));
    }
    let Some(actor) = viewer.actor() else { return rules::may_reopen(facts) };
    if actor.is(FIRM) {
        return if facts.tied(actor, Tie::OwnFirm) { rules::may_reopen(facts) } else { Err(Refusal::hidden()) };
    }
    let desk = facts.tied(actor, Tie::LeadingDesk) && (actor.is(DISPATCH) || actor.is(CALLERS));
    let handled = assigned.iter().any(|a| a.counts() && a.held_by(actor));
    if desk || handled { Ok(()) } else { Err(Refusal::hidden()) }
}

/// Adds a supplement to a closed request; its number inside the case.
///
/// # Errors
/// [`Fault::Refused`] as [`may_add`] decides; [`Fault::Invalid`] when there is nothing to add, or for files.
pub async fn add(ctx: &Ctx, by: By<'_>, number: &str, supplement: &Supplement) -> Result<i64, Fault> {
    #[derive(FromQueryResult)]
    struct Last {
        n: i64,
    }
    let (title, words) = (supplement.title.trim(), supplement.words.trim());
    if title.is_empty() {
        return Err(Fault::invalid("title", |l| t(l).case_file_title_missing()));
    }
    if words.is_empty() && supplement.files.is_empty() {
        return Err(Fault::invalid("words", |l| t(l).case_file_words_missing()));
    }
    let viewer = match by {
        By::Viewer(viewer) => viewer.clone(),
        By::Bearer => Viewer::Public,
    };
    let work = ctx.write(&viewer).await?;
    let case = match by {
        By::Viewer(viewer) => visible_in(&work, viewer, number).await?,
        By::Bearer => by_number_in(&work, number).await?,
    };
    let (case, _, assigned, facts) = load_in(&work, case).await?;
    may_add(&viewer, &facts, &assigned)?;
    // Two people who add at once come one after the other.
    work.run("UPDATE case_record SET version = version WHERE id = ?", [Value::from(case.id)]).await?;
    let seq = work
        .one::<Last>("SELECT COALESCE(MAX(seq), 0) AS n FROM case_supplement WHERE case_id = ?", [Value::from(case.id)])
        .await?
        .map_or(0, |l| l.n)
        + 1;
    let firm = viewer.role().is_none_or(|r| !r.is_staff());
    let sha256 = hash(&case.number, seq, work.now(), title, words, &supplement.files.hashes());
    let id = work
        .insert(
            "INSERT INTO case_supplement (case_id, seq, title, words, at, person, membership, side, sha256)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Value::from(case.id),
                Value::from(seq),
                Value::from(title),
                Value::from(words),
                Value::from(work.now()),
                Value::from(work.person()),
                Value::from(work.membership()),
                Value::from(if firm { "firm" } else { "staff" }),
                Value::from(sha256.clone()),
            ],
        )
        .await?;
    attachments::attach_supplement_in(&work, &case, id, &supplement.files).await?;
    work.audit("case-file.supplement", "case", &case.number, json!({ "supplement": seq, "sha256": sha256 })).await?;
    work.commit().await?;
    Ok(seq)
}

/// The hash of a supplement: its text and the hashes of its files.
pub(super) fn hash(number: &str, seq: i64, at: i64, title: &str, words: &str, files: &[String]) -> String {
    hex(&Sha256::digest(json!([number, seq, at, title, words, files]).to_string().as_bytes()))
}
