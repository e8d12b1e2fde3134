//! The calendar of working days: the week, the holiday arrangement the State Council publishes for each year (days off, and
//! weekend days worked in exchange), and local stoppages such as a typhoon.
//!
//! A year without data is not guessed silently: [`Calendar::is_working`] answers `None`, and [`Calendar::day`] follows the week
//! alone, which whoever asks must mark as provisional (see [`crate::clock`]).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// Longest local stoppage that is accepted, in days: a longer one is a mistyped year.
pub const LONGEST_STOPPAGE: i64 = 92;

/// What kind of day a date is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DayKind {
    /// An ordinary working day.
    Workday,
    /// A Saturday or Sunday worked in exchange for a holiday.
    WeekendWorked {
        /// The holiday, in Chinese.
        zh: String,
        /// The holiday, in English.
        en: String,
    },
    /// A Saturday or Sunday.
    Weekend,
    /// A day off of a holiday, weekend days inside it included.
    Holiday {
        /// Its name in Chinese.
        zh: String,
        /// Its name in English.
        en: String,
    },
    /// A day that would have been worked but for a local stoppage.
    Stoppage {
        /// The document that ordered it.
        document: String,
        /// Why, as entered.
        reason: String,
    },
}

impl DayKind {
    /// Whether such a day counts as a working day.
    pub const fn is_working(&self) -> bool {
        matches!(self, DayKind::Workday | DayKind::WeekendWorked { .. })
    }

    /// Stable name of the kind, for messages, styles and `--json`.
    pub const fn code(&self) -> &'static str {
        match self {
            DayKind::Workday => "workday",
            DayKind::WeekendWorked { .. } => "weekend-worked",
            DayKind::Weekend => "weekend",
            DayKind::Holiday { .. } => "holiday",
            DayKind::Stoppage { .. } => "stoppage",
        }
    }

    /// The holiday, or the reason of the stoppage, behind this day.
    pub fn name(&self, locale: Locale) -> Option<&str> {
        match self {
            DayKind::WeekendWorked { zh, en } | DayKind::Holiday { zh, en } => Some(locale.pick(zh, en)),
            DayKind::Stoppage { reason, .. } => Some(reason),
            DayKind::Workday | DayKind::Weekend => None,
        }
    }
}

/// Days on which work stopped here by an order, a typhoon for instance: they do not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stoppage {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// The order, by number or title.
    pub document: String,
    /// Why.
    pub reason: String,
}

/// A holiday of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holiday {
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// First day off.
    pub from: NaiveDate,
    /// Last day off, included.
    pub to: NaiveDate,
    /// Weekend days worked in exchange, in order.
    pub worked: Vec<NaiveDate>,
}

impl Holiday {
    /// Its name.
    pub fn name(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }
}

/// The arrangement of one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// Number of the document that arranges it.
    pub document: String,
    /// Day of that document, where the file says it.
    pub issued: Option<NaiveDate>,
    /// Its holidays in order.
    pub holidays: Vec<Holiday>,
    #[serde(skip)]
    off: BTreeMap<NaiveDate, usize>,
    #[serde(skip)]
    worked: BTreeMap<NaiveDate, usize>,
}

/// Why a calendar file or a stoppage is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The file is not TOML of the shape of `rule/calendar/2026.toml`, or a day in it does not exist.
    #[error("the calendar file cannot be read: {0}")]
    Unreadable(String),
    /// A year this program cannot have: it holds 2000 to 2199.
    #[error("{0} is not a year of such a calendar")]
    YearOutOfRange(i32),
    /// There is data for this year already.
    #[error("there is a calendar for {0} already")]
    YearKnown(i32),
    /// The document is not named.
    #[error("the calendar file does not name the document it follows")]
    NoDocument,
    /// A holiday without a name in one of the languages.
    #[error("the holiday from {0} has no name in Chinese or none in English")]
    NoName(NaiveDate),
    /// A date outside the year of the file.
    #[error("{date} is not in {year}")]
    WrongYear {
        /// The date.
        date: NaiveDate,
        /// The year of the file.
        year: i32,
    },
    /// The last day lies before the first.
    #[error("{to} is before {from}")]
    BackToFront {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// A date named twice.
    #[error("{0} is named twice")]
    Twice(NaiveDate),
    /// A weekend day worked in exchange that is no weekend day.
    #[error("{0} is no Saturday or Sunday, so it is not worked in exchange")]
    NotAWeekend(NaiveDate),
    /// A date both off and worked.
    #[error("{0} is off and worked at once")]
    OffAndWorked(NaiveDate),
    /// The year has far fewer or more working days than any year has: something is missing or mistyped.
    #[error("{year} would have {count} working days, which cannot be right")]
    Implausible {
        /// The year.
        year: i32,
        /// Working days it would have.
        count: u32,
    },
    /// A stoppage without its document or its reason.
    #[error("a stoppage needs its document and its reason")]
    StoppageUnfounded,
    /// A stoppage of more than [`LONGEST_STOPPAGE`] days.
    #[error("a stoppage of {0} days is too long to be meant")]
    StoppageTooLong(i64),
}

