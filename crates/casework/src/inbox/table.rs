//! How a list looks: groups, marks, whose turn it is, what can be done with several at once.

use chrono::{Days, NaiveDate};
use huiqi_kernel::district::District;
use huiqi_kernel::people::{HANDLERS, Role};
use huiqi_store::Fault;
use huiqi_store::clock::day_start;
use huiqi_web::Visit;
use huiqi_web::components::{self, Tone};
use huiqi_web::dates;
use huiqi_web::layout::Html;

use super::ask::Ask;
use super::rows::*;
use super::*;
use crate::record::{Case, Turn};
use crate::scope::{self};
use crate::team::{self, Place};
use crate::urging::URGERS;
use crate::{ladder, t, timeline};

/// The list with its batch bar, groups and pager.
pub(super) fn list_page(
    visit: &Visit,
    ask: &Ask,
    base: &str,
    mut found: Vec<Row>,
    empty: &str,
    around: Option<&Around>,
) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    if found.is_empty() {
        return components::empty(empty.to_owned());
    }
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|row| {
        let due = row.case.due_on.as_deref().unwrap_or("9999-12-31");
        ask.with(base, "after", &format!("{due}_{}", row.case.id))
    });
    let batches = batch_buttons(visit, around);
    let mut out = Html::empty();
    if !batches.is_empty() {
        out = out
            .and(&Html::raw("<form method=\"post\"><div class=\"batch\" role=\"group\" aria-label=\""))
            .say(&m.inbox_batch())
            .and(&Html::raw("\">"))
            .and(&components::batch_head(locale))
            .and(&batches)
            .and(&Html::raw("<span class=\"quiet small end\">"))
            .say(&m.inbox_batch_note())
            .and(&Html::raw("</span></div>"));
    }
    out = out.and(&table(visit, &found, around, !batches.is_empty()));
    if !batches.is_empty() {
        out = out.and(&Html::raw("</form>"));
    }
    let pager = components::Pager {
        prev: (!ask.after.is_empty()).then(|| ask.with(base, "after", "")),
        next,
        shown: found.len() as u64,
        total: None,
    };
    out.and(&pager.html(locale))
}

/// What stands around the inbox of somebody at work: the place, who is away, and what managers see first.
pub(super) struct Around {
    /// Whether the viewer answers for others.
    pub(super) manages: bool,
    /// Whether the manager gives the matters, and the viewer may not claim.
    pub(super) given: bool,
    /// Last day that counts as close, and how many are late and close, where the whole list is shown.
    pub(super) soon: NaiveDate,
    pub(super) counts: Option<(i64, i64)>,
    pub(super) away: Vec<team::queries::Absence>,
}

impl Around {
    pub(super) async fn of(visit: &Visit, ask: &Ask, totals: &Totals, soon: NaiveDate) -> Result<Around, Fault> {
        const LEADERS: &[Role] = &[Role::WindowManager, Role::ProviderManager, Role::OperatorManager];
        let manages = visit.viewer().is(LEADERS);
        let whole = !ask.is_filtered() && ask.tab.is_empty();
        let counts = whole.then_some((totals.overdue, totals.soon));
        let mut around = Around { manages, given: false, soon, counts, away: Vec::new() };
        if let Some(actor) = visit.viewer().actor().filter(|a| a.is(HANDLERS)) {
            let (ctx, place) = (visit.ctx(), Place::of(actor));
            around.given = team::queries::mode(ctx, place).await? == team::Mode::Given;
            let today = ctx.today();
            around.away = team::queries::absences(ctx, place, today).await?;
            around.away.retain(|a| a.covers(today));
        }
        Ok(around)
    }
}

