//! The queue, the page behind each line with what to ask, and the box on the request's page.

use axum::extract::{Path, Query};
use chrono::NaiveDate;
use huiqi_casework::record::Case;
use huiqi_casework::{inbox, scope, timeline};
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Label};
use huiqi_store::clock::{DAY_MS, day_start};
use huiqi_store::{Ctx, Fault};
use huiqi_web::components::{self, Choice, Col, Field, Pager, Style, Tone, status};
use huiqi_web::dates::{self, Left};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Form, Visit};
use serde::Deserialize;

use super::actions::{self, Counting, Heard, Led, Said, may_call};
use super::queries::{self, Call, Part, Row, Try};
use super::{Outcome, Why};
use crate::frame::List;
use crate::ratings::actions::{Rating, current, may_rate, of_request};
use crate::requests::facts::{self, Detail};
use crate::requests::flow::State;
use crate::requests::pages::{Loaded, grade_word};
use crate::t;

const PAGE: i64 = 30;
/// What ended is shown this long.
const LATELY_DAYS: i64 = 30;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Ask {
    tab: String,
    skip: i64,
}

fn part(tab: &str) -> Part {
    match tab {
        "overdue" => Part::Overdue,
        "tried" => Part::Tried,
        "ended" => Part::Ended,
        _ => Part::Open,
    }
}

fn href(tab: &str, skip: i64) -> String {
    match (tab, skip) {
        ("", 0) => "/call-backs".to_owned(),
        (tab, 0) => format!("/call-backs?tab={tab}"),
        (tab, skip) => format!("/call-backs?tab={tab}&skip={skip}"),
    }
}

pub(super) async fn queue(visit: Visit, Query(ask): Query<Ask>) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let since = day_start(ctx.today()) - LATELY_DAYS * DAY_MS;
    let totals = queries::totals(ctx, visit.viewer(), since).await?;
    let part = part(&ask.tab);
    let skip = ask.skip.max(0);
    let mut found = queries::rows(ctx, visit.viewer(), part, since, skip, PAGE).await?;
    let more = found.len() as i64 > PAGE;
    found.truncate(PAGE as usize);
    let tab = |code: &str, n: i64, label: Html| components::Count {
        href: href(code, 0),
        count: n.unsigned_abs(),
        label,
        current: ask.tab == code,
    };
    let counts = components::counts(
        &m.call_by(),
        &[
            tab("", totals.open, Html::text(&m.call_tab_open())),
            tab("overdue", totals.overdue, status(Tone::Bad, "stop", m.call_tab_overdue())),
            tab("tried", totals.tried, status(Tone::Warn, "phone", m.call_tab_tried())),
            tab("ended", totals.ended, status(Tone::Idle, "done", m.call_tab_ended())),
        ],
    );
    let total = match part {
        Part::Open => totals.open,
        Part::Overdue => totals.overdue,
        Part::Tried => totals.tried,
        Part::Ended => totals.ended,
    };
    let pager = Pager {
        prev: (skip > 0).then(|| href(&ask.tab, (skip - PAGE).max(0))),
        next: more.then(|| href(&ask.tab, skip + PAGE)),
        shown: found.len() as u64,
        total: u64::try_from(total).ok(),
    };
    let lede = Html::raw("<p class=\"quiet small\">").say(&m.call_queue_lede()).and(&Html::raw("</p>"));
    let ended = part == Part::Ended;
    List::of(found, &visit, "calls", m.call_queue_title(), m.call_queue_count(totals.open))
        .above(&lede)
        .above(&counts)
        .row_head(1)
        .column(Col::nowrap(&if ended { m.call_col_outcome() } else { m.call_col_due() }), |row| {
            first_cell(&visit, ended, row)
        })
        .column(Col::text(&m.call_col_what()).bare(), |row| what_cell(ended, row, locale))
        .column(Col::text(&m.call_col_firm()), |row| firm_cell(&visit, row))
        .column(Col::nowrap(&m.call_col_why()), |row| Why::from_code(&row.why).unwrap_or(Why::Confirm).label(locale))
        .column(Col::text(&m.call_col_judged()), |row| {
            Html::text(timeline::in_words(&row.judged_name, row.judged_en.as_deref(), locale))
        })
        .column(Col::nowrap(&m.call_col_tries()), |row| tries_cell(&visit, ended, row))
        .empty(if part == Part::Open { m.call_queue_empty() } else { m.call_queue_empty_part() })
        .pager(pager)
        .show()
        .await
}

