//! Reading the audit log: what is asked for, one page of it, the state of the chain, and the whole as a file.
//!
//! Entries are paged by their place in the chain. What is not sealed yet has no place and stands first; the sealer
//! leaves it there for seconds only.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use huiqi_identity::capacity_label;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::{Capacity, Role};
use huiqi_store::audit::{Bad, Entry, Verdict};
use huiqi_store::clock::{day_start, local};
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, ctx};
use huiqi_web::App;

use super::{log_words, people};
use crate::record::REPORT;
use crate::t;

/// Entries of a page.
pub(super) const PAGE: usize = 50;
/// Most entries not yet sealed that are listed.
const MOST_OPEN: usize = 500;
/// Most entries of one export, newest first.
pub(super) const MOST_EXPORTED: usize = 100_000;

const FIELDS: &str = "id, at, person, membership, role, action, subject, number, detail, form, seq, hash";

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Search {
    /// Number of a record, whole.
    pub number: String,
    /// Code of an action, or its beginning.
    pub action: String,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day, included.
    pub to: Option<NaiveDate>,
    /// Places before this one.
    pub before: Option<i64>,
    /// Places after this one.
    pub after: Option<i64>,
}

impl Search {
    /// Reads the query of an address.
    pub(super) fn of(path: &str) -> Search {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        let mut search = Search::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            match &*name {
                "number" => search.number = value.to_owned(),
                "action" => search.action = value.to_owned(),
                "from" => search.from = value.parse().ok(),
                "to" => search.to = value.parse().ok(),
                "before" => search.before = value.parse().ok(),
                "after" => search.after = value.parse().ok(),
                _ => {}
            }
        }
        search
    }

    /// An address with these filters, without a place.
    pub(super) fn address(&self, path: &str) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        let day = |d: Option<NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        let mut any = false;
        for (name, value) in [
            ("number", self.number.clone()),
            ("action", self.action.clone()),
            ("from", day(self.from)),
            ("to", day(self.to)),
        ] {
            if !value.is_empty() {
                out.append_pair(name, &value);
                any = true;
            }
        }
        if any { format!("{path}?{}", out.finish()) } else { path.to_owned() }
    }

    fn conditions(&self) -> (String, Vec<Value>) {
        let mut text = String::new();
        let mut values = Vec::new();
        let mut add = |condition: &str, value: Value| {
            text.push_str(condition);
            values.push(value);
        };
        if !self.number.is_empty() {
            add(" AND number = ?", Value::from(self.number.clone()));
        }
        if !self.action.is_empty() {
            add(" AND action >= ?", Value::from(self.action.clone()));
            add(" AND action < ?", Value::from(format!("{}~", self.action)));
        }
        if let Some(from) = self.from {
            add(" AND at >= ?", Value::from(day_start(from)));
        }
        if let Some(to) = self.to {
            add(" AND at < ?", Value::from(day_start(to + Days::new(1))));
        }
        (text, values)
    }
}

/// Entries about reports of wrongdoing (举报), by the moment of their transaction: whoever audits checks that the chain is
/// whole, and does not learn from it who reported what. Everything of one moment is covered, because consent or a file
/// would tell as much as the report itself.
#[derive(Debug, Default)]
pub(super) struct Covered(BTreeSet<i64>);

impl Covered {
    /// Reads the moments; reports are few.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn read(ctx: &Ctx) -> Result<Covered, Fault> {
        #[derive(FromQueryResult)]
        struct Row {
            at: i64,
        }
        let rows: Vec<Row> = ctx::all(
            ctx,
            "SELECT DISTINCT e.at FROM case_record c LEFT JOIN case_record u ON u.id = c.parent
             JOIN audit_entry e ON e.number = c.number WHERE c.kind = ? OR u.kind = ?",
            [Value::from(REPORT), Value::from(REPORT)],
        )
        .await?;
        Ok(Covered(rows.into_iter().map(|row| row.at).collect()))
    }

    /// Whether an entry is one of them.
    pub(super) fn has(&self, entry: &Entry) -> bool {
        self.0.contains(&entry.at)
    }

    /// The entries as they may be read: covered ones keep moment, place and hash only, and are left out where somebody
    /// asked for a number or an action.
    fn over(&self, search: &Search, entries: &mut Vec<Entry>) {
        if !search.number.is_empty() || !search.action.is_empty() {
            entries.retain(|entry| !self.has(entry));
        }
        for entry in entries.iter_mut().filter(|entry| self.0.contains(&entry.at)) {
            entry.person = None;
            entry.membership = None;
            for field in [&mut entry.role, &mut entry.action, &mut entry.subject, &mut entry.number, &mut entry.detail]
            {
                field.clear();
            }
        }
    }
}

