//! The page behind a link: what it is about, what may be done with one tap, what was done, what is still possible.

use huiqi_casework::record::Case;
use huiqi_casework::timeline::StepTaken;
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_kernel::text;
use huiqi_store::Fault;
use huiqi_web::Visit;
use huiqi_web::components::{self, Field, Style, actions, badge, kv, phrased, section_head, tag};
use huiqi_web::dates;
use huiqi_web::layout::{FlashKind, Html, flash_slot};

use super::Purpose;
use super::actions::Link;
use crate::ratings::actions::{current, may_rate};
use crate::requests::flow::{Action, State};
use crate::requests::pages::{
    ErrorIn, Loaded, firm_lines, firm_state, grade_given, grade_word, kind_of, standing, state_tone,
};
use crate::t;

/// Where a request is followed with number and query code.
fn follow(number: &str, words: &str) -> Html {
    components::link_button(&format!("/follow?n={number}"), words, Style::Second, None)
}

/// A page that only says something, with the way to number and query code.
pub(super) fn only_says(visit: &Visit, title: &str, words: &str, number: Option<&str>) -> Html {
    let m = t(visit.locale());
    let hotline = visit.ctx().site().text("hotline", visit.locale()).to_owned();
    let way = number.map_or_else(
        || components::link_button("/follow", &m.link_follow(), Style::Second, None),
        |number| follow(number, &m.link_follow()),
    );
    Html::raw("<div class=\"wrap wrap-narrow\"><header class=\"page-head\"><h1>")
        .say(title)
        .and(&Html::raw("</h1></header>"))
        .and(&flash_slot())
        .and(&Html::raw("<p class=\"lede\">"))
        .say(words)
        .and(&Html::raw("</p><div class=\"button-row\">"))
        .and(&way)
        .and(&Html::raw("</div><p class=\"section quiet\">"))
        .and(&Html::fill(&m.link_hotline("{0}"), &[components::phone_link(&hotline)]))
        .and(&Html::raw("</p></div>"))
}

/// The page of a report (举报): its number and nothing else.
pub(super) fn of_report(visit: &Visit, case: &Case) -> Option<(String, Html)> {
    let m = t(visit.locale());
    case.is_report().then(|| {
        let title = m.link_report_title(&case.number);
        let body = only_says(visit, &title, &m.link_report_what(), Some(&case.number));
        (title, body)
    })
}

/// The step a link is bound to, if it is still the latest of its kind.
fn bound<'a>(loaded: &'a Loaded, link: &Link) -> Option<&'a StepTaken> {
    let total = loaded.steps.len();
    let latest = loaded.steps.iter().position(|s| link.purpose().steps().contains(&s.action.as_str()))?;
    // Newest first, counted from 1.
    let seq = i64::try_from(total - latest).unwrap_or_default();
    (seq == link.round).then(|| &loaded.steps[latest])
}

fn section(id: &str, title: &str, body: &Html) -> Html {
    Html::raw("<section class=\"section\" aria-labelledby=\"")
        .say(id)
        .and(&Html::raw("\">"))
        .and(&section_head(id, title, Html::empty(), Html::empty()))
        .and(body)
        .and(&Html::raw("</section>"))
}

/// Words of people, as they wrote them.
fn quoted(words: &str) -> Html {
    Html::raw("<div lang=\"zh-CN\">").and(&components::paragraphs(words)).and(&Html::raw("</div>"))
}

/// Files that came with the answer or the question.
fn files_of(loaded: &Loaded, at: i64, own: &str) -> Html {
    let mut out = Html::empty();
    for file in loaded.files.iter().filter(|f| f.at == at) {
        out = out.and(&Html::raw("<li>")).and(&components::file_link(
            &file.href(own),
            &file.name,
            file.bytes.unsigned_abs(),
        ));
        if file.preview.is_some() {
            let preview = format!("{}/preview", file.href(own));
            out = out
                .and(&Html::raw("<a href=\""))
                .say(&preview)
                .and(&Html::raw("\"><img class=\"preview\" loading=\"lazy\" alt=\"\" src=\""))
                .say(&preview)
                .and(&Html::raw("\"></a>"));
        }
        out = out.and(&Html::raw("</li>"));
    }
    if out.is_empty() { out } else { Html::raw("<ul class=\"plain\">").and(&out).and(&Html::raw("</ul>")) }
}

