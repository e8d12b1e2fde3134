//! Texts of the site: name, phones, hours, whom the network answers to, the privacy text. In force as soon as saved.

use std::hash::{DefaultHasher, Hash, Hasher};

use huiqi_kernel::flow::Refusal;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx, setting};
use huiqi_web::components::{self, ActionLine, Field};
use huiqi_web::forms::MAX_TEXT;
use huiqi_web::{Form, Html, dates};
use serde_json::json;

use super::pages::{self, Page, section};
use super::{SITE_EDITORS, people};
use crate::t;

/// The texts in the order of the page.
pub(super) const NAMES: [&str; 12] = [
    "name",
    "tagline",
    "hotline",
    "hours",
    "hall",
    "guide",
    "guide-phone",
    "manage",
    "manage-phone",
    "operate",
    "filing",
    "privacy",
];

/// Texts that may be empty: the page then leaves their place out.
const OPTIONAL: [&str; 6] = ["tagline", "hall", "guide", "manage", "operate", "filing"];

/// The name with this code, for addresses.
pub(super) fn known(name: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|known| *known == name)
}

/// Longest text, in characters.
fn longest(name: &str) -> usize {
    if name == "privacy" { MAX_TEXT } else { 120 }
}

fn label(name: &str, l: Locale) -> String {
    let m = t(l);
    match name {
        "name" => m.setting_site_name(),
        "tagline" => m.setting_site_tagline(),
        "hotline" => m.setting_site_hotline(),
        "hours" => m.setting_site_hours(),
        "hall" => m.setting_site_hall(),
        "guide" => m.setting_site_guide(),
        "guide-phone" => m.setting_site_guide_phone(),
        "manage" => m.setting_site_manage(),
        "manage-phone" => m.setting_site_manage_phone(),
        "operate" => m.setting_site_operate(),
        "filing" => m.setting_site_filing(),
        _ => m.setting_site_privacy(),
    }
}