/// One page of the log.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub entries: Vec<Entry>,
    pub prev: Option<String>,
    pub next: Option<String>,
}

async fn sealed(ctx: &Ctx, search: &Search, end: &str, more: Vec<Value>, limit: usize) -> Result<Vec<Entry>, Fault> {
    let (conditions, mut values) = search.conditions();
    values.extend(more);
    let text = format!("SELECT {FIELDS} FROM audit_entry WHERE seq IS NOT NULL{conditions}{end} LIMIT {limit}");
    ctx::all(ctx, &text, values).await
}

/// The page that is asked for.
///
/// # Errors
/// When the database fails.
pub(super) async fn listing(ctx: &Ctx, search: &Search, covered: &Covered) -> Result<Listing, Fault> {
    let mut listing = uncovered(ctx, search).await?;
    covered.over(search, &mut listing.entries);
    Ok(listing)
}

async fn uncovered(ctx: &Ctx, search: &Search) -> Result<Listing, Fault> {
    let base = search.address("/audit");
    let joint = if base.contains('?') { '&' } else { '?' };
    let at =
        |name: &str, entry: Option<&Entry>| entry.and_then(|e| e.seq).map(|seq| format!("{base}{joint}{name}={seq}"));
    match (search.before, search.after) {
        (Some(before), _) => {
            let mut rows =
                sealed(ctx, search, " AND seq < ? ORDER BY seq DESC", vec![Value::from(before)], PAGE + 1).await?;
            let more = rows.len() > PAGE;
            rows.truncate(PAGE);
            let prev = at("after", rows.first()).or_else(|| Some(base.clone()));
            let next = if more { at("before", rows.last()) } else { None };
            Ok(Listing { prev, next, entries: rows })
        }
        (None, Some(after)) => {
            let mut rows = sealed(ctx, search, " AND seq > ? ORDER BY seq", vec![Value::from(after)], PAGE + 1).await?;
            let more = rows.len() > PAGE;
            rows.truncate(PAGE);
            rows.reverse();
            // Before the newest sealed ones come those not sealed yet: the list from its beginning.
            let prev = if more { at("after", rows.first()) } else { Some(base.clone()) };
            let next = at("before", rows.last()).or_else(|| Some(base.clone()));
            Ok(Listing { prev, next, entries: rows })
        }
        (None, None) => {
            let (conditions, values) = search.conditions();
            let text = format!(
                "SELECT {FIELDS} FROM audit_entry WHERE seq IS NULL{conditions} ORDER BY id DESC LIMIT {MOST_OPEN}"
            );
            let mut entries: Vec<Entry> = ctx::all(ctx, &text, values).await?;
            let room = PAGE.saturating_sub(entries.len()).max(1);
            let mut rows = sealed(ctx, search, " ORDER BY seq DESC", Vec::new(), room + 1).await?;
            let more = rows.len() > room;
            rows.truncate(room);
            let next = if more { at("before", rows.last()) } else { None };
            entries.append(&mut rows);
            Ok(Listing { prev: None, next, entries })
        }
    }
}

/// How far the chain reaches.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// Last place and hash.
    pub head: Option<(i64, String)>,
    /// Entries not sealed yet.
    pub open: i64,
}

#[derive(FromQueryResult)]
struct HeadRow {
    seq: i64,
    hash: String,
}

#[derive(FromQueryResult)]
struct CountRow {
    n: i64,
}

/// How far the chain reaches now.
///
/// # Errors
/// When the database fails.
pub(super) async fn chain(ctx: &Ctx) -> Result<Chain, Fault> {
    let head: Option<HeadRow> =
        ctx::one(ctx, "SELECT seq, hash FROM audit_entry WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1", []).await?;
    let open: Option<CountRow> = ctx::one(ctx, "SELECT COUNT(*) AS n FROM audit_entry WHERE seq IS NULL", []).await?;
    Ok(Chain { head: head.map(|h| (h.seq, h.hash)), open: open.map_or(0, |r| r.n) })
}

/// A head as it is noted down: `SEQ:HASH`.
pub(super) fn read_head(text: &str) -> Option<(i64, String)> {
    let (seq, hash) = text.split_once(':')?;
    let seq: i64 = seq.trim().parse().ok()?;
    let hash = hash.trim().to_ascii_lowercase();
    (seq > 0 && hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())).then_some((seq, hash))
}

/// The verdict in words: what is wrong first, if anything.
pub(super) fn verdict_words(verdict: &Verdict, l: Locale) -> (bool, String) {
    let m = t(l);
    let number = huiqi_web::dates::number;
    let good = number(verdict.good);
    match &verdict.bad {
        None if verdict.good == 0 => (true, m.setting_verdict_empty(number(verdict.open))),
        None => (true, m.setting_verdict_good(good, number(verdict.open))),
        Some(Bad::Altered { seq, .. }) => (false, m.setting_verdict_altered(number(*seq), good)),
        Some(Bad::Missing { seq }) => (false, m.setting_verdict_missing(number(*seq), good)),
        Some(Bad::Head { seq }) => (false, m.setting_verdict_head(number(*seq), good)),
    }
}