impl CalendarError {
    /// Stable name of the error, for messages and `--json`.
    pub const fn code(&self) -> &'static str {
        match self {
            CalendarError::Unreadable(_) => "unreadable",
            CalendarError::YearOutOfRange(_) => "year-out-of-range",
            CalendarError::YearKnown(_) => "year-known",
            CalendarError::NoDocument => "no-document",
            CalendarError::NoName(_) => "no-name",
            CalendarError::WrongYear { .. } => "wrong-year",
            CalendarError::BackToFront { .. } => "back-to-front",
            CalendarError::Twice(_) => "twice",
            CalendarError::NotAWeekend(_) => "not-a-weekend",
            CalendarError::OffAndWorked(_) => "off-and-worked",
            CalendarError::Implausible { .. } => "implausible",
            CalendarError::StoppageUnfounded => "stoppage-unfounded",
            CalendarError::StoppageTooLong(_) => "stoppage-too-long",
        }
    }
}

/// Working days of the years it has data for, and local stoppages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
    stoppages: Vec<Stoppage>,
}

/// The calendar files shipped with the program.
const SHIPPED: [&str; 3] = [
    include_str!("../../../rule/calendar/2024.toml"),
    include_str!("../../../rule/calendar/2025.toml"),
    include_str!("../../../rule/calendar/2026.toml"),
];

impl Calendar {
    /// The years shipped with the program: 2024, 2025 and 2026.
    pub fn shipped() -> Calendar {
        static READ: LazyLock<Calendar> = LazyLock::new(|| {
            let mut calendar = Calendar::empty();
            for text in SHIPPED {
                calendar.add_year_toml(text).expect("shipped at build time, read by the tests of this module");
            }
            calendar
        });
        READ.clone()
    }

    /// Without any year: every date is provisional.
    pub fn empty() -> Calendar {
        Calendar::default()
    }

    /// Adds a year from a file of the shape of `rule/calendar/2026.toml` and answers which year it was. Dates may be bare
    /// or in quotes.
    ///
    /// # Errors
    /// Everything of [`CalendarError`] but the stoppages; the calendar is then as it was.
    pub fn add_year_toml(&mut self, text: &str) -> Result<i32, CalendarError> {
        let year = Year::from_toml(text)?;
        let number = year.year;
        if self.years.contains_key(&number) {
            return Err(CalendarError::YearKnown(number));
        }
        self.years.insert(number, year);
        Ok(number)
    }

    /// Like [`add_year_toml`](Self::add_year_toml), but takes the place of data there is for that year: for a corrected file or an amended
    /// arrangement.
    ///
    /// # Errors
    /// As there, but for [`CalendarError::YearKnown`].
    pub fn replace_year_toml(&mut self, text: &str) -> Result<i32, CalendarError> {
        let year = Year::from_toml(text)?;
        let number = year.year;
        self.years.insert(number, year);
        Ok(number)
    }

    /// Adds a local stoppage: its days do not count. Stoppages may overlap; the first one added then gives the reason.
    ///
    /// # Errors
    /// [`CalendarError::BackToFront`], [`CalendarError::StoppageTooLong`], [`CalendarError::StoppageUnfounded`].
    pub fn add_stoppage(&mut self, stoppage: Stoppage) -> Result<(), CalendarError> {
        let Stoppage { from, to, document, reason } = &stoppage;
        if to < from {
            return Err(CalendarError::BackToFront { from: *from, to: *to });
        }
        let days = (*to - *from).num_days() + 1;
        if days > LONGEST_STOPPAGE {
            return Err(CalendarError::StoppageTooLong(days));
        }
        if document.trim().is_empty() || reason.trim().is_empty() {
            return Err(CalendarError::StoppageUnfounded);
        }
        self.stoppages.push(stoppage);
        Ok(())
    }

    /// Takes a stoppage away; whether it was there.
    pub fn remove_stoppage(&mut self, from: NaiveDate, to: NaiveDate, document: &str) -> bool {
        let found = self.stoppages.iter().position(|s| s.from == from && s.to == to && s.document == document);
        if let Some(at) = found {
            self.stoppages.remove(at);
        }
        found.is_some()
    }

