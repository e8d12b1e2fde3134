//! Unified social credit codes (GB 32100-2015) and the organisation code inside them (GB 11714-1997).
//!
//! A code has 18 characters of an alphabet of 31 (digits and capital letters without I, O, S, V, Z): registering authority 1,
//! kind of body 1, region 6, organisation code 9 (its last character is its own check digit), check character 1.
//! A wrong final check character is an error; a wrong inner check digit, an unknown region or an unknown kind is a warning,
//! because such codes have been issued, and a person may override it.

use std::{collections::BTreeSet, fmt, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// The 31 characters of a code in the order of their values.
pub const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Number of characters of a code.
pub const LENGTH: usize = 18;

/// Weights of the first 17 characters: powers of 3 modulo 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Weights of the first eight characters of the organisation code.
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A code that has passed [`check`]: 18 characters, normalised, check character right.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

impl CreditCode {
    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The five parts.
    pub fn parts(&self) -> Parts {
        let part = |from: usize, to: usize| self.0[from..to].to_owned();
        Parts { authority: part(0, 1), kind: part(1, 2), region: part(2, 8), body: part(8, 17), check: part(17, 18) }
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for CreditCode {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> String {
        code.0
    }
}

impl TryFrom<String> for CreditCode {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        check(&text).map(|checked| checked.code)
    }
}

impl std::str::FromStr for CreditCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        check(text).map(|checked| checked.code)
    }
}

/// The parts of a code, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// Registering authority, one character; named by [`authority_name`].
    pub authority: String,
    /// Kind of body, one character, meaningful together with the authority; named by [`kind_name`].
    pub kind: String,
    /// Region, six digits of GB/T 2260.
    pub region: String,
    /// Organisation code (GB 11714), eight characters and its check digit.
    pub body: String,
    /// Check character.
    pub check: String,
}

/// A code that is right, its parts, and what a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The normalised code.
    pub code: CreditCode,
    /// Its parts.
    pub parts: Parts,
    /// What is unusual though not wrong by the check character; empty in the ordinary case.
    pub warnings: Vec<CodeWarning>,
}

/// Why a text is not a credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum CodeError {
    /// Nothing but blanks and hyphens.
    #[error("no code was given")]
    Empty,
    /// Fifteen digits: an old registration number, which this standard does not judge.
    #[error("this is an old registration number of 15 digits, not a unified social credit code")]
    OldRegistrationNumber,
    /// Not 18 characters.
    #[error("a code has 18 characters, this has {got}")]
    Length {
        /// Characters after normalisation.
        got: usize,
    },
    /// A character outside the alphabet.
    #[error("character {position}, \u{201c}{character}\u{201d}, does not occur in such codes")]
    IllegalCharacter {
        /// Place in the normalised code, from 1.
        position: usize,
        /// The character after normalisation.
        character: char,
    },
    /// The last character does not fit the others.
    #[error("the check character should be {expected}, not {got}")]
    CheckCharacter {
        /// What the first 17 characters ask for.
        expected: char,
        /// What stands there.
        got: char,
    },
}

impl CodeError {
    /// Stable name of the error, for messages and `--json`.
    pub const fn code(self) -> &'static str {
        match self {
            CodeError::Empty => "empty",
            CodeError::OldRegistrationNumber => "old-registration-number",
            CodeError::Length { .. } => "length",
            CodeError::IllegalCharacter { .. } => "illegal-character",
            CodeError::CheckCharacter { .. } => "check-character",
        }
    }
}

/// What is unusual in a code whose check character is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "warning", rename_all = "kebab-case")]
pub enum CodeWarning {
    /// The check digit of the organisation code (character 17) does not fit the eight before it (GB 11714).
    InnerCheckDigit {
        /// What the eight characters ask for.
        expected: char,
        /// What stands there.
        got: char,
    },
    /// The region is not a province (first two digits of GB/T 2260), or, within Xiamen, not one of its districts.
    UnknownRegion {
        /// The six characters.
        region: String,
    },
    /// Authority and kind together do not occur in the standard and its extensions.
    UnknownKind {
        /// First character.
        authority: char,
        /// Second character.
        kind: char,
    },
}

