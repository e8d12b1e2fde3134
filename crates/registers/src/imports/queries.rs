//! Reads of imports.

use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Ctx, Fault, ctx};

use super::{Kind, State};

/// An import with its counts.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Import {
    pub id: i64,
    pub number: String,
    pub kind: String,
    pub file_name: String,
    pub path: String,
    pub bytes: i64,
    pub state: String,
    pub dry_run: bool,
    pub headings: Option<String>,
    pub unused: Option<String>,
    pub rows_read: i64,
    pub rows_new: i64,
    pub rows_changed: i64,
    pub rows_same: i64,
    pub rows_refused: i64,
    pub done_new: i64,
    pub done_changed: i64,
    pub done_same: i64,
    pub done_refused: i64,
    pub failure_zh: Option<String>,
    pub failure_en: Option<String>,
    pub person: Option<i64>,
    pub person_name: Option<String>,
    pub membership: Option<i64>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
}

impl Import {
    pub(super) fn kind(&self) -> Kind {
        Kind::from_code(&self.kind).unwrap_or(Kind::Enterprises)
    }

    pub(super) fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Failed)
    }

    /// Whether a runner is at work or will be.
    pub(super) fn is_running(&self) -> bool {
        matches!(self.state(), State::Reading | State::Applying)
    }

    /// Headings of the file as they stood there.
    pub(super) fn headings(&self) -> Vec<String> {
        list(self.headings.as_deref())
    }

    /// Headings that belong to no column of ours.
    pub(super) fn unused(&self) -> Vec<String> {
        list(self.unused.as_deref())
    }
}

fn list(json: Option<&str>) -> Vec<String> {
    json.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

const IMPORT: &str = "SELECT i.id, i.number, i.kind, i.file_name, i.path, i.bytes, i.state, i.dry_run, i.headings, i.unused,
    i.rows_read, i.rows_new, i.rows_changed, i.rows_same, i.rows_refused, i.done_new, i.done_changed, i.done_same,
    i.done_refused, i.failure_zh, i.failure_en, i.person, p.name AS person_name, i.membership, i.created_at, i.finished_at
    FROM register_import i LEFT JOIN person p ON p.id = i.person";

pub(super) async fn by_number(ctx: &Ctx, number: &str) -> Result<Import, Fault> {
    ctx::one(ctx, &format!("{IMPORT} WHERE i.number = ?"), [number.into()]).await?.ok_or(Fault::NotFound)
}

pub(super) async fn by_id(ctx: &Ctx, id: i64) -> Result<Import, Fault> {
    ctx::one(ctx, &format!("{IMPORT} WHERE i.id = ?"), [id.into()]).await?.ok_or(Fault::NotFound)
}

/// The last fifty imports, newest first.
pub(super) async fn latest(ctx: &Ctx) -> Result<Vec<Import>, Fault> {
    ctx::all(ctx, &format!("{IMPORT} ORDER BY i.id DESC LIMIT 50"), []).await
}

/// An import that nobody works on although it should go on.
pub(super) async fn next_due(ctx: &Ctx) -> Result<Option<i64>, Fault> {
    #[derive(FromQueryResult)]
    struct Id {
        id: i64,
    }
    let row: Option<Id> = ctx::one(
        ctx,
        "SELECT id FROM register_import WHERE state IN ('reading', 'applying') AND lease < ? ORDER BY id LIMIT 1",
        [ctx.now().into()],
    )
    .await?;
    Ok(row.map(|r| r.id))
}

/// A row that was refused.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Refused {
    pub line: i64,
    pub payload: String,
    pub reason_zh: Option<String>,
    pub reason_en: Option<String>,
}

/// Refused rows after a line, in the order of the file.
pub(super) async fn refused(ctx: &Ctx, import: i64, after: i64, limit: u64) -> Result<Vec<Refused>, Fault> {
    ctx::all(
        ctx,
        &format!(
            "SELECT line, payload, reason_zh, reason_en FROM register_import_row
             WHERE import = ? AND state = 'refused' AND line > ? ORDER BY line LIMIT {limit}"
        ),
        [import.into(), after.into()],
    )
    .await
}
