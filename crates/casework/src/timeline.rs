//! What happened to a case, as people read it.

use std::cmp::Ordering;

use huiqi_identity::role_label;
use huiqi_kernel::category::Category;
use huiqi_kernel::flow::AnyFlow;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::components::TimelineEntry;
use huiqi_web::layout::Html;

use crate::recount::Cause;
use crate::{t, urging};

/// A step as it stands in the table, with the names of who took it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct StepTaken {
    /// Action code.
    pub action: String,
    /// State before.
    pub from_state: String,
    /// State after.
    pub to_state: String,
    /// UTC milliseconds.
    pub at: i64,
    /// Role code, `bearer` or `system`.
    pub role: String,
    /// Name of the person.
    pub person: Option<String>,
    /// The same in English.
    pub person_en: Option<String>,
    /// Name of the organisation acted for.
    pub organisation: Option<String>,
    /// The same in English.
    pub organisation_en: Option<String>,
    /// Name of the window acted for.
    pub window_name: Option<String>,
    /// The same in English.
    pub window_en: Option<String>,
    /// What was said.
    pub words: Option<String>,
    /// Whether the firm reads the words.
    pub public: bool,
    /// Provision.
    pub article: String,
    /// Codes and numbers of the step, JSON.
    pub detail: String,
}

/// The note in a request's timeline that another one was merged into it; which one is not for everybody who reads it.
pub const MERGED_IN: &str = "merged-in";
/// The note that one merged into it is served separately again.
pub const MERGED_OUT: &str = "merged-out";

/// The note in a case's timeline that a supervision order was issued about it.
pub const SUPERVISE: &str = "supervise";

/// Every step of a case, newest first.
///
/// # Errors
/// When the database fails.
pub async fn steps(ctx: &Ctx, case: i64) -> Result<Vec<StepTaken>, Fault> {
    ctx::all(
        ctx,
        "SELECT s.action, s.from_state, s.to_state, s.at, s.role, p.name AS person, p.name_en AS person_en,
                o.name AS organisation, o.name_en AS organisation_en, w.name_en AS window_en,
                w.name AS window_name, s.words, s.public, s.article, s.detail
         FROM case_step s
         LEFT JOIN person p ON p.id = s.person
         LEFT JOIN membership m ON m.id = s.membership
         LEFT JOIN organisation o ON o.id = m.organisation
         LEFT JOIN service_window w ON w.id = m.service_window
         WHERE s.case_id = ? ORDER BY s.seq DESC",
        [Value::from(case)],
    )
    .await
}

impl StepTaken {
    /// Who took it, in words: organisation, role and name.
    pub fn who(&self, locale: Locale) -> String {
        match (self.role.as_str(), Role::from_code(&self.role)) {
            ("system", _) => t(locale).case_by_system(),
            // Whoever asks without an account has neither code nor link yet.
            ("bearer", _) if self.action == "submit" => t(locale).case_by_nameless(),
            ("bearer", _) => t(locale).case_by_bearer(),
            (_, Some(role)) => {
                let place = match &self.window_name {
                    Some(window) => in_words(window, self.window_en.as_deref(), locale),
                    None => in_words(
                        self.organisation.as_deref().unwrap_or_default(),
                        self.organisation_en.as_deref(),
                        locale,
                    ),
                };
                let name = in_words(self.person.as_deref().unwrap_or_default(), self.person_en.as_deref(), locale);
                if role.is_staff() {
                    t(locale).case_by_person(role_label(role, locale), name, place)
                } else {
                    t(locale).case_by_member(place, name)
                }
            }
            _ => self.role.clone(),
        }
    }
}

