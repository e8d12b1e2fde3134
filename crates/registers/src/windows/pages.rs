//! Pages of windows.

use chrono::NaiveDate;
use huiqi_identity::organisations::WindowState;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_web::components::{self, Col, Field, FilterBar, Style, Table, Tone};
use huiqi_web::{Form, Html, dates};

use super::queries::{Filter, Profile};
use super::{ClusterRow, Kind, Level};
use crate::changes::Past;
use crate::parts::{self, DetailPage, FormPage, ListPage, Part};
use crate::{said, t};

fn status(state: WindowState, l: Locale) -> Html {
    let (tone, icon) = match state {
        WindowState::Preparing => (Tone::Idle, "todo"),
        WindowState::Qualified => (Tone::Run, "run"),
        WindowState::Connected => (Tone::Good, "done"),
        WindowState::Suspended => (Tone::Warn, "pause"),
        WindowState::Ended => (Tone::Idle, "no"),
    };
    components::status(tone, icon, state.label(l))
}

fn cluster_name(code: &str, clusters: &[ClusterRow], l: Locale) -> String {
    clusters
        .iter()
        .find(|c| c.code == code)
        .map_or_else(|| code.to_owned(), |c| parts::shown(&c.name, c.name_en.as_deref(), l).to_owned())
}

/// District, cluster, or the whole city.
fn territory(window: &Profile, clusters: &[ClusterRow], l: Locale) -> String {
    let mut words = Vec::new();
    words.extend(window.cluster.as_deref().map(|c| cluster_name(c, clusters, l)));
    words.extend(window.district.as_deref().map(|d| said::district(d, l)));
    if words.is_empty() { t(l).windows_whole_city() } else { words.join(&t(l).registers_comma()) }
}

fn categories(window: &Profile, l: Locale) -> String {
    if window.categories.is_empty() { t(l).windows_all_categories() } else { said::categories(&window.categories, l) }
}

