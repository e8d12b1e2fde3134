//! Following a request without an account: number, query code and the last four digits of the phone open it for a day.

use huiqi_casework::record::{COLUMNS, Case};
use huiqi_kernel::rule::Count;
use huiqi_store::clock::DAY_MS;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use rand::Rng;
use sha2::{Digest, Sha256};

use super::flow::FLOW;

/// Name of the cookie that holds the pass.
pub const COOKIE: &str = "huiqi-follow";

/// How long a pass is good.
pub const PASS_S: i64 = 86_400;

fn digest(token: &str) -> String {
    huiqi_store::audit::hex(&Sha256::digest(token.as_bytes()))
}

/// Gives a pass to whoever knows number, query code and the last four digits of the phone.
///
/// Each number may be tried ten times an hour (a parameter); wrong in any of the three says the same.
///
/// # Errors
/// [`Fault::TooMany`], [`Fault::NotFound`].
pub async fn open(ctx: &Ctx, number: &str, code: &str, tail: &str) -> Result<(String, String), Fault> {
    let number = number.trim().to_uppercase();
    let tries = i64::from(ctx.rules().on(ctx.today()).count(Count::FollowUpTries));
    ctx.limit(&format!("follow:{number}"), tries, 3_600_000).await?;
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        query_code: String,
        phone: String,
    }
    let found: Option<Row> = ctx::one(
        ctx,
        "SELECT c.id, r.query_code, r.phone FROM case_record c JOIN request r ON r.case_id = c.id WHERE c.number = ?",
        [Value::from(number.clone())],
    )
    .await?;
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let tail: String = tail.chars().filter(char::is_ascii_digit).collect();
    let found = found
        .filter(|row| row.query_code == code && tail.len() == 4 && row.phone.ends_with(&tail))
        .ok_or(Fault::NotFound)?;
    Ok((number, grant(ctx, found.id).await?))
}

/// A pass for a request, as right after asking.
///
/// # Errors
/// When the database fails.
pub async fn grant(ctx: &Ctx, case: i64) -> Result<String, Fault> {
    let token: String = ctx.random(|r| (0..32).map(|_| format!("{:02x}", r.random::<u8>())).collect());
    let work = ctx.write(&huiqi_kernel::people::Viewer::Public).await?;
    work.run("DELETE FROM follow_pass WHERE expires_at < ?", [Value::from(work.now())]).await?;
    work.run(
        "INSERT INTO follow_pass (token_hash, case_id, expires_at) VALUES (?, ?, ?)",
        [Value::from(digest(&token)), Value::from(case), Value::from(work.now() + DAY_MS)],
    )
    .await?;
    work.commit().await?;
    Ok(token)
}

/// The request that a pass opens, if it is that one.
///
/// # Errors
/// [`Fault::NotFound`] when the pass is missing, over, or for another request.
pub async fn check(ctx: &Ctx, token: Option<&str>, number: &str) -> Result<Case, Fault> {
    let token = token.ok_or(Fault::NotFound)?;
    let text = format!(
        "SELECT {COLUMNS} FROM case_record c JOIN follow_pass f ON f.case_id = c.id
         WHERE f.token_hash = ? AND f.expires_at > ? AND c.number = ? AND c.flow = ?"
    );
    ctx::one(
        ctx,
        &text,
        [Value::from(digest(token)), Value::from(ctx.now()), Value::from(number), Value::from(FLOW.code)],
    )
    .await?
    .ok_or(Fault::NotFound)
}
