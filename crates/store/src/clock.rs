//! The one place that knows what time it is.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// A clock: the machine's, or one that is set by hand (tests, the demo city).
#[derive(Debug)]
pub enum Clock {
    /// The machine's clock.
    Machine,
    /// A clock that stands where it was put; UTC milliseconds.
    Set(AtomicI64),
}

impl Clock {
    /// A clock standing at this moment (UTC milliseconds).
    pub fn at(ms: i64) -> Self {
        Clock::Set(AtomicI64::new(ms))
    }

    /// Now, in UTC milliseconds.
    #[allow(clippy::disallowed_methods)] // the one reader of the machine's clock
    pub fn now(&self) -> i64 {
        match self {
            Clock::Machine => Utc::now().timestamp_millis(),
            Clock::Set(ms) => ms.load(Ordering::Relaxed),
        }
    }

    /// Today in the rule's time zone.
    pub fn today(&self) -> NaiveDate {
        local(self.now()).date()
    }

    /// Moves a set clock; the machine's clock is left alone.
    pub fn set(&self, to: i64) {
        if let Clock::Set(ms) = self {
            ms.store(to, Ordering::Relaxed);
        }
    }
}

/// Asia/Shanghai: eight hours ahead of UTC, without summer time since 1991.
pub fn zone() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).expect("eight hours is a valid offset")
}

/// Local date and time of a moment in UTC milliseconds.
pub fn local(ms: i64) -> NaiveDateTime {
    DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default().with_timezone(&zone()).naive_local()
}

/// UTC milliseconds of a local date and time.
pub fn moment(at: NaiveDateTime) -> i64 {
    zone().from_local_datetime(&at).single().map_or(0, |t| t.timestamp_millis())
}

/// UTC milliseconds of 0:00 local time on a day.
pub fn day_start(day: NaiveDate) -> i64 {
    moment(day.and_time(chrono::NaiveTime::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_evening_in_utc_is_tomorrow_in_xiamen() {
        let clock = Clock::at(Utc.with_ymd_and_hms(2026, 9, 30, 17, 0, 0).unwrap().timestamp_millis());
        assert_eq!(clock.today(), NaiveDate::from_ymd_opt(2026, 10, 1).unwrap());
        assert_eq!(moment(local(clock.now())), clock.now());
    }
}
