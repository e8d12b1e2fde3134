//! The clock of limits: when a limit of so many working days ends, and which day counts.
//!
//! # Counting
//! - A limit of n ends at 24:00 of the nth working day after the start day. With `first_day_counts` (a public notice, for
//!   instance) the start day itself is the first one, provided it is a working day.
//! - A limit of 0 ends on the start day.
//! - Days of [`Calendar`]s without data follow the week alone; a limit that runs through one is *provisional*. [`deadline`] refuses
//!   it instead, naming the year.
//!
//! # Suspension
//! A [`Pause`] names its first and last day; neither these two nor any day between counts. An open pause (no last day) stops the
//! limit: no day is due while it lasts, and the working days left are kept. Hence
//! `resume(calendar, to, left_when_suspended(…, from))` is due on the same day as counting with the pause `from`–`to`.
//!
//! On which day a pause begins is the caller's decision: with the day of suspension itself (then that day is given back), or the
//! day after it ([`Pause::between`]: the day on which work went on until the suspension stays counted, and a suspension lifted on the same
//! day changes nothing). The day of return is always excluded.

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use crate::calendar::{Calendar, DayKind};

/// Longest limit that is counted, in working days (about forty years); longer ones are cut to it.
pub const LONGEST_LIMIT: u32 = 10_000;

/// A limit runs through a year the calendar has no data for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("there is no calendar for {0}")]
pub struct UnknownYear(pub i32);

/// A day of the derivation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedDay {
    /// The date.
    pub date: NaiveDate,
    /// What kind of day it is.
    #[serde(flatten)]
    pub kind: DayKind,
    /// Which day of the limit it is, from 1; `None` when it does not count.
    pub counted: Option<u32>,
    /// Whether the calendar has data for its year; otherwise `kind` follows the week alone.
    pub known: bool,
    /// Whether it falls into a pause.
    pub paused: bool,
}

/// When a limit ends, and how that was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The last day, until 24:00.
    pub due: NaiveDate,
    /// Whether a year without data had a part in it: the date may move when its calendar comes.
    pub provisional: bool,
    /// Every day from the start day (first, even where it does not count) to the due day.
    pub days: Vec<CountedDay>,
}

impl Deadline {
    /// The days in runs, as a page shows them: see [`spans`].
    pub fn spans(&self) -> Vec<DaySpan> {
        spans(&self.days)
    }
}

/// Days that do not count, both ends included. With `to` before `from` it is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pause {
    /// First day that does not count.
    pub from: NaiveDate,
    /// Last day that does not count: the day of return. `None` while the pause lasts.
    pub to: Option<NaiveDate>,
}

impl Pause {
    /// The pause of a limit suspended on one day and taken up again on another, where the day of suspension stays counted and the
    /// day of return is excluded. Suspended and taken up again on one day: an empty pause.
    pub fn between(suspended: NaiveDate, returned: Option<NaiveDate>) -> Pause {
        Pause { from: next(suspended), to: returned }
    }

    fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// A limit counted with pauses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Count {
    /// It runs, or has run out, and has a due day.
    Running(Deadline),
    /// It stands still in an open pause.
    Suspended(Suspended),
}

/// A limit that stands still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suspended {
    /// First day of the open pause, or of the count where the pause began before.
    pub since: NaiveDate,
    /// Working days left, to be given to [`resume`].
    pub left: u32,
    /// Whether a year without data had a part in it so far.
    pub provisional: bool,
    /// Every day from the start day to the last before the open pause.
    pub days: Vec<CountedDay>,
}

impl Count {
    /// The due day, unless the limit stands still.
    pub fn due(&self) -> Option<NaiveDate> {
        self.deadline().map(|d| d.due)
    }

    /// The deadline, unless the limit stands still.
    pub fn deadline(&self) -> Option<&Deadline> {
        match self {
            Count::Running(deadline) => Some(deadline),
            Count::Suspended(_) => None,
        }
    }

