//! From a cell as the file holds it to a value, or to a reason that names the column.
//!
//! An empty cell is no value and never erases what is stored. Full-width digits, thousands commas, stray blanks and
//! invisible characters are cleaned away; what remains and does not fit is refused, never guessed.

use chrono::{Datelike, Days, NaiveDate};
use huiqi_kernel::category::Category;
use huiqi_kernel::credit::{self, CodeError};
use huiqi_kernel::district::District;
use huiqi_kernel::industry::Industry;
use huiqi_kernel::locale::Locale;
use huiqi_kernel::money::Wan;
use huiqi_kernel::text::{self, PhoneError};

use super::headings::{self, Unit};
use crate::t;

/// Most characters of a cell that are looked at; a longer one is refused.
pub const MAX_CELL: usize = 2000;

/// One cell as the file holds it.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// A cell formatted as a date.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// `#DIV/0!` and the like.
    Error(String),
    /// A formula without a stored result.
    Formula,
    /// More characters than are looked at: how many.
    TooLong(usize),
}

impl Raw {
    /// Words, cut off at once when there are too many.
    pub fn words(words: &str) -> Raw {
        // Four bytes a character at most: a quick no before the slow count.
        if words.len() > MAX_CELL {
            let count = words.chars().count();
            if count > MAX_CELL {
                return Raw::TooLong(count);
            }
        }
        Raw::Text(words.to_owned())
    }

    /// As it is written into the file of refused rows.
    pub fn shown(&self) -> String {
        match self {
            Raw::Text(words) => words.clone(),
            Raw::Number(n) => plain_number(*n),
            Raw::Date(day) => day.format("%Y-%m-%d").to_string(),
            Raw::Flag(yes) => yes.to_string(),
            Raw::Error(error) => error.clone(),
            Raw::Formula | Raw::TooLong(_) => String::new(),
        }
    }
}

/// Why a cell is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A required cell is empty.
    Missing,
    /// Too many characters: how many are allowed.
    TooLong(usize),
    /// Characters that the file's encoding does not give.
    Unreadable,
    /// A formula whose result the file does not hold.
    Formula,
    /// The cell holds an error of the spreadsheet.
    CellError(String),
    /// A name without a letter or Han.
    NotAName,
    /// No number.
    NotANumber,
    /// No whole number, or below zero, or beyond reason.
    NotACount,
    /// No amount of money, or below zero, or with more than two decimals.
    NotAnAmount,
    /// No date in a form that is read.
    NotADate,
    /// A day that has not come, or before 1800.
    DateOutOfRange,
    /// No credit code.
    Code(CodeError),
    /// A code kept as a number, whose last digits the spreadsheet has dropped.
    CodeAsNumber,
    /// No phone number.
    Phone(PhoneError),
    /// No district of this city.
    District,
    /// No industry of the classification.
    Industry,
    /// No kind of service.
    Category,
    /// No value of the list: the values there are.
    NotInList(&'static str),
}

impl Problem {
    /// The reason in words, naming the column.
    pub fn say(&self, column: &str, locale: Locale) -> String {
        let m = t(locale);
        match self {
            Problem::Missing => m.imports_missing(column),
            Problem::TooLong(max) => m.imports_too_long(column, *max as i64),
            Problem::Unreadable => m.imports_unreadable(column),
            Problem::Formula => m.imports_formula(column),
            Problem::CellError(error) => m.imports_cell_error(column, error),
            Problem::NotAName => m.imports_not_a_name(column),
            Problem::NotANumber => m.imports_not_a_number(column),
            Problem::NotACount => m.imports_not_a_count(column),
            Problem::NotAnAmount => m.imports_not_an_amount(column),
            Problem::NotADate => m.imports_not_a_date(column),
            Problem::DateOutOfRange => m.imports_date_range(column),
            Problem::Code(error) => crate::said::code_error(*error, locale),
            Problem::CodeAsNumber => m.imports_code_as_number(column),
            Problem::Phone(_) => m.imports_phone(column),
            Problem::District => m.imports_district(column),
            Problem::Industry => m.imports_industry(column),
            Problem::Category => m.imports_category(column),
            Problem::NotInList(list) => {
                let values: Vec<&str> = headings::list_values(list, locale).into_iter().map(|(_, name)| name).collect();
                m.imports_not_in_list(column, values.join(m.registers_comma().as_str()))
            }
        }
    }
}

