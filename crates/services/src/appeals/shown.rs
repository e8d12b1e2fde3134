//! What a request's pages say about an appeal against its grade.

use huiqi_casework::record::Case;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_web::Visit;
use huiqi_web::components::{self, Field, Style, status};
use huiqi_web::dates;
use huiqi_web::layout::Html;

use super::actions::{MAX_WORDS, blocked, is_low, is_rated, last_day};
use super::flow::{FILERS, State};
use super::pages::tone;
use crate::ratings::actions::Rating;
use crate::t;

/// For staff, below the grade: how an appeal against it stands, or that the rated house may file one.
pub fn staff(visit: &Visit, request: &Case, rating: &Rating) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let mut out = Html::empty();
    let small = |words: String| Html::raw("<p class=\"small\">").say(&words).and(&Html::raw("</p>"));
    if let (Some(number), Some(state)) = (&rating.appeal, rating.appeal_state.as_deref().and_then(State::from_code)) {
        let (tone, icon) = tone(state);
        out = out
            .and(&Html::raw("<p class=\"small\">"))
            .say(&m.appeal_flow())
            .say(" ")
            .and(&components::link(&format!("/cases/{number}"), number))
            .say(" ")
            .and(&status(tone, icon, state.label(locale)))
            .and(&Html::raw("</p>"));
        out = match (state, &rating.decision) {
            (State::Upheld, Some(words)) => out.and(&small(m.appeal_upheld_line(words))),
            (State::Dismissed, Some(words)) => out.and(&small(m.appeal_dismissed_line(words))),
            (State::Filed, _) => out.and(&small(m.appeal_counts_until())),
            _ => out,
        };
    }
    let ctx = visit.ctx();
    let Some(actor) = visit.viewer().actor().filter(|a| is_rated(rating, a)) else { return out };
    let stands = rating.appeal_state.as_deref().and_then(State::from_code).is_some_and(|s| s != State::Withdrawn);
    if stands || !is_low(ctx, request, rating) {
        return out;
    }
    let today = ctx.today();
    let day = |l| dates::date_words(last_day(ctx, request, rating), today, l);
    let why = match blocked(ctx, request, rating) {
        Some(refusal) => Some(refusal.reason.get(locale).to_owned()),
        None if !actor.is(FILERS) => Some(m.appeal_by_manager(day(locale))),
        None => None,
    };
    if let Some(why) = why {
        out = out
            .and(&Html::raw("<p class=\"small quiet no-print\">"))
            .and(&components::icon("lock"))
            .say(" ")
            .say(&m.appeal_blocked(m.appeal_action_file(), why))
            .and(&Html::raw("</p>"));
    } else {
        out = out
            .and(&Html::raw("<p class=\"no-print\">"))
            .and(&components::link_button(
                &format!("/requests/{}/appeal", request.number),
                &m.appeal_action_file(),
                Style::Second,
                None,
            ))
            .and(&Html::raw("</p>"));
    }
    out
}

/// For the firm, below the grade it gave: neutral words, and a form to say something where it was asked.
pub fn firm(appeal: &Rating, own: &str, locale: Locale) -> Html {
    let m = t(locale);
    let state = appeal.appeal_state.as_deref().and_then(State::from_code).unwrap_or(State::Withdrawn);
    let words = match state {
        State::Filed => m.appeal_firm_filed(),
        State::Upheld => m.appeal_firm_upheld(),
        State::Dismissed => m.appeal_firm_dismissed(),
        State::Draft | State::Withdrawn => return Html::empty(),
    };
    let mut out = Html::raw("<p>").say(&words).and(&Html::raw("</p>"));
    if state != State::Filed {
        return out;
    }
    let Some(asked) = &appeal.asked else { return out };
    if let Some(words) = &appeal.rater_words {
        return out
            .and(&Html::raw("<p class=\"small quiet\">"))
            .say(&m.appeal_firm_spoken(words))
            .and(&Html::raw("</p>"));
    }
    out = out
        .and(&Html::raw("<p class=\"said\" lang=\"zh-CN\">“"))
        .say(asked)
        .and(&Html::raw("”</p><form method=\"post\" class=\"no-print\" action=\""))
        .say(own)
        .and(&Html::raw("/rating-word\">"))
        .and(
            &Field::area("words", m.appeal_firm_field())
                .id("rating-word")
                .optional()
                .hint(m.appeal_firm_hint())
                .rows(3)
                .max(MAX_WORDS as u32)
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row\">"))
        .and(&components::button(&m.appeal_firm_send(), Style::Second))
        .and(&Html::raw("</div></form>"));
    out
}
