//! The request's details as they stand in the table, and what the flow table asks about them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use huiqi_casework::record::{COLUMNS, Case, Desk};
use huiqi_casework::team;
use huiqi_casework::timeline::in_words;
use huiqi_kernel::clock::working_days_after;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Capacity, Label, Viewer};
use huiqi_kernel::rule::{Count, Limit};
use huiqi_store::clock::local;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};

use super::flow::{Channel, Class, ClosedHow, Mode, RequestFacts};
use super::rules;
use crate::assignments::flow::State as AssignmentState;
use crate::t;

/// Details of a request.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Detail {
    /// Row id of the case.
    pub case_id: i64,
    /// Channel code.
    pub channel: String,
    /// Class code, once accepted.
    pub class: Option<String>,
    /// What the firm said.
    pub words: String,
    /// The firm as it named itself, where it is not in the register.
    pub firm_text: Option<String>,
    /// Who asks.
    pub contact_name: String,
    /// The phone given for this request.
    pub phone: String,
    /// How the firm wants to be reached: `call`, `text`, `site`.
    pub reach: String,
    /// Query code.
    pub query_code: String,
    /// Number at another office.
    pub outside_number: Option<String>,
    /// Due day at another office.
    pub outside_due: Option<String>,
    /// The organisation complained about.
    pub about_org: Option<i64>,
    /// The window complained about.
    pub about_window: Option<i64>,
    /// How several handlers work on it.
    pub mode: Option<String>,
    /// Row id of the assignment that writes the single answer.
    pub lead: Option<i64>,
    /// Whether the firm has chosen its handler.
    pub chosen: bool,
    /// The standing answer.
    pub answer: Option<String>,
    /// When it was given, UTC milliseconds.
    pub answered_at: Option<i64>,
    /// By which organisation.
    pub answered_org: Option<i64>,
    /// By which window.
    pub answered_window: Option<i64>,
    /// How the request ended.
    pub closed_how: Option<String>,
    /// Times it was returned for completion.
    pub returned: i64,
    /// Times its limit was extended.
    pub extended: i64,
    /// Day the firm last urged, ISO.
    pub urged_on: Option<String>,
    /// When it was accepted.
    pub accepted_at: Option<i64>,
    /// When it was first dispatched.
    pub dispatched_at: Option<i64>,
    /// When the firm was first contacted.
    pub first_contact_at: Option<i64>,
    /// Refusal ground.
    pub closing: Option<String>,
    /// Whether the person's tie to the firm had been checked.
    pub verified: bool,
    /// The request it waits with, or was answered with: the same matter.
    pub merged_into: Option<i64>,
    /// Open calls about it: none or one.
    pub calls_open: i64,
    /// All calls about it.
    pub calls: i64,
    /// How many requests were merged into it.
    pub merged_here: i64,
    /// How many of its answers were graded.
    pub rated: i64,
    /// Files attached to it.
    pub attached: i64,
}

const DETAIL: &str = "r.case_id, r.channel, r.class, r.words, r.firm_text, r.contact_name, r.phone, r.reach, r.query_code, \
    r.outside_number, r.outside_due, r.about_org, r.about_window, r.mode, r.lead, r.chosen, r.answer, r.answered_at, \
    r.answered_org, r.answered_window, r.closed_how, r.returned, r.extended, r.urged_on, r.accepted_at, \
    r.dispatched_at, r.first_contact_at, r.closing, r.verified, r.merged_into, \
    (SELECT COUNT(*) FROM call_due d WHERE d.case_id = r.case_id AND d.ended_at IS NULL) AS calls_open, \
    (SELECT COUNT(*) FROM call_due d WHERE d.case_id = r.case_id) AS calls, \
    (SELECT COUNT(*) FROM request o WHERE o.merged_into = r.case_id) AS merged_here, \
    (SELECT COUNT(*) FROM rating g WHERE g.case_id = r.case_id) AS rated, \
    (SELECT COUNT(*) FROM case_attachment n WHERE n.case_id = r.case_id) AS attached";

impl Detail {
    /// The channel.
    pub fn channel(&self) -> Channel {
        Channel::from_code(&self.channel).unwrap_or(Channel::Portal)
    }
    /// The class, once accepted.
    pub fn class(&self) -> Option<Class> {
        self.class.as_deref().and_then(Class::from_code)
    }
    /// How several handlers work on it.
    pub fn mode(&self) -> Option<Mode> {
        self.mode.as_deref().and_then(Mode::from_code)
    }
    /// The organisation and the window it is about.
    pub fn about(&self) -> rules::About {
        (self.about_org, self.about_window)
    }
    /// How it ended.
    pub fn closed_how(&self) -> Option<ClosedHow> {
        self.closed_how.as_deref().and_then(ClosedHow::from_code)
    }
}