    /// The stoppages in the order they were added.
    pub fn stoppages(&self) -> &[Stoppage] {
        &self.stoppages
    }

    /// Whether there is data for this year.
    pub fn has_year(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    /// The years there is data for, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.keys().copied()
    }

    /// The arrangement of a year: its document and holidays.
    pub fn year(&self, year: i32) -> Option<&Year> {
        self.years.get(&year)
    }

    /// What kind of day this is. In a year without data the week alone decides (a stoppage still counts).
    pub fn day(&self, date: NaiveDate) -> DayKind {
        let kind = self.years.get(&date.year()).map_or_else(|| week(date), |year| year.day(date));
        if kind.is_working()
            && let Some(stoppage) = self.stoppage(date)
        {
            return DayKind::Stoppage { document: stoppage.document.clone(), reason: stoppage.reason.clone() };
        }
        kind
    }

    /// Whether this is a working day; `None` in a year without data.
    pub fn is_working(&self, date: NaiveDate) -> Option<bool> {
        self.years.get(&date.year()).map(|year| year.is_working(date) && self.stoppage(date).is_none())
    }

    /// Whether this is a working day as far as is known: like [`is_working`](Self::is_working), and by the week alone (and the
    /// stoppages) in a year without data.
    pub fn is_working_or_likely(&self, date: NaiveDate) -> bool {
        self.is_working(date).unwrap_or_else(|| !is_weekend(date) && self.stoppage(date).is_none())
    }

    /// Working days of a year, stoppages left out; `None` in a year without data.
    pub fn working_days_in(&self, year: i32) -> Option<u32> {
        let data = self.years.get(&year)?;
        let count = days_of(year).filter(|d| data.is_working(*d) && self.stoppage(*d).is_none()).count();
        u32::try_from(count).ok()
    }

    fn stoppage(&self, date: NaiveDate) -> Option<&Stoppage> {
        self.stoppages.iter().find(|s| s.from <= date && date <= s.to)
    }
}

impl Year {
    /// Reads and checks the file of one year.
    ///
    /// # Errors
    /// See [`CalendarError`].
    pub fn from_toml(text: &str) -> Result<Year, CalendarError> {
        let file: YearFile = toml::from_str(text).map_err(|e| CalendarError::Unreadable(e.to_string()))?;
        let number = file.year;
        if !(2000..2200).contains(&number) {
            return Err(CalendarError::YearOutOfRange(number));
        }
        if file.document.trim().is_empty() {
            return Err(CalendarError::NoDocument);
        }
        let mut year = Year {
            year: number,
            document: file.document.trim().to_owned(),
            issued: file.issued.map(|d| d.0),
            holidays: Vec::new(),
            off: BTreeMap::new(),
            worked: BTreeMap::new(),
        };
        let inside = |date: NaiveDate| {
            if date.year() == number { Ok(date) } else { Err(CalendarError::WrongYear { date, year: number }) }
        };
        for holiday in file.holiday {
            let (from, to) = (inside(holiday.from.0)?, inside(holiday.to.0)?);
            if to < from {
                return Err(CalendarError::BackToFront { from, to });
            }
            if holiday.zh.trim().is_empty() || holiday.en.trim().is_empty() {
                return Err(CalendarError::NoName(from));
            }
            let index = year.holidays.len();
            for date in from.iter_days().take_while(|d| *d <= to) {
                if year.off.insert(date, index).is_some() {
                    return Err(CalendarError::Twice(date));
                }
            }
            let mut worked = BTreeSet::new();
            for date in holiday.worked {
                let date = inside(date.0)?;
                if !is_weekend(date) {
                    return Err(CalendarError::NotAWeekend(date));
                }
                if year.worked.insert(date, index).is_some() {
                    return Err(CalendarError::Twice(date));
                }
                worked.insert(date);
            }
            year.holidays.push(Holiday {
                zh: holiday.zh.trim().to_owned(),
                en: holiday.en.trim().to_owned(),
                from,
                to,
                worked: worked.into_iter().collect(),
            });
        }
        if let Some(date) = year.worked.keys().find(|d| year.off.contains_key(d)) {
            return Err(CalendarError::OffAndWorked(*date));
        }
        let count = u32::try_from(days_of(number).filter(|d| year.is_working(*d)).count()).unwrap_or(u32::MAX);
        // Since 2000 every year had 248 to 252; a year without any holiday has 260 or more.
        if !(240..=256).contains(&count) {
            return Err(CalendarError::Implausible { year: number, count });
        }
        year.holidays.sort_by_key(|h| h.from);
        let order: BTreeMap<NaiveDate, usize> = year.holidays.iter().enumerate().map(|(i, h)| (h.from, i)).collect();
        year.off.clear();
        year.worked.clear();
        for holiday in &year.holidays {
            let index = order[&holiday.from];
            year.off.extend(holiday.from.iter_days().take_while(|d| *d <= holiday.to).map(|d| (d, index)));
            year.worked.extend(holiday.worked.iter().map(|d| (*d, index)));
        }
        Ok(year)
    }

