//! A slow-down for those who guess passwords.
//!
//! Wrong passwords are counted per account name and network address over the last 15 minutes. From the fourth on, the
//! next try must wait 1, 2, 4 … and at most 30 seconds after the last wrong one; a try that comes too early is
//! answered with the seconds left and is not looked at. A browser that has signed in to this account before (it
//! carries a device cookie) is counted by itself instead of by its address. So a stranger can slow down nobody but
//! those who share the address, and those by half a minute at most; and whoever took such a browser guesses no faster.

use huiqi_store::db::sql;
use huiqi_store::sea_orm::{ConnectionTrait, FromQueryResult};
use huiqi_store::{Ctx, Fault, ctx};

/// Wrong passwords that cost nothing yet.
const FREE: i64 = 3;
/// The longest wait, in seconds.
pub const LONGEST_S: i64 = 30;
/// How long a wrong password counts, in milliseconds.
const MEMORY_MS: i64 = 15 * 60_000;

/// Seconds to wait after so many wrong passwords.
pub fn pause_s(wrong: i64) -> i64 {
    match wrong - FREE {
        i64::MIN..=0 => 0,
        more => 1_i64.checked_shl(u32::try_from(more - 1).unwrap_or(u32::MAX)).unwrap_or(LONGEST_S).clamp(1, LONGEST_S),
    }
}

fn scope(login: &str, place: &str) -> String {
    format!("signin|{login}|{place}")
}

#[derive(FromQueryResult)]
struct Row {
    n: i64,
    last: Option<i64>,
}

/// Seconds this account name must wait from this address or browser; 0 when it may try now.
///
/// # Errors
/// When the database fails.
pub(super) async fn wait_s(ctx: &Ctx, login: &str, place: &str) -> Result<i64, Fault> {
    let now = ctx.now();
    let row: Option<Row> = ctx::one(
        ctx,
        "SELECT COUNT(*) AS n, MAX(at) AS last FROM attempt WHERE scope = ? AND at > ?",
        [scope(login, place).into(), (now - MEMORY_MS).into()],
    )
    .await?;
    let Some(Row { n, last: Some(last) }) = row else {
        return Ok(0);
    };
    let until = last + pause_s(n) * 1000;
    Ok(if now < until { (until - now + 999) / 1000 } else { 0 })
}

/// Notes a wrong password.
///
/// # Errors
/// When the database fails.
pub(super) async fn wrong(ctx: &Ctx, login: &str, place: &str) -> Result<(), Fault> {
    ctx.db()
        .write()
        .execute_raw(sql(
            ctx.db().backend(),
            "INSERT INTO attempt (scope, at) VALUES (?, ?)",
            [scope(login, place).into(), ctx.now().into()],
        ))
        .await?;
    Ok(())
}

/// Forgets the wrong passwords, after a right one.
///
/// # Errors
/// When the database fails.
pub(super) async fn right(ctx: &Ctx, login: &str, place: &str) -> Result<(), Fault> {
    ctx.db()
        .write()
        .execute_raw(sql(ctx.db().backend(), "DELETE FROM attempt WHERE scope = ?", [scope(login, place).into()]))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_at_half_a_minute() {
        assert_eq!([0, 3, 4, 5, 6, 7, 8, 9, 80].map(pause_s), [0, 0, 1, 2, 4, 8, 16, 30, 30]);
    }
}