fn small(words: &str) -> Html {
    Html::raw("<small>").say(words).and(&Html::raw("</small>"))
}

/// How it ended and when, or the last day.
fn first_cell(visit: &Visit, ended: bool, row: &Row) -> Html {
    let locale = visit.locale();
    let ctx = visit.ctx();
    let today = ctx.today();
    match (ended, row.call_due.parse::<NaiveDate>()) {
        (true, _) => {
            let at = row.ended_at.map(|at| dates::date_short(dates::day_of(at), today, locale)).unwrap_or_default();
            outcome_status(row.outcome.as_deref().and_then(Outcome::from_code), row.solved, locale)
                .and(&Html::raw("<small>"))
                .and(&at)
                .and(&Html::raw("</small>"))
        }
        (false, Ok(due)) => {
            let left = Left::until(&ctx.calendar(), today, due);
            dates::due_cell(due, today, locale).and(&small(&left.short(locale)))
        }
        (false, Err(_)) => components::quiet("–"),
    }
}

fn what_cell(ended: bool, row: &Row, locale: Locale) -> Html {
    let number = &row.case.number;
    let path = if ended { format!("/requests/{number}") } else { format!("/requests/{number}/call-back") };
    components::title_link(&path, &row.case.title, locale)
        .and(&Html::raw("<small>"))
        .and(&components::reference(number))
        .and(&Html::raw("</small>"))
}

/// The firm with its district; nothing of either where the viewer may not know who asks.
fn firm_cell(visit: &Visit, row: &Row) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    if scope::asker_hidden(visit.viewer(), &row.case) {
        return components::quiet(m.request_masked());
    }
    let district = row.case.district.as_deref().and_then(District::by_code).map_or("", |d| d.name(locale));
    let name = row.firm_name.clone().unwrap_or_else(|| m.request_no_firm());
    components::in_language(&name, Locale::Zh, locale).and(&small(district))
}

fn tries_cell(visit: &Visit, ended: bool, row: &Row) -> Html {
    let m = t(visit.locale());
    if ended {
        return Html::text(&m.call_tries_made(row.tries));
    }
    if row.missed == 0 {
        return components::quiet(m.call_tries_zero());
    }
    let said = Html::text(&m.call_tries_n(row.missed));
    let today_too = row.last_at.is_some_and(|at| dates::day_of(at) == visit.ctx().today());
    if today_too { said.and(&small(&m.call_tried_today())) } else { said }
}

/// How a call ended, with its mark.
pub(crate) fn outcome_status(outcome: Option<Outcome>, solved: Option<bool>, locale: Locale) -> Html {
    let m = t(locale);
    match (outcome, solved) {
        (Some(Outcome::Reached), Some(true)) => status(Tone::Good, "done", m.call_solved_yes()),
        (Some(Outcome::Reached), _) => status(Tone::Bad, "stop", m.call_solved_no()),
        (Some(outcome @ Outcome::Unreached), _) => status(Tone::Warn, "phone", outcome.label(locale)),
        (Some(outcome), _) => status(Tone::Idle, "no", outcome.label(locale)),
        (None, _) => Html::empty(),
    }
}

/// Everything the call page shows.
struct Shown {
    case: Case,
    state: State,
    detail: Detail,
    firm: Option<String>,
    call: Option<Call>,
    tries: Vec<Try>,
    ratings: Vec<Rating>,
}

impl Shown {
    fn why(&self) -> Why {
        self.call.as_ref().map_or(Why::Confirm, Call::why)
    }

    /// The tries of the open call; where none is open, what was tried about the standing answer before.
    fn own(&self) -> Vec<&Try> {
        match &self.call {
            Some(call) => self.tries.iter().filter(|one| one.call_id == Some(call.id)).collect(),
            None => {
                let since = self.detail.answered_at.unwrap_or_default();
                self.tries.iter().filter(|one| one.at >= since && !one.reached).collect()
            }
        }
    }
}

/// Earlier tries, and how many are asked for (parameters).
fn tried(ctx: &Ctx, shown: &Shown, locale: Locale) -> Html {
    let m = t(locale);
    let today = ctx.today();
    let counting = Counting::of(&shown.case.rules(ctx));
    let (least, least_days) = (i64::from(counting.tries), i64::from(counting.days));
    let own = shown.own();
    if own.is_empty() {
        return Html::text(&m.call_tries_none(least, least_days));
    }
    let counted = counting.counted(&missed(&own));
    let days: std::collections::BTreeSet<_> = counted.iter().map(|at| dates::day_of(*at)).collect();
    let said = m.call_tries_so_far(counted.len() as i64, days.len() as i64, least, least_days);
    let left_out = own.len() - counted.len();
    let mut out = Html::text(&said);
    if left_out > 0 {
        out = out.say(&m.call_tries_left_out(left_out as i64));
    }
    out.and(&try_list(&own, true, today, locale))
}

