//! Versions of the texts of official papers: one person proposes the next one, another decides, as for the rule's
//! parameters. What was issued keeps its own text.

use huiqi_identity::notices::{self, Notice};
use huiqi_identity::people::role_holders_in;
use huiqi_kernel::flow::{Doer, Refusal, Words};
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Label, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use serde_json::json;

use super::flow::{FLOW, VersionAction, VersionFacts, VersionState};
use super::{DECIDERS, PROPOSERS};
use crate::papers::PaperKind;
use crate::papers::templates::{self, Body, Flaw, LONGEST_LINE, MOST_LINES, Template};
use crate::t;

/// Longest reason, in characters.
pub(super) const LONGEST: usize = 300;

/// A version that was made here.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Made {
    pub kind: String,
    pub version: i64,
    pub body: String,
    pub reason: String,
    pub state: String,
    pub proposed_by: i64,
    pub proposed_at: i64,
    pub decided_by: Option<i64>,
    pub decided_at: Option<i64>,
    pub decision: Option<String>,
}

const COLUMNS: &str = "kind, version, body, reason, state, proposed_by, proposed_at, decided_by, decided_at, decision";

impl Made {
    pub(super) fn state(&self) -> Result<VersionState, Fault> {
        VersionState::from_code(&self.state).ok_or_else(|| Fault::internal(format!("unknown state {}", self.state)))
    }

    pub(super) fn body(&self) -> Result<Body, Fault> {
        serde_json::from_str(&self.body).map_err(Fault::internal)
    }

    pub(super) fn facts(&self, person: Option<i64>) -> VersionFacts {
        VersionFacts { own: person == Some(self.proposed_by), past: false }
    }
}

/// Every version that was made here, newest first.
///
/// # Errors
/// When the database fails.
pub(super) async fn all(ctx: &Ctx) -> Result<Vec<Made>, Fault> {
    ctx::all(ctx, &format!("SELECT {COLUMNS} FROM paper_template ORDER BY kind, version DESC"), []).await
}

async fn of_kind_in(work: &Work, kind: PaperKind) -> Result<Vec<Made>, Fault> {
    let text = format!("SELECT {COLUMNS} FROM paper_template WHERE kind = ? ORDER BY version DESC");
    work.all(&text, [Value::from(kind.code())]).await
}

/// The version of a kind that is issued now: its number, its lines, and who made it, where it was made here.
///
/// # Errors
/// When what is stored cannot be read.
pub(super) fn in_force(kind: PaperKind, made: &[Made]) -> Result<(i64, Body, Option<&Made>), Fault> {
    let approved = |m: &&Made| m.kind == kind.code() && m.state == VersionState::Approved.code();
    if let Some(row) = made.iter().filter(approved).max_by_key(|m| m.version) {
        return Ok((row.version, row.body()?, Some(row)));
    }
    let shipped = templates::current(kind).ok_or(Fault::NotFound)?;
    Ok((shipped.version, Body { zh: shipped.zh.lines.clone(), en: shipped.en.lines.clone() }, None))
}

/// The lines of a text field.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

/// What a flaw is, in words.
fn words(flaw: &Flaw, kind: PaperKind, l: Locale) -> String {
    let m = t(l);
    let (names, flags) = Template::vocabulary(kind);
    let listed = |set: std::collections::BTreeSet<String>, open: &str, close: &str| {
        set.into_iter().map(|n| format!("{open}{n}{close}")).collect::<Vec<_>>().join(" ")
    };
    match flaw {
        Flaw::Size => m.setting_paper_size(MOST_LINES as i64, LONGEST_LINE as i64),
        Flaw::Unknown(line, name) => m.setting_paper_unknown(*line as i64, name, listed(names, "{", "}")),
        Flaw::Condition(line, flag) => m.setting_paper_condition(*line as i64, flag, listed(flags, "[", "]")),
        Flaw::Missing(name) => m.setting_paper_missing(name),
        Flaw::Apart(line) => m.setting_paper_apart(*line as i64),
    }
}

