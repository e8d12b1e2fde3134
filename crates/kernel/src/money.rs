//! Amounts of money as integers: yuan to the fen, and figures in 10,000 yuan (万元) as firms and statistics write them.

use std::{fmt, ops::Neg};

use serde::{Deserialize, Serialize};

/// An amount in fen (1/100 yuan). Negative amounts are allowed, a loss for instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// An amount in hundredths of 10,000 yuan, that is in units of 100 yuan: what a form with “万元, two decimals” holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wan(i64);

/// Fen in one [`Wan`] hundredth.
const FEN_PER_HUNDREDTH: i64 = 10_000;

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum MoneyError {
    /// Nothing there.
    #[error("no amount was given")]
    Empty,
    /// Something that is not part of a number.
    #[error("character {position}, \u{201c}{character}\u{201d}, is not part of an amount")]
    NotANumber {
        /// Place in what was typed (blanks at the ends left out), from 1.
        position: usize,
        /// The character there.
        character: char,
    },
    /// Commas that do not part thousands, a point without digits, a sign alone.
    #[error("the digits, commas or points of this amount are not in order")]
    Shape,
    /// More than two decimals other than zeros.
    #[error("an amount has at most {allowed} decimals")]
    TooManyDecimals {
        /// Decimals that are kept.
        allowed: usize,
    },
    /// Too large to be held.
    #[error("the amount is too large")]
    TooLarge,
}

impl MoneyError {
    /// Stable name of the error, for messages and `--json`.
    pub const fn code(self) -> &'static str {
        match self {
            MoneyError::Empty => "empty",
            MoneyError::NotANumber { .. } => "not-a-number",
            MoneyError::Shape => "shape",
            MoneyError::TooManyDecimals { .. } => "too-many-decimals",
            MoneyError::TooLarge => "too-large",
        }
    }
}

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// An amount of so many fen.
    pub const fn from_fen(fen: i64) -> Money {
        Money(fen)
    }

    /// The amount in fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Reads an amount in yuan: `1234.5`, `1,234.50`, also full-width.
    ///
    /// # Errors
    /// See [`MoneyError`].
    pub fn parse(text: &str) -> Result<Money, MoneyError> {
        hundredths(text).map(Money)
    }

    /// Sum, or `None` beyond the range.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// Difference, or `None` beyond the range.
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }

    /// The amount in 10,000 yuan, rounded to two decimals, halves away from zero.
    pub fn to_wan(self) -> Wan {
        let (whole, rest) = (self.0 / FEN_PER_HUNDREDTH, self.0 % FEN_PER_HUNDREDTH);
        Wan(whole + if rest.abs() * 2 >= FEN_PER_HUNDREDTH { rest.signum() } else { 0 })
    }

    /// With thousands parted and always two decimals: `1,234.50`.
    pub fn format(self) -> String {
        grouped(self.0, true)
    }

    /// As a form field or export cell holds it: no commas, two decimals: `1234.50`.
    pub fn plain(self) -> String {
        plain(self.0)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.format())
    }
}

impl Neg for Money {
    type Output = Money;

    fn neg(self) -> Money {
        Money(self.0.saturating_neg())
    }
}

impl Wan {
    /// Nothing.
    pub const ZERO: Wan = Wan(0);

    /// So many whole 10,000 yuan; the largest amount where that is too many.
    pub const fn from_whole(wan: i64) -> Wan {
        Wan(wan.saturating_mul(100))
    }

    /// So many hundredths of 10,000 yuan: what is stored.
    pub const fn from_hundredths(hundredths: i64) -> Wan {
        Wan(hundredths)
    }

    /// The amount in hundredths of 10,000 yuan: what is stored.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Reads an amount in 10,000 yuan: `15735`, `15,735.25`, also full-width.
    ///
    /// # Errors
    /// See [`MoneyError`].
    pub fn parse(text: &str) -> Result<Wan, MoneyError> {
        hundredths(text).map(Wan)
    }

    /// The amount of a spreadsheet number in 10,000 yuan, rounded to two decimals. `None` for what is no number or too large.
    pub fn from_number(number: f64) -> Option<Wan> {
        let scaled = (number * 100.0).round();
        // Below 2^53 every whole number stands exactly in the float.
        (scaled.is_finite() && scaled.abs() < 9_007_199_254_740_992.0).then_some(Wan(scaled as i64))
    }

    /// In yuan to the fen, or `None` beyond the range.
    pub fn to_money(self) -> Option<Money> {
        self.0.checked_mul(FEN_PER_HUNDREDTH).map(Money)
    }

    /// With thousands parted and no more decimals than needed: `15,735`, `15,735.5`.
    pub fn format(self) -> String {
        grouped(self.0, false)
    }

    /// As a form field or export cell holds it: no commas, no more decimals than needed: `15735.5`.
    pub fn plain(self) -> String {
        let text = plain(self.0);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl fmt::Display for Wan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.format())
    }
}

