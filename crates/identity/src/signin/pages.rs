//! Pages of sign-in and of one's own account.

use askama::Template;
use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_store::Ctx;
use huiqi_web::components::{self, Col, Field, Style, Table, Tone};
use huiqi_web::{Form, Html, dates};

use super::faces::Choice;
use super::{credentials, sessions};
use crate::l10n::L10nLanguage;
use crate::pages::{DetailPage, FormPage, ListPage, section};
use crate::people::queries::{MembershipLine, Person};
use crate::{capacity_label, role_label, t};

/// The page on which one signs in; below it, in a demo, everybody one can become.
#[derive(Template)]
#[template(path = "signin/sign_in.html")]
pub(super) struct SignIn {
    m: &'static L10nLanguage,
    flash: Html,
    errors: Html,
    fields: Html,
    next: Html,
    phone: Html,
    faces: Vec<Group>,
}

/// People of one capacity.
struct Group {
    title: String,
    faces: Vec<Button>,
}

/// Somebody to become.
struct Button {
    value: String,
    role: String,
    who: String,
    note: String,
}

pub(super) fn sign_in(form: &Form, choices: &[Choice], by_phone: bool, l: Locale) -> SignIn {
    let m = t(l);
    let mut faces: Vec<Group> = Vec::new();
    let mut seen: Vec<Role> = Vec::new();
    for choice in choices {
        let title = capacity_label(choice.line.role.capacity(), l);
        // The first of a role is asked for by the role itself, so that its address is the same in every demo.
        let value = if seen.contains(&choice.line.role) {
            choice.line.number.clone()
        } else {
            seen.push(choice.line.role);
            choice.line.role.code().to_owned()
        };
        let button = Button {
            value,
            role: role_label(choice.line.role, l),
            who: m.signin_face(choice.line.place(l), &choice.name),
            note: choice.note(l).to_owned(),
        };
        match faces.iter_mut().find(|group| group.title == title) {
            Some(group) => group.faces.push(button),
            None => faces.push(Group { title, faces: vec![button] }),
        }
    }
    SignIn {
        m,
        flash: huiqi_web::layout::flash_slot(),
        errors: components::error_summary(&form.errors(l), l),
        fields: Html::concat([
            Field::text("login", m.signin_login())
                .width("w-mid")
                .autocomplete("username")
                .attr("autocapitalize", "none")
                .value(form.value("login"))
                .error(form.error("login", l))
                .html(l),
            Field::password("password", m.signin_password())
                .autocomplete("current-password")
                .error(form.error("password", l))
                .html(l),
        ]),
        next: if form.has("next") { components::hidden("next", form.value("next")) } else { Html::empty() },
        phone: if by_phone {
            let to = crate::paging::address("/sign-in/phone", &[("next", form.value("next"))]);
            Html(format!("<p>{}</p>", components::link(&to, &m.signin_phone_instead())))
        } else {
            Html::empty()
        },
        faces,
    }
}

fn my_tabs(here: &str, l: Locale) -> Html {
    let m = t(l);
    let tab = |href: &str, word: String| (href.to_owned(), word, None, href == here);
    components::tabs(
        &m.signin_me_tabs(),
        &[
            tab("/me", m.signin_me_title()),
            tab("/me/password", m.signin_password_title()),
            tab("/me/sessions", m.signin_sessions_title()),
        ],
    )
}

/// How somebody shows that it is they, before phone or mail are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// Types the password.
    Password,
    /// Has none, and has to ask for a code.
    Code,
    /// Has proved the phone just now.
    Proved,
}

