//! The case row, and the one way it changes: a step of its flow table.

use chrono::{Days, NaiveDate};
use huiqi_kernel::calendar::Calendar;
use huiqi_kernel::clock::{self, Count, Pause};
use huiqi_kernel::flow::{Doer, Facts, Flow, Step, Timing, Words};
use huiqi_kernel::people::{Actor, Label, Role};
use huiqi_kernel::rule::{ArticleRef, Limit, RuleSet, Span};
use huiqi_kernel::{Coded, codes};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx, number};
use serde_json::json;

use crate::t;

codes! {
    /// Whose turn it is.
    pub enum Turn {
        /// The desk that takes requests in.
        Desk = "desk",
        /// Whoever sends accepted requests on.
        Dispatch = "dispatch",
        /// The window, provider or department the case was given to.
        Handler = "handler",
        /// The firm.
        Firm = "firm",
        /// Somebody outside the organisation that is judged.
        Check = "check",
        /// The bureau, about what was proposed to it.
        Bureau = "bureau",
        /// Other cases below this one.
        Below = "below",
        /// Nobody: it is over.
        Nobody = "nobody",
    }
}

codes! {
    /// Which desk leads a case. Nobody handles a complaint about himself.
    pub enum Desk {
        /// The operator's desk: everything, unless it is about the operator.
        Operator = "operator",
        /// The centre: complaints about the operator.
        Centre = "centre",
        /// The bureau: complaints about the centre, and reports (举报).
        Bureau = "bureau",
    }
}

impl Desk {
    /// Name of the site text that holds the phone of this desk. Nobody is sent to the house he complains about.
    pub fn phone_text(self) -> &'static str {
        match self {
            Desk::Operator => "hotline",
            Desk::Centre => "manage-phone",
            Desk::Bureau => "guide-phone",
        }
    }

    /// The higher of two desks.
    pub fn or_above(self, other: Desk) -> Desk {
        let rank = |desk: Desk| match desk {
            Desk::Operator => 0,
            Desk::Centre => 1,
            Desk::Bureau => 2,
        };
        if rank(other) > rank(self) { other } else { self }
    }
}

/// A state that knows whose turn it is. Implemented by each flow's states.
pub trait Stage: Coded + Label {
    /// Whose turn it is in this state.
    fn turn(self) -> Turn;
}

/// Kind of a report of wrongdoing (举报) and of every case below one.
pub const REPORT: &str = "report";

/// A case as it stands in the table.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Case {
    /// Row id.
    pub id: i64,
    /// Number that people see.
    pub number: String,
    /// Code of the flow.
    pub flow: String,
    /// Code of the state.
    pub state: String,
    /// Counts changes; a step on an older one is refused.
    pub version: i64,
    /// Version of the rule set the case was opened under.
    pub rule_version: i64,
    /// The case above.
    pub parent: Option<i64>,
    /// What it is about, in one line.
    pub title: String,
    /// Kind of record inside the flow.
    pub kind: Option<String>,
    /// Service category.
    pub category: Option<String>,
    /// District of the firm.
    pub district: Option<String>,
    /// Which desk leads it.
    pub desk: String,
    /// Whose turn it is.
    pub turn: String,
    /// The firm served.
    pub firm: Option<i64>,
    /// Whoever asks, by the name given, where no register knows the firm.
    pub asker: Option<String>,
    /// The person who opened it.
    pub opened_by: Option<i64>,
    /// The organisation it was given to.
    pub handler_org: Option<i64>,
    /// The window it was given to.
    pub handler_window: Option<i64>,
    /// The person who has it.
    pub handler_person: Option<i64>,
    /// Last day of the running limit, ISO; absent while nothing runs or the limit is suspended.
    pub due_on: Option<String>,
    /// The running limit.
    pub due_limit: Option<String>,
    /// Day the running limit started on, ISO.
    pub due_from: Option<String>,
    /// Length of the running limit.
    pub due_days: Option<i64>,
    /// Working days added by an extension.
    pub extended_days: i64,
    /// The due day was counted without calendar data.
    pub provisional: bool,
    /// Day the limit was suspended on, ISO.
    pub paused_on: Option<String>,
    /// Working days left when it was suspended.
    pub left_days: Option<i64>,
    /// How far the ladder of reminders has gone: 0 none, 1 reminded, 2 urged, 3 warned, 4 supervised.
    pub ladder: i64,
    /// How often the firm asked for it to be done again.
    pub flagged: i64,
    /// Last day at the office that passed it on, ISO: no limit up to the answer ends later.
    pub outside_due: Option<String>,
    /// UTC milliseconds.
    pub opened_at: i64,
    /// Last step, UTC milliseconds.
    pub moved_at: i64,
    /// When it ended, UTC milliseconds.
    pub closed_at: Option<i64>,
}

