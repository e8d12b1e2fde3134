//! Industries by GB/T 4754-2017: a section letter, and up to four digits for division, group and class.
//!
//! Names and the split of the 97 divisions over the 20 sections come from `data/industries.toml`. Groups and classes are accepted by their
//! digits: the list of some 1,800 names is not needed by any rule here.

use std::{fmt, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// A section of the classification.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Section {
    code: char,
    zh: String,
    en: String,
    divisions: Vec<Division>,
}

/// A division of the classification.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Division {
    code: String,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
struct File {
    section: Vec<Section>,
}

static TABLE: LazyLock<Vec<Section>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/industries.toml"))
        .expect("shipped at build time, read by the tests of this module");
    file.section
});

impl Section {
    /// Its letter.
    pub fn code(&self) -> char {
        self.code
    }

    /// Its name.
    pub fn name(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }

    /// Its divisions in order.
    pub fn divisions(&self) -> &[Division] {
        &self.divisions
    }
}

impl Division {
    /// Its two digits.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its name.
    pub fn name(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }
}

/// The 20 sections in order.
pub fn sections() -> &'static [Section] {
    &TABLE
}

/// An industry: a section, and as many digits as are known (none, or two to four). Stored as its text, `I65`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Industry {
    code: String,
}

/// Why a text is not an industry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "error", rename_all = "kebab-case")]
pub enum IndustryError {
    /// Nothing there.
    #[error("no industry code was given")]
    Empty,
    /// Neither a letter, nor a letter and two to four digits, nor two to four digits.
    #[error("an industry code is a letter A to T, two to four digits, or both")]
    Shape,
    /// A letter that is no section.
    #[error("there is no section {section} in the classification of industries")]
    UnknownSection {
        /// The letter.
        section: char,
    },
    /// Digits that are no division.
    #[error("there is no division {division} in the classification of industries")]
    UnknownDivision {
        /// The first two digits.
        division: String,
    },
    /// A division of another section.
    #[error("division {division} belongs to section {expected}, not {got}")]
    WrongSection {
        /// The first two digits.
        division: String,
        /// Its section.
        expected: char,
        /// The letter that was given.
        got: char,
    },
}

impl IndustryError {
    /// Stable name of the error, for messages and `--json`.
    pub const fn code(&self) -> &'static str {
        match self {
            IndustryError::Empty => "empty",
            IndustryError::Shape => "shape",
            IndustryError::UnknownSection { .. } => "unknown-section",
            IndustryError::UnknownDivision { .. } => "unknown-division",
            IndustryError::WrongSection { .. } => "wrong-section",
        }
    }
}

impl Industry {
    /// Reads `I65`, `C3411`, `6510`, `K7010`, `A`; width, case, blanks, hyphens and points do not matter.
    ///
    /// # Errors
    /// See [`IndustryError`].
    pub fn parse(text: &str) -> Result<Industry, IndustryError> {
        let text: String = text
            .chars()
            .map(crate::text::half_width)
            .filter(|c| !(c.is_whitespace() || matches!(c, '-' | '.' | '\u{feff}')))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if text.is_empty() {
            return Err(IndustryError::Empty);
        }
        let letter = text.chars().next().filter(char::is_ascii_uppercase);
        let digits = if letter.is_some() { &text[1..] } else { &text };
        let is_shaped = digits.bytes().all(|b| b.is_ascii_digit())
            && (matches!(digits.len(), 2..=4) || (digits.is_empty() && letter.is_some()));
        if !is_shaped {
            return Err(IndustryError::Shape);
        }
        if let Some(section) = letter
            && !TABLE.iter().any(|s| s.code == section)
        {
            return Err(IndustryError::UnknownSection { section });
        }
        let Some(division) = digits.get(..2) else {
            return Ok(Industry { code: text });
        };
        let Some(section) = TABLE.iter().find(|s| s.divisions.iter().any(|d| d.code == division)) else {
            return Err(IndustryError::UnknownDivision { division: division.to_owned() });
        };
        match letter {
            Some(got) if got != section.code => {
                Err(IndustryError::WrongSection { division: division.to_owned(), expected: section.code, got })
            }
            _ => Ok(Industry { code: format!("{}{digits}", section.code) }),
        }
    }

