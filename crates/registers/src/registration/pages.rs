//! Pages of registration and of the desk's check.

use chrono::NaiveDate;
use huiqi_identity::signin::credentials;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_web::components::{self, ActionLine, Col, Field, Style, Table, Tone};
use huiqi_web::layout::FlashKind;
use huiqi_web::{Form, Html, dates};

use super::State;
use super::queries::{Line, Public};
use crate::enterprises::Record;
use crate::parts::{self, DetailPage, FormPage, ListPage, Part};
use crate::{said, t};

/// Questions of the form.
pub(super) const STEPS: u32 = 4;
/// Fields that are carried from question to question.
const CARRIED: &[&str] = &["code", "code_anyway", "firm", "district", "name", "phone", "email", "login"];

/// What is asked at a step.
fn fields(step: u32, form: &Form, known: Option<&Public>, proved: Option<&str>, privacy: &str, l: Locale) -> Vec<Html> {
    let m = t(l);
    let text = |name: &str, label: String| parts::field(Field::text(name, label), name, form, l);
    match step {
        1 => {
            let mut out = vec![
                text("code", m.registration_code_question())
                    .heading()
                    .hint(m.registration_code_hint())
                    .width("w-code")
                    .autocomplete("off")
                    .attr("autocapitalize", "characters")
                    .html(l),
            ];
            if form.has("code_warned") || form.has("code_anyway") {
                out.push(
                    Field::check("code_anyway", m.registers_code_anyway()).value(form.value("code_anyway")).html(l),
                );
            }
            out
        }
        2 => match known {
            Some(firm) => {
                let mut rows = vec![(m.registers_name(), Html::text(&firm.name))];
                if let Some(district) = &firm.district {
                    rows.push((m.registers_district(), Html::text(&said::district(district, l))));
                }
                vec![
                    Html(format!(
                        "<h1>{}</h1><p>{}</p>",
                        Html::text(&m.registration_firm_known()),
                        Html::text(&m.registration_firm_known_what())
                    )),
                    components::kv_stack(&rows),
                ]
            }
            None => vec![
                text("firm", m.registration_firm_question())
                    .heading()
                    .hint(m.registration_firm_hint())
                    .autocomplete("organization")
                    .html(l),
                parts::field(Field::select("district", m.registers_district()), "district", form, l)
                    .optional()
                    .options(parts::with_all(m.registers_unknown(), parts::districts(l)))
                    .width("w-mid")
                    .html(l),
            ],
        },
        3 => vec![
            Html(format!("<h1>{}</h1>", Html::text(&m.registration_person_question()))),
            text("name", m.registration_name())
                .hint(m.registration_name_hint())
                .width("w-mid")
                .autocomplete("name")
                .html(l),
            parts::field(Field::tel("phone", m.registration_phone()), "phone", form, l)
                .value(proved.filter(|_| !form.has("phone")).unwrap_or(form.value("phone")))
                .hint(m.registration_phone_hint())
                .width("w-phone")
                .html(l),
            parts::field(Field::email("email", m.registration_email()), "email", form, l)
                .optional()
                .hint(m.registration_email_hint())
                .width("w-mid")
                .html(l),
        ],
        _ => vec![
            Html(format!("<h1>{}</h1>", Html::text(&m.registration_account_question()))),
            account(form, proved, l),
            Html(format!(
                "<details class=\"how\" open><summary>{}{}</summary><div class=\"how-body\">{}</div></details>",
                components::icon("right"),
                Html::text(&m.registration_privacy()),
                components::paragraphs(privacy)
            )),
            Field::check("consent", m.registration_consent())
                .value(form.value("consent"))
                .error(form.error("consent", l))
                .html(l),
        ],
    }
}

/// Account and password; folded away for somebody who has proved the phone and needs none.
fn account(form: &Form, proved: Option<&str>, l: Locale) -> Html {
    let m = t(l);
    let fields = credentials::fields(form, l);
    let wrong = ["login", "password", "password_again"].iter().any(|name| form.error(name, l).is_some());
    match proved {
        Some(phone) if phone == form.value("phone") => Html(format!(
            "<p>{}</p><details class=\"how\"{}><summary>{}{}</summary><div class=\"how-body\">{fields}</div></details>",
            Html::text(&m.registration_account_by_phone()),
            if wrong { " open" } else { "" },
            components::icon("right"),
            Html::text(&m.registration_account_optional()),
        )),
        _ => fields,
    }
}