/// Digits, an optional sign, commas between thousands, a point and decimals → hundredths.
fn hundredths(text: &str) -> Result<i64, MoneyError> {
    let folded: String = text.chars().map(crate::text::half_width).collect();
    let text = folded.trim();
    if text.is_empty() {
        return Err(MoneyError::Empty);
    }
    if let Some((index, character)) = text
        .chars()
        .enumerate()
        .find(|(i, c)| !(c.is_ascii_digit() || matches!(c, ',' | '.') || (*i == 0 && matches!(c, '-' | '+'))))
    {
        return Err(MoneyError::NotANumber { position: index + 1, character });
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_grouped = whole.contains(',');
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    if decimals.contains(['.', ','])
        || (digits.contains('.') && decimals.is_empty())
        || (is_grouped && !(1..=3).contains(&first.len()))
        || groups.any(|group| group.len() != 3)
        || (whole.is_empty() && decimals.is_empty())
    {
        return Err(MoneyError::Shape);
    }
    let significant = decimals.trim_end_matches('0');
    if significant.len() > 2 {
        return Err(MoneyError::TooManyDecimals { allowed: 2 });
    }
    let mut value: i64 = 0;
    for digit in whole.bytes().filter(u8::is_ascii_digit).chain(format!("{significant:0<2}").bytes()) {
        value =
            value.checked_mul(10).and_then(|v| v.checked_add(i64::from(digit - b'0'))).ok_or(MoneyError::TooLarge)?;
    }
    Ok(if negative { -value } else { value })
}

fn plain(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

fn grouped(hundredths: i64, always_decimals: bool) -> String {
    let text = plain(hundredths);
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, decimals) = rest.split_once('.').unwrap_or((rest, ""));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let decimals = if always_decimals { decimals } else { decimals.trim_end_matches('0') };
    if !decimals.is_empty() {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read() {
        for (text, fen) in [
            ("0", 0),
            ("1234.5", 123_450),
            (" 1,234.50 ", 123_450),
            ("１，２３４．５", 123_450),
            ("-0.01", -1),
            ("+12", 1200),
            (".5", 50),
            ("15735.2500", 1_573_525),
            ("007", 700),
        ] {
            assert_eq!(Money::parse(text), Ok(Money::from_fen(fen)), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        assert_eq!(Money::parse("  "), Err(MoneyError::Empty));
        assert_eq!(Money::parse("12元"), Err(MoneyError::NotANumber { position: 3, character: '元' }));
        assert_eq!(Money::parse("1-2"), Err(MoneyError::NotANumber { position: 2, character: '-' }));
        assert_eq!(Money::parse("1e5"), Err(MoneyError::NotANumber { position: 2, character: 'e' }));
        for text in ["-", ".", "1.", "1,5", "1,2345", "1234,567", ",123", "1.2.3", "1.234,5", "-,"] {
            assert_eq!(Money::parse(text), Err(MoneyError::Shape), "{text}");
        }
        assert_eq!(Wan::parse("0.001"), Err(MoneyError::TooManyDecimals { allowed: 2 }));
        assert_eq!(Wan::parse("99999999999999999999"), Err(MoneyError::TooLarge));
    }

    #[test]
    fn amounts_are_written() {
        assert_eq!(Money::from_fen(123_456_789).format(), "1,234,567.89");
        assert_eq!(Money::from_fen(-100_000).format(), "-1,000.00");
        assert_eq!(Money::from_fen(5).plain(), "0.05");
        assert_eq!(Money::from_fen(i64::MIN).format(), "-92,233,720,368,547,758.08");
        assert_eq!(Wan::from_whole(15_735).format(), "15,735");
        assert_eq!(Wan::from_hundredths(1_573_550).format(), "15,735.5");
        assert_eq!(Wan::from_hundredths(1_573_550).plain(), "15735.5");
        assert_eq!(Wan::ZERO.plain(), "0");
        assert_eq!(Wan::from_whole(100).plain(), "100");
    }

    #[test]
    fn the_two_units_agree() {
        assert_eq!(Wan::from_whole(1).to_money(), Some(Money::from_fen(1_000_000)));
        assert_eq!(Money::from_fen(1_004_999).to_wan(), Wan::from_hundredths(100));
        assert_eq!(Money::from_fen(1_005_000).to_wan(), Wan::from_hundredths(101));
        assert_eq!(Money::from_fen(-1_005_000).to_wan(), Wan::from_hundredths(-101));
        assert_eq!(Wan::from_number(15_735.254), Some(Wan::from_hundredths(1_573_525)));
        assert_eq!(Wan::from_number(f64::NAN), None);
        assert_eq!(Wan::from_number(1e300), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(fen in -i64::MAX..=i64::MAX) {
            let money = Money::from_fen(fen);
            prop_assert_eq!(Money::parse(&money.format()), Ok(money));
            prop_assert_eq!(Money::parse(&money.plain()), Ok(money));
            let wan = Wan::from_hundredths(fen);
            prop_assert_eq!(Wan::parse(&wan.format()), Ok(wan));
            prop_assert_eq!(Wan::parse(&wan.plain()), Ok(wan));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Money::parse(&text);
        }

        #[test]
        fn no_odd_number_makes_it_panic(text in "[-+0-9.,]{0,24}") {
            let _ = Wan::parse(&text);
        }
    }
}
