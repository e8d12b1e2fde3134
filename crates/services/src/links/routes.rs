//! URLs of links, then their handlers in this order.

use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, StatusCode, header::REFERRER_POLICY};
use huiqi_casework::attachments;
use huiqi_casework::record::{self, Case};
use huiqi_kernel::locale::Bilingual;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::{art, art_item};
use huiqi_store::Fault;
use huiqi_web::components;
use huiqi_web::layout::{Html, Room};
use huiqi_web::{Answer, Failure, Form, Route, Visit};

use super::actions::{self, Act, Link};
use super::pages;
use crate::requests::pages::{ErrorIn, load};
use crate::t;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/t/{token}", open).public().under(art(5)).named(|l| t(l).link_name()),
        Route::get("/t/{token}/files/{file}", file).public(),
        Route::get("/t/{token}/files/{file}/preview", preview).public(),
        Route::post("/t/{token}/grade", grade).public().under(art_item(7, 3)),
        Route::post("/t/{token}/words", words).public(),
        Route::post("/t/{token}/confirm", confirm).public().under(art(5)),
        Route::post("/t/{token}/redo", redo).public().under(art(5)),
        Route::post("/t/{token}/supply", supply).public().under(art(5)),
    ]
}

/// Nobody else learns of the address: not other sites by a link on the page, not search engines.
fn private(answer: Answer) -> Answer {
    let mut response = answer?;
    let headers = response.headers_mut();
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow, noarchive"));
    Ok(response)
}

async fn show(visit: &Visit, title: String, body: Html, status: StatusCode) -> Answer {
    private(visit.page(title, "follow").room(Room::Focus).status(status).show(body).await)
}

/// The link and its request, or the page that says why it does not work.
async fn found(visit: &Visit, token: &str) -> Result<Result<(Link, Case), Answer>, Failure> {
    let m = t(visit.locale());
    let link = match actions::find(visit.ctx(), token, visit.client()).await {
        Ok(link) => link,
        Err(Fault::NotFound) => {
            let body = pages::only_says(visit, &m.link_unknown_title(), &m.link_unknown_what(), None);
            return Ok(Err(show(visit, m.link_unknown_title(), body, StatusCode::NOT_FOUND).await));
        }
        Err(fault) => return Err(fault.into()),
    };
    let case = record::by_id(visit.ctx(), link.case_id).await?;
    if link.expires_at <= visit.ctx().now() {
        let body = pages::only_says(visit, &m.link_expired_title(), &m.link_expired_what(), Some(&case.number));
        return Ok(Err(show(visit, m.link_expired_title(), body, StatusCode::GONE).await));
    }
    Ok(Ok((link, case)))
}

async fn render(visit: &Visit, token: &str, error: Option<(&'static str, Bilingual)>, form: &Form) -> Answer {
    let error = error.map(|(field, message)| (field, field, message));
    let (link, case) = match found(visit, token).await? {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    if let Some((title, body)) = pages::of_report(visit, &case) {
        return show(visit, title, body, StatusCode::OK).await;
    }
    let loaded = load(visit.ctx(), case, &Viewer::Public, visit.locale()).await?;
    let title = format!("{} {}", loaded.case.number, loaded.case.title);
    let own = format!("/t/{token}");
    let summary = error.as_ref().map_or_else(Html::empty, |(field, _, message)| {
        let id = if *field == "redo" { "redo-words" } else { field };
        components::error_summary(&[(id.to_owned(), message.get(visit.locale()).to_owned())], visit.locale())
    });
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let errors = ErrorIn { error: error.as_ref(), typed: form };
    let body = pages::page(visit, &link, &own, loaded, &errors, &summary)?;
    show(visit, title, body, status).await
}

/// The page as it stands now, with why nothing was done; what was typed is shown, so that it can be taken along.
async fn too_late(visit: &Visit, token: &str, why: &str, form: &Form) -> Answer {
    let typed = form.value("words");
    if typed.is_empty() {
        return private(visit.to(format!("/t/{token}")).warn(why).now());
    }
    let (link, case) = match found(visit, token).await? {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let loaded = load(visit.ctx(), case, &Viewer::Public, visit.locale()).await?;
    let title = format!("{} {}", loaded.case.number, loaded.case.title);
    let errors = ErrorIn { error: None, typed: form };
    let kept = pages::kept(why, typed, visit.locale());
    let body = pages::page(visit, &link, &format!("/t/{token}"), loaded, &errors, &kept)?;
    show(visit, title, body, StatusCode::CONFLICT).await
}

async fn open(visit: Visit, Path(token): Path<String>) -> Answer {
    render(&visit, &token, None, &Form::default()).await
}

async fn given(visit: &Visit, token: &str, file: &str, small: bool) -> Answer {
    match found(visit, token).await? {
        Ok((link, case)) if pages::of_report(visit, &case).is_none() => {
            private(attachments::give_to_bearer(visit.ctx(), link.case_id, file, small).await)
        }
        Ok(_) => Err(Failure::not_found()),
        Err(answer) => answer,
    }
}

async fn file(visit: Visit, Path((token, file)): Path<(String, String)>) -> Answer {
    given(&visit, &token, &file, false).await
}

async fn preview(visit: Visit, Path((token, file)): Path<(String, String)>) -> Answer {
    given(&visit, &token, &file, true).await
}

/// Does what was asked and shows the page again: done, refused with its reason, or overtaken.
async fn act(visit: &Visit, token: &str, act: Act, done: String, field: &'static str, form: &Form) -> Answer {
    let (link, case) = match found(visit, token).await? {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    if pages::of_report(visit, &case).is_some() {
        return Err(Failure::not_found());
    }
    let m = t(visit.locale());
    let own = format!("/t/{token}");
    match actions::act(visit.ctx(), &link, &act).await {
        Ok(()) => private(visit.to(&own).good(done).now()),
        Err(Fault::Invalid { field: "file", message }) => render(visit, token, Some(("file", message)), form).await,
        Err(Fault::Invalid { message, .. }) => render(visit, token, Some((field, message)), form).await,
        // Done already, here or elsewhere: the page says how things stand.
        Err(Fault::Refused(refusal)) if !refusal.hidden => {
            too_late(visit, token, refusal.reason.get(visit.locale()), form).await
        }
        Err(Fault::Refused(_) | Fault::NotFound | Fault::Stale) => {
            too_late(visit, token, &m.link_no_more(), form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn grade(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    let done = t(visit.locale()).rating_done();
    act(&visit, &token, Act::Grade(form.value("grade").parse().unwrap_or_default()), done, "grade", &form).await
}

async fn words(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    let done = t(visit.locale()).link_words_done();
    act(&visit, &token, Act::Words(form.value("words").to_owned()), done, "words", &form).await
}

async fn confirm(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    let done = t(visit.locale()).link_confirmed();
    act(&visit, &token, Act::Confirm, done, "confirm", &form).await
}

async fn redo(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    let done = t(visit.locale()).request_done_redo();
    act(&visit, &token, Act::Redo(form.value("words").to_owned()), done, "redo", &form).await
}

async fn supply(visit: Visit, Path(token): Path<String>, form: Form) -> Answer {
    let done = t(visit.locale()).request_done_supply();
    let asked = Act::Supply(form.value("words").to_owned(), form.files().to_vec());
    act(&visit, &token, asked, done, "words", &form).await
}
