//! Addresses of imports.

use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::slice::Route;
use huiqi_web::visit::download;
use huiqi_web::{Answer, Failure, Form, Visit};

use super::{Kind, State, engine, pages, queries, report};
use crate::export::XLSX;
use crate::scope::EDITORS;
use crate::t;

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/imports", list).roles(EDITORS).under(art(5)).named(|l| t(l).imports_title()),
        Route::post("/imports", receive).roles(EDITORS).under(art(5)),
        Route::get("/imports/new", new).roles(EDITORS).under(art(5)),
        Route::get("/imports/templates/{file}", template).roles(EDITORS).under(art(5)),
        Route::get("/imports/{number}", show).roles(EDITORS).under(art(5)),
        Route::post("/imports/{number}/apply", apply).roles(EDITORS).under(art(5)),
        Route::post("/imports/{number}/drop", drop_it).roles(EDITORS).under(art(5)),
        Route::get("/imports/{number}/refused.xlsx", refused).roles(EDITORS).under(art(5)),
    ]
}

const HERE: &str = "imports";
/// Refused rows shown on the page itself.
const SHOWN: u64 = 50;

async fn list(visit: Visit) -> Answer {
    let l = visit.locale();
    let imports = queries::latest(visit.ctx()).await?;
    let page = pages::list(visit.viewer(), &imports, visit.ctx().today(), l);
    visit.page(t(l).imports_title(), HERE).template(page).await
}

async fn new(visit: Visit) -> Answer {
    let l = visit.locale();
    visit.page(t(l).imports_new(), HERE).template(pages::new(&Form::default(), l)).await
}

async fn receive(visit: Visit, mut form: Form) -> Answer {
    let l = visit.locale();
    let kind = form.choice("kind", Kind::from_code, |l| t(l).imports_kind());
    let file = form.files().first().cloned();
    match &file {
        None => form.fail("file", |l| t(l).imports_file_none()),
        Some(file) if file.content.len() > super::MAX_FILE => {
            form.fail("file", |l| t(l).imports_file_too_large((super::MAX_FILE / 1024 / 1024) as i64));
        }
        Some(_) => {}
    }
    if let (Some(kind), Some(file), true) = (kind, file, form.ok()) {
        let (_, number) =
            engine::receive(visit.ctx(), visit.viewer(), kind, &file.name, file.content.clone(), false).await?;
        return visit.to(format!("/imports/{number}")).now();
    }
    visit.page(t(l).imports_new(), HERE).refused(true).template(pages::new(&form, l)).await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let import = queries::by_number(ctx, &number).await?;
    let refused =
        if import.state() == State::Reading { Vec::new() } else { queries::refused(ctx, import.id, -1, SHOWN).await? };
    let mut answer =
        visit.page(import.file_name.clone(), HERE).template(pages::detail(&import, &refused, ctx.today(), l)).await?;
    if import.is_running() {
        answer.headers_mut().insert(REFRESH, HeaderValue::from_static("2"));
    }
    Ok(answer)
}

async fn apply(visit: Visit, Path(number): Path<String>) -> Answer {
    let import = queries::by_number(visit.ctx(), &number).await?;
    engine::confirm(visit.ctx(), visit.viewer(), &import).await?;
    visit.to(format!("/imports/{number}")).now()
}

async fn drop_it(visit: Visit, Path(number): Path<String>) -> Answer {
    let import = queries::by_number(visit.ctx(), &number).await?;
    engine::drop_it(visit.ctx(), visit.viewer(), &import).await?;
    visit.to("/imports").good(t(visit.locale()).imports_dropped_flash(&import.file_name)).now()
}

async fn refused(visit: Visit, Path(number): Path<String>) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let import = queries::by_number(ctx, &number).await?;
    let content = report::refused(ctx, &import, l).await?;
    download(&format!("{number}-{}.xlsx", t(l).imports_refused()), XLSX, content)
}

async fn template(visit: Visit, Path(file): Path<String>) -> Answer {
    let l = visit.locale();
    let kind = file.strip_suffix(".xlsx").and_then(Kind::from_code).ok_or_else(Failure::not_found)?;
    let content = report::template(kind, l).map_err(Fault::internal)?;
    download(&format!("{}.xlsx", t(l).imports_template_name(kind.label(l))), XLSX, content)
}
