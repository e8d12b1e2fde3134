//! Days, moments and figures in the words of a page.
//!
//! Every date is a `<time datetime>`. Days are those of the network's place (UTC+8, no summer time); moments come in
//! as UTC milliseconds. The wording lives in the catalogue `web`.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, Timelike, Weekday};

use crate::kernel::calendar::Calendar;
use crate::kernel::clock::working_days_between;
use crate::kernel::locale::Locale;
use crate::layout::Html;
use crate::t;

/// Seconds east of UTC of the place whose days count.
const EAST: i32 = 8 * 3600;

/// The wall clock at a moment given in UTC milliseconds.
pub fn local(ms: i64) -> NaiveDateTime {
    let zone = FixedOffset::east_opt(EAST).expect("eight hours is a valid offset");
    DateTime::from_timestamp_millis(ms).unwrap_or_default().with_timezone(&zone).naive_local()
}

/// The day on which a moment falls.
pub fn day_of(ms: i64) -> NaiveDate {
    local(ms).date()
}

fn tag(datetime: &str, words: &str) -> Html {
    Html(format!("<time datetime=\"{datetime}\">{}</time>", Html::text(words)))
}

fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// Name of the month as on a calendar leaf: `10月`, `Oct`.
pub fn month_short(day: NaiveDate, locale: Locale) -> String {
    let t = t(locale);
    match day.month() {
        1 => t.web_month_short_1(),
        2 => t.web_month_short_2(),
        3 => t.web_month_short_3(),
        4 => t.web_month_short_4(),
        5 => t.web_month_short_5(),
        6 => t.web_month_short_6(),
        7 => t.web_month_short_7(),
        8 => t.web_month_short_8(),
        9 => t.web_month_short_9(),
        10 => t.web_month_short_10(),
        11 => t.web_month_short_11(),
        _ => t.web_month_short_12(),
    }
}

fn month_long(day: NaiveDate, locale: Locale) -> String {
    let t = t(locale);
    match day.month() {
        1 => t.web_month_1(),
        2 => t.web_month_2(),
        3 => t.web_month_3(),
        4 => t.web_month_4(),
        5 => t.web_month_5(),
        6 => t.web_month_6(),
        7 => t.web_month_7(),
        8 => t.web_month_8(),
        9 => t.web_month_9(),
        10 => t.web_month_10(),
        11 => t.web_month_11(),
        _ => t.web_month_12(),
    }
}

/// The weekday, short: `周二`, `Tue`.
pub fn weekday_short(day: NaiveDate, locale: Locale) -> String {
    let t = t(locale);
    match day.weekday() {
        Weekday::Mon => t.web_weekday_short_1(),
        Weekday::Tue => t.web_weekday_short_2(),
        Weekday::Wed => t.web_weekday_short_3(),
        Weekday::Thu => t.web_weekday_short_4(),
        Weekday::Fri => t.web_weekday_short_5(),
        Weekday::Sat => t.web_weekday_short_6(),
        Weekday::Sun => t.web_weekday_short_7(),
    }
}

fn weekday_long(day: NaiveDate, locale: Locale) -> String {
    let t = t(locale);
    match day.weekday() {
        Weekday::Mon => t.web_weekday_1(),
        Weekday::Tue => t.web_weekday_2(),
        Weekday::Wed => t.web_weekday_3(),
        Weekday::Thu => t.web_weekday_4(),
        Weekday::Fri => t.web_weekday_5(),
        Weekday::Sat => t.web_weekday_6(),
        Weekday::Sun => t.web_weekday_7(),
    }
}

/// The weekday as it stands beside a full date: `周二`, `Tuesday`.
pub fn weekday_for(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::Zh => weekday_short(day, locale),
        Locale::En => weekday_long(day, locale),
    }
}

/// `10月13日`, `13 October`; with the year when it is another one. Plain words, for titles and letters.
pub fn date_words(day: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    if day.year() == today.year() {
        t(locale).web_date(month_long(day, locale), day.day().to_string())
    } else {
        date_full_words(day, locale)
    }
}

/// As [`date_act`], as plain words.
pub fn date_act_words(day: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    t(locale).web_date_act(date_words(day, today, locale), weekday_for(day, locale))
}