/// Columns of [`Case`], with the table named `c`.
pub const COLUMNS: &str = "c.id, c.number, c.flow, c.state, c.version, c.rule_version, c.parent, c.title, c.kind, \
     c.category, c.district, c.desk, c.turn, c.firm, c.asker, c.opened_by, c.handler_org, c.handler_window, c.handler_person, \
     c.due_on, c.due_limit, c.due_from, c.due_days, c.extended_days, c.provisional, c.paused_on, c.left_days, \
     c.ladder, c.flagged, c.outside_due, c.opened_at, c.moved_at, c.closed_at";

/// Address of the page of a case of this flow.
pub(crate) fn page_of(flow: &str, number: &str) -> String {
    match flow {
        "assignment" => format!("/cases/{number}"),
        "knowledge" => format!("/knowledge/{number}"),
        flow => format!("/{flow}s/{number}"),
    }
}

impl Case {
    /// The state as the flow's own type.
    ///
    /// # Errors
    /// When the data is of another flow or of a newer program.
    pub fn state<S: Coded>(&self) -> Result<S, Fault> {
        S::from_code(&self.state)
            .ok_or_else(|| Fault::internal(format!("{}: unknown state {}", self.number, self.state)))
    }

    /// Address of its own page. An assignment has none: its number leads to the page of its request.
    pub fn href(&self) -> String {
        page_of(&self.flow, &self.number)
    }

    /// Whether this person acts for the window it was given to, or, where it was given to no window, for the organisation.
    pub fn is_handled_by(&self, actor: &Actor) -> bool {
        if actor.window.is_some() {
            self.handler_window == actor.window
        } else {
            self.handler_org == Some(actor.organisation) && self.handler_window.is_none()
        }
    }

    /// Whether it was given to the organisation of this person, at whatever window: nobody judges his own house.
    pub fn is_given_to_house_of(&self, actor: &Actor) -> bool {
        self.handler_org == Some(actor.organisation)
    }

    /// Whether this person sits at the desk that leads it.
    pub fn is_led_by(&self, actor: &Actor) -> bool {
        actor.role.capacity().code() == self.desk
    }

    /// Whether it is a report of wrongdoing (举报), or belongs to one: named officers only, whoever reports masked.
    pub fn is_report(&self) -> bool {
        self.kind.as_deref() == Some(REPORT)
    }

    /// Whose turn it is.
    pub fn turn(&self) -> Turn {
        Turn::from_code(&self.turn).unwrap_or(Turn::Nobody)
    }

    /// Which desk leads it.
    pub fn desk(&self) -> Desk {
        Desk::from_code(&self.desk).unwrap_or(Desk::Bureau)
    }

    /// Last day of the running limit.
    pub fn due(&self) -> Option<NaiveDate> {
        day(self.due_on.as_deref())
    }

    /// Whether the running limit is suspended.
    pub fn is_paused(&self) -> bool {
        self.paused_on.is_some()
    }

    /// The earlier of a counted day and the one at the office that passed it on, for a limit up to the answer.
    pub fn capped(&self, limit: Option<Limit>, counted: NaiveDate) -> NaiveDate {
        let until_answer = matches!(
            limit,
            Some(Limit::Accept | Limit::Dispatch | Limit::Consultation | Limit::Ordinary | Limit::Complex)
        );
        match day(self.outside_due.as_deref()).filter(|_| until_answer) {
            Some(outside) => counted.min(outside),
            None => counted,
        }
    }

