//! Taking a request in at a desk, on the hotline, in the hall or at a window: one page, by keyboard, with or without
//! scripts. Every button that only looks something up comes back to the same page with everything typed.

use huiqi_identity::organisations::{self, OrgName};
use huiqi_kernel::people::Capacity;
use huiqi_kernel::text::{self, phone_check};
use huiqi_registers::enterprises::{Facts, NewEnterprise};
use huiqi_store::ctx as db;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};

use super::actions::Taken;
use super::*;
use crate::replies::pieces::{self, Pieces};

/// Longest list of firms found.
const FIRMS: usize = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewQuery {
    q: String,
    firm: String,
}

pub(super) async fn new(visit: Visit, Query(query): Query<NewQuery>) -> Answer {
    let mut form = Form::with([("q", query.q), ("firm_number", query.firm)]);
    prefill(&visit, &mut form).await?;
    page(&visit, &form, false).await
}

/// An earlier request of a firm, or from a phone.
#[derive(FromQueryResult)]
struct Earlier {
    number: String,
    title: String,
    state: String,
    opened_at: i64,
    firm: Option<i64>,
    firm_name: Option<String>,
}

const EARLIER: &str = "SELECT c.number, c.title, c.state, c.opened_at, c.firm, COALESCE(f.name, c.asker) AS firm_name
    FROM case_record c JOIN request r ON r.case_id = c.id LEFT JOIN organisation f ON f.id = c.firm";

/// Earlier requests of this firm that the viewer may see, newest first.
async fn of_firm(visit: &Visit, firm: i64) -> Result<Vec<Earlier>, Fault> {
    let scope = huiqi_casework::scope::visible(visit.viewer());
    let text = format!("{EARLIER} WHERE c.firm = ? AND ({}) ORDER BY c.id DESC LIMIT 6", scope.sql);
    db::all(visit.ctx(), &text, std::iter::once(Value::from(firm)).chain(scope.values)).await
}

/// Earlier requests from exactly this phone that the viewer may see, newest first. Reports keep who reported to
/// themselves, so they are never found by it.
async fn of_phone(visit: &Visit, phone: &str) -> Result<Vec<Earlier>, Fault> {
    let scope = huiqi_casework::scope::visible(visit.viewer());
    let text = format!(
        "{EARLIER} WHERE r.phone = ? AND COALESCE(c.kind, '') <> ? AND ({}) ORDER BY c.id DESC LIMIT 6",
        scope.sql
    );
    let values = [Value::from(phone), Value::from(RequestKind::Report.code())];
    db::all(visit.ctx(), &text, values.into_iter().chain(scope.values)).await
}

/// What the one search box leads to: firms by code, name or initials; or, for a whole phone number, the firms and
/// requests that came from it.
#[derive(Default)]
struct Found {
    asked: bool,
    phone: Option<String>,
    firms: Vec<Facts>,
    /// Whether there are more than these.
    more: bool,
    earlier: Vec<Earlier>,
}

async fn find(visit: &Visit, q: &str) -> Result<Found, Fault> {
    let q = q.trim();
    if q.is_empty() {
        return Ok(Found::default());
    }
    if let Ok(phone) = phone_check(q) {
        let earlier = of_phone(visit, &phone).await?;
        let mut ids: Vec<i64> = Vec::new();
        for firm in earlier.iter().filter_map(|e| e.firm) {
            if !ids.contains(&firm) {
                ids.push(firm);
            }
        }
        let mut known = enterprises::facts_many(visit.ctx().db().read(), &ids).await?;
        let mut firms: Vec<Facts> = ids.iter().filter_map(|id| known.remove(id)).collect();
        // Somebody who has never asked may stand in the register with this phone.
        let registered = enterprises::by_phone(visit.ctx(), visit.viewer(), &phone, FIRMS as u64).await?;
        firms.extend(registered.into_iter().filter(|firm| !ids.contains(&firm.organisation)));
        return Ok(Found { asked: true, phone: Some(phone), firms, more: false, earlier });
    }
    let mut firms = enterprises::search_brief(visit.ctx(), visit.viewer(), q, FIRMS as u64 + 1).await?;
    let more = firms.len() > FIRMS;
    firms.truncate(FIRMS);
    Ok(Found { asked: true, firms, more, ..Found::default() })
}

fn facts_words(firm: &Facts, locale: huiqi_kernel::locale::Locale) -> String {
    let district = firm.district.as_deref().and_then(District::by_code).map_or("", |d| d.name(locale));
    t(locale).counter_firm_facts(district, firm.size.label(locale))
}

