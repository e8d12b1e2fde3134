//! The URL list, then the handlers in its order.

use axum::extract::{Path, RawQuery};
use chrono::Datelike;
use huiqi_kernel::calendar::Calendar;
use huiqi_kernel::rule::art;
use huiqi_store::{Fault, audit};
use huiqi_web::visit::download;
use huiqi_web::{Answer, Failure, Form, Route, Visit};
use serde_json::json;

use super::calendar_pages::{Change, Opened};
use super::flow::VersionAction;
use super::log::Search;
use super::{
    AUDITORS, CALENDAR_KEEPERS, DECIDERS, JOB_KEEPERS, KEEPERS, PROPOSERS, SITE_EDITORS, calendar, calendar_pages,
    differences, home, jobs, log, log_pages, moves, paper_pages, paper_versions, report_officers, rule_forms,
    rule_pages, site, versions,
};
use crate::papers::PaperKind;
use crate::papers::templates::Body;
use crate::t;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/settings", overview).roles(KEEPERS).under(art(28)).named(|l| t(l).setting_title()),
        Route::get("/settings/site", site_texts).roles(SITE_EDITORS),
        Route::post("/settings/site/{name}", save_site_text).roles(SITE_EDITORS),
        Route::get("/settings/rules", rules).roles(KEEPERS).under(art(27)).named(|l| t(l).setting_rules_title()),
        Route::get("/settings/rules/new", new_version).roles(PROPOSERS),
        Route::post("/settings/rules/new", propose).roles(PROPOSERS),
        Route::get("/settings/rules/{version}", version).roles(KEEPERS),
        Route::post("/settings/rules/{version}/approval", approve).roles(DECIDERS),
        Route::post("/settings/rules/{version}/rejection", reject).roles(DECIDERS),
        Route::post("/settings/rules/{version}/withdrawal", withdraw).roles(PROPOSERS),
        Route::get("/settings/papers", papers).roles(KEEPERS).under(art(5)).named(|l| t(l).setting_papers_title()),
        Route::get("/settings/papers/{kind}", paper).roles(KEEPERS),
        Route::post("/settings/papers/{kind}", propose_paper).roles(PROPOSERS),
        Route::post("/settings/papers/{kind}/{version}/{action}", decide_paper).roles(KEEPERS),
        Route::get("/settings/calendar", working_calendar)
            .roles(KEEPERS)
            .under(art(5))
            .named(|l| t(l).setting_calendar_title()),
        Route::get("/settings/calendar/moves", calendar_moves).roles(CALENDAR_KEEPERS).named(|l| t(l).setting_moves()),
        Route::get("/settings/calendar/template", calendar_template).roles(KEEPERS),
        Route::post("/settings/calendar/years", add_year).roles(CALENDAR_KEEPERS),
        Route::post("/settings/calendar/stoppages", stop).roles(CALENDAR_KEEPERS),
        Route::get("/settings/calendar/stoppages/withdrawal", unstop_page).roles(CALENDAR_KEEPERS),
        Route::post("/settings/calendar/stoppages/withdrawal", unstop).roles(CALENDAR_KEEPERS),
        Route::get("/settings/report-officers", report_officers_page).roles(report_officers::NAMERS),
        Route::post("/settings/report-officers", name_report_officers).roles(report_officers::NAMERS),
        Route::get("/settings/jobs", job_states).roles(JOB_KEEPERS),
        Route::post("/settings/jobs/{name}/runs", run_job).roles(JOB_KEEPERS),
        Route::get("/audit", audit_log).roles(AUDITORS).under(art(15)).named(|l| t(l).setting_log_title()),
        Route::get("/audit/export", export_log).roles(AUDITORS),
        Route::post("/audit/verification", verify).roles(AUDITORS),
    ]
}

/// Longest calendar file that is read, in bytes.
const LONGEST_FILE: usize = 64 * 1024;

