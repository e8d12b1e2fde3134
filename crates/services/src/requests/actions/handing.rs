//! A request is sent on to handlers, and what their work means for it.

use huiqi_casework::inbox::visible_in;
use huiqi_casework::record::{self, Case, Said, by_id_in, by_number_in};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{FIRM, Viewer};
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, Work};
use serde_json::json;

use super::steps::set_answer;
use super::steps::tell_handlers;
use super::{By, tell_firm, tell_turn};
use crate::assignments::actions as assignments;
use crate::requests::facts::{Assigned, Detail, load_in};
use crate::requests::flow::{Action, FLOW, Mode, RequestFacts, State};
use crate::requests::papers;
use crate::t;

/// Whom a request is sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Organisation.
    pub organisation: i64,
    /// Window, where it is one.
    pub window: Option<i64>,
    /// Writes the single answer.
    pub lead: bool,
    /// Why it was suggested, codes separated by blanks; empty where chosen by hand.
    pub why: String,
}

/// Sends a request on to one or several handlers, or adds some to those it has.
///
/// # Errors
/// As the flow table decides; [`Fault::Invalid`] when nobody was chosen, or somebody who has it already.
pub async fn dispatch(
    ctx: &Ctx,
    viewer: &Viewer,
    number: &str,
    targets: &[Target],
    mode: Mode,
    words: &str,
    version: Option<i64>,
) -> Result<Case, Fault> {
    let work = ctx.write(viewer).await?;
    let case = visible_in(&work, viewer, number).await?;
    let (mut case, detail, assigned, facts) = load_in(&work, case).await?;
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let action = if case.state::<State>()? == State::Accepted { Action::Dispatch } else { Action::Add };
    let mut said = Said::words(words).inside();
    said.words = Some(words).filter(|w| !w.trim().is_empty());
    said.seen = version;
    send(&work, &mut case, &detail, &assigned, Doer::Person(actor), &facts, targets, mode, action, said).await?;
    work.commit().await?;
    Ok(case)
}

#[allow(clippy::too_many_arguments)]
pub(super) async fn send(
    work: &Work,
    case: &mut Case,
    detail: &Detail,
    assigned: &[Assigned],
    doer: Doer<'_>,
    facts: &RequestFacts,
    targets: &[Target],
    mode: Mode,
    action: Action,
    said: Said<'_>,
) -> Result<(), Fault> {
    if targets.is_empty() {
        return Err(Fault::invalid("to", |l| t(l).dispatch_nobody()));
    }
    for target in targets {
        let known = assigned.iter().any(|a| {
            a.is_open() && a.case.handler_window == target.window && a.case.handler_org == Some(target.organisation)
        });
        if known {
            return Err(Fault::invalid("to", |l| t(l).dispatch_twice()));
        }
        // Nor another window of the same organisation.
        if detail.about_org == Some(target.organisation) {
            return Err(Fault::invalid("to", |l| t(l).dispatch_judged()));
        }
    }
    let names = assignments::names_in(work, targets).await?;
    record::take_in(work, &FLOW, case, action, doer, facts, said.with(json!({ "to": names.zh, "to_en": names.en })))
        .await?;
    let several = targets.len() + assigned.iter().filter(|a| a.is_open()).count() > 1;
    let has_lead = action == Action::Add && detail.lead.is_some();
    let mut lead = None;
    for (i, target) in targets.iter().enumerate() {
        let leads = mode == Mode::Lead && !has_lead && (target.lead || (i == 0 && !targets.iter().any(|t| t.lead)));
        let below = assignments::offer_in(work, case, target, leads, doer, facts).await?;
        papers::transferred_in(work, case, detail, &below, target).await?;
        if leads {
            lead = Some(below.id);
        }
    }
    if action == Action::Dispatch {
        work.run(
            "UPDATE request SET mode = ?, lead = ?, dispatched_at = COALESCE(dispatched_at, ?), chosen = ? WHERE case_id = ?",
            [
                Value::from(several.then(|| mode.code())),
                Value::from(lead),
                Value::from(work.now()),
                Value::from(false),
                Value::from(case.id),
            ],
        )
        .await?;
    } else if several && detail.mode.is_none() {
        work.run("UPDATE request SET mode = ? WHERE case_id = ?", [Value::from(mode.code()), Value::from(case.id)])
            .await?;
    }
    Ok(())
}

/// Whose doing a step is that the program takes because a handler has taken his own.
fn by(handler: Option<&Assigned>) -> serde_json::Value {
    handler.map_or_else(|| json!({}), |a| json!({ "by": a.shown(Locale::Zh), "by_en": a.shown(Locale::En) }))
}

/// The first handler has taken it: the request is in progress.
pub(crate) async fn started_in(work: &Work, request: i64) -> Result<(), Fault> {
    let (mut case, _, assigned, facts) = load_in(work, by_id_in(work, request).await?).await?;
    if case.state::<State>()? == State::Dispatched {
        let said = Said::nothing().with(by(assigned.iter().find(|a| a.taken_at.is_some())));
        record::take_in(work, &FLOW, &mut case, Action::Start, Doer::System, &facts, said).await?;
        tell_firm(work, &case, |l, c| t(l).request_notice_started(&c.number, &c.title)).await?;
    }
    Ok(())
}

