//! Pages of enterprises.

use chrono::NaiveDate;
use huiqi_kernel::industry;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::size::SizeClass;
use huiqi_web::components::{self, Col, Field, FilterBar, Pager, Style, Table, Tone};
use huiqi_web::layout::FlashKind;
use huiqi_web::{Form, Html, dates};

use super::queries::{Filter, Line, Record, Similar};
use super::size_verdict;
use crate::changes::{Past, Source};
use crate::parts::{self, Alike, DetailPage, FormPage, ListPage, Part, Sorting, shown};
use crate::scope::CALLERS;
use crate::{said, t};

fn verified(yes: bool, l: Locale) -> Html {
    let m = t(l);
    if yes {
        components::status(Tone::Good, "done", m.enterprises_verified_yes())
    } else {
        components::status(Tone::Warn, "clock", m.enterprises_verified_no())
    }
}

/// What the list needs to be shown.
pub(super) struct Listing<'a> {
    pub lines: &'a [Line],
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
    let may_edit = viewer.is(crate::EDITORS);
    let table = if list.lines.is_empty() {
        if list.filter.is_empty() {
            components::empty(m.enterprises_none()).and(&if may_edit {
                Html(format!(
                    "<p>{}</p>",
                    components::link_button("/imports", &m.imports_title(), Style::Second, Some("in"))
                ))
            } else {
                Html::empty()
            })
        } else {
            components::empty(m.enterprises_none_match())
        }
    } else {
        let sorting = Sorting::new(list.base, list.newest_first);
        let mut table = Table::new(&m.enterprises_title())
            .cards()
            .col(sorting.name(Col::text(&m.registers_name()).class("what")))
            .col(Col::nowrap(&m.registers_district()))
            .col(Col::nowrap(&m.registers_size()))
            .col(Col::nowrap(&m.registers_verified()))
            .col(sorting.change(Col::nowrap(&m.registers_updated())));
        for line in list.lines {
            table.push(
                "",
                [
                    components::link(
                        &format!("/enterprises/{}", line.number),
                        shown(&line.name, line.name_en.as_deref(), l),
                    )
                    .and(&parts::under(&[&line.number, line.code.as_deref().unwrap_or_default()])),
                    parts::known(line.district.as_deref().map(|d| said::district(d, l)), l),
                    Html::text(SizeClass::from_code(&line.size).unwrap_or(SizeClass::Undetermined).label(l)),
                    if line.verified { components::quiet(m.enterprises_verified_yes()) } else { verified(false, l) },
                    dates::moment(line.updated_at, today, l),
                ],
            );
        }
        table.html()
    };
    let sections = industry::sections().iter().map(|s| (s.code().to_string(), format!("{} {}", s.code(), s.name(l))));
    let sizes = SizeClass::ALL.iter().map(|s| (s.code().to_owned(), s.label(l).to_owned()));
    let mut bar = FilterBar::new("/enterprises");
    if list.newest_first {
        bar = bar.hidden("sort", "updated");
    }
    let filters = bar
        .select(
            "district",
            &m.registers_district(),
            parts::with_all(m.registers_all_districts(), parts::districts(l)),
            &list.filter.district,
        )
        .select("size", &m.registers_size(), parts::with_all(m.registers_all_sizes(), sizes), &list.filter.size)
        .select(
            "section",
            &m.registers_section(),
            parts::with_all(m.registers_all_sections(), sections),
            &list.filter.section,
        )
        .select(
            "verified",
            &m.registers_verified(),
            [
                (String::new(), m.registers_all()),
                ("yes".to_owned(), m.enterprises_verified_yes()),
                ("no".to_owned(), m.enterprises_verified_no()),
            ],
            &list.filter.verified,
        )
        .search("q", &m.enterprises_search(), &list.filter.words)
        .html(l);
    let end = if may_edit {
        components::link_button("/enterprises/new", &m.enterprises_new(), Style::Solid, Some("plus"))
    } else {
        Html::empty()
    };
    ListPage {
        head: components::page_head(
            &m.enterprises_title(),
            Html::text(&m.enterprises_total(dates::number(list.total))),
            end,
        ),
        tabs: parts::tabs(viewer, "/enterprises", l),
        filters,
        table,
        pager: if list.lines.is_empty() { Html::empty() } else { list.pager.html(l) },
        below: if list.lines.is_empty() { Html::empty() } else { parts::exports(list.xlsx, list.csv, l) },
    }
}

