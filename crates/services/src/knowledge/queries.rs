//! Reads of the knowledge base.

use chrono::NaiveDate;
use huiqi_casework::record::{COLUMNS, Case};
use huiqi_casework::scope::{self, Scope};
use huiqi_casework::timeline::in_words;
use huiqi_kernel::category::Category;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::text;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, Work, ctx};

use super::flow::EntryFacts;
use super::rules::{self, Personal, Stripped};

/// An answer in force, as everybody may read it who finds it: the checked text and nothing of how it came about.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Answer {
    /// Number.
    pub number: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// What it rests on: a document, an article.
    pub basis: String,
    /// Service category.
    pub category: Option<String>,
    /// Last day it holds, ISO.
    pub until: String,
    /// How often it was used.
    pub uses: i64,
}

/// Answers in force that come closest to these words; without words, those used most. `category` counts for one more
/// word. It asks nobody's rights: what is in force has been checked to be read by any desk, and later by the public.
///
/// # Errors
/// When the database fails.
pub async fn search(ctx: &Ctx, words: &str, category: Option<Category>, limit: u64) -> Result<Vec<Answer>, Fault> {
    let code = category.map_or("", Category::code);
    let select =
        "SELECT c.number, k.live_question AS question, k.live_answer AS answer, k.live_basis AS basis, c.category,
            k.live_until AS until, k.uses FROM knowledge k JOIN case_record c ON c.id = k.case_id";
    let live = "k.live_until IS NOT NULL AND k.live_until >= ?";
    let today = Value::from(ctx.today().to_string());
    if words.trim().is_empty() {
        let text = format!(
            "{select} WHERE {live} AND (? = '' OR c.category = ?) ORDER BY k.uses DESC, k.case_id DESC LIMIT {limit}"
        );
        return ctx::all(ctx, &text, [today, Value::from(code), Value::from(code)]).await;
    }
    let Some((near, values)) = search::near(ctx.db().backend(), Kind::Knowledge, words) else { return Ok(Vec::new()) };
    let text = format!(
        "{select} JOIN ({near}) n ON n.id = k.case_id WHERE {live} AND n.hits >= ?
         ORDER BY n.hits + CASE WHEN c.category = ? THEN 1 ELSE 0 END DESC, k.uses DESC, k.case_id DESC LIMIT {limit}"
    );
    let more = [today, Value::from(least(words)), Value::from(code)];
    ctx::all(ctx, &text, values.into_iter().chain(more)).await
}

/// How many terms of a text must be found at least for something to be called close to it: a third of those that tell
/// something, two where there are several, and never more than eight.
pub(crate) fn least(words: &str) -> i64 {
    let terms = text::telling_terms(words).len().min(24) as i64;
    (terms / 3).clamp(if terms > 2 { 2 } else { 1 }, 8)
}

/// The entries a viewer may know of: those of his scope, and whatever is in force.
pub(super) fn visible(viewer: &Viewer) -> Scope {
    let all = scope::visible(viewer);
    Scope { sql: format!("({}) OR k.live_until IS NOT NULL", all.sql), values: all.values }
        .and("c.flow = 'knowledge'", [])
}

/// An entry with everything about it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Entry {
    /// The case.
    #[sea_orm(nested)]
    pub case: Case,
    /// The question as it is written now.
    pub question: String,
    /// The answer as it is written now.
    pub answer: String,
    /// What it rests on.
    pub basis: String,
    /// Last day it is to hold, ISO.
    pub valid_until: Option<String>,
    /// Whoever wrote what stands there now.
    pub author: Option<i64>,
    /// What was taken out of the closed request it was made from.
    pub stripped: String,
    /// Number of that request.
    pub source_number: Option<String>,
    /// Row id of that request.
    pub source: Option<i64>,
    /// The checked question, while it is in force.
    pub live_question: Option<String>,
    /// The checked answer.
    pub live_answer: Option<String>,
    /// What that rests on.
    pub live_basis: Option<String>,
    /// Last day of that.
    pub live_until: Option<String>,
    /// When it was checked, UTC milliseconds.
    pub checked_at: Option<i64>,
    /// Who checked it.
    pub checker: Option<String>,
    /// The same in English.
    pub checker_en: Option<String>,
    /// How often it was used.
    pub uses: i64,
    /// When last, UTC milliseconds.
    pub used_at: Option<i64>,
    /// Its house.
    pub house: Option<String>,
    /// The same in English.
    pub house_en: Option<String>,
    /// Its owner.
    pub owner: Option<String>,
    /// The same in English.
    pub owner_en: Option<String>,
    /// The owner's public number.
    pub owner_number: Option<String>,
}

const ENTRY: &str = "k.question, k.answer, k.basis, k.valid_until, k.author, k.stripped, s.number AS source_number, k.source,
    k.live_question, k.live_answer, k.live_basis, k.live_until, k.checked_at, p.name AS checker, p.name_en AS checker_en,
    k.uses, k.used_at, COALESCE(w.name, o.name) AS house,
    CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS house_en, h.name AS owner, h.name_en AS owner_en,
    h.number AS owner_number
    FROM knowledge k JOIN case_record c ON c.id = k.case_id LEFT JOIN case_record s ON s.id = k.source
    LEFT JOIN person p ON p.id = k.checked_by LEFT JOIN person h ON h.id = c.handler_person
    LEFT JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window";

