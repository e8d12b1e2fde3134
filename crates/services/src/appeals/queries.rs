//! Reads about appeals.

use huiqi_casework::scope::{self, Scope};
use huiqi_casework::timeline::in_words;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};

/// An appeal's own details.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Detail {
    /// Number of the request that was rated.
    pub request_number: String,
    /// The grade, 1–5.
    pub grade: i64,
    /// What the rater said with it.
    pub said: Option<String>,
    /// When the grade was given, UTC milliseconds.
    pub rated_at: i64,
    /// Why it should not count.
    pub ground: String,
    /// The same in words.
    pub words: String,
    /// What the rater was asked.
    pub asked: Option<String>,
    /// What the rater answered.
    pub rater_words: Option<String>,
    /// The reasons of the decision.
    pub decision: Option<String>,
    /// Whoever was rated.
    pub rated: String,
    /// The same in English.
    pub rated_en: Option<String>,
    /// The answer that was rated; none where another one stands now.
    pub answer: Option<String>,
}

impl Detail {
    /// Whoever was rated, for a reader of this language.
    pub fn rated(&self, locale: Locale) -> &str {
        in_words(&self.rated, self.rated_en.as_deref(), locale)
    }
}

/// An appeal's details.
///
/// # Errors
/// [`Fault::NotFound`] when the case is no appeal.
pub async fn detail(ctx: &Ctx, case: i64) -> Result<Detail, Fault> {
    ctx::one(
        ctx,
        "SELECT r.number AS request_number, a.grade, g.words AS said, g.at AS rated_at, a.ground, a.words, a.asked,
            a.rater_words, a.decision, COALESCE(w.name, o.name) AS rated,
            CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS rated_en,
            CASE WHEN q.answered_at = g.answered_at THEN q.answer END AS answer
         FROM rating_appeal a JOIN case_record c ON c.id = a.case_id JOIN case_record r ON r.id = a.request
         JOIN rating g ON g.id = a.rating JOIN request q ON q.case_id = a.request
         JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window
         WHERE a.case_id = ?",
        [Value::from(case)],
    )
    .await?
    .ok_or(Fault::NotFound)
}

/// An appeal in a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Line {
    /// Row id, for paging.
    pub id: i64,
    /// Number.
    pub number: String,
    /// Title of the request.
    pub title: String,
    /// State.
    pub state: String,
    /// Last day for the decision, ISO.
    pub due_on: Option<String>,
    /// The grade.
    pub grade: i64,
    /// Whoever was rated.
    pub rated: String,
    /// The same in English.
    pub rated_en: Option<String>,
    /// When it was filed, UTC milliseconds.
    pub opened_at: i64,
}

impl Line {
    /// Whoever was rated, for a reader of this language.
    pub fn rated(&self, locale: Locale) -> &str {
        in_words(&self.rated, self.rated_en.as_deref(), locale)
    }
}

/// The appeals this viewer may see, newest first.
///
/// # Errors
/// When the database fails.
pub async fn lines(ctx: &Ctx, viewer: &Viewer, after: Option<i64>, most: usize) -> Result<Vec<Line>, Fault> {
    let mut scope: Scope = scope::visible(viewer).and("c.flow = 'rating-appeal'", []);
    if let Some(after) = after {
        scope = scope.and("c.id < ?", [Value::from(after)]);
    }
    let text = format!(
        "SELECT c.id, c.number, c.title, c.state, c.due_on, a.grade, COALESCE(w.name, o.name) AS rated,
            CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS rated_en, c.opened_at
         FROM case_record c JOIN rating_appeal a ON a.case_id = c.id
         JOIN organisation o ON o.id = c.handler_org LEFT JOIN service_window w ON w.id = c.handler_window
         WHERE {} ORDER BY c.id DESC LIMIT {most}",
        scope.sql
    );
    ctx::all(ctx, &text, scope.values).await
}
