//! Pages of imports.

use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_web::components::{self, ActionLine, Col, Field, Style, Table, Tile, Tone};
use huiqi_web::layout::FlashKind as NoticeKind;
use huiqi_web::{Form, Html, dates};

use super::queries::{Import, Refused};
use super::{Kind, State, engine};
use crate::parts::{self, DetailPage, FormPage, ListPage, Part};
use crate::t;

fn status(import: &Import, l: Locale) -> Html {
    let m = t(l);
    match import.state() {
        State::Reading => components::status(Tone::Run, "run", m.imports_state_reading()),
        State::Ready => components::status(Tone::Warn, "clock", m.imports_state_ready()),
        State::Applying => components::status(Tone::Run, "run", m.imports_state_applying()),
        State::Done => components::status(Tone::Good, "done", m.imports_state_done()),
        State::Failed => components::status(Tone::Bad, "stop", m.imports_state_failed()),
    }
}

pub(super) fn list(viewer: &Viewer, imports: &[Import], today: NaiveDate, l: Locale) -> ListPage {
    let m = t(l);
    let table = if imports.is_empty() {
        components::empty(m.imports_none())
    } else {
        let mut table = Table::new(&m.imports_title())
            .cards()
            .col(Col::text(&m.imports_file()).class("what"))
            .col(Col::text(&m.imports_kind()))
            .col(Col::nowrap(&m.registers_state()))
            .col(Col::num(&m.imports_read()))
            .col(Col::num(&m.imports_refused()))
            .col(Col::text(&m.registers_who()))
            .col(Col::nowrap(&m.registers_when()));
        for import in imports {
            let sums = engine::summary(import);
            table.push(
                "",
                [
                    components::link(&format!("/imports/{}", import.number), &import.file_name)
                        .and(&parts::under(&[&import.number])),
                    Html::text(&import.kind().label(l)),
                    status(import, l),
                    Html::text(&dates::number(sums.read)),
                    Html::text(&dates::number(sums.refused)),
                    Html::text(&import.person_name.clone().unwrap_or_else(|| m.imports_by_program())),
                    dates::moment(import.created_at, today, l),
                ],
            );
        }
        table.html()
    };
    let templates: Vec<String> = Kind::ALL
        .iter()
        .map(|kind| components::link(&format!("/imports/templates/{}.xlsx", kind.code()), &kind.label(l)).0)
        .collect();
    ListPage {
        head: components::page_head(
            &m.imports_title(),
            Html::empty(),
            components::link_button("/imports/new", &m.imports_new(), Style::Solid, Some("in")),
        ),
        tabs: parts::tabs(viewer, "/imports", l),
        filters: Html(format!("<p class=\"small\">{} {}</p>", Html::text(&m.imports_templates()), templates.join(" "))),
        table,
        ..ListPage::default()
    }
}

pub(super) fn new(form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    let templates: String = Kind::ALL
        .iter()
        .map(|kind| {
            format!(
                "<li>{}</li>",
                components::link(&format!("/imports/templates/{}.xlsx", kind.code()), &kind.label(l))
            )
        })
        .collect();
    let kinds = Kind::ALL
        .iter()
        .fold(Field::radios("kind", m.imports_kind()), |field, kind| field.option(kind.code(), kind.label(l)))
        .value(if form.has("kind") { form.value("kind") } else { Kind::Enterprises.code() })
        .error(form.error("kind", l));
    let mut page = FormPage::new(m.imports_new(), "/imports", m.imports_submit(), form, l)
        .back("/imports", &m.imports_title(), l)
        .lede(&m.imports_lede())
        .fields([
            kinds.html(l),
            Field::file("file", m.imports_file())
                .accept(".xlsx,.csv")
                .hint(
                    m.imports_file_hint((super::MAX_FILE / 1024 / 1024) as i64, dates::number(super::MAX_ROWS as i64)),
                )
                .error(form.error("file", l))
                .html(l),
        ]);
    page.files = true;
    page.aside_label = m.imports_help();
    page.aside = Html(format!(
        "<h2 class=\"aside-title\">{}</h2><ul>{templates}</ul><h2 class=\"aside-title\">{}</h2><ul class=\"small\"><li>{}</li><li>{}</li><li>{}</li><li>{}</li></ul>",
        Html::text(&m.imports_templates()),
        Html::text(&m.imports_help()),
        Html::text(&m.imports_help_headings()),
        Html::text(&m.imports_help_empty()),
        Html::text(&m.imports_help_twice()),
        Html::text(&m.imports_help_dry()),
    ));
    page
}

fn tiles(import: &Import, l: Locale) -> Html {
    let m = t(l);
    let sums = engine::summary(import);
    let tile = |what: String, n: i64| Tile {
        what: Html::text(&what),
        figure: dates::number(n),
        unit: m.imports_rows_unit(),
        basis: Html::empty(),
    };
    components::tiles(&[
        tile(m.imports_rows_new(), sums.new),
        tile(m.imports_rows_changed(), sums.changed),
        tile(m.imports_rows_same(), sums.same),
        tile(m.imports_refused(), sums.refused),
    ])
}

