//! One-time codes with which a password is set.

use huiqi_store::number::query_code;
use huiqi_store::sea_orm::FromQueryResult;
use huiqi_store::{Fault, Work};
use serde_json::json;

use super::token;
use crate::people::queries;

/// How long a code sent by mail is good.
pub const CODE_BY_MAIL_MS: i64 = 30 * 60_000;
/// How long a code issued by a manager or the desk is good.
pub const CODE_BY_HAND_MS: i64 = 24 * 3_600_000;
/// How long the code for the first password of a new account is good.
pub const FIRST_PASSWORD_MS: i64 = 7 * 86_400_000;

/// Wrong tries after which a code is worth nothing.
const TRIES: i64 = 5;

fn digest(person: i64, code: &str) -> String {
    token::digest(&format!("{person}:{code}"))
}

/// Issues a code with which this person can set a password; earlier ones stop working. `reason` is written where
/// somebody else asked for it. Returns the code.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such person.
pub async fn issue_code_in(work: &Work, person: i64, valid_ms: i64, reason: Option<&str>) -> Result<String, Fault> {
    let known = queries::person_in(work, person).await?.ok_or(Fault::NotFound)?;
    let code = work.ctx().random(query_code);
    work.run(
        "UPDATE one_time_code SET used_at = ? WHERE person = ? AND purpose = 'password' AND used_at IS NULL",
        [work.now().into(), person.into()],
    )
    .await?;
    work.run(
        "INSERT INTO one_time_code (purpose, person, hash, at, expires_at, tries, issued_by, reason)
         VALUES ('password', ?, ?, ?, ?, 0, ?, ?)",
        [
            person.into(),
            digest(person, &code).into(),
            work.now().into(),
            (work.now() + valid_ms).into(),
            work.person().into(),
            reason.map(str::to_owned).into(),
        ],
    )
    .await?;
    work.audit("signin.code-issued", "person", &known.number, json!({ "by_hand": reason.is_some() })).await?;
    Ok(code)
}

/// Uses a code up if it is right; a wrong one counts against it. The caller commits in both cases.
///
/// # Errors
/// When the database fails.
pub(super) async fn use_code_in(work: &Work, person: i64, typed: &str) -> Result<bool, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        hash: String,
    }
    let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase();
    let row: Option<Row> = work
        .one(
            "SELECT id, hash FROM one_time_code
             WHERE person = ? AND purpose = 'password' AND used_at IS NULL AND expires_at > ? AND tries < ?
             ORDER BY id DESC LIMIT 1",
            [person.into(), work.now().into(), TRIES.into()],
        )
        .await?;
    let Some(row) = row else { return Ok(false) };
    if row.hash == digest(person, &typed) {
        let used = work
            .run(
                "UPDATE one_time_code SET used_at = ? WHERE id = ? AND used_at IS NULL",
                [work.now().into(), row.id.into()],
            )
            .await?;
        Ok(used == 1)
    } else {
        work.run("UPDATE one_time_code SET tries = tries + 1 WHERE id = ?", [row.id.into()]).await?;
        Ok(false)
    }
}
