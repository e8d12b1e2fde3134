//! Addresses of products.

use std::sync::Arc;

use axum::extract::Path;
use huiqi_kernel::people::Capacity;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::slice::Route;
use huiqi_web::{Answer, Form, Visit};

use super::pages::{self, Listing};
use super::queries::{self, Filter, Product};
use super::{State, actions, forms};
use crate::changes;
use crate::export::{self, Out, Reader};
use crate::listing::{self, Cut};
use crate::scope::{PRODUCT_EDITORS, READERS_AND_PROVIDERS};
use crate::{providers, t};

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/products", list).roles(READERS_AND_PROVIDERS).under(art(5)).named(|l| t(l).products_title()),
        Route::get("/products/export.xlsx", export_xlsx).roles(READERS_AND_PROVIDERS).under(art(5)),
        Route::get("/products/export.csv", export_csv).roles(READERS_AND_PROVIDERS).under(art(5)),
        Route::get("/products/new", new).roles(PRODUCT_EDITORS).under(art(5)),
        Route::post("/products/new", create).roles(PRODUCT_EDITORS).under(art(5)),
        Route::get("/products/{number}", show).roles(READERS_AND_PROVIDERS).under(art(5)),
        Route::get("/products/{number}/edit", edit).roles(PRODUCT_EDITORS).under(art(5)),
        Route::post("/products/{number}/edit", change).roles(PRODUCT_EDITORS).under(art(5)),
        Route::post("/products/{number}/state", set_state).roles(PRODUCT_EDITORS).under(art(5)),
    ]
}

const HERE: &str = "products";

fn filter_of(query: &[(String, String)]) -> Filter {
    let find = |name: &str| listing::value_of(query, name);
    Filter { words: find("q"), category: find("category"), fee: find("fee"), state: find("state") }
}

