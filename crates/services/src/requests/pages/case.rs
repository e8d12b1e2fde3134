//! The case page as staff see it.

use super::*;

pub(super) async fn staff_page(visit: &Visit, loaded: &Loaded, form: &ErrorIn<'_>) -> Result<Html, Fault> {
    let ctx = visit.ctx();
    let locale = visit.locale();
    let m = t(locale);
    let today = ctx.today();
    let case = &loaded.case;
    let state: State = case.state()?;
    let shown = orders::shown::load(visit, case).await?;
    let actor = visit.viewer().actor();
    let who = actor.map(|a| format!("{} {}", a.shown(locale), a.place(locale))).unwrap_or_default();
    let mut out = Html::raw("<div class=\"wrap\">");
    out = out.and(&components::print_line(&m.request_print_name(), &case.number, &who, ctx.now(), locale));
    out = out.and(&components::crumbs(
        &[("/inbox".to_owned(), m.request_crumb_inbox()), ("/cases".to_owned(), m.request_crumb_all())],
        Some(components::reference(&case.number)),
        locale,
    ));
    out = out.and(&huiqi_web::layout::flash_slot()).and(&form.summary(locale));
    // head
    let mut meta = components::tag(&kind_of(case).label(locale));
    if let Some(category) = case.category.as_deref().and_then(Category::by_code) {
        meta = meta.and(&components::tag(category.name(locale)));
    }
    let channel = loaded.detail.channel().label(locale);
    meta = meta
        .and(&Html::raw("<span class=\"quiet small\">"))
        .say(&m.request_channel_line(&channel))
        .and(&dates::moment(case.opened_at, today, locale))
        .and(&Html::raw("</span>"));
    let (tone, icon) = state_tone(state);
    out = out
        .and(&Html::raw("<header class=\"case-head\"><div><p class=\"case-kind\">"))
        .and(&meta)
        .and(&Html::raw("</p><h1 class=\"phrased\" lang=\"zh-CN\">"))
        .and(&phrased(text::phrases(&case.title).iter().map(String::as_str)))
        .and(&Html::raw("</h1><p class=\"quiet\">"))
        .and(&if is_masked(visit, case) {
            Html::text(&m.request_masked())
        } else {
            firm_line(loaded, locale, Some(visit))
        })
        .and(&Html::raw("</p><p class=\"said\" lang=\"zh-CN\">“"))
        .say(&loaded.detail.words)
        .and(&Html::raw("”</p></div><div class=\"button-row\">"))
        .and(&badge(tone, icon, state.label(locale)))
        .and(&components::print_button(&m.request_print()))
        .and(&Html::raw("</div></header>"));
    out = out.and(&standing(ctx, loaded, state, locale, false));
    out = out.and(&Html::raw("<div class=\"split\"><div>"));
    out = out.and(&staff_actions(visit, loaded, state, &shown, form).await?);
    out = out.and(&crate::merging::pages::staff_sections(visit, loaded).await?);
    out = out.and(&turns(ctx, loaded, state, locale));
    out = out.and(&shown.section(visit, case));
    out = out.and(&answers(visit, loaded, state, form).await?);
    out = out.and(&frame::happened(visit, case, &loaded.steps));
    out = out.and(&messages(visit, loaded, form, &format!("/requests/{}/message", case.number), "", true).await?);
    out = out
        .and(&Html::raw("</div><aside class=\"aside is-sticky\">"))
        .and(&aside(visit, loaded).await?)
        .and(&Html::raw("</aside></div></div>"));
    Ok(out)
}

/// Whether the viewer must not learn who asks: a report (举报) outside the bureau.
pub(super) fn is_masked(visit: &Visit, case: &Case) -> bool {
    scope::asker_hidden(visit.viewer(), case)
}

/// The firm with its district and size; with a visit, its name leads to its page where whoever looks may open it.
pub(super) fn firm_line(loaded: &Loaded, locale: Locale, visit: Option<&Visit>) -> Html {
    let m = t(locale);
    match &loaded.firm {
        Some(firm) => {
            let page = format!("/enterprises/{}", firm.number);
            let name = if visit.is_some_and(|visit| visit.may_open(&page)) {
                components::title_link(&page, &firm.name, locale)
            } else {
                components::given(&firm.name, locale)
            };
            let district = firm.district.as_deref().and_then(District::by_code).map_or("", |d| d.name(locale));
            name.say(&m.request_firm_facts(district, firm.size.label(locale)))
        }
        None => {
            let name = loaded.detail.firm_text.clone().unwrap_or_else(|| m.request_no_firm());
            components::given(&name, locale).say(&m.request_firm_unregistered())
        }
    }
}