impl CodeWarning {
    /// Stable name of the warning, for messages and `--json`.
    pub const fn code(&self) -> &'static str {
        match self {
            CodeWarning::InnerCheckDigit { .. } => "inner-check-digit",
            CodeWarning::UnknownRegion { .. } => "unknown-region",
            CodeWarning::UnknownKind { .. } => "unknown-kind",
        }
    }
}

/// What people type becomes what the standard means: full-width becomes half-width, small letters capitals; blanks (also inside
/// and invisible ones) and hyphens go.
pub fn normalise(input: &str) -> String {
    input.chars().map(crate::text::half_width).filter(|c| !is_filler(*c)).map(|c| c.to_ascii_uppercase()).collect()
}

fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Judges a code.
///
/// # Errors
/// In this order: empty, an old number of 15 digits, a length other than 18, the first character outside the alphabet, a wrong
/// check character. Positions count in the normalised code.
pub fn check(input: &str) -> Result<Checked, CodeError> {
    let text = normalise(input);
    let got = text.chars().count();
    match got {
        0 => return Err(CodeError::Empty),
        15 if text.chars().all(|c| c.is_ascii_digit()) => {
            return Err(CodeError::OldRegistrationNumber);
        }
        LENGTH => {}
        _ => return Err(CodeError::Length { got }),
    }
    if let Some((index, character)) = text.chars().enumerate().find(|(_, c)| value(*c).is_none()) {
        return Err(CodeError::IllegalCharacter { position: index + 1, character });
    }
    let chars: Vec<char> = text.chars().collect();
    let (expected, got) = (check_character(&chars[..17]), chars[17]);
    if expected != got {
        return Err(CodeError::CheckCharacter { expected, got });
    }
    let mut warnings = Vec::new();
    if let Some(expected) = organisation_check(&text[8..16])
        && expected != chars[16]
    {
        warnings.push(CodeWarning::InnerCheckDigit { expected, got: chars[16] });
    }
    if !is_known_region(&text[2..8]) {
        warnings.push(CodeWarning::UnknownRegion { region: text[2..8].to_owned() });
    }
    if TABLE.kind(&text[0..1], &text[1..2]).is_none() {
        warnings.push(CodeWarning::UnknownKind { authority: chars[0], kind: chars[1] });
    }
    let code = CreditCode(text);
    Ok(Checked { parts: code.parts(), code, warnings })
}

/// The code whose first 17 characters are these, with the check character that belongs to them. `None` unless they are 17
/// characters of the alphabet after normalisation.
pub fn with_check(body17: &str) -> Option<CreditCode> {
    let mut text = normalise(body17);
    let chars: Vec<char> = text.chars().collect();
    if chars.len() != 17 || chars.iter().any(|c| value(*c).is_none()) {
        return None;
    }
    text.push(check_character(&chars));
    Some(CreditCode(text))
}

