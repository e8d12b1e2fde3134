//! Gathering requests, the one answer, the one proposal, and what the bureau makes of it.

use chrono::NaiveDate;
use huiqi_casework::attachments::Prepared;
use huiqi_casework::inbox::visible_in;
use huiqi_casework::ladder;
use huiqi_casework::record::{self, Case, New, Said, by_id_in};
use huiqi_kernel::category::Category;
use huiqi_kernel::flow::{Doer, Refusal};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work};
use serde_json::json;

use super::Outcome;
use super::flow::{Action, FLOW, ProblemFacts};
use super::rules;
use crate::assignments::actions as assignments;
use crate::assignments::flow::Action as AssignmentAction;
use crate::replies::pieces;
use crate::requests::actions::{By, Input as RequestInput, step_in, tell_firm};
use crate::requests::facts::load_in;
use crate::requests::flow::{Action as RequestAction, FLOW as REQUEST, State as RequestState};
use crate::t;

/// Most requests of one problem.
pub const MOST: usize = 300;
/// Longest title.
pub const MAX_TITLE: u32 = 60;
/// Longest description, answer or proposal.
pub const MAX_WORDS: u32 = 4000;

/// A problem as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What it is, in one line.
    pub title: String,
    /// What it is, in full.
    pub description: String,
    /// Service category.
    pub category: Option<Category>,
    /// Numbers of the requests.
    pub numbers: Vec<String>,
}

fn unfit(field: &'static str, refusal: Refusal) -> Fault {
    Fault::Invalid { field, message: refusal.reason }
}

/// The requests with these numbers, all fit to be gathered at one desk.
async fn requests_in(work: &Work, viewer: &Viewer, numbers: &[String], desk: Option<&str>) -> Result<Vec<Case>, Fault> {
    let mut cases: Vec<Case> = Vec::new();
    for number in numbers.iter().take(MOST) {
        let number = number.trim().to_uppercase();
        if number.is_empty() || cases.iter().any(|c| c.number == number) {
            continue;
        }
        let case = match visible_in(work, viewer, &number).await {
            Ok(case) => case,
            Err(Fault::NotFound) => return Err(Fault::invalid("numbers", |l| t(l).problem_unknown(&number))),
            Err(fault) => return Err(fault),
        };
        let desk = desk.map_or_else(|| cases.first().map_or(case.desk.clone(), |c| c.desk.clone()), str::to_owned);
        rules::may_gather(&case, &desk).map_err(|r| unfit("numbers", r))?;
        cases.push(case);
    }
    Ok(cases)
}

async fn put_in(work: &Work, problem: i64, cases: &[Case]) -> Result<i64, Fault> {
    let mut added = 0;
    for case in cases {
        let new = work
            .run(
                "INSERT INTO problem_request (problem, request, at, person, answered) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (problem, request) DO NOTHING",
                [
                    Value::from(problem),
                    Value::from(case.id),
                    Value::from(work.now()),
                    Value::from(work.person()),
                    Value::from(false),
                ],
            )
            .await?;
        added += i64::try_from(new).unwrap_or_default();
    }
    Ok(added)
}

/// Opens a common problem over several requests, open or closed.
///
/// # Errors
/// [`Fault::Invalid`] for requests that do not fit; [`Fault::Refused`] for somebody who does not gather.
pub async fn open(ctx: &Ctx, viewer: &Viewer, draft: &Draft) -> Result<Case, Fault> {
    let work = ctx.write(viewer).await?;
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let cases = requests_in(&work, viewer, &draft.numbers, None).await?;
    let [first, _, ..] = cases.as_slice() else {
        return Err(Fault::invalid("numbers", |l| t(l).problem_too_few()));
    };
    let desk = first.desk();
    let mut case = record::open_in(
        &work,
        &FLOW,
        &New {
            prefix: "GX",
            title: draft.title.trim(),
            category: draft.category.map(Category::code),
            desk: Some(desk),
            ..New::default()
        },
    )
    .await?;
    work.run(
        "INSERT INTO problem (case_id, description) VALUES (?, ?)",
        [Value::from(case.id), Value::from(draft.description.trim())],
    )
    .await?;
    let added = put_in(&work, case.id, &cases).await?;
    let facts = ProblemFacts { case: case.clone(), unanswered: added };
    let said = Said::nothing().inside().with(json!({ "requests": added }));
    record::take_in(&work, &FLOW, &mut case, Action::Open, Doer::Person(actor), &facts, said).await?;
    work.commit().await?;
    Ok(case)
}

