//! All orders one may see, and for those who issue them what is due for one.

use std::collections::BTreeMap;

use axum::extract::Query;
use chrono::NaiveDate;
use huiqi_casework::record::{Desk, Turn};
use huiqi_casework::scope;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Capacity;
use huiqi_store::sea_orm::Value;
use huiqi_web::address::address;
use huiqi_web::components::{self, Cell, Col, Count, Style, Table, Tone, section_head, status};
use huiqi_web::dates;
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Visit};
use serde::Deserialize;

use super::flow::{ISSUERS, State};
use super::pages::{tone, usual_reason, word};
use super::queries::{self, DueRow, LATE, Line, OVERDUE};
use crate::frame::{self, List};
use crate::t;

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
    let rows = queries::lines(ctx, scope, PAGE + 1).await?;
    let tab = |state: &str, n: i64, label: Html| Count {
        href: address("/supervision-orders", &[("state", state)]),
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
    let mut above = counts;
    if issues && query.after.is_empty() {
        let due = queries::due(ctx, visit.viewer()).await?;
        let offices = [
            (Desk::Operator, queries::office(ctx, Capacity::Operator).await?),
            (Desk::Centre, queries::office(ctx, Capacity::Centre).await?),
        ];
        let number = |desk: &str| {
            offices.iter().find(|(d, _)| d.code() == desk).and_then(|(_, o)| o.as_ref()).map(|o| o.number.clone())
        };
        above = above.and(&due_section(&due, number, today, locale));
    }
    let state = |row: &Line| {
        let state = State::from_code(&row.state).unwrap_or(State::Issued);
        let overdue = row.due_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()).is_some_and(|d| d < today);
        let (tone, icon) = tone(state, overdue);
        let word = status(tone, icon, word(state, overdue, locale));
        if row.late == 0 {
            return word;
        }
        word.and(&Html::raw("<small>")).and(&status(Tone::Bad, "clock", m.order_late())).and(&Html::raw("</small>"))
    };
    List::of(rows, &visit, "supervision-orders", m.order_list_title(), m.order_list_lede())
        .end(issues, || {
            components::link_button("/supervision-orders/new", &m.order_new_own(), Style::Second, Some("plus"))
        })
        .above(&above)
        .section("orders", &m.order_issued_title())
        .numbers(|row| &row.number)
        .what(&m.mine_what(), |row| {
            components::title_link(&format!("/supervision-orders/{}", row.number), &row.title, locale)
        })
        .column(Col::text(&m.order_ordered()), |row| Html::text(row.ordered(locale)))
        .column(Col::text(&m.mine_state()), state)
        .column(Col::text(&m.order_due()).class("due"), |row| {
            frame::day_cell(row.due_on.as_deref(), row.opened_at, today, locale)
        })
        .empty(m.order_list_empty())
        .paged(PAGE, "/supervision-orders", &[("state", &query.state)], &query.after, |row| row.id)
        .show()
        .await
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
        out = out
            .and(&Html::raw("<p>"))
            .and(&components::link(
                &address("/supervision-orders/new", &[("to", target)]),
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
