//! What a member of staff may do now: one line for each step, blocked ones with their reason.

use huiqi_casework::ladder;
use huiqi_casework::record::Turn;
use huiqi_casework::team::Place;

use super::super::flow::DISPATCH;
use super::*;
use crate::knowledge;

pub(super) fn article_of(offer: &Offer<State, Action, RequestFacts>) -> ArticleRef {
    offer.step.article
}

/// What may be done now, blocked steps with their reason.
pub(super) async fn staff_actions(
    visit: &Visit,
    loaded: &Loaded,
    state: State,
    shown: &Shown,
    form: &ErrorIn<'_>,
) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let Some(actor) = visit.viewer().actor() else { return Ok(Html::empty()) };
    let case = &loaded.case;
    let base = format!("/requests/{}", case.number);
    let version = case.version.to_string();
    let mut lines: Vec<ActionLine> = Vec::new();
    // First what belongs to one's own assignment.
    for own in loaded.assigned.iter().filter(|a| a.is_open()) {
        lines.extend(assignment_lines(visit, loaded, own, form).await?);
    }
    let call = crate::calls::pages::due_line(visit, loaded, state);
    if let Some((verb, note)) = &call {
        lines.push(ActionLine::link(verb, &format!("{base}/call-back")).note(note.clone()).under(art(5)).icon("phone"));
    }
    for offer in FLOW.offers(state, Doer::Person(actor), &loaded.facts) {
        let action = offer.step.action;
        // What is said on the phone is written down on the call's own page.
        let by_call = matches!(action, Action::ConfirmByCall | Action::RedoByCall | Action::ReopenByCall);
        if matches!(action, Action::RedoByCall | Action::ReopenByCall) || by_call && call.is_some() {
            continue;
        }
        let verb = action.label(locale);
        let id = action.code();
        let article = article_of(&offer);
        if let Some(refusal) = &offer.blocked {
            let verb = if action == Action::Confirm { m.request_verb_close() } else { verb };
            lines.push(ActionLine::blocked(&verb, refusal.reason.get(locale).to_owned()).under(article));
            continue;
        }
        let post = format!("{base}/{id}");
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
            Action::Accept => {
                ActionLine::form(id, &verb, &post, accept_fields(loaded, locale), &m.request_submit_accept())
                    .note(m.request_note_accept())
            }
            Action::Return => ActionLine::form(
                id,
                &verb,
                &post,
                words(m.request_field_gaps(), m.request_hint_gaps()),
                &m.request_submit_return(),
            )
            .note(m.request_note_return()),
            Action::Refuse => {
                let rules = case.rules(ctx);
                let grounds: Vec<(String, String)> = rules
                    .refusal_grounds()
                    .iter()
                    .filter(|g| g.active)
                    .map(|g| (g.code.clone(), g.text.get(locale).to_owned()))
                    .collect();
                let ground = Field::select("ground", m.request_field_ground())
                    .id("refuse-ground")
                    .option("", m.request_choose())
                    .options(grounds)
                    .value(form.value(id, "ground"))
                    .error(form.at(id, "ground", locale))
                    .html(locale);
                ActionLine::form(
                    id,
                    &verb,
                    &post,
                    ground.and(&words(m.request_field_why(), m.request_hint_why())),
                    &m.request_submit_refuse(),
                )
                .note(m.request_note_refuse())
                .style(Style::Second)
            }
            Action::Dispatch => {
                ActionLine::link(&verb, &format!("{base}/dispatch")).note(m.request_note_dispatch()).style(Style::Solid)
            }
            Action::Add => ActionLine::link(&verb, &format!("{base}/dispatch")).note(m.request_note_add()),
            Action::Answer => ActionLine::form(
                id,
                &m.request_verb_answer(),
                &post,
                words(m.request_field_answer(), m.request_hint_answer()).and(&texts_button(id, case, locale)),
                &m.request_submit_answer(),
            )
            .note(m.request_note_answer()),
            Action::Extend => {
                let most = case.rules(ctx).working_days(Limit::Extension).unwrap_or_default();
                let days = Field::number("days", m.request_field_days())
                    .id("extend-days")
                    .hint(m.request_hint_days(i64::from(most)))
                    .value(form.value(id, "days"))
                    .error(form.at(id, "days", locale))
                    .width("w-short")
                    .html(locale);
                ActionLine::form(
                    id,
                    &verb,
                    &post,
                    days.and(&words(m.request_field_why(), m.request_hint_extend())),
                    &m.request_submit_extend(),
                )
                .note(m.request_note_extend(i64::from(most)))
            }
            Action::AskFirm => ActionLine::form(
                id,
                &verb,
                &post,
                words(m.request_field_ask(), m.request_hint_ask()),
                &m.request_submit_ask(),
            )
            .note(m.request_note_ask()),
            Action::Resume => ActionLine::form(
                id,
                &verb,
                &post,
                words(m.request_field_got(), String::new()),
                &m.request_submit_resume(),
            )
            .note(m.request_note_resume()),
            Action::ConfirmByCall => ActionLine::link(&m.request_verb_call(), &format!("{base}/call-back"))
                .note(m.request_note_call())
                .style(Style::Solid),
            Action::Merge => ActionLine::form(
                id,
                &verb,
                &post,
                crate::merging::pages::into_field(form.value(id, "into"), form.of(id, locale), locale).and(
                    &Field::area("words", m.merge_field_why())
                        .id("merge-words")
                        .hint(m.merge_hint_why())
                        .optional()
                        .rows(2)
                        .value(form.value(id, "words"))
                        .html(locale),
                ),
                &m.merge_submit(),
            )
            .note(m.merge_note()),
            Action::Unmerge => ActionLine::form(
                id,
                &verb,
                &post,
                words(m.request_field_why(), m.merge_hint_unmerge()),
                &m.merge_submit_unmerge(),
            )
            .note(m.merge_note_unmerge()),
            Action::Classify => {
                let categories = Category::all().iter().map(|c| (c.code(), c.name(locale)));
                let known = case.category.clone().unwrap_or_default();
                let chosen = form.value(id, "category");
                let field = Field::select("category", m.ask_category())
                    .id("classify-category")
                    .option("", m.request_choose())
                    .options(categories)
                    .value(if chosen.is_empty() { known } else { chosen })
                    .error(form.of(id, locale))
                    .html(locale);
                ActionLine::form(id, &verb, &post, field, &verb).note(m.counter_note_classify()).style(Style::Plain)
            }
            _ if offer.step.words == Words::None => ActionLine::post(&verb, &post),
            _ => ActionLine::form(id, &verb, &post, words(m.request_field_why(), String::new()), &verb),
        };
        lines.push(line.hidden("version", &version).under(article).open(form.of(id, locale).is_some()));
    }
    if loaded.assigned.iter().any(|a| a.is_open() && a.held_by(actor)) && !actor.is(DISPATCH) {
        let reason = m.request_blocked_extend(ladder::seat(Turn::Dispatch, case.desk(), locale));
        lines.push(ActionLine::blocked(&Action::Extend.label(locale), reason).under(art(5)));
    }
    lines.extend(shown.lines(visit, case, &loaded.steps));
    lines.extend(learn_line(visit, loaded, state));
    Ok(frame::you_can(visit, &lines, &m.request_nothing_to_do()))
}

