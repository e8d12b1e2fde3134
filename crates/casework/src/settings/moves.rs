//! Due days that moved when a calendar or a stoppage was entered: case by case, before and after.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::{self, Cell, Col, Table};
use huiqi_web::layout::Html;
use huiqi_web::{Visit, dates};

use super::pages::{Page, crumbs, section};
use crate::scope::{Scope, visible};
use crate::t;

/// Most moves shown.
const SHOWN: i64 = 300;

#[derive(FromQueryResult)]
struct Move {
    number: String,
    title: String,
    at: i64,
    before_on: Option<String>,
    after_on: String,
    document: Option<String>,
}

/// What this viewer may know of the cases that moved. Whoever keeps the calendar without working on cases sees numbers
/// and days, nothing of the matter.
fn reach(viewer: &Viewer) -> (Scope, bool) {
    let outside = viewer.actor().is_some_and(|a| a.role.capacity() == Capacity::System);
    if outside {
        (Scope { sql: "COALESCE(c.kind, '') <> 'report'".to_owned(), values: Vec::new() }, false)
    } else {
        (visible(viewer), true)
    }
}

async fn moves(ctx: &Ctx, viewer: &Viewer, document: &str) -> Result<(Vec<Move>, bool), Fault> {
    let (mut scope, whole) = reach(viewer);
    scope = scope.and("c.flow <> 'assignment'", []);
    if !document.is_empty() {
        scope = scope.and("m.document = ?", [Value::from(document)]);
    }
    let text = format!(
        "SELECT c.number, c.title, m.at, m.before_on, m.after_on, m.document FROM case_recount m
         JOIN case_record c ON c.id = m.case_id WHERE {} ORDER BY m.id DESC LIMIT {SHOWN}",
        scope.sql
    );
    Ok((ctx::all(ctx, &text, scope.values).await?, whole))
}

/// How many of the cases this viewer may know of each document moved.
///
/// # Errors
/// When the database fails.
pub(super) async fn counted(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<(String, i64)>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        document: String,
        n: i64,
    }
    let (scope, _) = reach(viewer);
    let scope = scope.and("c.flow <> 'assignment' AND m.document IS NOT NULL", []);
    let text = format!(
        "SELECT m.document, COUNT(*) AS n FROM case_recount m JOIN case_record c ON c.id = m.case_id WHERE {}
         GROUP BY m.document",
        scope.sql
    );
    let rows: Vec<Row> = ctx::all(ctx, &text, scope.values).await?;
    Ok(rows.into_iter().map(|row| (row.document, row.n)).collect())
}

/// Of these cases those the viewer may know of, by row id: number, and the title where he may read it.
///
/// # Errors
/// When the database fails.
pub(super) async fn known(ctx: &Ctx, viewer: &Viewer, ids: &[i64]) -> Result<BTreeMap<i64, (String, String)>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        number: String,
        title: String,
    }
    let mut found = BTreeMap::new();
    for ids in ids.chunks(500) {
        let (scope, whole) = reach(viewer);
        let text = format!(
            "SELECT c.id, c.number, c.title FROM case_record c WHERE c.flow <> 'assignment' AND c.id IN ({}) AND ({})",
            vec!["?"; ids.len()].join(", "),
            scope.sql
        );
        let values = ids.iter().map(|id| Value::from(*id)).chain(scope.values);
        let rows: Vec<Row> = ctx::all(ctx, &text, values).await?;
        found.extend(rows.into_iter().map(|r| (r.id, (r.number, if whole { r.title } else { String::new() }))));
    }
    Ok(found)
}

/// Where the moves of one document are listed.
pub(super) fn href(document: &str) -> String {
    let document: String = url::form_urlencoded::byte_serialize(document.as_bytes()).collect();
    format!("/settings/calendar/moves?document={document}")
}

/// What would move, case by case, before it does.
pub(super) fn preview(
    moves: &[(i64, Option<NaiveDate>, NaiveDate)],
    known: &BTreeMap<i64, (String, String)>,
    today: NaiveDate,
    l: Locale,
) -> Html {
    let m = t(l);
    let rows: Vec<_> = moves.iter().filter_map(|(id, before, after)| Some((known.get(id)?, before, after))).collect();
    if rows.is_empty() {
        return components::empty(m.setting_preview_none());
    }
    let mut table = Table::new(&m.setting_moves())
        .cards()
        .col(Col::text(&m.setting_moves_case()).class("what"))
        .col(Col::nowrap(&m.setting_moves_before()))
        .col(Col::nowrap(&m.setting_preview_after()));
    for ((number, title), before, after) in rows.iter().take(SHOWN as usize) {
        table.push(
            "",
            [
                Cell::from(case_cell(number, title, l)),
                Cell::from(before.map_or_else(|| components::quiet("–"), |d| dates::date_cell(d, today, l))),
                Cell::from(dates::date_cell(**after, today, l)),
            ],
        );
    }
    table.html()
}

/// A case with its title where the viewer may read it.
fn case_cell(number: &str, title: &str, l: Locale) -> Html {
    if title.is_empty() {
        return components::reference(number);
    }
    components::title_link(&format!("/cases/{number}"), title, l)
        .and(&Html::raw("<small>"))
        .and(&components::reference(number))
        .and(&Html::raw("</small>"))
}

/// The page.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(visit: &Visit, document: &str) -> Result<Page, Fault> {
    let l = visit.locale();
    let m = t(l);
    let today = visit.ctx().today();
    let (moves, whole) = moves(visit.ctx(), visit.viewer(), document).await?;
    let day = |text: Option<&str>| match text.and_then(|d| d.parse::<NaiveDate>().ok()) {
        Some(day) => dates::date_cell(day, today, l),
        None => components::quiet("–"),
    };
    let body = if moves.is_empty() {
        components::empty(m.setting_moves_none())
    } else {
        let mut table = Table::new(&m.setting_moves())
            .cards()
            .col(Col::text(&m.setting_moves_case()))
            .col(Col::nowrap(&m.setting_moves_before()))
            .col(Col::nowrap(&m.setting_moves_after()))
            .col(Col::text(&m.setting_stoppage_document()))
            .col(Col::nowrap(&m.setting_moves_at()));
        for one in &moves {
            let case = case_cell(&one.number, if whole { &one.title } else { "" }, l);
            let document = match &one.document {
                Some(document) => components::in_language(document, Locale::Zh, l),
                None => components::quiet(m.setting_moves_calendar()),
            };
            table.push(
                "",
                [
                    Cell::from(case),
                    Cell::from(day(one.before_on.as_deref())),
                    Cell::from(day(Some(&one.after_on))),
                    Cell::from(document),
                    Cell::from(dates::moment(one.at, today, l)),
                ],
            );
        }
        table.html()
    };
    Ok(Page {
        crumbs: crumbs(&m.setting_moves(), l),
        head: components::page_head(
            &m.setting_moves(),
            Html::text(&m.setting_moves_count(moves.len() as i64)),
            components::link("/settings/calendar", &m.setting_moves_back()),
        ),
        parts: vec![section("moves", &m.setting_moves_list(), Html::empty(), &body)],
        ..Page::default()
    })
}
