//! What the page of a case says about urging, escalation and supervision orders, and what one may do about them there.

use chrono::NaiveDate;
use huiqi_casework::ladder::{self, Reached};
use huiqi_casework::record::{Case, Turn};
use huiqi_casework::timeline::StepTaken;
use huiqi_casework::urging::{self, Last, URGERS};
use huiqi_kernel::people::Actor;
use huiqi_kernel::rule::art;
use huiqi_store::Fault;
use huiqi_web::Visit;
use huiqi_web::components::{self, ActionLine, Field, Style, Tone, section_head, status};
use huiqi_web::dates;
use huiqi_web::layout::Html;

use super::flow::{ANSWERERS, ISSUERS, State};
use super::pages::{tone, word};
use super::queries::{self, Line};
use crate::requests::flow::State as RequestState;
use crate::t;

/// Orders about a case and how far the ladder went for it. One statement.
pub struct Shown {
    orders: Vec<Line>,
    rungs: Vec<Reached>,
}

/// Loads it for whoever looks.
///
/// # Errors
/// When the database fails.
pub async fn load(visit: &Visit, case: &Case) -> Result<Shown, Fault> {
    let (orders, rungs) = queries::about(visit.ctx(), visit.viewer(), case.id).await?;
    Ok(Shown { orders, rungs })
}

fn state(line: &Line) -> State {
    State::from_code(&line.state).unwrap_or(State::Issued)
}

fn own(line: &Line, actor: &Actor) -> bool {
    match actor.window {
        Some(window) => line.handler_window == Some(window),
        None => line.handler_org == Some(actor.organisation) && line.handler_window.is_none(),
    }
}

impl Shown {
    /// A section of the case page; empty where there is nothing to tell.
    pub fn section(&self, visit: &Visit, case: &Case) -> Html {
        let locale = visit.locale();
        let m = t(locale);
        let today = visit.ctx().today();
        if self.orders.is_empty() && self.rungs.is_empty() {
            return Html::empty();
        }
        let now = self.rungs.iter().filter(|r| r.at >= case.moved_at).map(|r| r.rung).max().unwrap_or(case.ladder);
        let beside =
            ladder::escalation(now.max(case.ladder), locale).filter(|_| case.closed_at.is_none()).unwrap_or_default();
        let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"up\">")
            .and(&section_head("up", &m.order_escalation(), beside, Html::empty()))
            .and(&Html::raw("<ul class=\"plain links\">"));
        for order in &self.orders {
            let state = state(order);
            let due = order.due_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok());
            let overdue = due.is_some_and(|d| d < today);
            let (tone, icon) = tone(state, overdue);
            out = out
                .and(&Html::raw("<li>"))
                .and(&components::link(
                    &format!("/supervision-orders/{}", order.number),
                    &m.order_line(&order.number, order.ordered(locale)),
                ))
                .and(&Html::raw("<small>"))
                .and(&status(tone, icon, word(state, overdue, locale)));
            if order.late > 0 {
                out = out.say(" ").and(&status(Tone::Bad, "clock", m.order_late()));
            }
            if let Some(due) = due {
                let words = if state == State::Issued { m.order_due_line("{0}") } else { m.order_check_line("{0}") };
                out = out.say(" ").and(&Html::fill(&words, &[dates::date_act(due, today, locale)]));
            }
            out = out.and(&Html::raw("</small></li>"));
        }
        for rung in &self.rungs {
            let (name, body) = rung.words(today, locale);
            out = out
                .and(&Html::raw("<li><span>"))
                .say(&name)
                .and(&Html::raw("</span><small>"))
                .and(&body)
                .and(&Html::raw("</small></li>"));
        }
        out.and(&Html::raw("</ul></section>"))
    }

    /// What one may do: answer an order to the own house, urge, issue an order.
    pub fn lines(&self, visit: &Visit, case: &Case, steps: &[StepTaken]) -> Vec<ActionLine> {
        let locale = visit.locale();
        let m = t(locale);
        let ctx = visit.ctx();
        let today = ctx.today();
        let Some(actor) = visit.viewer().actor() else { return Vec::new() };
        let mut lines = Vec::new();
        for order in self.orders.iter().filter(|o| state(o) == State::Issued && own(o, actor) && actor.is(ANSWERERS)) {
            let due = order.due_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok());
            let day = due.map_or_else(String::new, |d| dates::date_words(d, today, locale));
            lines.push(
                ActionLine::link(
                    &m.order_verb_answer(&order.number),
                    &format!("/supervision-orders/{}#reply", order.number),
                )
                .note(m.order_note_answer(&day))
                .style(Style::Solid)
                .under(art(5)),
            );
        }
        // What was merged into another request waits for nobody of its own.
        let merged = case.state == RequestState::Merged.code();
        let waited_for = case.closed_at.is_none() && !merged && !matches!(case.turn(), Turn::Firm | Turn::Nobody);
        let own_turn = case.turn() == Turn::Handler && case.handler_org == Some(actor.organisation);
        if actor.is(URGERS) && waited_for && !own_turn {
            lines.push(urge_line(visit, case, steps));
        }
        if actor.is(ISSUERS) && waited_for && !own_turn {
            lines.push(
                ActionLine::link(&m.order_verb_new(), &format!("/supervision-orders/new?about={}", case.number))
                    .note(m.order_note_new())
                    .under(art(4)),
            );
        }
        lines
    }
}

fn urge_line(visit: &Visit, case: &Case, steps: &[StepTaken]) -> ActionLine {
    let locale = visit.locale();
    let m = t(locale);
    let last = steps.iter().find(|s| s.action == urging::ACTION).map(|s| Last {
        at: s.at,
        person: s.person.clone(),
        person_en: s.person_en.clone(),
    });
    if let Some(refusal) = urging::blocked(visit.ctx(), case, last.as_ref()) {
        return ActionLine::blocked(&m.order_urge(), refusal.reason.get(locale).to_owned()).under(art(5));
    }
    let words = Field::text("words", m.order_urge_words())
        .id("urge-words")
        .optional()
        .max(urging::MAX_WORDS as u32)
        .html(locale);
    ActionLine::form("urge", &m.order_urge(), &format!("/cases/{}/urge", case.number), words, &m.order_urge())
        .note(m.order_urge_note())
        .under(art(5))
}
