//! Pages of providers.

use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_web::components::{self, ActionLine, Col, Field, FilterBar, Pager, Style, Table, Tone};
use huiqi_web::{Form, Html, dates};

use super::queries::{Filter, Record, Similar};
use super::{State, actions};
use crate::changes::{Past, Source};
use crate::imports::{list_name, list_values};
use crate::parts::{self, Alike, DetailPage, FormPage, ListPage, Part, Sorting, shown};
use crate::products::Product;
use crate::scope::CALLERS;
use crate::{said, t};

pub(super) fn status(state: State, l: Locale) -> Html {
    let (tone, icon) = match state {
        State::Draft => (Tone::Idle, "edit"),
        State::Submitted => (Tone::Run, "clock"),
        State::Admitted => (Tone::Good, "done"),
        State::Refused => (Tone::Bad, "no"),
        State::Suspended => (Tone::Warn, "pause"),
        State::Removed => (Tone::Idle, "no"),
    };
    components::status(tone, icon, state.label(l))
}

/// What the list needs to be shown.
pub(super) struct Listing<'a> {
    pub lines: &'a [Record],
    pub pager: &'a Pager,
    pub filter: &'a Filter,
    pub total: i64,
    pub base: &'a str,
    pub newest_first: bool,
    pub xlsx: &'a str,
    pub csv: &'a str,
}

pub(super) fn list(viewer: &Viewer, list: &Listing<'_>, today: NaiveDate, l: Locale) -> ListPage {
    let m = t(l);
    let table = if list.lines.is_empty() {
        components::empty(if list.filter.is_empty() { m.providers_none() } else { m.providers_none_match() })
    } else {
        let sorting = Sorting::new(list.base, list.newest_first);
        let mut table = Table::new(&m.providers_title())
            .cards()
            .col(sorting.name(Col::text(&m.registers_name()).class("what")))
            .col(Col::text(&m.registers_categories()))
            .col(Col::nowrap(&m.registers_district()))
            .col(Col::nowrap(&m.registers_state()))
            .col(sorting.change(Col::nowrap(&m.registers_updated())));
        for line in list.lines {
            table.push(
                "",
                [
                    components::link(
                        &format!("/providers/{}", line.number),
                        shown(&line.name, line.name_en.as_deref(), l),
                    )
                    .and(&parts::under(&[&line.number])),
                    Html::text(&said::categories(&line.categories, l)),
                    parts::known(line.district.as_deref().map(|d| said::district(d, l)), l),
                    status(line.state(), l),
                    dates::moment(line.updated_at, today, l),
                ],
            );
        }
        table.html()
    };
    let states = State::ALL.iter().map(|s| (s.code().to_owned(), s.label(l)));
    let mut bar = FilterBar::new("/providers");
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
        .select(
            "district",
            &m.registers_district(),
            parts::with_all(m.registers_all_districts(), parts::districts(l)),
            &list.filter.district,
        )
        .select("state", &m.registers_state(), parts::with_all(m.registers_all(), states), &list.filter.state)
        .search("q", &m.providers_search(), &list.filter.words)
        .html(l);
    let end = if viewer.is(crate::EDITORS) {
        components::link_button("/providers/new", &m.providers_new(), Style::Solid, Some("plus"))
    } else {
        Html::empty()
    };
    ListPage {
        head: components::page_head(
            &m.providers_title(),
            Html::text(&m.providers_total(dates::number(list.total))),
            end,
        ),
        tabs: parts::tabs(viewer, "/providers", l),
        filters,
        table,
        pager: if list.lines.is_empty() { Html::empty() } else { list.pager.html(l) },
        below: if list.lines.is_empty() { Html::empty() } else { parts::exports(list.xlsx, list.csv, l) },
    }
}

/// Everything a record's page shows.
pub(super) struct Shown<'a> {
    pub record: &'a Record,
    pub products: &'a [Product],
    pub history: &'a [Past],
    pub phone: bool,
}

