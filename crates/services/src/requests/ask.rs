//! Asking from the portal: what it is, then how to reach you; two screens, nothing typed twice.

use huiqi_identity::gateway;

use super::*;

/// Fields carried from the first screen to the second.
const CARRIED: &[&str] = &["kind", "category", "title", "words"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskQuery {
    kind: String,
    category: String,
    title: String,
    product: String,
    q: String,
}

pub(super) async fn start(visit: Visit, Query(query): Query<AskQuery>) -> Answer {
    if visit.viewer().is(INTAKE) {
        return visit.to("/requests/new").now();
    }
    let m = t(visit.locale());
    if visit.viewer().role().is_some_and(Role::is_staff) {
        let body = Html::raw("<div class=\"wrap\">")
            .and(&components::page_head(&m.ask_title(), Html::empty(), Html::empty()))
            .and(&components::empty(m.ask_as_staff()))
            .and(&Html::raw("</div>"));
        return visit.page(m.ask_title(), "ask").show(body).await;
    }
    let product = huiqi_registers::products::brief(visit.ctx(), &query.product).await?;
    let (title, category) = match product {
        Some(product) => (m.ask_about_product(&product.name), product.category),
        None => (if query.title.is_empty() { query.q } else { query.title }, query.category),
    };
    let form = Form::with([("kind", query.kind), ("category", category), ("title", title)]);
    first(&visit, &form).await
}

async fn first(visit: &Visit, form: &Form) -> Answer {
    let screens = prove::stand(visit).await?.screens();
    let locale = visit.locale();
    let m = t(locale);
    let kinds = [
        RequestKind::Need,
        RequestKind::Consultation,
        RequestKind::Complaint,
        RequestKind::Suggestion,
        RequestKind::Report,
    ];
    let mut kind = Field::radios("kind", m.ask_kind_question()).heading();
    for k in kinds {
        let hint = match k {
            RequestKind::Need => m.ask_kind_need_hint(),
            RequestKind::Consultation => m.ask_kind_consultation_hint(),
            RequestKind::Complaint => m.ask_kind_complaint_hint(),
            RequestKind::Suggestion => m.ask_kind_suggestion_hint(),
            RequestKind::Report => m.ask_kind_report_hint(),
        };
        kind = kind.option_hint(k.code(), huiqi_kernel::people::Label::label(k, locale), hint);
    }
    let categories = Category::all()
        .iter()
        .map(|c| (c.code(), format!("{}{}{}", c.name(locale), locale.pick("\u{ff1a}", ": "), c.short(locale))));
    let chosen = if form.value("kind").is_empty() { "need" } else { form.value("kind") };
    let body = Html::raw("<div class=\"wrap form-wrap\">")
        .and(&components::back("/", &m.ask_back_home(), locale))
        .and(&Html::raw("<div class=\"form-main\">"))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&components::step_line(1, screens, locale))
        .and(&huiqi_web::closure::note(visit, || pages::asked_today(visit)))
        .and(&Html::raw("<form method=\"post\" action=\"/ask\" novalidate data-keep>"))
        .and(&components::hidden("step", "1"))
        .and(&kind.value(chosen).error(form.error("kind", locale)).html(locale))
        .and(
            &Field::area("words", m.ask_words())
                .hint(m.ask_words_hint())
                .rows(6)
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
        )
        .and(
            &Field::select("category", m.ask_category())
                .hint(m.ask_category_hint())
                .optional()
                .option("", m.ask_category_unknown())
                .options(categories)
                .value(form.value("category"))
                .html(locale),
        )
        .and(&Html::raw("<div class=\"button-row form-go\"><button class=\"button is-big\" type=\"submit\">"))
        .say(&m.ask_continue())
        .and(&Html::raw("</button></div></form></div></div>"));
    visit.page(m.ask_title(), "ask").room(Room::Focus).refused(!form.ok()).show(body).await
}

