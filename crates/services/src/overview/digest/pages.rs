//! The digest as a page, as a file and as a mail.

use axum::extract::Query;
use huiqi_casework::record::Turn;
use huiqi_casework::timeline::in_words;
use huiqi_kernel::clock::working_days_between;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_store::{Ctx, Fault};
use huiqi_web::components::{self, Field, Style};
use huiqi_web::layout::{Html, Room};
use huiqi_web::paper::{self, Bar, Block, Paper};
use huiqi_web::visit::download;
use huiqi_web::{Answer, Failure, Form, Visit, dates, docx};
use serde::Deserialize;

use super::super::{labels, pages::printed_by};
use super::queries::{self, Digest, LEAST, Overdue, Pair};
use super::{Period, actions};
use crate::t;

/// Which period.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Asked {
    week: String,
    month: String,
}

impl Asked {
    fn label(&self, period: Period) -> &str {
        match period {
            Period::Week => &self.week,
            Period::Month => &self.month,
        }
    }
}

async fn found(visit: &Visit, period: Period, asked: &Asked) -> Result<Digest, Failure> {
    let span = period.span(asked.label(period), visit.ctx().today());
    Ok(queries::digest(visit.ctx(), visit.viewer(), period, span).await?)
}

pub(in super::super) async fn weekly(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    show(&visit, Period::Week, &asked).await
}

pub(in super::super) async fn monthly(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    show(&visit, Period::Month, &asked).await
}

pub(in super::super) async fn weekly_file(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    give(&visit, Period::Week, &asked).await
}

pub(in super::super) async fn monthly_file(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    give(&visit, Period::Month, &asked).await
}

pub(in super::super) async fn subscribe(visit: Visit, form: Form) -> Answer {
    let period = Period::from_code(form.value("period")).ok_or_else(Failure::not_found)?;
    let wanted = form.value("wanted") == "yes";
    actions::subscribe(visit.ctx(), visit.viewer(), period, wanted).await?;
    let m = t(visit.locale());
    let go = visit.to(period.path());
    go.good(if wanted { m.digest_subscribed() } else { m.digest_unsubscribed() }).now()
}

fn name(period: Period, locale: Locale) -> String {
    match period {
        Period::Week => t(locale).digest_weekly(),
        Period::Month => t(locale).digest_monthly(),
    }
}

/// A share with what it rests on; too few say so in place of a share.
fn share(part: i64, whole: i64, locale: Locale) -> String {
    let m = t(locale);
    if whole == 0 {
        m.digest_none()
    } else if whole < LEAST {
        m.digest_few(part, whole)
    } else {
        m.digest_share(dates::share(part, whole), part, whole)
    }
}

/// How a count compares with the period before, in words.
fn compared(now: i64, before: i64, locale: Locale) -> String {
    let m = t(locale);
    match now - before {
        0 => m.digest_same(),
        more if more > 0 => m.digest_more(more),
        less => m.digest_less(-less),
    }
}

/// How a share compares with the period before, in words; only where both rest on enough.
fn compared_share(pair: &Pair, locale: Locale) -> String {
    let m = t(locale);
    let [now, before] = [0, 1].map(|i| (pair.part[i], pair.whole[i]));
    if now.1 < LEAST || before.1 < LEAST {
        return m.digest_not_compared();
    }
    // Tenths of a percent, as integers, so that equal shares are equal.
    let tenths = |(part, whole): (i64, i64)| (part * 1000 + whole / 2) / whole;
    let difference = tenths(now) - tenths(before);
    let points = format!("{}.{}", difference.abs() / 10, difference.abs() % 10);
    match difference {
        0 => m.digest_same(),
        up if up > 0 => m.digest_up(&points),
        _ => m.digest_down(&points),
    }
}

