//! The pages of requests: the case page of staff and firms, and what the follow-up page shares with it.

use chrono::NaiveDate;
use huiqi_casework::attachments::{self, Attached};
use huiqi_casework::inbox;
use huiqi_casework::record::{self, Case};
use huiqi_casework::{thread, timeline};
use huiqi_identity::organisations;
use huiqi_kernel::category::Category;
use huiqi_kernel::clock::Count;
use huiqi_kernel::district::District;
use huiqi_kernel::flow::{Doer, Offer, Words};
use huiqi_kernel::locale::{Bilingual, Locale};
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
use super::suggest;
use crate::assignments::actions::facts_of;
use crate::assignments::flow as assignment;
use crate::ratings::actions::{Rating, of_request};
use crate::t;

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
    /// The grade given.
    pub rating: Option<Rating>,
    /// How the running limit is counted.
    pub count: Option<Count>,
    /// Name and phone of whoever first answers for it.
    pub responsible: Option<(String, String)>,
}

/// Loads a request for showing. At most nine statements.
///
/// # Errors
/// When the database fails.
pub async fn load(ctx: &Ctx, case: Case, staff: bool, locale: Locale) -> Result<Loaded, Fault> {
    let detail = facts::detail(ctx, case.id).await?;
    let assigned = facts::assigned(ctx, case.id).await?;
    let facts = facts::facts(ctx, ctx.today(), &case, &detail, &assigned);
    let firm = match case.firm {
        Some(firm) => enterprises::facts(ctx.db().read(), firm).await?,
        None => None,
    };
    let steps = timeline::steps(ctx, case.id).await?;
    let files = attachments::of_case(ctx, case.id, staff).await?;
    let rating = of_request(ctx, case.id).await?;
    let count = record::derivation(ctx, &case).await?;
    let responsible = first_responsible(ctx, &steps, &assigned, locale);
    Ok(Loaded { case, detail, assigned, facts, firm, steps, files, rating, count, responsible })
}

/// 首问责任人: whoever accepted it, and the hotline; until then the desk itself.
fn first_responsible(
    ctx: &Ctx,
    steps: &[timeline::StepTaken],
    assigned: &[Assigned],
    locale: Locale,
) -> Option<(String, String)> {
    let phone = ctx.site().text("hotline", Locale::Zh).to_owned();
    let lead = assigned.iter().find(|a| a.lead && a.is_open() && a.person.is_some());
    if let Some(lead) = lead {
        return lead.person_shown(locale).map(|p| (t(locale).request_person_at(p, lead.shown(locale)), phone));
    }
    steps
        .iter()
        .rev()
        .find(|s| s.action == Action::Accept.code() || s.action == Action::CloseOnSpot.code())
        .and_then(|s| s.person.as_deref().map(|p| timeline::in_words(p, s.person_en.as_deref(), locale).to_owned()))
        .map(|p| (p, phone))
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
pub async fn show_with_error(visit: &Visit, number: &str, form_id: &str, message: Bilingual, form: &Form) -> Answer {
    let case = inbox::visible(visit.ctx(), visit.viewer(), number).await?;
    let number = match (case.flow.as_str(), case.parent) {
        ("assignment", Some(parent)) => number_of(visit.ctx(), parent).await?,
        _ => number.to_owned(),
    };
    render(visit, &number, Some((form_id, message)), form).await
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

async fn render(visit: &Visit, number: &str, error: Option<(&str, Bilingual)>, typed: &Form) -> Answer {
    let case = inbox::visible(visit.ctx(), visit.viewer(), number).await?;
    if case.flow != FLOW.code {
        return Err(Fault::NotFound.into());
    }
    let staff = visit.viewer().role().is_some_and(Role::is_staff);
    let loaded = load(visit.ctx(), case, staff, visit.locale()).await?;
    let form = ErrorIn { error: error.as_ref().map(|(id, m)| (*id, m)), typed };
    let body = if staff {
        staff_page(visit, &loaded, &form).await?
    } else {
        firm_page(visit, &loaded, Some(visit.viewer()), "/requests", &form).await?
    };
    let title = format!("{} {}", loaded.case.number, loaded.case.title);
    visit.page(title, "requests").refused(error.is_some()).show(body).await
}

/// Which form came back with an error.
pub struct ErrorIn<'a> {
    /// Id of the form and what is wrong.
    pub error: Option<(&'a str, &'a Bilingual)>,
    /// What was typed.
    pub typed: &'a Form,
}

impl ErrorIn<'_> {
    fn of(&self, id: &str, locale: Locale) -> Option<&str> {
        self.error.filter(|(form, _)| *form == id).map(|(_, m)| m.get(locale))
    }

    fn value(&self, id: &str, field: &str) -> String {
        if self.error.is_some_and(|(form, _)| form == id) { self.typed.value(field).to_owned() } else { String::new() }
    }
}

fn kind_of(case: &Case) -> RequestKind {
    case.kind.as_deref().and_then(RequestKind::from_code).unwrap_or(RequestKind::Need)
}

/// The tone and icon of a state.
pub fn state_tone(state: State) -> (Tone, &'static str) {
    match state {
        State::Draft | State::Submitted => (Tone::Run, "in"),
        State::Returned | State::Waiting => (Tone::Idle, "pause"),
        State::Accepted | State::Dispatched | State::InProgress => (Tone::Run, "run"),
        State::Answered => (Tone::Warn, "clock"),
        State::Closed => (Tone::Good, "done"),
        State::Lapsed | State::Refused | State::Withdrawn => (Tone::Idle, "no"),
    }
}

