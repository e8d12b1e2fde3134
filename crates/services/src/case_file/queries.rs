//! Reads of case files: the frozen parts, the supplements, and whether both still match the records.

use std::collections::{HashMap, HashSet};

use huiqi_store::audit::hex;
use huiqi_store::sea_orm::{self, FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use sha2::{Digest, Sha256};

use super::entries::{Entry, EntryKind, read};

/// What was frozen at one closing.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Part {
    /// Counts from 1.
    pub part: i64,
    /// UTC milliseconds.
    pub frozen_at: i64,
    /// Hashes of the entries, canonical JSON.
    pub manifest: String,
    /// SHA-256 of the manifest.
    pub sha256: String,
}

impl Part {
    /// How many entries it holds.
    pub fn entries(&self) -> usize {
        read(&self.manifest).map_or(0, |entries| entries.len())
    }
}

/// The parts of a case file, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn parts(ctx: &Ctx, case: i64) -> Result<Vec<Part>, Fault> {
    ctx::all(
        ctx,
        "SELECT part, frozen_at, manifest, sha256 FROM case_file WHERE case_id = ? ORDER BY part",
        [Value::from(case)],
    )
    .await
}

/// A supplement with the name of who added it.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Added {
    pub id: i64,
    pub seq: i64,
    pub title: String,
    pub words: String,
    pub at: i64,
    pub side: String,
    pub sha256: String,
    pub person: Option<String>,
    pub person_en: Option<String>,
    pub place: Option<String>,
    pub place_en: Option<String>,
}

/// The supplements of a case, oldest first.
pub(super) async fn supplements(ctx: &Ctx, case: i64) -> Result<Vec<Added>, Fault> {
    ctx::all(
        ctx,
        "SELECT s.id, s.seq, s.title, s.words, s.at, s.side, s.sha256, p.name AS person, p.name_en AS person_en,
            COALESCE(w.name, o.name) AS place, CASE WHEN w.id IS NULL THEN o.name_en ELSE w.name_en END AS place_en
         FROM case_supplement s LEFT JOIN person p ON p.id = s.person LEFT JOIN membership m ON m.id = s.membership
         LEFT JOIN organisation o ON o.id = m.organisation LEFT JOIN service_window w ON w.id = m.service_window
         WHERE s.case_id = ? ORDER BY s.seq",
        [Value::from(case)],
    )
    .await
}

/// What became of the request beside its file: grade, improvements, call-backs.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct After {
    pub kind: String,
    pub at: i64,
    pub number: String,
    pub code: String,
    pub words: String,
}

/// Grade, improvements and call-backs of a request, oldest first.
pub(super) async fn after(ctx: &Ctx, case: i64) -> Result<Vec<After>, Fault> {
    let mut rows: Vec<After> = ctx::all(
        ctx,
        "SELECT 'rating' AS kind, r.at AS at, '' AS number, CAST(r.grade AS TEXT) AS code, COALESCE(r.words, '') AS words
         FROM rating r WHERE r.case_id = ?
         UNION ALL
         SELECT 'call', k.at, '', CASE WHEN NOT k.reached THEN 'missed' WHEN k.solved THEN 'solved' ELSE 'not-solved' END,
            COALESCE(k.words, '') FROM call_back k WHERE k.case_id = ?
         UNION ALL
         SELECT 'improvement', c.opened_at, c.number, c.state, COALESCE(i.remedy, '')
         FROM improvement i JOIN case_record c ON c.id = i.case_id WHERE i.request = ?",
        [Value::from(case), Value::from(case), Value::from(case)],
    )
    .await?;
    rows.sort_by_key(|row| row.at);
    Ok(rows)
}

/// Whether a part still matches the records. The lists name kinds of entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The manifest no longer has its hash.
    pub broken: bool,
    /// Entries that read differently now.
    pub changed: Vec<String>,
    /// Entries that are gone.
    pub missing: Vec<String>,
    /// Entries that were not there when it was frozen.
    pub added: Vec<String>,
}

impl Verdict {
    /// Everything is as it was.
    pub fn is_whole(&self) -> bool {
        *self == Verdict::default()
    }
}

/// Compares a part with the entries as they are now. `reopened` says that the request went on after this part.
pub fn verdict(part: &Part, now: &[Entry], reopened: bool) -> Verdict {
    let mut out =
        Verdict { broken: hex(&Sha256::digest(part.manifest.as_bytes())) != part.sha256, ..Verdict::default() };
    let Some(frozen) = read(&part.manifest) else {
        out.broken = true;
        return out;
    };
    let key = |e: &Entry| (e.kind.clone(), e.id);
    let present: HashMap<_, &Entry> = now.iter().map(|e| (key(e), e)).collect();
    for entry in &frozen {
        match present.get(&key(entry)) {
            None => out.missing.push(entry.kind.clone()),
            // How a request stands changes when it is reopened; everything else stays.
            Some(_) if reopened && entry.kind == EntryKind::Facts.code() => {}
            Some(found) if found.sha256 != entry.sha256 => out.changed.push(entry.kind.clone()),
            Some(_) => {}
        }
    }
    let known: HashSet<_> = frozen.iter().map(key).collect();
    for entry in now.iter().filter(|e| !known.contains(&key(e))) {
        // Call-backs are made of closed requests too; after a reopening everything may be added again.
        let later = entry.at >= part.frozen_at;
        if !(later && (reopened || entry.kind == EntryKind::Call.code())) {
            out.added.push(entry.kind.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::entries::manifest;
    use super::*;

    fn entry(kind: &str, id: i64, at: i64, sha: &str) -> Entry {
        Entry { kind: kind.to_owned(), id, at, sha256: sha.to_owned() }
    }

    #[test]
    fn a_part_says_what_no_longer_matches() {
        let then = [entry("facts", 1, 0, "a"), entry("step", 1, 1, "b"), entry("message", 1, 2, "c")];
        let text = manifest("FW-2026-000001", 1, 10, &then);
        let part = Part { part: 1, frozen_at: 10, sha256: hex(&Sha256::digest(text.as_bytes())), manifest: text };
        assert_eq!(part.entries(), 3);
        assert!(verdict(&part, &then, false).is_whole());
        let altered = [entry("facts", 1, 0, "a"), entry("step", 1, 1, "x"), entry("message", 1, 2, "c")];
        assert_eq!(verdict(&part, &altered, false).changed, ["step"]);
        assert_eq!(verdict(&part, &then[..2], false).missing, ["message"]);
        let more = [then.to_vec(), vec![entry("message", 2, 11, "d"), entry("call", 1, 12, "e")]].concat();
        assert_eq!(verdict(&part, &more, false).added, ["message"]);
        // Reopened: it goes on, and nothing may be slipped in before.
        assert!(verdict(&part, &more, true).is_whole());
        let slipped = [then.to_vec(), vec![entry("step", 9, 5, "d")]].concat();
        assert_eq!(verdict(&part, &slipped, true).added, ["step"]);
        let facts = [entry("facts", 1, 0, "z"), then[1].clone(), then[2].clone()];
        assert_eq!(verdict(&part, &facts, false).changed, ["facts"]);
        assert!(verdict(&part, &facts, true).is_whole());
        let broken = Part { sha256: "0".into(), ..part };
        assert!(verdict(&broken, &then, false).broken);
    }
}
