//! The windows of the network as everybody may find them (Art. 10), with what is true of each today.

use askama::Template;
use axum::extract::Path;
use huiqi_identity::organisations::{self, WindowState};
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::rule::art;
use huiqi_registers::windows::{self, Kind, Profile};
use huiqi_store::Fault;
use huiqi_web::components::{self, Col, FilterBar, Style, Table, Tone};
use huiqi_web::layout::{Room, flash_slot};
use huiqi_web::{Answer, Html, Route, Slice, Visit, dates};

use crate::l10n::L10nLanguage;
use crate::query::Query;
use crate::services::in_chinese;
use crate::t;

const PATH: &str = "/find/windows";

/// What this slice brings.
pub fn slice() -> Slice {
    Slice {
        routes: vec![
            Route::get(PATH, list).public().under(art(10)).named(|l| t(l).find_title()),
            Route::get("/find/windows/{number}", show).public(),
        ],
        ..Slice::new("public-windows")
    }
}

/// Hours, address, phone: a line each, with its icon, as far as they are known.
pub(crate) fn facts(window: &Profile, locale: Locale) -> Vec<Html> {
    [
        ("clock", hours(window, locale)),
        ("pin", known(&window.address).map(|a| in_chinese(a, locale))),
        ("phone", phone(window)),
    ]
    .into_iter()
    .filter_map(|(icon, words)| words.map(|w| components::icon(icon).say(" ").and(&w)))
    .collect()
}

#[derive(Template)]
#[template(path = "find/list.html")]
struct ListPage {
    head: Html,
    filters: Html,
    empty: Html,
    groups: Vec<Group>,
}

struct Group {
    id: String,
    head: Html,
    table: Html,
}

/// A known text, or nothing.
fn known(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|t| !t.is_empty())
}

fn hours(window: &Profile, locale: Locale) -> Option<Html> {
    match (locale, known(&window.hours_en)) {
        (Locale::En, Some(en)) => Some(Html::text(en)),
        _ => known(&window.hours).map(|h| in_chinese(h, locale)),
    }
}

fn phone(window: &Profile) -> Option<Html> {
    known(&window.phone).map(components::phone_link)
}

fn group(kind: Kind, windows: &[&Profile], clusters: &[windows::ClusterRow], locale: Locale) -> Option<Group> {
    if windows.is_empty() {
        return None;
    }
    let m = t(locale);
    let mut table = Table::new(&kind.label(locale))
        .cards()
        .row_head(0)
        .col(Col::text(&m.find_name()))
        .col(Col::text(&m.find_territory()))
        .col(Col::text(&m.find_hours()))
        .col(Col::text(&m.find_address()))
        .col(Col::nowrap(&m.find_phone()));
    for window in windows {
        let name = Html(format!("<a href=\"{PATH}/{}\">{}</a>", window.number, name(window, locale)));
        let unknown = || components::quiet(m.find_unknown());
        table.push(
            "",
            [
                name,
                Html::text(&territory(window, clusters, locale).join(locale.pick("\u{3001}", ", "))),
                hours(window, locale).unwrap_or_else(unknown),
                known(&window.address).map_or_else(unknown, |a| in_chinese(a, locale)),
                phone(window).unwrap_or_else(unknown),
            ],
        );
    }
    let id = format!("k-{}", kind.code());
    Some(Group {
        head: components::section_head(
            &id,
            &kind.label(locale),
            Html::text(&m.home_windows_n(dates::number(windows.len() as i64))),
            Html::empty(),
        ),
        id,
        table: table.html(),
    })
}

async fn list(visit: Visit) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let query = Query::of(&visit);
    let kind = Kind::from_code(query.get("kind"));
    let district = District::by_code(query.get("district"));
    let open = windows::all_open(visit.ctx()).await?;
    let clusters = windows::clusters(visit.ctx()).await?;
    let chosen: Vec<&Profile> = open
        .iter()
        .filter(|w| kind.is_none_or(|k| w.kind == k))
        .filter(|w| district.is_none_or(|d| w.district.as_deref() == Some(d.code())))
        .collect();
    let groups = Kind::ALL
        .iter()
        .filter_map(|kind| {
            let of_kind: Vec<&Profile> = chosen.iter().copied().filter(|w| w.kind == *kind).collect();
            group(*kind, &of_kind, &clusters, locale)
        })
        .collect();
    let all_kinds = std::iter::once((String::new(), m.find_all_kinds()))
        .chain(Kind::ALL.iter().map(|k| (k.code().to_owned(), k.label(locale))));
    let all_districts = std::iter::once((String::new(), m.find_all_districts()))
        .chain(District::all().iter().map(|d| (d.code().to_owned(), d.name(locale).to_owned())));
    let page = ListPage {
        head: components::page_head(
            &m.find_title(),
            Html::text(&m.find_count(dates::number(chosen.len() as i64))),
            Html::empty(),
        ),
        filters: FilterBar::new(PATH)
            .select("kind", &m.find_kind(), all_kinds, kind.map_or("", Kind::code))
            .select("district", &m.service_district(), all_districts, district.map_or("", District::code))
            .html(locale),
        empty: components::empty(m.find_none()),
        groups,
    };
    visit.page(m.find_title(), "find").room(Room::Portal).template(page).await
}