pub(super) fn me(
    person: &Person,
    memberships: &[MembershipLine],
    form: &Form,
    means: Means,
    wechat: bool,
    today: NaiveDate,
    l: Locale,
) -> DetailPage {
    let m = t(l);
    let person_is_firm = memberships.iter().any(|line| !line.role.is_staff());
    let fields = Html::concat([
        Field::tel("phone", m.signin_phone())
            .optional()
            .value(form.value("phone"))
            .error(form.error("phone", l))
            .html(l),
        Field::email("email", m.signin_email())
            .hint(m.signin_email_hint())
            .optional()
            .value(form.value("email"))
            .error(form.error("email", l))
            .html(l),
        Field::radios("locale", m.signin_locale())
            .in_row()
            .option("", m.signin_locale_browser())
            .options([
                (Locale::Zh.tag(), components::in_language(&m.signin_locale_zh(), Locale::Zh, l)),
                (Locale::En.tag(), components::in_language(&m.signin_locale_en(), Locale::En, l)),
            ])
            .values([form.value("locale")])
            .error(form.error("locale", l))
            .html(l),
        match means {
            Means::Password => Field::password("password", m.signin_password_current())
                .hint(if person_is_firm { m.signin_me_password_hint_firm() } else { m.signin_me_password_hint() })
                .optional()
                .autocomplete("current-password")
                .error(form.error("password", l))
                .html(l),
            Means::Code => Html::raw("<p>")
                .and(&Html::fill(
                    &m.signin_me_code("{0}"),
                    &[components::link("/sign-in/phone?next=/me", &m.signin_me_code_link())],
                ))
                .and(&Html::raw("</p>")),
            Means::Proved => Html::raw("<p>").say(&m.signin_me_proved()).and(&Html::raw("</p>")),
        },
    ]);
    let mut roles = Table::new(&m.signin_me_roles())
        .cards()
        .col(Col::text(&m.signin_role()))
        .col(Col::text(&m.signin_place()))
        .col(Col::nowrap(&m.signin_since()));
    for line in memberships {
        let mut role = Html::text(&role_label(line.role, l));
        if !line.verified && !line.role.is_staff() {
            role = role.and(&Html::raw(" ")).and(&components::status(Tone::Warn, "clock", m.signin_unverified()));
        }
        roles.push("", [role, Html::text(line.place(l)), dates::date(dates::day_of(line.since), today, l)]);
    }
    DetailPage {
        head: components::page_head(&m.signin_me_title(), Html::text(person.shown(l)), Html::empty()).and(&my_tabs("/me", l)),
        parts: vec![
            components::error_summary(&form.errors(l), l).and(&Html(format!(
                "<form class=\"form-main\" method=\"post\" action=\"/me\" novalidate>{fields}<div class=\"button-row form-go\">{}</div></form>",
                components::button(&m.signin_me_save(), Style::Solid)
            ))),
            section("roles", &m.signin_me_roles(), Html::empty(), &roles.html()),
        ],
        aside_label: m.signin_me_facts(),
        aside: components::kv_stack(&[
            (m.signin_name(), Html::text(person.shown(l))),
            (m.signin_login(), Html::text(person.login.as_deref().unwrap_or_default())),
            (m.signin_number(), components::reference(&person.number)),
        ])
        .and(&Html(format!("<p class=\"small quiet\">{}</p>", Html::text(&m.signin_name_note()))))
        .and(&if wechat {
            Html(format!("<p>{}</p>", components::link("/me/wechat", &m.gateway_wechat_title())))
        } else {
            Html::empty()
        }),
        ..DetailPage::default()
    }
}

pub(super) fn change_password(form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    let mut page = FormPage::new(m.signin_password_title(), "/me/password", m.signin_password_save(), form, l)
        .lede(&m.signin_password_lede())
        .fields([
            Field::password("current", m.signin_password_current())
                .autocomplete("current-password")
                .error(form.error("current", l))
                .html(l),
            credentials::new_password(form, l),
        ]);
    page.back = my_tabs("/me/password", l);
    page
}

/// For somebody who signs in by phone and has no password yet.
pub(super) fn first_password(form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    let mut page = FormPage::new(m.signin_password_title(), "/me/password", m.signin_password_save(), form, l)
        .lede(&m.signin_password_first_lede())
        .fields([credentials::fields(form, l)]);
    page.back = my_tabs("/me/password", l);
    page
}

pub(super) fn my_sessions(lines: &[sessions::Line], current: &str, today: NaiveDate, l: Locale) -> ListPage {
    let m = t(l);
    let mut table = Table::new(&m.signin_sessions_title())
        .cards()
        .col(Col::text(&m.signin_device()))
        .col(Col::nowrap(&m.signin_address()))
        .col(Col::nowrap(&m.signin_begun()))
        .col(Col::nowrap(&m.signin_seen()))
        .col(Col::nowrap(&m.signin_session_end()));
    for line in lines {
        let end = if line.token_hash == current {
            components::status(Tone::Good, "done", m.signin_session_this())
        } else {
            Html(format!(
                "<form method=\"post\" action=\"/me/sessions/end\">{}<button class=\"button is-second is-small\" type=\"submit\">{}<span class=\"sr\">{}</span></button></form>",
                components::hidden("number", &line.number),
                Html::text(&m.signin_session_end()),
                Html::text(&line.number)
            ))
        };
        table.push(
            "",
            [
                Html::text(&sessions::device_words(&line.agent)),
                Html::text(&line.address),
                dates::moment(line.created_at, today, l),
                dates::moment(line.seen_at, today, l),
                end,
            ],
        );
    }
    let others = if lines.len() > 1 {
        Html(format!(
            "<form method=\"post\" action=\"/me/sessions/end\">{}{}</form>",
            components::hidden("all", "yes"),
            components::button(&m.signin_sessions_end_all(), Style::Second)
        ))
    } else {
        Html::empty()
    };
    ListPage {
        crumbs: my_tabs("/me/sessions", l),
        head: components::page_head(&m.signin_sessions_title(), Html::empty(), others),
        table: table.html(),
        below: Html(format!("<p class=\"small quiet\">{}</p>", Html::text(&m.signin_sessions_note()))),
        ..ListPage::default()
    }
}

