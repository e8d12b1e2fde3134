//! One function for each intention: load, decide, save, record, tell – one transaction each.

use huiqi_casework::attachments::Prepared;
use huiqi_casework::inbox::{self, visible_in};
use huiqi_casework::record::{self, Case, Desk, New, Said, Turn, by_id_in, by_number_in};
use huiqi_casework::{attachments, ladder, scope, team, thread};
use huiqi_identity::consent;
use huiqi_kernel::category::Category;
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, FIRM, Role, Viewer};
use huiqi_kernel::rule::Limit;
use huiqi_store::sea_orm::Value;
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, Work, number};
use huiqi_web::forms::Upload;
use serde_json::json;

use super::facts::{self, Assigned, Detail, load_in};
use super::flow::{Action, Class, ClosedHow, FLOW, Mode, RequestFacts, RequestKind, State};
use super::forms::Ask;
use super::{once, papers, rules};
use crate::assignments::actions as assignments;
use crate::links::{self, Event};
use crate::merging::actions as merging;
use crate::replies::pieces;
use crate::{calls, case_file, improvements, t};

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

/// Who takes a step on a request.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Whoever is signed in.
    Viewer(&'a Viewer),
    /// The holder of number and query code; the pass was checked before.
    Bearer,
}

impl<'a> By<'a> {
    fn viewer(self) -> Viewer {
        match self {
            By::Viewer(viewer) => viewer.clone(),
            By::Bearer => Viewer::Public,
        }
    }