    fn day(&self, date: NaiveDate) -> DayKind {
        if let Some(index) = self.off.get(&date) {
            let Holiday { zh, en, .. } = &self.holidays[*index];
            DayKind::Holiday { zh: zh.clone(), en: en.clone() }
        } else if let Some(index) = self.worked.get(&date) {
            let Holiday { zh, en, .. } = &self.holidays[*index];
            DayKind::WeekendWorked { zh: zh.clone(), en: en.clone() }
        } else {
            week(date)
        }
    }

    fn is_working(&self, date: NaiveDate) -> bool {
        !self.off.contains_key(&date) && (self.worked.contains_key(&date) || !is_weekend(date))
    }
}

/// Whether a date is a Saturday or Sunday.
pub fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn week(date: NaiveDate) -> DayKind {
    if is_weekend(date) { DayKind::Weekend } else { DayKind::Workday }
}

fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .into_iter()
        .flat_map(move |d| d.iter_days().take_while(move |d| d.year() == year))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: i32,
    document: String,
    issued: Option<Day>,
    #[serde(default)]
    holiday: Vec<HolidayFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    zh: String,
    en: String,
    from: Day,
    to: Day,
    #[serde(default)]
    worked: Vec<Day>,
}

/// A date, bare as TOML has it or in quotes.
#[derive(Deserialize)]
#[serde(try_from = "Written")]
struct Day(NaiveDate);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Bare(toml::value::Datetime),
    Quoted(String),
}

impl TryFrom<Written> for Day {
    type Error = String;