/// Name, value now, value before, comparison.
fn figures(d: &Digest, locale: Locale) -> Vec<[String; 4]> {
    let m = t(locale);
    let line = |name: String, pair: &Pair| {
        [
            name,
            share(pair.part[0], pair.whole[0], locale),
            share(pair.part[1], pair.whole[1], locale),
            compared_share(pair, locale),
        ]
    };
    vec![
        [
            m.digest_intake(),
            m.digest_count(d.intake.part[0]),
            m.digest_count(d.intake.part[1]),
            compared(d.intake.part[0], d.intake.part[1], locale),
        ],
        line(m.digest_kept(), &d.kept),
        line(m.digest_satisfied(), &d.satisfied),
    ]
}

fn turn(row: &Overdue, locale: Locale) -> String {
    let m = t(locale);
    match Turn::from_code(&row.turn) {
        Some(Turn::Desk) => m.digest_turn_desk(),
        Some(Turn::Dispatch) => m.digest_turn_dispatch(),
        Some(Turn::Firm) => m.digest_turn_firm(),
        _ => match &row.handler {
            Some(name) => in_words(name, row.handler_en.as_deref(), locale).to_owned(),
            None => m.digest_turn_handler(),
        },
    }
}

/// Number, district, whose turn, working days late.
fn overdue(ctx: &Ctx, row: &Overdue, locale: Locale) -> [String; 4] {
    let late = row.due_on.parse().map_or(0, |due| -working_days_between(&ctx.calendar(), ctx.today(), due));
    [
        row.number.clone(),
        row.district.as_deref().map_or_else(String::new, |d| labels::district(d, locale)),
        turn(row, locale),
        t(locale).digest_late(late),
    ]
}

fn cause(d: &Digest, locale: Locale) -> String {
    let m = t(locale);
    match &d.cause {
        Some((cause, n, _)) => m.digest_cause(cause.label(locale), d.improvements, *n),
        None if d.improvements > 0 => m.digest_cause_unknown(d.improvements),
        None => m.digest_cause_none(),
    }
}

fn head_figures(locale: Locale) -> Vec<String> {
    let m = t(locale);
    vec![m.digest_col_figure(), m.digest_col_now(), m.digest_col_before(), m.digest_col_compared()]
}

fn head_overdue(locale: Locale) -> Vec<String> {
    let m = t(locale);
    vec![m.digest_col_number(), m.digest_col_district(), m.digest_col_turn(), m.digest_col_late()]
}

fn overdue_title(d: &Digest, locale: Locale) -> String {
    t(locale).digest_overdue_title(d.overdue.len() as i64, d.overdue_total)
}

/// That grades are left out after an appeal: a share of the same days may read otherwise than it did.
fn excluded(d: &Digest, now: &str, locale: Locale) -> Option<String> {
    let before = d.excluded.part[1];
    (d.excluded.part[0] + before > 0).then(|| t(locale).digest_excluded(now, dates::number(before)))
}

/// The digest in blocks, for the file.
fn blocks(ctx: &Ctx, d: &Digest, locale: Locale) -> Vec<Block> {
    let m = t(locale);
    let mut out = vec![
        Block::Small(d.sees.get(locale).to_owned()),
        Block::Heading(m.digest_figures_title()),
        Block::Table {
            caption: String::new(),
            head: head_figures(locale),
            rows: figures(d, locale).into_iter().map(Vec::from).collect(),
        },
    ];
    out.extend(excluded(d, &dates::number(d.excluded.part[0]), locale).map(Block::Small));
    out.push(Block::Heading(overdue_title(d, locale)));
    if d.overdue.is_empty() {
        out.push(Block::Text(m.digest_overdue_none()));
    } else {
        out.push(Block::Table {
            caption: String::new(),
            head: head_overdue(locale),
            rows: d.overdue.iter().map(|row| Vec::from(overdue(ctx, row, locale))).collect(),
        });
    }
    out.push(Block::Heading(m.digest_cause_title()));
    out.push(Block::Text(cause(d, locale)));
    out.push(Block::Small(m.digest_small_note(LEAST)));
    out
}