    fn doer(self, viewer: &'a Viewer) -> Doer<'a> {
        match (self, viewer) {
            (By::Bearer, _) | (_, Viewer::Public) => Doer::Bearer,
            (_, Viewer::Signed(actor)) => Doer::Person(actor),
            (_, Viewer::System) => Doer::System,
        }
    }
}

/// The desk that leads a request: nobody handles a complaint about himself, and a report goes to the bureau.
async fn leading_desk(work: &Work, ask: &Ask) -> Result<Desk, Fault> {
    if ask.kind == RequestKind::Report {
        return Ok(Desk::Bureau);
    }
    // Also where it is about a window: the organisation behind it may be the hub's own.
    if let (RequestKind::Complaint, Some((org, _))) = (ask.kind, ask.about) {
        let capacities = improvements::actions::capacities_in(work, org).await?;
        let is = |c: Capacity| capacities.contains(&c);
        if is(Capacity::Centre) || is(Capacity::Bureau) {
            return Ok(Desk::Bureau);
        }
        if is(Capacity::Operator) {
            return Ok(Desk::Centre);
        }
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

/// Tells whoever's turn it is; for a request that waits with another one, the dispatchers.
pub(crate) async fn tell_turn(work: &Work, case: &Case, text: impl Fn(Locale, &Case) -> String) -> Result<(), Fault> {
    let people = if case.state == State::Merged.code() {
        ladder::on_turn_in(work, &Case { turn: Turn::Dispatch.code().to_owned(), ..case.clone() }).await?
    } else {
        ladder::on_turn_in(work, case).await?
    };
    tell(work, case, &people, "turn", text).await
}

/// Tells the firm, through its members' accounts.
pub(crate) async fn tell_firm(work: &Work, case: &Case, text: impl Fn(Locale, &Case) -> String) -> Result<(), Fault> {
    let Some(firm) = case.firm else { return Ok(()) };
    let people = ladder::firm_in(work, case, firm).await?;
    tell(work, case, &people, "firm", text).await
}

pub(crate) async fn tell(
    work: &Work,
    case: &Case,
    people: &[i64],
    kind: &'static str,
    text: impl Fn(Locale, &Case) -> String,
) -> Result<(), Fault> {
    ladder::tell_in(work, case, people, kind, |l| text(l, case)).await
}

/// What comes with a step.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The version the person saw.
    pub version: Option<i64>,
    /// Reason, answer, ground in words.
    pub words: String,
    /// Class set at acceptance.
    pub class: Option<Class>,
    /// Category set at acceptance.
    pub category: Option<Category>,
    /// Kind corrected at acceptance.
    pub kind: Option<RequestKind>,
    /// Ground of a refusal.
    pub ground: Option<String>,
    /// Working days of an extension.
    pub days: Option<u32>,
    /// Grade said in a call-back, 1–5.
    pub grade: Option<i64>,
    /// Files.
    pub files: Vec<Upload>,
}

/// Takes any step that needs no more than its words, and does what follows from it.
///
/// # Errors
/// As the flow table decides; [`Fault::Stale`], [`Fault::Invalid`].
pub async fn step(ctx: &Ctx, by: By<'_>, number: &str, action: Action, input: &Input) -> Result<Case, Fault> {
    let viewer = by.viewer();
    let files = if input.files.is_empty() {
        Prepared::none()
    } else {
        may_step(ctx, by, number, action).await?;
        attachments::prepare(&input.files).await?
    };
    let work = ctx.write(&viewer).await?;
    let case = match by {
        By::Viewer(viewer) => visible_in(&work, viewer, number).await?,
        By::Bearer => by_number_in(&work, number).await?,
    };
    let case = step_in(&work, by, case, action, input, &files).await?;
    work.commit().await?;
    Ok(case)
}

/// Whether this step is open to this person at this moment, asked before files are prepared for it. The step itself asks
/// again.
///
/// # Errors
/// As the flow table decides.
pub(crate) async fn may_step(ctx: &Ctx, by: By<'_>, number: &str, action: Action) -> Result<(), Fault> {
    let viewer = by.viewer();
    let case = match by {
        By::Viewer(viewer) => inbox::visible(ctx, viewer, number).await?,
        By::Bearer => record::by_number(ctx, number).await?,
    };
    let detail = facts::detail(ctx, case.id).await?;
    let assigned = facts::assigned(ctx, case.id).await?;
    let asked = facts::facts(ctx, ctx.today(), &case, &detail, &assigned);
    FLOW.decide(case.state()?, action, by.doer(&viewer), &asked)?;
    Ok(())
}

/// The same inside a transaction, on a case that was loaded through the viewer's scope.
///
/// # Errors
/// As [`step`].
pub(crate) async fn step_in(
    work: &Work,
    by: By<'_>,
    case: Case,
    action: Action,
    input: &Input,
    files: &Prepared,
) -> Result<Case, Fault> {
    let viewer = by.viewer();
    let doer = by.doer(&viewer);
    let (mut case, detail, assigned, mut facts) = load_in(work, case).await?;
    let mut said = Said {
        words: Some(input.words.as_str()).filter(|w| !w.trim().is_empty()),
        seen: input.version,
        ..Said::nothing()
    };
    // What the step itself changes.
    match action {
        Action::Accept => {
            // A report stays a report: whoever is named in it must not come to know of it by a choice in a list.
            if let Some(kind) = input.kind.filter(|k| *k != RequestKind::Report && !case.is_report()) {
                case.kind = Some(kind.code().to_owned());
            }
            if let Some(category) = input.category {
                case.category = Some(category.code().to_owned());
            }
            let kind = case.kind.as_deref().and_then(RequestKind::from_code).unwrap_or(RequestKind::Need);
            facts.class = Some(input.class.unwrap_or_else(|| rules::usual_class(kind)));
            said = said.with(json!({ "class": facts.class.map(Class::code) }));
        }
        Action::Classify => {
            let category = input.category.filter(|c| case.category.as_deref() != Some(c.code()));
            let Some(category) = category else {
                return Err(Fault::invalid("category", |l| t(l).counter_classify_same()));
            };
            case.category = Some(category.code().to_owned());
            said = said.with(json!({ "category": category.code() }));
        }
        Action::Refuse => {
            let ground = input.ground.clone().filter(|g| case.rules(work.ctx()).refusal_ground(g).is_some());
            let Some(ground) = ground else {
                return Err(Fault::invalid("ground", |l| t(l).request_ground_missing()));
            };
            said = said.with(json!({ "ground": ground }));
        }
        Action::Extend => {
            let most = case.rules(work.ctx()).working_days(Limit::Extension).unwrap_or_default();
            let days = input.days.filter(|d| (1..=most).contains(d));
            let Some(days) = days else {
                return Err(Fault::invalid("days", |l| t(l).request_extension_days(i64::from(most))));
            };
            said = said.with(json!({ "days": days.to_string() }));
            FLOW.decide(case.state()?, action, doer, &facts)?;
            record::extend(work, &mut case, days);
        }
        Action::Answer => pieces::filled("words", &input.words)?,
        Action::Redo | Action::RedoByCall | Action::Reopen | Action::ReopenByCall => case.flagged += 1,
        // Why it is another matter is between those who handle the two.
        Action::Unmerge => said = said.inside(),
        // Merging needs to know into which one: `merging::actions`.
        Action::Merge => return Err(Fault::NotFound),
        _ => {}
    }
    let by_call = matches!(action, Action::ConfirmByCall | Action::RedoByCall | Action::ReopenByCall);
    if by_call {
        said = said.with(json!({ "grade": input.grade })).inside();
    }
    record::take_in(work, &FLOW, &mut case, action, doer, &facts, said).await?;
    follow_up(work, &viewer, &mut case, &detail, &assigned, action, input, &facts).await?;
    attachments::attach_in(work, &case, None, files, false).await?;
    case_file::actions::freeze_in(work, &case).await?;
    Ok(case)
}

/// What follows from a step: details, the cases below, messages and notices.
#[allow(clippy::too_many_arguments)]
async fn follow_up(
    work: &Work,
    viewer: &Viewer,
    case: &mut Case,
    detail: &Detail,
    assigned: &[Assigned],
    action: Action,
    input: &Input,
    facts: &RequestFacts,
) -> Result<(), Fault> {
    let id = Value::from(case.id);
    let words = input.words.trim();
    match action {
        Action::Accept => {
            work.run(
                "UPDATE request SET class = ?, accepted_at = ? WHERE case_id = ?",
                [Value::from(facts.class.map(Class::code)), Value::from(work.now()), id],
            )
            .await?;
            papers::accepted_in(work, case, detail, facts, false).await?;
            tell_turn(work, case, |l, c| t(l).request_notice_dispatch(&c.number, &c.title)).await?;
            tell_firm(work, case, |l, c| t(l).request_notice_accepted(&c.number, &c.title)).await?;
            links::tell_in(work, case, Event::Accepted).await?;
        }
        Action::Return => {
            work.run("UPDATE request SET returned = returned + 1 WHERE case_id = ?", [id]).await?;
            papers::returned_in(work, case, detail, facts, words).await?;
            tell_firm(work, case, |l, c| t(l).request_notice_returned(&c.number, &c.title)).await?;
            links::tell_in(work, case, Event::Returned).await?;
        }
        Action::Complete | Action::Supply => {
            thread::say_in(work, case, words, false, true).await?;
            if action == Action::Supply {
                record::sync_below_in(work, case).await?;
            }
            tell_turn(work, case, |l, c| t(l).request_notice_supplied(&c.number, &c.title)).await?;
            tell_handlers(work, case, assigned, |l, c| t(l).request_notice_supplied(&c.number, &c.title)).await?;
        }
        Action::Refuse => {
            work.run("UPDATE request SET closing = ? WHERE case_id = ?", [Value::from(input.ground.clone()), id])
                .await?;
            merging::parted_in(work, case).await?;
            papers::refused_in(work, case, detail, input.ground.as_deref().unwrap_or_default(), words).await?;
            tell_firm(work, case, |l, c| t(l).request_notice_refused(&c.number, &c.title)).await?;
            links::tell_in(work, case, Event::Refused).await?;
        }
        Action::AskFirm => {
            record::sync_below_in(work, case).await?;
            thread::say_in(work, case, words, false, false).await?;
            tell_firm(work, case, |l, c| t(l).request_notice_ask(&c.number, &c.title)).await?;
            links::tell_in(work, case, Event::Asked).await?;
        }
        Action::Resume => record::sync_below_in(work, case).await?,
        Action::Extend => {
            work.run("UPDATE request SET extended = extended + 1 WHERE case_id = ?", [id]).await?;
            record::sync_below_in(work, case).await?;
            papers::extended_in(work, case, detail, &facts.case, input.days.unwrap_or_default(), words).await?;
            tell_firm(work, case, |l, c| t(l).request_notice_extended(&c.number, &c.title)).await?;
            links::tell_in(work, case, Event::Extended).await?;
            tell_handlers(work, case, assigned, |l, c| t(l).request_notice_extended(&c.number, &c.title)).await?;
        }
        Action::Answer => {
            let (org, window) = viewer.actor().map_or((None, None), |a| (Some(a.organisation), a.window));
            set_answer(work, case, words, org, window).await?;
        }
        Action::Confirm => {
            work.run("UPDATE request SET closed_how = ? WHERE case_id = ?", [Value::from(ClosedHow::Firm.code()), id])
                .await?;
            calls::actions::moot_in(work, case, &[calls::Why::Confirm, calls::Why::Redo]).await?;
            papers::closed_in(work, case, detail, ClosedHow::Firm).await?;
            tell_handlers(work, case, assigned, |l, c| t(l).request_notice_confirmed(&c.number, &c.title)).await?;
        }
        Action::ConfirmByCall => {
            work.run(
                "UPDATE request SET closed_how = ? WHERE case_id = ?",
                [Value::from(ClosedHow::CallBack.code()), id],
            )
            .await?;
            calls::actions::reached_in(work, case, detail.answered_org, true, input).await?;
            papers::closed_in(work, case, detail, ClosedHow::CallBack).await?;
            if let Some(grade) = input.grade {
                crate::ratings::actions::rate_in(work, case, grade, None, crate::ratings::Via::Call).await?;
            }
        }
        Action::Redo | Action::RedoByCall | Action::Reopen | Action::ReopenByCall => {
            work.run(
                // That it was once answered along with another one stays: `merged_at`.
                "UPDATE request SET closed_how = NULL, lead = NULL, mode = NULL, chosen = ?, merged_into = NULL
                 WHERE case_id = ?",
                [Value::from(false), id],
            )
            .await?;
            // Everything that has to be done again is called about; where the firm said so on the phone, it was.
            if matches!(action, Action::RedoByCall | Action::ReopenByCall) {
                calls::actions::reached_in(work, case, detail.answered_org, false, input).await?;
            } else {
                calls::actions::enter_in(work, case, detail.answered_org, calls::Why::Redo).await?;
            }
            improvements::actions::open_for_in(work, case, detail, improvements::Origin::Redo, words).await?;
            tell_turn(work, case, |l, c| t(l).request_notice_redo(&c.number, &c.title)).await?;
            tell_handlers(work, case, assigned, |l, c| t(l).request_notice_redo(&c.number, &c.title)).await?;
        }
        Action::LetLapse => {
            work.run(
                "UPDATE request SET closed_how = ? WHERE case_id = ?",
                [Value::from(ClosedHow::Silence.code()), id],
            )
            .await?;
            calls::actions::moot_in(work, case, &[calls::Why::Confirm]).await?;
            calls::actions::draw_in(work, case, detail.answered_org, calls::Why::Silence).await?;
            papers::closed_in(work, case, detail, ClosedHow::Silence).await?;
            tell_firm(work, case, |l, c| t(l).request_notice_lapsed(&c.number, &c.title)).await?;
            links::tell_in(work, case, Event::Lapsed).await?;
        }
        Action::Urge => {
            work.run("UPDATE request SET urged_on = ? WHERE case_id = ?", [Value::from(work.today().to_string()), id])
                .await?;
            tell_turn(work, case, |l, c| t(l).request_notice_urged(&c.number, &c.title)).await?;
            tell_handlers(work, case, assigned, |l, c| t(l).request_notice_urged(&c.number, &c.title)).await?;
        }
        Action::Withdraw => {
            for below in assigned.iter().filter(|a| a.is_open()) {
                assignments::end_in(
                    work,
                    below.case.clone(),
                    crate::assignments::flow::Action::Recall,
                    &t(Locale::Zh).request_withdrawn_words(),
                )
                .await?;
            }
            work.run("UPDATE request SET merged_into = NULL, merged_at = NULL WHERE case_id = ?", [id]).await?;
            merging::parted_in(work, case).await?;
            calls::actions::moot_in(work, case, calls::Why::ALL).await?;
            tell_handlers(work, case, assigned, |l, c| t(l).request_notice_withdrawn(&c.number, &c.title)).await?;
        }
        Action::Unmerge => merging::left_in(work, case, detail.merged_into).await?,
        Action::Submit
        | Action::Dispatch
        | Action::Add
        | Action::Start
        | Action::SendBack
        | Action::Merge
        | Action::CloseOnSpot => {}
        Action::Classify => {
            work.run(
                "UPDATE case_record SET category = ? WHERE parent = ? AND flow = 'assignment'",
                [Value::from(case.category.clone()), id],
            )
            .await?;
        }
    }
    Ok(())
}

/// The answer stands: for this request, and for all that wait with it.
async fn set_answer(
    work: &Work,
    case: &Case,
    answer: &str,
    org: Option<i64>,
    window: Option<i64>,
) -> Result<(), Fault> {
    put_answer(work, case, answer, org, window).await?;
    merging::answered_in(work, case.id, answer, org, window).await
}

/// Writes the standing answer of one request and tells its firm.
pub(crate) async fn put_answer(
    work: &Work,
    case: &Case,
    answer: &str,
    org: Option<i64>,
    window: Option<i64>,
) -> Result<(), Fault> {
    work.run(
        "UPDATE request SET answer = ?, answered_at = ?, answered_org = ?, answered_window = ? WHERE case_id = ?",
        [Value::from(answer), Value::from(work.now()), Value::from(org), Value::from(window), Value::from(case.id)],
    )
    .await?;
    calls::actions::answered_in(work, case, org).await?;
    tell_firm(work, case, |l, c| t(l).request_notice_answered(&c.number, &c.title)).await?;
    links::tell_in(work, case, Event::Answered).await
}

async fn tell_handlers(
    work: &Work,
    case: &Case,
    assigned: &[Assigned],
    text: impl Fn(Locale, &Case) -> String,
) -> Result<(), Fault> {
    let mut people = Vec::new();
    for below in assigned.iter().filter(|a| a.is_open() || case.answered_by(a)) {
        people.extend(team::queries::on_case_in(work, &below.case).await?);
    }
    people.sort_unstable();
    people.dedup();
    tell(work, case, &people, "handler", text).await
}

trait AnsweredBy {
    fn answered_by(&self, assigned: &Assigned) -> bool;
}

impl AnsweredBy for Case {
    fn answered_by(&self, assigned: &Assigned) -> bool {
        assigned.state() == crate::assignments::flow::State::Reported
            && self.closed_at.is_none_or(|at| at >= assigned.case.moved_at)
    }
}

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
async fn send(
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

/// Says something inside a request.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not see it; [`Fault::Invalid`] when nothing was said.
pub async fn say(
    ctx: &Ctx,
    by: By<'_>,
    number: &str,
    words: &str,
    inside: bool,
    files: &[Upload],
) -> Result<(), Fault> {
    let viewer = by.viewer();
    let files = if files.is_empty() {
        Prepared::none()
    } else {
        let case = match by {
            By::Viewer(viewer) => inbox::visible(ctx, viewer, number).await?,
            By::Bearer => record::by_number(ctx, number).await?,
        };
        if !facts::may_speak(&viewer, &case, &facts::assigned(ctx, case.id).await?) {
            return Err(Fault::Refused(huiqi_kernel::flow::Refusal::because(|l| t(l).request_blocked_say())));
        }
        attachments::prepare(files).await?
    };
    let work = ctx.write(&viewer).await?;
    let case = match by {
        By::Viewer(viewer) => visible_in(&work, viewer, number).await?,
        By::Bearer => by_number_in(&work, number).await?,
    };
    let firm = viewer.role().is_none_or(|r| !r.is_staff());
    let assigned = facts::assigned_in(&work, case.id).await?;
    if !facts::may_speak(&viewer, &case, &assigned) {
        return Err(Fault::Refused(huiqi_kernel::flow::Refusal::because(|l| t(l).request_blocked_say())));
    }
    let inside = inside && !firm;
    let message = thread::say_in(&work, &case, words, inside, firm).await?;
    if !inside {
        if firm {
            tell_turn(&work, &case, |l, c| t(l).request_notice_said(&c.number, &c.title)).await?;
            tell_handlers(&work, &case, &assigned, |l, c| t(l).request_notice_said(&c.number, &c.title)).await?;
        } else {
            tell_firm(&work, &case, |l, c| t(l).request_notice_said(&c.number, &c.title)).await?;
        }
    }
    attachments::attach_in(&work, &case, Some(message), &files, inside).await?;
    work.commit().await
}

/// Shows the phone of a request to somebody outside the handling chain, and logs it.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not see the request.
pub async fn reveal_phone(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<String, Fault> {
    let work = ctx.write(viewer).await?;
    let case = visible_in(&work, viewer, number).await?;
    if scope::asker_hidden(viewer, &case) {
        return Err(Fault::NotFound);
    }
    let detail = facts::detail_in(&work, case.id).await?;
    work.audit("request.reveal-phone", "case", &case.number, json!({})).await?;
    work.commit().await?;
    Ok(detail.phone)
}

/// Who may see the phone without a reveal: the firm itself, its desk, and those who handle it now.
pub fn in_handling_chain(viewer: &Viewer, case: &Case, assigned: &[Assigned]) -> bool {
    let Some(actor) = viewer.actor() else { return false };
    match actor.role.capacity() {
        Capacity::Operator => {
            case.desk() == Desk::Operator
                && matches!(actor.role, Role::OperatorAgent | Role::OperatorDispatcher | Role::OperatorManager)
        }
        Capacity::Centre => case.desk() == Desk::Centre,
        Capacity::Bureau => case.desk() == Desk::Bureau,
        Capacity::Enterprise => case.firm == Some(actor.organisation),
        _ => assigned.iter().any(|a| a.taken_at.is_some() && a.counts() && a.held_by(actor)),
    }
}
