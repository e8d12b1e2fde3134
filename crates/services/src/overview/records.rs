//! The list behind a figure: the very records it counts.

use axum::extract::Query;
use chrono::NaiveDate;
use huiqi_casework::record::REPORT;
use huiqi_identity::organisations;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::{self, Cell, Col, Pager, Tone};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Failure, Visit, dates};

use super::ask::{Ask, territory};
use super::queries::{counts, must, now};
use super::sets::{Figure, Set, Table, Watched};
use super::{labels, pages};
use crate::calls::pages::outcome_status;
use crate::calls::{Outcome, Why};
use crate::requests::pages::grade_word;
use crate::t;

/// Rows of a page.
pub const PAGE: usize = 50;

/// A record of a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Record {
    number: String,
    flow: String,
    state: String,
    title: String,
    kind: Option<String>,
    due_on: Option<String>,
    opened_at: i64,
    closed_at: Option<i64>,
    firm: Option<String>,
    handler: Option<String>,
    handler_en: Option<String>,
    accepted_at: Option<i64>,
    dispatched_at: Option<i64>,
    answered_at: Option<i64>,
    taken_at: Option<i64>,
    cause: Option<String>,
    grade: Option<i64>,
    rated_at: Option<i64>,
    judged: Option<String>,
    judged_en: Option<String>,
    limit_from: Option<String>,
    limit_due: Option<String>,
    met_on: Option<String>,
    met: Option<bool>,
    call_why: Option<String>,
    call_due: Option<String>,
    call_outcome: Option<String>,
    call_solved: Option<bool>,
    call_ended: Option<i64>,
    place: i64,
}

/// Where the next page begins: the number of the last case, and which of its limits, call-backs or grades it was.
fn mark(record: &Record) -> String {
    if record.place == 0 { record.number.clone() } else { format!("{}.{}", record.number, record.place) }
}

/// One page of the records of a set, newest case first, and one row more where there is more.
///
/// # Errors
/// When the database fails.
pub async fn page(ctx: &Ctx, set: &Set, after: &str) -> Result<Vec<Record>, Fault> {
    // A request may have several limits of one kind, several call-backs and several graded answers; the one meant is found
    // by its place among them.
    let (row, place) = match set.table {
        Table::Limits => ("l.id", "(SELECT COUNT(*) FROM case_limit p WHERE p.case_id = l.case_id AND p.id <= l.id)"),
        Table::Calls => ("d.id", "(SELECT COUNT(*) FROM call_due p WHERE p.case_id = d.case_id AND p.id <= d.id)"),
        Table::Rated => ("g.id", "(SELECT COUNT(*) FROM rating p WHERE p.case_id = g.case_id AND p.id <= g.id)"),
        _ => ("CAST(0 AS BIGINT)", "CAST(0 AS BIGINT)"),
    };
    let several = matches!(set.table, Table::Limits | Table::Calls | Table::Rated);
    let at = |table: Table| if set.table == table { "x.row_id" } else { "0" };
    let (limits, calls) = (at(Table::Limits), at(Table::Calls));
    let grades = match set.table {
        Table::Rated => "x.row_id",
        _ => "(SELECT MAX(z.id) FROM rating z WHERE z.case_id = c.id)",
    };
    let mut scope = set.scope.clone();
    if !after.is_empty() {
        let (number, at) = after.split_once('.').unwrap_or((after, "0"));
        let last = "(SELECT z.id FROM case_record z WHERE z.number = ?)";
        scope = if several {
            let at: i64 = at.parse().unwrap_or_default();
            scope.and(
                &format!("c.id < {last} OR (c.id = {last} AND {place} < ?)"),
                [Value::from(number), Value::from(number), Value::from(at)],
            )
        } else {
            scope.and(&format!("c.id < {last}"), [Value::from(number)])
        };
    }
    let narrowed = Set { table: set.table, scope };
    let (inner, values) = narrowed.statement(
        &format!("SELECT c.id AS case_id, {row} AS row_id, {place} AS place"),
        &format!("ORDER BY 1 DESC, 2 DESC LIMIT {}", PAGE + 1),
    );
    let text = format!(
        "SELECT c.number, c.flow, c.state, c.title, COALESCE(c.kind, u.kind) AS kind, c.due_on, c.opened_at, c.closed_at,
            COALESCE(f.name, q.firm_text) AS firm, COALESCE(w.name, h.name) AS handler,
            COALESCE(w.name_en, h.name_en) AS handler_en, q.accepted_at, q.dispatched_at, q.answered_at, b.taken_at,
            v.cause, s.grade, s.at AS rated_at, COALESCE(jw.name, jo.name) AS judged,
            COALESCE(jw.name_en, jo.name_en) AS judged_en, y.from_on AS limit_from, y.due_on AS limit_due, y.met_on, y.met,
            e.why AS call_why, e.due_on AS call_due, e.outcome AS call_outcome, e.solved AS call_solved,
            e.ended_at AS call_ended, x.place
         FROM ({inner}) x
         JOIN case_record c ON c.id = x.case_id
         LEFT JOIN case_record u ON u.id = c.parent
         LEFT JOIN request q ON q.case_id = COALESCE(u.id, c.id)
         LEFT JOIN assignment b ON b.case_id = c.id
         LEFT JOIN improvement v ON v.case_id = c.id
         LEFT JOIN rating s ON s.id = {grades}
         LEFT JOIN case_limit y ON y.id = {limits}
         LEFT JOIN call_due e ON e.id = {calls}
         LEFT JOIN organisation f ON f.id = c.firm
         LEFT JOIN organisation h ON h.id = c.handler_org
         LEFT JOIN service_window w ON w.id = c.handler_window
         LEFT JOIN organisation jo ON jo.id = s.organisation
         LEFT JOIN service_window jw ON jw.id = s.service_window
         ORDER BY x.case_id DESC, x.row_id DESC"
    );
    ctx::all(ctx, &text, values).await
}

