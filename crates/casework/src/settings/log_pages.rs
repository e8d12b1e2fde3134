//! The page of the audit log.

use huiqi_identity::people::PersonName;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Role;
use huiqi_store::Fault;
use huiqi_store::audit::{Entry, Verdict};
use huiqi_web::components::{self, ActionLine, Cell, Col, Field, FilterBar, Pager, Style, Table};
use huiqi_web::layout::FlashKind;
use huiqi_web::{App, Form, Html, Visit, dates};

use super::log::{Covered, MOST_EXPORTED, Search, action_words, chain, detail_line, listing, verdict_words};
use super::pages::{self, Page, section};
use super::people;
use crate::t;

/// The page; `verdict` is there right after the chain was verified.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(
    visit: &Visit,
    search: &Search,
    form: &Form,
    verdict: Option<&Verdict>,
) -> Result<Page, Fault> {
    let l = visit.locale();
    let m = t(l);
    let ctx = visit.ctx();
    let today = ctx.today();
    let covered = Covered::read(ctx).await?;
    let listing = listing(ctx, search, &covered).await?;
    let chain = chain(ctx).await?;
    let people = people::named(ctx, listing.entries.iter().filter_map(|e| e.person).collect()).await?;

    let mut parts = Vec::new();
    if let Some(verdict) = verdict {
        let (good, words) = verdict_words(verdict, l);
        let (kind, title) = if good {
            (FlashKind::Good, m.setting_verdict_title_good())
        } else {
            (FlashKind::Bad, m.setting_verdict_title_bad())
        };
        parts.push(components::notice(kind, Some(&title), &Html::text(&words)));
    }
    let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let filters = FilterBar::new("/audit")
        .date("from", &m.setting_log_from(), &day(search.from))
        .date("to", &m.setting_log_to(), &day(search.to))
        .search("number", &m.setting_log_number(), &search.number)
        .search("action", &m.setting_log_action(), &search.action)
        .html(l);
    let body = if listing.entries.is_empty() {
        components::empty(m.setting_log_none())
    } else {
        let mut table = Table::new(&m.setting_log_title())
            .cards()
            .row_head(2)
            .col(Col::nowrap(&m.setting_log_at()))
            .col(Col::text(&m.setting_log_who()))
            .col(Col::text(&m.setting_log_what()).class("what"))
            .col(Col::nowrap(&m.setting_log_number()))
            .col(Col::text(&m.setting_log_detail()))
            .col(Col::num(&m.setting_log_seq()));
        for entry in &listing.entries {
            if covered.has(entry) {
                table.push(
                    "",
                    [
                        Cell::from(dates::moment_full(entry.at, today, l)),
                        Cell::from(components::quiet("–")),
                        Cell::from(components::quiet(m.setting_log_covered())),
                        Cell::from(Html::empty()),
                        Cell { html: components::quiet("–"), class: "small" },
                        Cell::from(match entry.seq {
                            Some(seq) => Html::text(&dates::number(seq)),
                            None => components::quiet(m.setting_log_open()),
                        }),
                    ],
                );
                continue;
            }
            let by_code = Search { action: entry.action.clone(), ..Search::default() }.address("/audit");
            let code = Html::raw("<span class=\"small nowrap\">")
                .and(&components::link(&by_code, &entry.action))
                .and(&Html::raw("</span>"));
            let what = match action_words(visit.app(), &entry.action, l) {
                Some(words) => Html::text(&words).and(&Html::raw("<br>")).and(&code),
                None => code,
            };
            let number = if entry.number.is_empty() {
                Html::empty()
            } else {
                let href = Search { number: entry.number.clone(), ..Search::default() }.address("/audit");
                Html(format!("<a class=\"ref\" href=\"{}\">{}</a>", Html::text(&href), Html::text(&entry.number)))
            };
            let seq = match entry.seq {
                Some(seq) => Html::text(&dates::number(seq)),
                None => components::quiet(m.setting_log_open()),
            };
            table.push(
                "",
                [
                    Cell::from(dates::moment_full(entry.at, today, l)),
                    Cell::from(who(entry.person.and_then(|id| people.get(&id)), &entry.role, l)),
                    Cell::from(what),
                    Cell::from(number),
                    Cell { html: components::quiet(detail(visit.app(), entry, l)), class: "small anywhere" },
                    Cell::from(seq),
                ],
            );
        }
        let pager = Pager {
            prev: listing.prev.clone(),
            next: listing.next.clone(),
            shown: listing.entries.len() as u64,
            total: None,
        };
        table.html().and(&pager.html(l))
    };
    let export =
        components::link_button(&search.address("/audit/export"), &m.setting_log_export(), Style::Second, Some("out"));
    let sealed = chain.head.as_ref().map_or(0, |(seq, _)| *seq);
    let verify = components::link_button("#chain", &m.setting_verify(), Style::Plain, Some("lock"));
    parts.push(filters.and(&body));
    parts.push(section("chain", &m.setting_chain(), Html::empty(), &chain_part(&chain, form, l)));
    Ok(Page {
        crumbs: Html::empty(),
        head: components::page_head(
            &m.setting_log_title(),
            Html::text(&m.setting_log_lede(chain.open, dates::number(sealed))),
            verify.and(&export),
        ),
        errors: components::error_summary(&form.errors(l), l),
        parts,
        ..Page::default()
    })
}

