//! Addresses of providers.

use std::sync::Arc;

use axum::extract::Path;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::slice::Route;
use huiqi_web::{Answer, Form, Visit};

use super::pages::{self, Listing, Shown};
use super::queries::{self, Filter, Record};
use super::{State, actions, forms};
use crate::changes::{self, Source};
use crate::enterprises::read_credit_code;
use crate::export::{self, Out, Reader};
use crate::listing::{self, Cut};
use crate::scope::{CALLERS, EDITORS, READERS_AND_PROVIDERS};
use crate::t;

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/providers", list).roles(READERS_AND_PROVIDERS).under(art(5)).named(|l| t(l).providers_title()),
        Route::get("/providers/export.xlsx", export_xlsx).roles(READERS_AND_PROVIDERS).under(art(5)),
        Route::get("/providers/export.csv", export_csv).roles(READERS_AND_PROVIDERS).under(art(5)),
        Route::get("/providers/new", new).roles(EDITORS).under(art(5)),
        Route::post("/providers/new", create).roles(EDITORS).under(art(5)),
        Route::get("/providers/{number}", show).roles(READERS_AND_PROVIDERS).under(art(5)),
        Route::post("/providers/{number}/phone", reveal).roles(CALLERS).under(art(5)),
        Route::get("/providers/{number}/edit", edit).roles(EDITORS).under(art(5)),
        Route::post("/providers/{number}/edit", change).roles(EDITORS).under(art(5)),
        Route::post("/providers/{number}/state", set_state).roles(EDITORS).under(art(5)),
    ]
}

const HERE: &str = "providers";

fn filter_of(query: &[(String, String)]) -> Filter {
    let find = |name: &str| listing::value_of(query, name);
    Filter { words: find("q"), district: find("district"), category: find("category"), state: find("state") }
}

fn address(path: &str, filter: &Filter, sort: &str) -> String {
    listing::address(
        path,
        &[
            ("q", &filter.words),
            ("category", &filter.category),
            ("district", &filter.district),
            ("state", &filter.state),
            ("sort", sort),
        ],
    )
}

async fn list(visit: Visit) -> Answer {
    let (ctx, viewer, l) = (visit.ctx(), visit.viewer(), visit.locale());
    let query = listing::query_of(visit.path());
    let (filter, cut) = (filter_of(&query), Cut::read(&query));
    let total = queries::count(ctx, viewer, &filter).await?;
    let rows = queries::list(ctx, viewer, &filter, &cut).await?;
    let (lines, pager) = cut.page(rows, total, &address("/providers", &filter, cut.sort()), |line| &line.number);
    let page = pages::list(
        viewer,
        &Listing {
            lines: &lines,
            pager: &pager,
            filter: &filter,
            total,
            base: &address("/providers", &filter, ""),
            newest_first: cut.newest_first(),
            xlsx: &address("/providers/export.xlsx", &filter, ""),
            csv: &address("/providers/export.csv", &filter, ""),
        },
        ctx.today(),
        l,
    );
    visit.page(t(l).providers_title(), HERE).template(page).await
}

fn cells(line: &Record, l: huiqi_kernel::locale::Locale) -> Vec<Out> {
    vec![
        Out::Text(line.name.clone()),
        Out::text(line.code.clone()),
        Out::text(line.district.as_deref().map(|d| crate::said::district(d, l))),
        Out::Text(crate::said::categories(&line.categories, l)),
        Out::text(line.nature.as_deref().map(|n| crate::imports::list_name("nature", n, l))),
        Out::text(line.profile.clone()),
        Out::text(line.contact.clone()),
        Out::text(line.phone.as_deref().map(huiqi_kernel::text::mask_phone)),
        Out::text(line.address.clone()),
        Out::Text(line.state().label(l)),
        Out::Text(line.number.clone()),
    ]
}

fn export(visit: &Visit) -> (Vec<String>, Reader) {
    let l = visit.locale();
    let filter = filter_of(&listing::query_of(visit.path()));
    let (ctx, viewer) = (visit.ctx().clone(), visit.viewer().clone());
    let mut headings: Vec<String> =
        crate::imports::columns(crate::imports::Kind::Providers).iter().map(|c| c.heading(l).to_owned()).collect();
    headings.push(t(l).registers_state());
    headings.push(t(l).registers_number());
    let reader: Reader = Arc::new(move |after| {
        let (ctx, viewer, filter) = (ctx.clone(), viewer.clone(), filter.clone());
        Box::pin(async move {
            let last = after.as_ref().map(|(pinyin, id)| (pinyin.as_str(), *id));
            let lines = queries::after(&ctx, &viewer, &filter, last).await?;
            let next = (lines.len() == 1000)
                .then(|| lines.last().map(|line| (line.pinyin.clone(), line.organisation)))
                .flatten();
            Ok((lines.iter().map(|line| cells(line, l)).collect(), next))
        })
    });
    (headings, reader)
}

