//! Dated migrations, collected from the slices and applied in order, each whole.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::db::{Db, sql};
use crate::dialect;

/// One change of the tables. Once it has run anywhere it is never edited; a later one follows it.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Date, running number and slice, as in `2026-11-24.01 store`. Applied in this order.
    pub id: &'static str,
    /// Statements, with the type words of [`dialect::words`].
    pub sql: &'static [&'static str],
}

/// The tables of this crate itself.
pub const MIGRATIONS: &[Migration] = &[Migration {
    id: "2026-11-24.00 store",
    sql: &[
        "CREATE TABLE setting (name {key} PRIMARY KEY, value {text} NOT NULL, at {int} NOT NULL, by_person {int})",
        "CREATE TABLE counter (series {key} PRIMARY KEY, value {int} NOT NULL)",
        "CREATE TABLE audit_entry (
            id {id}, at {int} NOT NULL, person {int}, membership {int}, role {key} NOT NULL, action {key} NOT NULL,
            subject {key} NOT NULL, number {key} NOT NULL, detail {text} NOT NULL, form {int} NOT NULL,
            seq {int} UNIQUE, hash {key})",
        "CREATE INDEX audit_entry_number ON audit_entry (number, id)",
        "CREATE INDEX audit_entry_at ON audit_entry (at)",
        "CREATE TABLE job (
            name {key} PRIMARY KEY, next_at {int} NOT NULL, locked_by {key}, locked_until {int},
            started_at {int}, finished_at {int}, runs {int} NOT NULL, done {int} NOT NULL, failed {int} NOT NULL,
            last_error {text})",
        "CREATE TABLE attempt (scope {key} NOT NULL, at {int} NOT NULL)",
        "CREATE INDEX attempt_scope ON attempt (scope, at)",
        "CREATE TABLE stored_file (
            id {id}, number {key} NOT NULL UNIQUE, name {text} NOT NULL, kind {key} NOT NULL, bytes {int} NOT NULL,
            sha256 {key} NOT NULL, path {text} NOT NULL, preview {text}, at {int} NOT NULL, person {int})",
        "CREATE TABLE rule_version (
            version {int} PRIMARY KEY, rule_set {key} NOT NULL, in_force_from {key} NOT NULL, changes {text} NOT NULL,
            reason {text} NOT NULL, state {key} NOT NULL, proposed_by {int} NOT NULL, proposed_at {int} NOT NULL,
            decided_by {int}, decided_at {int})",
        "CREATE TABLE calendar_year (year {int} PRIMARY KEY, text {text} NOT NULL, at {int} NOT NULL, person {int})",
        "CREATE TABLE stoppage (
            id {id}, from_day {key} NOT NULL, to_day {key} NOT NULL, document {text} NOT NULL, reason {text} NOT NULL,
            at {int} NOT NULL, person {int})",
    ],
}];

/// Applies what has not been applied yet; returns the ids of what was.
///
/// # Errors
/// When a statement fails: that migration is rolled back and nothing after it runs.
pub async fn run(db: &Db, mut migrations: Vec<Migration>) -> Result<Vec<&'static str>, DbErr> {
    let backend = db.backend();
    migrations.extend_from_slice(MIGRATIONS);
    migrations.sort_by_key(|m| m.id);
    db.write()
        .execute_unprepared(&dialect::words(
            "CREATE TABLE IF NOT EXISTS migration (id {key} PRIMARY KEY, at {int} NOT NULL)",
            backend,
        ))
        .await?;
    let known = applied(db).await?;
    let mut done = Vec::new();
    for migration in migrations.iter().filter(|m| !known.contains(m.id)) {
        let tx = db.begin().await?;
        if migration.id == MIGRATIONS[0].id {
            for statement in dialect::search::create(backend) {
                tx.execute_unprepared(statement).await?;
            }
        }
        for statement in migration.sql {
            tx.execute_unprepared(&dialect::words(statement, backend)).await?;
        }
        tx.execute_raw(sql(
            backend,
            "INSERT INTO migration (id, at) VALUES (?, ?)",
            [Value::from(migration.id), Value::from(crate::clock::Clock::Machine.now())],
        ))
        .await?;
        tx.commit().await?;
        done.push(migration.id);
    }
    Ok(done)
}

/// Ids of the migrations this database has.
///
/// # Errors
/// When the database fails; a database without the table has none.
pub async fn applied(db: &Db) -> Result<BTreeSet<String>, DbErr> {
    let rows = db.write().query_all_raw(sql(db.backend(), "SELECT id FROM migration", [])).await;
    match rows {
        Ok(rows) => rows.iter().map(|row| row.try_get("", "id")).collect(),
        Err(_) => Ok(BTreeSet::new()),
    }
}

/// Whether every one of these has been applied.
///
/// # Errors
/// When the database fails.
pub async fn complete(db: &Db, migrations: &[Migration]) -> Result<bool, DbErr> {
    let known = applied(db).await?;
    Ok(MIGRATIONS.iter().chain(migrations).all(|m| known.contains(m.id)))
}