/// Facts of a firm as names and values; the phone is given ready.
fn facts(record: &Record, phone: Html, l: Locale) -> Html {
    let m = t(l);
    let mut rows = vec![
        (m.registers_code_short(), parts::code(record.code.as_deref(), l)),
        (m.registers_district(), parts::known(record.district.as_deref().map(|d| said::district(d, l)), l)),
        (m.registers_industry(), parts::known(record.industry.as_deref().map(|i| said::industry(i, l)), l)),
        (m.registers_staff(), parts::known(record.staff.map(|n| m.registers_people(n, dates::number(n))), l)),
        (m.registers_revenue(), parts::known(record.revenue.map(|n| said::wan(n, l)), l)),
        (m.registers_assets(), parts::known(record.assets.map(|n| said::wan(n, l)), l)),
        (m.registers_founded(), parts::day(record.founded.as_deref(), l)),
        (m.registers_legal(), parts::known(record.legal_representative.as_deref(), l)),
        (m.registers_contact(), parts::known(record.contact.as_deref(), l)),
        (m.registers_phone(), phone),
        (m.registers_address(), parts::known(record.address.as_deref(), l)),
    ];
    let former = record.former();
    if !former.is_empty() {
        rows.push((m.registers_former(), Html::text(&former.join(&m.registers_comma()))));
    }
    components::kv(&rows)
}

fn size_part(record: &Record, l: Locale) -> Part {
    let m = t(l);
    let verdict = size_verdict(record.industry.as_deref(), record.staff, record.revenue, record.assets);
    let reasons: String =
        said::size_reasons(verdict.as_ref(), l).iter().map(|r| format!("<li>{}</li>", Html::text(r))).collect();
    let body = Html(format!(
        "<p><b>{}</b></p>{}",
        Html::text(record.size().label(l)),
        components::folded(
            m.enterprises_size_how(),
            &Html(format!(
                "<ul>{reasons}</ul><p class=\"quiet\">{}</p>",
                Html::fill(
                    &m.enterprises_size_basis("{0}"),
                    &[components::in_language(huiqi_kernel::size::document(), Locale::Zh, l)]
                )
            ))
        )
    ));
    Part::new("size", m.registers_size(), body).beside(m.enterprises_size_computed())
}

/// Everything a record's page shows.
pub(super) struct Shown<'a> {
    pub record: &'a Record,
    pub history: &'a [Past],
    pub similar: &'a [Similar],
    pub phone: bool,
}

