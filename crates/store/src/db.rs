//! The database handle: several readers, one writer, and a count of statements.

use std::cell::Cell;
use std::future::Future;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait, Value,
};

tokio::task_local! {
    static STATEMENTS: Cell<u32>;
}

/// Runs a future and tells how many database statements it made.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, u32) {
    STATEMENTS
        .scope(Cell::new(0), async {
            let out = work.await;
            (out, STATEMENTS.with(Cell::get))
        })
        .await
}

/// Statements made so far inside the current [`counted`] scope.
pub fn statements() -> u32 {
    STATEMENTS.try_with(Cell::get).unwrap_or(0)
}

/// Where the data is.
#[derive(Clone, Debug)]
pub struct Db {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Db {
    /// Opens the database at a `sqlite:` or `postgres:` URL.
    ///
    /// SQLite gets write-ahead logging, enforced foreign keys, one writing connection and several reading ones, so
    /// that a long read never stops a step and two steps never meet half-way.
    ///
    /// # Errors
    /// When the database cannot be reached or opened.
    pub async fn open(url: &str) -> Result<Db, DbErr> {
        if url.starts_with("sqlite:") {
            let writer = connect_sqlite(url, 1, false).await?;
            let readers = connect_sqlite(url, 6, true).await?;
            Ok(Db { readers, writer })
        } else {
            let mut options = ConnectOptions::new(url);
            options
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(20))
                .sqlx_logging(false)
                .map_sqlx_postgres_opts(|o| o.options([("timezone", "UTC")]));
            let mut pool = Database::connect(options).await?;
            count_on(&mut pool);
            Ok(Db { readers: pool.clone(), writer: pool })
        }
    }

    /// The connections for reading.
    pub fn read(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// Which of the two databases this is.
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// Starts a writing transaction; on SQLite it takes the write lock at once.
    ///
    /// # Errors
    /// When the database does not answer, or stays locked longer than the busy timeout.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        self.writer
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            })
            .await
    }

    /// The writing connection outside a transaction, for single statements such as claiming a job.
    pub fn write(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Closes all connections.
    pub async fn close(self) {
        let Db { readers, writer } = self;
        let _ = readers.close().await;
        let _ = writer.close().await;
    }
}

async fn connect_sqlite(url: &str, connections: u32, reading: bool) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |o| {
            let o = o
                .create_if_missing(!reading)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(20))
                .pragma("cache_size", "-8000")
                .pragma("temp_store", "memory");
            if reading { o.pragma("query_only", "on") } else { o }
        });
    let mut pool = Database::connect(options).await?;
    count_on(&mut pool);
    Ok(pool)
}

fn count_on(pool: &mut DatabaseConnection) {
    pool.set_metric_callback(|info| {
        let _ = STATEMENTS.try_with(|n| n.set(n.get() + 1));
        if info.elapsed > Duration::from_millis(500) {
            tracing::warn!(elapsed_ms = info.elapsed.as_millis() as u64, sql = %info.statement.sql, "slow statement");
        }
    });
}

/// A statement written once for both databases: `?` marks a value, in order.
///
/// The text must not contain a question mark in a literal.
pub fn sql(backend: DbBackend, text: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    if backend == DbBackend::Postgres {
        let mut numbered = String::with_capacity(text.len() + 16);
        let mut n = 0;
        for c in text.chars() {
            if c == '?' {
                n += 1;
                numbered.push('$');
                numbered.push_str(&n.to_string());
            } else {
                numbered.push(c);
            }
        }
        Statement::from_sql_and_values(backend, numbered, values)
    } else {
        Statement::from_sql_and_values(backend, text, values)
    }
}
