//! The ladder on silence: remind, urge, warn, supervise. One pass looks at every running limit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::{NaiveDate, NaiveTime};
use huiqi_identity::notices::{self, Notice};
use huiqi_identity::people;
use huiqi_kernel::clock::working_days_between;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Role, Viewer};
use huiqi_kernel::rule::{Limit, Span};
use huiqi_store::clock::local;
use huiqi_store::job::Job;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx, setting};
use huiqi_web::components::{self, Tone};
use huiqi_web::dates::{self, date_words};
use huiqi_web::layout::Html;
use serde_json::json;

use crate::record::{self, COLUMNS, Case, Desk, Turn};
use crate::{t, team, timeline};

/// Looks at every running limit once a minute.
pub const JOB: Job = Job {
    name: "casework.ladder",
    title: |l| t(l).setting_job_ladder(),
    every_ms: 60_000,
    run: |ctx| Box::pin(async move { run(&ctx).await }),
};

/// How far the ladder should have gone for a case today.
fn rung(ctx: &Ctx, case: &Case, due: NaiveDate, today: NaiveDate) -> i64 {
    let rules = case.rules(ctx);
    let days = |limit: Limit| match rules.span(limit) {
        Span::WorkingDays(n) | Span::CalendarDays(n) | Span::Hours(n) => i64::from(n),
    };
    let left = working_days_between(&ctx.calendar(), today, due);
    if left < 0 && -left >= days(Limit::EscalateAfter) {
        4
    } else if left < 0 && -left >= days(Limit::WarnAfter) {
        3
    } else if left < 0 || (left == 0 && days(Limit::UrgeAfter) == 0) {
        2
    } else if left <= days(Limit::RemindBefore) {
        1
    } else {
        0
    }
}

/// When people are told what the ladder reached, unless the operation settings say otherwise.
const START: NaiveTime = NaiveTime::from_hms_opt(8, 30, 0).expect("half past eight is a time of day");
static START_OF_WORK: OnceLock<NaiveTime> = OnceLock::new();
/// The day people were last told, among the settings.
const TOLD_ON: &str = "ladder.told";

/// Sets when work starts; once, at the start of the program. Returns whether it was not set before.
pub fn configure(start_of_work: NaiveTime) -> bool {
    START_OF_WORK.set(start_of_work).is_ok()
}

/// Raises every case to its rung; at the start of work it tells each person, in one message, everything that was
/// reached since. Returns how many cases rose.
///
/// # Errors
/// When the database fails. Cases risen before the failure stay risen; a second run goes on from there.
pub async fn run(ctx: &Ctx) -> Result<u64, Fault> {
    let risen = rise(ctx).await?;
    tell_the_day(ctx).await?;
    Ok(risen)
}

async fn rise(ctx: &Ctx) -> Result<u64, Fault> {
    let today = ctx.today();
    // No rung is reached earlier than this many calendar days before the due day.
    let horizon = today + chrono::Days::new(14);
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c
         WHERE c.closed_at IS NULL AND c.due_on IS NOT NULL AND c.due_on <= ? AND c.ladder < 4 AND c.turn <> 'firm'
         ORDER BY c.due_on, c.id"
    );
    let mut risen = 0;
    for case in ctx::all::<Case>(ctx, &text, [Value::from(horizon.to_string())]).await? {
        let Some(due) = case.due() else { continue };
        let rung = rung(ctx, &case, due, today);
        if rung <= case.ladder {
            continue;
        }
        let work = ctx.write(&Viewer::System).await?;
        let changed = work
            .run(
                "UPDATE case_record SET ladder = ? WHERE id = ? AND version = ? AND ladder < ?",
                [Value::from(rung), Value::from(case.id), Value::from(case.version), Value::from(rung)],
            )
            .await?;
        if changed == 0 {
            continue;
        }
        work.run(
            "INSERT INTO case_rung (case_id, rung, due_on, at, turn, desk, handler_org, handler_window, people)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            [
                Value::from(case.id),
                Value::from(rung),
                Value::from(due.to_string()),
                Value::from(work.now()),
                Value::from(case.turn.clone()),
                Value::from(case.desk.clone()),
                Value::from(case.handler_org),
                Value::from(case.handler_window),
            ],
        )
        .await?;
        work.audit("case.ladder", "case", &case.number, json!({ "rung": rung, "due": case.due_on })).await?;
        work.commit().await?;
        risen += 1;
    }
    Ok(risen)
}

/// A rung that was reached and that nobody has been told of yet.
#[derive(FromQueryResult)]
struct Pending {
    rung_id: i64,
    rung: i64,
    rung_due: String,
    #[sea_orm(nested)]
    case: Case,
}

