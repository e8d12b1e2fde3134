//! Pages of the texts of official papers: all kinds, and one kind with its versions.

use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Label, Viewer};
use huiqi_store::{Ctx, Fault};
use huiqi_web::components::{self, ActionLine, Col, Field, Style, Table, Tone};
use huiqi_web::{Form, Html, dates};

use super::flow::{FLOW, VersionAction, VersionState};
use super::pages::{self, Page, section};
use super::paper_versions::{LONGEST, Made, all, in_force};
use super::{PROPOSERS, people};
use crate::papers::PaperKind;
use crate::papers::templates::{self, Body, Template};
use crate::t;

fn state_word(state: VersionState, now: bool, l: Locale) -> Html {
    let m = t(l);
    match state {
        VersionState::Approved if now => components::status(Tone::Good, "done", m.setting_paper_now()),
        VersionState::Approved => components::status(Tone::Idle, "done", m.setting_paper_before()),
        VersionState::Proposed => components::status(Tone::Run, "clock", state.label(l)),
        VersionState::Rejected | VersionState::Withdrawn => components::status(Tone::Idle, "no", state.label(l)),
    }
}

/// All kinds of papers, with the version each is issued from.
///
/// # Errors
/// When the database fails.
pub(super) async fn list(ctx: &Ctx, l: Locale) -> Result<Page, Fault> {
    let m = t(l);
    let today = ctx.today();
    let made = all(ctx).await?;
    let names = people::named(ctx, made.iter().filter_map(|v| v.decided_by).collect()).await?;
    let mut table = Table::new(&m.setting_papers_title())
        .cards()
        .row_head(0)
        .col(Col::text(&m.setting_paper_kind()))
        .col(Col::text(&m.setting_paper_version()))
        .col(Col::text(&m.setting_calendar_origin()))
        .col(Col::text(&m.setting_paper_waiting()));
    for kind in PaperKind::ALL {
        let (version, _, row) = in_force(*kind, &made)?;
        let origin = match row {
            Some(row) => Html::text(&people::shown(&names, row.decided_by, l))
                .and(&Html::raw(" "))
                .and(&row.decided_at.map(|at| dates::moment(at, today, l)).unwrap_or_default()),
            None => components::quiet(m.setting_calendar_shipped()),
        };
        let open = made.iter().find(|v| v.kind == kind.code() && v.state == VersionState::Proposed.code());
        let waiting = match open {
            Some(open) => components::status(Tone::Run, "clock", m.setting_paper_nth(open.version.to_string())),
            None => components::quiet("–"),
        };
        table.push(
            "",
            [
                components::link(&format!("/settings/papers/{}", kind.code()), &kind.label(l)),
                Html::text(&m.setting_paper_nth(version.to_string())),
                origin,
                waiting,
            ],
        );
    }
    Ok(Page {
        crumbs: pages::crumbs(&m.setting_papers_title(), l),
        head: components::page_head(&m.setting_papers_title(), Html::text(&m.setting_papers_lede()), Html::empty()),
        parts: vec![table.html()],
        ..Page::default()
    })
}

/// The lines of a template as they stand in it. Against an earlier text, lines that it does not have are marked and lines
/// that it had are named.
fn sheet(body: &Body, before: Option<&Body>, l: Locale) -> Html {
    let m = t(l);
    let column = |title: &str, lang: &str, lines: &[String], before: Option<&[String]>| {
        let mut out =
            Html::raw("<h3>").say(title).and(&Html::raw(format!("</h3><ol class=\"small\" lang=\"{lang}\">")));
        for line in lines {
            let (open, close) = match before {
                Some(before) if !before.contains(line) => ("<li><mark>", "</mark></li>"),
                _ => ("<li>", "</li>"),
            };
            out = out.and(&Html::raw(open)).say(line).and(&Html::raw(close));
        }
        out = out.and(&Html::raw("</ol>"));
        let gone: Vec<&String> = before.unwrap_or_default().iter().filter(|line| !lines.contains(line)).collect();
        if !gone.is_empty() {
            out = out.and(&Html::raw("<p class=\"small quiet\">")).say(&m.setting_paper_gone()).and(&Html::raw("</p>"));
            out = out.and(&Html::raw(format!("<ul class=\"small\" lang=\"{lang}\">")));
            for line in gone {
                out = out.and(&Html::raw("<li><del>")).say(line).and(&Html::raw("</del></li>"));
            }
            out = out.and(&Html::raw("</ul>"));
        }
        out
    };
    column(&m.setting_paper_zh(), "zh-CN", &body.zh, before.map(|b| b.zh.as_slice())).and(&column(
        &m.setting_paper_en(),
        "en",
        &body.en,
        before.map(|b| b.en.as_slice()),
    ))
}