    /// The running limit.
    pub fn limit(&self) -> Option<Limit> {
        self.due_limit.as_deref().and_then(Limit::from_code)
    }

    /// Whether the last day is over.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due().is_some_and(|due| due < today)
    }

    /// The rule set it was opened under.
    pub fn rules(&self, ctx: &Ctx) -> RuleSet {
        ctx.rules().version(u32::try_from(self.rule_version).unwrap_or_default()).clone()
    }
}

fn day(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|t| t.parse().ok())
}

/// What a new case starts with.
#[derive(Clone, Debug, Default)]
pub struct New<'a> {
    /// Letters before the number: `FW`, `PD`, `GJ`.
    pub prefix: &'a str,
    /// The case above.
    pub parent: Option<i64>,
    /// What it is about, in one line.
    pub title: &'a str,
    /// Kind of record inside the flow.
    pub kind: Option<&'a str>,
    /// Service category.
    pub category: Option<&'a str>,
    /// District of the firm.
    pub district: Option<&'a str>,
    /// Which desk leads it.
    pub desk: Option<Desk>,
    /// The firm served.
    pub firm: Option<i64>,
    /// Whoever asks, by the name given, where no register knows the firm.
    pub asker: Option<&'a str>,
    /// The organisation it is given to.
    pub handler_org: Option<i64>,
    /// The window it is given to.
    pub handler_window: Option<i64>,
}

impl<'a> New<'a> {
    /// What a case below another one starts with: it is about the same matter, at the same desk. Below a report it is
    /// one too, and does not say who reports.
    pub fn below(prefix: &'a str, parent: &'a Case) -> New<'a> {
        let report = parent.is_report();
        New {
            prefix,
            parent: Some(parent.id),
            title: &parent.title,
            kind: parent.kind.as_deref().filter(|_| report),
            category: parent.category.as_deref(),
            district: parent.district.as_deref(),
            desk: Some(parent.desk()),
            firm: parent.firm.filter(|_| !report),
            asker: parent.asker.as_deref().filter(|_| !report),
            ..New::default()
        }
    }
}

/// Opens a case in its flow's first state.
///
/// # Errors
/// When the database fails.
pub async fn open_in<S: Stage, A: Coded, F: Facts>(
    work: &Work,
    flow: &'static Flow<S, A, F>,
    new: &New<'_>,
) -> Result<Case, Fault> {
    let number = number::yearly(&**work, new.prefix, work.year()).await?;
    let rules = work.ctx().rules().on(work.today()).version();
    let desk = new.desk.unwrap_or(Desk::Operator).code();
    let id = work
        .insert(
            "INSERT INTO case_record (number, flow, state, version, rule_version, parent, title, kind, category, district,
                desk, turn, firm, asker, opened_by, handler_org, handler_window, extended_days, provisional, ladder, flagged,
                opened_at, moved_at)
             VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, ?, ?)",
            [
                Value::from(number.clone()),
                Value::from(flow.code),
                Value::from(flow.start.code()),
                Value::from(i64::from(rules)),
                Value::from(new.parent),
                Value::from(new.title),
                Value::from(new.kind),
                Value::from(new.category),
                Value::from(new.district),
                Value::from(desk),
                Value::from(flow.start.turn().code()),
                Value::from(new.firm),
                Value::from(new.asker),
                Value::from(work.person()),
                Value::from(new.handler_org),
                Value::from(new.handler_window),
                Value::from(false),
                Value::from(work.now()),
                Value::from(work.now()),
            ],
        )
        .await?;
    Ok(Case {
        id,
        number,
        flow: flow.code.to_owned(),
        state: flow.start.code().to_owned(),
        version: 1,
        rule_version: i64::from(rules),
        parent: new.parent,
        title: new.title.to_owned(),
        kind: new.kind.map(str::to_owned),
        category: new.category.map(str::to_owned),
        district: new.district.map(str::to_owned),
        desk: desk.to_owned(),
        turn: flow.start.turn().code().to_owned(),
        firm: new.firm,
        asker: new.asker.map(str::to_owned),
        opened_by: work.person(),
        handler_org: new.handler_org,
        handler_window: new.handler_window,
        handler_person: None,
        due_on: None,
        due_limit: None,
        due_from: None,
        due_days: None,
        extended_days: 0,
        provisional: false,
        paused_on: None,
        left_days: None,
        ladder: 0,
        flagged: 0,
        outside_due: None,
        opened_at: work.now(),
        moved_at: work.now(),
        closed_at: None,
    })
}