/// When nobody was reached, oldest first.
fn missed(tries: &[&Try]) -> Vec<i64> {
    tries.iter().filter(|one| !one.reached).map(|one| one.at).collect()
}

/// Tries as a list; words only for those who call.
fn try_list(tries: &[&Try], words: bool, today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<ul class=\"plain small\">");
    for one in tries {
        out = out
            .and(&Html::raw("<li>"))
            .and(&dates::moment(one.at, today, locale))
            .say(" ")
            .and(&components::given(one.who(locale), locale))
            .say(" ")
            .say(&if one.reached { m.call_reached() } else { m.call_missed() });
        if let Some(grade) = one.grade {
            out = out.say(" ").say(&grade_word(grade, locale));
        }
        if let Some(said) = one.words.as_deref().filter(|w| words && !w.is_empty()) {
            out = out.and(&Html::raw(" <span lang=\"zh-CN\">“")).say(said).and(&Html::raw("”</span>"));
        }
        out = out.and(&Html::raw("</li>"));
    }
    out.and(&Html::raw("</ul>"))
}

/// What to ask, in the order in which it is asked.
fn script(ctx: &Ctx, shown: &Shown, grade: bool, locale: Locale) -> Html {
    let m = t(locale);
    let day = dates::date_words(dates::day_of(shown.case.opened_at), ctx.today(), locale);
    let mut lines = vec![m.call_say_hello(&day, &shown.case.title)];
    match shown.why() {
        Why::LowGrade => lines.push(m.call_say_low_grade()),
        Why::Redo => lines.push(m.call_say_redo()),
        Why::Silence => lines.push(m.call_say_silence()),
        Why::Spot => lines.push(m.call_say_spot()),
        Why::Confirm => {}
    }
    lines.push(m.call_say_solved());
    if matches!(shown.state, State::Closed | State::Lapsed) {
        lines.push(m.call_say_again());
    }
    if grade {
        lines.push(m.call_say_grade());
    }
    lines.push(m.call_say_close());
    let items =
        lines.iter().fold(Html::empty(), |out, line| out.and(&Html::raw("<li>")).say(line).and(&Html::raw("</li>")));
    Html::raw("<h2>")
        .say(&m.call_script())
        .and(&Html::raw("</h2><ol class=\"script\">"))
        .and(&items)
        .and(&Html::raw("</ol>"))
}

/// The outcomes one may note, with what each does.
fn outcomes(ctx: &Ctx, shown: &Shown, reopen: bool, locale: Locale) -> Vec<Choice> {
    let m = t(locale);
    let counting = Counting::of(&shown.case.rules(ctx));
    let choice = |heard: Heard, label: String, hint: String| Choice {
        value: heard.code().to_owned(),
        label: Html::text(&label),
        hint,
        ..Choice::default()
    };
    let mut hint = m.call_hint_missed(i64::from(counting.tries), i64::from(counting.days));
    let mut now = missed(&shown.own());
    if now.iter().any(|at| dates::day_of(*at) == ctx.today()) {
        now.push(ctx.now());
        hint = if counting.counted(&now).last() == now.last() {
            m.call_hint_missed_again(hint)
        } else {
            m.call_hint_missed_soon(i64::from(counting.gap), i64::from(counting.daily))
        };
    }
    let missed = choice(Heard::Missed, m.call_missed(), hint);
    let mut out = Vec::new();
    if shown.state == State::Answered {
        out.push(choice(Heard::Solved, m.call_solved(), m.call_hint_solved_answered()));
        out.push(choice(Heard::NotSolved, m.call_not_solved(), m.call_hint_not_answered()));
    } else {
        out.push(choice(Heard::Solved, m.call_solved(), m.call_hint_solved()));
        if reopen {
            out.push(choice(Heard::Again, m.call_again(), m.call_hint_again()));
            out.push(choice(Heard::NotSolved, m.call_not_solved_left(), m.call_hint_solved()));
        } else {
            out.push(choice(Heard::NotSolved, m.call_not_solved(), m.call_hint_solved()));
        }
    }
    out.push(missed);
    out
}