/// An assignment ended: the single answer stands, or everybody has ended without one.
pub(crate) async fn ended_in(work: &Work, request: i64, reported: Option<(&Case, &str)>) -> Result<(), Fault> {
    let (mut case, detail, assigned, facts) = load_in(work, by_id_in(work, request).await?).await?;
    let state = case.state::<State>()?;
    if !matches!(state, State::Dispatched | State::InProgress | State::Waiting) {
        return Ok(());
    }
    if let Some((below, answer)) = reported {
        let single = detail.lead.is_none_or(|lead| lead == below.id);
        if single {
            let said = Said::words(answer).with(by(assigned.iter().find(|a| a.case.id == below.id)));
            record::take_in(work, &FLOW, &mut case, Action::Answer, Doer::System, &facts, said).await?;
            for other in assigned.iter().filter(|a| a.is_open()) {
                let how = if detail.mode() == Some(Mode::Choose) {
                    crate::assignments::flow::Action::PassOver
                } else {
                    crate::assignments::flow::Action::Recall
                };
                assignments::end_in(work, other.case.clone(), how, &t(Locale::Zh).assignment_answered_words()).await?;
            }
            set_answer(work, &case, answer, below.handler_org, below.handler_window).await?;
        }
        return Ok(());
    }
    if assigned.iter().all(|a| !a.is_open()) {
        record::take_in(work, &FLOW, &mut case, Action::SendBack, Doer::System, &facts, Said::nothing()).await?;
        work.run(
            "UPDATE request SET lead = NULL, mode = NULL, chosen = ? WHERE case_id = ?",
            [Value::from(false), Value::from(case.id)],
        )
        .await?;
        tell_turn(work, &case, |l, c| t(l).request_notice_sent_back(&c.number, &c.title)).await?;
    } else if let Some(lead) = detail.lead
        && assigned.iter().any(|a| a.case.id == lead && !a.is_open())
    {
        // The one that was to write the answer has ended: the first of those still at work writes it.
        let next = assigned
            .iter()
            .find(|a| a.is_open() && a.taken_at.is_some())
            .or_else(|| assigned.iter().find(|a| a.is_open()));
        if let Some(next) = next {
            work.run(
                "UPDATE request SET lead = ? WHERE case_id = ?",
                [Value::from(next.case.id), Value::from(case.id)],
            )
            .await?;
            work.run(
                "UPDATE assignment SET lead = ? WHERE case_id = ?",
                [Value::from(true), Value::from(next.case.id)],
            )
            .await?;
        }
    }
    Ok(())
}

/// The firm chooses its handler among those who took the request; the others end as not selected.
///
/// # Errors
/// [`Fault::Refused`] when there is nothing to choose; [`Fault::NotFound`] when it is not the firm's request.
pub async fn choose(ctx: &Ctx, by: By<'_>, number: &str, assignment: &str) -> Result<(), Fault> {
    let viewer = by.viewer();
    let work = ctx.write(&viewer).await?;
    let case = match by {
        By::Viewer(viewer) => visible_in(&work, viewer, number).await?,
        By::Bearer => by_number_in(&work, number).await?,
    };
    let (case, detail, assigned, facts) = load_in(&work, case).await?;
    // Choosing is the firm's like confirming is; ask the same line of the table that only the firm passes.
    let firm = match by.doer(&viewer) {
        Doer::Person(actor) => {
            actor.is(FIRM) && huiqi_kernel::flow::Facts::tied(&facts, actor, huiqi_kernel::flow::Tie::OwnFirm)
        }
        Doer::Bearer => true,
        Doer::System => false,
    };
    let chosen = assigned.iter().find(|a| a.case.number == assignment && a.is_open() && a.taken_at.is_some());
    let (Some(chosen), true) = (chosen, firm) else { return Err(Fault::NotFound) };
    if detail.mode() != Some(Mode::Choose) || detail.chosen {
        return Err(Fault::Refused(huiqi_kernel::flow::Refusal::because(|l| t(l).request_blocked_choice())));
    }
    for other in assigned.iter().filter(|a| a.is_open() && a.case.id != chosen.case.id) {
        assignments::end_in(&work, other.case.clone(), crate::assignments::flow::Action::PassOver, "").await?;
    }
    work.run(
        "UPDATE request SET lead = ?, chosen = ? WHERE case_id = ?",
        [Value::from(chosen.case.id), Value::from(true), Value::from(case.id)],
    )
    .await?;
    work.run("UPDATE assignment SET lead = ? WHERE case_id = ?", [Value::from(true), Value::from(chosen.case.id)])
        .await?;
    work.audit("request.choose", "case", &case.number, json!({ "assignment": chosen.case.number })).await?;
    tell_handlers(&work, &case, std::slice::from_ref(chosen), |l, c| t(l).request_notice_chosen(&c.number, &c.title))
        .await?;
    work.commit().await
}
