//! The working calendar: years that were added to the shipped ones, and local stoppages. Either moves the due days of
//! running cases at once.
//!
//! The recount runs after the change is committed, case by case. So that a crash in between loses nothing, the change
//! leaves a mark in the same transaction, and the job `settings.recount` finishes what still carries one.

use chrono::NaiveDate;
use huiqi_kernel::calendar::{Calendar, CalendarError, Stoppage};
use huiqi_kernel::flow::Refusal;
use huiqi_kernel::locale::{Bilingual, Locale};
use huiqi_kernel::people::Viewer;
use huiqi_store::sea_orm::{FromQueryResult, Value};
use huiqi_store::{Ctx, Fault, Work, ctx, setting};
use huiqi_web::dates::date_full_words;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::CALENDAR_KEEPERS;
use crate::recount::{self, Cause};
use crate::t;

/// Name of the mark that a recount is due.
const PENDING: &str = "calendar.recount";
/// Longest text of a document's name or a reason, in characters.
pub(super) const LONGEST: usize = 200;

/// Adds a calendar year from its file and recounts the due days of running cases. Returns the year and the row ids of the
/// cases that moved.
///
/// # Errors
/// [`Fault::Invalid`] with the field `text` when the file is wrong or the year is known already, [`Fault::NotFound`]
/// for roles that may not.
pub async fn add_year(ctx: &Ctx, viewer: &Viewer, text: &str) -> Result<(i32, Vec<i64>), Fault> {
    put_year(ctx, viewer, text, false).await
}

/// As [`add_year`]; `replace` lets a year added earlier be replaced, for an amended arrangement. Years that came with
/// the program cannot be replaced.
///
/// # Errors
/// As [`add_year`].
pub async fn put_year(ctx: &Ctx, viewer: &Viewer, text: &str, replace: bool) -> Result<(i32, Vec<i64>), Fault> {
    may_keep(viewer)?;
    let year = Calendar::empty().add_year_toml(text).map_err(|e| invalid("text", &e))?;
    if Calendar::shipped().has_year(year) {
        return Err(Fault::invalid("text", |l| t(l).setting_calendar_error_shipped(year.to_string())));
    }
    let work = ctx.write(viewer).await?;
    let known: Option<YearRow> =
        work.one("SELECT year FROM calendar_year WHERE year = ?", [Value::from(i64::from(year))]).await?;
    if known.is_some_and(|row| row.year == i64::from(year)) && !replace {
        return Err(invalid("text", &CalendarError::YearKnown(year)));
    }
    work.run(
        "INSERT INTO calendar_year (year, text, at, person) VALUES (?, ?, ?, ?)
         ON CONFLICT (year) DO UPDATE SET text = excluded.text, at = excluded.at, person = excluded.person",
        [Value::from(i64::from(year)), Value::from(text), Value::from(work.now()), Value::from(work.person())],
    )
    .await?;
    work.audit("settings.calendar-year", "calendar", &year.to_string(), json!({ "replaced": replace, "text": text }))
        .await?;
    mark(&work, &Cause::Year).await?;
    work.commit().await?;
    Ok((year, recount_now(ctx).await?))
}

#[derive(FromQueryResult)]
struct YearRow {
    year: i64,
}

/// The calendar as it would be with this stoppage.
///
/// # Errors
/// As [`stop`].
pub(super) fn with(ctx: &Ctx, viewer: &Viewer, stoppage: &Stoppage) -> Result<Calendar, Fault> {
    may_keep(viewer)?;
    let calendar = ctx.calendar();
    Calendar::empty().add_stoppage(stoppage.clone()).map_err(|e| invalid(field_of(&e), &e))?;
    let same = |s: &Stoppage| s.from == stoppage.from && s.to == stoppage.to && s.document == stoppage.document;
    if calendar.stoppages().iter().any(same) {
        return Err(Fault::invalid("from", |l| t(l).setting_stoppage_error_known()));
    }
    let days = stoppage.from.iter_days().take_while(|d| *d <= stoppage.to);
    if !days.into_iter().any(|d| calendar.is_working_or_likely(d)) {
        return Err(Fault::invalid("from", |l| t(l).setting_stoppage_error_off()));
    }
    let mut after = Calendar::clone(&calendar);
    after.add_stoppage(stoppage.clone()).map_err(|e| invalid(field_of(&e), &e))?;
    Ok(after)
}