async fn overview(visit: Visit) -> Answer {
    let l = visit.locale();
    let page = home::page(visit.ctx(), visit.app().jobs(), visit.viewer(), l).await?;
    visit.page(t(l).setting_title(), "settings").template(page).await
}

async fn site_texts(visit: Visit) -> Answer {
    let l = visit.locale();
    let page = site::page(visit.ctx(), &Form::default(), None, l).await?;
    visit.page(t(l).setting_site_title(), "settings").template(page).await
}

async fn save_site_text(visit: Visit, Path(name): Path<String>, mut form: Form) -> Answer {
    let l = visit.locale();
    let name = site::known(&name).ok_or_else(Failure::not_found)?;
    let (zh, en) = site::read(&mut form, name);
    if !form.ok() {
        let page = site::page(visit.ctx(), &form, Some(name), l).await?;
        return visit.page(t(l).setting_site_title(), "settings").refused(true).template(page).await;
    }
    let changed = site::save(visit.ctx(), visit.viewer(), name, &zh, &en, form.value("seen")).await?;
    let words = if changed { t(l).setting_site_saved() } else { t(l).setting_site_unchanged() };
    visit.to("/settings/site").good(words).now()
}

async fn rules(visit: Visit) -> Answer {
    let l = visit.locale();
    let page = rule_pages::main(visit.ctx(), visit.viewer(), l).await?;
    visit.page(t(l).setting_rules_title(), "settings").template(page).await
}

async fn new_version(visit: Visit) -> Answer {
    let l = visit.locale();
    let all = versions::all(visit.ctx()).await?;
    let (base, from) = versions::base_of(&all, i64::MAX)?;
    let today = visit.ctx().today();
    let form = rule_forms::filled(&base, from, today);
    let page = rule_pages::new(&base, &form, None, today, l);
    visit.page(t(l).setting_propose(), "settings").template(page).await
}