fn address(path: &str, filter: &Filter, sort: &str) -> String {
    listing::address(
        path,
        &[
            ("q", &filter.words),
            ("category", &filter.category),
            ("fee", &filter.fee),
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
    let (lines, pager) = cut.page(rows, total, &address("/products", &filter, cut.sort()), |line| &line.number);
    let page = pages::list(
        viewer,
        &Listing {
            lines: &lines,
            pager: &pager,
            filter: &filter,
            total,
            base: &address("/products", &filter, ""),
            newest_first: cut.newest_first(),
            xlsx: &address("/products/export.xlsx", &filter, ""),
            csv: &address("/products/export.csv", &filter, ""),
            may_add: viewer.is(PRODUCT_EDITORS),
        },
        ctx.today(),
        l,
    );
    visit.page(t(l).products_title(), HERE).template(page).await
}

fn cells(line: &Product, l: huiqi_kernel::locale::Locale) -> Vec<Out> {
    vec![
        Out::Text(line.name.clone()),
        Out::text(line.provider_code.clone()),
        Out::Text(crate::said::category(&line.category, l)),
        Out::text(line.description.clone()),
        Out::text(line.fee.as_deref().map(|f| crate::imports::list_name("fee", f, l))),
        Out::text(line.price.clone()),
        Out::text(line.modes.as_deref().map(|m| crate::said::value("modes", m, l))),
        Out::whole(line.days),
        Out::Text(line.provider_name.clone()),
        Out::Text(crate::said::value("state", &line.state, l)),
        Out::Text(line.number.clone()),
    ]
}

fn export(visit: &Visit) -> (Vec<String>, Reader) {
    let l = visit.locale();
    let m = t(l);
    let filter = filter_of(&listing::query_of(visit.path()));
    let (ctx, viewer) = (visit.ctx().clone(), visit.viewer().clone());
    let mut headings: Vec<String> =
        crate::imports::columns(crate::imports::Kind::Products).iter().map(|c| c.heading(l).to_owned()).collect();
    headings.extend([m.registers_provider(), m.registers_state(), m.registers_number()]);
    let reader: Reader = Arc::new(move |after| {
        let (ctx, viewer, filter) = (ctx.clone(), viewer.clone(), filter.clone());
        Box::pin(async move {
            let last = after.as_ref().map(|(pinyin, id)| (pinyin.as_str(), *id));
            let lines = queries::after(&ctx, &viewer, &filter, last).await?;
            let next = (lines.len() == 1000).then(|| lines.last().map(|line| (line.pinyin.clone(), line.id))).flatten();
            Ok((lines.iter().map(|line| cells(line, l)).collect(), next))
        })
    });
    (headings, reader)
}

async fn export_xlsx(visit: Visit) -> Answer {
    crate::scope::note_export(&visit, "products", "xlsx").await?;
    let (headings, reader) = export(&visit);
    let title = t(visit.locale()).products_title();
    export::xlsx_file(&format!("{title}.xlsx"), &title, headings, reader).await
}

async fn export_csv(visit: Visit) -> Answer {
    crate::scope::note_export(&visit, "products", "csv").await?;
    let (headings, reader) = export(&visit);
    export::csv_file(&format!("{}.csv", t(visit.locale()).products_title()), headings, reader)
}

/// The provider a new product belongs to: the viewer's own, or the one that was named.
async fn provider_of(visit: &Visit, named: &str) -> Result<Option<(i64, String, String)>, Fault> {
    let is_provider = visit.viewer().role().is_some_and(|r| r.capacity() == Capacity::Provider);
    let found = if is_provider {
        providers::of_viewer(visit.ctx(), visit.viewer()).await?
    } else if named.is_empty() {
        None
    } else {
        match providers::record(visit.ctx(), visit.viewer(), named).await {
            Ok(record) => Some(record),
            Err(Fault::NotFound) => None,
            Err(fault) => return Err(fault),
        }
    };
    Ok(found.map(|r| (r.organisation, r.number, r.name)))
}

async fn new(visit: Visit) -> Answer {
    let l = visit.locale();
    let named = listing::value_of(&listing::query_of(visit.path()), "provider");
    let provider = provider_of(&visit, &named).await?;
    let shown = provider.as_ref().map(|(_, number, name)| (number.as_str(), name.as_str()));
    visit.page(t(l).products_new(), HERE).template(pages::new(&Form::default(), shown, l)).await
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let l = visit.locale();
    let named = form.value("provider").to_uppercase();
    let provider = provider_of(&visit, &named).await?;
    if provider.is_none() {
        form.fail("provider", |l| t(l).products_provider_unknown());
    }
    let id = provider.as_ref().map_or(0, |(id, _, _)| *id);
    if let Some(new) = forms::read(&mut form, id) {
        match actions::create(visit.ctx(), visit.viewer(), &new).await {
            Ok(number) => {
                let told = t(l).products_created(&new.name, &number);
                return visit.to(format!("/products/{number}")).good(told).now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    let shown = provider.as_ref().map(|(_, number, name)| (number.as_str(), name.as_str()));
    visit.page(t(l).products_new(), HERE).refused(true).template(pages::new(&form, shown, l)).await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let (ctx, viewer, l) = (visit.ctx(), visit.viewer(), visit.locale());
    let product = queries::by_number(ctx, viewer, &number).await?;
    let history = changes::of(ctx, "product", product.id).await?;
    visit.page(product.name.clone(), HERE).template(pages::detail(viewer, &product, &history, ctx.today(), l)).await
}

/// A product this viewer may change.
async fn mine(visit: &Visit, number: &str) -> Result<Product, Fault> {
    let product = queries::by_number(visit.ctx(), visit.viewer(), number).await?;
    if actions::may_edit(visit.viewer(), product.provider) { Ok(product) } else { Err(Fault::NotFound) }
}

async fn edit(visit: Visit, Path(number): Path<String>) -> Answer {
    let l = visit.locale();
    let product = mine(&visit, &number).await?;
    let form = pages::filled(&product);
    visit.page(t(l).products_edit(&product.name), HERE).template(pages::edit(&product, &form, l)).await
}

async fn change(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let l = visit.locale();
    let product = mine(&visit, &number).await?;
    if let Some(new) = forms::read(&mut form, product.provider) {
        match actions::change(visit.ctx(), visit.viewer(), &product, form.version(), &new).await {
            Ok(count) => {
                return visit.to(format!("/products/{number}")).good(t(l).registers_saved(count as i64)).now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    visit.page(t(l).products_edit(&product.name), HERE).refused(true).template(pages::edit(&product, &form, l)).await
}

async fn set_state(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let l = visit.locale();
    let product = mine(&visit, &number).await?;
    let Some(to) = form.choice("to", State::from_code, |l| t(l).registers_state()) else {
        return visit.to(format!("/products/{number}")).now();
    };
    actions::set_state(visit.ctx(), visit.viewer(), &product, form.version(), to).await?;
    visit.to(format!("/products/{number}")).good(t(l).products_state_set(&product.name, to.label(l))).now()
}