impl Entry {
    /// What was taken out of its source.
    pub fn stripped(&self) -> Stripped {
        serde_json::from_str(&self.stripped).unwrap_or_default()
    }
    /// What is written now and may name somebody, each once.
    pub fn traces(&self, personal: &Personal) -> Vec<String> {
        let all = [self.question.as_str(), &self.answer, &self.basis].join("\n");
        rules::traces(&all, personal).into_iter().map(|(_, words)| words).collect()
    }
    /// Whether its checked text may be used on this day.
    pub fn is_live(&self, today: NaiveDate) -> bool {
        self.live_until.as_deref().and_then(|d| d.parse::<NaiveDate>().ok()).is_some_and(|day| day >= today)
    }
    /// Whether what is written now differs from what is in force.
    pub fn is_changed(&self) -> bool {
        self.live_until.is_some()
            && (self.live_question.as_deref() != Some(&self.question)
                || self.live_answer.as_deref() != Some(&self.answer)
                || self.live_basis.as_deref() != Some(&self.basis))
    }
    /// The name of its house for a reader of this language.
    pub fn house(&self, locale: Locale) -> &str {
        in_words(self.house.as_deref().unwrap_or_default(), self.house_en.as_deref(), locale)
    }
    /// The name of its owner for a reader of this language.
    pub fn owner(&self, locale: Locale) -> &str {
        in_words(self.owner.as_deref().unwrap_or_default(), self.owner_en.as_deref(), locale)
    }
    /// What the flow table asks.
    pub fn facts(&self, today: NaiveDate) -> EntryFacts {
        EntryFacts {
            case: self.case.clone(),
            author: self.author,
            whole: [&self.question, &self.answer, &self.basis].iter().all(|text| !text.trim().is_empty())
                && self.case.category.is_some(),
            valid_until: self.valid_until.as_deref().and_then(|d| d.parse().ok()),
            today,
        }
    }
}

/// One entry, if this viewer may know of it.
///
/// # Errors
/// [`Fault::NotFound`] when there is none, or not for this viewer.
pub async fn entry(ctx: &Ctx, viewer: &Viewer, number: &str) -> Result<Entry, Fault> {
    let scope = visible(viewer);
    let text = format!("SELECT {COLUMNS}, {ENTRY} WHERE c.number = ? AND ({})", scope.sql);
    ctx::one(ctx, &text, std::iter::once(Value::from(number)).chain(scope.values)).await?.ok_or(Fault::NotFound)
}

/// One entry inside a transaction, as those may change it who may see its case.
///
/// # Errors
/// [`Fault::NotFound`] when there is none, or not for this viewer.
pub async fn entry_in(work: &Work, viewer: &Viewer, number: &str) -> Result<Entry, Fault> {
    let scope = scope::visible(viewer);
    let text = format!("SELECT {COLUMNS}, {ENTRY} WHERE c.number = ? AND ({})", scope.sql);
    work.one(&text, std::iter::once(Value::from(number)).chain(scope.values)).await?.ok_or(Fault::NotFound)
}

/// What the list is narrowed by.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub words: String,
    pub category: Option<Category>,
    /// Code of a state, `own` for those of the viewer's house; everything otherwise.
    pub state: String,
    pub after: Option<i64>,
}

/// Rows of one page of the list.
pub(super) const PAGE: usize = 20;

/// One page of the list and one row more.
pub(super) async fn list(ctx: &Ctx, viewer: &Viewer, filter: &Filter) -> Result<Vec<Entry>, Fault> {
    let mut scope = visible(viewer);
    if !filter.words.trim().is_empty() {
        scope = match search::matches(ctx.db().backend(), Kind::Knowledge, "c.id", &filter.words) {
            Some((sql, values)) => scope.and(&sql, values),
            None => scope.and("1 = 0", []),
        };
    }
    if let Some(category) = filter.category {
        scope = scope.and("c.category = ?", [Value::from(category.code())]);
    }
    match (filter.state.as_str(), viewer.actor()) {
        ("own", Some(actor)) => {
            scope = match actor.window {
                Some(window) => scope.and("c.handler_window = ?", [Value::from(window)]),
                None => scope.and("c.handler_org = ? AND c.handler_window IS NULL", [Value::from(actor.organisation)]),
            }
        }
        ("live", _) => scope = scope.and("k.live_until >= ?", [Value::from(ctx.today().to_string())]),
        ("", _) => {}
        (state, _) => scope = scope.and("c.state = ?", [Value::from(state)]),
    }
    if let Some(after) = filter.after {
        scope = scope.and("c.id < ?", [Value::from(after)]);
    }
    let text = format!("SELECT {COLUMNS}, {ENTRY} WHERE {} ORDER BY c.id DESC LIMIT {}", scope.sql, PAGE + 1);
    ctx::all(ctx, &text, scope.values).await
}
