//! The order's page, and the form that issues one.

use axum::extract::{Path, RawQuery};
use chrono::NaiveDate;
use huiqi_casework::record::Case;
use huiqi_casework::{attachments, inbox, papers, timeline};
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Label, Role};
use huiqi_kernel::rule::art;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::{self, ActionLine, Field, Style, Tone, badge, section_head, status};
use huiqi_web::dates::{self};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Failure, Form, Route, Visit};

use super::actions::{Input, Issue, issue, take, usual_day, whole, wrongs};
use super::flow::{Action, FLOW, ISSUERS, OrderFacts, Ordered, State};
use super::queries::{self, Detail, Matter, Round};
use crate::frame::{self, Due, Head, Typed, Wrong};
use crate::t;

/// Everybody who meets orders: those that issue or answer them, and those between.
const ANY: &[Role] = &[
    Role::WindowAgent,
    Role::WindowManager,
    Role::ProviderAgent,
    Role::ProviderManager,
    Role::DepartmentOfficer,
    Role::OperatorAgent,
    Role::OperatorDispatcher,
    Role::OperatorManager,
    Role::CentreAgent,
    Role::CentreOfficer,
    Role::CentreApprover,
    Role::BureauOfficer,
    Role::BureauApprover,
];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/supervision-orders", super::list::list)
            .roles(ANY)
            .under(art(4))
            .named(|l| t(l).order_list_title()),
        Route::post("/supervision-orders", create).roles(ISSUERS).under(art(4)),
        Route::get("/supervision-orders/new", new).roles(ISSUERS).under(art(4)).named(|l| t(l).order_new_title()),
        Route::get("/supervision-orders/{number}", show).roles(ANY).under(art(4)).named(|l| t(l).order_page_name()),
        Route::post("/supervision-orders/{number}/{action}", step).roles(ANY).under(art(4)),
    ]
}

/// The tone and icon of a state; a day that is over makes an open order bad.
pub fn tone(state: State, overdue: bool) -> (Tone, &'static str) {
    match state {
        State::Draft | State::Issued if overdue => (Tone::Bad, "stop"),
        State::Draft | State::Issued => (Tone::Warn, "alert"),
        State::Replied => (Tone::Run, "in"),
        State::Closed => (Tone::Good, "done"),
        State::Withdrawn => (Tone::Idle, "no"),
    }
}

/// The word for a state: an order whose day is over says so.
pub fn word(state: State, overdue: bool, locale: Locale) -> String {
    if overdue && state == State::Issued { t(locale).order_overdue() } else { state.label(locale) }
}

async fn show(visit: Visit, Path(number): Path<String>) -> Answer {
    render(&visit, &number, None, &Form::default()).await
}

