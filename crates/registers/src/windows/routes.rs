//! Addresses of windows.

use std::sync::Arc;

use axum::extract::Path;
use huiqi_identity::organisations::{self, WindowState};
use huiqi_kernel::credit;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::slice::Route;
use huiqi_web::{Answer, Form, Visit};

use super::queries::{self, Filter};
use super::{actions, forms, pages};
use crate::changes;
use crate::export::{self, Reader};
use crate::listing;
use crate::scope::{EDITORS, READERS_AND_PROVIDERS};
use crate::t;

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/windows", list).roles(READERS_AND_PROVIDERS).under(art(10)).named(|l| t(l).windows_title()),
        Route::get("/windows/export.xlsx", export_xlsx).roles(READERS_AND_PROVIDERS).under(art(10)),
        Route::get("/windows/export.csv", export_csv).roles(READERS_AND_PROVIDERS).under(art(10)),
        Route::get("/windows/clusters", clusters).roles(EDITORS).under(art(10)).named(|l| t(l).windows_clusters()),
        Route::post("/windows/clusters", put_cluster).roles(EDITORS).under(art(10)),
        Route::get("/windows/new", new).roles(EDITORS).under(art(10)),
        Route::post("/windows/new", create).roles(EDITORS).under(art(10)),
        Route::get("/windows/{number}", show).roles(READERS_AND_PROVIDERS).under(art(10)),
        Route::get("/windows/{number}/edit", edit).roles(EDITORS).under(art(10)),
        Route::post("/windows/{number}/edit", change).roles(EDITORS).under(art(10)),
    ]
}

const HERE: &str = "windows";

fn filter_of(visit: &Visit) -> Filter {
    let query = listing::query_of(visit.path());
    let find = |name: &str| listing::value_of(&query, name);
    Filter { words: find("q"), district: find("district"), state: find("state"), category: find("category") }
}

async fn list(visit: Visit) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let filter = filter_of(&visit);
    let windows = queries::list(ctx, &filter).await?;
    let clusters = queries::clusters(ctx).await?;
    visit.page(t(l).windows_title(), HERE).template(pages::list(visit.viewer(), &windows, &clusters, &filter, l)).await
}

async fn export(visit: &Visit, format: &str) -> Result<(Vec<String>, Reader), Fault> {
    crate::scope::note_export(visit, "windows", format).await?;
    let (ctx, l) = (visit.ctx(), visit.locale());
    let windows = queries::list(ctx, &filter_of(visit)).await?;
    let clusters = queries::clusters(ctx).await?;
    let rows: Vec<_> = windows.iter().map(|w| pages::cells(w, &clusters, l)).collect();
    let reader: Reader = Arc::new(move |_| {
        let rows = rows.clone();
        Box::pin(async move { Ok((rows, None)) })
    });
    Ok((pages::headings(l), reader))
}

async fn export_xlsx(visit: Visit) -> Answer {
    let (headings, reader) = export(&visit, "xlsx").await?;
    let title = t(visit.locale()).windows_title();
    export::xlsx_file(&format!("{title}.xlsx"), &title, headings, reader).await
}

async fn export_csv(visit: Visit) -> Answer {
    let (headings, reader) = export(&visit, "csv").await?;
    export::csv_file(&format!("{}.csv", t(visit.locale()).windows_title()), headings, reader)
}

async fn new(visit: Visit) -> Answer {
    let l = visit.locale();
    let clusters = queries::clusters(visit.ctx()).await?;
    let form = Form::with([("state", WindowState::Connected.code())]);
    visit.page(t(l).windows_new(), HERE).template(pages::new(&form, &clusters, l)).await
}

/// The organisation named by its number or credit code.
async fn operator(visit: &Visit, named: &str) -> Result<Option<i64>, Fault> {
    if let Some(card) = organisations::by_number(visit.ctx(), &named.to_uppercase()).await? {
        return Ok(Some(card.id));
    }
    match credit::check(named) {
        Ok(checked) => organisations::find_by_code(visit.ctx(), checked.code.as_str()).await,
        Err(_) => Ok(None),
    }
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let clusters = queries::clusters(ctx).await?;
    let named = form.required("organisation", 60, |l| t(l).windows_operator());
    let organisation = operator(&visit, &named).await?;
    if organisation.is_none() && !named.is_empty() {
        form.fail("organisation", |l| t(l).windows_operator_unknown());
    }
    if let Some(new) = forms::read(&mut form, organisation.unwrap_or_default(), &clusters) {
        match actions::create(ctx, visit.viewer(), &new).await {
            Ok(number) => {
                let told = t(l).windows_created(&new.name, &number);
                return visit.to(format!("/windows/{number}")).good(told).now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    visit.page(t(l).windows_new(), HERE).refused(true).template(pages::new(&form, &clusters, l)).await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let window = queries::by_number(ctx, &number).await?;
    let clusters = queries::clusters(ctx).await?;
    let history = changes::of(ctx, "window", window.window).await?;
    visit
        .page(window.shown(l), HERE)
        .template(pages::detail(visit.viewer(), &window, &clusters, &history, ctx.today(), l))
        .await
}

async fn edit(visit: Visit, Path(number): Path<String>) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let window = queries::by_number(ctx, &number).await?;
    let clusters = queries::clusters(ctx).await?;
    let form = pages::filled(&window);
    visit.page(t(l).windows_edit(window.shown(l)), HERE).template(pages::edit(&window, &form, &clusters, l)).await
}

async fn change(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let window = queries::by_number(ctx, &number).await?;
    let clusters = queries::clusters(ctx).await?;
    if let Some(new) = forms::read(&mut form, window.organisation, &clusters) {
        match actions::change(ctx, visit.viewer(), window.window, form.version(), &new).await {
            Ok(count) => {
                return visit.to(format!("/windows/{number}")).good(t(l).registers_saved(count as i64)).now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    visit
        .page(t(l).windows_edit(window.shown(l)), HERE)
        .refused(true)
        .template(pages::edit(&window, &form, &clusters, l))
        .await
}

async fn clusters(visit: Visit) -> Answer {
    cluster_page(&visit, &Form::default()).await
}

async fn cluster_page(visit: &Visit, form: &Form) -> Answer {
    let l = visit.locale();
    let clusters = queries::clusters(visit.ctx()).await?;
    visit.page(t(l).windows_clusters(), HERE).refused(!form.ok()).template(pages::clusters(form, &clusters, l)).await
}

async fn put_cluster(visit: Visit, mut form: Form) -> Answer {
    let l = visit.locale();
    let code = form.required("code", 40, |l| t(l).windows_cluster_code());
    if !code.is_empty() && !code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        form.fail("code", |l| t(l).windows_cluster_code_wrong());
    }
    let name = form.required("name", 100, |l| t(l).windows_cluster_name());
    let name_en = form.optional("name_en", 200, |l| t(l).registers_name_en());
    let district =
        crate::parts::read_code(&mut form, "district", |c| huiqi_kernel::district::District::by_code(c).is_some());
    if !form.ok() {
        return cluster_page(&visit, &form).await;
    }
    let work = visit.ctx().write(visit.viewer()).await?;
    actions::put_cluster_in(&work, &super::ClusterRow { code, name: name.clone(), name_en, district }).await?;
    work.commit().await?;
    visit.to("/windows/clusters").good(t(l).windows_cluster_saved(&name)).now()
}
