//! The inbox: everything that waits for somebody, across all procedures; and the same list over all one may see.

mod ask;
mod rows;
mod saved;
mod table;

use axum::extract::{Path, Query};
use huiqi_identity::people;
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::people::{HANDLERS, Viewer};
use huiqi_store::clock::day_start;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::{self, Count, FilterBar, Tone};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Failure, Form, Route, Visit};
use serde_json::json;

use crate::record::{self, COLUMNS, Case, Turn};
use crate::scope;
use crate::t;
use crate::team::{self, Place};
use crate::urging::{self, URGERS};

use ask::Ask;
pub use rows::waiting;
use rows::*;
use saved::*;
use table::*;

const PAGE: i64 = 30;
const MAX_PICKED: usize = 60;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/inbox", inbox).staff().named(|l| t(l).inbox_title()),
        Route::get("/cases", all).staff().named(|l| t(l).inbox_all_title()),
        Route::get("/cases/{number}", resolve),
        Route::post("/inbox/urge", urge).roles(URGERS),
        Route::post("/cases/{number}/urge", urge_this).roles(URGERS),
        Route::post("/inbox/claim", claim).roles(HANDLERS),
        Route::post("/inbox/filters", save_filter).staff(),
        Route::post("/inbox/filters/remove", remove_filter).staff(),
    ]
}

async fn inbox(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let mine = scope::mine(visit.viewer(), today);
    let waiting = scope::waiting(visit.viewer());
    let soon = team::queries::soon_until(ctx, today);
    let totals = totals(ctx, &mine, today, soon).await?;
    let around = Around::of(&visit, &ask, &totals, soon).await?;
    let elsewhere = count(ctx, &waiting).await?;
    let escalated = scope::escalated(visit.viewer());
    let risen = match &escalated {
        Some(escalated) => count(ctx, escalated).await?,
        None => 0,
    };
    let chosen = match ask.tab.as_str() {
        "new" => mine.and("c.moved_at >= ?", [Value::from(day_start(today))]),
        "overdue" => mine.and("c.due_on < ?", [Value::from(today.to_string())]),
        "today" => mine.and("c.due_on = ?", [Value::from(today.to_string())]),
        "soon" => {
            mine.and("c.due_on >= ? AND c.due_on <= ?", [Value::from(today.to_string()), Value::from(soon.to_string())])
        }
        "waiting" => waiting,
        "escalated" => escalated.clone().unwrap_or(mine),
        _ => mine,
    };
    let found = rows(ctx, ask.narrow(ctx, chosen), &ask.after, false).await?;
    let tab = |code: &str, n: i64, label: Html| Count {
        href: Ask { tab: code.to_owned(), ..Ask::default() }.with("/inbox", "after", ""),
        count: n.unsigned_abs(),
        label,
        current: ask.tab == code,
    };
    // Managers see what is late and what is close first; the others what has come today.
    let close = if around.manages {
        tab("soon", totals.soon, components::status(Tone::Warn, "clock", m.team_tab_soon()))
    } else {
        tab("today", totals.today, components::status(Tone::Warn, "clock", m.inbox_tab_today()))
    };
    let fresh = tab("new", totals.fresh, components::status(Tone::Run, "in", m.inbox_tab_new()));
    let late = tab("overdue", totals.overdue, components::status(Tone::Bad, "stop", m.inbox_tab_overdue()));
    let all = tab("", totals.total, Html::text(&m.inbox_tab_all()));
    let waits = tab("waiting", elsewhere, components::status(Tone::Idle, "pause", m.inbox_tab_waiting()));
    let mut tabs =
        if around.manages { vec![all, late, close, fresh, waits] } else { vec![all, fresh, late, close, waits] };
    if escalated.is_some() {
        tabs.push(tab("escalated", risen, components::status(Tone::Bad, "alert", m.inbox_tab_escalated())));
    }
    let counts = components::counts(&m.inbox_by_due(), &tabs);
    let beside = Html::text(&m.inbox_count(totals.total));
    let head = components::page_head(&m.inbox_title(), beside, Html::empty());
    let empty = if ask.is_filtered() {
        m.inbox_empty_filtered()
    } else if ask.tab == "waiting" {
        m.inbox_empty_waiting()
    } else {
        m.inbox_empty()
    };
    let saved = saved(&visit, "inbox").await?;
    let body = list_page(&visit, &ask, "/inbox", found, &empty, Some(&around));
    let body = Html::concat([
        Html::raw("<div class=\"wrap\">"),
        head,
        counts,
        filters(&visit, &ask, "/inbox"),
        saved_bar(&visit, &ask, &saved),
        body,
        components::keyboard_help(locale),
        Html::raw("</div>"),
    ]);
    visit.page(m.inbox_title(), "inbox").show(body).await
}