async fn open_problem_in(work: &Work, viewer: &Viewer, number: &str) -> Result<Case, Fault> {
    let case = visible_in(work, viewer, number).await?;
    if case.flow != FLOW.code || !viewer.is(super::flow::GATHERERS) {
        return Err(Fault::NotFound);
    }
    if case.closed_at.is_some() {
        return Err(Fault::Refused(Refusal::because(|l| t(l).problem_blocked_over())));
    }
    Ok(case)
}

/// Gathers more requests under a problem; returns how many were new.
///
/// # Errors
/// As [`open`].
pub async fn gather(ctx: &Ctx, viewer: &Viewer, number: &str, numbers: &[String]) -> Result<i64, Fault> {
    let work = ctx.write(viewer).await?;
    let problem = open_problem_in(&work, viewer, number).await?;
    let cases = requests_in(&work, viewer, numbers, Some(&problem.desk)).await?;
    if cases.is_empty() {
        return Err(Fault::invalid("numbers", |l| t(l).problem_no_number()));
    }
    let added = put_in(&work, problem.id, &cases).await?;
    work.audit("problem.gather", "case", &problem.number, json!({ "added": added })).await?;
    work.commit().await?;
    Ok(added)
}

/// Takes a request out that did not get the answer of the problem.
///
/// # Errors
/// [`Fault::NotFound`] when it is not there; [`Fault::Refused`] when it has the answer.
pub async fn take_out(ctx: &Ctx, viewer: &Viewer, number: &str, request: &str) -> Result<(), Fault> {
    let work = ctx.write(viewer).await?;
    let problem = open_problem_in(&work, viewer, number).await?;
    let request = visible_in(&work, viewer, request).await?;
    let gone = work
        .run(
            "DELETE FROM problem_request WHERE problem = ? AND request = ? AND answered = ?",
            [Value::from(problem.id), Value::from(request.id), Value::from(false)],
        )
        .await?;
    if gone == 0 {
        return Err(Fault::Refused(Refusal::because(|l| t(l).problem_blocked_take_out())));
    }
    work.audit("problem.take-out", "case", &problem.number, json!({ "request": request.number })).await?;
    work.commit().await
}

/// What comes with a step.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The version the person saw.
    pub version: Option<i64>,
    /// The answer, the proposal, the bureau's words.
    pub words: String,
    /// Day of the written answer, or by which it is carried out.
    pub day: Option<NaiveDate>,
    /// Whether requests that lie with handlers are answered too, their assignments recalled.
    pub with_handlers: bool,
}

/// How an answer spread: requests answered now, and those that could not be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Answered by this step.
    pub answered: i64,
    /// Open, but not answered.
    pub left: i64,
}

#[derive(FromQueryResult)]
struct Waiting {
    request: i64,
}

/// The requests that have not got the answer and are still open without one of their own.
async fn waiting_in(work: &Work, problem: i64) -> Result<Vec<i64>, Fault> {
    let rows: Vec<Waiting> = work
        .all(
            "SELECT g.request FROM problem_request g JOIN case_record c ON c.id = g.request
             WHERE g.problem = ? AND g.answered = ? AND c.closed_at IS NULL AND c.state <> 'answered'
             ORDER BY CASE WHEN c.state = 'merged' THEN 1 ELSE 0 END, c.id",
            [Value::from(problem), Value::from(false)],
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.request).collect())
}

/// What the table asks about a problem.
pub(crate) async fn facts_in(work: &Work, case: &Case) -> Result<ProblemFacts, Fault> {
    Ok(ProblemFacts { case: case.clone(), unanswered: waiting_in(work, case.id).await?.len() as i64 })
}