/// Loads the details of a request inside a transaction.
///
/// # Errors
/// [`Fault::NotFound`] when the case is no request.
pub async fn detail_in(work: &Work, case: i64) -> Result<Detail, Fault> {
    work.one(&format!("SELECT {DETAIL} FROM request r WHERE r.case_id = ?"), [Value::from(case)])
        .await?
        .ok_or(Fault::NotFound)
}

/// Loads the details of a request.
///
/// # Errors
/// [`Fault::NotFound`] when the case is no request.
pub async fn detail(ctx: &Ctx, case: i64) -> Result<Detail, Fault> {
    ctx::one(ctx, &format!("SELECT {DETAIL} FROM request r WHERE r.case_id = ?"), [Value::from(case)])
        .await?
        .ok_or(Fault::NotFound)
}

/// Loads the details of several requests, by row id of the case.
///
/// # Errors
/// When the database fails.
pub async fn details(ctx: &Ctx, cases: &[i64]) -> Result<HashMap<i64, Detail>, Fault> {
    if cases.is_empty() {
        return Ok(HashMap::new());
    }
    let marks = vec!["?"; cases.len()].join(", ");
    let text = format!("SELECT {DETAIL} FROM request r WHERE r.case_id IN ({marks})");
    let rows: Vec<Detail> = ctx::all(ctx, &text, cases.iter().map(|id| Value::from(*id))).await?;
    Ok(rows.into_iter().map(|d| (d.case_id, d)).collect())
}

/// An assignment with its case.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Assigned {
    /// The case.
    #[sea_orm(nested)]
    pub case: Case,
    /// Writes the single answer.
    pub lead: bool,
    /// Why it was suggested, as codes with values.
    pub why: String,
    /// When it was taken.
    pub taken_at: Option<i64>,
    /// When the firm was first reached.
    pub contact_at: Option<i64>,
    /// What the handler reported, or why not.
    pub answer: Option<String>,
    /// Name of organisation or window.
    pub name: String,
    /// English name, where there is one.
    pub name_en: Option<String>,
    /// Name of the person who has it.
    pub person: Option<String>,
    /// The same in English.
    pub person_en: Option<String>,
    /// Name of whoever stands in for that person today.
    pub deputy: Option<String>,
    /// The same in English.
    pub deputy_en: Option<String>,
    /// Public phone of the window it lies with.
    pub phone: Option<String>,
    /// How matters come to people where it lies.
    pub team_mode: Option<String>,
    /// 1 where it lies with a department, which signs for what it is given.
    pub department: i64,
}

impl Assigned {
    /// Whether it lies with a department.
    pub fn is_department(&self) -> bool {
        self.department == 1
    }
    /// Where it stands, in words: what waits for a department waits to be signed for.
    pub fn state_words(&self, locale: Locale) -> String {
        if self.is_department() && self.state() == AssignmentState::Offered {
            t(locale).transfer_state_offered()
        } else if self.is_department() && self.state() == AssignmentState::Taken {
            t(locale).transfer_state_received()
        } else {
            self.state().label(locale)
        }
    }
    /// Where it stands.
    pub fn state(&self) -> AssignmentState {
        AssignmentState::from_code(&self.case.state).unwrap_or(AssignmentState::Recalled)
    }
    /// The handler's name for a reader of this language.
    pub fn shown(&self, locale: Locale) -> &str {
        in_words(&self.name, self.name_en.as_deref(), locale)
    }
    /// The name of the person who has it, for a reader of this language.
    pub fn person_shown(&self, locale: Locale) -> Option<&str> {
        self.person.as_deref().map(|p| in_words(p, self.person_en.as_deref(), locale))
    }
    /// Name of whoever the firm can reach today: the deputy of an absent person.
    pub fn reachable(&self, locale: Locale) -> Option<&str> {
        match &self.deputy {
            Some(deputy) => Some(in_words(deputy, self.deputy_en.as_deref(), locale)),
            None => self.person_shown(locale),
        }
    }
    /// Whether only a manager gives it to a person.
    pub fn by_manager(&self) -> bool {
        self.team_mode.as_deref() == Some(team::Mode::Given.code())
    }
    /// Whether it lies with this person's window, or with the organisation itself.
    pub fn held_by(&self, actor: &Actor) -> bool {
        if actor.window.is_some() {
            self.case.handler_window == actor.window
        } else {
            self.case.handler_org == Some(actor.organisation) && self.case.handler_window.is_none()
        }
    }
    /// Whether it is in hand or was reported: not declined, given up, recalled or passed over.
    pub fn counts(&self) -> bool {
        self.is_open() || self.state() == AssignmentState::Reported
    }
    /// Whether somebody still works on it.
    pub fn is_open(&self) -> bool {
        self.case.closed_at.is_none()
    }
}

