//! What the address of the overview or of a list behind it says.

use chrono::{Datelike, Days, Months, NaiveDate};
use huiqi_kernel::codes;
use huiqi_kernel::people::{Role, Viewer};
use huiqi_store::clock::day_start;
use serde::Deserialize;

use super::sets::Figure;

codes! {
    /// Ranges that are asked for often.
    pub enum Preset {
        /// From the first of this month until today.
        ThisMonth = "this-month",
        /// The whole month before.
        LastMonth = "last-month",
        /// From the first day of this quarter until today.
        ThisQuarter = "this-quarter",
        /// From 1 January until today.
        ThisYear = "this-year",
        /// This month and the eleven before it.
        TwelveMonths = "twelve-months",
    }
}

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

impl Span {
    /// The days of a preset, seen from today.
    pub fn of(preset: Preset, today: NaiveDate) -> Span {
        let month = first_of_month(today);
        match preset {
            Preset::ThisMonth => Span { from: month, to: today },
            Preset::LastMonth => Span { from: month - Months::new(1), to: month - Days::new(1) },
            Preset::ThisQuarter => Span { from: month - Months::new(today.month0() % 3), to: today },
            Preset::ThisYear => Span { from: month - Months::new(today.month0()), to: today },
            Preset::TwelveMonths => Span { from: month - Months::new(11), to: today },
        }
    }

    /// 0:00 of the first day, UTC milliseconds.
    pub fn start(self) -> i64 {
        day_start(self.from)
    }

    /// 0:00 of the day after the last one, UTC milliseconds: the first moment outside.
    pub fn end(self) -> i64 {
        day_start(self.to + Days::new(1))
    }

    /// The months it touches, each cut to it; the last twelve of them where there are more.
    pub fn months(self) -> Vec<Span> {
        let last = first_of_month(self.to);
        let mut month = first_of_month(self.from).max(last - Months::new(11));
        let mut out = Vec::new();
        while month <= last {
            let next = month + Months::new(1);
            out.push(Span { from: month.max(self.from), to: (next - Days::new(1)).min(self.to) });
            month = next;
        }
        out
    }
}

/// Everything the address can say. Unknown words select nothing rather than everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Code of the figure whose records are listed.
    pub figure: String,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub to: String,
    /// District code; `none` for requests without one.
    pub district: String,
    /// Category code; `none` for requests without one.
    pub category: String,
    /// Channel code.
    pub channel: String,
    /// Kind code.
    pub kind: String,
    /// Step whose limit is meant: accept, dispatch, answer.
    pub step: String,
    /// Whether the limit was kept: `yes`, `no`.
    pub kept: String,
    /// How it was closed.
    pub how: String,
    /// Grade, 1–5.
    pub grade: String,
    /// Cause of an improvement; `none` where it was not found yet.
    pub cause: String,
    /// Number of a window.
    pub window: String,
    /// Number of an organisation.
    pub org: String,
    /// Where the page of a list begins.
    pub after: String,
    /// Column by which the table of handlers is sorted; `-` before it turns it round.
    pub sort: String,
    /// `all` shows every provider.
    pub show: String,
}

/// The territory to which a department's officer is confined; none for everybody else.
pub fn territory(viewer: &Viewer) -> Option<&str> {
    viewer.actor().filter(|a| a.role == Role::DepartmentOfficer).and_then(|a| a.territory.as_deref())
}

/// Words for “has none”.
pub const NONE: &str = "none";

/// The latest day that is taken seriously; beyond it calendars and milliseconds end.
fn sane(day: NaiveDate) -> Option<NaiveDate> {
    (1990..=2200).contains(&day.year()).then_some(day)
}

impl Ask {
    /// The days asked for; this year until today where nothing sensible is said. Turned round where the last day comes
    /// before the first.
    pub fn span(&self, today: NaiveDate) -> Span {
        let read = |text: &str| text.trim().parse::<NaiveDate>().ok().and_then(sane);
        let year = Span::of(Preset::ThisYear, today);
        let (from, to) = match (read(&self.from), read(&self.to)) {
            (None, None) => (year.from, year.to),
            (Some(from), None) => (from, today.max(from)),
            (None, Some(to)) => (first_of_month(to) - Months::new(to.month0()), to),
            (Some(from), Some(to)) => (from, to),
        };
        Span { from: from.min(to), to: from.max(to) }
    }

