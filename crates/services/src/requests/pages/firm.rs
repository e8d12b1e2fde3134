//! What the firm sees, with or without an account, and its own list.

use super::*;

/// The page a firm sees, with or without an account: five plain words, one next action, a person's name and phone.
///
/// `base` is `/requests` for the signed-in firm and `/follow` for the bearer of number and code.
///
/// # Errors
/// When the database fails.
pub async fn firm_page(
    visit: &Visit,
    loaded: &Loaded,
    viewer: Option<&Viewer>,
    base: &str,
    form: &ErrorIn<'_>,
) -> Result<Html, Fault> {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let case = &loaded.case;
    let state: State = case.state()?;
    let doer = match viewer {
        Some(Viewer::Signed(actor)) => Doer::Person(actor),
        _ => Doer::Bearer,
    };
    let own = format!("{base}/{}", case.number);
    let under = if base == "/follow" { own.as_str() } else { "" };
    let mut out = Html::raw("<div class=\"wrap\">");
    let up = if base == "/follow" {
        ("/follow".to_owned(), m.follow_title())
    } else {
        ("/requests".to_owned(), m.mine_title())
    };
    out = out
        .and(&components::crumbs(&[up], Some(components::reference(&case.number)), locale))
        .and(&huiqi_web::layout::flash_slot())
        .and(&form.summary(locale));
    let (tone, icon) = state_tone(state);
    out = out
        .and(&Html::raw("<header class=\"case-head\"><div><p class=\"case-kind\">"))
        .and(&components::tag(&kind_of(case).label(locale)))
        .and(&Html::raw("<span class=\"quiet small\">"))
        .and(&dates::moment(case.opened_at, today, locale))
        .and(&Html::raw("</span></p><h1 class=\"phrased\" lang=\"zh-CN\">"))
        .and(&phrased(text::phrases(&case.title).iter().map(String::as_str)))
        .and(&Html::raw("</h1></div><div class=\"button-row\">"))
        .and(&badge(tone, icon, firm_state(state, locale)))
        .and(&Html::raw("</div></header>"));
    out = out.and(&standing(ctx, loaded, state, locale, true));
    out = out.and(&Html::raw("<div class=\"split\"><div>"));
    out = out.and(&crate::merging::pages::firm_note(loaded, state, locale));
    out = out.and(&crate::problems::pages::firm_note(visit, loaded).await?);
    // The answer comes before what may be done with it.
    if let Some(answer) = &loaded.detail.answer {
        out = out
            .and(&Html::raw("<section class=\"section\" aria-labelledby=\"answer\">"))
            .and(&section_head(
                "answer",
                &answer_name(state, locale),
                loaded.detail.answered_at.map(|at| dates::moment(at, today, locale)).unwrap_or_default(),
                Html::empty(),
            ))
            .and(&Html::raw("<div lang=\"zh-CN\">"))
            .and(&components::paragraphs(answer))
            .and(&Html::raw("</div></section>"));
    }
    let lines = firm_lines(loaded, state, doer, &own, &[], form, locale);
    if !lines.is_empty() {
        out = out
            .and(&Html::raw("<section class=\"section no-print\" aria-labelledby=\"do\">"))
            .and(&section_head("do", &m.request_you_can(), Html::empty(), Html::empty()))
            .and(&actions(&lines, locale))
            .and(&Html::raw("</section>"));
    }
    if loaded.detail.mode() == Some(Mode::Choose) && !loaded.detail.chosen && state == State::InProgress {
        out = out.and(&choice_box(loaded, &own, locale));
    }
    let answered = loaded.detail.answer.is_some() && matches!(state, State::Answered | State::Closed | State::Lapsed);
    if answered || !loaded.ratings.is_empty() {
        out = out.and(&rate_form(visit.ctx(), loaded, &own, form, locale));
    }
    let staff_steps: Vec<timeline::StepTaken> = loaded.steps.iter().filter(|s| firm_sees(s)).cloned().collect();
    let entries = timeline::entries(&staff_steps, visit.flow(FLOW.code), &Viewer::Public, false, locale);
    out = out.and(&messages(visit, loaded, form, &format!("{own}/message"), under, false).await?);
    out = out
        .and(&Html::raw("<section class=\"section\" aria-labelledby=\"time\">"))
        .and(&section_head("time", &m.request_timeline(), Html::empty(), Html::empty()))
        .and(&components::timeline(&entries, today, locale))
        .and(&Html::raw("</section></div><aside class=\"aside\">"));
    // A person's name and phone until the end.
    let mut rows = vec![(m.request_firm(), firm_line(loaded, locale, None))];
    rows.extend(loaded.contacts.rows(locale));
    rows.push((m.request_number(), components::reference(&case.number)));
    if base != "/follow" || matches!(doer, Doer::Bearer) {
        rows.push((m.request_code(), components::reference(&loaded.detail.query_code)));
    }
    out = out
        .and(&Html::raw("<section class=\"section\" aria-labelledby=\"resp\"><h2 class=\"aside-title\" id=\"resp\">"))
        .say(&m.request_ask_whom())
        .and(&Html::raw("</h2>"))
        .and(&kv(&rows))
        .and(&Html::raw("</section>"))
        .and(&papers::pages::list(&loaded.papers, under, locale))
        .and(&case_file_link(loaded, base, locale))
        .and(&Html::raw("<section class=\"section\" aria-labelledby=\"mine\"><h2 class=\"aside-title\" id=\"mine\">"))
        .say(&m.request_what_you_wrote())
        .and(&Html::raw("</h2>"))
        .and(&loaded.about.as_ref().map_or_else(Html::empty, |about| kv(&[(m.request_about(), Html::text(about))])))
        .and(&Html::raw("<div class=\"small\" lang=\"zh-CN\">"))
        .and(&components::paragraphs(&loaded.detail.words))
        .and(&Html::raw("</div></section>"))
        .and(&files_box(loaded, under, locale));
    if let Some(how) = derivation(ctx, loaded, locale, false) {
        out = out.and(&Html::raw("<section class=\"section\">")).and(&how).and(&Html::raw("</section>"));
    }
    Ok(out.and(&Html::raw("</aside></div></div>")))
}