type Read<T> = Result<Option<T>, Problem>;

/// Words without control and invisible characters, each run of blanks one blank.
pub fn tidy(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut is_blank = true;
    for c in words.chars() {
        if c.is_whitespace() || c == '\u{3000}' {
            if !is_blank {
                out.push(' ');
                is_blank = true;
            }
        } else if !c.is_control() && !is_invisible(c) {
            out.push(c);
            is_blank = false;
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}')
}

/// A number as people write it: whole ones without a point.
fn plain_number(n: f64) -> String {
    if n.is_finite() && n.fract() == 0.0 && n.abs() < 1e15 { format!("{n:.0}") } else { n.to_string() }
}

// han: what people put into a cell for “nothing”
const NOTHING: &[&str] = &["-", "--", "—", "——", "/", "\\", "无", "N/A", "n/a", "NULL", "null"];

/// Words of at most `max` characters. A dash or a slash alone, which people put for “nothing”, is nothing.
pub fn words(raw: Option<&Raw>, max: usize) -> Read<String> {
    let text = match raw {
        None => return Ok(None),
        Some(Raw::Text(words)) => words.clone(),
        Some(Raw::Number(n)) => plain_number(*n),
        Some(Raw::Date(day)) => day.format("%Y-%m-%d").to_string(),
        Some(Raw::Flag(yes)) => yes.to_string(),
        Some(Raw::Error(error)) => return Err(Problem::CellError(error.clone())),
        Some(Raw::Formula) => return Err(Problem::Formula),
        Some(Raw::TooLong(_)) => return Err(Problem::TooLong(max.min(MAX_CELL))),
    };
    if text.contains('\u{fffd}') {
        return Err(Problem::Unreadable);
    }
    let text = tidy(&text);
    // The apostrophe with which an export keeps text from being a formula.
    let text = match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠']) => rest.to_owned(),
        _ => text,
    };
    if text.is_empty() || NOTHING.contains(&text.as_str()) {
        return Ok(None);
    }
    if text.chars().count() > max { Err(Problem::TooLong(max)) } else { Ok(Some(text)) }
}

/// A name, which has at least one letter or Han. Han names get full-width brackets, so that one firm has one spelling.
pub fn name(raw: Option<&Raw>, max: usize) -> Read<String> {
    if matches!(raw, Some(Raw::Flag(_) | Raw::Date(_))) {
        return Err(Problem::NotAName);
    }
    match words(raw, max)?.map(|name| tidy_name(&name)) {
        Some(name) if !name.chars().any(char::is_alphabetic) => Err(Problem::NotAName),
        name => Ok(name),
    }
}

/// Brackets of a name with Han are full-width, blanks between Han go.
pub fn tidy_name(name: &str) -> String {
    let name = tidy(name);
    if !name.chars().any(text::is_han) {
        return name;
    }
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len());
    for (i, c) in chars.iter().enumerate() {
        match c {
            '(' => out.push('（'),
            ')' => out.push('）'),
            ' ' => {
                let beside = |j: Option<usize>| {
                    j.and_then(|j| chars.get(j)).is_some_and(|c| text::is_han(*c) || "（）()".contains(*c))
                };
                if !(beside(i.checked_sub(1)) || beside(Some(i + 1))) {
                    out.push(' ');
                }
            }
            c => out.push(*c),
        }
    }
    out
}

/// A credit code.
pub fn code(raw: Option<&Raw>) -> Read<String> {
    if let Some(Raw::Number(n)) = raw
        && n.abs() >= 1e15
    {
        return Err(Problem::CodeAsNumber);
    }
    let Some(text) = words(raw, 200)? else { return Ok(None) };
    let looks_rounded = text.to_ascii_uppercase().contains("E+");
    match credit::check(&text) {
        Ok(checked) => Ok(Some(checked.code.as_str().to_owned())),
        Err(CodeError::Empty) => Ok(None),
        Err(_) if looks_rounded => Err(Problem::CodeAsNumber),
        Err(error) => Err(Problem::Code(error)),
    }
}