async fn all(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    // Only what has a page that this viewer may open: the list leads nowhere else.
    let open: Vec<Value> = visit
        .app()
        .flows()
        .iter()
        .map(|flow| flow.code())
        .filter(|code| !matches!(*code, "assignment" | "knowledge") && visit.may_open(&record::page_of(code, "0")))
        .map(Value::from)
        .collect();
    let marks = vec!["?"; open.len().max(1)].join(", ");
    let scope = scope::visible(visit.viewer())
        .and(&format!("c.flow IN ({marks})"), if open.is_empty() { vec![Value::from("")] } else { open });
    let scope = ask.narrow(ctx, scope);
    let total = count(ctx, &scope).await?;
    let found = rows(ctx, scope, &ask.after, true).await?;
    let head = components::page_head(&m.inbox_all_title(), Html::text(&m.inbox_all_count(total)), Html::empty());
    let body = Html::concat([
        Html::raw("<div class=\"wrap\">"),
        head,
        filters(&visit, &ask, "/cases"),
        list_page(&visit, &ask, "/cases", found, &m.inbox_empty_filtered(), None),
        Html::raw("</div>"),
    ]);
    visit.page(m.inbox_all_title(), "requests").show(body).await
}

/// Where a case has its page: by the name of its procedure, an assignment on the page of the request above it.
async fn resolve(visit: Visit, Path(number): Path<String>) -> Answer {
    #[derive(FromQueryResult)]
    struct Found {
        flow: String,
        number: String,
        parent_flow: Option<String>,
        parent_number: Option<String>,
    }
    let scope = scope::visible(visit.viewer());
    let text = format!(
        "SELECT c.flow, c.number, u.flow AS parent_flow, u.number AS parent_number FROM case_record c
         LEFT JOIN case_record u ON u.id = c.parent AND c.flow = 'assignment' WHERE c.number = ? AND ({})",
        scope.sql
    );
    let mut values = vec![Value::from(number)];
    values.extend(scope.values);
    let found = ctx::one::<Found>(visit.ctx(), &text, values).await?.ok_or_else(Failure::not_found)?;
    let path = match (found.parent_flow, found.parent_number) {
        (Some(flow), Some(number)) => record::page_of(&flow, &number),
        _ => record::page_of(&found.flow, &found.number),
    };
    visit.to(path).now()
}

fn options<T>(
    all: &str,
    codes: impl IntoIterator<Item = T>,
    name: impl Fn(&T) -> (String, String),
) -> Vec<(String, String)> {
    std::iter::once((String::new(), all.to_owned())).chain(codes.into_iter().map(|c| name(&c))).collect()
}

fn filters(visit: &Visit, ask: &Ask, base: &str) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let request = visit.flow("request");
    let kinds = request.map(|f| f.kinds()).unwrap_or_default();
    let kind = options(&m.inbox_all_kinds(), kinds, |code| {
        ((*code).to_owned(), request.map_or_else(|| (*code).to_owned(), |f| f.kind_label(code, locale)))
    });
    let district = options(&m.inbox_all_districts(), District::all().iter().copied(), |d| {
        (d.code().to_owned(), d.name(locale).to_owned())
    });
    let category = options(&m.inbox_all_categories(), Category::all().iter().copied(), |c| {
        (c.code().to_owned(), c.name(locale).to_owned())
    });
    let mut states: Vec<(String, String)> = vec![(String::new(), m.inbox_all_states())];
    // Those of procedures in which this role takes steps; in the list of all, not those that stand under a request.
    let role = visit.viewer().role();
    for flow in visit.app().flows() {
        let own = flow.code() == "request" || flow.steps().iter().any(|step| step.by.iter().any(|r| Some(*r) == role));
        if !own || base == "/cases" && ["assignment", "knowledge"].contains(&flow.code()) {
            continue;
        }
        for step in flow.steps() {
            let (code, name) = &step.to;
            // Two procedures may have states of one name; the first stands for both in the list of filters.
            let name = name.get(locale);
            if !flow.is_end(code) && !states.iter().any(|(known, said)| known == code || said == name) {
                states.push(((*code).to_owned(), name.to_owned()));
            }
        }
    }
    let mut bar = FilterBar::new(base)
        .hidden("tab", &ask.tab)
        .hidden("holder", &ask.holder)
        .select("kind", &m.inbox_kind(), kind, &ask.kind)
        .select("district", &m.inbox_district(), district, &ask.district)
        .select("category", &m.inbox_category(), category, &ask.category)
        .select("state", &m.inbox_state(), states, &ask.state);
    if base == "/cases" && scope::escalated(visit.viewer()).is_some() {
        let up = [
            ("", m.inbox_all_up()),
            ("3", m.inbox_up_warned()),
            ("4", m.inbox_up_above()),
            ("order", m.urging_supervised()),
        ];
        bar = bar.select("up", &m.inbox_up(), up, &ask.up);
    }
    bar.search("q", &m.inbox_q(), &ask.q).html(locale)
}