/// The firms found, each a button; `role=status` says how many.
fn found_html(visit: &Visit, found: &Found) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    if !found.asked {
        return Html::empty();
    }
    let said = match (&found.phone, found.firms.len()) {
        (Some(_), 0) if found.earlier.is_empty() => m.counter_phone_unknown(),
        (Some(_), n) if found.earlier.is_empty() => m.counter_phone_registered(n as i64),
        (Some(_), n) => m.counter_phone_found(found.earlier.len() as i64, n as i64),
        (None, 0) => m.counter_find_none(),
        (None, n) if found.more => m.counter_found_more(n as i64),
        (None, n) => m.counter_found(n as i64),
    };
    let mut out = Html::raw("<p class=\"small quiet\" role=\"status\">").say(&said).and(&Html::raw("</p>"));
    if found.firms.is_empty() {
        return out;
    }
    out = out.and(&Html::raw("<ul class=\"plain firms\">"));
    for firm in &found.firms {
        out = out
            .and(&Html::raw("<li><button class=\"firm-pick\" type=\"submit\" formnovalidate name=\"pick\" value=\""))
            .say(&firm.number)
            .and(&Html::raw("\"><b lang=\"zh-CN\">"))
            .say(&firm.name)
            .and(&Html::raw("</b><small>"))
            .say(&facts_words(firm, locale))
            .and(&Html::raw(" "))
            .say(firm.code.as_deref().unwrap_or_default())
            .and(&Html::raw("</small></button></li>"));
    }
    out.and(&Html::raw("</ul>"))
}

fn earlier_html(visit: &Visit, rows: &[Earlier], none: String, with_firm: bool) -> Html {
    let locale = visit.locale();
    if rows.is_empty() {
        return components::empty_small(none);
    }
    let today = visit.ctx().today();
    let mut out = Html::raw("<ul class=\"plain links\">");
    for row in rows {
        let state = super::super::flow::State::from_code(&row.state)
            .map(|s| huiqi_kernel::people::Label::label(s, locale))
            .unwrap_or_default();
        out = out
            .and(&Html::raw("<li>"))
            .and(&components::title_link(&format!("/requests/{}", row.number), &row.title, locale))
            .and(&Html::raw("<small>"))
            .say(&state)
            .say(" ")
            .and(&huiqi_web::dates::date(huiqi_web::dates::day_of(row.opened_at), today, locale));
        if let Some(name) = row.firm_name.as_deref().filter(|_| with_firm) {
            out = out.say(" ").and(&Html::raw("<span lang=\"zh-CN\">")).say(name).and(&Html::raw("</span>"));
        }
        out = out.and(&Html::raw("</small></li>"));
    }
    out.and(&Html::raw("</ul>"))
}

/// The firm that was chosen, with what the form is filled with from the register.
fn chosen_html(firm: &Facts, locale: huiqi_kernel::locale::Locale) -> Html {
    let m = t(locale);
    let mut out = Html::raw("<div class=\"firm-chosen\" data-contact=\"")
        .say(firm.contact.as_deref().unwrap_or_default())
        .and(&Html::raw("\" data-phone=\""))
        .say(firm.phone.as_deref().unwrap_or_default())
        .and(&Html::raw("\">"))
        .and(&components::hidden("firm_number", &firm.number))
        .and(&Html::raw("<p><b lang=\"zh-CN\">"))
        .say(&firm.name)
        .and(&Html::raw("</b> "))
        .say(&facts_words(firm, locale));
    if !firm.verified {
        out = out.say(" ").and(&components::status(components::Tone::Warn, "clock", m.counter_unchecked()));
    }
    out.and(&Html::raw(
        "</p><button class=\"button is-plain is-small\" type=\"submit\" formnovalidate name=\"unpick\" value=\"yes\">",
    ))
    .say(&m.counter_other_firm())
    .and(&Html::raw("</button></div>"))
}

async fn chosen(visit: &Visit, form: &Form) -> Result<Option<Facts>, Fault> {
    match form.value("firm_number") {
        "" => Ok(None),
        number => enterprises::by_number(visit.ctx(), visit.viewer(), number).await,
    }
}

/// Contact and phone of a firm that was just chosen, where nothing was typed.
async fn prefill(visit: &Visit, form: &mut Form) -> Result<(), Fault> {
    let Some(firm) = chosen(visit, form).await? else { return Ok(()) };
    for (field, known) in [("contact", &firm.contact), ("phone", &firm.phone)] {
        if let Some(value) = known.as_ref().filter(|_| !form.has(field)) {
            form.set(field, value.clone());
        }
    }
    Ok(())
}

async fn page(visit: &Visit, form: &Form, answered: bool) -> Answer {
    let category = Category::by_code(form.value("category"));
    let pieces = pieces::fitting(visit.ctx(), visit.viewer(), form.value("words"), category, visit.locale()).await?;
    let found = find(visit, form.value("q")).await?;
    page_with(visit, form, answered, &pieces, &found).await
}