/// What the form was shown with: saving is refused when the text is another one by then.
pub(super) fn seen(zh: &str, en: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (zh, en).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Reads and checks one text in both languages; the fields are `zh` and `en` after the name.
pub(super) fn read(form: &mut Form, name: &'static str) -> (String, String) {
    let (zh_field, en_field) = (format!("{name}-zh"), format!("{name}-en"));
    let max = longest(name);
    let zh = form.optional(&zh_field, max, |l| label(name, l)).unwrap_or_default();
    let en = form.optional(&en_field, max, |l| label(name, l)).unwrap_or_default();
    if zh.is_empty() && en.is_empty() && OPTIONAL.contains(&name) {
        return (zh, en);
    }
    for (field, value) in [(&zh_field, &zh), (&en_field, &en)] {
        if value.is_empty() {
            form.fail(field, |l| {
                if OPTIONAL.contains(&name) { t(l).setting_site_error_other() } else { t(l).setting_site_error_empty() }
            });
        } else if name != "privacy" && value.contains('\n') {
            form.fail(field, |l| t(l).setting_site_error_lines());
        }
    }
    (zh, en)
}

/// Saves one text. `was` is what [`seen`] said when the form was shown. Returns whether anything changed.
///
/// # Errors
/// [`Fault::NotFound`] for unknown texts and roles that may not, [`Fault::Stale`] when it was changed meanwhile.
pub(super) async fn save(ctx: &Ctx, viewer: &Viewer, name: &str, zh: &str, en: &str, was: &str) -> Result<bool, Fault> {
    if !viewer.is(SITE_EDITORS) {
        return Err(Refusal::hidden().into());
    }
    let key = format!("site.{name}");
    let work = ctx.write(viewer).await?;
    let (old_zh, old_en): (String, String) = match setting::get(&*work, &key).await? {
        Some(value) => serde_json::from_str(&value).map_err(Fault::internal)?,
        None => {
            let shipped = huiqi_store::ctx::Site::shipped();
            (shipped.text(name, Locale::Zh).to_owned(), shipped.text(name, Locale::En).to_owned())
        }
    };
    if seen(old_zh.trim(), old_en.trim()) != was {
        return Err(Fault::Stale);
    }
    if (old_zh.trim(), old_en.trim()) == (zh, en) {
        return Ok(false);
    }
    setting::set(&*work, &key, &json!([zh, en]).to_string(), work.now(), work.person()).await?;
    work.audit("settings.site", "site", name, json!({ "before": [old_zh, old_en], "after": [zh, en] })).await?;
    work.commit().await?;
    ctx.refresh().await?;
    Ok(true)
}

#[derive(FromQueryResult)]
struct Changed {
    name: String,
    at: i64,
    by_person: Option<i64>,
}

/// The page; `open` is the text whose form came back with errors.
///
/// # Errors
/// When the database fails.
pub(super) async fn page(ctx: &Ctx, form: &Form, open: Option<&str>, l: Locale) -> Result<Page, Fault> {
    let m = t(l);
    let site = ctx.site();
    let today = ctx.today();
    let changed: Vec<Changed> = ctx::all(
        ctx,
        "SELECT name, at, by_person FROM setting WHERE name >= ? AND name < ? ORDER BY name",
        [Value::from("site."), Value::from("site.~")],
    )
    .await?;
    let people = people::named(ctx, changed.iter().filter_map(|c| c.by_person).collect()).await?;
    let lines: Vec<ActionLine> = NAMES
        .into_iter()
        .map(|name| {
            let (zh, en) = (site.text(name, Locale::Zh), site.text(name, Locale::En));
            let last = changed.iter().find(|c| c.name.strip_prefix("site.") == Some(name));
            let is_open = open == Some(name);
            let body = Html::concat([
                text_field(name, Locale::Zh, if is_open { form.value(&format!("{name}-zh")) } else { zh }, form, l),
                text_field(name, Locale::En, if is_open { form.value(&format!("{name}-en")) } else { en }, form, l),
            ]);
            let was = if is_open && form.has("seen") { form.value("seen").to_owned() } else { seen(zh, en) };
            let mut note = Html::text(&excerpt(match l {
                Locale::Zh => zh,
                Locale::En => en,
            }));
            if note.is_empty() {
                note = components::quiet(m.setting_site_left_out());
            }
            if let Some(last) = last {
                let who = people::shown(&people, last.by_person, l);
                note = note.and(&Html::raw(" ")).and(&components::quiet(Html::fill(
                    &m.setting_site_changed(who, "{0}"),
                    &[dates::moment(last.at, today, l)],
                )));
            }
            ActionLine::form(
                &format!("text-{name}"),
                &label(name, l),
                &format!("/settings/site/{name}"),
                body,
                &m.setting_site_save(),
            )
            .hidden("seen", &was)
            .note(note)
            .open(is_open)
        })
        .collect();
    Ok(Page {
        crumbs: pages::crumbs(&m.setting_site_title(), l),
        head: components::page_head(&m.setting_site_title(), Html::text(&m.setting_site_lede()), Html::empty()),
        errors: components::error_summary(&form.errors(l), l),
        parts: vec![section("texts", &m.setting_site_texts(), Html::empty(), &components::actions(&lines, l))],
        aside_label: m.setting_aside(),
        aside: pages::aside(&[
            (m.setting_site_aside_effect(), Html::text(&m.setting_site_aside_effect_text())),
            (m.setting_site_aside_privacy(), Html::text(&m.setting_site_aside_privacy_text())),
            (
                m.setting_site_aside_who(),
                Html::text(&pages::enumerated(SITE_EDITORS.iter().map(|r| pages::role_words(*r, l)), l)),
            ),
        ]),
    })
}

fn text_field(name: &str, language: Locale, value: &str, form: &Form, l: Locale) -> Html {
    let m = t(l);
    let (id, words) = match language {
        Locale::Zh => (format!("{name}-zh"), m.setting_site_in_chinese()),
        Locale::En => (format!("{name}-en"), m.setting_site_in_english()),
    };
    let max = u32::try_from(longest(name)).unwrap_or(u32::MAX);
    let field = if name == "privacy" { Field::area(&id, words).rows(10).max(max) } else { Field::text(&id, words) };
    let field = field.attr("lang", language.tag()).value(value).error(form.error(&id, l));
    if OPTIONAL.contains(&name) { field.optional().html(l) } else { field.html(l) }
}

/// The beginning of a text, for the list.
fn excerpt(text: &str) -> String {
    const SHOWN: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > SHOWN || text.lines().count() > 1 {
        let mut out: String = line.chars().take(SHOWN).collect();
        out.push('\u{2026}');
        out
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_the_site_can_be_edited() {
        let shipped = huiqi_store::ctx::Site::shipped();
        let mut names: Vec<&str> = shipped.names().collect();
        let mut ours = NAMES.to_vec();
        names.sort_unstable();
        ours.sort_unstable();
        assert_eq!(names, ours);
    }

    #[test]
    fn one_language_alone_is_refused() {
        let mut form = Form::with([("hall-zh", "一楼"), ("hall-en", "")]);
        read(&mut form, "hall");
        assert!(form.error("hall-en", Locale::En).is_some() && form.error("hall-zh", Locale::Zh).is_none());
        let mut none = Form::with([("hall-zh", ""), ("hall-en", "")]);
        read(&mut none, "hall");
        assert!(none.ok());
        let mut name = Form::with([("name-zh", ""), ("name-en", "")]);
        read(&mut name, "name");
        assert_eq!(name.errors(Locale::Zh).len(), 2);
    }
}