    /// The same with its days written out, so that a link means the same tomorrow.
    pub fn dated(&self, today: NaiveDate) -> Ask {
        self.within(self.span(today))
    }

    /// The same over other days.
    pub fn within(&self, span: Span) -> Ask {
        Ask { from: span.from.to_string(), to: span.to.to_string(), ..self.clone() }
    }

    /// A figure over the same days and with the same filters, all narrower questions forgotten.
    pub fn of(&self, figure: Figure) -> Ask {
        Ask {
            figure: figure.code().to_owned(),
            from: self.from.clone(),
            to: self.to.clone(),
            district: self.district.clone(),
            category: self.category.clone(),
            ..Ask::default()
        }
    }

    /// The filters and days alone, for the overview itself.
    pub fn overview(&self) -> Ask {
        Ask { figure: String::new(), ..self.of(Figure::Intake) }
    }

    /// A department asks about its own territory and about nothing else, whatever the address says.
    pub fn within_reach(self, viewer: &Viewer) -> Ask {
        match territory(viewer) {
            Some(district) => Ask { district: district.to_owned(), ..self },
            None => self,
        }
    }

    /// One thing said besides.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Ask)) -> Ask {
        set(&mut self);
        self
    }

    /// Whether district or category narrow the figures.
    pub fn is_filtered(&self) -> bool {
        !self.district.is_empty() || !self.category.is_empty()
    }

    /// The address with this question.
    pub fn href(&self, path: &str) -> String {
        let pairs = [
            ("figure", &self.figure),
            ("step", &self.step),
            ("kept", &self.kept),
            ("how", &self.how),
            ("grade", &self.grade),
            ("cause", &self.cause),
            ("window", &self.window),
            ("org", &self.org),
            ("channel", &self.channel),
            ("kind", &self.kind),
            ("from", &self.from),
            ("to", &self.to),
            ("district", &self.district),
            ("category", &self.category),
            ("after", &self.after),
            ("sort", &self.sort),
            ("show", &self.show),
        ];
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        let mut any = false;
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            out.append_pair(name, value);
            any = true;
        }
        if any { format!("{path}?{}", out.finish()) } else { path.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(from: &str, to: &str) -> Span {
        Span { from: d(from), to: d(to) }
    }

    #[test]
    fn presets_follow_the_calendar() {
        let today = d("2026-11-24");
        assert_eq!(Span::of(Preset::ThisMonth, today), span("2026-11-01", "2026-11-24"));
        assert_eq!(Span::of(Preset::LastMonth, today), span("2026-10-01", "2026-10-31"));
        assert_eq!(Span::of(Preset::ThisQuarter, today), span("2026-10-01", "2026-11-24"));
        assert_eq!(Span::of(Preset::ThisYear, today), span("2026-01-01", "2026-11-24"));
        assert_eq!(Span::of(Preset::TwelveMonths, today), span("2025-12-01", "2026-11-24"));
        assert_eq!(Span::of(Preset::LastMonth, d("2026-01-31")), span("2025-12-01", "2025-12-31"));
    }

    #[test]
    fn months_are_cut_to_the_days_asked_for() {
        let months = span("2026-09-15", "2026-11-24").months();
        assert_eq!(
            months,
            [span("2026-09-15", "2026-09-30"), span("2026-10-01", "2026-10-31"), span("2026-11-01", "2026-11-24"),]
        );
        let long = span("2020-03-03", "2026-11-24").months();
        assert_eq!(long.len(), 12);
        assert_eq!(long[0], span("2025-12-01", "2025-12-31"));
        assert_eq!(span("2026-11-24", "2026-11-24").months(), [span("2026-11-24", "2026-11-24")]);
    }

    #[test]
    fn days_are_read_kindly() {
        let today = d("2026-11-24");
        let ask = |from: &str, to: &str| Ask { from: from.into(), to: to.into(), ..Ask::default() }.span(today);
        assert_eq!(ask("", ""), span("2026-01-01", "2026-11-24"));
        assert_eq!(ask("2026-05-05", "2026-03-01"), span("2026-03-01", "2026-05-05"));
        assert_eq!(ask("x", "2025-06-30"), span("2025-01-01", "2025-06-30"));
        assert_eq!(ask("9999-01-01", "-1"), span("2026-01-01", "2026-11-24"));
    }
}
