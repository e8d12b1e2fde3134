//! Entering a request into the queue, drawing lots, and what a call says.

use std::collections::BTreeSet;

use huiqi_casework::attachments::Prepared;
use huiqi_casework::desks;
use huiqi_casework::inbox::visible_in;
use huiqi_casework::record::{Case, Desk};
use huiqi_kernel::clock::deadline_provisional;
use huiqi_kernel::codes;
use huiqi_kernel::flow::Doer;
use huiqi_kernel::people::{Actor, Viewer};
use huiqi_kernel::rule::{Count, Limit, RuleSet, Share};
use huiqi_store::clock::local;
use huiqi_store::sea_orm::Value;
use huiqi_store::{Ctx, Fault, Work};
use rand::Rng;
use serde_json::json;

use super::queries::{self, Call, open_in};
use super::{Outcome, Why};
use crate::ratings;
use crate::requests::actions::{By, Input, step_in};
use crate::requests::facts::{Assigned, load_in};
use crate::requests::flow::{Action, CALLERS, FLOW, RequestFacts, State};
use crate::t;

/// An hour, in milliseconds.
const HOUR_MS: i64 = 3_600_000;

codes! {
    /// What came of one try.
    pub enum Heard {
        /// Reached; the firm says it is solved.
        Solved = "solved",
        /// Reached; not solved, and the firm leaves it there.
        NotSolved = "not-solved",
        /// Reached; not solved, and the firm wants it done again.
        Again = "again",
        /// Not reached.
        Missed = "missed",
    }
}

/// What is written down after a try.
#[derive(Clone, Debug)]
pub struct Said {
    /// What came of it.
    pub heard: Heard,
    /// Grade, where the firm gives one by itself.
    pub grade: Option<i64>,
    /// Its words, or when it was tried.
    pub words: String,
    /// The version of the request the caller saw.
    pub version: Option<i64>,
}

/// What a try led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Led {
    /// The request is closed by the firm's word on the phone.
    Closed,
    /// It is done again.
    Again,
    /// Written down; the request stays as it is.
    Noted,
    /// Nobody was reached; it is tried again.
    Missed,
    /// Nobody was reached, too soon after the try before to count as another.
    TooSoon,
    /// Nobody was reached often enough: the call ends as that.
    Unreached,
}

/// Who calls about what this organisation answered: one level above it, and at least whoever leads the request. Nobody
/// where the bureau itself answered.
async fn caller_in(work: &Work, case: &Case, answered: Option<i64>) -> Result<Option<(Desk, i64)>, Fault> {
    let Some(org) = answered else { return Ok(None) };
    Ok(desks::judging_in(work, org, case.desk()).await?.map(|desk| (desk, org)))
}

/// Enters a request into the queue. One that stands there already keeps its day and takes the weightier reason.
///
/// # Errors
/// When the database fails.
pub(crate) async fn enter_in(work: &Work, case: &Case, answered: Option<i64>, why: Why) -> Result<Option<i64>, Fault> {
    let Some((caller, judged)) = caller_in(work, case, answered).await? else { return Ok(None) };
    if let Some(open) = open_in(work, case.id).await? {
        if why.weight() > open.why().weight() {
            work.run(
                "UPDATE call_due SET why = ?, caller = ?, judged = ? WHERE id = ?",
                [Value::from(why.code()), Value::from(caller.code()), Value::from(judged), Value::from(open.id)],
            )
            .await?;
            work.audit("call.why", "case", &case.number, json!({ "why": why.code(), "caller": caller.code() })).await?;
        }
        return Ok(Some(open.id));
    }
    let days = case.rules(work.ctx()).working_days(Limit::CallBack).unwrap_or_default();
    let due = deadline_provisional(&work.ctx().calendar(), work.today(), days, false).due;
    let id = work
        .insert(
            "INSERT INTO call_due (case_id, why, caller, judged, from_on, days, due_on, opened_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                Value::from(case.id),
                Value::from(why.code()),
                Value::from(caller.code()),
                Value::from(judged),
                Value::from(work.today().to_string()),
                Value::from(i64::from(days)),
                Value::from(due.to_string()),
                Value::from(work.now()),
            ],
        )
        .await?;
    let detail = json!({ "why": why.code(), "caller": caller.code(), "due": due.to_string() });
    work.audit("call.enter", "case", &case.number, detail).await?;
    Ok(Some(id))
}

/// Lets chance decide whether a request that was closed on the spot, or ended by silence, is called about. Rate and
/// result stand in the audit log, so that nobody can choose whom to call.
///
/// # Errors
/// When the database fails.
pub(crate) async fn draw_in(work: &Work, case: &Case, answered: Option<i64>, why: Why) -> Result<(), Fault> {
    if caller_in(work, case, answered).await?.is_none() {
        return Ok(());
    }
    let share = if why == Why::Spot { Share::CallBackSample } else { Share::CallBackSilence };
    let rate = case.rules(work.ctx()).share(share);
    let lot = work.ctx().random(|r| r.random_range(1..=100_u32));
    let drawn = lot <= rate;
    let detail = json!({ "why": why.code(), "rate": rate, "lot": lot, "drawn": drawn });
    work.audit("call.draw", "case", &case.number, detail).await?;
    if drawn {
        enter_in(work, case, answered, why).await?;
    }
    Ok(())
}