fn sheet(ctx: &Ctx, d: &Digest, body: Html, locale: Locale) -> Paper {
    let m = t(locale);
    Paper {
        formal: false,
        office: ctx.site().text("tagline", locale).to_owned(),
        title: Html::text(&name(d.period, locale)),
        number: m.digest_span(
            d.period.title(d.span.from, locale),
            dates::date_full_words(d.span.from, locale),
            dates::date_full_words(d.span.to, locale),
        ),
        to: String::new(),
        body,
        code: None,
        signer: ctx.site().text("name", locale).to_owned(),
        day: dates::day_of(d.at),
        one_page: false,
        language: locale,
    }
}

/// What the file is called.
pub(super) fn file_name(d: &Digest, locale: Locale) -> String {
    format!("{}.docx", t(locale).digest_file(name(d.period, locale), d.period.title(d.span.from, locale)))
}

/// The digest as `.docx`.
pub(super) fn file(ctx: &Ctx, d: &Digest, locale: Locale) -> Result<Vec<u8>, Fault> {
    docx::write(&sheet(ctx, d, Html::empty(), locale), &name(d.period, locale), &blocks(ctx, d, locale))
}

/// What the mail says: the three figures, how many are overdue, the cause.
pub(super) fn mail_text(d: &Digest, locale: Locale) -> String {
    let m = t(locale);
    let mut said = vec![m.digest_mail(name(d.period, locale), d.period.title(d.span.from, locale))];
    said.extend(
        figures(d, locale).into_iter().map(|[name, now, _, compared]| m.digest_mail_figure(name, now, compared)),
    );
    said.extend(excluded(d, &dates::number(d.excluded.part[0]), locale));
    said.push(m.digest_mail_overdue(d.overdue_total));
    said.push(cause(d, locale));
    said.join(&m.digest_mail_join())
}

async fn give(visit: &Visit, period: Period, asked: &Asked) -> Answer {
    let d = found(visit, period, asked).await?;
    let locale = visit.locale();
    let content = file(visit.ctx(), &d, locale)?;
    download(&file_name(&d, locale), docx::KIND, content)
}

fn table(class: &str, head: &[String], rows: Vec<Vec<Html>>) -> Html {
    let mut out = Html::raw(format!("<table class=\"{class}\"><thead><tr>"));
    for cell in head {
        out = out.and(&Html::raw("<th scope=\"col\">")).say(cell).and(&Html::raw("</th>"));
    }
    out = out.and(&Html::raw("</tr></thead><tbody>"));
    for row in rows {
        out = out.and(&Html::raw("<tr>"));
        for cell in row {
            out = out.and(&Html::raw("<td>")).and(&cell).and(&Html::raw("</td>"));
        }
        out = out.and(&Html::raw("</tr>"));
    }
    out.and(&Html::raw("</tbody></table>"))
}