/// To whom it was given, and what each answered.
pub(super) async fn answers(visit: &Visit, loaded: &Loaded, state: State, form: &ErrorIn<'_>) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let today = visit.ctx().today();
    let mut out = Html::raw("<section class=\"section\" aria-labelledby=\"ass\">");
    let taken = loaded.assigned.iter().filter(|a| a.taken_at.is_some()).count() as i64;
    let beside = if loaded.assigned.is_empty() {
        Html::empty()
    } else {
        Html::text(&m.request_answers_count(loaded.assigned.len() as i64, taken))
    };
    out = out.and(&section_head("ass", &m.request_answers(), beside, Html::empty()));
    if let Some(answer) = &loaded.detail.answer {
        let at = loaded.detail.answered_at.map(|at| dates::moment(at, today, locale)).unwrap_or_default();
        out = out
            .and(&Html::raw("<div class=\"card\"><h3>"))
            .say(&answer_name(state, locale))
            .and(&Html::raw("</h3><div lang=\"zh-CN\">"))
            .and(&components::paragraphs(answer))
            .and(&Html::raw("</div><p class=\"meta\">"))
            .and(&at)
            .and(&Html::raw("</p></div>"));
    }
    if loaded.assigned.is_empty() {
        if loaded.detail.answer.is_none() {
            out = out.and(&components::empty(if state == State::Closed {
                m.request_answers_spot()
            } else {
                m.request_answers_none()
            }));
        }
        return Ok(out.and(&Html::raw("</section>")));
    }
    out = out.and(&Html::raw("<ul class=\"plain answers\">"));
    let viewer = visit.viewer();
    let actor = viewer.actor();
    let handler_view = actor.is_some_and(|a| matches!(a.role.capacity(), Capacity::Window | Capacity::Provider));
    for below in loaded.assigned.iter().rev() {
        let own = actor.is_some_and(|a| {
            if a.window.is_some() {
                below.case.handler_window == a.window
            } else {
                below.case.handler_org == Some(a.organisation)
            }
        });
        if handler_view && !own {
            continue;
        }
        let (tone, icon) = match below.state() {
            assignment::State::Prepared | assignment::State::Offered => (Tone::Run, "in"),
            assignment::State::Taken | assignment::State::Working => (Tone::Run, "run"),
            assignment::State::Unreachable => (Tone::Warn, "alert"),
            assignment::State::Reported => (Tone::Good, "done"),
            _ => (Tone::Idle, "no"),
        };
        let mut meta: Vec<Html> =
            vec![Html::fill(&m.request_given("{0}"), &[dates::moment(below.case.opened_at, today, locale)])];
        if let Some(at) = below.taken_at {
            let words = if below.is_department() { m.transfer_received("{0}") } else { m.request_taken("{0}") };
            meta.push(Html::fill(&words, &[dates::moment(at, today, locale)]));
        }
        if loaded.detail.mode() == Some(Mode::Lead) && loaded.assigned.len() > 1 {
            meta.push(Html::text(&if below.lead { m.request_lead() } else { m.request_assist() }));
        }
        if !handler_view && !below.why.is_empty() {
            let why = suggest::reasons(&below.why, loaded.case.district.as_deref(), locale);
            meta.push(Html::text(&m.request_why(&why)));
        }
        out = out
            .and(&Html::raw(format!("<li id=\"{}\"><div class=\"answer-head\"><h3>", below.case.number)))
            .and(&components::given(below.shown(locale), locale))
            .and(&Html::raw("</h3>"))
            .and(&status(tone, icon, below.state_words(locale)))
            .and(&Html::raw("</div><p class=\"meta\">"));
        for part in &meta {
            out = out.and(&Html::raw("<span>")).and(part).and(&Html::raw("</span>"));
        }
        out = out.and(&Html::raw("</p>"));
        if let Some(answer) = &below.answer {
            out = out
                .and(&Html::raw("<blockquote lang=\"zh-CN\">"))
                .and(&components::paragraphs(answer))
                .and(&Html::raw("</blockquote>"));
        }
        if below.is_open()
            && let Some(actor) = actor
        {
            let facts = facts_of(&below.case, &loaded.detail, &loaded.case.state, 0, below.lead, below.by_manager());
            let may =
                assignment::FLOW.decide(below.state(), assignment::Action::Recall, Doer::Person(actor), &facts).is_ok();
            if may {
                let id = format!("recall-{}", below.case.number);
                let failed = form.typed.value("of") == below.case.number;
                let wrong = form.of("a-recall", locale).filter(|_| failed);
                let body = Field::area("words", m.request_field_why()).id(&id).rows(2).error(wrong).html(locale);
                let line = ActionLine::form(
                    &format!("{id}-form"),
                    &assignment::Action::Recall.label(locale),
                    &format!("/assignments/{}/recall", below.case.number),
                    body,
                    &m.request_submit_recall(),
                )
                .note(m.request_note_recall())
                .hidden("version", &below.case.version.to_string())
                .hidden("of", &below.case.number)
                .open(wrong.is_some())
                .style(Style::Plain);
                out = out.and(&actions(&[line], locale));
            }
        }
        out = out.and(&Html::raw("</li>"));
    }
    Ok(out.and(&Html::raw("</ul></section>")))
}

