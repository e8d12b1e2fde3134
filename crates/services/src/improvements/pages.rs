//! The improvement's page, and the list of all.

use axum::extract::{Path, Query};
use huiqi_casework::inbox;
use huiqi_casework::record::{self, Case};
use huiqi_casework::{scope, timeline};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Label, Role, Viewer};
use huiqi_kernel::rule::art;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::{self, ActionLine, Col, Field, FilterBar, Style, Tone, badge, section_head, status};
use huiqi_web::dates::{self};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Failure, Form, Route, Visit};
use serde::Deserialize;

use super::actions::{Input, take};
use super::flow::{Action, FLOW, ImprovementFacts, State};
use super::{Cause, Origin};
use crate::frame::{self, Due, Head, List, Typed, Wrong};
use crate::t;

/// Everybody who meets improvements.
const ANY: &[Role] = &[
    Role::WindowAgent,
    Role::WindowManager,
    Role::ProviderAgent,
    Role::ProviderManager,
    Role::DepartmentOfficer,
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::OperatorEditor,
    Role::OperatorReviewer,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::BureauOfficer,
    Role::BureauApprover,
];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/improvements", list).roles(ANY).under(art(5)).named(|l| t(l).improvement_list_title()),
        Route::get("/improvements/{number}", show).roles(ANY).under(art(5)).named(|l| t(l).improvement_page_name()),
        Route::post("/improvements/{number}/{action}", step).roles(ANY).under(art(5)),
    ]
}

#[derive(Clone, Debug, FromQueryResult)]
struct Detail {
    origin: String,
    said: Option<String>,
    cause: Option<String>,
    heard: Option<String>,
    remedy: Option<String>,
    checked: Option<String>,
    request_number: Option<String>,
    answer: Option<String>,
    handler: Option<String>,
    handler_en: Option<String>,
    checker: Option<String>,
    checker_en: Option<String>,
    grade: Option<i64>,
    excluded_at: Option<i64>,
}

impl Detail {
    fn handler(&self, locale: Locale) -> &str {
        timeline::in_words(self.handler.as_deref().unwrap_or_default(), self.handler_en.as_deref(), locale)
    }

    fn checker(&self, locale: Locale) -> Option<&str> {
        self.checker.as_deref().map(|c| timeline::in_words(c, self.checker_en.as_deref(), locale))
    }
}

async fn detail(ctx: &Ctx, case: i64) -> Result<Detail, Fault> {
    ctx::one(
        ctx,
        "SELECT i.origin, i.said, i.cause, i.heard, i.remedy, i.checked, r.number AS request_number, q.answer,
            COALESCE(w.name, o.name) AS handler,
            CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS handler_en, k.name AS checker, k.name_en AS checker_en, g.grade,
            g.excluded_at
         FROM improvement i JOIN case_record c ON c.id = i.case_id LEFT JOIN case_record r ON r.id = i.request
         LEFT JOIN request q ON q.case_id = i.request
         LEFT JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window
         LEFT JOIN organisation k ON k.id = i.checked_by LEFT JOIN rating g ON g.id = COALESCE(
            (SELECT MAX(x.id) FROM rating x WHERE x.case_id = i.request AND x.at <= c.opened_at),
            (SELECT MIN(x.id) FROM rating x WHERE x.case_id = i.request))
         WHERE i.case_id = ?",
        [Value::from(case)],
    )
    .await?
    .ok_or(Fault::NotFound)
}

#[derive(FromQueryResult)]
struct Gathered {
    number: String,
    title: String,
}

/// The late requests of a month that an improvement stands for.
async fn gathered(ctx: &Ctx, viewer: &Viewer, case: i64) -> Result<Vec<Gathered>, Fault> {
    let scope = scope::visible(viewer);
    let text = format!(
        "SELECT c.number, c.title FROM improvement_case g JOIN case_record c ON c.id = g.request
         WHERE g.improvement = ? AND ({}) ORDER BY c.id LIMIT 200",
        scope.sql
    );
    ctx::all(ctx, &text, std::iter::once(Value::from(case)).chain(scope.values)).await
}

fn tone(state: State) -> (Tone, &'static str) {
    match state {
        State::Found | State::Opened => (Tone::Warn, "alert"),
        State::Heard | State::Planned => (Tone::Run, "run"),
        State::Fixed | State::Explained => (Tone::Run, "in"),
        State::Closed => (Tone::Good, "done"),
    }
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    render(&visit, &number, None, &Form::default()).await
}

