//! The page of a team, and the page on which its manager gives picked matters.

use huiqi_kernel::locale::Locale;
use huiqi_store::Fault;
use huiqi_web::components::{self, Cell, Col, Field, Style, Table, Tone, section_head, status};
use huiqi_web::dates;
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Form, Visit};

use super::queries::{self, Absence, Held, Load, absences, loads};
use super::{MANAGERS, Mode, Place};
use crate::inbox;
use crate::record::Turn;
use crate::t;

/// The value that gives matters back to the pool.
pub const POOL: &str = "pool";

/// What somebody holds and whether that person is here, in one line: beside each name where matters are given.
pub fn load_words(load: &Load, locale: Locale) -> String {
    let m = t(locale);
    let mut words = m.team_load(load.held.open, load.held.overdue, load.held.today);
    if let Some(away) = &load.away {
        words.push_str(&m.team_load_away(away.deputy_shown(locale)));
    }
    words
}

/// Names of a place with their load, for a select box.
///
/// # Errors
/// When the database fails.
pub async fn colleagues(visit: &Visit, place: Place) -> Result<Vec<(String, String)>, Fault> {
    let locale = visit.locale();
    let (loads, _) = loads(visit.ctx(), place).await?;
    Ok(loads
        .iter()
        .map(|l| (l.number.clone(), t(locale).team_name_with_load(l.shown(locale), load_words(l, locale))))
        .collect())
}

fn count_link(n: i64, query: &str, tone: Option<(Tone, &'static str)>) -> Html {
    let words = n.to_string();
    match tone {
        _ if n == 0 => Html::raw("<span class=\"quiet\">0</span>"),
        Some((tone, icon)) => status(tone, icon, components::link(&format!("/inbox?{query}"), &words)),
        None => components::link(&format!("/inbox?{query}"), &words),
    }
}

fn days(absence: &Absence, today: chrono::NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    match (absence.from_on.parse(), absence.to_on.parse()) {
        (Ok(from), Ok(to)) => {
            Html::fill(&m.team_days("{0}", "{1}"), &[dates::date(from, today, locale), dates::date(to, today, locale)])
        }
        _ => Html::empty(),
    }
}

fn load_table(loads: &[Load], pool: Held, mode: Mode, today: chrono::NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut table = Table::new(&m.team_loads())
        .cards()
        .col(Col::text(&m.team_col_name()))
        .col(Col::num(&m.team_col_open()))
        .col(Col::num(&m.team_col_overdue()))
        .col(Col::num(&m.team_col_soon()))
        .col(Col::text(&m.team_col_here()));
    let counts = |held: Held, holder: &str| {
        [
            count_link(held.open, &format!("holder={holder}"), None),
            count_link(held.overdue, &format!("tab=overdue&holder={holder}"), Some((Tone::Bad, "stop"))),
            count_link(held.soon, &format!("tab=soon&holder={holder}"), Some((Tone::Warn, "clock"))),
        ]
    };
    for load in loads {
        let mut name = Html::text(load.shown(locale));
        if load.manages {
            name = name.say(" ").and(&components::tag(&m.team_manager()));
        }
        let mut here = match &load.away {
            Some(away) => status(Tone::Idle, "pause", m.team_away(away.deputy_shown(locale)))
                .and(&Html::raw("<small>"))
                .and(&days(away, today, locale))
                .and(&Html::raw("</small>")),
            None => Html::text(&m.team_here()),
        };
        for absent in &load.stands_in {
            here = here
                .and(&Html::raw("<small>"))
                .say(&m.team_stands_for(absent.shown(locale)))
                .and(&Html::raw("</small>"));
        }
        let [open, overdue, soon] = counts(load.held, &load.number);
        table.push("", [Cell::from(name), Cell::from(open), Cell::from(overdue), Cell::from(soon), Cell::from(here)]);
    }
    let [open, overdue, soon] = counts(pool, "none");
    let note = match mode {
        Mode::Shared => m.team_pool_note(),
        Mode::Given => m.team_ungiven_note(),
    };
    table.push(
        "",
        [
            Cell::from(Html::text(&match mode {
                Mode::Shared => m.team_pool(),
                Mode::Given => m.team_ungiven(),
            })),
            Cell::from(open),
            Cell::from(overdue),
            Cell::from(soon),
            Cell::from(components::quiet(note)),
        ],
    );
    table.html()
}

/// The page of the viewer's own place.
///
/// # Errors
/// When the database fails.
pub async fn show(visit: &Visit, form: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let actor = visit.actor()?;
    let place = Place::of(actor);
    let manages = actor.is(MANAGERS);
    let mode = queries::mode(ctx, place).await?;
    let (loads, pool) = loads(ctx, place).await?;
    let away = absences(ctx, place, today).await?;
    let mut out = Html::raw("<div class=\"wrap\">")
        .and(&components::page_head(&m.team_title(), Html::text(actor.place(locale)), Html::empty()))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<section class=\"section\" aria-labelledby=\"load\">"))
        .and(&section_head("load", &m.team_loads(), Html::text(&m.team_people(loads.len() as i64)), Html::empty()))
        .and(&load_table(&loads, pool, mode, today, locale))
        .and(&Html::raw("</section>"));
    out = out.and(&Html::raw("<section class=\"section\" aria-labelledby=\"mode\">")).and(&section_head(
        "mode",
        &m.team_mode(),
        Html::empty(),
        Html::empty(),
    ));
    out = if manages {
        out.and(&Html::raw("<form method=\"post\" action=\"/team/mode\" class=\"form-main\">"))
            .and(
                &Field::radios("mode", m.team_mode())
                    .label_hidden()
                    .option_hint(Mode::Shared.code(), m.team_mode_shared(), m.team_mode_shared_hint())
                    .option_hint(Mode::Given.code(), m.team_mode_given(), m.team_mode_given_hint())
                    .value(mode.code())
                    .html(locale),
            )
            .and(&Html::raw("<div class=\"button-row\">"))
            .and(&components::button(&m.team_mode_save(), Style::Second))
            .and(&Html::raw("</div></form>"))
    } else {
        let words = match mode {
            Mode::Shared => m.team_mode_shared_hint(),
            Mode::Given => m.team_blocked_claim(),
        };
        out.and(&Html::raw("<p>")).say(&words).and(&Html::raw("</p>"))
    };
    out = out.and(&Html::raw("</section>")).and(&absence_section(
        &away,
        &loads,
        actor.person,
        manages,
        form,
        today,
        locale,
    ));
    if manages {
        out = out.and(&hand_over_section(&loads, form, locale));
    }
    visit.page(m.team_title(), "team").refused(!form.ok()).show(out.and(&Html::raw("</div>"))).await
}