/// A count of people or days: `103`, `１，２３４`, `103人`; not below zero, at most a hundred million.
pub fn count(raw: Option<&Raw>, units: &[&str]) -> Read<i64> {
    const MOST: f64 = 100_000_000.0;
    match raw {
        Some(Raw::Number(n)) => {
            if n.fract() == 0.0 && (0.0..=MOST).contains(n) {
                Ok(Some(*n as i64))
            } else {
                Err(Problem::NotACount)
            }
        }
        Some(Raw::Date(_) | Raw::Flag(_)) => Err(Problem::NotANumber),
        _ => {
            let Some(text) = words(raw, 60)? else { return Ok(None) };
            let number = bare_number(&text, units).ok_or(Problem::NotANumber)?;
            let whole = number.strip_suffix(".0").or_else(|| number.strip_suffix(".00")).unwrap_or(&number);
            match whole.parse::<i64>() {
                Ok(n) if (0..=MOST as i64).contains(&n) => Ok(Some(n)),
                _ => Err(Problem::NotACount),
            }
        }
    }
}

/// An amount of money in fen; the cell counts in `unit`.
pub fn amount(raw: Option<&Raw>, unit: Unit) -> Read<i64> {
    const MOST_YUAN: f64 = 10_000_000_000_000.0;
    let factor = match unit {
        Unit::Yuan => 1.0,
        Unit::Wan => 10_000.0,
        Unit::Yi => 100_000_000.0,
    };
    match raw {
        Some(Raw::Number(n)) => {
            let yuan = n * factor;
            if n.is_finite() && (0.0..=MOST_YUAN).contains(&yuan) {
                Ok(Some((yuan * 100.0).round() as i64))
            } else {
                Err(Problem::NotAnAmount)
            }
        }
        Some(Raw::Date(_) | Raw::Flag(_)) => Err(Problem::NotANumber),
        _ => {
            let Some(text) = words(raw, 60)? else { return Ok(None) };
            let number = bare_number(&text, money_words(unit)).ok_or(Problem::NotANumber)?;
            // Wan holds two decimals of whatever unit: hundredths times the unit in fen, divided by a hundred.
            let hundredths = Wan::parse(&number).map_err(|_| Problem::NotAnAmount)?.hundredths();
            let fen = i128::from(hundredths) * (factor as i128);
            if (0..=(MOST_YUAN as i128) * 100).contains(&fen) {
                i64::try_from(fen).map(Some).map_err(|_| Problem::NotAnAmount)
            } else {
                Err(Problem::NotAnAmount)
            }
        }
    }
}

// han: words behind an amount of money
const fn money_words(unit: Unit) -> &'static [&'static str] {
    match unit {
        Unit::Yuan => &["元"],
        Unit::Wan => &["万元", "万"],
        Unit::Yi => &["亿元", "亿"],
    }
}

/// Digits, point and sign of a number that may have thousands commas, full-width characters and one of the units
/// behind it; `None` where anything else is left.
fn bare_number(text: &str, units: &[&str]) -> Option<String> {
    let folded: String = text.chars().map(text::half_width).filter(|c| !c.is_whitespace()).collect();
    let mut body = folded.as_str();
    for unit in units {
        if let Some(rest) = body.strip_suffix(unit) {
            body = rest;
            break;
        }
    }
    let body: String = body.chars().filter(|c| *c != ',' && *c != '，' && *c != '\u{2019}').collect();
    let unsigned = body.strip_prefix('-').unwrap_or(&body);
    let is_number = unsigned.chars().any(|c| c.is_ascii_digit())
        && unsigned.chars().all(|c| c.is_ascii_digit() || c == '.')
        && unsigned.matches('.').count() <= 1;
    is_number.then_some(body)
}

/// A day not after `today`: a date cell, the number behind one (1900 system), or words in the usual forms.
pub fn day(raw: Option<&Raw>, today: NaiveDate) -> Read<NaiveDate> {
    let found = match raw {
        Some(Raw::Date(day)) => *day,
        Some(Raw::Number(n)) => serial(*n).ok_or(Problem::NotADate)?,
        Some(Raw::Flag(_)) => return Err(Problem::NotADate),
        _ => match words(raw, 60)? {
            None => return Ok(None),
            Some(text) => written_day(&text).ok_or(Problem::NotADate)?,
        },
    };
    if found > today || found.year() < 1800 { Err(Problem::DateOutOfRange) } else { Ok(Some(found)) }
}

