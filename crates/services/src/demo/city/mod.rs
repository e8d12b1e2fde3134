//! A year of the city: one event after another, each taken by the person whose turn it is, through the slices' actions.

mod asking;
mod desk;
mod handling;
mod judging;
mod learning;
mod mending;
mod overseeing;

pub(super) use overseeing::{head_of, together};

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use huiqi_casework::ladder;
use huiqi_casework::record::{COLUMNS, Case, Desk};
use huiqi_identity::notices;
use huiqi_kernel::calendar::Calendar;
use huiqi_kernel::category::Category;
use huiqi_kernel::clock::working_days_before;
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::people::Viewer;
use huiqi_store::clock::{DAY_MS, local, moment};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

pub(in crate::demo) use asking::plainly;

use super::cast::{Handler, Key, Players};
use super::content::{Content, Situation, Text};
use super::firms::Firms;
use super::{Progress, draw, firms, pace};
use crate::assignments::actions as assignments;
use crate::assignments::flow::{Action as Part, State as PartState};
use crate::calls::Why;
use crate::calls::actions::{self as calls, Heard, Led, Said};
use crate::calls::queries;
use crate::improvements::Cause;
use crate::improvements::actions as improvements;
use crate::improvements::flow::{Action as Mend, State as MendState};
use crate::merging::actions as merging;
use crate::ratings::actions::rate;
use crate::requests::actions::{self as requests, By, Input, Target};
use crate::requests::facts::{self, Assigned};
use crate::requests::flow::{Action, Channel, Class, Mode, RequestKind, State};
use crate::requests::forms::Ask;
use crate::requests::{jobs, suggest};

/// The ladder is climbed day by day this long before the end; what was over before nobody looks at any more.
const LADDER_DAYS: i64 = 25;
/// Dispatchers look for the same matter this long before the end.
const MERGING_DAYS: i64 = 60;

/// The kind a text of the content names.
pub(super) fn kind_of(code: &str) -> Option<RequestKind> {
    RequestKind::from_code(code)
}

/// The class a text of the content names.
pub(super) fn class_of(code: &str) -> Option<Class> {
    Class::from_code(code)
}

/// The refusal ground of the rule set for a ground of the content.
pub(super) fn ground(code: &str) -> &str {
    if code == "in-proceedings" { "other-procedure" } else { code }
}

/// Something that is going to happen.
enum What {
    /// Somebody asks; the running number.
    Ask(usize),
    /// What the jobs do at night.
    Night,
    /// Staff, or firms, read what they were told.
    Read(bool),
    /// The desk looks at a request.
    Desk(usize),
    /// The firm completes what was returned.
    Complete(usize),
    /// The desk answers itself.
    Answer(usize),
    /// A dispatcher sends it on.
    Dispatch(usize),
    /// A request that was merged: whether its answer is there.
    Together(usize),
    /// A handler looks at an assignment.
    Take(usize, String),
    /// The dispatcher takes an assignment back.
    Recall(usize, String),
    /// The handler calls the firm; tries so far.
    Contact(usize, String, u32),
    /// The handler needs something from the firm.
    AskFirm(usize, String),
    /// The firm brings it, or the handler goes on without.
    Supply(usize, String),
    /// The handler has a result; times put off so far.
    Report(usize, String, u32),
    /// The firm chooses; times put off so far.
    Choose(usize, u32),
    /// The limit is extended.
    Extend(usize),
    /// A word between firm and handler.
    Say(usize, &'static str),
    Urge(usize),
    Withdraw(usize),
    Confirm(usize),
    /// A call-back; tries so far.
    CallBack(usize, u32),
    Redo(usize),
    Rate(usize),
    Reopen(usize),
    /// The next step of an improvement.
    Mend(usize),
    /// What those above do in the morning.
    Morning,
    /// The next step of a supervision order; its number and which one it is.
    Order(String, usize),
    /// The decision about an appeal.
    Appeal(String, usize),
    /// A day's call-backs from the queue.
    CallRound,
    /// Somebody makes an entry of the knowledge base of a closed request; the running number.
    Learn(usize),
    /// Somebody else checks it.
    Learnt(String, usize),
}

struct Event {
    at: i64,
    /// Events of one moment happen in the order in which they were planned.
    seq: u64,
    what: What,
}

impl PartialEq for Event {
    fn eq(&self, other: &Event) -> bool {
        (self.at, self.seq) == (other.at, other.seq)
    }
}

impl Eq for Event {}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Event) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Event {
    fn cmp(&self, other: &Event) -> std::cmp::Ordering {
        (self.at, self.seq).cmp(&(other.at, other.seq))
    }
}