async fn page_with(visit: &Visit, form: &Form, answered: bool, pieces: &Pieces, found: &Found) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    let chosen = chosen(visit, form).await?;
    let key = if form.has("once") { form.value("once").to_owned() } else { once::key(visit.ctx()) };
    let earlier = match (&chosen, &found.phone) {
        (Some(firm), _) => {
            earlier_html(visit, &of_firm(visit, firm.organisation).await?, m.counter_no_earlier(), false)
        }
        (None, Some(_)) => earlier_html(visit, &found.earlier, m.counter_phone_new(), true),
        (None, None) => components::empty_small(m.counter_earlier_later()),
    };
    let window = visit.viewer().is(&[Role::WindowAgent, Role::WindowManager]);
    let main = Html::concat([
        firm_fields(visit, form, chosen.as_ref(), found),
        who_fields(visit, form),
        matter_fields(visit, form, window),
        answer_field(visit, form, window),
        rare_fields(visit, form, window).await?,
    ]);
    let mut beside = Html::raw(
        "<section class=\"section\" aria-labelledby=\"beside-earlier\"><h2 class=\"aside-title\" id=\"beside-earlier\">",
    )
    .say(&m.counter_earlier())
    .and(&Html::raw("</h2><div data-slot=\"earlier\">"))
    .and(&earlier)
    .and(&Html::raw(
        "</div></section><section class=\"section\" aria-labelledby=\"beside-pieces\"><h2 id=\"beside-pieces\" class=\"aside-title\">",
    ))
    .say(&m.counter_beside())
    .and(&Html::raw("</h2><p class=\"button-row\"><button class=\"button is-second is-small\" type=\"submit\" formnovalidate name=\"do\" value=\"similar\">"))
    .say(&m.counter_similar())
    .and(&Html::raw("</button></p><div data-slot=\"pieces\">"))
    .and(&pieces.html("answer", "/requests/new", locale))
    .and(&Html::raw("</div></section>"));
    beside = Html::raw("<aside class=\"aside counter-beside\" aria-label=\"")
        .say(&m.counter_beside())
        .and(&Html::raw("\">"))
        .and(&beside)
        .and(&Html::raw("</aside>"));
    let body = Html::raw("<div class=\"wrap\">")
        .and(&components::page_head(&m.counter_title(), Html::text(&m.counter_lede()), Html::empty()))
        .and(&if form.ok() { Html::empty() } else { components::error_summary(&form.errors(locale), locale) })
        .and(&Html::raw("<form id=\"counter\" class=\"counter\" method=\"post\" action=\"/requests/new\" enctype=\"multipart/form-data\" novalidate data-keep data-counter"))
        .and(&Html::raw(if answered { " data-answered>" } else { ">" }))
        .and(&components::hidden("sent", "1"))
        .and(&components::hidden("once", &key))
        .and(&Html::raw("<div class=\"counter-main\">"))
        .and(&main)
        .and(&Html::raw("</div>"))
        .and(&beside)
        .and(&Html::raw("</form>"))
        .and(&keys(locale))
        .and(&Html::raw("</div>"));
    visit.page(m.counter_title(), "new").refused(!form.ok()).show(body).await
}

/// The keys of this page.
fn keys(locale: huiqi_kernel::locale::Locale) -> Html {
    let m = t(locale);
    let mut list = Html::raw("<dl class=\"keys\">");
    for (key, what) in [
        ("Alt+Q", m.counter_key_firm()),
        ("Alt+W", m.counter_key_words()),
        ("Alt+A", m.counter_key_answer()),
        ("Alt+C", m.counter_key_category()),
        ("Alt+1 … 9", m.counter_key_insert()),
        ("Alt+Enter", m.counter_key_spot()),
        ("Ctrl+Enter", m.counter_key_take()),
        ("N", m.counter_key_next()),
    ] {
        list = list
            .and(&Html::raw(format!("<div><dt><kbd>{key}</kbd></dt><dd>")))
            .say(&what)
            .and(&Html::raw("</dd></div>"));
    }
    Html::raw("<details class=\"how no-print\" data-keys><summary>")
        .and(&components::icon("right"))
        .say(&m.counter_keys())
        .and(&Html::raw("</summary><div class=\"how-body\">"))
        .and(&list.and(&Html::raw("</dl>")))
        .and(&Html::raw("</div></details>"))
}

