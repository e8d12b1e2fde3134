//! Taking a request in at a desk, on the hotline, in the hall or at a window: one page, by keyboard.

use super::*;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewQuery {
    q: String,
    firm: String,
}

pub(super) async fn new(visit: Visit, Query(query): Query<NewQuery>) -> Answer {
    let form = Form::with([("q", query.q), ("firm_number", query.firm)]);
    page(&visit, &form).await
}

async fn page(visit: &Visit, form: &Form) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let window = visit.viewer().is(&[Role::WindowAgent, Role::WindowManager]);
    // The hall's counters take in visits, the operator's desk calls.
    let hall = visit.viewer().is(&[Role::CentreAgent, Role::CentreOfficer]);
    let usual = if hall { Channel::Hall.code() } else { Channel::Hotline.code() };
    let found = if form.value("q").is_empty() {
        Vec::new()
    } else {
        enterprises::search_brief(visit.ctx(), visit.viewer(), form.value("q"), 8).await?
    };
    let chosen = if form.value("firm_number").is_empty() {
        None
    } else {
        enterprises::by_number(visit.ctx(), visit.viewer(), form.value("firm_number")).await?
    };
    // 1. the firm
    let mut firm_box = Html::raw("<section class=\"section\" aria-labelledby=\"firm-head\">")
        .and(&components::section_head("firm-head", &m.counter_firm(), Html::empty(), Html::empty()));
    match &chosen {
        Some(firm) => {
            let district = firm.district.as_deref().and_then(District::by_code).map_or("", |d| d.name(locale));
            firm_box = firm_box
                .and(&Html::raw("<p><b>"))
                .say(&firm.name)
                .and(&Html::raw("</b>"))
                .say(&m.request_firm_facts(district, firm.size.label(locale)))
                .and(&Html::raw(" <a href=\"/requests/new\">"))
                .say(&m.counter_other_firm())
                .and(&Html::raw("</a></p>"));
            firm_box = firm_box.and(&earlier(visit, firm.organisation).await?);
        }
        None => {
            firm_box = firm_box
                .and(&Html::raw("<form method=\"get\" action=\"/requests/new\" role=\"search\"><div class=\"searchbox\"><label class=\"sr\" for=\"q\">"))
                .say(&m.counter_find())
                .and(&Html::raw("</label><input class=\"input\" id=\"q\" name=\"q\" type=\"search\" autofocus value=\""))
                .say(form.value("q"))
                .and(&Html::raw("\" placeholder=\""))
                .say(&m.counter_find())
                .and(&Html::raw("\"><button class=\"button is-second\" type=\"submit\">"))
                .say(&m.counter_find_verb())
                .and(&Html::raw("</button></div></form>"));
            if !found.is_empty() {
                firm_box = firm_box.and(&Html::raw("<ul class=\"plain links\">"));
                for firm in &found {
                    let district = firm.district.as_deref().and_then(District::by_code).map_or("", |d| d.name(locale));
                    firm_box = firm_box
                        .and(&Html::raw("<li>"))
                        .and(&components::link(&format!("/requests/new?firm={}", firm.number), &firm.name))
                        .and(&Html::raw("<small>"))
                        .say(&m.request_firm_facts(district, firm.size.label(locale)))
                        .and(&Html::raw("</small></li>"));
                }
                firm_box = firm_box.and(&Html::raw("</ul>"));
            } else if !form.value("q").is_empty() {
                firm_box = firm_box.and(&components::empty_small(m.counter_find_none()));
            }
        }
    }
    firm_box = firm_box.and(&Html::raw("</section>"));
    // 2. the matter
    let kinds = RequestKind::ALL.iter().map(|k| (k.code(), huiqi_kernel::people::Label::label(*k, locale)));
    let categories = Category::all().iter().map(|c| (c.code(), c.name(locale)));
    let districts = District::all().iter().map(|d| (d.code(), d.name(locale)));
    let known = |field: &str, from: Option<&String>| {
        if form.has(field) { form.value(field).to_owned() } else { from.cloned().unwrap_or_default() }
    };
    let mut fields = Html::empty();
    if chosen.is_none() {
        fields = fields
            .and(
                &Field::text("firm", m.ask_firm())
                    .hint(m.counter_firm_hint())
                    .value(form.value("firm"))
                    .error(form.error("firm", locale))
                    .html(locale),
            )
            .and(
                &Field::select("district", m.ask_district())
                    .option("", m.request_choose())
                    .options(districts)
                    .value(form.value("district"))
                    .error(form.error("district", locale))
                    .html(locale),
            );
    }
    fields = fields
        .and(
            &Field::text("contact", m.ask_contact())
                .value(known("contact", chosen.as_ref().and_then(|c| c.contact.as_ref())))
                .error(form.error("contact", locale))
                .width("w-mid")
                .html(locale),
        )
        .and(
            &Field::tel("phone", m.ask_phone())
                .value(known("phone", chosen.as_ref().and_then(|c| c.phone.as_ref())))
                .error(form.error("phone", locale))
                .width("w-phone")
                .html(locale),
        )
        .and(
            &Field::select("channel", m.counter_channel())
                .options(pages::channels(locale, window))
                .value(if form.has("channel") { form.value("channel") } else { usual })
                .html(locale),
        )
        .and(
            &Field::select("kind", m.ask_kind())
                .options(kinds)
                .value(if form.value("kind").is_empty() { "consultation" } else { form.value("kind") })
                .error(form.error("kind", locale))
                .html(locale),
        )
        .and(
            &Field::select("category", m.ask_category())
                .option("", m.request_choose())
                .options(categories)
                .value(form.value("category"))
                .html(locale),
        )
        .and(
            &Field::area("words", m.counter_words())
                .rows(4)
                .max(forms::WORDS as u32)
                .value(form.value("words"))
                .error(form.error("words", locale))
                .html(locale),
        )
        .and(
            &Field::text("title", m.ask_title_field())
                .hint(m.ask_title_hint())
                .optional()
                .value(form.value("title"))
                .error(form.error("title", locale))
                .html(locale),
        );
    let about = complaint_targets(visit).await?;
    fields = fields.and(
        &Field::select("about", m.counter_about())
            .hint(m.counter_about_hint())
            .optional()
            .option("", m.counter_about_none())
            .options(about)
            .value(form.value("about"))
            .error(form.error("about", locale))
            .html(locale),
    );
    if !window {
        fields = fields.and(
            &Field::text("outside_number", m.request_outside())
                .hint(m.counter_outside_hint())
                .optional()
                .value(form.value("outside_number"))
                .width("w-mid")
                .html(locale),
        );
        fields = fields.and(
            &Field::date("outside_due", m.request_outside_due())
                .hint(m.counter_outside_due_hint())
                .optional()
                .value(form.value("outside_due"))
                .error(form.error("outside_due", locale))
                .html(locale),
        );
    }
    let answer = Field::area("answer", m.counter_answer())
        .hint(m.counter_answer_hint())
        .optional()
        .rows(4)
        .max(2000)
        .value(form.value("answer"))
        .error(form.error("answer", locale))
        .html(locale);
    let own = if window {
        Field::check("own", m.counter_own())
            .hint(m.counter_own_hint())
            .value(if form.has("sent") { form.value("own") } else { "yes" })
            .html(locale)
    } else {
        Html::empty()
    };
    let body = Html::raw("<div class=\"wrap\">")
        .and(&components::page_head(&m.counter_title(), Html::text(&m.counter_lede()), Html::empty()))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&firm_box)
        .and(&Html::raw("<form method=\"post\" action=\"/requests/new\" enctype=\"multipart/form-data\" novalidate data-keep class=\"form-main\">"))
        .and(&components::hidden("sent", "1"))
        .and(&components::hidden("firm_number", form.value("firm_number")))
        .and(&fields)
        .and(&Field::file("file", m.ask_files()).hint(m.ask_files_hint()).optional().multiple().error(form.error("file", locale)).html(locale))
        .and(&answer)
        .and(&own)
        .and(&Html::raw("<div class=\"button-row form-go\"><button class=\"button\" type=\"submit\" name=\"do\" value=\"take\">"))
        .say(&m.counter_take())
        .and(&Html::raw("</button><button class=\"button is-second\" type=\"submit\" name=\"do\" value=\"spot\">"))
        .say(&m.counter_spot())
        .and(&Html::raw("</button></div></form></div>"));
    visit.page(m.counter_title(), "new").refused(!form.ok()).show(body).await
}

