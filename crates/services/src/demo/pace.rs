//! When things happen: working hours, busy and quiet days, the moments at which firms ask.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use huiqi_kernel::calendar::{Calendar, DayKind};
use huiqi_store::clock::{local, moment};
use rand::Rng;
use rand_chacha::ChaCha20Rng;

/// Working hours in minutes of the day.
const MORNING: (i64, i64) = (9 * 60, 12 * 60);
const AFTERNOON: (i64, i64) = (13 * 60 + 30, 17 * 60 + 30);
/// Minutes of a working day.
pub(super) const DAY_MINUTES: f64 = 420.0;

const MINUTE_MS: i64 = 60_000;

fn minute_of_day(at: NaiveDateTime) -> i64 {
    at.time().signed_duration_since(NaiveTime::MIN).num_minutes()
}

fn at_minute(day: NaiveDate, minute: i64, second: u32) -> i64 {
    moment(day.and_time(NaiveTime::MIN)) + minute * MINUTE_MS + i64::from(second) * 1000
}

/// The moment so many working minutes after another, with seconds drawn.
pub(super) fn office(calendar: &Calendar, random: &mut ChaCha20Rng, from: i64, minutes: f64) -> i64 {
    let mut left = minutes.max(1.0) as i64;
    let start = local(from);
    let mut day = start.date();
    let mut minute = minute_of_day(start);
    loop {
        if calendar.is_working_or_likely(day) {
            for (begin, end) in [MORNING, AFTERNOON] {
                let begin = begin.max(minute);
                if begin >= end {
                    continue;
                }
                if left < end - begin {
                    let at = at_minute(day, begin + left, random.random_range(0..60));
                    return at.max(from + 1000);
                }
                left -= end - begin;
            }
        }
        day = day + Days::new(1);
        minute = 0;
    }
}

/// A moment at which a person of a firm has time, so many hours later: not at night, seldom on a day off.
pub(super) fn leisure(calendar: &Calendar, random: &mut ChaCha20Rng, from: i64, hours: f64) -> i64 {
    let at = local(from + (hours * 3_600_000.0) as i64);
    let (mut day, mut minute) = (at.date(), minute_of_day(at));
    if minute > 21 * 60 + 30 {
        day = day + Days::new(1);
        minute = 8 * 60 + 20 + random.random_range(0..150);
    } else if minute < 8 * 60 {
        minute = 8 * 60 + 10 + random.random_range(0..120);
    }
    if !calendar.is_working_or_likely(day) && random.random_bool(0.75) {
        while !calendar.is_working_or_likely(day) {
            day = day + Days::new(1);
        }
    }
    at_minute(day, minute, random.random_range(0..60)).max(from + 1000)
}

/// How busy a day is against an ordinary one: weekday, holidays, the trough around the Spring Festival, days before
/// deadlines, and growth over the year (`part` runs from 0 to 1).
fn busy(calendar: &Calendar, day: NaiveDate, part: f64) -> f64 {
    let growth = 0.5 + part;
    if !calendar.is_working_or_likely(day) {
        let long = matches!(calendar.day(day), DayKind::Holiday { .. });
        return growth * if long { 0.03 } else { 0.10 };
    }
    let weekday = match day.weekday() {
        Weekday::Mon => 1.18,
        Weekday::Tue => 1.12,
        Weekday::Wed => 1.02,
        Weekday::Thu => 0.98,
        Weekday::Fri => 0.86,
        Weekday::Sat | Weekday::Sun => 0.55,
    };
    growth * weekday * festival(calendar, day) * deadline(day)
}

/// Few ask in the two weeks before the Spring Festival, few in the week after it.
fn festival(calendar: &Calendar, day: NaiveDate) -> f64 {
    let holiday_near = |from: i64, to: i64| {
        (from..=to).any(|n| {
            let other = day + chrono::Duration::days(n);
            matches!(calendar.day(other), DayKind::Holiday { en, .. } if en == "Spring Festival")
        })
    };
    if holiday_near(1, 5) {
        0.35
    } else if holiday_near(6, 12) {
        0.65
    } else if holiday_near(-6, -1) {
        0.55
    } else {
        1.0
    }
}

