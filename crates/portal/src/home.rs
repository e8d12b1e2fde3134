//! The home page: one question, the window of one's district, the eight kinds of service, the way to ask, and how the
//! network has done this year.

use askama::Template;
use axum::response::Response;
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::people::Label;
use huiqi_kernel::rule::{Limit, art};
use huiqi_registers::windows::{self, Kind, Profile};
use huiqi_services::overview;
use huiqi_store::Fault;
use huiqi_web::components::{self, Style, Tile, Tone};
use huiqi_web::layout::{Room, flash_slot};
use huiqi_web::{Answer, Html, Route, Slice, Visit, dates};

use crate::l10n::L10nLanguage;
use crate::query::Query;
use crate::services::queries::{self, CategoryCount};
use crate::{find, t};

/// What this slice brings.
pub fn slice() -> Slice {
    Slice {
        routes: vec![Route::get("/", home).public().under(art(3)).named(|l| t(l).home_title())],
        ..Slice::new("home")
    }
}

/// Keeps the district a person chose.
const DISTRICT: &str = "huiqi-district";

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    m: &'static L10nLanguage,
    flash: Html,
    closure: Html,
    search: Html,
    window: Html,
    districts: Vec<(String, &'static str, bool)>,
    categories: Vec<CategoryCard>,
    categories_head: Html,
    ask: Html,
    promise: String,
    windows_head: Html,
    kinds: Vec<(String, String, String)>,
    change_district: String,
    figures: Option<FiguresView>,
}

struct FiguresView {
    head: Html,
    tiles: Html,
    computed: Html,
}

struct CategoryCard {
    href: String,
    drawing: Html,
    name: &'static str,
    count: String,
    short: &'static str,
}

async fn home(visit: Visit, jar: axum_extra::extract::CookieJar) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let asked = District::by_code(Query::of(&visit).get("district"));
    let chosen = asked.or_else(|| jar.get(DISTRICT).and_then(|cookie| District::by_code(cookie.value())));
    let counts = queries::category_counts(visit.ctx()).await?;
    let open = windows::all_open(visit.ctx()).await?;
    let total: i64 = counts.iter().map(|c| c.n).sum();
    let free: i64 = counts.iter().map(|c| c.free).sum();
    let page = HomePage {
        m,
        flash: flash_slot(),
        closure: huiqi_web::closure::note(&visit, || huiqi_services::requests::pages::asked_today(&visit)),
        search: components::search_box(
            "/services",
            &Html(format!("<label class=\"hero-label\" for=\"q\">{}</label>", Html::text(&m.home_search_label()))),
            "",
            &m.home_search_hint(),
            locale,
        ),
        window: window_card(&visit, chosen, &open),
        districts: District::all()
            .iter()
            .map(|d| (format!("/?district={}", d.code()), d.name(locale), Some(*d) == chosen))
            .collect(),
        categories: Category::all().iter().map(|c| card(*c, &counts, locale)).collect(),
        categories_head: components::section_head(
            "cat",
            &m.home_categories(),
            Html::text(&m.home_categories_count(dates::number(total), dates::number(free))),
            components::link("/services", &m.home_all_services()),
        ),
        ask: components::link_button("/ask", &m.nav_ask(), Style::Solid, Some("edit")),
        promise: promise(&visit),
        windows_head: components::section_head(
            "win-all",
            &m.home_windows(),
            Html::text(&m.home_windows_count(dates::number(open.len() as i64))),
            components::link("/find/windows", &m.home_all_windows()),
        ),
        kinds: kinds(&open, locale),
        change_district: if chosen.is_some() { m.home_change_district() } else { m.home_pick_district() },
        figures: figures(&visit).await?,
    };
    let mut answer = visit.page(m.home_title(), "home").room(Room::Portal).template(page).await?;
    if let Some(district) = asked {
        keep(&visit, &mut answer, district)?;
    }
    Ok(answer)
}

/// What is promised to whoever asks, with the limits in force.
fn promise(visit: &Visit) -> String {
    let locale = visit.locale();
    let rules = visit.ctx().rules();
    let rules = rules.on(visit.ctx().today());
    let words = |limit: Limit| rules.param(limit.id()).map_or_else(String::new, |p| rules.value_text(p, locale));
    t(locale).home_ask_promise(words(Limit::Accept), words(Limit::Ordinary))
}

fn keep(visit: &Visit, answer: &mut Response, district: District) -> Result<(), Fault> {
    let cookie = visit.cookie(DISTRICT, district.code().to_owned(), Some(400 * 86_400));
    let value = axum::http::HeaderValue::from_str(&cookie.encoded().to_string()).map_err(Fault::internal)?;
    answer.headers_mut().append(axum::http::header::SET_COOKIE, value);
    Ok(())
}

