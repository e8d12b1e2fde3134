//! Where a request stands, whose turn it is, and how the day was counted.

use huiqi_casework::ladder;
use huiqi_casework::record::Turn;

use super::*;

/// The sentence on top: whose turn, to do what, by when – and the steps of the way.
pub(crate) fn standing(ctx: &Ctx, loaded: &Loaded, state: State, locale: Locale, firm: bool) -> Html {
    let m = t(locale);
    let today = ctx.today();
    let case = &loaded.case;
    let due = case.due();
    let calendar = ctx.calendar();
    let left = due.map(|due| Left::until(&calendar, today, due));
    let tone = left.as_ref().map(|l| components::left_tone(l.days).0);
    let day = due.map(|d| dates::date_act(d, today, locale)).unwrap_or_default();
    let names: Vec<&str> = loaded.assigned.iter().filter(|a| a.is_open()).map(|a| a.shown(locale)).collect();
    let handlers = if names.is_empty() { m.request_handlers_none() } else { names.join(&m.request_join()) };
    let sentence = match state {
        // The firm is spoken to, not about.
        State::Draft | State::Submitted if firm => Html::fill(&m.request_say_you_submitted("{0}"), &[day]),
        State::Returned if firm => Html::text(&m.request_say_you_returned()),
        State::Accepted if firm => Html::fill(&m.request_say_you_accepted("{0}"), &[day]),
        State::Waiting if firm => Html::text(&m.request_say_you_waiting(case.left_days.unwrap_or_default())),
        State::Merged if firm => Html::text(&m.merge_say_you()),
        State::Merged => Html::text(&m.merge_say(loaded.target.as_ref().map_or("", |t| t.number.as_str()))),
        State::Answered if firm => Html::fill(&m.request_say_you_answered("{0}"), &[day]),
        State::Withdrawn if firm => Html::text(&m.request_say_you_withdrawn()),
        State::Draft | State::Submitted => {
            Html::fill(&m.request_say_submitted(ladder::seat(Turn::Desk, case.desk(), locale), "{0}"), &[day])
        }
        State::Returned => Html::text(&m.request_say_returned()),
        State::Accepted => {
            Html::fill(&m.request_say_accepted(ladder::seat(Turn::Dispatch, case.desk(), locale), "{0}"), &[day])
        }
        State::Dispatched if loaded.assigned.iter().filter(|a| a.is_open()).all(Assigned::is_department) => {
            Html::fill(&m.transfer_say_dispatched(&handlers, "{0}"), &[day])
        }
        State::Dispatched => Html::fill(&m.request_say_dispatched(&handlers, "{0}"), &[day]),
        State::InProgress => Html::fill(&m.request_say_in_progress(&handlers, "{0}"), &[day]),
        State::Waiting => Html::text(&m.request_say_waiting(case.left_days.unwrap_or_default())),
        State::Answered => Html::fill(&m.request_say_answered("{0}"), &[day]),
        State::Closed => {
            let how = loaded.detail.closed_how().map_or_else(String::new, |h| h.label(locale));
            Html::text(&m.request_say_closed(&how))
        }
        State::Lapsed => Html::text(&m.request_say_lapsed()),
        State::Refused => {
            let rules = case.rules(ctx);
            let ground = loaded.detail.closing.as_deref().and_then(|g| rules.refusal_ground(g));
            // Both are whole sentences.
            Html::text(&ground.map_or_else(
                || state.label(locale),
                |g| m.request_say_refused(g.text.get(locale), g.ask_instead.get(locale)),
            ))
        }
        State::Withdrawn => Html::text(&m.request_say_withdrawn()),
    };
    let mut rest = Html::empty();
    if let Some(left) = &left {
        rest = components::left_status(left.days, left.with_today, locale);
        if case.provisional {
            rest = rest.say(&m.request_provisional());
        }
        if loaded.count.is_some() {
            rest = rest.say(&m.request_stop()).and(&components::link("#count", &m.request_how_counted()));
        }
    }
    let words: [(String, Option<i64>); 5] = [
        (m.request_step_submitted(), Some(case.opened_at)),
        (m.request_step_accepted(), loaded.detail.accepted_at),
        (m.request_step_working(), loaded.detail.dispatched_at),
        (m.request_step_answered(), loaded.detail.answered_at),
        (m.request_step_closed(), case.closed_at),
    ];
    let now = firm_step(state);
    let over = case.closed_at.is_some();
    // A way that ended before its end says so, and where.
    let ended = matches!(state, State::Withdrawn | State::Refused).then(|| state.label(locale));
    let steps = words
        .into_iter()
        .enumerate()
        .map(|(i, (label, at))| {
            // What was merged before anybody accepted it was not accepted.
            let passed = state == State::Merged && i < now && at.is_none();
            let done = if over { at.is_some() || i == 0 || i == 4 } else { i < now && !passed };
            let step_state = if over && i == 4 || done && i != now || over && done {
                StepState::Done
            } else if i == now && !over {
                StepState::Now
            } else if over || passed {
                StepState::Skipped
            } else {
                StepState::Todo
            };
            let small = if step_state == StepState::Done {
                at.map(|at| dates::date(dates::day_of(at), today, locale)).unwrap_or_default()
            } else if step_state == StepState::Now {
                Html::text(&m.request_step_now())
            } else {
                Html::empty()
            };
            let label = ended.clone().filter(|_| i == 4).unwrap_or(label);
            Step { label, small, state: step_state }
        })
        .collect();
    Standing { leaf: due.zip(tone), say: sentence, rest, steps }.html(locale)
}