/// `2026年10月13日`, `13 October 2026`, as plain words.
pub fn date_full_words(day: NaiveDate, locale: Locale) -> String {
    t(locale).web_date_full(day.year().to_string(), month_long(day, locale), day.day().to_string())
}

fn short_words(day: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    if day.year() == today.year() {
        t(locale).web_date(month_short(day, locale), day.day().to_string())
    } else {
        t(locale).web_date_full(day.year().to_string(), month_short(day, locale), day.day().to_string())
    }
}

/// A day in running text: `10月13日`, `13 October`; the year is added when it is not this one.
pub fn date(day: NaiveDate, today: NaiveDate, locale: Locale) -> Html {
    tag(&iso(day), &date_words(day, today, locale))
}

/// A day with its year, always: `2026年10月13日`, `13 October 2026`.
pub fn date_full(day: NaiveDate, locale: Locale) -> Html {
    tag(&iso(day), &date_full_words(day, locale))
}

/// A day where room is short: `10月13日`, `13 Oct`.
pub fn date_short(day: NaiveDate, today: NaiveDate, locale: Locale) -> Html {
    tag(&iso(day), &short_words(day, today, locale))
}

/// Several days in a row where room is short: `10月1–7日`, `1–7 Oct`; both days in full across a month's end.
pub fn range_short(from: NaiveDate, to: NaiveDate, locale: Locale) -> Html {
    if (from.year(), from.month()) == (to.year(), to.month()) {
        let days = format!("{}–{}", from.day(), to.day());
        Html::text(&t(locale).web_date(month_short(from, locale), days))
    } else {
        Html(format!("{} – {}", date_short(from, from, locale), date_short(to, from, locale)))
    }
}

/// A day on which somebody must act: `10月13日（周二）`, `Tuesday, 13 October`.
pub fn date_act(day: NaiveDate, today: NaiveDate, locale: Locale) -> Html {
    let words = date(day, today, locale).0;
    Html(t(locale).web_date_act(words, weekday_for(day, locale)))
}

/// A day in a table: `10月13日 周二`, `13 Oct Tue`.
pub fn date_cell(day: NaiveDate, today: NaiveDate, locale: Locale) -> Html {
    Html(format!("{} {}", date_short(day, today, locale), Html::text(&weekday_short(day, locale))))
}

/// A due day in a table: as [`date_cell`], with “today” or “tomorrow” in the place of the weekday.
pub fn due_cell(day: NaiveDate, today: NaiveDate, locale: Locale) -> Html {
    match beside(day, today, locale) {
        Some(word) => Html(format!("{} {}", date_short(day, today, locale), Html::text(&word))),
        None => date_cell(day, today, locale),
    }
}

/// The word that may stand beside a due day: `今天`, `明天`; for other days none.
pub fn beside(day: NaiveDate, today: NaiveDate, locale: Locale) -> Option<String> {
    if day == today {
        Some(t(locale).web_today())
    } else if today.checked_add_days(Days::new(1)) == Some(day) {
        Some(t(locale).web_tomorrow())
    } else {
        None
    }
}

fn clock_words(at: NaiveDateTime) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

/// Time of day, 24 hours: `9:05`, `17:00`.
pub fn clock(ms: i64) -> String {
    clock_words(local(ms))
}

/// Day and time, short: `10月9日 16:50`, `9 Oct, 16:50`.
pub fn moment(ms: i64, today: NaiveDate, locale: Locale) -> Html {
    let at = local(ms);
    let words = t(locale).web_moment(short_words(at.date(), today, locale), clock_words(at));
    tag(&at.format("%Y-%m-%dT%H:%M+08:00").to_string(), &words)
}

/// Day, weekday and time, for a timeline: `10月9日 周五 16:50`, `9 Oct Fri 16:50`.
pub fn moment_full(ms: i64, today: NaiveDate, locale: Locale) -> Html {
    let at = local(ms);
    let words =
        format!("{} {} {}", short_words(at.date(), today, locale), weekday_short(at.date(), locale), clock_words(at));
    tag(&at.format("%Y-%m-%dT%H:%M+08:00").to_string(), &words)
}

/// Day with its year and time: `2026年10月12日 6:00`, `12 October 2026, 6:00`; for records and prints.
pub fn moment_record(ms: i64, locale: Locale) -> Html {
    let at = local(ms);
    let words = t(locale).web_moment(date_full_words(at.date(), locale), clock_words(at));
    tag(&at.format("%Y-%m-%dT%H:%M+08:00").to_string(), &words)
}