fn assigned_sql() -> String {
    format!(
        "SELECT {COLUMNS}, a.lead, a.why, a.taken_at, a.contact_at, a.answer, COALESCE(w.name, o.name) AS name,
            CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS name_en, p.name AS person, p.name_en AS person_en,
            d.name AS deputy, d.name_en AS deputy_en,
            (SELECT f.phone FROM window_profile f WHERE f.service_window = w.id) AS phone, (SELECT s.mode FROM team s WHERE s.place = {}) AS team_mode,
            CAST(CASE WHEN w.id IS NULL AND EXISTS (SELECT 1 FROM organisation_capacity k WHERE k.organisation = c.handler_org
                AND k.capacity = 'department') THEN 1 ELSE 0 END AS BIGINT) AS department
         FROM case_record c JOIN assignment a ON a.case_id = c.id
         JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window
         LEFT JOIN person p ON p.id = c.handler_person LEFT JOIN person d ON d.id = {}
         WHERE c.parent = ? ORDER BY c.id",
        team::CASE_KEY,
        team::queries::deputy_sql()
    )
}

/// The assignments of a request, oldest first, inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn assigned_in(work: &Work, request: i64) -> Result<Vec<Assigned>, Fault> {
    let today = Value::from(work.today().to_string());
    work.all(&assigned_sql(), [today.clone(), today, Value::from(request)]).await
}

/// The assignments of a request, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn assigned(ctx: &Ctx, request: i64) -> Result<Vec<Assigned>, Fault> {
    let today = Value::from(ctx.today().to_string());
    ctx::all(ctx, &assigned_sql(), [today.clone(), today, Value::from(request)]).await
}

/// What the flow table asks, put together from what was loaded.
pub fn facts(ctx: &Ctx, today: NaiveDate, case: &Case, detail: &Detail, assigned: &[Assigned]) -> RequestFacts {
    let rules = case.rules(ctx);
    let urge_from =
        detail.urged_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()).map(|on| {
            working_days_after(&ctx.calendar(), on, rules.working_days(Limit::UrgeInterval).unwrap_or_default())
        });
    let reopen_until = case
        .closed_at
        .map(|at| local(at).date() + Days::new(u64::from(rules.calendar_days(Limit::Reopen).unwrap_or_default())));
    let open: Vec<&Assigned> = assigned.iter().filter(|a| a.is_open()).collect();
    RequestFacts {
        case: case.clone(),
        channel: detail.channel(),
        class: detail.class(),
        returned: detail.returned,
        extended: detail.extended,
        mode: detail.mode(),
        accepted: detail.accepted_at.is_some(),
        about: detail.about_org.is_some(),
        answered_by: detail.answered_org.map(|org| (org, detail.answered_window)),
        open_handlers: open.iter().filter_map(|a| Some((a.case.handler_org?, a.case.handler_window))).collect(),
        any_taken: open.iter().any(|a| a.state() != AssignmentState::Offered),
        today,
        urge_from,
        reopen_until,
        call_open: detail.calls_open > 0,
        most: (i64::from(rules.count(Count::CorrectionTimes)), i64::from(rules.count(Count::ExtensionTimes))),
    }
}

/// Whether this viewer may say something in a request: the firm and its desk while it is open, and whoever handles it.
pub fn may_speak(viewer: &Viewer, case: &Case, assigned: &[Assigned]) -> bool {
    if case.closed_at.is_some() {
        return false;
    }
    let Some(actor) = viewer.actor().filter(|a| a.role.is_staff()) else { return true };
    match actor.role.capacity() {
        Capacity::Operator => case.desk() == Desk::Operator,
        Capacity::Centre => case.desk() != Desk::Bureau,
        Capacity::Bureau => true,
        _ => assigned.iter().any(|a| a.counts() && a.held_by(actor)),
    }
}

/// Loads everything about a request inside a transaction.
///
/// # Errors
/// When the database fails or the case is no request.
pub async fn load_in(work: &Work, case: Case) -> Result<(Case, Detail, Vec<Assigned>, RequestFacts), Fault> {
    let detail = detail_in(work, case.id).await?;
    let assigned = assigned_in(work, case.id).await?;
    let facts = facts(work.ctx(), work.today(), &case, &detail, &assigned);
    Ok((case, detail, assigned, facts))
}

/// Whom a complaint is about: the window with the house that runs it, or the organisation. None where it is about nobody.
///
/// # Errors
/// When the database fails.
pub async fn about_name(ctx: &Ctx, detail: &Detail, locale: Locale) -> Result<Option<String>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        house: String,
        house_en: Option<String>,
        place: Option<String>,
        place_en: Option<String>,
    }
    let Some(org) = detail.about_org else { return Ok(None) };
    let row: Option<Row> = ctx::one(
        ctx,
        "SELECT o.name AS house, o.name_en AS house_en, w.name AS place, w.name_en AS place_en
         FROM organisation o LEFT JOIN service_window w ON w.id = ? WHERE o.id = ?",
        [Value::from(detail.about_window), Value::from(org)],
    )
    .await?;
    Ok(row.map(|row| {
        let house = in_words(&row.house, row.house_en.as_deref(), locale).to_owned();
        match row.place {
            Some(place) => t(locale).request_about_window(in_words(&place, row.place_en.as_deref(), locale), house),
            None => house,
        }
    }))
}