/// What was answered so far, beside the question.
fn answered(step: u32, form: &Form, known: Option<&Public>, l: Locale) -> Html {
    let m = t(l);
    let mut rows = Vec::new();
    if step > 1 {
        rows.push((m.registers_code_short(), components::reference(form.value("code"))));
    }
    if step > 2 {
        let name = known.map_or_else(|| form.value("firm").to_owned(), |k| k.name.clone());
        rows.push((m.registration_firm(), Html::text(&name)));
    }
    if step > 3 {
        rows.push((m.registration_name(), Html::text(form.value("name"))));
        rows.push((m.registration_phone(), components::reference(form.value("phone"))));
    }
    if rows.is_empty() {
        return Html(format!(
            "<h2 class=\"aside-title\">{}</h2><ul class=\"small\"><li>{}</li><li>{}</li><li>{}</li></ul>",
            Html::text(&m.registration_what_for()),
            Html::text(&m.registration_what_ask()),
            Html::text(&m.registration_what_check()),
            Html::text(&m.registration_what_without())
        ));
    }
    Html(format!(
        "<h2 class=\"aside-title\">{}</h2>{}",
        Html::text(&m.registration_answered()),
        components::kv_stack(&rows)
    ))
}

/// One question of the registration.
pub(super) fn question(
    step: u32,
    form: &Form,
    known: Option<&Public>,
    proved: Option<&str>,
    privacy: &str,
    l: Locale,
) -> FormPage {
    let m = t(l);
    let mut hidden: Vec<Html> = vec![components::hidden("step", &step.to_string())];
    let asked: &[&str] = match step {
        1 => &["code", "code_anyway"],
        2 if known.is_none() => &["firm", "district"],
        2 => &[],
        3 => &["name", "phone", "email"],
        _ => &["login"],
    };
    for name in CARRIED.iter().filter(|name| !asked.contains(name)) {
        if form.has(name) {
            hidden.push(components::hidden(name, form.value(name)));
        }
    }
    hidden.extend(fields(step, form, known, proved, privacy, l));
    let submit = if step == STEPS { m.registration_submit() } else { m.registration_next() };
    let mut page = FormPage::new(String::new(), "/register", submit, form, l).fields(hidden);
    page.back = if step == 1 {
        components::back("/sign-in", &m.registration_back_sign_in(), l)
    } else {
        components::back("/register", &m.registration_again(), l)
    };
    page.above = components::step_line(step, STEPS, l);
    page.big = true;
    page.aside_label = m.registration_answered();
    page.aside = answered(step, form, known, l);
    page
}

fn status(state: State, l: Locale) -> Html {
    let (tone, icon) = match state {
        State::Pending => (Tone::Warn, "clock"),
        State::Verified => (Tone::Good, "done"),
        State::Refused => (Tone::Bad, "no"),
    };
    components::status(tone, icon, state.label(l))
}

fn role(code: &str, l: Locale) -> String {
    Role::from_code(code).map_or_else(|| code.to_owned(), |role| huiqi_identity::role_label(role, l))
}

fn table(lines: &[Line], caption: &str, today: NaiveDate, l: Locale) -> Html {
    let m = t(l);
    let mut table = Table::new(caption)
        .cards()
        .col(Col::text(&m.registration_firm()).class("what"))
        .col(Col::text(&m.registration_name()))
        .col(Col::text(&m.registration_role()))
        .col(Col::nowrap(&m.registers_state()))
        .col(Col::nowrap(&m.registers_when()));
    for line in lines {
        table.push(
            "",
            [
                components::link(&format!("/verifications/{}", line.number), &line.firm)
                    .and(&parts::under(&[&line.number])),
                Html::text(&line.name),
                Html::text(&role(&line.role, l)),
                status(line.state(), l),
                dates::moment(line.created_at, today, l),
            ],
        );
    }
    table.html()
}

pub(super) fn queue(viewer: &Viewer, pending: &[Line], decided: &[Line], today: NaiveDate, l: Locale) -> ListPage {
    let m = t(l);
    let waiting = if pending.is_empty() {
        components::empty(m.registration_queue_none())
    } else {
        table(pending, &m.registration_queue_title(), today, l)
    };
    let below = if decided.is_empty() {
        Html::empty()
    } else {
        Html(format!(
            "<section class=\"section\" aria-labelledby=\"decided\">{}{}</section>",
            components::section_head("decided", &m.registration_decided(), Html::empty(), Html::empty()),
            table(decided, &m.registration_decided(), today, l)
        ))
    };
    ListPage {
        head: components::page_head(
            &m.registration_queue_title(),
            Html::text(&m.registration_queue_count(pending.len() as i64)),
            Html::empty(),
        ),
        tabs: parts::tabs(viewer, "/verifications", l),
        table: waiting,
        below,
        ..ListPage::default()
    }
}