/// The matter took another way: an open call for one of these reasons is no longer needed.
///
/// # Errors
/// When the database fails.
pub(crate) async fn moot_in(work: &Work, case: &Case, whys: &[Why]) -> Result<(), Fault> {
    match open_in(work, case.id).await? {
        Some(open) if whys.contains(&open.why()) => end_in(work, case, &open, Outcome::NotNeeded, None).await,
        _ => Ok(()),
    }
}

/// A new answer stands: whoever calls about it now must not be of the house that gave it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn answered_in(work: &Work, case: &Case, answered: Option<i64>) -> Result<(), Fault> {
    let Some(open) = open_in(work, case.id).await? else { return Ok(()) };
    match caller_in(work, case, answered).await? {
        Some((caller, judged)) => {
            work.run(
                "UPDATE call_due SET caller = ?, judged = ? WHERE id = ?",
                [Value::from(caller.code()), Value::from(judged), Value::from(open.id)],
            )
            .await?;
            Ok(())
        }
        None => end_in(work, case, &open, Outcome::NotNeeded, None).await,
    }
}

async fn end_in(work: &Work, case: &Case, call: &Call, outcome: Outcome, solved: Option<bool>) -> Result<(), Fault> {
    let ended = work
        .run(
            "UPDATE call_due SET outcome = ?, solved = ?, ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL",
            [
                Value::from(outcome.code()),
                Value::from(solved),
                Value::from(work.now()),
                Value::from(work.person()),
                Value::from(call.id),
            ],
        )
        .await?;
    if ended == 0 {
        return Err(Fault::Stale);
    }
    let detail = json!({ "why": call.why, "outcome": outcome.code(), "solved": solved });
    work.audit("call.end", "case", &case.number, detail).await
}

async fn try_in(
    work: &Work,
    case: &Case,
    call: i64,
    reached: bool,
    solved: Option<bool>,
    said: &Input,
) -> Result<(), Fault> {
    work.run(
        "INSERT INTO call_back (case_id, call_id, at, person, reached, solved, grade, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            Value::from(case.id),
            Value::from(call),
            Value::from(work.now()),
            Value::from(work.person()),
            Value::from(reached),
            Value::from(solved),
            Value::from(said.grade.filter(|_| reached)),
            Value::from(said.words.trim()),
        ],
    )
    .await?;
    Ok(())
}

/// Somebody was reached: the try is written down and the call ends.
///
/// # Errors
/// [`Fault::Stale`] when somebody else ended it meanwhile.
pub(crate) async fn reached_in(
    work: &Work,
    case: &Case,
    answered: Option<i64>,
    solved: bool,
    said: &Input,
) -> Result<(), Fault> {
    enter_in(work, case, answered, Why::Confirm).await?;
    let call = open_in(work, case.id).await?.ok_or(Fault::NotFound)?;
    try_in(work, case, call.id, true, Some(solved), said).await?;
    end_in(work, case, &call, Outcome::Reached, Some(solved)).await
}

/// Whether this person may call about a request now: about an open call whoever it was given to; about an answer that
/// waits for the firm whoever the flow table lets confirm by call. Never about one's own house or one's own work.
pub fn may_call(actor: &Actor, state: State, facts: &RequestFacts, assigned: &[Assigned], call: Option<&Call>) -> bool {
    let own = assigned.iter().any(|a| a.case.handler_person == Some(actor.person));
    if !actor.is(CALLERS) || own {
        return false;
    }
    match call {
        Some(call) => call.caller == actor.role.capacity().code() && call.judged != actor.organisation,
        None => FLOW.decide(state, Action::ConfirmByCall, Doer::Person(actor), facts).is_ok(),
    }
}

/// How tries without reaching anybody are counted, as the parameters say.
#[derive(Clone, Copy, Debug)]
pub struct Counting {
    /// Tries that end a call.
    pub tries: u32,
    /// Days they are spread over.
    pub days: u32,
    /// Least hours between two that count.
    pub gap: u32,
    /// Most that count on one day.
    pub daily: u32,
}

impl Counting {
    /// As the rule of this case has it.
    pub fn of(rules: &RuleSet) -> Counting {
        Counting {
            tries: rules.count(Count::CallBackTries),
            days: rules.count(Count::CallBackDays),
            gap: rules.count(Count::CallBackGap),
            daily: rules.count(Count::CallBackDaily),
        }
    }