/// What one person is told: place among the pending rungs.
type Share = BTreeMap<i64, Vec<usize>>;

/// Once on a working day, from the start of work on: one message to each person about everything that was reached
/// since the last one and still stands. What was dealt with meanwhile is not told of any more.
async fn tell_the_day(ctx: &Ctx) -> Result<(), Fault> {
    let now = local(ctx.now());
    let start = START_OF_WORK.get().copied().unwrap_or(START);
    if now.time() < start || !ctx.calendar().is_working_or_likely(now.date()) {
        return Ok(());
    }
    let today = now.date().to_string();
    if setting::get(ctx.db().read(), TOLD_ON).await?.as_deref() == Some(today.as_str()) {
        return Ok(());
    }
    let work = ctx.write(&Viewer::System).await?;
    setting::set(&*work, TOLD_ON, &today, work.now(), None).await?;
    let text = format!(
        "SELECT r.id AS rung_id, r.rung, r.due_on AS rung_due, {COLUMNS} FROM case_rung r
         JOIN case_record c ON c.id = r.case_id WHERE r.told_at IS NULL ORDER BY c.due_on, r.id"
    );
    let pending: Vec<Pending> = work.all(&text, []).await?;
    let stands = |p: &Pending| {
        p.case.closed_at.is_none() && p.case.ladder == p.rung && p.case.due_on.as_deref() == Some(p.rung_due.as_str())
    };
    let mut share = Share::new();
    let mut counted = vec![0; pending.len()];
    for (place, one) in pending.iter().enumerate().filter(|(_, p)| stands(p)) {
        for person in concerned_in(&work, &one.case, one.rung).await? {
            share.entry(person).or_default().push(place);
            counted[place] += 1;
        }
    }
    for (person, mut places) in share {
        // A request that waits for its handlers says nothing that the handler's own case does not say.
        let below: Vec<i64> =
            places.iter().filter_map(|p| pending[*p].case.parent.filter(|_| pending[*p].rung >= 2)).collect();
        places.retain(|p| pending[*p].case.turn() != Turn::Below || !below.contains(&pending[*p].case.id));
        tell(&work, person, &places.iter().map(|p| &pending[*p]).collect::<Vec<_>>()).await?;
    }
    for (one, people) in pending.iter().zip(counted) {
        work.run(
            "UPDATE case_rung SET told_at = ?, people = ? WHERE id = ?",
            [Value::from(work.now()), Value::from(people), Value::from(one.rung_id)],
        )
        .await?;
    }
    work.commit().await
}

/// Whoever's turn it is, and those above from the third rung on.
async fn concerned_in(work: &Work, case: &Case, rung: i64) -> Result<BTreeSet<i64>, Fault> {
    let mut people: BTreeSet<i64> = on_turn_in(work, case).await?.into_iter().collect();
    people.extend(above_in(work, case, rung).await?);
    Ok(people)
}

async fn tell(work: &Work, person: i64, rungs: &[&Pending]) -> Result<(), Fault> {
    let today = work.today();
    // Of a report (举报) a message says neither number nor matter; each stands for itself.
    let (reports, rungs): (Vec<&Pending>, Vec<&Pending>) = rungs.iter().copied().partition(|r| r.case.is_report());
    for one in reports {
        notices::send_in(work, &[person], &confidential(&one.case)).await?;
    }
    let words = |one: &Pending, l: Locale| one.case.due().map_or_else(String::new, |d| date_words(d, today, l));
    let notice = match rungs.as_slice() {
        [] => return Ok(()),
        [one] => {
            let (number, title) = (&one.case.number, &one.case.title);
            let text = Bilingual::say(|l| {
                let (m, day) = (t(l), words(one, l));
                match one.rung {
                    1 => m.ladder_remind(number, title, &day),
                    2 => m.ladder_urge(number, title, &day),
                    3 => m.ladder_warn(number, title, &day),
                    _ => m.ladder_supervise(number, title, &day),
                }
            });
            Notice { kind: "ladder", number: number.clone(), text, href: one.case.href() }
        }
        [first, ..] => {
            let of = |rung: i64| rungs.iter().filter(|r| r.rung == rung).count() as i64;
            let text = Bilingual::say(|l| {
                let m = t(l);
                let parts = [
                    (of(4), m.ladder_part_supervise(of(4))),
                    (of(3), m.ladder_part_warn(of(3))),
                    (of(2), m.ladder_part_urge(of(2))),
                    (of(1), m.ladder_part_remind(of(1))),
                ];
                let parts: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
                let parts = parts.join(&m.ladder_join());
                m.ladder_day(rungs.len() as i64, &parts, &first.case.number, words(first, l))
            });
            Notice { kind: "ladder", number: String::new(), text, href: "/inbox".to_owned() }
        }
    };
    notices::send_in(work, &[person], &notice).await
}

