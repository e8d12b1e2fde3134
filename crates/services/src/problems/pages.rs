//! Pages of common problems, and what a request's page says about the problem it belongs to.

use huiqi_casework::inbox;
use huiqi_casework::record::{self, Case};
use huiqi_casework::timeline;
use huiqi_identity::organisations;
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::flow::{Doer, Words};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Label};
use huiqi_store::{Ctx, Fault};
use huiqi_web::components::{
    self, ActionLine, Cell, Col, Field, StepState, Style, Table, Tile, Tone, badge, section_head, status,
};
use huiqi_web::dates::{self};
use huiqi_web::layout::{FlashKind, Html, Room};
use huiqi_web::paper::{Bar, Paper};
use huiqi_web::{Answer, Failure, Form, Visit};

use super::Outcome;
use super::actions::{MAX_TITLE, MAX_WORDS};
use super::flow::{Action, FLOW, GATHERERS, ProblemFacts, State};
use super::queries::{self, Basis, Detail, Gathered, above, basis, detail, gathered, suggestions};
use crate::frame::{self, Due, Head, List, Typed, Wrong};
use crate::requests::flow::State as RequestState;
use crate::requests::pages::{Loaded, state_tone};
use crate::t;

fn tone(state: State) -> (Tone, &'static str) {
    match state {
        State::Found | State::Gathered => (Tone::Run, "in"),
        State::Answered | State::Proposed | State::Adopted => (Tone::Run, "run"),
        State::Closed => (Tone::Good, "done"),
        State::Dissolved => (Tone::Idle, "no"),
    }
}

fn state_of(case: &Case) -> State {
    State::from_code(&case.state).unwrap_or(State::Gathered)
}

/// The list, with groups of requests that may be a problem.
pub(crate) async fn list(visit: &Visit) -> Answer {
    const SHOWN: usize = 100;
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let rows = queries::list(ctx, visit.viewer(), SHOWN).await?;
    let gathers = visit.viewer().is(GATHERERS);
    let maybe = if gathers { suggested(visit).await? } else { Html::empty() };
    let what = |row: &queries::Row| {
        let category = row.case.category.as_deref().and_then(Category::by_code).map_or("", |c| c.name(locale));
        components::title_link(&format!("/problems/{}", row.case.number), &row.case.title, locale)
            .say(" ")
            .and(&components::quiet(category.to_owned()))
    };
    let state = |row: &queries::Row| {
        let state = state_of(&row.case);
        let (tone, icon) = tone(state);
        status(tone, icon, state.label(locale))
    };
    List::of(rows, visit, "problems", m.problem_list_title(), m.problem_list_lede())
        .end(gathers, || components::link_button("/problems/new", &m.problem_new_verb(), Style::Second, Some("edit")))
        .numbers(|row| &row.case.number)
        .what(&m.problem_col_title(), what)
        .column(Col::num(&m.problem_col_requests()), |row| row.requests.to_string())
        .column(Col::text(&m.mine_state()), state)
        .column(Col::text(&m.problem_col_outcome()), |row| match row.outcome.as_deref().and_then(Outcome::from_code) {
            Some(outcome) => Html::text(&outcome.label(locale)),
            None => components::quiet("–"),
        })
        .column(Col::nowrap(&m.problem_col_opened()), |row| {
            dates::date_cell(dates::day_of(row.case.opened_at), today, locale)
        })
        .empty(m.problem_list_empty())
        .below(&maybe)
        .show()
        .await
}