    /// Section letter and digits: `I65`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The digits alone, empty for a whole section.
    pub fn digits(&self) -> &str {
        &self.code[1..]
    }

    /// Its section.
    pub fn section(&self) -> &'static Section {
        let letter = self.code.chars().next();
        TABLE
            .iter()
            .find(|s| Some(s.code) == letter)
            .expect("an Industry is only made by parse, which has looked its section up")
    }

    /// Its division, unless it is a whole section.
    pub fn division(&self) -> Option<&'static Division> {
        let wanted = self.digits().get(..2)?;
        self.section().divisions.iter().find(|d| d.code == wanted)
    }

    /// The name of its division, or of its section where that is all there is.
    pub fn name(&self, locale: Locale) -> &'static str {
        self.division().map_or_else(|| self.section().name(locale), |d| d.name(locale))
    }
}

impl fmt::Display for Industry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.code)
    }
}

impl std::str::FromStr for Industry {
    type Err = IndustryError;

    fn from_str(text: &str) -> Result<Self, IndustryError> {
        Industry::parse(text)
    }
}

impl TryFrom<String> for Industry {
    type Error = IndustryError;

    fn try_from(text: String) -> Result<Self, IndustryError> {
        Industry::parse(&text)
    }
}

impl From<Industry> for String {
    fn from(industry: Industry) -> String {
        industry.code
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn twenty_sections_and_ninety_seven_divisions_in_order() {
        let letters: String = sections().iter().map(Section::code).collect();
        assert_eq!(letters, "ABCDEFGHIJKLMNOPQRST");
        let divisions: Vec<&str> = sections().iter().flat_map(|s| s.divisions()).map(Division::code).collect();
        assert_eq!(divisions, (1..=97).map(|n| format!("{n:02}")).collect::<Vec<_>>());
        for section in sections() {
            assert!(section.name(Locale::En).is_ascii() && !section.name(Locale::Zh).is_ascii());
            for division in section.divisions() {
                assert!(division.name(Locale::En).is_ascii() && !division.name(Locale::Zh).is_ascii());
            }
        }
    }

    #[test]
    fn what_people_write_is_read() {
        for (text, code) in [
            ("I65", "I65"),
            ("C3411", "C3411"),
            ("6510", "I6510"),
            ("K7010", "K7010"),
            ("A", "A"),
            (" ｉ６５ ", "I65"),
            ("I-65", "I65"),
            ("65", "I65"),
            ("591", "G591"),
            ("T9700", "T9700"),
        ] {
            assert_eq!(Industry::parse(text).unwrap().code(), code, "{text}");
        }
    }

    #[test]
    fn what_is_no_industry_is_refused() {
        assert_eq!(Industry::parse(" "), Err(IndustryError::Empty));
        for text in ["I6", "I65100", "6", "65a", "软件", "II65", "65I"] {
            assert_eq!(Industry::parse(text), Err(IndustryError::Shape), "{text}");
        }
        assert_eq!(Industry::parse("Z12"), Err(IndustryError::UnknownSection { section: 'Z' }));
        assert_eq!(Industry::parse("98"), Err(IndustryError::UnknownDivision { division: "98".into() }));
        assert_eq!(Industry::parse("0000").unwrap_err().code(), "unknown-division");
        assert_eq!(
            Industry::parse("C65"),
            Err(IndustryError::WrongSection { division: "65".into(), expected: 'I', got: 'C' })
        );
    }

    #[test]
    fn names() {
        assert_eq!(Industry::parse("I6510").unwrap().name(Locale::Zh), "软件和信息技术服务业");
        assert_eq!(
            Industry::parse("I").unwrap().name(Locale::En),
            "Information transmission, software and IT services"
        );
        assert_eq!(Industry::parse("3411").unwrap().section().code(), 'C');
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Industry::parse(&text);
        }

        #[test]
        fn what_is_read_is_stable(text in "[A-T]?[0-9]{0,4}") {
            if let Ok(industry) = Industry::parse(&text) {
                prop_assert_eq!(Industry::parse(industry.code()), Ok(industry.clone()));
                prop_assert!(industry.code().ends_with(&text));
                let _ = industry.name(Locale::En);
            }
        }
    }
}
