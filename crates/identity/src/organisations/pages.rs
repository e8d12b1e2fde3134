//! Pages of organisations, for the system administrator.

use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role};
use huiqi_web::components::{self, ActionLine, Col, Field, FilterBar, Pager, Style, Table, Tone};
use huiqi_web::{Form, Html, dates};

use super::WindowState;
use super::queries::{Card, Filter, Line, WindowName, shown};
use crate::pages::{DetailPage, FormPage, ListPage, enumerated, section};
use crate::{capacity_label, role_label, t};

pub(super) fn capacities_words(capacities: &[Capacity], locale: Locale) -> String {
    enumerated(capacities.iter().map(|c| capacity_label(*c, locale)), locale)
}

pub(super) fn list(lines: &[Line], pager: &Pager, filter: &Filter, l: Locale) -> ListPage {
    let m = t(l);
    let mut options = vec![(String::new(), m.organisation_all_capacities())];
    options.extend(Capacity::ALL.iter().map(|c| (c.code().to_owned(), capacity_label(*c, l))));
    let table = if lines.is_empty() {
        components::empty(m.organisation_none())
    } else {
        let mut table = Table::new(&m.organisation_list_title())
            .cards()
            .list()
            .row_head(1)
            .col(Col::nowrap(&m.organisation_number()))
            .col(Col::text(&m.organisation_name()))
            .col(Col::nowrap(&m.organisation_code()))
            .col(Col::text(&m.organisation_capacities()));
        for line in lines {
            table.push(
                "",
                [
                    components::reference(&line.number),
                    components::link(
                        &format!("/organisations/{}", line.number),
                        shown(&line.name, line.name_en.as_deref(), l),
                    ),
                    line.code
                        .as_deref()
                        .map_or_else(|| components::quiet(m.organisation_code_none()), components::reference),
                    Html::text(&capacities_words(&line.capacities, l)),
                ],
            );
        }
        table.html()
    };
    ListPage {
        head: components::page_head(
            &m.organisation_list_title(),
            Html::empty(),
            components::link_button("/organisations/new", &m.organisation_new_title(), Style::Solid, Some("plus")),
        ),
        filters: FilterBar::new("/organisations")
            .select("capacity", &m.organisation_capacities(), options, filter.capacity.map_or("", Capacity::code))
            .search("q", &m.organisation_search(), &filter.words)
            .html(l),
        table,
        pager: pager.html(l),
        ..ListPage::default()
    }
}

fn name_fields(form: &Form, l: Locale) -> [Html; 2] {
    let m = t(l);
    [
        Field::text("name", m.organisation_name())
            .hint(m.organisation_name_hint())
            .value(form.value("name"))
            .error(form.error("name", l))
            .html(l),
        Field::text("name_en", m.organisation_name_en())
            .optional()
            .attr("lang", "en")
            .value(form.value("name_en"))
            .error(form.error("name_en", l))
            .html(l),
    ]
}

pub(super) fn new(form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    let [name, name_en] = name_fields(form, l);
    let capacities = Capacity::ALL.iter().fold(Field::checks("capacity", m.organisation_capacities()), |field, c| {
        field.option_hint(c.code(), capacity_label(*c, l), roles_words(*c, l))
    });
    FormPage::new(m.organisation_new_title(), "/organisations/new", m.organisation_new_submit(), form, l)
        .back("/organisations", &m.organisation_list_title(), l)
        .fields([
            name,
            name_en,
            Field::text("code", m.organisation_code())
                .hint(m.organisation_code_hint())
                .optional()
                .width("w-code")
                .autocomplete("off")
                .value(form.value("code"))
                .error(form.error("code", l))
                .html(l),
            capacities.values(form.all("capacity")).error(form.error("capacity", l)).html(l),
        ])
}

fn roles_words(capacity: Capacity, l: Locale) -> String {
    enumerated(Role::ALL.iter().filter(|r| r.capacity() == capacity).map(|r| role_label(*r, l)), l)
}

fn window_status(state: WindowState, l: Locale) -> Html {
    let (tone, icon) = match state {
        WindowState::Preparing => (Tone::Idle, "todo"),
        WindowState::Qualified => (Tone::Run, "run"),
        WindowState::Connected => (Tone::Good, "done"),
        WindowState::Suspended => (Tone::Warn, "pause"),
        WindowState::Ended => (Tone::Idle, "no"),
    };
    components::status(tone, icon, state.label(l))
}

/// Which of the folded forms came back with errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opened {
    #[default]
    Nothing,
    Name,
    Capacity,
    Window,
}

