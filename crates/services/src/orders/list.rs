//! All orders one may see, and for those who issue them what is due for one.

use std::collections::BTreeMap;

use axum::extract::Query;
use chrono::NaiveDate;
use huiqi_casework::record::{Desk, Turn};
use huiqi_casework::scope;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Capacity;
use huiqi_store::sea_orm::Value;
use huiqi_web::components::{self, Cell, Col, Count, Pager, Style, Table, Tone, section_head, status};
use huiqi_web::dates;
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Visit};
use serde::Deserialize;

use super::flow::{ISSUERS, State};
use super::pages::{tone, usual_reason, word};
use super::queries::{self, DueRow, LATE, OVERDUE};
use crate::{frame, t};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    state: String,
    after: String,
}

const PAGE: usize = 40;

pub(super) async fn list(visit: Visit, Query(query): Query<ListQuery>) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let issues = visit.viewer().is(ISSUERS);
    let totals = queries::totals(ctx, visit.viewer()).await?;
    let mut scope = scope::visible(visit.viewer()).and("c.flow = 'supervision-order'", []);
    scope = match query.state.as_str() {
        "open" => scope.and("c.closed_at IS NULL", []),
        "overdue" => scope.and(OVERDUE, [Value::from(today.to_string())]),
        "late" => scope.and(LATE, [Value::from(true)]),
        _ => scope,
    };
    if let Ok(after) = query.after.parse::<i64>() {
        scope = scope.and("c.id < ?", [Value::from(after)]);
    }
    let mut rows = queries::lines(ctx, scope, PAGE + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let address = |state: &str, after: &str| {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        for (k, v) in [("state", state), ("after", after)] {
            if !v.is_empty() {
                out.append_pair(k, v);
            }
        }
        let q = out.finish();
        if q.is_empty() { "/supervision-orders".to_owned() } else { format!("/supervision-orders?{q}") }
    };
    let tab = |state: &str, n: i64, label: Html| Count {
        href: address(state, ""),
        count: n.unsigned_abs(),
        label,
        current: query.state == state,
    };
    let counts = components::counts(
        &m.order_counts(),
        &[
            tab("", totals.total, Html::text(&m.order_count_all())),
            tab("open", totals.open, status(Tone::Warn, "alert", m.order_count_open())),
            tab("overdue", totals.overdue, status(Tone::Bad, "stop", m.order_count_overdue())),
            tab("late", totals.late, status(Tone::Bad, "clock", m.order_count_late())),
        ],
    );
    let own = if issues {
        components::link_button("/supervision-orders/new", &m.order_new_own(), Style::Second, Some("plus"))
    } else {
        Html::empty()
    };
    let mut out = Html::raw("<div class=\"wrap\">")
        .and(&components::page_head(&m.order_list_title(), Html::text(&m.order_list_lede()), own))
        .and(&counts);
    if issues && query.after.is_empty() {
        let due = queries::due(ctx, visit.viewer()).await?;
        let offices = [
            (Desk::Operator, queries::office(ctx, Capacity::Operator).await?),
            (Desk::Centre, queries::office(ctx, Capacity::Centre).await?),
        ];
        let number = |desk: &str| {
            offices.iter().find(|(d, _)| d.code() == desk).and_then(|(_, o)| o.as_ref()).map(|o| o.number.clone())
        };
        out = out.and(&due_section(&due, number, today, locale));
    }
    out = out.and(&Html::raw("<section class=\"section\" aria-labelledby=\"orders\">")).and(&section_head(
        "orders",
        &m.order_issued_title(),
        Html::empty(),
        Html::empty(),
    ));
    if rows.is_empty() {
        out = out.and(&components::empty(m.order_list_empty()));
    } else {
        let mut table = Table::new(&m.order_list_title())
            .cards()
            .row_head(99)
            .col(Col::text(&m.request_number()).bare())
            .col(Col::text(&m.mine_what()).class("what").bare())
            .col(Col::text(&m.order_ordered()))
            .col(Col::text(&m.mine_state()))
            .col(Col::text(&m.order_due()).class("due"));
        for row in &rows {
            let state = State::from_code(&row.state).unwrap_or(State::Issued);
            let due = row.due_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok());
            let overdue = due.is_some_and(|d| d < today);
            let (tone, icon) = tone(state, overdue);
            let mut word = status(tone, icon, word(state, overdue, locale));
            if row.late > 0 {
                word = word
                    .and(&Html::raw("<small>"))
                    .and(&status(Tone::Bad, "clock", m.order_late()))
                    .and(&Html::raw("</small>"));
            }
            table.push(
                "",
                [
                    Cell::from(components::reference(&row.number)),
                    Cell::from(components::title_link(
                        &format!("/supervision-orders/{}", row.number),
                        &row.title,
                        locale,
                    )),
                    Cell::from(Html::text(row.ordered(locale))),
                    Cell::from(word),
                    Cell::from(frame::day_cell(row.due_on.as_deref(), row.opened_at, today, locale)),
                ],
            );
        }
        let pager = Pager {
            prev: (!query.after.is_empty()).then(|| address(&query.state, "")),
            next: rows.last().filter(|_| more).map(|r| address(&query.state, &r.id.to_string())),
            shown: rows.len() as u64,
            total: None,
        };
        out = out.and(&table.html()).and(&pager.html(locale));
    }
    visit.page(m.order_list_title(), "supervision-orders").show(out.and(&Html::raw("</section></div>"))).await
}