/// Check digit of an organisation code (GB 11714) from its first eight characters: a digit or X. `None` unless these are eight
/// digits or capital letters.
pub fn organisation_check(body8: &str) -> Option<char> {
    if body8.chars().count() != 8 {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in body8.chars().zip(INNER_WEIGHTS) {
        if !(c.is_ascii_digit() || c.is_ascii_uppercase()) {
            return None;
        }
        sum += c.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

/// Name of the registering authority, by the first character of the code.
pub fn authority_name(authority: &str, locale: Locale) -> Option<&'static str> {
    TABLE.authority(authority).map(|a| locale.pick(&a.zh, &a.en))
}

/// Name of the kind of body, by the first two characters of the code.
pub fn kind_name(authority: &str, kind: &str, locale: Locale) -> Option<&'static str> {
    TABLE.kind(authority, kind).map(|k| locale.pick(&k.zh, &k.en))
}

/// Whether these six characters are a region known here: a known first pair of digits, and inside Xiamen a known district.
pub fn is_known_region(region: &str) -> bool {
    if region.len() != 6 || !region.bytes().all(|b| b.is_ascii_digit()) || !TABLE.provinces.contains(&region[..2]) {
        return false;
    }
    TABLE.city.iter().filter(|city| region.starts_with(&city.prefix)).all(|city| city.regions.contains(region))
}

/// Value of a character, 0 to 30.
fn value(c: char) -> Option<u32> {
    ALPHABET.chars().position(|a| a == c).and_then(|p| u32::try_from(p).ok())
}

/// Check character of 17 characters of the alphabet.
fn check_character(first17: &[char]) -> char {
    let sum: u32 = first17.iter().zip(WEIGHTS).map(|(c, weight)| value(*c).unwrap_or(0) * weight).sum();
    let place = (31 - sum % 31) % 31;
    ALPHABET.chars().nth(place as usize).expect("a remainder of 31 is a place in an alphabet of 31")
}

#[derive(Deserialize)]
struct Table {
    provinces: BTreeSet<String>,
    city: Vec<City>,
    authority: Vec<Authority>,
}

#[derive(Deserialize)]
struct City {
    prefix: String,
    regions: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Authority {
    code: String,
    zh: String,
    en: String,
    kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    code: String,
    zh: String,
    en: String,
}

impl Table {
    fn authority(&self, code: &str) -> Option<&Authority> {
        self.authority.iter().find(|a| a.code == code)
    }

    fn kind(&self, authority: &str, kind: &str) -> Option<&Kind> {
        self.authority(authority)?.kinds.iter().find(|k| k.code == kind)
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/credit-code.toml"))
        .expect("shipped at build time, read by the tests of this module")
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REAL: [&str; 4] = ["9144030071526726XG", "91330100799655058B", "91130600738737199K", "91110000802100433B"];

    #[test]
    fn codes_in_use_are_right_and_without_warning() {
        for text in REAL {
            let checked = check(text).unwrap();
            assert_eq!(checked.code.as_str(), text);
            assert_eq!(checked.warnings, [], "{text}");
        }
    }

    #[test]
    fn parts_add_up_and_have_names() {
        let checked = check(REAL[0]).unwrap();
        let p = &checked.parts;
        assert_eq!([&p.authority, &p.kind, &p.region, &p.body, &p.check], ["9", "1", "440300", "71526726X", "G"]);
        assert_eq!(kind_name("9", "1", Locale::Zh), Some("企业"));
        assert_eq!(kind_name("9", "1", Locale::En), Some("Enterprise"));
        assert_eq!(authority_name("5", Locale::En), Some("Civil affairs"));
        assert_eq!(authority_name("Z", Locale::Zh), None);
        assert_eq!(kind_name("9", "9", Locale::Zh), None);
    }

    #[test]
    fn what_people_type_is_normalised() {
        for text in [
            "  9144030071526726xg ",
            "９１４４０３００７１５２６７２６ＸＧ",
            "91 440300 71526726X G",
            "91-440300-71526726X-G",
            "\u{feff}91440300\u{3000}71526726ｘｇ\u{200b}",
        ] {
            assert_eq!(check(text).unwrap().code.as_str(), REAL[0], "{text}");
        }
    }

    #[test]
    fn errors_say_what_and_where() {
        assert_eq!(check("  - "), Err(CodeError::Empty));
        assert_eq!(check("350200100012345"), Err(CodeError::OldRegistrationNumber));
        assert_eq!(check("35020010001234X"), Err(CodeError::Length { got: 15 }));
        assert_eq!(check("9144030071526726X"), Err(CodeError::Length { got: 17 }));
        assert_eq!(check("9144030071526726XGG"), Err(CodeError::Length { got: 19 }));
        assert_eq!(check("9I44030071526726XG"), Err(CodeError::IllegalCharacter { position: 2, character: 'I' }));
        assert_eq!(check("91440300715厦6726XO"), Err(CodeError::IllegalCharacter { position: 12, character: '厦' }));
        assert_eq!(check("9144030071526726XH"), Err(CodeError::CheckCharacter { expected: 'G', got: 'H' }));
    }

    #[test]
    fn a_wrong_inner_digit_and_an_unknown_region_are_warnings() {
        let code = with_check("91350203MA0000000").unwrap();
        let expected = organisation_check("MA000000").unwrap();
        assert_ne!(expected, '0');
        assert_eq!(check(code.as_str()).unwrap().warnings, [CodeWarning::InnerCheckDigit { expected, got: '0' }]);

        let body = format!("91350299Y0000000{}", organisation_check("Y0000000").unwrap());
        let code = with_check(&body).unwrap();
        assert_eq!(check(code.as_str()).unwrap().warnings, [CodeWarning::UnknownRegion { region: "350299".into() }]);

        let body = format!("99350203Y0000000{}", organisation_check("Y0000000").unwrap());
        let code = with_check(&body).unwrap();
        assert_eq!(check(code.as_str()).unwrap().warnings, [CodeWarning::UnknownKind { authority: '9', kind: '9' }]);
    }

    #[test]
    fn regions_of_the_city_are_known_one_by_one() {
        for known in ["350200", "350203", "350213", "100000", "350100", "440300", "810000"] {
            assert!(is_known_region(known), "{known}");
        }
        for unknown in ["350298", "350204", "350299", "990000", "160000", "35020A", "3502", ""] {
            assert!(!is_known_region(unknown), "{unknown}");
        }
    }

    #[test]
    fn a_subject_beginning_with_y_is_fine() {
        for n in 0..500 {
            let body = format!("Y{n:07}");
            let inner = organisation_check(&body).unwrap();
            let code = with_check(&format!("91350206{body}{inner}")).unwrap();
            assert_eq!(check(code.as_str()).unwrap().warnings, []);
        }
    }

    #[test]
    fn every_check_character_occurs() {
        let seen: BTreeSet<char> = (0..2000)
            .filter_map(|n| with_check(&format!("91350206Y{n:07}0")))
            .filter_map(|code| code.as_str().chars().last())
            .collect();
        assert_eq!(seen.len(), 31);
    }

    #[test]
    fn only_seventeen_good_characters_get_a_check_character() {
        assert!(with_check("9135020").is_none());
        assert!(with_check("913502030000000SO").is_none());
        assert_eq!(with_check("9144030071526726X").unwrap().as_str(), REAL[0]);
    }

    #[test]
    fn weights_are_the_powers_of_three() {
        let mut power = 1;
        for weight in WEIGHTS {
            assert_eq!(weight, power);
            power = power * 3 % 31;
        }
    }

    proptest! {
        #[test]
        fn any_completed_code_is_right(body in "[0-9A-HJ-NP-RTUWXY]{17}") {
            let code = with_check(&body).unwrap();
            let checked = check(code.as_str()).unwrap();
            prop_assert_eq!(&checked.code, &code);
            let p = checked.parts;
            prop_assert_eq!(format!("{}{}{}{}{}", p.authority, p.kind, p.region, p.body, p.check), code.as_str());
        }

        #[test]
        fn one_changed_character_is_always_found(body in "[0-9A-HJ-NP-RTUWXY]{17}", at in 0_usize..18, by in 1_usize..31) {
            let mut chars: Vec<char> = with_check(&body).unwrap().as_str().chars().collect();
            let alphabet: Vec<char> = ALPHABET.chars().collect();
            let old = alphabet.iter().position(|c| *c == chars[at]).unwrap();
            chars[at] = alphabet[(old + by) % 31];
            let text: String = chars.into_iter().collect();
            let is_refused = matches!(check(&text), Err(CodeError::CheckCharacter { .. }));
            prop_assert!(is_refused);
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = check(&text);
            let _ = with_check(&text);
            let _ = organisation_check(&text);
            let _ = is_known_region(&text);
        }
    }
}
