//! The inbox: everything that waits for somebody, across all procedures; and the same list over all one may see.

use axum::extract::{Path, Query};
use chrono::{Days, NaiveDate};
use huiqi_identity::people;
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::people::{HANDLERS, Role, Viewer};
use huiqi_store::clock::day_start;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::{self, Count, FilterBar, Tone};
use huiqi_web::dates;
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Failure, Form, Route, Visit};
use serde::Deserialize;
use serde_json::json;

use crate::record::{self, COLUMNS, Case, Turn};
use crate::scope::{self, Scope};
use crate::team::{self, Place};
use crate::urging::{self, URGERS};
use crate::{ladder, t, timeline};

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

/// What the address of a list says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    tab: String,
    flow: String,
    kind: String,
    district: String,
    category: String,
    state: String,
    q: String,
    after: String,
    from: String,
    to: String,
    /// Public number of whoever holds it; `none`: nobody.
    holder: String,
    up: String,
}

impl Ask {
    /// The address of this list with one thing changed and the page forgotten.
    fn with(&self, base: &str, name: &str, value: &str) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        let own = [
            ("tab", &self.tab),
            ("flow", &self.flow),
            ("kind", &self.kind),
            ("district", &self.district),
            ("category", &self.category),
            ("state", &self.state),
            ("q", &self.q),
            ("from", &self.from),
            ("to", &self.to),
            ("holder", &self.holder),
            ("up", &self.up),
        ];
        for (key, old) in own {
            let now = if key == name { value } else { old.as_str() };
            if !now.is_empty() {
                out.append_pair(key, now);
            }
        }
        if name == "after" && !value.is_empty() {
            out.append_pair("after", value);
        }
        let query = out.finish();
        if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
    }

    fn is_filtered(&self) -> bool {
        [
            &self.flow,
            &self.kind,
            &self.district,
            &self.category,
            &self.state,
            &self.q,
            &self.from,
            &self.to,
            &self.holder,
            &self.up,
        ]
        .iter()
        .any(|s| !s.is_empty())
    }

    fn narrow(&self, ctx: &Ctx, mut scope: Scope) -> Scope {
        for (column, value) in [
            ("c.flow", &self.flow),
            ("c.kind", &self.kind),
            ("c.district", &self.district),
            ("c.category", &self.category),
            ("c.state", &self.state),
        ] {
            if !value.is_empty() {
                scope = scope.and(&format!("{column} = ?"), [Value::from(value.clone())]);
            }
        }
        if self.holder == "none" {
            scope = scope.and("c.handler_person IS NULL", []);
        } else if !self.holder.is_empty() {
            scope = scope.and(
                "c.handler_person = (SELECT p.id FROM person p WHERE p.number = ?)",
                [Value::from(self.holder.clone())],
            );
        }
        if let Ok(from) = self.from.parse::<NaiveDate>() {
            scope = scope.and("c.opened_at >= ?", [Value::from(day_start(from))]);
        }
        if let Ok(to) = self.to.parse::<NaiveDate>() {
            scope = scope.and("c.opened_at < ?", [Value::from(day_start(to + Days::new(1)))]);
        }
        scope = match self.up.as_str() {
            "3" => scope.and(&format!("c.closed_at IS NULL AND {RISEN} >= 3"), []),
            "4" => scope.and(&format!("c.closed_at IS NULL AND {RISEN} >= 4"), []),
            "order" => scope.and(&format!("{} > 0", orders_on("c.id")), []),
            _ => scope,
        };
        let q = self.q.trim();
        if !q.is_empty() {
            let number = q.to_uppercase();
            match search::matches(ctx.db().backend(), Kind::Request, "COALESCE(c.parent, c.id)", q) {
                Some((sql, values)) => {
                    let all = std::iter::once(Value::from(number)).chain(values);
                    scope = scope.and(&format!("c.number = ? OR {sql}"), all);
                }
                None => scope = scope.and("c.number = ?", [Value::from(number)]),
            }
        }
        scope
    }
}