fn chain_part(chain: &super::log::Chain, form: &Form, l: Locale) -> Html {
    let m = t(l);
    let head = match &chain.head {
        Some((seq, hash)) => {
            let noted = format!("{seq}:{hash}");
            Html::text(&noted).and(&Html::raw(" ")).and(&components::copy_button(&noted, l))
        }
        None => components::quiet(m.setting_chain_none()),
    };
    let facts = components::kv_stack(&[
        (m.setting_chain_head(), head),
        (m.setting_chain_open(), Html::text(&m.setting_chain_open_count(dates::number(chain.open)))),
        (m.setting_chain_export(), Html::text(&m.setting_chain_export_text(dates::number(MOST_EXPORTED as i64)))),
    ]);
    let line = ActionLine::form(
        "verify",
        &m.setting_verify(),
        "/audit/verification",
        Field::text("head", m.setting_verify_head())
            .hint(m.setting_verify_head_hint())
            .optional()
            .autocomplete("off")
            .value(form.value("head"))
            .error(form.error("head", l))
            .html(l),
        &m.setting_verify_submit(),
    )
    .note(m.setting_verify_note())
    .open(form.error("head", l).is_some());
    facts.and(&components::actions(&[line], l))
}

fn who(person: Option<&PersonName>, role: &str, l: Locale) -> Html {
    let m = t(l);
    let role_words = match (Role::from_code(role), role) {
        (Some(role), _) => pages::role_words(role, l),
        (None, "bearer") => m.setting_log_bearer(),
        (None, "system") => m.setting_program(),
        (None, other) => other.to_owned(),
    };
    match person {
        Some(person) => Html::text(person.shown(l))
            .and(&Html::raw(" "))
            .and(&components::reference(&person.number))
            .and(&Html::raw("<br><span class=\"quiet small\">"))
            .say(&role_words)
            .and(&Html::raw("</span>")),
        None => components::quiet(role_words),
    }
}

/// A detail for the list; long ones are cut, the export has them whole.
fn detail(app: &App, entry: &Entry, l: Locale) -> String {
    const SHOWN: usize = 160;
    let line = detail_line(app, &entry.action, &entry.detail, l);
    if line.is_empty() {
        return "–".to_owned();
    }
    if line.chars().count() <= SHOWN {
        return line;
    }
    let mut out: String = line.chars().take(SHOWN).collect();
    out.push('\u{2026}');
    out
}
