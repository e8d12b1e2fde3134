//! The overview on one page, weekly (周报) and monthly (月报): three figures with what they rest on, five overdue matters,
//! one cause. Printed, as `.docx`, and by mail to overseers who *subscribe*.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use huiqi_kernel::codes;
use huiqi_kernel::locale::Locale;
use huiqi_store::Migration;
use huiqi_web::dates::month_short;

use super::ask::Span;
use crate::t;

mod actions;
mod jobs;
pub(super) mod pages;
mod queries;

pub(super) use jobs::SEND;

codes! {
    /// How often.
    pub enum Period {
        /// 周报.
        Week = "week",
        /// 月报.
        Month = "month",
    }
}

pub(super) const MIGRATION: Migration = Migration {
    id: "2026-11-24.58 services.digest",
    sql: &[
        "CREATE TABLE digest_subscription (
            id {id}, membership {int} NOT NULL REFERENCES membership (id), person {int} NOT NULL REFERENCES person (id),
            period {key} NOT NULL, at {int} NOT NULL, UNIQUE (membership, period))",
        "CREATE TABLE digest_sent (
            id {id}, membership {int} NOT NULL REFERENCES membership (id), period {key} NOT NULL, label {key} NOT NULL,
            at {int} NOT NULL, UNIQUE (membership, period, label))",
    ],
};

/// The Monday of a week named as in `2026-W47`.
fn monday(label: &str) -> Option<NaiveDate> {
    let (year, week) = label.split_once("-W")?;
    NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)
        .filter(|day| (1990..=2200).contains(&day.year()))
}

fn first_of_month(label: &str) -> Option<NaiveDate> {
    let (year, month) = label.split_once('-')?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)
        .filter(|day| (1990..=2200).contains(&day.year()))
}

impl Period {
    /// The days of the period named so; of the last whole one where nothing sensible is said.
    pub fn span(self, label: &str, today: NaiveDate) -> Span {
        match self {
            Period::Week => {
                let this = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
                let from = monday(label).unwrap_or(this - Days::new(7));
                Span { from, to: from + Days::new(6) }
            }
            Period::Month => {
                let this = today.with_day(1).unwrap_or(today);
                let from = first_of_month(label).unwrap_or(this - Months::new(1));
                Span { from, to: from + Months::new(1) - Days::new(1) }
            }
        }
    }

    /// The code of the period that begins on a day, for addresses and for what was sent.
    pub fn label(self, from: NaiveDate) -> String {
        match self {
            Period::Week => format!("{}-W{:02}", from.iso_week().year(), from.iso_week().week()),
            Period::Month => format!("{}-{:02}", from.year(), from.month()),
        }
    }

    /// What people call the period that begins on a day.
    pub fn title(self, from: NaiveDate, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Period::Week => m.digest_week(from.iso_week().year().to_string(), from.iso_week().week().to_string()),
            Period::Month => m.overview_month(from.year().to_string(), month_short(from, locale)),
        }
    }

    /// The period before.
    pub fn before(self, span: Span) -> Span {
        match self {
            Period::Week => Span { from: span.from - Days::new(7), to: span.from - Days::new(1) },
            Period::Month => Span { from: span.from - Months::new(1), to: span.from - Days::new(1) },
        }
    }

    /// Address of its page.
    pub fn path(self) -> &'static str {
        match self {
            Period::Week => "/overview/weekly",
            Period::Month => "/overview/monthly",
        }
    }

    /// Address of the page of one period.
    pub fn href(self, from: NaiveDate) -> String {
        format!("{}?{}={}", self.path(), self.code(), self.label(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("day")
    }

    #[test]
    fn periods_have_names_and_days() {
        let today = day("2026-11-24");
        let week = Period::Week.span("", today);
        assert_eq!((week.from, week.to), (day("2026-11-16"), day("2026-11-22")));
        assert_eq!(Period::Week.label(week.from), "2026-W47");
        assert_eq!(Period::Week.span("2026-W47", today), week);
        assert_eq!(Period::Week.span("2027-W01", today).from, day("2027-01-04"));
        assert_eq!(Period::Week.span("nonsense", today), week);
        let month = Period::Month.span("2026-02", today);
        assert_eq!((month.from, month.to), (day("2026-02-01"), day("2026-02-28")));
        assert_eq!(Period::Month.before(month), Span { from: day("2026-01-01"), to: day("2026-01-31") });
        assert_eq!(Period::Month.label(Period::Month.span("", today).from), "2026-10");
    }
}
