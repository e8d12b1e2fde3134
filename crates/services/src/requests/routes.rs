//! URLs of requests, then their handlers in this order.

use axum::extract::{Path, Query};
use huiqi_casework::record::Case;
use huiqi_casework::{inbox, papers};
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::people::{FIRM, Role, Viewer};
use huiqi_kernel::rule::{art, art_item};
use huiqi_registers::enterprises;
use huiqi_store::Fault;
use huiqi_web::components::{self, Field, Style};
use huiqi_web::layout::{Html, Room};
use huiqi_web::{Answer, Failure, Form, Route, Visit};
use serde::Deserialize;

use super::actions::{self, By, Input};
use super::flow::{Action, Channel, Class, DISPATCH, INTAKE, RequestKind};
use super::forms::{self, Ask};
use super::{facts, follow, once, pages};
use crate::frame::Wrong;
use crate::{ratings, t};

#[path = "answering.rs"]
mod answering;
#[path = "ask.rs"]
mod ask;
#[path = "counter.rs"]
mod counter;
#[path = "dispatching.rs"]
mod dispatching;
#[path = "prove.rs"]
mod prove;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        // asking
        Route::get("/ask", ask::start).public().under(art(3)).named(|l| t(l).ask_title()),
        Route::post("/ask", ask::next).public().under(art(3)),
        Route::get("/requests", mine).roles(FIRM).named(|l| t(l).mine_title()),
        Route::get("/requests/new", counter::new).roles(INTAKE).under(art(5)).named(|l| t(l).counter_title()),
        Route::post("/requests/new", counter::create).roles(INTAKE).under(art(5)),
        Route::get("/requests/new/firms", counter::firms).roles(INTAKE).under(art(5)),
        Route::get("/requests/new/similar", counter::similar).roles(INTAKE).under(art(5)),
        Route::get("/requests/new/{number}", counter::receipt).roles(INTAKE).under(art(5)),
        // dispatching
        Route::get("/requests/dispatch", dispatching::batch)
            .roles(DISPATCH)
            .under(art(5))
            .named(|l| t(l).dispatch_batch_title()),
        Route::post("/requests/dispatch", dispatching::send_batch).roles(DISPATCH).under(art(5)),
        Route::get("/requests/{number}/dispatch", dispatching::page).roles(DISPATCH).under(art(5)),
        Route::post("/requests/{number}/dispatch", dispatching::send).roles(DISPATCH).under(art(5)),
        // one request
        Route::get("/requests/{number}", show).under(art(5)).named(|l| t(l).request_page_name()),
        Route::get("/requests/{number}/withdrawal", withdraw).roles(FIRM),
        Route::post("/requests/{number}/message", message),
        Route::post("/requests/{number}/phone", phone).staff(),
        Route::post("/requests/{number}/text", answering::page).staff().under(art(5)),
        Route::post("/requests/{number}/choice", choice).roles(FIRM),
        Route::post("/requests/{number}/rating", rating).roles(FIRM).under(art_item(7, 3)),
        Route::post("/requests/{number}/{action}", step).under(art(5)),
        // following without an account
        Route::get("/follow", find).public().under(art(5)).named(|l| t(l).follow_title()),
        Route::post("/follow", found).public(),
        Route::get("/follow/{number}", followed).public().under(art(5)),
        Route::get("/follow/{number}/files/{file}", file_followed).public(),
        Route::get("/follow/{number}/files/{file}/preview", preview_followed).public(),
        Route::get("/follow/{number}/papers/{paper}", paper_followed).public(),
        Route::get("/follow/{number}/papers/{paper}/docx", paper_file_followed).public(),
        Route::get("/follow/{number}/withdrawal", withdraw_followed).public(),
        Route::post("/follow/{number}/message", message_followed).public(),
        Route::post("/follow/{number}/choice", choice_followed).public(),
        Route::post("/follow/{number}/rating", rating_followed).public().under(art_item(7, 3)),
        Route::post("/follow/{number}/{action}", step_followed).public().under(art(5)),
    ]
}

async fn mine(visit: Visit) -> Answer {
    pages::mine(&visit).await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    pages::show(&visit, &number).await
}

