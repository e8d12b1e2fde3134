//! The audit log: written in the transaction of the change, chained afterwards, verifiable offline.
//!
//! An entry has a canonical byte form with a version number ([`canonical`]). Personal data stands in it by reference
//! (row ids, numbers), so that erasing a person does not break the chain. One sealer job numbers committed entries
//! and chains each to the one before; chaining inside the transaction would make every writer wait for every other.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Value};
use sha2::{Digest, Sha256};

use crate::db::{Db, sql};

/// Version of the canonical form written today.
pub const FORM: i64 = 1;

/// An entry as it stands in the table.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Entry {
    /// Row id.
    pub id: i64,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Row id of the person; absent where the program acted.
    pub person: Option<i64>,
    /// Row id of the membership acted under.
    pub membership: Option<i64>,
    /// Role acted in, `system` or `bearer`.
    pub role: String,
    /// What was done: `slice.action`.
    pub action: String,
    /// Kind of record.
    pub subject: String,
    /// Number of the record that people see.
    pub number: String,
    /// What changed, as JSON without personal data.
    pub detail: String,
    /// Version of the canonical form.
    pub form: i64,
    /// Place in the chain, from 1; absent until sealed.
    pub seq: Option<i64>,
    /// Hash of the chain up to here, hexadecimal.
    pub hash: Option<String>,
}

/// The bytes of an entry that are hashed: every field with its length before it, so that no two entries share them.
pub fn canonical(entry: &Entry) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let fields = [
        entry.form.to_string(),
        entry.id.to_string(),
        entry.at.to_string(),
        number(entry.person),
        number(entry.membership),
        entry.role.clone(),
        entry.action.clone(),
        entry.subject.clone(),
        entry.number.clone(),
        entry.detail.clone(),
    ];
    for field in fields {
        out.extend_from_slice(field.len().to_string().as_bytes());
        out.push(b':');
        out.extend_from_slice(field.as_bytes());
        out.push(b'\n');
    }
    out
}

/// The hash of the chain after this entry.
fn link(previous: &str, seq: i64, entry: &Entry) -> String {
    let mut hasher = Sha256::new();
    hasher.update(previous.as_bytes());
    hasher.update(seq.to_be_bytes());
    hasher.update(canonical(entry));
    hex(&hasher.finalize())
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// Writes one entry; called by [`crate::Work::audit`].
pub(crate) async fn append(conn: &impl ConnectionTrait, entry: &Entry) -> Result<(), DbErr> {
    conn.execute_raw(sql(
        conn.get_database_backend(),
        "INSERT INTO audit_entry (at, person, membership, role, action, subject, number, detail, form)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            Value::from(entry.at),
            Value::from(entry.person),
            Value::from(entry.membership),
            Value::from(entry.role.clone()),
            Value::from(entry.action.clone()),
            Value::from(entry.subject.clone()),
            Value::from(entry.number.clone()),
            Value::from(entry.detail.clone()),
            Value::from(FORM),
        ],
    ))
    .await?;
    Ok(())
}

const FIELDS: &str = "id, at, person, membership, role, action, subject, number, detail, form, seq, hash";
const BATCH: u64 = 1000;

/// Numbers and chains the entries committed since the last time; returns how many.
///
/// # Errors
/// When the database fails; then nothing of the batch is sealed.
pub async fn seal(db: &Db) -> Result<u64, DbErr> {
    let backend = db.backend();
    let mut sealed = 0;
    loop {
        let tx = db.begin().await?;
        let last = tx
            .query_one_raw(sql(
                backend,
                "SELECT seq, hash FROM audit_entry WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1",
                [],
            ))
            .await?;
        let (mut seq, mut hash): (i64, String) = match last {
            Some(row) => (row.try_get("", "seq")?, row.try_get("", "hash")?),
            None => (0, String::new()),
        };
        let open = Entry::find_by_statement(sql(
            backend,
            &format!("SELECT {FIELDS} FROM audit_entry WHERE seq IS NULL ORDER BY id LIMIT {BATCH}"),
            [],
        ))
        .all(&tx)
        .await?;
        let count = open.len() as u64;
        for entry in &open {
            seq += 1;
            hash = link(&hash, seq, entry);
            tx.execute_raw(sql(
                backend,
                "UPDATE audit_entry SET seq = ?, hash = ? WHERE id = ? AND seq IS NULL",
                [Value::from(seq), Value::from(hash.clone()), Value::from(entry.id)],
            ))
            .await?;
        }
        tx.commit().await?;
        sealed += count;
        if count < BATCH {
            return Ok(sealed);
        }
    }
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Entries whose place and hash are right, counted from the first.
    pub good: i64,
    /// The last good place and hash, to be kept elsewhere as `SEQ:HASH`.
    pub head: Option<(i64, String)>,
    /// Committed entries not yet sealed.
    pub open: i64,
    /// The first thing that is wrong.
    pub bad: Option<Bad>,
}

