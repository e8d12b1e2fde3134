//! Addresses of people and invitations.

use axum::extract::Path;
use huiqi_kernel::credit;
use huiqi_kernel::district::District;
use huiqi_kernel::people::Role;
use huiqi_store::Fault;
use huiqi_web::slice::Route;
use huiqi_web::{Answer, Failure, Form, Visit};

use super::inviting_routes;
use super::pages::{self, Around, Opened, PersonPage};
use super::queries::{self, Filter, Person};
use super::rules::{self, MANAGERS};
use super::{NewMembership, NewPerson, actions};
use crate::organisations::queries::Card;
use crate::organisations::{self};
use crate::paging::{self, Cut};
use crate::signin::{self, CODE_BY_HAND_MS, FIRST_PASSWORD_MS, password};
use crate::{fields, t};

const ADMIN: &[Role] = &[Role::SystemAdmin];

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/people", list).roles(MANAGERS).named(|l| t(l).people_list_title()),
        Route::get("/people/new", new).roles(ADMIN),
        Route::post("/people/new", create).roles(ADMIN),
        Route::get("/people/{number}", show).roles(MANAGERS),
        Route::post("/people/{number}/memberships", add_membership).roles(ADMIN),
        Route::post("/people/{number}/code", issue_code).roles(MANAGERS),
        Route::post("/people/{number}/name", correct_name).roles(MANAGERS),
        Route::post("/people/{number}/state", set_state).roles(ADMIN),
        Route::post("/people/{number}/phone", reveal).roles(MANAGERS),
        Route::post("/memberships/{number}/end", end_membership).roles(MANAGERS),
        Route::get("/invitations", inviting_routes::invitations_page)
            .roles(MANAGERS)
            .named(|l| t(l).people_invitations()),
        Route::post("/invitations", inviting_routes::invite).roles(MANAGERS),
        Route::post("/invitations/{number}/withdraw", inviting_routes::withdraw).roles(MANAGERS),
        Route::get("/invitation/{token}", inviting_routes::accept_page).public(),
        Route::post("/invitation/{token}", inviting_routes::accept).public(),
    ]
}

pub(super) const HERE: &str = "people";

async fn list(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let actor = visit.actor()?;
    let query = paging::query_of(visit.path());
    let find = |name: &str| query.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v.as_str());
    let organisation = match find("organisation") {
        number if !number.is_empty() && actor.role == Role::SystemAdmin => {
            organisations::by_number(ctx, number).await?
        }
        _ => None,
    };
    let filter = Filter {
        words: find("q").to_owned(),
        role: Role::from_code(find("role")),
        organisation: organisation.as_ref().map(|o| o.id),
    };
    let cut = Cut::read(&query);
    let rows = queries::list(ctx, actor, &filter, &cut).await?;
    let number = organisation.as_ref().map_or("", |o| o.number.as_str());
    let base = paging::address(
        "/people",
        &[("q", &filter.words), ("role", filter.role.map_or("", Role::code)), ("organisation", number)],
    );
    let (people, pager) = cut.page(rows, &base, |person| &person.number);
    let ids: Vec<i64> = people.iter().map(|p| p.id).collect();
    let memberships = queries::memberships_of(ctx, &ids).await?;
    let around = Around { actor, organisation: organisation.as_ref() };
    let l = visit.locale();
    visit
        .page(t(l).people_list_title(), HERE)
        .template(pages::list(&people, &memberships, &pager, &filter, &around, l))
        .await
}

/// The organisation named by number or credit code.
pub(super) async fn find_organisation(visit: &Visit, named: &str) -> Result<Option<Card>, Fault> {
    if let Some(card) = organisations::by_number(visit.ctx(), &named.to_uppercase()).await? {
        return Ok(Some(card));
    }
    match organisations::find_by_code(visit.ctx(), &credit::normalise(named)).await? {
        Some(id) => organisations::by_id(visit.ctx(), id).await,
        None => Ok(None),
    }
}

async fn new(visit: Visit) -> Answer {
    let l = visit.locale();
    let query = paging::query_of(visit.path());
    let named = query.iter().find(|(k, _)| k == "organisation").map_or("", |(_, v)| v.as_str());
    let Some(card) = find_organisation(&visit, named).await? else {
        return visit.to("/organisations").warn(t(l).people_new_choose_organisation()).now();
    };
    new_form(&visit, &card, &Form::default()).await
}

async fn new_form(visit: &Visit, card: &Card, form: &Form) -> Answer {
    let windows = organisations::ran_by(visit.ctx(), card.id).await?;
    let l = visit.locale();
    visit.page(t(l).people_new_title(), HERE).refused(!form.ok()).template(pages::new(card, &windows, form, l)).await
}