/// One kind: what waits for a decision, the text in force, the form for the next version, and all versions.
///
/// # Errors
/// When the database fails.
pub(super) async fn one(
    ctx: &Ctx,
    viewer: &Viewer,
    kind: PaperKind,
    form: &Form,
    l: Locale,
) -> Result<(String, Page), Fault> {
    let m = t(l);
    let today = ctx.today();
    let made: Vec<Made> = all(ctx).await?.into_iter().filter(|v| v.kind == kind.code()).collect();
    let ids = made.iter().flat_map(|v| [Some(v.proposed_by), v.decided_by]).flatten();
    let names = people::named(ctx, ids.collect()).await?;
    let (now, body, _) = in_force(kind, &made)?;
    let open = made.iter().find(|v| v.state == VersionState::Proposed.code());
    let title = kind.label(l);
    let base = format!("/settings/papers/{}", kind.code());
    let mut parts = Vec::new();
    if let Some(open) = open {
        let said = Html::raw("<p>").say(&open.reason).and(&Html::raw("</p>"));
        let beside = Html::text(&people::shown(&names, Some(open.proposed_by), l))
            .and(&Html::raw(" "))
            .and(&dates::moment(open.proposed_at, today, l));
        parts.push(section(
            "open",
            &m.setting_paper_proposed(open.version.to_string()),
            beside,
            &said.and(&sheet(&open.body()?, Some(&body), l)),
        ));
        let lines = decision_lines(viewer, open, &base, form, l);
        if !lines.is_empty() {
            parts.push(section("do", &m.setting_you_can(), Html::empty(), &components::actions(&lines, l)));
        }
    } else if viewer.is(PROPOSERS) {
        let line = propose_line(kind, now, &body, &base, form, l);
        parts.push(section("do", &m.setting_you_can(), Html::empty(), &components::actions(&[line], l)));
    }
    parts.push(section("now", &m.setting_paper_in_force(now.to_string()), Html::empty(), &sheet(&body, None, l)));
    let mut table = Table::new(&m.setting_paper_versions())
        .cards()
        .row_head(0)
        .col(Col::nowrap(&m.setting_paper_version()))
        .col(Col::text(&m.setting_paper_state()))
        .col(Col::text(&m.setting_paper_reason()).class("what"))
        .col(Col::text(&m.setting_calendar_origin()));
    for row in &made {
        let who = people::shown(&names, Some(row.decided_by.unwrap_or(row.proposed_by)), l);
        let at = row.decided_at.unwrap_or(row.proposed_at);
        let mut reason = pages::typed(&row.reason, l);
        if let Some(decision) = &row.decision {
            reason = reason.and(&Html::raw("<br>")).and(&pages::typed(decision, l));
        }
        table.push(
            "",
            [
                Html::text(&m.setting_paper_nth(row.version.to_string())),
                state_word(row.state()?, row.version == now, l),
                reason,
                Html::text(&who).and(&Html::raw(" ")).and(&dates::moment(at, today, l)),
            ],
        );
    }
    for shipped in templates::all().iter().rev().filter(|t| t.kind == kind.code()) {
        table.push(
            "",
            [
                Html::text(&m.setting_paper_nth(shipped.version.to_string())),
                state_word(VersionState::Approved, shipped.version == now && !made.iter().any(|v| v.version == now), l),
                components::quiet("–"),
                components::quiet(m.setting_calendar_shipped()),
            ],
        );
    }
    parts.push(section("versions", &m.setting_paper_versions(), Html::empty(), &table.html()));
    let page = Page {
        crumbs: components::crumbs(
            &[("/settings".to_owned(), m.setting_title()), ("/settings/papers".to_owned(), m.setting_papers_title())],
            Some(Html::text(&title)),
            l,
        ),
        head: components::page_head(&title, Html::text(&m.setting_paper_lede()), Html::empty()),
        errors: components::error_summary(&form.errors(l), l),
        parts,
        ..Page::default()
    };
    Ok((title, page))
}

fn propose_line(kind: PaperKind, now: i64, body: &Body, base: &str, form: &Form, l: Locale) -> ActionLine {
    let m = t(l);
    let sent = form.has("zh");
    let value = |name: &str, lines: &[String]| if sent { form.value(name).to_owned() } else { lines.join("\n") };
    let (names, flags) = Template::vocabulary(kind);
    let names: Vec<String> = names.into_iter().map(|n| format!("{{{n}}}")).collect();
    let flags: Vec<String> = flags.into_iter().map(|n| format!("[{n}]")).collect();
    let area = |name: &'static str, lang: &str, label: String, lines: &[String], hint: String| {
        Field::area(name, label)
            .hint(hint)
            .rows(12)
            .attr("spellcheck", "false")
            .attr("lang", lang)
            .value(value(name, lines))
            .error(form.error(name, l))
            .html(l)
    };
    let body = components::hidden("base", &now.to_string())
        .and(&area(
            "zh",
            "zh-CN",
            m.setting_paper_zh(),
            &body.zh,
            m.setting_paper_lines() + &m.setting_paper_hint(names.join(" "), flags.join(" ")),
        ))
        .and(&area("en", "en", m.setting_paper_en(), &body.en, m.setting_paper_hint_en()))
        .and(
            &Field::text("reason", m.setting_paper_reason())
                .max(LONGEST as u32)
                .value(form.value("reason"))
                .error(form.error("reason", l))
                .html(l),
        );
    ActionLine::form("propose", &m.setting_paper_propose(), base, body, &m.setting_paper_submit())
        .note(m.setting_paper_propose_note())
        .open(sent)
}

fn decision_lines(viewer: &Viewer, open: &Made, base: &str, form: &Form, l: Locale) -> Vec<ActionLine> {
    let m = t(l);
    let Some(actor) = viewer.actor() else { return Vec::new() };
    let mut lines = Vec::new();
    let facts = open.facts(Some(actor.person));
    for offer in FLOW.offers(VersionState::Proposed, Doer::Person(actor), &facts) {
        let action = offer.step.action;
        let verb = action.label(l);
        let post = format!("{base}/{}/{}", open.version, action.code());
        let line = match (&offer.blocked, action) {
            (Some(refusal), _) => ActionLine::blocked(&verb, refusal.reason.get(l).to_owned()),
            (None, VersionAction::Reject) => {
                let words = Field::area("words", m.setting_reject_reason())
                    .rows(2)
                    .value(form.value("words"))
                    .error(form.error("words", l))
                    .html(l);
                ActionLine::form("reject", &verb, &post, words, &verb).style(Style::Second).open(form.has("words"))
            }
            (None, _) => ActionLine::post(&verb, &post),
        };
        lines.push(line.under(offer.step.article));
    }
    lines
}
