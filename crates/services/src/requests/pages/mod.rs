//! The pages of requests: the case page of staff and firms, and what the follow-up page shares with it.

use chrono::NaiveDate;
use huiqi_casework::attachments::{self, Attached};
use huiqi_casework::inbox;
use huiqi_casework::record::{self, Case};
use huiqi_casework::{papers, scope, thread, timeline};
use huiqi_kernel::category::Category;
use huiqi_kernel::clock::Count;
use huiqi_kernel::district::District;
use huiqi_kernel::flow::{Doer, Offer, Timing, Words};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Label, Role, Viewer};
use huiqi_kernel::rule::{ArticleRef, Limit, art};
use huiqi_kernel::text;
use huiqi_registers::enterprises;
use huiqi_store::{Ctx, Fault};
use huiqi_web::components::{
    self, ActionLine, Cell, Col, Field, How, Standing, Step, StepState, Style, Table, Tone, actions, badge, kv,
    phrased, section_head, status,
};
use huiqi_web::dates::{self, Left};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Form, Visit};

use super::actions::in_handling_chain;
use super::facts::{self, Assigned, Detail};
use super::flow::{Action, Channel, Class, FLOW, Mode, RequestFacts, RequestKind, State, firm_step};
use super::{rules, suggest};
use crate::assignments::actions::facts_of;
use crate::assignments::flow as assignment;
use crate::calls::queries::{self, Call, Try};
use crate::merging::actions as merging;
use crate::orders::shown::Shown;
use crate::ratings::actions::{Rating, current, may_rate, of_request};
use crate::{frame, orders, t};

mod case;
mod firm;
mod lines;
mod parts;
mod standing;

pub use firm::{firm_page, mine};
pub(crate) use firm::{firm_sees, firm_state};

use case::{firm_line, staff_page};
pub(crate) use firm::{firm_lines, grade_given};
use lines::staff_actions;
use parts::{files_box, messages, rating_box};
pub(crate) use standing::standing;
use standing::{derivation, turns};

/// Everything a request page shows, loaded once.
pub struct Loaded {
    /// The case.
    pub case: Case,
    /// Its details.
    pub detail: Detail,
    /// Its assignments.
    pub assigned: Vec<Assigned>,
    /// What the table asks.
    pub facts: RequestFacts,
    /// The firm in the register.
    pub firm: Option<enterprises::Facts>,
    /// Steps taken, newest first.
    pub steps: Vec<timeline::StepTaken>,
    /// Files.
    pub files: Vec<Attached>,
    /// Papers issued, oldest first.
    pub papers: Vec<papers::Paper>,
    /// The grade given.
    pub ratings: Vec<Rating>,
    /// How the running limit is counted.
    pub count: Option<Count>,
    /// Call-backs, newest first, with the tries of all.
    pub calls: (Vec<Call>, Vec<Try>),
    /// The request it waits with, or was answered with.
    pub target: Option<merging::Other>,
    /// Whom it complains about.
    pub about: Option<String>,
    /// Whom the firm asks.
    pub contacts: Contacts,
}

/// Loads a request for showing. At most thirteen statements, eleven where nobody was to be called.
///
/// # Errors
/// When the database fails.
pub async fn load(ctx: &Ctx, case: Case, viewer: &Viewer, locale: Locale) -> Result<Loaded, Fault> {
    let detail = facts::detail(ctx, case.id).await?;
    let assigned = facts::assigned(ctx, case.id).await?;
    let facts = facts::facts(ctx, ctx.today(), &case, &detail, &assigned);
    let firm = match case.firm {
        Some(firm) => enterprises::facts(ctx.db().read(), firm).await?,
        None => None,
    };
    let steps = timeline::steps(ctx, case.id).await?;
    let files = if detail.attached > 0 { attachments::of_case(ctx, case.id, viewer).await? } else { Vec::new() };
    let papers = papers::of_case(ctx, &case, viewer).await?;
    let ratings = if detail.rated > 0 { of_request(ctx, case.id).await? } else { Vec::new() };
    // Whether the clock ever stood still stands in the steps.
    let pauses = |step: &timeline::StepTaken| {
        FLOW.steps.iter().any(|s| s.action.code() == step.action && matches!(s.timing, Timing::Pause))
    };
    let count = record::derivation_of(ctx, &case, steps.iter().any(pauses)).await?;
    let calls = if detail.calls == 0 {
        Default::default()
    } else {
        (queries::of_case(ctx, case.id).await?, queries::tries(ctx, case.id).await?)
    };
    let target = merging::target(ctx, &detail).await?;
    let contacts = Contacts::of(ctx, &case, &steps, &assigned, locale);
    let about = facts::about_name(ctx, &detail, locale).await?;
    Ok(Loaded {
        case,
        detail,
        assigned,
        facts,
        firm,
        steps,
        files,
        papers,
        ratings,
        count,
        calls,
        target,
        about,
        contacts,
    })
}