pub(super) async fn list(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let now = now(ctx);
    let figure = Figure::from_code(&ask.figure).ok_or_else(Failure::not_found)?;
    let ask = ask.dated(now.today).within_reach(visit.viewer());
    let set = must(figure, visit.viewer(), &ask, now)?;
    let at = ctx.now();
    let total = counts(ctx, std::slice::from_ref(&set)).await?[0];
    let mut rows = page(ctx, &set, &ask.after).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);

    let step = Watched::from_code(&ask.step);
    let title = labels::label(figure, step, locale);
    let mut tags = labels::narrowed(&ask, locale);
    tags.extend(whose(ctx, &ask, locale).await?);
    let when = if figure.is_now() { m.overview_as_of_now() } else { labels::span(ask.span(now.today), locale) };
    let head = components::page_head(
        &title,
        Html::text(&m.overview_list_count(dates::number(total), when.clone())),
        Html::empty(),
    );
    let tags = tags.iter().fold(Html::empty(), |out, tag| out.and(&components::tag(tag)).and(&Html::raw(" ")));
    let body = if rows.is_empty() {
        components::empty(m.overview_list_empty())
    } else {
        let link = |after: String| ask.clone().with(|a| a.after = after).href("/overview/records");
        let next = rows.last().filter(|_| more).map(|row| link(mark(row)));
        let pager = Pager {
            prev: (!ask.after.is_empty()).then(|| link(String::new())),
            next,
            shown: rows.len() as u64,
            total: u64::try_from(total).ok(),
        };
        table(&visit, set.table, figure, &title, &rows).and(&pager.html(locale))
    };
    let over = labels::title(visit.viewer(), locale);
    let body = Html::concat([
        Html::raw("<div class=\"wrap\">"),
        components::print_line(&over, &format!("{title} {when}"), &pages::printed_by(&visit), at, locale),
        components::crumbs(&[(ask.overview().href("/overview"), over.clone())], Some(Html::text(&title)), locale),
        head,
        Html::raw("<p class=\"quiet small\">"),
        Html::text(&labels::definition(figure, step, now, locale)),
        Html::raw(" "),
        tags,
        Html::raw("</p>"),
        body,
        Html::raw("</div>"),
    ]);
    visit.page(title, "overview").show(body).await
}