pub(super) fn batch_buttons(visit: &Visit, around: Option<&Around>) -> Html {
    let m = t(visit.locale());
    let mut out = Html::empty();
    let Some(around) = around else { return out };
    let mut add = |path: &str, label: &str, solid: bool, page: bool| {
        let class = if solid { "button is-small" } else { "button is-second is-small" };
        let method = if page { " formmethod=\"get\"" } else { "" };
        out.0.push_str(&format!("<button class=\"{class}\" type=\"submit\" formaction=\"{path}\"{method}>"));
        out = std::mem::take(&mut out).say(label);
        out.0.push_str("</button>");
    };
    let mut first = true;
    for batch in visit.app().batches().iter().filter(|b| visit.viewer().is(b.roles)) {
        add(batch.path, &(batch.label)(visit.locale()), first, batch.page);
        first = false;
    }
    let blocked = around.given && visit.viewer().is(HANDLERS) && !visit.viewer().is(team::MANAGERS);
    if visit.viewer().is(HANDLERS) && !blocked {
        add("/inbox/claim", &m.inbox_claim(), first, false);
        first = false;
    }
    if visit.viewer().is(URGERS) {
        add("/inbox/urge", &m.inbox_urge(), first, false);
    }
    if blocked {
        out = out
            .and(&Html::raw("<span class=\"quiet small\">"))
            .and(&components::icon("lock"))
            .say(" ")
            .say(&m.team_blocked_claim())
            .and(&Html::raw("</span>"));
    }
    out
}

#[derive(PartialEq, Eq, Clone, Copy)]
pub(super) enum Group {
    Overdue,
    /// Close to the due day, for managers.
    Soon,
    Today,
    Week,
    Later,
    Held,
}

pub(super) fn group(case: &Case, today: NaiveDate, soon: Option<NaiveDate>) -> Group {
    match case.due() {
        _ if case.is_paused() => Group::Held,
        None => Group::Held,
        Some(due) if due < today => Group::Overdue,
        Some(due) if soon.is_some_and(|soon| due <= soon) => Group::Soon,
        Some(due) if due == today => Group::Today,
        Some(due) if due <= today + Days::new(7) => Group::Week,
        Some(_) => Group::Later,
    }
}