async fn render(visit: &Visit, number: &str, error: Option<Wrong<'_>>, typed: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let case = inbox::visible(ctx, visit.viewer(), number).await?;
    if case.flow != FLOW.code {
        return Err(Failure::not_found());
    }
    let state: State = case.state()?;
    let detail = detail(ctx, case.id).await?;
    let steps = timeline::steps(ctx, case.id).await?;
    let gathered = gathered(ctx, visit.viewer(), case.id).await?;
    let shown = crate::orders::shown::load(visit, &case).await?;
    let (tone, icon) = tone(state);
    let origin = Origin::from_code(&detail.origin).map(|o| o.label(locale)).unwrap_or_default();
    let about = match &detail.request_number {
        Some(number) => Html::fill(
            &m.improvement_about(detail.handler(locale), "{0}"),
            &[components::link(&format!("/requests/{number}"), number)],
        ),
        None => Html::text(&m.improvement_about_overdue(detail.handler(locale), gathered.len() as i64)),
    };
    let forms = Typed::new(error.as_ref(), typed, locale);
    let head = Head {
        crumbs: vec![
            ("/inbox".to_owned(), m.request_crumb_inbox()),
            ("/improvements".to_owned(), m.improvement_list_title()),
        ],
        number: case.number.clone(),
        tags: components::tag(&m.improvement_flow()),
        small: Html::text(&origin).say(" ").and(&dates::moment(case.opened_at, today, locale)),
        title: case.title.clone(),
        about: Html::raw("<p class=\"quiet\">").and(&about).and(&Html::raw("</p>")),
        said: detail.said.clone(),
        end: badge(tone, icon, state.label(locale)),
        errors: forms.summary(),
    };
    let mut out = Html::raw("<div class=\"wrap\">")
        .and(&head.html(locale))
        .and(&standing(ctx, &case, &detail, state, locale))
        .and(&Html::raw("<div class=\"split\"><div>"))
        .and(&lines(visit, &case, state, shown.lines(visit, &case, &steps), forms))
        .and(&shown.section(visit, &case));
    if !gathered.is_empty() {
        out = out
            .and(&Html::raw("<section class=\"section\" aria-labelledby=\"late\">"))
            .and(&section_head(
                "late",
                &m.improvement_late(),
                Html::text(&m.mine_count(gathered.len() as i64)),
                Html::empty(),
            ))
            .and(&Html::raw("<ul class=\"plain links\">"));
        for late in &gathered {
            out = out
                .and(&Html::raw("<li>"))
                .and(&components::title_link(&format!("/requests/{}", late.number), &late.title, locale))
                .and(&Html::raw("<small>"))
                .and(&components::reference(&late.number))
                .and(&Html::raw("</small></li>"));
        }
        out = out.and(&Html::raw("</ul></section>"));
    }
    out = out
        .and(&frame::happened(visit, &case, &steps))
        .and(&Html::raw("</div><aside class=\"aside is-sticky\">"))
        .and(&facts(&detail, locale))
        .and(&Html::raw("</aside></div></div>"));
    let title = format!("{} {}", case.number, case.title);
    visit.page(title, "improvements").refused(error.is_some()).show(out).await
}

fn facts(detail: &Detail, locale: Locale) -> Html {
    let m = t(locale);
    let mut rows = vec![(m.improvement_handler(), Html::text(detail.handler(locale)))];
    if let Some(grade) = detail.grade {
        rows.push((
            m.request_rating(),
            Html::text(&m.request_graded(grade, crate::requests::pages::grade_word(grade, locale))),
        ));
        if detail.excluded_at.is_some() {
            rows.push((m.appeal_flow(), Html::text(&m.appeal_improvement_note())));
        }
    }
    if let Some(cause) = detail.cause.as_deref().and_then(Cause::from_code) {
        rows.push((m.improvement_cause(), Html::text(&cause.label(locale))));
    }
    for (label, text) in [
        (m.improvement_heard(), detail.heard.as_deref()),
        (m.improvement_remedy(), detail.remedy.as_deref()),
        (m.improvement_checked(), detail.checked.as_deref()),
        (m.improvement_checker(), detail.checker(locale)),
    ] {
        if let Some(text) = text {
            rows.push((label, components::paragraphs(text)));
        }
    }
    if let Some(answer) = &detail.answer {
        rows.push((m.request_standing_answer(), components::paragraphs(answer)));
    }
    frame::facts(&m.improvement_facts(), &rows)
}

