//! Handlers of invitations; their addresses stand in the list of people's routes.

use axum::extract::Path;
use axum::http::HeaderMap;
use huiqi_kernel::people::{Actor, Role};
use huiqi_store::Fault;
use huiqi_web::{Answer, Failure, Form, Visit};

use super::invitations::{self, Invitation, NewInvitation, VALID_MS};
use super::inviting::{self, Inviting};
use super::routes::{HERE, find_organisation, read_territory};
use super::{NewPerson, actions, rules};
use crate::organisations::queries::WindowName;
use crate::organisations::{self};
use crate::paging;
use crate::signin::{self, consent, credentials, password};
use crate::{fields, t};

/// Where an actor invites to: the organisation, the window where it is given, and the windows to choose from.
struct Place {
    organisation: i64,
    name: String,
    number: Option<String>,
    window: Option<i64>,
    windows: Vec<(i64, WindowName)>,
    roles: Vec<Role>,
}

async fn place(visit: &Visit, actor: &Actor, named: &str) -> Result<Place, Failure> {
    let roles = rules::roles_to_give(actor);
    if actor.role == Role::SystemAdmin && !named.is_empty() {
        let card = find_organisation(visit, named).await?.ok_or_else(Failure::not_found)?;
        return Ok(Place {
            organisation: card.id,
            name: card.shown(visit.locale()).to_owned(),
            windows: organisations::ran_by(visit.ctx(), card.id).await?,
            window: None,
            roles: roles.into_iter().filter(|r| card.capacities.contains(&r.capacity())).collect(),
            number: Some(card.number),
        });
    }
    Ok(Place {
        organisation: actor.organisation,
        name: actor.organisation_name.clone(),
        number: None,
        window: actor.window,
        windows: Vec::new(),
        roles: roles.into_iter().filter(|r| r.capacity() == actor.role.capacity()).collect(),
    })
}

async fn invitations_form(visit: &Visit, place: &Place, form: &Form) -> Answer {
    let ctx = visit.ctx();
    let rows = invitations::of(ctx, place.organisation, place.window).await?;
    let about = Inviting {
        place: &place.name,
        organisation: place.number.as_deref(),
        roles: &place.roles,
        windows: &place.windows,
        now: ctx.now(),
        today: ctx.today(),
    };
    let l = visit.locale();
    visit
        .page(t(l).people_invitations(), HERE)
        .refused(!form.ok())
        .template(inviting::invitations(&rows, &about, form, l))
        .await
}

pub(super) async fn invitations_page(visit: Visit) -> Answer {
    let query = paging::query_of(visit.path());
    let named = query.iter().find(|(k, _)| k == "organisation").map_or("", |(_, v)| v.as_str());
    let place = place(&visit, visit.actor()?, named).await?;
    invitations_form(&visit, &place, &Form::default()).await
}

/// Makes an invitation and shows its link on the answer itself: the only time it can be read.
pub(super) async fn invite(visit: Visit, mut form: Form) -> Answer {
    let ctx = visit.ctx();
    let place = place(&visit, visit.actor()?, form.value("organisation")).await?;
    let name = form.required("name", 60, |l| t(l).people_name());
    let role =
        form.choice("role", |code| Role::from_code(code).filter(|r| place.roles.contains(r)), |l| t(l).people_role());
    let territory = read_territory(&mut form, role);
    let window = match place.window {
        Some(window) => Some(window),
        None => {
            let number = form.value("window").to_owned();
            place.windows.iter().find(|(_, w)| w.number == number).map(|(id, _)| *id)
        }
    };
    let takes_window = role.is_some_and(|r| r.capacity() == huiqi_kernel::people::Capacity::Window);
    if takes_window && window.is_none() {
        form.fail("window", |l| t(l).people_window_missing());
    }
    let (true, Some(role)) = (form.ok(), role) else {
        return invitations_form(&visit, &place, &form).await;
    };
    let work = ctx.write(visit.viewer()).await?;
    let new = NewInvitation {
        name: &name,
        organisation: place.organisation,
        window: window.filter(|_| takes_window),
        role,
        territory: territory.as_deref(),
    };
    let token = invitations::invite_in(&work, &new).await?;
    work.commit().await?;
    let l = visit.locale();
    let link = format!("{}/invitation/{token}", ctx.public_url());
    let back = paging::address("/invitations", &[("organisation", place.number.as_deref().unwrap_or_default())]);
    let body = signin::pages::link_shown(&name, &link, VALID_MS / 86_400_000, (&back, &t(l).people_invitations()), l);
    visit.page(t(l).people_invitations(), HERE).template(body).await
}

