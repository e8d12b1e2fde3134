//! Issuing an order, and its steps.

use chrono::NaiveDate;
use huiqi_casework::inbox::{visible, visible_in};
use huiqi_casework::papers::{Fields, PaperKind, issue_in};
use huiqi_casework::record::{self, Case, Desk, New, Said};
use huiqi_casework::{attachments, ladder, timeline};
use huiqi_identity::organisations::capacities_in;
use huiqi_kernel::flow::{Doer, Refusal};
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Actor, Capacity, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work};
use huiqi_web::dates::{date_full_words, date_words, day_of};
use huiqi_web::forms::Upload;
use serde_json::json;

use super::flow::{Action, FLOW, ISSUERS, OrderFacts, Ordered};
use super::queries::{self, Target};
use crate::t;

/// Most characters of a reason or an answer.
pub const MAX_WORDS: usize = 2000;
/// Most matters of an order without a case of its own.
pub const MAX_MATTERS: usize = 60;
/// Letters before the number of an order.
const PREFIX: &str = "DB";
/// The kind of notices about orders.
const NOTICE: &str = "supervision-order";

/// What an order is issued with.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    /// Number of the case it is about; none for a matter of its own.
    pub about: Option<String>,
    /// Numbers of the late matters that an order without a case is about.
    pub matters: Vec<String>,
    /// Number of the window or organisation it goes to.
    pub to: String,
    /// What it is about, in one line; the case's own title where there is a case.
    pub title: String,
    /// Why it is issued, and what is to be answered.
    pub reason: String,
    /// Day by which the answer is due; none for the usual limit.
    pub day: Option<NaiveDate>,
    /// Why another day than the usual.
    pub why_day: String,
}