/// Takes a step of a common problem.
///
/// # Errors
/// As the flow table decides; [`Fault::Stale`], [`Fault::Invalid`].
pub async fn take(ctx: &Ctx, viewer: &Viewer, number: &str, action: Action, input: &Input) -> Result<Spread, Fault> {
    let work = ctx.write(viewer).await?;
    let mut case = visible_in(&work, viewer, number).await?;
    if case.flow != FLOW.code {
        return Err(Fault::NotFound);
    }
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    let facts = facts_in(&work, &case).await?;
    let mut said = Said::nothing();
    said.words = Some(input.words.as_str()).filter(|w| !w.trim().is_empty());
    said.seen = input.version;
    let today = work.today();
    let day = match action {
        Action::Adopt => {
            let day = input.day.filter(|d| *d >= today).ok_or(Fault::invalid("day", |l| t(l).problem_day_adopt()))?;
            said = said.until(day);
            Some(day)
        }
        Action::Reply => {
            Some(input.day.filter(|d| *d <= today).ok_or(Fault::invalid("day", |l| t(l).problem_day_reply()))?)
        }
        _ => None,
    };
    if action == Action::Answer {
        pieces::filled("words", &input.words)?;
    }
    record::take_in(&work, &FLOW, &mut case, action, Doer::Person(actor), &facts, said).await?;
    let (id, now, words) = (Value::from(case.id), Value::from(work.now()), Value::from(input.words.trim()));
    let mut spread = Spread::default();
    match action {
        Action::Answer => {
            work.run("UPDATE problem SET answer = ?, answered_at = ? WHERE case_id = ?", [words, now, id]).await?;
            spread = spread_in(&work, viewer, &case, input.words.trim(), input.with_handlers).await?;
        }
        Action::Pass => {
            #[derive(FromQueryResult)]
            struct Given {
                answer: Option<String>,
            }
            let given: Option<Given> = work.one("SELECT answer FROM problem WHERE case_id = ?", [id]).await?;
            let answer = given.and_then(|g| g.answer).ok_or(Fault::NotFound)?;
            spread = spread_in(&work, viewer, &case, &answer, input.with_handlers).await?;
        }
        Action::Propose => {
            work.run("UPDATE problem SET proposal = ?, proposed_at = ? WHERE case_id = ?", [words, now, id]).await?;
            let people = ladder::on_turn_in(&work, &case).await?;
            tell(&work, &case, &people, |l| t(l).problem_notice_proposed(&case.number, &case.title)).await?;
        }
        Action::Note | Action::Reply | Action::Adopt => {
            let outcome = match action {
                Action::Note => Outcome::Noted,
                Action::Reply => Outcome::Answered,
                _ => Outcome::Adopted,
            };
            work.run(
                "UPDATE problem SET outcome = ?, reply = ?, reply_on = ?, replied_at = ? WHERE case_id = ?",
                [Value::from(outcome.code()), words, Value::from(day.map(|d| d.to_string())), now, id],
            )
            .await?;
            heard_in(&work, &case, |l, request| t(l).problem_notice_outcome(&request.number, &request.title)).await?;
        }
        Action::Finish => {
            work.run("UPDATE problem SET finished = ?, finished_at = ? WHERE case_id = ?", [words, now, id]).await?;
            heard_in(&work, &case, |l, request| t(l).problem_notice_finished(&request.number, &request.title)).await?;
        }
        Action::Open | Action::Settle | Action::Dissolve => {}
    }
    work.commit().await?;
    Ok(spread)
}

async fn tell(work: &Work, case: &Case, people: &[i64], text: impl Fn(Locale) -> String) -> Result<(), Fault> {
    ladder::tell_in(work, case, people, "problem", text).await
}