pub(super) async fn aside(visit: &Visit, loaded: &Loaded) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    if is_masked(visit, &loaded.case) {
        return Ok(Html::raw(
            "<section class=\"section\" aria-labelledby=\"firm\"><h2 class=\"aside-title\" id=\"firm\">",
        )
        .say(&m.request_firm())
        .and(&Html::raw("</h2>"))
        .and(&components::empty_small(m.request_masked_why()))
        .and(&Html::raw("</section>"))
        .and(&papers::pages::list(&loaded.papers, "", locale))
        .and(&case_file_link(loaded, "/requests", locale))
        .and(&files_box(loaded, "", locale)));
    }
    let chain = in_handling_chain(visit.viewer(), &loaded.case, &loaded.assigned);
    let phone = if chain {
        components::phone_link(&loaded.detail.phone)
    } else {
        Html::text(&text::mask_phone(&loaded.detail.phone))
            .and(&Html::raw("<form method=\"post\" action=\"/requests/"))
            .say(&loaded.case.number)
            .and(&Html::raw("/phone\"><button class=\"button is-plain is-small\" type=\"submit\">"))
            .say(&m.request_reveal())
            .and(&Html::raw("</button></form>"))
    };
    let mut rows: Vec<(String, Html)> = Vec::new();
    match &loaded.firm {
        Some(firm) => {
            let page = format!("/enterprises/{}", firm.number);
            let name = if visit.may_open(&page) {
                components::title_link(&page, &firm.name, locale)
            } else {
                components::given(&firm.name, locale)
            };
            rows.push((m.request_firm_name(), name));
            if let Some(code) = &firm.code {
                rows.push((m.request_firm_code(), components::reference(code)));
            }
            rows.push((m.request_firm_size(), Html::text(firm.size.label(locale))));
        }
        None => rows.push((
            m.request_firm_name(),
            components::given(&loaded.detail.firm_text.clone().unwrap_or_else(|| m.request_no_firm()), locale),
        )),
    }
    rows.push((m.request_contact(), components::given(&loaded.detail.contact_name, locale)));
    rows.push((m.request_phone(), phone));
    let reach = match loaded.detail.reach.as_str() {
        "text" => m.ask_reach_text(),
        "site" => m.ask_reach_site(),
        _ => m.ask_reach_call(),
    };
    rows.push((m.request_reach(), Html::text(&reach)));
    if !loaded.detail.verified {
        rows.push((m.request_tie(), status(Tone::Warn, "alert", m.request_tie_unchecked())));
    }
    if let Some(number) = &loaded.detail.outside_number {
        rows.push((m.request_outside(), Html::text(number)));
    }
    if let Some(due) = loaded.detail.outside_due.as_deref().and_then(|d| d.parse().ok()) {
        rows.push((m.request_outside_due(), dates::date_act(due, visit.ctx().today(), locale)));
    }
    if let Some(about) = &loaded.about {
        rows.push((m.request_about(), Html::text(about)));
    }
    // The code is read out to a firm that lost it, but not by the house that answered: with the code one can grade.
    let staff_code = visit.viewer().actor().is_some_and(|a| {
        matches!(a.role.capacity(), Capacity::Operator | Capacity::Centre)
            && loaded.detail.answered_org != Some(a.organisation)
    });
    if staff_code && chain {
        rows.push((m.request_code(), components::reference(&loaded.detail.query_code)));
    }
    let mut out =
        Html::raw("<section class=\"section\" aria-labelledby=\"firm\"><h2 class=\"aside-title\" id=\"firm\">")
            .say(&m.request_firm())
            .and(&Html::raw("</h2>"))
            .and(&kv(&rows))
            .and(&Html::raw("</section>"));
    out = out.and(&crate::problems::pages::staff_section(visit, loaded).await?);
    out = out.and(&papers::pages::list(&loaded.papers, "", locale)).and(&case_file_link(loaded, "/requests", locale));
    out = out.and(&files_box(loaded, "", locale));
    out = out.and(&rating_box(visit, loaded));
    Ok(out.and(&crate::calls::pages::case_box(visit, loaded)))
}