async fn suggested(visit: &Visit) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let set = ctx.rules();
    let rules = set.on(ctx.today());
    let (from, days) = (
        i64::from(rules.count(huiqi_kernel::rule::Count::CommonProblemFrom)),
        i64::from(rules.count(huiqi_kernel::rule::Count::CommonProblemDays)),
    );
    let found = suggestions(ctx, visit.viewer()).await?;
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"maybe\">").and(&section_head(
        "maybe",
        &m.problem_maybe(),
        Html::text(&m.problem_maybe_note(days, from)),
        Html::empty(),
    ));
    if found.is_empty() {
        return Ok(out.and(&components::empty_small(m.problem_maybe_none())).and(&Html::raw("</section>")));
    }
    out = out.and(&Html::raw("<ul class=\"plain answers\">"));
    for one in &found {
        let category = Category::by_code(&one.category).map_or("", |c| c.name(locale));
        out = out
            .and(&Html::raw("<li><div class=\"answer-head\"><h3 lang=\"zh-CN\">"))
            .say(&one.title)
            .and(&Html::raw("</h3></div><p class=\"meta\"><span>"))
            .say(category)
            .and(&Html::raw("</span><span>"))
            .say(&m.problem_maybe_count(one.numbers.len() as i64, one.firms))
            .and(&Html::raw("</span></p><form method=\"get\" action=\"/problems/new\">"));
        for number in &one.numbers {
            out = out.and(&components::hidden("n", number));
        }
        out = out
            .and(&components::hidden("category", &one.category))
            .and(&Html::raw("<button class=\"button is-second is-small\" type=\"submit\">"))
            .say(&m.problem_maybe_verb())
            .and(&Html::raw("</button></form></li>"));
    }
    Ok(out.and(&Html::raw("</ul></section>")))
}

/// The form for a new problem.
pub(crate) async fn new(visit: &Visit, form: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let picked: Vec<String> = form.all("n").take(super::actions::MOST).map(str::to_owned).collect();
    let cases: Vec<Case> = inbox::visible_many(ctx, visit.viewer(), &picked)
        .await?
        .into_iter()
        .filter(|c| super::rules::may_gather(c, &c.desk).is_ok())
        .collect();
    let category = Some(form.value("category").to_owned())
        .filter(|c| !c.is_empty())
        .or_else(|| cases.first().and_then(|c| c.category.clone()))
        .unwrap_or_default();
    let mut list = Html::empty();
    if !cases.is_empty() {
        list =
            Html::raw("<fieldset class=\"field\"><legend>").say(&m.problem_field_picked()).and(&Html::raw("</legend>"));
        for case in &cases {
            list = list
                .and(&Html::raw("<label class=\"choice\"><input type=\"checkbox\" name=\"n\" checked value=\""))
                .say(&case.number)
                .and(&Html::raw("\"><span lang=\"zh-CN\">"))
                .say(&case.title)
                .and(&Html::raw("</span><span class=\"hint\">"))
                .say(&case.number)
                .say(" ")
                .say(&RequestState::from_code(&case.state).map_or_else(String::new, |s| s.label(locale)))
                .and(&Html::raw("</span></label>"));
        }
        list = list.and(&Html::raw("</fieldset>"));
    }
    let body = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::crumbs(&[("/problems".to_owned(), m.problem_list_title())], None, locale))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<h1>"))
        .say(&m.problem_new_title())
        .and(&Html::raw("</h1><p class=\"lede\">"))
        .say(&m.problem_new_lede())
        .and(&Html::raw("</p><form class=\"form-main section\" method=\"post\" action=\"/problems/new\" novalidate>"))
        .and(
            &Field::text("title", m.problem_field_title())
                .hint(m.problem_hint_title())
                .max(MAX_TITLE)
                .value(form.value("title"))
                .error(form.error("title", locale))
                .html(locale),
        )
        .and(
            &Field::area("description", m.problem_field_description())
                .hint(m.problem_hint_description())
                .rows(4)
                .max(MAX_WORDS)
                .value(form.value("description"))
                .error(form.error("description", locale))
                .html(locale),
        )
        .and(
            &Field::select("category", m.ask_category())
                .optional()
                .option("", m.request_choose())
                .options(Category::all().iter().map(|c| (c.code().to_owned(), c.name(locale).to_owned())))
                .value(category)
                .html(locale),
        )
        .and(&list)
        .and(
            &Field::area("numbers", m.problem_field_numbers())
                .hint(m.problem_hint_numbers())
                .optional()
                .rows(2)
                .value(form.value("numbers"))
                .error(form.error("numbers", locale))
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.problem_new_verb(), Style::Solid))
        .and(&Html::raw("</div></form></div>"));
    visit.page(m.problem_new_title(), "problems").refused(!form.ok()).show(body).await
}

