//! The shapes most pages of the registers have: a list, a record, a form; and the parts they share.

use askama::Template;
use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::text::mask_phone;
use huiqi_web::components::{self, Col, Field, Table};
use huiqi_web::layout::{FlashKind, flash_slot};
use huiqi_web::{Form, Html, dates};

use crate::changes::{Past, Source};
use crate::{said, t};

/// A list with filters and a way through it.
#[derive(Default, Template)]
#[template(path = "list.html")]
pub(crate) struct ListPage {
    pub head: Html,
    pub tabs: Html,
    pub filters: Html,
    pub table: Html,
    pub pager: Html,
    pub below: Html,
}

/// A section of a record's page.
pub(crate) struct Part {
    pub id: &'static str,
    pub title: String,
    pub beside: Html,
    pub body: Html,
}

impl Part {
    pub(crate) fn new(id: &'static str, title: String, body: Html) -> Part {
        Part { id, title, beside: Html::empty(), body }
    }

    pub(crate) fn beside(mut self, words: impl Into<Html>) -> Part {
        self.beside = words.into();
        self
    }
}

/// A record: sections, and what belongs beside them.
#[derive(Default, Template)]
#[template(path = "detail.html")]
pub(crate) struct DetailPage {
    pub crumbs: Html,
    pub head: Html,
    pub above: Html,
    pub parts: Vec<Part>,
    pub aside_label: String,
    pub aside: Html,
}

/// One form with a button.
#[derive(Default, Template)]
#[template(path = "form.html")]
pub(crate) struct FormPage {
    pub back: Html,
    pub flash: Html,
    pub errors: Html,
    pub above: Html,
    pub title: String,
    pub lede: Html,
    pub action: String,
    pub files: bool,
    pub fields: Html,
    pub submit: String,
    pub big: bool,
    pub beside: Html,
    pub after: Html,
    pub aside_label: String,
    pub aside: Html,
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
            flash: flash_slot(),
            errors: components::error_summary(&form.errors(locale), locale),
            title,
            action: action.into(),
            submit,
            ..FormPage::default()
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
}

/// The name for a reader of this language: the English one where there is one.
pub(crate) fn shown<'a>(name: &'a str, name_en: Option<&'a str>, locale: Locale) -> &'a str {
    match (locale, name_en) {
        (Locale::En, Some(en)) if !en.is_empty() => en,
        _ => name,
    }
}

/// A value, or the quiet words that it is not known.
pub(crate) fn known(value: Option<impl Into<Html>>, locale: Locale) -> Html {
    value.map_or_else(|| components::quiet(t(locale).registers_unknown()), Into::into)
}

/// A credit code, or that there is none.
pub(crate) fn code(code: Option<&str>, locale: Locale) -> Html {
    code.map_or_else(|| components::quiet(t(locale).registers_code_none()), components::reference)
}

/// A stored day in words, or that it is not known.
pub(crate) fn day(stored: Option<&str>, locale: Locale) -> Html {
    known(stored.and_then(|s| s.parse::<NaiveDate>().ok()).map(|d| dates::date_full(d, locale)), locale)
}

/// A phone number: masked, with a button that shows it and is logged; or in full, once it was asked for.
pub(crate) fn phone(number: Option<&str>, shown: bool, reveal: Option<&str>, locale: Locale) -> Html {
    let m = t(locale);
    let Some(number) = number else { return components::quiet(m.registers_unknown()) };
    if shown {
        return components::phone_link(number).and(&Html::raw(" ")).and(&components::quiet(m.registers_phone_logged()));
    }
    let masked = components::reference(&mask_phone(number));
    match reveal {
        Some(action) => Html(format!(
            "<form class=\"inline\" method=\"post\" action=\"{}\">{masked} <button class=\"button is-plain is-small\" type=\"submit\">{}{}</button></form>",
            Html::text(action),
            components::icon("eye"),
            Html::text(&m.registers_phone_show())
        )),
        None => masked,
    }
}