/// Reads the district a department's officer answers for.
pub(super) fn read_territory(form: &mut Form, role: Option<Role>) -> Option<String> {
    let code = form.value("territory").to_owned();
    if code.is_empty() || role != Some(Role::DepartmentOfficer) {
        return None;
    }
    let district = District::by_code(&code);
    if district.is_none() {
        form.fail("territory", |l| t(l).people_territory());
    }
    district.map(|d| d.code().to_owned())
}

/// Reads a window by its number; one that is not there is said.
async fn read_window(visit: &Visit, form: &mut Form) -> Result<Option<i64>, Fault> {
    let number = form.value("window").to_uppercase();
    if number.is_empty() {
        return Ok(None);
    }
    let found = organisations::window_by_number(visit.ctx(), &number).await?;
    if found.is_none() {
        form.fail("window", |l| t(l).people_window_unknown());
    }
    Ok(found.map(|(id, _)| id))
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let ctx = visit.ctx();
    let Some(card) = find_organisation(&visit, form.value("organisation")).await? else {
        return Err(Failure::not_found());
    };
    let name = form.required("name", 60, |l| t(l).people_name());
    let name_en = form.optional("name_en", 100, |l| t(l).people_name_en());
    let role = form.choice("role", Role::from_code, |l| t(l).people_role());
    let window = read_window(&visit, &mut form).await?;
    let territory = read_territory(&mut form, role);
    let phone = fields::phone(&mut form, "phone", |l| t(l).people_phone());
    let email = fields::email(&mut form, "email", |l| t(l).people_email());
    let typed = form.required("login", 60, |l| t(l).people_login());
    let login = match password::normal_login(&typed) {
        Ok(login) => login,
        Err(bad) => {
            if !typed.is_empty() {
                form.fail("login", |l| bad.label(l));
            }
            String::new()
        }
    };
    if let (true, Some(role)) = (form.ok(), role) {
        let work = ctx.write(visit.viewer()).await?;
        let person =
            NewPerson { name: &name, name_en: name_en.as_deref(), phone: phone.as_deref(), email: email.as_deref() };
        let id = actions::create_person_in(&work, &person).await?;
        let new = NewMembership {
            person: id,
            organisation: card.id,
            window,
            role,
            territory: territory.as_deref(),
            verified: true,
        };
        let done = match actions::set_account_in(&work, id, &login, None).await {
            Ok(()) => actions::add_membership_in(&work, new).await.map(|_| ()),
            Err(fault) => Err(fault),
        };
        match done {
            Ok(()) => {
                let code = signin::issue_code_in(&work, id, FIRST_PASSWORD_MS, Some("first password")).await?;
                work.commit().await?;
                let l = visit.locale();
                let back = format!("/organisations/{}", card.number);
                let body = signin::pages::code_shown(
                    ctx,
                    &name,
                    &login,
                    &code,
                    FIRST_PASSWORD_MS / 3_600_000,
                    (&back, card.shown(l)),
                    l,
                );
                return visit.page(t(l).people_new_title(), HERE).template(body).await;
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    new_form(&visit, &card, &form).await
}

/// A person the actor looks after; anybody else is not there.
async fn load(visit: &Visit, number: &str) -> Result<Person, Failure> {
    let actor = visit.actor()?;
    let person = queries::person_by_number(visit.ctx(), number).await?.ok_or_else(Failure::not_found)?;
    let memberships = queries::current_memberships(visit.ctx(), person.id).await?;
    if rules::looks_after(actor, &memberships) { Ok(person) } else { Err(Failure::not_found()) }
}

async fn person_page(visit: &Visit, person: &Person, form: &Form, opened: Opened, phone: Option<&str>) -> Answer {
    let ctx = visit.ctx();
    let memberships = queries::all_memberships(ctx, person.id).await?;
    let l = visit.locale();
    let page = PersonPage {
        person,
        memberships: &memberships,
        actor: visit.actor()?,
        form,
        opened,
        phone,
        today: ctx.today(),
    };
    visit.page(person.shown(l), HERE).refused(!form.ok()).template(pages::detail(&page, l)).await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let person = load(&visit, &number).await?;
    person_page(&visit, &person, &Form::default(), Opened::Nothing, None).await
}

async fn add_membership(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let person = load(&visit, &number).await?;
    let named = form.required("organisation", 60, |l| t(l).people_organisation());
    let card = if named.is_empty() { None } else { find_organisation(&visit, &named).await? };
    if card.is_none() && !named.is_empty() {
        form.fail("organisation", |l| t(l).people_organisation_unknown());
    }
    let role = form.choice("role", Role::from_code, |l| t(l).people_role());
    let window = read_window(&visit, &mut form).await?;
    let territory = read_territory(&mut form, role);
    if let (true, Some(role), Some(card)) = (form.ok(), role, card) {
        let work = visit.ctx().write(visit.viewer()).await?;
        let new = NewMembership {
            person: person.id,
            organisation: card.id,
            window,
            role,
            territory: territory.as_deref(),
            verified: true,
        };
        match actions::add_membership_in(&work, new).await {
            Ok(_) => {
                work.commit().await?;
                let said = t(visit.locale()).people_membership_added(person.shown(visit.locale()));
                return visit.to(format!("/people/{number}")).good(said).now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    person_page(&visit, &person, &form, Opened::Membership, None).await
}

async fn issue_code(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let person = load(&visit, &number).await?;
    let reason = form.required("reason", 200, |l| t(l).people_code_reason());
    if form.ok() {
        match signin::routes::issue_by_hand(&visit, &person, &reason).await {
            Ok(code) => {
                let l = visit.locale();
                let back = format!("/people/{number}");
                let login = person.login.as_deref().unwrap_or_default();
                let hours = CODE_BY_HAND_MS / 3_600_000;
                let name = person.shown(l);
                let body = signin::pages::code_shown(visit.ctx(), name, login, &code, hours, (&back, name), l);
                return visit.page(t(l).people_code_new(), HERE).template(body).await;
            }
            Err(Fault::Invalid { message, .. }) => form.fail_with("reason", message),
            Err(fault) => return Err(fault.into()),
        }
    }
    person_page(&visit, &person, &form, Opened::Code, None).await
}

async fn correct_name(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let person = load(&visit, &number).await?;
    let name = form.required("name", 60, |l| t(l).people_name());
    let name_en = form.optional("name_en", 100, |l| t(l).people_name_en());
    if !form.ok() {
        return person_page(&visit, &person, &form, Opened::Name, None).await;
    }
    let work = visit.ctx().write(visit.viewer()).await?;
    actions::correct_name_in(&work, person.id, form.version(), &name, name_en.as_deref()).await?;
    work.commit().await?;
    visit.to(format!("/people/{number}")).good(t(visit.locale()).people_name_corrected(&name)).now()
}

async fn set_state(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let person = load(&visit, &number).await?;
    let active = match form.value("to") {
        "active" => true,
        "disabled" if person.id != visit.actor()?.person => false,
        _ => return Err(Failure::not_found()),
    };
    let work = visit.ctx().write(visit.viewer()).await?;
    match actions::set_state_in(&work, person.id, form.version(), active).await {
        Ok(()) => {
            work.commit().await?;
            let m = t(visit.locale());
            let name = person.shown(visit.locale());
            let said = if active { m.people_enabled_done(name) } else { m.people_disabled_done(name) };
            visit.to(format!("/people/{number}")).good(said).now()
        }
        Err(Fault::Invalid { message, .. }) => {
            form.fail_with("", message);
            person_page(&visit, &person, &form, Opened::Nothing, None).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn reveal(visit: Visit, Path(number): Path<String>) -> Answer {
    let person = load(&visit, &number).await?;
    let phone = actions::reveal_phone(visit.ctx(), visit.viewer(), &number).await?;
    person_page(&visit, &person, &Form::default(), Opened::Nothing, Some(&phone)).await
}

async fn end_membership(visit: Visit, Path(number): Path<String>) -> Answer {
    let ctx = visit.ctx();
    let actor = visit.actor()?;
    let line = queries::membership_by_number(ctx, &number).await?.ok_or_else(Failure::not_found)?;
    if !rules::manages(actor, &line) || line.person == actor.person {
        return Err(Failure::not_found());
    }
    let person = queries::person(ctx, line.person).await?.ok_or(Fault::NotFound)?;
    let work = ctx.write(visit.viewer()).await?;
    match actions::end_membership_in(&work, line.id).await {
        Ok(()) => {
            work.commit().await?;
            let l = visit.locale();
            visit.to("/people").good(t(l).people_membership_ended(person.shown(l), line.place(l))).now()
        }
        Err(Fault::Invalid { message, .. }) => {
            let mut form = Form::default();
            form.fail_with("", message);
            person_page(&visit, &person, &form, Opened::Nothing, None).await
        }
        Err(fault) => Err(fault.into()),
    }
}