async fn render(visit: &Visit, number: &str, error: Option<Wrong<'_>>, typed: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let case = inbox::visible(ctx, visit.viewer(), number).await?;
    if case.flow != FLOW.code {
        return Err(Failure::not_found());
    }
    let state: State = case.state()?;
    let detail = queries::detail(ctx, case.id).await?;
    let rounds = queries::rounds(ctx, case.id).await?;
    let matters = queries::matters(ctx, visit.viewer(), case.id).await?;
    let files = attachments::of_case(ctx, case.id, visit.viewer()).await?;
    let steps = timeline::steps(ctx, case.id).await?;
    let papers = papers::of_case(ctx, &case, visit.viewer()).await?;
    let (tone, icon) = tone(state, case.is_overdue(today));
    let who = visit.viewer().actor().map(|a| format!("{} {}", a.shown(locale), a.place(locale))).unwrap_or_default();
    let late = rounds.iter().any(|r| r.late == Some(true));
    let mut end = badge(tone, icon, word(state, case.is_overdue(today), locale));
    if late {
        end = end.and(&status(Tone::Bad, "clock", m.order_late()));
    }
    let about = match &detail.about {
        Some(about) => Html::fill(
            &m.order_about(detail.ordered(locale), "{0}"),
            &[components::link(&format!("/cases/{about}"), about)],
        ),
        None => Html::text(&m.order_about_matters(detail.ordered(locale), matters.len() as i64)),
    };
    let forms = Typed::new(error.as_ref(), typed, locale);
    let head = Head {
        crumbs: vec![
            ("/inbox".to_owned(), m.request_crumb_inbox()),
            ("/supervision-orders".to_owned(), m.order_list_title()),
        ],
        number: case.number.clone(),
        tags: components::tag(&m.order_flow()),
        small: Html::text(&m.order_issued_by(detail.issuer(locale))).and(&dates::moment(case.opened_at, today, locale)),
        title: case.title.clone(),
        about: Html::raw("<p class=\"quiet\">").and(&about).and(&Html::raw("</p>")),
        said: Some(detail.reason.clone()),
        end: end.and(&components::print_button(&m.request_print())),
        errors: forms.summary(),
    };
    let mut out = Html::raw("<div class=\"wrap\">")
        .and(&components::print_line(&m.order_flow(), &case.number, &who, ctx.now(), locale))
        .and(&head.html(locale))
        .and(&standing(ctx, &case, &detail, &rounds, state, locale))
        .and(&Html::raw("<div class=\"split\"><div>"))
        .and(&lines(visit, &case, state, forms).await?)
        .and(&rounds_section(&rounds, &matters, &detail, today, locale));
    if !matters.is_empty() {
        out = out.and(&matters_section(&matters, today, locale));
    }
    out = out
        .and(&frame::happened(visit, &case, &steps))
        .and(&Html::raw("</div><aside class=\"aside is-sticky\">"))
        .and(&aside(&case, &detail, &rounds, today, locale))
        .and(&papers::pages::list(&papers, "", locale))
        .and(&frame::files(&files, locale))
        .and(&Html::raw("</aside></div></div>"));
    let title = format!("{} {}", case.number, case.title);
    visit.page(title, "supervision-orders").refused(error.is_some()).show(out).await
}

fn standing(ctx: &Ctx, case: &Case, detail: &Detail, rounds: &[Round], state: State, locale: Locale) -> Html {
    let m = t(locale);
    let today = ctx.today();
    let due = Due::of(ctx, case, locale);
    let day = due.day.clone();
    let (ordered, issuer) = (detail.ordered(locale), detail.issuer(locale));
    let say = match state {
        State::Draft | State::Issued => Html::fill(&m.order_say_issued(ordered, "{0}"), &[day]),
        State::Replied => Html::fill(&m.order_say_replied(issuer, "{0}"), &[day]),
        State::Closed => Html::text(&m.order_say_closed(issuer)),
        State::Withdrawn => Html::text(&m.order_say_withdrawn(issuer)),
    };
    let answered = rounds.iter().rev().find_map(|r| r.answered_at);
    let now = match state {
        State::Draft | State::Issued => 1,
        State::Replied => 2,
        State::Closed | State::Withdrawn => 3,
    };
    let way = [
        (m.order_step_issued(), Some(case.opened_at)),
        (m.order_step_replied(), answered.filter(|_| now > 1)),
        (m.order_step_closed(), case.closed_at),
    ]
    .map(|(label, at)| (label, frame::on_day(at, today, locale)));
    due.standing(say, frame::way(way, now, false), locale)
}