/// Who does what by when, and how the running limit was counted.
pub(super) fn turns(ctx: &Ctx, loaded: &Loaded, state: State, locale: Locale) -> Html {
    let m = t(locale);
    let today = ctx.today();
    let calendar = ctx.calendar();
    let mut table = Table::new(&m.request_turns())
        .cards()
        .col(Col::text(&m.request_turn_who()))
        .col(Col::text(&m.request_turn_what()))
        .col(Col::nowrap(&m.request_turn_due()))
        .col(Col::text(&m.request_turn_how()));
    let situation = |due: Option<NaiveDate>, paused: bool| match due {
        Some(due) => {
            let left = Left::until(&calendar, today, due);
            components::left_status_short(left.days, left.with_today, locale)
        }
        None if paused => status(Tone::Idle, "pause", m.request_turn_paused()),
        None => status(Tone::Idle, "todo", m.request_turn_none()),
    };
    let cell = |due: Option<NaiveDate>| {
        due.map_or_else(|| Html::text(&m.request_turn_no_due()), |d| dates::due_cell(d, today, locale))
    };
    let who = |name: String, small: String| {
        Html::text(&name).and(&Html::raw("<small>")).say(&small).and(&Html::raw("</small>"))
    };
    let case = &loaded.case;
    let mut rows = 0;
    for below in loaded.assigned.iter().filter(|a| a.is_open()) {
        let what = match below.state() {
            assignment::State::Offered | assignment::State::Prepared if below.is_department() => {
                m.transfer_do_receive()
            }
            assignment::State::Offered | assignment::State::Prepared => m.request_do_take(),
            assignment::State::Taken => m.request_do_contact(),
            assignment::State::Unreachable => m.request_do_reach(),
            _ if below.lead || loaded.detail.lead.is_none() => m.request_do_answer(),
            _ => m.request_do_opinion(),
        };
        let small = match (below.person_shown(locale), &below.deputy) {
            (Some(person), Some(_)) => m.assignment_deputy(person, below.reachable(locale).unwrap_or_default()),
            (Some(person), None) => person.to_owned(),
            (None, _) => m.request_pool(),
        };
        table.push(
            "",
            [
                Cell::from(who(below.shown(locale).to_owned(), small)),
                Cell::from(what),
                Cell::from(cell(below.case.due())),
                Cell::from(situation(below.case.due(), below.case.is_paused())),
            ],
        );
        rows += 1;
    }
    let desk = match case.desk() {
        record::Desk::Operator => m.request_desk_operator(),
        record::Desk::Centre => m.request_desk_centre(),
        record::Desk::Bureau => m.request_desk_bureau(),
    };
    let own = match state {
        State::Draft | State::Submitted => Some((desk, m.request_do_accept())),
        State::Accepted => Some((desk, m.request_do_dispatch())),
        State::Returned => Some((m.request_the_firm(), m.request_do_complete())),
        State::Waiting => Some((m.request_the_firm(), m.request_do_supply())),
        State::Answered => Some((m.request_the_firm(), m.request_do_confirm())),
        _ => None,
    };
    if let Some((name, what)) = own {
        table.push(
            "",
            [
                Cell::from(Html::text(&name)),
                Cell::from(what),
                Cell::from(cell(case.due())),
                Cell::from(situation(case.due(), case.is_paused())),
            ],
        );
        rows += 1;
    }
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"who\">").and(&section_head(
        "who",
        &m.request_turns(),
        Html::empty(),
        Html::empty(),
    ));
    out = if rows == 0 { out.and(&components::empty(m.request_turns_none())) } else { out.and(&table.html()) };
    if let Some(how) = derivation(ctx, loaded, locale, case.closed_at.is_none()) {
        out = out.and(&how);
    }
    out.and(&Html::raw("</section>"))
}

pub(super) fn derivation(ctx: &Ctx, loaded: &Loaded, locale: Locale, open: bool) -> Option<Html> {
    let m = t(locale);
    let today = ctx.today();
    let case = &loaded.case;
    let limit = case.due_limit.as_deref().and_then(Limit::from_code)?;
    let rules = case.rules(ctx);
    let parameter = rules.param(limit.id())?;
    let name = parameter.name.get(locale).to_owned();
    let value = rules.value_text(parameter, locale);
    let basis =
        components::article(parameter.article, locale).say(" ").say(&m.request_basis(&name, &value, case.rule_version));
    match loaded.count.as_ref()? {
        Count::Running(deadline) => {
            let start = match limit {
                Limit::Accept => Some(m.request_start_submit()),
                Limit::Dispatch => Some(m.request_start_accept()),
                Limit::Consultation | Limit::Ordinary | Limit::Complex => Some(m.request_start_dispatch()),
                Limit::Silence => Some(m.request_start_answer()),
                _ => None,
            };
            let outside = case.outside_due.as_deref().and_then(|d| d.parse::<NaiveDate>().ok());
            let earlier = outside.filter(|day| case.capped(Some(limit), deadline.due) == *day && *day < deadline.due);
            let intro = if let Some(day) = earlier {
                Html::text(&m.transfer_how_outside(
                    dates::date_words(day, today, locale),
                    dates::date_words(deadline.due, today, locale),
                ))
            } else if case.extended_days > 0 {
                Html::text(&m.request_how_extended(&name, case.due_days.unwrap_or_default(), case.extended_days))
            } else {
                Html::empty()
            };
            Some(How { id: "count", deadline, today, start, intro, basis, open }.html(locale))
        }
        Count::Suspended(suspended) => {
            let strip = components::days_strip(&suspended.days, None, today, None, locale);
            let body = Html::raw("<p>")
                .say(&m.request_how_suspended(i64::from(suspended.left)))
                .and(&Html::raw("</p>"))
                .and(&strip)
                .and(&Html::raw("<p class=\"quiet\">"))
                .and(&basis)
                .and(&Html::raw("</p>"));
            Some(components::folded(m.request_how_suspended_title(), &body))
        }
    }
}