/// The day behind a number of the 1900 system, or eight digits such as 20160518.
fn serial(n: f64) -> Option<NaiveDate> {
    if !n.is_finite() || n < 1.0 {
        return None;
    }
    let whole = n.trunc() as u64;
    if (18_000_101..=29_991_231).contains(&whole) {
        return eight_digits(&whole.to_string());
    }
    // Day 60 is the 29 February 1900 that never was; after it the count is one ahead of the calendar.
    let (start, days) = if whole < 60 { ((1899, 12, 31), whole) } else { ((1899, 12, 30), whole) };
    if whole > 2_958_465 {
        return None;
    }
    NaiveDate::from_ymd_opt(start.0, start.1, start.2)?.checked_add_days(Days::new(days))
}

fn eight_digits(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)
}

/// `2016-05-18`, `2016/5/18`, `2016.5.18`, `2016年5月18日`, `20160518`, each also with a time of day behind it, and the
/// number of a date cell written as words.
// han: the words for year, month and day
fn written_day(text: &str) -> Option<NaiveDate> {
    let folded: String = text.chars().map(text::half_width).collect();
    let trimmed = folded.trim();
    if let Some(day) = eight_digits(trimmed) {
        return Some(day);
    }
    if trimmed.len() == 5 && trimmed.bytes().all(|b| b.is_ascii_digit()) {
        return serial(trimmed.parse().ok()?);
    }
    let mut parts: Vec<u32> = Vec::new();
    let mut digits = String::new();
    let mut rest = "";
    for (at, c) in trimmed.char_indices() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            if digits.is_empty() || digits.len() > 4 {
                return None;
            }
            parts.push(digits.parse().ok()?);
            digits.clear();
            if parts.len() == 3 {
                rest = &trimmed[at..];
                break;
            }
            if !matches!(c, '-' | '/' | '.' | '年' | '月' | '_') {
                return None;
            }
        }
    }
    if parts.len() == 2 && !digits.is_empty() && digits.len() <= 2 {
        parts.push(digits.parse().ok()?);
    }
    let [year, month, day] = parts[..] else { return None };
    let rest = rest.strip_prefix('日').or_else(|| rest.strip_prefix('号')).unwrap_or(rest);
    let is_time = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ':' | 'T' | 'Z' | '.' | '+' | '-'));
    if year < 1000 || !is_time {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// A phone number; a masked one (with `*`) is nothing.
pub fn phone(raw: Option<&Raw>) -> Read<String> {
    let Some(text) = words(raw, 60)? else { return Ok(None) };
    if text.contains(['*', '＊']) {
        return Ok(None);
    }
    match text::phone_check(&text) {
        Ok(number) => Ok(Some(number)),
        Err(PhoneError::Empty) => Ok(None),
        Err(error) => Err(Problem::Phone(error)),
    }
}

/// A district's code.
pub fn district(raw: Option<&Raw>) -> Read<&'static str> {
    let Some(text) = words(raw, 60)? else { return Ok(None) };
    District::by_name(&text).map(|d| Some(d.code())).ok_or(Problem::District)
}

/// An industry's code; words behind the code, as in `I65 软件和信息技术服务业`, are passed over.
pub fn industry(raw: Option<&Raw>) -> Read<String> {
    let Some(text) = words(raw, 120)? else { return Ok(None) };
    let code: String = text.chars().map(text::half_width).take_while(|c| c.is_ascii_alphanumeric()).collect();
    Industry::parse(&text)
        .or_else(|_| Industry::parse(&code))
        .map(|industry| Some(industry.code().to_owned()))
        .map_err(|_| Problem::Industry)
}

/// One kind of service.
pub fn category(raw: Option<&Raw>) -> Read<&'static str> {
    let Some(text) = words(raw, 60)? else { return Ok(None) };
    Category::by_name(&text).map(|c| Some(c.code())).ok_or(Problem::Category)
}