/// What is said with a step.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    /// The words used: a reason, an answer, a ground.
    pub words: Option<&'a str>,
    /// Whether the firm reads them.
    pub public: bool,
    /// Codes and numbers that belong to the step; no personal data.
    pub detail: serde_json::Value,
    /// The version the person saw; a newer one refuses the step.
    pub seen: Option<i64>,
    /// A day agreed with the firm, in place of a counted limit.
    pub until: Option<NaiveDate>,
}

impl<'a> Said<'a> {
    /// Nothing said.
    pub fn nothing() -> Said<'a> {
        Said { words: None, public: true, detail: json!({}), seen: None, until: None }
    }

    /// Words the firm reads.
    pub fn words(words: &'a str) -> Said<'a> {
        Said { words: Some(words), ..Said::nothing() }
    }

    /// The firm does not read the words.
    pub fn inside(mut self) -> Self {
        self.public = false;
        self
    }

    /// Codes and numbers that belong to the step.
    pub fn with(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail;
        self
    }

    /// A day agreed with the firm, in place of a counted limit.
    pub fn until(mut self, day: NaiveDate) -> Self {
        self.until = Some(day);
        self
    }

    /// The version the person saw.
    pub fn seen(mut self, version: i64) -> Self {
        self.seen = Some(version);
        self
    }
}

/// Takes a step: asks the table, moves the limit, saves the case with whatever the caller changed in it, writes the
/// step and the audit entry. Everything or nothing, by the transaction of `work`.
///
/// # Errors
/// [`Fault::Refused`] or [`Fault::NotFound`] as the table decides, [`Fault::Stale`] when somebody was faster,
/// [`Fault::Invalid`] when words are missing.
pub async fn take_in<S: Stage, A: Coded + Label, F: Facts>(
    work: &Work,
    flow: &'static Flow<S, A, F>,
    case: &mut Case,
    action: A,
    doer: Doer<'_>,
    facts: &F,
    said: Said<'_>,
) -> Result<&'static Step<S, A, F>, Fault> {
    if said.seen.is_some_and(|seen| seen != case.version) {
        return Err(Fault::Stale);
    }
    let from: S = case.state()?;
    let step = flow.decide(from, action, doer, facts)?;
    let words = said.words.map(str::trim).filter(|w| !w.is_empty());
    if step.words == Words::Required && words.is_none() {
        return Err(Fault::invalid("words", |l| t(l).case_words_missing(action.label(l))));
    }
    let today = work.today();
    match step.timing {
        Timing::Keep => {}
        Timing::Stop => settle_limit(work, case, today).await?,
        Timing::Drop => drop_limit(work, case, today).await?,
        Timing::Start(limit) => {
            settle_limit(work, case, today).await?;
            start_limit(work, case, limit, today).await?;
        }
        Timing::StartBy(limit) => {
            settle_limit(work, case, today).await?;
            start_limit(work, case, limit(facts), today).await?;
        }
        Timing::Pause => pause(work, case, today).await?,
        Timing::Resume => resume(work, case, today).await?,
        Timing::Follow => {
            settle_limit(work, case, today).await?;
            if let Some(parent) = case.parent {
                follow(case, &by_id_in(work, parent).await?);
            }
        }
    }
    if let Some(day) = said.until {
        set_day(work, case, day).await?;
    }
    case.state = step.to.code().to_owned();
    case.turn = step.to.turn().code().to_owned();
    if flow.is_end(step.to) {
        settle_limit(work, case, today).await?;
        case.closed_at = Some(work.now());
    } else {
        case.closed_at = None;
    }
    case.moved_at = work.now();
    save(work, case).await?;
    let role = match doer {
        Doer::Person(actor) => actor.role.code(),
        Doer::Bearer => "bearer",
        Doer::System => "system",
    };
    let by_person = matches!(doer, Doer::Person(_));
    write_step(
        work,
        case.id,
        &StepRow {
            action: action.code(),
            from: from.code(),
            to: step.to.code(),
            role,
            person: if by_person { work.person() } else { None },
            membership: if by_person { work.membership() } else { None },
            words,
            public: said.public,
            article: &step.article.to_string(),
            detail: &said.detail,
        },
    )
    .await?;
    work.audit(
        &format!("{}.{}", flow.code, action.code()),
        "case",
        &case.number,
        json!({ "from": from.code(), "to": step.to.code(), "due": case.due_on, "detail": said.detail }),
    )
    .await?;
    Ok(step)
}

