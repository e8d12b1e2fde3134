//! Pages of people.

use std::collections::HashMap;

use chrono::NaiveDate;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Actor, Capacity, Role};
use huiqi_web::components::{self, ActionLine, Col, Field, FilterBar, Pager, Style, Table, Tone};
use huiqi_web::{Form, Html, dates};

use super::queries::{Filter, MembershipLine, Person};
use super::rules::{self, mask_mail, mask_phone};
use crate::organisations::queries::{Card, WindowName};
use crate::pages::{DetailPage, FormPage, ListPage, section};
use crate::{capacity_label, role_label, t};

fn role_in(line: &MembershipLine, l: Locale) -> String {
    t(l).people_role_in(line.place(l), role_label(line.role, l))
}

/// A list of roles to choose from, grouped by capacity.
pub(super) fn role_field(roles: &[Role], form: &Form, l: Locale) -> Html {
    let m = t(l);
    let mut field = Field::select("role", m.people_role()).option("", m.people_choose());
    let mut capacity: Option<Capacity> = None;
    for role in roles {
        if capacity != Some(role.capacity()) {
            capacity = Some(role.capacity());
            field = field.group(&capacity_label(role.capacity(), l));
        }
        field = field.option(role.code(), role_label(*role, l));
    }
    field.value(form.value("role")).error(form.error("role", l)).html(l)
}

pub(super) fn territory_field(form: &Form, l: Locale) -> Html {
    let m = t(l);
    Field::select("territory", m.people_territory())
        .hint(m.people_territory_hint())
        .optional()
        .option("", m.people_territory_all())
        .options(District::all().iter().map(|d| (d.code(), d.name(l))))
        .value(form.value("territory"))
        .error(form.error("territory", l))
        .html(l)
}

pub(super) fn window_field(windows: &[(i64, WindowName)], form: &Form, l: Locale) -> Html {
    let m = t(l);
    if windows.is_empty() {
        return Html::empty();
    }
    Field::select("window", m.people_window())
        .hint(m.people_window_hint())
        .optional()
        .option("", m.people_window_none())
        .options(windows.iter().map(|(_, w)| (w.number.as_str(), w.shown(l))))
        .value(form.value("window"))
        .error(form.error("window", l))
        .html(l)
}

/// What a page of people knows besides the rows.
pub(super) struct Around<'a> {
    pub actor: &'a Actor,
    pub organisation: Option<&'a Card>,
}

pub(super) fn list(
    people: &[Person],
    memberships: &HashMap<i64, Vec<MembershipLine>>,
    pager: &Pager,
    filter: &Filter,
    around: &Around<'_>,
    l: Locale,
) -> ListPage {
    let m = t(l);
    let is_admin = around.actor.role == Role::SystemAdmin;
    let mut options = vec![(String::new(), m.people_all_roles())];
    options.extend(rules::roles_to_give(around.actor).into_iter().map(|r| (r.code().to_owned(), role_option(r, l))));
    let table = if people.is_empty() {
        components::empty(m.people_none())
    } else {
        let mut table = Table::new(&m.people_list_title())
            .cards()
            .list()
            .row_head(1)
            .col(Col::nowrap(&m.people_number()))
            .col(Col::text(&m.people_name()))
            .col(Col::text(&m.people_roles()))
            .col(Col::nowrap(&m.people_login()))
            .col(Col::nowrap(&m.people_phone_column()));
        for person in people {
            let held = memberships.get(&person.id).map(Vec::as_slice).unwrap_or_default();
            let mut name = components::link(&format!("/people/{}", person.number), person.shown(l));
            if !person.is_active() {
                name = name.and(&Html::raw(" ")).and(&components::status(Tone::Idle, "no", m.people_disabled()));
            }
            let roles = held
                .iter()
                .filter(|line| rules::manages(around.actor, line))
                .map(|line| Html::text(&role_in(line, l)).0)
                .collect::<Vec<_>>()
                .join("<br>");
            table.push(
                "",
                [
                    components::reference(&person.number),
                    name,
                    Html::raw(roles),
                    Html::text(person.login.as_deref().unwrap_or_default()),
                    Html::text(&person.phone.as_deref().map(mask_phone).unwrap_or_default()),
                ],
            );
        }
        table.html()
    };
    let number = around.organisation.map_or("", |o| o.number.as_str());
    let end = if is_admin {
        components::link_button("/organisations", &m.people_to_organisations(), Style::Second, Some("firm"))
    } else {
        Html::empty()
    }
    .and(&components::link_button(
        &crate::paging::address("/invitations", &[("organisation", number)]),
        &m.people_invitations(),
        Style::Solid,
        Some("plus"),
    ));
    ListPage {
        head: components::page_head(
            &m.people_list_title(),
            around.organisation.map_or_else(
                || {
                    if is_admin { Html::empty() } else { Html::text(around.actor.place(l)) }
                },
                |o| Html::text(o.shown(l)),
            ),
            end,
        ),
        filters: FilterBar::new("/people")
            .hidden("organisation", number)
            .select("role", &m.people_role(), options, filter.role.map_or("", Role::code))
            .search("q", &m.people_search(), &filter.words)
            .html(l),
        table,
        pager: if people.is_empty() { Html::empty() } else { pager.html(l) },
        ..ListPage::default()
    }
}