/// The steps as entries of the timeline. The firm and outsiders read only what was said in public; `asker_hidden`
/// leaves out who asks.
pub fn entries(
    steps: &[StepTaken],
    flow: Option<&dyn AnyFlow>,
    viewer: &Viewer,
    asker_hidden: bool,
    locale: Locale,
) -> Vec<TimelineEntry> {
    let staff = viewer.role().is_some_and(Role::is_staff);
    steps
        .iter()
        .filter(|step| staff || ![urging::ACTION, MERGED_IN, MERGED_OUT].contains(&step.action.as_str()))
        .map(|step| {
            let asker = step.role == "bearer" || Role::from_code(&step.role).is_some_and(|r| !r.is_staff());
            let detail: serde_json::Value = serde_json::from_str(&step.detail).unwrap_or_default();
            // What the program does because a handler has done something is that handler's.
            let by = detail.get(locale.pick("by", "by_en")).and_then(|v| v.as_str());
            let who = match by {
                _ if asker && asker_hidden => t(locale).case_by_hidden(),
                Some(by) if step.role == "system" => by.to_owned(),
                _ => step.who(locale),
            };
            // That the matter is supervised is told to everybody; by whom and why is the house's own.
            if step.action == SUPERVISE && !staff {
                return TimelineEntry {
                    icon: icon(&step.action),
                    title: t(locale).case_supervised(),
                    article: None,
                    at_ms: step.at,
                    body: Html::text(&t(locale).case_supervised_firm()),
                };
            }
            let mut body = Html::text(&who);
            if let Some(whom) = detail.get(locale.pick("whom", "whom_en")).and_then(|v| v.as_str()) {
                body = body.say(&match detail.get("order").and_then(|v| v.as_str()) {
                    Some(order) => t(locale).case_supervised_by(order, whom),
                    None => t(locale).urging_whom(whom),
                });
            }
            if let Some(words) = step.words.as_deref().filter(|_| staff || step.public) {
                body = body.say(&t(locale).case_said(words));
            }
            if let Some(words) = recounted(&detail, locale) {
                body = body.say(&words);
            }
            for (key, value) in detail.as_object().into_iter().flatten() {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let line = match key.as_str() {
                    "to" if locale == Locale::En && detail.get("to_en").is_some() => {
                        detail.get("to_en").and_then(|v| v.as_str()).map(|v| t(locale).case_detail_to(v))
                    }
                    "to" => Some(t(locale).case_detail_to(&text)),
                    "days" => Some(t(locale).case_detail_days(&text)),
                    "into" if staff => Some(t(locale).case_detail_into(&text)),
                    "category" => Category::by_code(&text).map(|c| t(locale).case_detail_category(c.name(locale))),
                    _ => None,
                };
                if let Some(line) = line {
                    body = body.say(&line);
                }
            }
            TimelineEntry {
                icon: icon(&step.action),
                title: match step.action.as_str() {
                    "recount" => t(locale).case_recounted(),
                    urging::ACTION => t(locale).urging_verb(),
                    SUPERVISE => t(locale).case_supervised(),
                    MERGED_IN => t(locale).case_merged_in(),
                    MERGED_OUT => t(locale).case_merged_out(),
                    other => flow.map_or_else(|| other.to_owned(), |f| f.action_label(other, locale)),
                },
                article: if staff { step.article.parse().ok() } else { None },
                at_ms: step.at,
                body,
            }
        })
        .collect()
}

/// Why a due day was counted anew, from when to when, in one sentence.
fn recounted(detail: &serde_json::Value, locale: Locale) -> Option<String> {
    let text = |key: &str| detail.get(key).and_then(|v| v.as_str());
    let (before, after) = (text("before")?, text("after")?);
    // Steps of an older program name the document of a stoppage, if anything.
    let why = serde_json::from_value::<Cause>(detail.clone()).map_or_else(
        |_| text("document").map_or_else(|| Cause::Year.words(locale), |d| t(locale).case_recount_document(d)),
        |cause| cause.words(locale),
    );
    let (from, to) = (day_words(before, locale), day_words(after, locale));
    let m = t(locale);
    // Days are stored so that they sort as text.
    Some(match before.cmp(after) {
        Ordering::Less => m.case_recount_later(&why, from, to),
        Ordering::Equal => m.case_recount_same(&why, to),
        Ordering::Greater => m.case_recount_sooner(&why, from, to),
    })
}

/// A stored day as people read it.
fn day_words(text: &str, locale: Locale) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |day| huiqi_web::dates::date_full_words(day, locale))
}

/// A name for a reader of this language: the English one where there is one.
pub fn in_words<'a>(zh: &'a str, en: Option<&'a str>, locale: Locale) -> &'a str {
    locale.pick(zh, en.filter(|e| !e.is_empty()).unwrap_or(zh))
}

/// The icon of an action: by what it means for the case.
pub fn icon(action: &str) -> &'static str {
    match action {
        "submit" | "register" => "edit",
        "return" | "pause" => "pause",
        "dispatch" | "add" | "forward" => "send",
        "decline" | "refuse" | "withdraw" | "give-up" | "recall" | "pass-over" => "no",
        "supervise" => "alert",
        "hear" | "speak" => "in",
        "urge-by-hand" => "bell",
        "urge" | "lapse" | "warn" | "recount" => "clock",
        "start" | "contact" | "resume" | "complete" | "redo" | "reopen" | "rework" => "run",
        _ => "done",
    }
}
