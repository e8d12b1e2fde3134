//! Addresses of signing in with a phone.

use axum::http::HeaderMap;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::text::{PhoneError, phone_check};
use huiqi_store::Fault;
use huiqi_web::components::{self, Field};
use huiqi_web::slice::Route;
use huiqi_web::visit::local_path;
use huiqi_web::{Answer, Failure, Form, Html, Visit};

use super::{phone, routes};
use crate::gateway::is_mobile;
use crate::pages::FormPage;
use crate::{fields, t};

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in/phone", ask_page).public(),
        Route::post("/sign-in/phone", send).public(),
        Route::post("/sign-in/phone/code", check).public(),
        Route::get("/sign-in/phone/who", who).public(),
        Route::post("/sign-in/phone/who", choose).public(),
    ]
}

const HERE: &str = "me";

/// Reads a phone to which a code can be sent; what is wrong is said, `other` where it is a phone but no mobile one.
pub fn read_mobile(form: &mut Form, field: &str, other: impl Fn(Locale) -> String) -> Option<String> {
    match phone_check(form.value(field)) {
        Ok(phone) if is_mobile(&phone) => Some(phone),
        Ok(_) | Err(PhoneError::MissingAreaCode) => {
            form.fail(field, other);
            None
        }
        Err(PhoneError::Empty) => {
            form.fail(field, |l| t(l).signin_phone_missing());
            None
        }
        Err(error) => {
            form.fail(field, |l| fields::phone_error(error, l));
            None
        }
    }
}

/// The field for a phone that is to be proved.
pub fn phone_field(form: &Form, field: &str, visit: &Visit) -> Html {
    let l = visit.locale();
    Field::tel(field, t(l).signin_phone_field())
        .hint(t(l).signin_phone_hint())
        .width("w-phone")
        .autocomplete("tel")
        .value(form.value(field))
        .error(form.error(field, l))
        .html(l)
}

/// The field for the code, with a word about where it is; `wait` where none was sent because the last one is so fresh.
pub fn code_field(form: &Form, phone_number: &str, wait: Option<i64>, visit: &Visit) -> Html {
    let l = visit.locale();
    let m = t(l);
    let demo = visit.ctx().is_demo();
    let mut hint = match wait {
        Some(seconds) => m.signin_phone_code_wait(phone_number, seconds),
        None if demo => m.signin_phone_code_sent(phone_number),
        None => m.signin_phone_code_hint(phone_number, phone::CODE_MS / 60_000),
    };
    if demo {
        hint.push_str(l.pick("", " "));
        hint.push_str(&m.signin_phone_code_hint_demo());
    }
    Field::text("phone_code", m.signin_phone_code())
        .hint(hint)
        .width("w-code")
        .autocomplete("one-time-code")
        .attr("inputmode", "numeric")
        .error(form.error("phone_code", l))
        .html(l)
}

fn next_field(form: &Form) -> Html {
    if form.has("next") { components::hidden("next", form.value("next")) } else { Html::empty() }
}

async fn ask_form(visit: &Visit, form: &Form) -> Answer {
    let l = visit.locale();
    let m = t(l);
    if !phone::is_offered(visit.ctx()) {
        let body = Html::raw("<div class=\"wrap form-wrap\">")
            .and(&components::back("/sign-in", &m.signin_back(), l))
            .and(&Html(format!(
                "<h1>{}</h1><p>{}</p></div>",
                Html::text(&m.signin_phone_title()),
                Html::text(&m.signin_phone_unset())
            )));
        return visit.page(m.signin_phone_title(), HERE).show(body).await;
    }
    let page = FormPage::new(m.signin_phone_title(), "/sign-in/phone", m.signin_phone_send(), form, l)
        .back("/sign-in", &m.signin_phone_by_password(), l)
        .lede(&m.signin_phone_lede())
        .fields([next_field(form), phone_field(form, "phone", visit)]);
    visit.page(m.signin_phone_title(), HERE).refused(!form.ok()).template(page).await
}

async fn ask_page(visit: Visit) -> Answer {
    let mut form = Form::default();
    if let Some((_, next)) = crate::paging::query_of(visit.path()).iter().find(|(name, _)| name == "next") {
        form.set("next", local_path(next));
    }
    ask_form(&visit, &form).await
}

async fn code_form(visit: &Visit, form: &Form, number: &str, wait: Option<i64>) -> Answer {
    let l = visit.locale();
    let m = t(l);
    let again = Html(format!(
        "<form method=\"post\" action=\"/sign-in/phone\" class=\"inline\">{}{}<button class=\"button is-plain\" type=\"submit\">{}</button></form>",
        components::hidden("phone", number),
        next_field(form),
        Html::text(&m.signin_phone_again())
    ));
    let page = FormPage::new(m.signin_phone_code_title(), "/sign-in/phone/code", m.signin_submit(), form, l)
        .back("/sign-in/phone", &m.signin_phone_other(), l)
        .fields([components::hidden("phone", number), next_field(form), code_field(form, number, wait, visit)])
        .after(again);
    visit.page(m.signin_phone_code_title(), HERE).refused(!form.ok()).template(page).await
}

