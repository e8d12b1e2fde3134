//! Addresses of registration and of the desk's check.

use axum::extract::Path;
use axum::http::HeaderMap;
use huiqi_identity::signin::{self, credentials, password, phone};
use huiqi_kernel::district::District;
use huiqi_kernel::people::FIRM;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::layout::Room;
use huiqi_web::slice::Route;
use huiqi_web::{Answer, Form, Visit};

use super::queries::{self, Public};
use super::{Registration, actions, pages};
use crate::enterprises::{self, read_credit_code};
use crate::imports::cells;
use crate::scope::EDITORS;
use crate::{parts, t};

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/register", begin).public().under(art(5)).named(|l| t(l).registration_title()),
        Route::post("/register", step).public().under(art(5)),
        Route::get("/verifications", queue).roles(EDITORS).under(art(5)).named(|l| t(l).registration_queue_title()),
        Route::get("/verifications/{number}", show).roles(EDITORS).under(art(5)),
        Route::post("/verifications/{number}/phone", reveal).roles(EDITORS).under(art(5)),
        Route::post("/verifications/{number}/verify", verify).roles(EDITORS).under(art(5)),
        Route::post("/verifications/{number}/refuse", refuse).roles(EDITORS).under(art(5)),
    ]
}

/// Tries an hour from one address: enough for a busy hall, too few to read the register out.
const TRIES: i64 = 40;
const HOUR_MS: i64 = 3_600_000;

async fn begin(visit: Visit) -> Answer {
    if visit.viewer().is(FIRM) {
        return visit.to("/my/enterprise").now();
    }
    question(&visit, 1, &Form::default(), None).await
}

async fn question(visit: &Visit, step: u32, form: &Form, known: Option<&Public>) -> Answer {
    let l = visit.locale();
    let site = visit.ctx().site();
    let proved = phone::proved(visit).await?;
    visit
        .page(t(l).registration_title(), "")
        .room(Room::Focus)
        .refused(!form.ok())
        .template(pages::question(step, form, known, proved.as_deref(), site.text("privacy", l), l))
        .await
}

/// What the questions so far have given.
#[derive(Default)]
struct Answers {
    code: String,
    firm: String,
    district: Option<String>,
    name: String,
    phone: String,
    email: Option<String>,
}

fn read_firm(form: &mut Form, answers: &mut Answers) {
    let name = form.required("firm", 100, |l| t(l).registration_firm_question());
    answers.firm = cells::tidy_name(&name);
    answers.district = parts::read_code(form, "district", |c| District::by_code(c).is_some());
}

fn read_person(form: &mut Form, answers: &mut Answers) {
    answers.name = form.required("name", 60, |l| t(l).registration_name());
    if form.value("phone").is_empty() {
        form.fail("phone", |l| t(l).registers_phone_empty());
    }
    answers.phone = parts::read_phone(form, "phone").unwrap_or_default();
    answers.email = form.optional("email", 120, |l| t(l).registration_email());
    let is_address = answers.email.as_deref().is_none_or(|e| {
        e.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.') && !e.contains(char::is_whitespace))
    });
    if !is_address {
        form.fail("email", |l| t(l).registration_email_wrong());
    }
}