    /// The moments of those that count, of all at which nobody was reached, oldest first: dialling again at once is not
    /// another try.
    pub fn counted(self, missed: &[i64]) -> Vec<i64> {
        let mut out: Vec<i64> = Vec::new();
        for at in missed {
            let apart = out.last().is_none_or(|last| at - last >= i64::from(self.gap) * HOUR_MS);
            let day = local(*at).date();
            let on_day = out.iter().filter(|other| local(**other).date() == day).count();
            if apart && on_day < self.daily as usize {
                out.push(*at);
            }
        }
        out
    }

    /// Whether these are enough to end a call without having reached anybody.
    pub fn enough(self, missed: &[i64]) -> bool {
        let counted = self.counted(missed);
        let on: BTreeSet<_> = counted.iter().map(|at| local(*at).date()).collect();
        counted.len() >= self.tries as usize && on.len() >= self.days as usize
    }
}

/// Writes down what a try said, and does what follows from it – always through the request's own steps.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not call about it; [`Fault::Stale`]; as the flow table decides.
pub async fn record(ctx: &Ctx, viewer: &Viewer, number: &str, said: &Said) -> Result<Led, Fault> {
    let work = ctx.write(viewer).await?;
    let case = visible_in(&work, viewer, number).await?;
    let (case, detail, assigned, facts) = load_in(&work, case).await?;
    let state: State = case.state()?;
    let call = open_in(&work, case.id).await?;
    let Some(actor) = viewer.actor() else { return Err(Fault::NotFound) };
    if !may_call(actor, state, &facts, &assigned, call.as_ref()) {
        return Err(Fault::NotFound);
    }
    if said.version.is_some_and(|seen| seen != case.version) {
        return Err(Fault::Stale);
    }
    let input =
        Input { version: said.version, words: said.words.trim().to_owned(), grade: said.grade, ..Input::default() };
    if input.words.is_empty() && said.heard != Heard::Missed {
        return Err(Fault::invalid("words", |l| t(l).call_words_missing()));
    }
    let (by, none) = (By::Viewer(viewer), Prepared::none());
    let led = match said.heard {
        Heard::Missed => missed_in(&work, &case, detail.answered_org, call, &input).await?,
        Heard::Solved if state == State::Answered => {
            step_in(&work, by, case, Action::ConfirmByCall, &input, &none).await?;
            Led::Closed
        }
        // Whoever says of a standing answer that it solves nothing gets it done again; nothing is confirmed against that.
        Heard::NotSolved | Heard::Again if state == State::Answered => {
            step_in(&work, by, case, Action::RedoByCall, &input, &none).await?;
            Led::Again
        }
        Heard::Again => {
            step_in(&work, by, case, Action::ReopenByCall, &input, &none).await?;
            Led::Again
        }
        Heard::Solved | Heard::NotSolved => {
            reached_in(&work, &case, detail.answered_org, said.heard == Heard::Solved, &input).await?;
            if let Some(grade) = input.grade {
                ratings::actions::rate_in(&work, &case, grade, None, ratings::Via::Call).await?;
            }
            Led::Noted
        }
    };
    work.commit().await?;
    Ok(led)
}

/// Nobody was reached: the try is kept, and after enough of them the call ends as not reached.
async fn missed_in(
    work: &Work,
    case: &Case,
    answered: Option<i64>,
    call: Option<Call>,
    said: &Input,
) -> Result<Led, Fault> {
    let call = match call {
        Some(call) => call,
        None => {
            enter_in(work, case, answered, Why::Confirm).await?;
            open_in(work, case.id).await?.ok_or(Fault::NotFound)?
        }
    };
    try_in(work, case, call.id, false, None, said).await?;
    work.audit("call.missed", "case", &case.number, json!({ "why": call.why })).await?;
    let rules = case.rules(work.ctx());
    let missed = queries::missed_in(work, call.id).await?;
    let counting = Counting::of(&rules);
    if !counting.enough(&missed) {
        let counts = counting.counted(&missed).last() == missed.last();
        return Ok(if counts { Led::Missed } else { Led::TooSoon });
    }
    end_in(work, case, &call, Outcome::Unreached, None).await?;
    Ok(Led::Unreached)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_tries_on_two_days() {
        let counting = Counting { tries: 3, days: 2, gap: 2, daily: 2 };
        let monday = 1_791_772_920_000;
        let after = |hours: i64| monday + hours * HOUR_MS;
        assert!(!counting.enough(&[monday, after(2), after(4)]), "one day is not enough");
        assert!(!counting.enough(&[monday, after(24)]), "two tries are not enough");
        assert!(counting.enough(&[monday, after(2), after(24)]));
        let minute = HOUR_MS / 60;
        let hasty = [monday, monday + minute, monday + 2 * minute, after(24)];
        assert_eq!(counting.counted(&hasty), [monday, after(24)], "dialling again at once is not another try");
        assert!(!counting.enough(&hasty));
        assert_eq!(counting.counted(&[monday, after(2), after(4)]).len(), 2, "two on a day at most");
    }
}