pub(super) fn table(visit: &Visit, rows: &[Row], around: Option<&Around>, pick: bool) -> Html {
    let grouped = around.is_some();
    let leads = around.filter(|a| a.manages);
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let today = ctx.today();
    let calendar = ctx.calendar();
    let mut out = Html::raw("<table role=\"table\" class=\"table list as-cards\"><caption class=\"sr\">")
        .say(&if grouped { m.inbox_caption() } else { m.inbox_all_caption() })
        .and(&Html::raw("</caption><thead role=\"rowgroup\"><tr role=\"row\">"));
    // The first column holds the boxes; it stays, empty, where nothing can be picked, so that one layout serves both.
    out = out
        .and(&Html::raw("<th role=\"columnheader\" scope=\"col\"><span class=\"sr\">"))
        .say(&m.inbox_pick())
        .and(&Html::raw("</span></th>"));
    let heads = [m.inbox_number(), m.inbox_what(), m.inbox_firm(), m.inbox_state(), m.inbox_turn(), m.inbox_due()];
    for (i, head) in heads.iter().enumerate() {
        let sorted = if grouped && i == 5 { " aria-sort=\"ascending\"" } else { "" };
        out = out
            .and(&Html::raw(format!("<th role=\"columnheader\" scope=\"col\"{sorted}>")))
            .say(head)
            .and(&Html::raw("</th>"));
    }
    out = out.and(&Html::raw("</tr></thead><tbody role=\"rowgroup\">"));
    let mut last = None;
    for row in rows {
        let case = &row.case;
        let now = group(case, today, leads.map(|a| a.soon));
        if grouped && last != Some(now) {
            last = Some(now);
            let name = match now {
                Group::Overdue => {
                    let counted = leads.and_then(|a| a.counts).map(|(late, _)| m.team_inbox_red(late));
                    components::status(Tone::Bad, "stop", counted.unwrap_or_else(|| m.inbox_group_overdue()))
                }
                Group::Soon => {
                    let counted = leads.and_then(|a| a.counts).map(|(_, soon)| m.team_inbox_yellow(soon));
                    components::status(Tone::Warn, "clock", counted.unwrap_or_else(|| m.team_tab_soon()))
                }
                Group::Today => components::status(Tone::Warn, "clock", m.inbox_group_today()),
                Group::Week => {
                    Html::raw("<span class=\"status\">").say(&m.inbox_group_week()).and(&Html::raw("</span>"))
                }
                Group::Later => {
                    Html::raw("<span class=\"status\">").say(&m.inbox_group_later()).and(&Html::raw("</span>"))
                }
                Group::Held => components::status(Tone::Idle, "pause", m.inbox_group_held()),
            };
            out = out.and(&Html::raw(format!(
                "<tr role=\"row\" class=\"group\"><th role=\"rowheader\" colspan=\"7\" scope=\"colgroup\">{name}</th></tr>"
            )));
        }
        let fresh = case.moved_at >= day_start(today);
        out = out.and(&Html::raw(if fresh { "<tr role=\"row\" class=\"is-new\">" } else { "<tr role=\"row\">" }));
        if pick {
            out = out
                .and(&Html::raw("<td role=\"cell\" class=\"pick\"><input type=\"checkbox\" name=\"n\" value=\""))
                .say(&case.number)
                .and(&Html::raw("\" aria-label=\""))
                .say(&m.inbox_pick_one(&case.number))
                .and(&Html::raw("\"></td>"));
        } else {
            out = out.and(&Html::raw("<td role=\"cell\" class=\"pick\"></td>"));
        }
        let cell = |label: &str, class: &str, inner: Html| {
            Html::raw("<td role=\"cell\"")
                .and(&Html::raw(class))
                .and(&Html::raw(" data-label=\""))
                .say(label)
                .and(&Html::raw("\">"))
                .and(&inner)
                .and(&Html::raw("</td>"))
        };
        let flow = visit.flow(&case.flow);
        let kind = flow
            .map(|f| case.kind.as_deref().map_or_else(|| f.name(locale), |k| f.kind_label(k, locale)))
            .unwrap_or_default();
        out = out
            .and(&Html::raw("<td role=\"cell\">"))
            .and(&components::reference(&case.number))
            .and(&Html::raw("</td><td role=\"cell\" class=\"what\">"))
            .and(&components::title_link(&format!("/cases/{}", case.number), &case.title, locale))
            .and(&Html::raw(" <span class=\"quiet small nowrap\">"))
            .say(&kind)
            .and(&Html::raw("</span>"));
        if case.flagged > 0 {
            out = out.and(&Html::raw(" ")).and(&components::tag(&m.inbox_redo()));
        }
        let day = |at: i64| dates::date_words(dates::day_of(at), today, locale);
        if let Some(at) = row.still(row.firm_urged_at) {
            out = out.and(&Html::raw(" ")).and(&components::tag(&m.urging_by_firm(day(at))));
        }
        if let Some(at) = row.still(row.urged_at) {
            out = out.and(&Html::raw(" ")).and(&components::tag(&m.urging_by_staff(day(at))));
        }
        out = out.and(&Html::raw("</td>"));
        let district =
            case.district.as_deref().and_then(District::by_code).map(|d| d.name(locale).to_owned()).unwrap_or_default();
        let firm = if scope::asker_hidden(visit.viewer(), case) {
            m.inbox_hidden_firm()
        } else {
            match (&row.firm_name, case.flow.as_str()) {
                (Some(name), _) => name.clone(),
                (None, "supervision-order") => m.inbox_order_to(timeline::in_words(
                    row.handler_name.as_deref().unwrap_or_default(),
                    row.handler_en.as_deref(),
                    locale,
                )),
                (None, "request" | "assignment") => m.inbox_no_firm(),
                (None, _) => String::new(),
            }
        };
        out = out.and(&cell(&m.inbox_firm(), "", components::given(&firm, locale).and(&small(&district))));
        let state = flow.map_or_else(|| case.state.clone(), |f| f.state_label(&case.state, locale));
        let state = if case.is_paused() { components::status(Tone::Idle, "pause", state) } else { Html::text(&state) };
        let mut state = state;
        if let Some(word) = ladder::escalation(row.risen, locale).filter(|_| case.closed_at.is_none()) {
            state = state.and(&Html::raw("<small>")).and(&word).and(&Html::raw("</small>"));
        }
        if row.orders > 0 {
            let word = components::status(Tone::Bad, "alert", m.urging_supervised());
            state = state.and(&Html::raw("<small>")).and(&word).and(&Html::raw("</small>"));
        }
        out = out.and(&cell(&m.inbox_state(), "", state));
        out = out.and(&cell(&m.inbox_turn(), "", turn_words(visit, row, around)));
        let due_class = if case.is_overdue(today) { " class=\"due is-bad\"" } else { " class=\"due\"" };
        let due = match case.due() {
            Some(due) => {
                let left = dates::Left::until(&calendar, today, due);
                let note = if case.provisional { m.inbox_provisional() } else { left.short(locale) };
                dates::due_cell(due, today, locale).and(&small(&note))
            }
            None if case.is_paused() => Html::raw("<span class=\"quiet\">")
                .say(&m.inbox_paused())
                .and(&Html::raw("</span>"))
                .and(&small(&m.inbox_paused_left(case.left_days.unwrap_or_default()))),
            None => Html::raw("<span class=\"quiet\">").say(&m.inbox_no_due()).and(&Html::raw("</span>")),
        };
        out = out.and(&cell(&m.inbox_due(), due_class, due)).and(&Html::raw("</tr>"));
    }
    out.and(&Html::raw("</tbody></table>"))
}

