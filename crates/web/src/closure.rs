//! The next days on which the network is closed, and whether somebody answers the hotline now – from the calendar and the
//! hours of the site, so that nobody has to remember to write it.

use chrono::{Datelike, Days, NaiveDate, Timelike};

use crate::Visit;
use crate::components;
use crate::dates::{self, date_words};
use crate::kernel::calendar::{Calendar, is_weekend};
use crate::kernel::locale::Locale;
use crate::layout::{FlashKind, Html};
use crate::t;

/// A closure is told of this many days ahead.
pub const AHEAD_DAYS: u64 = 14;

/// Days off in a row: a holiday of the official calendar, or a local stoppage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// What it is.
    pub name: (String, String),
    /// The order, for a stoppage.
    pub document: Option<String>,
    /// First working day after it.
    pub resumes: NaiveDate,
    /// Weekend days near it that are worked in exchange and still to come.
    pub worked: Vec<NaiveDate>,
}

impl Closure {
    /// Whether it lasts today.
    pub fn is_now(&self, today: NaiveDate) -> bool {
        self.from <= today && today <= self.to
    }

    /// What is closed until when, what is worked in exchange, and what becomes of due days.
    pub fn sentence(&self, today: NaiveDate, locale: Locale) -> String {
        let m = t(locale);
        let day = |d: NaiveDate| date_words(d, today, locale);
        let name = locale.pick(&self.name.0, &self.name.1);
        let span = if self.from == self.to {
            m.closure_day(day(self.from))
        } else {
            m.closure_span(day(self.from), day(self.to))
        };
        let mut out = match &self.document {
            Some(document) => m.closure_stoppage(span, name, document, day(self.resumes)),
            None => m.closure_holiday(span, name, day(self.resumes)),
        };
        if !self.worked.is_empty() {
            let days: Vec<String> =
                self.worked.iter().map(|d| m.closure_worked_day(day(*d), dates::weekday_short(*d, locale))).collect();
            out.push_str(&m.closure_worked(days.join(&m.closure_join())));
        }
        out
    }
}

/// The closure of now, or the next one within [`AHEAD_DAYS`].
pub fn next(calendar: &Calendar, today: NaiveDate) -> Option<Closure> {
    let last = today + Days::new(AHEAD_DAYS);
    let near = |from: NaiveDate, to: NaiveDate| to >= today && from <= last;
    let after = |to: NaiveDate| {
        to.iter_days().skip(1).take(40).find(|d| calendar.is_working_or_likely(*d)).unwrap_or(to + Days::new(1))
    };
    let holidays = [today.year(), today.year() + 1]
        .into_iter()
        .filter_map(|year| calendar.year(year))
        .flat_map(|year| &year.holidays)
        .filter(|h| near(h.from, h.to))
        .map(|h| Closure {
            from: h.from,
            to: h.to,
            name: (h.zh.clone(), h.en.clone()),
            document: None,
            resumes: after(h.to),
            worked: h.worked.iter().copied().filter(|d| *d >= today).collect(),
        });
    let stoppages = calendar.stoppages().iter().filter(|s| near(s.from, s.to)).map(|s| Closure {
        from: s.from,
        to: s.to,
        name: (s.reason.clone(), s.reason.clone()),
        document: Some(s.document.clone()),
        resumes: after(s.to),
        worked: Vec::new(),
    });
    stoppages.chain(holidays).min_by_key(|closure| (closure.from, closure.document.is_none()))
}

/// Minutes of the day between which the hotline is answered, read from the hours as they are written: every two times
/// are a beginning and an end. Nothing where no times stand in it.
pub fn ranges(hours: &str) -> Vec<(u32, u32)> {
    let plain: Vec<char> = hours.chars().map(|c| if c == '\u{ff1a}' { ':' } else { c }).collect();
    let number = |text: &[char]| text.iter().collect::<String>().parse::<u32>().ok();
    let mut times = Vec::new();
    for (at, _) in plain.iter().enumerate().filter(|(_, c)| **c == ':') {
        let digits = plain[..at].iter().rev().take_while(|c| c.is_ascii_digit()).count().min(2);
        let (Some(hour), Some(minute)) = (number(&plain[at - digits..at]), plain.get(at + 1..at + 3).and_then(number))
        else {
            continue;
        };
        if hour < 24 && minute < 60 {
            times.push(hour * 60 + minute);
        }
    }
    times.chunks_exact(2).map(|pair| (pair[0], pair[1])).filter(|(from, to)| from < to).collect()
}

