//! The page of the working calendar: years, holidays, stoppages, and the forms that add to them.

use chrono::{Datelike, NaiveDate};
use huiqi_kernel::calendar::{Calendar, Stoppage};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::{Ctx, Fault};
use huiqi_web::components::{self, ActionLine, Col, Field, Style, Table};
use huiqi_web::layout::FlashKind;
use huiqi_web::{Form, Html, dates};

use super::calendar::{Added, Entered, LONGEST, added, provisional, stoppages};
use super::pages::{self, Page, section};
use super::{CALENDAR_KEEPERS, people};
use crate::{recount, t};

/// From this month on a missing calendar of the next year is an alarm: it is published in November.
pub(super) const ALARM_MONTH: u32 = 11;

/// Whether the calendar of a year is missing that should be there by now.
pub(super) fn missing(calendar: &Calendar, today: NaiveDate) -> Option<i32> {
    if !calendar.has_year(today.year()) {
        return Some(today.year());
    }
    (today.month() >= ALARM_MONTH && !calendar.has_year(today.year() + 1)).then(|| today.year() + 1)
}

/// The next days off beyond a plain weekend: name, first and last day.
pub(super) fn next_closure(calendar: &Calendar, today: NaiveDate, l: Locale) -> Option<(String, NaiveDate, NaiveDate)> {
    let holidays = calendar
        .years()
        .filter(|year| *year >= today.year())
        .filter_map(|year| calendar.year(year))
        .flat_map(|year| year.holidays.iter().map(|h| (h.name(l).to_owned(), h.from, h.to)));
    let stoppages = calendar.stoppages().iter().map(|s| (s.reason.clone(), s.from, s.to));
    holidays.chain(stoppages).filter(|(_, _, to)| *to >= today).min_by_key(|(_, from, to)| (*from, *to))
}

/// Which form came back with errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opened {
    #[default]
    Nothing,
    Year,
    Stoppage,
}

/// Reads the form of a stoppage.
pub(super) fn read_stoppage(form: &mut Form) -> Option<Stoppage> {
    let from = form.value("from").parse::<NaiveDate>().ok();
    if from.is_none() {
        form.fail("from", |l| t(l).setting_error_date());
    }
    let to = if form.value("to").is_empty() { from } else { form.value("to").parse::<NaiveDate>().ok() };
    if to.is_none() && from.is_some() {
        form.fail("to", |l| t(l).setting_error_date());
    }
    let document = form.required("document", LONGEST, |l| t(l).setting_stoppage_document());
    let reason = form.required("reason", LONGEST, |l| t(l).setting_stoppage_reason());
    let (Some(from), Some(to), true) = (from, to, form.ok()) else {
        return None;
    };
    Some(Stoppage { from, to, document, reason })
}

/// The page; `year` is the one whose holidays are listed.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    year: Option<i32>,
    form: &Form,
    opened: Opened,
    l: Locale,
) -> Result<Page, Fault> {
    let m = t(l);
    let today = ctx.today();
    let calendar = ctx.calendar();
    let added = added(ctx).await?;
    let entered = stoppages(ctx).await?;
    let moved = super::moves::counted(ctx, viewer).await?;
    let ids = added.iter().filter_map(|a| a.person).chain(entered.iter().filter_map(|e| e.person));
    let people = people::named(ctx, ids.collect()).await?;
    let who = |id: Option<i64>| people::shown(&people, id, l);
    let year = year.filter(|y| calendar.has_year(*y)).unwrap_or(today.year());
    let may = viewer.is(CALENDAR_KEEPERS);

    let mut parts = Vec::new();
    if let Some(year) = missing(&calendar, today) {
        let waiting = provisional(ctx).await?;
        let body = Html::text(&m.setting_calendar_missing_text(waiting));
        parts.push(components::notice(FlashKind::Warn, Some(&m.setting_calendar_missing(year.to_string())), &body));
    }
    if may {
        let lines = [year_line(&calendar, today, form, opened, l), stoppage_line(form, opened, l)];
        parts.push(section("act", &m.setting_you_can(), Html::empty(), &components::actions(&lines, l)));
    }
    parts.push(section(
        "years",
        &m.setting_calendar_years(),
        Html::empty(),
        &years_table(&calendar, &added, &who, today, l),
    ));
    parts.push(holidays(&calendar, year, l));
    parts.push(section(
        "stoppages",
        &m.setting_stoppages(),
        Html::text(&m.setting_stoppages_beside()),
        &stoppages_table(&entered, &moved, &who, may, today, l),
    ));
    let next = next_closure(&calendar, today, l).map_or_else(
        || Html::text(&m.setting_calendar_next_unknown()),
        |(name, from, to)| pages::typed(&name, l).and(&Html::raw("<br>")).and(&span(from, to, today, l)),
    );
    Ok(Page {
        crumbs: pages::crumbs(&m.setting_calendar_title(), l),
        head: components::page_head(&m.setting_calendar_title(), Html::text(&m.setting_calendar_lede()), Html::empty()),
        errors: components::error_summary(&form.errors(l), l),
        parts,
        aside_label: m.setting_aside(),
        aside: pages::aside(&[
            (m.setting_calendar_next(), next),
            (m.setting_calendar_aside_effect(), Html::text(&m.setting_calendar_aside_effect_text())),
            (
                m.setting_calendar_aside_who(),
                Html::text(&pages::enumerated(CALENDAR_KEEPERS.iter().map(|r| pages::role_words(*r, l)), l)),
            ),
        ]),
    })
}

