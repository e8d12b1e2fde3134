//! Full-text search of workbench lists: FTS5 on SQLite, `tsvector` on PostgreSQL, over the same cut text.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use crate::db::sql;

/// Statements that create the search table.
pub fn create(backend: DbBackend) -> &'static [&'static str] {
    if backend == DbBackend::Sqlite {
        &[
            "CREATE VIRTUAL TABLE search_doc USING fts5(terms, tokenize = \"unicode61 remove_diacritics 0\", detail = 'none')",
        ]
    } else {
        &[
            "CREATE TABLE search_doc (doc BIGINT PRIMARY KEY, terms tsvector NOT NULL)",
            "CREATE INDEX search_doc_terms ON search_doc USING gin (terms)",
        ]
    }
}

/// Puts the terms of many documents in place of what stood there before.
///
/// # Errors
/// When the database fails.
pub async fn put(conn: &impl ConnectionTrait, docs: &[(i64, String)], known: bool) -> Result<(), DbErr> {
    let backend = conn.get_database_backend();
    for part in docs.chunks(400) {
        let marks = vec!["(?, ?)"; part.len()].join(", ");
        if backend == DbBackend::Sqlite {
            if known {
                let ids = vec!["?"; part.len()].join(", ");
                let text = format!("DELETE FROM search_doc WHERE rowid IN ({ids})");
                conn.execute_raw(sql(backend, &text, part.iter().map(|d| Value::from(d.0)))).await?;
            }
            let text = format!("INSERT INTO search_doc (rowid, terms) VALUES {marks}");
            let values = part.iter().flat_map(|d| [Value::from(d.0), Value::from(d.1.clone())]);
            conn.execute_raw(sql(backend, &text, values)).await?;
        } else {
            let marks =
                vec!["(?, array_to_tsvector(array_remove(string_to_array(?, ' '), '')))"; part.len()].join(", ");
            let text = format!(
                "INSERT INTO search_doc (doc, terms) VALUES {marks} ON CONFLICT (doc) DO UPDATE SET terms = excluded.terms"
            );
            let values = part.iter().flat_map(|d| [Value::from(d.0), Value::from(d.1.clone())]);
            conn.execute_raw(sql(backend, &text, values)).await?;
        }
    }
    Ok(())
}

/// The condition `doc matches all terms` as SQL selecting document numbers in a range, with its values.
///
/// A term that consists of digits and Latin letters matches by its beginning, so that half a code finds the firm.
pub fn select(backend: DbBackend, terms: &[String], range: (i64, i64)) -> (String, Vec<Value>) {
    let latin = |t: &str| t.chars().all(|c| c.is_ascii_alphanumeric()) && t.len() >= 2;
    if backend == DbBackend::Sqlite {
        let query = terms
            .iter()
            .map(|t| format!("\"{}\"{}", t.replace('"', "\"\""), if latin(t) { "*" } else { "" }))
            .collect::<Vec<_>>()
            .join(" AND ");
        (
            "SELECT rowid FROM search_doc WHERE search_doc MATCH ? AND rowid BETWEEN ? AND ?".to_owned(),
            vec![query.into(), range.0.into(), range.1.into()],
        )
    } else {
        let query = terms
            .iter()
            .map(|t| {
                let quoted = t.replace('\\', "\\\\").replace('\'', "''");
                format!("'{quoted}'{}", if latin(t) { ":*" } else { "" })
            })
            .collect::<Vec<_>>()
            .join(" & ");
        (
            "SELECT doc FROM search_doc WHERE terms @@ CAST(? AS tsquery) AND doc BETWEEN ? AND ?".to_owned(),
            vec![query.into(), range.0.into(), range.1.into()],
        )
    }
}
