//! Requests that another office passed on (12345, departments): their results, listed and exported for return.

use axum::extract::Query;
use chrono::{Datelike, Days, NaiveDate};
use huiqi_casework::scope::visible;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Label, Role, Viewer};
use huiqi_kernel::rule::art;
use huiqi_store::clock::day_start;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::address::address;
use huiqi_web::components::{self, Col, FilterBar, Style};
use huiqi_web::layout::Html;
use huiqi_web::visit::download;
use huiqi_web::{Answer, Route, Visit, dates};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde::Deserialize;
use serde_json::json;

use super::flow::{Channel, ClosedHow, State};
use crate::frame::List;
use crate::overview::export::{XLSX, defused};
use crate::t;

/// Who gives results back: the desk, its dispatchers and manager.
const GIVERS: &[Role] = &[
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::BureauOfficer,
];
/// Rows shown at once; the file has all.
const SHOWN: usize = 200;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/requests/outside", page).roles(GIVERS).under(art(5)).named(|l| t(l).transfer_title()),
        Route::get("/requests/outside/export.xlsx", xlsx).roles(GIVERS).under(art(5)),
        Route::get("/requests/outside/export.csv", csv).roles(GIVERS).under(art(5)),
    ]
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    from: String,
    to: String,
    channel: String,
}

impl Ask {
    /// The days asked for; this month until today otherwise.
    fn days(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let read = |text: &str| text.trim().parse::<NaiveDate>().ok().filter(|d| (1990..=2200).contains(&d.year()));
        let from = read(&self.from).unwrap_or_else(|| today.with_day(1).unwrap_or(today));
        let to = read(&self.to).unwrap_or(today);
        (from.min(to), from.max(to))
    }

    fn href(&self, path: &str, today: NaiveDate) -> String {
        let (from, to) = self.days(today);
        address(path, &[("from", &from.to_string()), ("to", &to.to_string()), ("channel", &self.channel)])
    }
}

#[derive(Clone, Debug, FromQueryResult)]
struct Row {
    number: String,
    title: String,
    state: String,
    channel: String,
    outside_number: String,
    outside_due: Option<String>,
    firm: Option<String>,
    answer: Option<String>,
    answered_at: Option<i64>,
    closed_at: Option<i64>,
    closed_how: Option<String>,
}

impl Row {
    fn result(&self, locale: Locale) -> String {
        let state = State::from_code(&self.state).map(|s| s.label(locale)).unwrap_or_default();
        match self.closed_how.as_deref().and_then(ClosedHow::from_code) {
            Some(how) => t(locale).case_file_closed_how(state, how.label(locale)),
            None => state,
        }
    }

    /// Whether the answer was there by the other office's day; nothing where it named none.
    fn kept(&self) -> Option<bool> {
        let due: NaiveDate = self.outside_due.as_deref()?.parse().ok()?;
        Some(self.answered_at.or(self.closed_at).is_some_and(|at| dates::day_of(at) <= due))
    }
}

/// Requests passed on that got their answer, or ended, within these days, oldest first.
async fn rows(ctx: &Ctx, viewer: &Viewer, ask: &Ask) -> Result<Vec<Row>, Fault> {
    let (from, to) = ask.days(ctx.today());
    let mut scope = visible(viewer).and(
        "c.flow = 'request' AND r.outside_number IS NOT NULL AND r.channel IN ('12345', 'department')
           AND COALESCE(r.answered_at, c.closed_at) >= ? AND COALESCE(r.answered_at, c.closed_at) < ?",
        [Value::from(day_start(from)), Value::from(day_start(to + Days::new(1)))],
    );
    if Channel::from_code(&ask.channel).is_some() {
        scope = scope.and("r.channel = ?", [Value::from(ask.channel.clone())]);
    }
    let text = format!(
        "SELECT c.number, c.title, c.state, r.channel, r.outside_number, r.outside_due, COALESCE(f.name, r.firm_text) AS firm,
            r.answer, r.answered_at, c.closed_at, r.closed_how
         FROM case_record c JOIN request r ON r.case_id = c.id LEFT JOIN organisation f ON f.id = c.firm
         WHERE {} ORDER BY COALESCE(r.answered_at, c.closed_at), c.id",
        scope.sql
    );
    ctx::all(ctx, &text, scope.values).await
}