    fn try_from(written: Written) -> Result<Day, String> {
        let text = match written {
            Written::Bare(datetime) => datetime.to_string(),
            Written::Quoted(text) => text,
        };
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map(Day).map_err(|e| format!("{text}: {e}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_per_year() {
        let calendar = Calendar::shipped();
        assert_eq!(calendar.years().collect::<Vec<_>>(), [2024, 2025, 2026]);
        for (year, count) in [(2024, 251), (2025, 248), (2026, 248)] {
            assert_eq!(calendar.working_days_in(year), Some(count), "{year}");
        }
        assert_eq!(calendar.working_days_in(2027), None);
    }

    #[test]
    fn each_year_cites_its_document() {
        let calendar = Calendar::shipped();
        for (year, document) in
            [(2024, "国办发明电〔2023〕7号"), (2025, "国办发明电〔2024〕12号"), (2026, "国办发明电〔2025〕7号")]
        {
            assert_eq!(calendar.year(year).unwrap().document, document);
        }
        assert!(calendar.has_year(2026) && !calendar.has_year(2027));
    }

    #[test]
    fn kinds_of_day() {
        let calendar = Calendar::shipped();
        assert_eq!(calendar.day(d("2026-09-30")), DayKind::Workday);
        assert_eq!(calendar.day(d("2026-10-01")).code(), "holiday");
        assert_eq!(calendar.day(d("2026-10-01")).name(Locale::Zh), Some("国庆节"));
        assert_eq!(calendar.day(d("2026-10-03")).name(Locale::En), Some("National Day"));
        assert_eq!(calendar.day(d("2026-10-10")).code(), "weekend-worked");
        assert_eq!(calendar.day(d("2026-10-11")), DayKind::Weekend);
        assert_eq!(calendar.day(d("2025-10-06")).name(Locale::Zh), Some("国庆节、中秋节"));
        assert_eq!(calendar.is_working(d("2026-10-10")), Some(true));
        assert_eq!(calendar.is_working(d("2026-10-05")), Some(false));
        assert_eq!(calendar.is_working(d("2027-01-04")), None);
        assert_eq!(calendar.day(d("2027-01-01")), DayKind::Workday);
    }

    #[test]
    fn a_stoppage_takes_working_days_only() {
        let mut calendar = Calendar::shipped();
        let stoppage = Stoppage {
            from: d("2026-07-24"),
            to: d("2026-07-27"),
            document: "厦防指〔2026〕1号".into(),
            reason: "台风停工".into(),
        };
        calendar.add_stoppage(stoppage.clone()).unwrap();
        assert_eq!(calendar.day(d("2026-07-24")).name(Locale::En), Some("台风停工"));
        assert_eq!(calendar.day(d("2026-07-25")), DayKind::Weekend);
        assert_eq!(calendar.is_working(d("2026-07-27")), Some(false));
        assert_eq!(calendar.is_working(d("2026-07-28")), Some(true));
        assert_eq!(calendar.working_days_in(2026), Some(246));

        let back = Stoppage { from: stoppage.to, to: stoppage.from, ..stoppage.clone() };
        assert_eq!(calendar.add_stoppage(back).unwrap_err().code(), "back-to-front");
        let long = Stoppage { to: d("2027-07-24"), ..stoppage.clone() };
        assert_eq!(calendar.add_stoppage(long), Err(CalendarError::StoppageTooLong(366)));
        let unfounded = Stoppage { document: " ".into(), ..stoppage };
        assert_eq!(calendar.add_stoppage(unfounded), Err(CalendarError::StoppageUnfounded));
        assert_eq!(calendar.stoppages().len(), 1);
    }

    /// A file for 2027 with one holiday replaced; the others make the count plausible.
    fn file(holiday: &str) -> String {
        format!(
            "year = 2027\ndocument = \"test\"\n\
             [[holiday]]\nzh = \"春节\"\nen = \"Spring Festival\"\nfrom = 2027-02-05\nto = \"2027-02-12\"\n\
             [[holiday]]\nzh = \"国庆节\"\nen = \"National Day\"\nfrom = 2027-10-01\nto = 2027-10-07\n{holiday}"
        )
    }

    fn holiday(from: &str, to: &str, worked: &str) -> String {
        format!("[[holiday]]\nzh = \"元旦\"\nen = \"New Year\"\nfrom = {from}\nto = {to}\nworked = [{worked}]\n")
    }

    #[test]
    fn a_year_can_be_added_and_replaced() {
        let mut calendar = Calendar::shipped();
        let text = file(&holiday("2027-01-01", "2027-01-03", "2027-01-09, \"2027-01-10\""));
        assert_eq!(calendar.add_year_toml(&text), Ok(2027));
        assert_eq!(calendar.day(d("2027-01-10")).name(Locale::Zh), Some("元旦"));
        assert_eq!(calendar.year(2027).unwrap().holidays[0].name(Locale::En), "New Year");
        assert_eq!(calendar.add_year_toml(&text), Err(CalendarError::YearKnown(2027)));
        assert_eq!(calendar.replace_year_toml(&file("")), Ok(2027));
        assert_eq!(calendar.day(d("2027-01-10")), DayKind::Weekend);
    }

    #[test]
    fn wrong_files_are_refused_and_change_nothing() {
        for (text, code) in [
            (file(&holiday("2026-12-31", "2027-01-01", "")), "wrong-year"),
            (file(&holiday("2027-01-01", "2028-01-01", "")), "wrong-year"),
            (file(&holiday("2027-01-03", "2027-01-01", "")), "back-to-front"),
            (file(&holiday("2027-10-07", "2027-10-08", "")), "twice"),
            (file(&holiday("2027-01-01", "2027-01-03", "2027-01-04")), "not-a-weekend"),
            (file(&holiday("2027-01-01", "2027-01-03", "2026-12-27")), "wrong-year"),
            (file(&holiday("2027-01-01", "2027-01-03", "2027-01-09, 2027-01-09")), "twice"),
            (file(&holiday("2027-01-01", "2027-01-03", "2027-02-06")), "off-and-worked"),
            (file(&holiday("2027-01-01", "2027-01-32", "")), "unreadable"),
            (file(&holiday("2027-03-01", "2027-08-01", "")), "implausible"),
            (file("[[holiday]]\nzh = \"\"\nen = \"x\"\nfrom = 2027-01-01\nto = 2027-01-01"), "no-name"),
            (file("[[holyday]]\n"), "unreadable"),
            ("year = 2027\ndocument = \"x\"".into(), "implausible"),
            ("year = 2027\ndocument = \" \"".into(), "no-document"),
            ("year = 1027\ndocument = \"x\"".into(), "year-out-of-range"),
            ("{".into(), "unreadable"),
            (SHIPPED[0].into(), "year-known"),
        ] {
            let mut calendar = Calendar::shipped();
            let error = calendar.add_year_toml(&text).expect_err(&text);
            assert_eq!(error.code(), code, "{text}\n{error}");
            assert_eq!(calendar, Calendar::shipped());
        }
    }
}