async fn loaded(visit: &Visit, number: &str) -> Result<(Case, Detail, Vec<Gathered>), Failure> {
    let case = inbox::visible(visit.ctx(), visit.viewer(), number).await?;
    if case.flow != FLOW.code {
        return Err(Failure::not_found());
    }
    let detail = detail(visit.ctx(), case.id).await?;
    let gathered = gathered(visit.ctx(), visit.viewer(), case.id).await?;
    Ok((case, detail, gathered))
}

fn is_waiting(one: &Gathered) -> bool {
    !one.along && !one.answered && one.case.closed_at.is_none() && one.case.state != RequestState::Answered.code()
}

/// The page of one problem.
pub(crate) async fn show(visit: &Visit, number: &str, error: Option<Wrong<'_>>, typed: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let (case, detail, gathered) = loaded(visit, number).await?;
    let state = state_of(&case);
    let steps = timeline::steps(ctx, case.id).await?;
    let (tone, icon) = tone(state);
    let who = visit.viewer().actor().map(|a| format!("{} {}", a.shown(locale), a.place(locale))).unwrap_or_default();
    let mut meta = components::tag(&m.problem_flow());
    if let Some(category) = case.category.as_deref().and_then(Category::by_code) {
        meta = meta.and(&components::tag(category.name(locale)));
    }
    let paper = if detail.proposal.is_some() {
        components::link_button(
            &format!("/problems/{}/proposal", case.number),
            &m.problem_paper_verb(),
            Style::Second,
            Some("file"),
        )
    } else {
        Html::empty()
    };
    let forms = Typed::new(error.as_ref(), typed, locale);
    let head = Head {
        crumbs: vec![("/problems".to_owned(), m.problem_list_title())],
        number: case.number.clone(),
        tags: meta,
        small: dates::moment(case.opened_at, today, locale),
        title: case.title.clone(),
        about: Html::raw("<div lang=\"zh-CN\">")
            .and(&components::paragraphs(&detail.description))
            .and(&Html::raw("</div>")),
        said: None,
        end: badge(tone, icon, state.label(locale)).and(&paper).and(&components::print_button(&m.problem_print())),
        errors: forms.summary(),
    };
    let out = Html::raw("<div class=\"wrap\">")
        .and(&components::print_line(&m.problem_flow(), &case.number, &who, ctx.now(), locale))
        .and(&head.html(locale))
        .and(&standing(ctx, &case, &detail, &gathered, state, locale))
        .and(&Html::raw("<div class=\"split\"><div>"))
        .and(&lines(visit, &case, &detail, &gathered, state, forms))
        .and(&texts(&detail, today, locale))
        .and(&figures(&basis(&gathered), ctx.now(), locale))
        .and(&requests(visit, &case, &gathered, forms))
        .and(&frame::happened(visit, &case, &steps))
        .and(&Html::raw("</div></div></div>"));
    let title = format!("{} {}", case.number, case.title);
    visit.page(title, "problems").refused(error.is_some()).show(out).await
}

fn standing(ctx: &Ctx, case: &Case, detail: &Detail, gathered: &[Gathered], state: State, locale: Locale) -> Html {
    let m = t(locale);
    let due = Due::of(ctx, case, locale);
    let day = due.day.clone();
    let waiting = gathered.iter().filter(|g| is_waiting(g)).count() as i64;
    let outcome = detail.outcome.as_deref().and_then(Outcome::from_code).map(|o| o.label(locale));
    let say = match state {
        State::Found | State::Gathered => Html::text(&m.problem_say_gathered(waiting)),
        State::Answered => Html::text(&m.problem_say_answered()),
        State::Proposed => Html::fill(&m.problem_say_proposed("{0}"), &[day]),
        State::Adopted => Html::fill(&m.problem_say_adopted("{0}"), &[day]),
        State::Closed => Html::text(&match outcome {
            Some(outcome) => m.problem_say_closed(&outcome),
            None => m.problem_say_settled(),
        }),
        State::Dissolved => Html::text(&m.problem_say_dissolved()),
    };
    let now = match state {
        State::Found | State::Gathered | State::Dissolved => 0,
        State::Answered => 1,
        State::Proposed => 2,
        State::Adopted => 3,
        State::Closed => 4,
    };
    let words = [
        m.problem_step_gather(),
        m.problem_step_answer(),
        m.problem_step_propose(),
        m.problem_step_bureau(),
        m.problem_step_close(),
    ];
    let over = matches!(state, State::Closed | State::Dissolved);
    let mut way = frame::way(words.map(|label| (label, Html::empty())), now, over);
    for (i, step) in way.iter_mut().enumerate() {
        let without = state == State::Closed && detail.proposal.is_none() && (i == 2 || i == 3);
        if without || state == State::Dissolved && i > 0 {
            step.state = StepState::Skipped;
        }
    }
    due.standing(say, way, locale)
}

