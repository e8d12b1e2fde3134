//! A request comes in: submitted, taken at the counter, closed on the spot, kept by the window that took it.

use huiqi_casework::attachments::Prepared;
use huiqi_casework::inbox::{self};
use huiqi_casework::record::{self, Case, Desk, New, Said};
use huiqi_casework::{attachments, desks, team};
use huiqi_identity::consent;
use huiqi_kernel::category::Category;
use huiqi_kernel::flow::Doer;
use huiqi_kernel::people::{FIRM, Viewer};
use huiqi_store::sea_orm::Value;
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, Work, number};

use super::handing::Target;
use super::handing::send;
use super::{By, tell_turn};
use crate::assignments::actions as assignments;
use crate::links::{self, Event};
use crate::replies::pieces;
use crate::requests::facts::{self, load_in};
use crate::requests::flow::{Action, Class, ClosedHow, FLOW, Mode, RequestFacts, RequestKind};
use crate::requests::forms::Ask;
use crate::requests::{once, papers, rules};
use crate::{calls, case_file, t};

/// What the asker gets: the number and the query code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Number of the request.
    pub number: String,
    /// Query code.
    pub code: String,
    /// Row id of the case.
    pub case: i64,
}

/// The desk that leads a request: nobody handles a complaint about himself, and a report goes to the bureau.
async fn leading_desk(work: &Work, ask: &Ask) -> Result<Desk, Fault> {
    if ask.kind == RequestKind::Report {
        return Ok(Desk::Bureau);
    }
    // Also where it is about a window: the organisation behind it may be the hub's own.
    if let (RequestKind::Complaint, Some((org, _))) = (ask.kind, ask.about) {
        return desks::over_in(work, org).await;
    }
    Ok(Desk::Operator)
}

/// Takes a request in: from a firm, from somebody without account, or noted by a desk or window.
///
/// `own` says that a window keeps what came to its own counter: it is accepted, given to itself and taken at once; the
/// hub sees it and may dispatch it again.
///
/// # Errors
/// [`Fault::Refused`] when this person may not submit; [`Fault::Invalid`] for files; when the database fails.
pub async fn submit(ctx: &Ctx, viewer: &Viewer, ask: &Ask, own: bool) -> Result<Receipt, Fault> {
    submit_once(ctx, viewer, ask, own, "").await
}

/// Takes a request in as [`submit`] does, but a form only once: sent a second time with the same key – tapped twice, or
/// sent again because the answer was lost on the way – it gives the receipt of the first. An empty key asks for nothing.
///
/// # Errors
/// As [`submit`].
pub async fn submit_once(ctx: &Ctx, viewer: &Viewer, ask: &Ask, own: bool, key: &str) -> Result<Receipt, Fault> {
    let files = attachments::prepare(&ask.files).await?;
    let work = ctx.write(viewer).await?;
    if let Some(first) = once::taken_in(&work, key).await? {
        return Ok(first);
    }
    let receipt = submit_in(&work, viewer, ask, own, &files).await?;
    once::keep_in(&work, key, receipt.case).await?;
    work.commit().await?;
    Ok(receipt)
}

async fn submit_in(
    work: &Work,
    viewer: &Viewer,
    ask: &Ask,
    own: bool,
    files: &attachments::Prepared,
) -> Result<Receipt, Fault> {
    let (mut case, receipt) = open(work, viewer, ask, own).await?;
    let (_, _, _, facts) = load_in(work, case.clone()).await?;
    let doer = By::Viewer(viewer).doer(viewer);
    record::take_in(work, &FLOW, &mut case, Action::Submit, doer, &facts, Said::nothing()).await?;
    if own {
        keep_own(work, viewer, &mut case, ask).await?;
    } else {
        tell_turn(work, &case, |l, c| t(l).request_notice_new(&c.number, &c.title)).await?;
    }
    attachments::attach_in(work, &case, None, files, false).await?;
    Ok(receipt)
}

/// What a counter does with what it took in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken<'a> {
    /// The desk goes on with it.
    Submitted,
    /// The window keeps it.
    Own,
    /// Answered while the caller waits.
    Spot(&'a str),
}