/// How many working days are left until a due day, and whether today is one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Working days from today to the due day, today included when it is one; 0 and less: so many since the due day.
    pub days: i64,
    /// Whether today is a working day and so counted.
    pub with_today: bool,
}

impl Left {
    /// Counted by the calendar, as far as it is known.
    pub fn until(calendar: &Calendar, today: NaiveDate, due: NaiveDate) -> Left {
        let between = working_days_between(calendar, today, due);
        if due < today {
            return Left { days: between, with_today: false };
        }
        let with_today = due == today || calendar.is_working_or_likely(today);
        Left { days: between + i64::from(with_today), with_today }
    }

    /// As [`left`].
    pub fn words(self, locale: Locale) -> String {
        left(self.days, self.with_today, locale)
    }

    /// As [`left_short`].
    pub fn short(self, locale: Locale) -> String {
        left_short(self.days, self.with_today, locale)
    }
}

/// How long is left, in words: `还剩 2 个工作日，含今天`, `今天到期`, `超 1 个工作日`.
///
/// `working_days` counts the working days from today to the due day, today included when it is one; 0 and less mean
/// that the due day is over by so many working days. `counts_today` says whether today is a working day.
pub fn left(working_days: i64, counts_today: bool, locale: Locale) -> String {
    let t = t(locale);
    match working_days {
        i64::MIN..=-1 => t.web_over(working_days.unsigned_abs()),
        0 => t.web_over_now(),
        1 if counts_today => t.web_due_today(),
        _ if counts_today => t.web_left_with_today(working_days),
        _ => t.web_left(working_days),
    }
}

/// As [`left`], for a list: `剩 2 个工作日，含今天`, `今天到期`, `超 1 个工作日`.
pub fn left_short(working_days: i64, counts_today: bool, locale: Locale) -> String {
    let t = t(locale);
    match working_days {
        i64::MIN..=-1 => t.web_over(working_days.unsigned_abs()),
        0 => t.web_over_now(),
        1 if counts_today => t.web_due_today(),
        _ if counts_today => t.web_left_short_with_today(working_days),
        _ => t.web_left_short(working_days),
    }
}

/// A whole number with thousands: `1,284`.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    if n < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share of a whole in percent with one decimal, `93.6%`; `–` when the whole is zero. Rounded half up, in integers.
pub fn share(part: i64, whole: i64) -> String {
    match share_figure(part, whole) {
        Some(figure) => format!("{figure}%"),
        None => "–".to_string(),
    }
}

/// As [`share`] without the sign, for a tile whose unit stands beside it.
pub fn share_figure(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part.max(0)), i128::from(whole));
    let tenths = (part * 2000 + whole) / (2 * whole);
    Some(format!("{}.{}", tenths / 10, tenths % 10))
}

/// A figure kept in hundredths with one decimal: 450 is `4.5`. Rounded half away from zero.
pub fn hundredths(n: i64) -> String {
    let tenths = (n.abs() + 5) / 10;
    format!("{}{}.{}", if n < 0 && tenths > 0 { "-" } else { "" }, number(tenths / 10), tenths % 10)
}