/// Everybody who asked hears what the bureau made of it, and so does whoever gathered.
async fn heard_in(work: &Work, case: &Case, text: impl Fn(Locale, &Case) -> String) -> Result<(), Fault> {
    let asked: Vec<Waiting> = work
        .all(
            "SELECT c.id AS request FROM case_record c JOIN request r ON r.case_id = c.id
             WHERE c.id IN (SELECT g.request FROM problem_request g WHERE g.problem = ?)
                OR r.merged_into IN (SELECT g.request FROM problem_request g WHERE g.problem = ?) ORDER BY c.id",
            [Value::from(case.id), Value::from(case.id)],
        )
        .await?;
    for row in asked {
        let request = by_id_in(work, row.request).await?;
        tell_firm(work, &request, &text).await?;
    }
    if let Some(person) = case.opened_by {
        tell(work, case, &[person], |l| t(l).problem_notice_back(&case.number, &case.title)).await?;
    }
    Ok(())
}

/// Gives the one answer to every request that waits for it, each by the steps of its own table and as far as they allow.
async fn spread_in(
    work: &Work,
    viewer: &Viewer,
    problem: &Case,
    answer: &str,
    with_handlers: bool,
) -> Result<Spread, Fault> {
    let mut spread = Spread::default();
    for id in waiting_in(work, problem.id).await? {
        let case = by_id_in(work, id).await?;
        let done = match case.state::<RequestState>()? {
            // It was answered a moment ago, along with the one it was merged into.
            RequestState::Answered => true,
            _ => answer_one_in(work, viewer, case, answer, with_handlers).await?,
        };
        if done {
            work.run(
                "UPDATE problem_request SET answered = ? WHERE problem = ? AND request = ?",
                [Value::from(true), Value::from(problem.id), Value::from(id)],
            )
            .await?;
            spread.answered += 1;
        } else {
            spread.left += 1;
        }
    }
    work.audit("problem.spread", "case", &problem.number, json!({ "answered": spread.answered, "left": spread.left }))
        .await?;
    Ok(spread)
}

/// Answers one request by its own steps; `false` when its table does not allow it to this viewer now.
async fn answer_one_in(
    work: &Work,
    viewer: &Viewer,
    case: Case,
    answer: &str,
    with_handlers: bool,
) -> Result<bool, Fault> {
    let Some(actor) = viewer.actor() else { return Ok(false) };
    let doer = Doer::Person(actor);
    let (mut case, _, assigned, facts) = load_in(work, case).await?;
    // Asked before anything is moved: the answer itself is the viewer's to give.
    if REQUEST.decide(RequestState::Accepted, RequestAction::Answer, doer, &facts).is_err() {
        return Ok(false);
    }
    let by = By::Viewer(viewer);
    if case.state::<RequestState>()? == RequestState::Merged {
        let words = RequestInput { words: t(Locale::Zh).problem_unmerge_words(), ..RequestInput::default() };
        case = step_in(work, by, case, RequestAction::Unmerge, &words, &Prepared::none()).await?;
    }
    match case.state::<RequestState>()? {
        RequestState::Submitted => {
            if REQUEST.decide(RequestState::Submitted, RequestAction::Accept, doer, &facts).is_err() {
                return Ok(false);
            }
            case = step_in(work, by, case, RequestAction::Accept, &RequestInput::default(), &Prepared::none()).await?;
        }
        RequestState::Accepted => {}
        RequestState::Dispatched | RequestState::InProgress | RequestState::Waiting if with_handlers => {
            for below in assigned.iter().filter(|a| a.is_open()) {
                let words = t(Locale::Zh).problem_recalled_words();
                let people = huiqi_casework::team::queries::on_case_in(work, &below.case).await?;
                assignments::end_in(work, below.case.clone(), AssignmentAction::Recall, &words).await?;
                let text = |l| t(l).problem_notice_recalled(&case.number, &case.title);
                ladder::tell_in(work, &case, &people, "handler", text).await?;
            }
            record::take_in(work, &REQUEST, &mut case, RequestAction::SendBack, Doer::System, &facts, Said::nothing())
                .await?;
            work.run(
                "UPDATE request SET lead = NULL, mode = NULL, chosen = ? WHERE case_id = ?",
                [Value::from(false), Value::from(case.id)],
            )
            .await?;
        }
        _ => return Ok(false),
    }
    let words = RequestInput { words: answer.to_owned(), ..RequestInput::default() };
    step_in(work, by, case, RequestAction::Answer, &words, &Prepared::none()).await?;
    Ok(true)
}