pub(super) async fn withdraw(visit: Visit, Path(number): Path<String>) -> Answer {
    let ctx = visit.ctx();
    let actor = visit.actor()?;
    let invitation = invitations::by_number(ctx, &number).await?.ok_or_else(Failure::not_found)?;
    let own = invitation.organisation == actor.organisation
        && (actor.window.is_none() || invitation.service_window == actor.window);
    if actor.role != Role::SystemAdmin && !own {
        return Err(Failure::not_found());
    }
    let work = ctx.write(visit.viewer()).await?;
    invitations::withdraw_in(&work, &invitation).await?;
    work.commit().await?;
    visit.to("/invitations").good(t(visit.locale()).people_invitation_withdrawn_done(&invitation.name)).now()
}

/// An invitation that can be accepted; an old or wrong link is not there.
async fn open_invitation(visit: &Visit, token: &str) -> Result<Invitation, Failure> {
    visit.ctx().limit(&format!("invitation|{}", visit.client()), 60, 3_600_000).await?;
    invitations::by_token(visit.ctx(), token)
        .await?
        .filter(|i| i.is_open(visit.ctx().now()))
        .ok_or_else(Failure::not_found)
}

async fn accept_form(visit: &Visit, invitation: &Invitation, token: &str, form: &Form) -> Answer {
    let l = visit.locale();
    let me = visit.session().map(|s| s.actor.name.as_str());
    visit
        .page(t(l).people_accept_title(), "me")
        .room(huiqi_web::layout::Room::Focus)
        .refused(!form.ok())
        .template(inviting::accept(visit.ctx(), invitation, token, me, form, l))
        .await
}

pub(super) async fn accept_page(visit: Visit, Path(token): Path<String>) -> Answer {
    let invitation = open_invitation(&visit, &token).await?;
    let form = Form::with([("name", invitation.name.clone())]);
    accept_form(&visit, &invitation, &token, &form).await
}

pub(super) async fn accept(visit: Visit, headers: HeaderMap, Path(token): Path<String>, mut form: Form) -> Answer {
    let ctx = visit.ctx();
    let invitation = open_invitation(&visit, &token).await?;
    if !form.has("consent") {
        form.fail("consent", |l| t(l).signin_consent_missing());
    }
    let mine = visit.viewer().actor().filter(|_| form.value("mine") == "yes").map(|a| a.person);
    let (name, phone, email, account) = if mine.is_some() {
        (String::new(), None, None, None)
    } else {
        let name = form.required("name", 60, |l| t(l).people_name());
        let phone = fields::phone(&mut form, "phone", |l| t(l).people_phone());
        let email = fields::email(&mut form, "email", |l| t(l).people_email());
        let account = credentials::read(&mut form, &[&name, phone.as_deref().unwrap_or_default()]);
        (name, phone, email, account)
    };
    if !form.ok() {
        return accept_form(&visit, &invitation, &token, &form).await;
    }
    let hash = match &account {
        Some(account) => Some(password::hash(ctx, &account.password).await?),
        None => None,
    };
    let work = ctx.write(visit.viewer()).await?;
    let done: Result<i64, Fault> = async {
        let person = match (mine, &account) {
            (Some(person), _) => person,
            (None, Some(account)) => {
                let new = NewPerson { name: &name, name_en: None, phone: phone.as_deref(), email: email.as_deref() };
                let person = actions::create_person_in(&work, &new).await?;
                actions::set_account_in(&work, person, &account.login, hash.as_deref()).await?;
                person
            }
            (None, None) => return Err(Fault::NotFound),
        };
        consent::record_in(&work, consent::By::Person(person), "invitation").await?;
        invitations::accept_in(&work, &invitation, person).await
    }
    .await;
    match done {
        Ok(membership) => {
            work.commit().await?;
            let m = t(visit.locale());
            if mine.is_some() {
                return visit.to("/me").good(m.people_accepted_mine()).now();
            }
            let cookies = signin::begin(&visit, &headers, membership).await?;
            cookies.into_iter().fold(visit.to("/").good(m.people_accepted()), |go, cookie| go.cookie(cookie)).now()
        }
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(if field == "role" || field == "window" { "" } else { field }, message);
            accept_form(&visit, &invitation, &token, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}