async fn page(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let mut found = rows(ctx, visit.viewer(), &ask).await?;
    let (from, to) = ask.days(today);
    let channels = std::iter::once((String::new(), m.transfer_channel_all()))
        .chain([Channel::CityHotline, Channel::Department].map(|c| (c.code().to_owned(), c.label(locale))));
    let filters = FilterBar::new("/requests/outside")
        .date("from", &m.transfer_from(), &from.to_string())
        .date("to", &m.transfer_to(), &to.to_string())
        .select("channel", &m.transfer_channel(), channels, &ask.channel);
    let export = |kind: &str, words: String| {
        components::link_button(
            &ask.href(&format!("/requests/outside/export.{kind}"), today),
            &words,
            Style::Second,
            Some("out"),
        )
    };
    let count = found.len() as i64;
    found.truncate(SHOWN);
    let short = |day: Option<NaiveDate>| {
        day.map_or_else(|| components::quiet("–"), |day| dates::date_short(day, today, locale))
    };
    let title = |row: &Row| {
        components::title_link(&format!("/requests/{}", row.number), &row.title, locale)
            .and(&Html::raw("<small>"))
            .and(&components::reference(&row.number))
            .and(&Html::raw("</small>"))
    };
    let kept = |row: &Row| match row.kept() {
        Some(true) => Html::text(&m.transfer_yes()),
        Some(false) => components::status(components::Tone::Bad, "stop", m.transfer_no()),
        None => components::quiet("–"),
    };
    let lede = Html::raw("<p class=\"quiet small\">").say(&m.transfer_lede()).and(&Html::raw("</p>"));
    List::of(found, &visit, "outside", m.transfer_title(), m.transfer_count(count))
        .end(true, || export("xlsx", m.transfer_xlsx()).and(&export("csv", m.transfer_csv())))
        .above(&lede)
        .above(&filters.html(locale))
        .row_head(1)
        .column(Col::nowrap(&m.transfer_col_outside()), |row| components::reference(&row.outside_number))
        .column(Col::text(&m.transfer_col_title()).bare(), title)
        .column(Col::text(&m.transfer_col_channel()), |row| {
            Channel::from_code(&row.channel).map(|c| c.label(locale)).unwrap_or_default()
        })
        .column(Col::text(&m.transfer_col_result()), |row| row.result(locale))
        .column(Col::nowrap(&m.transfer_col_answered()), |row| {
            short(row.answered_at.or(row.closed_at).map(dates::day_of))
        })
        .column(Col::nowrap(&m.transfer_col_outside_due()), |row| {
            short(row.outside_due.as_deref().and_then(|d| d.parse().ok()))
        })
        .column(Col::nowrap(&m.transfer_col_kept()), kept)
        .empty(m.transfer_empty())
        .show()
        .await
}

/// Heads and rows of the file.
async fn table(visit: &Visit, ask: &Ask) -> Result<(Vec<String>, Vec<Vec<String>>), Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let found = rows(visit.ctx(), visit.viewer(), ask).await?;
    let work = visit.ctx().write(visit.viewer()).await?;
    let (from, to) = ask.days(visit.ctx().today());
    let detail = json!({ "rows": found.len(), "from": from.to_string(), "to": to.to_string() });
    work.audit("request.outside-export", "export", "", detail).await?;
    work.commit().await?;
    let heads = vec![
        m.transfer_col_outside(),
        m.transfer_col_number(),
        m.transfer_col_channel(),
        m.transfer_col_title(),
        m.transfer_col_firm(),
        m.transfer_col_result(),
        m.transfer_col_answer(),
        m.transfer_col_answered(),
        m.transfer_col_ended(),
        m.transfer_col_outside_due(),
        m.transfer_col_kept(),
    ];
    let day = |at: Option<i64>| at.map(|at| dates::day_of(at).to_string()).unwrap_or_default();
    let rows = found
        .iter()
        .map(|row| {
            vec![
                row.outside_number.clone(),
                row.number.clone(),
                Channel::from_code(&row.channel).map(|c| c.label(locale)).unwrap_or_default(),
                row.title.clone(),
                row.firm.clone().unwrap_or_default(),
                row.result(locale),
                row.answer.clone().unwrap_or_default(),
                day(row.answered_at),
                day(row.closed_at),
                row.outside_due.clone().unwrap_or_default(),
                match row.kept() {
                    Some(true) => m.transfer_yes(),
                    Some(false) => m.transfer_no(),
                    None => String::new(),
                },
            ]
        })
        .collect();
    Ok((heads, rows))
}

fn file_name(visit: &Visit, ask: &Ask, kind: &str) -> String {
    let (from, to) = ask.days(visit.ctx().today());
    format!("{}.{kind}", t(visit.locale()).transfer_file(from.to_string(), to.to_string()))
}

async fn csv(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let (heads, rows) = table(&visit, &ask).await?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    for row in std::iter::once(&heads).chain(&rows) {
        writer.write_record(row.iter().map(|cell| defused(cell))).map_err(Fault::internal)?;
    }
    let content = writer.into_inner().map_err(|e| Fault::internal(e.error()))?;
    download(&file_name(&visit, &ask, "csv"), "text/csv; charset=utf-8", content)
}

fn workbook(heads: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let page = book.add_worksheet();
    for (column, head) in (0..).zip(heads) {
        page.write_string_with_format(0, column, head, &bold)?;
        page.set_column_width(column, 18.0)?;
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            page.write_string(line, column, cell)?;
        }
    }
    book.save_to_buffer()
}

async fn xlsx(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let (heads, rows) = table(&visit, &ask).await?;
    let content = workbook(&heads, &rows).map_err(Fault::internal)?;
    download(&file_name(&visit, &ask, "xlsx"), XLSX, content)
}
