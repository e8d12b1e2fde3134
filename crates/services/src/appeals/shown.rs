//! What a request's pages say about an appeal against its grade.

use huiqi_casework::record::Case;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_store::Fault;
use huiqi_web::Visit;
use huiqi_web::components::{self, Field, Style, status};
use huiqi_web::layout::Html;

use super::actions::{MAX_WORDS, blocked, rated};
use super::flow::{FILERS, State};
use super::pages::tone;
use super::queries::OfRequest;
use crate::t;

/// For staff, below the grade: how the appeal stands, or that the rated house may appeal, or why not.
///
/// # Errors
/// When the database fails.
pub async fn staff(visit: &Visit, request: &Case, appeal: Option<&OfRequest>) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let mut out = Html::empty();
    if let Some(appeal) = appeal {
        let state = State::from_code(&appeal.state).unwrap_or(State::Filed);
        let (tone, icon) = tone(state);
        out = out
            .and(&Html::raw("<p class=\"small\">"))
            .say(&m.appeal_flow())
            .say(" ")
            .and(&components::reference(&appeal.number))
            .say(" ")
            .and(&status(tone, icon, state.label(locale)))
            .and(&Html::raw("</p>"));
        out = match (state, &appeal.decision) {
            (State::Upheld, Some(words)) => {
                out.and(&Html::raw("<p class=\"small\">")).say(&m.appeal_upheld_line(words)).and(&Html::raw("</p>"))
            }
            (State::Dismissed, Some(words)) => {
                out.and(&Html::raw("<p class=\"small\">")).say(&m.appeal_dismissed_line(words)).and(&Html::raw("</p>"))
            }
            (State::Filed, _) => {
                out.and(&Html::raw("<p class=\"small quiet\">")).say(&m.appeal_counts_until()).and(&Html::raw("</p>"))
            }
            _ => out,
        };
    }
    if !visit.viewer().is(FILERS) {
        return Ok(out);
    }
    let (case, graded) = match rated(visit.ctx(), visit.viewer(), &request.number).await {
        Ok(found) => found,
        Err(Fault::NotFound) => return Ok(out),
        Err(fault) => return Err(fault),
    };
    if appeal.is_some_and(|a| a.state != State::Withdrawn.code()) {
        return Ok(out);
    }
    Ok(match blocked(visit.ctx(), &case, &graded).await? {
        None => out.and(&Html::raw("<p class=\"no-print\">")).and(&components::link_button(
            &format!("/requests/{}/appeal", request.number),
            &m.appeal_action_file(),
            Style::Second,
            None,
        ))
        .and(&Html::raw("</p>")),
        Some(_) => out,
    })
}

/// For the firm, below the grade it gave: neutral words, and a form to say something where it was asked.
pub fn firm(appeal: &OfRequest, own: &str, locale: Locale) -> Html {
    let m = t(locale);
    let state = State::from_code(&appeal.state).unwrap_or(State::Withdrawn);
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
        return out.and(&Html::raw("<p class=\"small quiet\">")).say(&m.appeal_firm_spoken(words)).and(&Html::raw("</p>"));
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
