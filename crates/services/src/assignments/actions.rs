//! Steps of an assignment, and what they mean for the request above.

use huiqi_casework::attachments::Prepared;
use huiqi_casework::inbox::{self, visible_in};
use huiqi_casework::record::{self, Case, New, by_id_in};
use huiqi_casework::{attachments, ladder, timeline};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work};
use huiqi_web::forms::Upload;
use serde_json::json;

use super::flow::{Action, AssignmentFacts, FLOW};
use crate::replies::pieces;
use crate::requests::actions::{Target, ended_in, started_in};
use crate::requests::facts::{Detail, assigned, assigned_in, detail, detail_in};
use crate::requests::flow::{Class, Mode, RequestFacts, State as RequestState};
use crate::t;

/// What is said with a step of an assignment.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Answer, reason, or what was said on the phone.
    pub words: String,
    /// The version the person saw.
    pub version: Option<i64>,
    /// Files.
    pub files: Vec<Upload>,
}

/// Names of those a request is sent to, for the record.
pub(crate) async fn names_in(work: &Work, targets: &[Target]) -> Result<Bilingual, Fault> {
    #[derive(FromQueryResult)]
    struct Name {
        name: String,
        name_en: Option<String>,
    }
    let mut names = Vec::new();
    for target in targets {
        let found: Option<Name> = match target.window {
            Some(window) => {
                work.one("SELECT name, name_en FROM service_window WHERE id = ?", [Value::from(window)]).await?
            }
            None => {
                work.one("SELECT name, name_en FROM organisation WHERE id = ?", [Value::from(target.organisation)])
                    .await?
            }
        };
        names.push(found.ok_or(Fault::NotFound)?);
    }
    Ok(Bilingual::say(|l| {
        let shown: Vec<&str> = names.iter().map(|n| timeline::in_words(&n.name, n.name_en.as_deref(), l)).collect();
        shown.join(&t(l).request_join())
    }))
}

/// Offers a part of a request to one handler.
pub(crate) async fn offer_in(
    work: &Work,
    request: &Case,
    target: &Target,
    lead: bool,
    doer: Doer<'_>,
    facts: &RequestFacts,
) -> Result<Case, Fault> {
    let mut case = record::open_in(
        work,
        &FLOW,
        &New {
            kind: request.kind.as_deref(),
            handler_org: Some(target.organisation),
            handler_window: target.window,
            ..New::below("PD", request)
        },
    )
    .await?;
    work.run(
        "INSERT INTO assignment (case_id, lead, why) VALUES (?, ?, ?)",
        [Value::from(case.id), Value::from(lead), Value::from(target.why.clone())],
    )
    .await?;
    let own = AssignmentFacts {
        case: case.clone(),
        plain_question: facts.class == Some(Class::Consultation),
        choice_open: false,
        lead,
        missing: 0,
        waiting: false,
        by_manager: false,
    };
    record::take_in(work, &FLOW, &mut case, Action::Offer, doer, &own, record::Said::nothing()).await?;
    let people = ladder::on_turn_in(work, &case).await?;
    tell(work, &case, request, &people).await?;
    Ok(case)
}

async fn tell(work: &Work, case: &Case, request: &Case, people: &[i64]) -> Result<(), Fault> {
    let text = |l| t(l).assignment_notice_offered(&request.number, &request.title);
    ladder::tell_in(work, case, people, "turn", text).await
}

/// What the table asks about an assignment.
pub fn facts_of(
    case: &Case,
    detail: &Detail,
    request_state: &str,
    others_open: usize,
    lead: bool,
    by_manager: bool,
) -> AssignmentFacts {
    AssignmentFacts {
        case: case.clone(),
        plain_question: detail.class() == Some(Class::Consultation),
        choice_open: detail.mode() == Some(Mode::Choose) && !detail.chosen && others_open > 0,
        lead,
        missing: others_open,
        waiting: request_state == RequestState::Waiting.code(),
        by_manager,
    }
}

async fn load_facts_in(work: &Work, case: &Case) -> Result<AssignmentFacts, Fault> {
    let parent = case.parent.ok_or(Fault::NotFound)?;
    let request = by_id_in(work, parent).await?;
    let detail = detail_in(work, parent).await?;
    let others = assigned_in(work, parent).await?;
    let own = others.iter().find(|a| a.case.id == case.id);
    let (lead, by_manager) = own.map_or((false, false), |a| (a.lead, a.by_manager()));
    let open = others.iter().filter(|a| a.is_open() && a.case.id != case.id).count();
    Ok(facts_of(case, &detail, &request.state, open, lead, by_manager))
}

/// Takes a step of an assignment in the name of whoever is signed in.
///
/// # Errors
/// As the flow table decides; [`Fault::Stale`], [`Fault::Invalid`].
pub async fn take(ctx: &Ctx, viewer: &Viewer, number: &str, action: Action, said: &Said) -> Result<Case, Fault> {
    let files = if said.files.is_empty() {
        Prepared::none()
    } else {
        may_take(ctx, viewer, number, action).await?;
        attachments::prepare(&said.files).await?
    };
    let work = ctx.write(viewer).await?;
    let case = visible_in(&work, viewer, number).await?;
    take_in(&work, viewer, case.clone(), action, said, &files).await?;
    work.commit().await?;
    Ok(case)
}