async fn staff_page(visit: &Visit, loaded: &Loaded, form: &ErrorIn<'_>) -> Result<Html, Fault> {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let case = &loaded.case;
    let state: State = case.state()?;
    let actor = visit.viewer().actor();
    let who = actor.map(|a| format!("{} {}", a.shown(locale), a.place(locale))).unwrap_or_default();
    let mut out = Html::raw("<div class=\"wrap\">");
    out = out.and(&components::print_line(&m.request_print_name(), &case.number, &who, ctx.now(), locale));
    out = out.and(&components::crumbs(
        &[("/inbox".to_owned(), m.request_crumb_inbox()), ("/cases".to_owned(), m.request_crumb_all())],
        Some(components::reference(&case.number)),
        locale,
    ));
    out = out.and(&huiqi_web::layout::flash_slot());
    // head
    let mut meta = components::tag(&kind_of(case).label(locale));
    if let Some(category) = case.category.as_deref().and_then(Category::by_code) {
        meta = meta.and(&components::tag(category.name(locale)));
    }
    let channel = loaded.detail.channel().label(locale);
    meta = meta
        .and(&Html::raw("<span class=\"quiet small\">"))
        .say(&m.request_channel_line(&channel))
        .and(&dates::moment(case.opened_at, today, locale))
        .and(&Html::raw("</span>"));
    let (tone, icon) = state_tone(state);
    out = out
        .and(&Html::raw("<header class=\"case-head\"><div><p class=\"case-kind\">"))
        .and(&meta)
        .and(&Html::raw("</p><h1 class=\"phrased\" lang=\"zh-CN\">"))
        .and(&phrased(text::phrases(&case.title).iter().map(String::as_str)))
        .and(&Html::raw("</h1><p class=\"quiet\">"))
        .and(&if is_masked(visit, case) { Html::text(&m.request_masked()) } else { firm_line(loaded, locale, true) })
        .and(&Html::raw("</p><p class=\"said\" lang=\"zh-CN\">“"))
        .say(&loaded.detail.words)
        .and(&Html::raw("”</p></div><div class=\"button-row\">"))
        .and(&badge(tone, icon, state.label(locale)))
        .and(&components::print_button(&m.request_print()))
        .and(&Html::raw("</div></header>"));
    out = out.and(&standing(ctx, loaded, state, locale, false));
    out = out.and(&Html::raw("<div class=\"split\"><div>"));
    out = out.and(&staff_actions(visit, loaded, state, form).await?);
    out = out.and(&turns(ctx, loaded, state, locale));
    out = out.and(&answers(visit, loaded, state, form).await?);
    // timeline
    let entries = timeline::entries(&loaded.steps, visit.flow(FLOW.code), visit.viewer(), locale);
    out = out
        .and(&Html::raw("<section class=\"section\" aria-labelledby=\"time\">"))
        .and(&section_head(
            "time",
            &m.request_timeline(),
            Html::text(&m.request_timeline_count(entries.len() as i64)),
            Html::empty(),
        ))
        .and(&components::timeline(&entries, today, locale))
        .and(&Html::raw("</section>"));
    out = out.and(&messages(visit, loaded, form, &format!("/requests/{}/message", case.number), "", true).await?);
    out = out
        .and(&Html::raw("</div><aside class=\"aside is-sticky\">"))
        .and(&aside(visit, loaded).await?)
        .and(&Html::raw("</aside></div></div>"));
    Ok(out)
}

/// Whether the viewer must not learn who asks: a report (举报) outside the bureau.
fn is_masked(visit: &Visit, case: &Case) -> bool {
    kind_of(case) == RequestKind::Report
        && visit.viewer().actor().is_some_and(|a| a.role.is_staff() && a.role.capacity() != Capacity::Bureau)
}

fn firm_line(loaded: &Loaded, locale: Locale, link: bool) -> Html {
    let m = t(locale);
    match &loaded.firm {
        Some(firm) => {
            let name = if link {
                components::link(&format!("/enterprises/{}", firm.number), &firm.name)
            } else {
                Html::text(&firm.name)
            };
            let district = firm.district.as_deref().and_then(District::by_code).map_or("", |d| d.name(locale));
            name.say(&m.request_firm_facts(district, firm.size.label(locale)))
        }
        None => {
            let name = loaded.detail.firm_text.clone().unwrap_or_else(|| m.request_no_firm());
            Html::text(&name).say(&m.request_firm_unregistered())
        }
    }
}

/// The sentence on top: whose turn, to do what, by when – and the steps of the way.
fn standing(ctx: &Ctx, loaded: &Loaded, state: State, locale: Locale, firm: bool) -> Html {
    let m = t(locale);
    let today = ctx.today();
    let case = &loaded.case;
    let due = case.due();
    let calendar = ctx.calendar();
    let left = due.map(|due| Left::until(&calendar, today, due));
    let tone = left.as_ref().map(|l| components::left_tone(l.days).0);
    let day = due.map(|d| dates::date_act(d, today, locale)).unwrap_or_default();
    let names: Vec<&str> = loaded.assigned.iter().filter(|a| a.is_open()).map(|a| a.shown(locale)).collect();
    let handlers = if names.is_empty() { m.request_handlers_none() } else { names.join(&m.request_join()) };
    let sentence = match state {
        State::Draft | State::Submitted => Html::fill(&m.request_say_submitted("{0}"), &[day]),
        State::Returned => Html::text(&m.request_say_returned()),
        State::Accepted => Html::fill(&m.request_say_accepted("{0}"), &[day]),
        State::Dispatched => Html::fill(&m.request_say_dispatched(&handlers, "{0}"), &[day]),
        State::InProgress => Html::fill(&m.request_say_in_progress(&handlers, "{0}"), &[day]),
        State::Waiting => Html::text(&m.request_say_waiting(case.left_days.unwrap_or_default())),
        State::Answered => Html::fill(&m.request_say_answered("{0}"), &[day]),
        State::Closed => {
            let how = loaded.detail.closed_how().map_or_else(String::new, |h| h.label(locale));
            Html::text(&m.request_say_closed(&how))
        }
        State::Lapsed => Html::text(&m.request_say_lapsed()),
        State::Refused => {
            let rules = case.rules(ctx);
            let ground = loaded.detail.closing.as_deref().and_then(|g| rules.refusal_ground(g));
            let (why, whom) = ground.map_or_else(Default::default, |g| {
                (g.text.get(locale).to_owned(), g.ask_instead.get(locale).to_owned())
            });
            Html::text(&m.request_say_refused(&why, &whom))
        }
        State::Withdrawn => Html::text(&m.request_say_withdrawn()),
    };
    let mut rest = Html::empty();
    if let Some(left) = &left {
        rest = components::left_status(left.days, left.with_today, locale);
        if case.provisional {
            rest = rest.say(&m.request_provisional());
        }
        if loaded.count.is_some() {
            rest = rest.say(&m.request_stop()).and(&components::link("#count", &m.request_how_counted()));
        }
    }
    let words: [(String, Option<i64>); 5] = [
        (m.request_step_submitted(), Some(case.opened_at)),
        (m.request_step_accepted(), loaded.detail.accepted_at),
        (m.request_step_working(), loaded.detail.dispatched_at),
        (m.request_step_answered(), loaded.detail.answered_at),
        (m.request_step_closed(), case.closed_at),
    ];
    let now = firm_step(state);
    let over = case.closed_at.is_some();
    let steps = words
        .into_iter()
        .enumerate()
        .map(|(i, (label, at))| {
            let done = if over { at.is_some() || i == 0 || i == 4 } else { i < now };
            let step_state = if over && i == 4 || done && i != now || over && done {
                StepState::Done
            } else if i == now && !over {
                StepState::Now
            } else if over {
                StepState::Skipped
            } else {
                StepState::Todo
            };
            let small = if step_state == StepState::Done {
                at.map(|at| dates::date(dates::day_of(at), today, locale)).unwrap_or_default()
            } else if step_state == StepState::Now {
                Html::text(&m.request_step_now())
            } else {
                Html::empty()
            };
            Step { label, small, state: step_state }
        })
        .collect();
    let leaf = match (due, tone) {
        (Some(due), Some(tone)) if !firm || state == State::Answered => Some((due, tone)),
        (Some(due), Some(tone)) => Some((due, tone)),
        _ => None,
    };
    Standing { leaf, say: sentence, rest, steps }.html(locale)
}

fn article_of(offer: &Offer<State, Action, RequestFacts>) -> ArticleRef {
    offer.step.article
}