/// What is about to change: a stoppage that is entered, or one that is taken back.
pub(super) struct Change<'a> {
    pub stoppage: &'a Stoppage,
    pub back: bool,
}

/// Shows what a change would move before it is made; the button makes it.
///
/// # Errors
/// When the database fails.
pub(super) async fn confirm(
    ctx: &Ctx,
    viewer: &Viewer,
    change: &Change<'_>,
    after: &Calendar,
    form: &Form,
    l: Locale,
) -> Result<Page, Fault> {
    let m = t(l);
    let today = ctx.today();
    let stoppage = change.stoppage;
    let moves: Vec<_> = recount::moves(ctx, after)
        .await?
        .into_iter()
        .map(|(case, counted)| (case.id, case.due(), counted.due))
        .collect();
    let ids: Vec<i64> = moves.iter().map(|(id, _, _)| *id).collect();
    let known = super::moves::known(ctx, viewer, &ids).await?;
    let n = known.len() as i64;
    let (title, action, submit) = if change.back {
        (m.setting_stoppage_back_title(), "/settings/calendar/stoppages/withdrawal", m.setting_stoppage_back_submit())
    } else {
        (m.setting_stoppage_add(), "/settings/calendar/stoppages", m.setting_stoppage_submit())
    };
    let facts = components::kv(&[
        (m.setting_stoppage_days(), span(stoppage.from, stoppage.to, today, l)),
        (m.setting_stoppage_document(), pages::typed(&stoppage.document, l)),
        (m.setting_stoppage_reason(), pages::typed(&stoppage.reason, l)),
    ]);
    let why = if change.back {
        Field::text("why", m.setting_stoppage_why())
            .hint(m.setting_stoppage_why_hint())
            .value(form.value("why"))
            .error(form.error("why", l))
            .html(l)
    } else {
        Html::empty()
    };
    let body = facts
        .and(&Html::raw(format!("<form class=\"form-main\" method=\"post\" action=\"{action}\" novalidate>")))
        .and(&components::hidden("from", &stoppage.from.to_string()))
        .and(&components::hidden("to", &stoppage.to.to_string()))
        .and(&components::hidden("document", &stoppage.document))
        .and(&components::hidden("reason", &stoppage.reason))
        .and(&components::hidden("sure", "yes"))
        .and(&why)
        .and(&Html::raw("<div class=\"button-row\">"))
        .and(&components::button(&submit, Style::Solid))
        .and(&components::link_button("/settings/calendar", &m.setting_preview_back(), Style::Plain, None))
        .and(&Html::raw("</div></form>"));
    Ok(Page {
        crumbs: components::crumbs(
            &[
                ("/settings".to_owned(), m.setting_title()),
                ("/settings/calendar".to_owned(), m.setting_calendar_title()),
            ],
            Some(Html::text(&title)),
            l,
        ),
        head: components::page_head(&title, Html::text(&m.setting_preview_count(n)), Html::empty()),
        errors: components::error_summary(&form.errors(l), l),
        parts: vec![
            section("sure", &m.setting_preview_sure(), Html::empty(), &body),
            section(
                "moves",
                &m.setting_preview_moves(),
                Html::text(&m.setting_moves_count(n)),
                &super::moves::preview(&moves, &known, today, l),
            ),
        ],
        ..Page::default()
    })
}

fn span(from: NaiveDate, to: NaiveDate, today: NaiveDate, l: Locale) -> Html {
    if from == to {
        dates::date_cell(from, today, l)
    } else {
        dates::date_cell(from, today, l).and(&Html::raw(" – ")).and(&dates::date_cell(to, today, l))
    }
}

