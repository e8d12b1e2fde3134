//! The appeal's page, the form that files one, the list of all, and the rater's word.

use axum::extract::{Path, Query};
use chrono::NaiveDate;
use huiqi_casework::{attachments, inbox, timeline};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{FIRM, Label, Role};
use huiqi_kernel::rule::art_item;
use huiqi_store::Fault;
use huiqi_web::components::{self, ActionLine, Col, Field, Style, Tone, badge, section_head, status};
use huiqi_web::dates::{self};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Failure, Form, Route, Visit};
use serde::Deserialize;

use super::Ground;
use super::actions::{Filing, MAX_WORDS, blocked, file, rated, speak, take};
use super::flow::{Action, AppealFacts, FILERS, FLOW, State};
use super::queries::{self, Detail, Line};
use crate::frame::{self, Due, Head, List, Typed, Wrong};
use crate::requests::actions::By;
use crate::requests::follow;
use crate::requests::pages::grade_word;
use crate::t;

/// Everybody who meets appeals: those that file or decide them, and their houses.
const ANY: &[Role] = &[
    Role::WindowAgent,
    Role::WindowManager,
    Role::ProviderAgent,
    Role::ProviderManager,
    Role::DepartmentOfficer,
    Role::OperatorAgent,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::BureauOfficer,
    Role::BureauApprover,
];

pub(super) fn routes() -> Vec<Route> {
    let rule = art_item(7, 3);
    vec![
        Route::get("/rating-appeals", list).roles(ANY).under(rule).named(|l| t(l).appeal_list_title()),
        Route::get("/requests/{number}/appeal", new).roles(FILERS).under(rule),
        Route::post("/requests/{number}/appeal", create).roles(FILERS).under(rule),
        Route::get("/rating-appeals/{number}", show).roles(ANY).under(rule).named(|l| t(l).appeal_page_name()),
        Route::post("/rating-appeals/{number}/{action}", step).roles(ANY).under(rule),
        // the rater's word
        Route::post("/requests/{number}/rating-word", word).roles(FIRM).under(rule),
        Route::post("/follow/{number}/rating-word", word_followed).public().under(rule),
    ]
}

