//! Pages of the knowledge base: the list, an entry, the form.

use chrono::NaiveDate;
use huiqi_casework::timeline;
use huiqi_kernel::category::Category;
use huiqi_kernel::flow::Doer;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Label;
use huiqi_web::components::{self, ActionLine, Col, Field, FilterBar, Style, Tone, badge, section_head, status};
use huiqi_web::dates;
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Form, Visit};

use super::actions::{self, ANSWER, QUESTION};
use super::flow::{Action, FLOW, State, WRITERS};
use super::queries::{self, Entry, Filter, PAGE};
use super::routes::ListQuery;
use super::rules::{self, Stripped};
use crate::frame::{self, Head, List, Typed, Wrong};
use crate::t;

fn tone(state: State) -> (Tone, &'static str) {
    match state {
        State::Begun | State::Draft => (Tone::Run, "edit"),
        State::Proposed => (Tone::Run, "in"),
        State::InForce => (Tone::Good, "done"),
        State::Expired => (Tone::Warn, "clock"),
        State::Withdrawn => (Tone::Idle, "no"),
    }
}

fn state_of(entry: &Entry) -> State {
    State::from_code(&entry.case.state).unwrap_or(State::Draft)
}

fn category_name(code: Option<&str>, locale: Locale) -> String {
    code.and_then(Category::by_code).map_or_else(|| t(locale).knowledge_no_category(), |c| c.name(locale).to_owned())
}

fn day(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|d| d.parse().ok())
}

pub(super) async fn list(visit: &Visit, query: &ListQuery) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let today = ctx.today();
    let filter = Filter {
        words: query.q.clone(),
        category: Category::by_code(&query.category),
        state: query.state.clone(),
        after: query.after.parse().ok(),
    };
    let rows = queries::list(ctx, visit.viewer(), &filter).await?;
    let categories = std::iter::once((String::new(), m.knowledge_all_categories()))
        .chain(Category::all().iter().map(|c| (c.code().to_owned(), c.name(locale).to_owned())));
    let states = [(String::new(), m.knowledge_all_states()), ("live".to_owned(), m.knowledge_live())]
        .into_iter()
        .chain([("own".to_owned(), m.knowledge_own())])
        .chain(
            [State::Draft, State::Proposed, State::Expired, State::Withdrawn]
                .map(|s| (s.code().to_owned(), s.label(locale))),
        );
    let filters = FilterBar::new("/knowledge")
        .select("category", &m.ask_category(), categories, &query.category)
        .select("state", &m.mine_state(), states, &query.state)
        .search("q", &m.knowledge_search(), &query.q);
    let standing = |entry: &Entry| {
        let state = state_of(entry);
        let (tone, icon) = tone(state);
        let standing = status(tone, icon, state.label(locale));
        if state != State::InForce && entry.is_live(today) {
            return standing.say(" ").and(&components::quiet(m.knowledge_still_live()));
        }
        standing
    };
    List::of(rows, visit, "knowledge", m.knowledge_title(), m.knowledge_lede())
        .end(visit.viewer().is(WRITERS), || {
            Html::raw("<span class=\"button-row\">")
                .and(&components::link_button("/reply-templates", &m.reply_title(), Style::Second, None))
                .and(&components::link_button("/knowledge/new", &m.knowledge_new(), Style::Solid, Some("edit")))
                .and(&Html::raw("</span>"))
        })
        .above(&filters.html(locale))
        .numbers(|entry| &entry.case.number)
        .what(&m.knowledge_question(), |entry| {
            components::title_link(&format!("/knowledge/{}", entry.case.number), &entry.case.title, locale)
        })
        .column(Col::text(&m.ask_category()), |entry| category_name(entry.case.category.as_deref(), locale))
        .column(Col::text(&m.knowledge_house()), |entry| {
            Html::text(entry.house(locale))
                .and(&Html::raw("<small>"))
                .say(entry.owner(locale))
                .and(&Html::raw("</small>"))
        })
        .column(Col::text(&m.mine_state()), standing)
        .column(Col::text(&m.knowledge_until()).class("due"), |entry| {
            let until = day(entry.live_until.as_deref().or(entry.valid_until.as_deref()));
            until.map(|d| dates::date(d, today, locale)).unwrap_or_default()
        })
        .column(Col::num(&m.knowledge_uses()), |entry| dates::number(entry.uses))
        .empty(m.knowledge_empty())
        .paged(
            PAGE,
            "/knowledge",
            &[("q", &query.q), ("category", &query.category), ("state", &query.state)],
            &query.after,
            |entry| entry.case.id,
        )
        .show()
        .await
}