    /// The days counted so far.
    pub fn days(&self) -> &[CountedDay] {
        match self {
            Count::Running(deadline) => &deadline.days,
            Count::Suspended(suspended) => &suspended.days,
        }
    }

    /// Whether a year without data had a part in it.
    pub fn is_provisional(&self) -> bool {
        match self {
            Count::Running(deadline) => deadline.provisional,
            Count::Suspended(suspended) => suspended.provisional,
        }
    }
}

/// A run of days of one kind: one counted day, or several that do not count for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DaySpan {
    /// First day.
    pub from: NaiveDate,
    /// Last day; the same as `from` for a single one.
    pub to: NaiveDate,
    /// How many days.
    pub length: u32,
    /// What kind of days.
    #[serde(flatten)]
    pub kind: DayKind,
    /// Which day of the limit it is, for a counted day, which always stands alone.
    pub counted: Option<u32>,
    /// Whether the calendar has data for them.
    pub known: bool,
    /// Whether they fall into a pause.
    pub paused: bool,
}

/// When a limit ends by a calendar that has every year it runs through.
///
/// # Errors
/// [`UnknownYear`] with the first year without data among the days that might count.
pub fn deadline(
    calendar: &Calendar,
    start: NaiveDate,
    days: u32,
    first_day_counts: bool,
) -> Result<Deadline, UnknownYear> {
    let counted = deadline_provisional(calendar, start, days, first_day_counts);
    if !counted.provisional {
        return Ok(counted);
    }
    let may_count = |d: &&CountedDay| first_day_counts || d.date > start;
    match counted.days.iter().filter(may_count).find(|d| !d.known) {
        Some(day) => Err(UnknownYear(day.date.year())),
        None => Ok(counted),
    }
}

/// When a limit ends as far as is known: years without data follow the week alone and make the date provisional. The start day
/// makes it provisional only where it may count.
pub fn deadline_provisional(calendar: &Calendar, start: NaiveDate, days: u32, first_day_counts: bool) -> Deadline {
    match deadline_with_pauses(calendar, start, days, first_day_counts, &[]) {
        Count::Running(deadline) => deadline,
        // Without an open pause a count always runs; this arm only makes the function total.
        Count::Suspended(Suspended { since, provisional, days, .. }) => Deadline { due: since, provisional, days },
    }
}

/// When a limit ends that was suspended, or how many days are left while it is: see the module for the rule. Pauses may overlap and
/// come in any order. Like [`deadline_provisional`] it never fails.
pub fn deadline_with_pauses(
    calendar: &Calendar,
    start: NaiveDate,
    days: u32,
    first_day_counts: bool,
    pauses: &[Pause],
) -> Count {
    let limit = days.min(LONGEST_LIMIT);
    let open_from = pauses.iter().filter(|p| p.to.is_none()).map(|p| p.from).min();
    let mut walked: Vec<CountedDay> = Vec::new();
    let mut provisional = false;
    let mut count = 0;
    let mut date = start;
    loop {
        let may_count = first_day_counts || date > start;
        if count < limit
            && may_count
            && let Some(since) = open_from
            && since <= date
        {
            return Count::Suspended(Suspended {
                since: since.max(start),
                left: limit - count,
                provisional,
                days: walked,
            });
        }
        let kind = calendar.day(date);
        let known = calendar.has_year(date.year());
        let paused = pauses.iter().any(|p| p.contains(date));
        let counts = may_count && !paused && kind.is_working() && count < limit;
        provisional |= may_count && !known && limit > 0;
        count += u32::from(counts);
        walked.push(CountedDay { date, kind, counted: counts.then_some(count), known, paused });
        let after = next(date);
        if count >= limit || after == date {
            return Count::Running(Deadline { due: date, provisional, days: walked });
        }
        date = after;
    }
}