/// A state in the words of the firm's side: the five of the way, and how it ended otherwise.
pub(crate) fn firm_state(state: State, locale: Locale) -> String {
    let m = t(locale);
    match (state, firm_step(state)) {
        (State::Refused | State::Withdrawn | State::Lapsed, _) => state.label(locale),
        (_, 0) => m.request_step_submitted(),
        (_, 1) => m.request_step_accepted(),
        (_, 2) => m.request_step_working(),
        (_, 3) => m.request_step_answered(),
        _ => m.request_step_closed(),
    }
}

/// Steps that mean something to the firm; who was asked and declined is the network's business.
pub(crate) fn firm_sees(step: &timeline::StepTaken) -> bool {
    !matches!(step.action.as_str(), "add" | "send-back" | "confirm-by-call" | "redo-by-call") || step.public
}

/// What the firm can do, as lines; `only` leaves out everything else. Forms lead to `own` and the action.
pub(crate) fn firm_lines(
    loaded: &Loaded,
    state: State,
    doer: Doer<'_>,
    own: &str,
    only: &[Action],
    form: &ErrorIn<'_>,
    locale: Locale,
) -> Vec<ActionLine> {
    let m = t(locale);
    let version = loaded.case.version.to_string();
    let mut lines = Vec::new();
    for offer in FLOW.offers(state, doer, &loaded.facts) {
        let action = offer.step.action;
        if !only.is_empty() && !only.contains(&action) {
            continue;
        }
        let id = action.code();
        if let Some(refusal) = &offer.blocked {
            lines.push(ActionLine::blocked(&firm_verb(action, locale), refusal.reason.get(locale).to_owned()));
            continue;
        }
        let post = format!("{own}/{id}");
        let words = |label: String, hint: String| {
            Field::area("words", label)
                .id(&format!("{id}-words"))
                .hint(hint)
                .rows(3)
                .value(form.value(id, "words"))
                .error(form.words(id, locale))
                .html(locale)
        };
        let line = match action {
            Action::Confirm => {
                ActionLine::post(&firm_verb(action, locale), &post).note(m.firm_note_confirm()).style(Style::Solid)
            }
            Action::Redo => ActionLine::form(
                id,
                &firm_verb(action, locale),
                &post,
                words(m.firm_field_redo(), m.firm_hint_redo()),
                &m.firm_submit_redo(),
            )
            .note(m.firm_note_redo()),
            Action::Reopen => ActionLine::form(
                id,
                &firm_verb(action, locale),
                &post,
                words(m.firm_field_reopen(), m.firm_hint_reopen()),
                &m.firm_submit_reopen(),
            )
            .note(m.firm_note_reopen()),
            Action::Complete | Action::Supply => {
                let asked = loaded
                    .steps
                    .iter()
                    .find(|s| s.action == Action::Return.code() || s.action == Action::AskFirm.code())
                    .and_then(|s| s.words.clone())
                    .unwrap_or_default();
                let files = Field::file("file", m.ask_files())
                    .id(&format!("{id}-file"))
                    .optional()
                    .multiple()
                    .accept(attachments::ACCEPT)
                    .hint(m.ask_files_hint())
                    .error(form.at(id, "file", locale))
                    .html(locale);
                let body = Html::raw("<p class=\"said\" lang=\"zh-CN\">")
                    .say(&asked)
                    .and(&Html::raw("</p>"))
                    .and(&words(m.firm_field_supply(), String::new()))
                    .and(&files);
                ActionLine::form(id, &firm_verb(action, locale), &post, body, &m.firm_submit_supply())
                    .note(m.firm_note_supply())
                    .with_files()
                    .style(Style::Solid)
                    .open(true)
            }
            Action::Urge => ActionLine::post(&firm_verb(action, locale), &post).note(m.firm_note_urge()).icon("bell"),
            Action::Withdraw => ActionLine::link(&firm_verb(action, locale), &format!("{own}/withdrawal"))
                .note(m.firm_note_withdraw())
                .style(Style::Plain),
            _ => continue,
        };
        let open = form.of(id, locale).is_some() || matches!(action, Action::Complete | Action::Supply);
        lines.push(line.hidden("version", &version).open(open));
    }
    lines
}