/// What was taken out of the source, in words; nothing where nothing was.
fn stripped_words(stripped: &Stripped, locale: Locale) -> Option<String> {
    if stripped.is_empty() {
        return None;
    }
    let m = t(locale);
    let parts: Vec<String> = [
        (stripped.firms, m.knowledge_stripped_firms(stripped.firms)),
        (stripped.people, m.knowledge_stripped_people(stripped.people)),
        (stripped.phones, m.knowledge_stripped_phones(stripped.phones)),
        (stripped.codes, m.knowledge_stripped_codes(stripped.codes)),
        (stripped.mails, m.knowledge_stripped_mails(stripped.mails)),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(_, words)| words)
    .collect();
    Some(m.knowledge_stripped(parts.join(&m.knowledge_comma())))
}

/// What the text as it stands may say of somebody; nothing where nothing was found.
fn found_notice(found: &[String], locale: Locale) -> Html {
    if found.is_empty() {
        return Html::empty();
    }
    let m = t(locale);
    let words = found.join(&m.knowledge_comma());
    components::notice(
        huiqi_web::layout::FlashKind::Warn,
        None,
        &Html::fill(&m.knowledge_found("{0}"), &[components::given(&words, locale)]),
    )
}

/// The box that says that what was found is public; nothing where nothing was found.
fn public_box(id: &str, found: &[String], value: &str, error: Option<&str>, locale: Locale) -> Html {
    if found.is_empty() {
        return Html::empty();
    }
    let m = t(locale);
    Field::check("public", m.knowledge_public())
        .id(id)
        .hint(m.knowledge_public_hint())
        .value(value)
        .error(error)
        .html(locale)
}

/// Entries in force that ask much the same; nothing where there are none.
async fn alike(visit: &Visit, question: &str, but: Option<&str>) -> Result<Html, huiqi_store::Fault> {
    if question.trim().is_empty() {
        return Ok(Html::empty());
    }
    let locale = visit.locale();
    let m = t(locale);
    let mut found = queries::search(visit.ctx(), question, None, 4).await?;
    found.retain(|one| Some(one.number.as_str()) != but);
    found.truncate(3);
    if found.is_empty() {
        return Ok(Html::empty());
    }
    let mut out = Html::raw("<section class=\"section no-print\" aria-labelledby=\"alike\">").and(&section_head(
        "alike",
        &m.knowledge_alike(),
        Html::text(&m.knowledge_alike_note()),
        Html::empty(),
    ));
    out = out.and(&Html::raw("<ul class=\"plain links\">"));
    for one in &found {
        out = out
            .and(&Html::raw("<li>"))
            .and(&components::title_link(&format!("/knowledge/{}", one.number), &one.question, locale))
            .and(&Html::raw("<small>"))
            .and(&components::reference(&one.number))
            .and(&Html::raw("</small></li>"));
    }
    Ok(out.and(&Html::raw("</ul></section>")))
}

/// One sentence: where the entry stands and whose turn it is.
fn standing(entry: &Entry, state: State, today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let due = entry.case.due().map(|d| dates::date_act(d, today, locale)).unwrap_or_default();
    let until = day(entry.live_until.as_deref()).map(|d| dates::date(d, today, locale)).unwrap_or_default();
    let who = if entry.owner(locale).is_empty() { entry.house(locale) } else { entry.owner(locale) };
    let sentence = match state {
        State::Begun | State::Draft => Html::text(&m.knowledge_say_draft(who)),
        State::Proposed => Html::fill(&m.knowledge_say_proposed("{0}"), &[due]),
        State::InForce => Html::fill(&m.knowledge_say_in_force("{0}", entry.uses), std::slice::from_ref(&until)),
        State::Expired => Html::fill(&m.knowledge_say_expired(who, "{0}"), &[due]),
        State::Withdrawn => Html::text(&m.knowledge_say_withdrawn()),
    };
    let mut out = Html::raw("<p class=\"lede\">").and(&sentence).and(&Html::raw("</p>"));
    if state != State::InForce && entry.is_live(today) {
        out = out
            .and(&Html::raw("<p class=\"quiet\">"))
            .and(&Html::fill(&m.knowledge_say_still_live("{0}"), &[until]))
            .and(&Html::raw("</p>"));
    }
    out
}