pub(super) fn detail(viewer: &Viewer, page: &Shown<'_>, today: NaiveDate, l: Locale) -> DetailPage {
    let m = t(l);
    let record = page.record;
    let base = format!("/enterprises/{}", record.number);
    let reveal = viewer.is(CALLERS).then(|| format!("{base}/phone"));
    let phone = parts::phone(record.phone.as_deref(), page.phone, reveal.as_deref(), l);
    let mut aside = components::kv_stack(&[
        (m.registers_number(), components::reference(&record.number)),
        (m.registers_verified(), verified(record.verified, l)),
        (m.registers_source(), Html::text(&Source::from_code(&record.source).map_or_else(String::new, |s| s.label(l)))),
        (m.registers_entered(), dates::moment(record.created_at, today, l)),
        (m.registers_updated(), dates::moment(record.updated_at, today, l)),
    ]);
    if !page.similar.is_empty() {
        let items: String = page
            .similar
            .iter()
            .map(|s| {
                format!(
                    "<li>{} <span class=\"quiet\">{}</span></li>",
                    components::link(&format!("/enterprises/{}", s.number), &s.name),
                    parts::code(s.code.as_deref(), l)
                )
            })
            .collect();
        aside = aside.and(&Html(format!(
            "<h2 class=\"aside-title\">{}</h2><p class=\"small\">{}</p><ul class=\"small\">{items}</ul>",
            Html::text(&m.registers_alike()),
            Html::text(&m.enterprises_alike_hint())
        )));
    }
    let end = if viewer.is(crate::EDITORS) {
        components::link_button(&format!("{base}/edit"), &m.registers_edit(), Style::Second, Some("edit"))
    } else {
        Html::empty()
    };
    let above = if record.verified {
        Html::empty()
    } else if record.source == Source::Passing.code() {
        let mut note = Html::raw("<p>").say(&m.enterprises_passing_note()).and(&Html::raw("</p>"));
        if viewer.is(crate::EDITORS) {
            note = note
                .and(&Html::raw(format!("<form method=\"post\" action=\"{base}/vouch\">")))
                .and(&components::hidden("version", &record.version.to_string()))
                .and(&components::button(&m.enterprises_vouch(), Style::Second))
                .and(&Html::raw("</form>"));
        }
        components::notice(FlashKind::Warn, None, &note)
    } else {
        components::notice(FlashKind::Warn, None, &Html::text(&m.enterprises_unverified_note()))
    };
    DetailPage {
        crumbs: components::crumbs(
            &[("/enterprises".to_owned(), m.enterprises_title())],
            Some(components::reference(&record.number)),
            l,
        ),
        head: components::page_head(
            shown(&record.name, record.name_en.as_deref(), l),
            Html::text(record.size().label(l)),
            end,
        ),
        above,
        parts: vec![
            Part::new("facts", m.registers_facts(), facts(record, phone, l)),
            size_part(record, l),
            Part::new("history", m.registers_history(), parts::history(page.history, today, l))
                .beside(m.registers_history_order()),
        ],
        aside_label: m.registers_about(),
        aside,
    }
}

/// The fields of a record. `phone_hint` says what is stored where the field is shown empty.
pub(crate) fn form_fields(form: &Form, phone_hint: Option<String>, l: Locale) -> Vec<Html> {
    let m = t(l);
    let text = |name: &str, label: String| parts::field(Field::text(name, label), name, form, l);
    let mut phone =
        parts::field(Field::tel("phone", m.registers_phone()), "phone", form, l).optional().width("w-phone");
    phone = phone.hint(phone_hint.unwrap_or_else(|| m.registers_phone_hint()));
    vec![
        text("name", m.registers_name()).hint(m.registers_name_hint()).html(l),
        parts::field(Field::select("district", m.registers_district()), "district", form, l)
            .optional()
            .options(parts::with_all(m.registers_unknown(), parts::districts(l)))
            .width("w-mid")
            .html(l),
        text("industry", m.registers_industry()).optional().hint(m.registers_industry_hint()).width("w-short").html(l),
        parts::field(Field::number("staff", m.registers_staff()), "staff", form, l)
            .optional()
            .hint(m.registers_staff_hint())
            .width("w-short")
            .html(l),
        text("revenue", m.registers_revenue_wan()).optional().inputmode("decimal").width("w-short").html(l),
        text("assets", m.registers_assets_wan()).optional().inputmode("decimal").width("w-short").html(l),
        parts::field(Field::date("founded", m.registers_founded()), "founded", form, l)
            .optional()
            .width("w-date")
            .html(l),
        text("legal_representative", m.registers_legal()).optional().width("w-mid").html(l),
        text("contact", m.registers_contact()).optional().width("w-mid").html(l),
        phone.html(l),
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
                href: format!("/enterprises/{}", s.number),
                name: s.name.clone(),
                code: s.code.clone(),
                district: s.district.clone(),
            })
            .collect();
        fields.push(parts::alike(&others, &m.enterprises_another(), form, l));
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
    FormPage::new(m.enterprises_new(), "/enterprises/new", m.enterprises_new_submit(), form, l)
        .back("/enterprises", &m.enterprises_title(), l)
        .lede(&m.enterprises_new_lede())
        .fields(fields)
}