pub(super) fn detail(
    card: &Card,
    windows: &[(i64, WindowName)],
    form: &Form,
    opened: Opened,
    today: chrono::NaiveDate,
    l: Locale,
) -> DetailPage {
    let m = t(l);
    let base = format!("/organisations/{}", card.number);
    let filled = |which: Opened| {
        if opened == which { form.clone() } else { Form::default() }
    };

    let mut naming = filled(Opened::Name);
    if opened != Opened::Name {
        naming.set("name", card.name.clone());
        naming.set("name_en", card.name_en.clone().unwrap_or_default());
    }
    let missing: Vec<Capacity> = Capacity::ALL.iter().copied().filter(|c| !card.capacities.contains(c)).collect();
    let adding = filled(Opened::Capacity);
    let windowing = filled(Opened::Window);
    let mut lines = vec![
        ActionLine::link(&m.organisation_add_person(), &format!("/people/new?organisation={}", card.number))
            .style(Style::Solid)
            .note(m.organisation_add_person_note()),
        ActionLine::link(&m.organisation_invite(), &format!("/invitations?organisation={}", card.number))
            .note(m.organisation_invite_note()),
        ActionLine::form(
            "new-window",
            &m.organisation_window_new(),
            &format!("{base}/windows"),
            Html::concat([
                Field::text("window", m.organisation_window_name())
                    .value(windowing.value("window"))
                    .error(windowing.error("window", l))
                    .html(l),
                Field::text("window_en", m.organisation_window_name_en())
                    .optional()
                    .attr("lang", "en")
                    .value(windowing.value("window_en"))
                    .error(windowing.error("window_en", l))
                    .html(l),
                Field::select("state", m.organisation_window_state())
                    .options(WindowState::ALL.iter().map(|s| (s.code(), s.label(l))))
                    .value(if windowing.has("state") {
                        windowing.value("state")
                    } else {
                        WindowState::Preparing.code()
                    })
                    .error(windowing.error("state", l))
                    .html(l),
            ]),
            &m.organisation_window_submit(),
        )
        .note(m.organisation_window_new_note())
        .under(huiqi_kernel::rule::art(10))
        .open(opened == Opened::Window),
    ];
    if !missing.is_empty() {
        lines.push(
            ActionLine::form(
                "new-capacity",
                &m.organisation_capacity_new(),
                &format!("{base}/capacities"),
                Field::select("capacity", m.organisation_capacities())
                    .option("", m.organisation_choose())
                    .options(missing.iter().map(|c| (c.code(), capacity_label(*c, l))))
                    .value(adding.value("capacity"))
                    .error(adding.error("capacity", l))
                    .html(l),
                &m.organisation_capacity_submit(),
            )
            .note(m.organisation_capacity_new_note())
            .open(opened == Opened::Capacity),
        );
    }
    lines.push(
        ActionLine::form(
            "rename",
            &m.organisation_rename(),
            &format!("{base}/name"),
            Html::concat(name_fields(&naming, l)),
            &m.organisation_rename_submit(),
        )
        .hidden("version", &card.version.to_string())
        .note(m.organisation_rename_note())
        .open(opened == Opened::Name),
    );

    let window_table = if windows.is_empty() {
        components::empty_small(m.organisation_windows_none())
    } else {
        let mut table = Table::new(&m.organisation_windows())
            .cards()
            .row_head(1)
            .col(Col::nowrap(&m.organisation_number()))
            .col(Col::text(&m.organisation_window_name()))
            .col(Col::nowrap(&m.organisation_window_state()));
        for (_, window) in windows {
            table.push(
                "",
                [components::reference(&window.number), Html::text(window.shown(l)), window_status(window.state, l)],
            );
        }
        table.html()
    };
    let mut facts = vec![
        (m.organisation_number(), components::reference(&card.number)),
        (
            m.organisation_code(),
            card.code.as_deref().map_or_else(|| components::quiet(m.organisation_code_none()), components::reference),
        ),
        (m.organisation_capacities(), Html::text(&capacities_words(&card.capacities, l))),
        (m.organisation_since(), dates::date(dates::day_of(card.created_at), today, l)),
    ];
    let former = card.former();
    if !former.is_empty() {
        facts.push((m.organisation_former(), Html::text(&enumerated(former, l))));
    }
    DetailPage {
        crumbs: components::crumbs(
            &[("/organisations".to_owned(), m.organisation_list_title())],
            Some(components::reference(&card.number)),
            l,
        ),
        head: components::page_head(card.shown(l), Html::empty(), Html::empty()),
        parts: vec![
            components::error_summary(&form.errors(l), l).and(&section(
                "do",
                &m.organisation_actions(),
                Html::empty(),
                &components::actions(&lines, l),
            )),
            section("windows", &m.organisation_windows(), Html::empty(), &window_table),
        ],
        aside_label: m.organisation_facts(),
        aside: components::kv_stack(&facts).and(&Html(format!(
            "<p>{}</p>",
            components::link(&format!("/people?organisation={}", card.number), &m.organisation_people())
        ))),
    }
}