/// The calendar as it would be without a stoppage that was entered.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such stoppage, or for roles that may not.
pub(super) fn without(
    ctx: &Ctx,
    viewer: &Viewer,
    from: NaiveDate,
    to: NaiveDate,
    document: &str,
) -> Result<Calendar, Fault> {
    may_keep(viewer)?;
    let mut after = Calendar::clone(&ctx.calendar());
    if after.remove_stoppage(from, to, document) { Ok(after) } else { Err(Fault::NotFound) }
}

/// Enters a local stoppage and recounts the due days of running cases. Returns the row ids of what moved.
///
/// # Errors
/// [`Fault::Invalid`] with the fields `from`, `to`, `document` or `reason`, [`Fault::NotFound`] for roles that may not.
pub async fn stop(ctx: &Ctx, viewer: &Viewer, stoppage: &Stoppage) -> Result<Vec<i64>, Fault> {
    with(ctx, viewer, stoppage)?;
    let work = ctx.write(viewer).await?;
    work.run(
        "INSERT INTO stoppage (from_day, to_day, document, reason, at, person) VALUES (?, ?, ?, ?, ?, ?)",
        [
            Value::from(stoppage.from.to_string()),
            Value::from(stoppage.to.to_string()),
            Value::from(stoppage.document.clone()),
            Value::from(stoppage.reason.clone()),
            Value::from(work.now()),
            Value::from(work.person()),
        ],
    )
    .await?;
    log_stoppage(&work, "settings.stoppage", stoppage, "").await?;
    mark(&work, &Cause::of(stoppage)).await?;
    work.commit().await?;
    recount_now(ctx).await
}

/// Takes back a stoppage that was entered by mistake, saying why, and recounts. Returns the row ids of what moved.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such stoppage, or for roles that may not; [`Fault::Invalid`] with the field `why`.
pub async fn unstop(
    ctx: &Ctx,
    viewer: &Viewer,
    from: NaiveDate,
    to: NaiveDate,
    document: &str,
    why: &str,
) -> Result<Vec<i64>, Fault> {
    may_keep(viewer)?;
    let why = why.trim();
    if why.is_empty() || why.chars().count() > LONGEST {
        return Err(Fault::invalid("why", |l| t(l).setting_stoppage_why_missing(LONGEST as i64)));
    }
    let work = ctx.write(viewer).await?;
    let found: Option<StoppageRow> = work
        .one(
            "SELECT id, reason FROM stoppage WHERE from_day = ? AND to_day = ? AND document = ? ORDER BY id LIMIT 1",
            [Value::from(from.to_string()), Value::from(to.to_string()), Value::from(document)],
        )
        .await?;
    let Some(StoppageRow { id, reason }) = found else {
        return Err(Fault::NotFound);
    };
    work.run("DELETE FROM stoppage WHERE id = ?", [Value::from(id)]).await?;
    let stoppage = Stoppage { from, to, document: document.to_owned(), reason };
    log_stoppage(&work, "settings.stoppage-withdraw", &stoppage, why).await?;
    mark(&work, &Cause::TakenBack { document: document.to_owned(), why: why.to_owned() }).await?;
    work.commit().await?;
    recount_now(ctx).await
}

#[derive(FromQueryResult)]
struct StoppageRow {
    id: i64,
    reason: String,
}

async fn log_stoppage(work: &Work, action: &str, stoppage: &Stoppage, why: &str) -> Result<(), Fault> {
    let mut detail = json!({ "to": stoppage.to.to_string(), "document": stoppage.document, "reason": stoppage.reason });
    if !why.is_empty() {
        detail["why"] = why.into();
    }
    work.audit(action, "calendar", &stoppage.from.to_string(), detail).await
}

