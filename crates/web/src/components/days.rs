//! How a due day was counted: the strip of days and the fold around it.

use chrono::{Datelike, NaiveDate};

use super::{attr, icon};
use crate::kernel::calendar::DayKind;
use crate::kernel::clock::{CountedDay, DaySpan, Deadline, spans};
use crate::kernel::locale::Locale;
use crate::layout::Html;
use crate::{dates, t};

/// The derivation of a due day, folded or open.
#[derive(Clone, Debug)]
pub struct How<'a> {
    /// Id of the fold, which the sentence on top links to.
    pub id: &'a str,
    /// What was counted.
    pub deadline: &'a Deadline,
    /// The day it is.
    pub today: NaiveDate,
    /// What happened on the start day, such as “assigned”; it says why that day does not count.
    pub start: Option<String>,
    /// In words, which limit it is and what did not count; a sentence of the counting itself stands in if empty.
    pub intro: Html,
    /// On what it rests: article, parameter, calendar, version of the rule.
    pub basis: Html,
    /// Open on a running case, folded elsewhere.
    pub open: bool,
}

impl How<'_> {
    /// The markup.
    pub fn html(&self, locale: Locale) -> Html {
        let t = t(locale);
        let due = dates::date(self.deadline.due, self.today, locale);
        let counted: Vec<&CountedDay> = self.deadline.days.iter().filter(|day| day.counted.is_some()).collect();
        let intro = if !self.intro.is_empty() {
            self.intro.clone()
        } else if let (Some(first), Some(last)) = (counted.first(), counted.last()) {
            Html::fill(
                &t.web_how_intro(counted.len() as u64, "{0}", "{1}"),
                &[dates::date_act(first.date, self.today, locale), dates::date_act(last.date, self.today, locale)],
            )
        } else {
            Html::empty()
        };
        let mut body = String::new();
        if !intro.is_empty() {
            body.push_str(&format!("<p>{intro}</p>"));
        }
        body.push_str(
            &days_strip(&self.deadline.days, Some(self.deadline.due), self.today, self.start.as_deref(), locale).0,
        );
        if self.deadline.provisional {
            let year =
                self.deadline.days.iter().find(|day| !day.known).map_or(self.deadline.due.year(), |d| d.date.year());
            body.push_str(&format!("<p><b>{}</b></p>", Html::text(&t.web_how_provisional(year.to_string()))));
        }
        if !self.basis.is_empty() {
            body.push_str(&format!("<p class=\"quiet\">{}</p>", self.basis));
        }
        Html(format!(
            "<details class=\"how\"{}{}><summary>{}{}</summary><div class=\"how-body\">{body}</div></details>",
            attr("id", self.id),
            if self.open { " open" } else { "" },
            icon("right"),
            Html::fill(&t.web_how_title("{0}"), &[due])
        ))
    }
}

/// The strip of days. Days that do not count for one reason stand together; `due` is absent while a limit stands still.
pub fn days_strip(
    days: &[CountedDay],
    due: Option<NaiveDate>,
    today: NaiveDate,
    start: Option<&str>,
    locale: Locale,
) -> Html {
    let mut out = String::from("<ol class=\"days\">");
    for (i, span) in spans(days).iter().enumerate() {
        out.push_str(&day(span, i == 0, due, today, start, locale));
    }
    out.push_str("</ol>");
    Html(out)
}