/// Why a step was not taken, and the words that were sent with it.
pub(super) fn kept(why: &str, typed: &str, locale: Locale) -> Html {
    let m = t(locale);
    components::notice(FlashKind::Warn, None, &Html::text(why))
        .and(&Html::raw("<section class=\"section\" aria-labelledby=\"kept\"><h2 id=\"kept\">"))
        .say(&m.link_kept())
        .and(&Html::raw("</h2><p><textarea class=\"input\" rows=\"4\" readonly aria-labelledby=\"kept\">"))
        .say(typed)
        .and(&Html::raw("</textarea></p><p>"))
        .and(&components::copy_button(typed, locale))
        .and(&Html::raw("</p></section>"))
}

/// The page of a link that works.
///
/// # Errors
/// When the case is of a newer program.
pub(super) fn page(
    visit: &Visit,
    link: &Link,
    own: &str,
    mut loaded: Loaded,
    error: &ErrorIn<'_>,
    summary: &Html,
) -> Result<Html, Fault> {
    let (ctx, locale) = (visit.ctx(), visit.locale());
    let m = t(locale);
    let today = ctx.today();
    let state: State = loaded.case.state()?;
    // How the days are counted stands on the page behind number and code.
    loaded.count = None;
    let bound = bound(&loaded, link).cloned();
    let (tone, icon) = state_tone(state);
    let mut out = Html::raw("<div class=\"wrap wrap-narrow\"><header class=\"case-head\"><div><p class=\"case-kind\">")
        .and(&tag(&kind_of(&loaded.case).label(locale)))
        .and(&components::reference(&loaded.case.number))
        .and(&Html::raw("</p><h1 class=\"phrased\" lang=\"zh-CN\">"))
        .and(&phrased(text::phrases(&loaded.case.title).iter().map(String::as_str)))
        .and(&Html::raw("</h1></div><div class=\"button-row\">"))
        .and(&badge(tone, icon, firm_state(state, locale)))
        .and(&Html::raw("</div></header>"))
        .and(&flash_slot())
        .and(summary);
    out = match (&bound, link.purpose()) {
        (None, _) => out.and(&components::notice(FlashKind::Info, None, &Html::text(&m.link_overtaken()))),
        (Some(_), Purpose::Judge) => out.and(&judge(visit, own, &loaded, state, error)),
        (Some(step), Purpose::Supply) => out.and(&supply(visit, own, &loaded, state, step, error)),
        (Some(step), Purpose::See) => {
            let said = step.words.as_deref().filter(|_| step.public).map(quoted).unwrap_or_default();
            let files = files_of(&loaded, step.at, own);
            let reason = if said.is_empty() && files.is_empty() {
                Html::empty()
            } else {
                section("why", &m.link_reason(), &said.and(&files))
            };
            let out = out.and(&standing(ctx, &loaded, state, locale, true)).and(&reason);
            if matches!(state, State::Answered | State::Waiting | State::Returned) {
                // It is the firm's turn, and this link is from before that.
                out.and(&Html::raw("<p>")).say(&m.link_later()).and(&Html::raw("</p>"))
            } else {
                out
            }
        }
    };
    let whom = kv(&loaded.contacts.rows(locale));
    out = out.and(&section("whom", &m.request_ask_whom(), &whom));
    out = out.and(&Html::raw("<section class=\"section\">"));
    if bound.is_some() {
        let until = dates::date(dates::day_of(link.expires_at), today, locale);
        out = out
            .and(&Html::raw("<p class=\"quiet\">"))
            .and(&Html::fill(&m.link_until("{0}"), &[until]))
            .and(&Html::raw("</p>"));
    }
    Ok(out
        .and(&Html::raw("<div class=\"button-row\">"))
        .and(&follow(&loaded.case.number, &m.link_all()))
        .and(&Html::raw("</div></section></div>")))
}