/// Name of the window or organisation a list is about.
async fn whose(ctx: &Ctx, ask: &Ask, locale: Locale) -> Result<Vec<String>, Fault> {
    let mut out = Vec::new();
    if !ask.window.is_empty() {
        let (_, window) = organisations::window_by_number(ctx, &ask.window).await?.ok_or(Fault::NotFound)?;
        out.push(window.shown(locale).to_owned());
    }
    if !ask.org.is_empty() {
        let org = organisations::by_number(ctx, &ask.org).await?.ok_or(Fault::NotFound)?;
        out.push(org.shown(locale).to_owned());
    }
    Ok(out)
}

fn table(visit: &Visit, table: Table, figure: Figure, title: &str, rows: &[Record]) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let columns: Vec<Col> = match table {
        Table::Requests => vec![
            Col::text(&m.overview_col_firm()),
            Col::text(&m.overview_col_state()),
            Col::nowrap(&m.overview_col_submitted()),
            Col::nowrap(&m.overview_col_accepted()),
            Col::nowrap(&m.overview_col_dispatched()),
            Col::nowrap(&m.overview_col_answered()),
            Col::nowrap(&m.overview_col_ended()),
        ],
        Table::Rated => vec![
            Col::text(&m.overview_col_firm()),
            Col::text(&m.overview_col_grade()),
            Col::nowrap(&m.overview_col_rated()),
            Col::text(&m.overview_col_judged()),
        ],
        Table::Limits => vec![
            Col::text(&m.overview_col_firm()),
            Col::nowrap(&m.overview_col_from()),
            Col::nowrap(&m.overview_col_due()),
            Col::nowrap(&m.overview_col_settled()),
            Col::text(&m.overview_col_kept()),
        ],
        Table::Assigned => vec![
            Col::text(&m.overview_col_handler()),
            Col::text(&m.overview_col_state()),
            Col::nowrap(&m.overview_col_given()),
            Col::nowrap(&m.overview_col_taken()),
            Col::nowrap(&m.overview_col_due()),
            Col::nowrap(&m.overview_col_ended()),
        ],
        Table::Improved => vec![
            Col::text(&m.overview_col_improver()),
            Col::text(&m.overview_col_cause()),
            Col::text(&m.overview_col_state()),
            Col::nowrap(&m.overview_col_opened()),
            Col::nowrap(&m.overview_col_due()),
            Col::nowrap(&m.overview_col_ended()),
        ],
        Table::Calls => vec![
            Col::text(&m.overview_col_firm()),
            Col::text(&m.call_col_why()),
            Col::nowrap(&m.call_col_due()),
            Col::text(&m.call_col_outcome()),
            Col::nowrap(&m.overview_col_ended()),
        ],
        Table::Cases => vec![
            Col::text(&m.overview_col_handler()),
            Col::text(&m.overview_col_state()),
            Col::nowrap(&m.overview_col_due()),
        ],
    };
    let mut out = components::Table::new(title)
        .cards()
        .row_head(1)
        .col(Col::nowrap(&m.overview_col_number()).bare())
        .col(Col::text(&m.overview_col_what()).bare());
    for column in columns {
        out = out.col(column);
    }
    for row in rows {
        out.push("", cells(visit, table, figure, row, today));
    }
    out.html()
}