pub(super) fn small(words: &str) -> Html {
    if words.is_empty() { Html::empty() } else { Html::raw("<small>").say(words).and(&Html::raw("</small>")) }
}

pub(super) fn turn_words(visit: &Visit, row: &Row, around: Option<&Around>) -> Html {
    let m = t(visit.locale());
    let mine = |words: String| Html::raw("<b>").say(&words).and(&Html::raw("</b>"));
    let actor = visit.viewer().actor();
    let case = &row.case;
    let handler =
        timeline::in_words(row.handler_name.as_deref().unwrap_or_default(), row.handler_en.as_deref(), visit.locale());
    match case.turn() {
        Turn::Handler => {
            let own = actor.is_some_and(|a| {
                if a.window.is_some() {
                    case.handler_window == a.window
                } else {
                    case.handler_org == Some(a.organisation)
                }
            });
            let person = row.handler_person_name.clone();
            let away = around.and_then(|a| a.away.iter().find(|v| Some(v.person) == case.handler_person));
            if let Some(away) = away.filter(|_| own) {
                return if Some(away.deputy) == actor.map(|a| a.person) {
                    mine(m.team_turn_deputy(away.shown(visit.locale())))
                } else {
                    Html::text(&m.team_turn_away(away.shown(visit.locale()), away.deputy_shown(visit.locale())))
                };
            }
            if own && case.handler_person.is_some() && case.handler_person == actor.map(|a| a.person) {
                mine(m.inbox_turn_you())
            } else if own {
                person.map_or_else(
                    || mine(if around.is_some_and(|a| a.given) { m.team_turn_ungiven() } else { m.inbox_turn_pool() }),
                    |p| components::given(&p, visit.locale()),
                )
            } else {
                let person = person.unwrap_or_default();
                let person = if person.is_empty() {
                    Html::empty()
                } else {
                    Html::raw("<small>").and(&components::given(&person, visit.locale())).and(&Html::raw("</small>"))
                };
                components::given(handler, visit.locale()).and(&person)
            }
        }
        Turn::Firm => Html::text(&m.inbox_turn_firm()),
        turn @ (Turn::Desk | Turn::Dispatch | Turn::Check) => {
            Html::text(&ladder::seat(turn, case.desk(), visit.locale()))
        }
        Turn::Bureau => Html::text(&m.inbox_turn_bureau()),
        Turn::Below => Html::text(&if handler.is_empty() { m.inbox_turn_below() } else { handler.to_owned() }),
        Turn::Nobody => Html::text(&m.inbox_turn_nobody()),
    }
}