/// One answer: all earlier ones are read again, and the first that is wrong is asked again.
async fn step(visit: Visit, headers: HeaderMap, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let given: u32 = form.value("step").parse().unwrap_or(1).clamp(1, pages::STEPS);
    let mut answers = Answers::default();

    ctx.limit(&format!("register:{}", visit.client()), TRIES * i64::from(pages::STEPS), HOUR_MS).await?;
    match read_credit_code(&mut form) {
        Some(code) if form.ok() => answers.code = code,
        Some(_) => {}
        None if form.ok() => form.fail("code", |l| t(l).registers_code_empty()),
        None => {}
    }
    if !form.ok() {
        return question(&visit, 1, &form, None).await;
    }
    form.set("code", answers.code.clone());
    let known = queries::public(ctx, &answers.code).await?;
    if given == 1 {
        return question(&visit, 2, &form, known.as_ref()).await;
    }
    if known.is_none() {
        read_firm(&mut form, &mut answers);
        if !form.ok() {
            return question(&visit, 2, &form, None).await;
        }
    }
    if given == 2 {
        return question(&visit, 3, &form, known.as_ref()).await;
    }
    read_person(&mut form, &mut answers);
    if !form.ok() {
        return question(&visit, 3, &form, known.as_ref()).await;
    }
    if given == 3 {
        return question(&visit, 4, &form, known.as_ref()).await;
    }
    // Whoever has proved the phone may leave account and password out.
    let proved = phone::proved(&visit).await?.as_deref() == Some(answers.phone.as_str());
    let left_out = proved && !form.has("login") && !form.has("password") && !form.has("password_again");
    let account =
        if left_out { None } else { credentials::read(&mut form, &[&answers.name, &answers.phone, &answers.code]) };
    if form.value("consent") != "yes" {
        form.fail("consent", |l| t(l).registration_consent_missing());
    }
    if form.ok() && (left_out || account.is_some()) {
        let account = match account {
            Some(account) => {
                let hash = password::hash(ctx, &account.password).await?;
                Some((account.login, hash))
            }
            None => None,
        };
        let new = Registration {
            code: &answers.code,
            firm: &answers.firm,
            district: answers.district.as_deref(),
            name: &answers.name,
            phone: &answers.phone,
            email: answers.email.as_deref(),
            account: account.as_ref().map(|(login, hash)| (login.as_str(), hash.as_str())),
            phone_proved: proved,
        };
        match actions::register(ctx, &new).await {
            Ok(membership) => {
                let cookies = signin::begin(&visit, &headers, membership).await?;
                let mut go = visit.to("/my/enterprise").good(t(l).registration_welcome());
                for cookie in cookies {
                    go = go.cookie(cookie);
                }
                return go.now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    question(&visit, 4, &form, known.as_ref()).await
}

const HERE: &str = "verifications";

async fn queue(visit: Visit) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let pending = queries::pending(ctx).await?;
    let decided = queries::decided(ctx).await?;
    visit
        .page(t(l).registration_queue_title(), HERE)
        .template(pages::queue(visit.viewer(), &pending, &decided, ctx.today(), l))
        .await
}

async fn page(visit: &Visit, number: &str, phone: bool, form: &Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let line = queries::by_number(ctx, number).await?;
    let record = enterprises::record_of(ctx, line.organisation).await?.ok_or(Fault::NotFound)?;
    visit
        .page(t(l).registration_detail(&line.firm), HERE)
        .refused(!form.ok())
        .template(pages::detail(&line, &record, phone, form, ctx.today(), l))
        .await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    page(&visit, &number, false, &Form::default()).await
}

async fn reveal(visit: Visit, Path(number): Path<String>) -> Answer {
    let line = queries::by_number(visit.ctx(), &number).await?;
    actions::reveal(visit.ctx(), visit.viewer(), &line.number).await?;
    page(&visit, &number, true, &Form::default()).await
}

async fn verify(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let line = queries::by_number(visit.ctx(), &number).await?;
    actions::verify(visit.ctx(), visit.viewer(), &line, form.version()).await?;
    visit.to("/verifications").good(t(visit.locale()).registration_verified(&line.name, &line.firm)).now()
}

async fn refuse(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let line = queries::by_number(visit.ctx(), &number).await?;
    let reason = form.required("reason", 500, |l| t(l).registration_reason());
    if !form.ok() {
        return page(&visit, &number, false, &form).await;
    }
    actions::refuse(visit.ctx(), visit.viewer(), &line, form.version(), &reason).await?;
    visit.to("/verifications").good(t(visit.locale()).registration_refused(&line.name, &line.firm)).now()
}