/// The record as a form begins with it; the phone stays empty unless `with_phone`.
pub(super) fn filled(record: &Record, with_phone: bool) -> Form {
    let text = |v: &Option<String>| v.clone().unwrap_or_default();
    let wan = |v: Option<i64>| v.map(said::wan_plain).unwrap_or_default();
    Form::with([
        ("version", record.version.to_string()),
        ("name", record.name.clone()),
        ("district", text(&record.district)),
        ("industry", text(&record.industry)),
        ("staff", record.staff.map(|n| n.to_string()).unwrap_or_default()),
        ("revenue", wan(record.revenue)),
        ("assets", wan(record.assets)),
        ("founded", text(&record.founded)),
        ("legal_representative", text(&record.legal_representative)),
        ("contact", text(&record.contact)),
        ("phone", if with_phone { text(&record.phone) } else { String::new() }),
        ("address", text(&record.address)),
    ])
}

/// The form that changes a record; `own` where the firm does it itself.
pub(super) fn edit(record: &Record, form: &Form, own: bool, l: Locale) -> FormPage {
    let m = t(l);
    let (action, back) = if own {
        ("/my/enterprise/edit".to_owned(), "/my/enterprise".to_owned())
    } else {
        let base = format!("/enterprises/{}", record.number);
        (format!("{base}/edit"), base)
    };
    let hint = match &record.phone {
        Some(phone) if !own => Some(m.registers_phone_kept(huiqi_kernel::text::mask_phone(phone))),
        _ => None,
    };
    let mut fields = vec![components::hidden("version", form.value("version"))];
    fields.extend(form_fields(form, hint, l));
    let lede = if own { m.enterprises_own_lede() } else { m.registers_edit_lede() };
    FormPage::new(m.enterprises_edit(&record.name), action, m.registers_save(), form, l)
        .back(&back, &record.name, l)
        .lede(&lede)
        .fields(fields)
}

/// The firm's own page. `record` is `None` while the person's link to the firm is not checked.
pub(super) fn own(
    name: &str,
    code: Option<&str>,
    record: Option<&Record>,
    may_edit: bool,
    history: &[Past],
    today: NaiveDate,
    l: Locale,
) -> DetailPage {
    let m = t(l);
    let mut page = DetailPage {
        head: components::page_head(
            name,
            Html::empty(),
            if may_edit {
                components::link_button("/my/enterprise/edit", &m.registers_edit(), Style::Second, Some("edit"))
            } else {
                Html::empty()
            },
        ),
        aside_label: m.registers_about(),
        ..DetailPage::default()
    };
    match record {
        None => {
            page.above = components::notice(
                FlashKind::Warn,
                Some(&m.enterprises_waiting()),
                &Html::text(&m.enterprises_waiting_what()),
            );
            page.parts = vec![Part::new(
                "facts",
                m.registers_facts(),
                components::kv(&[
                    (m.registers_name(), Html::text(name)),
                    (m.registers_code_short(), parts::code(code, l)),
                ]),
            )];
        }
        Some(record) => {
            let phone = parts::known(record.phone.as_deref(), l);
            page.parts = vec![
                Part::new("facts", m.registers_facts(), facts(record, phone, l)),
                size_part(record, l),
                Part::new("history", m.registers_history(), parts::history(history, today, l))
                    .beside(m.registers_history_order()),
            ];
            page.aside = components::kv_stack(&[
                (m.registers_number(), components::reference(&record.number)),
                (m.registers_updated(), dates::moment(record.updated_at, today, l)),
            ]);
        }
    }
    page
}
