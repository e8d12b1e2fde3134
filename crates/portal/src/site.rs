//! Plain pages about the site itself: personal data, accessibility, the keyboard.

use askama::Template;
use huiqi_web::components::{self, Col, Table};
use huiqi_web::layout::{Room, flash_slot};
use huiqi_web::{Answer, Html, Route, Slice, Visit};

use crate::t;

/// What this slice brings.
pub fn slice() -> Slice {
    Slice {
        routes: vec![
            Route::get("/privacy", privacy).public().named(|l| t(l).site_privacy_title()),
            Route::get("/accessibility", accessibility).public().named(|l| t(l).site_accessibility_title()),
            Route::get("/help/keyboard", keyboard).public().named(|l| t(l).site_keyboard_title()),
        ],
        ..Slice::new("site")
    }
}

#[derive(Template)]
#[template(path = "site/text.html")]
struct TextPage {
    title: String,
    flash: Html,
    parts: Vec<Html>,
}

async fn answer(visit: &Visit, title: String, parts: Vec<Html>) -> Answer {
    let page = TextPage { title: title.clone(), flash: flash_slot(), parts };
    visit.page(title, "site").room(Room::Portal).template(page).await
}

fn paragraph(words: &str) -> Html {
    Html::raw("<p>").say(words).and(&Html::raw("</p>"))
}

/// A sentence with the hotline in it, to be tapped.
fn with_hotline(message: &str, hotline: &str) -> Html {
    Html::raw("<p>").and(&Html::fill(message, &[components::phone_link(hotline)])).and(&Html::raw("</p>"))
}

fn section(id: &str, title: &str, words: &[Html]) -> Html {
    let mut out = Html::raw(format!("<section class=\"section\" aria-labelledby=\"{id}\"><h2 id=\"{id}\">"))
        .say(title)
        .and(&Html::raw("</h2>"));
    for line in words {
        out = out.and(line);
    }
    out.and(&Html::raw("</section>"))
}

async fn privacy(visit: Visit) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let site = visit.ctx().site();
    let text = site.text("privacy", locale);
    let parts = vec![
        components::paragraphs(text),
        section(
            "where",
            &m.site_privacy_where(),
            &[
                paragraph(&m.site_privacy_audit()),
                paragraph(&m.site_privacy_cookies()),
                with_hotline(&m.site_privacy_ask("{0}"), site.text("hotline", locale)),
            ],
        ),
    ];
    answer(&visit, m.site_privacy_title(), parts).await
}

async fn accessibility(visit: Visit) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let site = visit.ctx().site();
    let parts = vec![
        section(
            "how",
            &m.site_accessibility_how(),
            &[
                paragraph(&m.site_accessibility_scripts()),
                paragraph(&m.site_accessibility_keyboard()),
                paragraph(&m.site_accessibility_zoom()),
                paragraph(&m.site_accessibility_colour()),
                paragraph(&m.site_accessibility_charts()),
                paragraph(&m.site_accessibility_languages()),
            ],
        ),
        section(
            "limits",
            &m.site_accessibility_limits(),
            &[paragraph(&m.site_accessibility_files()), paragraph(&m.site_accessibility_chinese())],
        ),
        section(
            "tell",
            &m.site_accessibility_tell(),
            &[with_hotline(&m.site_accessibility_tell_whom("{0}"), site.text("hotline", locale))],
        ),
    ];
    answer(&visit, m.site_accessibility_title(), parts).await
}

async fn keyboard(visit: Visit) -> Answer {
    let m = t(visit.locale());
    let mut everywhere = Table::new(&m.site_keyboard_everywhere())
        .show_caption()
        .row_head(0)
        .col(Col::nowrap(&m.site_keyboard_key()))
        .col(Col::text(&m.site_keyboard_what()));
    for (key, what) in [
        ("Tab", m.site_keyboard_tab()),
        ("Shift + Tab", m.site_keyboard_back()),
        ("Enter", m.site_keyboard_enter()),
        (&m.site_keyboard_space_key(), m.site_keyboard_space()),
        ("Esc", m.site_keyboard_escape()),
    ] {
        everywhere.push("", [key.to_owned(), what]);
    }
    let mut lists = Table::new(&m.site_keyboard_lists())
        .show_caption()
        .row_head(0)
        .col(Col::nowrap(&m.site_keyboard_key()))
        .col(Col::text(&m.site_keyboard_what()));
    for (key, what) in [
        ("J", m.site_keyboard_next()),
        ("K", m.site_keyboard_previous()),
        ("X", m.site_keyboard_pick()),
        ("/", m.site_keyboard_search()),
        ("?", m.site_keyboard_help()),
    ] {
        lists.push("", [key.to_owned(), what]);
    }
    let parts = vec![
        paragraph(&m.site_keyboard_lede()),
        everywhere.html(),
        paragraph(&m.site_keyboard_scripts()),
        lists.html(),
    ];
    answer(&visit, m.site_keyboard_title(), parts).await
}
