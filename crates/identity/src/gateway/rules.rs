//! What may be sent when, without a database.

use chrono::{Days, NaiveDate, NaiveDateTime, Timelike};
use huiqi_store::clock;

/// Whether text messages reach this phone: a mobile one of the mainland, in its normal form.
pub fn is_mobile(phone: &str) -> bool {
    phone.len() == 11 && phone.starts_with('1') && phone.bytes().all(|b| b.is_ascii_digit())
}

/// Whether nothing goes out at this moment; `from` and `until` are minutes of the day.
pub(super) fn is_quiet(at: NaiveDateTime, from: u16, until: u16) -> bool {
    let minute = u16::try_from(at.num_seconds_from_midnight() / 60).unwrap_or(0);
    if from <= until { (from..until).contains(&minute) } else { minute >= from || minute < until }
}

/// The first moment of the next day at which messages go out, in UTC milliseconds.
pub(super) fn next_morning(today: NaiveDate, from: u16, until: u16) -> i64 {
    let start = clock::day_start(today.checked_add_days(Days::new(1)).unwrap_or(today));
    if from > until { start + i64::from(until) * 60_000 } else { start }
}

/// How long after the nth call the next one comes: half a minute, doubled each time, an hour at most; what a person
/// waits for is tried again after five seconds.
pub(super) fn pause_ms(tries: i64, urgent: bool) -> i64 {
    let first = if urgent { 5_000 } else { 30_000 };
    let doubled = i64::checked_shl(first, u32::try_from((tries - 1).clamp(0, 10)).unwrap_or(0)).unwrap_or(first);
    doubled.min(3_600_000)
}

/// Questions after a lost answer, before the outcome stays open for good.
pub(super) const QUESTIONS: i64 = 12;
/// Questions after a message that was taken, where no report comes.
pub(super) const FOLLOW_UPS: i64 = 3;

/// How long after the nth such question the next one comes: an hour, six, a day.
pub(super) fn follow_up_ms(asked: i64) -> i64 {
    const HOUR_MS: i64 = 3_600_000;
    match asked {
        0 => HOUR_MS,
        1 => 6 * HOUR_MS,
        _ => 24 * HOUR_MS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 10, 12).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn only_mobile_phones_get_text_messages() {
        assert!(is_mobile("13800138000"));
        for other in ["05925051234", "4001234567", "12345", "", "1380013800a"] {
            assert!(!is_mobile(other), "{other}");
        }
    }

    #[test]
    fn nights_are_quiet() {
        let quiet = |hour, minute| is_quiet(at(hour, minute), 21 * 60, 8 * 60);
        assert!(quiet(21, 0) && quiet(23, 59) && quiet(0, 0) && quiet(7, 59));
        assert!(!quiet(8, 0) && !quiet(12, 0) && !quiet(20, 59));
        assert!(is_quiet(at(12, 30), 12 * 60, 14 * 60) && !is_quiet(at(14, 0), 12 * 60, 14 * 60));
        assert!(!is_quiet(at(3, 0), 480, 480));
        let day = at(0, 0).date();
        assert_eq!(clock::local(next_morning(day, 21 * 60, 8 * 60)), at(8, 0) + Days::new(1));
        assert_eq!(clock::local(next_morning(day, 480, 480)), at(0, 0) + Days::new(1));
    }

    #[test]
    fn pauses_grow() {
        assert_eq!([1, 2, 3, 9, 99].map(|n| pause_ms(n, false) / 1000), [30, 60, 120, 3600, 3600]);
        assert_eq!([1, 2, 3].map(|n| pause_ms(n, true) / 1000), [5, 10, 20]);
    }
}