/// What was done, in words: the step of a procedure, an action of this slice, or nothing where only the code is known.
pub fn action_words(app: &App, action: &str, l: Locale) -> Option<String> {
    let m = t(l);
    match action {
        "settings.site" => return Some(m.setting_done_site()),
        "settings.calendar-year" => return Some(m.setting_done_year()),
        "settings.stoppage" => return Some(m.setting_done_stoppage()),
        "settings.stoppage-withdraw" => return Some(m.setting_done_stoppage_withdraw()),
        "settings.job-run" => return Some(m.setting_done_job()),
        "rule-version.propose" => return Some(m.setting_done_propose()),
        "audit.verify" => return Some(m.setting_done_verify()),
        "audit.export" => return Some(m.setting_done_export()),
        _ => {}
    }
    if let Some(words) = log_words::whole(action, l) {
        return Some(words);
    }
    let (place, step) = action.split_once('.')?;
    let flow = app.flow(place);
    let taken = flow.map(|flow| flow.action_label(step, l)).filter(|label| label != step);
    let done = taken.or_else(|| log_words::done(step, l))?;
    let place = flow.map(|flow| flow.name(l)).or_else(|| log_words::place(place, l))?;
    Some(m.setting_done_step(place, done))
}

/// The detail of an entry as one line in words: known keys by their names, the states of the procedure by theirs. What has
/// no name stays as it is stored.
pub(super) fn detail_line(app: &App, action: &str, detail: &str, l: Locale) -> String {
    let flow = action.split_once('.').and_then(|(place, _)| app.flow(place));
    let state = |code: &str| flow.map_or_else(|| code.to_owned(), |flow| flow.state_label(code, l));
    match serde_json::from_str::<serde_json::Value>(detail) {
        Ok(serde_json::Value::Object(map)) => {
            let mut out = Vec::new();
            said(&map, &state, l, &mut out);
            out.join(&t(l).audit_join())
        }
        _ => detail.to_owned(),
    }
}

type Details = serde_json::Map<String, serde_json::Value>;

fn said(map: &Details, state: &impl Fn(&str) -> String, l: Locale, out: &mut Vec<String>) {
    use serde_json::Value as Json;
    let m = t(l);
    for (key, value) in map {
        // Names that are kept in both languages are said in one.
        let other = match l {
            Locale::Zh => key.strip_suffix("_en").is_some_and(|zh| map.contains_key(zh)),
            Locale::En => map.get(&format!("{key}_en")).is_some_and(|en| !en.is_null()),
        };
        if other {
            continue;
        }
        let key = key.strip_suffix("_en").unwrap_or(key);
        let value = match value {
            Json::Null => continue,
            Json::Object(inner) => {
                said(inner, state, l, out);
                continue;
            }
            Json::Bool(true) => m.audit_yes(),
            Json::Bool(false) => m.audit_no(),
            Json::String(text) => match (key, Role::from_code(text)) {
                ("role", Some(role)) => super::pages::role_words(role, l),
                ("from" | "to" | "state", _) => state(text),
                _ => text.clone(),
            },
            Json::Array(list) => super::pages::enumerated(
                list.iter().map(|one| match one.as_str() {
                    Some(code) => Capacity::from_code(code)
                        .filter(|_| key == "capacities")
                        .map_or_else(|| code.to_owned(), |capacity| capacity_label(capacity, l)),
                    None => one.to_string(),
                }),
                l,
            ),
            Json::Number(number) => number.to_string(),
        };
        out.push(m.audit_detail(log_words::key(key, l).unwrap_or_else(|| key.to_owned()), value));
    }
}

