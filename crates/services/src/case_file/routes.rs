//! URLs of case files, then their handlers in this order.

use axum::extract::Path;
use huiqi_casework::attachments;
use huiqi_casework::inbox;
use huiqi_casework::record::Case;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::layout::Room;
use huiqi_web::{Answer, Failure, Form, Route, Visit};

use super::{actions, pages};
use crate::requests::actions::By;
use crate::requests::facts;
use crate::requests::flow::FLOW;
use crate::requests::follow;
use crate::t;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/requests/{number}/file", show).under(art(5)).named(|l| t(l).case_file_title()),
        Route::get("/requests/{number}/supplements", form).under(art(5)).named(|l| t(l).case_file_add()),
        Route::post("/requests/{number}/supplements", add).under(art(5)),
        Route::get("/follow/{number}/file", show_followed).public(),
        Route::get("/follow/{number}/supplements", form_followed).public(),
        Route::post("/follow/{number}/supplements", add_followed).public(),
    ]
}

/// A request that this viewer may see.
async fn request(visit: &Visit, number: &str) -> Result<Case, Failure> {
    let case = inbox::visible(visit.ctx(), visit.viewer(), number).await?;
    if case.flow == FLOW.code { Ok(case) } else { Err(Failure::not_found()) }
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let case = request(&visit, &number).await?;
    pages::show(&visit, case, visit.viewer(), "/requests").await
}

async fn show_followed(visit: Visit, Path(number): Path<String>) -> Answer {
    let case = follow::check(visit.ctx(), visit.read_cookie(follow::COOKIE), &number).await?;
    pages::show(&visit, case, &Viewer::Public, "/follow").await
}

async fn form(visit: Visit, Path(number): Path<String>) -> Answer {
    let case = request(&visit, &number).await?;
    form_page(&visit, &case, visit.viewer(), "/requests", &Form::default()).await
}

async fn form_followed(visit: Visit, Path(number): Path<String>) -> Answer {
    let case = follow::check(visit.ctx(), visit.read_cookie(follow::COOKIE), &number).await?;
    form_page(&visit, &case, &Viewer::Public, "/follow", &Form::default()).await
}

async fn form_page(visit: &Visit, case: &Case, viewer: &Viewer, base: &str, form: &Form) -> Answer {
    let ctx = visit.ctx();
    let detail = facts::detail(ctx, case.id).await?;
    let assigned = facts::assigned(ctx, case.id).await?;
    actions::may_add(viewer, &facts::facts(ctx, ctx.today(), case, &detail, &assigned), &assigned)
        .map_err(Fault::from)?;
    let body = pages::form(visit, case, base, form);
    visit.page(t(visit.locale()).case_file_add(), "requests").room(Room::Focus).refused(!form.ok()).show(body).await
}

async fn add(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let case = request(&visit, &number).await?;
    added(&visit, &case, By::Viewer(visit.viewer()), visit.viewer(), "/requests", form).await
}

async fn add_followed(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let case = follow::check(visit.ctx(), visit.read_cookie(follow::COOKIE), &number).await?;
    visit.ctx().limit(&format!("supplement:{number}"), 20, 3_600_000).await?;
    added(&visit, &case, By::Bearer, &Viewer::Public, "/follow", form).await
}

async fn added(visit: &Visit, case: &Case, by: By<'_>, viewer: &Viewer, base: &str, mut form: Form) -> Answer {
    let done = match attachments::prepare(form.files()).await {
        Ok(files) => {
            let supplement = actions::Supplement {
                title: form.value("title").chars().take(pages::LONGEST_TITLE).collect(),
                words: form.value("words").to_owned(),
                files,
            };
            actions::add(visit.ctx(), by, &case.number, &supplement).await
        }
        Err(fault) => Err(fault),
    };
    match done {
        Ok(seq) => visit.to(format!("{base}/{}", case.number)).good(t(visit.locale()).case_file_added(seq)).now(),
        Err(Fault::Invalid { field, message }) => {
            form.fail(field, |l| message.get(l).to_owned());
            form_page(visit, case, viewer, base, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}