/// Finishes a recount that a crash cut off; returns how many cases moved.
///
/// # Errors
/// When the database fails; the mark then stays.
pub async fn recount_if_pending(ctx: &Ctx) -> Result<u64, Fault> {
    if setting::get(ctx.db().read(), PENDING).await?.is_none() {
        return Ok(0);
    }
    Ok(recount_now(ctx).await?.len() as u64)
}

/// What stands in the mark: which change it is of, and why days move.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Mark {
    n: i64,
    cause: Cause,
}

async fn mark(work: &Work, cause: &Cause) -> Result<(), Fault> {
    // Each change has a mark of its own, so that a recount takes back only the one it saw.
    let mark = Mark { n: huiqi_store::number::next(&**work, PENDING).await?, cause: cause.clone() };
    let value = serde_json::to_string(&mark).map_err(Fault::internal)?;
    Ok(setting::set(&**work, PENDING, &value, work.now(), work.person()).await?)
}

async fn recount_now(ctx: &Ctx) -> Result<Vec<i64>, Fault> {
    let seen = setting::get(ctx.db().read(), PENDING).await?;
    ctx.refresh().await?;
    let mark: Mark = seen.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let moved = recount::recount(ctx, &mark.cause).await?;
    if let Some(seen) = seen {
        let work = ctx.write(&Viewer::System).await?;
        work.run("DELETE FROM setting WHERE name = ? AND value = ?", [Value::from(PENDING), Value::from(seen)]).await?;
        work.commit().await?;
    }
    Ok(moved)
}

fn may_keep(viewer: &Viewer) -> Result<(), Fault> {
    if matches!(viewer, Viewer::System) || viewer.is(CALENDAR_KEEPERS) { Ok(()) } else { Err(Refusal::hidden().into()) }
}

fn invalid(field: &'static str, error: &CalendarError) -> Fault {
    Fault::Invalid { field, message: Bilingual::say(|l| words(error, l)) }
}

/// The field of the stoppage form an error belongs to.
const fn field_of(error: &CalendarError) -> &'static str {
    match error {
        CalendarError::StoppageUnfounded => "document",
        _ => "to",
    }
}

/// What to change, in words.
pub(super) fn words(error: &CalendarError, l: Locale) -> String {
    let m = t(l);
    let day = |d: &NaiveDate| date_full_words(*d, l);
    match error {
        CalendarError::Unreadable(detail) => match line_of(detail) {
            Some(line) => m.setting_calendar_error_line(line.to_string()),
            None => m.setting_calendar_error_unreadable(),
        },
        CalendarError::YearOutOfRange(year) => m.setting_calendar_error_year_range(year.to_string()),
        CalendarError::YearKnown(year) => m.setting_calendar_error_year_known(year.to_string()),
        CalendarError::NoDocument => m.setting_calendar_error_no_document(),
        CalendarError::NoName(from) => m.setting_calendar_error_no_name(day(from)),
        CalendarError::WrongYear { date, year } => m.setting_calendar_error_wrong_year(day(date), year.to_string()),
        CalendarError::BackToFront { from, to } => m.setting_calendar_error_back_to_front(day(to), day(from)),
        CalendarError::Twice(date) => m.setting_calendar_error_twice(day(date)),
        CalendarError::NotAWeekend(date) => m.setting_calendar_error_not_a_weekend(day(date)),
        CalendarError::OffAndWorked(date) => m.setting_calendar_error_off_and_worked(day(date)),
        CalendarError::Implausible { year, count } => {
            m.setting_calendar_error_implausible(year.to_string(), i64::from(*count))
        }
        CalendarError::StoppageUnfounded => m.setting_stoppage_error_unfounded(),
        CalendarError::StoppageTooLong(days) => m.setting_stoppage_error_too_long(*days),
    }
}