/// What may be done now, blocked steps with their reason.
async fn staff_actions(visit: &Visit, loaded: &Loaded, state: State, form: &ErrorIn<'_>) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let Some(actor) = visit.viewer().actor() else { return Ok(Html::empty()) };
    let case = &loaded.case;
    let base = format!("/requests/{}", case.number);
    let version = case.version.to_string();
    let mut lines: Vec<ActionLine> = Vec::new();
    // First what belongs to one's own assignment.
    for own in loaded.assigned.iter().filter(|a| a.is_open()) {
        lines.extend(assignment_lines(visit, loaded, own, form).await?);
    }
    for offer in FLOW.offers(state, Doer::Person(actor), &loaded.facts) {
        let action = offer.step.action;
        let verb = action.label(locale);
        let id = action.code();
        let article = article_of(&offer);
        if let Some(refusal) = &offer.blocked {
            let verb = if action == Action::Confirm { m.request_verb_close() } else { verb };
            lines.push(ActionLine::blocked(&verb, refusal.reason.get(locale).to_owned()).under(article));
            continue;
        }
        let post = format!("{base}/{id}");
        let words = |label: String, hint: String| {
            Field::area("words", label)
                .id(&format!("{id}-words"))
                .hint(hint)
                .rows(3)
                .value(form.value(id, "words"))
                .error(form.of(id, locale))
                .html(locale)
        };
        let line = match action {
            Action::Accept => {
                ActionLine::form(id, &verb, &post, accept_fields(loaded, locale), &m.request_submit_accept())
                    .note(m.request_note_accept())
            }
            Action::Return => ActionLine::form(
                id,
                &verb,
                &post,
                words(m.request_field_gaps(), m.request_hint_gaps()),
                &m.request_submit_return(),
            )
            .note(m.request_note_return()),
            Action::Refuse => {
                let rules = case.rules(ctx);
                let grounds: Vec<(String, String)> = rules
                    .refusal_grounds()
                    .iter()
                    .filter(|g| g.active)
                    .map(|g| (g.code.clone(), g.text.get(locale).to_owned()))
                    .collect();
                let ground = Field::select("ground", m.request_field_ground())
                    .id("refuse-ground")
                    .option("", m.request_choose())
                    .options(grounds)
                    .value(form.value(id, "ground"))
                    .html(locale);
                ActionLine::form(
                    id,
                    &verb,
                    &post,
                    ground.and(&words(m.request_field_why(), m.request_hint_why())),
                    &m.request_submit_refuse(),
                )
                .note(m.request_note_refuse())
                .style(Style::Second)
            }
            Action::Dispatch => {
                ActionLine::link(&verb, &format!("{base}/dispatch")).note(m.request_note_dispatch()).style(Style::Solid)
            }
            Action::Add => ActionLine::link(&verb, &format!("{base}/dispatch")).note(m.request_note_add()),
            Action::Answer => ActionLine::form(
                id,
                &m.request_verb_answer(),
                &post,
                words(m.request_field_answer(), m.request_hint_answer()),
                &m.request_submit_answer(),
            )
            .note(m.request_note_answer()),
            Action::Extend => {
                let most = case.rules(ctx).working_days(Limit::Extension).unwrap_or_default();
                let days = Field::number("days", m.request_field_days())
                    .id("extend-days")
                    .hint(m.request_hint_days(i64::from(most)))
                    .value(form.value(id, "days"))
                    .width("w-short")
                    .html(locale);
                ActionLine::form(
                    id,
                    &verb,
                    &post,
                    days.and(&words(m.request_field_why(), m.request_hint_extend())),
                    &m.request_submit_extend(),
                )
                .note(m.request_note_extend(i64::from(most)))
            }
            Action::AskFirm => ActionLine::form(
                id,
                &verb,
                &post,
                words(m.request_field_ask(), m.request_hint_ask()),
                &m.request_submit_ask(),
            )
            .note(m.request_note_ask()),
            Action::Resume => ActionLine::form(
                id,
                &verb,
                &post,
                words(m.request_field_got(), String::new()),
                &m.request_submit_resume(),
            )
            .note(m.request_note_resume()),
            Action::ConfirmByCall => ActionLine::link(&m.request_verb_call(), &format!("{base}/call-back"))
                .note(m.request_note_call())
                .style(Style::Solid),
            Action::RedoByCall => continue,
            _ if offer.step.words == Words::None => ActionLine::post(&verb, &post),
            _ => ActionLine::form(id, &verb, &post, words(m.request_field_why(), String::new()), &verb),
        };
        lines.push(line.hidden("version", &version).under(article).open(form.of(id, locale).is_some()));
    }
    if actor.is(inbox::URGERS)
        && matches!(state, State::Submitted | State::Accepted | State::Dispatched | State::InProgress)
        && case.desk().code() == actor.role.capacity().code()
    {
        lines.push(
            ActionLine::post(&m.request_verb_urge(), "/inbox/urge")
                .hidden("n", &case.number)
                .icon("bell")
                .note(m.request_note_urge())
                .under(art(5)),
        );
    }
    let role = huiqi_identity::role_label(actor.role, locale);
    let body = if lines.is_empty() { components::empty(m.request_nothing_to_do()) } else { actions(&lines, locale) };
    Ok(Html::raw("<section class=\"section no-print\" aria-labelledby=\"do\">")
        .and(&section_head(
            "do",
            &m.request_you_can(),
            Html::text(&m.request_as(format!("{} {role}", actor.place(locale)))),
            Html::empty(),
        ))
        .and(&body)
        .and(&Html::raw("</section>")))
}

fn accept_fields(loaded: &Loaded, locale: Locale) -> Html {
    let m = t(locale);
    let kind = kind_of(&loaded.case);
    let class = super::rules::usual_class(kind);
    let kinds = RequestKind::ALL.iter().filter(|k| **k != RequestKind::Report).map(|k| (k.code(), k.label(locale)));
    let classes = Class::ALL.iter().map(|c| (c.code(), c.label(locale)));
    let categories = Category::all().iter().map(|c| (c.code().to_owned(), c.name(locale).to_owned()));
    Field::select("kind", m.ask_kind())
        .id("accept-kind")
        .options(kinds)
        .value(kind.code())
        .html(locale)
        .and(
            &Field::select("category", m.ask_category())
                .id("accept-category")
                .option("", m.request_choose())
                .options(categories)
                .value(loaded.case.category.clone().unwrap_or_default())
                .html(locale),
        )
        .and(
            &Field::select("class", m.request_field_class())
                .id("accept-class")
                .hint(m.request_hint_class())
                .options(classes)
                .value(class.code())
                .html(locale),
        )
}