fn state_actions(record: &Record, form: &Form, l: Locale) -> Html {
    let m = t(l);
    let mut lines: Vec<ActionLine> = Vec::new();
    for to in actions::next(record.state()) {
        let (verb, note) = match to {
            State::Draft => continue,
            State::Submitted => (m.providers_do_submit(), m.providers_do_submit_note()),
            State::Admitted => (m.providers_do_admit(), m.providers_do_admit_note()),
            State::Refused => (m.providers_do_refuse(), m.providers_do_refuse_note()),
            State::Suspended => (m.providers_do_suspend(), m.providers_do_suspend_note()),
            State::Removed => (m.providers_do_remove(), m.providers_do_remove_note()),
        };
        let ground = Field::area("ground", m.registers_ground())
            .id(&format!("ground-{}", to.code()))
            .hint(m.providers_ground_hint())
            .value(if form.value("to") == to.code() { form.value("ground") } else { "" })
            .error(if form.value("to") == to.code() { form.error("ground", l) } else { None })
            .max(500)
            .html(l);
        lines.push(
            ActionLine::form(to.code(), &verb, &format!("/providers/{}/state", record.number), ground, &verb)
                .hidden("version", &record.version.to_string())
                .hidden("to", to.code())
                .note(note)
                .under(huiqi_kernel::rule::art(5))
                .open(form.value("to") == to.code()),
        );
    }
    components::actions(&lines, l)
}

pub(super) fn detail(viewer: &Viewer, page: &Shown<'_>, form: &Form, today: NaiveDate, l: Locale) -> DetailPage {
    let m = t(l);
    let record = page.record;
    let base = format!("/providers/{}", record.number);
    let reveal = viewer.is(CALLERS).then(|| format!("{base}/phone"));
    let is_own = viewer.actor().is_some_and(|a| a.organisation == record.organisation);
    let phone = parts::phone(record.phone.as_deref(), page.phone || is_own, reveal.as_deref(), l);
    let facts = components::kv(&[
        (m.registers_code_short(), parts::code(record.code.as_deref(), l)),
        (m.registers_categories(), Html::text(&said::categories(&record.categories, l))),
        (m.registers_district(), parts::known(record.district.as_deref().map(|d| said::district(d, l)), l)),
        (m.registers_nature(), parts::known(record.nature.as_deref().map(|n| list_name("nature", n, l)), l)),
        (m.registers_contact(), parts::known(record.contact.as_deref(), l)),
        (m.registers_phone(), phone),
        (m.registers_address(), parts::known(record.address.as_deref(), l)),
    ]);
    let mut parts_shown = vec![Part::new("facts", m.registers_facts(), facts)];
    if let Some(profile) = &record.profile {
        parts_shown.push(Part::new("profile", m.registers_profile(), components::paragraphs(profile)));
    }
    let may_add = crate::products::may_edit(viewer, record.organisation);
    let mut products = if page.products.is_empty() {
        components::empty_small(m.providers_products_none())
    } else {
        let mut table = Table::new(&m.products_title())
            .cards()
            .col(Col::text(&m.registers_name()))
            .col(Col::text(&m.registers_category()))
            .col(Col::text(&m.registers_fee()));
        for product in page.products {
            table.push(
                "",
                [
                    components::link(&format!("/products/{}", product.number), &product.name)
                        .and(&parts::under(&[&product.number])),
                    Html::text(&said::category(&product.category, l)),
                    parts::known(product.fee.as_deref().map(|f| list_name("fee", f, l)), l),
                ],
            );
        }
        table.html()
    };
    if may_add {
        products = products.and(&Html(format!(
            "<p>{}</p>",
            components::link_button(
                &format!("/products/new?provider={}", record.number),
                &m.products_new(),
                Style::Second,
                Some("plus")
            )
        )));
    }
    parts_shown.push(
        Part::new("products", m.products_title(), products)
            .beside(m.providers_products_count(page.products.len() as i64)),
    );
    if viewer.is(crate::EDITORS) {
        parts_shown.push(Part::new(
            "do",
            m.registers_actions(),
            components::error_summary(&form.errors(l), l).and(&state_actions(record, form, l)),
        ));
    }
    parts_shown.push(
        Part::new("history", m.registers_history(), parts::history(page.history, today, l))
            .beside(m.registers_history_order()),
    );
    let end = if viewer.is(crate::EDITORS) {
        components::link_button(&format!("{base}/edit"), &m.registers_edit(), Style::Second, Some("edit"))
    } else {
        Html::empty()
    };
    DetailPage {
        crumbs: components::crumbs(
            &[("/providers".to_owned(), m.providers_title())],
            Some(components::reference(&record.number)),
            l,
        ),
        head: components::page_head(shown(&record.name, record.name_en.as_deref(), l), status(record.state(), l), end),
        above: Html::empty(),
        parts: parts_shown,
        aside_label: m.registers_about(),
        aside: components::kv_stack(&[
            (m.registers_number(), components::reference(&record.number)),
            (m.registers_state(), status(record.state(), l)),
            (
                m.registers_source(),
                Html::text(&Source::from_code(&record.source).map_or_else(String::new, |s| s.label(l))),
            ),
            (m.registers_entered(), dates::moment(record.created_at, today, l)),
            (m.registers_updated(), dates::moment(record.updated_at, today, l)),
        ]),
    }
}