/// Whom the firm asks about a request, each with a phone.
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    /// 首问责任人: whoever accepted it, until the end, with the phone of the desk that leads it; before that the desk.
    pub first: (String, String),
    /// Whoever works on it at the moment.
    pub working: Option<(String, String)>,
}

impl Contacts {
    fn of(ctx: &Ctx, case: &Case, steps: &[timeline::StepTaken], assigned: &[Assigned], locale: Locale) -> Contacts {
        let m = t(locale);
        let phone = ctx.site().text(case.desk().phone_text(), locale).to_owned();
        let took = |actions: &[Action]| {
            steps.iter().find(|s| actions.iter().any(|a| s.action == a.code())).and_then(|s| {
                s.person.as_deref().map(|p| timeline::in_words(p, s.person_en.as_deref(), locale).to_owned())
            })
        };
        let name = took(&[Action::Accept, Action::CloseOnSpot])
            .or_else(|| took(&[Action::Refuse, Action::Return]))
            .unwrap_or_else(|| desk_name(case.desk(), locale));
        let working = assigned.iter().find(|a| a.lead && a.is_open()).and_then(|lead| {
            let name = m.request_person_at(lead.reachable(locale)?, lead.shown(locale));
            Some((name, lead.phone.clone().unwrap_or_else(|| phone.clone())))
        });
        Contacts { first: (name, phone), working }
    }

    /// As lines for the firm.
    pub(crate) fn rows(&self, locale: Locale) -> Vec<(String, Html)> {
        let m = t(locale);
        let mut rows = vec![
            (m.request_responsible(), Html::text(&self.first.0)),
            (m.request_phone(), components::phone_link(&self.first.1)),
        ];
        if let Some((name, phone)) = &self.working {
            rows.push((m.request_working(), Html::text(name)));
            if *phone != self.first.1 {
                rows.push((m.request_working_phone(), components::phone_link(phone)));
            }
        }
        rows
    }
}

/// The desk that leads a request, where no person is known yet.
pub(crate) fn desk_name(desk: record::Desk, locale: Locale) -> String {
    let m = t(locale);
    match desk {
        record::Desk::Operator => m.request_desk_name(),
        record::Desk::Centre => m.request_desk_name_centre(),
        record::Desk::Bureau => m.request_desk_name_bureau(),
    }
}

/// The request page for whoever is signed in.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not see it.
pub async fn show(visit: &Visit, number: &str) -> Answer {
    render(visit, number, None, &Form::default()).await
}

/// The page again with an error in one of its forms and what was typed.
///
/// # Errors
/// [`Fault::NotFound`] when this viewer may not see it.
pub(crate) async fn show_with_error(visit: &Visit, number: &str, wrong: frame::Wrong<'_>, form: &Form) -> Answer {
    let case = inbox::visible(visit.ctx(), visit.viewer(), number).await?;
    let number = match (case.flow.as_str(), case.parent) {
        ("assignment", Some(parent)) => number_of(visit.ctx(), parent).await?,
        _ => number.to_owned(),
    };
    render(visit, &number, Some(wrong), form).await
}

async fn number_of(ctx: &Ctx, case: i64) -> Result<String, Fault> {
    #[derive(huiqi_store::sea_orm::FromQueryResult)]
    struct Row {
        number: String,
    }
    let row: Option<Row> = huiqi_store::ctx::one(
        ctx,
        "SELECT number FROM case_record WHERE id = ?",
        [huiqi_store::sea_orm::Value::from(case)],
    )
    .await?;
    Ok(row.ok_or(Fault::NotFound)?.number)
}

async fn render(visit: &Visit, number: &str, error: Option<frame::Wrong<'_>>, typed: &Form) -> Answer {
    let case = inbox::visible(visit.ctx(), visit.viewer(), number).await?;
    if case.flow != FLOW.code {
        return Err(Fault::NotFound.into());
    }
    let staff = visit.viewer().role().is_some_and(Role::is_staff);
    let loaded = load(visit.ctx(), case, visit.viewer(), visit.locale()).await?;
    let form = ErrorIn { error: error.as_ref(), typed };
    let body = if staff {
        staff_page(visit, &loaded, &form).await?
    } else {
        firm_page(visit, &loaded, Some(visit.viewer()), "/requests", &form).await?
    };
    let title = format!("{} {}", loaded.case.number, loaded.case.title);
    visit.page(title, "requests").refused(error.is_some()).show(body).await
}

/// Fields of the forms of a request that stand beside the words and say themselves what is wrong with them.
const BESIDE_WORDS: &[&str] = &["file", "ground", "days"];

/// Which form came back with an error.
pub struct ErrorIn<'a> {
    /// Id of the form, its field, and what is wrong.
    pub(crate) error: Option<&'a frame::Wrong<'a>>,
    /// What was typed.
    pub typed: &'a Form,
}

