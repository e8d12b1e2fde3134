//! How long something took, in working days with one decimal, and the middle of many.
//!
//! Each working day counts as its 24 hours; weekends, holidays and stoppages do not count at all. This differs from how
//! limits are counted (whole days, the first one left out): it shows hours where limits only show days.

use chrono::{Days, NaiveDate, Timelike};
use huiqi_kernel::calendar::Calendar;
use huiqi_store::clock::{DAY_MS, local};

/// Working time between any two moments of a range of days.
pub struct WorkClock {
    first: NaiveDate,
    /// For each day: working milliseconds before it, and whether it is worked.
    days: Vec<(i64, bool)>,
}

impl WorkClock {
    /// Over the days that these moments (UTC milliseconds) fall on.
    pub fn over(calendar: &Calendar, moments: impl Iterator<Item = i64>) -> WorkClock {
        let (mut low, mut high) = (i64::MAX, i64::MIN);
        for moment in moments {
            low = low.min(moment);
            high = high.max(moment);
        }
        if low > high {
            return WorkClock { first: NaiveDate::default(), days: Vec::new() };
        }
        let (first, last) = (local(low).date(), local(high).date());
        let mut before = 0;
        let mut days = Vec::new();
        let mut day = first;
        while day <= last {
            let works = calendar.is_working_or_likely(day);
            days.push((before, works));
            before += if works { DAY_MS } else { 0 };
            day = day + Days::new(1);
        }
        WorkClock { first, days }
    }

    fn at(&self, moment: i64) -> i64 {
        let at = local(moment);
        let place = usize::try_from((at.date() - self.first).num_days()).unwrap_or_default();
        let Some((before, works)) = self.days.get(place) else { return 0 };
        let into = i64::from(at.num_seconds_from_midnight()) * 1000 + i64::from(at.nanosecond() / 1_000_000);
        before + if *works { into } else { 0 }
    }

    /// Working milliseconds from one moment to a later one; 0 where it is not later.
    pub fn between(&self, from: i64, to: i64) -> i64 {
        (self.at(to) - self.at(from)).max(0)
    }
}

/// How many durations there are and their middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    /// How many.
    pub n: i64,
    /// Median in tenths of a working day, rounded half up; none without durations.
    pub tenths: Option<i64>,
}

impl Sample {
    /// Of durations in working milliseconds. Between two middle ones stands their mean.
    pub fn of(mut durations: Vec<i64>) -> Sample {
        durations.sort_unstable();
        let n = durations.len();
        let tenths = match n {
            0 => None,
            _ => {
                let twice = durations[(n - 1) / 2] + durations[n / 2];
                Some((twice * 10 + DAY_MS) / (2 * DAY_MS))
            }
        };
        Sample { n: i64::try_from(n).unwrap_or(i64::MAX), tenths }
    }

    /// Of pairs of moments, UTC milliseconds.
    pub fn between(calendar: &Calendar, pairs: &[(i64, i64)]) -> Sample {
        let clock = WorkClock::over(calendar, pairs.iter().flat_map(|(a, b)| [*a, *b]));
        Sample::of(pairs.iter().map(|(a, b)| clock.between(*a, *b)).collect())
    }

    /// The median as digits, `3.5`; nothing without durations.
    pub fn digits(self) -> Option<String> {
        self.tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10))
    }
}

#[cfg(test)]
mod tests {
    use huiqi_store::clock::moment;

    use super::*;

    fn at(text: &str) -> i64 {
        moment(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    fn one(from: &str, to: &str) -> String {
        Sample::between(&Calendar::shipped(), &[(at(from), at(to))]).digits().unwrap()
    }

    #[test]
    fn weekends_and_holidays_take_no_time() {
        assert_eq!(one("2026-11-23 10:00", "2026-11-23 16:00"), "0.3");
        assert_eq!(one("2026-11-20 16:00", "2026-11-23 10:00"), "0.8");
        assert_eq!(one("2026-11-21 09:00", "2026-11-22 18:00"), "0.0");
        // National Day: 1 to 7 October are off, Saturday the tenth is worked.
        assert_eq!(one("2026-09-30 12:00", "2026-10-08 12:00"), "1.0");
        assert_eq!(one("2026-10-10 00:00", "2026-10-11 23:00"), "1.0");
    }

    #[test]
    fn the_middle_needs_something_around_it() {
        assert_eq!(Sample::of(Vec::new()), Sample { n: 0, tenths: None });
        assert_eq!(Sample::of(vec![DAY_MS, 3 * DAY_MS, 100 * DAY_MS]).digits().as_deref(), Some("3.0"));
        assert_eq!(Sample::of(vec![DAY_MS, 2 * DAY_MS]).digits().as_deref(), Some("1.5"));
        assert_eq!(Sample::of(vec![0]).digits().as_deref(), Some("0.0"));
    }

    #[test]
    fn what_ends_before_it_begins_took_no_time() {
        assert_eq!(one("2026-11-24 10:00", "2026-11-23 10:00"), "0.0");
    }
}