/// A role in a list without groups: capacity and role.
fn role_option(role: Role, l: Locale) -> String {
    t(l).people_role_in(capacity_label(role.capacity(), l), role_label(role, l))
}

pub(super) fn new(organisation: &Card, windows: &[(i64, WindowName)], form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    let roles: Vec<Role> =
        Role::ALL.iter().copied().filter(|r| organisation.capacities.contains(&r.capacity())).collect();
    FormPage::new(m.people_new_title(), "/people/new", m.people_new_submit(), form, l)
        .back(&format!("/organisations/{}", organisation.number), organisation.shown(l), l)
        .lede(&m.people_new_lede(organisation.shown(l)))
        .fields([
            components::hidden("organisation", &organisation.number),
            Field::text("name", m.people_name()).value(form.value("name")).error(form.error("name", l)).html(l),
            Field::text("name_en", m.people_name_en())
                .optional()
                .attr("lang", "en")
                .value(form.value("name_en"))
                .error(form.error("name_en", l))
                .html(l),
            role_field(&roles, form, l),
            window_field(windows, form, l),
            if organisation.capacities.contains(&Capacity::Department) {
                territory_field(form, l)
            } else {
                Html::empty()
            },
            Field::tel("phone", m.people_phone())
                .optional()
                .value(form.value("phone"))
                .error(form.error("phone", l))
                .html(l),
            Field::email("email", m.people_email())
                .optional()
                .value(form.value("email"))
                .error(form.error("email", l))
                .html(l),
            Field::text("login", m.people_login())
                .hint(m.people_login_hint())
                .width("w-mid")
                .autocomplete("off")
                .attr("autocapitalize", "none")
                .value(form.value("login"))
                .error(form.error("login", l))
                .html(l),
        ])
}

/// Which of the folded forms came back with errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Opened {
    #[default]
    Nothing,
    Membership,
    Code,
    Name,
}

/// A person's page.
pub(super) struct PersonPage<'a> {
    pub person: &'a Person,
    pub memberships: &'a [MembershipLine],
    pub actor: &'a Actor,
    pub form: &'a Form,
    pub opened: Opened,
    /// The phone in full, right after it was asked for.
    pub phone: Option<&'a str>,
    pub today: NaiveDate,
}