/// Each call for an answer, and what came.
fn rounds_section(rounds: &[Round], matters: &[Matter], detail: &Detail, today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"rounds\">").and(&section_head(
        "rounds",
        &m.order_rounds(),
        Html::text(&m.order_rounds_count(rounds.len() as i64)),
        Html::empty(),
    ));
    out = out.and(&Html::raw("<ul class=\"plain answers\">"));
    for round in rounds.iter().rev() {
        let due = round.due_on.parse::<NaiveDate>().ok();
        let word = match (round.answered_at, round.late) {
            (Some(_), Some(true)) => status(Tone::Bad, "clock", m.order_late()),
            (Some(_), _) => status(Tone::Good, "done", m.order_in_time()),
            (None, _) if due.is_some_and(|d| d < today) => status(Tone::Bad, "stop", m.order_overdue()),
            (None, _) => status(Tone::Warn, "alert", m.order_waiting()),
        };
        out = out
            .and(&Html::raw("<li><div class=\"answer-head\"><h3>"))
            .say(&m.order_round(round.seq))
            .and(&Html::raw("</h3>"))
            .and(&word)
            .and(&Html::raw("</div><p class=\"meta\"><span>"));
        if let Some(due) = due {
            out = out.and(&Html::fill(&m.order_due_line("{0}"), &[dates::date_act(due, today, locale)]));
        }
        out = out.and(&Html::raw("</span>"));
        if let Some(at) = round.answered_at {
            out = out
                .and(&Html::raw("<span>"))
                .and(&Html::fill(&m.order_answered_line("{0}"), &[dates::moment(at, today, locale)]))
                .and(&Html::raw("</span>"));
        }
        if let Some(done) = round.done_on.as_deref().and_then(|d| d.parse().ok()) {
            out = out
                .and(&Html::raw("<span>"))
                .and(&Html::fill(&m.order_done_line("{0}"), &[dates::date_act(done, today, locale)]))
                .and(&Html::raw("</span>"));
        }
        out = out.and(&Html::raw("</p>"));
        // What the answer says is done, against the matters as they stand.
        let undone = matters.iter().filter(|m| m.undone()).count();
        let said = round.done_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()).is_some_and(|d| d <= today);
        if said && undone > 0 && rounds.last().is_some_and(|last| last.seq == round.seq) {
            out = out
                .and(&Html::raw("<p>"))
                .and(&status(Tone::Bad, "alert", m.order_done_undone(undone as i64)))
                .and(&Html::raw("</p>"));
        }
        if round.seq > 1 {
            out = out.and(&Html::raw("<p>")).say(&m.order_asked(&round.asked)).and(&Html::raw("</p>"));
        }
        if let Some(why) = &round.why_day {
            out = out
                .and(&Html::raw("<p class=\"small quiet\">"))
                .say(&m.order_why_day_line(why))
                .and(&Html::raw("</p>"));
        }
        if let Some(answer) = &round.answer {
            out = out
                .and(&Html::raw("<blockquote lang=\"zh-CN\">"))
                .and(&components::paragraphs(answer))
                .and(&Html::raw("</blockquote>"));
        }
        out = out.and(&Html::raw("</li>"));
    }
    out = out.and(&Html::raw("</ul>"));
    if let Some(outcome) = &detail.outcome {
        out = out.and(&Html::raw("<p>")).say(&m.order_outcome(detail.issuer(locale), outcome)).and(&Html::raw("</p>"));
    }
    out.and(&Html::raw("</section>"))
}

fn matters_section(matters: &[Matter], today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"matters\">")
        .and(&section_head(
            "matters",
            &m.order_matters(),
            Html::text(&m.mine_count(matters.len() as i64)),
            Html::empty(),
        ))
        .and(&Html::raw("<ul class=\"plain links\">"));
    for matter in matters {
        let state = match (matter.closed_at, matter.due_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok())) {
            (Some(_), _) => status(Tone::Good, "done", m.order_matter_done()),
            (None, Some(due)) if due < today => status(Tone::Bad, "stop", m.order_matter_late()),
            _ => status(Tone::Run, "run", m.order_matter_open()),
        };
        out = out
            .and(&Html::raw("<li>"))
            .and(&components::title_link(&format!("/cases/{}", matter.number), &matter.title, locale))
            .and(&Html::raw("<small>"))
            .and(&components::reference(&matter.number))
            .say(" ")
            .and(&state)
            .and(&Html::raw("</small></li>"));
    }
    out.and(&Html::raw("</ul></section>"))
}