/// The case an order on this one is about: the request above an assignment, otherwise the case itself.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not see it.
pub async fn whole(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<Case, Fault> {
    let case = visible(ctx, viewer, number).await?;
    match (case.flow.as_str(), case.parent) {
        ("assignment", Some(parent)) => {
            let above: Option<Case> = huiqi_store::ctx::one(
                ctx,
                &format!("SELECT {} FROM case_record c WHERE c.id = ?", record::COLUMNS),
                [Value::from(parent)],
            )
            .await?;
            above.ok_or(Fault::NotFound)
        }
        _ => Ok(case),
    }
}

fn own_desk(viewer: &Viewer) -> Option<Desk> {
    match viewer.actor().filter(|a| a.is(ISSUERS))?.role.capacity() {
        Capacity::Centre => Some(Desk::Centre),
        _ => Some(Desk::Bureau),
    }
}

/// What an order would be issued with, and everything that is wrong with it.
struct Looked {
    about: Option<Case>,
    target: Option<Target>,
    wrong: Vec<(&'static str, Bilingual)>,
}

async fn look(ctx: &Ctx, viewer: &Viewer, input: &Issue) -> Result<Looked, Fault> {
    let about = match &input.about {
        Some(number) => Some(whole(ctx, viewer, number).await?),
        None => None,
    };
    let targets = queries::targets(ctx, viewer, about.as_ref()).await?;
    let target = targets.into_iter().find(|t| t.number == input.to);
    let mut wrong = Vec::new();
    if about.is_none() && input.title.trim().is_empty() {
        wrong.push(("title", Bilingual::say(|l| t(l).order_title_missing())));
    }
    if target.is_none() {
        wrong.push(("to", Bilingual::say(|l| t(l).order_to_missing())));
    }
    let reason = input.reason.trim();
    if reason.is_empty() {
        wrong.push(("reason", Bilingual::say(|l| t(l).order_reason_missing())));
    } else if reason.chars().count() > MAX_WORDS {
        wrong.push(("reason", Bilingual::say(|l| t(l).order_too_long(MAX_WORDS as i64))));
    }
    wrong.extend(wrong_day(ctx, input.day, &input.why_day));
    Ok(Looked { about, target, wrong })
}

/// Everything that is wrong with an order as it was filled in: field and what to change.
///
/// # Errors
/// [`Fault::NotFound`] for whoever does not issue orders, or not about this case.
pub async fn wrongs(ctx: &Ctx, viewer: &Viewer, input: &Issue) -> Result<Vec<(&'static str, Bilingual)>, Fault> {
    own_desk(viewer).ok_or(Fault::NotFound)?;
    Ok(look(ctx, viewer, input).await?.wrong)
}

/// Issues an order: opens it, starts its limit, tells whoever has to answer, and notes it on the case it is about.
///
/// # Errors
/// [`Fault::NotFound`] for whoever does not issue orders; [`Fault::Invalid`] for a missing or unfit value;
/// [`Fault::Refused`] when the organisation has an open order about the same case.
pub async fn issue(ctx: &Ctx, viewer: &Viewer, input: &Issue) -> Result<Case, Fault> {
    let desk = own_desk(viewer).ok_or(Fault::NotFound)?;
    let actor = viewer.actor().ok_or(Fault::NotFound)?;
    let Looked { about, target, wrong } = look(ctx, viewer, input).await?;
    if let Some((field, message)) = wrong.into_iter().next() {
        return Err(Fault::Invalid { field, message });
    }
    let target = &target.ok_or(Fault::NotFound)?;
    let reason = input.reason.trim();
    let title = about.as_ref().map_or(input.title.trim(), |case| case.title.as_str());
    let until = day_set(ctx, input.day, &input.why_day)?;
    let work = ctx.write(viewer).await?;
    if let Some(about) = &about {
        // Nobody else may have issued, or ended the matter, since the page was shown.
        let case = record::by_id_in(&work, about.id).await?;
        if case.closed_at.is_some() {
            return Err(Fault::Refused(Refusal::because(|l| t(l).order_about_closed())));
        }
        if let Some(known) = open_for_in(&work, about.id, target).await? {
            return Err(Fault::Refused(Refusal::because(|l| t(l).order_open_already(&known))));
        }
    }
    let base =
        about.as_ref().map_or_else(|| New { prefix: PREFIX, ..New::default() }, |about| New::below(PREFIX, about));
    let mut case = record::open_in(
        &work,
        &FLOW,
        &New {
            title,
            desk: Some(desk),
            handler_org: Some(target.organisation),
            handler_window: target.service_window,
            ..base
        },
    )
    .await?;
    work.run(
        "INSERT INTO supervision_order (case_id, issuer, reason) VALUES (?, ?, ?)",
        [Value::from(case.id), Value::from(actor.organisation), Value::from(reason)],
    )
    .await?;
    let facts = facts_in(&work, &case).await?;
    let detail = json!({ "about": about.as_ref().map(|c| c.number.clone()), "matters": input.matters.len() });
    let mut said = Said::words(reason).inside().with(detail);
    said.until = until;
    let step = record::take_in(&work, &FLOW, &mut case, Action::Issue, Doer::Person(actor), &facts, said).await?;
    round_in(&work, &case, reason, until.map(|_| input.why_day.trim())).await?;
    let note = json!({ "order": case.number, "whom": target.name, "whom_en": target.shown(Locale::En) });
    let mut matters: Vec<Case> = about.into_iter().collect();
    if matters.is_empty() {
        for number in input.matters.iter().take(MAX_MATTERS) {
            let matter = visible_in(&work, viewer, number).await?;
            work.run(
                "INSERT INTO case_about (case_id, about) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [Value::from(case.id), Value::from(matter.id)],
            )
            .await?;
            matters.push(matter);
        }
    }
    for matter in &matters {
        record::note_in(&work, matter, timeline::SUPERVISE, step.article, None, true, &note).await?;
    }
    paper_in(&work, &case, &matters, target, actor, reason).await?;
    let due = case.due();
    let today = work.today();
    let day = |l: Locale| due.map_or_else(String::new, |d| date_words(d, today, l));
    tell(&work, &case, |l| t(l).order_notice_issued(&case.number, &case.title, day(l))).await?;
    work.commit().await?;
    Ok(case)
}

/// 督办单: what is ordered, on paper. It belongs to the order, and names the matter.
async fn paper_in(
    work: &Work,
    case: &Case,
    matters: &[Case],
    target: &Target,
    actor: &Actor,
    reason: &str,
) -> Result<(), Fault> {
    let Some(due) = case.due() else { return Ok(()) };
    let on = match (case.parent, matters) {
        (Some(_), [about]) => Case { id: case.id, ..about.clone() },
        _ => case.clone(),
    };
    let numbers: Vec<&str> = matters.iter().map(|m| m.number.as_str()).collect();
    let late = matters.iter().filter_map(Case::due).min();
    let fields = Fields::new()
        .say("to", |l| target.shown(l).to_owned())
        .say("orders", |l| actor.place(l).to_owned())
        .text("matter", &case.number)
        .say("what", |l| {
            let m = t(l);
            match (case.parent, late) {
                (Some(_), Some(day)) => m.order_paper_due(date_full_words(day, l)),
                (Some(_), None) => m.order_paper_open(),
                (None, _) if numbers.is_empty() => m.order_paper_own(),
                (None, _) => m.order_paper_matters(numbers.join(&m.order_paper_join())),
            }
        })
        .text("reason", reason)
        .day("deadline", due)
        .flag("answer");
    issue_in(work, &on, PaperKind::SupervisionOrder, fields).await?;
    Ok(())
}

/// A day that somebody set for an answer: with its reason, and not before today.
fn day_set(ctx: &Ctx, day: Option<NaiveDate>, why: &str) -> Result<Option<NaiveDate>, Fault> {
    match wrong_day(ctx, day, why).into_iter().next() {
        Some((field, message)) => Err(Fault::Invalid { field, message }),
        None => Ok(day.filter(|day| *day != usual_day(ctx))),
    }
}

fn wrong_day(ctx: &Ctx, day: Option<NaiveDate>, why: &str) -> Vec<(&'static str, Bilingual)> {
    let mut wrong = Vec::new();
    let Some(day) = day.filter(|day| *day != usual_day(ctx)) else { return wrong };
    if day < ctx.today() {
        wrong.push(("day", Bilingual::say(|l| t(l).order_day_past())));
    }
    if why.trim().is_empty() {
        wrong.push(("why_day", Bilingual::say(|l| t(l).order_why_day_missing())));
    }
    wrong
}

/// The day by which an order issued today is to be answered unless somebody sets another.
pub fn usual_day(ctx: &Ctx) -> NaiveDate {
    let days = ctx.rules().on(ctx.today()).working_days(huiqi_kernel::rule::Limit::SupervisionOrder).unwrap_or(3);
    huiqi_kernel::clock::deadline_provisional(&ctx.calendar(), ctx.today(), days, false).due
}

async fn open_for_in(work: &Work, about: i64, target: &Target) -> Result<Option<String>, Fault> {
    #[derive(FromQueryResult)]
    struct Open {
        number: String,
    }
    let open: Option<Open> = work
        .one(
            "SELECT d.number FROM case_record d WHERE d.flow = 'supervision-order' AND d.closed_at IS NULL
               AND (d.parent = ? OR EXISTS (SELECT 1 FROM case_about k WHERE k.case_id = d.id AND k.about = ?))
               AND d.handler_org = ? AND COALESCE(d.handler_window, 0) = ? ORDER BY d.id LIMIT 1",
            [
                Value::from(about),
                Value::from(about),
                Value::from(target.organisation),
                Value::from(target.service_window.unwrap_or_default()),
            ],
        )
        .await?;
    Ok(open.map(|o| o.number))
}

/// What the table asks about an order.
///
/// # Errors
/// When the database fails.
pub async fn facts_in(work: &Work, case: &Case) -> Result<OrderFacts, Fault> {
    let capacities = match case.handler_org {
        Some(org) => capacities_in(work, org).await?,
        None => Vec::new(),
    };
    Ok(OrderFacts { case: case.clone(), ordered: Ordered::of(case.handler_window, &capacities) })
}

async fn round_in(work: &Work, case: &Case, asked: &str, why_day: Option<&str>) -> Result<(), Fault> {
    work.run(
        "INSERT INTO supervision_round (case_id, seq, at, asked, due_on, why_day)
         VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM supervision_round WHERE case_id = ?), ?, ?, ?, ?)",
        [
            Value::from(case.id),
            Value::from(case.id),
            Value::from(work.now()),
            Value::from(asked),
            Value::from(case.due_on.clone().unwrap_or_default()),
            Value::from(why_day),
        ],
    )
    .await?;
    Ok(())
}