/// Size of a file in the units people read: `18 KB`, `1.2 MB`.
pub fn file_size(bytes: u64) -> String {
    const KB: u64 = 1000;
    const MB: u64 = 1000 * KB;
    if bytes < KB {
        format!("{bytes} B")
    } else if bytes + KB / 2 < MB {
        format!("{} KB", (bytes + KB / 2) / KB)
    } else {
        let tenths = (bytes + MB / 20) / (MB / 10);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).expect("a day")
    }

    #[test]
    fn days_in_both_languages() {
        let today = d(2026, 10, 12);
        let due = d(2026, 10, 13);
        assert_eq!(date(due, today, Locale::Zh).0, "<time datetime=\"2026-10-13\">10月13日</time>");
        assert_eq!(date(due, today, Locale::En).0, "<time datetime=\"2026-10-13\">13 October</time>");
        assert_eq!(date(d(2027, 1, 5), today, Locale::Zh).0, "<time datetime=\"2027-01-05\">2027年1月5日</time>");
        assert_eq!(date(d(2027, 1, 5), today, Locale::En).0, "<time datetime=\"2027-01-05\">5 January 2027</time>");
        assert_eq!(date_act(due, today, Locale::Zh).0, "<time datetime=\"2026-10-13\">10月13日</time>（周二）");
        assert_eq!(date_act(due, today, Locale::En).0, "Tuesday, <time datetime=\"2026-10-13\">13 October</time>");
        assert_eq!(date_cell(due, today, Locale::Zh).0, "<time datetime=\"2026-10-13\">10月13日</time> 周二");
        assert_eq!(date_cell(due, today, Locale::En).0, "<time datetime=\"2026-10-13\">13 Oct</time> Tue");
        assert_eq!(due_cell(due, today, Locale::Zh).0, "<time datetime=\"2026-10-13\">10月13日</time> 明天");
        assert_eq!(due_cell(today, today, Locale::En).0, "<time datetime=\"2026-10-12\">12 Oct</time> today");
    }

    #[test]
    fn moments_stand_in_the_network_s_place() {
        // 2026-10-09T08:50:00Z is 16:50 there; late evening in UTC is already the next day.
        let today = d(2026, 10, 12);
        let ms = 1_791_535_800_000;
        assert_eq!(moment(ms, today, Locale::Zh).0, "<time datetime=\"2026-10-09T16:50+08:00\">10月9日 16:50</time>");
        assert_eq!(moment(ms, today, Locale::En).0, "<time datetime=\"2026-10-09T16:50+08:00\">9 Oct, 16:50</time>");
        assert!(moment_full(ms, today, Locale::Zh).0.contains("10月9日 周五 16:50"));
        assert!(moment_record(ms, Locale::En).0.contains("9 October 2026, 16:50"));
        assert_eq!(day_of(ms + 8 * 3_600_000), d(2026, 10, 10));
        assert_eq!(clock(ms - 8 * 3_600_000), "8:50");
    }

    #[test]
    fn what_is_left() {
        assert_eq!(left(2, true, Locale::Zh), "还剩 2 个工作日，含今天");
        assert_eq!(left(2, false, Locale::Zh), "还剩 2 个工作日");
        assert_eq!(left(1, true, Locale::Zh), "今天到期");
        assert_eq!(left(1, false, Locale::En), "1 working day left");
        assert_eq!(left(2, true, Locale::En), "2 working days left, today included");
        assert_eq!(left(-1, true, Locale::Zh), "超 1 个工作日");
        assert_eq!(left(-3, true, Locale::En), "3 working days over");
        assert_eq!(left_short(2, true, Locale::Zh), "剩 2 个工作日，含今天");
        assert_eq!(left_short(2, false, Locale::En), "2 working days left");
    }

    #[test]
    fn left_counts_today_when_it_is_worked() {
        let calendar = Calendar::shipped();
        assert_eq!(Left::until(&calendar, d(2026, 10, 12), d(2026, 10, 13)), Left { days: 2, with_today: true });
        assert_eq!(Left::until(&calendar, d(2026, 10, 13), d(2026, 10, 13)), Left { days: 1, with_today: true });
        assert_eq!(Left::until(&calendar, d(2026, 10, 11), d(2026, 10, 12)), Left { days: 1, with_today: false });
        // Saturday the tenth was worked in exchange: on Monday a limit of Saturday is over by one working day.
        assert_eq!(Left::until(&calendar, d(2026, 10, 12), d(2026, 10, 10)), Left { days: -1, with_today: false });
        assert_eq!(Left::until(&calendar, d(2026, 10, 11), d(2026, 10, 10)).days, 0);
    }

    #[test]
    fn figures() {
        assert_eq!(number(1284), "1,284");
        assert_eq!(number(-1_000_000), "-1,000,000");
        assert_eq!(number(999), "999");
        assert_eq!(share(1202, 1284), "93.6%");
        assert_eq!(share(0, 0), "–");
        assert_eq!(share(1, 3), "33.3%");
        assert_eq!(share(1, 16), "6.3%");
        assert_eq!(hundredths(450), "4.5");
        assert_eq!(hundredths(-4), "0.0");
        assert_eq!(file_size(18_000), "18 KB");
        assert_eq!(file_size(1_249_000), "1.2 MB");
        assert_eq!(file_size(999_800), "1.0 MB");
        assert_eq!(file_size(12), "12 B");
    }
}
