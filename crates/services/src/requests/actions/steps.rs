//! Steps of a request that need no more than their words, and what follows from them.

use huiqi_casework::attachments::Prepared;
use huiqi_casework::inbox::{self, visible_in};
use huiqi_casework::record::{self, Case, Said, by_number_in};
use huiqi_casework::{attachments, team, thread};
use huiqi_kernel::category::Category;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::Limit;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, Work};
use huiqi_web::forms::Upload;
use serde_json::json;

use super::{By, tell, tell_firm, tell_turn};
use crate::assignments::actions as assignments;
use crate::links::{self, Event};
use crate::merging::actions as merging;
use crate::replies::pieces;
use crate::requests::facts::{self, Assigned, Detail, load_in};
use crate::requests::flow::{Action, Class, ClosedHow, FLOW, RequestFacts, RequestKind};
use crate::requests::{papers, rules};
use crate::{calls, case_file, improvements, t};

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
pub(super) async fn set_answer(
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

pub(super) async fn tell_handlers(
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
