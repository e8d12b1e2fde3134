//! The search box of the workbench: a number opens its record, words lead to everything they match.

use askama::Template;
use axum::http::Method;
use huiqi_casework::find;
use huiqi_kernel::text::phone_check;
use huiqi_registers::enterprises;
use huiqi_services::knowledge;
use huiqi_web::{Answer, Html, Route, Slice, Visit};
use huiqi_web::{components, dates};

use crate::query::Query;
use crate::t;

/// What this slice brings.
pub fn slice() -> Slice {
    Slice { routes: vec![Route::get("/search", search).staff()], ..Slice::new("search") }
}

/// Firms and cases that are shown at once; the lists below hold all.
const SHOWN: u64 = 10;

/// Where records with a number of this beginning are; cases have a year in theirs.
const PLACES: &[(&str, &str)] = &[
    ("ZZ-", "/enterprises/"),
    ("JG-", "/providers/"),
    ("CP-", "/products/"),
    ("CK-", "/windows/"),
    ("DJ-", "/verifications/"),
];

/// The page of a record by what was typed, where that is a number.
fn place_of(words: &str) -> Option<String> {
    let number: String = words.chars().map(huiqi_kernel::text::half_width).collect::<String>().trim().to_uppercase();
    let parts: Vec<&str> = number.split('-').collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let letters = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    match parts.as_slice() {
        [prefix, year, n] if letters(prefix) && year.len() == 4 && digits(year) && digits(n) => {
            Some(format!("/cases/{number}"))
        }
        [prefix, n] if letters(prefix) && digits(n) => {
            PLACES.iter().find(|(known, _)| number.starts_with(known)).map(|(_, path)| format!("{path}{number}"))
        }
        _ => None,
    }
}

#[derive(Template)]
#[template(path = "search/search.html")]
struct SearchPage {
    head: Html,
    search: Html,
    hint: String,
    places: Vec<(String, String)>,
    places_head: Html,
    firms: Vec<(String, String, String)>,
    firms_head: Html,
    cases: Vec<CaseLine>,
    cases_head: Html,
    knowledge: Vec<(String, String, String)>,
    knowledge_head: Html,
    none: Html,
}

/// A case that was found, as one line.
struct CaseLine {
    href: String,
    title: String,
    about: String,
    day: Html,
}

async fn search(visit: Visit) -> Answer {
    let query = Query::of(&visit);
    let words = query.get("q").chars().take(200).collect::<String>();
    if let Some(place) = place_of(&words) {
        return visit.to(place).now();
    }
    let locale = visit.locale();
    let m = t(locale);
    let firms = if words.is_empty() {
        Vec::new()
    } else if let Ok(phone) = phone_check(&words) {
        // Firms whose contact has it in the register. Whose requests came from it is looked up at the counter only.
        enterprises::by_phone(visit.ctx(), visit.viewer(), &phone, SHOWN).await?
    } else {
        enterprises::search_brief(visit.ctx(), visit.viewer(), &words, SHOWN).await?
    };
    let today = visit.ctx().today();
    let cases: Vec<CaseLine> = find::by_words(visit.ctx(), visit.viewer(), &words, SHOWN)
        .await?
        .into_iter()
        .map(|found| {
            let flow = visit.flow(&found.flow);
            let kind = flow.map(|f| found.kind.as_deref().map_or_else(|| f.name(locale), |k| f.kind_label(k, locale)));
            let state = flow.map(|f| f.state_label(&found.state, locale));
            CaseLine {
                href: format!("/cases/{}", found.number),
                about: [Some(found.number), kind, state].into_iter().flatten().collect::<Vec<_>>().join(" · "),
                title: found.title,
                day: dates::date(dates::day_of(found.opened_at), today, locale),
            }
        })
        .collect();
    let opens = |path: &str| {
        visit
            .app()
            .routes()
            .iter()
            .any(|r| r.method == Method::GET && r.path == path && r.access.admits(visit.viewer()))
    };
    let encoded: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
    let places = [
        ("/cases", m.search_in_cases()),
        ("/knowledge", m.search_in_knowledge()),
        ("/enterprises", m.search_in_enterprises()),
        ("/providers", m.search_in_providers()),
        ("/products", m.search_in_products()),
        ("/windows", m.search_in_windows()),
    ]
    .into_iter()
    .filter(|(path, _)| opens(path) && !words.is_empty())
    .map(|(path, label)| (format!("{path}?q={encoded}"), label))
    .collect();
    // Answers in force are for whoever answers.
    let knowledge: Vec<(String, String, String)> = if opens("/knowledge") && !words.is_empty() {
        knowledge::queries::search(visit.ctx(), &words, None, SHOWN / 2)
            .await?
            .into_iter()
            .map(|one| (format!("/knowledge/{}", one.number), one.question, one.number))
            .collect()
    } else {
        Vec::new()
    };
    let firms_found = firms.len();
    let page = SearchPage {
        head: components::page_head(
            &if words.is_empty() { m.search_title() } else { m.service_found_title(&words) },
            Html::empty(),
            Html::empty(),
        ),
        search: components::search_box(
            "/search",
            &Html(format!("<label class=\"sr\" for=\"q\">{}</label>", Html::text(&m.search_title()))),
            &words,
            "",
            locale,
        ),
        hint: if opens("/requests/new") {
            format!("{}{}", m.search_hint(), m.search_hint_phone())
        } else {
            m.search_hint()
        },
        places,
        places_head: components::section_head("where", &m.search_where(), Html::empty(), Html::empty()),
        firms: firms
            .into_iter()
            .map(|f| (format!("/enterprises/{}", f.number), f.name, f.code.unwrap_or_default()))
            .filter(|_| opens("/enterprises"))
            .collect(),
        firms_head: components::section_head("firms", &m.nav_enterprises(), Html::empty(), Html::empty()),
        knowledge_head: components::section_head("knowledge", &m.nav_knowledge(), Html::empty(), Html::empty()),
        none: if cases.is_empty() && knowledge.is_empty() && firms_found == 0 && !words.is_empty() {
            components::empty(m.search_none())
        } else {
            Html::empty()
        },
        knowledge,
        cases,
        cases_head: components::section_head("cases", &m.nav_cases(), Html::empty(), Html::empty()),
    };
    visit.page(m.search_title(), "search").template(page).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_by_its_form() {
        assert_eq!(place_of(" fw-2026-000123 ").as_deref(), Some("/cases/FW-2026-000123"));
        assert_eq!(place_of("ＦＷ－2026－000123").as_deref(), Some("/cases/FW-2026-000123"));
        assert_eq!(place_of("CP-000001").as_deref(), Some("/products/CP-000001"));
        for words in ["", "电磁兼容", "A-1", "FW-2026", "XX-000001", "FW-2026-12a", "../etc"] {
            assert_eq!(place_of(words), None, "{words}");
        }
    }
}