fn texts(id: &str, title: &str, parts: [(&str, &str); 3]) -> Html {
    let mut out = Html::raw(format!("<section class=\"section\" aria-labelledby=\"{id}\">")).and(&section_head(
        id,
        title,
        Html::empty(),
        Html::empty(),
    ));
    for (label, text) in parts {
        if text.trim().is_empty() {
            continue;
        }
        out = out
            .and(&Html::raw("<h3>"))
            .say(label)
            .and(&Html::raw("</h3><div lang=\"zh-CN\">"))
            .and(&components::paragraphs(text))
            .and(&Html::raw("</div>"));
    }
    out.and(&Html::raw("</section>"))
}

pub(super) async fn show(visit: &Visit, number: &str, error: Option<Wrong<'_>>, typed: &Form) -> Answer {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let entry = queries::entry(ctx, visit.viewer(), number).await?;
    let state = state_of(&entry);
    // What is being written, or was withdrawn, is read by those who work on it; everybody else reads what is in force.
    let inside = huiqi_casework::inbox::visible(ctx, visit.viewer(), number).await.is_ok();
    let (tone, icon) = tone(state);
    let shown = if inside { entry.question.as_str() } else { entry.live_question.as_deref().unwrap_or_default() };
    let title: String = shown.lines().next().unwrap_or_default().chars().take(60).collect();
    let forms = Typed::new(error.as_ref(), typed, locale);
    let head = Head {
        crumbs: vec![("/knowledge".to_owned(), m.knowledge_title())],
        number: entry.case.number.clone(),
        tags: components::tag(&m.knowledge_flow())
            .and(&components::tag(&category_name(entry.case.category.as_deref(), locale))),
        title: title.clone(),
        end: if inside { badge(tone, icon, state.label(locale)) } else { Html::empty() },
        errors: forms.summary(),
        ..Head::default()
    };
    let mut out = Html::raw("<div class=\"wrap\">").and(&head.html(locale));
    let found = if inside && state != State::Withdrawn {
        entry.traces(&actions::personal(ctx.db().read(), entry.source).await?)
    } else {
        Vec::new()
    };
    if inside {
        out = out.and(&standing(&entry, state, today, locale)).and(&found_notice(&found, locale));
    }
    out = out.and(&Html::raw("<div class=\"split\"><div>"));
    if inside {
        out = out.and(&lines(visit, &entry, state, &found, forms));
    }
    let (question, answer, basis) = (m.knowledge_question(), m.knowledge_answer(), m.knowledge_basis());
    if let (Some(q), Some(a), Some(b)) = (&entry.live_question, &entry.live_answer, &entry.live_basis) {
        out = out.and(&texts("live", &m.knowledge_live_text(), [(&question, q), (&answer, a), (&basis, b)]));
    }
    if inside && (entry.live_until.is_none() || entry.is_changed()) {
        let head = if entry.is_changed() { m.knowledge_new_text() } else { m.knowledge_text() };
        out = out.and(&texts(
            "text",
            &head,
            [(&question, &entry.question), (&answer, &entry.answer), (&basis, &entry.basis)],
        ));
    }
    if inside && matches!(state, State::Begun | State::Draft | State::Proposed) {
        out = out.and(&alike(visit, &entry.question, Some(number)).await?);
    }
    if inside {
        let steps = timeline::steps(ctx, entry.case.id).await?;
        out = out.and(&frame::happened(visit, &entry.case, &steps));
    }
    out = out
        .and(&Html::raw(
            "</div><aside class=\"aside is-sticky\"><section class=\"section\" aria-labelledby=\"about\"><h2 class=\"aside-title\" id=\"about\">",
        ))
        .say(&m.knowledge_about())
        .and(&Html::raw("</h2>"))
        .and(&facts(&entry, inside, today, locale))
        .and(&Html::raw("</section></aside></div></div>"));
    let title = format!("{} {title}", entry.case.number);
    visit.page(title, "knowledge").refused(error.is_some()).show(out).await
}