pub(super) fn list(
    viewer: &Viewer,
    windows: &[Profile],
    clusters: &[ClusterRow],
    filter: &Filter,
    l: Locale,
) -> ListPage {
    let m = t(l);
    let mut sections = Html::empty();
    for kind in Kind::ALL {
        let of_kind: Vec<&Profile> = windows.iter().filter(|w| w.kind == *kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let mut table = Table::new(&kind.label(l))
            .cards()
            .col(Col::text(&m.registers_name()).class("what"))
            .col(Col::text(&m.windows_territory()))
            .col(Col::text(&m.registers_categories()))
            .col(Col::nowrap(&m.registers_state()));
        for window in &of_kind {
            let level = window.level.map(|level| format!(" {}", components::tag(&level.label(l)))).unwrap_or_default();
            table.push(
                "",
                [
                    components::link(&format!("/windows/{}", window.number), window.shown(l))
                        .and(&parts::under(&[&window.number]))
                        .and(&Html::raw(level)),
                    Html::text(&territory(window, clusters, l)),
                    Html::text(&categories(window, l)),
                    status(window.state, l),
                ],
            );
        }
        sections = sections.and(&Html(format!(
            "<section class=\"section\" aria-labelledby=\"{0}\">{1}{2}</section>",
            kind.code(),
            components::section_head(
                kind.code(),
                &kind.label(l),
                Html::text(&m.windows_count(of_kind.len() as i64)),
                Html::empty()
            ),
            table.html()
        )));
    }
    if windows.is_empty() {
        sections = components::empty(if filter.is_empty() { m.windows_none() } else { m.windows_none_match() });
    }
    let states = WindowState::ALL.iter().map(|s| (s.code().to_owned(), s.label(l)));
    let filters = FilterBar::new("/windows")
        .select(
            "category",
            &m.registers_category(),
            parts::with_all(m.registers_all_categories(), parts::categories(l)),
            &filter.category,
        )
        .select(
            "district",
            &m.registers_district(),
            parts::with_all(m.registers_all_districts(), parts::districts(l)),
            &filter.district,
        )
        .select("state", &m.registers_state(), parts::with_all(m.registers_all(), states), &filter.state)
        .search("q", &m.windows_search(), &filter.words)
        .html(l);
    let end = if viewer.is(crate::EDITORS) {
        components::link_button("/windows/clusters", &m.windows_clusters(), Style::Second, None)
            .and(&components::link_button("/windows/new", &m.windows_new(), Style::Solid, Some("plus")))
    } else {
        Html::empty()
    };
    let address = |path: &str| {
        crate::listing::address(
            path,
            &[
                ("q", &filter.words),
                ("category", &filter.category),
                ("district", &filter.district),
                ("state", &filter.state),
            ],
        )
    };
    ListPage {
        head: components::page_head(&m.windows_title(), Html::text(&m.windows_total(windows.len() as i64)), end),
        tabs: parts::tabs(viewer, "/windows", l),
        filters,
        table: sections,
        pager: Html::empty(),
        below: if windows.is_empty() {
            Html::empty()
        } else {
            parts::exports(&address("/windows/export.xlsx"), &address("/windows/export.csv"), l)
        },
    }
}

/// A line of the export.
pub(super) fn cells(window: &Profile, clusters: &[ClusterRow], l: Locale) -> Vec<crate::export::Out> {
    use crate::export::Out;
    vec![
        Out::Text(window.number.clone()),
        Out::Text(window.name.clone()),
        Out::text(window.name_en.clone()),
        Out::Text(window.kind.label(l)),
        Out::text(window.level.map(|level| level.label(l))),
        Out::Text(territory(window, clusters, l)),
        Out::Text(categories(window, l)),
        Out::Text(window.state.label(l)),
        Out::Text(window.operator.clone()),
        Out::text(window.phone.clone()),
        Out::text(window.address.clone()),
        Out::text(parts_of_hours(window, l)),
        Out::text(window.since.clone()),
        Out::text(window.until.clone()),
    ]
}

/// Headings of the export.
pub(super) fn headings(l: Locale) -> Vec<String> {
    let m = t(l);
    vec![
        m.registers_number(),
        m.registers_name(),
        m.registers_name_en(),
        m.registers_kind(),
        m.registers_level(),
        m.windows_territory(),
        m.registers_categories(),
        m.registers_state(),
        m.windows_operator(),
        m.registers_phone(),
        m.registers_address(),
        m.registers_hours(),
        m.registers_since(),
        m.registers_until(),
    ]
}

fn parts_of_hours(window: &Profile, l: Locale) -> Option<String> {
    match l {
        Locale::Zh => window.hours.clone(),
        Locale::En => window.hours_en.clone().or_else(|| window.hours.clone()),
    }
}

pub(super) fn detail(
    viewer: &Viewer,
    window: &Profile,
    clusters: &[ClusterRow],
    history: &[Past],
    today: NaiveDate,
    l: Locale,
) -> DetailPage {
    let m = t(l);
    let base = format!("/windows/{}", window.number);
    let mut rows = vec![
        (m.registers_kind(), Html::text(&window.kind.label(l))),
        (m.windows_territory(), Html::text(&territory(window, clusters, l))),
        (m.registers_categories(), Html::text(&categories(window, l))),
        (m.windows_operator(), Html::text(&window.operator)),
        (m.registers_phone(), parts::known(window.phone.as_deref().map(components::phone_link), l)),
        (m.registers_address(), parts::known(window.address.as_deref(), l)),
        (m.registers_hours(), parts::known(parts_of_hours(window, l), l)),
        (m.registers_since(), parts::day(window.since.as_deref(), l)),
    ];
    if let Some(level) = window.level {
        rows.insert(1, (m.registers_level(), Html::text(&level.label(l))));
    }
    if window.kind.has_level() || window.until.is_some() {
        rows.push((m.registers_until(), parts::day(window.until.as_deref(), l)));
    }
    if let Some(exception) = &window.exception {
        rows.push((m.registers_exception(), Html::text(exception)));
    }
    let is_over = window.until.as_deref().is_some_and(|until| until < today.to_string().as_str());
    let above = if is_over && window.state != WindowState::Ended {
        components::notice(huiqi_web::layout::FlashKind::Warn, None, &Html::text(&m.windows_title_over()))
    } else {
        Html::empty()
    };
    let end = if viewer.is(crate::EDITORS) {
        components::link_button(&format!("{base}/edit"), &m.registers_edit(), Style::Second, Some("edit"))
    } else {
        Html::empty()
    };
    DetailPage {
        crumbs: components::crumbs(
            &[("/windows".to_owned(), m.windows_title())],
            Some(components::reference(&window.number)),
            l,
        ),
        head: components::page_head(window.shown(l), status(window.state, l), end),
        above,
        parts: vec![
            Part::new("facts", m.registers_facts(), components::kv(&rows)),
            Part::new("history", m.registers_history(), parts::history(history, today, l))
                .beside(m.registers_history_order()),
        ],
        aside_label: m.registers_about(),
        aside: components::kv_stack(&[
            (m.registers_number(), components::reference(&window.number)),
            (m.registers_state(), status(window.state, l)),
            (m.registers_updated(), dates::moment(window.updated_at, today, l)),
        ])
        .and(&components::article(huiqi_kernel::rule::art(10), l)),
    }
}

fn form_fields(form: &Form, clusters: &[ClusterRow], l: Locale) -> Vec<Html> {
    let m = t(l);
    let text = |name: &str, label: String| parts::field(Field::text(name, label), name, form, l);
    let cluster_options =
        clusters.iter().map(|c| (c.code.clone(), parts::shown(&c.name, c.name_en.as_deref(), l).to_owned()));
    vec![
        text("name", m.registers_name()).html(l),
        text("name_en", m.registers_name_en()).optional().attr("lang", "en").html(l),
        Kind::ALL
            .iter()
            .fold(Field::radios("kind", m.registers_kind()), |field, kind| field.option(kind.code(), kind.label(l)))
            .value(form.value("kind"))
            .error(form.error("kind", l))
            .html(l),
        parts::field(Field::select("level", m.registers_level()), "level", form, l)
            .optional()
            .hint(m.windows_level_hint())
            .option("", m.registers_none())
            .options(Level::ALL.iter().map(|level| (level.code(), level.label(l))))
            .width("w-mid")
            .html(l),
        parts::field(Field::select("district", m.registers_district()), "district", form, l)
            .optional()
            .hint(m.windows_district_hint())
            .options(parts::with_all(m.windows_whole_city(), parts::districts(l)))
            .width("w-mid")
            .html(l),
        parts::field(Field::select("cluster", m.registers_cluster()), "cluster", form, l)
            .optional()
            .hint(m.windows_cluster_hint())
            .options(parts::with_all(m.registers_none(), cluster_options))
            .width("w-mid")
            .html(l),
        Field::checks("categories", m.registers_categories())
            .optional()
            .hint(m.windows_categories_hint())
            .options(parts::categories(l))
            .values(form.all("categories"))
            .error(form.error("categories", l))
            .html(l),
        parts::field(Field::select("state", m.registers_state()), "state", form, l)
            .options(WindowState::ALL.iter().map(|s| (s.code(), s.label(l))))
            .width("w-mid")
            .html(l),
        text("address", m.registers_address()).optional().html(l),
        parts::field(Field::tel("phone", m.registers_phone()), "phone", form, l)
            .optional()
            .hint(m.windows_phone_hint())
            .width("w-phone")
            .html(l),
        text("hours", m.registers_hours()).optional().hint(m.windows_hours_hint()).html(l),
        text("hours_en", m.registers_hours_en()).optional().attr("lang", "en").html(l),
        parts::field(Field::date("since", m.registers_since()), "since", form, l).optional().width("w-date").html(l),
        parts::field(Field::date("until", m.registers_until()), "until", form, l)
            .optional()
            .hint(m.windows_until_hint())
            .width("w-date")
            .html(l),
        text("exception", m.registers_exception()).optional().hint(m.windows_exception_hint()).html(l),
    ]
}

pub(super) fn new(form: &Form, clusters: &[ClusterRow], l: Locale) -> FormPage {
    let m = t(l);
    let mut fields = vec![
        parts::field(Field::text("organisation", m.windows_operator()), "organisation", form, l)
            .hint(m.windows_operator_hint())
            .width("w-code")
            .autocomplete("off")
            .html(l),
    ];
    fields.extend(form_fields(form, clusters, l));
    FormPage::new(m.windows_new(), "/windows/new", m.windows_new_submit(), form, l)
        .back("/windows", &m.windows_title(), l)
        .lede(&m.windows_new_lede())
        .fields(fields)
}

/// The window as a form begins with it.
pub(super) fn filled(window: &Profile) -> Form {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let mut values = vec![
        ("version", window.version.to_string()),
        ("name", window.name.clone()),
        ("name_en", text(&window.name_en)),
        ("kind", window.kind.code().to_owned()),
        ("level", window.level.map(|level| level.code().to_owned()).unwrap_or_default()),
        ("district", text(&window.district)),
        ("cluster", text(&window.cluster)),
        ("state", window.state.code().to_owned()),
        ("address", text(&window.address)),
        ("phone", text(&window.phone)),
        ("hours", text(&window.hours)),
        ("hours_en", text(&window.hours_en)),
        ("since", text(&window.since)),
        ("until", text(&window.until)),
        ("exception", text(&window.exception)),
    ];
    values.extend(window.categories.iter().map(|c| ("categories", c.clone())));
    Form::with(values)
}

pub(super) fn edit(window: &Profile, form: &Form, clusters: &[ClusterRow], l: Locale) -> FormPage {
    let m = t(l);
    let base = format!("/windows/{}", window.number);
    let mut fields = vec![components::hidden("version", form.value("version"))];
    fields.extend(form_fields(form, clusters, l));
    FormPage::new(m.windows_edit(window.shown(l)), format!("{base}/edit"), m.registers_save(), form, l)
        .back(&base, window.shown(l), l)
        .lede(&m.registers_edit_lede())
        .fields(fields)
}

/// The clusters, and the form that enters one.
pub(super) fn clusters(form: &Form, clusters: &[ClusterRow], l: Locale) -> FormPage {
    let m = t(l);
    let text = |name: &str, label: String| parts::field(Field::text(name, label), name, form, l);
    let list = if clusters.is_empty() {
        components::empty_small(m.windows_clusters_none())
    } else {
        let mut table = Table::new(&m.windows_clusters())
            .tight()
            .row_head(1)
            .col(Col::nowrap(&m.windows_cluster_code()))
            .col(Col::text(&m.windows_cluster_name()))
            .col(Col::text(&m.registers_district()));
        for cluster in clusters {
            table.push(
                "",
                [
                    components::reference(&cluster.code),
                    Html::text(parts::shown(&cluster.name, cluster.name_en.as_deref(), l)),
                    parts::known(cluster.district.as_deref().map(|d| said::district(d, l)), l),
                ],
            );
        }
        table.html()
    };
    let mut page = FormPage::new(m.windows_clusters(), "/windows/clusters", m.windows_cluster_save(), form, l)
        .back("/windows", &m.windows_title(), l)
        .lede(&m.windows_clusters_lede())
        .fields([
            text("code", m.windows_cluster_code()).hint(m.windows_cluster_code_hint()).width("w-code").html(l),
            text("name", m.windows_cluster_name()).html(l),
            text("name_en", m.registers_name_en()).optional().attr("lang", "en").html(l),
            parts::field(Field::select("district", m.registers_district()), "district", form, l)
                .optional()
                .options(parts::with_all(m.registers_unknown(), parts::districts(l)))
                .width("w-mid")
                .html(l),
        ]);
    page.after = list;
    page
}