fn day(
    span: &DaySpan,
    first: bool,
    due: Option<NaiveDate>,
    today: NaiveDate,
    start: Option<&str>,
    locale: Locale,
) -> String {
    let t = t(locale);
    let weekday = dates::weekday_short(span.from, locale);
    let is_today = span.from <= today && today <= span.to;
    let is_due = Some(span.to) == due && (span.counted.is_some() || span.length == 1 && !first);
    let mut class = Vec::new();
    let (above, below);
    if let Some(n) = span.counted {
        class.push(if is_due { "is-due" } else { "is-count" });
        above = match (is_due, is_today, &span.kind) {
            (true, true, _) => t.web_days_due_today(weekday),
            (true, false, _) => t.web_days_due(weekday),
            (false, true, _) => t.web_days_today(weekday),
            (false, false, DayKind::WeekendWorked { .. }) => t.web_days_worked(weekday),
            (false, false, _) => weekday,
        };
        below = if span.known { t.web_days_nth(n.to_string()) } else { t.web_days_nth_provisional(n.to_string()) };
    } else if span.paused {
        class.push("is-held");
        above = if span.length > 1 { t.web_days_paused_head() } else { weekday };
        below = if span.length > 1 { t.web_days_off_many(u64::from(span.length)) } else { t.web_days_paused() };
    } else if first {
        above = weekday;
        below = start.map_or_else(|| t.web_days_start(), |word| t.web_days_start_word(word));
    } else {
        class.push("is-off");
        above = match (&span.kind, span.kind.name(locale)) {
            (DayKind::Holiday { .. }, Some(name)) => t.web_days_holiday(name),
            (DayKind::Stoppage { .. }, Some(reason)) => t.web_days_stoppage(reason),
            _ if span.length > 1 => t.web_days_weekend(),
            _ => weekday,
        };
        below = if span.length > 1 { t.web_days_off_many(u64::from(span.length)) } else { t.web_days_off() };
    }
    if span.length > 2 || (span.length > 1 && span.from.month() != span.to.month()) {
        class.push("wide");
    }
    if is_today && !is_due {
        class.push("is-today");
    }
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{}\"", class.join(" ")) };
    let date = if span.length == 1 {
        dates::date_short(span.from, span.from, locale)
    } else {
        dates::range_short(span.from, span.to, locale)
    };
    format!("<li{class}><b>{date}</b>{}<br>{}</li>", Html::text(&above), Html::text(&below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::calendar::Calendar;
    use crate::kernel::clock::{Count, Pause, deadline_provisional, deadline_with_pauses};

    fn d(m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, m, day).expect("a day")
    }

    /// The case of the specimen page: assigned on 29 September, suspended on 9 October.
    fn sample() -> Deadline {
        let pause = Pause { from: d(10, 9), to: Some(d(10, 9)) };
        match deadline_with_pauses(&Calendar::shipped(), d(9, 29), 5, false, &[pause]) {
            Count::Running(deadline) => deadline,
            Count::Suspended(_) => panic!("it runs"),
        }
    }

    #[test]
    fn the_strip_is_that_of_the_specimen_page() {
        let strip = days_strip(&sample().days, Some(d(10, 13)), d(10, 12), Some("派单"), Locale::Zh).0;
        for piece in [
            "<li><b><time datetime=\"2026-09-29\">9月29日</time></b>周二<br>派单，不算</li>",
            "<li class=\"is-count\"><b><time datetime=\"2026-09-30\">9月30日</time></b>周三<br>第 1 天</li>",
            "<b>10月1–7日</b>",
            "7 天不算</li>",
            "<li class=\"is-held\"><b><time datetime=\"2026-10-09\">10月9日</time></b>周五<br>暂停，不算</li>",
            "周六上班<br>第 3 天",
            "<li class=\"is-count is-today\"><b><time datetime=\"2026-10-12\">10月12日</time></b>周一，今天<br>第 4 天</li>",
            "<li class=\"is-due\"><b><time datetime=\"2026-10-13\">10月13日</time></b>周二，到期<br>第 5 天</li>",
        ] {
            assert!(strip.contains(piece), "{piece}\n{strip}");
        }
        assert_eq!(strip.matches("is-due").count(), 1);
        let english = days_strip(&sample().days, Some(d(10, 13)), d(10, 12), Some("assigned"), Locale::En).0;
        assert!(english.contains("<b>1–7 Oct</b>") && english.contains("Tue, due<br>day 5"), "{english}");
        assert!(!english.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{english}");
    }

    #[test]
    fn the_fold_opens_and_says_what_is_provisional() {
        let deadline = sample();
        let how = How {
            id: "count",
            deadline: &deadline,
            today: d(10, 12),
            start: None,
            intro: Html::empty(),
            basis: Html::empty(),
            open: true,
        };
        let out = how.html(Locale::Zh).0;
        assert!(out.starts_with("<details class=\"how\" id=\"count\" open>") && out.contains("是怎样算出来的"));
        assert!(out.contains("5 个工作日"));
        let far = deadline_provisional(&Calendar::empty(), d(12, 25), 10, false);
        let how = How { deadline: &far, open: false, ..how };
        assert!(how.html(Locale::Zh).0.contains("暂定"));
    }
}
