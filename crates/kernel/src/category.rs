//! The eight kinds of service in which the network works and is counted, from `data/service-categories.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{Coded, locale::Locale};

/// One of the eight kinds of service. Stored by its two-digit [`code`](Category::code).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Category(u8);

/// A subject within a kind of service. Stored by its four-digit [`code`](Subcategory::code), which begins with that of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subcategory(u8, u8);

#[derive(Deserialize)]
struct File {
    category: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    icon: String,
    zh: String,
    en: String,
    short_zh: String,
    short_en: String,
    children: Vec<Child>,
}

#[derive(Deserialize)]
struct Child {
    code: String,
    zh: String,
    en: String,
}

static TABLE: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/service-categories.toml"))
        .expect("shipped at build time, read by the tests of this module");
    file.category
});

static ALL: LazyLock<Vec<Category>> =
    LazyLock::new(|| (0..TABLE.len()).filter_map(|i| u8::try_from(i).ok()).map(Category).collect());

impl Category {
    /// The eight kinds in the order of their codes.
    pub fn all() -> &'static [Category] {
        &ALL
    }

    /// The kind with this two-digit code.
    pub fn by_code(code: &str) -> Option<Category> {
        Self::all().iter().copied().find(|c| c.entry().code == code)
    }

    /// The kind of this name in either language, or of this code (also without the leading zero); the closing word for “services”
    /// may be missing, and blanks, width and case do not matter.
    pub fn by_name(name: &str) -> Option<Category> {
        let wanted = key(name);
        if wanted.is_empty() {
            return None;
        }
        Self::all().iter().copied().find(|c| {
            let entry = c.entry();
            let zh = key(&entry.zh);
            let stem: String = zh.chars().take(zh.chars().count().saturating_sub(2)).collect();
            wanted == zh || wanted == stem || wanted == key(&entry.en) || entry.code == format!("{wanted:0>2}")
        })
    }

    /// Two digits, `01` to `08`.
    pub fn code(self) -> &'static str {
        &self.entry().code
    }

    /// The name on pages.
    pub fn name(self, locale: Locale) -> &'static str {
        let entry = self.entry();
        locale.pick(&entry.zh, &entry.en)
    }

    /// One short line: what a firm finds there.
    pub fn short(self, locale: Locale) -> &'static str {
        let entry = self.entry();
        locale.pick(&entry.short_zh, &entry.short_en)
    }

    /// Id of its symbol in the page sprite, without the leading `i-`.
    pub fn icon(self) -> &'static str {
        &self.entry().icon
    }

    /// Its subjects in the order of their codes.
    pub fn children(self) -> impl Iterator<Item = Subcategory> {
        (0..self.entry().children.len()).filter_map(|i| u8::try_from(i).ok()).map(move |i| Subcategory(self.0, i))
    }

    fn entry(self) -> &'static Entry {
        &TABLE[usize::from(self.0)]
    }
}

impl Subcategory {
    /// The subject with this four-digit code.
    pub fn by_code(code: &str) -> Option<Subcategory> {
        Category::all().iter().flat_map(|c| c.children()).find(|s| s.code() == code)
    }

    /// Four digits.
    pub fn code(self) -> &'static str {
        &self.entry().code
    }

    /// The name on pages.
    pub fn name(self, locale: Locale) -> &'static str {
        let entry = self.entry();
        locale.pick(&entry.zh, &entry.en)
    }

    /// The kind of service it belongs to.
    pub fn category(self) -> Category {
        Category(self.0)
    }

    fn entry(self) -> &'static Child {
        &TABLE[usize::from(self.0)].children[usize::from(self.1)]
    }
}

impl Coded for Category {
    fn all() -> &'static [Self] {
        Category::all()
    }

    fn code(self) -> &'static str {
        Category::code(self)
    }

    fn from_code(code: &str) -> Option<Self> {
        Category::by_code(code)
    }
}

impl From<Category> for String {
    fn from(category: Category) -> String {
        category.code().to_owned()
    }
}

/// A code that is no kind of service.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\u{201c}{0}\u{201d} is not a kind of service")]
pub struct UnknownCategory(pub String);

impl TryFrom<String> for Category {
    type Error = UnknownCategory;

    fn try_from(code: String) -> Result<Self, UnknownCategory> {
        Category::by_code(&code).ok_or(UnknownCategory(code))
    }
}

fn key(name: &str) -> String {
    crate::text::fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_kinds_with_names_icons_and_subjects() {
        assert_eq!(Category::all().len(), 8);
        for (index, category) in Category::all().iter().enumerate() {
            assert_eq!(category.code(), format!("{:02}", index + 1));
            assert_eq!(Category::by_code(category.code()), Some(*category));
            assert!(category.icon().starts_with("c-"));
            assert!(category.children().count() >= 2);
            for subject in category.children() {
                assert!(subject.code().starts_with(category.code()) && subject.code().len() == 4);
                assert_eq!(Subcategory::by_code(subject.code()), Some(subject));
                assert_eq!(subject.category(), *category);
                assert!(subject.name(Locale::En).is_ascii());
            }
            for locale in Locale::ALL {
                assert_eq!(Category::by_name(category.name(locale)), Some(*category));
                assert!(!category.short(locale).is_empty());
            }
        }
    }

    #[test]
    fn found_under_shorter_names_and_codes() {
        for (name, code) in
            [("法律", "08"), ("法律服务", "08"), ("8", "08"), ("０５", "05"), ("LEGAL", "08"), ("人才与培训", "04")]
        {
            assert_eq!(Category::by_name(name).map(Category::code), Some(code), "{name}");
        }
        for name in ["", "服务", "9", "00", "08x"] {
            assert_eq!(Category::by_name(name), None, "{name}");
        }
    }
}