async fn show(visit: &Visit, period: Period, asked: &Asked) -> Answer {
    let (ctx, locale) = (visit.ctx(), visit.locale());
    let m = t(locale);
    let d = found(visit, period, asked).await?;
    let records = "/overview/records";
    let asks = [&d.intake.ask, &d.kept.ask, &d.satisfied.ask];
    let rows = figures(&d, locale)
        .into_iter()
        .zip(asks)
        .map(|([name, now, before, compared], ask)| {
            vec![
                Html::text(&name),
                components::link(&ask.href(records), &now),
                Html::text(&before),
                Html::text(&compared),
            ]
        })
        .collect();
    let mut body = Html::raw("<p class=\"paper-courtesy\">")
        .say(d.sees.get(locale))
        .and(&Html::raw("</p><h2>"))
        .say(&m.digest_figures_title())
        .and(&Html::raw("</h2>"))
        .and(&table("digest", &head_figures(locale), rows));
    if let Some(words) = excluded(&d, "{0}", locale) {
        let now = match d.excluded.part[0] {
            0 => Html::text("0"),
            n => components::link(&d.excluded.ask.href(records), &dates::number(n)),
        };
        body = body
            .and(&Html::raw("<p class=\"paper-courtesy\">"))
            .and(&Html::fill(&words, &[now]))
            .and(&Html::raw("</p>"));
    }
    body = body.and(&Html::raw("<h2>")).say(&overdue_title(&d, locale)).and(&Html::raw("</h2>"));
    if d.overdue.is_empty() {
        body = body.and(&Html::raw("<p>")).say(&m.digest_overdue_none()).and(&Html::raw("</p>"));
    } else {
        let rows = d
            .overdue
            .iter()
            .map(|row| {
                let [number, district, turn, late] = overdue(ctx, row, locale);
                vec![
                    components::link(&format!("/cases/{number}"), &number),
                    Html::text(&district),
                    paper::marked(&turn, locale),
                    Html::text(&late),
                ]
            })
            .collect();
        body = body.and(&table("digest digest-late", &head_overdue(locale), rows));
    }
    let said = Html::text(&cause(&d, locale));
    let said = match &d.cause {
        Some((_, _, ask)) => said
            .and(&Html::raw("<span class=\"no-print\"> "))
            .and(&components::link(&ask.href(records), &m.digest_cause_open()))
            .and(&Html::raw("</span>")),
        None => said,
    };
    body = body
        .and(&Html::raw("<h2>"))
        .say(&m.digest_cause_title())
        .and(&Html::raw("</h2><p>"))
        .and(&said)
        .and(&Html::raw("</p><p class=\"paper-courtesy\">"))
        .say(&m.digest_small_note(LEAST))
        .and(&Html::raw("</p>"));
    let label = d.period.label(d.span.from);
    let before = period.before(d.span);
    let bar = Bar {
        back_href: "/overview".to_owned(),
        back_label: m.digest_back(),
        what: m.digest_by(name(period, locale), printed_by(visit)),
        reference: d.period.title(d.span.from, locale),
        download: Some((format!("{}/docx?{}={label}", period.path(), period.code()), ".docx".to_owned())),
        other: Some((period.href(before.from), m.digest_before())),
    };
    let subscribed = match visit.viewer().actor() {
        Some(actor) => queries::subscribed(ctx, actor.membership).await?,
        None => Vec::new(),
    };
    let page = sheet(ctx, &d, body, locale).html(&bar, locale).and(&subscription(&subscribed, period, locale));
    visit
        .page(format!("{} {}", name(period, locale), d.period.title(d.span.from, locale)), "overview")
        .room(Room::Paper)
        .show(page)
        .await
}

/// Subscribing, under the sheet: for this period, and what one subscribes to.
fn subscription(subscribed: &[Period], period: Period, locale: Locale) -> Html {
    let m = t(locale);
    let has = subscribed.contains(&period);
    let when = match period {
        Period::Week => m.digest_when_week(),
        Period::Month => m.digest_when_month(),
    };
    let mut out = Html::raw("<div class=\"wrap no-print digest-mail\"><h2>")
        .say(&m.digest_subscribe_title())
        .and(&Html::raw("</h2><p>"))
        .say(&when)
        .and(&Html::raw("</p><form method=\"post\" action=\"/overview/digest\">"))
        .and(&components::hidden("period", period.code()))
        .and(
            &Field::check("wanted", m.digest_wanted(name(period, locale)))
                .value(if has { "yes" } else { "" })
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row\">"))
        .and(&components::button(&m.digest_save(), Style::Second))
        .and(&Html::raw("</div></form>"));
    if !subscribed.is_empty() {
        out = out.and(&Html::raw("<p class=\"small\">")).say(&m.digest_mine()).and(&Html::raw("</p><ul>"));
        for one in subscribed {
            out = out
                .and(&Html::raw("<li>"))
                .and(&components::link(one.path(), &name(*one, locale)))
                .and(&Html::raw("</li>"));
        }
        out = out.and(&Html::raw("</ul>"));
    }
    out.and(&Html::raw("</div>"))
}