async fn second(visit: &Visit, form: &Form, proof: &prove::Proof) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let actor = visit.viewer().actor();
    let mut carried = Html::empty();
    for name in CARRIED {
        carried = carried.and(&components::hidden(name, form.value(name)));
    }
    // Sent twice, this form makes one request.
    let key = if form.has("once") { form.value("once").to_owned() } else { once::key(visit.ctx()) };
    // What the register knows is shown to members whose tie to the firm has been checked, to nobody else.
    let known = match actor.filter(|a| a.verified) {
        Some(actor) => enterprises::facts(visit.ctx().db().read(), actor.organisation).await?,
        None => None,
    };
    // A complaint about somebody in the network is led above him; that is only known when it is said.
    let about = if form.value("kind") == RequestKind::Complaint.code() {
        counter::about_field(visit, form).await?
    } else {
        Html::empty()
    };
    let filled = |field: &str, from: Option<String>| {
        if form.has(field) { form.value(field).to_owned() } else { from.unwrap_or_default() }
    };
    let mut fields = Html::empty();
    if actor.is_none() {
        fields = fields.and(
            &Field::text("firm", m.ask_firm())
                .hint(m.ask_firm_hint())
                .value(form.value("firm"))
                .error(form.error("firm", locale))
                .autocomplete("organization")
                .html(locale),
        );
        let districts = District::all().iter().map(|d| (d.code(), d.name(locale)));
        fields = fields.and(
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
                .value(filled("contact", actor.map(|a| a.name.clone())))
                .error(form.error("contact", locale))
                .autocomplete("name")
                .width("w-mid")
                .html(locale),
        )
        .and(&match &proof.phone {
            Some(proved) => Field::tel("phone", m.ask_phone())
                .hint(m.prove_done())
                .value(proved)
                .attr("readonly", "")
                .width("w-phone")
                .html(locale)
                .and(&Html::raw("<p><button class=\"button is-plain is-small\" type=\"submit\" form=\"ask-phone\">"))
                .say(&m.prove_other())
                .and(&Html::raw("</button></p>")),
            None => Field::tel("phone", m.ask_phone())
                .hint(m.ask_phone_hint())
                .value(filled("phone", known.as_ref().and_then(|k| k.phone.clone())))
                .error(form.error("phone", locale))
                .width("w-phone")
                .html(locale),
        })
        .and(
            &Field::radios("reach", m.ask_reach())
                .options([("call", m.ask_reach_call()), ("text", m.ask_reach_text()), ("site", m.ask_reach_site())])
                .value(if form.value("reach").is_empty() { "call" } else { form.value("reach") })
                .html(locale),
        )
        .and(&about)
        .and(
            &Field::file("file", m.ask_files())
                .hint(m.ask_files_hint())
                .optional()
                .multiple()
                .accept(huiqi_casework::attachments::ACCEPT)
                .error(form.error("file", locale))
                .html(locale),
        );
    let consent = Field::check("consent", m.ask_consent())
        .hint(Html::fill(&m.ask_consent_hint("{0}"), &[components::link("/privacy", &m.ask_privacy())]))
        .error(form.error("consent", locale))
        .value(form.value("consent"))
        .html(locale);
    let kind = RequestKind::from_code(form.value("kind"))
        .map(|k| huiqi_kernel::people::Label::label(k, locale))
        .unwrap_or_default();
    let change = |label: &str| {
        Html::raw("<button class=\"button is-plain is-small\" type=\"submit\" form=\"ask-back\">")
            .say(&m.ask_change())
            .and(&Html::raw("<span class=\"sr\">"))
            .say(label)
            .and(&Html::raw("</span></button>"))
    };
    let filled_rows = [
        (m.ask_kind(), Html::text(&kind).say(" ").and(&change(&m.ask_kind()))),
        (
            m.ask_words(),
            Html::raw("<span lang=\"zh-CN\">")
                .say(form.value("words"))
                .and(&Html::raw("</span> "))
                .and(&change(&m.ask_words())),
        ),
    ];
    let mut aside = Html::raw("<aside class=\"aside\" aria-labelledby=\"ans\"><h2 class=\"aside-title\" id=\"ans\">")
        .say(&m.ask_filled())
        .and(&Html::raw("</h2>"))
        .and(&components::kv_stack(&filled_rows));
    if let Some(known) = &known {
        let district = known.district.as_deref().and_then(District::by_code).map_or("", |d| d.name(locale));
        aside = aside
            .and(&Html::raw("<h2 class=\"aside-title\">"))
            .say(&m.ask_known())
            .and(&Html::raw("</h2>"))
            .and(&components::kv_stack(&[(
                m.request_firm(),
                Html::text(&format!("{}{}", known.name, m.request_firm_facts(district, known.size.label(locale)))),
            )]))
            .and(&Html::raw("<p class=\"small quiet\">"))
            .and(&Html::fill(&m.ask_known_note("{0}"), &[components::link("/my/enterprise", &m.ask_known_link())]))
            .and(&Html::raw("</p>"));
    }
    aside = aside.and(&Html::raw("</aside>"));
    let back = Html::raw("<form id=\"ask-back\" method=\"post\" action=\"/ask\">")
        .and(&components::hidden("step", "back"))
        .and(&carried)
        .and(&Html::raw("</form>"));
    let back = if proof.phone.is_some() {
        back.and(&Html::raw("<form id=\"ask-phone\" method=\"post\" action=\"/ask\">"))
            .and(&components::hidden("step", "1"))
            .and(&components::hidden("another", "yes"))
            .and(&carried)
            .and(&Html::raw("</form>"))
    } else {
        back
    };
    let body = Html::raw("<div class=\"wrap form-wrap\"><div class=\"split\"><div class=\"form-main\">")
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&components::step_line(proof.screens(), proof.screens(), locale))
        .and(&Html::raw("<h1>"))
        .say(&m.ask_reach_question())
        .and(&Html::raw("</h1>"))
        .and(&back)
        .and(&Html::raw("<form method=\"post\" action=\"/ask\" enctype=\"multipart/form-data\" novalidate data-keep>"))
        .and(&components::hidden("step", "2"))
        .and(&components::hidden("once", &key))
        .and(&carried)
        .and(&fields)
        .and(&consent)
        .and(&Html::raw("<div class=\"button-row form-go\"><button class=\"button is-big\" type=\"submit\">"))
        .say(&m.ask_submit())
        .and(&Html::raw("</button><button class=\"button is-plain\" type=\"submit\" form=\"ask-back\">"))
        .say(&m.ask_back())
        .and(&Html::raw("</button></div></form></div>"))
        .and(&aside)
        .and(&Html::raw("</div></div>"));
    visit.page(m.ask_title(), "ask").room(Room::Focus).refused(!form.ok()).show(body).await
}

