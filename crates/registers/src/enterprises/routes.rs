//! Addresses of enterprises.

use std::sync::Arc;

use axum::extract::Path;
use huiqi_kernel::people::{FIRM, Role};
use huiqi_kernel::rule::art;
use huiqi_store::{Ctx, Fault};
use huiqi_web::slice::Route;
use huiqi_web::{Answer, Failure, Form, Visit};

use super::forms;
use super::pages::{self, Listing, Shown};
use super::queries::{self, Filter, Line};
use super::{NewEnterprise, actions};
use crate::changes::{self, Source};
use crate::export::{self, Out, Reader};
use crate::listing::{self, Cut};
use crate::scope::{CALLERS, EDITORS, READERS};
use crate::t;

const REPRESENTATIVE: &[Role] = &[Role::EnterpriseRepresentative];

/// The URL list.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/enterprises", list).roles(READERS).under(art(5)).named(|l| t(l).enterprises_title()),
        Route::get("/enterprises/export.xlsx", export_xlsx).roles(READERS).under(art(5)),
        Route::get("/enterprises/export.csv", export_csv).roles(READERS).under(art(5)),
        Route::get("/enterprises/new", new).roles(EDITORS).under(art(5)),
        Route::post("/enterprises/new", create).roles(EDITORS).under(art(5)),
        Route::get("/enterprises/{number}", show).roles(READERS).under(art(5)),
        Route::post("/enterprises/{number}/phone", reveal).roles(CALLERS).under(art(5)),
        Route::get("/enterprises/{number}/edit", edit).roles(EDITORS).under(art(5)),
        Route::post("/enterprises/{number}/edit", change).roles(EDITORS).under(art(5)),
        Route::post("/enterprises/{number}/vouch", vouch).roles(EDITORS).under(art(5)),
        Route::get("/my/enterprise", own).roles(FIRM).under(art(5)).named(|l| t(l).enterprises_own_title()),
        Route::get("/my/enterprise/edit", own_edit).roles(REPRESENTATIVE).under(art(5)),
        Route::post("/my/enterprise/edit", own_change).roles(REPRESENTATIVE).under(art(5)),
    ]
}

const HERE: &str = "enterprises";

fn filter_of(query: &[(String, String)]) -> Filter {
    let find = |name: &str| listing::value_of(query, name);
    Filter {
        words: find("q"),
        district: find("district"),
        size: find("size"),
        section: find("section"),
        verified: find("verified"),
    }
}