fn facts(entry: &Entry, inside: bool, today: NaiveDate, locale: Locale) -> Html {
    let m = t(locale);
    let mut rows = vec![(m.knowledge_house(), Html::text(entry.house(locale)))];
    if !entry.owner(locale).is_empty() {
        rows.push((m.knowledge_owner(), Html::text(entry.owner(locale))));
    }
    let until = if inside { entry.valid_until.as_deref() } else { entry.live_until.as_deref() };
    if let Some(until) = day(until) {
        rows.push((m.knowledge_until(), dates::date_full(until, locale)));
    }
    if let (Some(at), Some(checker)) = (entry.checked_at, &entry.checker) {
        let who = timeline::in_words(checker, entry.checker_en.as_deref(), locale);
        rows.push((m.knowledge_checked(), Html::text(who).say(" ").and(&dates::moment(at, today, locale))));
    }
    let used = entry.used_at.map(|at| dates::moment(at, today, locale));
    let uses = Html::text(&m.knowledge_times(entry.uses));
    rows.push((m.knowledge_uses(), used.map_or_else(|| uses.clone(), |at| uses.clone().say(" ").and(&at))));
    if let Some(source) = entry.source_number.as_deref().filter(|_| inside) {
        rows.push((m.knowledge_source(), components::link(&format!("/requests/{source}"), source)));
    }
    components::kv_stack(&rows)
}

fn lines(visit: &Visit, entry: &Entry, state: State, found: &[String], forms: Typed<'_>) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let Some(actor) = visit.viewer().actor() else { return Html::empty() };
    let facts = entry.facts(visit.ctx().today());
    let base = format!("/knowledge/{}", entry.case.number);
    let version = entry.case.version.to_string();
    let mut lines = Vec::new();
    for (i, offer) in FLOW.offers(state, Doer::Person(actor), &facts).into_iter().enumerate() {
        let action = offer.step.action;
        let id = action.code();
        let verb = action.label(locale);
        if let Some(refusal) = &offer.blocked {
            lines.push(ActionLine::blocked(&verb, refusal.reason.get(locale).to_owned()).under(offer.step.article));
            continue;
        }
        let words = |label: String, optional: bool| {
            let field = Field::area("words", label).id(&format!("{id}-words")).rows(2).value(forms.value(id, "words"));
            let field = if optional { field.optional() } else { field };
            field.error(forms.error(id, "words")).html(locale)
        };
        let public = || {
            let error = forms.error(id, "public");
            public_box(&format!("{id}-public"), found, &forms.value(id, "public"), error.as_deref(), locale)
        };
        let post = format!("{base}/{id}");
        let style = if i == 0 { Style::Solid } else { Style::Second };
        let line = match action {
            Action::Edit => ActionLine::link(&verb, &format!("{base}/edit")).note(m.knowledge_note_edit()).style(style),
            Action::Propose if !found.is_empty() => {
                ActionLine::form(id, &verb, &post, public(), &verb).note(m.knowledge_note_propose()).style(style)
            }
            Action::Propose => ActionLine::post(&verb, &post).note(m.knowledge_note_propose()).style(style),
            Action::Revise => ActionLine::post(&verb, &post).note(m.knowledge_note_revise()).style(style),
            Action::Approve => {
                ActionLine::form(id, &verb, &post, words(m.knowledge_field_remark(), true).and(&public()), &verb)
                    .note(m.knowledge_note_approve())
                    .style(style)
            }
            Action::SendBack => ActionLine::form(id, &verb, &post, words(m.knowledge_field_why(), false), &verb)
                .note(m.knowledge_note_send_back())
                .style(style),
            Action::Renew => {
                let until = Field::date("until", m.knowledge_until())
                    .id("renew-until")
                    .value(forms.value(id, "until"))
                    .error(forms.error(id, "until"))
                    .html(locale);
                ActionLine::form(
                    id,
                    &verb,
                    &post,
                    until.and(&words(m.knowledge_field_remark(), true)).and(&public()),
                    &verb,
                )
                .note(m.knowledge_note_renew())
                .style(style)
            }
            Action::Withdraw => ActionLine::form(id, &verb, &post, words(m.knowledge_field_why(), false), &verb)
                .note(m.knowledge_note_withdraw())
                .style(Style::Second),
            Action::Write | Action::Expire => continue,
        };
        lines.push(line.hidden("version", &version).under(offer.step.article).open(forms.failed(id)));
    }
    if lines.is_empty() {
        return Html::empty();
    }
    frame::you_can(visit, &lines, "")
}

