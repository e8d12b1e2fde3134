//! Versions of the texts of official papers: one person proposes the next one, another decides, as for the rule's
//! parameters. What was issued keeps its own text.

use chrono::NaiveDate;
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Label, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use serde_json::{Value as Json, json};

use super::flow::{VersionAction, VersionFacts, VersionState};
use super::proposals::{self, Kept, Next, Row, select};
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
    ctx::all(ctx, &format!("{} ORDER BY kind, version DESC", select::<PaperKind>()), []).await
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

impl Row for Made {
    fn version(&self) -> i64 {
        self.version
    }

    fn stands(&self) -> Result<VersionState, Fault> {
        self.state()
    }

    fn proposer(&self) -> i64 {
        self.proposed_by
    }

    fn asked(&self, person: Option<i64>, _: NaiveDate) -> Result<VersionFacts, Fault> {
        Ok(self.facts(person))
    }
}

impl Kept for PaperKind {
    type Row = Made;
    const TABLE: &'static str = "paper_template";
    const OWN: &'static str = "kind, body";
    const CODE: &'static str = "paper-template";

    fn of(&self) -> Option<(&'static str, Value)> {
        Some(("kind", Value::from(self.code())))
    }

    fn shipped(&self) -> i64 {
        templates::all().iter().filter(|t| t.kind == self.code()).map(|t| t.version).max().unwrap_or_default()
    }

    fn subject(&self, _: i64) -> String {
        self.code().to_owned()
    }

    fn numbered(&self, _: i64) -> String {
        String::new()
    }

    fn href(&self, _: i64) -> String {
        format!("/settings/papers/{}", self.code())
    }

    fn waiting(&self, _: i64) -> Refusal {
        Refusal::because(|l| t(l).setting_paper_open())
    }

    fn noted(&self, row: &Made) -> Json {
        json!({ "version": row.version })
    }

    fn decided(&self, row: &Made, approved: bool, words: &str) -> Result<Bilingual, Fault> {
        let version = row.version.to_string();
        Ok(Bilingual::say(|l| {
            let (m, name) = (t(l), self.label(l));
            if approved {
                m.setting_paper_notice_approved(name, &version)
            } else {
                m.setting_paper_notice_rejected(name, &version, words)
            }
        }))
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
    let reason = reason.trim();
    proposals::propose(ctx, viewer, &kind, |made, version| {
        if reason.is_empty() || reason.chars().count() > LONGEST {
            return Err(Fault::invalid("reason", |l| t(l).setting_paper_reason_missing(LONGEST as i64)));
        }
        let (now, known, _) = in_force(kind, made)?;
        if now != base {
            return Err(Fault::Stale);
        }
        if known == body {
            return Err(Fault::invalid("zh", |l| t(l).setting_error_nothing_changed()));
        }
        let shipped = templates::current(kind).ok_or(Fault::NotFound)?;
        if let Some((flaw, english)) = shipped.with(version, body.clone()).flaw(kind) {
            let field = if english { "en" } else { "zh" };
            return Err(Fault::Invalid { field, message: Bilingual::say(|l| words(&flaw, kind, l)) });
        }
        let text = serde_json::to_string(&body).map_err(Fault::internal)?;
        Ok(Next {
            own: vec![("body", Value::from(text.clone()))],
            reason: reason.to_owned(),
            noted: json!({ "version": version, "text": text }),
            text: Bilingual::say(|l| t(l).setting_paper_notice_proposed(kind.label(l), version.to_string())),
        })
    })
    .await
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
    proposals::decide(ctx, viewer, &kind, version, action, words).await
}