/// Working days left of a limit on the day it is suspended: those that lie on `on` or after it and are still needed. `on` is the first
/// day that does not count, see the module; with `on` after the due day, nothing is left.
pub fn left_when_suspended(
    calendar: &Calendar,
    start: NaiveDate,
    days: u32,
    first_day_counts: bool,
    pauses: &[Pause],
    on: NaiveDate,
) -> u32 {
    let mut all = pauses.to_vec();
    all.push(Pause { from: on, to: None });
    match deadline_with_pauses(calendar, start, days, first_day_counts, &all) {
        Count::Running(_) => 0,
        Count::Suspended(suspended) => suspended.left,
    }
}

/// When a limit taken up again on a day ends, with so many working days left; that day is excluded. With nothing left it ends that day.
pub fn resume(calendar: &Calendar, on: NaiveDate, left: u32) -> Deadline {
    deadline_provisional(calendar, on, left, false)
}

/// Working days after `from` up to and including `to`, as far as is known: “3 working days left” on `from` for a limit due on
/// `to`, today not counted. Negative, by the days after `to` up to and including `from`, when `to` is past.
pub fn working_days_between(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> i64 {
    let count = |after: NaiveDate, until: NaiveDate| {
        let days =
            after.iter_days().skip(1).take_while(|d| *d <= until).filter(|d| calendar.is_working_or_likely(*d)).count();
        i64::try_from(days).unwrap_or(i64::MAX)
    };
    if to >= from { count(from, to) } else { -count(to, from) }
}

/// The nth working day after a day, as far as is known; the day itself for 0.
pub fn working_days_after(calendar: &Calendar, from: NaiveDate, days: u32) -> NaiveDate {
    walk(calendar, from, days, next)
}

/// The nth working day before a day, as far as is known; the day itself for 0.
pub fn working_days_before(calendar: &Calendar, to: NaiveDate, days: u32) -> NaiveDate {
    walk(calendar, to, days, |d| d.pred_opt().unwrap_or(d))
}

/// The days in runs: days that do not count for the same reason come together (weekend days inside a holiday are holidays, so its days
/// do), each counted day and the start day stand alone.
pub fn spans(days: &[CountedDay]) -> Vec<DaySpan> {
    let mut out: Vec<DaySpan> = Vec::new();
    for (index, day) in days.iter().enumerate() {
        if index > 1
            && day.counted.is_none()
            && let Some(last) = out.last_mut()
            && last.counted.is_none()
            && (last.paused, last.known) == (day.paused, day.known)
            && last.kind == day.kind
        {
            last.to = day.date;
            last.length += 1;
        } else {
            out.push(DaySpan {
                from: day.date,
                to: day.date,
                length: 1,
                kind: day.kind.clone(),
                counted: day.counted,
                known: day.known,
                paused: day.paused,
            });
        }
    }
    out
}

fn walk(calendar: &Calendar, from: NaiveDate, days: u32, step: impl Fn(NaiveDate) -> NaiveDate) -> NaiveDate {
    let mut date = from;
    let mut left = days.min(LONGEST_LIMIT);
    while left > 0 {
        let after = step(date);
        if after == date {
            break;
        }
        date = after;
        left -= u32::from(calendar.is_working_or_likely(date));
    }
    date
}

/// The day after; the same day at the end of all dates.
fn next(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Stoppage;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn due(start: &str, days: u32) -> NaiveDate {
        deadline(&Calendar::shipped(), d(start), days, false).unwrap().due
    }

    #[test]
    fn the_start_day_is_excluded() {
        assert_eq!(due("2026-02-13", 5), d("2026-02-27"));
        assert_eq!(due("2026-09-24", 5), d("2026-10-09"));
        assert_eq!(due("2026-09-30", 3), d("2026-10-10"));
        assert_eq!(due("2026-10-11", 1), d("2026-10-12"));
        assert_eq!(due("2026-10-11", 0), d("2026-10-11"));
    }

    #[test]
    fn a_public_notice_counts_its_first_day() {
        // Five working days from Friday 3 November 2023 end on Thursday the 9th. No calendar is shipped for 2023, so by the week.
        let notice = deadline_provisional(&Calendar::empty(), d("2023-11-03"), 5, true);
        assert_eq!((notice.due, notice.provisional), (d("2023-11-09"), true));
        let calendar = Calendar::shipped();
        assert_eq!(deadline(&calendar, d("2026-11-06"), 5, true).unwrap().due, d("2026-11-12"));
        // A first day that is no working day is not counted.
        assert_eq!(deadline(&calendar, d("2026-11-07"), 1, true).unwrap().due, d("2026-11-09"));
        assert_eq!(deadline(&calendar, d("2026-10-10"), 1, true).unwrap().due, d("2026-10-10"));
    }

    #[test]
    fn the_derivation_names_every_day() {
        let counted = deadline(&Calendar::shipped(), d("2026-02-13"), 5, false).unwrap();
        let seen: Vec<_> =
            counted.days.iter().map(|day| (day.date.to_string(), day.kind.code(), day.counted)).collect();
        assert_eq!(seen.len(), 15);
        assert_eq!(seen[0], ("2026-02-13".into(), "workday", None));
        assert_eq!(seen[1], ("2026-02-14".into(), "weekend-worked", Some(1)));
        assert!(seen[2..11].iter().all(|(_, kind, counted)| *kind == "holiday" && counted.is_none()));
        assert_eq!(seen[11], ("2026-02-24".into(), "workday", Some(2)));
        assert_eq!(seen[14], ("2026-02-27".into(), "workday", Some(5)));
        let spans = counted.spans();
        assert_eq!(spans.len(), 7);
        assert_eq!((spans[2].from, spans[2].to, spans[2].length), (d("2026-02-15"), d("2026-02-23"), 9));
    }

    #[test]
    fn an_unknown_year_is_named_or_marked() {
        let calendar = Calendar::shipped();
        assert_eq!(deadline(&calendar, d("2026-12-25"), 5, false), Err(UnknownYear(2027)));
        assert_eq!(deadline(&calendar, d("2026-12-25"), 4, false).unwrap().due, d("2026-12-31"));
        assert_eq!(deadline(&calendar, d("2023-12-29"), 1, true), Err(UnknownYear(2023)));
        // A start day that cannot count does not matter.
        assert_eq!(deadline(&calendar, d("2023-12-31"), 1, false).unwrap().due, d("2024-01-02"));
        let guess = deadline_provisional(&calendar, d("2026-12-25"), 5, false);
        assert_eq!((guess.due, guess.provisional), (d("2027-01-01"), true));
        assert!(!guess.days.last().unwrap().known);
        assert!(!deadline_provisional(&calendar, d("2026-12-25"), 4, false).provisional);
    }

    #[test]
    fn a_stoppage_moves_the_day() {
        let mut calendar = Calendar::shipped();
        let (document, reason) = ("厦防指〔2026〕1号".to_owned(), "台风停工".to_owned());
        calendar.add_stoppage(Stoppage { from: d("2026-07-23"), to: d("2026-07-24"), document, reason }).unwrap();
        let counted = deadline(&calendar, d("2026-07-22"), 1, false).unwrap();
        assert_eq!(counted.due, d("2026-07-27"));
        assert_eq!(counted.days[1].kind.code(), "stoppage");
        assert_eq!(counted.spans().iter().map(|s| s.length).collect::<Vec<_>>(), [1, 2, 2, 1]);
    }

    /// Assigned on 29 September with five working days, suspended in the afternoon of 8 October, taken up again on the 9th.
    #[test]
    fn a_suspension_keeps_the_days_left() {
        let calendar = Calendar::shipped();
        let start = d("2026-09-29");
        assert_eq!(due("2026-09-29", 5), d("2026-10-12"));

        // The day of suspension stays counted.
        let pause = Pause::between(d("2026-10-08"), Some(d("2026-10-09")));
        let count = deadline_with_pauses(&calendar, start, 5, false, &[pause]);
        assert_eq!(count.due(), Some(d("2026-10-13")));
        assert!(count.days().iter().any(|day| day.date == d("2026-10-09") && day.paused && day.counted.is_none()));
        let left = left_when_suspended(&calendar, start, 5, false, &[], pause.from);
        assert_eq!(left, 3);
        assert_eq!(resume(&calendar, d("2026-10-09"), left).due, d("2026-10-13"));

        // The day of suspension is given back.
        let pause = Pause { from: d("2026-10-08"), to: Some(d("2026-10-09")) };
        assert_eq!(deadline_with_pauses(&calendar, start, 5, false, &[pause]).due(), Some(d("2026-10-14")));
        let left = left_when_suspended(&calendar, start, 5, false, &[], pause.from);
        assert_eq!(left, 4);
        assert_eq!(resume(&calendar, d("2026-10-09"), left).due, d("2026-10-14"));
    }

    #[test]
    fn while_suspended_nothing_is_due() {
        let calendar = Calendar::shipped();
        let open = Pause::between(d("2026-10-08"), None);
        let Count::Suspended(suspended) = deadline_with_pauses(&calendar, d("2026-09-29"), 5, false, &[open]) else {
            panic!("an open pause suspends")
        };
        assert_eq!((suspended.since, suspended.left), (d("2026-10-09"), 3));
        assert_eq!(suspended.days.last().unwrap().date, d("2026-10-08"));
        // A pause that opens after the due day comes too late to suspend anything.
        let late = Pause { from: d("2026-10-13"), to: None };
        let count = deadline_with_pauses(&calendar, d("2026-09-29"), 5, false, &[late]);
        assert_eq!(count.due(), Some(d("2026-10-12")));
        assert_eq!(left_when_suspended(&calendar, d("2026-09-29"), 5, false, &[], late.from), 0);
    }

    #[test]
    fn suspended_and_taken_up_on_one_day_changes_nothing() {
        let pause = Pause::between(d("2026-10-08"), Some(d("2026-10-08")));
        let count = deadline_with_pauses(&Calendar::shipped(), d("2026-09-29"), 5, false, &[pause]);
        assert_eq!(count.due(), Some(d("2026-10-12")));
    }

    #[test]
    fn distances_in_working_days() {
        let calendar = Calendar::shipped();
        assert_eq!(working_days_between(&calendar, d("2026-10-12"), d("2026-10-13")), 1);
        assert_eq!(working_days_between(&calendar, d("2026-09-30"), d("2026-10-10")), 3);
        assert_eq!(working_days_between(&calendar, d("2026-10-10"), d("2026-09-30")), -3);
        assert_eq!(working_days_between(&calendar, d("2026-10-01"), d("2026-10-01")), 0);
        assert_eq!(working_days_after(&calendar, d("2026-09-30"), 3), d("2026-10-10"));
        assert_eq!(working_days_before(&calendar, d("2026-10-10"), 3), d("2026-09-30"));
        assert_eq!(working_days_after(&calendar, d("2026-10-03"), 0), d("2026-10-03"));
    }

    #[test]
    fn the_end_of_all_dates_is_survived() {
        let counted = deadline_provisional(&Calendar::empty(), NaiveDate::MAX, 5, false);
        assert_eq!(counted.due, NaiveDate::MAX);
        assert_eq!(working_days_after(&Calendar::empty(), NaiveDate::MAX, 5), NaiveDate::MAX);
        assert_eq!(working_days_before(&Calendar::empty(), NaiveDate::MIN, 5), NaiveDate::MIN);
        assert_eq!(Pause::between(NaiveDate::MAX, None).from, NaiveDate::MAX);
    }
}