pub(crate) struct StepRow<'a> {
    pub(crate) action: &'a str,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) role: &'a str,
    pub(crate) person: Option<i64>,
    pub(crate) membership: Option<i64>,
    pub(crate) words: Option<&'a str>,
    pub(crate) public: bool,
    pub(crate) article: &'a str,
    pub(crate) detail: &'a serde_json::Value,
}

/// Notes in a case's timeline what happened about it without moving it: somebody urged, the matter is supervised.
/// `action` is one of those that [`crate::timeline`] has words for. The audit entry is the caller's.
///
/// # Errors
/// When the database fails.
pub async fn note_in(
    work: &Work,
    case: &Case,
    action: &str,
    article: ArticleRef,
    words: Option<&str>,
    public: bool,
    detail: &serde_json::Value,
) -> Result<(), Fault> {
    let role = work.viewer().role();
    write_step(
        work,
        case.id,
        &StepRow {
            action,
            from: &case.state,
            to: &case.state,
            role: role.map_or("system", Role::code),
            person: work.person(),
            membership: work.membership(),
            words: words.map(str::trim).filter(|w| !w.is_empty()),
            public,
            article: &article.to_string(),
            detail,
        },
    )
    .await
}

pub(crate) async fn write_step(work: &Work, case: i64, row: &StepRow<'_>) -> Result<(), Fault> {
    work.run(
        "INSERT INTO case_step (case_id, seq, action, from_state, to_state, at, person, membership, role, words, public,
            article, detail)
         VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM case_step WHERE case_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            Value::from(case),
            Value::from(case),
            Value::from(row.action),
            Value::from(row.from),
            Value::from(row.to),
            Value::from(work.now()),
            Value::from(row.person),
            Value::from(row.membership),
            Value::from(row.role),
            Value::from(row.words),
            Value::from(row.public),
            Value::from(row.article),
            Value::from(row.detail.to_string()),
        ],
    )
    .await?;
    Ok(())
}