/// Whether somebody answers the hotline at this moment, and until or from when. Nothing where the hours name no times.
pub fn hotline_now(calendar: &Calendar, now_ms: i64, hours: &str, locale: Locale) -> Option<String> {
    let m = t(locale);
    let ranges = ranges(hours);
    let first = ranges.first()?.0;
    let now = dates::local(now_ms);
    let (today, minute) = (now.date(), now.hour() * 60 + now.minute());
    let clock = |minutes: u32| format!("{}:{:02}", minutes / 60, minutes % 60);
    if calendar.is_working_or_likely(today) {
        if let Some((_, to)) = ranges.iter().find(|(from, to)| (*from..*to).contains(&minute)) {
            return Some(m.closure_hotline_open(clock(*to)));
        }
        if let Some((from, _)) = ranges.iter().find(|(from, _)| *from > minute) {
            return Some(m.closure_hotline_later(clock(*from)));
        }
    }
    let day = today.iter_days().skip(1).take(40).find(|d| calendar.is_working_or_likely(*d))?;
    let word = if is_weekend(day) || day > today + Days::new(1) {
        m.closure_hotline_on(date_words(day, today, locale), dates::weekday_short(day, locale), clock(first))
    } else {
        m.closure_hotline_tomorrow(clock(first))
    };
    Some(word)
}

/// The note about the closure of now or of the next days, with a sentence added; nothing where none is near.
pub fn note(visit: &Visit, more: impl FnOnce() -> String) -> Html {
    let ctx = visit.ctx();
    let today = ctx.today();
    let Some(closure) = next(&ctx.calendar(), today) else { return Html::empty() };
    let words = Html::text(&closure.sentence(today, visit.locale())).say(&more());
    let kind = if closure.is_now(today) && closure.document.is_some() { FlashKind::Warn } else { FlashKind::Info };
    components::notice(kind, None, &words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::calendar::Stoppage;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_next_closure_is_told_two_weeks_ahead_and_not_earlier() {
        let calendar = Calendar::shipped();
        assert_eq!(next(&calendar, d("2026-07-01")), None);
        let autumn = next(&calendar, d("2026-09-24")).unwrap();
        assert_eq!((autumn.from, autumn.to), (d("2026-09-25"), d("2026-09-27")));
        let national = next(&calendar, d("2026-09-28")).unwrap();
        assert_eq!((national.from, national.to, national.resumes), (d("2026-10-01"), d("2026-10-07"), d("2026-10-08")));
        let words = national.sentence(d("2026-09-28"), Locale::Zh);
        assert!(
            words.contains("10月1日至10月7日") && words.contains("10月8日恢复") && words.contains("顺延"),
            "{words}"
        );
        assert_eq!(next(&calendar, d("2026-10-08")).map(|c| c.from), None, "over is over");
    }

    #[test]
    fn a_stoppage_is_told_with_its_document_while_it_lasts() {
        let mut calendar = Calendar::shipped();
        calendar
            .add_stoppage(Stoppage {
                from: d("2026-07-24"),
                to: d("2026-07-24"),
                document: "厦防指〔2026〕9号".into(),
                reason: "台风停工".into(),
            })
            .unwrap();
        let now = next(&calendar, d("2026-07-24")).unwrap();
        assert!(now.is_now(d("2026-07-24")));
        let words = now.sentence(d("2026-07-24"), Locale::Zh);
        assert!(words.contains("厦防指〔2026〕9号") && words.contains("7月27日"), "{words}");
    }

    #[test]
    fn hours_are_read_as_they_are_written() {
        let hours = "工作日 8:30–11:30，15：00–17：00（含调休上班日）";
        assert_eq!(ranges(hours), [(510, 690), (900, 1020)]);
        assert_eq!(ranges("Working days 8:30–11:30 and 15:00–17:00"), [(510, 690), (900, 1020)]);
        assert_eq!(ranges("全天"), []);
        let calendar = Calendar::shipped();
        let at = |text: &str| {
            let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
            hotline_now(&calendar, local.and_utc().timestamp_millis() - 8 * 3_600_000, hours, Locale::Zh).unwrap()
        };
        assert!(at("2026-10-12 10:42").contains("11:30"), "{}", at("2026-10-12 10:42"));
        assert!(at("2026-10-12 12:10").contains("15:00"));
        assert!(at("2026-10-12 18:00").contains("明天"));
        assert!(at("2026-10-02 10:00").contains("10月8日"));
    }
}