fn firm_fields(visit: &Visit, form: &Form, chosen: Option<&Facts>, found: &Found) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let mut out = Html::raw("<section aria-labelledby=\"firm-head\" class=\"counter-firm\"><h2 id=\"firm-head\" class=\"sr\">")
        .say(&m.counter_firm())
        .and(&Html::raw("</h2><div data-slot=\"firm\">"))
        .and(&chosen.map(|firm| chosen_html(firm, locale)).unwrap_or_default())
        .and(&Html::raw("</div><div class=\"field\"><label for=\"q\">"))
        .say(&m.counter_find())
        .and(&Html::raw("</label><div class=\"searchbox\"><input class=\"input\" id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" aria-keyshortcuts=\"Alt+Q\""))
        .and(&Html::raw(if chosen.is_none() && form.ok() && !form.has("focus") { " autofocus" } else { "" }))
        .and(&Html::raw(" value=\""))
        .say(form.value("q"))
        .and(&Html::raw("\"><button class=\"button is-second\" type=\"submit\" formnovalidate name=\"do\" value=\"find\">"))
        .say(&m.counter_find_verb())
        .and(&Html::raw("</button></div></div><div data-slot=\"firms\">"))
        .and(&found_html(visit, found))
        .and(&Html::raw("</div>"));
    // Not in the register: noted in passing, so that the next call finds it.
    let typed = ["firm", "district", "code"].iter().any(|f| form.has(f));
    let wrong = ["firm", "district", "code"].iter().any(|f| form.error(f, locale).is_some());
    let open = typed || wrong || (found.asked && found.firms.is_empty() && found.phone.is_none());
    let name = if form.has("firm") || !open || phone_check(form.value("q")).is_ok() {
        form.value("firm")
    } else if form.value("q").chars().any(text::is_han) {
        form.value("q")
    } else {
        ""
    };
    let districts = District::all().iter().map(|d| (d.code(), d.name(locale)));
    let mut fields = Html::raw("<div class=\"fields-2\">")
        .and(&Field::text("firm", m.counter_firm_name()).value(name).error(form.error("firm", locale)).html(locale))
        .and(
            &Field::select("district", m.ask_district())
                .option("", m.request_choose())
                .options(districts)
                .value(form.value("district"))
                .error(form.error("district", locale))
                .html(locale),
        )
        .and(&Html::raw("</div>"))
        .and(
            &Field::text("code", m.counter_code())
                .hint(m.counter_code_hint())
                .optional()
                .width("w-mid")
                .value(form.value("code"))
                .error(form.error("code", locale))
                .html(locale),
        );
    if form.value("code_warned") == "yes" {
        fields = fields
            .and(&components::hidden("code_warned", "yes"))
            .and(&Field::check("code_anyway", m.counter_code_anyway()).value(form.value("code_anyway")).html(locale));
    }
    if form.error("firm", locale).is_some() && form.value("alike") == "yes" || form.has("firm_anyway") {
        fields = fields
            .and(&Field::check("firm_anyway", m.counter_firm_anyway()).value(form.value("firm_anyway")).html(locale));
    }
    fields = fields.and(
        &Field::check("register", m.counter_register())
            .hint(m.counter_register_hint())
            .value(if form.has("sent") { form.value("register") } else { "yes" })
            .html(locale),
    );
    if chosen.is_none() {
        out = out
            .and(&Html::raw("<details class=\"how\" data-unless-chosen"))
            .and(&Html::raw(if open { " open><summary>" } else { "><summary>" }))
            .and(&components::icon("right"))
            .say(&m.counter_not_found())
            .and(&Html::raw("</summary><div class=\"how-body\">"))
            .and(&fields)
            .and(&Html::raw("</div></details>"));
    }
    out.and(&Html::raw("</section>"))
}

/// Gives the keyboard to a field where the page came back for it.
fn focused(field: Field, name: &str, form: &Form) -> Field {
    if form.value("focus") == name { field.attr("autofocus", "") } else { field }
}

fn who_fields(visit: &Visit, form: &Form) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    // A phone that was typed into the search box need not be typed again.
    let phone = match phone_check(form.value("q")) {
        Ok(phone) if !form.has("phone") => phone,
        _ => form.value("phone").to_owned(),
    };
    Html::raw("<div class=\"fields-2\">")
        .and(
            &focused(Field::text("contact", m.ask_contact()), "contact", form)
                .value(form.value("contact"))
                .error(form.error("contact", locale))
                .autocomplete("off")
                .html(locale),
        )
        .and(
            &Field::tel("phone", m.ask_phone())
                .value(phone)
                .error(form.error("phone", locale))
                .autocomplete("off")
                .html(locale),
        )
        .and(&Html::raw("</div>"))
}

fn matter_fields(visit: &Visit, form: &Form, window: bool) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    // The hall's counters take in visits, the operator's desk calls.
    let hall = visit.viewer().is(&[Role::CentreAgent, Role::CentreOfficer]);
    let usual = if hall { Channel::Hall.code() } else { Channel::Hotline.code() };
    let kinds = RequestKind::ALL.iter().map(|k| (k.code(), huiqi_kernel::people::Label::label(*k, locale)));
    // The digit before a name chooses it by one key.
    let categories =
        Category::all().iter().map(|c| (c.code(), format!("{} {}", c.code().trim_start_matches('0'), c.name(locale))));
    focused(Field::area("words", m.counter_words()), "words", form)
        .rows(3)
        .max(forms::WORDS as u32)
        .attr("aria-keyshortcuts", "Alt+W")
        .value(form.value("words"))
        .error(form.error("words", locale))
        .html(locale)
        .and(&Html::raw("<div class=\"fields-3\">"))
        .and(
            &Field::select("category", m.ask_category())
                .option("", m.request_choose())
                .options(categories)
                .attr("aria-keyshortcuts", "Alt+C")
                .value(form.value("category"))
                .error(form.error("category", locale))
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
            &Field::select("channel", m.counter_channel())
                .options(pages::channels(locale, window))
                .value(if form.has("channel") { form.value("channel") } else { usual })
                .html(locale),
        )
        .and(&Html::raw("</div>"))
}