/// A rung that a case, or a case below it, has reached.
#[derive(Clone, Debug)]
pub struct Reached {
    /// 1 reminded, 2 urged, 3 warned, 4 told to the level above.
    pub rung: i64,
    /// When it was reached, UTC milliseconds.
    pub at: i64,
    /// When people were told of it, UTC milliseconds.
    pub told_at: Option<i64>,
    /// The day it was about, ISO.
    pub due_on: String,
    /// Whose turn it was.
    pub turn: String,
    /// Which desk led it.
    pub desk: String,
    /// The organisation or window that had it.
    pub handler: Option<String>,
    /// The same in English.
    pub handler_en: Option<String>,
}

impl Reached {
    /// Which rung, and who was told when.
    pub fn words(&self, today: NaiveDate, locale: Locale) -> (String, Html) {
        let m = t(locale);
        let name = match self.rung {
            1 => m.ladder_rung_1(),
            2 => m.ladder_rung_2(),
            3 => m.ladder_rung_3(),
            _ => m.ladder_rung_4(),
        };
        let handler =
            timeline::in_words(self.handler.as_deref().unwrap_or_default(), self.handler_en.as_deref(), locale);
        let turn = Turn::from_code(&self.turn).unwrap_or(Turn::Nobody);
        let holder = match turn {
            Turn::Handler | Turn::Below if !handler.is_empty() => handler.to_owned(),
            Turn::Handler | Turn::Below => m.ladder_to_handlers(),
            turn => seat(turn, Desk::from_code(&self.desk).unwrap_or(Desk::Bureau), locale),
        };
        let mut people = vec![holder];
        if self.rung >= 3 {
            people.push(m.ladder_to_manager());
        }
        if self.rung >= 4 {
            people.push(match Desk::from_code(&self.desk).unwrap_or(Desk::Bureau) {
                Desk::Operator => m.ladder_to_centre(),
                Desk::Centre | Desk::Bureau => m.ladder_to_bureau(),
            });
        }
        let people = people.join(&m.ladder_join());
        let body = match self.told_at {
            Some(at) => Html::fill(&m.ladder_told(&people, "{0}"), &[dates::moment(at, today, locale)]),
            None => Html::text(&m.ladder_to_be_told(&people)),
        };
        (name, body)
    }
}

/// Who sits at the desk whose turn it is, in words. At the operator the seats differ; the centre and the bureau are named
/// as a house.
pub fn seat(turn: Turn, desk: Desk, locale: Locale) -> String {
    let m = t(locale);
    match (desk, turn) {
        (Desk::Centre, _) => m.ladder_to_centre(),
        (Desk::Bureau, _) => m.ladder_to_bureau(),
        (Desk::Operator, Turn::Dispatch) => m.ladder_to_dispatch(),
        (Desk::Operator, Turn::Check) => m.ladder_to_check(),
        (Desk::Operator, _) => m.ladder_to_desk(),
    }
}

/// The word for how far a case was escalated: warned, or told to the level above; nothing below that.
pub fn escalation(rung: i64, locale: Locale) -> Option<Html> {
    let m = t(locale);
    match rung {
        3 => Some(components::status(Tone::Warn, "alert", m.ladder_escalated_3())),
        4.. => Some(components::status(Tone::Bad, "stop", m.ladder_escalated_4())),
        _ => None,
    }
}

/// Everybody whose turn it is in a case; where cases below it are waited for, in those.
///
/// # Errors
/// When the database fails.
pub async fn waited_for_in(work: &Work, case: &Case) -> Result<BTreeSet<i64>, Fault> {
    if case.turn() != Turn::Below {
        return Ok(on_turn_in(work, case).await?.into_iter().collect());
    }
    let mut people = BTreeSet::new();
    for below in record::below_in(work, case.id).await? {
        if below.flow == "assignment" && below.closed_at.is_none() {
            people.extend(on_turn_in(work, &below).await?);
        }
    }
    Ok(people)
}