/// What is due for an order: one click issues it with the usual words; several of one house together.
fn due_section(due: &[DueRow], office: impl Fn(&str) -> Option<String>, today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"due\">").and(&section_head(
        "due",
        &m.order_due_title(),
        Html::text(&m.order_due_lede(due.len() as i64)),
        Html::empty(),
    ));
    if due.is_empty() {
        return out.and(&components::empty_small(m.order_due_empty())).and(&Html::raw("</section>"));
    }
    let mut houses: BTreeMap<&str, (&DueRow, usize)> = BTreeMap::new();
    for row in due {
        if let Some(target) = row.target.as_deref() {
            houses.entry(target).or_insert((row, 0)).1 += 1;
        }
    }
    for (target, (row, n)) in houses.iter().filter(|(_, (_, n))| *n > 1) {
        let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", target).finish();
        out = out
            .and(&Html::raw("<p>"))
            .and(&components::link(
                &format!("/supervision-orders/new?{query}"),
                &m.order_due_house(row.handler(locale), *n as i64),
            ))
            .and(&Html::raw("</p>"));
    }
    let mut table = Table::new(&m.order_due_title())
        .cards()
        .row_head(99)
        .col(Col::text(&m.request_number()).bare())
        .col(Col::text(&m.mine_what()).class("what").bare())
        .col(Col::text(&m.order_due_turn()))
        .col(Col::text(&m.request_turn_due()).class("due"))
        .col(Col::text(&m.order_due_do()));
    for row in due {
        let day = row.due_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok());
        let turn = match row.turn() {
            Turn::Handler => Html::text(row.handler(locale)),
            turn => Html::text(&huiqi_casework::ladder::seat(
                turn,
                Desk::from_code(&row.desk).unwrap_or(Desk::Bureau),
                locale,
            )),
        };
        let to = row.target.clone().or_else(|| office(&row.desk)).unwrap_or_default();
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("about", &row.number)
            .append_pair("to", &to)
            .finish();
        let edit = components::link(&format!("/supervision-orders/new?{query}"), &m.order_due_edit());
        let now = Html::raw("<form method=\"post\" action=\"/supervision-orders\" class=\"button-row\">")
            .and(&components::hidden("about", &row.number))
            .and(&components::hidden("to", &to))
            .and(&components::hidden("reason", &usual_reason(&row.title, day, today)))
            .and(&Html::raw("<button class=\"button is-second is-small\" type=\"submit\" aria-label=\""))
            .say(&m.order_due_issue_one(&row.number))
            .and(&Html::raw("\">"))
            .say(&m.order_due_issue())
            .and(&Html::raw("</button>"))
            .and(&edit)
            .and(&Html::raw("</form>"));
        table.push(
            "",
            [
                Cell::from(components::reference(&row.number)),
                Cell::from(components::title_link(&format!("/cases/{}", row.number), &row.title, locale)),
                Cell::from(turn),
                Cell::from(day.map(|d| dates::due_cell(d, today, locale)).unwrap_or_default()),
                Cell::from(now),
            ],
        );
    }
    out.and(&table.html()).and(&Html::raw("</section>"))
}