/// The entries that are asked for as CSV with a byte-order mark, newest first; at most [`MOST_EXPORTED`]. Returns the
/// file and how many entries it holds.
///
/// # Errors
/// When the database fails.
pub(super) async fn export(ctx: &Ctx, app: &App, search: &Search, l: Locale) -> Result<(String, usize), Fault> {
    let m = t(l);
    let covered = Covered::read(ctx).await?;
    let mut out = String::from('\u{feff}');
    line(
        &mut out,
        &[
            m.setting_log_seq(),
            m.setting_log_at(),
            m.setting_log_person(),
            m.setting_log_name(),
            m.setting_log_role(),
            m.setting_log_code(),
            m.setting_log_what(),
            m.setting_log_subject(),
            m.setting_log_number(),
            m.setting_log_detail(),
            m.setting_log_hash(),
        ],
    );
    let (conditions, values) = search.conditions();
    let text = format!(
        "SELECT {FIELDS} FROM audit_entry WHERE seq IS NULL{conditions} ORDER BY id DESC LIMIT {MOST_EXPORTED}"
    );
    let mut part: Vec<Entry> = ctx::all(ctx, &text, values).await?;
    let mut before = i64::MAX;
    let mut count = 0;
    loop {
        let last = part.last().and_then(|e| e.seq);
        covered.over(search, &mut part);
        let people = people::named(ctx, part.iter().filter_map(|e| e.person).collect()).await?;
        for entry in &part {
            let person = entry.person.and_then(|id| people.get(&id));
            line(
                &mut out,
                &[
                    entry.seq.map(|seq| seq.to_string()).unwrap_or_default(),
                    local(entry.at).format("%Y-%m-%d %H:%M:%S%.3f").to_string(),
                    person.map(|p| p.number.clone()).unwrap_or_default(),
                    person.map(|p| p.name.clone()).unwrap_or_default(),
                    entry.role.clone(),
                    entry.action.clone(),
                    if covered.has(entry) {
                        m.setting_log_covered()
                    } else {
                        action_words(app, &entry.action, l).unwrap_or_default()
                    },
                    entry.subject.clone(),
                    entry.number.clone(),
                    entry.detail.clone(),
                    entry.hash.clone().unwrap_or_default(),
                ],
            );
        }
        count += part.len();
        if count >= MOST_EXPORTED {
            break;
        }
        match last {
            Some(seq) => before = seq,
            // The unsealed ones came first, if there were any; the sealed follow from the newest on.
            None if before == i64::MAX => {}
            None => break,
        }
        let room = (MOST_EXPORTED - count).min(2_000);
        part = sealed(ctx, search, " AND seq < ? ORDER BY seq DESC", vec![Value::from(before)], room).await?;
        if part.is_empty() {
            break;
        }
    }
    Ok((out, count))
}

/// One line of CSV; what a spreadsheet would take for a formula is made a text.
fn line(out: &mut String, cells: &[String]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        out.push('"');
        if formula {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_come_from_the_address_and_go_back_into_it() {
        let search = Search::of("/audit?number=FW-2026-000001&action=request.&from=2026-11-01&to=x&before=70");
        assert_eq!(search.before, Some(70));
        assert_eq!(search.to, None);
        assert_eq!(search.address("/audit"), "/audit?number=FW-2026-000001&action=request.&from=2026-11-01");
        assert_eq!(Search::of("/audit").address("/audit/export"), "/audit/export");
    }

    #[test]
    fn a_head_is_a_place_and_sixty_four_digits() {
        let hash = "0a".repeat(32);
        assert_eq!(read_head(&format!(" 12 : {} ", hash.to_uppercase())), Some((12, hash.clone())));
        for wrong in
            [hash.clone(), format!("0:{hash}"), "12:abc".to_owned(), format!("12:{}", "zz".repeat(32)), String::new()]
        {
            assert_eq!(read_head(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        let mut out = String::new();
        line(&mut out, &["=1+1".into(), "a\"b".into(), "x".into()]);
        assert_eq!(out, "\"'=1+1\",\"a\"\"b\",\"x\"\r\n");
    }

    #[test]
    fn details_are_words() {
        let line = |text: &str, l| {
            let map = serde_json::from_str::<Details>(text).unwrap();
            let mut out = Vec::new();
            let state = |code: &str| if code == "draft" { "Draft".to_owned() } else { code.to_owned() };
            said(&map, &state, l, &mut out);
            out.join("|")
        };
        let text = "{\"from\":\"draft\",\"due\":\"2026-07-27\",\"detail\":{},\"n\":3,\"drawn\":true}";
        assert_eq!(line(text, Locale::En), "drawn: yes|due: 2026-07-27|from: Draft|n: 3");
        let names = "{\"detail\":{\"by\":\"a\",\"by_en\":\"b\"}}";
        assert_eq!(line(names, Locale::En), "by: b");
        assert_eq!(line(names, Locale::Zh).matches('a').count(), 1);
    }

    #[test]
    fn every_verdict_has_words() {
        let verdict = |bad| Verdict { good: 4, head: None, open: 1, bad };
        for l in Locale::ALL {
            assert!(verdict_words(&verdict(None), l).0);
            for bad in [Bad::Altered { seq: 5, id: 9 }, Bad::Missing { seq: 5 }, Bad::Head { seq: 5 }] {
                let (good, words) = verdict_words(&verdict(Some(bad)), l);
                assert!(!good && words.contains('5') && !words.contains('9'), "{words}");
            }
        }
    }
}