/// The history of a record as a table; empty where nothing was changed yet.
pub(crate) fn history(lines: &[Past], today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    if lines.is_empty() {
        return components::empty_small(m.registers_history_none());
    }
    let mut table = Table::new(&m.registers_history())
        .cards()
        .row_head(1)
        .col(Col::nowrap(&m.registers_when()))
        .col(Col::text(&m.registers_field()))
        .col(Col::text(&m.registers_old()))
        .col(Col::text(&m.registers_new()))
        .col(Col::text(&m.registers_who()));
    for line in lines {
        let value = |stored: Option<&str>| match stored.filter(|s| !s.is_empty()) {
            Some(stored) => Html::text(&said::value(&line.field, stored, locale)),
            None => components::quiet("–"),
        };
        let source = Source::from_code(&line.source).map_or_else(|| line.source.clone(), |s| s.label(locale));
        let who = match &line.person {
            Some(person) => m.registers_who_source(person, &source),
            None => source,
        };
        table.push(
            "",
            [
                dates::moment(line.at, today, locale),
                Html::text(&said::field(&line.field, locale)),
                value(line.old.as_deref()),
                value(line.new.as_deref()),
                Html::text(&who),
            ],
        );
    }
    table.html()
}

/// Links to the same list as a file.
pub(crate) fn exports(xlsx: &str, csv: &str, locale: Locale) -> Html {
    let m = t(locale);
    Html(format!(
        "<p class=\"small no-print\">{} {} {}</p>",
        Html::text(&m.registers_export()),
        components::link(xlsx, ".xlsx"),
        components::link(csv, ".csv")
    ))
}

/// A line of the warning that a name is like others.
pub(crate) struct Alike {
    pub href: String,
    pub name: String,
    pub code: Option<String>,
    pub district: Option<String>,
}

/// The warning that a name is like others, with the box that says it is another one nevertheless.
pub(crate) fn alike(others: &[Alike], question: &str, form: &Form, locale: Locale) -> Html {
    let m = t(locale);
    let mut items = String::new();
    for other in others {
        let mut about: Vec<String> = Vec::new();
        about.extend(other.code.clone());
        about.extend(other.district.as_deref().map(|d| said::district(d, locale)));
        items.push_str(&format!(
            "<li>{} <span class=\"quiet\">{}</span></li>",
            components::link(&other.href, &other.name),
            Html::text(&about.join(&m.registers_comma()))
        ));
    }
    let body = Html(format!("<p>{}</p><ul>{items}</ul>", Html::text(&m.registers_alike_what())));
    components::notice(FlashKind::Warn, Some(&m.registers_alike()), &body).and(
        &Field::check("another", Html::text(question))
            .value(form.value("another"))
            .error(form.error("another", locale))
            .html(locale),
    )
}

/// Options of a list of districts for a filter or a form.
pub(crate) fn districts(locale: Locale) -> Vec<(String, String)> {
    huiqi_kernel::district::District::all().iter().map(|d| (d.code().to_owned(), d.name(locale).to_owned())).collect()
}

/// Options of the kinds of service.
pub(crate) fn categories(locale: Locale) -> Vec<(String, String)> {
    huiqi_kernel::category::Category::all().iter().map(|c| (c.code().to_owned(), c.name(locale).to_owned())).collect()
}

/// Options with “all” before them.
pub(crate) fn with_all(all: String, options: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), all)).chain(options).collect()
}

/// Reads a phone number that may be left out; notes what is wrong with it.
pub(crate) fn read_phone(form: &mut Form, name: &str) -> Option<String> {
    let typed = form.optional(name, 60, |l| t(l).registers_phone())?;
    match huiqi_kernel::text::phone_check(&typed) {
        Ok(number) => Some(number),
        Err(error) => {
            form.fail(name, |l| said::phone_error(error, l));
            None
        }
    }
}

/// Reads one of a list of codes that may be left out.
pub(crate) fn read_code(form: &mut Form, name: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let value = form.value(name).to_owned();
    (!value.is_empty() && is_known(&value)).then_some(value)
}