fn form_fields(form: &Form, phone_hint: Option<String>, l: Locale) -> Vec<Html> {
    let m = t(l);
    let text = |name: &str, label: String| parts::field(Field::text(name, label), name, form, l);
    vec![
        text("name", m.registers_name()).hint(m.registers_name_hint()).html(l),
        Field::checks("categories", m.registers_categories())
            .options(parts::categories(l))
            .values(form.all("categories"))
            .error(form.error("categories", l))
            .html(l),
        parts::field(Field::select("district", m.registers_district()), "district", form, l)
            .optional()
            .options(parts::with_all(m.registers_unknown(), parts::districts(l)))
            .width("w-mid")
            .html(l),
        parts::field(Field::select("nature", m.registers_nature()), "nature", form, l)
            .optional()
            .option("", m.registers_unknown())
            .options(list_values("nature", l))
            .width("w-mid")
            .html(l),
        parts::field(Field::area("profile", m.registers_profile()), "profile", form, l)
            .optional()
            .max(2000)
            .rows(5)
            .html(l),
        text("contact", m.registers_contact()).optional().width("w-mid").html(l),
        parts::field(Field::tel("phone", m.registers_phone()), "phone", form, l)
            .optional()
            .hint(phone_hint.unwrap_or_else(|| m.registers_phone_hint()))
            .width("w-phone")
            .html(l),
        text("address", m.registers_address()).optional().html(l),
    ]
}

pub(super) fn new(form: &Form, similar: &[Similar], l: Locale) -> FormPage {
    let m = t(l);
    let mut fields = Vec::new();
    if !similar.is_empty() {
        let others: Vec<Alike> = similar
            .iter()
            .map(|s| Alike {
                href: format!("/providers/{}", s.number),
                name: s.name.clone(),
                code: s.code.clone(),
                district: s.district.clone(),
            })
            .collect();
        fields.push(parts::alike(&others, &m.providers_another(), form, l));
    }
    fields.push(
        parts::field(Field::text("code", m.registers_code()), "code", form, l)
            .optional()
            .hint(m.registers_code_hint())
            .width("w-code")
            .autocomplete("off")
            .html(l),
    );
    if form.has("code_warned") || form.has("code_anyway") {
        fields.push(Field::check("code_anyway", m.registers_code_anyway()).value(form.value("code_anyway")).html(l));
    }
    fields.extend(form_fields(form, None, l));
    FormPage::new(m.providers_new(), "/providers/new", m.providers_new_submit(), form, l)
        .back("/providers", &m.providers_title(), l)
        .lede(&m.providers_new_lede())
        .fields(fields)
}

/// The record as a form begins with it; the phone stays empty.
pub(super) fn filled(record: &Record) -> Form {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let mut values = vec![
        ("version", record.version.to_string()),
        ("name", record.name.clone()),
        ("district", text(&record.district)),
        ("nature", text(&record.nature)),
        ("profile", text(&record.profile)),
        ("contact", text(&record.contact)),
        ("address", text(&record.address)),
    ];
    values.extend(record.categories.iter().map(|c| ("categories", c.clone())));
    Form::with(values)
}

pub(super) fn edit(record: &Record, form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    let base = format!("/providers/{}", record.number);
    let hint = record.phone.as_deref().map(|p| m.registers_phone_kept(huiqi_kernel::text::mask_phone(p)));
    let mut fields = vec![components::hidden("version", form.value("version"))];
    fields.extend(form_fields(form, hint, l));
    FormPage::new(m.providers_edit(&record.name), format!("{base}/edit"), m.registers_save(), form, l)
        .back(&base, &record.name, l)
        .lede(&m.registers_edit_lede())
        .fields(fields)
}
