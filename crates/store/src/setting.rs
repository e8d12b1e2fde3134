//! Settings of the site that are edited on a page.

use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::db::sql;

/// The value of a setting, or `None` where it was never set.
///
/// # Errors
/// When the database fails.
pub async fn get(conn: &impl ConnectionTrait, name: &str) -> Result<Option<String>, DbErr> {
    conn.query_one_raw(sql(
        conn.get_database_backend(),
        "SELECT value FROM setting WHERE name = ?",
        [Value::from(name)],
    ))
    .await?
    .map(|row| row.try_get("", "value"))
    .transpose()
}

/// Every setting whose name starts with a prefix such as `site.`.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &impl ConnectionTrait, prefix: &str) -> Result<Vec<(String, String)>, DbErr> {
    let upper = format!("{prefix}\u{7e}");
    let rows = conn
        .query_all_raw(sql(
            conn.get_database_backend(),
            "SELECT name, value FROM setting WHERE name >= ? AND name < ? ORDER BY name",
            [Value::from(prefix), Value::from(upper)],
        ))
        .await?;
    rows.iter().map(|row| Ok((row.try_get("", "name")?, row.try_get("", "value")?))).collect()
}

/// Sets a value.
///
/// # Errors
/// When the database fails.
pub async fn set(
    conn: &impl ConnectionTrait,
    name: &str,
    value: &str,
    at: i64,
    person: Option<i64>,
) -> Result<(), DbErr> {
    conn.execute_raw(sql(
        conn.get_database_backend(),
        "INSERT INTO setting (name, value, at, by_person) VALUES (?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at, by_person = excluded.by_person",
        [Value::from(name), Value::from(value), Value::from(at), Value::from(person)],
    ))
    .await?;
    Ok(())
}