/// The line that a reader's message names.
fn line_of(detail: &str) -> Option<u32> {
    let rest = detail.split_once("line ")?.1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// How many running cases have a due day that was counted without calendar data.
///
/// # Errors
/// When the database fails.
pub(super) async fn provisional(ctx: &Ctx) -> Result<i64, Fault> {
    let row: Option<CountRow> = ctx::one(
        ctx,
        "SELECT COUNT(*) AS n FROM case_record WHERE provisional = ? AND closed_at IS NULL",
        [Value::from(true)],
    )
    .await?;
    Ok(row.map_or(0, |r| r.n))
}

/// The years that were added, with when and by whom (row id of the person).
///
/// # Errors
/// When the database fails.
pub(super) async fn added(ctx: &Ctx) -> Result<Vec<Added>, Fault> {
    ctx::all(ctx, "SELECT year, at, person FROM calendar_year ORDER BY year", []).await
}

/// A year that was added to the shipped ones.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Added {
    pub year: i64,
    pub at: i64,
    pub person: Option<i64>,
}

/// The stoppages with when and by whom (row id of the person), newest day first.
///
/// # Errors
/// When the database fails.
pub(super) async fn stoppages(ctx: &Ctx) -> Result<Vec<Entered>, Fault> {
    ctx::all(
        ctx,
        "SELECT from_day, to_day, document, reason, at, person FROM stoppage ORDER BY from_day DESC, id DESC",
        [],
    )
    .await
}

/// A stoppage as it was entered.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Entered {
    pub from_day: String,
    pub to_day: String,
    pub document: String,
    pub reason: String,
    pub at: i64,
    pub person: Option<i64>,
}

#[derive(FromQueryResult)]
struct CountRow {
    n: i64,
}

/// A file for a year without data, to be filled in: the names of the last known year's holidays, their days left open.
pub(super) fn template(calendar: &Calendar, year: i32, l: Locale) -> String {
    let mut out = String::new();
    for line in t(l).setting_calendar_template_help(year.to_string()).lines() {
        out.push_str(&format!("# {line}\n"));
    }
    out.push_str(&format!("year = {year}\ndocument = \"\"\n"));
    let last = calendar.years().filter(|known| *known < year).max().and_then(|known| calendar.year(known));
    for holiday in last.map(|y| y.holidays.as_slice()).unwrap_or_default() {
        out.push_str(&format!(
            "\n[[holiday]]\nzh = {}\nen = {}\nfrom = {year}-00-00\nto = {year}-00-00\nworked = []\n",
            json!(holiday.zh),
            json!(holiday.en)
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_s_line_is_found() {
        let error =
            Calendar::empty().add_year_toml("year = 2027\ndocument = \"x\"\n[[holyday]]\n").expect_err("a wrong key");
        assert!(words(&error, Locale::Zh).contains('3'), "{error} {}", words(&error, Locale::Zh));
        assert_eq!(line_of("TOML parse error at line 12, column 3"), Some(12));
        assert_eq!(line_of("no place"), None);
    }

    #[test]
    fn the_template_is_a_file_that_only_lacks_its_days() {
        let calendar = Calendar::shipped();
        for l in Locale::ALL {
            let open = template(&calendar, 2027, l);
            assert_eq!(Calendar::empty().add_year_toml(&open).expect_err("its days are open").code(), "unreadable");
            let filled = open.replace("document = \"\"", "document = \"x\"");
            let mut day = 0;
            let filled: String = filled
                .lines()
                .map(|line| {
                    let line = if line.starts_with("from") {
                        day += 3;
                        format!("from = 2027-03-{day:02}")
                    } else if line.starts_with("to") {
                        format!("to = 2027-03-{:02}", day + 2)
                    } else {
                        line.to_owned()
                    };
                    line + "\n"
                })
                .collect();
            assert_eq!(Calendar::empty().add_year_toml(&filled), Ok(2027), "{filled}");
        }
    }
}