pub(super) fn choice_box(loaded: &Loaded, own: &str, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<section class=\"section no-print\" aria-labelledby=\"choose\">")
        .and(&section_head("choose", &m.firm_choose(), Html::empty(), Html::empty()))
        .and(&Html::raw("<p>"))
        .say(&m.firm_choose_note())
        .and(&Html::raw("</p>"));
    let offers: Vec<&Assigned> = loaded.assigned.iter().filter(|a| a.is_open() && a.taken_at.is_some()).collect();
    let lines: Vec<ActionLine> = offers
        .iter()
        .map(|a| {
            ActionLine::post(&m.firm_choose_this(a.shown(locale)), &format!("{own}/choice"))
                .hidden("assignment", &a.case.number)
                .note(a.reachable(locale).unwrap_or_default().to_owned())
        })
        .collect();
    out = if lines.is_empty() {
        out.and(&components::empty(m.firm_choose_none()))
    } else {
        out.and(&actions(&lines, locale))
    };
    out.and(&Html::raw("</section>"))
}

/// A grade that was given, in words for whoever gave it; of an earlier answer with the day.
pub(crate) fn grade_given(rating: &Rating, today: NaiveDate, locale: Locale) -> String {
    let (m, word) = (t(locale), grade_word(rating.grade, locale));
    if rating.current == 1 {
        m.rating_given(word)
    } else {
        m.rating_given_earlier(dates::date_words(dates::day_of(rating.at), today, locale), word)
    }
}