/// Lines of the viewer's own assignment (or those a dispatcher may recall).
async fn assignment_lines(
    visit: &Visit,
    loaded: &Loaded,
    own: &Assigned,
    form: &ErrorIn<'_>,
) -> Result<Vec<ActionLine>, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let Some(actor) = visit.viewer().actor() else { return Ok(Vec::new()) };
    let others = loaded.assigned.iter().filter(|a| a.is_open() && a.case.id != own.case.id).count();
    let facts = facts_of(&own.case, &loaded.detail, &loaded.case.state, others, own.lead);
    let state = own.state();
    let version = own.case.version.to_string();
    let mut lines = Vec::new();
    for offer in assignment::FLOW.offers(state, Doer::Person(actor), &facts) {
        let action = offer.step.action;
        if action == assignment::Action::Recall {
            // Recalling stands with the assignment it is about.
            continue;
        }
        let id = format!("a-{}", action.code());
        let verb = action.label(locale);
        if let Some(refusal) = &offer.blocked {
            lines.push(ActionLine::blocked(&verb, refusal.reason.get(locale).to_owned()).under(offer.step.article));
            continue;
        }
        let post = format!("/assignments/{}/{}", own.case.number, action.code());
        let words = |label: String, hint: String| {
            Field::area("words", label)
                .id(&format!("{id}-words"))
                .hint(hint)
                .rows(3)
                .value(form.value(&id, "words"))
                .error(form.of(&id, locale))
                .html(locale)
        };
        let line = match action {
            assignment::Action::Take => {
                ActionLine::post(&verb, &post).note(m.assignment_note_take()).style(Style::Solid)
            }
            assignment::Action::Contact => ActionLine::form(
                &id,
                &verb,
                &post,
                words(m.assignment_field_contact(), m.assignment_hint_contact()),
                &m.assignment_submit_contact(),
            )
            .note(m.assignment_note_contact())
            .style(Style::Solid),
            assignment::Action::Report => {
                let files =
                    Field::file("file", m.ask_files()).id(&format!("{id}-file")).optional().multiple().html(locale);
                let label = if own.lead || loaded.assigned.len() == 1 {
                    m.assignment_field_answer()
                } else {
                    m.assignment_field_opinion()
                };
                ActionLine::form(
                    &id,
                    &verb,
                    &post,
                    words(label, m.request_hint_answer()).and(&files),
                    &m.assignment_submit_report(),
                )
                .note(m.assignment_note_report())
                .with_files()
                .style(if state == assignment::State::Working { Style::Solid } else { Style::Second })
            }
            assignment::Action::Decline => ActionLine::form(
                &id,
                &verb,
                &post,
                words(m.request_field_why(), m.assignment_hint_decline()),
                &m.assignment_submit_decline(),
            )
            .note(m.assignment_note_decline()),
            assignment::Action::Unreachable => ActionLine::form(
                &id,
                &verb,
                &post,
                words(m.assignment_field_tried(), m.assignment_hint_tried()),
                &m.assignment_submit_unreachable(),
            )
            .note(m.assignment_note_unreachable()),
            assignment::Action::GiveUp => ActionLine::form(
                &id,
                &verb,
                &post,
                words(m.request_field_why(), m.assignment_hint_give_up()),
                &m.assignment_submit_give_up(),
            )
            .note(m.assignment_note_give_up()),
            _ => continue,
        };
        lines.push(line.hidden("version", &version).under(offer.step.article).open(form.of(&id, locale).is_some()));
    }
    let manages = matches!(actor.role, Role::WindowManager | Role::ProviderManager);
    if manages && huiqi_kernel::flow::Facts::tied(&facts, actor, huiqi_kernel::flow::Tie::Handler) {
        let colleagues = huiqi_identity::people::colleagues(visit.ctx(), actor.organisation, actor.window).await?;
        if colleagues.len() > 1 {
            let body = Field::select("person", m.assignment_field_colleague())
                .id("give-person")
                .options(colleagues)
                .html(locale);
            lines.push(
                ActionLine::form(
                    "give",
                    &m.assignment_verb_give(),
                    &format!("/assignments/{}/give", own.case.number),
                    body,
                    &m.assignment_submit_give(),
                )
                .note(m.assignment_note_give()),
            );
        }
    }
    Ok(lines)
}

/// Who does what by when, and how the running limit was counted.
fn turns(ctx: &Ctx, loaded: &Loaded, state: State, locale: Locale) -> Html {
    let m = t(locale);
    let today = ctx.today();
    let calendar = ctx.calendar();
    let mut table = Table::new(&m.request_turns())
        .cards()
        .col(Col::text(&m.request_turn_who()))
        .col(Col::text(&m.request_turn_what()))
        .col(Col::nowrap(&m.request_turn_due()))
        .col(Col::text(&m.request_turn_how()));
    let situation = |due: Option<NaiveDate>, paused: bool| match due {
        Some(due) => {
            let left = Left::until(&calendar, today, due);
            components::left_status_short(left.days, left.with_today, locale)
        }
        None if paused => status(Tone::Idle, "pause", m.request_turn_paused()),
        None => status(Tone::Idle, "todo", m.request_turn_none()),
    };
    let cell = |due: Option<NaiveDate>| {
        due.map_or_else(|| Html::text(&m.request_turn_no_due()), |d| dates::due_cell(d, today, locale))
    };
    let who = |name: String, small: String| {
        Html::text(&name).and(&Html::raw("<small>")).say(&small).and(&Html::raw("</small>"))
    };
    let case = &loaded.case;
    let mut rows = 0;
    for below in loaded.assigned.iter().filter(|a| a.is_open()) {
        let what = match below.state() {
            assignment::State::Offered | assignment::State::Prepared => m.request_do_take(),
            assignment::State::Taken => m.request_do_contact(),
            assignment::State::Unreachable => m.request_do_reach(),
            _ if below.lead || loaded.detail.lead.is_none() => m.request_do_answer(),
            _ => m.request_do_opinion(),
        };
        let small = below.person_shown(locale).map_or_else(|| m.request_pool(), str::to_owned);
        table.push(
            "",
            [
                Cell::from(who(below.shown(locale).to_owned(), small)),
                Cell::from(what),
                Cell::from(cell(below.case.due())),
                Cell::from(situation(below.case.due(), below.case.is_paused())),
            ],
        );
        rows += 1;
    }
    let desk = match case.desk() {
        record::Desk::Operator => m.request_desk_operator(),
        record::Desk::Centre => m.request_desk_centre(),
        record::Desk::Bureau => m.request_desk_bureau(),
    };
    let own = match state {
        State::Draft | State::Submitted => Some((desk, m.request_do_accept())),
        State::Accepted => Some((desk, m.request_do_dispatch())),
        State::Returned => Some((m.request_the_firm(), m.request_do_complete())),
        State::Waiting => Some((m.request_the_firm(), m.request_do_supply())),
        State::Answered => Some((m.request_the_firm(), m.request_do_confirm())),
        _ => None,
    };
    if let Some((name, what)) = own {
        table.push(
            "",
            [
                Cell::from(Html::text(&name)),
                Cell::from(what),
                Cell::from(cell(case.due())),
                Cell::from(situation(case.due(), case.is_paused())),
            ],
        );
        rows += 1;
    }
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"who\">").and(&section_head(
        "who",
        &m.request_turns(),
        Html::empty(),
        Html::empty(),
    ));
    out = if rows == 0 { out.and(&components::empty(m.request_turns_none())) } else { out.and(&table.html()) };
    if let Some(how) = derivation(ctx, loaded, locale, case.closed_at.is_none()) {
        out = out.and(&how);
    }
    out.and(&Html::raw("</section>"))
}