/// Everybody whose turn it is in a case.
///
/// # Errors
/// When the database fails.
pub async fn on_turn_in(work: &Work, case: &Case) -> Result<Vec<i64>, Fault> {
    let people = match case.turn() {
        Turn::Handler => team::queries::on_case_in(work, case).await?,
        Turn::Firm => match case.firm {
            Some(firm) => firm_in(work, case, firm).await?,
            None => Vec::new(),
        },
        Turn::Desk => at_desk_in(work, case, desk_roles(case.desk(), Role::OperatorAgent)).await?,
        Turn::Dispatch | Turn::Check => {
            at_desk_in(work, case, desk_roles(case.desk(), Role::OperatorDispatcher)).await?
        }
        Turn::Bureau => at_desk_in(work, case, &[Role::BureauOfficer]).await?,
        Turn::Below | Turn::Nobody => Vec::new(),
    };
    Ok(people)
}

/// Who at a firm is told about its case: the members whose tie has been checked and whoever asked; of a report (举报) only
/// whoever reported, colleagues not.
///
/// # Errors
/// When the database fails.
pub async fn firm_in(work: &Work, case: &Case, firm: i64) -> Result<Vec<i64>, Fault> {
    let mut people = people::firm_members_in(work, firm, case.opened_by).await?;
    if case.is_report() {
        people.retain(|person| case.opened_by == Some(*person));
    }
    Ok(people)
}

fn desk_roles(desk: Desk, operator: Role) -> &'static [Role] {
    match (desk, operator) {
        (Desk::Operator, Role::OperatorAgent) => &[Role::OperatorAgent],
        (Desk::Operator, _) => &[Role::OperatorDispatcher],
        (Desk::Centre, _) => &[Role::CentreAgent, Role::CentreOfficer],
        (Desk::Bureau, _) => &[Role::BureauOfficer],
    }
}

/// Holders of these roles, and of a report (举报) only those named for reports, where somebody is.
async fn at_desk_in(work: &Work, case: &Case, roles: &[Role]) -> Result<Vec<i64>, Fault> {
    #[derive(FromQueryResult)]
    struct Named {
        person: i64,
    }
    let mut people = people::role_holders_in(work, roles).await?;
    if case.is_report() {
        let named: Vec<Named> = work.all("SELECT person FROM report_officer ORDER BY person", []).await?;
        if !named.is_empty() {
            people.retain(|p| named.iter().any(|n| n.person == *p));
        }
    }
    Ok(people)
}

/// The organisation's manager, from the third rung on; the level above, from the fourth.
async fn above_in(work: &Work, case: &Case, rung: i64) -> Result<Vec<i64>, Fault> {
    let mut people = Vec::new();
    if rung >= 3 {
        people.extend(match (case.turn(), case.handler_org) {
            (Turn::Handler, Some(org)) => {
                people::members_in(
                    work,
                    org,
                    case.handler_window,
                    &[Role::WindowManager, Role::ProviderManager, Role::OperatorManager, Role::CentreApprover],
                )
                .await?
            }
            // What is led above the operator is never told to the operator.
            _ => {
                let roles: &[Role] = match case.desk() {
                    Desk::Operator => &[Role::OperatorManager],
                    Desk::Centre => &[Role::CentreApprover],
                    Desk::Bureau => &[Role::BureauApprover],
                };
                at_desk_in(work, case, roles).await?
            }
        });
    }
    if rung >= 4 {
        let roles: &[Role] = match case.desk() {
            Desk::Operator => &[Role::CentreOfficer],
            Desk::Centre => &[Role::BureauOfficer],
            Desk::Bureau => &[Role::BureauApprover],
        };
        people.extend(at_desk_in(work, case, roles).await?);
    }
    Ok(people)
}

/// Tells people something about a case. What is told about a report (举报) says neither number nor matter, because mails
/// pass through other hands, and it stands in no list of mails.
///
/// # Errors
/// When the database fails.
pub async fn tell_in(
    work: &Work,
    case: &Case,
    people: &[i64],
    kind: &'static str,
    text: impl Fn(Locale) -> String,
) -> Result<(), Fault> {
    if people.is_empty() {
        return Ok(());
    }
    let notice = if case.is_report() {
        confidential(case)
    } else {
        Notice { kind, number: case.number.clone(), text: Bilingual::say(text), href: case.href() }
    };
    notices::send_in(work, people, &notice).await
}

/// Tells everybody whose turn it is in a case, as [`tell_in`].
///
/// # Errors
/// When the database fails.
pub async fn tell_turn_in(
    work: &Work,
    case: &Case,
    kind: &'static str,
    text: impl Fn(Locale) -> String,
) -> Result<(), Fault> {
    let people = on_turn_in(work, case).await?;
    tell_in(work, case, &people, kind, text).await
}

fn confidential(case: &Case) -> Notice {
    Notice {
        kind: notices::CONFIDENTIAL,
        number: case.number.clone(),
        text: Bilingual::say(|l| t(l).ladder_confidential()),
        href: case.href(),
    }
}