/// Leads on to the page where the answer is written beside knowledge and templates; what was typed goes along.
fn texts_button(id: &str, case: &Case, locale: Locale) -> Html {
    // Nothing is looked for by the words of a report.
    if kind_of(case) == RequestKind::Report {
        return Html::empty();
    }
    Html::raw(format!(
        "<p><button class=\"button is-plain is-small\" type=\"submit\" formnovalidate formaction=\"/requests/{}/text?into={id}\">",
        case.number
    ))
    .say(&t(locale).reply_use())
    .and(&Html::raw("</button></p>"))
}

/// A closed request becomes an answer in the knowledge base by one click; one that became one before leads to it.
fn learn_line(visit: &Visit, loaded: &Loaded, state: State) -> Option<ActionLine> {
    let m = t(visit.locale());
    let fits = state == State::Closed
        && visit.viewer().is(knowledge::flow::WRITERS)
        && loaded.detail.answer.as_deref().is_some_and(|a| !a.trim().is_empty())
        && knowledge::rules::may_be_learnt(loaded.case.kind.as_deref());
    fits.then(|| {
        ActionLine::post(&m.knowledge_learn(), &format!("/requests/{}/knowledge", loaded.case.number))
            .note(m.knowledge_learn_note())
            .under(art(5))
    })
}

pub(super) fn accept_fields(loaded: &Loaded, locale: Locale) -> Html {
    let m = t(locale);
    let kind = kind_of(&loaded.case);
    let class = rules::usual_class(kind);
    let kinds = RequestKind::ALL.iter().filter(|k| **k != RequestKind::Report).map(|k| (k.code(), k.label(locale)));
    let classes = Class::ALL.iter().map(|c| (c.code(), c.label(locale)));
    let categories = Category::all().iter().map(|c| (c.code().to_owned(), c.name(locale).to_owned()));
    let choice = if kind == RequestKind::Report {
        Html::empty()
    } else {
        Field::select("kind", m.ask_kind()).id("accept-kind").options(kinds).value(kind.code()).html(locale)
    };
    choice
        .and(
            &Field::select("category", m.ask_category())
                .id("accept-category")
                .optional()
                .option("", m.request_choose())
                .options(categories)
                .value(loaded.case.category.clone().unwrap_or_default())
                .html(locale),
        )
        .and(
            &Field::select("class", m.request_field_class())
                .id("accept-class")
                .hint(m.request_hint_class())
                .options(classes)
                .value(class.code())
                .html(locale),
        )
}

