//! Addresses of sign-in and of one's own account.

use axum::http::{HeaderMap, StatusCode};
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::{Actor, FIRM, Role, Viewer};
use huiqi_store::Fault;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_web::slice::{Access, Route};
use huiqi_web::visit::local_path;
use huiqi_web::{Answer, Failure, Form, Visit};

use super::codes::{self, CODE_BY_HAND_MS, CODE_BY_MAIL_MS};
use super::{credentials, faces, pages, password, phone, sessions, throttle, token};
use crate::gateway::GatewayConfig;
use crate::notices::{self, Notice};
use crate::people::queries::{self, Person};
use crate::people::rules::DESK;
use crate::people::{self, can_be_looked_after};
use crate::{fields, t};

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", sign_in_page).public(),
        Route::post("/sign-in", sign_in).public(),
        Route::post("/sign-in/demo", sign_in_demo).public(),
        Route::post("/sign-out", sign_out).public(),
        Route::post("/acting", act),
        Route::get("/me", me).named(|l| t(l).signin_me_title()),
        Route::post("/me", save_me),
        Route::get("/me/password", password_page),
        Route::post("/me/password", change_password),
        Route::get("/me/sessions", sessions_page),
        Route::post("/me/sessions/end", end_sessions),
        Route::get("/reset", reset_page).public(),
        Route::post("/reset", ask_reset).public(),
        Route::get("/reset/code", code_page).public(),
        Route::post("/reset/code", reset).public(),
        Route::get("/reset/desk", desk_page).roles(DESK),
        Route::post("/reset/desk", desk_code).roles(DESK),
    ]
}

const HERE: &str = "me";

/// Where people begin after signing in, the first they may open; everybody may open the last.
const STARTS: &[&str] = &["/inbox", "/audit", "/people", "/"];

/// Where somebody in this role begins: firms on the home page, staff on the first page of [`STARTS`] that exists and
/// is open to them.
fn start(visit: &Visit, actor: &Actor) -> &'static str {
    if !actor.role.is_staff() {
        return "/";
    }
    let viewer = Viewer::Signed(actor.clone());
    let opens = |path: &str| {
        visit.app().routes().iter().any(|route| {
            route.path == path
                && route.method == axum::http::Method::GET
                && (route.access == Access::Public || route.access.admits(&viewer))
        })
    };
    STARTS.iter().find(|path| opens(path)).copied().unwrap_or("/")
}

async fn sign_in_form(visit: &Visit, form: &Form, status: StatusCode) -> Answer {
    let choices = if visit.ctx().is_demo() { faces::choices(visit.ctx()).await? } else { Vec::new() };
    let l = visit.locale();
    visit
        .page(t(l).signin_title(), HERE)
        .status(status)
        .template(pages::sign_in(form, &choices, phone::is_offered(visit.ctx()), l))
        .await
}

async fn sign_in_page(visit: Visit) -> Answer {
    let query = crate::paging::query_of(visit.path());
    let mut form = Form::default();
    if let Some((_, next)) = query.iter().find(|(name, _)| name == "next") {
        form.set("next", local_path(next));
    }
    if let Some(session) = visit.session() {
        let to =
            if form.has("next") { form.value("next").to_owned() } else { start(&visit, &session.actor).to_owned() };
        return visit.to(to).now();
    }
    sign_in_form(&visit, &form, StatusCode::OK).await
}

#[derive(FromQueryResult)]
struct AccountRow {
    person: i64,
    password_hash: Option<String>,
    last_membership: Option<i64>,
    state: String,
}