/// Urges whoever's turn it is in the picked cases; those urged lately already are left out.
async fn urge(visit: Visit, form: Form) -> Answer {
    let m = t(visit.locale());
    let mut urged = 0;
    for number in form.all("n").take(MAX_PICKED) {
        match urging::urge(visit.ctx(), visit.viewer(), number, "").await {
            Ok(()) => urged += 1,
            Err(Fault::Refused(refusal)) if !refusal.hidden => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    let go = visit.to("/inbox");
    if urged == 0 { go.warn(m.inbox_urged_none()).now() } else { go.good(m.inbox_urged(urged)).now() }
}

/// Urges in one case, with a word if there is one.
async fn urge_this(visit: Visit, Path(number): Path<String>, form: Form) -> Answer {
    let locale = visit.locale();
    match urging::urge(visit.ctx(), visit.viewer(), &number, form.value("words")).await {
        Ok(()) => visit.to(format!("/cases/{number}")).good(t(locale).urging_done()).now(),
        Err(Fault::Invalid { message, .. }) => {
            visit.to(format!("/cases/{number}")).warn(message.get(locale).to_owned()).now()
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Loads a case that this viewer may see, inside a transaction.
///
/// # Errors
/// [`Fault::NotFound`] when there is none, or not for this viewer.
pub async fn visible_in(work: &huiqi_store::Work, viewer: &Viewer, number: &str) -> Result<Case, Fault> {
    let scope = scope::visible(viewer);
    let mut values = vec![Value::from(number)];
    values.extend(scope.values);
    work.one(&format!("SELECT {COLUMNS} FROM case_record c WHERE c.number = ? AND ({})", scope.sql), values)
        .await?
        .ok_or(Fault::NotFound)
}

/// Loads a case that this viewer may see.
///
/// # Errors
/// [`Fault::NotFound`] when there is none, or not for this viewer.
pub async fn visible(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<Case, Fault> {
    let scope = scope::visible(viewer);
    let mut values = vec![Value::from(number)];
    values.extend(scope.values);
    ctx::one(ctx, &format!("SELECT {COLUMNS} FROM case_record c WHERE c.number = ? AND ({})", scope.sql), values)
        .await?
        .ok_or(Fault::NotFound)
}

/// Loads those of several cases that this viewer may see, in the order of opening.
///
/// # Errors
/// When the database fails.
pub async fn visible_many(ctx: &Ctx, viewer: &Viewer, numbers: &[String]) -> Result<Vec<Case>, Fault> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let scope = scope::visible(viewer);
    let marks = vec!["?"; numbers.len()].join(", ");
    let text =
        format!("SELECT {COLUMNS} FROM case_record c WHERE c.number IN ({marks}) AND ({}) ORDER BY c.id", scope.sql);
    let mut values: Vec<Value> = numbers.iter().map(|n| Value::from(n.clone())).collect();
    values.extend(scope.values);
    ctx::all(ctx, &text, values).await
}

/// Takes the picked cases out of the shared pool for the person who acts.
async fn claim(visit: Visit, form: Form) -> Answer {
    let m = t(visit.locale());
    let place = Place::of(visit.actor()?);
    if !visit.viewer().is(team::MANAGERS) && team::queries::mode(visit.ctx(), place).await? == team::Mode::Given {
        return Err(Fault::Refused(team::actions::by_manager()).into());
    }
    let mut taken = 0;
    let numbers: Vec<String> = form.all("n").take(MAX_PICKED).map(str::to_owned).collect();
    for number in &numbers {
        let work = visit.ctx().write(visit.viewer()).await?;
        let case = visible_in(&work, visit.viewer(), number).await?;
        if case.turn() != Turn::Handler || case.handler_person.is_some() {
            continue;
        }
        give_in(&work, &case, work.person()).await?;
        work.commit().await?;
        taken += 1;
    }
    let go = visit.to("/inbox");
    if taken == 0 { go.warn(m.inbox_claimed_none()).now() } else { go.good(m.inbox_claimed(taken)).now() }
}

/// Gives a case to a person of the organisation that handles it, or back to the pool.
///
/// # Errors
/// [`Fault::Stale`] when the case changed meanwhile; [`Fault::NotFound`] when the person does not work there.
pub async fn give_in(work: &huiqi_store::Work, case: &Case, person: Option<i64>) -> Result<(), Fault> {
    if let (Some(person), Some(org)) = (person, case.handler_org) {
        let staff = people::members_in(work, org, case.handler_window, HANDLERS).await?;
        if !staff.contains(&person) {
            return Err(Fault::NotFound);
        }
    }
    let changed = work
        .run(
            "UPDATE case_record SET handler_person = ?, version = version + 1 WHERE id = ? AND version = ?",
            [Value::from(person), Value::from(case.id), Value::from(case.version)],
        )
        .await?;
    if changed == 0 {
        return Err(Fault::Stale);
    }
    work.audit("case.give", "case", &case.number, json!({ "person": person })).await
}
