//! URLs of the knowledge base, then their handlers in this order.

use axum::extract::{Path, Query};
use chrono::NaiveDate;
use huiqi_kernel::category::Category;
use huiqi_kernel::flow::Doer;
use huiqi_kernel::people::Label;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::{Answer, Failure, Form, Route, Visit};
use serde::Deserialize;

use super::actions::{self, ANSWER, BASIS, Input, QUESTION, StepInput};
use super::flow::{Action, FLOW, READERS, WRITERS};
use super::{pages, queries};
use crate::t;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/knowledge", list).roles(READERS).under(art(5)).named(|l| t(l).knowledge_title()),
        Route::get("/knowledge/new", new).roles(WRITERS).under(art(5)),
        Route::post("/knowledge/new", create).roles(WRITERS).under(art(5)),
        Route::get("/knowledge/{number}", show).roles(READERS).under(art(5)).named(|l| t(l).knowledge_page_name()),
        Route::get("/knowledge/{number}/edit", edit).roles(WRITERS).under(art(5)),
        Route::post("/knowledge/{number}/edit", change).roles(WRITERS).under(art(5)),
        Route::post("/knowledge/{number}/{action}", step).roles(READERS).under(art(5)),
        Route::post("/requests/{number}/knowledge", learn).roles(WRITERS).under(art(5)),
    ]
}

/// What the address of the list says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    pub q: String,
    pub category: String,
    pub state: String,
    pub after: String,
}

async fn list(visit: Visit, Query(query): Query<ListQuery>) -> Answer {
    pages::list(&visit, &query).await
}

async fn new(visit: Visit) -> Answer {
    let day = actions::usual_day(visit.ctx()).to_string();
    pages::form(&visit, None, &Form::with([("valid_until", day)])).await
}

/// Reads what an entry says; notes errors beside the fields. A draft may lack its basis, what goes to be checked may not.
fn read(form: &mut Form, today: NaiveDate, whole: bool) -> Input {
    let question = form.required("question", QUESTION, |l| t(l).knowledge_question());
    let answer = form.required("answer", ANSWER, |l| t(l).knowledge_answer());
    let basis = if whole {
        form.required("basis", BASIS, |l| t(l).knowledge_basis())
    } else {
        form.optional("basis", BASIS, |l| t(l).knowledge_basis()).unwrap_or_default()
    };
    let category = Category::by_code(form.value("category"));
    if whole && category.is_none() {
        form.fail("category", |l| t(l).counter_category_missing());
    }
    let valid_until: Option<NaiveDate> = form.value("valid_until").parse().ok();
    if valid_until.is_none_or(|day| day <= today) {
        form.fail("valid_until", |l| t(l).knowledge_day_missing());
    }
    Input {
        version: Some(form.version()).filter(|v| *v >= 0),
        question,
        answer,
        basis,
        category,
        valid_until,
        owner: Some(form.value("owner").to_owned()).filter(|o| !o.is_empty()),
        public: form.value("public") == "yes",
    }
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let propose = form.value("do") == "propose";
    let input = read(&mut form, visit.ctx().today(), propose);
    if !form.ok() {
        return pages::form(&visit, None, &form).await;
    }
    let m = t(visit.locale());
    match actions::write(visit.ctx(), visit.viewer(), &input, propose).await {
        Ok(number) => {
            let said = if propose { m.knowledge_done_proposed() } else { m.knowledge_done_saved() };
            visit.to(format!("/knowledge/{number}")).good(said).now()
        }
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            pages::form(&visit, None, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    pages::show(&visit, &number, None, &Form::default()).await
}

async fn edit(visit: Visit, Path(number): Path<String>) -> Answer {
    let entry = queries::entry(visit.ctx(), visit.viewer(), &number).await?;
    let form = Form::with([
        ("version", entry.case.version.to_string()),
        ("question", entry.question.clone()),
        ("answer", entry.answer.clone()),
        ("basis", entry.basis.clone()),
        ("category", entry.case.category.clone().unwrap_or_default()),
        ("valid_until", entry.valid_until.clone().unwrap_or_default()),
        ("owner", entry.owner_number.clone().unwrap_or_default()),
    ]);
    FLOW.decide(entry.case.state()?, Action::Edit, Doer::Person(visit.actor()?), &entry.facts(visit.ctx().today()))
        .map_err(Fault::from)?;
    pages::form(&visit, Some(&entry), &form).await
}

async fn change(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let propose = form.value("do") == "propose";
    let input = read(&mut form, visit.ctx().today(), propose);
    if form.ok() {
        match actions::edit(visit.ctx(), visit.viewer(), &number, &input, propose).await {
            Ok(()) => {
                let m = t(visit.locale());
                let said = if propose { m.knowledge_done_proposed() } else { m.knowledge_done_saved() };
                return visit.to(format!("/knowledge/{number}")).good(said).now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    let entry = queries::entry(visit.ctx(), visit.viewer(), &number).await?;
    pages::form(&visit, Some(&entry), &form).await
}

async fn step(visit: Visit, Path((number, action)): Path<(String, String)>, form: Form) -> Answer {
    let action = Action::from_code(&action).ok_or_else(Failure::not_found)?;
    let input = StepInput {
        version: Some(form.version()).filter(|v| *v >= 0),
        words: form.value("words").to_owned(),
        until: form.value("until").parse().ok(),
        public: form.value("public") == "yes",
    };
    match actions::take(visit.ctx(), visit.viewer(), &number, action, &input).await {
        Ok(()) if action == Action::Revise => visit.to(format!("/knowledge/{number}/edit")).now(),
        Ok(()) => {
            let locale = visit.locale();
            visit.to(format!("/knowledge/{number}")).good(t(locale).knowledge_done(action.label(locale))).now()
        }
        Err(Fault::Invalid { field, message }) => {
            pages::show(&visit, &number, Some((action.code(), field, message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn learn(visit: Visit, Path(number): Path<String>) -> Answer {
    let entry = actions::learn(visit.ctx(), visit.viewer(), &number).await?;
    let own = queries::entry(visit.ctx(), visit.viewer(), &entry).await?;
    let may =
        FLOW.decide(own.case.state()?, Action::Edit, Doer::Person(visit.actor()?), &own.facts(visit.ctx().today()));
    // One that was made before, or by another house, is read; a fresh one is finished at once.
    let path = if may.is_ok() { format!("/knowledge/{entry}/edit") } else { format!("/knowledge/{entry}") };
    visit.to(path).now()
}
