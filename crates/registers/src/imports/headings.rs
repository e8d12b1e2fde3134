//! Which column of a file is which, by its heading in Chinese or English.

use std::collections::HashMap;
use std::sync::LazyLock;

use huiqi_kernel::locale::Locale;
use huiqi_kernel::text;
use serde::Deserialize;

use super::Kind;

/// One column of a register's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Stable name.
    pub key: String,
    zh: String,
    en: String,
    #[serde(default)]
    aliases: Vec<String>,
    /// Whether a row without it is refused.
    #[serde(default)]
    pub required: bool,
    /// What stands in it, for the template.
    pub example: String,
    note_zh: String,
    note_en: String,
}

impl Column {
    /// The heading in one language.
    pub fn heading(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }

    /// What stands in it, in one language.
    pub fn note(&self, locale: Locale) -> &str {
        locale.pick(&self.note_zh, &self.note_en)
    }
}

/// A value of a closed list as files and pages write it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListValue {
    list: String,
    code: String,
    zh: String,
    en: String,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    enterprises: Vec<Column>,
    providers: Vec<Column>,
    products: Vec<Column>,
    values: Vec<ListValue>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/columns.toml"))
        .expect("shipped at build time, read by the tests of this module")
});

/// The columns of a kind of file, in the order of templates.
pub fn columns(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Enterprises => &FILE.enterprises,
        Kind::Providers => &FILE.providers,
        Kind::Products => &FILE.products,
    }
}

/// The code of a value of a closed list (`nature`, `fee`, `mode`), written in either language or as the code.
pub fn list_code(list: &str, text: &str) -> Option<&'static str> {
    let wanted = bare(text);
    FILE.values
        .iter()
        .filter(|v| v.list == list)
        .find(|v| v.code == wanted || [&v.zh, &v.en].into_iter().chain(&v.aliases).any(|name| bare(name) == wanted))
        .map(|v| v.code.as_str())
}

/// A value of a closed list as shown; the code itself where it is unknown.
pub fn list_name<'a>(list: &str, code: &'a str, locale: Locale) -> &'a str {
    FILE.values.iter().find(|v| v.list == list && v.code == code).map_or(code, |v| locale.pick(&v.zh, &v.en))
}

/// Code and name of every value of a closed list.
pub fn list_values(list: &'static str, locale: Locale) -> Vec<(&'static str, &'static str)> {
    FILE.values
        .iter()
        .filter(|v| v.list == list)
        .map(|v| (v.code.as_str(), locale.pick(v.zh.as_str(), v.en.as_str())))
        .collect()
}

/// What a figure of money in this column is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Yuan.
    Yuan,
    /// 10,000 yuan; also where the heading says nothing.
    #[default]
    Wan,
    /// 100,000,000 yuan.
    Yi,
}

/// Which column of the file holds which column of ours.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// For each of our columns, in their order: place in the file and unit.
    pub places: Vec<Option<(usize, Unit)>>,
    /// The headings of the file as they stood there, for the file of refused rows.
    pub headings: Vec<String>,
    /// Headings that belong to no column of ours.
    pub unused: Vec<String>,
}

/// Tries to read a row as the headings. `None` unless every required column and at least two columns are there.
pub fn recognise(kind: Kind, cells: &[String]) -> Option<Layout> {
    let names = names(kind);
    let mut layout = Layout { places: vec![None; columns(kind).len()], headings: cells.to_vec(), unused: Vec::new() };
    for (place, cell) in cells.iter().enumerate() {
        let heading = bare(cell);
        if heading.is_empty() {
            continue;
        }
        match names.get(&heading) {
            Some(index) if layout.places[*index].is_none() => layout.places[*index] = Some((place, unit(cell))),
            _ => layout.unused.push(cell.trim().to_owned()),
        }
    }
    let found = layout.places.iter().flatten().count();
    let is_whole = columns(kind).iter().zip(&layout.places).all(|(column, place)| !column.required || place.is_some());
    (is_whole && found >= 2).then_some(layout)
}

fn names(kind: Kind) -> HashMap<String, usize> {
    let mut names = HashMap::new();
    for (index, column) in columns(kind).iter().enumerate() {
        for name in [&column.zh, &column.en, &column.key] {
            names.insert(bare(name), index);
        }
    }
    for (index, column) in columns(kind).iter().enumerate() {
        for name in &column.aliases {
            names.entry(bare(name)).or_insert(index);
        }
    }
    names
}

/// A heading without blanks, width, case, marks, and what stands in brackets.
fn bare(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in text::fold(text).chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

// han: units in brackets behind a heading
fn unit(heading: &str) -> Unit {
    let folded = text::fold(heading);
    let inner = folded.split_once(['(', '[', '【']).map_or("", |(_, rest)| rest);
    if inner.contains("万元") || inner.replace([',', ' '], "").contains("10000") {
        Unit::Wan
    } else if inner.contains("亿") {
        Unit::Yi
    } else if inner.contains('元') || inner.contains("yuan") || inner.contains("cny") {
        Unit::Yuan
    } else {
        Unit::Wan
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn every_heading_is_recognised_in_both_languages() {
        for kind in Kind::ALL {
            for locale in Locale::ALL {
                let cells: Vec<String> = columns(*kind).iter().map(|c| c.heading(locale).to_owned()).collect();
                let layout = recognise(*kind, &cells).expect("a whole set of headings");
                assert!(layout.unused.is_empty(), "{kind:?} {:?}", layout.unused);
                assert!(layout.places.iter().enumerate().all(|(i, p)| p.is_some_and(|(place, _)| place == i)));
            }
        }
    }

    #[test]
    fn blanks_width_case_and_brackets_do_not_matter() {
        let cells = row(&[
            "序号",
            " 企业 名称＊",
            "统一社会信用代码（18位）",
            "营业收入（元）",
            "资产总额【亿元】",
            "ＰＨＯＮＥ",
            "名称",
        ]);
        let layout = recognise(Kind::Enterprises, &cells).expect("name and code are there");
        assert_eq!(layout.places[0], Some((1, Unit::Wan)));
        assert_eq!(layout.places[1].map(|p| p.0), Some(2));
        assert_eq!(layout.places[5], Some((3, Unit::Yuan)));
        assert_eq!(layout.places[6], Some((4, Unit::Yi)));
        assert_eq!(layout.places[10].map(|p| p.0), Some(5));
        assert_eq!(layout.unused, ["序号", "名称"]);
    }

    #[test]
    fn a_title_line_is_no_heading() {
        assert!(recognise(Kind::Enterprises, &row(&["2025 年企业名录"])).is_none());
        assert!(recognise(Kind::Enterprises, &row(&["企业名称", "所属区"])).is_none());
    }

    #[test]
    fn values_of_lists() {
        assert_eq!(list_code("fee", "免 费"), Some("free"));
        assert_eq!(list_code("fee", "LOW"), Some("low"));
        assert_eq!(list_code("nature", "协会"), Some("association"));
        assert_eq!(list_code("fee", "协会"), None);
        assert_eq!(list_name("mode", "onsite", Locale::Zh), "上门");
    }
}