fn names(loads: &[Load], locale: Locale) -> Vec<(String, String)> {
    loads.iter().map(|l| (l.number.clone(), l.shown(locale).to_owned())).collect()
}

#[allow(clippy::too_many_arguments)]
fn absence_section(
    away: &[Absence],
    loads: &[Load],
    me: i64,
    manages: bool,
    form: &Form,
    today: chrono::NaiveDate,
    locale: Locale,
) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"away\">").and(&section_head(
        "away",
        &m.team_absences(),
        Html::text(&m.team_absences_note()),
        Html::empty(),
    ));
    if away.is_empty() {
        out = out.and(&components::empty_small(m.team_absences_none()));
    } else {
        out = out.and(&Html::raw("<ul class=\"plain answers\">"));
        for absence in away {
            out = out
                .and(&Html::raw("<li><div class=\"answer-head\"><h3>"))
                .say(&m.team_absence_line(absence.shown(locale), absence.deputy_shown(locale)))
                .and(&Html::raw("</h3>"))
                .and(&if absence.covers(today) {
                    status(Tone::Idle, "pause", m.team_absence_now())
                } else {
                    status(Tone::Run, "clock", m.team_absence_later())
                })
                .and(&Html::raw("</div><p class=\"meta\"><span>"))
                .and(&days(absence, today, locale))
                .and(&Html::raw("</span></p>"));
            if manages || absence.person == me {
                out = out
                    .and(&Html::raw("<form method=\"post\" action=\"/team/absences/end\">"))
                    .and(&components::hidden("person", &absence.number))
                    .and(&components::hidden("from", &absence.from_on))
                    .and(&Html::raw("<button class=\"button is-plain is-small\" type=\"submit\">"))
                    .say(&if absence.covers(today) {
                        m.team_absence_end(absence.shown(locale))
                    } else {
                        m.team_absence_cancel(absence.shown(locale))
                    })
                    .and(&Html::raw("</button></form>"));
            }
            out = out.and(&Html::raw("</li>"));
        }
        out = out.and(&Html::raw("</ul>"));
    }
    if loads.len() < 2 {
        return out.and(&components::empty_small(m.team_alone())).and(&Html::raw("</section>"));
    }
    let everybody = names(loads, locale);
    let others: Vec<(String, String)> = loads
        .iter()
        .filter(|l| manages || l.person != me)
        .map(|l| (l.number.clone(), m.team_name_with_load(l.shown(locale), load_words(l, locale))))
        .collect();
    out = out
        .and(&Html::raw("<div class=\"section\"><h3>"))
        .say(&m.team_absence_new())
        .and(&Html::raw("</h3><form method=\"post\" action=\"/team/absences\" class=\"form-main\" novalidate>"));
    if manages {
        out = out.and(
            &Field::select("person", m.team_absence_who())
                .options(everybody)
                .value(form.value("person"))
                .error(form.error("person", locale))
                .html(locale),
        );
    }
    out.and(
        &Field::date("from", m.team_absence_from())
            .value(form.value("from"))
            .error(form.error("from", locale))
            .html(locale),
    )
    .and(&Field::date("to", m.team_absence_to()).value(form.value("to")).error(form.error("to", locale)).html(locale))
    .and(
        &Field::select("deputy", m.team_absence_deputy())
            .hint(m.team_absence_deputy_hint())
            .option("", m.team_choose())
            .options(others)
            .value(form.value("deputy"))
            .error(form.error("deputy", locale))
            .html(locale),
    )
    .and(&Html::raw("<div class=\"button-row form-go\">"))
    .and(&components::button(&m.team_absence_save(), Style::Second))
    .and(&Html::raw("</div></form></div></section>"))
}

