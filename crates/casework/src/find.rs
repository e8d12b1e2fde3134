//! Finding cases by words, for the search box of the workbench.

use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::search::{self, Kind};
use huiqi_store::{Ctx, Fault, ctx};

use crate::scope;

/// A case that was found.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Found {
    /// Number that people see.
    pub number: String,
    /// Code of the flow.
    pub flow: String,
    /// Kind of record inside the flow.
    pub kind: Option<String>,
    /// What it is about, in one line.
    pub title: String,
    /// Code of the state.
    pub state: String,
    /// When it was opened, UTC milliseconds.
    pub opened_at: i64,
}

/// Cases that hold all the words and that this viewer may see: what is open first, then the newest.
///
/// # Errors
/// When the database fails.
pub async fn by_words(ctx: &Ctx, viewer: &Viewer, words: &str, most: u64) -> Result<Vec<Found>, Fault> {
    let backend = ctx.db().backend();
    let (Some((request, mut values)), Some((improvement, more))) = (
        search::matches(backend, Kind::Request, "c.id", words),
        search::matches(backend, Kind::Improvement, "c.id", words),
    ) else {
        return Ok(Vec::new());
    };
    values.extend(more);
    let scope = scope::visible(viewer);
    values.extend(scope.values);
    let most = Value::from(i64::try_from(most).unwrap_or(i64::MAX));
    values.push(most);
    let text = format!(
        "SELECT c.number, c.flow, c.kind, c.title, c.state, c.opened_at FROM case_record c
         WHERE ({request} OR {improvement}) AND ({})
         ORDER BY CASE WHEN c.closed_at IS NULL THEN 0 ELSE 1 END, c.id DESC LIMIT ?",
        scope.sql
    );
    ctx::all(ctx, &text, values).await
}