pub(super) async fn next(visit: Visit, mut form: Form) -> Answer {
    let stage = form.value("step").to_owned();
    if stage == "back" {
        return first(&visit, &form).await;
    }
    let matter = forms::matter(&mut form, |l| t(l).ask_words());
    let Some((kind, category, title, words)) = matter.filter(|_| form.ok()) else { return first(&visit, &form).await };
    let mut proof = prove::stand(&visit).await?;
    match stage.as_str() {
        "1" if proof.asked && (proof.is_missing() || form.has("another")) => {
            return prove::ask_phone(&visit, &form).await;
        }
        "1" => return second(&visit, &form, &proof).await,
        "phone" => return prove::send(&visit, &mut form).await,
        "code" => {
            return match prove::check(&visit, &mut form).await? {
                prove::Checked::Right(phone, cookie) => {
                    proof.phone = Some(phone).filter(|_| proof.asked);
                    huiqi_identity::signin::phone::with_cookie(second(&visit, &form, &proof).await, &cookie)
                }
                prove::Checked::Again(answer) => answer,
            };
        }
        _ => {}
    }
    let actor = visit.viewer().actor().cloned();
    // In the order of the page, so that the summary of errors has it too.
    let (firm, firm_text, district) = match &actor {
        Some(actor) => (Some(actor.organisation), None, None),
        None => {
            let firm = form.required("firm", 60, |l| t(l).ask_firm());
            let firm = named(&visit, &firm).await?;
            let district = form.choice(
                "district",
                |code| District::by_code(code).map(|d| d.code().to_owned()),
                |l| t(l).ask_district(),
            );
            (None, Some(firm), district)
        }
    };
    let contact = form.required("contact", 40, |l| t(l).ask_contact());
    let phone = forms::phone(&mut form, "phone");
    if form.value("reach") == "text" && form.error("phone", visit.locale()).is_none() && !gateway::is_mobile(&phone) {
        form.fail("phone", |l| t(l).ask_text_mobile());
    }
    if proof.asked && proof.phone.as_deref() != Some(phone.as_str()) {
        // The half hour is over, or another phone was put in the place of the proved one.
        // The other fields do not stand on that screen, so nothing is said about them there.
        let mut again = Form::with(form.values().to_vec());
        again.fail("phone", |l| t(l).prove_expired());
        return prove::ask_phone(&visit, &again).await;
    }
    let about = if kind == RequestKind::Complaint && !form.value("about").is_empty() {
        counter::about_target(&visit, form.value("about")).await?
    } else {
        None
    };
    if let Err(Fault::Invalid { message, .. }) = huiqi_casework::attachments::check(form.files(), 0) {
        form.fail_with("file", message);
    }
    if !form.has("consent") {
        form.fail("consent", |l| t(l).ask_consent_missing());
    }
    if !form.ok() {
        return second(&visit, &form, &proof).await;
    }
    if actor.is_none() {
        // Somebody who floods the desk from one address is stopped; a chamber of commerce with a tablet is not.
        visit.ctx().limit(&format!("ask:{}", visit.client()), 30, 3_600_000).await?;
    }
    let ask = Ask {
        channel: Channel::Portal,
        kind,
        category,
        title,
        words,
        firm,
        firm_text,
        district,
        contact,
        phone,
        reach: form.value("reach").to_owned(),
        outside: None,
        about,
        files: form.files().to_vec(),
    };
    let receipt = actions::submit_once(visit.ctx(), visit.viewer(), &ask, false, form.value("once")).await?;
    let m = t(visit.locale());
    if actor.is_some() {
        return visit.to(format!("/requests/{}", receipt.number)).good(m.ask_done(&receipt.number)).now();
    }
    let token = follow::grant(visit.ctx(), receipt.case).await?;
    visit
        .to(format!("/follow/{}", receipt.number))
        .good(m.ask_done_code(&receipt.number, &receipt.code))
        .cookie(visit.cookie(follow::COOKIE, token, Some(follow::PASS_S)))
        .now()
}

/// What was typed for the firm; a credit code that the register knows gets its name beside it, for the desk.
async fn named(visit: &Visit, typed: &str) -> Result<String, Fault> {
    let Ok(checked) = huiqi_kernel::credit::check(typed) else { return Ok(typed.to_owned()) };
    let code = checked.code.as_str();
    let known = huiqi_identity::organisations::find_by_code(visit.ctx(), code).await?;
    let names = huiqi_identity::organisations::names(visit.ctx(), &known.into_iter().collect::<Vec<_>>()).await?;
    Ok(names.into_values().next().map_or_else(|| code.to_owned(), |named| format!("{} {code}", named.name)))
}