fn derivation(ctx: &Ctx, loaded: &Loaded, locale: Locale, open: bool) -> Option<Html> {
    let m = t(locale);
    let today = ctx.today();
    let case = &loaded.case;
    let limit = case.due_limit.as_deref().and_then(Limit::from_code)?;
    let rules = case.rules(ctx);
    let parameter = rules.param(limit.id())?;
    let name = parameter.name.get(locale).to_owned();
    let value = rules.value_text(parameter, locale);
    let basis =
        components::article(parameter.article, locale).say(" ").say(&m.request_basis(&name, &value, case.rule_version));
    match loaded.count.as_ref()? {
        Count::Running(deadline) => {
            let start = match limit {
                Limit::Accept => Some(m.request_start_submit()),
                Limit::Dispatch => Some(m.request_start_accept()),
                Limit::Consultation | Limit::Ordinary | Limit::Complex => Some(m.request_start_dispatch()),
                Limit::Silence => Some(m.request_start_answer()),
                _ => None,
            };
            let intro = if case.extended_days > 0 {
                Html::text(&m.request_how_extended(&name, case.due_days.unwrap_or_default(), case.extended_days))
            } else {
                Html::empty()
            };
            Some(How { id: "count", deadline, today, start, intro, basis, open }.html(locale))
        }
        Count::Suspended(suspended) => {
            let strip = components::days_strip(&suspended.days, None, today, None, locale);
            let body = Html::raw("<p>")
                .say(&m.request_how_suspended(i64::from(suspended.left)))
                .and(&Html::raw("</p>"))
                .and(&strip)
                .and(&Html::raw("<p class=\"quiet\">"))
                .and(&basis)
                .and(&Html::raw("</p>"));
            Some(components::folded(m.request_how_suspended_title(), &body))
        }
    }
}

/// To whom it was given, and what each answered.
async fn answers(visit: &Visit, loaded: &Loaded, state: State, _form: &ErrorIn<'_>) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"ass\">");
    let taken = loaded.assigned.iter().filter(|a| a.taken_at.is_some()).count() as i64;
    let beside = if loaded.assigned.is_empty() {
        Html::empty()
    } else {
        Html::text(&m.request_answers_count(loaded.assigned.len() as i64, taken))
    };
    out = out.and(&section_head("ass", &m.request_answers(), beside, Html::empty()));
    if let Some(answer) = &loaded.detail.answer {
        let at = loaded.detail.answered_at.map(|at| dates::moment(at, today, locale)).unwrap_or_default();
        out = out
            .and(&Html::raw("<div class=\"card\"><h3>"))
            .say(&m.request_standing_answer())
            .and(&Html::raw("</h3><div lang=\"zh-CN\">"))
            .and(&components::paragraphs(answer))
            .and(&Html::raw("</div><p class=\"meta\">"))
            .and(&at)
            .and(&Html::raw("</p></div>"));
    }
    if loaded.assigned.is_empty() {
        if loaded.detail.answer.is_none() {
            out = out.and(&components::empty(if state == State::Closed {
                m.request_answers_spot()
            } else {
                m.request_answers_none()
            }));
        }
        return Ok(out.and(&Html::raw("</section>")));
    }
    out = out.and(&Html::raw("<ul class=\"plain answers\">"));
    let viewer = visit.viewer();
    let actor = viewer.actor();
    let handler_view = actor.is_some_and(|a| matches!(a.role.capacity(), Capacity::Window | Capacity::Provider));
    for below in loaded.assigned.iter().rev() {
        let own = actor.is_some_and(|a| {
            if a.window.is_some() {
                below.case.handler_window == a.window
            } else {
                below.case.handler_org == Some(a.organisation)
            }
        });
        if handler_view && !own {
            continue;
        }
        let (tone, icon) = match below.state() {
            assignment::State::Prepared | assignment::State::Offered => (Tone::Run, "in"),
            assignment::State::Taken | assignment::State::Working => (Tone::Run, "run"),
            assignment::State::Unreachable => (Tone::Warn, "alert"),
            assignment::State::Reported => (Tone::Good, "done"),
            _ => (Tone::Idle, "no"),
        };
        let mut meta: Vec<Html> =
            vec![Html::fill(&m.request_given("{0}"), &[dates::moment(below.case.opened_at, today, locale)])];
        if let Some(at) = below.taken_at {
            meta.push(Html::fill(&m.request_taken("{0}"), &[dates::moment(at, today, locale)]));
        }
        if loaded.detail.mode() == Some(Mode::Lead) && loaded.assigned.len() > 1 {
            meta.push(Html::text(&if below.lead { m.request_lead() } else { m.request_assist() }));
        }
        if !handler_view && !below.why.is_empty() {
            let why = suggest::reasons(&below.why, loaded.case.district.as_deref(), locale);
            meta.push(Html::text(&m.request_why(&why)));
        }
        out = out
            .and(&Html::raw(format!("<li id=\"{}\"><div class=\"answer-head\"><h3>", below.case.number)))
            .say(below.shown(locale))
            .and(&Html::raw("</h3>"))
            .and(&status(tone, icon, below.state().label(locale)))
            .and(&Html::raw("</div><p class=\"meta\">"));
        for part in &meta {
            out = out.and(&Html::raw("<span>")).and(part).and(&Html::raw("</span>"));
        }
        out = out.and(&Html::raw("</p>"));
        if let Some(answer) = &below.answer {
            out = out
                .and(&Html::raw("<blockquote lang=\"zh-CN\">"))
                .and(&components::paragraphs(answer))
                .and(&Html::raw("</blockquote>"));
        }
        if below.is_open()
            && let Some(actor) = actor
        {
            let facts = facts_of(&below.case, &loaded.detail, &loaded.case.state, 0, below.lead);
            let may =
                assignment::FLOW.decide(below.state(), assignment::Action::Recall, Doer::Person(actor), &facts).is_ok();
            if may {
                let id = format!("recall-{}", below.case.number);
                let body = Field::area("words", m.request_field_why()).id(&id).rows(2).html(locale);
                let line = ActionLine::form(
                    &format!("{id}-form"),
                    &assignment::Action::Recall.label(locale),
                    &format!("/assignments/{}/recall", below.case.number),
                    body,
                    &m.request_submit_recall(),
                )
                .note(m.request_note_recall())
                .hidden("version", &below.case.version.to_string())
                .style(Style::Plain);
                out = out.and(&actions(&[line], locale));
            }
        }
        out = out.and(&Html::raw("</li>"));
    }
    Ok(out.and(&Html::raw("</ul></section>")))
}

/// Messages and the form to write one.
pub async fn messages(
    visit: &Visit,
    loaded: &Loaded,
    form: &ErrorIn<'_>,
    post: &str,
    under: &str,
    staff: bool,
) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let list = thread::messages(ctx, &loaded.case, visit.viewer(), &loaded.files, under, locale).await?;
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"msg\">").and(&section_head(
        "msg",
        &m.request_thread(),
        Html::text(&m.request_thread_count(list.len() as i64)),
        Html::empty(),
    ));
    out = if list.is_empty() {
        out.and(&components::empty_small(m.request_thread_empty()))
    } else {
        out.and(&components::thread(&list, ctx.today(), locale))
    };
    let area = Field::area("say", m.request_write())
        .id("say")
        .rows(3)
        .max(thread::MAX_WORDS as u32)
        .value(form.value("message", "say"))
        .error(form.of("message", locale))
        .html(locale);
    out = out
        .and(&Html::raw("<form method=\"post\" class=\"no-print say-form\" enctype=\"multipart/form-data\" action=\""))
        .say(post)
        .and(&Html::raw("\">"))
        .and(&area);
    if staff {
        out = out.and(
            &Field::radios("to", m.request_write_to())
                .label_hidden()
                .in_row()
                .options([("all", m.request_write_all()), ("inside", m.request_write_inside())])
                .value("all")
                .html(locale),
        );
    }
    out = out.and(
        &Field::file("file", m.ask_files()).id("say-file").optional().multiple().hint(m.ask_files_hint()).html(locale),
    );
    Ok(out
        .and(&Html::raw("<div class=\"button-row\">"))
        .and(&components::button(&m.request_send(), Style::Second))
        .and(&Html::raw("</div></form></section>")))
}

