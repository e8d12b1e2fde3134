//! Sending requests on: one with its suggestions and reasons, or several at once with the best suggestion each.

use super::super::flow::{Mode, State};
use super::super::suggest::{self, Suggestion};
use super::*;

pub(super) async fn page(visit: Visit, Path(number): Path<String>) -> Answer {
    render(&visit, &number, &Form::default()).await
}

async fn render(visit: &Visit, number: &str, form: &Form) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let case = inbox::visible(ctx, visit.viewer(), number).await?;
    let state: State = case.state()?;
    if !matches!(state, State::Accepted | State::Dispatched | State::InProgress) {
        return visit.to(format!("/requests/{number}")).warn(m.dispatch_not_now()).now();
    }
    let detail = facts::detail(ctx, case.id).await?;
    let assigned = facts::assigned(ctx, case.id).await?;
    let before: Vec<(i64, Option<i64>)> =
        assigned.iter().filter_map(|a| Some((a.case.handler_org?, a.case.handler_window))).collect();
    let open: Vec<(i64, Option<i64>)> = assigned
        .iter()
        .filter(|a| a.is_open())
        .filter_map(|a| Some((a.case.handler_org?, a.case.handler_window)))
        .collect();
    let board = suggest::board(ctx).await?;
    let numbers = suggest::numbers(&board);
    let suggestions: Vec<Suggestion> = board
        .suggest(&case, &detail, &before, 12)
        .into_iter()
        .filter(|s| !open.contains(&(s.target.organisation, s.target.window)))
        .take(8)
        .collect();
    let picked: Vec<&str> = form.all("to").collect();
    let mut list = Html::raw("<fieldset class=\"field\"><legend>").say(&m.dispatch_whom()).and(&Html::raw("</legend>"));
    if let Some(error) = form.error("to", locale) {
        list = list
            .and(&Html::raw("<span class=\"error\" id=\"to-e\">"))
            .and(&components::icon("stop"))
            .and(&Html::raw("<span>"))
            .say(error)
            .and(&Html::raw("</span></span>"));
    }
    if suggestions.is_empty() {
        list = list.and(&components::empty_small(m.dispatch_no_suggestion()));
    }
    for (i, suggestion) in suggestions.iter().enumerate() {
        let value = suggestion.value(&numbers);
        let checked = if picked.contains(&value.as_str()) || picked.is_empty() && form.ok() && i == 0 && open.is_empty()
        {
            " checked"
        } else {
            ""
        };
        let id = if i == 0 { " id=\"to\"" } else { "" };
        list = list
            .and(&Html::raw(format!(
                "<label class=\"choice\"><input type=\"checkbox\" name=\"to\"{id}{checked} value=\""
            )))
            .say(&value)
            .and(&Html::raw("\"><span>"))
            .say(suggestion.shown(locale))
            .and(&Html::raw("</span><span class=\"hint\">"))
            .say(&suggestion.reasons(locale))
            .and(&Html::raw("</span></label>"));
    }
    list = list.and(&Html::raw("</fieldset>"));
    let others = board.choices(&detail, &open, locale);
    let about = facts::about_name(ctx, &detail, locale).await?;
    let body = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::back(&format!("/requests/{number}"), &m.call_back_link(number), locale))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<h1>"))
        .say(&if state == State::Accepted { m.dispatch_title() } else { m.dispatch_add_title() })
        .and(&Html::raw("</h1><p class=\"lede\" lang=\"zh-CN\">"))
        .say(&case.title)
        .and(&Html::raw("</p><p class=\"said\" lang=\"zh-CN\">“"))
        .say(&detail.words)
        .and(&Html::raw("”</p>"))
        .and(&match about {
            Some(about) => Html::raw("<p>").say(&m.dispatch_about(about)).and(&Html::raw("</p>")),
            None => Html::empty(),
        })
        .and(&Html::raw(format!(
            "<form class=\"form-main section\" method=\"post\" action=\"/requests/{number}/dispatch\" novalidate>"
        )))
        .and(&components::hidden("version", &case.version.to_string()))
        .and(&list)
        .and(
            &Field::select("more", m.dispatch_more())
                .hint(m.dispatch_more_hint())
                .optional()
                .option("", m.dispatch_more_none())
                .options(others)
                .value(form.value("more"))
                .html(locale),
        )
        .and(
            &Field::radios("mode", m.dispatch_mode())
                .hint(m.dispatch_mode_hint())
                .options([("lead", m.dispatch_mode_lead()), ("choose", m.dispatch_mode_choose())])
                .value(if form.value("mode").is_empty() { "lead" } else { form.value("mode") })
                .html(locale),
        )
        .and(
            &Field::area("words", m.dispatch_words())
                .hint(m.dispatch_words_hint())
                .optional()
                .rows(2)
                .value(form.value("words"))
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row form-go\">"))
        .and(&components::button(&m.dispatch_verb(), Style::Solid))
        .and(&Html::raw("</div></form></div>"));
    visit.page(m.dispatch_title(), "requests").refused(!form.ok()).show(body).await
}