fn address(path: &str, filter: &Filter, sort: &str) -> String {
    listing::address(
        path,
        &[
            ("q", &filter.words),
            ("district", &filter.district),
            ("size", &filter.size),
            ("section", &filter.section),
            ("verified", &filter.verified),
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
    let (lines, pager) = cut.page(rows, total, &address("/enterprises", &filter, cut.sort()), |line| &line.number);
    let page = pages::list(
        viewer,
        &Listing {
            lines: &lines,
            pager: &pager,
            filter: &filter,
            total,
            base: &address("/enterprises", &filter, ""),
            newest_first: cut.newest_first(),
            xlsx: &address("/enterprises/export.xlsx", &filter, ""),
            csv: &address("/enterprises/export.csv", &filter, ""),
        },
        ctx.today(),
        l,
    );
    visit.page(t(l).enterprises_title(), HERE).template(page).await
}

fn cells(line: &Line, l: huiqi_kernel::locale::Locale) -> Vec<Out> {
    let phone = line.phone.as_deref().map(huiqi_kernel::text::mask_phone);
    vec![
        Out::Text(line.name.clone()),
        Out::text(line.code.clone()),
        Out::text(line.district.as_deref().map(|d| crate::said::district(d, l))),
        Out::text(line.industry.clone()),
        Out::whole(line.staff),
        Out::wan(line.revenue),
        Out::wan(line.assets),
        Out::text(line.founded.clone()),
        Out::text(line.legal_representative.clone()),
        Out::text(line.contact.clone()),
        Out::text(phone),
        Out::text(line.address.clone()),
        Out::Text(crate::said::value("size", &line.size, l)),
        Out::Text(line.number.clone()),
    ]
}

fn export(visit: &Visit) -> (Vec<String>, Reader) {
    let l = visit.locale();
    let filter = filter_of(&listing::query_of(visit.path()));
    let (ctx, viewer) = (visit.ctx().clone(), visit.viewer().clone());
    let mut headings: Vec<String> =
        crate::imports::columns(crate::imports::Kind::Enterprises).iter().map(|c| c.heading(l).to_owned()).collect();
    headings.push(t(l).registers_size());
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

async fn note_export(visit: &Visit, format: &str) -> Result<(), Fault> {
    crate::scope::note_export(visit, "enterprises", format).await
}

async fn export_xlsx(visit: Visit) -> Answer {
    note_export(&visit, "xlsx").await?;
    let (headings, reader) = export(&visit);
    let title = t(visit.locale()).enterprises_title();
    export::xlsx_file(&format!("{title}.xlsx"), &title, headings, reader).await
}

async fn export_csv(visit: Visit) -> Answer {
    note_export(&visit, "csv").await?;
    let (headings, reader) = export(&visit);
    export::csv_file(&format!("{}.csv", t(visit.locale()).enterprises_title()), headings, reader)
}

async fn new(visit: Visit) -> Answer {
    let l = visit.locale();
    visit.page(t(l).enterprises_new(), HERE).template(pages::new(&Form::default(), &[], l)).await
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let code = forms::read_credit_code(&mut form);
    let new = forms::read(&mut form, ctx.today(), code, None);
    let mut similar = Vec::new();
    if let Some(new) = new {
        similar = queries::similar(ctx, &new.name, None).await?;
        if similar.is_empty() || form.value("another") == "yes" {
            match actions::create(ctx, visit.viewer(), &new).await {
                Ok(number) => {
                    let told = t(l).enterprises_created(&new.name, &number);
                    return visit.to(format!("/enterprises/{number}")).good(told).now();
                }
                Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
                Err(fault) => return Err(fault.into()),
            }
        } else {
            form.fail("another", |l| t(l).registers_alike_confirm());
        }
    }
    visit.page(t(l).enterprises_new(), HERE).refused(true).template(pages::new(&form, &similar, l)).await
}

async fn detail(visit: &Visit, number: &str, phone: bool) -> Answer {
    let (ctx, viewer, l) = (visit.ctx(), visit.viewer(), visit.locale());
    let record = queries::record(ctx, viewer, number).await?;
    let history = changes::of(ctx, "enterprise", record.organisation).await?;
    let similar = queries::similar(ctx, &record.name, Some(record.organisation)).await?;
    let page =
        pages::detail(viewer, &Shown { record: &record, history: &history, similar: &similar, phone }, ctx.today(), l);
    visit.page(crate::parts::shown(&record.name, record.name_en.as_deref(), l), HERE).template(page).await
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    detail(&visit, &number, false).await
}

async fn reveal(visit: Visit, Path(number): Path<String>) -> Answer {
    let record = queries::record(visit.ctx(), visit.viewer(), &number).await?;
    actions::reveal(visit.ctx(), visit.viewer(), &record.number).await?;
    detail(&visit, &number, true).await
}

async fn edit(visit: Visit, Path(number): Path<String>) -> Answer {
    let l = visit.locale();
    let record = queries::record(visit.ctx(), visit.viewer(), &number).await?;
    let form = pages::filled(&record, false);
    visit.page(t(l).enterprises_edit(&record.name), HERE).template(pages::edit(&record, &form, false, l)).await
}

async fn save(
    ctx: &Ctx,
    visit: &Visit,
    record: &queries::Record,
    form: &mut Form,
    source: Source,
) -> Result<Option<usize>, Failure> {
    let kept = if source == Source::Own { None } else { record.phone.clone() };
    let Some(new) = forms::read(form, ctx.today(), record.code.clone(), kept) else { return Ok(None) };
    let new: NewEnterprise = new;
    let count = actions::change(ctx, visit.viewer(), record.organisation, form.version(), &new, source).await?;
    Ok(Some(count))
}

async fn change(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let record = queries::record(ctx, visit.viewer(), &number).await?;
    match save(ctx, &visit, &record, &mut form, Source::Desk).await? {
        Some(count) => visit.to(format!("/enterprises/{number}")).good(t(l).registers_saved(count as i64)).now(),
        None => {
            let page = pages::edit(&record, &form, false, l);
            visit.page(t(l).enterprises_edit(&record.name), HERE).refused(true).template(page).await
        }
    }
}

async fn vouch(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let record = queries::record(visit.ctx(), visit.viewer(), &number).await?;
    actions::vouch(visit.ctx(), visit.viewer(), record.organisation, form.version()).await?;
    visit.to(format!("/enterprises/{number}")).good(t(visit.locale()).enterprises_vouched()).now()
}

async fn own(visit: Visit) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let actor = visit.actor()?;
    let card = huiqi_identity::organisations::by_id(ctx, actor.organisation).await?.ok_or(Fault::NotFound)?;
    let record = if actor.verified { queries::record_of(ctx, actor.organisation).await? } else { None };
    let history = match &record {
        Some(record) => changes::of(ctx, "enterprise", record.organisation).await?,
        None => Vec::new(),
    };
    let may_edit = record.is_some() && actor.is(REPRESENTATIVE);
    let page = pages::own(&card.name, card.code.as_deref(), record.as_ref(), may_edit, &history, ctx.today(), l);
    visit.page(t(l).enterprises_own_title(), "own").template(page).await
}

async fn own_record(visit: &Visit) -> Result<queries::Record, Failure> {
    let actor = visit.actor()?;
    if !actor.verified {
        return Err(Failure::forbidden());
    }
    Ok(queries::record_of(visit.ctx(), actor.organisation).await?.ok_or(Fault::NotFound)?)
}

async fn own_edit(visit: Visit) -> Answer {
    let l = visit.locale();
    let record = own_record(&visit).await?;
    let form = pages::filled(&record, true);
    visit.page(t(l).enterprises_edit(&record.name), "own").template(pages::edit(&record, &form, true, l)).await
}

async fn own_change(visit: Visit, mut form: Form) -> Answer {
    let (ctx, l) = (visit.ctx(), visit.locale());
    let record = own_record(&visit).await?;
    match save(ctx, &visit, &record, &mut form, Source::Own).await? {
        Some(count) => visit.to("/my/enterprise").good(t(l).registers_saved(count as i64)).now(),
        None => {
            let page = pages::edit(&record, &form, true, l);
            visit.page(t(l).enterprises_edit(&record.name), "own").refused(true).template(page).await
        }
    }
}