/// Whether what the person gave agrees with what the register holds.
fn agreements(line: &Line, record: &Record, l: Locale) -> Html {
    let m = t(l);
    let mut out = Vec::new();
    let mut say = |yes: bool, good: String, bad: String| {
        out.push(if yes {
            components::status(Tone::Good, "done", good)
        } else {
            components::status(Tone::Warn, "alert", bad)
        });
    };
    if line.was_known {
        say(
            line.phone.is_some() && line.phone == record.phone,
            m.registration_phone_agrees(),
            m.registration_phone_differs(),
        );
        let name = Some(line.name.as_str());
        say(
            record.legal_representative.as_deref() == name || record.contact.as_deref() == name,
            m.registration_name_agrees(),
            m.registration_name_differs(),
        );
    } else {
        say(false, String::new(), m.registration_firm_new());
    }
    let items: String = out.iter().map(|s| format!("<li>{s}</li>")).collect();
    Html(format!("<ul class=\"plain\">{items}</ul>"))
}

pub(super) fn detail(
    line: &Line,
    record: &Record,
    phone: bool,
    form: &Form,
    today: NaiveDate,
    l: Locale,
) -> DetailPage {
    let m = t(l);
    let base = format!("/verifications/{}", line.number);
    let reveal = format!("{base}/phone");
    let person = components::kv(&[
        (m.registration_name(), Html::text(&line.name)),
        (m.registration_role(), Html::text(&role(&line.role, l))),
        (m.registration_phone(), parts::phone(line.phone.as_deref(), phone, Some(&reveal), l)),
    ]);
    let firm = components::kv(&[
        (m.registers_name(), components::link(&format!("/enterprises/{}", line.firm_number), &line.firm)),
        (m.registers_code_short(), parts::code(line.code.as_deref(), l)),
        (m.registers_district(), parts::known(record.district.as_deref().map(|d| said::district(d, l)), l)),
        (m.registers_legal(), parts::known(record.legal_representative.as_deref(), l)),
        (m.registers_contact(), parts::known(record.contact.as_deref(), l)),
        (m.registers_phone(), parts::phone(record.phone.as_deref(), phone, None, l)),
    ]);
    let mut shown = vec![
        Part::new("person", m.registration_person(), person),
        Part::new("firm", m.registration_firm(), firm),
        Part::new("agree", m.registration_agreements(), agreements(line, record, l)),
    ];
    if line.state() == State::Pending {
        let reason = Field::area("reason", m.registration_reason())
            .hint(m.registration_reason_hint())
            .value(form.value("reason"))
            .error(form.error("reason", l))
            .max(500)
            .html(l);
        let version = line.version.to_string();
        let lines = [
            ActionLine::post(&m.registration_do_verify(), &format!("{base}/verify"))
                .hidden("version", &version)
                .style(Style::Solid)
                .note(m.registration_do_verify_note())
                .under(huiqi_kernel::rule::art(5)),
            ActionLine::form(
                "refuse",
                &m.registration_do_refuse(),
                &format!("{base}/refuse"),
                reason,
                &m.registration_do_refuse(),
            )
            .hidden("version", &version)
            .style(Style::Bad)
            .note(m.registration_do_refuse_note())
            .under(huiqi_kernel::rule::art(5))
            .open(!form.ok()),
        ];
        shown.insert(
            0,
            Part::new(
                "do",
                m.registers_actions(),
                components::error_summary(&form.errors(l), l).and(&components::actions(&lines, l)),
            ),
        );
    }
    let mut aside = vec![
        (m.registers_number(), components::reference(&line.number)),
        (m.registers_state(), status(line.state(), l)),
        (m.registers_when(), dates::moment(line.created_at, today, l)),
    ];
    if let Some(at) = line.decided_at {
        aside.push((m.registration_decided_at(), dates::moment(at, today, l)));
        aside.push((m.registers_who(), parts::known(line.decided_by.as_deref(), l)));
    }
    let above = match &line.reason {
        Some(reason) => components::notice(FlashKind::Info, None, &Html::text(&m.registration_refused_because(reason))),
        None => Html::empty(),
    };
    DetailPage {
        crumbs: components::crumbs(
            &[("/verifications".to_owned(), m.registration_queue_title())],
            Some(components::reference(&line.number)),
            l,
        ),
        head: components::page_head(&m.registration_detail(&line.firm), status(line.state(), l), Html::empty()),
        above,
        parts: shown,
        aside_label: m.registers_about(),
        aside: components::kv_stack(&aside),
    }
}