async fn aside(visit: &Visit, loaded: &Loaded) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    if is_masked(visit, &loaded.case) {
        return Ok(Html::raw(
            "<section class=\"section\" aria-labelledby=\"firm\"><h2 class=\"aside-title\" id=\"firm\">",
        )
        .say(&m.request_firm())
        .and(&Html::raw("</h2>"))
        .and(&components::empty_small(m.request_masked_why()))
        .and(&Html::raw("</section>"))
        .and(&files_box(loaded, "", locale)));
    }
    let chain = in_handling_chain(visit.viewer(), &loaded.case, &loaded.assigned);
    let phone = if chain {
        Html::raw("<a href=\"tel:")
            .say(&loaded.detail.phone)
            .and(&Html::raw("\">"))
            .say(&loaded.detail.phone)
            .and(&Html::raw("</a>"))
    } else {
        Html::text(&text::mask_phone(&loaded.detail.phone))
            .and(&Html::raw("<form method=\"post\" action=\"/requests/"))
            .say(&loaded.case.number)
            .and(&Html::raw("/phone\"><button class=\"button is-plain is-small\" type=\"submit\">"))
            .say(&m.request_reveal())
            .and(&Html::raw("</button></form>"))
    };
    let mut rows: Vec<(String, Html)> = Vec::new();
    match &loaded.firm {
        Some(firm) => {
            rows.push((m.request_firm_name(), components::link(&format!("/enterprises/{}", firm.number), &firm.name)));
            if let Some(code) = &firm.code {
                rows.push((m.request_firm_code(), components::reference(code)));
            }
            rows.push((m.request_firm_size(), Html::text(firm.size.label(locale))));
        }
        None => rows.push((
            m.request_firm_name(),
            Html::text(&loaded.detail.firm_text.clone().unwrap_or_else(|| m.request_no_firm())),
        )),
    }
    rows.push((m.request_contact(), Html::text(&loaded.detail.contact_name)));
    rows.push((m.request_phone(), phone));
    let reach = match loaded.detail.reach.as_str() {
        "text" => m.ask_reach_text(),
        "site" => m.ask_reach_site(),
        _ => m.ask_reach_call(),
    };
    rows.push((m.request_reach(), Html::text(&reach)));
    if !loaded.detail.verified {
        rows.push((m.request_tie(), status(Tone::Warn, "alert", m.request_tie_unchecked())));
    }
    if let Some((number, _)) = loaded.detail.outside_number.as_ref().map(|n| (n, ())) {
        rows.push((m.request_outside(), Html::text(number)));
    }
    if loaded.detail.about_org.is_some() || loaded.detail.about_window.is_some() {
        let names = organisations::names(visit.ctx(), &loaded.detail.about_org.into_iter().collect::<Vec<_>>()).await?;
        let name = names.values().next().map(|n| n.name.clone()).unwrap_or_default();
        rows.push((m.request_about(), Html::text(&name)));
    }
    let staff_code =
        visit.viewer().actor().is_some_and(|a| matches!(a.role.capacity(), Capacity::Operator | Capacity::Centre));
    if staff_code && chain {
        rows.push((m.request_code(), components::reference(&loaded.detail.query_code)));
    }
    let mut out =
        Html::raw("<section class=\"section\" aria-labelledby=\"firm\"><h2 class=\"aside-title\" id=\"firm\">")
            .say(&m.request_firm())
            .and(&Html::raw("</h2>"))
            .and(&kv(&rows))
            .and(&Html::raw("</section>"));
    out = out.and(&files_box(loaded, "", locale));
    out = out.and(&rating_box(loaded, locale));
    Ok(out)
}