/// A row of the list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Row {
    #[sea_orm(nested)]
    case: Case,
    firm_name: Option<String>,
    handler_name: Option<String>,
    handler_en: Option<String>,
    handler_person_name: Option<String>,
    firm_urged_at: Option<i64>,
    urged_at: Option<i64>,
    risen: i64,
    orders: i64,
}

impl Row {
    /// Marks that a moment belongs to the limit that runs now: what was urged before is over.
    fn still(&self, at: Option<i64>) -> Option<i64> {
        let from = self.case.due_from.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()).map_or(0, day_start);
        at.filter(|at| *at >= from && self.case.closed_at.is_none())
    }
}

#[derive(FromQueryResult)]
struct Totals {
    total: i64,
    fresh: i64,
    overdue: i64,
    today: i64,
    soon: i64,
}

/// Numbers above a list: everything, arrived today, overdue, due today, close to the due day.
async fn totals(ctx: &Ctx, scope: &Scope, today: NaiveDate, soon: NaiveDate) -> Result<Totals, Fault> {
    let text = format!(
        "SELECT COUNT(*) AS total,
            CAST(COALESCE(SUM(CASE WHEN c.moved_at >= ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS fresh,
            CAST(COALESCE(SUM(CASE WHEN c.due_on < ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS overdue,
            CAST(COALESCE(SUM(CASE WHEN c.due_on = ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS today,
            CAST(COALESCE(SUM(CASE WHEN c.due_on >= ? AND c.due_on <= ? THEN 1 ELSE 0 END), 0) AS BIGINT) AS soon
         FROM case_record c WHERE {}",
        scope.sql
    );
    let day = Value::from(today.to_string());
    let mut values = vec![Value::from(day_start(today)), day.clone(), day.clone(), day, Value::from(soon.to_string())];
    values.extend(scope.values.clone());
    let totals = ctx::one::<Totals>(ctx, &text, values).await?;
    Ok(totals.unwrap_or(Totals { total: 0, fresh: 0, overdue: 0, today: 0, soon: 0 }))
}

async fn count(ctx: &Ctx, scope: &Scope) -> Result<i64, Fault> {
    #[derive(FromQueryResult)]
    struct N {
        n: i64,
    }
    let text = format!("SELECT COUNT(*) AS n FROM case_record c WHERE {}", scope.sql);
    Ok(ctx::one::<N>(ctx, &text, scope.values.clone()).await?.map_or(0, |n| n.n))
}

/// How many cases wait for this viewer, as a subquery for the navigation, which asks for all its counts at once.
pub fn waiting(viewer: &Viewer, today: NaiveDate) -> Scope {
    let mut scope = scope::mine(viewer, today);
    scope.sql = format!("SELECT COUNT(*) FROM case_record c WHERE {}", scope.sql);
    scope
}

const DUE_KEY: &str = "COALESCE(c.due_on, '9999-12-31')";

async fn rows(ctx: &Ctx, scope: Scope, after: &str, newest: bool) -> Result<Vec<Row>, Fault> {
    let mut scope = scope;
    if let Some((due, id)) = after.rsplit_once('_')
        && let Ok(id) = id.parse::<i64>()
    {
        scope = if newest {
            scope.and("c.id < ?", [Value::from(id)])
        } else {
            scope.and(
                &format!("{DUE_KEY} > ? OR ({DUE_KEY} = ? AND c.id > ?)"),
                [Value::from(due), Value::from(due), Value::from(id)],
            )
        };
    }
    let order = if newest { "c.id DESC".to_owned() } else { format!("{DUE_KEY}, c.id") };
    let text = format!(
        "SELECT {COLUMNS}, COALESCE(f.name, c.asker) AS firm_name, COALESCE(w.name, h.name) AS handler_name,
            CASE WHEN w.id IS NULL THEN h.name_en ELSE w.name_en END AS handler_en, p.name AS handler_person_name,
            {}, {}, {RISEN} AS risen, {} AS orders
         FROM case_record c
         LEFT JOIN organisation f ON f.id = c.firm
         LEFT JOIN organisation h ON h.id = c.handler_org
         LEFT JOIN service_window w ON w.id = c.handler_window
         LEFT JOIN person p ON p.id = c.handler_person
         WHERE {} ORDER BY {order} LIMIT {}",
        urged("urge", "firm_urged_at"),
        urged(urging::ACTION, "urged_at"),
        orders_on(WHOLE),
        scope.sql,
        PAGE + 1
    );
    ctx::all(ctx, &text, scope.values).await
}

/// How far the ladder went for a case or any of its open assignments.
const RISEN: &str = "(SELECT MAX(b.ladder) FROM case_record b WHERE b.id = c.id
     OR (b.parent = c.id AND b.flow = 'assignment' AND b.closed_at IS NULL))";

/// The request that an assignment is part of, or the case itself.
const WHOLE: &str = "(CASE WHEN c.flow = 'assignment' THEN COALESCE(c.parent, c.id) ELSE c.id END)";

/// How many open supervision orders a case is under: those below it, and those about several cases, it among them.
fn orders_on(case: &str) -> String {
    format!(
        "(SELECT COUNT(*) FROM case_record d WHERE d.flow = 'supervision-order' AND d.closed_at IS NULL
            AND (d.parent = {case} OR EXISTS (SELECT 1 FROM case_about k WHERE k.case_id = d.id AND k.about = {case})))"
    )
}

/// When somebody last urged, by the step that keeps it.
fn urged(action: &str, name: &str) -> String {
    format!("(SELECT MAX(s.at) FROM case_step s WHERE s.case_id = {WHOLE} AND s.action = '{action}') AS {name}")
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

/// The list with its batch bar, groups and pager.
fn list_page(visit: &Visit, ask: &Ask, base: &str, mut found: Vec<Row>, empty: &str, around: Option<&Around>) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    if found.is_empty() {
        return components::empty(empty.to_owned());
    }
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|row| {
        let due = row.case.due_on.as_deref().unwrap_or("9999-12-31");
        ask.with(base, "after", &format!("{due}_{}", row.case.id))
    });
    let batches = batch_buttons(visit, around);
    let mut out = Html::empty();
    if !batches.is_empty() {
        out = out
            .and(&Html::raw("<form method=\"post\"><div class=\"batch\" role=\"group\" aria-label=\""))
            .say(&m.inbox_batch())
            .and(&Html::raw("\">"))
            .and(&components::batch_head(locale))
            .and(&batches)
            .and(&Html::raw("<span class=\"quiet small end\">"))
            .say(&m.inbox_batch_note())
            .and(&Html::raw("</span></div>"));
    }
    out = out.and(&table(visit, &found, around, !batches.is_empty()));
    if !batches.is_empty() {
        out = out.and(&Html::raw("</form>"));
    }
    let pager = components::Pager {
        prev: (!ask.after.is_empty()).then(|| ask.with(base, "after", "")),
        next,
        shown: found.len() as u64,
        total: None,
    };
    out.and(&pager.html(locale))
}

/// What stands around the inbox of somebody at work: the place, who is away, and what managers see first.
struct Around {
    /// Whether the viewer answers for others.
    manages: bool,
    /// Whether the manager gives the matters, and the viewer may not claim.
    given: bool,
    /// Last day that counts as close, and how many are late and close, where the whole list is shown.
    soon: NaiveDate,
    counts: Option<(i64, i64)>,
    away: Vec<team::queries::Absence>,
}

impl Around {
    async fn of(visit: &Visit, ask: &Ask, totals: &Totals, soon: NaiveDate) -> Result<Around, Fault> {
        const LEADERS: &[Role] = &[Role::WindowManager, Role::ProviderManager, Role::OperatorManager];
        let manages = visit.viewer().is(LEADERS);
        let whole = !ask.is_filtered() && ask.tab.is_empty();
        let counts = whole.then_some((totals.overdue, totals.soon));
        let mut around = Around { manages, given: false, soon, counts, away: Vec::new() };
        if let Some(actor) = visit.viewer().actor().filter(|a| a.is(HANDLERS)) {
            let (ctx, place) = (visit.ctx(), Place::of(actor));
            around.given = team::queries::mode(ctx, place).await? == team::Mode::Given;
            let today = ctx.today();
            around.away = team::queries::absences(ctx, place, today).await?;
            around.away.retain(|a| a.covers(today));
        }
        Ok(around)
    }
}

fn batch_buttons(visit: &Visit, around: Option<&Around>) -> Html {
    let m = t(visit.locale());
    let mut out = Html::empty();
    let Some(around) = around else { return out };
    let mut add = |path: &str, label: &str, solid: bool, page: bool| {
        let class = if solid { "button is-small" } else { "button is-second is-small" };
        let method = if page { " formmethod=\"get\"" } else { "" };
        out.0.push_str(&format!("<button class=\"{class}\" type=\"submit\" formaction=\"{path}\"{method}>"));
        out = std::mem::take(&mut out).say(label);
        out.0.push_str("</button>");
    };
    let mut first = true;
    for batch in visit.app().batches().iter().filter(|b| visit.viewer().is(b.roles)) {
        add(batch.path, &(batch.label)(visit.locale()), first, batch.page);
        first = false;
    }
    let blocked = around.given && visit.viewer().is(HANDLERS) && !visit.viewer().is(team::MANAGERS);
    if visit.viewer().is(HANDLERS) && !blocked {
        add("/inbox/claim", &m.inbox_claim(), first, false);
        first = false;
    }
    if visit.viewer().is(URGERS) {
        add("/inbox/urge", &m.inbox_urge(), first, false);
    }
    if blocked {
        out = out
            .and(&Html::raw("<span class=\"quiet small\">"))
            .and(&components::icon("lock"))
            .say(" ")
            .say(&m.team_blocked_claim())
            .and(&Html::raw("</span>"));
    }
    out
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Group {
    Overdue,
    /// Close to the due day, for managers.
    Soon,
    Today,
    Week,
    Later,
    Held,
}

fn group(case: &Case, today: NaiveDate, soon: Option<NaiveDate>) -> Group {
    match case.due() {
        _ if case.is_paused() => Group::Held,
        None => Group::Held,
        Some(due) if due < today => Group::Overdue,
        Some(due) if soon.is_some_and(|soon| due <= soon) => Group::Soon,
        Some(due) if due == today => Group::Today,
        Some(due) if due <= today + Days::new(7) => Group::Week,
        Some(_) => Group::Later,
    }
}

fn table(visit: &Visit, rows: &[Row], around: Option<&Around>, pick: bool) -> Html {
    let grouped = around.is_some();
    let leads = around.filter(|a| a.manages);
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let today = ctx.today();
    let calendar = ctx.calendar();
    let mut out = Html::raw("<table role=\"table\" class=\"table list as-cards\"><caption class=\"sr\">")
        .say(&if grouped { m.inbox_caption() } else { m.inbox_all_caption() })
        .and(&Html::raw("</caption><thead role=\"rowgroup\"><tr role=\"row\">"));
    // The first column holds the boxes; it stays, empty, where nothing can be picked, so that one layout serves both.
    out = out
        .and(&Html::raw("<th role=\"columnheader\" scope=\"col\"><span class=\"sr\">"))
        .say(&m.inbox_pick())
        .and(&Html::raw("</span></th>"));
    let heads = [m.inbox_number(), m.inbox_what(), m.inbox_firm(), m.inbox_state(), m.inbox_turn(), m.inbox_due()];
    for (i, head) in heads.iter().enumerate() {
        let sorted = if grouped && i == 5 { " aria-sort=\"ascending\"" } else { "" };
        out = out
            .and(&Html::raw(format!("<th role=\"columnheader\" scope=\"col\"{sorted}>")))
            .say(head)
            .and(&Html::raw("</th>"));
    }
    out = out.and(&Html::raw("</tr></thead><tbody role=\"rowgroup\">"));
    let mut last = None;
    for row in rows {
        let case = &row.case;
        let now = group(case, today, leads.map(|a| a.soon));
        if grouped && last != Some(now) {
            last = Some(now);
            let name = match now {
                Group::Overdue => {
                    let counted = leads.and_then(|a| a.counts).map(|(late, _)| m.team_inbox_red(late));
                    components::status(Tone::Bad, "stop", counted.unwrap_or_else(|| m.inbox_group_overdue()))
                }
                Group::Soon => {
                    let counted = leads.and_then(|a| a.counts).map(|(_, soon)| m.team_inbox_yellow(soon));
                    components::status(Tone::Warn, "clock", counted.unwrap_or_else(|| m.team_tab_soon()))
                }
                Group::Today => components::status(Tone::Warn, "clock", m.inbox_group_today()),
                Group::Week => {
                    Html::raw("<span class=\"status\">").say(&m.inbox_group_week()).and(&Html::raw("</span>"))
                }
                Group::Later => {
                    Html::raw("<span class=\"status\">").say(&m.inbox_group_later()).and(&Html::raw("</span>"))
                }
                Group::Held => components::status(Tone::Idle, "pause", m.inbox_group_held()),
            };
            out = out.and(&Html::raw(format!(
                "<tr role=\"row\" class=\"group\"><th role=\"rowheader\" colspan=\"7\" scope=\"colgroup\">{name}</th></tr>"
            )));
        }
        let fresh = case.moved_at >= day_start(today);
        out = out.and(&Html::raw(if fresh { "<tr role=\"row\" class=\"is-new\">" } else { "<tr role=\"row\">" }));
        if pick {
            out = out
                .and(&Html::raw("<td role=\"cell\" class=\"pick\"><input type=\"checkbox\" name=\"n\" value=\""))
                .say(&case.number)
                .and(&Html::raw("\" aria-label=\""))
                .say(&m.inbox_pick_one(&case.number))
                .and(&Html::raw("\"></td>"));
        } else {
            out = out.and(&Html::raw("<td role=\"cell\" class=\"pick\"></td>"));
        }
        let cell = |label: &str, class: &str, inner: Html| {
            Html::raw("<td role=\"cell\"")
                .and(&Html::raw(class))
                .and(&Html::raw(" data-label=\""))
                .say(label)
                .and(&Html::raw("\">"))
                .and(&inner)
                .and(&Html::raw("</td>"))
        };
        let flow = visit.flow(&case.flow);
        let kind = flow
            .map(|f| case.kind.as_deref().map_or_else(|| f.name(locale), |k| f.kind_label(k, locale)))
            .unwrap_or_default();
        out = out
            .and(&Html::raw("<td role=\"cell\">"))
            .and(&components::reference(&case.number))
            .and(&Html::raw("</td><td role=\"cell\" class=\"what\">"))
            .and(&components::title_link(&format!("/cases/{}", case.number), &case.title, locale))
            .and(&Html::raw(" <span class=\"quiet small nowrap\">"))
            .say(&kind)
            .and(&Html::raw("</span>"));
        if case.flagged > 0 {
            out = out.and(&Html::raw(" ")).and(&components::tag(&m.inbox_redo()));
        }
        let day = |at: i64| dates::date_words(dates::day_of(at), today, locale);
        if let Some(at) = row.still(row.firm_urged_at) {
            out = out.and(&Html::raw(" ")).and(&components::tag(&m.urging_by_firm(day(at))));
        }
        if let Some(at) = row.still(row.urged_at) {
            out = out.and(&Html::raw(" ")).and(&components::tag(&m.urging_by_staff(day(at))));
        }
        out = out.and(&Html::raw("</td>"));
        let district =
            case.district.as_deref().and_then(District::by_code).map(|d| d.name(locale).to_owned()).unwrap_or_default();
        let firm = if scope::asker_hidden(visit.viewer(), case) {
            m.inbox_hidden_firm()
        } else {
            match (&row.firm_name, case.flow.as_str()) {
                (Some(name), _) => name.clone(),
                (None, "supervision-order") => m.inbox_order_to(timeline::in_words(
                    row.handler_name.as_deref().unwrap_or_default(),
                    row.handler_en.as_deref(),
                    locale,
                )),
                (None, "request" | "assignment") => m.inbox_no_firm(),
                (None, _) => String::new(),
            }
        };
        out = out.and(&cell(&m.inbox_firm(), "", components::given(&firm, locale).and(&small(&district))));
        let state = flow.map_or_else(|| case.state.clone(), |f| f.state_label(&case.state, locale));
        let state = if case.is_paused() { components::status(Tone::Idle, "pause", state) } else { Html::text(&state) };
        let mut state = state;
        if let Some(word) = ladder::escalation(row.risen, locale).filter(|_| case.closed_at.is_none()) {
            state = state.and(&Html::raw("<small>")).and(&word).and(&Html::raw("</small>"));
        }
        if row.orders > 0 {
            let word = components::status(Tone::Bad, "alert", m.urging_supervised());
            state = state.and(&Html::raw("<small>")).and(&word).and(&Html::raw("</small>"));
        }
        out = out.and(&cell(&m.inbox_state(), "", state));
        out = out.and(&cell(&m.inbox_turn(), "", turn_words(visit, row, around)));
        let due_class = if case.is_overdue(today) { " class=\"due is-bad\"" } else { " class=\"due\"" };
        let due = match case.due() {
            Some(due) => {
                let left = dates::Left::until(&calendar, today, due);
                let note = if case.provisional { m.inbox_provisional() } else { left.short(locale) };
                dates::due_cell(due, today, locale).and(&small(&note))
            }
            None if case.is_paused() => Html::raw("<span class=\"quiet\">")
                .say(&m.inbox_paused())
                .and(&Html::raw("</span>"))
                .and(&small(&m.inbox_paused_left(case.left_days.unwrap_or_default()))),
            None => Html::raw("<span class=\"quiet\">").say(&m.inbox_no_due()).and(&Html::raw("</span>")),
        };
        out = out.and(&cell(&m.inbox_due(), due_class, due)).and(&Html::raw("</tr>"));
    }
    out.and(&Html::raw("</tbody></table>"))
}

fn small(words: &str) -> Html {
    if words.is_empty() { Html::empty() } else { Html::raw("<small>").say(words).and(&Html::raw("</small>")) }
}

fn turn_words(visit: &Visit, row: &Row, around: Option<&Around>) -> Html {
    let m = t(visit.locale());
    let mine = |words: String| Html::raw("<b>").say(&words).and(&Html::raw("</b>"));
    let actor = visit.viewer().actor();
    let case = &row.case;
    let handler =
        timeline::in_words(row.handler_name.as_deref().unwrap_or_default(), row.handler_en.as_deref(), visit.locale());
    match case.turn() {
        Turn::Handler => {
            let own = actor.is_some_and(|a| {
                if a.window.is_some() {
                    case.handler_window == a.window
                } else {
                    case.handler_org == Some(a.organisation)
                }
            });
            let person = row.handler_person_name.clone();
            let away = around.and_then(|a| a.away.iter().find(|v| Some(v.person) == case.handler_person));
            if let Some(away) = away.filter(|_| own) {
                return if Some(away.deputy) == actor.map(|a| a.person) {
                    mine(m.team_turn_deputy(away.shown(visit.locale())))
                } else {
                    Html::text(&m.team_turn_away(away.shown(visit.locale()), away.deputy_shown(visit.locale())))
                };
            }
            if own && case.handler_person.is_some() && case.handler_person == actor.map(|a| a.person) {
                mine(m.inbox_turn_you())
            } else if own {
                person.map_or_else(
                    || mine(if around.is_some_and(|a| a.given) { m.team_turn_ungiven() } else { m.inbox_turn_pool() }),
                    |p| components::given(&p, visit.locale()),
                )
            } else {
                let person = person.unwrap_or_default();
                let person = if person.is_empty() {
                    Html::empty()
                } else {
                    Html::raw("<small>").and(&components::given(&person, visit.locale())).and(&Html::raw("</small>"))
                };
                components::given(handler, visit.locale()).and(&person)
            }
        }
        Turn::Firm => Html::text(&m.inbox_turn_firm()),
        turn @ (Turn::Desk | Turn::Dispatch | Turn::Check) => {
            Html::text(&ladder::seat(turn, case.desk(), visit.locale()))
        }
        Turn::Bureau => Html::text(&m.inbox_turn_bureau()),
        Turn::Below => Html::text(&if handler.is_empty() { m.inbox_turn_below() } else { handler.to_owned() }),
        Turn::Nobody => Html::text(&m.inbox_turn_nobody()),
    }
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

#[derive(Clone, FromQueryResult)]
struct Saved {
    id: i64,
    name: String,
    query: String,
}

async fn saved(visit: &Visit, place: &str) -> Result<Vec<Saved>, Fault> {
    let Some(actor) = visit.viewer().actor() else { return Ok(Vec::new()) };
    ctx::all(
        visit.ctx(),
        "SELECT id, name, query FROM saved_filter WHERE person = ? AND place = ? ORDER BY id",
        [Value::from(actor.person), Value::from(place)],
    )
    .await
}

fn saved_bar(visit: &Visit, ask: &Ask, saved: &[Saved]) -> Html {
    let m = t(visit.locale());
    let mut out = Html::empty();
    if saved.is_empty() && !ask.is_filtered() {
        return out;
    }
    out = out.and(&Html::raw("<div class=\"button-row small saved-filters\">"));
    for one in saved {
        out = out
            .and(&components::link(&format!("/inbox?{}", one.query), &one.name))
            .and(&Html::raw("<form method=\"post\" action=\"/inbox/filters/remove\">"))
            .and(&components::hidden("id", &one.id.to_string()))
            .and(&Html::raw("<button class=\"button is-plain is-small\" type=\"submit\">"))
            .say(&m.inbox_filter_remove(&one.name))
            .and(&Html::raw("</button></form>"));
    }
    if ask.is_filtered() {
        let query = ask.with("", "after", "");
        out = out
            .and(&Html::raw("<form method=\"post\" action=\"/inbox/filters\" class=\"button-row\">"))
            .and(&components::hidden("query", query.trim_start_matches('?')))
            .and(&Html::raw("<label class=\"sr\" for=\"filter-name\">"))
            .say(&m.inbox_filter_name())
            .and(&Html::raw("</label><input class=\"input is-small\" id=\"filter-name\" name=\"name\" maxlength=\"20\" required placeholder=\""))
            .say(&m.inbox_filter_name())
            .and(&Html::raw("\"><button class=\"button is-second is-small\" type=\"submit\">"))
            .say(&m.inbox_filter_save())
            .and(&Html::raw("</button></form>"));
    }
    out.and(&Html::raw("</div>"))
}

async fn save_filter(visit: Visit, mut form: Form) -> Answer {
    let actor = visit.actor()?.clone();
    let name = form.required("name", 20, |l| t(l).inbox_filter_name());
    let query = form.value("query").to_owned();
    if !form.ok() {
        return visit.to("/inbox").warn(t(visit.locale()).inbox_filter_name_missing()).now();
    }
    let work = visit.ctx().write(visit.viewer()).await?;
    work.run(
        "INSERT INTO saved_filter (person, place, name, query) VALUES (?, 'inbox', ?, ?)",
        [Value::from(actor.person), Value::from(name), Value::from(query.clone())],
    )
    .await?;
    work.commit().await?;
    visit.to(format!("/inbox?{query}")).good(t(visit.locale()).inbox_filter_saved()).now()
}

async fn remove_filter(visit: Visit, form: Form) -> Answer {
    let actor = visit.actor()?.clone();
    let id: i64 = form.value("id").parse().unwrap_or_default();
    let work = visit.ctx().write(visit.viewer()).await?;
    work.run("DELETE FROM saved_filter WHERE id = ? AND person = ?", [Value::from(id), Value::from(actor.person)])
        .await?;
    work.commit().await?;
    visit.to("/inbox").now()
}