fn lines(visit: &Visit, case: &Case, detail: &Detail, gathered: &[Gathered], state: State, forms: Typed<'_>) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let Some(actor) = visit.viewer().actor() else { return Html::empty() };
    let unanswered = gathered.iter().filter(|g| is_waiting(g)).count() as i64;
    let facts = ProblemFacts { case: case.clone(), unanswered };
    let version = case.version.to_string();
    let mut lines = Vec::new();
    for (i, offer) in FLOW.offers(state, Doer::Person(actor), &facts).into_iter().enumerate() {
        let action = offer.step.action;
        let id = action.code();
        let verb = action.label(locale);
        if let Some(refusal) = &offer.blocked {
            lines.push(ActionLine::blocked(&verb, refusal.reason.get(locale).to_owned()).under(offer.step.article));
            continue;
        }
        let (label, note) = match action {
            Action::Answer => (m.problem_field_answer(), m.problem_note_answer(unanswered)),
            Action::Pass => (String::new(), m.problem_note_pass(unanswered)),
            Action::Propose => (m.problem_field_proposal(), m.problem_note_propose()),
            Action::Settle => (m.request_field_why(), m.problem_note_settle()),
            Action::Dissolve => (m.request_field_why(), m.problem_note_dissolve()),
            Action::Note => (m.problem_field_note(), m.problem_note_note()),
            Action::Adopt => (m.problem_field_adopt(), m.problem_note_adopt()),
            Action::Reply => (m.problem_field_reply(), m.problem_note_reply()),
            Action::Finish => (m.problem_field_finish(), m.problem_note_finish()),
            Action::Open => continue,
        };
        let mut body = Html::empty();
        let day_label = match action {
            Action::Adopt => Some(m.problem_field_adopt_day()),
            Action::Reply => Some(m.problem_field_reply_day()),
            _ => None,
        };
        if let Some(label) = day_label {
            body = body.and(
                &Field::date("day", label)
                    .id(&format!("{id}-day"))
                    .value(forms.value(id, "day"))
                    .error(forms.error(id, "day"))
                    .html(locale),
            );
        }
        if offer.step.words == Words::Required {
            body = body.and(
                &Field::area("words", label)
                    .id(&format!("{id}-words"))
                    .rows(4)
                    .max(MAX_WORDS)
                    .value(if action == Action::Propose && !forms.failed(id) {
                        detail.proposal.clone().unwrap_or_default()
                    } else {
                        forms.value(id, "words")
                    })
                    .error(forms.error(id, "words"))
                    .html(locale),
            );
        }
        if matches!(action, Action::Answer | Action::Pass) {
            body = body.and(
                &Field::check("with_handlers", m.problem_field_handlers())
                    .id(&format!("{id}-handlers"))
                    .hint(m.problem_hint_handlers())
                    .option("yes", m.problem_field_handlers())
                    .value("yes")
                    .html(locale),
            );
        }
        lines.push(
            ActionLine::form(id, &verb, &format!("/problems/{}/{id}", case.number), body, &verb)
                .note(note)
                .hidden("version", &version)
                .under(offer.step.article)
                .style(if i == 0 { Style::Solid } else { Style::Second })
                .open(forms.failed(id)),
        );
    }
    frame::you_can(visit, &lines, &m.request_nothing_to_do())
}