/// What comes with a step, read from its form.
fn input(form: &Form) -> Input {
    Input {
        version: Some(form.version()).filter(|v| *v >= 0),
        words: form.value("words").to_owned(),
        class: Class::from_code(form.value("class")),
        category: Category::by_code(form.value("category")),
        kind: RequestKind::from_code(form.value("kind")),
        ground: Some(form.value("ground").to_owned()).filter(|g| !g.is_empty()),
        days: form.value("days").parse().ok(),
        grade: form.value("grade").parse().ok(),
        files: form.files().to_vec(),
    }
}

/// What happened, said after a step.
async fn done(action: Action, visit: &Visit, case: &Case) -> Result<String, Fault> {
    let m = t(visit.locale());
    Ok(match action {
        Action::Accept => m.request_done_accept(),
        Action::Return => m.request_done_return(),
        Action::Refuse => m.request_done_refuse(),
        Action::Answer => m.request_done_answer(),
        Action::Extend => m.request_done_extend(),
        Action::AskFirm => m.request_done_ask(),
        Action::Confirm
            if ratings::actions::current(&ratings::actions::of_request(visit.ctx(), case.id).await?).is_some() =>
        {
            m.request_done_confirm_rated()
        }
        Action::Confirm => m.request_done_confirm(),
        Action::Redo | Action::Reopen => m.request_done_redo(),
        Action::Withdraw => m.request_done_withdraw(),
        Action::Urge => m.request_done_urge(),
        Action::Complete | Action::Supply => m.request_done_supply(),
        Action::Resume => m.request_done_resume(),
        Action::Classify => m.request_done_classify(),
        Action::Unmerge => m.merge_done_out(&case.number),
        _ => m.request_done(),
    })
}

