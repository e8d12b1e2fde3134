//! The person's list of notices, and the administrator's outbox.

use chrono::NaiveDate;
use huiqi_kernel::locale::Locale;
use huiqi_web::components::{self, Col, Pager, Style, Table, Tone};
use huiqi_web::layout::FlashKind;
use huiqi_web::{Html, dates};

use super::mailer::filled;
use super::queries::{Line, Mail};
use crate::gateway;
use crate::pages::ListPage;
use crate::people::rules::mask_mail;
use crate::t;

pub(super) fn list(
    lines: &[Line],
    pager: &Pager,
    only_unread: bool,
    unread: u64,
    today: NaiveDate,
    l: Locale,
) -> ListPage {
    let m = t(l);
    let end = if unread > 0 {
        Html(format!(
            "<form method=\"post\" action=\"/notices/read\">{}</form>",
            components::button(&m.notice_read_all(), Style::Second)
        ))
    } else {
        Html::empty()
    };
    let table = if lines.is_empty() {
        components::empty(if only_unread { m.notice_none_unread() } else { m.notice_none() })
    } else {
        let mut table = Table::new(&m.notice_list_title())
            .cards()
            .list()
            .col(Col::text(&m.notice_text()).class("what"))
            .col(Col::nowrap(&m.notice_about()))
            .col(Col::nowrap(&m.notice_at()))
            .col(Col::nowrap(&m.notice_state()));
        for line in lines {
            let new = line.read_at.is_none();
            table.push(
                if new { "is-new" } else { "" },
                [
                    components::link(&format!("/notices/{}", line.number), line.text(l)),
                    components::reference(&line.subject_number),
                    dates::moment(line.at, today, l),
                    if new {
                        components::status(Tone::Run, "bell", m.notice_new())
                    } else {
                        components::status(Tone::Idle, "done", m.notice_read())
                    },
                ],
            );
        }
        table.html()
    };
    ListPage {
        head: components::page_head(&m.notice_list_title(), Html::empty(), end),
        above: components::tabs(
            &m.notice_tabs(),
            &[
                ("/notices".to_owned(), m.notice_tab_all(), None, !only_unread),
                ("/notices?unread=yes".to_owned(), m.notice_tab_unread(), Some(unread), only_unread),
            ],
        ),
        table,
        pager: if lines.is_empty() { Html::empty() } else { pager.html(l) },
        ..ListPage::default()
    }
}

pub(super) fn outbox(
    mails: &[Mail],
    pager: &Pager,
    configured: bool,
    demo: bool,
    today: NaiveDate,
    l: Locale,
) -> ListPage {
    let m = t(l);
    let table = if mails.is_empty() {
        components::empty(m.notice_outbox_none())
    } else {
        let mut table = Table::new(&m.notice_outbox_title())
            .cards()
            .row_head(1)
            .col(Col::nowrap(&m.notice_at()))
            .col(Col::text(&m.notice_to()))
            .col(Col::text(&m.notice_text()).class("what"))
            .col(Col::nowrap(&m.notice_state()))
            .col(Col::num(&m.notice_tries()));
        for mail in mails {
            let secret = match &mail.secret {
                Some(secret) if demo => secret.clone(),
                _ => "••••••••".to_owned(),
            };
            let address = mail.email.as_deref().unwrap_or_default();
            let state = if mail.mail_state == super::MailState::Failed.code() {
                let words = mail
                    .mail_error
                    .as_deref()
                    .map_or_else(|| m.notice_mail_failed(), |e| m.notice_mail_failed_as(said(e, l)));
                components::status(Tone::Bad, "stop", words)
            } else if let Some(error) = &mail.mail_error {
                components::status(Tone::Warn, "clock", m.notice_mail_again(error))
            } else {
                components::status(Tone::Idle, "mail", m.notice_mail_waiting())
            };
            table.push(
                "",
                [
                    dates::moment(mail.at, today, l),
                    Html::text(&if demo { address.to_owned() } else { mask_mail(address) }),
                    Html::text(&filled(mail.text(), &secret)),
                    state,
                    Html::text(&dates::number(mail.mail_tries)),
                ],
            );
        }
        table.html()
    };
    let about = if configured {
        Html::empty()
    } else {
        components::notice(
            FlashKind::Warn,
            Some(&m.notice_outbox_no_server()),
            &Html::text(&m.notice_outbox_no_server_next()),
        )
    };
    ListPage {
        head: components::page_head(
            &m.notice_outbox_title(),
            Html::text(&if demo { m.notice_outbox_demo() } else { m.notice_outbox_masked() }),
            Html::empty(),
        ),
        above: outbox_tabs(false, l).and(&about),
        table,
        pager: if mails.is_empty() { Html::empty() } else { pager.html(l) },
        ..ListPage::default()
    }
}