/// Saves what the caller changed, if nobody else was faster.
async fn save(work: &Work, case: &mut Case) -> Result<(), Fault> {
    let changed = work
        .run(
            "UPDATE case_record SET state = ?, version = version + 1, title = ?, kind = ?, category = ?, district = ?,
                desk = ?, turn = ?, firm = ?, handler_org = ?, handler_window = ?, handler_person = ?, due_on = ?,
                due_limit = ?, due_from = ?, due_days = ?, extended_days = ?, provisional = ?, paused_on = ?,
                left_days = ?, ladder = ?, flagged = ?, outside_due = ?, moved_at = ?, closed_at = ?
             WHERE id = ? AND version = ?",
            [
                Value::from(case.state.clone()),
                Value::from(case.title.clone()),
                Value::from(case.kind.clone()),
                Value::from(case.category.clone()),
                Value::from(case.district.clone()),
                Value::from(case.desk.clone()),
                Value::from(case.turn.clone()),
                Value::from(case.firm),
                Value::from(case.handler_org),
                Value::from(case.handler_window),
                Value::from(case.handler_person),
                Value::from(case.due_on.clone()),
                Value::from(case.due_limit.clone()),
                Value::from(case.due_from.clone()),
                Value::from(case.due_days),
                Value::from(case.extended_days),
                Value::from(case.provisional),
                Value::from(case.paused_on.clone()),
                Value::from(case.left_days),
                Value::from(case.ladder),
                Value::from(case.flagged),
                Value::from(case.outside_due.clone()),
                Value::from(case.moved_at),
                Value::from(case.closed_at),
                Value::from(case.id),
                Value::from(case.version),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    case.version += 1;
    Ok(())
}

/// Length of a limit in days, and whether they are working days.
fn length(rules: &RuleSet, limit: Limit) -> (u32, bool) {
    match rules.span(limit) {
        Span::WorkingDays(days) => (days, true),
        Span::CalendarDays(days) => (days, false),
        Span::Hours(hours) => (hours.div_ceil(24), false),
    }
}

async fn start_limit(work: &Work, case: &mut Case, limit: Limit, today: NaiveDate) -> Result<(), Fault> {
    let (days, working) = length(&case.rules(work.ctx()), limit);
    let (due, provisional) = if working {
        let counted = clock::deadline_provisional(&work.ctx().calendar(), today, days, false);
        (counted.due, counted.provisional)
    } else {
        (today + Days::new(u64::from(days)), false)
    };
    let due = case.capped(Some(limit), due);
    case.due_on = Some(due.to_string());
    case.due_limit = Some(limit.code().to_owned());
    case.due_from = Some(today.to_string());
    case.due_days = Some(i64::from(days));
    case.extended_days = 0;
    case.provisional = provisional;
    case.paused_on = None;
    case.left_days = None;
    case.ladder = 0;
    work.run("DELETE FROM case_pause WHERE case_id = ?", [Value::from(case.id)]).await?;
    work.run(
        "INSERT INTO case_limit (case_id, kind, days, from_on, due_on, provisional) VALUES (?, ?, ?, ?, ?, ?)",
        [
            Value::from(case.id),
            Value::from(limit.code()),
            Value::from(i64::from(days)),
            Value::from(today.to_string()),
            Value::from(due.to_string()),
            Value::from(provisional),
        ],
    )
    .await?;
    Ok(())
}

/// A day that was set takes the place of the one that was counted; from now on nothing recounts it.
async fn set_day(work: &Work, case: &mut Case, day: NaiveDate) -> Result<(), Fault> {
    case.due_on = Some(day.to_string());
    case.due_days = None;
    case.provisional = false;
    case.ladder = 0;
    work.run(
        "UPDATE case_limit SET due_on = ?, provisional = ? WHERE case_id = ? AND met_on IS NULL",
        [Value::from(day.to_string()), Value::from(false), Value::from(case.id)],
    )
    .await?;
    Ok(())
}

/// Ends the running limit and keeps whether it was met.
async fn settle_limit(work: &Work, case: &mut Case, today: NaiveDate) -> Result<(), Fault> {
    if case.due_limit.is_none() {
        // A day that somebody set without a limit ends with whatever it was set for.
        case.due_on = None;
        case.ladder = 0;
        return Ok(());
    }
    let met = case.is_paused() || case.due().is_none_or(|due| today <= due);
    work.run(
        "UPDATE case_limit SET met_on = ?, met = ?, due_on = COALESCE(?, due_on) WHERE case_id = ? AND met_on IS NULL",
        [Value::from(today.to_string()), Value::from(met), Value::from(case.due_on.clone()), Value::from(case.id)],
    )
    .await?;
    work.run(
        "UPDATE case_pause SET to_on = ? WHERE case_id = ? AND to_on IS NULL",
        [Value::from(today.to_string()), Value::from(case.id)],
    )
    .await?;
    case.due_on = None;
    case.due_limit = None;
    case.due_from = None;
    case.due_days = None;
    case.provisional = false;
    case.paused_on = None;
    case.left_days = None;
    case.ladder = 0;
    Ok(())
}

/// Ends the running limit without saying whether it was met: nobody's doing, nobody's delay.
async fn drop_limit(work: &Work, case: &mut Case, today: NaiveDate) -> Result<(), Fault> {
    let runs = case.due_limit.is_some();
    settle_limit(work, case, today).await?;
    if runs {
        work.run(
            "UPDATE case_limit SET met = NULL WHERE id = (SELECT MAX(l.id) FROM case_limit l WHERE l.case_id = ?)",
            [Value::from(case.id)],
        )
        .await?;
    }
    Ok(())
}

async fn pause(work: &Work, case: &mut Case, today: NaiveDate) -> Result<(), Fault> {
    let (Some(due), false) = (case.due(), case.is_paused()) else { return Ok(()) };
    let left = clock::working_days_between(&work.ctx().calendar(), today, due);
    if left < 0 {
        // What is late already stays late: a question to the firm does not make it timely.
        return Ok(());
    }
    case.left_days = Some(left);
    case.paused_on = Some(today.to_string());
    case.due_on = None;
    work.run(
        "INSERT INTO case_pause (case_id, from_on) VALUES (?, ?)",
        [Value::from(case.id), Value::from(today.to_string())],
    )
    .await?;
    Ok(())
}

async fn resume(work: &Work, case: &mut Case, today: NaiveDate) -> Result<(), Fault> {
    let Some(left) = case.left_days else { return Ok(()) };
    let counted = clock::resume(&work.ctx().calendar(), today, u32::try_from(left).unwrap_or_default());
    case.due_on = Some(case.capped(case.limit(), counted.due).to_string());
    case.provisional = counted.provisional;
    case.paused_on = None;
    case.left_days = None;
    case.ladder = 0;
    work.run(
        "UPDATE case_pause SET to_on = ? WHERE case_id = ? AND to_on IS NULL",
        [Value::from(today.to_string()), Value::from(case.id)],
    )
    .await?;
    work.run(
        "UPDATE case_limit SET due_on = ? WHERE case_id = ? AND met_on IS NULL",
        [Value::from(case.due_on.clone()), Value::from(case.id)],
    )
    .await?;
    Ok(())
}

fn follow(case: &mut Case, parent: &Case) {
    case.due_on.clone_from(&parent.due_on);
    case.due_limit.clone_from(&parent.due_limit);
    case.due_from.clone_from(&parent.due_from);
    case.due_days = parent.due_days;
    case.extended_days = parent.extended_days;
    case.provisional = parent.provisional;
    case.paused_on.clone_from(&parent.paused_on);
    case.left_days = parent.left_days;
}

/// Lets the open cases below that follow a limit follow its change: suspended, going on, extended, recounted.
///
/// # Errors
/// When the database fails.
pub async fn sync_below_in(work: &Work, parent: &Case) -> Result<(), Fault> {
    work.run(
        "UPDATE case_record SET due_on = ?, extended_days = ?, provisional = ?, paused_on = ?, left_days = ?, ladder = ?
         WHERE parent = ? AND closed_at IS NULL AND due_limit = ?",
        [
            Value::from(parent.due_on.clone()),
            Value::from(parent.extended_days),
            Value::from(parent.provisional),
            Value::from(parent.paused_on.clone()),
            Value::from(parent.left_days),
            Value::from(parent.ladder),
            Value::from(parent.id),
            Value::from(parent.due_limit.clone()),
        ],
    )
    .await?;
    Ok(())
}

/// Adds working days to the running limit; the caller's step says why.
pub fn extend(work: &Work, case: &mut Case, days: u32) {
    let Some(due) = case.due() else { return };
    let counted = clock::deadline_provisional(&work.ctx().calendar(), due, days, false);
    case.due_on = Some(case.capped(case.limit(), counted.due).to_string());
    case.provisional |= counted.provisional;
    case.extended_days += i64::from(days);
    case.ladder = 0;
}

#[derive(FromQueryResult)]
struct PauseRow {
    from_on: String,
    to_on: Option<String>,
}

/// How the running limit's last day is counted, day by day; `None` while nothing runs, or for calendar days.
///
/// # Errors
/// When the database fails.
pub async fn derivation(ctx: &Ctx, case: &Case) -> Result<Option<Count>, Fault> {
    derivation_of(ctx, case, true).await
}

/// As [`derivation`], for a caller who knows from the steps whether the clock was ever suspended; where it never was,
/// nothing is read.
///
/// # Errors
/// When the database fails.
pub async fn derivation_of(ctx: &Ctx, case: &Case, suspended: bool) -> Result<Option<Count>, Fault> {
    derivation_by(ctx, &ctx.calendar(), case, suspended).await
}

/// As [`derivation_of`], by another calendar than the one in force.
pub(crate) async fn derivation_by(
    ctx: &Ctx,
    calendar: &Calendar,
    case: &Case,
    suspended: bool,
) -> Result<Option<Count>, Fault> {
    let (Some(from), Some(days), Some(limit)) =
        (day(case.due_from.as_deref()), case.due_days, case.due_limit.as_deref().and_then(Limit::from_code))
    else {
        return Ok(None);
    };
    if !matches!(case.rules(ctx).span(limit), Span::WorkingDays(_)) {
        return Ok(None);
    }
    let rows: Vec<PauseRow> = if suspended {
        let text = "SELECT from_on, to_on FROM case_pause WHERE case_id = ? ORDER BY id";
        ctx::all(ctx, text, [Value::from(case.id)]).await?
    } else {
        Vec::new()
    };
    let pauses: Vec<Pause> =
        rows.iter().filter_map(|p| Some(Pause::between(day(Some(&p.from_on))?, day(p.to_on.as_deref())))).collect();
    let total = u32::try_from(days + case.extended_days).unwrap_or_default();
    Ok(Some(clock::deadline_with_pauses(calendar, from, total, false, &pauses)))
}

/// Loads a case by number inside a transaction, whoever asks; the flow decides what they may do.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub async fn by_number_in(work: &Work, number: &str) -> Result<Case, Fault> {
    work.one(&format!("SELECT {COLUMNS} FROM case_record c WHERE c.number = ?"), [Value::from(number)])
        .await?
        .ok_or(Fault::NotFound)
}

/// Loads a case by number, whoever asks; the caller knows why this person may.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub async fn by_number(ctx: &Ctx, number: &str) -> Result<Case, Fault> {
    ctx::one(ctx, &format!("SELECT {COLUMNS} FROM case_record c WHERE c.number = ?"), [Value::from(number)])
        .await?
        .ok_or(Fault::NotFound)
}

