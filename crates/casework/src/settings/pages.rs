//! The shape all pages of this slice have, and the small parts they share.

use askama::Template;
use huiqi_identity::{capacity_label, role_label};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role};
use huiqi_web::Html;
use huiqi_web::components;

use crate::t;

/// Where one is, what the page is, what is wrong, sections, and what belongs beside them.
#[derive(Debug, Default, Template)]
#[template(path = "settings/page.html")]
pub(super) struct Page {
    pub crumbs: Html,
    pub head: Html,
    pub errors: Html,
    pub parts: Vec<Html>,
    pub aside_label: String,
    pub aside: Html,
}

/// The way up from a page below `/settings`.
pub(super) fn crumbs(here: &str, l: Locale) -> Html {
    components::crumbs(&[("/settings".to_owned(), t(l).setting_title())], Some(Html::text(here)), l)
}

/// A section with its heading.
pub(super) fn section(id: &str, title: &str, beside: Html, body: &Html) -> Html {
    components::section_head(id, title, beside, Html::empty()).and(body)
}

/// What stands beside the sections: short headings, each with its words.
pub(super) fn aside(blocks: &[(String, Html)]) -> Html {
    let mut out = String::new();
    for (title, body) in blocks {
        let body = if body.0.starts_with("<dl") || body.0.starts_with("<p") || body.0.starts_with("<ul") {
            body.0.clone()
        } else {
            format!("<p class=\"small\">{body}</p>")
        };
        out.push_str(&format!("<h2 class=\"aside-title\">{}</h2>{body}", Html::text(title)));
    }
    Html(out)
}

/// A fold whose body may be open, for long lists and forms.
pub(super) fn fold(id: &str, summary: &str, body: &Html, open: bool) -> Html {
    Html(format!(
        "<details class=\"how\" id=\"{}\"{}><summary>{}{}</summary><div class=\"how-body\">{body}</div></details>",
        Html::text(id),
        if open { " open" } else { "" },
        components::icon("right"),
        Html::text(summary)
    ))
}

/// Words as somebody typed them, in whichever language; one paragraph stands without room around it.
pub(super) fn typed(text: &str, page: Locale) -> Html {
    let language = if text.chars().any(huiqi_kernel::text::is_han) { Locale::Zh } else { page };
    if !text.contains('\n') {
        components::in_language(text, language, page)
    } else if language == page {
        components::paragraphs(text)
    } else {
        let body = components::paragraphs(text);
        Html(format!("<div lang=\"{}\">{body}</div>", language.tag()))
    }
}

/// Several words in one line, parted as the language does it.
pub(super) fn enumerated(words: impl IntoIterator<Item = String>, l: Locale) -> String {
    let mark = match l {
        Locale::Zh => "\u{3001}",
        Locale::En => ", ",
    };
    words.into_iter().collect::<Vec<_>>().join(mark)
}

/// A role with what kind of organisation it belongs to.
pub(super) fn role_words(role: Role, l: Locale) -> String {
    let (role, capacity) = (role_label(role, l), role.capacity());
    let place = capacity_label(capacity, l);
    // Some names say it themselves.
    let said = matches!(capacity, Capacity::System | Capacity::Window | Capacity::Provider | Capacity::Department);
    if said || role.starts_with(&place) { role } else { t(l).setting_role(place, role) }
}