pub(super) async fn form(visit: &Visit, entry: Option<&Entry>, form: &Form) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let title = if entry.is_some() { m.knowledge_edit() } else { m.knowledge_new() };
    let action = entry.map_or_else(|| "/knowledge/new".to_owned(), |e| format!("/knowledge/{}/edit", e.case.number));
    let back = entry.map_or_else(|| "/knowledge".to_owned(), |e| format!("/knowledge/{}", e.case.number));
    let categories = Category::all().iter().map(|c| (c.code(), c.name(locale)));
    let mut body = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::back(&back, &m.knowledge_title(), locale))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<h1>"))
        .say(&title)
        .and(&Html::raw("</h1>"));
    if let Some(entry) = entry
        && let Some(source) = &entry.source_number
    {
        let taken = stripped_words(&entry.stripped(), locale).unwrap_or_default();
        body = body.and(&components::notice(
            huiqi_web::layout::FlashKind::Info,
            None,
            &Html::fill(&m.knowledge_from("{0}", taken), &[components::link(&format!("/requests/{source}"), source)]),
        ));
    }
    // What the text says as it stands here, not as it was when it was made.
    let source = entry.and_then(|e| e.source);
    let personal = actions::personal(visit.ctx().db().read(), source).await?;
    let all = ["question", "answer", "basis"].map(|field| form.value(field)).join("\n");
    let found: Vec<String> = rules::traces(&all, &personal).into_iter().map(|(_, words)| words).collect();
    body = if found.is_empty() && !all.trim().is_empty() {
        body.and(&Html::raw("<p class=\"quiet small\">")).say(&m.knowledge_found_none()).and(&Html::raw("</p>"))
    } else {
        body.and(&found_notice(&found, locale))
    };
    body = body
        .and(&Html::raw(format!("<form method=\"post\" action=\"{action}\" novalidate data-keep class=\"form-main\">")))
        .and(&entry.map(|_| components::hidden("version", form.value("version"))).unwrap_or_default())
        .and(
            &Field::area("question", m.knowledge_question())
                .hint(m.knowledge_question_hint())
                .rows(3)
                .max(QUESTION as u32)
                .value(form.value("question"))
                .error(form.error("question", locale))
                .html(locale),
        )
        .and(
            &Field::area("answer", m.knowledge_answer())
                .hint(m.knowledge_answer_hint())
                .rows(8)
                .max(ANSWER as u32)
                .value(form.value("answer"))
                .error(form.error("answer", locale))
                .html(locale),
        )
        .and(
            &Field::text("basis", m.knowledge_basis())
                .hint(m.knowledge_basis_hint())
                .value(form.value("basis"))
                .error(form.error("basis", locale))
                .html(locale),
        )
        .and(
            &Field::select("category", m.ask_category())
                .option("", m.request_choose())
                .options(categories)
                .value(form.value("category"))
                .error(form.error("category", locale))
                .html(locale),
        )
        .and(
            &Field::date("valid_until", m.knowledge_until())
                .hint(m.knowledge_until_hint())
                .value(form.value("valid_until"))
                .error(form.error("valid_until", locale))
                .html(locale),
        );
    if let Some(entry) = entry
        && let Some(org) = entry.case.handler_org
    {
        let colleagues = huiqi_identity::people::colleagues(visit.ctx(), org, entry.case.handler_window).await?;
        body = body.and(
            &Field::select("owner", m.knowledge_owner())
                .hint(m.knowledge_owner_hint())
                .options(colleagues)
                .value(form.value("owner"))
                .error(form.error("owner", locale))
                .html(locale),
        );
    }
    body = body
        .and(&public_box("public", &found, form.value("public"), form.error("public", locale), locale))
        .and(&Html::raw(
            "<div class=\"button-row form-go\"><button class=\"button\" type=\"submit\" name=\"do\" value=\"propose\">",
        ))
        .say(&m.knowledge_action_propose())
        .and(&Html::raw("</button><button class=\"button is-second\" type=\"submit\" name=\"do\" value=\"save\">"))
        .say(&m.knowledge_save())
        .and(&Html::raw("</button></div></form>"))
        .and(&alike(visit, form.value("question"), entry.map(|e| e.case.number.as_str())).await?)
        .and(&Html::raw("</div>"));
    visit.page(title, "knowledge").refused(!form.ok()).show(body).await
}