async fn export_xlsx(visit: Visit) -> Answer {
    crate::scope::note_export(&visit, "providers", "xlsx").await?;
    let (headings, reader) = export(&visit);
    let title = t(visit.locale()).providers_title();
    export::xlsx_file(&format!("{title}.xlsx"), &title, headings, reader).await
}

async fn export_csv(visit: Visit) -> Answer {
    crate::scope::note_export(&visit, "providers", "csv").await?;
    let (headings, reader) = export(&visit);
    export::csv_file(&format!("{}.csv", t(visit.locale()).providers_title()), headings, reader)
}

async fn new(visit: Visit) -> Answer {
    let l = visit.locale();
    visit.page(t(l).providers_new(), HERE).template(pages::new(&Form::default(), &[], l)).await
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let code = read_credit_code(&mut form);
    let new = forms::read(&mut form, code, None);
    let mut similar = Vec::new();
    if let Some(new) = new {
        similar = queries::similar(ctx, &new.name, None).await?;
        if similar.is_empty() || form.value("another") == "yes" {
            match actions::create(ctx, visit.viewer(), &new).await {
                Ok(number) => {
                    let told = t(l).providers_created(&new.name, &number);
                    return visit.to(format!("/providers/{number}")).good(told).now();
                }
                Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
                Err(fault) => return Err(fault.into()),
            }
        } else {
            form.fail("another", |l| t(l).registers_alike_confirm());
        }
    }
    visit.page(t(l).providers_new(), HERE).refused(true).template(pages::new(&form, &similar, l)).await
}

async fn detail(visit: &Visit, number: &str, phone: bool, form: &Form) -> Answer {
    let (ctx, viewer, l) = (visit.ctx(), visit.viewer(), visit.locale());
    let record = queries::record(ctx, viewer, number).await?;
    let products = crate::products::of_provider(ctx, record.organisation).await?;
    let history = changes::of(ctx, "provider", record.organisation).await?;
    let shown = Shown { record: &record, products: &products, history: &history, phone };
    let page = pages::detail(viewer, &shown, form, ctx.today(), l);
    visit
        .page(crate::parts::shown(&record.name, record.name_en.as_deref(), l), HERE)
        .refused(!form.ok())
        .template(page)
        .await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    detail(&visit, &number, false, &Form::default()).await
}

async fn reveal(visit: Visit, Path(number): Path<String>) -> Answer {
    let record = queries::record(visit.ctx(), visit.viewer(), &number).await?;
    actions::reveal(visit.ctx(), visit.viewer(), &record.number).await?;
    detail(&visit, &number, true, &Form::default()).await
}

async fn edit(visit: Visit, Path(number): Path<String>) -> Answer {
    let l = visit.locale();
    let record = queries::record(visit.ctx(), visit.viewer(), &number).await?;
    let form = pages::filled(&record);
    visit.page(t(l).providers_edit(&record.name), HERE).template(pages::edit(&record, &form, l)).await
}

async fn change(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let record = queries::record(ctx, visit.viewer(), &number).await?;
    if let Some(new) = forms::read(&mut form, record.code.clone(), record.phone.clone()) {
        let count =
            actions::change(ctx, visit.viewer(), record.organisation, form.version(), &new, Source::Desk).await?;
        return visit.to(format!("/providers/{number}")).good(t(l).registers_saved(count as i64)).now();
    }
    visit.page(t(l).providers_edit(&record.name), HERE).refused(true).template(pages::edit(&record, &form, l)).await
}

async fn set_state(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let record = queries::record(ctx, visit.viewer(), &number).await?;
    let to = form.choice("to", State::from_code, |l| t(l).registers_state());
    let ground = form.required("ground", 500, |l| t(l).registers_ground());
    match to {
        Some(to) if form.ok() => {
            actions::set_state(ctx, visit.viewer(), record.organisation, form.version(), to, &ground).await?;
            visit.to(format!("/providers/{number}")).good(t(l).providers_state_set(to.label(l))).now()
        }
        _ => detail(&visit, &number, false, &form).await,
    }
}