fn outcome_line(detail: &Detail, today: chrono::NaiveDate, locale: Locale) -> Option<Html> {
    let m = t(locale);
    let outcome = detail.outcome.as_deref().and_then(Outcome::from_code)?;
    let day = detail.reply_on.as_deref().and_then(|d| d.parse().ok());
    Some(match (outcome, day) {
        (Outcome::Adopted, Some(day)) => Html::fill(&m.problem_by_day("{0}"), &[dates::date(day, today, locale)]),
        (Outcome::Answered, Some(day)) => Html::fill(&m.problem_dated("{0}"), &[dates::date(day, today, locale)]),
        _ => Html::text(&outcome.label(locale)),
    })
}

/// The one answer, the proposal and what the bureau said.
fn texts(detail: &Detail, today: chrono::NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::empty();
    let moment = |at: Option<i64>| at.map(|at| dates::moment(at, today, locale)).unwrap_or_default();
    let reply_beside = outcome_line(detail, today, locale).unwrap_or_default();
    for (id, title, text, beside) in [
        ("answer", m.problem_answer(), &detail.answer, moment(detail.answered_at)),
        ("proposal", m.problem_proposal(), &detail.proposal, moment(detail.proposed_at)),
        ("reply", m.problem_reply(), &detail.reply, reply_beside),
        ("finished", m.problem_finished(), &detail.finished, moment(detail.finished_at)),
    ] {
        if let Some(text) = text {
            out = out
                .and(&Html::raw(format!("<section class=\"section\" aria-labelledby=\"{id}\">")))
                .and(&section_head(id, &title, beside, Html::empty()))
                .and(&Html::raw("<div lang=\"zh-CN\">"))
                .and(&components::paragraphs(text))
                .and(&Html::raw("</div></section>"));
        }
    }
    out
}

fn month_words(month: &str, locale: Locale) -> String {
    let parsed = format!("{month}-01").parse::<chrono::NaiveDate>().ok();
    parsed.map_or_else(
        || month.to_owned(),
        |day| t(locale).problem_month(chrono::Datelike::year(&day).to_string(), dates::month_short(day, locale)),
    )
}

fn basis_tables(basis: &Basis, locale: Locale) -> Html {
    let m = t(locale);
    let mut districts = Table::new(&m.problem_by_district())
        .show_caption()
        .tight()
        .col(Col::text(&m.problem_col_district()))
        .col(Col::num(&m.problem_col_requests()))
        .col(Col::num(&m.problem_col_firms()));
    for (code, n, firms) in &basis.districts {
        let name = code
            .as_deref()
            .and_then(District::by_code)
            .map_or_else(|| m.problem_no_district(), |d| d.name(locale).to_owned());
        districts.push("", [Cell::from(name), Cell::from(n.to_string()), Cell::from(firms.to_string())]);
    }
    let mut months = Table::new(&m.problem_by_month())
        .show_caption()
        .tight()
        .col(Col::text(&m.problem_col_month()))
        .col(Col::num(&m.problem_col_requests()))
        .col(Col::num(&m.problem_col_firms()));
    for (month, n, firms) in &basis.months {
        months.push(
            "",
            [Cell::from(month_words(month, locale)), Cell::from(n.to_string()), Cell::from(firms.to_string())],
        );
    }
    districts.html().and(&months.html())
}

/// The figures behind the problem, computed now.
fn figures(basis: &Basis, at: i64, locale: Locale) -> Html {
    let m = t(locale);
    let tile = |figure: i64, what: String| Tile {
        figure: dates::number(figure),
        what: Html::text(&what),
        unit: String::new(),
        basis: Html::empty(),
    };
    Html::raw("<section class=\"section\" aria-labelledby=\"basis\">")
        .and(&section_head(
            "basis",
            &m.problem_basis(),
            Html::fill(&m.problem_basis_at("{0}"), &[dates::moment_record(at, locale)]),
            Html::empty(),
        ))
        .and(&components::tiles(&[
            tile(basis.requests, m.problem_tile_requests()),
            tile(basis.firms, m.problem_tile_firms()),
        ]))
        .and(&basis_tables(basis, locale))
        .and(&Html::raw("</section>"))
}