/// Several kinds of service, parted by the usual marks; each once, in the order of their codes.
pub fn categories(raw: Option<&Raw>) -> Read<Vec<&'static str>> {
    let Some(text) = words(raw, 400)? else { return Ok(None) };
    let mut found = Vec::new();
    for part in parted(&text) {
        found.push(Category::by_name(part).ok_or(Problem::Category)?.code());
    }
    found.sort_unstable();
    found.dedup();
    Ok((!found.is_empty()).then_some(found))
}

/// One value of a closed list.
pub fn one_of(raw: Option<&Raw>, list: &'static str) -> Read<&'static str> {
    let Some(text) = words(raw, 60)? else { return Ok(None) };
    headings::list_code(list, &text).map(Some).ok_or(Problem::NotInList(list))
}

/// Several values of a closed list, each once.
pub fn some_of(raw: Option<&Raw>, list: &'static str) -> Read<Vec<&'static str>> {
    let Some(text) = words(raw, 200)? else { return Ok(None) };
    let mut found = Vec::new();
    for part in parted(&text) {
        let code = headings::list_code(list, part).ok_or(Problem::NotInList(list))?;
        if !found.contains(&code) {
            found.push(code);
        }
    }
    Ok((!found.is_empty()).then_some(found))
}

fn parted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', '/', '|', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn raw(words: &str) -> Raw {
        Raw::words(words)
    }

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).expect("a day")
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (words, n) in
            [("103", 103), ("１，２３４", 1234), (" 1,234 人", 1234), ("0", 0), ("12.00", 12), ("\u{200b}7", 7)]
        {
            assert_eq!(count(Some(&raw(words)), &["人", "名"]), Ok(Some(n)), "{words}");
        }
        assert_eq!(count(Some(&Raw::Number(103.0)), &[]), Ok(Some(103)));
        assert_eq!(count(Some(&Raw::Number(1.5)), &[]), Err(Problem::NotACount));
        assert_eq!(count(Some(&raw("-3")), &[]), Err(Problem::NotACount));
        assert_eq!(count(Some(&raw("约100")), &[]), Err(Problem::NotANumber));
        for empty in ["", "  ", "-", "—", "\u{3000}", "无"] {
            assert_eq!(count(Some(&raw(empty)), &[]), Ok(None));
        }
    }

    #[test]
    fn money_in_three_units() {
        assert_eq!(amount(Some(&raw("15,735.25")), Unit::Wan), Ok(Some(15_735_250_000)));
        assert_eq!(amount(Some(&raw("15735.25万元")), Unit::Wan), Ok(Some(15_735_250_000)));
        assert_eq!(amount(Some(&raw("157352500")), Unit::Yuan), Ok(Some(15_735_250_000)));
        assert_eq!(amount(Some(&raw("1.57")), Unit::Yi), Ok(Some(15_700_000_000)));
        assert_eq!(amount(Some(&Raw::Number(15_735.25)), Unit::Wan), Ok(Some(15_735_250_000)));
        assert_eq!(amount(Some(&raw("-1")), Unit::Wan), Err(Problem::NotAnAmount));
        assert_eq!(amount(Some(&raw("1.2.3")), Unit::Wan), Err(Problem::NotANumber));
        assert_eq!(amount(Some(&Raw::Number(f64::INFINITY)), Unit::Wan), Err(Problem::NotAnAmount));
    }

    #[test]
    fn days_in_many_forms() {
        let today = d(2026, 11, 24);
        for words in [
            "2016-05-18",
            "2016/5/18",
            "2016.05.18",
            "2016年5月18日",
            "20160518",
            "２０１６－５－１８",
            "2016-05-18 00:00:00",
            "42508",
            "2016-05-18T00:00:00Z",
        ] {
            assert_eq!(day(Some(&raw(words)), today), Ok(Some(d(2016, 5, 18))), "{words}");
        }
        assert_eq!(day(Some(&Raw::Number(42508.0)), today), Ok(Some(d(2016, 5, 18))));
        assert_eq!(day(Some(&Raw::Number(20_160_518.0)), today), Ok(Some(d(2016, 5, 18))));
        for words in ["2016-13-01", "18.5.2016", "五月", "2016年5月", "1", "2016-05-18 或以后"] {
            assert_eq!(day(Some(&raw(words)), today), Err(Problem::NotADate), "{words}");
        }
        assert_eq!(day(Some(&raw("2027-01-01")), today), Err(Problem::DateOutOfRange));
        assert_eq!(day(Some(&Raw::Number(-1.0)), today), Err(Problem::NotADate));
    }

    #[test]
    fn names_have_one_spelling() {
        assert_eq!(tidy_name(" 示例 光电(厦门) 有限公司\u{200b}"), "示例光电（厦门）有限公司");
        assert_eq!(tidy_name("Huiqi  Optics (Xiamen) Ltd"), "Huiqi Optics (Xiamen) Ltd");
        assert_eq!(tidy_name("ABC 光电"), "ABC光电");
        assert_eq!(name(Some(&Raw::Number(0.0)), 100), Err(Problem::NotAName));
        assert_eq!(name(Some(&Raw::Flag(true)), 100), Err(Problem::NotAName));
        assert_eq!(words(Some(&raw("'=A1")), 100), Ok(Some("=A1".into())));
        assert_eq!(words(Some(&raw("'t Huis")), 100), Ok(Some("'t Huis".into())));
    }

    #[test]
    fn codes_and_lists() {
        assert_eq!(code(Some(&raw("９１３３０１００７９９６５５０５８ｂ"))), Ok(Some("91330100799655058B".into())));
        assert_eq!(code(Some(&Raw::Number(9.13502e17))), Err(Problem::CodeAsNumber));
        assert_eq!(code(Some(&raw("9.13502E+17"))), Err(Problem::CodeAsNumber));
        assert!(matches!(code(Some(&raw("91330100799655058C"))), Err(Problem::Code(CodeError::CheckCharacter { .. }))));
        assert_eq!(industry(Some(&raw("I65 软件和信息技术服务业"))), Ok(Some("I65".into())));
        assert_eq!(industry(Some(&raw("软件业"))), Err(Problem::Industry));
        assert_eq!(categories(Some(&raw("法律服务、 信息；法律"))), Ok(Some(vec!["01", "08"])));
        assert_eq!(phone(Some(&raw("138****8000"))), Ok(None));
        assert_eq!(district(Some(&raw("厦门市湖里区"))), Ok(Some("350206")));
    }

    #[test]
    fn too_long_and_unreadable() {
        let long = "长".repeat(MAX_CELL + 1);
        assert_eq!(Raw::words(&long), Raw::TooLong(MAX_CELL + 1));
        assert_eq!(words(Some(&Raw::words(&long)), 100), Err(Problem::TooLong(100)));
        assert_eq!(words(Some(&raw("\u{fffd}\u{fffd}公司")), 100), Err(Problem::Unreadable));
        assert_eq!(words(Some(&Raw::Formula), 100), Err(Problem::Formula));
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_a_reader(words in any::<String>(), n in any::<f64>()) {
            let today = d(2026, 11, 24);
            for raw in [Raw::words(&words), Raw::Number(n)] {
                let _ = super::words(Some(&raw), 100);
                let _ = name(Some(&raw), 100);
                let _ = code(Some(&raw));
                let _ = count(Some(&raw), &["人"]);
                let _ = amount(Some(&raw), Unit::Wan);
                let _ = day(Some(&raw), today);
                let _ = phone(Some(&raw));
                let _ = district(Some(&raw));
                let _ = industry(Some(&raw));
                let _ = categories(Some(&raw));
            }
        }

        #[test]
        fn tidied_twice_is_tidied_once(words in any::<String>()) {
            let once = tidy(&words);
            prop_assert_eq!(tidy(&once), once.clone());
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' '));
            let name = tidy_name(&words);
            prop_assert_eq!(tidy_name(&name), name.clone());
        }

        #[test]
        fn a_day_comes_back_from_every_form(days in 0_i64..80_000) {
            let today = d(2026, 11, 24);
            let wanted = d(1805, 1, 1) + chrono::Duration::days(days);
            for form in ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"] {
                prop_assert_eq!(day(Some(&raw(&wanted.format(form).to_string())), today), Ok(Some(wanted)));
            }
        }

        #[test]
        fn an_amount_keeps_its_hundredths(hundredths in 0_i64..100_000_000_000) {
            let plain = Wan::from_hundredths(hundredths).plain();
            prop_assert_eq!(amount(Some(&raw(&plain)), Unit::Wan), Ok(Some(hundredths * 10_000)));
        }
    }
}