/// Five grades, one tap is complete, words optional. An answer that was given anew can be graded anew.
pub(super) fn rate_form(ctx: &Ctx, loaded: &Loaded, own: &str, form: &ErrorIn<'_>, locale: Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<section class=\"section no-print\" aria-labelledby=\"grade\">").and(&section_head(
        "grade",
        &m.rating_title(),
        Html::text(&m.rating_voluntary()),
        Html::empty(),
    ));
    for rating in &loaded.ratings {
        out = out
            .and(&Html::raw("<p>"))
            .say(&grade_given(rating, ctx.today(), locale))
            .and(&Html::raw("</p>"))
            .and(&crate::appeals::shown::firm(rating, own, locale));
    }
    if current(&loaded.ratings).is_some() {
        return out.and(&Html::raw("</section>"));
    }
    if let Err(Fault::Refused(refusal)) = may_rate(ctx, &loaded.case, ctx.today()) {
        return out.and(&components::empty_small(refusal.reason.get(locale).to_owned())).and(&Html::raw("</section>"));
    }
    let mut buttons = Html::raw("<div class=\"button-row grades\">");
    for grade in (1..=5).rev() {
        buttons = buttons
            .and(&Html::raw(format!(
                "<button class=\"button is-second\" type=\"submit\" name=\"grade\" value=\"{grade}\">"
            )))
            .say(&grade_word(grade, locale))
            .and(&Html::raw("</button>"));
    }
    let words = Field::area("words", m.rating_words())
        .id("rating-words")
        .optional()
        .rows(2)
        .value(form.value("rating", "words"))
        .error(form.of("rating", locale))
        .html(locale);
    out.and(&Html::raw("<form method=\"post\" data-keep action=\""))
        .say(own)
        .and(&Html::raw("/rating\">"))
        .and(&words)
        .and(&buttons)
        .and(&Html::raw("</div></form></section>"))
}

/// The firm's own list.
///
/// # Errors
/// When the database fails.
pub async fn mine(visit: &Visit) -> Answer {
    #[derive(huiqi_store::sea_orm::FromQueryResult)]
    struct Row {
        number: String,
        title: String,
        state: String,
        kind: Option<String>,
        opened_at: i64,
        due_on: Option<String>,
    }
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let scope = huiqi_casework::scope::visible(visit.viewer());
    let text = format!(
        "SELECT c.number, c.title, c.state, c.kind, c.opened_at, c.due_on FROM case_record c
         WHERE c.flow = 'request' AND ({}) ORDER BY CASE WHEN c.turn = 'firm' THEN 0 WHEN c.closed_at IS NULL THEN 1 ELSE 2 END, c.id DESC LIMIT 100",
        scope.sql
    );
    let rows: Vec<Row> = huiqi_store::ctx::all(visit.ctx(), &text, scope.values).await?;
    let ask = components::link_button("/ask", &m.ask_verb(), Style::Solid, Some("edit"));
    let mut out = Html::raw("<div class=\"wrap\">").and(&components::page_head(
        &m.mine_title(),
        Html::text(&m.mine_count(rows.len() as i64)),
        ask,
    ));
    if rows.is_empty() {
        out = out.and(&components::empty(m.mine_empty()));
    } else {
        let mut table = Table::new(&m.mine_title())
            .cards()
            .row_head(99)
            .col(Col::text(&m.request_number()).bare())
            .col(Col::text(&m.mine_what()).class("what").bare())
            .col(Col::text(&m.mine_state()))
            .col(Col::text(&m.mine_when()));
        for row in &rows {
            let state = State::from_code(&row.state).unwrap_or(State::Submitted);
            let (tone, icon) = state_tone(state);
            let kind =
                row.kind.as_deref().and_then(RequestKind::from_code).map(|k| k.label(locale)).unwrap_or_default();
            let due =
                row.due_on.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()).filter(|_| state == State::Answered);
            let when = match (state, due) {
                (_, Some(due)) => Html::fill(&m.mine_confirm_by("{0}"), &[dates::date_act(due, today, locale)]),
                (State::Returned | State::Waiting, None) => Html::text(&m.mine_supply()),
                _ => dates::date_cell(dates::day_of(row.opened_at), today, locale),
            };
            table.push(
                "",
                [
                    Cell::from(components::reference(&row.number)),
                    Cell::from(
                        components::link(&format!("/requests/{}", row.number), &row.title)
                            .say(" ")
                            .and(&components::quiet(kind)),
                    ),
                    Cell::from(status(tone, icon, firm_state(state, locale))),
                    Cell::from(when),
                ],
            );
        }
        out = out.and(&table.html());
    }
    visit.page(m.mine_title(), "mine").show(out.and(&Html::raw("</div>"))).await
}