/// Loads a case by row id; the caller knows why this person may.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub async fn by_id(ctx: &Ctx, id: i64) -> Result<Case, Fault> {
    ctx::one(ctx, &format!("SELECT {COLUMNS} FROM case_record c WHERE c.id = ?"), [Value::from(id)])
        .await?
        .ok_or(Fault::NotFound)
}

/// Refuses to add anything to a case that ended before this transaction: it is frozen, and only supplements come after it.
///
/// # Errors
/// [`Fault::Refused`] when it did.
pub fn still_open(work: &Work, case: &Case) -> Result<(), Fault> {
    match case.closed_at {
        Some(at) if at < work.now() => {
            Err(Fault::Refused(huiqi_kernel::flow::Refusal::because(|l| t(l).case_frozen())))
        }
        _ => Ok(()),
    }
}

/// Loads a case by row id inside a transaction.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub async fn by_id_in(work: &Work, id: i64) -> Result<Case, Fault> {
    work.one(&format!("SELECT {COLUMNS} FROM case_record c WHERE c.id = ?"), [Value::from(id)])
        .await?
        .ok_or(Fault::NotFound)
}

/// Cases below another, oldest first, inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn below_in(work: &Work, parent: i64) -> Result<Vec<Case>, Fault> {
    work.all(&format!("SELECT {COLUMNS} FROM case_record c WHERE c.parent = ? ORDER BY c.id"), [Value::from(parent)])
        .await
}

/// Cases below another, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn below(ctx: &Ctx, parent: i64) -> Result<Vec<Case>, Fault> {
    ctx::all(
        ctx,
        &format!("SELECT {COLUMNS} FROM case_record c WHERE c.parent = ? ORDER BY c.id"),
        [Value::from(parent)],
    )
    .await
}