/// Whether this step is open to this person at this moment, asked before files are prepared for it. The step itself asks
/// again.
async fn may_take(ctx: &Ctx, viewer: &Viewer, number: &str, action: Action) -> Result<(), Fault> {
    let case = inbox::visible(ctx, viewer, number).await?;
    let (Some(actor), Some(parent)) = (viewer.actor(), case.parent) else { return Err(Fault::NotFound) };
    let request = record::by_id(ctx, parent).await?;
    let detail = detail(ctx, parent).await?;
    let others = assigned(ctx, parent).await?;
    let own = others.iter().find(|a| a.case.id == case.id);
    let (lead, by_manager) = own.map_or((false, false), |a| (a.lead, a.by_manager()));
    let open = others.iter().filter(|a| a.is_open() && a.case.id != case.id).count();
    let asked = facts_of(&case, &detail, &request.state, open, lead, by_manager);
    FLOW.decide(case.state()?, action, Doer::Person(actor), &asked)?;
    Ok(())
}

/// Whether this viewer may give an assignment to a colleague: it is open and lies with the viewer's own house.
///
/// # Errors
/// [`Fault::NotFound`] when not.
pub(crate) fn may_give(viewer: &Viewer, case: &Case) -> Result<(), Fault> {
    let own =
        viewer.actor().is_some_and(|a| case.handler_org == Some(a.organisation) && (case.handler_window == a.window));
    if own && case.flow == FLOW.code && case.closed_at.is_none() { Ok(()) } else { Err(Fault::NotFound) }
}

pub(crate) async fn take_in(
    work: &Work,
    viewer: &Viewer,
    case: Case,
    action: Action,
    said: &Said,
    files: &Prepared,
) -> Result<(), Fault> {
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let parent = case.parent.ok_or(Fault::NotFound)?;
    // Steps of the assignments of one request come one after the other, so that two takers do not both start it.
    work.run("UPDATE case_record SET version = version WHERE id = ?", [Value::from(parent)]).await?;
    let mut case = by_id_in(work, case.id).await?;
    let facts = load_facts_in(work, &case).await?;
    if matches!(action, Action::Take | Action::Receive) && case.handler_person.is_none() {
        case.handler_person = Some(actor.person);
    }
    let public = !matches!(action, Action::Decline | Action::Recall | Action::Unreachable);
    let words = record::Said {
        words: Some(said.words.as_str()).filter(|w| !w.trim().is_empty()),
        public,
        seen: said.version,
        ..record::Said::nothing()
    };
    if action == Action::Report {
        pieces::filled("words", &said.words)?;
    }
    record::take_in(work, &FLOW, &mut case, action, Doer::Person(actor), &facts, words).await?;
    settle(work, &case, action, said.words.trim()).await?;
    if files.is_empty() {
        return Ok(());
    }
    attachments::attach_in(work, &by_id_in(work, parent).await?, None, files, false).await
}

/// Ends an assignment by the program: passed over, or recalled because the request is over.
pub(crate) async fn end_in(work: &Work, case: Case, action: Action, words: &str) -> Result<(), Fault> {
    let mut case = case;
    let facts = load_facts_in(work, &case).await?;
    let said = record::Said { words: Some(words).filter(|w| !w.is_empty()), public: false, ..record::Said::nothing() };
    record::take_in(work, &FLOW, &mut case, action, Doer::System, &facts, said).await?;
    work.run("UPDATE assignment SET ended_at = ? WHERE case_id = ?", [Value::from(work.now()), Value::from(case.id)])
        .await?;
    Ok(())
}

/// What a step of an assignment means for its details and for the request above.
async fn settle(work: &Work, case: &Case, action: Action, words: &str) -> Result<(), Fault> {
    let parent = case.parent.ok_or(Fault::NotFound)?;
    let id = Value::from(case.id);
    let now = Value::from(work.now());
    match action {
        Action::Take | Action::Receive => {
            work.run("UPDATE assignment SET taken_at = ? WHERE case_id = ?", [now, id]).await?;
            started_in(work, parent).await?;
        }
        Action::Contact => {
            work.run("UPDATE assignment SET contact_at = COALESCE(contact_at, ?) WHERE case_id = ?", [now.clone(), id])
                .await?;
            work.run(
                "UPDATE request SET first_contact_at = COALESCE(first_contact_at, ?) WHERE case_id = ?",
                [now, Value::from(parent)],
            )
            .await?;
        }
        Action::Report => {
            work.run(
                "UPDATE assignment SET answer = ?, ended_at = ?, contact_at = COALESCE(contact_at, ?) WHERE case_id = ?",
                [Value::from(words), now.clone(), now.clone(), id],
            )
            .await?;
            work.run(
                "UPDATE request SET first_contact_at = COALESCE(first_contact_at, ?) WHERE case_id = ?",
                [now, Value::from(parent)],
            )
            .await?;
            ended_in(work, parent, Some((case, words))).await?;
        }
        Action::Decline | Action::GiveUp | Action::Recall => {
            work.run("UPDATE assignment SET answer = ?, ended_at = ? WHERE case_id = ?", [Value::from(words), now, id])
                .await?;
            ended_in(work, parent, None).await?;
        }
        Action::Unreachable => {
            work.audit("assignment.unreachable-told", "case", &case.number, json!({})).await?;
        }
        Action::Offer | Action::PassOver => {}
    }
    Ok(())
}