async fn step(visit: Visit, Path((number, action)): Path<(String, String)>, form: Form) -> Answer {
    let action = Action::from_code(&action).ok_or_else(Failure::not_found)?;
    match actions::step(visit.ctx(), By::Viewer(visit.viewer()), &number, action, &input(&form)).await {
        Ok(case) => {
            let used: Vec<String> = form.all("used").map(str::to_owned).collect();
            crate::knowledge::actions::used(visit.ctx(), visit.viewer(), &used).await?;
            visit.to(format!("/requests/{number}")).good(done(action, &visit, &case).await?).now()
        }
        Err(Fault::Invalid { field, message }) => {
            pages::show_with_error(&visit, &number, (action.code(), field, message), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn message(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let inside = form.value("to") == "inside";
    match actions::say(visit.ctx(), By::Viewer(visit.viewer()), &number, form.value("say"), inside, form.files()).await
    {
        Ok(()) => visit.to(format!("/requests/{number}#msg")).good(t(visit.locale()).request_done_message()).now(),
        Err(Fault::Invalid { field, message }) => {
            pages::show_with_error(&visit, &number, ("message", field, message), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn phone(visit: Visit, Path(number): Path<String>) -> Answer {
    let phone = actions::reveal_phone(visit.ctx(), visit.viewer(), &number).await?;
    visit.to(format!("/requests/{number}")).good(t(visit.locale()).request_phone_shown(&phone)).now()
}

async fn choice(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    actions::choose(visit.ctx(), By::Viewer(visit.viewer()), &number, form.value("assignment")).await?;
    visit.to(format!("/requests/{number}")).good(t(visit.locale()).request_done_choice()).now()
}

async fn rating(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let grade = form.value("grade").parse().unwrap_or_default();
    let words = Some(form.value("words"));
    match ratings::actions::rate(visit.ctx(), By::Viewer(visit.viewer()), &number, grade, words).await {
        Ok(()) => visit.to(format!("/requests/{number}")).good(t(visit.locale()).rating_done()).now(),
        Err(Fault::Invalid { field, message }) => {
            pages::show_with_error(&visit, &number, ("rating", field, message), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Taking a request back, asked once more on a page of its own.
fn withdraw_page(visit: &Visit, number: &str, title: &str, base: &str, version: i64) -> Html {
    let m = t(visit.locale());
    Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::back(&format!("{base}/{number}"), &m.firm_withdraw_back(), visit.locale()))
        .and(&Html::raw("<h1>"))
        .say(&m.firm_withdraw_title())
        .and(&Html::raw("</h1><p>"))
        .say(&m.firm_withdraw_what(title))
        .and(&Html::raw("</p><form method=\"post\" action=\""))
        .say(&format!("{base}/{number}/withdraw"))
        .and(&Html::raw("\">"))
        .and(&components::hidden("version", &version.to_string()))
        .and(&Field::area("words", m.firm_withdraw_why()).optional().rows(2).html(visit.locale()))
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.firm_verb_withdraw(), Style::Bad))
        .and(&Html::raw("<a class=\"button is-second\" href=\""))
        .say(&format!("{base}/{number}"))
        .and(&Html::raw("\">"))
        .say(&m.firm_withdraw_no())
        .and(&Html::raw("</a></div></form></div>"))
}

async fn withdraw(visit: Visit, Path(number): Path<String>) -> Answer {
    let case = inbox::visible(visit.ctx(), visit.viewer(), &number).await?;
    let body = withdraw_page(&visit, &number, &case.title, "/requests", case.version);
    visit.page(t(visit.locale()).firm_withdraw_title(), "mine").room(Room::Focus).show(body).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FindQuery {
    n: String,
}

fn find_form(visit: &Visit, form: &Form) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    Html::raw("<div class=\"wrap form-wrap\">")
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<h1>"))
        .say(&m.follow_title())
        .and(&Html::raw("</h1><p>"))
        .say(&m.follow_lede())
        .and(&Html::raw("</p><form method=\"post\" action=\"/follow\" novalidate>"))
        .and(
            &Field::text("number", m.request_number())
                .hint(m.follow_number_hint())
                .value(form.value("number"))
                .error(form.error("number", locale))
                .width("w-mid")
                .autocomplete("off")
                .html(locale),
        )
        .and(
            &Field::text("code", m.request_code())
                .hint(m.follow_code_hint())
                .value(form.value("code"))
                .error(form.error("code", locale))
                .width("w-code")
                .autocomplete("off")
                .html(locale),
        )
        .and(
            &Field::tel("tail", m.follow_tail())
                .hint(m.follow_tail_hint())
                .value(form.value("tail"))
                .error(form.error("tail", locale))
                .width("w-short")
                .autocomplete("off")
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.follow_verb(), Style::Solid))
        .and(&Html::raw("</div></form></div>"))
}

async fn find(visit: Visit, Query(query): Query<FindQuery>) -> Answer {
    let body = find_form(&visit, &Form::with([("number", query.n)]));
    visit.page(t(visit.locale()).follow_title(), "follow").show(body).await
}

async fn found(visit: Visit, mut form: Form) -> Answer {
    let number = form.required("number", 30, |l| t(l).request_number());
    let code = form.required("code", 20, |l| t(l).request_code());
    let tail = form.required("tail", 4, |l| t(l).follow_tail());
    if form.ok() {
        match follow::open(visit.ctx(), &number, &code, &tail).await {
            Ok((number, token)) => {
                return visit
                    .to(format!("/follow/{number}"))
                    .cookie(visit.cookie(follow::COOKIE, token, Some(follow::PASS_S)))
                    .now();
            }
            Err(Fault::NotFound) => form.fail("number", |l| t(l).follow_wrong()),
            Err(Fault::TooMany) => form.fail("number", |l| t(l).follow_too_many()),
            Err(fault) => return Err(fault.into()),
        }
    }
    let body = find_form(&visit, &form);
    visit.page(t(visit.locale()).follow_title(), "follow").refused(true).show(body).await
}

/// The request the visitor's pass opens; without one, the way to get it.
async fn passed(visit: &Visit, number: &str) -> Result<huiqi_casework::Case, Failure> {
    Ok(follow::check(visit.ctx(), visit.read_cookie(follow::COOKIE), number).await?)
}

async fn render_followed(visit: &Visit, number: &str, error: Option<Wrong<'_>>, form: &Form) -> Answer {
    let case = match passed(visit, number).await {
        Ok(case) => case,
        Err(_) => {
            let n: String = url::form_urlencoded::byte_serialize(number.as_bytes()).collect();
            return visit.to(format!("/follow?n={n}")).now();
        }
    };
    let loaded = pages::load(visit.ctx(), case, &Viewer::Public, visit.locale()).await?;
    let refused = error.is_some();
    let errors = pages::ErrorIn { error: error.as_ref(), typed: form };
    let body = pages::firm_page(visit, &loaded, None, "/follow", &errors).await?;
    let title = format!("{} {}", loaded.case.number, loaded.case.title);
    visit.page(title, "follow").room(Room::Portal).refused(refused).show(body).await
}

async fn followed(visit: Visit, Path(number): Path<String>) -> Answer {
    render_followed(&visit, &number, None, &Form::default()).await
}

async fn file_followed(visit: Visit, Path((number, file)): Path<(String, String)>) -> Answer {
    let case = passed(&visit, &number).await?;
    huiqi_casework::attachments::give_to_bearer(visit.ctx(), case.id, &file, false).await
}

async fn preview_followed(visit: Visit, Path((number, file)): Path<(String, String)>) -> Answer {
    let case = passed(&visit, &number).await?;
    huiqi_casework::attachments::give_to_bearer(visit.ctx(), case.id, &file, true).await
}

async fn paper_followed(
    visit: Visit,
    Path((number, paper)): Path<(String, String)>,
    Query(ask): Query<papers::pages::Ask>,
) -> Answer {
    let case = passed(&visit, &number).await?;
    let paper = papers::for_bearer(visit.ctx(), &case, &paper).await?;
    papers::pages::show(&visit, &case, &paper, &format!("/follow/{number}"), &ask).await
}

async fn paper_file_followed(
    visit: Visit,
    Path((number, paper)): Path<(String, String)>,
    Query(ask): Query<papers::pages::Ask>,
) -> Answer {
    let case = passed(&visit, &number).await?;
    let paper = papers::for_bearer(visit.ctx(), &case, &paper).await?;
    papers::pages::file(&visit, &case, &paper, &ask)
}

async fn withdraw_followed(visit: Visit, Path(number): Path<String>) -> Answer {
    let case = passed(&visit, &number).await?;
    let body = withdraw_page(&visit, &number, &case.title, "/follow", case.version);
    visit.page(t(visit.locale()).firm_withdraw_title(), "follow").room(Room::Focus).show(body).await
}

async fn message_followed(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    passed(&visit, &number).await?;
    visit.ctx().limit(&format!("say:{number}"), 30, 3_600_000).await?;
    match actions::say(visit.ctx(), By::Bearer, &number, form.value("say"), false, form.files()).await {
        Ok(()) => visit.to(format!("/follow/{number}#msg")).good(t(visit.locale()).request_done_message()).now(),
        Err(Fault::Invalid { field, message }) => {
            render_followed(&visit, &number, Some(("message", field, message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn choice_followed(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    passed(&visit, &number).await?;
    actions::choose(visit.ctx(), By::Bearer, &number, form.value("assignment")).await?;
    visit.to(format!("/follow/{number}")).good(t(visit.locale()).request_done_choice()).now()
}

async fn rating_followed(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    passed(&visit, &number).await?;
    let grade = form.value("grade").parse().unwrap_or_default();
    match ratings::actions::rate(visit.ctx(), By::Bearer, &number, grade, Some(form.value("words"))).await {
        Ok(()) => visit.to(format!("/follow/{number}")).good(t(visit.locale()).rating_done()).now(),
        Err(Fault::Invalid { field, message }) => {
            render_followed(&visit, &number, Some(("rating", field, message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn step_followed(visit: Visit, Path((number, action)): Path<(String, String)>, form: Form) -> Answer {
    let action = Action::from_code(&action).ok_or_else(Failure::not_found)?;
    passed(&visit, &number).await?;
    match actions::step(visit.ctx(), By::Bearer, &number, action, &input(&form)).await {
        Ok(case) => visit.to(format!("/follow/{number}")).good(done(action, &visit, &case).await?).now(),
        Err(Fault::Invalid { field, message }) => {
            render_followed(&visit, &number, Some((action.code(), field, message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}