fn requests(visit: &Visit, case: &Case, gathered: &[Gathered], forms: Typed<'_>) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let gathers = visit.viewer().is(GATHERERS) && case.closed_at.is_none();
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"all\">").and(&section_head(
        "all",
        &m.problem_requests(),
        Html::text(&m.mine_count(gathered.len() as i64)),
        Html::empty(),
    ));
    out = out.and(&Html::raw("<ul class=\"plain answers\">"));
    for one in gathered {
        let request = &one.case;
        let state = RequestState::from_code(&request.state).unwrap_or(RequestState::Submitted);
        let (tone, icon) = state_tone(state);
        out = out
            .and(&Html::raw("<li><div class=\"answer-head\"><h3 lang=\"zh-CN\">"))
            .and(&components::link(&format!("/requests/{}", request.number), &request.title))
            .and(&Html::raw("</h3>"))
            .and(&status(tone, icon, state.label(locale)))
            .and(&Html::raw("</div><p class=\"meta\"><span>"))
            .and(&components::reference(&request.number))
            .and(&Html::raw("</span><span>"))
            .say(one.firm_name.as_deref().unwrap_or_default())
            .and(&Html::raw("</span>"));
        for word in
            [one.answered.then(|| m.problem_got_answer()), one.along.then(|| m.problem_along())].into_iter().flatten()
        {
            out = out.and(&Html::raw("<span>")).say(&word).and(&Html::raw("</span>"));
        }
        out = out.and(&Html::raw("</p>"));
        if gathers && !one.answered && !one.along {
            out = out
                .and(&Html::raw(format!(
                    "<form class=\"no-print\" method=\"post\" action=\"/problems/{}/take-out\">",
                    case.number
                )))
                .and(&components::hidden("request", &request.number))
                .and(&Html::raw("<button class=\"button is-plain is-small\" type=\"submit\">"))
                .say(&m.problem_take_out(&request.number))
                .and(&Html::raw("</button></form>"));
        }
        out = out.and(&Html::raw("</li>"));
    }
    out = out.and(&Html::raw("</ul>"));
    if gathers {
        out = out
            .and(&Html::raw(format!(
                "<form class=\"no-print form-main\" method=\"post\" action=\"/problems/{}/gather\" novalidate>",
                case.number
            )))
            .and(
                &Field::area("numbers", m.problem_field_more())
                    .hint(m.problem_hint_numbers())
                    .rows(2)
                    .id("gather-numbers")
                    .value(forms.value("gather", "numbers"))
                    .error(forms.error("gather", "numbers"))
                    .html(locale),
            )
            .and(&Html::raw("<div class=\"button-row\">"))
            .and(&components::button(&m.problem_more_verb(), Style::Second))
            .and(&Html::raw("</div></form>"));
    }
    out.and(&Html::raw("</section>"))
}

/// The proposal as a sheet of paper, with the figures behind it.
pub(crate) async fn proposal(visit: &Visit, number: &str) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let (case, detail, gathered) = loaded(visit, number).await?;
    let (Some(text), Some(at)) = (&detail.proposal, detail.proposed_at) else { return Err(Failure::not_found()) };
    let basis = basis(&gathered);
    let mut body = Html::raw("<h2>")
        .say(&m.problem_paper_problem())
        .and(&Html::raw("</h2>"))
        .and(&components::paragraphs(&detail.description))
        .and(&Html::raw("<h2>"))
        .say(&m.problem_paper_basis())
        .and(&Html::raw("</h2><p>"))
        .say(&m.problem_paper_count(basis.requests, basis.firms))
        .and(&Html::raw("</p>"))
        .and(&basis_tables(&basis, locale))
        .and(&Html::raw("<h2>"))
        .say(&m.problem_paper_proposal())
        .and(&Html::raw("</h2>"))
        .and(&components::paragraphs(text));
    for (head, text) in [(m.problem_reply(), &detail.reply), (m.problem_finished(), &detail.finished)] {
        if let Some(text) = text {
            body = body.and(&Html::raw("<h2>")).say(&head).and(&Html::raw("</h2>")).and(&components::paragraphs(text));
        }
    }
    // In the name of the house that leads the matter, not of its kind.
    let (capacity, kind) = match case.desk() {
        record::Desk::Operator => (Capacity::Operator, m.request_desk_operator()),
        record::Desk::Centre => (Capacity::Centre, m.request_desk_centre()),
        record::Desk::Bureau => (Capacity::Bureau, m.request_desk_bureau()),
    };
    let houses = organisations::with_capacities(visit.ctx(), &[capacity]).await?;
    let office = houses.first().map_or(kind, |(_, name)| name.shown(locale).to_owned());
    let paper = Paper {
        formal: false,
        office: office.clone(),
        title: Html::text(&m.problem_paper_title(&case.title)),
        number: case.number.clone(),
        to: m.problem_paper_to(),
        body,
        code: None,
        signer: office,
        day: dates::day_of(at),
        one_page: false,
        language: locale,
    };
    let bar = Bar {
        back_href: format!("/problems/{}", case.number),
        back_label: m.problem_paper_back(),
        what: m.problem_paper_name(),
        reference: case.number.clone(),
        ..Bar::default()
    };
    let title = m.problem_paper_title(&case.title);
    visit.page(title, "problems").room(Room::Paper).show(paper.html(&bar, locale)).await
}

