//! Addresses of organisations.

use axum::extract::Path;
use huiqi_kernel::credit;
use huiqi_kernel::people::{Capacity, Role};
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::slice::Route;
use huiqi_web::{Answer, Failure, Form, Visit};

use super::pages::{self, Opened};
use super::queries::{self, Card, Filter};
use super::{NewOrganisation, NewWindow, WindowState};
use crate::paging::{self, Cut};
use crate::t;

const ADMIN: &[Role] = &[Role::SystemAdmin];

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/organisations", list).roles(ADMIN).named(|l| t(l).organisation_list_title()),
        Route::get("/organisations/new", new).roles(ADMIN),
        Route::post("/organisations/new", create).roles(ADMIN),
        Route::get("/organisations/{number}", show).roles(ADMIN),
        Route::post("/organisations/{number}/name", rename).roles(ADMIN),
        Route::post("/organisations/{number}/capacities", add_capacity).roles(ADMIN),
        Route::post("/organisations/{number}/windows", create_window).roles(ADMIN).under(art(10)),
    ]
}

const HERE: &str = "people";

async fn list(visit: Visit) -> Answer {
    let query = paging::query_of(visit.path());
    let find = |name: &str| query.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    let filter = Filter { words: find("q").to_owned(), capacity: Capacity::from_code(find("capacity")) };
    let cut = Cut::read(&query);
    let rows = queries::list(visit.ctx(), &filter, &cut).await?;
    let base = paging::address(
        "/organisations",
        &[("q", &filter.words), ("capacity", filter.capacity.map_or("", Capacity::code))],
    );
    let (lines, pager) = cut.page(rows, &base, |line| &line.number);
    let l = visit.locale();
    visit.page(t(l).organisation_list_title(), HERE).template(pages::list(&lines, &pager, &filter, l)).await
}

async fn new(visit: Visit) -> Answer {
    let l = visit.locale();
    visit.page(t(l).organisation_new_title(), HERE).template(pages::new(&Form::default(), l)).await
}

/// Reads a credit code that may be left out; a wrong one is said.
fn read_code(form: &mut Form) -> Option<String> {
    let typed = form.optional("code", 60, |l| t(l).organisation_code())?;
    match credit::check(&typed) {
        Ok(checked) => Some(checked.code.as_str().to_owned()),
        Err(error) => {
            form.fail("code", |l| match error {
                credit::CodeError::CheckCharacter { expected, .. } => {
                    t(l).organisation_code_check(expected.to_string())
                }
                credit::CodeError::IllegalCharacter { position, character } => {
                    t(l).organisation_code_character(position as i64, character.to_string())
                }
                credit::CodeError::Length { got } => t(l).organisation_code_length(got as i64),
                credit::CodeError::Empty | credit::CodeError::OldRegistrationNumber => t(l).organisation_code_old(),
            });
            None
        }
    }
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let l = visit.locale();
    let name = form.required("name", 120, |l| t(l).organisation_name());
    let name_en = form.optional("name_en", 200, |l| t(l).organisation_name_en());
    let code = read_code(&mut form);
    let capacities: Vec<Capacity> = form.all("capacity").filter_map(Capacity::from_code).collect();
    if capacities.is_empty() {
        form.fail("capacity", |l| t(l).organisation_capacity_missing());
    }
    if form.ok() {
        let ctx = visit.ctx();
        let work = ctx.write(visit.viewer()).await?;
        let new = NewOrganisation {
            code: code.as_deref(),
            name: &name,
            name_en: name_en.as_deref(),
            capacities: &capacities,
        };
        match super::create_in(&work, &new).await {
            Ok(id) => {
                let number = queries::number_in(&work, id).await?.ok_or(Fault::NotFound)?;
                work.commit().await?;
                return visit
                    .to(format!("/organisations/{number}"))
                    .good(t(l).organisation_created(&name, &number))
                    .now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    visit.page(t(l).organisation_new_title(), HERE).refused(true).template(pages::new(&form, l)).await
}

async fn load(visit: &Visit, number: &str) -> Result<Card, Failure> {
    queries::by_number(visit.ctx(), number).await?.ok_or_else(Failure::not_found)
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let card = load(&visit, &number).await?;
    page(&visit, &card, &Form::default(), Opened::Nothing).await
}

async fn page(visit: &Visit, card: &Card, form: &Form, opened: Opened) -> Answer {
    let windows = queries::ran_by(visit.ctx(), card.id).await?;
    let l = visit.locale();
    visit
        .page(card.shown(l), HERE)
        .refused(!form.ok())
        .template(pages::detail(card, &windows, form, opened, visit.ctx().today(), l))
        .await
}

async fn rename(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let card = load(&visit, &number).await?;
    let name = form.required("name", 120, |l| t(l).organisation_name());
    let name_en = form.optional("name_en", 200, |l| t(l).organisation_name_en());
    if !form.ok() {
        return page(&visit, &card, &form, Opened::Name).await;
    }
    let work = visit.ctx().write(visit.viewer()).await?;
    super::rename_in(&work, card.id, Some(form.version()), &name, name_en.as_deref()).await?;
    work.commit().await?;
    visit.to(format!("/organisations/{number}")).good(t(visit.locale()).organisation_renamed(&name)).now()
}

async fn add_capacity(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let card = load(&visit, &number).await?;
    let Some(capacity) = form.choice("capacity", Capacity::from_code, |l| t(l).organisation_capacities()) else {
        return page(&visit, &card, &form, Opened::Capacity).await;
    };
    let work = visit.ctx().write(visit.viewer()).await?;
    super::add_capacity_in(&work, card.id, capacity).await?;
    work.commit().await?;
    let l = visit.locale();
    visit
        .to(format!("/organisations/{number}"))
        .good(t(l).organisation_capacity_added(crate::capacity_label(capacity, l)))
        .now()
}

async fn create_window(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let card = load(&visit, &number).await?;
    let name = form.required("window", 120, |l| t(l).organisation_window_name());
    let name_en = form.optional("window_en", 200, |l| t(l).organisation_window_name_en());
    let state = form.choice("state", WindowState::from_code, |l| t(l).organisation_window_state());
    let (true, Some(state)) = (form.ok(), state) else {
        return page(&visit, &card, &form, Opened::Window).await;
    };
    let work = visit.ctx().write(visit.viewer()).await?;
    let new = NewWindow { organisation: card.id, name: &name, name_en: name_en.as_deref(), state };
    super::create_window_in(&work, &new).await?;
    work.commit().await?;
    visit.to(format!("/organisations/{number}")).good(t(visit.locale()).organisation_window_created(&name)).now()
}