/// A request as the generator follows it. Where it stands is always read from the table.
struct Request {
    number: String,
    case: i64,
    /// Place of the situation; none for reports (举报).
    situation: Option<usize>,
    kind: RequestKind,
    class: Class,
    answer: String,
    /// The member of the firm who speaks; otherwise whoever holds the query code.
    member: Option<Viewer>,
    desk: Desk,
    /// The handler's person.
    agent: Option<Viewer>,
    /// Handlers that did not bring it to an end.
    tried: Vec<Key>,
    /// Who answered.
    answered: Option<Key>,
    returned: bool,
    /// Which of the lists of gaps or materials it was asked for.
    asked: usize,
    extended: bool,
    choosing: bool,
    rated: bool,
    satisfied: bool,
    /// How often it was done again.
    rounds: u32,
}

struct Improvement {
    number: String,
    case: i64,
    request: usize,
    key: Key,
    cause: Cause,
    rejected: bool,
}

#[derive(Clone, Copy, Default)]
struct Used {
    times: usize,
    /// Running number of the last request made from it, plus one.
    last: usize,
}

/// The city while it is being made.
pub(super) struct City<'a> {
    pub ctx: &'a Ctx,
    pub content: &'a Content,
    pub firms: &'a Firms,
    pub players: &'a Players,
    pub random: ChaCha20Rng,
    calendar: Arc<Calendar>,
    queue: BinaryHeap<Reverse<Event>>,
    seq: u64,
    end: i64,
    wanted: usize,
    requests: Vec<Request>,
    improvements: Vec<Improvement>,
    used: Vec<Used>,
    reports: usize,
    board: Option<(i64, suggest::Board)>,
    since_board: HashMap<Key, u32>,
    dispatches: usize,
    orders: usize,
    /// How many orders each house got, by its number.
    ordered: HashMap<String, usize>,
    /// Orders that nobody answers.
    left: usize,
    appealed: usize,
    moves: HashMap<String, Viewer>,
    /// Entries of the knowledge base that are made in all but the last days, and what they are about.
    lessons: usize,
    learnt: HashSet<String>,
}

#[derive(FromQueryResult)]
struct StateRow {
    state: String,
}

#[derive(FromQueryResult)]
struct MendRow {
    state: String,
    desk: String,
}

#[derive(FromQueryResult)]
struct OpenImprovement {
    id: i64,
    number: String,
    handler_org: Option<i64>,
    handler_window: Option<i64>,
}

/// Says at which event a step failed; what the rules refused stays a refusal.
fn during(what: &str, number: &str) -> impl FnOnce(Fault) -> Fault {
    let place = format!("{what} {number}");
    move |fault| match fault {
        Fault::Db(_) | Fault::Internal(_) => Fault::internal(format!("demo: {place}: {fault}")),
        refused => Fault::Refused(Refusal::because(|_| format!("{place}: {refused}"))),
    }
}

/// Leaves out a step that the rules refused, and keeps what they said; other failures end the city.
pub(super) fn left_out(result: Result<(), Fault>, refused: &mut Vec<String>) -> Result<(), Fault> {
    match result {
        Ok(()) => Ok(()),
        Err(fault @ (Fault::Db(_) | Fault::Internal(_))) => Err(fault),
        Err(fault) => {
            refused.push(fault.to_string());
            Ok(())
        }
    }
}

/// A text that fits a request; any of them where none does.
fn fitting<'t>(random: &mut ChaCha20Rng, texts: &[&'t Text], situation: Option<&Situation>) -> &'t str {
    let fit: Vec<&&Text> = texts.iter().filter(|t| situation.is_none_or(|s| t.fits(s))).collect();
    if fit.is_empty() { draw::one(random, texts).text.as_str() } else { draw::one(random, &fit).text.as_str() }
}