/// Takes a call or visit in, in one transaction: notes the firm in passing where the register does not know it, then the
/// request, and counts the answers of the knowledge base that were used. A form sent twice with the same `key` is taken in
/// once.
///
/// # Errors
/// As [`submit`]; [`Fault::Invalid`] for the firm's `code` when the register has it already.
pub async fn take_at_counter(
    ctx: &Ctx,
    viewer: &Viewer,
    ask: &Ask,
    firm: Option<&huiqi_registers::enterprises::NewEnterprise>,
    taken: Taken<'_>,
    used: &[String],
    key: &str,
) -> Result<Receipt, Fault> {
    let files = attachments::prepare(&ask.files).await?;
    let work = ctx.write(viewer).await?;
    if let Some(first) = once::taken_in(&work, key).await? {
        return Ok(first);
    }
    let mut ask = ask.clone();
    if let Some(firm) = firm {
        ask.firm = Some(huiqi_registers::enterprises::note_in(&work, firm).await?);
        ask.firm_text = None;
    }
    let receipt = match taken {
        Taken::Submitted => submit_in(&work, viewer, &ask, false, &files).await?,
        Taken::Own => submit_in(&work, viewer, &ask, true, &files).await?,
        Taken::Spot(answer) => close_on_spot_in(&work, viewer, &ask, answer, &files).await?,
    };
    crate::knowledge::actions::used_in(&work, used).await?;
    once::keep_in(&work, key, receipt.case).await?;
    work.commit().await?;
    Ok(receipt)
}

/// A plain question answered while the asker waits: question, answer and end in one step, confirmed by the asker's word.
///
/// # Errors
/// As [`submit`].
pub async fn close_on_spot(ctx: &Ctx, viewer: &Viewer, ask: &Ask, answer: &str) -> Result<Receipt, Fault> {
    let files = attachments::prepare(&ask.files).await?;
    let work = ctx.write(viewer).await?;
    let receipt = close_on_spot_in(&work, viewer, ask, answer, &files).await?;
    work.commit().await?;
    Ok(receipt)
}

async fn close_on_spot_in(
    work: &Work,
    viewer: &Viewer,
    ask: &Ask,
    answer: &str,
    files: &attachments::Prepared,
) -> Result<Receipt, Fault> {
    pieces::filled("answer", answer)?;
    let (mut case, receipt) = open(work, viewer, ask, false).await?;
    let (_, _, _, facts) = load_in(work, case.clone()).await?;
    let doer = By::Viewer(viewer).doer(viewer);
    record::take_in(work, &FLOW, &mut case, Action::CloseOnSpot, doer, &facts, Said::words(answer)).await?;
    let (org, window) = viewer.actor().map_or((None, None), |a| (Some(a.organisation), a.window));
    work.run(
        "UPDATE request SET class = ?, answer = ?, answered_at = ?, answered_org = ?, answered_window = ?, closed_how = ?,
            accepted_at = ?, first_contact_at = ? WHERE case_id = ?",
        [
            Value::from(Class::Consultation.code()),
            Value::from(answer.trim()),
            Value::from(work.now()),
            Value::from(org),
            Value::from(window),
            Value::from(ClosedHow::Spot.code()),
            Value::from(work.now()),
            Value::from(work.now()),
            Value::from(case.id),
        ],
    )
    .await?;
    links::tell_in(work, &case, Event::Spot).await?;
    attachments::attach_in(work, &case, None, files, false).await?;
    calls::actions::draw_in(work, &case, org, calls::Why::Spot).await?;
    let detail = facts::detail_in(work, case.id).await?;
    papers::closed_in(work, &case, &detail, ClosedHow::Spot).await?;
    case_file::actions::freeze_in(work, &case).await?;
    Ok(receipt)
}