fn aside(case: &Case, detail: &Detail, rounds: &[Round], today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut rows = vec![
        (m.order_number(), components::reference(&case.number)),
        (m.order_issuer(), Html::text(detail.issuer(locale))),
        (m.order_ordered(), Html::text(detail.ordered(locale))),
        (m.order_issued_on(), dates::date(dates::day_of(case.opened_at), today, locale)),
    ];
    if let Some(due) = rounds.last().and_then(|r| r.due_on.parse::<NaiveDate>().ok()) {
        rows.push((m.order_due(), dates::date(due, today, locale)));
    }
    if let (Some(about), Some(title)) = (&detail.about, &detail.about_title) {
        let link = components::title_link(&format!("/cases/{about}"), title, locale);
        rows.push((m.order_about_case(), link));
    }
    frame::facts(&m.order_facts(), &rows)
}

/// What an organisation is to the network.
async fn ordered_kind(ctx: &Ctx, case: &Case) -> Result<Ordered, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        capacity: String,
    }
    let rows: Vec<Row> = ctx::all(
        ctx,
        "SELECT capacity FROM organisation_capacity WHERE organisation = ? ORDER BY capacity",
        [Value::from(case.handler_org)],
    )
    .await?;
    let capacities: Vec<Capacity> = rows.iter().filter_map(|r| Capacity::from_code(&r.capacity)).collect();
    Ok(Ordered::of(case.handler_window, &capacities))
}

async fn lines(visit: &Visit, case: &Case, state: State, forms: Typed<'_>) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let Some(actor) = visit.viewer().actor() else { return Ok(Html::empty()) };
    let facts = OrderFacts { case: case.clone(), ordered: ordered_kind(ctx, case).await? };
    let version = case.version.to_string();
    let mut lines = Vec::new();
    for (i, offer) in FLOW.offers(state, Doer::Person(actor), &facts).into_iter().enumerate() {
        let action = offer.step.action;
        let id = action.code();
        let wrong = |field: &str| forms.error(id, field);
        let value = |field: &str| forms.value(id, field);
        let area = |label: String, hint: String| {
            Field::area("words", label)
                .id(&format!("{id}-words"))
                .hint(hint)
                .rows(4)
                .max(super::actions::MAX_WORDS as u32)
                .value(value("words"))
                .error(wrong("words"))
                .html(locale)
        };
        let (note, body) = match action {
            Action::Reply => (
                m.order_note_reply(),
                area(m.order_field_reply(), m.order_hint_reply())
                    .and(
                        &Field::date("day", m.order_field_done())
                            .id("reply-day")
                            .hint(m.order_hint_done())
                            .value(value("day"))
                            .error(wrong("day"))
                            .html(locale),
                    )
                    .and(&Field::file("file", m.ask_files()).id("reply-file").optional().multiple().html(locale)),
            ),
            Action::Accept => {
                let words = Field::area("words", m.order_field_accept())
                    .id("accept-words")
                    .optional()
                    .rows(2)
                    .value(value("words"))
                    .error(wrong("words"))
                    .html(locale);
                (m.order_note_accept(), words)
            }
            Action::Reject => (
                m.order_note_reject(),
                area(m.order_field_reject(), String::new()).and(&day_fields(
                    ctx,
                    "reject",
                    &value("day"),
                    &value("why_day"),
                    wrong("day"),
                    wrong("why_day"),
                    locale,
                )),
            ),
            Action::Withdraw => (m.order_note_withdraw(), area(m.order_field_withdraw(), String::new())),
            Action::Issue => continue,
        };
        let path = format!("/supervision-orders/{}/{id}", case.number);
        let mut line = ActionLine::form(id, &action.label(locale), &path, body, &action.label(locale))
            .note(note)
            .hidden("version", &version)
            .under(offer.step.article)
            .style(if i == 0 { Style::Solid } else { Style::Second })
            .open(forms.failed(id) || action == Action::Reply);
        if action == Action::Reply {
            line = line.with_files();
        }
        lines.push(line);
    }
    Ok(frame::you_can(visit, &lines, &m.request_nothing_to_do()))
}