pub(super) fn ask_reset(form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    FormPage::new(m.signin_reset_title(), "/reset", m.signin_reset_submit(), form, l)
        .back("/sign-in", &m.signin_back(), l)
        .lede(&m.signin_reset_lede())
        .fields([Field::text("login", m.signin_login())
            .width("w-mid")
            .autocomplete("username")
            .attr("autocapitalize", "none")
            .value(form.value("login"))
            .error(form.error("login", l))
            .html(l)])
        .after(Html(format!("<p>{}</p>", components::link("/reset/code", &m.signin_reset_have_code()))))
}

pub(super) fn reset(form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    FormPage::new(m.signin_reset_code_title(), "/reset/code", m.signin_password_save(), form, l)
        .back("/reset", &m.signin_reset_again(), l)
        .lede(&m.signin_reset_code_lede())
        .fields([
            Field::text("login", m.signin_login())
                .width("w-mid")
                .autocomplete("username")
                .attr("autocapitalize", "none")
                .value(form.value("login"))
                .error(form.error("login", l))
                .html(l),
            Field::text("code", m.signin_code())
                .hint(m.signin_code_hint())
                .width("w-short")
                .autocomplete("one-time-code")
                .attr("autocapitalize", "characters")
                .error(form.error("code", l))
                .html(l),
            credentials::new_password(form, l),
        ])
}

pub(super) fn desk(form: &Form, l: Locale) -> FormPage {
    let m = t(l);
    FormPage::new(m.signin_desk_title(), "/reset/desk", m.signin_desk_submit(), form, l)
        .lede(&m.signin_desk_lede())
        .fields([
            Field::text("login", m.signin_login())
                .width("w-mid")
                .autocomplete("off")
                .attr("autocapitalize", "none")
                .value(form.value("login"))
                .error(form.error("login", l))
                .html(l),
            Field::area("reason", m.signin_desk_reason())
                .hint(m.signin_desk_reason_hint())
                .max(200)
                .value(form.value("reason"))
                .error(form.error("reason", l))
                .html(l),
        ])
}

/// A one-time code, shown once to whoever issued it.
#[derive(Template)]
#[template(path = "signin/secret.html")]
pub(crate) struct Secret {
    back: Html,
    title: String,
    lede: String,
    facts: Html,
    secret: String,
    copy: Html,
    next: String,
}

/// The page that shows a one-time code. `hours` says how long it is good.
pub(crate) fn code_shown(
    ctx: &Ctx,
    name: &str,
    login: &str,
    code: &str,
    hours: i64,
    back: (&str, &str),
    l: Locale,
) -> Secret {
    let m = t(l);
    let address = format!("{}/reset/code", ctx.public_url());
    Secret {
        back: components::back(back.0, back.1, l),
        title: m.signin_code_shown_title(),
        lede: m.signin_code_shown_lede(name),
        facts: components::kv(&[
            (m.signin_login(), Html::text(login)),
            (m.signin_code_where(), Html::text(&address)),
            (m.signin_code_until(), Html::text(&m.signin_hours(hours))),
        ]),
        secret: code.to_owned(),
        copy: components::copy_button(code, l),
        next: m.signin_code_shown_next(),
    }
}

/// The page that shows the link of an invitation.
pub(crate) fn link_shown(name: &str, link: &str, days: i64, back: (&str, &str), l: Locale) -> Secret {
    let m = t(l);
    Secret {
        back: components::back(back.0, back.1, l),
        title: m.signin_link_shown_title(),
        lede: m.signin_link_shown_lede(name),
        facts: components::kv(&[(m.signin_code_until(), Html::text(&m.signin_days(days)))]),
        secret: link.to_owned(),
        copy: components::copy_button(link, l),
        next: m.signin_link_shown_next(),
    }
}

/// The box for consent, with the text folded below it.
pub(crate) fn consent_fields(ctx: &Ctx, form: &Form, l: Locale) -> Html {
    let m = t(l);
    Field::check("consent", m.signin_consent())
        .values(form.has("consent").then_some("yes"))
        .error(form.error("consent", l))
        .html(l)
        .and(&components::folded(m.signin_consent_read(), &components::paragraphs(ctx.site().text("privacy", l))))
}