async fn open(work: &Work, viewer: &Viewer, ask: &Ask, own: bool) -> Result<(Case, Receipt), Fault> {
    let desk = leading_desk(work, ask).await?;
    let (district, firm_name) = match ask.firm {
        Some(firm) => {
            let facts = huiqi_registers::enterprises::facts(&**work, firm).await?.ok_or(Fault::NotFound)?;
            (facts.district.or_else(|| ask.district.clone()), facts.name)
        }
        None => (ask.district.clone(), ask.firm_text.clone().unwrap_or_default()),
    };
    let actor = viewer.actor();
    let (handler_org, handler_window) =
        if own { (actor.map(|a| a.organisation), actor.and_then(|a| a.window)) } else { (None, None) };
    let mut case = record::open_in(
        work,
        &FLOW,
        &New {
            prefix: "FW",
            parent: None,
            title: &ask.title,
            kind: Some(ask.kind.code()),
            category: ask.category.map(Category::code),
            district: district.as_deref(),
            desk: Some(desk),
            firm: ask.firm,
            asker: ask.firm_text.as_deref(),
            handler_org,
            handler_window,
        },
    )
    .await?;
    case.outside_due = ask.outside.as_ref().and_then(|o| o.1.clone());
    let code = work.ctx().random(number::query_code);
    let verified = actor.is_none_or(|a| a.verified);
    let consent = if actor.is_none() || actor.is_some_and(|a| a.is(FIRM)) {
        let by = actor.map_or(consent::By::Contact(&case.number), |a| consent::By::Person(a.person));
        consent::record_in(work, by, "ask").await?;
        Some(consent::version(work.ctx()))
    } else {
        None
    };
    work.run(
        "INSERT INTO request (case_id, channel, words, firm_text, contact_name, phone, reach, query_code, outside_number,
            outside_due, about_org, about_window, chosen, returned, extended, consent_version, verified)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)",
        [
            Value::from(case.id),
            Value::from(ask.channel.code()),
            Value::from(ask.words.clone()),
            Value::from(ask.firm_text.clone()),
            Value::from(ask.contact.clone()),
            Value::from(ask.phone.clone()),
            Value::from(ask.reach.clone()),
            Value::from(code.clone()),
            Value::from(ask.outside.as_ref().map(|o| o.0.clone())),
            Value::from(ask.outside.as_ref().and_then(|o| o.1.clone())),
            Value::from(ask.about.map(|a| a.0)),
            Value::from(ask.about.and_then(|a| a.1)),
            Value::from(false),
            Value::from(consent),
            Value::from(verified),
        ],
    )
    .await?;
    let words = if case.is_report() {
        format!("{} {}", case.number, ask.title)
    } else {
        format!("{} {} {} {}", case.number, ask.title, ask.words, firm_name)
    };
    search::put(&**work, Kind::Request, case.id, &words).await?;
    let receipt = Receipt { number: case.number.clone(), code, case: case.id };
    Ok((case, receipt))
}

/// A window keeps what came to its own counter.
async fn keep_own(work: &Work, viewer: &Viewer, case: &mut Case, ask: &Ask) -> Result<(), Fault> {
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let (_, detail, assigned, facts) = load_in(work, case.clone()).await?;
    record::take_in(work, &FLOW, case, Action::Accept, Doer::Person(actor), &facts, Said::nothing()).await?;
    let class = rules::usual_class(ask.kind);
    work.run(
        "UPDATE request SET class = ?, accepted_at = ? WHERE case_id = ?",
        [Value::from(class.code()), Value::from(work.now()), Value::from(case.id)],
    )
    .await?;
    let target =
        Target { organisation: actor.organisation, window: actor.window, lead: true, why: "own-counter".to_owned() };
    let facts = RequestFacts { case: case.clone(), class: Some(class), ..facts };
    papers::accepted_in(work, case, &detail, &facts, true).await?;
    send(
        work,
        case,
        &detail,
        &assigned,
        Doer::Person(actor),
        &facts,
        &[target],
        Mode::Lead,
        Action::Dispatch,
        Said::nothing(),
    )
    .await?;
    let below = record::below_in(work, case.id).await?;
    let Some(mine) = below.into_iter().next_back() else { return Err(Fault::internal("own assignment missing")) };
    // What somebody took in at the counter is that person's, also where the manager gives the rest.
    if team::queries::mode_in(work, team::Place::of(actor)).await? == team::Mode::Given {
        inbox::give_in(work, &mine, Some(actor.person)).await?;
    }
    let (take, said) = (crate::assignments::flow::Action::Take, assignments::Said::default());
    assignments::take_in(work, viewer, mine, take, &said, &Prepared::none()).await
}