async fn call_page(visit: &Visit, number: &str, form: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let case = inbox::visible(ctx, visit.viewer(), number).await?;
    if case.flow != "request" {
        return Err(Fault::NotFound.into());
    }
    let state: State = case.state()?;
    let detail = facts::detail(ctx, case.id).await?;
    let assigned = facts::assigned(ctx, case.id).await?;
    let actor = visit.actor()?;
    let asked = facts::facts(ctx, ctx.today(), &case, &detail, &assigned);
    let call = queries::of_case(ctx, case.id).await?.into_iter().find(|c| c.ended_at.is_none());
    // The page shows the phone: only to somebody who may make this call.
    if !may_call(actor, state, &asked, &assigned, call.as_ref()) {
        return visit.to(format!("/requests/{number}")).warn(m.call_not_now()).now();
    }
    let firm = match case.firm {
        Some(firm) => huiqi_registers::enterprises::facts(ctx.db().read(), firm).await?.map(|f| f.name),
        None => detail.firm_text.clone(),
    };
    let tries = queries::tries(ctx, case.id).await?;
    let ratings = of_request(ctx, case.id).await?;
    let reopen =
        matches!(state, State::Closed | State::Lapsed) && crate::requests::rules::may_reopen_by_call(&asked).is_ok();
    let shown = Shown { case, state, detail, firm, call, tries, ratings };
    let body = call_form(visit, &shown, reopen, form);
    visit.page(m.call_title(), "calls").refused(!form.ok()).show(body).await
}

fn call_form(visit: &Visit, shown: &Shown, reopen: bool, form: &Form) -> Html {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let phone = shown.detail.phone.as_str();
    let grade = current(&shown.ratings).is_none() && may_rate(ctx, &shown.case, ctx.today()).is_ok();
    let grades = std::iter::once((String::new(), m.call_grade_none()))
        .chain((1..=5).rev().map(|g| (g.to_string(), grade_word(g, locale))));
    let lede = match &shown.call {
        Some(call) => {
            let day = call.due_on.parse().map(|d| dates::date_words(d, today, locale)).unwrap_or_default();
            m.call_about(call.why().label(locale), day)
        }
        None => shown.why().label(locale),
    };
    let mut rows = vec![
        (m.call_firm(), components::given(&shown.firm.clone().unwrap_or_else(|| m.request_no_firm()), locale)),
        (m.call_words_asked(), components::paragraphs(&shown.detail.words)),
        (m.request_standing_answer(), components::paragraphs(shown.detail.answer.as_deref().unwrap_or_default())),
    ];
    for rating in &shown.ratings {
        let words = rating.words.as_deref().unwrap_or_default();
        rows.push((m.call_graded(), Html::text(&grade_word(rating.grade, locale)).say(" ").say(words)));
    }
    rows.push((m.call_tries(), tried(ctx, shown, locale)));
    let mut out = Html::raw("<div class=\"wrap\">")
        .and(&components::back("/call-backs", &m.call_back_queue(), locale))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<h1>"))
        .say(&m.call_title())
        .and(&Html::raw("</h1><p class=\"lede\" lang=\"zh-CN\">"))
        .say(&shown.case.title)
        .and(&Html::raw("</p><p class=\"quiet\">"))
        .and(&components::link(&format!("/requests/{}", shown.case.number), &shown.case.number))
        .say(" ")
        .say(&lede)
        .and(&Html::raw("</p><p class=\"lede\">"))
        .say(&m.call_contact(&shown.detail.contact_name))
        .and(&Html::raw(" <a href=\"tel:"))
        .say(phone)
        .and(&Html::raw("\">"))
        .say(phone)
        .and(&Html::raw("</a></p><div class=\"split\"><div>"))
        .and(&script(ctx, shown, grade, locale))
        .and(&Html::raw(format!(
            "<form class=\"form-main section\" method=\"post\" action=\"/requests/{}/call-back\" novalidate>",
            shown.case.number
        )))
        .and(&components::hidden("version", &shown.case.version.to_string()));
    let mut outcome = Field::radios("outcome", m.call_outcome());
    for choice in outcomes(ctx, shown, reopen, locale) {
        outcome = outcome.choice(choice);
    }
    out = out.and(&outcome.value(form.value("outcome")).error(form.error("outcome", locale)).html(locale));
    if grade {
        out = out.and(
            &Field::select("grade", m.call_grade())
                .optional()
                .hint(m.call_grade_hint())
                .options(grades)
                .value(form.value("grade"))
                .html(locale),
        );
    }
    out.and(
        &Field::area("words", m.call_words())
            .hint(m.call_words_hint())
            .rows(3)
            .value(form.value("words"))
            .error(form.error("words", locale))
            .html(locale),
    )
    .and(&Html::raw("<div class=\"button-row form-go\">"))
    .and(&components::button(&m.call_save(), Style::Solid))
    .and(&Html::raw("</div></form></div><aside class=\"aside\">"))
    .and(&components::kv_stack(&rows))
    .and(&Html::raw("</aside></div></div>"))
}

