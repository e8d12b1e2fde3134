//! A year of the city: one event after another, each taken by the person whose turn it is, through the slices' actions.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use huiqi_casework::ladder;
use huiqi_casework::record::{COLUMNS, Case, Desk};
use huiqi_identity::notices;
use huiqi_kernel::calendar::Calendar;
use huiqi_kernel::category::Category;
use huiqi_kernel::clock::working_days_before;
use huiqi_kernel::people::Viewer;
use huiqi_store::clock::{DAY_MS, local, moment};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

use super::cast::{Handler, Key, Players};
use super::content::{Content, Situation, Text};
use super::firms::Firms;
use super::{Progress, draw, pace};
use crate::assignments::actions as assignments;
use crate::assignments::flow::{Action as Part, State as PartState};
use crate::improvements::Cause;
use crate::improvements::actions as improvements;
use crate::improvements::flow::{Action as Mend, State as MendState};
use crate::ratings::actions::rate;
use crate::requests::actions::{self as requests, By, Input, Target};
use crate::requests::facts::{self, Assigned};
use crate::requests::flow::{Action, Channel, Class, Mode, RequestKind, State};
use crate::requests::forms::Ask;
use crate::requests::{jobs, suggest};

/// The ladder is climbed day by day this long before the end; what was over before nobody looks at any more.
const LADDER_DAYS: i64 = 25;

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
    /// Staff read what they were told.
    Read,
    /// The desk looks at a request.
    Desk(usize),
    /// The firm completes what was returned.
    Complete(usize),
    /// The desk answers itself.
    Answer(usize),
    /// A dispatcher sends it on.
    Dispatch(usize),
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
    moves: HashMap<String, Viewer>,
}

#[derive(FromQueryResult)]
struct StateRow {
    state: String,
}

#[derive(FromQueryResult)]
struct OpenImprovement {
    id: i64,
    number: String,
    handler_org: Option<i64>,
    handler_window: Option<i64>,
}