pub(super) fn detail(page: &PersonPage<'_>, l: Locale) -> DetailPage {
    let m = t(l);
    let PersonPage { person, memberships, actor, form, opened, phone, today } = page;
    let base = format!("/people/{}", person.number);
    let is_admin = actor.role == Role::SystemAdmin;
    let filled = |which: Opened| {
        if *opened == which { (*form).clone() } else { Form::default() }
    };

    let mut lines = Vec::new();
    if is_admin {
        let adding = filled(Opened::Membership);
        lines.push(
            ActionLine::form(
                "new-membership",
                &m.people_membership_new(),
                &format!("{base}/memberships"),
                Html::concat([
                    Field::text("organisation", m.people_organisation())
                        .hint(m.people_organisation_hint())
                        .width("w-mid")
                        .value(adding.value("organisation"))
                        .error(adding.error("organisation", l))
                        .html(l),
                    role_field(Role::ALL, &adding, l),
                    Field::text("window", m.people_window())
                        .hint(m.people_window_number_hint())
                        .width("w-mid")
                        .optional()
                        .value(adding.value("window"))
                        .error(adding.error("window", l))
                        .html(l),
                    territory_field(&adding, l),
                ]),
                &m.people_membership_submit(),
            )
            .note(m.people_membership_new_note())
            .open(*opened == Opened::Membership),
        );
    }
    let current: Vec<&MembershipLine> = memberships.iter().filter(|line| line.until.is_none()).collect();
    let roles: Vec<(Role, bool)> = current.iter().map(|line| (line.role, rules::manages(actor, line))).collect();
    if person.login.is_some() {
        if rules::can_be_looked_after(actor, &roles) {
            let coding = filled(Opened::Code);
            lines.push(
                ActionLine::form(
                    "new-code",
                    &m.people_code_new(),
                    &format!("{base}/code"),
                    Field::area("reason", m.people_code_reason())
                        .hint(m.people_code_reason_hint())
                        .max(200)
                        .rows(2)
                        .value(coding.value("reason"))
                        .error(coding.error("reason", l))
                        .html(l),
                    &m.people_code_submit(),
                )
                .note(m.people_code_new_note())
                .open(*opened == Opened::Code),
            );
        } else {
            lines.push(ActionLine::blocked(&m.people_code_new(), m.people_code_blocked()));
        }
    }
    let mut naming = filled(Opened::Name);
    if *opened != Opened::Name {
        naming.set("name", person.name.clone());
        naming.set("name_en", person.name_en.clone().unwrap_or_default());
    }
    lines.push(
        ActionLine::form(
            "correct-name",
            &m.people_name_correct(),
            &format!("{base}/name"),
            Html::concat([
                Field::text("name", m.people_name()).value(naming.value("name")).error(naming.error("name", l)).html(l),
                Field::text("name_en", m.people_name_en())
                    .optional()
                    .attr("lang", "en")
                    .value(naming.value("name_en"))
                    .error(naming.error("name_en", l))
                    .html(l),
            ]),
            &m.people_name_submit(),
        )
        .hidden("version", &person.version.to_string())
        .note(m.people_name_correct_note())
        .open(*opened == Opened::Name),
    );
    if is_admin && person.id != actor.person {
        let (verb, note, to, style) = if person.is_active() {
            (m.people_disable(), m.people_disable_note(), "disabled", Style::Bad)
        } else {
            (m.people_enable(), m.people_enable_note(), "active", Style::Second)
        };
        lines.push(
            ActionLine::post(&verb, &format!("{base}/state"))
                .hidden("to", to)
                .hidden("version", &person.version.to_string())
                .style(style)
                .note(note),
        );
    }

    let mut table = Table::new(&m.people_memberships())
        .cards()
        .col(Col::text(&m.people_role()))
        .col(Col::text(&m.people_place()))
        .col(Col::nowrap(&m.people_since()))
        .col(Col::nowrap(&m.people_until()));
    for line in memberships.iter().filter(|line| is_admin || rules::manages(actor, line)) {
        let mut role = Html::text(&role_label(line.role, l));
        if let Some(district) = line.territory.as_deref().and_then(District::by_code) {
            role = role.and(&Html::raw(" ")).and(&components::tag(district.name(l)));
        }
        if !line.verified && !line.role.is_staff() {
            role = role.and(&Html::raw(" ")).and(&components::status(Tone::Warn, "clock", m.people_unverified()));
        }
        let end = match line.until {
            Some(until) => dates::date(dates::day_of(until), *today, l),
            None if person.id == actor.person => components::quiet(m.people_current()),
            None => Html(format!(
                "<form method=\"post\" action=\"/memberships/{}/end\"><button class=\"button is-bad is-small\" type=\"submit\">{}<span class=\"sr\">{}</span></button></form>",
                Html::text(&line.number),
                Html::text(&m.people_membership_end()),
                Html::text(&role_in(line, l))
            )),
        };
        let place = if is_admin {
            components::link(&format!("/organisations/{}", line.org_number), line.place(l))
        } else {
            Html::text(line.place(l))
        };
        table.push("", [role, place, dates::date(dates::day_of(line.since), *today, l), end]);
    }
    let members = if table.is_empty() { components::empty_small(m.people_memberships_none()) } else { table.html() };

    let phone_shown = match (&person.phone, phone) {
        (_, Some(full)) => Html::text(full),
        (Some(masked), None) => Html(format!(
            "{} <form method=\"post\" action=\"{}/phone\"><button class=\"button is-plain is-small\" type=\"submit\">{}{}</button></form>",
            Html::text(&mask_phone(masked)),
            Html::text(&base),
            components::icon("eye"),
            Html::text(&m.people_phone_reveal())
        )),
        (None, None) => components::quiet(m.people_absent()),
    };
    let facts = vec![
        (m.people_number(), components::reference(&person.number)),
        (m.people_login(), person.login.as_deref().map_or_else(|| components::quiet(m.people_absent()), Html::text)),
        (m.people_phone(), phone_shown),
        (
            m.people_email(),
            person.email.as_deref().map_or_else(|| components::quiet(m.people_absent()), |e| Html::text(&mask_mail(e))),
        ),
        (m.people_created(), dates::date(dates::day_of(person.created_at), *today, l)),
    ];
    let state =
        if person.is_active() { Html::empty() } else { components::badge(Tone::Idle, "no", m.people_disabled()) };
    let parts = vec![
        components::error_summary(&form.errors(l), l).and(&section(
            "do",
            &m.people_actions(),
            Html::empty(),
            &components::actions(&lines, l),
        )),
        section("memberships", &m.people_memberships(), Html::empty(), &members),
    ];
    DetailPage {
        crumbs: components::crumbs(
            &[("/people".to_owned(), m.people_list_title())],
            Some(components::reference(&person.number)),
            l,
        ),
        head: components::page_head(person.shown(l), state, Html::empty()),
        parts,
        aside_label: m.people_facts(),
        aside: components::kv_stack(&facts)
            .and(&Html(format!("<p class=\"small quiet\">{}</p>", Html::text(&m.people_phone_note())))),
    }
}
