//! URLs of common problems, then their handlers in this order.

use axum::extract::{Path, RawQuery};
use huiqi_kernel::category::Category;
use huiqi_kernel::people::Role;
use huiqi_kernel::rule::art_item;
use huiqi_store::Fault;
use huiqi_web::{Answer, Failure, Form, Route, Visit};

use super::actions::{self, Draft, Input, MAX_TITLE, MAX_WORDS};
use super::flow::{Action, GATHERERS};
use super::pages;
use crate::t;

/// Everybody who meets common problems.
const ANY: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::BureauOfficer,
    Role::BureauApprover,
];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/problems", list).roles(ANY).under(art_item(8, 4)).named(|l| t(l).problem_list_title()),
        Route::get("/problems/new", new).roles(GATHERERS).under(art_item(8, 4)).named(|l| t(l).problem_new_title()),
        Route::post("/problems/new", create).roles(GATHERERS).under(art_item(8, 4)),
        Route::get("/problems/{number}", show).roles(ANY).under(art_item(8, 4)).named(|l| t(l).problem_page_name()),
        Route::get("/problems/{number}/proposal", proposal)
            .roles(ANY)
            .under(art_item(8, 4))
            .named(|l| t(l).problem_paper_name()),
        Route::post("/problems/{number}/gather", gather).roles(GATHERERS).under(art_item(8, 4)),
        Route::post("/problems/{number}/take-out", take_out).roles(GATHERERS).under(art_item(8, 4)),
        Route::post("/problems/{number}/{action}", step).roles(ANY).under(art_item(8, 4)),
    ]
}

async fn list(visit: Visit) -> Answer {
    pages::list(&visit).await
}

async fn new(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    pages::new(&visit, &form).await
}

/// Numbers picked from a list and typed by hand, in one list.
fn numbers(form: &Form) -> Vec<String> {
    let typed = form.value("numbers").split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    form.all("n").chain(typed).filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let draft = Draft {
        title: form.required("title", MAX_TITLE as usize, |l| t(l).problem_field_title()),
        description: form.required("description", MAX_WORDS as usize, |l| t(l).problem_field_description()),
        category: Category::by_code(form.value("category")),
        numbers: numbers(&form),
    };
    if !form.ok() {
        return pages::new(&visit, &form).await;
    }
    match actions::open(visit.ctx(), visit.viewer(), &draft).await {
        Ok(case) => visit.to(format!("/problems/{}", case.number)).good(t(visit.locale()).problem_done_open()).now(),
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            pages::new(&visit, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    pages::show(&visit, &number, None, &Form::default()).await
}

async fn proposal(visit: Visit, Path(number): Path<String>) -> Answer {
    pages::proposal(&visit, &number).await
}

async fn gather(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    match actions::gather(visit.ctx(), visit.viewer(), &number, &numbers(&form)).await {
        Ok(n) => visit.to(format!("/problems/{number}")).good(t(visit.locale()).problem_done_gather(n)).now(),
        Err(Fault::Invalid { message, .. }) => {
            pages::show(&visit, &number, Some(("gather", "numbers", message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn take_out(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    actions::take_out(visit.ctx(), visit.viewer(), &number, form.value("request")).await?;
    visit.to(format!("/problems/{number}")).good(t(visit.locale()).problem_done_take_out()).now()
}

async fn step(visit: Visit, Path((number, action)): Path<(String, String)>, form: Form) -> Answer {
    let action = Action::from_code(&action).ok_or_else(Failure::not_found)?;
    let input = Input {
        version: Some(form.version()).filter(|v| *v >= 0),
        words: form.value("words").to_owned(),
        day: form.value("day").parse().ok(),
        with_handlers: form.value("with_handlers") == "yes",
    };
    match actions::take(visit.ctx(), visit.viewer(), &number, action, &input).await {
        Ok(spread) => {
            let m = t(visit.locale());
            let go = visit.to(format!("/problems/{number}"));
            match action {
                Action::Answer | Action::Pass if spread.left > 0 => {
                    go.warn(m.problem_done_answer_some(spread.answered, spread.left)).now()
                }
                Action::Answer | Action::Pass => go.good(m.problem_done_answer(spread.answered)).now(),
                Action::Propose => go.good(m.problem_done_propose()).now(),
                Action::Adopt | Action::Reply | Action::Note | Action::Finish => go.good(m.problem_done_bureau()).now(),
                _ => go.good(m.problem_done()).now(),
            }
        }
        Err(Fault::Invalid { field, message }) => {
            pages::show(&visit, &number, Some((action.code(), field, message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}