fn year_line(calendar: &Calendar, today: NaiveDate, form: &Form, opened: Opened, l: Locale) -> ActionLine {
    let m = t(l);
    let is_open = opened == Opened::Year;
    let value = |name: &str| {
        if is_open { form.value(name).to_owned() } else { String::new() }
    };
    let error = |name: &str| if is_open { form.error(name, l) } else { None };
    let next = (today.year()..).find(|y| !calendar.has_year(*y)).unwrap_or(today.year());
    let template = components::link("/settings/calendar/template", &m.setting_calendar_template(next.to_string()));
    let body = Html::concat([
        Html::raw("<p class=\"small\">").and(&template).and(&Html::raw("</p>")),
        Field::file("file", m.setting_calendar_file())
            .hint(m.setting_calendar_file_hint())
            .accept(".toml,.txt")
            .optional()
            .html(l),
        Field::area("text", m.setting_calendar_text())
            .hint(m.setting_calendar_text_hint())
            .rows(12)
            .attr("spellcheck", "false")
            .value(value("text"))
            .error(error("text"))
            .html(l),
        Field::check("replace", m.setting_calendar_replace()).value(value("replace")).html(l),
    ]);
    ActionLine::form(
        "add-year",
        &m.setting_calendar_add(),
        "/settings/calendar/years",
        body,
        &m.setting_calendar_submit(),
    )
    .note(m.setting_calendar_add_note())
    .with_files()
    .open(is_open)
}

fn stoppage_line(form: &Form, opened: Opened, l: Locale) -> ActionLine {
    let m = t(l);
    let is_open = opened == Opened::Stoppage;
    let value = |name: &str| {
        if is_open { form.value(name).to_owned() } else { String::new() }
    };
    let error = |name: &str| if is_open { form.error(name, l) } else { None };
    let body = Html::concat([
        Field::date("from", m.setting_stoppage_from()).value(value("from")).error(error("from")).html(l),
        Field::date("to", m.setting_stoppage_to())
            .hint(m.setting_stoppage_to_hint())
            .optional()
            .value(value("to"))
            .error(error("to"))
            .html(l),
        Field::text("document", m.setting_stoppage_document())
            .hint(m.setting_stoppage_document_hint())
            .value(value("document"))
            .error(error("document"))
            .html(l),
        Field::text("reason", m.setting_stoppage_reason())
            .hint(m.setting_stoppage_reason_hint())
            .value(value("reason"))
            .error(error("reason"))
            .html(l),
    ]);
    ActionLine::form(
        "add-stoppage",
        &m.setting_stoppage_add(),
        "/settings/calendar/stoppages",
        body,
        &m.setting_stoppage_look(),
    )
    .note(m.setting_stoppage_add_note())
    .open(is_open)
}

fn years_table(
    calendar: &Calendar,
    added: &[Added],
    who: &dyn Fn(Option<i64>) -> String,
    today: NaiveDate,
    l: Locale,
) -> Html {
    let m = t(l);
    let mut table = Table::new(&m.setting_calendar_years())
        .cards()
        .col(Col::nowrap(&m.setting_calendar_year()))
        .col(Col::num(&m.setting_calendar_working_days()))
        .col(Col::text(&m.setting_calendar_document()))
        .col(Col::text(&m.setting_calendar_origin()));
    let mut years: Vec<i32> = calendar.years().collect();
    years.reverse();
    for number in years {
        let Some(year) = calendar.year(number) else {
            continue;
        };
        let origin = match added.iter().find(|a| a.year == i64::from(number)) {
            Some(row) => Html::text(&who(row.person)).and(&Html::raw(" ")).and(&dates::moment(row.at, today, l)),
            None => components::quiet(m.setting_calendar_shipped()),
        };
        table.push(
            "",
            [
                components::link(
                    &format!("/settings/calendar?year={number}#days"),
                    &m.setting_year(number.to_string()),
                ),
                Html::text(&dates::number(i64::from(calendar.working_days_in(number).unwrap_or_default()))),
                pages::typed(&year.document, l),
                origin,
            ],
        );
    }
    table.html()
}