fn answer_field(visit: &Visit, form: &Form, window: bool) -> Html {
    let locale = visit.locale();
    let m = t(locale);
    let used = form.all("used").fold(Html::empty(), |out, number| out.and(&components::hidden("used", number)));
    let own = if window {
        Field::check("own", m.counter_own())
            .hint(m.counter_own_hint())
            .value(if form.has("sent") { form.value("own") } else { "yes" })
            .error(form.error("own", locale))
            .html(locale)
    } else {
        Html::empty()
    };
    focused(Field::area("answer", m.counter_answer()), "answer", form)
        .hint(m.counter_answer_hint())
        .optional()
        .rows(4)
        .max(2000)
        .attr("aria-keyshortcuts", "Alt+A")
        .value(form.value("answer"))
        .error(form.error("answer", locale))
        .html(locale)
        .and(&used)
        .and(&own)
        .and(&Html::raw("<div class=\"button-row form-go\"><button class=\"button\" type=\"submit\" name=\"do\" value=\"spot\" aria-keyshortcuts=\"Alt+Enter\">"))
        .say(&m.counter_spot())
        .and(&Html::raw("</button><button class=\"button is-second\" type=\"submit\" name=\"do\" value=\"take\" aria-keyshortcuts=\"Control+Enter\">"))
        .say(&m.counter_take())
        .and(&Html::raw("</button></div>"))
}

/// What few calls need: folded, and open where something is filled in or wrong.
async fn rare_fields(visit: &Visit, form: &Form, window: bool) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let fold = |head: String, fields: &[&str], body: &Html| {
        let open = fields.iter().any(|f| form.has(f) || form.error(f, locale).is_some());
        Html::raw("<details class=\"how\"")
            .and(&Html::raw(if open { " open><summary>" } else { "><summary>" }))
            .and(&components::icon("right"))
            .say(&head)
            .and(&Html::raw("</summary><div class=\"how-body\">"))
            .and(body)
            .and(&Html::raw("</div></details>"))
    };
    let more = Field::text("title", m.ask_title_field())
        .hint(m.ask_title_hint())
        .optional()
        .value(form.value("title"))
        .error(form.error("title", locale))
        .html(locale)
        .and(
            &Field::file("file", m.ask_files())
                .hint(m.ask_files_hint())
                .optional()
                .multiple()
                .error(form.error("file", locale))
                .html(locale),
        );
    let about = about_field(visit, form).await?;
    let mut out =
        fold(m.counter_fold_more(), &["title", "file"], &more).and(&fold(m.counter_fold_about(), &["about"], &about));
    if !window {
        let outside = Field::text("outside_number", m.request_outside())
            .hint(m.counter_outside_hint())
            .optional()
            .value(form.value("outside_number"))
            .error(form.error("outside_number", locale))
            .width("w-mid")
            .html(locale)
            .and(
                &Field::date("outside_due", m.request_outside_due())
                    .hint(m.counter_outside_due_hint())
                    .optional()
                    .value(form.value("outside_due"))
                    .error(form.error("outside_due", locale))
                    .html(locale),
            );
        out = out.and(&fold(m.counter_fold_outside(), &["outside_number", "outside_due"], &outside));
    }
    Ok(out)
}

/// Organisations a complaint may be about, beside windows.
const COMPLAINED: &[Capacity] = &[Capacity::Provider, Capacity::Department, Capacity::Operator, Capacity::Centre];

/// Whom a complaint is about: windows, providers, then departments, operator and centre.
pub(super) async fn about_field(visit: &Visit, form: &Form) -> Result<Html, Fault> {
    let locale = visit.locale();
    let m = t(locale);
    let ctx = visit.ctx();
    let windows = huiqi_registers::windows::all_open(ctx).await?;
    let mut providers = organisations::with_capacities(ctx, &[Capacity::Provider]).await?;
    let mut offices = organisations::with_capacities(ctx, &COMPLAINED[1..]).await?;
    // Whoever is both stands with the offices.
    providers.retain(|(id, _)| offices.iter().all(|(other, _)| other != id));
    let lines = |found: &mut Vec<(i64, OrgName)>| -> Vec<(String, String)> {
        found.drain(..).map(|(_, o)| (o.number.clone(), o.shown(locale).to_owned())).collect()
    };
    let mut field = Field::select("about", m.counter_about())
        .hint(m.counter_about_hint())
        .optional()
        .option("", m.counter_about_none())
        .group(&m.counter_about_windows())
        .options(windows.iter().map(|w| (w.number.clone(), w.shown(locale).to_owned())));
    for (heading, found) in [(m.counter_about_providers(), &mut providers), (m.counter_about_offices(), &mut offices)] {
        if !found.is_empty() {
            field = field.group(&heading).options(lines(found));
        }
    }
    Ok(field.value(form.value("about")).error(form.error("about", locale)).html(locale))
}

