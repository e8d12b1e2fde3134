//! Pages of products.

use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_web::components::{self, ActionLine, Col, Field, FilterBar, Pager, Style, Table, Tone};
use huiqi_web::{Form, Html, dates};

use super::queries::{Filter, Product};
use super::{State, actions};
use crate::changes::Past;
use crate::imports::{list_name, list_values};
use crate::parts::{self, DetailPage, FormPage, ListPage, Part, Sorting};
use crate::{said, t};

fn status(state: &str, l: Locale) -> Html {
    match State::from_code(state) {
        Some(State::Listed) => components::status(Tone::Good, "done", State::Listed.label(l)),
        _ => components::status(Tone::Idle, "no", State::Withdrawn.label(l)),
    }
}

/// What the list needs to be shown.
pub(super) struct Listing<'a> {
    pub lines: &'a [Product],
    pub pager: &'a Pager,
    pub filter: &'a Filter,
    pub total: i64,
    pub base: &'a str,
    pub newest_first: bool,
    pub xlsx: &'a str,
    pub csv: &'a str,
    pub may_add: bool,
}

pub(super) fn list(viewer: &Viewer, list: &Listing<'_>, today: NaiveDate, l: Locale) -> ListPage {
    let m = t(l);
    let table = if list.lines.is_empty() {
        components::empty(if list.filter.is_empty() { m.products_none() } else { m.products_none_match() })
    } else {
        let sorting = Sorting::new(list.base, list.newest_first);
        let mut table = Table::new(&m.products_title())
            .cards()
            .col(sorting.name(Col::text(&m.registers_name()).class("what")))
            .col(Col::text(&m.registers_provider()))
            .col(Col::text(&m.registers_category()))
            .col(Col::text(&m.registers_fee()))
            .col(Col::nowrap(&m.registers_state()))
            .col(sorting.change(Col::nowrap(&m.registers_updated())));
        for line in list.lines {
            table.push(
                "",
                [
                    components::link(&format!("/products/{}", line.number), &line.name)
                        .and(&parts::under(&[&line.number])),
                    components::link(&format!("/providers/{}", line.provider_number), &line.provider_name),
                    Html::text(&said::category(&line.category, l)),
                    parts::known(line.fee.as_deref().map(|f| list_name("fee", f, l)), l),
                    status(&line.state, l),
                    dates::moment(line.updated_at, today, l),
                ],
            );
        }
        table.html()
    };
    let fees = list_values("fee", l).into_iter().map(|(code, name)| (code.to_owned(), name.to_owned()));
    let states = State::ALL.iter().map(|s| (s.code().to_owned(), s.label(l)));
    let mut bar = FilterBar::new("/products");
    if list.newest_first {
        bar = bar.hidden("sort", "updated");
    }
    let filters = bar
        .select(
            "category",
            &m.registers_category(),
            parts::with_all(m.registers_all_categories(), parts::categories(l)),
            &list.filter.category,
        )
        .select("fee", &m.registers_fee(), parts::with_all(m.registers_all(), fees), &list.filter.fee)
        .select("state", &m.registers_state(), parts::with_all(m.registers_all(), states), &list.filter.state)
        .search("q", &m.products_search(), &list.filter.words)
        .html(l);
    let end = if list.may_add {
        components::link_button("/products/new", &m.products_new(), Style::Solid, Some("plus"))
    } else {
        Html::empty()
    };
    ListPage {
        head: components::page_head(&m.products_title(), Html::text(&m.products_total(dates::number(list.total))), end),
        tabs: parts::tabs(viewer, "/products", l),
        filters,
        table,
        pager: if list.lines.is_empty() { Html::empty() } else { list.pager.html(l) },
        below: if list.lines.is_empty() { Html::empty() } else { parts::exports(list.xlsx, list.csv, l) },
    }
}