fn standing(ctx: &Ctx, case: &Case, detail: &Detail, state: State, locale: Locale) -> Html {
    let m = t(locale);
    let due = Due::of(ctx, case, locale);
    let day = due.day.clone();
    let who = detail.handler(locale).to_owned();
    let checker = match case.desk() {
        record::Desk::Operator => m.request_desk_operator(),
        record::Desk::Centre => m.request_desk_centre(),
        record::Desk::Bureau => m.request_desk_bureau(),
    };
    let say = match state {
        State::Found | State::Opened if detail.request_number.is_none() => {
            Html::fill(&m.improvement_say_overdue(&who, "{0}"), &[day])
        }
        State::Found | State::Opened => Html::fill(&m.improvement_say_opened(&who, "{0}"), &[day]),
        State::Heard => Html::fill(&m.improvement_say_heard(&who, "{0}"), &[day]),
        State::Planned => Html::fill(&m.improvement_say_planned(&who, "{0}"), &[day]),
        State::Fixed | State::Explained => Html::fill(&m.improvement_say_check(&checker, "{0}"), &[day]),
        State::Closed => Html::text(&m.improvement_say_closed(detail.checker(locale).unwrap_or_default())),
    };
    let now = match state {
        State::Found | State::Opened => 0,
        State::Heard | State::Planned => 1,
        State::Fixed | State::Explained => 2,
        State::Closed => 3,
    };
    let words =
        [m.improvement_step_hear(), m.improvement_step_fix(), m.improvement_step_check(), m.improvement_step_close()];
    let way = frame::way(words.map(|label| (label, Html::empty())), now, state == State::Closed);
    due.standing(say, way, locale)
}

fn lines(visit: &Visit, case: &Case, state: State, watching: Vec<ActionLine>, forms: Typed<'_>) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let Some(actor) = visit.viewer().actor() else { return Html::empty() };
    let facts = ImprovementFacts { case: case.clone() };
    let version = case.version.to_string();
    let mut lines = Vec::new();
    for (i, offer) in FLOW.offers(state, Doer::Person(actor), &facts).into_iter().enumerate() {
        let action = offer.step.action;
        let id = action.code();
        let (label, note) = match action {
            Action::Hear => (m.improvement_field_heard(), m.improvement_note_hear()),
            Action::Fix => (m.improvement_field_fixed(), m.improvement_note_fix()),
            Action::Plan => (m.improvement_field_plan(), m.improvement_note_plan()),
            Action::Explain => (m.improvement_field_explain(), m.improvement_note_explain()),
            Action::Check => (m.improvement_field_check(), m.improvement_note_check()),
            Action::Reject => (m.improvement_field_reject(), m.improvement_note_reject()),
            Action::Open => continue,
        };
        let mut body = Html::empty();
        if action == Action::Hear {
            let causes = Cause::ALL.iter().map(|c| (c.code(), c.label(locale)));
            body = body.and(
                &Field::select("cause", m.improvement_cause())
                    .id("hear-cause")
                    .option("", m.request_choose())
                    .options(causes)
                    .value(forms.value(id, "cause"))
                    .error(forms.error(id, "cause"))
                    .html(locale),
            );
        }
        if action == Action::Plan {
            body = body.and(
                &Field::date("plan_on", m.improvement_plan_on())
                    .id("plan-on")
                    .value(forms.value(id, "plan_on"))
                    .error(forms.error(id, "plan_on"))
                    .html(locale),
            );
        }
        body = body.and(
            &Field::area("words", label)
                .id(&format!("{id}-words"))
                .rows(3)
                .value(forms.value(id, "words"))
                .error(forms.error(id, "words"))
                .html(locale),
        );
        lines.push(
            ActionLine::form(
                id,
                &action.label(locale),
                &format!("/improvements/{}/{id}", case.number),
                body,
                &action.label(locale),
            )
            .note(note)
            .hidden("version", &version)
            .under(offer.step.article)
            .style(if i == 0 { Style::Solid } else { Style::Second })
            .open(forms.failed(id)),
        );
    }
    lines.extend(watching);
    frame::you_can(visit, &lines, &m.request_nothing_to_do())
}