/// The tone and icon of a state.
pub fn tone(state: State) -> (Tone, &'static str) {
    match state {
        State::Draft | State::Filed => (Tone::Warn, "clock"),
        State::Upheld => (Tone::Good, "done"),
        State::Dismissed | State::Withdrawn => (Tone::Idle, "no"),
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
    let detail = queries::detail(ctx, case.id).await?;
    let files = attachments::of_case(ctx, case.id, visit.viewer()).await?;
    let steps = timeline::steps(ctx, case.id).await?;
    let (tone, icon) = tone(state);
    let due = Due::of(ctx, &case, locale);
    let who = match case.desk() {
        huiqi_casework::record::Desk::Bureau => m.appeal_desk_bureau(),
        _ => m.appeal_desk_centre(),
    };
    let say = match state {
        State::Draft | State::Filed => Html::fill(&m.appeal_say_filed(&who, "{0}"), std::slice::from_ref(&due.day)),
        State::Upheld => Html::text(&m.appeal_say_upheld()),
        State::Dismissed => Html::text(&m.appeal_say_dismissed()),
        State::Withdrawn => Html::text(&m.appeal_say_withdrawn()),
    };
    let way = frame::way(
        [
            (m.appeal_step_filed(), frame::on_day(Some(case.opened_at), today, locale)),
            (m.appeal_step_decided(), frame::on_day(case.closed_at, today, locale)),
        ],
        1,
        case.closed_at.is_some(),
    );
    let forms = Typed::new(error.as_ref(), typed, locale);
    let head = Head {
        crumbs: vec![
            ("/inbox".to_owned(), m.request_crumb_inbox()),
            ("/rating-appeals".to_owned(), m.appeal_list_title()),
        ],
        number: case.number.clone(),
        tags: components::tag(&m.appeal_flow()),
        small: dates::moment(case.opened_at, today, locale),
        title: case.title.clone(),
        about: Html::raw("<p class=\"quiet\">")
            .and(&Html::fill(
                &m.appeal_about(detail.rated(locale), "{0}"),
                &[components::link(&format!("/requests/{}", detail.request_number), &detail.request_number)],
            ))
            .and(&Html::raw("</p>")),
        said: Some(detail.words.clone()),
        end: badge(tone, icon, state.label(locale)),
        errors: forms.summary(),
    };
    let mut out = Html::raw("<div class=\"wrap\">")
        .and(&head.html(locale))
        .and(&due.standing(say, way, locale))
        .and(&Html::raw("<div class=\"split\"><div>"))
        .and(&lines(visit, &case, &detail, state, forms));
    if let Some(decision) = &detail.decision {
        out = out
            .and(&Html::raw("<section class=\"section\" aria-labelledby=\"dec\">"))
            .and(&section_head("dec", &m.appeal_decision(), Html::empty(), Html::empty()))
            .and(&components::paragraphs(decision))
            .and(&Html::raw("</section>"));
    }
    out = out
        .and(&frame::happened(visit, &case, &steps))
        .and(&Html::raw("</div><aside class=\"aside is-sticky\">"))
        .and(&aside(&detail, today, locale))
        .and(&frame::files(&files, locale))
        .and(&Html::raw("</aside></div></div>"));
    let title = format!("{} {}", case.number, case.title);
    visit.page(title, "rating-appeals").refused(error.is_some()).show(out).await
}

fn aside(detail: &Detail, today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut rows = vec![
        (m.appeal_rated(), Html::text(detail.rated(locale))),
        (m.request_rating(), Html::text(&m.request_graded(detail.grade, grade_word(detail.grade, locale)))),
        (m.appeal_rated_on(), dates::moment(detail.rated_at, today, locale)),
    ];
    if let Some(said) = &detail.said {
        rows.push((m.appeal_said(), components::paragraphs(said)));
    }
    if let Some(ground) = Ground::from_code(&detail.ground) {
        rows.push((m.appeal_ground(), Html::text(&ground.label(locale))));
    }
    if let Some(asked) = &detail.asked {
        rows.push((m.appeal_asked(), components::paragraphs(asked)));
        let answer = match &detail.rater_words {
            Some(words) => components::paragraphs(words),
            None => components::quiet(m.appeal_not_spoken()),
        };
        rows.push((m.appeal_spoken(), answer));
    }
    if let Some(answer) = &detail.answer {
        rows.push((m.request_standing_answer(), components::paragraphs(answer)));
    }
    frame::facts(&m.appeal_facts(), &rows)
}

fn lines(visit: &Visit, case: &huiqi_casework::record::Case, detail: &Detail, state: State, forms: Typed<'_>) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let Some(actor) = visit.viewer().actor() else { return Html::empty() };
    let facts = AppealFacts { case: case.clone(), asked: detail.asked.is_some(), spoken: detail.rater_words.is_some() };
    let version = case.version.to_string();
    let mut lines = Vec::new();
    for offer in FLOW.offers(state, Doer::Person(actor), &facts) {
        let action = offer.step.action;
        let id = action.code();
        let verb = action.label(locale);
        if let Some(refusal) = &offer.blocked {
            lines.push(ActionLine::blocked(&verb, refusal.reason.get(locale).to_owned()).under(offer.step.article));
            continue;
        }
        let (label, note) = match action {
            Action::Hear => (m.appeal_field_hear(), m.appeal_note_hear()),
            Action::Uphold => (m.appeal_field_decision(), m.appeal_note_uphold()),
            Action::Dismiss => (m.appeal_field_decision(), m.appeal_note_dismiss()),
            Action::Withdraw => (m.appeal_field_withdraw(), m.appeal_note_withdraw()),
            Action::File | Action::Speak => continue,
        };
        let mut area = Field::area("words", label)
            .id(&format!("{id}-words"))
            .rows(3)
            .max(MAX_WORDS as u32)
            .value(forms.value(id, "words"))
            .error(forms.error(id, "words"));
        if action == Action::Withdraw {
            area = area.optional();
        }
        let path = format!("/rating-appeals/{}/{id}", case.number);
        lines.push(
            ActionLine::form(id, &verb, &path, area.html(locale), &verb)
                .note(note)
                .hidden("version", &version)
                .under(offer.step.article)
                .style(Style::Second)
                .open(forms.failed(id)),
        );
    }
    frame::you_can(visit, &lines, &m.request_nothing_to_do())
}

async fn step(visit: Visit, Path((number, action)): Path<(String, String)>, form: Form) -> Answer {
    let action = Action::from_code(&action).ok_or_else(Failure::not_found)?;
    let seen = Some(form.version()).filter(|v| *v >= 0);
    match take(visit.ctx(), visit.viewer(), &number, action, form.value("words"), seen).await {
        Ok(case) => {
            let m = t(visit.locale());
            let words = match action {
                Action::Hear => m.appeal_done_hear(),
                Action::Uphold => m.appeal_done_uphold(),
                Action::Dismiss => m.appeal_done_dismiss(),
                _ => m.appeal_done_withdraw(),
            };
            visit.to(format!("/rating-appeals/{}", case.number)).good(words).now()
        }
        Err(Fault::Invalid { field, message }) => {
            render(&visit, &number, Some((action.code(), field, message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn new(visit: Visit, Path(number): Path<String>) -> Answer {
    form_page(&visit, &number, &Form::default()).await
}

async fn form_page(visit: &Visit, number: &str, form: &Form) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let (request, graded) = rated(visit.ctx(), visit.viewer(), number).await?;
    if let Some(refusal) = blocked(visit.ctx(), &request, &graded) {
        return visit.to(format!("/requests/{number}")).warn(refusal.reason.get(locale).to_owned()).now();
    }
    let grounds = Ground::ALL.iter().map(|g| (g.code(), g.label(locale)));
    let mut body = Html::raw("<div class=\"wrap form-wrap\">").and(&components::back(
        &format!("/requests/{number}"),
        number,
        locale,
    ));
    if !form.ok() {
        body = body.and(&components::error_summary(&form.errors(locale), locale));
    }
    let body = body
        .and(&Html::raw("<h1>"))
        .say(&m.appeal_new_title())
        .and(&Html::raw("</h1><p class=\"lede\" lang=\"zh-CN\">"))
        .say(&request.title)
        .and(&Html::raw("</p><p>"))
        .say(&m.appeal_new_note(grade_word(graded.grade, locale)))
        .and(&Html::raw(format!(
            "</p><form class=\"form-main section\" method=\"post\" enctype=\"multipart/form-data\" \
             action=\"/requests/{number}/appeal\" novalidate>"
        )))
        .and(
            &Field::radios("ground", m.appeal_ground())
                .options(grounds)
                .value(form.value("ground"))
                .error(form.error("ground", locale))
                .html(locale),
        )
        .and(
            &Field::area("words", m.appeal_field_words())
                .hint(m.appeal_hint_words())
                .rows(4)
                .max(MAX_WORDS as u32)
                .value(form.value("words"))
                .error(form.error("words", locale))
                .html(locale),
        )
        .and(&Field::file("file", m.appeal_field_files()).optional().multiple().hint(m.ask_files_hint()).html(locale))
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.appeal_submit(), Style::Solid))
        .and(&Html::raw("</div></form></div>"));
    visit.page(m.appeal_new_title(), "requests").refused(!form.ok()).show(body).await
}

async fn create(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let filing = Filing {
        ground: Ground::from_code(form.value("ground")),
        words: form.value("words").to_owned(),
        files: form.files().to_vec(),
    };
    match file(visit.ctx(), visit.viewer(), &number, &filing).await {
        Ok(case) => visit
            .to(format!("/rating-appeals/{}", case.number))
            .good(t(visit.locale()).appeal_done_file(&case.number))
            .now(),
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            form_page(&visit, &number, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn word(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    said(&visit, By::Viewer(visit.viewer()), "/requests", &number, &form).await
}

async fn word_followed(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    follow::check(visit.ctx(), visit.read_cookie(follow::COOKIE), &number).await?;
    said(&visit, By::Bearer, "/follow", &number, &form).await
}

async fn said(visit: &Visit, by: By<'_>, base: &str, number: &str, form: &Form) -> Answer {
    let locale = visit.locale();
    let go = visit.to(format!("{base}/{number}#grade"));
    match speak(visit.ctx(), by, number, form.value("words")).await {
        Ok(()) => go.good(t(locale).appeal_done_speak()).now(),
        Err(Fault::Invalid { message, .. }) => go.warn(message.get(locale).to_owned()).now(),
        Err(fault) => Err(fault.into()),
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    after: String,
}

const PAGE: usize = 40;

async fn list(visit: Visit, Query(query): Query<ListQuery>) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let rows = queries::lines(visit.ctx(), visit.viewer(), query.after.parse().ok(), PAGE + 1).await?;
    let state = |row: &Line| {
        let state = State::from_code(&row.state).unwrap_or(State::Filed);
        let (tone, icon) = tone(state);
        status(tone, icon, state.label(locale))
    };
    List::of(rows, &visit, "rating-appeals", m.appeal_list_title(), m.appeal_list_lede())
        .numbers(|row| &row.number)
        .what(&m.mine_what(), |row| {
            components::title_link(&format!("/rating-appeals/{}", row.number), &row.title, locale)
        })
        .column(Col::text(&m.appeal_rated()), |row| Html::text(row.rated(locale)))
        .column(Col::text(&m.request_rating()), |row| m.request_graded(row.grade, grade_word(row.grade, locale)))
        .column(Col::text(&m.mine_state()), state)
        .column(Col::text(&m.request_turn_due()).class("due"), |row| {
            frame::day_cell(row.due_on.as_deref(), row.opened_at, today, locale)
        })
        .empty(m.appeal_list_empty())
        .paged(PAGE, "/rating-appeals", &[], &query.after, |row| row.id)
        .show()
        .await
}