/// The first thing wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bad {
    /// The entry at this place was edited, inserted or moved.
    Altered {
        /// Place in the chain.
        seq: i64,
        /// Row id.
        id: i64,
    },
    /// The entry at this place is gone.
    Missing {
        /// Place in the chain.
        seq: i64,
    },
    /// The head that was kept elsewhere is not in this chain: its end was cut off or it was written anew.
    Head {
        /// Place that was kept.
        seq: i64,
    },
}

/// Recomputes the chain from its beginning. `head` is a place and hash noted earlier, outside this database.
///
/// # Errors
/// When the database fails.
pub async fn verify(db: &Db, head: Option<(i64, &str)>) -> Result<Verdict, DbErr> {
    let backend = db.backend();
    let mut verdict = Verdict { good: 0, head: None, open: 0, bad: None };
    let mut previous = String::new();
    let mut head_seen = head.is_none();
    'all: loop {
        let part = Entry::find_by_statement(sql(
            backend,
            &format!("SELECT {FIELDS} FROM audit_entry WHERE seq > ? ORDER BY seq LIMIT {BATCH}"),
            [Value::from(verdict.good)],
        ))
        .all(db.read())
        .await?;
        if part.is_empty() {
            break;
        }
        for entry in &part {
            let seq = verdict.good + 1;
            if entry.seq != Some(seq) {
                verdict.bad = Some(Bad::Missing { seq });
                break 'all;
            }
            let hash = link(&previous, seq, entry);
            if entry.hash.as_deref() != Some(&hash) {
                verdict.bad = Some(Bad::Altered { seq, id: entry.id });
                break 'all;
            }
            if let Some((at, kept)) = head
                && at == seq
            {
                if kept != hash {
                    verdict.bad = Some(Bad::Head { seq });
                    break 'all;
                }
                head_seen = true;
            }
            verdict.good = seq;
            verdict.head = Some((seq, hash.clone()));
            previous = hash;
        }
    }
    if let (None, Some((seq, _))) = (&verdict.bad, head)
        && !head_seen
    {
        verdict.bad = Some(Bad::Head { seq });
    }
    let row =
        db.read().query_one_raw(sql(backend, "SELECT COUNT(*) AS n FROM audit_entry WHERE seq IS NULL", [])).await?;
    verdict.open = row.map_or(Ok(0), |r| r.try_get("", "n"))?;
    Ok(verdict)
}

/// A page of the log, newest first, for the audit administrator.
///
/// # Errors
/// When the database fails.
pub async fn page(
    db: &Db,
    before: Option<i64>,
    number: Option<&str>,
    action: Option<&str>,
    limit: u64,
) -> Result<Vec<Entry>, DbErr> {
    let mut text = format!("SELECT {FIELDS} FROM audit_entry WHERE 1 = 1");
    let mut values: Vec<Value> = Vec::new();
    for (condition, value) in [
        (" AND id < ?", before.map(Value::from)),
        (" AND number = ?", number.map(Value::from)),
        (" AND action = ?", action.map(Value::from)),
    ] {
        if let Some(value) = value {
            text.push_str(condition);
            values.push(value);
        }
    }
    text.push_str(&format!(" ORDER BY id DESC LIMIT {limit}"));
    Entry::find_by_statement(sql(db.backend(), &text, values)).all(db.read()).await
}