/// The answer, five grades, confirm and do it again.
fn judge(visit: &Visit, own: &str, loaded: &Loaded, state: State, error: &ErrorIn<'_>) -> Html {
    let (ctx, locale) = (visit.ctx(), visit.locale());
    let m = t(locale);
    let open = matches!(state, State::Answered | State::Closed | State::Lapsed);
    let mut out = standing(ctx, loaded, state, locale, true);
    if let (Some(answer), true) = (&loaded.detail.answer, open) {
        let files = files_of(loaded, loaded.detail.answered_at.unwrap_or_default(), own);
        out = out.and(&section("answer", &m.request_standing_answer(), &quoted(answer).and(&files)));
    }
    if !open {
        return out;
    }
    out = out.and(&grade(visit, own, loaded, error));
    let lines = firm_lines(loaded, state, Doer::Bearer, own, &[Action::Confirm, Action::Redo], error, locale);
    if lines.is_empty() {
        return out.and(&Html::raw("<p>")).say(&m.link_reopen()).and(&Html::raw("</p>"));
    }
    out.and(&section("do", &m.link_solved(), &actions(&lines, locale)))
}

fn grade(visit: &Visit, own: &str, loaded: &Loaded, error: &ErrorIn<'_>) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let line = |rating| Html::raw("<p>").say(&grade_given(rating, today, locale)).and(&Html::raw("</p>"));
    let earlier = loaded.ratings.iter().filter(|r| r.current == 0).map(line).fold(Html::empty(), |out, l| out.and(&l));
    let body = match current(&loaded.ratings) {
        Some(rating) => {
            let given = line(rating);
            match &rating.words {
                Some(words) => {
                    given.and(&Html::raw("<blockquote lang=\"zh-CN\">").say(words).and(&Html::raw("</blockquote>")))
                }
                None => given
                    .and(&Html::raw("<form method=\"post\" novalidate data-keep action=\""))
                    .say(own)
                    .and(&Html::raw("/words\">"))
                    .and(
                        &Field::area("words", m.rating_words())
                            .id("rating-words")
                            .optional()
                            .rows(2)
                            .value(error.value("words", "words"))
                            .error(error.of("words", locale))
                            .html(locale),
                    )
                    .and(&components::button(&m.link_add_words(), Style::Second))
                    .and(&Html::raw("</form>")),
            }
        }
        None => match may_rate(visit.ctx(), &loaded.case, today) {
            Err(Fault::Refused(refusal)) => components::empty_small(refusal.reason.get(locale).to_owned()),
            _ => {
                let mut form = Html::raw("<form method=\"post\" action=\"")
                    .say(own)
                    .and(&Html::raw("/grade\"><p>"))
                    .say(&m.rating_voluntary())
                    .and(&Html::raw("</p><div class=\"grades is-tall\">"));
                for grade in (1..=5).rev() {
                    form = form
                        .and(&Html::raw(format!(
                            "<button class=\"button is-second\" type=\"submit\" name=\"grade\" value=\"{grade}\">"
                        )))
                        .say(&grade_word(grade, locale))
                        .and(&Html::raw("</button>"));
                }
                form.and(&Html::raw("</div></form>"))
            }
        },
    };
    section("grade", &m.rating_title(), &earlier.and(&body))
}

/// The question, and the form that answers it.
fn supply(visit: &Visit, own: &str, loaded: &Loaded, state: State, step: &StepTaken, error: &ErrorIn<'_>) -> Html {
    let (ctx, locale) = (visit.ctx(), visit.locale());
    let m = t(locale);
    let asked = quoted(step.words.as_deref().unwrap_or_default()).and(&files_of(loaded, step.at, own));
    let out = standing(ctx, loaded, state, locale, true).and(&section("asked", &m.link_asked(), &asked));
    if !matches!(state, State::Waiting | State::Returned) {
        return out.and(&Html::raw("<p>")).say(&m.link_supplied()).and(&Html::raw("</p>"));
    }
    let error_of = |field: &str| if field == "file" { error.of("file", locale) } else { error.of("words", locale) };
    let form = Html::raw("<form method=\"post\" novalidate data-keep enctype=\"multipart/form-data\" action=\"")
        .say(own)
        .and(&Html::raw("/supply\">"))
        .and(
            &Field::area("words", m.link_your_answer())
                .rows(4)
                .value(error.value("words", "words"))
                .error(error_of("words"))
                .html(locale),
        )
        .and(
            &Field::file("file", m.link_pictures())
                .optional()
                .multiple()
                .accept(huiqi_casework::attachments::ACCEPT)
                .hint(m.ask_files_hint())
                .error(error_of("file"))
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row form-go\"><button class=\"button is-big\" type=\"submit\">"))
        .say(&m.link_send())
        .and(&Html::raw("</button></div></form>"));
    out.and(&section("reply", &m.link_reply(), &form))
}