fn outbox_tabs(phones: bool, l: Locale) -> Html {
    let m = t(l);
    components::tabs(
        &m.notice_outbox_tabs(),
        &[
            ("/admin/outbox".to_owned(), m.notice_outbox_mail(), None, !phones),
            ("/admin/outbox?to=phone".to_owned(), m.notice_outbox_phone(), None, phones),
        ],
    )
}

/// What the jobs write where they gave a message up.
const TOO_OLD: &str = "too old";

/// What went wrong with a message, in words where the program itself says it.
fn said(error: &str, l: Locale) -> String {
    if error == TOO_OLD { t(l).notice_too_old() } else { error.to_owned() }
}

/// How far a message to a phone is, in a list.
pub(super) fn phone_state(line: &gateway::Line, today: NaiveDate, l: Locale) -> Html {
    let m = t(l);
    let error = line.error.as_deref();
    if line.state == gateway::State::Failed.code() {
        let words = error.map_or_else(|| m.notice_mail_failed(), |e| m.notice_mail_failed_as(said(e, l)));
        components::status(Tone::Bad, "stop", words)
    } else if line.calling {
        components::status(Tone::Warn, "clock", m.notice_phone_calling())
    } else if let Some(error) = error {
        let until = Html::raw("<br>").and(&dates::moment(line.next_at, today, l));
        components::status(Tone::Warn, "clock", m.notice_mail_again(error)).and(&until)
    } else {
        components::status(Tone::Idle, "phone", m.notice_mail_waiting())
    }
}

pub(super) fn phones(
    lines: &[(gateway::Line, String)],
    pager: &Pager,
    is_set: bool,
    demo: bool,
    today: NaiveDate,
    l: Locale,
) -> ListPage {
    let m = t(l);
    let table = if lines.is_empty() {
        components::empty(m.notice_phone_none())
    } else {
        let mut table = Table::new(&m.notice_outbox_title())
            .cards()
            .row_head(1)
            .col(Col::nowrap(&m.notice_at()))
            .col(Col::text(&m.notice_to()))
            .col(Col::text(&m.notice_text()).class("what"))
            .col(Col::nowrap(&m.notice_state()))
            .col(Col::num(&m.notice_tries()));
        for (line, words) in lines {
            let phone = if demo { line.phone.clone() } else { crate::people::rules::mask_phone(&line.phone) };
            let text = Html::text(words);
            let copy = if demo && line.has_secret() { components::copy_button(words, l) } else { Html::empty() };
            table.push(
                "",
                [
                    dates::moment(line.at, today, l),
                    Html::text(&phone),
                    text.and(&copy),
                    phone_state(line, today, l),
                    Html::text(&dates::number(line.tries)),
                ],
            );
        }
        table.html()
    };
    let about = if is_set {
        Html::empty()
    } else {
        components::notice(
            FlashKind::Warn,
            Some(&m.notice_phone_no_provider()),
            &Html::text(&m.notice_phone_no_provider_next()),
        )
    };
    ListPage {
        head: components::page_head(
            &m.notice_outbox_title(),
            Html::text(&if demo { m.notice_outbox_demo() } else { m.notice_outbox_masked() }),
            Html::empty(),
        ),
        above: outbox_tabs(true, l).and(&about),
        table,
        pager: if lines.is_empty() { Html::empty() } else { pager.html(l) },
        ..ListPage::default()
    }
}