fn files_box(loaded: &Loaded, under: &str, locale: Locale) -> Html {
    let m = t(locale);
    let mut out =
        Html::raw("<section class=\"section\" aria-labelledby=\"files\"><h2 class=\"aside-title\" id=\"files\">")
            .say(&m.request_files())
            .and(&Html::raw("</h2>"));
    if loaded.files.is_empty() {
        return out.and(&components::empty_small(m.request_files_none())).and(&Html::raw("</section>"));
    }
    out = out.and(&Html::raw("<ul class=\"plain small\">"));
    for file in &loaded.files {
        out = out.and(&Html::raw("<li>")).and(&components::file_link(
            &file.href(under),
            &file.name,
            file.bytes.unsigned_abs(),
        ));
        if file.preview.is_some() {
            out = out
                .and(&Html::raw("<a href=\""))
                .say(&format!("{}/preview", file.href(under)))
                .and(&Html::raw("\"><img class=\"preview\" loading=\"lazy\" alt=\""))
                .say(&m.request_preview(&file.name))
                .and(&Html::raw("\" src=\""))
                .say(&format!("{}/preview", file.href(under)))
                .and(&Html::raw("\"></a>"));
        }
        out = out.and(&Html::raw("</li>"));
    }
    out.and(&Html::raw("</ul></section>"))
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

fn rating_box(loaded: &Loaded, locale: Locale) -> Html {
    let m = t(locale);
    let out = Html::raw("<section class=\"section\" aria-labelledby=\"rate\"><h2 class=\"aside-title\" id=\"rate\">")
        .say(&m.request_rating())
        .and(&Html::raw("</h2>"));
    let inner = match &loaded.rating {
        Some(rating) => {
            let tone = if rating.grade <= 2 {
                Tone::Bad
            } else if rating.grade == 3 {
                Tone::Warn
            } else {
                Tone::Good
            };
            let icon = if rating.grade <= 2 { "stop" } else { "done" };
            let word = status(tone, icon, m.request_graded(rating.grade, grade_word(rating.grade, locale)));
            let said = rating
                .words
                .as_deref()
                .map(|w| Html::raw("<blockquote lang=\"zh-CN\">").say(w).and(&Html::raw("</blockquote>")))
                .unwrap_or_default();
            Html::raw("<p>").and(&word).and(&Html::raw("</p>")).and(&said)
        }
        None if loaded.detail.answered_at.is_some() => components::empty_small(m.request_rating_none()),
        None => components::empty_small(m.request_rating_early()),
    };
    out.and(&inner).and(&Html::raw("</section>"))
}

/// The page a firm sees, with or without an account: five plain words, one next action, a person's name and phone.
///
/// `base` is `/requests` for the signed-in firm and `/follow` for the bearer of number and code.
///
/// # Errors
/// When the database fails.
pub async fn firm_page(
    visit: &Visit,
    loaded: &Loaded,
    viewer: Option<&Viewer>,
    base: &str,
    form: &ErrorIn<'_>,
) -> Result<Html, Fault> {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let case = &loaded.case;
    let state: State = case.state()?;
    let doer = match viewer {
        Some(Viewer::Signed(actor)) => Doer::Person(actor),
        _ => Doer::Bearer,
    };
    let own = format!("{base}/{}", case.number);
    let under = if base == "/follow" { own.as_str() } else { "" };
    let mut out = Html::raw("<div class=\"wrap\">");
    let up = if base == "/follow" {
        ("/follow".to_owned(), m.follow_title())
    } else {
        ("/requests".to_owned(), m.mine_title())
    };
    out = out
        .and(&components::crumbs(&[up], Some(components::reference(&case.number)), locale))
        .and(&huiqi_web::layout::flash_slot());
    let (tone, icon) = state_tone(state);
    let words = [
        m.request_step_submitted(),
        m.request_step_accepted(),
        m.request_step_working(),
        m.request_step_answered(),
        m.request_step_closed(),
    ];
    let word = match state {
        State::Refused | State::Withdrawn | State::Lapsed => state.label(locale),
        _ => words[firm_step(state)].clone(),
    };
    out = out
        .and(&Html::raw("<header class=\"case-head\"><div><p class=\"case-kind\">"))
        .and(&components::tag(&kind_of(case).label(locale)))
        .and(&Html::raw("<span class=\"quiet small\">"))
        .and(&dates::moment(case.opened_at, today, locale))
        .and(&Html::raw("</span></p><h1 class=\"phrased\" lang=\"zh-CN\">"))
        .and(&phrased(text::phrases(&case.title).iter().map(String::as_str)))
        .and(&Html::raw("</h1></div><div class=\"button-row\">"))
        .and(&badge(tone, icon, word))
        .and(&Html::raw("</div></header>"));
    out = out.and(&standing(ctx, loaded, state, locale, true));
    out = out.and(&Html::raw("<div class=\"split\"><div>"));
    // The answer comes before what may be done with it.
    if let Some(answer) = &loaded.detail.answer {
        out = out
            .and(&Html::raw("<section class=\"section\" aria-labelledby=\"answer\">"))
            .and(&section_head(
                "answer",
                &m.request_standing_answer(),
                loaded.detail.answered_at.map(|at| dates::moment(at, today, locale)).unwrap_or_default(),
                Html::empty(),
            ))
            .and(&Html::raw("<div lang=\"zh-CN\">"))
            .and(&components::paragraphs(answer))
            .and(&Html::raw("</div></section>"));
    }
    let lines = firm_lines(loaded, state, doer, &own, form, locale);
    if !lines.is_empty() {
        out = out
            .and(&Html::raw("<section class=\"section no-print\" aria-labelledby=\"do\">"))
            .and(&section_head("do", &m.request_you_can(), Html::empty(), Html::empty()))
            .and(&actions(&lines, locale))
            .and(&Html::raw("</section>"));
    }
    if loaded.detail.mode() == Some(Mode::Choose) && !loaded.detail.chosen && state == State::InProgress {
        out = out.and(&choice_box(loaded, &own, locale));
    }
    if loaded.detail.answer.is_some() && matches!(state, State::Answered | State::Closed | State::Lapsed) {
        out = out.and(&rate_form(loaded, &own, form, locale));
    }
    let staff_steps: Vec<timeline::StepTaken> = loaded.steps.iter().filter(|s| firm_sees(s)).cloned().collect();
    let entries = timeline::entries(&staff_steps, visit.flow(FLOW.code), &Viewer::Public, locale);
    out = out.and(&messages(visit, loaded, form, &format!("{own}/message"), under, false).await?);
    out = out
        .and(&Html::raw("<section class=\"section\" aria-labelledby=\"time\">"))
        .and(&section_head("time", &m.request_timeline(), Html::empty(), Html::empty()))
        .and(&components::timeline(&entries, today, locale))
        .and(&Html::raw("</section></div><aside class=\"aside\">"));
    // A person's name and phone until the end.
    let hotline = ctx.site().text("hotline", locale).to_owned();
    let (name, phone) = loaded.responsible.clone().unwrap_or_else(|| (m.request_desk_name(), hotline.clone()));
    let mut rows = vec![
        (m.request_firm(), firm_line(loaded, locale, false)),
        (m.request_responsible(), Html::text(&name)),
        (
            m.request_phone(),
            Html::raw("<a href=\"tel:")
                .say(&phone.replace(' ', ""))
                .and(&Html::raw("\">"))
                .say(&phone)
                .and(&Html::raw("</a>")),
        ),
        (m.request_number(), components::reference(&case.number)),
    ];
    if base != "/follow" || matches!(doer, Doer::Bearer) {
        rows.push((m.request_code(), components::reference(&loaded.detail.query_code)));
    }
    out = out
        .and(&Html::raw("<section class=\"section\" aria-labelledby=\"resp\"><h2 class=\"aside-title\" id=\"resp\">"))
        .say(&m.request_ask_whom())
        .and(&Html::raw("</h2>"))
        .and(&kv(&rows))
        .and(&Html::raw(
            "</section><section class=\"section\" aria-labelledby=\"mine\"><h2 class=\"aside-title\" id=\"mine\">",
        ))
        .say(&m.request_what_you_wrote())
        .and(&Html::raw("</h2><div class=\"small\" lang=\"zh-CN\">"))
        .and(&components::paragraphs(&loaded.detail.words))
        .and(&Html::raw("</div></section>"))
        .and(&files_box(loaded, under, locale));
    if let Some(how) = derivation(ctx, loaded, locale, false) {
        out = out.and(&Html::raw("<section class=\"section\">")).and(&how).and(&Html::raw("</section>"));
    }
    Ok(out.and(&Html::raw("</aside></div></div>")))
}

/// Steps that mean something to the firm; who was asked and declined is the network's business.
fn firm_sees(step: &timeline::StepTaken) -> bool {
    !matches!(step.action.as_str(), "add" | "send-back" | "confirm-by-call" | "redo-by-call") || step.public
}

fn firm_lines(
    loaded: &Loaded,
    state: State,
    doer: Doer<'_>,
    own: &str,
    form: &ErrorIn<'_>,
    locale: Locale,
) -> Vec<ActionLine> {
    let m = t(locale);
    let version = loaded.case.version.to_string();
    let mut lines = Vec::new();
    for offer in FLOW.offers(state, doer, &loaded.facts) {
        let action = offer.step.action;
        let id = action.code();
        if let Some(refusal) = &offer.blocked {
            lines.push(ActionLine::blocked(&firm_verb(action, locale), refusal.reason.get(locale).to_owned()));
            continue;
        }
        let post = format!("{own}/{id}");
        let words = |label: String, hint: String| {
            Field::area("words", label)
                .id(&format!("{id}-words"))
                .hint(hint)
                .rows(3)
                .value(form.value(id, "words"))
                .error(form.of(id, locale))
                .html(locale)
        };
        let line = match action {
            Action::Confirm => {
                ActionLine::post(&firm_verb(action, locale), &post).note(m.firm_note_confirm()).style(Style::Solid)
            }
            Action::Redo => ActionLine::form(
                id,
                &firm_verb(action, locale),
                &post,
                words(m.firm_field_redo(), m.firm_hint_redo()),
                &m.firm_submit_redo(),
            )
            .note(m.firm_note_redo()),
            Action::Reopen => ActionLine::form(
                id,
                &firm_verb(action, locale),
                &post,
                words(m.firm_field_reopen(), m.firm_hint_reopen()),
                &m.firm_submit_reopen(),
            )
            .note(m.firm_note_reopen()),
            Action::Complete | Action::Supply => {
                let asked = loaded
                    .steps
                    .iter()
                    .find(|s| s.action == Action::Return.code() || s.action == Action::AskFirm.code())
                    .and_then(|s| s.words.clone())
                    .unwrap_or_default();
                let files = Field::file("file", m.ask_files())
                    .id(&format!("{id}-file"))
                    .optional()
                    .multiple()
                    .hint(m.ask_files_hint())
                    .html(locale);
                let body = Html::raw("<p class=\"said\" lang=\"zh-CN\">")
                    .say(&asked)
                    .and(&Html::raw("</p>"))
                    .and(&words(m.firm_field_supply(), String::new()))
                    .and(&files);
                ActionLine::form(id, &firm_verb(action, locale), &post, body, &m.firm_submit_supply())
                    .note(m.firm_note_supply())
                    .with_files()
                    .style(Style::Solid)
                    .open(true)
            }
            Action::Urge => ActionLine::post(&firm_verb(action, locale), &post).note(m.firm_note_urge()).icon("bell"),
            Action::Withdraw => ActionLine::link(&firm_verb(action, locale), &format!("{own}/withdrawal"))
                .note(m.firm_note_withdraw())
                .style(Style::Plain),
            _ => continue,
        };
        let open = form.of(id, locale).is_some() || matches!(action, Action::Complete | Action::Supply);
        lines.push(line.hidden("version", &version).open(open));
    }
    lines
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

fn choice_box(loaded: &Loaded, own: &str, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<section class=\"section no-print\" aria-labelledby=\"choose\">")
        .and(&section_head("choose", &m.firm_choose(), Html::empty(), Html::empty()))
        .and(&Html::raw("<p>"))
        .say(&m.firm_choose_note())
        .and(&Html::raw("</p>"));
    let offers: Vec<&Assigned> = loaded.assigned.iter().filter(|a| a.is_open() && a.taken_at.is_some()).collect();
    let lines: Vec<ActionLine> = offers
        .iter()
        .map(|a| {
            ActionLine::post(&m.firm_choose_this(a.shown(locale)), &format!("{own}/choice"))
                .hidden("assignment", &a.case.number)
                .note(a.person_shown(locale).unwrap_or_default().to_owned())
        })
        .collect();
    out = if lines.is_empty() {
        out.and(&components::empty(m.firm_choose_none()))
    } else {
        out.and(&actions(&lines, locale))
    };
    out.and(&Html::raw("</section>"))
}

/// Five grades, one tap is complete, words optional.
fn rate_form(loaded: &Loaded, own: &str, form: &ErrorIn<'_>, locale: Locale) -> Html {
    let m = t(locale);
    let out = Html::raw("<section class=\"section no-print\" aria-labelledby=\"grade\">").and(&section_head(
        "grade",
        &m.rating_title(),
        Html::text(&m.rating_voluntary()),
        Html::empty(),
    ));
    if let Some(rating) = &loaded.rating {
        return out
            .and(&Html::raw("<p>"))
            .say(&m.rating_given(grade_word(rating.grade, locale)))
            .and(&Html::raw("</p></section>"));
    }
    let mut buttons = Html::raw("<div class=\"button-row grades\">");
    for grade in (1..=5).rev() {
        buttons = buttons
            .and(&Html::raw(format!(
                "<button class=\"button is-second\" type=\"submit\" name=\"grade\" value=\"{grade}\">"
            )))
            .say(&grade_word(grade, locale))
            .and(&Html::raw("</button>"));
    }
    let words = Field::area("words", m.rating_words())
        .id("rating-words")
        .optional()
        .rows(2)
        .value(form.value("rating", "words"))
        .error(form.of("rating", locale))
        .html(locale);
    out.and(&Html::raw("<form method=\"post\" action=\""))
        .say(own)
        .and(&Html::raw("/rating\">"))
        .and(&words)
        .and(&buttons)
        .and(&Html::raw("</div></form></section>"))
}

/// The firm's own list.
///
/// # Errors
/// When the database fails.
pub async fn mine(visit: &Visit) -> Answer {
    #[derive(huiqi_store::sea_orm::FromQueryResult)]
    struct Row {
        number: String,
        title: String,
        state: String,
        kind: Option<String>,
        opened_at: i64,
        due_on: Option<String>,
    }
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let scope = huiqi_casework::scope::visible(visit.viewer());
    let text = format!(
        "SELECT c.number, c.title, c.state, c.kind, c.opened_at, c.due_on FROM case_record c
         WHERE c.flow = 'request' AND ({}) ORDER BY CASE WHEN c.turn = 'firm' THEN 0 WHEN c.closed_at IS NULL THEN 1 ELSE 2 END, c.id DESC LIMIT 100",
        scope.sql
    );
    let rows: Vec<Row> = huiqi_store::ctx::all(visit.ctx(), &text, scope.values).await?;
    let ask = components::link_button("/ask", &m.ask_verb(), Style::Solid, Some("edit"));
    let mut out = Html::raw("<div class=\"wrap\">").and(&components::page_head(
        &m.mine_title(),
        Html::text(&m.mine_count(rows.len() as i64)),
        ask,
    ));
    if rows.is_empty() {
        out = out.and(&components::empty(m.mine_empty()));
    } else {
        let mut table = Table::new(&m.mine_title())
            .cards()
            .row_head(99)
            .col(Col::text(&m.request_number()).bare())
            .col(Col::text(&m.mine_what()).class("what").bare())
            .col(Col::text(&m.mine_state()))
            .col(Col::text(&m.mine_when()));
        for row in &rows {
            let state = State::from_code(&row.state).unwrap_or(State::Submitted);
            let (tone, icon) = state_tone(state);
            let kind =
                row.kind.as_deref().and_then(RequestKind::from_code).map(|k| k.label(locale)).unwrap_or_default();
            let due =
                row.due_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()).filter(|_| state == State::Answered);
            let when = due.map_or_else(
                || dates::date_cell(dates::day_of(row.opened_at), today, locale),
                |d| Html::fill(&m.mine_confirm_by("{0}"), &[dates::date_act(d, today, locale)]),
            );
            table.push(
                "",
                [
                    Cell::from(components::reference(&row.number)),
                    Cell::from(
                        components::link(&format!("/requests/{}", row.number), &row.title)
                            .say(" ")
                            .and(&components::quiet(kind)),
                    ),
                    Cell::from(status(tone, icon, state.label(locale))),
                    Cell::from(when),
                ],
            );
        }
        out = out.and(&table.html());
    }
    visit.page(m.mine_title(), "mine").show(out.and(&Html::raw("</div>"))).await
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