/// The day an answer is due, with the usual one as default, and why another.
fn day_fields(
    ctx: &Ctx,
    id: &str,
    day: &str,
    why: &str,
    wrong_day: Option<String>,
    wrong_why: Option<String>,
    locale: Locale,
) -> Html {
    let m = t(locale);
    let usual = usual_day(ctx);
    let value = if day.is_empty() { usual.to_string() } else { day.to_owned() };
    Field::date("day", m.order_field_day())
        .id(&format!("{id}-day"))
        .hint(m.order_hint_day(dates::date_words(usual, ctx.today(), locale)))
        .value(value)
        .error(wrong_day)
        .html(locale)
        .and(
            &Field::text("why_day", m.order_field_why_day())
                .id(&format!("{id}-why_day"))
                .optional()
                .hint(m.order_hint_why_day())
                .value(why)
                .error(wrong_why)
                .html(locale),
        )
}

async fn step(visit: Visit, Path((number, action)): Path<(String, String)>, form: Form) -> Answer {
    let action = Action::from_code(&action).ok_or_else(Failure::not_found)?;
    let input = Input {
        version: Some(form.version()).filter(|v| *v >= 0),
        words: form.value("words").to_owned(),
        day: form.value("day").parse().ok(),
        why_day: form.value("why_day").to_owned(),
        files: form.files().to_vec(),
    };
    match take(visit.ctx(), visit.viewer(), &number, action, &input).await {
        Ok(case) => {
            let m = t(visit.locale());
            let words = match action {
                Action::Reply => m.order_done_reply(),
                Action::Accept => m.order_done_accept(),
                Action::Reject => m.order_done_reject(),
                Action::Withdraw | Action::Issue => m.order_done_withdraw(),
            };
            visit.to(format!("/supervision-orders/{}", case.number)).good(words).now()
        }
        Err(Fault::Invalid { field, message }) => {
            render(&visit, &number, Some((action.code(), field, message)), &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn new(visit: Visit, RawQuery(query): RawQuery) -> Answer {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    form_page(&visit, &form).await
}

/// Why an order is issued, as it usually reads; the issuer changes it as he likes.
pub fn usual_reason(title: &str, due: Option<NaiveDate>, today: NaiveDate) -> String {
    let m = t(Locale::Zh);
    match due {
        Some(due) if due < today => m.order_reason_late(title, dates::date_words(due, today, Locale::Zh)),
        _ => m.order_reason(title),
    }
}

/// The form that issues an order: about one case (`about`), or about several matters of one house (`of`, `matter`).
async fn form_page(visit: &Visit, form: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let about = match form.value("about") {
        "" => None,
        number => Some(whole(ctx, visit.viewer(), number).await?),
    };
    let targets = queries::targets(ctx, visit.viewer(), about.as_ref()).await?;
    let to = match form.value("to") {
        "" if targets.len() == 1 => targets[0].number.clone(),
        to => to.to_owned(),
    };
    let sent = form.has("reason");
    let mut body = Html::raw("<div class=\"wrap form-wrap\">");
    body = match &about {
        Some(case) => body.and(&components::back(&format!("/cases/{}", case.number), &case.number, locale)),
        None => body.and(&components::back("/supervision-orders", &m.order_list_title(), locale)),
    };
    if !form.ok() {
        body = body.and(&components::error_summary(&form.errors(locale), locale));
    }
    body = body.and(&Html::raw("<h1>")).say(&m.order_new_title()).and(&Html::raw("</h1>"));
    if let Some(case) = &about {
        body = body.and(&Html::raw("<p class=\"lede\" lang=\"zh-CN\">")).say(&case.title).and(&Html::raw("</p>"));
    }
    if targets.is_empty() {
        let body = body.and(&components::empty(m.order_no_target())).and(&Html::raw("</div>"));
        return visit.page(m.order_new_title(), "supervision-orders").show(body).await;
    }
    body = body.and(&Html::raw(
        "<form class=\"form-main section\" method=\"post\" action=\"/supervision-orders\" novalidate>",
    ));
    let picks = match &about {
        Some(_) => Html::empty(),
        None => matters_field(visit, form, &to).await?,
    };
    let together = !picks.is_empty();
    let reason = if sent {
        form.value("reason").to_owned()
    } else {
        match &about {
            Some(case) => usual_reason(&case.title, case.due(), today),
            None if together => t(Locale::Zh).order_reason_matters(),
            None => String::new(),
        }
    };
    match &about {
        Some(case) => body = body.and(&components::hidden("about", &case.number)),
        None => {
            let title =
                if together && !sent { t(Locale::Zh).order_title_matters() } else { form.value("title").to_owned() };
            body = body.and(&picks).and(
                &Field::text("title", m.order_field_title())
                    .value(title)
                    .max(80)
                    .error(form.error("title", locale))
                    .html(locale),
            );
        }
    }
    let options = targets.iter().map(|t| (t.number.clone(), t.shown(locale).to_owned()));
    let to_field = if targets.len() <= 6 {
        Field::radios("to", m.order_field_to()).options(options)
    } else {
        Field::select("to", m.order_field_to()).option("", m.request_choose()).options(options)
    };
    body = body
        .and(&to_field.value(to).error(form.error("to", locale)).html(locale))
        .and(
            &Field::area("reason", m.order_field_reason())
                .hint(m.order_hint_reason())
                .rows(4)
                .max(super::actions::MAX_WORDS as u32)
                .value(reason)
                .error(form.error("reason", locale))
                .html(locale),
        )
        .and(&day_fields(
            ctx,
            "order",
            form.value("day"),
            form.value("why_day"),
            form.error("day", locale).map(str::to_owned),
            form.error("why_day", locale).map(str::to_owned),
            locale,
        ))
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.order_submit(), Style::Solid))
        .and(&Html::raw("</div></form></div>"));
    visit.page(m.order_new_title(), "supervision-orders").refused(!form.ok()).show(body).await
}

/// The late matters of one house, all of them picked to begin with.
async fn matters_field(visit: &Visit, form: &Form, to: &str) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let picked: Vec<&str> = form.all("matter").collect();
    let due = queries::due(visit.ctx(), visit.viewer()).await?;
    let rows: Vec<_> = due.iter().filter(|row| !to.is_empty() && row.target.as_deref() == Some(to)).collect();
    if rows.is_empty() {
        return Ok(Html::empty());
    }
    let all = picked.is_empty() && !form.has("reason");
    let values: Vec<&str> = rows.iter().map(|r| r.number.as_str()).filter(|n| all || picked.contains(n)).collect();
    let options = rows.iter().map(|row| (row.number.clone(), format!("{} {}", row.number, row.title)));
    Ok(Field::checks("matter", m.order_field_matters()).options(options).values(values).html(locale))
}

async fn create(visit: Visit, mut form: Form) -> Answer {
    let m = t(visit.locale());
    let input = Issue {
        about: Some(form.value("about")).filter(|n| !n.is_empty()).map(str::to_owned),
        matters: form.all("matter").map(str::to_owned).collect(),
        to: form.value("to").to_owned(),
        title: form.value("title").to_owned(),
        reason: form.value("reason").to_owned(),
        day: form.value("day").parse().ok(),
        why_day: form.value("why_day").to_owned(),
    };
    let wrong = wrongs(visit.ctx(), visit.viewer(), &input).await?;
    if !wrong.is_empty() {
        for (field, message) in wrong {
            form.fail_with(field, message);
        }
        return form_page(&visit, &form).await;
    }
    match issue(visit.ctx(), visit.viewer(), &input).await {
        Ok(case) => {
            visit.to(format!("/supervision-orders/{}", case.number)).good(m.order_done_issue(&case.number)).now()
        }
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            form_page(&visit, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}