/// Proposes the next version of a paper's text; returns its number. The bureau's approvers are told.
///
/// # Errors
/// [`Fault::NotFound`] for roles that may not; [`Fault::Refused`] while another proposal is open; [`Fault::Stale`] when
/// `base` is not the version in force; [`Fault::Invalid`] with the fields `zh`, `en` or `reason`.
pub(super) async fn propose(
    ctx: &Ctx,
    viewer: &Viewer,
    kind: PaperKind,
    base: i64,
    body: Body,
    reason: &str,
) -> Result<i64, Fault> {
    if !viewer.is(PROPOSERS) {
        return Err(Refusal::hidden().into());
    }
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST {
        return Err(Fault::invalid("reason", |l| t(l).setting_paper_reason_missing(LONGEST as i64)));
    }
    let work = ctx.write(viewer).await?;
    let made = of_kind_in(&work, kind).await?;
    if made.iter().any(|m| m.state == VersionState::Proposed.code()) {
        return Err(Refusal::because(|l| t(l).setting_paper_open()).into());
    }
    let (now, known, _) = in_force(kind, &made)?;
    if now != base {
        return Err(Fault::Stale);
    }
    if known == body {
        return Err(Fault::invalid("zh", |l| t(l).setting_error_nothing_changed()));
    }
    let shipped = templates::current(kind).ok_or(Fault::NotFound)?;
    let newest = templates::all().iter().filter(|t| t.kind == kind.code()).map(|t| t.version);
    let version = newest.chain(made.iter().map(|m| m.version)).max().unwrap_or_default() + 1;
    if let Some((flaw, english)) = shipped.with(version, body.clone()).flaw(kind) {
        let field = if english { "en" } else { "zh" };
        return Err(Fault::Invalid { field, message: Bilingual::say(|l| words(&flaw, kind, l)) });
    }
    let Some(person) = work.person() else { return Err(Refusal::hidden().into()) };
    let text = serde_json::to_string(&body).map_err(Fault::internal)?;
    work.run(
        "INSERT INTO paper_template (kind, version, body, reason, state, proposed_by, proposed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            Value::from(kind.code()),
            Value::from(version),
            Value::from(text.clone()),
            Value::from(reason),
            Value::from(VersionState::Proposed.code()),
            Value::from(person),
            Value::from(work.now()),
        ],
    )
    .await?;
    work.audit("paper-template.propose", "paper-template", kind.code(), json!({ "version": version, "text": text }))
        .await?;
    let people = role_holders_in(&work, DECIDERS).await?;
    tell(&work, &people, kind, |l| t(l).setting_paper_notice_proposed(kind.label(l), version.to_string())).await?;
    work.commit().await?;
    Ok(version)
}

/// Decides on a proposal, or takes it back. What is issued from then on has the new text.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Refused`] as the table says, [`Fault::Invalid`] when a reason is missing,
/// [`Fault::Stale`] when somebody decided before.
pub(super) async fn decide(
    ctx: &Ctx,
    viewer: &Viewer,
    kind: PaperKind,
    version: i64,
    action: VersionAction,
    words: &str,
) -> Result<(), Fault> {
    let actor = viewer.actor().ok_or(Fault::NotFound)?;
    let work = ctx.write(viewer).await?;
    let made = of_kind_in(&work, kind).await?;
    let row = made.iter().find(|m| m.version == version).ok_or(Fault::NotFound)?;
    let state = row.state()?;
    if state != VersionState::Proposed {
        return Err(Fault::Stale);
    }
    let step = FLOW.decide(state, action, Doer::Person(actor), &row.facts(work.person()))?;
    let words = words.trim();
    if step.words == Words::Required && words.is_empty() {
        return Err(Fault::invalid("words", |l| t(l).setting_error_reason_missing()));
    }
    let changed = work
        .run(
            "UPDATE paper_template SET state = ?, decided_by = ?, decided_at = ?, decision = ?
             WHERE kind = ? AND version = ? AND state = ?",
            [
                Value::from(step.to.code()),
                Value::from(work.person()),
                Value::from(work.now()),
                Value::from((!words.is_empty()).then_some(words)),
                Value::from(kind.code()),
                Value::from(version),
                Value::from(VersionState::Proposed.code()),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    let detail = json!({ "version": version });
    work.audit(&format!("paper-template.{}", action.code()), "paper-template", kind.code(), detail).await?;
    if action != VersionAction::Withdraw {
        tell(&work, &[row.proposed_by], kind, |l| {
            let m = t(l);
            let (name, version) = (kind.label(l), version.to_string());
            match action {
                VersionAction::Approve => m.setting_paper_notice_approved(name, version),
                _ => m.setting_paper_notice_rejected(name, version, words),
            }
        })
        .await?;
    }
    work.commit().await
}

async fn tell(work: &Work, people: &[i64], kind: PaperKind, text: impl Fn(Locale) -> String) -> Result<(), Fault> {
    let notice = Notice {
        kind: "paper-template",
        number: String::new(),
        text: Bilingual::say(text),
        href: format!("/settings/papers/{}", kind.code()),
    };
    notices::send_in(work, people, &notice).await
}