/// The window of the chosen district: its comprehensive one, else any that stands there.
fn window_card(visit: &Visit, chosen: Option<District>, open: &[Profile]) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let Some(district) = chosen else {
        return Html(format!("<p>{}</p>", Html::text(&m.home_choose_district())));
    };
    let here: Vec<&Profile> = open.iter().filter(|w| w.district.as_deref() == Some(district.code())).collect();
    let Some(window) = here.iter().find(|w| w.kind == Kind::Comprehensive).or_else(|| here.first()) else {
        return Html(format!("<p>{}</p>", Html::text(&m.home_no_window(district.name(locale)))));
    };
    let today = visit.ctx().today();
    let mut out = Html(format!(
        "<p class=\"hero-window-name\"><b>{}</b></p><ul class=\"plain small\">",
        components::link(&format!("/find/windows/{}", window.number), window.shown(locale))
    ));
    let mut lines = Vec::new();
    match visit.ctx().calendar().is_working(today) {
        Some(true) => lines.push(components::status(Tone::Good, "done", m.find_today_working())),
        Some(false) => lines.push(components::status(Tone::Idle, "pause", m.find_today_off())),
        None => {}
    }
    lines.extend(find::facts(window, locale));
    for line in lines {
        out = out.and(&Html::raw("<li>")).and(&line).and(&Html::raw("</li>"));
    }
    out.and(&Html::raw("</ul>"))
}

fn card(category: Category, counts: &[CategoryCount], locale: huiqi_kernel::locale::Locale) -> CategoryCard {
    let n = counts.iter().find(|c| c.category == category.code()).map_or(0, |c| c.n);
    CategoryCard {
        href: format!("/services?category={}", category.code()),
        drawing: components::drawing("cat-icon", category.icon()),
        name: category.name(locale),
        count: t(locale).home_items(dates::number(n)),
        short: category.short(locale),
    }
}

/// The kinds of window with how many there are: address, name, count.
fn kinds(open: &[Profile], locale: huiqi_kernel::locale::Locale) -> Vec<(String, String, String)> {
    Kind::ALL
        .iter()
        .map(|kind| {
            let n = open.iter().filter(|w| w.kind == *kind).count() as i64;
            (
                format!("/find/windows?kind={}", kind.code()),
                kind.label(locale),
                t(locale).home_windows_n(dates::number(n)),
            )
        })
        .collect()
}

/// How the network has done this year; nothing before there is something to tell.
async fn figures(visit: &Visit) -> Result<Option<FiguresView>, Fault> {
    let ctx = visit.ctx();
    let figures = overview::public_figures(ctx).await?;
    if figures.is_empty() {
        return Ok(None);
    }
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let number = dates::number;
    let listed = |words: Vec<String>| words.join(locale.pick("\u{ff0c}", ", "));
    let (kept, limits) = figures.answered_in_time;
    let (rated, closed) = figures.rated_of_closed;
    let hows: Vec<String> = figures
        .closed
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(how, n)| m.home_figure_part(how.label(locale), number(*n)))
        .collect();
    let kinds: Vec<String> = figures
        .windows
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(kind, n)| m.home_figure_part(kind.label(locale), number(*n)))
        .collect();
    let none = m.home_figure_none();
    let tiles = [
        Tile {
            what: m.home_figure_closed().into(),
            figure: number(closed),
            unit: m.home_unit_requests(),
            basis: listed(hows).into(),
        },
        Tile {
            what: m.home_figure_in_time().into(),
            figure: dates::share_figure(kept, limits).unwrap_or_else(|| none.clone()),
            unit: if limits > 0 { "%".to_owned() } else { String::new() },
            basis: m.home_figure_of(number(limits), number(kept)).into(),
        },
        Tile {
            what: m.home_figure_acceptance().into(),
            figure: figures.to_acceptance.digits().unwrap_or_else(|| none.clone()),
            unit: if figures.to_acceptance.n > 0 { m.home_unit_days() } else { String::new() },
            basis: m.home_figure_median(number(figures.to_acceptance.n)).into(),
        },
        Tile {
            what: m.home_figure_grade().into(),
            figure: figures.mean_grade.map_or_else(|| none.clone(), dates::hundredths),
            unit: if figures.grades > 0 { m.home_unit_grade() } else { String::new() },
            basis: if figures.excluded == 0 {
                m.home_figure_grades(number(figures.grades), dates::share(rated, closed)).into()
            } else {
                let all = m.home_figure_grades(number(figures.grades), dates::share(rated, closed));
                m.home_figure_excluded(&all, number(figures.excluded)).into()
            },
        },
        Tile {
            what: m.home_figure_not_achieved().into(),
            figure: number(figures.not_achieved),
            unit: m.home_unit_requests(),
            basis: m.home_figure_tried(number(figures.tried)).into(),
        },
        Tile {
            what: m.home_figure_windows().into(),
            figure: number(figures.windows.iter().map(|(_, n)| n).sum()),
            unit: m.home_unit_windows(),
            basis: listed(kinds).into(),
        },
    ];
    let span = Html::fill(
        &m.home_figures_span("{0}", "{1}"),
        &[dates::date(figures.span.from, today, locale), dates::date(figures.span.to, today, locale)],
    );
    Ok(Some(FiguresView {
        head: components::section_head("fig", &m.home_figures(), span, Html::empty()),
        tiles: components::tiles_six(&tiles),
        computed: Html::fill(
            &m.home_figures_computed("{0}"),
            &[dates::moment_full(figures.computed_at, today, locale)],
        ),
    }))
}