/// The holidays of a year as a list in the order of the months, with the weekend days worked in exchange.
fn holidays(calendar: &Calendar, number: i32, l: Locale) -> Html {
    let m = t(l);
    let title = m.setting_calendar_holidays(number.to_string());
    let Some(year) = calendar.year(number) else {
        return section(
            "days",
            &title,
            Html::empty(),
            &components::empty(m.setting_calendar_year_unknown(number.to_string())),
        );
    };
    let reference = NaiveDate::from_ymd_opt(number, 1, 1).unwrap_or_default();
    let mut table = Table::new(&title)
        .cards()
        .col(Col::nowrap(&m.setting_calendar_month()))
        .col(Col::text(&m.setting_calendar_holiday()).class("what"))
        .col(Col::nowrap(&m.setting_calendar_off()))
        .col(Col::num(&m.setting_calendar_off_days()))
        .col(Col::text(&m.setting_calendar_worked()))
        .row_head(1);
    for holiday in &year.holidays {
        let worked: Vec<String> = holiday.worked.iter().map(|d| dates::date_cell(*d, reference, l).0).collect();
        let worked = if worked.is_empty() {
            components::quiet(m.setting_calendar_worked_none())
        } else {
            Html::raw(worked.join("<br>"))
        };
        table.push(
            "",
            [
                Html::text(&dates::month_short(holiday.from, l)),
                Html::text(holiday.name(l)),
                span(holiday.from, holiday.to, reference, l),
                Html::text(&((holiday.to - holiday.from).num_days() + 1).to_string()),
                worked,
            ],
        );
    }
    section("days", &title, pages::typed(&year.document, l), &table.html())
}

fn stoppages_table(
    entered: &[Entered],
    moved: &[(String, i64)],
    who: &dyn Fn(Option<i64>) -> String,
    may: bool,
    today: NaiveDate,
    l: Locale,
) -> Html {
    let m = t(l);
    if entered.is_empty() {
        return components::empty_small(m.setting_stoppages_none());
    }
    let mut table = Table::new(&m.setting_stoppages())
        .cards()
        .col(Col::nowrap(&m.setting_stoppage_days()))
        .col(Col::text(&m.setting_stoppage_reason()).class("what"))
        .col(Col::text(&m.setting_stoppage_document()))
        .col(Col::text(&m.setting_calendar_origin()));
    if may {
        table = table.col(Col::nowrap(&m.setting_you_can()));
    }
    for row in entered {
        let days = match (row.from_day.parse(), row.to_day.parse()) {
            (Ok(from), Ok(to)) => span(from, to, today, l),
            _ => Html::text(&row.from_day),
        };
        let mut cells = vec![
            days,
            pages::typed(&row.reason, l),
            match moved.iter().find(|(document, _)| *document == row.document) {
                Some((document, n)) => pages::typed(document, l)
                    .and(&Html::raw("<br>"))
                    .and(&components::link(&super::moves::href(document), &m.setting_moves_link(*n))),
                None => pages::typed(&row.document, l),
            },
            Html::text(&who(row.person)).and(&Html::raw(" ")).and(&dates::moment(row.at, today, l)),
        ];
        if may {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("from", &row.from_day)
                .append_pair("to", &row.to_day)
                .append_pair("document", &row.document)
                .finish();
            cells.push(components::link(
                &format!("/settings/calendar/stoppages/withdrawal?{query}"),
                &m.setting_stoppage_withdraw(),
            ));
        }
        table.push("", cells);
    }
    table.html()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn the_next_year_is_missed_from_november_on() {
        let calendar = Calendar::shipped();
        assert_eq!(missing(&calendar, d("2026-10-31")), None);
        assert_eq!(missing(&calendar, d("2026-11-01")), Some(2027));
        assert_eq!(missing(&calendar, d("2027-01-04")), Some(2027));
        assert_eq!(missing(&calendar, d("2025-12-31")), None);
    }

    #[test]
    fn the_next_closure_is_a_holiday_or_a_stoppage() {
        let mut calendar = Calendar::shipped();
        assert_eq!(
            next_closure(&calendar, d("2026-07-01"), Locale::Zh),
            Some(("中秋节".to_owned(), d("2026-09-25"), d("2026-09-27")))
        );
        let stoppage = Stoppage {
            from: d("2026-07-24"),
            to: d("2026-07-25"),
            document: "x".to_owned(),
            reason: "台风".to_owned(),
        };
        calendar.add_stoppage(stoppage).expect("a stoppage");
        assert_eq!(next_closure(&calendar, d("2026-07-25"), Locale::En).map(|c| c.0), Some("台风".to_owned()));
        assert_eq!(next_closure(&calendar, d("2026-12-01"), Locale::En), None);
    }

    #[test]
    fn a_stoppage_of_one_day_needs_no_last_day() {
        let mut form = Form::with([("from", "2026-07-24"), ("document", "厦防指〔2026〕1号"), ("reason", "台风停工")]);
        let stoppage = read_stoppage(&mut form).expect("whole");
        assert_eq!(stoppage.from, stoppage.to);
        let mut form = Form::with([("from", "24 July"), ("to", "x"), ("document", ""), ("reason", "x")]);
        assert!(read_stoppage(&mut form).is_none());
        assert_eq!(form.errors(Locale::En).len(), 2);
    }
}