/// For staff: the common problem a request belongs to, or the way to make it one.
pub(crate) async fn staff_section(visit: &Visit, loaded: &Loaded) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let gathers = visit.viewer().is(GATHERERS) && super::rules::may_gather(&loaded.case, &loaded.case.desk).is_ok();
    let sees = gathers || visit.viewer().is(super::flow::BUREAU);
    if !sees {
        return Ok(Html::empty());
    }
    let found = above(visit.ctx(), loaded.case.id, loaded.detail.merged_into).await?;
    let body = match found {
        Some(problem) => Html::raw("<ul class=\"plain links\"><li>")
            .and(&components::title_link(&format!("/problems/{}", problem.number), &problem.title, locale))
            .and(&Html::raw("<small>"))
            .and(&components::reference(&problem.number))
            .say(" ")
            .say(&State::from_code(&problem.state).map_or_else(String::new, |s| s.label(locale)))
            .and(&Html::raw("</small></li></ul>")),
        None if gathers => Html::raw("<p>")
            .and(&components::link(&format!("/problems/new?n={}", loaded.case.number), &m.problem_make()))
            .and(&Html::raw("</p>")),
        None => return Ok(Html::empty()),
    };
    Ok(Html::raw(
        "<section class=\"section no-print\" aria-labelledby=\"common\"><h2 class=\"aside-title\" id=\"common\">",
    )
    .say(&m.problem_flow())
    .and(&Html::raw("</h2>"))
    .and(&body)
    .and(&Html::raw("</section>")))
}

/// For the firm: that others have the same problem, and what the bureau made of it.
pub(crate) async fn firm_note(visit: &Visit, loaded: &Loaded) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let Some(problem) = above(visit.ctx(), loaded.case.id, loaded.detail.merged_into).await? else {
        return Ok(Html::empty());
    };
    let said = problem.finished.clone().or(problem.reply.clone()).unwrap_or_default();
    let outcome = problem.outcome.as_deref().and_then(Outcome::from_code);
    let finished = problem.state == State::Closed.code();
    let day = problem
        .reply_on
        .as_deref()
        .and_then(|d| d.parse::<chrono::NaiveDate>().ok())
        .map(|d| dates::date_words(d, today, locale))
        .unwrap_or_default();
    let words = match outcome {
        Some(Outcome::Adopted) if finished => m.problem_firm_finished(problem.requests, &said),
        Some(Outcome::Adopted) => m.problem_firm_adopted(problem.requests, &day, &said),
        Some(Outcome::Answered) => m.problem_firm_answered(problem.requests, &day, &said),
        Some(Outcome::Noted) => m.problem_firm_noted(problem.requests, &said),
        None if problem.state == State::Proposed.code() => m.problem_firm_proposed(problem.requests),
        None if problem.answered => m.problem_firm_together(problem.requests),
        None => return Ok(Html::empty()),
    };
    Ok(components::notice(FlashKind::Info, None, &Html::text(&words)))
}