/// Reads a day that may be left out; notes what is wrong with it.
pub(crate) fn read_day(form: &mut Form, name: &str, last: Option<NaiveDate>) -> Option<String> {
    use crate::imports::cells::{self, Raw};
    let typed = form.value(name).to_owned();
    let far = NaiveDate::from_ymd_opt(2999, 12, 31).unwrap_or_default();
    match cells::day(Some(&Raw::Text(typed)), last.unwrap_or(far)) {
        Ok(day) => day.map(|d| d.to_string()),
        Err(problem) => {
            let field = name.to_owned();
            form.fail(name, |l| problem.say(&said::field(&field, l), l));
            None
        }
    }
}

/// Reads a whole number that may be left out; notes what is wrong with it.
pub(crate) fn read_count(form: &mut Form, name: &str) -> Option<i64> {
    use crate::imports::cells::{self, Raw};
    match cells::count(Some(&Raw::Text(form.value(name).to_owned())), &[]) {
        Ok(count) => count,
        Err(problem) => {
            let field = name.to_owned();
            form.fail(name, |l| problem.say(&said::field(&field, l), l));
            None
        }
    }
}

/// Reads an amount in 10,000 yuan that may be left out, in fen; notes what is wrong with it.
pub(crate) fn read_wan(form: &mut Form, name: &str) -> Option<i64> {
    use crate::imports::cells::{self, Raw};
    match cells::amount(Some(&Raw::Text(form.value(name).to_owned())), crate::imports::Unit::Wan) {
        Ok(fen) => fen,
        Err(problem) => {
            let field = name.to_owned();
            form.fail(name, |l| problem.say(&said::field(&field, l), l));
            None
        }
    }
}

/// A text field of a form with its value and error.
pub(crate) fn field(field: Field, name: &str, form: &Form, locale: Locale) -> Field {
    field.value(form.value(name)).error(form.error(name, locale))
}

/// The registers a viewer may open, as tabs; `current` is the address of the one shown.
pub(crate) fn tabs(viewer: &huiqi_kernel::people::Viewer, current: &str, locale: Locale) -> Html {
    let m = t(locale);
    let mut tabs: Vec<(&str, String)> = Vec::new();
    if viewer.is(crate::READERS) {
        tabs.push(("/enterprises", m.enterprises_title()));
    }
    tabs.push(("/providers", m.providers_title()));
    tabs.push(("/products", m.products_title()));
    tabs.push(("/windows", m.windows_title()));
    if viewer.is(crate::EDITORS) {
        tabs.push(("/imports", m.imports_title()));
        tabs.push(("/verifications", m.registration_queue_title()));
    }
    let tabs: Vec<(String, String, Option<u64>, bool)> =
        tabs.into_iter().map(|(href, word)| (href.to_owned(), word, None, href == current)).collect();
    components::tabs(&m.registers_tabs(), &tabs)
}

/// The links that sort a list by name and by last change, for the heads of columns.
pub(crate) struct Sorting {
    by_name: String,
    by_change: String,
    newest_first: bool,
}

impl Sorting {
    /// `base` is the address of the list with its filters, without sorting.
    pub(crate) fn new(base: &str, newest_first: bool) -> Sorting {
        let joint = if base.contains('?') { '&' } else { '?' };
        Sorting { by_name: base.to_owned(), by_change: format!("{base}{joint}sort=updated"), newest_first }
    }

    pub(crate) fn name(&self, col: Col) -> Col {
        col.sort(&self.by_name, (!self.newest_first).then_some("ascending"))
    }

    pub(crate) fn change(&self, col: Col) -> Col {
        col.sort(&self.by_change, self.newest_first.then_some("descending"))
    }
}

/// The second line of a list's first cell: number and code, in small type.
pub(crate) fn under(references: &[&str]) -> Html {
    let shown: Vec<String> = references.iter().filter(|r| !r.is_empty()).map(|r| components::reference(r).0).collect();
    Html(format!("<small>{}</small>", shown.join(" ")))
}