/// Lines of the viewer's own assignment (or those a dispatcher may recall).
pub(super) async fn assignment_lines(
    visit: &Visit,
    loaded: &Loaded,
    own: &Assigned,
    form: &ErrorIn<'_>,
) -> Result<Vec<ActionLine>, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let Some(actor) = visit.viewer().actor() else { return Ok(Vec::new()) };
    let others = loaded.assigned.iter().filter(|a| a.is_open() && a.case.id != own.case.id).count();
    let facts = facts_of(&own.case, &loaded.detail, &loaded.case.state, others, own.lead, own.by_manager());
    let state = own.state();
    let version = own.case.version.to_string();
    let mut lines = Vec::new();
    for offer in assignment::FLOW.offers(state, Doer::Person(actor), &facts) {
        let action = offer.step.action;
        if action == assignment::Action::Recall {
            // Recalling stands with the assignment it is about.
            continue;
        }
        let id = format!("a-{}", action.code());
        let verb = action.label(locale);
        if let Some(refusal) = &offer.blocked {
            lines.push(ActionLine::blocked(&verb, refusal.reason.get(locale).to_owned()).under(offer.step.article));
            continue;
        }
        let post = format!("/assignments/{}/{}", own.case.number, action.code());
        let words = |label: String, hint: String| {
            Field::area("words", label)
                .id(&format!("{id}-words"))
                .hint(hint)
                .rows(3)
                .value(form.value(&id, "words"))
                .error(form.words(&id, locale))
                .html(locale)
        };
        let line = match action {
            assignment::Action::Receive => {
                ActionLine::post(&verb, &post).note(m.transfer_note_receive()).style(Style::Solid)
            }
            assignment::Action::Take => {
                ActionLine::post(&verb, &post).note(m.assignment_note_take()).style(Style::Solid)
            }
            assignment::Action::Contact => ActionLine::form(
                &id,
                &verb,
                &post,
                words(m.assignment_field_contact(), m.assignment_hint_contact()),
                &m.assignment_submit_contact(),
            )
            .note(m.assignment_note_contact())
            .style(Style::Solid),
            assignment::Action::Report => {
                let files = Field::file("file", m.ask_files()).id(&format!("{id}-file")).optional().multiple();
                let files = files.error(form.at(&id, "file", locale)).html(locale);
                let label = if own.lead || loaded.assigned.len() == 1 {
                    m.assignment_field_answer()
                } else {
                    m.assignment_field_opinion()
                };
                ActionLine::form(
                    &id,
                    &verb,
                    &post,
                    words(label, m.request_hint_answer()).and(&texts_button(&id, &loaded.case, locale)).and(&files),
                    &m.assignment_submit_report(),
                )
                .note(m.assignment_note_report())
                .with_files()
                .style(if state == assignment::State::Working { Style::Solid } else { Style::Second })
            }
            assignment::Action::Decline => ActionLine::form(
                &id,
                &verb,
                &post,
                words(m.request_field_why(), m.assignment_hint_decline()),
                &m.assignment_submit_decline(),
            )
            .note(m.assignment_note_decline()),
            assignment::Action::Unreachable => ActionLine::form(
                &id,
                &verb,
                &post,
                words(m.assignment_field_tried(), m.assignment_hint_tried()),
                &m.assignment_submit_unreachable(),
            )
            .note(m.assignment_note_unreachable()),
            assignment::Action::GiveUp => ActionLine::form(
                &id,
                &verb,
                &post,
                words(m.request_field_why(), m.assignment_hint_give_up()),
                &m.assignment_submit_give_up(),
            )
            .note(m.assignment_note_give_up()),
            _ => continue,
        };
        lines.push(line.hidden("version", &version).under(offer.step.article).open(form.of(&id, locale).is_some()));
    }
    let manages = matches!(actor.role, Role::WindowManager | Role::ProviderManager);
    if manages && huiqi_kernel::flow::Facts::tied(&facts, actor, huiqi_kernel::flow::Tie::Handler) {
        let colleagues = huiqi_casework::team::pages::colleagues(visit, Place::of(actor)).await?;
        if colleagues.len() > 1 {
            let body = Field::select("person", m.assignment_field_colleague())
                .id("give-person")
                .options(colleagues)
                .html(locale);
            lines.push(
                ActionLine::form(
                    "give",
                    &m.assignment_verb_give(),
                    &format!("/assignments/{}/give", own.case.number),
                    body,
                    &m.assignment_submit_give(),
                )
                .note(m.assignment_note_give()),
            );
        }
    }
    Ok(lines)
}
