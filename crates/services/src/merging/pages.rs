//! What pages show about one matter in several requests, and the page that merges picked ones.

use huiqi_casework::inbox;
use huiqi_casework::record::Case;
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_store::Fault;
use huiqi_web::components::{self, Field, Style, section_head, status};
use huiqi_web::layout::{FlashKind, Html};
use huiqi_web::{Answer, Visit};

use super::actions::{Alike, Other, alike, merged};
use crate::requests::facts::{self, Detail};
use crate::requests::flow::{Action, FLOW, State};
use crate::requests::pages::{Loaded, state_tone};
use crate::requests::rules;
use crate::t;

/// Whether the viewer may merge this request into another one, as the table says.
fn may_merge(visit: &Visit, case: &Case, detail: &Detail) -> bool {
    let Some(actor) = visit.viewer().actor() else { return false };
    let Ok(state) = case.state::<State>() else { return false };
    let asked = facts::facts(visit.ctx(), visit.ctx().today(), case, detail, &[]);
    FLOW.decide(state, Action::Merge, Doer::Person(actor), &asked).is_ok()
}

fn state_of(code: &str, locale: Locale) -> Html {
    State::from_code(code).map_or_else(Html::empty, |state| {
        let (tone, icon) = state_tone(state);
        status(tone, icon, state.label(locale))
    })
}

/// For staff: what this request was merged into, what was merged into it, and what may be the same matter.
pub(crate) async fn staff_sections(visit: &Visit, loaded: &Loaded) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let case = &loaded.case;
    let mut out = Html::empty();
    if let Some(target) = &loaded.target {
        out = out
            .and(&Html::raw("<section class=\"section\" aria-labelledby=\"with\">"))
            .and(&section_head("with", &m.merge_with_title(), Html::empty(), Html::empty()))
            .and(&Html::raw("<ul class=\"plain links\">"))
            .and(&line(target, locale))
            .and(&Html::raw("</ul></section>"));
    }
    let all = loaded.detail.merged_here;
    if all > 0 {
        let others = merged(visit.ctx(), visit.viewer(), case.id).await?;
        let hidden = all - others.len() as i64;
        out = out.and(&Html::raw("<section class=\"section\" aria-labelledby=\"merged\">")).and(&section_head(
            "merged",
            &m.merge_in_title(),
            Html::text(&m.merge_in_count(all)),
            Html::empty(),
        ));
        if !others.is_empty() {
            out = out.and(&Html::raw("<ul class=\"plain links\">"));
            for other in &others {
                out = out.and(&line(other, locale));
            }
            out = out.and(&Html::raw("</ul>"));
        }
        if hidden > 0 {
            out = out.and(&components::empty_small(m.merge_in_hidden(hidden)));
        }
        out = out.and(&Html::raw("</section>"));
    }
    if may_merge(visit, case, &loaded.detail) {
        let found = alike(visit.ctx(), visit.viewer(), case, &loaded.detail).await?;
        if !found.is_empty() {
            out = out.and(&candidates(visit, case, &found));
        }
    }
    Ok(out)
}

fn line(other: &Other, locale: Locale) -> Html {
    Html::raw("<li>")
        .and(&components::title_link(&format!("/requests/{}", other.number), &other.title, locale))
        .and(&Html::raw("<small>"))
        .and(&components::reference(&other.number))
        .say(" ")
        .say(other.firm_name.as_deref().unwrap_or_default())
        .say(" ")
        .and(&state_of(&other.state, locale))
        .and(&Html::raw("</small></li>"))
}

/// Why a candidate may be the same matter, in words.
fn signs(found: &Alike, locale: Locale) -> String {
    let m = t(locale);
    let mut words = Vec::new();
    if found.signs.firm {
        words.push(m.merge_sign_firm());
    } else if found.signs.phone {
        words.push(m.merge_sign_phone());
    }
    if found.signs.category == Some(true) {
        words.push(m.merge_sign_category());
    }
    if found.signs.words >= 20 {
        words.push(m.merge_sign_words(found.signs.words));
    }
    words.join(&m.merge_sign_join())
}

/// One click for each: the younger one goes into the older one.
fn candidates(visit: &Visit, case: &Case, found: &[Alike]) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let mut out = Html::raw("<section class=\"section no-print\" aria-labelledby=\"alike\">")
        .and(&section_head("alike", &m.merge_alike_title(), Html::text(&m.merge_alike_note()), Html::empty()))
        .and(&Html::raw("<ul class=\"plain answers\">"));
    for one in found {
        let other = &one.case;
        let (from, into, verb) = if other.id < case.id {
            (case, other, m.merge_verb_into(&other.number))
        } else {
            (other, case, m.merge_verb_take_in(&other.number))
        };
        out = out
            .and(&Html::raw("<li><div class=\"answer-head\"><h3 lang=\"zh-CN\">"))
            .and(&components::link(&format!("/requests/{}", other.number), &other.title))
            .and(&Html::raw("</h3>"))
            .and(&state_of(&other.state, locale))
            .and(&Html::raw("</div><p class=\"meta\"><span>"))
            .and(&components::reference(&other.number))
            .and(&Html::raw("</span><span>"))
            .say(one.firm.as_deref().unwrap_or_default())
            .and(&Html::raw("</span><span>"))
            .say(&signs(one, locale))
            .and(&Html::raw("</span></p>"));
        if may_merge(visit, from, &one.detail) {
            out = out
                .and(&Html::raw(format!("<form method=\"post\" action=\"/requests/{}/merge\">", from.number)))
                .and(&components::hidden("into", &into.number))
                .and(&components::hidden("version", &from.version.to_string()))
                .and(&Html::raw("<button class=\"button is-second is-small\" type=\"submit\">"))
                .say(&verb)
                .and(&Html::raw("</button></form>"));
        }
        out = out.and(&Html::raw("</li>"));
    }
    out.and(&Html::raw("</ul></section>"))
}