pub(super) async fn send(visit: Visit, Path(number): Path<String>, mut form: Form) -> Answer {
    let board = suggest::board(visit.ctx()).await?;
    let case = inbox::visible(visit.ctx(), visit.viewer(), &number).await?;
    let detail = facts::detail(visit.ctx(), case.id).await?;
    let numbers = suggest::numbers(&board);
    let reasons: std::collections::HashMap<String, String> =
        board.suggest(&case, &detail, &[], 40).into_iter().map(|s| (s.value(&numbers), s.target.why.clone())).collect();
    let mut targets = Vec::new();
    let chosen: Vec<String> =
        form.all("to").chain(form.all("more")).filter(|n| !n.is_empty()).map(str::to_owned).collect();
    for value in &chosen {
        let Some((mut target, _)) = suggest::find_target(&board, value) else {
            form.fail("to", |l| t(l).dispatch_unknown());
            return render(&visit, &number, &form).await;
        };
        if !targets.iter().any(|t: &actions::Target| t.organisation == target.organisation && t.window == target.window)
        {
            target.why = reasons.get(value).cloned().unwrap_or_default();
            targets.push(target);
        }
    }
    let mode = Mode::from_code(form.value("mode")).unwrap_or(Mode::Lead);
    let seen = Some(form.version()).filter(|v| *v >= 0);
    match actions::dispatch(visit.ctx(), visit.viewer(), &number, &targets, mode, form.value("words"), seen).await {
        Ok(_) => {
            visit.to(format!("/requests/{number}")).good(t(visit.locale()).dispatch_done(targets.len() as i64)).now()
        }
        Err(Fault::Invalid { field, message }) => {
            form.fail_with(field, message);
            render(&visit, &number, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Most requests dispatched together.
const MOST: usize = 30;

pub(super) async fn batch(visit: Visit, axum::extract::RawQuery(query): axum::extract::RawQuery) -> Answer {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let board = suggest::board(ctx).await?;
    let numbers = suggest::numbers(&board);
    let picked: Vec<String> = form.all("n").take(MOST).map(str::to_owned).collect();
    let waiting = waiting(&visit, &picked).await?;
    let mut out = Html::raw("<div class=\"wrap\">")
        .and(&components::crumbs(&[("/inbox".to_owned(), m.request_crumb_inbox())], None, locale))
        .and(&components::page_head(
            &m.dispatch_batch_title(),
            Html::text(&m.dispatch_batch_count(waiting.len() as i64)),
            Html::empty(),
        ));
    if waiting.is_empty() {
        out = out.and(&components::empty(m.dispatch_batch_empty())).and(&Html::raw("</div>"));
        return visit.page(m.dispatch_batch_title(), "requests").show(out).await;
    }
    if waiting.len() < picked.len() {
        let words = Html::text(&m.dispatch_batch_left_out((picked.len() - waiting.len()) as i64));
        out = out.and(&components::notice(huiqi_web::layout::FlashKind::Info, None, &words));
    }
    out = out.and(&Html::raw("<form method=\"post\" action=\"/requests/dispatch\"><ul class=\"plain answers\">"));
    for (case, detail) in &waiting {
        let suggestions = board.suggest(case, detail, &[], 5);
        let mut options: Vec<(String, String)> = vec![(String::new(), m.dispatch_batch_skip())];
        options.extend(
            suggestions.iter().map(|s| (s.value(&numbers), format!("{}（{}）", s.shown(locale), s.reasons(locale)))),
        );
        let all = board.choices(detail, &[], locale);
        options.extend(all.into_iter().filter(|(n, _)| !suggestions.iter().any(|s| s.value(&numbers) == *n)));
        let best = suggestions.first().map(|s| s.value(&numbers)).unwrap_or_default();
        out = out
            .and(&Html::raw("<li><div class=\"answer-head\"><h3 lang=\"zh-CN\">"))
            .and(&components::link(&format!("/requests/{}", case.number), &case.title))
            .and(&Html::raw("</h3>"))
            .and(&components::reference(&case.number))
            .and(&Html::raw("</div>"))
            .and(&components::hidden("n", &case.number))
            .and(&components::hidden(&format!("version-{}", case.number), &case.version.to_string()))
            .and(
                &Field::select(&format!("to-{}", case.number), m.dispatch_whom())
                    .options(options)
                    .value(best)
                    .small()
                    .html(locale),
            )
            .and(&Html::raw("</li>"));
    }
    out = out
        .and(&Html::raw("</ul><div class=\"button-row form-go\">"))
        .and(&components::button(&m.dispatch_batch_verb(), Style::Solid))
        .and(&Html::raw("</div></form></div>"));
    visit.page(m.dispatch_batch_title(), "requests").show(out).await
}

/// The picked requests that wait to be dispatched, with their details.
async fn waiting(visit: &Visit, numbers: &[String]) -> Result<Vec<(huiqi_casework::Case, facts::Detail)>, Fault> {
    let mut out = Vec::new();
    if numbers.is_empty() {
        return Ok(out);
    }
    let cases = inbox::visible_many(visit.ctx(), visit.viewer(), numbers).await?;
    let ids: Vec<i64> =
        cases.iter().filter(|c| c.flow == "request" && c.state == State::Accepted.code()).map(|c| c.id).collect();
    let mut details = facts::details(visit.ctx(), &ids).await?;
    for case in cases {
        if let Some(detail) = details.remove(&case.id) {
            out.push((case, detail));
        }
    }
    Ok(out)
}

pub(super) async fn send_batch(visit: Visit, form: Form) -> Answer {
    let m = t(visit.locale());
    let board = suggest::board(visit.ctx()).await?;
    let numbers = suggest::numbers(&board);
    let picked: Vec<String> = form.all("n").take(MOST).map(str::to_owned).collect();
    let known = waiting(&visit, &picked).await?;
    let (mut sent, mut left) = (0_i64, 0_i64);
    for (case, detail) in &known {
        let value = form.value(&format!("to-{}", case.number)).to_owned();
        let Some((mut target, _)) = suggest::find_target(&board, &value) else {
            left += 1;
            continue;
        };
        target.why = board
            .suggest(case, detail, &[], 40)
            .into_iter()
            .find(|s| s.value(&numbers) == value)
            .map(|s| s.target.why)
            .unwrap_or_default();
        let seen = form.value(&format!("version-{}", case.number)).parse().ok();
        match actions::dispatch(visit.ctx(), visit.viewer(), &case.number, &[target], Mode::Lead, "", seen).await {
            Ok(_) => sent += 1,
            Err(Fault::Stale | Fault::Refused(_) | Fault::NotFound | Fault::Invalid { .. }) => left += 1,
            Err(fault) => return Err(fault.into()),
        }
    }
    left += (picked.len() - known.len()) as i64;
    let go = visit.to("/inbox");
    if left == 0 {
        go.good(m.dispatch_batch_done(sent)).now()
    } else {
        go.warn(m.dispatch_batch_some(sent, left)).now()
    }
}