fn name(window: &Profile, locale: Locale) -> Html {
    let shown = window.shown(locale);
    if shown == window.name { in_chinese(shown, locale) } else { Html::text(shown) }
}

/// District and cluster, in words.
fn territory(window: &Profile, clusters: &[windows::ClusterRow], locale: Locale) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(level) = window.level {
        out.push(level.label(locale));
    }
    if let Some(district) = window.district.as_deref().and_then(District::by_code) {
        out.push(district.name(locale).to_owned());
    }
    if let Some(cluster) = window.cluster.as_ref().and_then(|code| clusters.iter().find(|c| c.code == *code)) {
        out.push(match (locale, cluster.name_en.as_deref()) {
            (Locale::En, Some(en)) if !en.is_empty() => en.to_owned(),
            _ => cluster.name.clone(),
        });
    }
    out
}

#[derive(Template)]
#[template(path = "find/show.html")]
struct ShowPage {
    m: &'static L10nLanguage,
    crumbs: Html,
    flash: Html,
    kind: String,
    tags: Vec<String>,
    name: Html,
    status: Html,
    facts: Vec<Html>,
    about: Html,
    open: bool,
    ask: Html,
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let (id, _) = organisations::window_by_number(visit.ctx(), &number).await?.ok_or(Fault::NotFound)?;
    let window = windows::profile(visit.ctx().db().read(), id).await?.ok_or(Fault::NotFound)?;
    // What is not a window of the network yet is nobody's business here.
    if matches!(window.state, WindowState::Preparing) {
        return Err(Fault::NotFound.into());
    }
    let clusters = windows::clusters(visit.ctx()).await?;
    let today = visit.ctx().today();
    let over = window.until.as_deref().and_then(|d| d.parse::<chrono::NaiveDate>().ok()).is_some_and(|d| d < today);
    let open = window.state == WindowState::Connected && !over;
    let (tone, icon) = match window.state {
        WindowState::Connected if !over => (Tone::Good, "done"),
        WindowState::Qualified | WindowState::Preparing => (Tone::Run, "run"),
        WindowState::Connected | WindowState::Suspended => (Tone::Warn, "pause"),
        WindowState::Ended => (Tone::Bad, "stop"),
    };
    let mut about = vec![
        (m.find_kind(), Html::text(&window.kind.label(locale))),
        (m.find_operator(), in_chinese(&window.operator, locale)),
    ];
    let kinds: Vec<&str> =
        window.categories.iter().filter_map(|c| Category::by_code(c)).map(|c| c.name(locale)).collect();
    about.push((
        m.service_category(),
        Html::text(&if kinds.is_empty() { m.find_all_categories() } else { kinds.join(locale.pick("\u{3001}", ", ")) }),
    ));
    let day = |text: &Option<String>| text.as_deref().and_then(|d| d.parse::<chrono::NaiveDate>().ok());
    if let Some(since) = day(&window.since) {
        about.push((m.find_since(), dates::date_full(since, locale)));
    }
    if let Some(until) = day(&window.until) {
        about.push((m.find_until(), dates::date_full(until, locale)));
    }
    about.push((m.service_number(), components::reference(&window.number)));
    let mut lines = facts(&window, locale);
    if open {
        match visit.ctx().calendar().is_working(today) {
            Some(true) => lines.insert(0, components::status(Tone::Good, "done", m.find_today_working())),
            Some(false) => lines.insert(0, components::status(Tone::Idle, "pause", m.find_today_off())),
            None => {}
        }
    }
    let page = ShowPage {
        m,
        crumbs: components::crumbs(&[(PATH.to_owned(), m.find_title())], None, locale),
        flash: flash_slot(),
        kind: window.kind.label(locale),
        tags: territory(&window, &clusters, locale),
        name: name(&window, locale),
        status: components::badge(
            tone,
            icon,
            if over && window.state == WindowState::Connected {
                m.find_title_over()
            } else {
                window.state.label(locale)
            },
        ),
        facts: if window.state == WindowState::Ended { Vec::new() } else { lines },
        about: components::kv(&about),
        open,
        ask: components::link_button("/ask", &m.nav_ask(), Style::Solid, Some("edit")),
    };
    visit.page(window.shown(locale), "find").room(Room::Portal).template(page).await
}