fn cells(visit: &Visit, table: Table, figure: Figure, row: &Record, today: NaiveDate) -> Vec<Cell> {
    let locale = visit.locale();
    let m = t(locale);
    // Where time is measured, hours matter.
    let moment = |at: Option<i64>| match at {
        None => components::quiet("–"),
        Some(at) if figure == Figure::Time => dates::moment(at, today, locale),
        Some(at) => dates::date_short(dates::day_of(at), today, locale),
    };
    let day = |day: &Option<String>| match day.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()) {
        Some(day) => dates::date_cell(day, today, locale),
        None => components::quiet("–"),
    };
    let named = |name: &Option<String>, name_en: &Option<String>| match (name, name_en) {
        (Some(_), Some(en)) if locale == Locale::En => Html::text(en),
        (Some(name), _) => components::in_language(name, Locale::Zh, locale),
        (None, _) => components::quiet("–"),
    };
    let flow = visit.flow(&row.flow);
    // Who reported something stays out of lists.
    let abroad = territory(visit.viewer()).is_some();
    let masked = row.kind.as_deref() == Some(REPORT);
    let firm = match &row.firm {
        _ if abroad => components::quiet("–"),
        _ if masked => components::quiet(m.overview_masked()),
        Some(firm) => components::in_language(firm, Locale::Zh, locale),
        None => components::quiet("–"),
    };
    let state = Html::text(&flow.map_or_else(|| row.state.clone(), |f| f.state_label(&row.state, locale)));
    let kind = flow
        .map(|f| {
            row.kind
                .as_deref()
                .map(|k| f.kind_label(k, locale))
                .filter(|k| !k.is_empty())
                .unwrap_or_else(|| f.name(locale))
        })
        .unwrap_or_default();
    let kind = if table == Table::Cases { flow.map(|f| f.name(locale)).unwrap_or_default() } else { kind };
    // A department counts; what the matter is stays with those who handle it.
    let what = if abroad {
        Html::text(&kind)
    } else {
        Html(format!(
            "<a href=\"/cases/{}\"{}>{}</a> <span class=\"quiet small nowrap\">{}</span>",
            Html::text(&row.number),
            if locale == Locale::Zh { "" } else { " lang=\"zh-CN\"" },
            Html::text(&row.title),
            Html::text(&kind)
        ))
    };
    let mut out: Vec<Cell> = vec![components::reference(&row.number).into(), what.into()];
    let rest: Vec<Html> = match table {
        Table::Requests => vec![
            firm,
            state,
            moment(Some(row.opened_at)),
            moment(row.accepted_at),
            moment(row.dispatched_at),
            moment(row.answered_at),
            moment(row.closed_at),
        ],
        Table::Rated => vec![
            firm,
            Html::text(
                &row.grade.map_or_else(String::new, |g| m.overview_grade_word(g.to_string(), grade_word(g, locale))),
            ),
            moment(row.rated_at),
            named(&row.judged, &row.judged_en),
        ],
        Table::Limits => vec![
            firm,
            day(&row.limit_from),
            day(&row.limit_due),
            day(&row.met_on),
            if row.met == Some(true) {
                components::status(Tone::Good, "done", m.overview_kept())
            } else {
                components::status(Tone::Bad, "stop", m.overview_missed())
            },
        ],
        Table::Assigned => vec![
            named(&row.handler, &row.handler_en),
            state,
            moment(Some(row.opened_at)),
            moment(row.taken_at),
            day(&row.due_on),
            moment(row.closed_at),
        ],
        Table::Improved => vec![
            named(&row.handler, &row.handler_en),
            Html::text(&labels::cause(row.cause.as_deref().unwrap_or(super::ask::NONE), locale)),
            state,
            moment(Some(row.opened_at)),
            day(&row.due_on),
            moment(row.closed_at),
        ],
        Table::Calls => vec![
            firm,
            Html::text(
                &row.call_why.as_deref().and_then(Why::from_code).map_or_else(String::new, |why| why.label(locale)),
            ),
            day(&row.call_due),
            outcome_status(row.call_outcome.as_deref().and_then(Outcome::from_code), row.call_solved, locale),
            moment(row.call_ended),
        ],
        Table::Cases => vec![named(&row.handler, &row.handler_en), state, day(&row.due_on)],
    };
    out.extend(rest.into_iter().map(Cell::from));
    out
}
