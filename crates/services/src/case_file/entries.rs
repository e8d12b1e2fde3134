//! The entries of a case file: every record of a request in one canonical form, read by one statement.

use huiqi_kernel::codes;
use huiqi_store::audit::hex;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

codes! {
    /// What an entry is.
    pub enum EntryKind {
        /// What was asked, and how it stands.
        Facts = "facts",
        /// A step of the request or of an assignment.
        Step = "step",
        /// An assignment with its answer.
        Assignment = "assignment",
        /// A paper as issued.
        Paper = "paper",
        /// A message or a note inside.
        Message = "message",
        /// A file, by name, size and hash of its content.
        Attachment = "attachment",
        /// A call-back.
        Call = "call",
    }
}

/// One record in its canonical form.
#[derive(Clone, Debug, FromQueryResult)]
struct Row {
    kind: String,
    id: i64,
    at: i64,
    a: String,
    b: String,
    c: String,
    d: String,
    e: String,
    f: String,
    g: String,
    h: String,
}

/// One entry: what it is, when it came about, its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Code of the kind.
    pub kind: String,
    /// Row id; stays inside.
    pub id: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// SHA-256 of its canonical form.
    pub sha256: String,
}

/// Name and phone of whoever asked are left out: they may have to be erased, and the file must stand that.
const ENTRIES: &str = "
    SELECT 'facts' AS kind, c.id AS id, c.opened_at AS at, c.number AS a, c.title AS b,
        COALESCE(c.kind, '') || ' ' || COALESCE(c.category, '') || ' ' || COALESCE(c.district, '') || ' ' || c.desk AS c,
        c.state || ' ' || COALESCE(CAST(c.closed_at AS TEXT), '') || ' ' || CAST(c.rule_version AS TEXT) AS d,
        COALESCE(CAST(c.firm AS TEXT), '') || ' ' || r.channel || ' ' || COALESCE(r.class, '') AS e,
        r.words AS f,
        COALESCE(r.closed_how, '') || ' ' || COALESCE(r.closing, '') || ' '
            || COALESCE(CAST(r.answered_at AS TEXT), '') || ' ' || COALESCE(CAST(r.answered_org AS TEXT), '') AS g,
        COALESCE(r.answer, '') AS h
    FROM case_record c JOIN request r ON r.case_id = c.id WHERE c.id = ?
    UNION ALL
    SELECT 'step', s.id, s.at, c.number, CAST(s.seq AS TEXT), s.action, s.from_state || ' ' || s.to_state,
        s.role || ' ' || COALESCE(CAST(s.person AS TEXT), ''), COALESCE(s.words, ''),
        CASE WHEN s.public THEN 'public' ELSE 'inside' END || ' ' || s.article, s.detail
    FROM case_step s JOIN case_record c ON c.id = s.case_id
    WHERE c.id = ? OR (c.parent = ? AND c.flow = 'assignment')
    UNION ALL
    SELECT 'assignment', c.id, c.opened_at, c.number, c.state, COALESCE(CAST(c.handler_org AS TEXT), ''),
        COALESCE(CAST(c.handler_window AS TEXT), ''), COALESCE(CAST(c.closed_at AS TEXT), ''), COALESCE(a.answer, ''),
        CASE WHEN a.lead THEN 'lead' ELSE 'assist' END, a.why
    FROM case_record c JOIN assignment a ON a.case_id = c.id WHERE c.parent = ?
    UNION ALL
    SELECT 'paper', p.id, p.issued_at, p.number, p.kind, CAST(p.template AS TEXT), p.slug, p.sha256, p.words,
        CASE WHEN p.inside THEN 'inside' ELSE 'public' END, ''
    FROM case_paper p JOIN case_record c ON c.id = p.case_id
    WHERE c.id = ? OR (c.parent = ? AND c.flow = 'assignment')
    UNION ALL
    SELECT 'message', m.id, m.at, m.side, COALESCE(CAST(m.person AS TEXT), ''), '', '', '', m.words,
        CASE WHEN m.inside THEN 'inside' ELSE 'public' END, ''
    FROM case_message m WHERE m.case_id = ?
    UNION ALL
    SELECT 'attachment', a.id, f.at, f.name, f.kind, CAST(f.bytes AS TEXT), f.sha256, '', '',
        CASE WHEN a.inside THEN 'inside' ELSE 'public' END, ''
    FROM case_attachment a JOIN stored_file f ON f.id = a.file WHERE a.case_id = ? AND a.supplement IS NULL
    UNION ALL
    SELECT 'call', k.id, k.at, COALESCE(CAST(k.person AS TEXT), ''), CASE WHEN k.reached THEN 'yes' ELSE 'no' END,
        CASE WHEN k.solved IS NULL THEN '' WHEN k.solved THEN 'yes' ELSE 'no' END, COALESCE(CAST(k.grade AS TEXT), ''), '',
        COALESCE(k.words, ''), '', ''
    FROM call_back k WHERE k.case_id = ?";

fn values(case: i64) -> Vec<Value> {
    vec![Value::from(case); ENTRIES.matches('?').count()]
}

fn finished(rows: Vec<Row>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = rows
        .into_iter()
        .map(|r| {
            let text = serde_json::json!([r.kind, r.at, r.a, r.b, r.c, r.d, r.e, r.f, r.g, r.h]).to_string();
            Entry { sha256: hex(&Sha256::digest(text.as_bytes())), kind: r.kind, id: r.id, at: r.at }
        })
        .collect();
    let order = |kind: &str| EntryKind::ALL.iter().position(|k| k.code() == kind);
    entries.sort_by_key(|entry| (order(&entry.kind), entry.id));
    entries
}

/// The entries of a request, inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn entries_in(work: &Work, case: i64) -> Result<Vec<Entry>, Fault> {
    Ok(finished(work.all(ENTRIES, values(case)).await?))
}

/// The entries of a request.
///
/// # Errors
/// When the database fails.
pub async fn entries(ctx: &Ctx, case: i64) -> Result<Vec<Entry>, Fault> {
    Ok(finished(ctx::all(ctx, ENTRIES, values(case)).await?))
}

/// The manifest of a part: canonical JSON, what the part's hash is taken of.
pub(super) fn manifest(number: &str, part: i64, frozen_at: i64, entries: &[Entry]) -> String {
    serde_json::json!({ "form": 1, "case": number, "part": part, "frozen_at": frozen_at, "entries": entries })
        .to_string()
}

/// The entries a manifest holds; none where it cannot be read.
pub(super) fn read(manifest: &str) -> Option<Vec<Entry>> {
    let value: serde_json::Value = serde_json::from_str(manifest).ok()?;
    serde_json::from_value(value.get("entries")?.clone()).ok()
}