/// Says at which event a step failed.
fn during(what: &str, number: &str) -> impl FnOnce(Fault) -> Fault {
    let place = format!("demo: {what} {number}");
    move |fault| Fault::internal(format!("{place}: {fault}"))
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
            moves: HashMap::new(),
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

    /// The days before the end are busier than the city can manage: that is the backlog one sees.
    fn strain(&self) -> f64 {
        if self.end - self.ctx.now() < 4 * DAY_MS { 2.6 } else { 1.0 }
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

    /// Lets the year happen; `arrivals` are the moments at which somebody asks.
    ///
    /// # Errors
    /// When a step is refused that the generator took for possible, or the database fails.
    pub async fn run(&mut self, arrivals: &[i64], progress: &mut Progress<'_>) -> Result<(), Fault> {
        self.wanted = arrivals.len();
        for (n, at) in arrivals.iter().enumerate() {
            self.plan(*at, What::Ask(n));
        }
        let first = arrivals.first().map_or(self.end, |at| *at);
        let mut night = local(first).date().and_time(NaiveTime::MIN) + chrono::Duration::minutes(24 * 60 + 10);
        while moment(night) < self.end {
            self.plan(moment(night), What::Night);
            night += chrono::Duration::days(1);
        }
        let evening =
            working_days_before(&self.calendar, local(self.end).date(), 1).and_hms_opt(17, 45, 0).unwrap_or_default();
        self.plan(moment(evening), What::Read);
        progress("requests", 0, self.wanted as u64);
        while let Some(Reverse(event)) = self.queue.pop() {
            self.ctx.clock().set(event.at);
            if let What::Ask(n) = event.what
                && (n + 1) % 20 == 0
            {
                progress("requests", n as u64 + 1, self.wanted as u64);
            }
            self.happen(event.what).await?;
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
            What::Read => self.read().await,
            What::Desk(r) => self.desk(r).await,
            What::Complete(r) => self.complete(r).await,
            What::Answer(r) => self.answer(r).await,
            What::Dispatch(r) => self.dispatch(r).await,
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
        }
    }

    async fn night(&mut self) -> Result<(), Fault> {
        jobs::run(self.ctx).await?;
        if self.end - self.ctx.now() < LADDER_DAYS * DAY_MS {
            ladder::run(self.ctx).await?;
        }
        Ok(())
    }

    async fn read(&mut self) -> Result<(), Fault> {
        let players = self.players;
        for viewer in players.staff.iter().chain(players.accounts.iter().flat_map(|a| a.people.iter())) {
            notices::mark_read(self.ctx, viewer, None).await?;
        }
        Ok(())
    }

    // --- asking -------------------------------------------------------------------------------------------------------

    fn channel(&mut self) -> Channel {
        const SHARES: [(Channel, f64); 8] = [
            (Channel::Portal, 38.0),
            (Channel::Hotline, 37.5),
            (Channel::Hall, 8.8),
            (Channel::Window, 8.8),
            (Channel::CityHotline, 3.0),
            (Channel::Department, 1.5),
            (Channel::Visit, 1.4),
            (Channel::Letter, 1.0),
        ];
        if !pace::in_office(&self.calendar, self.ctx.now()) {
            return Channel::Portal;
        }
        SHARES[draw::place(&mut self.random, SHARES.iter().map(|s| s.1)).unwrap_or_default()].0
    }

    /// A situation that fits the season, the channel and the counter, and was not used for a while.
    fn pick(&mut self, n: usize, channel: Channel, counter: Option<&Handler>) -> usize {
        let today = self.ctx.today();
        let hot = pace::deadline(today) > 1.0;
        let apart = self.content.situations.len() * 2 / 5;
        let mut per_kind: HashMap<&str, f64> = HashMap::new();
        for one in &self.content.situations {
            *per_kind.entry(one.kind.as_str()).or_default() += 1.0;
        }
        let (situations, all_used) = (&self.content.situations, &self.used);
        let weigh = |i: usize, strict: bool| {
            let one = &situations[i];
            let used = all_used[i];
            if used.last > 0 && n + 1 - used.last < apart {
                return 0.0;
            }
            if one.months.as_ref().is_some_and(|months| !months.contains(&today.month())) {
                return 0.0;
            }
            let fits_counter = counter.is_none_or(|c| {
                one.kind != "complaint"
                    && c.categories.contains(&one.category)
                    && (!strict || c.trades.is_empty() || c.trades.contains(&one.trade))
            });
            if !fits_counter || (one.refuse.is_some() && counter.is_some()) {
                return 0.0;
            }
            let kind = match (one.kind.as_str(), channel) {
                ("consultation", Channel::Hotline | Channel::Hall) => 58.0,
                ("consultation", _) => 36.0,
                ("need", Channel::Portal | Channel::Visit) => 50.0,
                ("need", _) => 34.0,
                ("complaint", Channel::CityHotline | Channel::Letter) => 30.0,
                ("complaint", _) => 6.5,
                _ => 5.0,
            };
            let category = match one.category.as_str() {
                "01" if hot => 2.6,
                "01" => 1.25,
                "02" => 1.2,
                "04" if today.month() == 2 || today.month() == 3 => 1.5,
                _ => 1.0,
            };
            kind / per_kind[one.kind.as_str()] * category / (1.0 + 0.3 * used.times as f64)
        };
        let weights = [true, false].map(|strict| (0..situations.len()).map(|i| weigh(i, strict)).collect::<Vec<f64>>());
        for weights in weights {
            if let Some(i) = draw::place(&mut self.random, weights.iter().copied()) {
                return i;
            }
        }
        // Everything that fits was used lately: the one that rested longest.
        (0..self.used.len()).min_by_key(|i| self.used[*i].last).unwrap_or_default()
    }

    /// The title as this firm puts it: the same matter asked again reads a little differently.
    fn title(&self, i: usize) -> String {
        let one = &self.content.situations[i];
        let title = &one.title;
        let plain = !title.starts_with('想') && !title.starts_with('请') && !title.contains("建议");
        let forms: Vec<String> = match one.kind.as_str() {
            "consultation" if plain => vec![
                format!("请问{title}"),
                format!("{title}，想问清楚"),
                format!("{title}，盼答复"),
                format!("咨询：{title}"),
                format!("{title}，电话问过一次"),
            ],
            "consultation" => {
                vec![format!("{title}，盼答复"), format!("咨询：{title}"), format!("{title}，电话问过一次")]
            }
            "need" => vec![
                format!("{title}，请帮忙对接"),
                format!("{title}，比较急"),
                format!("{title}，想听听建议"),
                format!("{title}，希望本月解决"),
                format!("求助：{title}"),
            ],
            "complaint" => {
                vec![
                    format!("{title}，请核实"),
                    format!("{title}，请尽快处理"),
                    format!("反映：{title}"),
                    format!("{title}，希望有个说法"),
                ]
            }
            _ if plain => vec![format!("建议：{title}"), format!("{title}，供参考"), format!("{title}，同行也这么说")],
            _ => vec![format!("{title}，供参考"), format!("{title}，同行也这么说")],
        };
        match self.used[i].times % (forms.len() + 1) {
            0 => title.clone(),
            n => forms[n - 1].clone(),
        }
    }

    /// A firm of the situation's trade, of a fitting size, near the counter where there is one.
    fn firm(&mut self, situation: &Situation, with_account: bool, district: Option<&str>) -> usize {
        let (players, firms) = (self.players, self.firms);
        let trade: &[usize] = firms.by_trade.get(&situation.trade).map_or(&[], Vec::as_slice);
        let size = |i: &usize| situation.staff.is_none_or(|[low, high]| (low..=high).contains(&firms.all[*i].staff));
        let near = |i: &usize| district.is_none_or(|d| firms.all[*i].district == d);
        let account = |i: &usize| !with_account || players.account_of.contains_key(i);
        let all: Vec<usize> = trade.iter().copied().filter(|i| size(i) && near(i) && account(i)).collect();
        let fit = if all.is_empty() { trade.iter().copied().filter(|i| size(i)).collect() } else { all };
        if fit.is_empty() {
            return if trade.is_empty() { 0 } else { *draw::one(&mut self.random, trade) };
        }
        *draw::one(&mut self.random, &fit)
    }

    async fn ask(&mut self, n: usize) -> Result<(), Fault> {
        // Eight reports a year, whatever the size of the city.
        let every = (self.wanted / 8).max(5);
        if n % every == every / 2 && self.reports < self.content.words.report.len() {
            return self.report_wrongdoing().await;
        }
        let channel = self.channel();
        let players = self.players;
        let counter = if channel == Channel::Window {
            let weights: Vec<f64> =
                players.handlers.iter().map(|h| if h.key.1.is_some() && !h.dead { h.load } else { 0.0 }).collect();
            draw::place(&mut self.random, weights.iter().copied()).map(|i| &players.handlers[i])
        } else {
            None
        };
        let s = self.pick(n, channel, counter);
        let situation = &self.content.situations[s];
        let title = self.title(s);
        self.used[s] = Used { times: self.used[s].times + 1, last: n + 1 };
        let with_account = channel == Channel::Portal && self.chance(0.55);
        let firm = self.firm(situation, with_account, counter.map(|c| c.district.as_str()));
        let known = &self.firms.all[firm];
        let account = players.account_of.get(&firm).map(|a| &players.accounts[*a]);
        let member = match account {
            Some(account) if channel == Channel::Portal || self.chance(0.6) => {
                Some(draw::one(&mut self.random, &account.people).clone())
            }
            _ => None,
        };
        let kind = kind_of(&situation.kind).unwrap_or(RequestKind::Need);
        let class = class_of(&situation.class).unwrap_or(Class::Ordinary);
        let viewer = match channel {
            Channel::Portal => member.clone().unwrap_or(Viewer::Public),
            Channel::Hotline => self.someone(&players.hotline).clone(),
            Channel::Hall => self.someone(&players.hall).clone(),
            Channel::Window => match counter {
                Some(counter) => draw::one(&mut self.random, &counter.agents).clone(),
                None => self.someone(&players.desk).clone(),
            },
            Channel::CityHotline | Channel::Department | Channel::Visit | Channel::Letter => {
                self.someone(&players.desk).clone()
            }
        };
        // Without an account the firm is what the asker types; the desk mostly finds it in the register.
        let registered = match channel {
            Channel::Portal => member.is_some(),
            _ => self.chance(0.88) || member.is_some(),
        };
        let about = self.about(situation, known.district.as_str());
        let contact = if registered || self.chance(0.7) {
            known.contact.clone()
        } else {
            super::firms::person(&self.content.names, &mut self.random)
        };
        let reach = ["call", "call", "call", "text", "site"][self.random.random_range(0..5)];
        let ask = Ask {
            channel,
            kind,
            // The asker often leaves the category open; the desk sets it at acceptance.
            category: if channel == Channel::Portal && self.chance(0.3) {
                None
            } else {
                Category::by_code(&situation.category)
            },
            title,
            words: situation.text.clone(),
            firm: registered.then_some(known.id),
            firm_text: (!registered).then(|| known.name.clone()),
            district: Some(known.district.clone()),
            contact,
            phone: known.phone.clone(),
            reach: reach.to_owned(),
            outside: self.outside(channel),
            about,
            files: Vec::new(),
        };
        let desk = match about {
            Some((org, None)) if org == players.operator => Desk::Centre,
            Some((org, None)) if org == players.centre => Desk::Bureau,
            _ => Desk::Operator,
        };
        let mut request = Request {
            number: String::new(),
            case: 0,
            situation: Some(s),
            kind,
            class,
            answer: situation.answer.clone(),
            member: member.filter(|_| registered),
            desk,
            agent: None,
            tried: Vec::new(),
            answered: None,
            returned: false,
            extended: false,
            choosing: false,
            rated: false,
            satisfied: true,
            rounds: 0,
        };
        let spot = kind == RequestKind::Consultation
            && class == Class::Consultation
            && situation.refuse.is_none()
            && matches!(channel, Channel::Hotline | Channel::Hall)
            && self.chance(0.6);
        if spot {
            let receipt = requests::close_on_spot(self.ctx, &viewer, &ask, &situation.answer)
                .await
                .map_err(during("close-on-spot", &ask.title))?;
            (request.number, request.case) = (receipt.number, receipt.case);
            request.satisfied = self.chance(0.97);
            self.requests.push(request);
            let r = self.requests.len() - 1;
            if self.chance(0.22) {
                let hours = self.between(0.2, 50.0);
                let at = self.leisure(hours);
                self.plan(at, What::Rate(r));
            }
            return Ok(());
        }
        let own = counter.is_some();
        let receipt = requests::submit(self.ctx, &viewer, &ask, own).await.map_err(during("submit", &ask.title))?;
        (request.number, request.case) = (receipt.number, receipt.case);
        if let Some(counter) = counter {
            request.class = crate::requests::rules::usual_class(kind);
            request.agent = Some(viewer.clone());
            self.requests.push(request);
            return self.keep(self.requests.len() - 1, viewer, counter).await;
        }
        self.requests.push(request);
        let r = self.requests.len() - 1;
        self.wait_for_desk(r);
        if self.chance(0.024) {
            let hours = self.between(1.0, 90.0);
            let at = self.leisure(hours);
            self.plan(at, What::Withdraw(r));
        }
        if self.chance(0.04) {
            let hours = self.between(52.0, 190.0);
            let at = self.leisure(hours);
            self.plan(at, What::Urge(r));
        }
        Ok(())
    }

    /// What came to a window's own counter goes on there.
    async fn keep(&mut self, r: usize, viewer: Viewer, counter: &'a Handler) -> Result<(), Fault> {
        let all = facts::assigned(self.ctx, self.requests[r].case).await?;
        let Some(mine) = all.into_iter().next() else {
            return Err(Fault::internal("demo: own counter without assignment"));
        };
        self.moves.insert(mine.case.number.clone(), viewer);
        self.start_work(r, mine.case.number, counter);
        Ok(())
    }

    fn wait_for_desk(&mut self, r: usize) {
        let mut minutes = self.between(6.0, 150.0) * self.strain();
        if self.chance(0.035) {
            minutes += self.between(300.0, 900.0);
        }
        let at = self.office(minutes);
        self.plan(at, What::Desk(r));
    }

    /// Number and due day at another office.
    fn outside(&mut self, channel: Channel) -> Option<(String, Option<String>)> {
        let today = self.ctx.today();
        let n = self.random.random_range(100..9_900);
        match channel {
            Channel::CityHotline => {
                let due = today + Days::new(self.random.random_range(5..16));
                Some((format!("12345-{}-{n:04}", today.format("%Y%m%d")), Some(due.to_string())))
            }
            Channel::Department => {
                let due = today + Days::new(self.random.random_range(7..22));
                let day = self.chance(0.7).then(|| due.to_string());
                Some((format!("转办〔{}〕{}号", today.year(), n % 300 + 1), day))
            }
            _ => None,
        }
    }

    /// Whom a complaint is about.
    fn about(&mut self, situation: &Situation, district: &str) -> Option<(i64, Option<i64>)> {
        if situation.kind != "complaint" || situation.refuse.is_some() {
            return None;
        }
        let text = &situation.text;
        let players = self.players;
        if (text.contains("热线") || text.contains("平台上") || text.contains("页面")) && self.chance(0.5) {
            return Some((players.operator, None));
        }
        if text.contains("窗口") && self.chance(0.5) {
            let window = players.handlers.iter().find(|h| h.comprehensive && h.district == district)?;
            return Some(window.key);
        }
        if self.chance(0.04) {
            return Some((players.centre, None));
        }
        if (text.contains("机构") || text.contains("老师") || text.contains("测")) && self.chance(0.5) {
            let fit: Vec<&Handler> = players
                .handlers
                .iter()
                .filter(|h| h.key.1.is_none() && !h.department && h.categories.contains(&situation.category))
                .collect();
            if !fit.is_empty() {
                return Some(draw::one(&mut self.random, &fit).key);
            }
        }
        None
    }

    /// A report to the bureau: no firm, no category, the reporter masked.
    async fn report_wrongdoing(&mut self) -> Result<(), Fault> {
        let one = &self.content.words.report[self.reports];
        self.reports += 1;
        let trade = draw::one(&mut self.random, &self.content.trades);
        let firm = self.firms.by_trade.get(&trade.id).and_then(|f| f.first()).map_or(0, |f| *f);
        let known = &self.firms.all[firm];
        let ask = Ask {
            channel: Channel::Portal,
            kind: RequestKind::Report,
            category: None,
            title: one.title.clone(),
            words: one.text.clone(),
            firm: None,
            firm_text: self.chance(0.5).then(|| known.name.clone()),
            district: Some(known.district.clone()),
            contact: super::firms::person(&self.content.names, &mut self.random),
            phone: super::firms::phone(9_950 + self.reports as u64),
            reach: "site".to_owned(),
            outside: None,
            about: None,
            files: Vec::new(),
        };
        let receipt =
            requests::submit(self.ctx, &Viewer::Public, &ask, false).await.map_err(during("report", &ask.title))?;
        self.requests.push(Request {
            number: receipt.number,
            case: receipt.case,
            situation: None,
            kind: RequestKind::Report,
            class: Class::Complex,
            answer: one.answer.clone(),
            member: None,
            desk: Desk::Bureau,
            agent: None,
            tried: Vec::new(),
            answered: None,
            returned: false,
            extended: false,
            choosing: false,
            rated: false,
            satisfied: true,
            rounds: 0,
        });
        self.wait_for_desk(self.requests.len() - 1);
        Ok(())
    }

    // --- the desk -----------------------------------------------------------------------------------------------------

    async fn desk(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Submitted {
            return Ok(());
        }
        let (desk, kind, class) = (self.requests[r].desk, self.requests[r].kind, self.requests[r].class);
        let clerk = self.clerk(desk);
        let situation = self.situation(r);
        if let Some(code) = situation.and_then(|s| s.refuse.as_deref()) {
            let input = Input {
                words: self.requests[r].answer.clone(),
                ground: Some(ground(code).to_owned()),
                ..Input::default()
            };
            return self.staff_step(r, clerk, Action::Refuse, &input).await;
        }
        if !self.requests[r].returned && situation.is_some() && self.chance(0.034) {
            self.requests[r].returned = true;
            let gaps = self.words(&self.content.words.returns).to_owned();
            self.staff_step(r, clerk, Action::Return, &Input { words: gaps, ..Input::default() }).await?;
            let hours = self.between(3.0, 80.0);
            let at = self.leisure(hours);
            if self.chance(0.9) {
                self.plan(at, What::Complete(r));
            } else {
                self.plan(at + 3 * DAY_MS, What::Withdraw(r));
            }
            return Ok(());
        }
        let input = Input {
            class: Some(class),
            category: situation.and_then(|s| Category::by_code(&s.category)),
            ..Input::default()
        };
        self.staff_step(r, clerk, Action::Accept, &input).await?;
        let itself = match (desk, kind) {
            (Desk::Bureau, _) => 0.65,
            (Desk::Centre, _) => 0.6,
            (_, RequestKind::Suggestion) => 0.35,
            (_, RequestKind::Consultation) => 0.1,
            _ => 0.0,
        };
        if self.chance(itself) {
            let minutes = if desk == Desk::Operator { self.between(20.0, 400.0) } else { self.between(300.0, 2_400.0) };
            let at = self.office(minutes);
            self.plan(at, What::Answer(r));
        } else {
            self.wait_for_dispatch(r);
        }
        Ok(())
    }

    fn wait_for_dispatch(&mut self, r: usize) {
        let mut minutes = self.between(5.0, 170.0) * self.strain();
        if self.chance(0.04) {
            minutes += self.between(250.0, 900.0);
        }
        let at = self.office(minutes);
        self.plan(at, What::Dispatch(r));
    }

    async fn complete(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Returned {
            return Ok(());
        }
        let words = self.words(&self.content.words.completes);
        self.firm_step(r, Action::Complete, words).await?;
        self.wait_for_desk(r);
        Ok(())
    }

    async fn answer(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Accepted {
            return Ok(());
        }
        let desk = self.requests[r].desk;
        let clerk = self.clerk(desk);
        let input = Input { words: self.answer_words(r), ..Input::default() };
        self.staff_step(r, clerk, Action::Answer, &input).await?;
        self.requests[r].answered = clerk.actor().map(|a| (a.organisation, a.window));
        self.requests[r].agent = Some(clerk.clone());
        self.answered(r, 0.94);
        Ok(())
    }

    fn answer_words(&mut self, r: usize) -> String {
        let answer = self.requests[r].answer.clone();
        if self.requests[r].rounds == 0 { answer } else { format!("{}{answer}", self.words(&self.content.words.again)) }
    }

    // --- dispatch -----------------------------------------------------------------------------------------------------

    async fn dispatch(&mut self, r: usize) -> Result<(), Fault> {
        let case = self.requests[r].case;
        if self.state(case).await? != State::Accepted {
            return Ok(());
        }
        let row: Option<Case> =
            ctx::one(self.ctx, &format!("SELECT {COLUMNS} FROM case_record c WHERE c.id = ?"), [Value::from(case)])
                .await?;
        let row = row.ok_or(Fault::NotFound)?;
        let detail = facts::detail(self.ctx, case).await?;
        // What the dispatcher sees on the board is an hour or two old at most.
        let now = self.ctx.now();
        if self.board.as_ref().is_none_or(|(at, _)| now - at > 2 * 3_600_000 || local(*at).date() != local(now).date())
        {
            self.board = Some((now, suggest::board(self.ctx).await?));
            self.since_board.clear();
        }
        let suggestions = match &self.board {
            Some((_, board)) => board.suggest(&row, &detail, &self.requests[r].tried, 14),
            None => Vec::new(),
        };
        let judged = |key: Key| {
            detail.about_window.is_some() && detail.about_window == key.1
                || detail.about_window.is_none() && detail.about_org == Some(key.0)
        };
        let (targets, mode) = self.targets(r, &suggestions, row.district.as_deref().unwrap_or_default(), &judged);
        if targets.is_empty() {
            return Err(Fault::internal(format!("demo: nobody for {}", self.requests[r].number)));
        }
        let dispatcher = self.dispatcher(self.requests[r].desk);
        let note = if self.chance(0.12) { self.words(&self.content.words.dispatch_notes) } else { "" };
        let number = self.requests[r].number.clone();
        requests::dispatch(self.ctx, dispatcher, &number, &targets, mode, note, None)
            .await
            .map_err(during("dispatch", &number))?;
        self.requests[r].choosing = mode == Mode::Choose;
        for target in &targets {
            *self.since_board.entry((target.organisation, target.window)).or_default() += 1;
        }
        for part in facts::assigned(self.ctx, case).await? {
            if part.is_open() && part.state() == PartState::Offered {
                self.wait_for_take(r, part);
            }
        }
        if mode == Mode::Choose {
            let hours = self.between(20.0, 50.0);
            let at = self.leisure(hours);
            self.plan(at, What::Choose(r, 0));
        }
        Ok(())
    }

    /// Whom the dispatcher picks from the board, sometimes past it.
    fn targets(
        &mut self,
        r: usize,
        suggestions: &[suggest::Suggestion],
        district: &str,
        judged: &dyn Fn(Key) -> bool,
    ) -> (Vec<Target>, Mode) {
        let players = self.players;
        let by_hand = |key: Key| Target { organisation: key.0, window: key.1, lead: true, why: String::new() };
        let suggested = |key: Key| {
            suggestions
                .iter()
                .find(|s| (s.target.organisation, s.target.window) == key)
                .map_or_else(|| by_hand(key), |s| Target { lead: true, ..s.target.clone() })
        };
        let Some(situation) = self.situation(r) else {
            // Reports go to the office of the district.
            let offices: Vec<&Handler> = players.handlers.iter().filter(|h| h.department).collect();
            let office = offices.iter().find(|h| h.district == district).copied();
            let office = office.unwrap_or_else(|| *draw::one(&mut self.random, &offices));
            return (vec![by_hand(office.key)], Mode::Lead);
        };
        let kind = self.requests[r].kind;
        let again =
            self.requests[r].answered.filter(|key| players.handler(*key).is_some_and(|h| !h.dead) && !judged(*key));
        if self.requests[r].rounds > 0
            && let Some(key) = again
            && self.chance(0.55)
        {
            return (vec![suggested(key)], Mode::Lead);
        }
        // Matters of other offices.
        let late_payment = situation.title.contains("逾期") && kind == RequestKind::Complaint;
        if late_payment || (matches!(situation.category.as_str(), "01" | "07") && self.chance(0.05)) {
            let office = players
                .handlers
                .iter()
                .filter(|h| h.department && (h.district == district || h.district.is_empty()))
                .max_by_key(|h| h.district == district);
            if let Some(office) = office
                && !self.requests[r].tried.contains(&office.key)
            {
                return (vec![by_hand(office.key)], Mode::Lead);
            }
        }
        let tried = self.requests[r].tried.clone();
        let free = |h: &Handler| !tried.contains(&h.key) && !judged(h.key);
        // The window of the trade that never answers still looks like the right one.
        let dead = players.handlers.iter().find(|h| h.dead && h.trades.contains(&situation.trade));
        if let Some(dead) = dead
            && free(dead)
            && dead.categories.contains(&situation.category)
            && self.chance(0.4)
        {
            return (vec![suggested(dead.key)], Mode::Lead);
        }
        let full = players.handlers.iter().find(|h| h.overloaded && h.district == district);
        if let Some(full) = full
            && free(full)
            && self.chance(0.72)
        {
            return (vec![suggested(full.key)], Mode::Lead);
        }
        let ranked: Vec<(&suggest::Suggestion, f64)> = suggestions
            .iter()
            .enumerate()
            .filter_map(|(rank, s)| {
                let key = (s.target.organisation, s.target.window);
                let handler = players.handler(key).filter(|h| free(h) && !h.dead)?;
                let mut weight = 10.0 * 0.62_f64.powi(rank as i32) + 0.4;
                if handler.trades.contains(&situation.trade) {
                    weight *= 3.0;
                } else if !handler.trades.is_empty() {
                    weight *= 0.35;
                }
                if !s.is_window {
                    weight *= if kind == RequestKind::Need { 1.6 } else { 0.3 };
                }
                if handler.overloaded {
                    weight *= 2.0;
                }
                weight *= handler.load.max(0.3);
                weight /= 1.0 + f64::from(self.since_board.get(&key).copied().unwrap_or_default());
                Some((s, weight))
            })
            .collect();
        let Some(first) = draw::place(&mut self.random, ranked.iter().map(|r| r.1)) else {
            // A territory without a window: the hub looks for somebody itself.
            let any = players
                .handlers
                .iter()
                .find(|h| free(h) && !h.dead && !h.department && h.categories.contains(&situation.category))
                .or_else(|| players.handlers.iter().find(|h| free(h) && !h.dead && !h.department));
            return (any.map(|h| by_hand(h.key)).into_iter().collect(), Mode::Lead);
        };
        let mut targets = vec![Target { lead: true, ..ranked[first].0.target.clone() }];
        let mut mode = Mode::Lead;
        if kind == RequestKind::Need && self.requests[r].rounds == 0 {
            let others: Vec<Target> = ranked
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != first)
                .map(|(_, (s, _))| Target { lead: false, ..s.target.clone() })
                .collect();
            if self.chance(0.05) {
                let offering: Vec<Target> = others.iter().filter(|t| t.window.is_none()).take(2).cloned().collect();
                if !offering.is_empty() {
                    targets[0].lead = false;
                    targets.extend(offering);
                    mode = Mode::Choose;
                }
            } else if self.chance(0.07) {
                targets.extend(others.into_iter().take(1));
            }
        }
        (targets, mode)
    }

    fn wait_for_take(&mut self, r: usize, part: Assigned) {
        let key = (part.case.handler_org.unwrap_or_default(), part.case.handler_window);
        let players = self.players;
        let Some(handler) = players.handler(key) else { return };
        if handler.dead {
            if self.chance(0.85) {
                let days = self.between(2.5, 6.0);
                let at = self.office(days * pace::DAY_MINUTES);
                self.plan(at, What::Recall(r, part.case.number));
            }
            return;
        }
        let mut minutes = self.between(8.0, 250.0) / handler.speed;
        if handler.overloaded {
            minutes *= 2.0;
        }
        if self.chance(0.06) {
            minutes += self.between(200.0, 800.0);
        }
        let at = self.office(minutes);
        self.plan(at, What::Take(r, part.case.number));
    }

    async fn recall(&mut self, r: usize, number: &str) -> Result<(), Fault> {
        let Some(part) = self.part(r, number).await? else { return Ok(()) };
        if part.state() != PartState::Offered {
            return Ok(());
        }
        let dispatcher = self.dispatcher(self.requests[r].desk);
        let words = self.words(&self.content.words.recalls);
        self.part_step(r, dispatcher, number, Part::Recall, words).await?;
        self.gone(r, &part).await
    }

    /// A handler ended without a result: when all have, it is sent on anew.
    async fn gone(&mut self, r: usize, part: &Assigned) -> Result<(), Fault> {
        self.requests[r].tried.push((part.case.handler_org.unwrap_or_default(), part.case.handler_window));
        if self.state(self.requests[r].case).await? == State::Accepted {
            self.wait_for_dispatch(r);
        }
        Ok(())
    }

    // --- handling -----------------------------------------------------------------------------------------------------

    async fn take(&mut self, r: usize, number: &str) -> Result<(), Fault> {
        let Some(part) = self.part(r, number).await? else { return Ok(()) };
        if part.state() != PartState::Offered {
            return Ok(());
        }
        let key = (part.case.handler_org.unwrap_or_default(), part.case.handler_window);
        let players = self.players;
        let Some(handler) = players.handler(key) else { return Ok(()) };
        let agent = draw::one(&mut self.random, &handler.agents).clone();
        let declines = if handler.department {
            0.0
        } else if handler.overloaded {
            0.08
        } else {
            0.045
        };
        if self.chance(declines) {
            let situation = self.situation(r);
            let texts: Vec<&Text> = self.content.messages.decline.iter().collect();
            let words = fitting(&mut self.random, &texts, situation);
            self.part_step(r, &agent, number, Part::Decline, words).await?;
            return self.gone(r, &part).await;
        }
        self.part_step(r, &agent, number, Part::Take, "").await?;
        self.moves.insert(number.to_owned(), agent.clone());
        self.requests[r].agent = Some(agent);
        if !self.requests[r].choosing {
            self.start_work(r, number.to_owned(), handler);
        }
        Ok(())
    }

    /// Minutes of work between first contact and answer.
    fn effort(&mut self, r: usize, handler: &Handler) -> f64 {
        let (low, high) = match self.requests[r].class {
            Class::Consultation => (30.0, 800.0),
            Class::Ordinary => (420.0, 2_500.0),
            Class::Complex => (1_500.0, 7_400.0),
        };
        self.between(low, high) / handler.speed
    }

    fn start_work(&mut self, r: usize, part: String, handler: &Handler) {
        if self.requests[r].class == Class::Consultation && self.chance(0.5) {
            let minutes = self.effort(r, handler);
            let at = self.office(minutes);
            self.plan(at, What::Report(r, part, 0));
        } else {
            let mut minutes = self.between(12.0, 300.0) / handler.speed;
            if self.chance(0.06) {
                minutes += self.between(200.0, 700.0);
            }
            let at = self.office(minutes);
            self.plan(at, What::Contact(r, part, 0));
        }
    }

    async fn contact(&mut self, r: usize, number: String, tries: u32) -> Result<(), Fault> {
        let Some(part) = self.part(r, &number).await? else { return Ok(()) };
        if !matches!(part.state(), PartState::Taken | PartState::Unreachable) {
            return Ok(());
        }
        let Some(agent) = self.moves.get(&number).cloned() else { return Ok(()) };
        let situation = self.situation(r);
        let missed = if tries == 0 { 0.09 } else { 0.35 };
        if tries < 4 && self.chance(missed) {
            if part.state() == PartState::Taken {
                let texts: Vec<&Text> = self.content.messages.contact.iter().filter(|t| !t.reached).collect();
                let words = fitting(&mut self.random, &texts, situation);
                self.part_step(r, &agent, &number, Part::Unreachable, words).await?;
            } else if tries >= 2 && self.chance(0.4) {
                let words = &self.content.words.give_ups[0];
                self.part_step(r, &agent, &number, Part::GiveUp, words).await?;
                return self.gone(r, &part).await;
            }
            let minutes = self.between(120.0, 600.0);
            let at = self.office(minutes);
            self.plan(at, What::Contact(r, number, tries + 1));
            return Ok(());
        }
        let note = situation.and_then(|s| s.note.as_deref()).filter(|_| self.requests[r].rounds == 0 && part.lead);
        let words = match note {
            Some(note) => note,
            None => {
                let texts: Vec<&Text> = self.content.messages.contact.iter().filter(|t| t.reached).collect();
                fitting(&mut self.random, &texts, situation)
            }
        };
        self.part_step(r, &agent, &number, Part::Contact, words).await?;
        let key = (part.case.handler_org.unwrap_or_default(), part.case.handler_window);
        let players = self.players;
        let Some(handler) = players.handler(key) else { return Ok(()) };
        let minutes = self.effort(r, handler);
        let due = self.office(minutes);
        if self.requests[r].class != Class::Consultation && self.chance(0.06) {
            let minutes = self.between(20.0, 500.0);
            let at = self.office(minutes);
            self.plan(at, What::AskFirm(r, number.clone()));
        }
        for (stage, share) in [("taken", 0.2), ("working", 0.28)] {
            if self.chance(share) {
                let minutes = self.between(10.0, 700.0);
                let at = self.office(minutes);
                if at < due {
                    self.plan(at, What::Say(r, stage));
                }
            }
        }
        // Whoever sees that the time will not do asks for more before it is over.
        let last: Option<NaiveDate> = part.case.due();
        if part.lead || !self.requests[r].extended {
            let row: Option<DueRow> =
                ctx::one(self.ctx, "SELECT due_on FROM case_record WHERE id = ?", [Value::from(self.requests[r].case)])
                    .await?;
            let last = row.and_then(|d| d.due_on).and_then(|d| d.parse::<NaiveDate>().ok()).or(last);
            if let Some(last) = last
                && local(due).date() > last
                && !handler.overloaded
                && self.chance(0.55)
            {
                let at = moment(last.and_hms_opt(9, 20, 0).unwrap_or_default()) - DAY_MS
                    + self.random.random_range(0..400) * 60_000;
                if at > self.ctx.now() && pace::in_office(&self.calendar, at) {
                    self.plan(at, What::Extend(r));
                }
            }
        }
        self.plan(due, What::Report(r, number, 0));
        Ok(())
    }

    async fn ask_firm(&mut self, r: usize, number: String) -> Result<(), Fault> {
        let Some(part) = self.part(r, &number).await? else { return Ok(()) };
        if part.state() != PartState::Working || self.state(self.requests[r].case).await? != State::InProgress {
            return Ok(());
        }
        let Some(agent) = self.moves.get(&number).cloned() else { return Ok(()) };
        let words = self.words(&self.content.words.materials).to_owned();
        self.staff_step(r, &agent, Action::AskFirm, &Input { words, ..Input::default() }).await?;
        let hours = self.between(12.0, 150.0);
        let at = self.leisure(hours);
        self.plan(at, What::Supply(r, number));
        Ok(())
    }

    async fn supply(&mut self, r: usize, number: &str) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Waiting {
            return Ok(());
        }
        let agent = self.moves.get(number).cloned().filter(|_| pace::in_office(&self.calendar, self.ctx.now()));
        match agent {
            Some(agent) if self.part(r, number).await?.is_some() && self.chance(0.2) => {
                let words = self.words(&self.content.words.resumed).to_owned();
                self.staff_step(r, &agent, Action::Resume, &Input { words, ..Input::default() }).await
            }
            _ => {
                let words = self.words(&self.content.words.supplies);
                self.firm_step(r, Action::Supply, words).await
            }
        }
    }

    async fn report(&mut self, r: usize, number: String, times: u32) -> Result<(), Fault> {
        let Some(part) = self.part(r, &number).await? else { return Ok(()) };
        let ready = match part.state() {
            PartState::Working => true,
            PartState::Taken => self.requests[r].class == Class::Consultation,
            _ => false,
        };
        let Some(agent) = self.moves.get(&number).cloned() else { return Ok(()) };
        if !ready {
            return Ok(());
        }
        let case = self.requests[r].case;
        let others =
            facts::assigned(self.ctx, case).await?.iter().filter(|a| a.is_open() && a.case.number != number).count();
        let waiting = self.state(case).await? == State::Waiting;
        if waiting || (part.lead && others > 0 && times < 4) {
            let minutes = self.between(150.0, 500.0);
            let at = self.office(minutes);
            self.plan(at, What::Report(r, number, times + 1));
            return Ok(());
        }
        let alone = part.lead || others == 0;
        if self.chance(0.013) {
            let words = draw::one(&mut self.random, &self.content.words.give_ups[1..]);
            self.part_step(r, &agent, &number, Part::GiveUp, words).await?;
            return self.gone(r, &part).await;
        }
        if !alone {
            let words = self.words(&self.content.words.opinions);
            return self.part_step(r, &agent, &number, Part::Report, words).await;
        }
        let words = self.answer_words(r);
        self.part_step(r, &agent, &number, Part::Report, &words).await?;
        if self.state(case).await? != State::Answered {
            // The one that leads has still to write the answer.
            return Ok(());
        }
        let key = (part.case.handler_org.unwrap_or_default(), part.case.handler_window);
        self.requests[r].answered = Some(key);
        self.requests[r].agent = Some(agent);
        let quality = self.players.handler(key).map_or(0.9, |h| h.quality);
        self.answered(r, quality);
        Ok(())
    }

    async fn choose(&mut self, r: usize, times: u32) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::InProgress || !self.requests[r].choosing {
            if times < 4 && self.requests[r].choosing {
                let at = self.leisure(20.0);
                self.plan(at, What::Choose(r, times + 1));
            }
            return Ok(());
        }
        let taken: Vec<Assigned> = facts::assigned(self.ctx, self.requests[r].case)
            .await?
            .into_iter()
            .filter(|a| a.is_open() && a.taken_at.is_some())
            .collect();
        if taken.is_empty() {
            return Ok(());
        }
        let chosen = draw::one(&mut self.random, &taken);
        let request = &self.requests[r];
        let by = request.member.as_ref().map_or(By::Bearer, By::Viewer);
        requests::choose(self.ctx, by, &request.number, &chosen.case.number)
            .await
            .map_err(during("choose", &request.number))?;
        self.requests[r].choosing = false;
        self.requests[r].agent = self.moves.get(&chosen.case.number).cloned();
        let key = (chosen.case.handler_org.unwrap_or_default(), chosen.case.handler_window);
        let players = self.players;
        if let Some(handler) = players.handler(key) {
            self.start_work(r, chosen.case.number.clone(), handler);
        }
        Ok(())
    }

    async fn extend(&mut self, r: usize) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        if self.requests[r].extended || !matches!(state, State::Dispatched | State::InProgress) {
            return Ok(());
        }
        self.requests[r].extended = true;
        let dispatcher = self.dispatcher(self.requests[r].desk);
        let situation = self.situation(r);
        let texts: Vec<&Text> = self.content.messages.extension.iter().collect();
        let words = fitting(&mut self.random, &texts, situation).to_owned();
        let days = self.random.random_range(3..10);
        self.staff_step(r, dispatcher, Action::Extend, &Input { words, days: Some(days), ..Input::default() }).await
    }

    async fn say(&mut self, r: usize, stage: &'static str) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        let fits = match stage {
            "answered" => state == State::Answered,
            _ => matches!(state, State::InProgress | State::Waiting),
        };
        let Some(agent) = self.requests[r].agent.clone().filter(|_| fits) else { return Ok(()) };
        let from_firm = self.chance(0.42);
        let number = self.requests[r].number.clone();
        if !from_firm && self.chance(0.18) {
            let words = self.words(&self.content.words.inside);
            return requests::say(self.ctx, By::Viewer(&agent), &number, words, true, &[])
                .await
                .map_err(during("say", &number));
        }
        let from = if from_firm { "firm" } else { "handler" };
        let situation = self.situation(r);
        let texts: Vec<&Text> =
            self.content.messages.thread.iter().filter(|t| t.stage == stage && t.from == from).collect();
        let words = fitting(&mut self.random, &texts, situation).to_owned();
        let by = if from_firm {
            self.requests[r].member.as_ref().map_or(By::Bearer, By::Viewer)
        } else {
            By::Viewer(&agent)
        };
        requests::say(self.ctx, by, &number, &words, false, &[]).await.map_err(during("say", &number))?;
        if self.chance(0.45) {
            let minutes = self.between(10.0, 400.0);
            let at = self.office(minutes);
            self.plan(at, What::Say(r, stage));
        }
        Ok(())
    }

    async fn urge(&mut self, r: usize) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        if !matches!(state, State::Submitted | State::Accepted | State::Dispatched | State::InProgress) {
            return Ok(());
        }
        let words = self.words(&self.content.words.urges);
        self.firm_step(r, Action::Urge, words).await
    }

    async fn withdraw(&mut self, r: usize) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        let before =
            [State::Submitted, State::Returned, State::Accepted, State::Dispatched, State::InProgress, State::Waiting];
        if !before.contains(&state) || self.requests[r].rounds > 0 {
            return Ok(());
        }
        let situation = self.situation(r);
        let texts: Vec<&Text> = self.content.messages.withdrawal.iter().collect();
        let words = fitting(&mut self.random, &texts, situation).to_owned();
        self.firm_step(r, Action::Withdraw, &words).await
    }

    // --- the firm's word ----------------------------------------------------------------------------------------------

    /// What the firm does with an answer of this quality.
    fn answered(&mut self, r: usize, quality: f64) {
        let report = self.requests[r].kind == RequestKind::Report;
        let bonus = 0.04 * f64::from(self.requests[r].rounds);
        let satisfied = report || self.chance(quality + bonus);
        self.requests[r].satisfied = satisfied;
        let draw: f64 = self.random.random();
        if self.chance(0.1) {
            let minutes = self.between(10.0, 500.0);
            let at = self.office(minutes);
            self.plan(at, What::Say(r, "answered"));
        }
        let hours = self.between(0.6, 95.0);
        let soon = self.leisure(hours);
        let minutes = self.between(500.0, 1_900.0);
        let call = self.office(minutes);
        if satisfied {
            if draw < 0.56 {
                self.plan(soon, What::Confirm(r));
            } else if draw < 0.70 && !report {
                self.plan(call, What::CallBack(r, 0));
            } else if !report && self.chance(0.03) {
                // Silent, and back again some weeks later.
                let hours = self.between(220.0, 600.0);
                let at = self.leisure(hours);
                self.plan(at, What::Reopen(r));
            }
        } else if draw < 0.36 && self.requests[r].rounds < 2 {
            self.plan(soon, What::Redo(r));
        } else if draw < 0.5 {
            self.plan(call, What::CallBack(r, 0));
        } else if draw < 0.84 {
            self.plan(soon, What::Confirm(r));
        }
    }

    async fn confirm(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Answered {
            return Ok(());
        }
        self.firm_step(r, Action::Confirm, "").await?;
        let rates = if self.requests[r].satisfied { 0.58 } else { 0.85 };
        if self.chance(rates) {
            let now = self.ctx.now();
            let at = if self.chance(0.75) {
                now + self.random.random_range(8_000..170_000)
            } else {
                let hours = self.between(2.0, 70.0);
                self.leisure(hours)
            };
            self.plan(at, What::Rate(r));
        }
        if self.requests[r].kind != RequestKind::Report && self.chance(0.012) {
            let hours = self.between(60.0, 600.0);
            let at = self.leisure(hours);
            self.plan(at, What::Reopen(r));
        }
        Ok(())
    }

    /// Whoever calls back: somebody not judged.
    fn caller(&mut self, r: usize) -> Option<&'a Viewer> {
        let players = self.players;
        let answered = self.requests[r].answered?.0;
        let bureau = players.bureau.first().and_then(Viewer::actor).map(|a| a.organisation);
        if Some(answered) == bureau {
            return None;
        }
        Some(match self.requests[r].desk {
            Desk::Bureau => self.someone(&players.bureau),
            Desk::Centre if answered == players.centre => self.someone(&players.bureau),
            Desk::Centre => self.someone(&players.centre_officers),
            Desk::Operator if answered == players.operator => self.someone(&players.hall),
            Desk::Operator => self.someone(&players.hotline),
        })
    }

    async fn call_back(&mut self, r: usize, tries: u32) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Answered {
            return Ok(());
        }
        let Some(caller) = self.caller(r) else { return Ok(()) };
        let number = self.requests[r].number.clone();
        let content = self.content;
        let said = |result: &str| -> Vec<&'a Text> {
            content.messages.callback.iter().filter(|t| t.result == result).collect()
        };
        let (missed, solved, partly, open) = (said("unreached"), said("solved"), said("partly"), said("not-solved"));
        if tries < 3 && self.chance(0.27) {
            let third: Vec<&Text> = missed.into_iter().filter(|t| t.text.contains("第三次") == (tries == 2)).collect();
            let words = fitting(&mut self.random, &third, None);
            requests::call_missed(self.ctx, caller, &number, words).await.map_err(during("call-missed", &number))?;
            let minutes = self.between(150.0, 600.0);
            let at = self.office(minutes);
            self.plan(at, What::CallBack(r, tries + 1));
            return Ok(());
        }
        let satisfied = self.requests[r].satisfied;
        if !satisfied && self.requests[r].rounds < 2 && self.chance(0.5) {
            let words = fitting(&mut self.random, &open, None).to_owned();
            self.staff_step(r, caller, Action::RedoByCall, &Input { words, ..Input::default() }).await?;
            return self.again(r).await;
        }
        let words = fitting(&mut self.random, if satisfied { &solved } else { &partly }, None).to_owned();
        let grade = if self.requests[r].rated || !self.chance(0.6) { None } else { Some(self.grade(r)) };
        self.staff_step(r, caller, Action::ConfirmByCall, &Input { words, grade, ..Input::default() }).await?;
        if grade.is_some() {
            self.requests[r].rated = true;
        }
        self.watch(r).await
    }

    fn grade(&mut self, r: usize) -> i64 {
        let draw: f64 = self.random.random();
        match (self.requests[r].satisfied, draw) {
            (true, d) if d < 0.78 => 5,
            (true, d) if d < 0.95 => 4,
            (true, _) => 3,
            (false, d) if d < 0.3 => 3,
            (false, d) if d < 0.72 => 2,
            (false, _) => 1,
        }
    }

    async fn rate(&mut self, r: usize) -> Result<(), Fault> {
        let state = self.state(self.requests[r].case).await?;
        if self.requests[r].rated || !matches!(state, State::Closed | State::Lapsed) {
            return Ok(());
        }
        let grade = self.grade(r);
        let situation = self.situation(r);
        let messages = &self.content.messages.rating;
        let (texts, speaks): (Vec<&Text>, f64) = match grade {
            4.. => (messages.high.iter().collect(), 0.4),
            3 => (messages.middle.iter().collect(), 0.6),
            _ => (messages.low.iter().collect(), 0.9),
        };
        let words = if self.chance(speaks) { Some(fitting(&mut self.random, &texts, situation)) } else { None };
        let request = &self.requests[r];
        let by = request.member.as_ref().map_or(By::Bearer, By::Viewer);
        rate(self.ctx, by, &request.number, grade, words).await.map_err(during("rate", &request.number))?;
        self.requests[r].rated = true;
        self.watch(r).await
    }

    async fn redo(&mut self, r: usize) -> Result<(), Fault> {
        if self.state(self.requests[r].case).await? != State::Answered {
            return Ok(());
        }
        let situation = self.situation(r);
        let texts: Vec<&Text> = self.content.messages.redo.iter().collect();
        let words = fitting(&mut self.random, &texts, situation).to_owned();
        self.firm_step(r, Action::Redo, &words).await?;
        self.again(r).await
    }

    async fn reopen(&mut self, r: usize) -> Result<(), Fault> {
        #[derive(FromQueryResult)]
        struct Row {
            state: String,
            closed_at: Option<i64>,
        }
        let row: Option<Row> = ctx::one(
            self.ctx,
            "SELECT state, closed_at FROM case_record WHERE id = ?",
            [Value::from(self.requests[r].case)],
        )
        .await?;
        let Some(row) = row else { return Ok(()) };
        let recent = row.closed_at.is_some_and(|at| self.ctx.now() - at < 28 * DAY_MS);
        if !recent || ![State::Closed.code(), State::Lapsed.code()].contains(&row.state.as_str()) {
            return Ok(());
        }
        let words = self.words(&self.content.words.reopens);
        self.firm_step(r, Action::Reopen, words).await?;
        self.again(r).await
    }

    /// It goes back to the dispatcher, and an improvement has been opened.
    async fn again(&mut self, r: usize) -> Result<(), Fault> {
        self.requests[r].rounds += 1;
        self.requests[r].tried.clear();
        self.wait_for_dispatch(r);
        self.watch(r).await
    }

    // --- improvements -------------------------------------------------------------------------------------------------

    /// Follows the improvement that a grade or a request to do it again has opened.
    async fn watch(&mut self, r: usize) -> Result<(), Fault> {
        let open: Option<OpenImprovement> = ctx::one(
            self.ctx,
            "SELECT c.id, c.number, c.handler_org, c.handler_window FROM case_record c JOIN improvement i ON i.case_id = c.id
             WHERE i.request = ? AND c.closed_at IS NULL ORDER BY c.id LIMIT 1",
            [Value::from(self.requests[r].case)],
        )
        .await?;
        let Some(open) = open else { return Ok(()) };
        if self.improvements.iter().any(|i| i.case == open.id) {
            return Ok(());
        }
        let known = self.situation(r).and_then(|s| s.improve.as_ref()).and_then(|i| Cause::from_code(&i.cause));
        const USUAL: [(Cause, f64); 9] = [
            (Cause::Slow, 30.0),
            (Cause::Unresolved, 22.0),
            (Cause::Unclear, 14.0),
            (Cause::Mismatch, 11.0),
            (Cause::Contact, 8.0),
            (Cause::Outdated, 6.0),
            (Cause::Fee, 4.0),
            (Cause::Repeat, 3.0),
            (Cause::Attitude, 2.0),
        ];
        let drawn = USUAL[draw::place(&mut self.random, USUAL.iter().map(|c| c.1)).unwrap_or_default()].0;
        self.improvements.push(Improvement {
            number: open.number,
            case: open.id,
            request: r,
            key: (open.handler_org.unwrap_or_default(), open.handler_window),
            cause: known.unwrap_or(drawn),
            rejected: false,
        });
        let minutes = self.between(150.0, 1_900.0);
        let at = self.office(minutes);
        self.plan(at, What::Mend(self.improvements.len() - 1));
        Ok(())
    }

    /// Whoever has to improve.
    fn improver(&mut self, i: usize) -> Option<Viewer> {
        let players = self.players;
        let key = self.improvements[i].key;
        if let Some(handler) = players.handler(key) {
            let agent = self.requests[self.improvements[i].request].agent.clone();
            let same = agent.filter(|a| a.actor().is_some_and(|a| (a.organisation, a.window) == key));
            return Some(same.unwrap_or_else(|| draw::one(&mut self.random, &handler.agents).clone()));
        }
        if key.0 == players.operator {
            return Some(self.someone(&players.managers).clone());
        }
        if key.0 == players.centre {
            return Some(self.someone(&players.centre_officers).clone());
        }
        None
    }

    /// Whoever checks: never of the house that improved.
    fn checker(&mut self, i: usize) -> Viewer {
        let players = self.players;
        let key = self.improvements[i].key;
        if key.0 == players.centre {
            self.someone(&players.bureau).clone()
        } else if key.0 == players.operator || self.chance(0.15) {
            self.someone(&players.centre_officers).clone()
        } else {
            self.someone(&players.dispatchers).clone()
        }
    }

    async fn mend(&mut self, i: usize) -> Result<(), Fault> {
        let row: Option<StateRow> =
            ctx::one(self.ctx, "SELECT state FROM case_record WHERE id = ?", [Value::from(self.improvements[i].case)])
                .await?;
        let Some(state) = row.and_then(|r| MendState::from_code(&r.state)) else { return Ok(()) };
        let words = &self.content.words;
        let mut input = improvements::Input::default();
        let (viewer, action, minutes) = match state {
            MendState::Opened => {
                let Some(viewer) = self.improver(i) else { return Ok(()) };
                let texts: Vec<&Text> = self
                    .content
                    .messages
                    .callback
                    .iter()
                    .filter(|t| t.result == "not-solved" || t.result == "partly")
                    .collect();
                input.words = fitting(&mut self.random, &texts, None).to_owned();
                input.cause = Some(self.improvements[i].cause);
                (viewer, Mend::Hear, self.between(200.0, 2_000.0))
            }
            MendState::Heard => {
                let Some(viewer) = self.improver(i) else { return Ok(()) };
                let draw: f64 = self.random.random();
                if self.improvements[i].rejected {
                    input.words = self.words(&words.fixed_again).to_owned();
                    (viewer, Mend::Fix, self.between(150.0, 1_700.0))
                } else if draw < 0.13 {
                    input.words = self.words(&words.plans).to_owned();
                    let days = self.random.random_range(8..40);
                    input.plan_on = Some(self.ctx.today() + Days::new(days));
                    (viewer, Mend::Plan, days as f64 * 0.68 * pace::DAY_MINUTES)
                } else if draw < 0.3 {
                    input.words = self.words(&words.explains).to_owned();
                    (viewer, Mend::Explain, self.between(150.0, 1_900.0))
                } else {
                    input.words = self.fix_words(i);
                    (viewer, Mend::Fix, self.between(150.0, 1_900.0))
                }
            }
            MendState::Planned => {
                let Some(viewer) = self.improver(i) else { return Ok(()) };
                input.words = self.words(&words.planned).to_owned();
                (viewer, Mend::Fix, self.between(150.0, 1_700.0))
            }
            MendState::Fixed | MendState::Explained => {
                let viewer = self.checker(i);
                if !self.improvements[i].rejected && self.chance(0.1) {
                    self.improvements[i].rejected = true;
                    input.words = self.words(&words.rejects).to_owned();
                    (viewer, Mend::Reject, self.between(150.0, 1_500.0))
                } else {
                    input.words = self.words(&words.checks).to_owned();
                    (viewer, Mend::Check, 0.0)
                }
            }
            MendState::Found | MendState::Closed => return Ok(()),
        };
        let number = self.improvements[i].number.clone();
        improvements::take(self.ctx, &viewer, &number, action, &input).await.map_err(during(action.code(), &number))?;
        if action != Mend::Check {
            let late = if self.chance(0.1) { self.between(800.0, 2_500.0) } else { 0.0 };
            let at = self.office(minutes + late);
            self.plan(at, What::Mend(i));
        }
        Ok(())
    }

    fn fix_words(&mut self, i: usize) -> String {
        let improvement = &self.improvements[i];
        let own = self.situation(improvement.request).and_then(|s| s.improve.as_ref());
        if let Some(own) = own {
            return own.fix.clone();
        }
        let cause = improvement.cause.code();
        let texts: Vec<&Text> = self.content.messages.improvement.iter().filter(|t| t.cause == cause).collect();
        if texts.is_empty() {
            return self.words(&self.content.words.planned).to_owned();
        }
        fitting(&mut self.random, &texts, None).to_owned()
    }
}

#[derive(FromQueryResult)]
struct DueRow {
    due_on: Option<String>,
}