async fn tell(work: &Work, case: &Case, text: impl Fn(Locale) -> String) -> Result<(), Fault> {
    ladder::tell_turn_in(work, case, NOTICE, text).await
}

/// What comes with a step of an order.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The version the person saw.
    pub version: Option<i64>,
    /// The answer, or the reason.
    pub words: String,
    /// By when it is done, with the answer; the new day, when an answer is sent back.
    pub day: Option<NaiveDate>,
    /// Why another day than the usual.
    pub why_day: String,
    /// Files with the answer.
    pub files: Vec<Upload>,
}

/// Takes a step of an order.
///
/// # Errors
/// As the flow table decides; [`Fault::Invalid`] when words or a day are missing or unfit.
pub async fn take(ctx: &Ctx, viewer: &Viewer, number: &str, action: Action, input: &Input) -> Result<Case, Fault> {
    let actor = viewer.actor().ok_or(Fault::NotFound)?;
    let words = input.words.trim();
    if words.chars().count() > MAX_WORDS {
        return Err(Fault::invalid("words", |l| t(l).order_too_long(MAX_WORDS as i64)));
    }
    // Files are made ready before the transaction, for those who see the order.
    let files = if action == Action::Reply {
        visible(ctx, viewer, number).await?;
        attachments::prepare(&input.files).await?
    } else {
        attachments::Prepared::none()
    };
    let work = ctx.write(viewer).await?;
    let mut case = visible_in(&work, viewer, number).await?;
    if case.flow != FLOW.code || action == Action::Issue {
        return Err(Fault::NotFound);
    }
    let facts = facts_in(&work, &case).await?;
    let mut said = Said { words: Some(words), public: false, seen: input.version, ..Said::nothing() };
    let late = case.is_overdue(work.today());
    // The calendar may have moved the day since it was asked for.
    let due_on = case.due_on.clone();
    let mut set = None;
    match action {
        Action::Reply => {
            // Who may not answer learns nothing from what the form would want.
            FLOW.decide(case.state()?, action, Doer::Person(actor), &facts)?;
            let issued = day_of(case.opened_at);
            match input.day {
                None => return Err(Fault::invalid("day", |l| t(l).order_done_missing())),
                Some(day) if day < issued => {
                    let today = work.today();
                    return Err(Fault::invalid("day", |l| t(l).order_done_early(date_words(issued, today, l))));
                }
                Some(_) => {}
            }
            said = said.with(json!({ "late": late }));
        }
        Action::Reject => {
            FLOW.decide(case.state()?, action, Doer::Person(actor), &facts)?;
            set = day_set(ctx, input.day, &input.why_day)?;
            said.until = set;
        }
        Action::Issue | Action::Accept | Action::Withdraw => {}
    }
    record::take_in(&work, &FLOW, &mut case, action, Doer::Person(actor), &facts, said).await?;
    let id = Value::from(case.id);
    let today = work.today();
    match action {
        Action::Reply => {
            work.run(
                "UPDATE supervision_round SET answered_at = ?, late = ?, answer = ?, done_on = ?, due_on = COALESCE(?, due_on)
                 WHERE case_id = ? AND answered_at IS NULL",
                [
                    Value::from(work.now()),
                    Value::from(late),
                    Value::from(words),
                    Value::from(input.day.map(|d| d.to_string())),
                    Value::from(due_on),
                    id,
                ],
            )
            .await?;
            tell(&work, &case, |l| {
                let m = t(l);
                if late {
                    m.order_notice_replied_late(&case.number, &case.title)
                } else {
                    m.order_notice_replied(&case.number, &case.title)
                }
            })
            .await?;
            attachments::attach_in(&work, &case, None, &files, false).await?;
        }
        Action::Reject => {
            round_in(&work, &case, words, set.map(|_| input.why_day.trim())).await?;
            let due = case.due();
            let day = |l: Locale| due.map_or_else(String::new, |d| date_words(d, today, l));
            tell(&work, &case, |l| t(l).order_notice_rejected(&case.number, &case.title, day(l))).await?;
        }
        Action::Accept | Action::Withdraw => {
            work.run(
                "UPDATE supervision_order SET outcome = ? WHERE case_id = ?",
                [Value::from(Some(words).filter(|w| !w.is_empty())), id],
            )
            .await?;
            // It is nobody's turn any more; those that had to answer hear how it ended.
            let asked = Case { turn: "handler".to_owned(), ..case.clone() };
            let people = ladder::on_turn_in(&work, &asked).await?;
            ladder::tell_in(&work, &case, &people, NOTICE, |l| {
                let m = t(l);
                if action == Action::Accept {
                    m.order_notice_accepted(&case.number, &case.title)
                } else {
                    m.order_notice_withdrawn(&case.number, &case.title)
                }
            })
            .await?;
        }
        Action::Issue => {}
    }
    work.commit().await?;
    Ok(case)
}