/// Days before applications close: mid-June, the ends of March, September and October.
pub(super) fn deadline(day: NaiveDate) -> f64 {
    match (day.month(), day.day()) {
        (6, 5..=15) => 1.85,
        (9, 21..=30) => 1.75,
        (10, 21..=31) => 1.5,
        (3, 24..=31) => 1.3,
        (7, 1..=10) => 0.85,
        (8, 10..=25) => 0.85,
        _ => 1.0,
    }
}

/// Moments at which `count` requests come in, from a year before `last` (UTC milliseconds) up to it, in order.
pub(super) fn arrivals(calendar: &Calendar, random: &mut ChaCha20Rng, last: i64, count: usize) -> Vec<i64> {
    let until = local(last);
    let first = until.date() - Days::new(365);
    let days: Vec<(NaiveDate, f64)> = (0..=365)
        .map(|n| {
            let day = first + Days::new(n);
            let noise = 0.8 + 0.4 * random.random::<f64>();
            // Of the last day only the hours up to `last` are there.
            let share = if day == until.date() { 0.3 } else { 1.0 };
            (day, busy(calendar, day, n as f64 / 365.0) * noise * share)
        })
        .collect();
    let total: f64 = days.iter().map(|(_, w)| w).sum();
    let mut moments = Vec::with_capacity(count);
    let (mut sum, mut made) = (0.0, 0_usize);
    for (day, weight) in days {
        sum += weight;
        let goal = ((sum / total) * count as f64).round() as usize;
        while made < goal {
            let mut at = asking(calendar, random, day);
            if at > last {
                let open = at_minute(day, 8 * 60 + 30, 0);
                at = if last > open { random.random_range(open..last) } else { last - 1000 };
            }
            moments.push(at);
            made += 1;
        }
    }
    moments.sort_unstable();
    moments
}

/// A moment of a day at which somebody asks: peaks at nine to eleven and three to five.
fn asking(calendar: &Calendar, random: &mut ChaCha20Rng, day: NaiveDate) -> i64 {
    let working = calendar.is_working_or_likely(day);
    let (from, to) = match random.random_range(0..100) {
        0..=41 if working => (9 * 60, 11 * 60),
        42..=72 if working => (15 * 60, 17 * 60),
        73..=80 if working => (11 * 60, 12 * 60),
        81..=88 if working => (14 * 60, 15 * 60),
        89..=93 if working => (8 * 60, 9 * 60),
        94..=97 if working => (17 * 60, 19 * 60),
        _ => (9 * 60, 21 * 60 + 30),
    };
    at_minute(day, random.random_range(from..to), random.random_range(0..60))
}

/// Whether a moment lies in working hours.
pub(super) fn in_office(calendar: &Calendar, at: i64) -> bool {
    let at = local(at);
    let minute = minute_of_day(at);
    calendar.is_working_or_likely(at.date())
        && ((MORNING.0..MORNING.1).contains(&minute) || (AFTERNOON.0..AFTERNOON.1).contains(&minute))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    fn ms(text: &str) -> i64 {
        moment(text.parse().unwrap())
    }

    #[test]
    fn work_goes_on_after_the_weekend() {
        let calendar = Calendar::shipped();
        let mut random = ChaCha20Rng::seed_from_u64(1);
        // Friday 20 November 2026, 17:00: half an hour is left, the rest is done on Monday.
        let at = office(&calendar, &mut random, ms("2026-11-20T17:00:00"), 90.0);
        assert_eq!(local(at).date(), NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
        assert!(in_office(&calendar, at));
    }

    #[test]
    fn as_many_come_as_wanted_and_few_at_the_spring_festival() {
        let calendar = Calendar::shipped();
        let mut random = ChaCha20Rng::seed_from_u64(1);
        let moments = arrivals(&calendar, &mut random, ms("2026-11-24T10:30:00"), 2000);
        assert_eq!(moments.len(), 2000);
        assert!(moments.is_sorted() && *moments.last().unwrap() <= ms("2026-11-24T10:30:00"));
        let within = |from: &str, to: &str| moments.iter().filter(|m| (ms(from)..ms(to)).contains(*m)).count();
        assert!(
            within("2026-02-09T00:00:00", "2026-02-24T00:00:00") * 3
                < within("2026-06-03T00:00:00", "2026-06-18T00:00:00")
        );
    }
}
