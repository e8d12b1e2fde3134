//! Pages of services.

use askama::Template;
use huiqi_kernel::category::Category;
use huiqi_kernel::district::District;
use huiqi_kernel::locale::Locale;
use huiqi_web::components::{self, Choice, Field, Style, Tone};
use huiqi_web::layout::flash_slot;
use huiqi_web::{Html, dates};

use super::queries::{FEES, Facet, Filter, Found, Service};
use crate::l10n::L10nLanguage;
use crate::query::Query;
use crate::t;

const PATH: &str = "/services";

/// Name of a way of charging.
pub(crate) fn fee_name(code: &str, locale: Locale) -> String {
    let m = t(locale);
    match code {
        "free" => m.service_fee_free(),
        "low" => m.service_fee_low(),
        "published" => m.service_fee_published(),
        "negotiable" => m.service_fee_negotiable(),
        other => other.to_owned(),
    }
}

fn mode_name(code: &str, locale: Locale) -> String {
    let m = t(locale);
    match code {
        "counter" => m.service_mode_counter(),
        "phone" => m.service_mode_phone(),
        "onsite" => m.service_mode_onsite(),
        "online" => m.service_mode_online(),
        "print" => m.service_mode_print(),
        "letter" => m.service_mode_letter(),
        "other" => m.service_mode_other(),
        other => other.to_owned(),
    }
}

fn category_name(code: &str, locale: Locale) -> String {
    Category::by_code(code).map_or_else(|| code.to_owned(), |c| c.name(locale).to_owned())
}

fn district_name(code: &str, locale: Locale) -> String {
    District::by_code(code).map_or_else(|| code.to_owned(), |d| d.name(locale).to_owned())
}

impl Service {
    /// The provider's name for a reader of this language.
    fn provider_shown(&self, locale: Locale) -> &str {
        match (locale, self.provider_name_en.as_deref()) {
            (Locale::En, Some(en)) if !en.is_empty() => en,
            _ => &self.provider_name,
        }
    }

    /// What it costs, as a status where it costs nothing.
    fn charge(&self, locale: Locale) -> Html {
        // A price that only repeats the way of charging says nothing more.
        let said = self.fee.as_deref().map(|f| fee_name(f, Locale::Zh));
        let price = self.price.as_deref().filter(|p| !p.is_empty() && said.as_deref() != Some(*p));
        match (self.fee.as_deref(), price) {
            (Some("free"), None) => components::status(Tone::Good, "done", fee_name("free", locale)),
            (Some(fee), None) => Html::text(&fee_name(fee, locale)),
            (Some(fee), Some(price)) => Html::text(&t(locale).service_fee_price(fee_name(fee, locale), "{0}"))
                .fill_in(&in_chinese(price, locale)),
            (None, Some(price)) => in_chinese(price, locale),
            (None, None) => Html::text(&t(locale).service_fee_unknown()),
        }
    }

    fn days_words(&self, locale: Locale) -> Option<String> {
        self.days.map(|n| t(locale).service_days(n))
    }
}

trait FillIn {
    fn fill_in(self, piece: &Html) -> Html;
}

impl FillIn for Html {
    /// Puts one piece into the place `{0}` of words that are escaped already.
    fn fill_in(self, piece: &Html) -> Html {
        Html(self.0.replacen("{0}", &piece.0, 1))
    }
}

/// Words as a provider wrote them, which is in Chinese.
pub(crate) fn in_chinese(words: &str, locale: Locale) -> Html {
    components::in_language(words, Locale::Zh, locale)
}

#[derive(Template)]
#[template(path = "service/list.html")]
pub(super) struct ListPage {
    m: &'static L10nLanguage,
    flash: Html,
    heading: String,
    search: Html,
    chosen_count: usize,
    fields: Html,
    words: String,
    plain: bool,
    count: String,
    chosen: Vec<Html>,
    rows: Vec<Row>,
    near: Vec<Row>,
    empty: Html,
    pager: Html,
    ask_href: String,
}

struct Row {
    category: String,
    href: String,
    name: Html,
    description: Html,
    provider: Html,
    district: String,
    charge: Html,
    days: String,
}

fn row(service: &Service, locale: Locale) -> Row {
    Row {
        category: category_name(&service.category, locale),
        href: format!("{PATH}/{}", service.number),
        name: in_chinese(&service.name, locale),
        description: service.description.as_deref().map_or_else(Html::empty, |d| in_chinese(&short(d), locale)),
        provider: provider(service, locale),
        district: service.district.as_deref().map_or_else(String::new, |d| district_name(d, locale)),
        charge: service.charge(locale),
        days: service.days_words(locale).unwrap_or_default(),
    }
}

fn provider(service: &Service, locale: Locale) -> Html {
    let name = service.provider_shown(locale);
    if name == service.provider_name { in_chinese(name, locale) } else { Html::text(name) }
}

/// The beginning of a text, up to 90 characters.
fn short(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or_default();
    if line.chars().count() > 90 { line.chars().take(89).chain(['…']).collect() } else { line.to_owned() }
}