fn progress(import: &Import, l: Locale) -> Html {
    let m = t(l);
    match import.state() {
        State::Reading => {
            Html(format!("<p role=\"status\">{}</p>", Html::text(&m.imports_reading(dates::number(import.rows_read)))))
        }
        State::Applying => {
            let done = import.done_new + import.done_changed + import.done_same + import.done_refused;
            let all = import.rows_new + import.rows_changed;
            let words = m.imports_applying(dates::number(done), dates::number(all));
            Html(format!(
                "<p role=\"status\">{}</p><p>{}</p>",
                Html::text(&words),
                components::progress(done.unsigned_abs(), all.unsigned_abs(), &words)
            ))
        }
        State::Ready | State::Done | State::Failed => Html::empty(),
    }
}

fn refused_part(import: &Import, refused: &[Refused], l: Locale) -> Part {
    let m = t(l);
    let count = engine::summary(import).refused;
    let body = if refused.is_empty() {
        components::empty_small(m.imports_refused_none())
    } else {
        let mut table = Table::new(&m.imports_refused())
            .cards()
            .col(Col::num(&m.imports_line()))
            .col(Col::text(&m.imports_reason()));
        for row in refused {
            let reason = match l {
                Locale::Zh => &row.reason_zh,
                Locale::En => &row.reason_en,
            };
            table.push("", [Html::text(&dates::number(row.line)), Html::text(reason.as_deref().unwrap_or_default())]);
        }
        table.html().and(&Html(format!(
            "<p>{}</p>",
            components::link_button(
                &format!("/imports/{}/refused.xlsx", import.number),
                &m.imports_refused_download(),
                Style::Second,
                Some("file")
            )
        )))
    };
    Part::new("refused", m.imports_refused(), body).beside(if refused.is_empty() {
        String::new()
    } else {
        m.imports_refused_shown(refused.len() as i64, count)
    })
}

pub(super) fn detail(import: &Import, refused: &[Refused], today: NaiveDate, l: Locale) -> DetailPage {
    let m = t(l);
    let base = format!("/imports/{}", import.number);
    let mut shown = Vec::new();
    let title = match import.state() {
        State::Done => m.imports_result(),
        State::Ready => m.imports_forecast(),
        State::Reading | State::Applying | State::Failed => m.imports_progress(),
    };
    let mut figures = progress(import, l);
    if import.state() != State::Reading {
        figures = figures.and(&tiles(import, l));
    }
    let read_words = if import.state() == State::Reading {
        String::new()
    } else {
        m.imports_rows_read(dates::number(import.rows_read))
    };
    let unused = import.unused();
    if !unused.is_empty() {
        figures = figures.and(&Html(format!(
            "<p class=\"small quiet\">{}</p>",
            Html::text(
                &m.imports_unused(unused.iter().take(20).cloned().collect::<Vec<_>>().join(&m.registers_comma()))
            )
        )));
    }
    if import.state() != State::Failed {
        shown.push(Part::new("figures", title, figures).beside(read_words));
    }
    if import.state() == State::Ready {
        let nothing = import.rows_new + import.rows_changed == 0;
        let mut lines = Vec::new();
        if import.dry_run {
            lines.push(ActionLine::blocked(&m.imports_confirm(), m.imports_confirm_dry()));
        } else if nothing {
            lines.push(ActionLine::blocked(&m.imports_confirm(), m.imports_confirm_nothing()));
        } else {
            lines.push(
                ActionLine::post(&m.imports_confirm(), &format!("{base}/apply"))
                    .style(Style::Solid)
                    .note(m.imports_confirm_note(dates::number(import.rows_new), dates::number(import.rows_changed)))
                    .under(huiqi_kernel::rule::art(5)),
            );
        }
        lines.push(
            ActionLine::post(&m.imports_drop(), &format!("{base}/drop"))
                .style(Style::Plain)
                .note(m.imports_drop_note()),
        );
        shown.push(Part::new("do", m.registers_actions(), components::actions(&lines, l)));
    }
    if matches!(import.state(), State::Ready | State::Done | State::Applying) {
        shown.push(refused_part(import, refused, l));
    }
    let above = match import.state() {
        State::Failed => {
            let why = match l {
                Locale::Zh => &import.failure_zh,
                Locale::En => &import.failure_en,
            };
            components::notice(NoticeKind::Bad, None, &Html::text(why.as_deref().unwrap_or_default()))
        }
        State::Done if import.done_refused == 0 => {
            components::notice(NoticeKind::Good, None, &Html::text(&m.imports_done_all()))
        }
        _ => Html::empty(),
    };
    let mut aside = vec![
        (m.registers_number(), components::reference(&import.number)),
        (m.imports_kind(), Html::text(&import.kind().label(l))),
        (m.imports_size(), Html::text(&dates::file_size(import.bytes.unsigned_abs()))),
        (m.registers_who(), Html::text(&import.person_name.clone().unwrap_or_else(|| m.imports_by_program()))),
        (m.registers_when(), dates::moment(import.created_at, today, l)),
    ];
    if let Some(at) = import.finished_at {
        aside.push((m.imports_finished(), dates::moment(at, today, l)));
    }
    DetailPage {
        crumbs: components::crumbs(
            &[("/imports".to_owned(), m.imports_title())],
            Some(components::reference(&import.number)),
            l,
        ),
        head: components::page_head(&import.file_name, status(import, l), Html::empty()),
        above,
        parts: shown,
        aside_label: m.registers_about(),
        aside: components::kv_stack(&aside),
    }
}