async fn sign_in(visit: Visit, headers: HeaderMap, mut form: Form) -> Answer {
    let ctx = visit.ctx();
    let typed = form.required("login", 60, |l| t(l).signin_login());
    let given = form.required("password", password::MAX, |l| t(l).signin_password());
    if !form.ok() {
        return sign_in_form(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let login = typed.to_lowercase();
    let account: Option<AccountRow> = huiqi_store::ctx::one(
        ctx,
        "SELECT a.person, a.password_hash, a.last_membership, p.state
         FROM account a JOIN person p ON p.id = a.person WHERE a.login = ?",
        [login.clone().into()],
    )
    .await?;
    let device = sessions::device_of(&visit, &headers);
    let known = match &account {
        Some(account) => sessions::is_known(ctx, device.as_deref(), account.person).await?,
        None => false,
    };
    // A browser that has signed in before is counted by itself: what strangers try from this address is not its doing.
    let place = match &device {
        Some(device) if known => token::digest(device),
        _ => visit.client().to_owned(),
    };
    let wait = throttle::wait_s(ctx, &login, &place).await?;
    if wait > 0 {
        form.fail("password", |l| t(l).signin_wait(wait));
        return sign_in_form(&visit, &form, StatusCode::TOO_MANY_REQUESTS).await;
    }
    let hash = account.as_ref().and_then(|a| a.password_hash.as_deref());
    let right = password::verify(&given, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        throttle::wrong(ctx, &login, &place).await?;
        form.fail("password", |l| t(l).signin_wrong());
        return sign_in_form(&visit, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    throttle::right(ctx, &login, &place).await?;
    let memberships =
        if account.state == "active" { queries::current_memberships(ctx, account.person).await? } else { Vec::new() };
    let membership = memberships
        .iter()
        .find(|m| Some(m.id) == account.last_membership)
        .or_else(|| memberships.first())
        .map(|m| m.id);
    let Some(membership) = membership else {
        form.fail("", |l| t(l).signin_no_role());
        return sign_in_form(&visit, &form, StatusCode::FORBIDDEN).await;
    };
    enter(&visit, &headers, membership, form.value("next")).await
}

/// Starts the session and goes where the person wanted to.
pub(super) async fn enter(visit: &Visit, headers: &HeaderMap, membership: i64, next: &str) -> Answer {
    let cookies = sessions::begin(visit, headers, membership).await?;
    let actor = queries::actor(visit.ctx(), membership).await?.ok_or(Fault::NotFound)?;
    let to = if next.is_empty() { start(visit, &actor) } else { local_path(next) };
    cookies.into_iter().fold(visit.to(to), |go, cookie| go.cookie(cookie)).now()
}

/// Becomes somebody of the demo. Nothing is here on data that `demo` did not make.
async fn sign_in_demo(visit: Visit, headers: HeaderMap, form: Form) -> Answer {
    if !visit.ctx().is_demo() {
        return Err(Failure::not_found());
    }
    let choices = faces::choices(visit.ctx()).await?;
    let Some(choice) = faces::chosen(choices, form.value("as")) else {
        return Err(Failure::not_found());
    };
    enter(&visit, &headers, choice.line.id, form.value("next")).await
}

async fn sign_out(visit: Visit) -> Answer {
    let work = visit.ctx().write(visit.viewer()).await?;
    if let Some(session) = visit.token() {
        sessions::end_token_in(&work, session).await?;
    }
    let proof = phone::end_in(&work, &visit).await?;
    work.commit().await?;
    visit.to("/").cookie(sessions::gone(&visit)).cookie(proof).good(t(visit.locale()).signin_signed_out()).now()
}

/// Changes the membership acted under.
async fn act(visit: Visit, form: Form) -> Answer {
    let person = visit.actor()?.person;
    let ctx = visit.ctx();
    let session = visit.token().map(token::digest).unwrap_or_default();
    let line = queries::membership_by_number(ctx, form.value("membership")).await?.filter(|m| m.person == person);
    let Some(line) = line else {
        return Err(Failure::not_found());
    };
    #[derive(FromQueryResult)]
    struct Row {
        created_at: i64,
    }
    let row: Option<Row> =
        huiqi_store::ctx::one(ctx, "SELECT created_at FROM session WHERE token_hash = ?", [session.clone().into()])
            .await?;
    let created_at = row.map_or(0, |r| r.created_at);
    let l = visit.locale();
    if !sessions::is_good(created_at, ctx.now(), ctx.now(), line.role) {
        // A firm's session may be weeks old; the network's side wants a fresh one.
        return visit.to("/me").warn(t(l).signin_acting_too_old()).now();
    }
    let actor = queries::actor(ctx, line.id).await?.ok_or(Fault::NotFound)?;
    let work = ctx.write(&Viewer::Signed(actor.clone())).await?;
    work.run("UPDATE session SET membership = ? WHERE token_hash = ?", [line.id.into(), session.into()]).await?;
    work.run("UPDATE account SET last_membership = ? WHERE person = ?", [line.id.into(), person.into()]).await?;
    work.audit("signin.acting", "membership", &line.number, serde_json::json!({})).await?;
    work.commit().await?;
    visit
        .to(start(&visit, &actor))
        .good(t(l).signin_acting_changed(format!("{} {}", line.place(l), crate::role_label(line.role, l))))
        .now()
}

async fn myself(visit: &Visit) -> Result<Person, Failure> {
    let person = visit.actor()?.person;
    Ok(queries::person(visit.ctx(), person).await?.ok_or(Fault::NotFound)?)
}

async fn me_page(visit: &Visit, person: &Person, form: &Form) -> Answer {
    let ctx = visit.ctx();
    let memberships = queries::current_memberships(ctx, person.id).await?;
    let l = visit.locale();
    visit
        .page(t(l).signin_me_title(), HERE)
        .refused(!form.ok())
        .template(pages::me(
            person,
            &memberships,
            form,
            means(visit, person).await?,
            GatewayConfig::of(ctx).wechat.is_some(),
            ctx.today(),
            l,
        ))
        .await
}

async fn me(visit: Visit) -> Answer {
    let person = myself(&visit).await?;
    let form = Form::with([
        ("phone", person.phone.as_deref().unwrap_or_default()),
        ("email", person.email.as_deref().unwrap_or_default()),
        ("locale", person.locale.as_deref().unwrap_or_default()),
    ]);
    me_page(&visit, &person, &form).await
}

async fn save_me(visit: Visit, mut form: Form) -> Answer {
    let person = myself(&visit).await?;
    let phone = fields::phone(&mut form, "phone", |l| t(l).signin_phone());
    let email = fields::email(&mut form, "email", |l| t(l).signin_email());
    let locale = Locale::from_tag(form.value("locale"));
    // Mail is the way to a new password, and a firm's phone the way in: whoever changes one must know the present password,
    // or have proved the present phone just now where there is no password.
    let opens = email != person.email || (visit.viewer().is(FIRM) && phone != person.phone);
    if form.ok() && opens && !is_it_me(&visit, &person, &form).await? {
        match means(&visit, &person).await? {
            pages::Means::Code => form.fail("", |l| t(l).signin_me_needs_code()),
            _ if email != person.email => form.fail("password", |l| t(l).signin_email_needs_password()),
            _ => form.fail("password", |l| t(l).signin_phone_needs_password()),
        }
    }
    if !form.ok() {
        return me_page(&visit, &person, &form).await;
    }
    let work = visit.ctx().write(visit.viewer()).await?;
    people::update_person_in(&work, person.id, phone.as_deref(), email.as_deref(), locale).await?;
    work.commit().await?;
    visit.to("/me").good(t(locale.unwrap_or(visit.locale())).signin_me_saved()).now()
}

/// Whether the person's own phone was proved in this browser just now, and opens the account: that of staff does not.
async fn has_proved(visit: &Visit, person: &Person) -> Result<bool, Failure> {
    let Some(proved) = phone::proved(visit).await?.filter(|phone| Some(phone) == person.phone.as_ref()) else {
        return Ok(false);
    };
    Ok(person.login.is_none() || phone::holders(visit.ctx(), &proved).await?.iter().any(|h| h.person == person.id))
}

/// How somebody shows on the account page that it is they.
async fn means(visit: &Visit, person: &Person) -> Result<pages::Means, Failure> {
    Ok(if has_proved(visit, person).await? {
        pages::Means::Proved
    } else if person.login.is_some() {
        pages::Means::Password
    } else {
        pages::Means::Code
    })
}

/// Whether the person's phone was proved in this browser just now, or the password was typed.
async fn is_it_me(visit: &Visit, person: &Person, form: &Form) -> Result<bool, Failure> {
    if has_proved(visit, person).await? {
        return Ok(true);
    }
    if person.login.is_none() {
        return Ok(false);
    }
    let given = form.value("password").to_owned();
    is_my_password(visit, person, &given).await
}

/// Whether this is the person's password; guesses are slowed down as at sign-in.
async fn is_my_password(visit: &Visit, person: &Person, given: &str) -> Result<bool, Failure> {
    #[derive(FromQueryResult)]
    struct Row {
        password_hash: Option<String>,
    }
    let ctx = visit.ctx();
    let scope = format!("me:{}", person.number);
    if given.is_empty() {
        return Ok(false);
    }
    if throttle::wait_s(ctx, &scope, visit.client()).await? > 0 {
        return Err(Fault::TooMany.into());
    }
    let row: Option<Row> =
        huiqi_store::ctx::one(ctx, "SELECT password_hash FROM account WHERE person = ?", [person.id.into()]).await?;
    let right = password::verify(given, row.and_then(|r| r.password_hash).as_deref()).await?;
    if right {
        throttle::right(ctx, &scope, visit.client()).await?;
    } else {
        throttle::wrong(ctx, &scope, visit.client()).await?;
    }
    Ok(right)
}

async fn password_form(visit: &Visit, form: &Form) -> Answer {
    let l = visit.locale();
    let page = if myself(visit).await?.login.is_none() {
        pages::first_password(form, l)
    } else {
        pages::change_password(form, l)
    };
    visit.page(t(l).signin_password_title(), HERE).refused(!form.ok()).template(page).await
}

/// Somebody who signs in by phone gets an account name and a password as well.
async fn set_first_password(visit: Visit, person: Person, mut form: Form) -> Answer {
    let given = credentials::read(&mut form, &known_of(&person, ""));
    if form.ok() && !is_it_me(&visit, &person, &form).await? {
        form.fail("", |l| t(l).signin_password_needs_phone());
    }
    let (true, Some(given)) = (form.ok(), given) else {
        return password_form(&visit, &form).await;
    };
    let hash = password::hash(visit.ctx(), &given.password).await?;
    let work = visit.ctx().write(visit.viewer()).await?;
    match people::set_account_in(&work, person.id, &given.login, Some(&hash)).await {
        Ok(()) => {}
        Err(Fault::Invalid { field, message }) => {
            drop(work);
            form.fail_with(field, message);
            return password_form(&visit, &form).await;
        }
        Err(fault) => return Err(fault.into()),
    }
    tell_changed(&work, person.id).await?;
    work.commit().await?;
    visit.to("/me/password").good(t(visit.locale()).signin_password_saved()).now()
}

async fn password_page(visit: Visit) -> Answer {
    password_form(&visit, &Form::default()).await
}

async fn change_password(visit: Visit, mut form: Form) -> Answer {
    let person = myself(&visit).await?;
    let Some(login) = person.login.clone() else {
        return set_first_password(visit, person, form).await;
    };
    let current = form.required("current", password::MAX, |l| t(l).signin_password_current());
    let new = credentials::read_password(&mut form, &known_of(&person, &login));
    if form.ok() && !is_my_password(&visit, &person, &current).await? {
        form.fail("current", |l| t(l).signin_password_not_current());
    }
    let (true, Some(new)) = (form.ok(), new) else {
        return password_form(&visit, &form).await;
    };
    let hash = password::hash(visit.ctx(), &new).await?;
    let work = visit.ctx().write(visit.viewer()).await?;
    people::set_account_in(&work, person.id, &login, Some(&hash)).await?;
    sessions::end_sessions_in(&work, person.id, visit.token()).await?;
    tell_changed(&work, person.id).await?;
    work.commit().await?;
    visit.to("/me/password").good(t(visit.locale()).signin_password_saved()).now()
}

/// What a password of this person must not be.
fn known_of<'a>(person: &'a Person, login: &'a str) -> [&'a str; 4] {
    [login, &person.name, person.phone.as_deref().unwrap_or_default(), person.email.as_deref().unwrap_or_default()]
}

/// Tells a person that the password was changed, so that nobody changes it unnoticed.
async fn tell_changed(work: &huiqi_store::Work, person: i64) -> Result<(), Fault> {
    let notice = Notice {
        kind: "signin.password-changed",
        number: String::new(),
        text: Bilingual::say(|l| t(l).signin_notice_changed()),
        href: "/me/sessions".to_owned(),
    };
    notices::send_in(work, &[person], &notice).await
}

async fn sessions_page(visit: Visit) -> Answer {
    let ctx = visit.ctx();
    let lines = sessions::of(ctx, visit.actor()?.person).await?;
    let current = visit.token().map(token::digest).unwrap_or_default();
    let l = visit.locale();
    visit.page(t(l).signin_sessions_title(), HERE).template(pages::my_sessions(&lines, &current, ctx.today(), l)).await
}

async fn end_sessions(visit: Visit, form: Form) -> Answer {
    let person = visit.actor()?.person;
    let work = visit.ctx().write(visit.viewer()).await?;
    let m = t(visit.locale());
    let said = if form.value("all") == "yes" {
        let count = sessions::end_sessions_in(&work, person, visit.token()).await?;
        m.signin_sessions_ended(i64::try_from(count).unwrap_or(i64::MAX))
    } else if sessions::end_one_in(&work, person, form.value("number")).await? {
        m.signin_session_ended()
    } else {
        return Err(Failure::not_found());
    };
    work.commit().await?;
    visit.to("/me/sessions").good(said).now()
}

async fn reset_form(visit: &Visit, form: &Form) -> Answer {
    let l = visit.locale();
    visit.page(t(l).signin_reset_title(), HERE).refused(!form.ok()).template(pages::ask_reset(form, l)).await
}

async fn reset_page(visit: Visit) -> Answer {
    reset_form(&visit, &Form::default()).await
}

/// Sends a code by mail where the account has an address. The answer is the same in every case, so that it does not
/// tell which accounts there are.
async fn ask_reset(visit: Visit, mut form: Form) -> Answer {
    let ctx = visit.ctx();
    let login = form.required("login", 60, |l| t(l).signin_login()).to_lowercase();
    if !form.ok() {
        return reset_form(&visit, &form).await;
    }
    const HOUR_MS: i64 = 3_600_000;
    ctx.limit(&format!("reset|{}", visit.client()), 20, HOUR_MS).await?;
    ctx.limit(&format!("reset-login|{login}"), 5, HOUR_MS).await?;
    let found = queries::person_by_login(ctx, &login).await?.filter(|p| p.is_active() && p.email.is_some());
    if let Some(person) = found {
        let work = ctx.write(visit.viewer()).await?;
        let code = codes::issue_code_in(&work, person.id, CODE_BY_MAIL_MS, None).await?;
        let minutes = CODE_BY_MAIL_MS / 60_000;
        let notice = Notice {
            kind: "signin.code",
            number: String::new(),
            text: Bilingual::say(|l| t(l).signin_notice_code("{secret}", minutes)),
            href: "/reset/code".to_owned(),
        };
        notices::send_secret_in(&work, person.id, &notice, &code).await?;
        work.commit().await?;
    }
    visit
        .to(crate::paging::address("/reset/code", &[("login", &login)]))
        .good(t(visit.locale()).signin_reset_sent())
        .now()
}

async fn code_form(visit: &Visit, form: &Form) -> Answer {
    let l = visit.locale();
    visit.page(t(l).signin_reset_code_title(), HERE).refused(!form.ok()).template(pages::reset(form, l)).await
}

async fn code_page(visit: Visit) -> Answer {
    let query = crate::paging::query_of(visit.path());
    let login = query.iter().find(|(name, _)| name == "login").map_or("", |(_, value)| value.as_str());
    code_form(&visit, &Form::with([("login", login)])).await
}

async fn reset(visit: Visit, mut form: Form) -> Answer {
    let ctx = visit.ctx();
    let login = form.required("login", 60, |l| t(l).signin_login()).to_lowercase();
    let code = form.required("code", 40, |l| t(l).signin_code());
    let person = queries::person_by_login(ctx, &login).await?.filter(Person::is_active);
    let new = match &person {
        Some(person) => credentials::read_password(&mut form, &known_of(person, &login)),
        None => credentials::read_password(&mut form, &[&login]),
    };
    let (true, Some(new)) = (form.ok(), new) else {
        return code_form(&visit, &form).await;
    };
    ctx.limit(&format!("reset-code|{}", visit.client()), 30, 3_600_000).await?;
    let hash = password::hash(ctx, &new).await?;
    let mut right = false;
    if let Some(person) = &person {
        let work = ctx.write(visit.viewer()).await?;
        right = codes::use_code_in(&work, person.id, &code).await?;
        if right {
            people::set_account_in(&work, person.id, &login, Some(&hash)).await?;
            sessions::end_sessions_in(&work, person.id, None).await?;
            work.audit("signin.password-reset", "person", &person.number, serde_json::json!({})).await?;
            tell_changed(&work, person.id).await?;
        }
        work.commit().await?;
    }
    if !right {
        form.fail("code", |l| t(l).signin_code_wrong());
        return code_form(&visit, &form).await;
    }
    throttle::right(ctx, &login, visit.client()).await?;
    visit.to("/sign-in").good(t(visit.locale()).signin_reset_done()).now()
}

async fn desk_form(visit: &Visit, form: &Form) -> Answer {
    let l = visit.locale();
    visit.page(t(l).signin_desk_title(), HERE).refused(!form.ok()).template(pages::desk(form, l)).await
}

async fn desk_page(visit: Visit) -> Answer {
    desk_form(&visit, &Form::default()).await
}

/// The desk issues a code to somebody who came or called, and says why.
async fn desk_code(visit: Visit, mut form: Form) -> Answer {
    let ctx = visit.ctx();
    let actor = visit.actor()?.clone();
    let login = form.required("login", 60, |l| t(l).signin_login()).to_lowercase();
    let reason = form.required("reason", 200, |l| t(l).signin_desk_reason());
    if !form.ok() {
        return desk_form(&visit, &form).await;
    }
    ctx.limit(&format!("desk-code|{}", actor.person), 30, 3_600_000).await?;
    let Some(person) = queries::person_by_login(ctx, &login).await?.filter(Person::is_active) else {
        form.fail("login", |l| t(l).signin_desk_unknown());
        return desk_form(&visit, &form).await;
    };
    match issue_by_hand(&visit, &person, &reason).await {
        Ok(code) => {
            let l = visit.locale();
            let hours = CODE_BY_HAND_MS / 3_600_000;
            let body = pages::code_shown(
                ctx,
                person.shown(l),
                &login,
                &code,
                hours,
                ("/reset/desk", &t(l).signin_desk_title()),
                l,
            );
            visit.page(t(l).signin_code_shown_title(), HERE).template(body).await
        }
        Err(Fault::Invalid { message, .. }) => {
            form.fail_with("login", message);
            desk_form(&visit, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Issues a code by hand, if the actor may for this person, and tells the person.
///
/// # Errors
/// [`Fault::Invalid`] when the actor may not.
pub(crate) async fn issue_by_hand(visit: &Visit, person: &Person, reason: &str) -> Result<String, Fault> {
    let ctx = visit.ctx();
    let actor = visit.viewer().actor().ok_or(Fault::NotFound)?;
    let memberships = queries::current_memberships(ctx, person.id).await?;
    let roles: Vec<(Role, bool)> =
        memberships.iter().map(|m| (m.role, crate::people::rules::manages(actor, m))).collect();
    if !can_be_looked_after(actor, &roles) {
        return Err(Fault::invalid("reason", |l| t(l).signin_code_not_yours()));
    }
    let work = ctx.write(visit.viewer()).await?;
    let code = codes::issue_code_in(&work, person.id, CODE_BY_HAND_MS, Some(reason)).await?;
    let notice = Notice {
        kind: "signin.code-issued",
        number: person.number.clone(),
        text: Bilingual::say(|l| t(l).signin_notice_issued(format!("{} {}", actor.place(l), actor.shown(l)))),
        href: "/me/sessions".to_owned(),
    };
    notices::send_in(&work, &[person.id], &notice).await?;
    work.commit().await?;
    Ok(code)
}