/// Whom a complaint may be about: windows, the operator, the centre, departments, providers.
pub(super) async fn complaint_targets(visit: &Visit) -> Result<Vec<(String, String)>, Fault> {
    let locale = visit.locale();
    let mut out: Vec<(String, String)> = huiqi_registers::windows::all_open(visit.ctx())
        .await?
        .iter()
        .map(|w| (w.number.clone(), w.shown(locale).to_owned()))
        .collect();
    out.extend(
        huiqi_identity::organisations::with_capacities(
            visit.ctx(),
            &[
                huiqi_kernel::people::Capacity::Operator,
                huiqi_kernel::people::Capacity::Centre,
                huiqi_kernel::people::Capacity::Department,
                huiqi_kernel::people::Capacity::Provider,
            ],
        )
        .await?
        .into_iter()
        .map(|(_, o)| (o.number.clone(), o.shown(locale).to_owned())),
    );
    Ok(out)
}

/// Earlier requests of this firm, newest first.
async fn earlier(visit: &Visit, firm: i64) -> Result<Html, Fault> {
    #[derive(huiqi_store::sea_orm::FromQueryResult)]
    struct Row {
        number: String,
        title: String,
        state: String,
        opened_at: i64,
    }
    let locale = visit.locale();
    let m = t(locale);
    let scope = huiqi_casework::scope::visible(visit.viewer());
    let text = format!(
        "SELECT c.number, c.title, c.state, c.opened_at FROM case_record c WHERE c.flow = 'request' AND c.firm = ? AND ({}) ORDER BY c.id DESC LIMIT 5",
        scope.sql
    );
    let mut values = vec![huiqi_store::sea_orm::Value::from(firm)];
    values.extend(scope.values);
    let rows: Vec<Row> = huiqi_store::ctx::all(visit.ctx(), &text, values).await?;
    if rows.is_empty() {
        return Ok(Html::raw("<p class=\"quiet small\">").say(&m.counter_no_earlier()).and(&Html::raw("</p>")));
    }
    let mut out = Html::raw("<h3>").say(&m.counter_earlier()).and(&Html::raw("</h3><ul class=\"plain links\">"));
    for row in rows {
        let state = super::super::flow::State::from_code(&row.state)
            .map(|s| huiqi_kernel::people::Label::label(s, locale))
            .unwrap_or_default();
        out = out
            .and(&Html::raw("<li>"))
            .and(&components::link(&format!("/requests/{}", row.number), &row.title))
            .and(&Html::raw("<small>"))
            .say(&state)
            .say(" ")
            .and(&huiqi_web::dates::date(huiqi_web::dates::day_of(row.opened_at), visit.ctx().today(), locale))
            .and(&Html::raw("</small></li>"));
    }
    Ok(out.and(&Html::raw("</ul>")))
}