/// A part of the page by itself: the script puts it into the slot of the same name.
fn part(name: &str, body: &Html) -> Html {
    Html::raw(format!("<div data-part=\"{name}\">")).and(body).and(&Html::raw("</div>"))
}

fn fragment(body: Html) -> Answer {
    use axum::response::IntoResponse as _;
    Ok(axum::response::Html(body.0).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FirmsQuery {
    q: String,
    pick: String,
}

/// Firms while they are typed, or the one that was chosen with its earlier requests.
pub(super) async fn firms(visit: Visit, Query(query): Query<FirmsQuery>) -> Answer {
    let locale = visit.locale();
    let m = t(locale);
    if !query.pick.is_empty() {
        let firm = enterprises::by_number(visit.ctx(), visit.viewer(), &query.pick).await?.ok_or(Fault::NotFound)?;
        let earlier = of_firm(&visit, firm.organisation).await?;
        return fragment(
            part("firm", &chosen_html(&firm, locale))
                .and(&part("firms", &Html::empty()))
                .and(&part("earlier", &earlier_html(&visit, &earlier, m.counter_no_earlier(), false))),
        );
    }
    let found = find(&visit, &query.q).await?;
    let mut out = part("firms", &found_html(&visit, &found));
    if let Some(phone) = &found.phone {
        out = out
            .and(&part("earlier", &earlier_html(&visit, &found.earlier, m.counter_phone_new(), true)))
            .and(&Html::raw("<div data-phone=\""))
            .say(phone)
            .and(&Html::raw("\"></div>"));
    }
    fragment(out)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SimilarQuery {
    q: String,
    category: String,
}

/// Knowledge, templates and similar closed requests while the question is typed.
pub(super) async fn similar(visit: Visit, Query(query): Query<SimilarQuery>) -> Answer {
    let words: String = query.q.chars().take(forms::WORDS).collect();
    let pieces =
        pieces::fitting(visit.ctx(), visit.viewer(), &words, Category::by_code(&query.category), visit.locale())
            .await?;
    fragment(part("pieces", &pieces.html("answer", "/requests/new", visit.locale())))
}

/// What a button of the page only looks up; `None` where the form is to be taken in.
async fn looked_up(visit: &Visit, form: &mut Form) -> Result<Option<Answer>, Fault> {
    if form.has("pick") {
        let number = form.value("pick").to_owned();
        // What was found by phone is that phone's; what the register knows does not replace it.
        if let Ok(phone) = phone_check(form.value("q"))
            && !form.has("phone")
        {
            form.set("phone", phone);
        }
        form.set("firm_number", number);
        form.set("q", "");
        prefill(visit, form).await?;
        form.set("focus", if form.has("contact") { "words" } else { "contact" });
    } else if form.has("unpick") {
        form.set("firm_number", "");
    } else if form.has("insert") {
        let number = form.value("insert").to_owned();
        let category = Category::by_code(form.value("category"));
        let pieces =
            pieces::fitting(visit.ctx(), visit.viewer(), form.value("words"), category, visit.locale()).await?;
        if let Some(piece) = pieces.text(&number) {
            form.set("answer", pieces::joined(form.value("answer"), &piece.text));
            if !form.has("category")
                && let Some(category) = &piece.category
            {
                form.set("category", category.clone());
            }
            form.add("used", number);
        }
        form.set("focus", "answer");
        let found = find(visit, form.value("q")).await?;
        return Ok(Some(page_with(visit, form, true, &pieces, &found).await));
    } else if !matches!(form.value("do"), "find" | "similar") {
        return Ok(None);
    }
    if form.value("do") == "similar" {
        form.set("focus", "answer");
    }
    Ok(Some(page(visit, form, true).await))
}

pub(super) async fn create(visit: Visit, mut form: Form) -> Answer {
    if let Some(answer) = looked_up(&visit, &mut form).await? {
        return answer;
    }
    let actor = visit.actor()?.clone();
    let window = matches!(actor.role, Role::WindowAgent | Role::WindowManager);
    let spot = form.value("do") == "spot";
    let matter = forms::matter(&mut form, |l| t(l).counter_words());
    let chosen = chosen(&visit, &form).await?;
    let contact = form.required("contact", 40, |l| t(l).ask_contact());
    let phone = forms::phone(&mut form, "phone");
    let (firm, firm_text, district) = match &chosen {
        Some(firm) => (Some(firm.organisation), None, None),
        None => {
            let name = form.required("firm", 60, |l| t(l).counter_firm_name());
            let district = form.choice(
                "district",
                |code| District::by_code(code).map(|d| d.code().to_owned()),
                |l| t(l).ask_district(),
            );
            (None, Some(name), district)
        }
    };
    let noted = match &firm_text {
        Some(name) if form.has("register") => {
            noted_firm(&visit, &mut form, name, district.clone(), &contact, &phone).await?
        }
        _ => None,
    };
    let answer = if spot {
        let answer = form.required("answer", 2000, |l| t(l).counter_answer());
        if let Err(Fault::Invalid { message, .. }) = pieces::filled("answer", &answer) {
            form.fail_with("answer", message);
        }
        answer
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
    if spot && Category::by_code(form.value("category")).is_none() {
        form.fail("category", |l| t(l).counter_category_missing());
    }
    let channel =
        if window { Channel::Window } else { Channel::from_code(form.value("channel")).unwrap_or(Channel::Hotline) };
    let outside = outside(&mut form, channel, visit.ctx().today());
    let Some((kind, category, title, words)) = matter.filter(|_| form.ok()) else {
        return refused(&visit, &form).await;
    };
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
        outside,
        about,
        files: form.files().to_vec(),
    };
    let taken = if spot {
        Taken::Spot(&answer)
    } else if window
        && form.has("own")
        && ask.kind != RequestKind::Report
        && ask.about.is_none_or(|(org, _)| org != actor.organisation)
    {
        // A report goes to the bureau, whoever notes it, and a complaint about this house to the operator's desk; nobody
        // keeps them at the counter.
        Taken::Own
    } else {
        Taken::Submitted
    };
    let used: Vec<String> = form.all("used").map(str::to_owned).collect();
    match actions::take_at_counter(visit.ctx(), visit.viewer(), &ask, noted.as_ref(), taken, &used, form.value("once"))
        .await
    {
        Ok(receipt) => visit.to(format!("/requests/new/{}", receipt.number)).now(),
        Err(Fault::Invalid { field, message }) => {
            // Whom a dispatch goes to is here the box that keeps the matter.
            form.fail_with(if field == "to" { "own" } else { field }, message);
            refused(&visit, &form).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Number and due day at another office. The city's hotline gives both and is answered by them; a department may give
/// them; nobody else has any.
fn outside(form: &mut Form, channel: Channel, today: chrono::NaiveDate) -> Option<(String, Option<String>)> {
    let number = form.optional("outside_number", 60, |l| t(l).request_outside());
    let due = Some(form.value("outside_due").to_owned()).filter(|d| !d.is_empty());
    if !matches!(channel, Channel::CityHotline | Channel::Department) {
        for (field, given) in [("outside_number", number.is_some()), ("outside_due", due.is_some())] {
            if given {
                form.fail(field, |l| t(l).counter_outside_elsewhere());
            }
        }
        return None;
    }
    if number.is_none() && channel == Channel::CityHotline {
        form.fail("outside_number", |l| t(l).counter_outside_number_missing());
    } else if number.is_none() && due.is_some() {
        form.fail("outside_due", |l| t(l).counter_outside_due_alone());
    }
    match due.as_deref().map(str::parse::<chrono::NaiveDate>) {
        None if channel == Channel::CityHotline => form.fail("outside_due", |l| t(l).counter_outside_due_missing()),
        Some(Err(_)) => form.fail("outside_due", |l| t(l).counter_outside_due_day()),
        Some(Ok(day)) if day < today => form.fail("outside_due", |l| t(l).counter_outside_due_past()),
        None | Some(Ok(_)) => {}
    }
    number.map(|number| (number, due))
}

/// The page with what is wrong; firms that the typed one may be are offered to choose from.
async fn refused(visit: &Visit, form: &Form) -> Answer {
    let locale = visit.locale();
    let category = Category::by_code(form.value("category"));
    let pieces = pieces::fitting(visit.ctx(), visit.viewer(), form.value("words"), category, locale).await?;
    let found = if form.value("alike") == "yes" {
        let firms =
            enterprises::alike(visit.ctx(), visit.viewer(), form.value("firm"), Some(form.value("code"))).await?;
        Found { asked: true, firms, ..Found::default() }
    } else {
        find(visit, form.value("q")).await?
    };
    page_with(visit, form, true, &pieces, &found).await
}

/// The firm to be noted in passing; `None`, with the reason beside its field, where a code is wrong or the register has one
/// that may be the same.
async fn noted_firm(
    visit: &Visit,
    form: &mut Form,
    name: &str,
    district: Option<String>,
    contact: &str,
    phone: &str,
) -> Result<Option<NewEnterprise>, Fault> {
    let code = enterprises::read_credit_code(form);
    if form.error("code", visit.locale()).is_some() || name.is_empty() {
        return Ok(None);
    }
    let alike = enterprises::alike(visit.ctx(), visit.viewer(), name, code.as_deref()).await?;
    let same_code = code.is_some() && alike.iter().any(|one| one.code == code);
    if same_code || (!alike.is_empty() && !form.has("firm_anyway")) {
        form.set("alike", "yes");
        if same_code {
            form.fail("code", |l| t(l).counter_code_known());
        } else {
            form.fail("firm", |l| t(l).counter_firm_alike());
        }
        return Ok(None);
    }
    Ok(Some(NewEnterprise {
        name: name.to_owned(),
        code,
        district,
        contact: Some(contact.to_owned()).filter(|c| !c.is_empty()),
        phone: Some(phone.to_owned()).filter(|p| phone_check(p).is_ok()),
        ..NewEnterprise::default()
    }))
}

pub(super) async fn about_target(visit: &Visit, number: &str) -> Result<Option<(i64, Option<i64>)>, Fault> {
    let windows = huiqi_registers::windows::all_open(visit.ctx()).await?;
    if let Some(window) = windows.iter().find(|w| w.number == number) {
        return Ok(Some((window.organisation, Some(window.window))));
    }
    let others = organisations::with_capacities(visit.ctx(), COMPLAINED).await?;
    Ok(others.into_iter().find(|(_, o)| o.number == number).map(|(id, _)| (id, None)))
}

/// A text in pieces, so that it can be read out without losing the place; copied, it is one.
fn grouped(pieces: &[&str]) -> Html {
    pieces
        .iter()
        .fold(Html::raw("<span class=\"read-out\">"), |out, piece| {
            out.and(&Html::raw("<span>")).say(piece).and(&Html::raw("</span>"))
        })
        .and(&Html::raw("</span>"))
}

/// Number and query code, to be read out to the caller; for whoever took the call, and for nobody else.
pub(super) async fn receipt(visit: Visit, Path(number): Path<String>) -> Answer {
    #[derive(FromQueryResult)]
    struct Row {
        title: String,
        state: String,
        query_code: String,
        firm: Option<String>,
        opened_at: i64,
    }
    let actor = visit.actor()?;
    let row: Option<Row> = db::one(
        visit.ctx(),
        "SELECT c.title, c.state, r.query_code, COALESCE(f.name, c.asker) AS firm, c.opened_at
         FROM case_record c JOIN request r ON r.case_id = c.id LEFT JOIN organisation f ON f.id = c.firm
         WHERE c.number = ? AND c.opened_by = ?",
        [Value::from(number.clone()), Value::from(actor.person)],
    )
    .await?;
    let row = row.ok_or_else(Failure::not_found)?;
    let locale = visit.locale();
    let m = t(locale);
    // A desk may not look into what it took in about itself, nor a window into what it handed on.
    let visible = inbox::visible(visit.ctx(), visit.viewer(), &number).await.is_ok();
    // Read out while the caller is on the phone; with the code one can also grade, so it is gone with the day.
    if huiqi_web::dates::day_of(row.opened_at) != visit.ctx().today() {
        return if visible { visit.to(format!("/requests/{number}")).now() } else { Err(Failure::not_found()) };
    }
    let closed = row.state == super::super::flow::State::Closed.code();
    let head = if closed { m.counter_done_spot() } else { m.counter_done_taken() };
    let (front, tail) = number.split_at(number.len().saturating_sub(6));
    let (tail, end) = tail.split_at(tail.len().min(3));
    let (first, second) = row.query_code.split_at(row.query_code.len().min(4));
    let body = Html::raw("<div class=\"wrap\"><div class=\"receipt\"><h1>")
        .say(&head)
        .and(&Html::raw("</h1><p class=\"quiet\"><span lang=\"zh-CN\">"))
        .say(if visible { row.title.as_str() } else { "" })
        .and(&Html::raw("</span> <span lang=\"zh-CN\">"))
        .say(row.firm.as_deref().filter(|_| visible).unwrap_or_default())
        .and(&Html::raw("</span></p><div role=\"status\"><p>"))
        .say(&m.counter_read_out())
        .and(&Html::raw("</p><dl class=\"receipt-codes\"><div><dt>"))
        .say(&m.request_number())
        .and(&Html::raw("</dt><dd class=\"ref\">"))
        .and(&grouped(&[front, tail, end]))
        .and(&Html::raw("</dd></div><div><dt>"))
        .say(&m.request_code())
        .and(&Html::raw("</dt><dd class=\"ref\">"))
        .and(&grouped(&[first, second]))
        .and(&Html::raw("</dd></div></dl></div><p class=\"small quiet\">"))
        .say(&m.counter_read_hint())
        .and(&Html::raw("</p><div class=\"button-row form-go\"><a class=\"button\" href=\"/requests/new\" autofocus data-key=\"n\" aria-keyshortcuts=\"N\">"))
        .say(&m.counter_next())
        .and(&Html::raw("</a>"));
    let body = if visible {
        body.and(&components::link_button(&format!("/requests/{number}"), &m.counter_open(), Style::Second, None))
    } else {
        body
    };
    visit.page(head, "new").show(body.and(&Html::raw("</div></div></div>"))).await
}