impl<'a> City<'a> {
    /// A city that has not begun; `end` is its last moment, UTC milliseconds.
    pub fn new(
        ctx: &'a Ctx,
        content: &'a Content,
        firms: &'a Firms,
        players: &'a Players,
        random: ChaCha20Rng,
        end: i64,
    ) -> City<'a> {
        City {
            ctx,
            content,
            firms,
            players,
            random,
            calendar: ctx.calendar(),
            queue: BinaryHeap::new(),
            seq: 0,
            end,
            wanted: 0,
            requests: Vec::new(),
            improvements: Vec::new(),
            used: vec![Used::default(); content.situations.len()],
            reports: 0,
            board: None,
            since_board: HashMap::new(),
            dispatches: 0,
            orders: 0,
            ordered: HashMap::new(),
            left: 0,
            appealed: 0,
            moves: HashMap::new(),
            lessons: 0,
            learnt: HashSet::new(),
        }
    }

    fn plan(&mut self, at: i64, what: What) {
        if at <= self.end {
            self.seq += 1;
            self.queue.push(Reverse(Event { at, seq: self.seq, what }));
        }
    }

    /// So many working minutes from now.
    fn office(&mut self, minutes: f64) -> i64 {
        pace::office(&self.calendar, &mut self.random, self.ctx.now(), minutes)
    }

    /// So many hours from now, when a person of a firm has time.
    fn leisure(&mut self, hours: f64) -> i64 {
        pace::leisure(&self.calendar, &mut self.random, self.ctx.now(), hours)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        draw::between(&mut self.random, low, high)
    }

    fn chance(&mut self, share: f64) -> bool {
        draw::chance(&mut self.random, share)
    }

    fn words(&mut self, list: &'a [String]) -> &'a str {
        draw::one(&mut self.random, list).as_str()
    }

    fn someone(&mut self, people: &'a [Viewer]) -> &'a Viewer {
        draw::one(&mut self.random, people)
    }

    /// Whether it is one of the last days. They are busier than the city can manage: that is the backlog one sees.
    fn last_days(&self, days: i64) -> bool {
        self.end - self.ctx.now() < days * DAY_MS
    }

    /// Minutes that a request lies at the desk or with the dispatcher.
    fn lying(&mut self, low: f64, high: f64, late: f64, strain: f64) -> f64 {
        let strained = self.last_days(5);
        let mut minutes = self.between(low, high) * if strained { 2.4 } else { 1.0 };
        if self.chance(if strained { strain } else { late }) {
            minutes += self.between(300.0, if strained { 1_900.0 } else { 1_000.0 });
        }
        minutes
    }

    /// Hours until a firm reacts; lately the firms are busy too.
    fn thinking(&mut self, low: f64, high: f64) -> f64 {
        if self.last_days(8) { self.between(88.0, 176.0) } else { self.between(low, high) }
    }

    fn situation(&self, r: usize) -> Option<&'a Situation> {
        self.requests[r].situation.map(|s| &self.content.situations[s])
    }

    async fn state(&self, case: i64) -> Result<State, Fault> {
        let row: Option<StateRow> =
            ctx::one(self.ctx, "SELECT state FROM case_record WHERE id = ?", [Value::from(case)]).await?;
        row.and_then(|r| State::from_code(&r.state)).ok_or_else(|| Fault::internal("demo: a request is gone"))
    }

    async fn part(&self, r: usize, number: &str) -> Result<Option<Assigned>, Fault> {
        let all = facts::assigned(self.ctx, self.requests[r].case).await?;
        Ok(all.into_iter().find(|a| a.case.number == number && a.is_open()))
    }

    async fn firm_step(&mut self, r: usize, action: Action, words: &str) -> Result<(), Fault> {
        let request = &self.requests[r];
        let by = request.member.as_ref().map_or(By::Bearer, By::Viewer);
        let input = Input { words: words.to_owned(), ..Input::default() };
        requests::step(self.ctx, by, &request.number, action, &input)
            .await
            .map_err(during(action.code(), &request.number))?;
        Ok(())
    }

    async fn staff_step(&mut self, r: usize, viewer: &Viewer, action: Action, input: &Input) -> Result<(), Fault> {
        let number = &self.requests[r].number;
        requests::step(self.ctx, By::Viewer(viewer), number, action, input)
            .await
            .map_err(during(action.code(), number))?;
        Ok(())
    }

    async fn part_step(
        &mut self,
        r: usize,
        viewer: &Viewer,
        part: &str,
        action: Part,
        words: &str,
    ) -> Result<(), Fault> {
        let said = assignments::Said { words: words.to_owned(), ..assignments::Said::default() };
        assignments::take(self.ctx, viewer, part, action, &said)
            .await
            .map_err(during(action.code(), &self.requests[r].number))?;
        Ok(())
    }

    /// Whoever decides about acceptance.
    fn clerk(&mut self, desk: Desk) -> &'a Viewer {
        let players = self.players;
        match desk {
            Desk::Operator if self.chance(0.6) => self.someone(&players.desk),
            Desk::Operator => self.someone(&players.hotline),
            Desk::Centre => self.someone(&players.centre_officers),
            Desk::Bureau => self.someone(&players.bureau),
        }
    }

    /// Whoever sends on.
    fn dispatcher(&mut self, desk: Desk) -> &'a Viewer {
        let players = self.players;
        match desk {
            Desk::Operator => {
                self.dispatches += 1;
                &players.dispatchers[self.dispatches % players.dispatchers.len()]
            }
            Desk::Centre => self.someone(&players.centre_officers),
            Desk::Bureau => self.someone(&players.bureau),
        }
    }

    /// Lets the year happen; `arrivals` are the moments at which somebody asks. A step that the generator took for possible
    /// and the rules refused is left out and noted in `refused`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run(
        &mut self,
        arrivals: &[i64],
        refused: &mut Vec<String>,
        progress: &mut Progress<'_>,
    ) -> Result<(), Fault> {
        self.wanted = arrivals.len();
        for (n, at) in arrivals.iter().enumerate() {
            self.plan(*at, What::Ask(n));
        }
        self.keep_templates().await?;
        self.plan_learning(arrivals);
        let first = arrivals.first().map_or(self.end, |at| *at);
        let mut night = local(first).date().and_time(NaiveTime::MIN) + chrono::Duration::minutes(24 * 60 + 10);
        while moment(night) < self.end {
            self.plan(moment(night), What::Night);
            if self.calendar.is_working_or_likely(night.date()) {
                self.plan(moment(night.date().and_hms_opt(8, 40, 0).unwrap_or_default()), What::Morning);
                self.plan(moment(night.date().and_hms_opt(10, 20, 0).unwrap_or_default()), What::CallRound);
            }
            night += chrono::Duration::days(1);
        }
        // Staff read what they are told by the evening before the last day, firms now and then.
        for (staff, days) in [(true, 1), (false, 4)] {
            let evening = working_days_before(&self.calendar, local(self.end).date(), days);
            self.plan(moment(evening.and_hms_opt(17, 45, 0).unwrap_or_default()), What::Read(staff));
        }
        progress("requests", 0, self.wanted as u64);
        while let Some(Reverse(event)) = self.queue.pop() {
            self.ctx.clock().set(event.at);
            if let What::Ask(n) = event.what
                && (n + 1) % 20 == 0
            {
                progress("requests", n as u64 + 1, self.wanted as u64);
            }
            left_out(self.happen(event.what).await, refused)?;
        }
        self.ctx.clock().set(self.end);
        jobs::run(self.ctx).await?;
        ladder::run(self.ctx).await?;
        progress("requests", self.wanted as u64, self.wanted as u64);
        Ok(())
    }

    async fn happen(&mut self, what: What) -> Result<(), Fault> {
        match what {
            What::Ask(n) => self.ask(n).await,
            What::Night => self.night().await,
            What::Read(staff) => self.read(staff).await,
            What::Desk(r) => self.desk(r).await,
            What::Complete(r) => self.complete(r).await,
            What::Answer(r) => self.answer(r).await,
            What::Dispatch(r) => self.dispatch(r).await,
            What::Together(r) => self.together(r).await,
            What::Take(r, part) => self.take(r, &part).await,
            What::Recall(r, part) => self.recall(r, &part).await,
            What::Contact(r, part, tries) => self.contact(r, part, tries).await,
            What::AskFirm(r, part) => self.ask_firm(r, part).await,
            What::Supply(r, part) => self.supply(r, &part).await,
            What::Report(r, part, times) => self.report(r, part, times).await,
            What::Choose(r, times) => self.choose(r, times).await,
            What::Extend(r) => self.extend(r).await,
            What::Say(r, stage) => self.say(r, stage).await,
            What::Urge(r) => self.urge(r).await,
            What::Withdraw(r) => self.withdraw(r).await,
            What::Confirm(r) => self.confirm(r).await,
            What::CallBack(r, tries) => self.call_back(r, tries).await,
            What::Redo(r) => self.redo(r).await,
            What::Rate(r) => self.rate(r).await,
            What::Reopen(r) => self.reopen(r).await,
            What::Mend(i) => self.mend(i).await,
            What::Morning => self.morning().await,
            What::Order(number, n) => self.order(number, n).await,
            What::Appeal(number, n) => self.decide(number, n).await,
            What::CallRound => self.call_round().await,
            What::Learn(n) => self.learn(n).await,
            What::Learnt(number, n) => self.learnt(&number, n).await,
        }
    }

    async fn night(&mut self) -> Result<(), Fault> {
        crate::links::jobs::run(self.ctx).await?;
        jobs::run(self.ctx).await?;
        crate::knowledge::jobs::run(self.ctx).await?;
        if self.end - self.ctx.now() < LADDER_DAYS * DAY_MS {
            ladder::run(self.ctx).await?;
        }
        Ok(())
    }

    async fn read(&mut self, staff: bool) -> Result<(), Fault> {
        let players = self.players;
        let people: Vec<&Viewer> = if staff {
            players.staff.iter().collect()
        } else {
            players.accounts.iter().flat_map(|a| &a.people).collect()
        };
        for viewer in people {
            notices::mark_read(self.ctx, viewer, None).await?;
        }
        Ok(())
    }
}