/// Sends a code, to known and unknown phones alike.
async fn send(visit: Visit, mut form: Form) -> Answer {
    if !phone::is_offered(visit.ctx()) {
        return ask_form(&visit, &form).await;
    }
    let Some(number) = read_mobile(&mut form, "phone", |l| t(l).signin_phone_mobile()) else {
        return ask_form(&visit, &form).await;
    };
    match phone::send_code(&visit, &number).await {
        Ok(wait) => code_form(&visit, &form, &number, wait).await,
        Err(Fault::TooMany) => {
            form.fail("phone", |l| t(l).signin_phone_too_many());
            ask_form(&visit, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn check(visit: Visit, headers: HeaderMap, mut form: Form) -> Answer {
    let Some(number) = read_mobile(&mut form, "phone", |l| t(l).signin_phone_mobile()) else {
        return ask_form(&visit, &form).await;
    };
    let typed = form.required("phone_code", 20, |l| t(l).signin_phone_code());
    if !form.ok() {
        return code_form(&visit, &form, &number, None).await;
    }
    let Some(cookie) = phone::check_code(&visit, &number, &typed).await? else {
        form.fail("phone_code", |l| t(l).signin_phone_code_wrong());
        return code_form(&visit, &form, &number, None).await;
    };
    let holders = phone::holders(visit.ctx(), &number).await?;
    match holders.as_slice() {
        [one] => {
            mark(&visit, one.person, &number).await?;
            let answer = routes::enter(&visit, &headers, one.membership, form.value("next")).await;
            phone::with_cookie(answer, &cookie)
        }
        _ => {
            let to = crate::paging::address("/sign-in/phone/who", &[("next", form.value("next"))]);
            visit.to(to).cookie(cookie).now()
        }
    }
}

async fn mark(visit: &Visit, person: i64, number: &str) -> Result<(), Failure> {
    let work = visit.ctx().write(visit.viewer()).await?;
    phone::mark_in(&work, person, number).await?;
    work.commit().await?;
    Ok(())
}

/// Several people have this phone, or nobody who acts for a firm alone.
async fn who(visit: Visit) -> Answer {
    let l = visit.locale();
    let m = t(l);
    let Some(number) = phone::proved(&visit).await? else { return visit.to("/sign-in/phone").now() };
    let holders = phone::holders(visit.ctx(), &number).await?;
    let query = crate::paging::query_of(visit.path());
    let next = query.iter().find(|(name, _)| name == "next").map_or("", |(_, v)| local_path(v));
    let mut body = Html::raw("<div class=\"wrap form-wrap\">").and(&components::back(
        "/sign-in/phone",
        &m.signin_phone_other(),
        l,
    ));
    if holders.is_empty() {
        body = body.and(&Html(format!(
            "<h1>{}</h1><p>{}</p><div class=\"button-row\">{}</div><p>{}</p></div>",
            Html::text(&m.signin_phone_nobody_title()),
            Html::text(&m.signin_phone_nobody()),
            Html(format!("<a class=\"button\" href=\"/register\">{}</a>", Html::text(&m.signin_phone_register()))),
            Html::fill(&m.signin_phone_staff("{0}"), &[components::link("/sign-in", &m.signin_phone_staff_link())])
        )));
    } else {
        body = body.and(&Html(format!("<h1>{}</h1>", Html::text(&m.signin_phone_who()))));
        body = body.and(&Html::raw("<form method=\"post\" action=\"/sign-in/phone/who\">"));
        if !next.is_empty() {
            body = body.and(&components::hidden("next", next));
        }
        body = body.and(&Html::raw("<ul class=\"actions\">"));
        for holder in &holders {
            body = body.and(&Html(format!(
                "<li><button class=\"button is-second\" type=\"submit\" name=\"who\" value=\"{}\">{}</button><p>{}</p></li>",
                Html::text(&holder.number),
                Html::text(&holder.name),
                Html::text(l.pick(&holder.firm, holder.firm_en.as_deref().unwrap_or(&holder.firm)))
            )));
        }
        body = body.and(&Html::raw("</ul></form></div>"));
    }
    visit.page(m.signin_phone_title(), HERE).show(body).await
}

async fn choose(visit: Visit, headers: HeaderMap, form: Form) -> Answer {
    let Some(number) = phone::proved(&visit).await? else { return visit.to("/sign-in/phone").now() };
    let holders = phone::holders(visit.ctx(), &number).await?;
    let Some(holder) = holders.iter().find(|h| h.number == form.value("who")) else {
        return Err(Failure::not_found());
    };
    mark(&visit, holder.person, &number).await?;
    routes::enter(&visit, &headers, holder.membership, form.value("next")).await
}