async fn propose(visit: Visit, mut form: Form) -> Answer {
    let l = visit.locale();
    let ctx = visit.ctx();
    let today = ctx.today();
    let all = versions::all(ctx).await?;
    let (base, _) = versions::base_of(&all, i64::MAX)?;
    // What only looks at the differences needs no reason yet.
    let looks = form.has("look");
    let mut trial = form.clone();
    if looks && !trial.has("reason") {
        trial.set("reason", "-");
    }
    let proposal = rule_forms::read(&mut trial, &base, today);
    if looks || proposal.is_none() {
        let found = proposal.map(|p| differences::between(&base, &p.set));
        if !looks {
            form = trial;
        } else if found.is_none() {
            // The errors of the trial, beside what was typed.
            let typed = form.value("reason").to_owned();
            form = trial;
            form.set("reason", typed);
        }
        let page = rule_pages::new(&base, &form, found.as_deref(), today, l);
        return visit.page(t(l).setting_propose(), "settings").refused(!form.ok()).template(page).await;
    }
    let Some(proposal) = proposal else {
        return Err(Failure::unreadable());
    };
    match versions::propose(ctx, visit.viewer(), &proposal).await {
        Ok(version) => {
            visit.to(format!("/settings/rules/{version}")).good(t(l).setting_proposed_done(version.to_string())).now()
        }
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            let page = rule_pages::new(&base, &form, None, today, l);
            visit.page(t(l).setting_propose(), "settings").refused(true).template(page).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn version(visit: Visit, Path(version): Path<i64>) -> Answer {
    show_version(&visit, version, &Form::default()).await
}

async fn show_version(visit: &Visit, version: i64, form: &Form) -> Answer {
    let (title, page) = rule_pages::one(visit.ctx(), visit.viewer(), version, form, visit.locale()).await?;
    visit.page(title, "settings").refused(!form.ok()).template(page).await
}

async fn decided(visit: Visit, version: i64, action: VersionAction, mut form: Form) -> Answer {
    let m = t(visit.locale());
    match versions::decide(visit.ctx(), visit.viewer(), version, action, form.value("words")).await {
        Ok(()) => {
            let number = version.to_string();
            let words = match action {
                VersionAction::Approve => m.setting_approved_done(number),
                VersionAction::Reject => m.setting_rejected_done(number),
                VersionAction::Withdraw => m.setting_withdrawn_done(number),
            };
            visit.to(format!("/settings/rules/{version}")).good(words).now()
        }
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            show_version(&visit, version, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn approve(visit: Visit, Path(version): Path<i64>, form: Form) -> Answer {
    decided(visit, version, VersionAction::Approve, form).await
}

async fn reject(visit: Visit, Path(version): Path<i64>, mut form: Form) -> Answer {
    form.required("words", rule_forms::LONGEST_REASON, |l| t(l).setting_reject_reason());
    if !form.ok() {
        return show_version(&visit, version, &form).await;
    }
    decided(visit, version, VersionAction::Reject, form).await
}

async fn withdraw(visit: Visit, Path(version): Path<i64>, form: Form) -> Answer {
    decided(visit, version, VersionAction::Withdraw, form).await
}

async fn papers(visit: Visit) -> Answer {
    let page = paper_pages::list(visit.ctx(), visit.locale()).await?;
    visit.page(t(visit.locale()).setting_papers_title(), "settings").template(page).await
}

async fn paper(visit: Visit, Path(kind): Path<String>) -> Answer {
    show_paper(&visit, &kind, &Form::default()).await
}

async fn show_paper(visit: &Visit, kind: &str, form: &Form) -> Answer {
    let kind = PaperKind::from_code(kind).ok_or_else(Failure::not_found)?;
    let (title, page) = paper_pages::one(visit.ctx(), visit.viewer(), kind, form, visit.locale()).await?;
    visit.page(title, "settings").refused(!form.ok()).template(page).await
}

async fn propose_paper(visit: Visit, Path(kind): Path<String>, mut form: Form) -> Answer {
    let known = PaperKind::from_code(&kind).ok_or_else(Failure::not_found)?;
    let base = form.value("base").parse().unwrap_or_default();
    let body = Body { zh: paper_versions::lines(form.value("zh")), en: paper_versions::lines(form.value("en")) };
    let reason = form.value("reason").to_owned();
    match paper_versions::propose(visit.ctx(), visit.viewer(), known, base, body, &reason).await {
        Ok(version) => visit
            .to(format!("/settings/papers/{kind}"))
            .good(t(visit.locale()).setting_proposed_done(version.to_string()))
            .now(),
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            show_paper(&visit, &kind, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn decide_paper(
    visit: Visit,
    Path((kind, version, action)): Path<(String, i64, String)>,
    mut form: Form,
) -> Answer {
    let known = PaperKind::from_code(&kind).ok_or_else(Failure::not_found)?;
    let action = VersionAction::from_code(&action).ok_or_else(Failure::not_found)?;
    let words = form.value("words").to_owned();
    match paper_versions::decide(visit.ctx(), visit.viewer(), known, version, action, &words).await {
        Ok(()) => {
            let m = t(visit.locale());
            let number = version.to_string();
            let words = match action {
                VersionAction::Approve => m.setting_paper_approved_done(number),
                VersionAction::Reject => m.setting_rejected_done(number),
                VersionAction::Withdraw => m.setting_withdrawn_done(number),
            };
            visit.to(format!("/settings/papers/{kind}")).good(words).now()
        }
        Err(Fault::Invalid { field, message }) => {
            form.set("words", words);
            form.fail_with(field, message);
            show_paper(&visit, &kind, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn working_calendar(visit: Visit) -> Answer {
    let query = visit.path().split_once('?').map_or("", |(_, query)| query);
    let year = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "year")
        .and_then(|(_, value)| value.parse().ok());
    show_calendar(&visit, year, &Form::default(), Opened::Nothing).await
}

async fn show_calendar(visit: &Visit, year: Option<i32>, form: &Form, opened: Opened) -> Answer {
    let l = visit.locale();
    let page = calendar_pages::page(visit.ctx(), visit.viewer(), year, form, opened, l).await?;
    visit.page(t(l).setting_calendar_title(), "settings").refused(!form.ok()).template(page).await
}

async fn calendar_moves(visit: Visit) -> Answer {
    let query = visit.path().split_once('?').map_or("", |(_, query)| query);
    let document = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "document")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default();
    let page = moves::page(&visit, &document).await?;
    visit.page(t(visit.locale()).setting_moves(), "settings").template(page).await
}

async fn calendar_template(visit: Visit) -> Answer {
    let calendar = visit.ctx().calendar();
    let this_year = visit.ctx().today().year();
    let year = (this_year..).find(|year| !calendar.has_year(*year)).unwrap_or(this_year);
    let text = calendar::template(&calendar, year, visit.locale());
    download(&format!("{year}.toml"), "application/toml; charset=utf-8", text)
}

async fn add_year(visit: Visit, mut form: Form) -> Answer {
    let m = t(visit.locale());
    if let Some(file) = form.files().first() {
        let readable = if file.content.len() > LONGEST_FILE { None } else { std::str::from_utf8(&file.content).ok() };
        match readable.map(|text| text.trim_start_matches('\u{feff}').to_owned()) {
            Some(text) => form.set("text", text),
            None => form.fail("text", |l| t(l).setting_calendar_error_file()),
        }
    }
    if form.ok() && form.value("text").is_empty() {
        form.fail("text", |l| t(l).setting_calendar_error_empty());
    }
    if form.ok() {
        let text = form.value("text").to_owned();
        match calendar::put_year(visit.ctx(), visit.viewer(), &text, form.has("replace")).await {
            Ok((year, moved)) => {
                let known = moves::known(visit.ctx(), visit.viewer(), &moved).await?;
                let words = m.setting_calendar_done(year.to_string(), known.len() as i64);
                return visit.to(format!("/settings/calendar?year={year}")).good(words).now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    show_calendar(&visit, None, &form, Opened::Year).await
}

async fn stop(visit: Visit, mut form: Form) -> Answer {
    let m = t(visit.locale());
    if let Some(stoppage) = calendar_pages::read_stoppage(&mut form) {
        // First what would move is shown; only the second button moves it.
        let result = if form.value("sure").is_empty() {
            calendar::with(visit.ctx(), visit.viewer(), &stoppage).map(Err)
        } else {
            calendar::stop(visit.ctx(), visit.viewer(), &stoppage).await.map(Ok)
        };
        match result {
            Ok(Err(after)) => {
                let change = Change { stoppage: &stoppage, back: false };
                return show_change(&visit, &change, &after, &form).await;
            }
            Ok(Ok(moved)) => {
                let known = moves::known(visit.ctx(), visit.viewer(), &moved).await?;
                let words = m.setting_stoppage_done(known.len() as i64);
                return visit.to("/settings/calendar").good(words).now();
            }
            Err(Fault::Invalid { field, message }) => form.fail_with(field, message),
            Err(fault) => return Err(fault.into()),
        }
    }
    show_calendar(&visit, None, &form, Opened::Stoppage).await
}

async fn show_change(visit: &Visit, change: &Change<'_>, after: &Calendar, form: &Form) -> Answer {
    let l = visit.locale();
    let page = calendar_pages::confirm(visit.ctx(), visit.viewer(), change, after, form, l).await?;
    visit.page(t(l).setting_calendar_title(), "settings").refused(!form.ok()).template(page).await
}

async fn unstop_page(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    show_unstop(&visit, &Form::parse(query.unwrap_or_default().as_bytes())).await
}

async fn show_unstop(visit: &Visit, form: &Form) -> Answer {
    let (Ok(from), Ok(to)) = (form.value("from").parse(), form.value("to").parse()) else {
        return Err(Failure::not_found());
    };
    let document = form.value("document").to_owned();
    let entered = visit.ctx().calendar();
    let found = entered.stoppages().iter().find(|s| s.from == from && s.to == to && s.document == document);
    let stoppage = found.ok_or_else(Failure::not_found)?;
    let after = calendar::without(visit.ctx(), visit.viewer(), from, to, &document)?;
    show_change(visit, &Change { stoppage, back: true }, &after, form).await
}

async fn unstop(visit: Visit, mut form: Form) -> Answer {
    let (Ok(from), Ok(to)) = (form.value("from").parse(), form.value("to").parse()) else {
        return Err(Failure::not_found());
    };
    let (document, why) = (form.value("document").to_owned(), form.value("why").to_owned());
    match calendar::unstop(visit.ctx(), visit.viewer(), from, to, &document, &why).await {
        Ok(moved) => {
            let known = moves::known(visit.ctx(), visit.viewer(), &moved).await?;
            let words = t(visit.locale()).setting_stoppage_withdrawn(known.len() as i64);
            visit.to("/settings/calendar").good(words).now()
        }
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            show_unstop(&visit, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn report_officers_page(visit: Visit) -> Answer {
    let l = visit.locale();
    let page = report_officers::page(visit.ctx(), l).await?;
    visit.page(t(l).setting_report_title(), "settings").template(page).await
}

async fn name_report_officers(visit: Visit, form: Form) -> Answer {
    let persons: Vec<&str> = form.all("officer").collect();
    let named = report_officers::name_report_officers(visit.ctx(), visit.viewer(), &persons).await?;
    visit.to("/settings/report-officers").good(t(visit.locale()).setting_report_saved(named)).now()
}

async fn job_states(visit: Visit) -> Answer {
    let l = visit.locale();
    let page = jobs::page(visit.ctx(), visit.app().jobs(), l).await?;
    visit.page(t(l).setting_jobs_title(), "settings").template(page).await
}

async fn run_job(visit: Visit, Path(name): Path<String>) -> Answer {
    let l = visit.locale();
    jobs::run_now(visit.ctx(), visit.viewer(), visit.app().jobs(), &name).await?;
    visit.to("/settings/jobs").good(t(l).setting_job_run_done(jobs::name_of(visit.app().jobs(), &name, l))).now()
}

async fn audit_log(visit: Visit) -> Answer {
    let search = Search::of(visit.path());
    let page = log_pages::page(&visit, &search, &Form::default(), None).await?;
    visit.page(t(visit.locale()).setting_log_title(), "audit").template(page).await
}

async fn export_log(visit: Visit) -> Answer {
    let search = Search::of(visit.path());
    let (text, count) = log::export(visit.ctx(), visit.app(), &search, visit.locale()).await?;
    let work = visit.ctx().write(visit.viewer()).await?;
    work.audit(
        "audit.export",
        "audit",
        "",
        json!({ "entries": count, "number": search.number, "action": search.action, "from": search.from, "to": search.to }),
    )
    .await?;
    work.commit().await?;
    let name = format!("audit-{}.csv", visit.ctx().today());
    download(&name, "text/csv; charset=utf-8", text)
}

async fn verify(visit: Visit, mut form: Form) -> Answer {
    let l = visit.locale();
    let noted = form.value("head").to_owned();
    let head = log::read_head(&noted);
    if !noted.is_empty() && head.is_none() {
        form.fail("head", |l| t(l).setting_error_head());
        let page = log_pages::page(&visit, &Search::default(), &form, None).await?;
        return visit.page(t(l).setting_log_title(), "audit").refused(true).template(page).await;
    }
    let verdict = audit::verify(visit.ctx().db(), head.as_ref().map(|(seq, hash)| (*seq, hash.as_str()))).await?;
    let work = visit.ctx().write(visit.viewer()).await?;
    work.audit(
        "audit.verify",
        "audit",
        "",
        json!({ "good": verdict.good, "sound": verdict.bad.is_none(), "head": head.map(|(seq, _)| seq) }),
    )
    .await?;
    work.commit().await?;
    let page = log_pages::page(&visit, &Search::default(), &form, Some(&verdict)).await?;
    visit.page(t(l).setting_log_title(), "audit").template(page).await
}
