//! The context of every action: database, clock, random source, files, calendar, rule set, site texts.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{Datelike, NaiveDate};
use huiqi_kernel::calendar::{Calendar, Stoppage};
use huiqi_kernel::locale::Locale;
use huiqi_kernel::people::Viewer;
use huiqi_kernel::rule::RuleSet;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Value};
use serde::Deserialize;

use crate::audit::{self, Entry};
use crate::clock::Clock;
use crate::db::{Db, sql};
use crate::files::Files;
use crate::{Fault, setting};

/// Shared by every request and job. Cheap to clone.
#[derive(Clone)]
pub struct Ctx(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    random: Mutex<ChaCha20Rng>,
    files: Files,
    demo: bool,
    public_url: RwLock<String>,
    trusted_proxies: RwLock<Vec<IpAddr>>,
    calendar: RwLock<Arc<Calendar>>,
    rules: RwLock<Arc<Rules>>,
    site: RwLock<Arc<Site>>,
    provided: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

/// The rule set in all its versions.
pub struct Rules {
    versions: BTreeMap<u32, (NaiveDate, RuleSet)>,
}

impl Rules {
    /// The version a case was opened under; the shipped one where that version is unknown.
    pub fn version(&self, version: u32) -> &RuleSet {
        self.versions.get(&version).map_or_else(|| RuleSet::shipped(), |(_, set)| set)
    }

    /// The version in force on a day: the newest whose date has come.
    pub fn on(&self, day: NaiveDate) -> &RuleSet {
        self.versions.values().rev().find(|(from, _)| *from <= day).map_or_else(|| RuleSet::shipped(), |(_, set)| set)
    }
}

/// Texts of the site: shipped ones, overlaid with what was edited on the page.
pub struct Site {
    texts: BTreeMap<String, (String, String)>,
}

#[derive(Deserialize)]
struct Pair {
    zh: String,
    en: String,
}

impl Site {
    /// A text in one language; empty where the name is unknown.
    pub fn text(&self, name: &str, locale: Locale) -> &str {
        self.texts.get(name).map_or("", |(zh, en)| locale.pick(zh, en).trim())
    }

    /// Names of all texts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// The shipped texts.
    ///
    /// # Panics
    /// Never in a released program: the file is read by a test.
    pub fn shipped() -> Site {
        let pairs: BTreeMap<String, Pair> = toml_pairs(include_str!("../../../data/site.toml"));
        Site { texts: pairs.into_iter().map(|(name, pair)| (name, (pair.zh, pair.en))).collect() }
    }
}

fn toml_pairs(text: &str) -> BTreeMap<String, Pair> {
    toml::from_str(text).expect("data/site.toml is checked by a test")
}

/// How a [`Ctx`] is made.
pub struct Parts {
    /// Database.
    pub db: Db,
    /// Clock.
    pub clock: Clock,
    /// Seed of the random source; `None` takes one from the operating system.
    pub seed: Option<u64>,
    /// File contents.
    pub files: Files,
    /// Whether this data folder was made by `demo`.
    pub demo: bool,
    /// The address under which people reach the site, without a slash at the end.
    pub public_url: String,
}

#[derive(FromQueryResult)]
struct YearRow {
    text: String,
}

#[derive(FromQueryResult)]
struct StoppageRow {
    from_day: String,
    to_day: String,
    document: String,
    reason: String,
}

#[derive(FromQueryResult)]
struct VersionRow {
    version: i64,
    in_force_from: String,
    changes: String,
}

impl Ctx {
    /// Puts the parts together. Call [`Ctx::refresh`] once the tables exist.
    pub fn new(parts: Parts) -> Ctx {
        let random = parts.seed.map_or_else(ChaCha20Rng::from_os_rng, ChaCha20Rng::seed_from_u64);
        Ctx(Arc::new(Inner {
            db: parts.db,
            clock: parts.clock,
            random: Mutex::new(random),
            files: parts.files,
            demo: parts.demo,
            public_url: RwLock::new(parts.public_url),
            trusted_proxies: RwLock::default(),
            calendar: RwLock::new(Arc::new(Calendar::shipped())),
            rules: RwLock::new(Arc::new(Rules { versions: BTreeMap::new() })),
            site: RwLock::new(Arc::new(Site::shipped())),
            provided: RwLock::default(),
        }))
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Now, in UTC milliseconds.
    pub fn now(&self) -> i64 {
        self.0.clock.now()
    }

    /// Today, in the rule's time zone.
    pub fn today(&self) -> NaiveDate {
        self.0.clock.today()
    }

    /// File contents.
    pub fn files(&self) -> &Files {
        &self.0.files
    }

    /// Whether the data is the demo city's.
    pub fn is_demo(&self) -> bool {
        self.0.demo
    }

    /// The address under which people reach the site, without a slash at the end.
    pub fn public_url(&self) -> String {
        self.0.public_url.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the public address, once the port is known.
    pub fn set_public_url(&self, url: &str) {
        *self.0.public_url.write().unwrap_or_else(PoisonError::into_inner) = url.trim_end_matches('/').to_owned();
    }

    /// Whether what this address says about the other side (`X-Forwarded-For`) is believed.
    pub fn trusts_proxy(&self, address: IpAddr) -> bool {
        self.0.trusted_proxies.read().unwrap_or_else(PoisonError::into_inner).contains(&address)
    }

    /// Names the proxies that stand in front of the program.
    pub fn set_trusted_proxies(&self, proxies: Vec<IpAddr>) {
        *self.0.trusted_proxies.write().unwrap_or_else(PoisonError::into_inner) = proxies;
    }

    /// Hands over something that pages and jobs of one slice need and that does not come from the database, such as the
    /// settings of a gateway; one of each type, the last one counts.
    pub fn provide<T: Any + Send + Sync>(&self, part: T) {
        self.0.provided.write().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<T>(), Arc::new(part));
    }

    /// What was handed over by [`Ctx::provide`].
    pub fn provided<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let parts = self.0.provided.read().unwrap_or_else(PoisonError::into_inner);
        parts.get(&TypeId::of::<T>()).cloned().and_then(|part| part.downcast().ok())
    }

    /// Uses the random source.
    pub fn random<T>(&self, draw: impl FnOnce(&mut ChaCha20Rng) -> T) -> T {
        draw(&mut self.0.random.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Working days, stoppages included.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.0.calendar.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The rule set in all its versions.
    pub fn rules(&self) -> Arc<Rules> {
        self.0.rules.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Texts of the site.
    pub fn site(&self) -> Arc<Site> {
        self.0.site.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads calendar years, stoppages, rule versions and site texts again; run at start, after a change and every
    /// minute, so that another process's change arrives.
    ///
    /// # Errors
    /// When the database fails or something stored cannot be read.
    pub async fn refresh(&self) -> Result<(), Fault> {
        let db = self.db();
        let backend = db.backend();
        let mut calendar = Calendar::shipped();
        for row in YearRow::find_by_statement(sql(backend, "SELECT text FROM calendar_year ORDER BY year", []))
            .all(db.read())
            .await?
        {
            calendar.replace_year_toml(&row.text).map_err(|e| Fault::internal(format!("stored calendar: {e}")))?;
        }
        for row in StoppageRow::find_by_statement(sql(
            backend,
            "SELECT from_day, to_day, document, reason FROM stoppage ORDER BY id",
            [],
        ))
        .all(db.read())
        .await?
        {
            let day = |text: &str| text.parse::<NaiveDate>().map_err(Fault::internal);
            calendar
                .add_stoppage(Stoppage {
                    from: day(&row.from_day)?,
                    to: day(&row.to_day)?,
                    document: row.document,
                    reason: row.reason,
                })
                .map_err(|e| Fault::internal(format!("stored stoppage: {e}")))?;
        }
        let mut versions = BTreeMap::new();
        for row in VersionRow::find_by_statement(sql(
            backend,
            "SELECT version, in_force_from, changes FROM rule_version WHERE state = 'approved' ORDER BY version",
            [],
        ))
        .all(db.read())
        .await?
        {
            let from = row.in_force_from.parse::<NaiveDate>().map_err(Fault::internal)?;
            let changes: BTreeMap<String, String> = serde_json::from_str(&row.changes).map_err(Fault::internal)?;
            let version = u32::try_from(row.version).map_err(Fault::internal)?;
            let set = RuleSet::shipped().with_overrides(&changes, version).map_err(Fault::internal)?;
            versions.insert(version, (from, set));
        }
        let mut site = Site::shipped();
        for (name, value) in setting::all(db.read(), "site.").await? {
            let pair: (String, String) = serde_json::from_str(&value).map_err(Fault::internal)?;
            site.texts.insert(name.trim_start_matches("site.").to_owned(), pair);
        }
        *self.0.calendar.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendar);
        *self.0.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Rules { versions });
        *self.0.site.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(site);
        Ok(())
    }

    /// Starts a transaction in the name of this viewer.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn write(&self, viewer: &Viewer) -> Result<Work, Fault> {
        Ok(Work { tx: self.db().begin().await?, ctx: self.clone(), viewer: viewer.clone(), now: self.now() })
    }

    /// Counts a try and refuses when there were too many: `limit` in the last `window_ms` milliseconds.
    ///
    /// # Errors
    /// [`Fault::TooMany`] beyond the limit.
    pub async fn limit(&self, scope: &str, limit: i64, window_ms: i64) -> Result<(), Fault> {
        let now = self.now();
        let tx = self.db().begin().await?;
        let backend = self.db().backend();
        if backend == DbBackend::Postgres {
            // One count at a time for one scope; SQLite writes one at a time anyway.
            tx.execute_raw(sql(backend, "SELECT pg_advisory_xact_lock(hashtext(?))", [Value::from(scope)])).await?;
        }
        tx.execute_raw(sql(backend, "DELETE FROM attempt WHERE at < ?", [Value::from(now - crate::clock::DAY_MS)]))
            .await?;
        let row = tx
            .query_one_raw(sql(
                backend,
                "SELECT COUNT(*) AS n FROM attempt WHERE scope = ? AND at > ?",
                [Value::from(scope), Value::from(now - window_ms)],
            ))
            .await?;
        let tries: i64 = row.map_or(Ok(0), |r| r.try_get("", "n"))?;
        if tries >= limit {
            return Err(Fault::TooMany);
        }
        tx.execute_raw(sql(
            backend,
            "INSERT INTO attempt (scope, at) VALUES (?, ?)",
            [Value::from(scope), Value::from(now)],
        ))
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// One transaction in somebody's name. Dropped without [`Work::commit`] it leaves nothing behind.
pub struct Work {
    tx: DatabaseTransaction,
    ctx: Ctx,
    viewer: Viewer,
    now: i64,
}

impl Deref for Work {
    type Target = DatabaseTransaction;
    fn deref(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

impl Work {
    /// The context it runs in.
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// In whose name.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Row id of the person, where one acts.
    pub fn person(&self) -> Option<i64> {
        self.viewer.actor().map(|a| a.person)
    }

    /// Row id of the membership, where a person acts.
    pub fn membership(&self) -> Option<i64> {
        self.viewer.actor().map(|a| a.membership)
    }

    /// The moment of the transaction, UTC milliseconds.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// The day of the transaction, in the rule's time zone.
    pub fn today(&self) -> NaiveDate {
        crate::clock::local(self.now).date()
    }

    /// The year of the transaction, for numbers.
    pub fn year(&self) -> i32 {
        self.today().year()
    }

    /// The database of this transaction.
    pub fn backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    /// Runs one statement with `?` for values; returns how many rows it changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run(&self, text: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, Fault> {
        Ok(self.tx.execute_raw(sql(self.backend(), text, values)).await?.rows_affected())
    }

    /// Runs one `INSERT` and returns the new row id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert(&self, text: &str, values: impl IntoIterator<Item = Value>) -> Result<i64, Fault> {
        let row = self
            .tx
            .query_one_raw(sql(self.backend(), &format!("{text} RETURNING id"), values))
            .await?
            .ok_or_else(|| Fault::internal("an INSERT returned no row"))?;
        Ok(row.try_get("", "id")?)
    }

    /// Reads one row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn one<T: FromQueryResult>(
        &self,
        text: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<T>, Fault> {
        Ok(T::find_by_statement(sql(self.backend(), text, values)).one(&self.tx).await?)
    }

    /// Reads rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all<T: FromQueryResult>(
        &self,
        text: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<T>, Fault> {
        Ok(T::find_by_statement(sql(self.backend(), text, values)).all(&self.tx).await?)
    }

    /// Writes who, as whom, when, what into the audit log. `detail` holds codes and numbers, no personal data.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit(
        &self,
        action: &str,
        subject: &str,
        number: &str,
        detail: serde_json::Value,
    ) -> Result<(), Fault> {
        let actor = self.viewer.actor();
        let role = match &self.viewer {
            Viewer::Signed(actor) => actor.role.code(),
            Viewer::Public => "bearer",
            Viewer::System => "system",
        };
        audit::append(
            &self.tx,
            &Entry {
                id: 0,
                at: self.now,
                person: actor.map(|a| a.person),
                membership: actor.map(|a| a.membership),
                role: role.to_owned(),
                action: action.to_owned(),
                subject: subject.to_owned(),
                number: number.to_owned(),
                detail: detail.to_string(),
                form: audit::FORM,
                seq: None,
                hash: None,
            },
        )
        .await?;
        Ok(())
    }

    /// Makes it so.
    ///
    /// # Errors
    /// When the database cannot commit; then nothing was changed.
    pub async fn commit(self) -> Result<(), Fault> {
        Ok(self.tx.commit().await?)
    }
}

/// Reads rows outside a transaction, with `?` for values.
///
/// # Errors
/// When the database fails.
pub async fn all<T: FromQueryResult>(
    ctx: &Ctx,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>, Fault> {
    Ok(T::find_by_statement(sql(ctx.db().backend(), text, values)).all(ctx.db().read()).await?)
}

/// Reads one row outside a transaction, with `?` for values.
///
/// # Errors
/// When the database fails.
pub async fn one<T: FromQueryResult>(
    ctx: &Ctx,
    text: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<T>, Fault> {
    Ok(T::find_by_statement(sql(ctx.db().backend(), text, values)).one(ctx.db().read()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_site_texts_are_whole() {
        let site = Site::shipped();
        for name in [
            "name",
            "tagline",
            "hotline",
            "hours",
            "hall",
            "guide",
            "guide-phone",
            "manage",
            "manage-phone",
            "operate",
            "filing",
            "privacy",
        ] {
            for locale in Locale::ALL {
                assert!(!site.text(name, locale).is_empty(), "{name}");
            }
        }
    }
}