impl ErrorIn<'_> {
    /// What is wrong with this form, whichever its field.
    pub(crate) fn of(&self, id: &str, locale: Locale) -> Option<&str> {
        self.error.filter(|(form, _, _)| *form == id).map(|(_, _, m)| m.get(locale))
    }

    /// What is wrong with one of the fields that stand beside the words.
    pub(crate) fn at(&self, id: &str, field: &str, locale: Locale) -> Option<&str> {
        self.of(id, locale).filter(|_| self.error.is_some_and(|(_, at, _)| *at == field))
    }

    /// What is wrong with the words of this form, and with everything that has no field of its own.
    pub(crate) fn words(&self, id: &str, locale: Locale) -> Option<&str> {
        self.of(id, locale).filter(|_| self.error.is_some_and(|(_, at, _)| !BESIDE_WORDS.contains(at)))
    }

    pub(crate) fn value(&self, id: &str, field: &str) -> String {
        if self.error.is_some_and(|(form, _, _)| *form == id) {
            self.typed.value(field).to_owned()
        } else {
            String::new()
        }
    }

    /// What must be changed, on top of the page: it leads to the field, which may stand far below.
    pub(crate) fn summary(&self, locale: Locale) -> Html {
        let Some((form, field, message)) = self.error else { return Html::empty() };
        let id = match (*form, *field) {
            ("message", "file") => "say-file".to_owned(),
            ("message", _) => "say".to_owned(),
            ("rating", _) => "rating-words".to_owned(),
            ("classify", _) => "classify-category".to_owned(),
            ("a-recall", _) => format!("recall-{}", self.typed.value("of")),
            ("merge", "into") => "merge-into".to_owned(),
            (form, field) if BESIDE_WORDS.contains(&field) => format!("{form}-{field}"),
            (form, _) => format!("{form}-words"),
        };
        components::error_summary(&[(id, message.get(locale).to_owned())], locale)
    }
}

pub(crate) fn kind_of(case: &Case) -> RequestKind {
    case.kind.as_deref().and_then(RequestKind::from_code).unwrap_or(RequestKind::Need)
}

/// What an answer is called: the one that stands, or the one before when it is being done again.
fn answer_name(state: State, locale: Locale) -> String {
    match state {
        State::Answered | State::Closed | State::Lapsed => t(locale).request_standing_answer(),
        _ => t(locale).request_former_answer(),
    }
}

/// The tone and icon of a state.
pub fn state_tone(state: State) -> (Tone, &'static str) {
    match state {
        State::Draft | State::Submitted => (Tone::Run, "in"),
        State::Returned | State::Waiting => (Tone::Idle, "pause"),
        State::Accepted | State::Dispatched | State::InProgress | State::Merged => (Tone::Run, "run"),
        State::Answered => (Tone::Warn, "clock"),
        State::Closed => (Tone::Good, "done"),
        State::Lapsed | State::Refused | State::Withdrawn => (Tone::Idle, "no"),
    }
}

/// The word of a grade.
pub fn grade_word(grade: i64, locale: Locale) -> String {
    let m = t(locale);
    match grade {
        5 => m.rating_5(),
        4 => m.rating_4(),
        3 => m.rating_3(),
        2 => m.rating_2(),
        _ => m.rating_1(),
    }
}

/// What a firm reads on the button.
pub fn firm_verb(action: Action, locale: Locale) -> String {
    let m = t(locale);
    match action {
        Action::Confirm => m.firm_verb_confirm(),
        Action::Redo => m.firm_verb_redo(),
        Action::Reopen => m.firm_verb_reopen(),
        Action::Complete | Action::Supply => m.firm_verb_supply(),
        Action::Urge => m.firm_verb_urge(),
        Action::Withdraw => m.firm_verb_withdraw(),
        other => other.label(locale),
    }
}

/// Channels that can be chosen at a counter, for select boxes.
pub fn channels(locale: Locale, window: bool) -> Vec<(&'static str, String)> {
    let all: &[Channel] = if window {
        &[Channel::Window]
    } else {
        &[Channel::Hotline, Channel::Hall, Channel::CityHotline, Channel::Department, Channel::Visit, Channel::Letter]
    };
    all.iter().map(|c| (c.code(), c.label(locale))).collect()
}

/// By when whoever asks today is told whether the request is accepted, for the note about a closure.
pub fn asked_today(visit: &Visit) -> String {
    let ctx = visit.ctx();
    let today = ctx.today();
    let days = ctx.rules().on(today).working_days(Limit::Accept).unwrap_or_default();
    let due = huiqi_kernel::clock::deadline_provisional(&ctx.calendar(), today, days, false).due;
    t(visit.locale()).ask_today(dates::date_words(due, today, visit.locale()))
}

/// The way to the case file of a request that ended.
fn case_file_link(loaded: &Loaded, base: &str, locale: Locale) -> Html {
    if loaded.case.closed_at.is_none() {
        return Html::empty();
    }
    let own = format!("{base}/{}", loaded.case.number);
    let m = t(locale);
    Html::raw("<section class=\"section no-print\"><h2 class=\"aside-title\">")
        .say(&m.case_file_title())
        .and(&Html::raw("</h2><p class=\"small\">"))
        .and(&components::link(&format!("{own}/file"), &m.case_file_link()))
        .and(&Html::raw("</p></section>"))
}
