//! The three shapes most pages of this crate have: a form, a list, a record. Their parts come from the pages of the
//! slices.

use askama::Template;
use huiqi_kernel::locale::Locale;
use huiqi_web::components;
use huiqi_web::layout::flash_slot;
use huiqi_web::{Form, Html};

/// One form with a button.
#[derive(Template)]
#[template(path = "form.html")]
pub(crate) struct FormPage {
    pub back: Html,
    pub flash: Html,
    pub errors: Html,
    pub title: String,
    pub lede: Html,
    pub action: String,
    pub fields: Html,
    pub submit: String,
    pub after: Html,
}

impl FormPage {
    pub(crate) fn new(
        title: String,
        action: impl Into<String>,
        submit: String,
        form: &Form,
        locale: Locale,
    ) -> FormPage {
        FormPage {
            back: Html::empty(),
            flash: flash_slot(),
            errors: components::error_summary(&form.errors(locale), locale),
            title,
            lede: Html::empty(),
            action: action.into(),
            fields: Html::empty(),
            submit,
            after: Html::empty(),
        }
    }

    pub(crate) fn back(mut self, href: &str, words: &str, locale: Locale) -> FormPage {
        self.back = components::back(href, words, locale);
        self
    }

    pub(crate) fn lede(mut self, words: &str) -> FormPage {
        self.lede = Html(format!("<p>{}</p>", Html::text(words)));
        self
    }

    pub(crate) fn fields(mut self, fields: impl IntoIterator<Item = Html>) -> FormPage {
        self.fields = Html::concat(fields);
        self
    }

    pub(crate) fn after(mut self, after: Html) -> FormPage {
        self.after = after;
        self
    }
}

/// A list with filters and a way through it.
#[derive(Default, Template)]
#[template(path = "list.html")]
pub(crate) struct ListPage {
    pub crumbs: Html,
    pub head: Html,
    pub above: Html,
    pub filters: Html,
    pub table: Html,
    pub pager: Html,
    pub below: Html,
}

/// A record: sections, and what belongs beside them.
#[derive(Default, Template)]
#[template(path = "detail.html")]
pub(crate) struct DetailPage {
    pub crumbs: Html,
    pub head: Html,
    pub parts: Vec<Html>,
    pub aside_label: String,
    pub aside: Html,
}

/// A section with its heading.
pub(crate) fn section(id: &str, title: &str, beside: Html, body: &Html) -> Html {
    components::section_head(id, title, beside, Html::empty()).and(body)
}

/// Several words in one line, parted as the language does it.
pub(crate) fn enumerated(words: impl IntoIterator<Item = String>, locale: Locale) -> String {
    let mark = match locale {
        Locale::Zh => "\u{3001}",
        Locale::En => ", ",
    };
    words.into_iter().collect::<Vec<_>>().join(mark)
}
