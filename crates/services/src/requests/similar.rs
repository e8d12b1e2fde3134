//! Closed requests that are close to what is being asked now.

use huiqi_casework::scope;
use huiqi_kernel::category::Category;
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, ctx};

use super::flow::{RequestKind, State};
use crate::knowledge;

/// A closed request with its answer.
#[derive(Clone, Debug)]
pub struct Similar {
    /// Number.
    pub number: String,
    /// What was asked, in one line, without names.
    pub title: String,
    /// The answer, without names.
    pub answer: String,
    /// Service category.
    pub category: Option<String>,
    /// When it was closed, UTC milliseconds.
    pub closed_at: i64,
}

#[derive(FromQueryResult)]
struct Row {
    number: String,
    title: String,
    answer: String,
    category: Option<String>,
    closed_at: i64,
    firm: Option<String>,
    contact: String,
    phone: String,
}

/// Closed requests with an answer that come closest to these words, among those this viewer may see; never reports, and
/// no complaints about somebody. `category` counts for one more word. Names and numbers of the firm that asked are taken
/// out: the answer may be read to another.
///
/// # Errors
/// When the database fails.
pub async fn closed(
    ctx: &Ctx,
    viewer: &Viewer,
    words: &str,
    category: Option<Category>,
    limit: u64,
) -> Result<Vec<Similar>, Fault> {
    let Some((near, values)) = search::near(ctx.db().backend(), Kind::Request, words) else { return Ok(Vec::new()) };
    let scope = scope::visible(viewer);
    let text = format!(
        "SELECT c.number, c.title, r.answer, c.category, c.closed_at, COALESCE(f.name, c.asker) AS firm,
            r.contact_name AS contact, r.phone
         FROM ({near}) n JOIN case_record c ON c.id = n.id JOIN request r ON r.case_id = c.id
         LEFT JOIN organisation f ON f.id = c.firm
         WHERE c.state = ? AND c.closed_at IS NOT NULL AND r.answer IS NOT NULL AND r.answer <> ''
           AND COALESCE(c.kind, '') <> ? AND r.about_org IS NULL AND n.hits >= ? AND ({})
         ORDER BY n.hits + CASE WHEN c.category = ? THEN 1 ELSE 0 END DESC, c.id DESC LIMIT {limit}",
        scope.sql
    );
    let mut all = values;
    all.extend([
        Value::from(State::Closed.code()),
        Value::from(RequestKind::Report.code()),
        Value::from(knowledge::queries::least(words)),
    ]);
    all.extend(scope.values);
    all.push(Value::from(category.map_or("", Category::code)));
    let rows: Vec<Row> = ctx::all(ctx, &text, all).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let clean =
                |text: &str| knowledge::actions::without_names(text, row.firm.as_deref(), &row.contact, &row.phone);
            Similar {
                title: clean(&row.title),
                answer: clean(&row.answer),
                number: row.number,
                category: row.category,
                closed_at: row.closed_at,
            }
        })
        .collect())
}