pub(super) fn detail(viewer: &Viewer, product: &Product, history: &[Past], today: NaiveDate, l: Locale) -> DetailPage {
    let m = t(l);
    let base = format!("/products/{}", product.number);
    let may_edit = actions::may_edit(viewer, product.provider);
    let modes = product.modes.as_deref().map(|modes| said::value("modes", modes, l));
    let facts = components::kv(&[
        (
            m.registers_provider(),
            components::link(&format!("/providers/{}", product.provider_number), &product.provider_name),
        ),
        (m.registers_category(), Html::text(&said::category(&product.category, l))),
        (m.registers_fee(), parts::known(product.fee.as_deref().map(|f| list_name("fee", f, l)), l)),
        (m.registers_price(), parts::known(product.price.as_deref(), l)),
        (m.registers_modes(), parts::known(modes, l)),
        (m.registers_days(), parts::known(product.days.map(|d| m.products_working_days(d)), l)),
    ]);
    let mut shown = vec![Part::new("facts", m.registers_facts(), facts)];
    if let Some(description) = &product.description {
        shown.push(Part::new("description", m.registers_description(), components::paragraphs(description)));
    }
    if may_edit {
        let is_listed = product.state == State::Listed.code();
        let (verb, note, to, style) = if is_listed {
            (m.products_do_withdraw(), m.products_do_withdraw_note(), State::Withdrawn, Style::Bad)
        } else {
            (m.products_do_list(), m.products_do_list_note(), State::Listed, Style::Second)
        };
        let line = ActionLine::post(&verb, &format!("{base}/state"))
            .hidden("version", &product.version.to_string())
            .hidden("to", to.code())
            .style(style)
            .note(note)
            .under(huiqi_kernel::rule::art(5));
        shown.push(Part::new("do", m.registers_actions(), components::actions(&[line], l)));
    }
    shown.push(
        Part::new("history", m.registers_history(), parts::history(history, today, l))
            .beside(m.registers_history_order()),
    );
    let end = if may_edit {
        components::link_button(&format!("{base}/edit"), &m.registers_edit(), Style::Second, Some("edit"))
    } else {
        Html::empty()
    };
    DetailPage {
        crumbs: components::crumbs(
            &[("/products".to_owned(), m.products_title())],
            Some(components::reference(&product.number)),
            l,
        ),
        head: components::page_head(&product.name, status(&product.state, l), end),
        above: Html::empty(),
        parts: shown,
        aside_label: m.registers_about(),
        aside: components::kv_stack(&[
            (m.registers_number(), components::reference(&product.number)),
            (m.registers_state(), status(&product.state, l)),
            (m.registers_updated(), dates::moment(product.updated_at, today, l)),
        ]),
    }
}

fn form_fields(form: &Form, l: Locale) -> Vec<Html> {
    let m = t(l);
    let text = |name: &str, label: String| parts::field(Field::text(name, label), name, form, l);
    vec![
        text("name", m.registers_name()).html(l),
        parts::field(Field::select("category", m.registers_category()), "category", form, l)
            .option("", m.registers_choose())
            .options(parts::categories(l))
            .width("w-mid")
            .html(l),
        parts::field(Field::area("description", m.registers_description()), "description", form, l)
            .optional()
            .hint(m.products_description_hint())
            .max(2000)
            .rows(5)
            .html(l),
        list_values("fee", l)
            .into_iter()
            .fold(Field::radios("fee", m.registers_fee()).optional().in_row(), |field, (code, name)| {
                field.option(code, name)
            })
            .value(form.value("fee"))
            .error(form.error("fee", l))
            .html(l),
        text("price", m.registers_price()).optional().hint(m.products_price_hint()).html(l),
        Field::checks("modes", m.registers_modes())
            .optional()
            .in_row()
            .options(list_values("mode", l))
            .values(form.all("modes"))
            .error(form.error("modes", l))
            .html(l),
        parts::field(Field::number("days", m.registers_days()), "days", form, l).optional().width("w-short").html(l),
    ]
}

/// The form of a new product. `provider` is the one it belongs to; `None` asks for the number.
pub(super) fn new(form: &Form, provider: Option<(&str, &str)>, l: Locale) -> FormPage {
    let m = t(l);
    let mut fields = match provider {
        Some((number, name)) => {
            vec![components::hidden("provider", number), Html(format!("<p>{}</p>", Html::text(&m.products_of(name))))]
        }
        None => vec![
            parts::field(Field::text("provider", m.products_provider_number()), "provider", form, l)
                .hint(m.products_provider_hint())
                .width("w-code")
                .html(l),
        ],
    };
    fields.extend(form_fields(form, l));
    let back = provider.map_or_else(|| "/products".to_owned(), |(number, _)| format!("/providers/{number}"));
    FormPage::new(m.products_new(), "/products/new", m.products_new_submit(), form, l)
        .back(&back, provider.map_or(m.products_title().as_str(), |(_, name)| name), l)
        .fields(fields)
}

/// The product as a form begins with it.
pub(super) fn filled(product: &Product) -> Form {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let mut values = vec![
        ("version", product.version.to_string()),
        ("name", product.name.clone()),
        ("category", product.category.clone()),
        ("description", text(&product.description)),
        ("fee", text(&product.fee)),
        ("price", text(&product.price)),
        ("days", product.days.map(|d| d.to_string()).unwrap_or_default()),
    ];
    values.extend(product.modes().into_iter().map(|m| ("modes", m)));
    Form::with(values)
}

pub(super) fn edit(product: &Product, form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    let base = format!("/products/{}", product.number);
    let mut fields = vec![components::hidden("version", form.value("version"))];
    fields.extend(form_fields(form, l));
    FormPage::new(m.products_edit(&product.name), format!("{base}/edit"), m.registers_save(), form, l)
        .back(&base, &product.name, l)
        .lede(&m.registers_edit_lede())
        .fields(fields)
}