async fn step(visit: Visit, Path((number, action)): Path<(String, String)>, form: Form) -> Answer {
    let action = Action::from_code(&action).ok_or_else(Failure::not_found)?;
    let input = Input {
        version: Some(form.version()).filter(|v| *v >= 0),
        words: form.value("words").to_owned(),
        cause: Cause::from_code(form.value("cause")),
        plan_on: form.value("plan_on").parse().ok(),
    };
    match take(visit.ctx(), visit.viewer(), &number, action, &input).await {
        Ok(_) => visit
            .to(format!("/improvements/{number}"))
            .good(t(visit.locale()).improvement_done(action.label(visit.locale())))
            .now(),
        Err(Fault::Invalid { field, message }) => {
            render(&visit, &number, Some((action.code(), field, message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    cause: String,
    state: String,
    after: String,
}

const PAGE: usize = 40;

async fn list(visit: Visit, Query(query): Query<ListQuery>) -> Answer {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        number: String,
        title: String,
        state: String,
        due_on: Option<String>,
        cause: Option<String>,
        origin: String,
        handler: Option<String>,
        handler_en: Option<String>,
        opened_at: i64,
    }
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let today = ctx.today();
    let mut scope = scope::visible(visit.viewer()).and("c.flow = 'improvement'", []);
    if let Some(cause) = Cause::from_code(&query.cause) {
        scope = scope.and("i.cause = ?", [Value::from(cause.code())]);
    }
    match query.state.as_str() {
        "open" => scope = scope.and("c.closed_at IS NULL", []),
        "closed" => scope = scope.and("c.closed_at IS NOT NULL", []),
        _ => {}
    }
    if let Ok(after) = query.after.parse::<i64>() {
        scope = scope.and("c.id < ?", [Value::from(after)]);
    }
    let text = format!(
        "SELECT c.id, c.number, c.title, c.state, c.due_on, i.cause, i.origin, COALESCE(w.name, o.name) AS handler,
            CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS handler_en, c.opened_at
         FROM case_record c JOIN improvement i ON i.case_id = c.id
         LEFT JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window
         WHERE {} ORDER BY c.id DESC LIMIT {}",
        scope.sql,
        PAGE + 1
    );
    let rows: Vec<Row> = ctx::all(ctx, &text, scope.values).await?;
    let causes = std::iter::once(("".to_owned(), m.improvement_all_causes()))
        .chain(Cause::ALL.iter().map(|c| (c.code().to_owned(), c.label(locale))));
    let states = [("", m.improvement_all_states()), ("open", m.improvement_open()), ("closed", m.improvement_closed())];
    let filters = FilterBar::new("/improvements").select("cause", &m.improvement_cause(), causes, &query.cause).select(
        "state",
        &m.mine_state(),
        states,
        &query.state,
    );
    let what = |row: &Row| {
        let origin = Origin::from_code(&row.origin).map(|o| o.label(locale)).unwrap_or_default();
        components::title_link(&format!("/improvements/{}", row.number), &row.title, locale)
            .say(" ")
            .and(&components::quiet(origin))
    };
    let cause = |row: &Row| {
        let cause = row.cause.as_deref().and_then(Cause::from_code);
        cause.map_or_else(|| m.improvement_cause_unknown(), |c| c.label(locale))
    };
    let state = |row: &Row| {
        let state = State::from_code(&row.state).unwrap_or(State::Opened);
        let (tone, icon) = tone(state);
        status(tone, icon, state.label(locale))
    };
    List::of(rows, &visit, "improvements", m.improvement_list_title(), m.improvement_list_lede())
        .above(&filters.html(locale))
        .numbers(|row| &row.number)
        .what(&m.mine_what(), what)
        .column(Col::text(&m.improvement_handler()), |row| {
            let name = row.handler.as_deref().unwrap_or_default();
            Html::text(timeline::in_words(name, row.handler_en.as_deref(), locale))
        })
        .column(Col::text(&m.improvement_cause()), cause)
        .column(Col::text(&m.mine_state()), state)
        .column(Col::text(&m.request_turn_due()).class("due"), |row| {
            frame::day_cell(row.due_on.as_deref(), row.opened_at, today, locale)
        })
        .empty(m.improvement_list_empty())
        .paged(PAGE, "/improvements", &[("cause", &query.cause), ("state", &query.state)], &query.after, |row| row.id)
        .show()
        .await
}