fn hand_over_section(loads: &[Load], form: &Form, locale: Locale) -> Html {
    let m = t(locale);
    let out = Html::raw("<section class=\"section\" aria-labelledby=\"over\">").and(&section_head(
        "over",
        &m.team_hand_over(),
        Html::empty(),
        Html::empty(),
    ));
    let holders: Vec<(String, String)> = loads
        .iter()
        .filter(|l| l.held.open > 0)
        .map(|l| (l.number.clone(), m.team_holds(l.shown(locale), l.held.open)))
        .collect();
    if holders.is_empty() || loads.len() < 2 {
        return out.and(&components::empty_small(m.team_hand_over_none())).and(&Html::raw("</section>"));
    }
    out.and(&Html::raw("<p>"))
        .say(&m.team_hand_over_note())
        .and(&Html::raw("</p><form method=\"post\" action=\"/team/hand-over\" class=\"form-main\" novalidate>"))
        .and(
            &Field::select("holder", m.team_hand_over_from())
                .option("", m.team_choose())
                .options(holders)
                .value(form.value("holder"))
                .error(form.error("holder", locale))
                .html(locale),
        )
        .and(
            &Field::select("receiver", m.team_hand_over_to())
                .option("", m.team_choose())
                .options(
                    loads
                        .iter()
                        .map(|l| (l.number.clone(), m.team_name_with_load(l.shown(locale), load_words(l, locale)))),
                )
                .value(form.value("receiver"))
                .error(form.error("receiver", locale))
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.team_hand_over_verb(), Style::Second))
        .and(&Html::raw("</div></form></section>"))
}

/// Picked matters of the manager's place, and to whom they go.
///
/// # Errors
/// When the database fails.
pub async fn choose(visit: &Visit, form: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let place = Place::of(visit.actor()?);
    let picked: Vec<String> = form.all("n").take(60).map(str::to_owned).collect();
    let (loads, _) = loads(ctx, place).await?;
    let cases: Vec<_> = inbox::visible_many(ctx, visit.viewer(), &picked)
        .await?
        .into_iter()
        .filter(|c| {
            c.handler_org == Some(place.organisation) && c.handler_window == place.window && c.turn() == Turn::Handler
        })
        .collect();
    let mut out = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::crumbs(&[("/inbox".to_owned(), m.inbox_title())], None, locale))
        .and(&components::page_head(
            &m.team_give_title(),
            Html::text(&m.team_give_count(cases.len() as i64)),
            Html::empty(),
        ))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) });
    if cases.is_empty() {
        out = out.and(&components::empty(m.team_give_empty())).and(&Html::raw("</div>"));
        return visit.page(m.team_give_title(), "inbox").show(out).await;
    }
    out = out.and(&Html::raw("<form method=\"post\" action=\"/team/give\" novalidate><ul class=\"plain links\">"));
    for case in &cases {
        let holder = case.handler_person.and_then(|p| loads.iter().find(|l| l.person == p));
        out = out
            .and(&Html::raw("<li>"))
            .and(&components::hidden("n", &case.number))
            .and(&components::title_link(&format!("/cases/{}", case.number), &case.title, locale))
            .and(&Html::raw("<small>"))
            .and(&components::reference(&case.number))
            .say(" ")
            .say(&holder.map_or_else(|| m.team_nobody_holds(), |l| m.team_held_by(l.shown(locale))));
        if let Some(due) = case.due() {
            out = out.say(" ").and(&dates::due_cell(due, today, locale));
        }
        out = out.and(&Html::raw("</small></li>"));
    }
    let mut people = Field::radios("person", m.team_give_whom()).error(form.error("person", locale));
    for load in &loads {
        people = people.option_hint(&load.number, load.shown(locale), load_words(load, locale));
    }
    people = people.option_hint(POOL, m.team_give_back(), m.team_give_back_hint());
    out = out
        .and(&Html::raw("</ul>"))
        .and(&people.value(form.value("person")).html(locale))
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.team_give_verb(cases.len() as i64), Style::Solid))
        .and(&Html::raw("</div></form></div>"));
    visit.page(m.team_give_title(), "inbox").refused(!form.ok()).show(out).await
}