/// The list with its filters.
pub(super) fn list(query: &Query, filter: &Filter, found: &Found, near: &[Service], locale: Locale) -> ListPage {
    let m = t(locale);
    let mut chosen = Vec::new();
    for (name, values, label) in [
        ("fee", &filter.fees, fee_name as fn(&str, Locale) -> String),
        ("category", &filter.categories, category_name),
        ("district", &filter.districts, district_name),
    ] {
        for value in values {
            chosen.push(components::tag_off(&label(value, locale), &query.without(PATH, name, value), locale));
        }
    }
    let heading = if filter.words.is_empty() { m.service_title() } else { m.service_found_title(&filter.words) };
    let mut ask = url::form_urlencoded::Serializer::new(String::new());
    if !filter.words.is_empty() {
        ask.append_pair("q", &filter.words);
    }
    let ask = ask.finish();
    ListPage {
        m,
        flash: flash_slot(),
        heading,
        search: components::search_box(
            PATH,
            &Html(format!("<label class=\"sr\" for=\"q\">{}</label>", Html::text(&m.service_search_label()))),
            &filter.words,
            &m.home_search_hint(),
            locale,
        ),
        chosen_count: chosen.len(),
        fields: Html::concat([
            facet("fee", m.service_fee(), &found.fees, &filter.fees, fee_name, FEES, locale),
            facet("category", m.service_category(), &found.categories, &filter.categories, category_name, &[], locale),
            facet("district", m.service_district(), &found.districts, &filter.districts, district_name, &[], locale),
        ]),
        words: filter.words.clone(),
        plain: query.is_plain(),
        count: m.service_count(dates::number(found.total)),
        chosen,
        rows: found.rows.iter().map(|s| row(s, locale)).collect(),
        near: near.iter().map(|s| row(s, locale)).collect(),
        empty: components::empty(if near.is_empty() { m.service_empty() } else { m.service_empty_near() }),
        pager: components::Pager {
            prev: None,
            next: found.rows.last().filter(|_| found.more).map(|last| query.with(PATH, "after", &last.number)),
            shown: found.rows.len() as u64,
            total: u64::try_from(found.total).ok(),
        }
        .html(locale),
        ask_href: if ask.is_empty() { "/ask".to_owned() } else { format!("/ask?{ask}") },
    }
}

/// Boxes for one column; `order` lists the codes where they have an order of their own.
fn facet(
    name: &str,
    label: String,
    facets: &[Facet],
    chosen: &[String],
    word: fn(&str, Locale) -> String,
    order: &[&str],
    locale: Locale,
) -> Html {
    let mut known: Vec<(&str, i64)> = facets.iter().map(|f| (f.value.as_str(), f.n)).collect();
    for value in chosen {
        if !known.iter().any(|(code, _)| code == value) {
            known.push((value, 0));
        }
    }
    known.sort_by_key(|(code, _)| (order.iter().position(|o| o == code).unwrap_or(usize::MAX), *code));
    if known.is_empty() {
        return Html::empty();
    }
    let mut field = Field::checks(name, label).tight().values(chosen);
    for (code, n) in known {
        field = field.choice(Choice {
            value: code.to_owned(),
            label: Html::text(&word(code, locale)),
            count: u64::try_from(n).ok(),
            ..Choice::default()
        });
    }
    field.html(locale)
}

#[derive(Template)]
#[template(path = "service/show.html")]
pub(super) struct ShowPage {
    m: &'static L10nLanguage,
    crumbs: Html,
    flash: Html,
    name: Html,
    category: String,
    provider: Html,
    only_chinese: bool,
    description: Html,
    facts: Html,
    profile: Html,
    ask: Html,
    others: Vec<Row>,
}

/// One service.
pub(super) fn show(service: &Service, others: &[Service], locale: Locale) -> ShowPage {
    let m = t(locale);
    let mut facts = vec![
        (m.service_provider(), provider(service, locale)),
        (
            m.service_category(),
            components::link(
                &format!("{PATH}?category={}", service.category),
                &category_name(&service.category, locale),
            ),
        ),
        (m.service_fee(), service.charge(locale)),
    ];
    if let Some(days) = service.days_words(locale) {
        facts.push((m.service_time(), Html::text(&days)));
    }
    let modes: Vec<String> = service
        .modes
        .as_deref()
        .unwrap_or_default()
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| mode_name(code, locale))
        .collect();
    if !modes.is_empty() {
        facts.push((m.service_modes(), Html::text(&modes.join(locale.pick("\u{3001}", ", ")))));
    }
    if let Some(district) = &service.district {
        facts.push((m.service_district(), Html::text(&district_name(district, locale))));
    }
    facts.push((m.service_number(), components::reference(&service.number)));
    let paragraphs = |text: &Option<String>| match text.as_deref().filter(|t| !t.trim().is_empty()) {
        None => Html::empty(),
        Some(text) if locale == Locale::Zh => components::paragraphs(text),
        Some(text) => Html(format!("<div lang=\"zh-CN\">{}</div>", components::paragraphs(text))),
    };
    ShowPage {
        m,
        crumbs: components::crumbs(&[(PATH.to_owned(), m.service_title())], None, locale),
        flash: flash_slot(),
        name: in_chinese(&service.name, locale),
        category: category_name(&service.category, locale),
        provider: provider(service, locale),
        only_chinese: locale == Locale::En,
        description: paragraphs(&service.description),
        facts: components::kv(&facts),
        profile: paragraphs(&service.profile),
        ask: components::link_button(
            &format!("/ask?product={}", service.number),
            &m.service_ask(),
            Style::Solid,
            Some("edit"),
        ),
        others: others.iter().map(|s| row(s, locale)).collect(),
    }
}
