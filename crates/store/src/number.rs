//! Numbers that people see.

use rand::Rng;
use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::db::sql;

/// The next number of a series, starting at 1. Two transactions never get the same; a rolled-back one leaves no gap.
///
/// # Errors
/// When the database fails.
pub async fn next(conn: &impl ConnectionTrait, series: &str) -> Result<i64, DbErr> {
    take(conn, series, 1).await
}

/// Takes `count` numbers at once; returns the first.
///
/// # Errors
/// When the database fails.
pub async fn take(conn: &impl ConnectionTrait, series: &str, count: i64) -> Result<i64, DbErr> {
    let row = conn
        .query_one_raw(sql(
            conn.get_database_backend(),
            "INSERT INTO counter (series, value) VALUES (?, ?)
             ON CONFLICT (series) DO UPDATE SET value = counter.value + excluded.value RETURNING value",
            [Value::from(series), Value::from(count)],
        ))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(series.to_owned()))?;
    let last: i64 = row.try_get("", "value")?;
    Ok(last - count + 1)
}

/// A number such as `FW-2026-000123`.
///
/// # Errors
/// When the database fails.
pub async fn yearly(conn: &impl ConnectionTrait, prefix: &str, year: i32) -> Result<String, DbErr> {
    let n = next(conn, &format!("{prefix}-{year}")).await?;
    Ok(format!("{prefix}-{year}-{n:06}"))
}

/// Characters of query codes: no look-alikes (no 0 O 1 I L, no 2 Z, no 5 S, no 8 B, no U V).
pub const CODE_ALPHABET: &[u8] = b"34679ACDEFGHJKMNPQRTWXY";

/// A query code of eight characters that can be read out on the phone.
pub fn query_code(random: &mut impl Rng) -> String {
    (0..8).map(|_| CODE_ALPHABET[random.random_range(0..CODE_ALPHABET.len())] as char).collect()
}