pub(super) async fn create(visit: Visit, mut form: Form) -> Answer {
    let actor = visit.actor()?.clone();
    let window = matches!(actor.role, Role::WindowAgent | Role::WindowManager);
    let spot = form.value("do") == "spot";
    let matter = forms::matter(&mut form);
    let chosen = if form.value("firm_number").is_empty() {
        None
    } else {
        enterprises::by_number(visit.ctx(), visit.viewer(), form.value("firm_number")).await?
    };
    let (firm, firm_text, district) = match &chosen {
        Some(firm) => (Some(firm.organisation), None, None),
        None => {
            let name = form.required("firm", 60, |l| t(l).ask_firm());
            let district = form.choice(
                "district",
                |code| District::by_code(code).map(|d| d.code().to_owned()),
                |l| t(l).ask_district(),
            );
            (None, Some(name), district)
        }
    };
    let contact = form.required("contact", 40, |l| t(l).ask_contact());
    let phone = forms::phone(&mut form, "phone");
    let answer = if spot {
        form.required("answer", 2000, |l| t(l).counter_answer())
    } else {
        if form.has("answer") {
            form.fail("answer", |l| t(l).counter_answer_only_spot());
        }
        String::new()
    };
    if let Err(Fault::Invalid { message, .. }) = huiqi_casework::attachments::check(form.files(), 0) {
        form.fail_with("file", message);
    }
    let about = if form.value("about").is_empty() { None } else { about_target(&visit, form.value("about")).await? };
    if spot && (about.is_some() || form.value("kind") != RequestKind::Consultation.code()) {
        form.fail(if about.is_some() { "about" } else { "kind" }, |l| t(l).request_blocked_spot());
    }
    let outside_due = Some(form.value("outside_due").to_owned()).filter(|d| !d.is_empty());
    if let Some(due) = &outside_due {
        if form.value("outside_number").is_empty() {
            form.fail("outside_due", |l| t(l).counter_outside_due_alone());
        } else if due.parse::<chrono::NaiveDate>().is_err() {
            form.fail("outside_due", |l| t(l).counter_outside_due_day());
        }
    }
    let Some((kind, category, title, words)) = matter.filter(|_| form.ok()) else { return page(&visit, &form).await };
    let channel =
        if window { Channel::Window } else { Channel::from_code(form.value("channel")).unwrap_or(Channel::Hotline) };
    let ask = Ask {
        channel,
        kind,
        category,
        title,
        words,
        firm,
        firm_text,
        district,
        contact,
        phone,
        reach: "call".to_owned(),
        outside: Some(form.value("outside_number").to_owned()).filter(|n| !n.is_empty()).map(|n| (n, outside_due)),
        about,
        files: form.files().to_vec(),
    };
    let receipt = if spot {
        actions::close_on_spot(visit.ctx(), visit.viewer(), &ask, &answer).await?
    } else {
        // A report goes to the bureau, whoever notes it; nobody keeps it at the counter.
        let own = window && form.has("own") && ask.kind != RequestKind::Report;
        actions::submit(visit.ctx(), visit.viewer(), &ask, own).await?
    };
    // What is led above the desk is not the desk's to read, not even right after noting it.
    let shown = inbox::visible(visit.ctx(), visit.viewer(), &receipt.number).await.is_ok();
    visit
        .to(if shown { format!("/cases/{}", receipt.number) } else { "/requests/new".to_owned() })
        .good(t(visit.locale()).counter_done(&receipt.number, &receipt.code))
        .now()
}

pub(super) async fn about_target(visit: &Visit, number: &str) -> Result<Option<(i64, Option<i64>)>, Fault> {
    let windows = huiqi_registers::windows::all_open(visit.ctx()).await?;
    if let Some(window) = windows.iter().find(|w| w.number == number) {
        return Ok(Some((window.organisation, Some(window.window))));
    }
    Ok(huiqi_identity::organisations::by_number(visit.ctx(), number).await?.map(|o| (o.id, None)))
}
