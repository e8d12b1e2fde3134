//! Districts of the city (GB/T 2260) and the hi-tech zone that lies across them, from `data/districts.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{Coded, locale::Locale};

/// A district or zone of the shipped list. Stored by its six-digit [`code`](District::code).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct District(u8);

#[derive(Deserialize)]
struct File {
    district: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    zh: String,
    en: String,
    #[serde(default)]
    zone: bool,
    aliases: Vec<String>,
}

static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/districts.toml"))
        .expect("shipped at build time, read by the tests of this module");
    file.district
});

static ALL: LazyLock<Vec<District>> =
    LazyLock::new(|| (0..TABLE.len()).filter_map(|i| u8::try_from(i).ok()).map(District).collect());

impl District {
    /// Every district in the order of the codes, the zone last.
    pub fn all() -> &'static [District] {
        &ALL
    }

    /// The district with this six-digit code.
    pub fn by_code(code: &str) -> Option<District> {
        Self::all().iter().copied().find(|d| d.entry().code == code)
    }

    /// The district of this name in either language, long or short, or of this code; blanks, width and case do not matter, and a
    /// leading name of the city is passed over.
    pub fn by_name(name: &str) -> Option<District> {
        let wanted = key(name);
        if wanted.is_empty() {
            return None;
        }
        let find = |wanted: &str| {
            Self::all().iter().copied().find(|d| {
                let entry = d.entry();
                entry.code == wanted
                    || key(&entry.zh) == wanted
                    || key(&entry.en) == wanted
                    || entry.aliases.iter().any(|a| key(a) == wanted)
            })
        };
        find(&wanted).or_else(|| find(crate::text::without_city(&wanted)))
    }

    /// Six digits: of GB/T 2260, or our own for a zone.
    pub fn code(self) -> &'static str {
        &self.entry().code
    }

    /// The name on pages.
    pub fn name(self, locale: Locale) -> &'static str {
        let entry = self.entry();
        locale.pick(&entry.zh, &entry.en)
    }

    /// Whether this is a zone that lies across districts, with a code of our own.
    pub fn is_zone(self) -> bool {
        self.entry().zone
    }

    fn entry(self) -> &'static Entry {
        &TABLE[usize::from(self.0)]
    }
}

impl Coded for District {
    fn all() -> &'static [Self] {
        District::all()
    }

    fn code(self) -> &'static str {
        District::code(self)
    }

    fn from_code(code: &str) -> Option<Self> {
        District::by_code(code)
    }
}

impl From<District> for String {
    fn from(district: District) -> String {
        district.code().to_owned()
    }
}

/// A code that is no district.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\u{201c}{0}\u{201d} is not a district of this city")]
pub struct UnknownDistrict(pub String);

impl TryFrom<String> for District {
    type Error = UnknownDistrict;

    fn try_from(code: String) -> Result<Self, UnknownDistrict> {
        District::by_code(&code).ok_or(UnknownDistrict(code))
    }
}

fn key(name: &str) -> String {
    crate::text::fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_districts_and_one_zone() {
        assert_eq!(District::all().len(), 7);
        assert_eq!(District::all().iter().filter(|d| d.is_zone()).count(), 1);
        let codes: Vec<_> = District::all().iter().map(|d| d.code()).collect();
        assert_eq!(codes, ["350203", "350205", "350206", "350211", "350212", "350213", "350298"]);
        for district in District::all() {
            assert_eq!(District::by_code(district.code()), Some(*district));
            assert_eq!(crate::credit::is_known_region(district.code()), !district.is_zone());
            for locale in Locale::ALL {
                assert_eq!(District::by_name(district.name(locale)), Some(*district));
            }
        }
    }

    #[test]
    fn found_under_the_names_people_use() {
        for (name, code) in [
            ("思明", "350203"),
            ("思明区", "350203"),
            ("厦门市思明区", "350203"),
            (" siming ", "350203"),
            ("SIMING DISTRICT", "350203"),
            ("Tong'an", "350212"),
            ("Xiang’an", "350213"),
            ("xiangan", "350213"),
            ("火炬高新区", "350298"),
            ("厦门火炬高新区", "350298"),
            ("350211", "350211"),
            ("３５０２１１", "350211"),
        ] {
            assert_eq!(District::by_name(name).map(District::code), Some(code), "{name}");
        }
        for name in ["", "  ", "鼓浪屿区", "福州", "厦门", "350204"] {
            assert_eq!(District::by_name(name), None, "{name}");
        }
    }

    #[test]
    fn no_name_belongs_to_two() {
        let mut seen = std::collections::BTreeMap::new();
        for d in District::all() {
            let e = d.entry();
            for name in e.aliases.iter().chain([&e.zh, &e.en]) {
                if let Some(other) = seen.insert(key(name), *d) {
                    assert_eq!(other, *d, "{name}");
                }
            }
        }
    }
}
