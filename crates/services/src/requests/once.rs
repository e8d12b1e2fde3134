//! A form that is sent twice makes one request.
//!
//! The page that asks carries a key of its own, drawn when it was shown. The first transaction that brings the key
//! keeps it; another with the same key – a second tap, a post sent again after the answer was lost – waits for the first
//! and gets its receipt. Keys are forgotten after two days.

use huiqi_store::clock::DAY_MS;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work};
use rand::Rng;

use super::actions::Receipt;

/// Longest key that is kept; ours are shorter.
const LONGEST: usize = 64;

/// A key for one showing of a form.
pub fn key(ctx: &Ctx) -> String {
    ctx.random(|r| (0..16).map(|_| format!("{:02x}", r.random::<u8>())).collect())
}

fn is_key(key: &str) -> bool {
    (16..=LONGEST).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Takes the key, or gives the receipt of the request that was made with it before.
pub(super) async fn taken_in(work: &Work, key: &str) -> Result<Option<Receipt>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        id: i64,
        number: String,
        query_code: String,
    }
    if !is_key(key) {
        return Ok(None);
    }
    work.run("DELETE FROM request_once WHERE at < ?", [Value::from(work.now() - 2 * DAY_MS)]).await?;
    // Where another transaction is just about to keep the same key, this line waits until that one has ended.
    let added = work
        .run(
            "INSERT INTO request_once (form_key, at) VALUES (?, ?) ON CONFLICT (form_key) DO NOTHING",
            [Value::from(key), Value::from(work.now())],
        )
        .await?;
    if added > 0 {
        return Ok(None);
    }
    let found: Option<Row> = work
        .one(
            "SELECT c.id, c.number, r.query_code FROM request_once o JOIN case_record c ON c.id = o.case_id
             JOIN request r ON r.case_id = c.id WHERE o.form_key = ?",
            [Value::from(key)],
        )
        .await?;
    Ok(found.map(|row| Receipt { number: row.number, code: row.query_code, case: row.id }))
}

/// Notes which request was made with the key.
pub(super) async fn keep_in(work: &Work, key: &str, case: i64) -> Result<(), Fault> {
    if is_key(key) {
        work.run("UPDATE request_once SET case_id = ? WHERE form_key = ?", [Value::from(case), Value::from(key)])
            .await?;
    }
    Ok(())
}