/// For the firm: that its matter is answered together with another one, without a word about whose that is.
pub(crate) fn firm_note(loaded: &Loaded, state: State, locale: Locale) -> Html {
    let Some(target) = loaded.target.as_ref() else { return Html::empty() };
    let m = t(locale);
    let own = own_target(loaded);
    let body = match state {
        State::Merged if own => Html::fill(
            &m.merge_firm_waits_own("{0}"),
            &[components::link(&format!("/requests/{}", target.number), &target.number)],
        ),
        State::Merged => Html::text(&m.merge_firm_waits()),
        _ if own => Html::fill(
            &m.merge_firm_answered_own("{0}"),
            &[components::link(&format!("/requests/{}", target.number), &target.number)],
        ),
        _ => Html::text(&m.merge_firm_answered()),
    };
    components::notice(FlashKind::Info, None, &body)
}

/// Whether the other request is of the same firm, which may read its number.
fn own_target(loaded: &Loaded) -> bool {
    loaded.case.firm.is_some() && loaded.target.as_ref().is_some_and(|t| t.firm == loaded.case.firm)
}

/// The field for the number of the other request, in the line of the step.
pub(crate) fn into_field(value: String, error: Option<&str>, locale: Locale) -> Html {
    let m = t(locale);
    Field::text("into", m.merge_field_into())
        .id("merge-into")
        .hint(m.merge_hint_into())
        .value(value)
        .error(error)
        .width("w-mid")
        .autocomplete("off")
        .html(locale)
}

/// Several picked requests: all others into the oldest one.
pub(crate) async fn batch(visit: &Visit, picked: &[String]) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let cases: Vec<Case> =
        inbox::visible_many(ctx, visit.viewer(), picked).await?.into_iter().filter(|c| c.flow == FLOW.code).collect();
    let ids: Vec<i64> = cases.iter().map(|c| c.id).collect();
    let details = facts::details(ctx, &ids).await?;
    let mut out = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::crumbs(&[("/inbox".to_owned(), m.request_crumb_inbox())], None, locale))
        .and(&components::page_head(
            &m.merge_batch_title(),
            Html::text(&m.merge_batch_count(cases.len() as i64)),
            Html::empty(),
        ));
    let about = |case: &Case| details.get(&case.id).map(Detail::about).unwrap_or_default();
    // The oldest that may take others in: open, not merged itself.
    let target = cases.iter().find(|c| {
        let stranger = Case { id: 0, ..(*c).clone() };
        rules::one_matter(&stranger, about(c), c, about(c)).is_ok()
    });
    let (Some(target), true) = (target, cases.len() > 1) else {
        out = out.and(&components::empty(m.merge_batch_empty())).and(&Html::raw("</div>"));
        return visit.page(m.merge_batch_title(), "requests").show(out).await;
    };
    out = out
        .and(&Html::raw("<p>"))
        .say(&m.merge_batch_note())
        .and(&Html::raw("</p><form method=\"post\" action=\"/requests/merge\">"))
        .and(&components::hidden("into", &target.number))
        .and(&Html::raw("<ul class=\"plain answers\">"));
    let mut able = 0_i64;
    for case in &cases {
        let blocked = if case.id == target.id {
            None
        } else {
            match rules::one_matter(case, about(case), target, about(target)) {
                Err(refusal) => Some(refusal.reason.get(locale).to_owned()),
                Ok(()) if !details.get(&case.id).is_some_and(|d| may_merge(visit, case, d)) => {
                    Some(m.merge_batch_not_now())
                }
                Ok(()) => None,
            }
        };
        out = out
            .and(&Html::raw("<li><div class=\"answer-head\"><h3 lang=\"zh-CN\">"))
            .and(&components::link(&format!("/requests/{}", case.number), &case.title))
            .and(&Html::raw("</h3>"))
            .and(&components::reference(&case.number))
            .and(&Html::raw("</div><p class=\"meta\"><span>"))
            .and(&state_of(&case.state, locale))
            .and(&Html::raw("</span><span>"));
        out = if case.id == target.id {
            out.say(&m.merge_batch_target())
        } else if let Some(reason) = blocked {
            out.say(&m.merge_batch_stays(&reason))
        } else {
            able += 1;
            out.say(&m.merge_batch_goes(&target.number))
                .and(&components::hidden("n", &case.number))
                .and(&components::hidden(&format!("version-{}", case.number), &case.version.to_string()))
        };
        out = out.and(&Html::raw("</span></p></li>"));
    }
    out = out.and(&Html::raw("</ul>"));
    if able > 0 {
        out = out
            .and(&Field::area("words", m.merge_field_why()).hint(m.merge_hint_why()).optional().rows(2).html(locale))
            .and(&Html::raw("<div class=\"button-row form-go\">"))
            .and(&components::button(&m.merge_batch_verb(able, &target.number), Style::Solid))
            .and(&Html::raw("</div>"));
    } else {
        out = out.and(&components::empty(m.merge_batch_none()));
    }
    out = out.and(&Html::raw("</form></div>"));
    visit.page(m.merge_batch_title(), "requests").show(out).await
}