pub(super) async fn call(visit: Visit, Path(number): Path<String>) -> Answer {
    call_page(&visit, &number, &Form::default()).await
}

pub(super) async fn called(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let heard = Heard::from_code(form.value("outcome"));
    let words = form.optional("words", 1000, |l| t(l).call_words()).unwrap_or_default();
    match heard {
        None => form.fail("outcome", |l| t(l).call_choose()),
        Some(heard) if heard != Heard::Missed && words.is_empty() => {
            form.fail("words", |l| t(l).call_words_missing());
        }
        Some(_) => {}
    }
    let Some(heard) = heard.filter(|_| form.ok()) else { return call_page(&visit, &number, &form).await };
    let said = Said {
        heard,
        grade: form.value("grade").parse().ok(),
        words,
        version: Some(form.version()).filter(|v| *v >= 0),
    };
    let m = t(visit.locale());
    let led = actions::record(visit.ctx(), visit.viewer(), &number, &said).await?;
    let words = match led {
        Led::Closed => m.call_done_closed(),
        Led::Again => m.call_done_again(),
        Led::Noted => m.call_done_noted(),
        Led::Missed => m.call_done_missed(),
        Led::TooSoon => m.call_done_too_soon(),
        Led::Unreached => m.call_done_unreached(),
    };
    visit.to("/call-backs").good(words).now()
}

/// The box with a request's calls on its page. Words of the firm are for those who call, not for those called about.
pub(crate) fn case_box(visit: &Visit, loaded: &Loaded) -> Html {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let (calls, tries) = &loaded.calls;
    if calls.is_empty() {
        return Html::empty();
    }
    let actor = visit.viewer().actor();
    let mut out =
        Html::raw("<section class=\"section\" aria-labelledby=\"calls\"><h2 class=\"aside-title\" id=\"calls\">")
            .say(&m.call_box())
            .and(&Html::raw("</h2>"));
    for call in calls {
        let why = call.why().label(locale);
        let said = match call.outcome() {
            None => {
                let who = match call.caller.as_str() {
                    "operator" => m.call_desk_operator(),
                    "centre" => m.call_desk_centre(),
                    _ => m.call_desk_bureau(),
                };
                let day = call.due_on.parse().map(|d| dates::date_words(d, today, locale)).unwrap_or_default();
                Html::text(&m.call_box_due(why, who, day))
            }
            Some(outcome) => Html::text(&m.call_box_ended(why, outcome.label(locale))).and(&match call.solved {
                Some(solved) => Html::raw("<br>").and(&outcome_status(Some(outcome), Some(solved), locale)),
                None => Html::empty(),
            }),
        };
        let words = actor.is_some_and(|a| {
            matches!(a.role.capacity(), Capacity::Operator | Capacity::Centre | Capacity::Bureau)
                && a.organisation != call.judged
        });
        let own: Vec<&Try> = tries.iter().filter(|one| one.call_id == Some(call.id)).collect();
        out = out.and(&Html::raw("<p class=\"small\">")).and(&said).and(&Html::raw("</p>"));
        if !own.is_empty() {
            out = out.and(&try_list(&own, words, today, locale));
        }
    }
    out.and(&Html::raw("</section>"))
}

/// The call this person has to make about a request now, in words for the line that leads there.
pub(crate) fn due_line(visit: &Visit, loaded: &Loaded, state: State) -> Option<(String, String)> {
    let locale = visit.locale();
    let m = t(locale);
    let actor = visit.viewer().actor()?;
    let call = loaded.calls.0.iter().find(|c| c.ended_at.is_none())?;
    if !may_call(actor, state, &loaded.facts, &loaded.assigned, Some(call)) {
        return None;
    }
    let day = call.due_on.parse().map(|d| dates::date_words(d, visit.ctx().today(), locale)).unwrap_or_default();
    Some((m.call_verb(), m.call_note(call.why().label(locale), day)))
}
