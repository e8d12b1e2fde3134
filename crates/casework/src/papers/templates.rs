//! Templates of papers: data with versions, and how one becomes a text.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use huiqi_kernel::locale::Locale;
use serde::{Deserialize, Serialize};

use super::PaperKind;
use super::actions::Fields;

/// One language of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What the paper is.
    pub title: String,
    /// Whom it is addressed to.
    pub to: String,
    /// Its lines, see `data/papers.toml`.
    pub lines: Vec<String>,
}

/// One version of one kind.
#[derive(Clone, Debug, Deserialize)]
pub struct Template {
    /// Code of the kind.
    pub kind: String,
    /// Counts from 1; the highest is issued.
    pub version: i64,
    /// How the paper is numbered.
    pub number: String,
    /// Fields without which it may not be issued.
    pub needs: Vec<String>,
    /// For staff only.
    #[serde(default)]
    pub inside: bool,
    /// The Chinese sheet, which counts.
    pub zh: Sheet,
    /// The English sheet, a courtesy.
    pub en: Sheet,
}

#[derive(Deserialize)]
struct File {
    template: Vec<Template>,
}

static SHIPPED: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../../../data/papers.toml")).expect("data/papers.toml is checked by a test");
    file.template
});

/// Every version of every template.
///
/// # Panics
/// Never in a released program: the file is read by a test.
pub fn all() -> &'static [Template] {
    &SHIPPED
}

/// The lines of both languages, as a version that was made here keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Chinese lines.
    pub zh: Vec<String>,
    /// English lines.
    pub en: Vec<String>,
}

impl Template {
    /// This template with other lines, as another version.
    pub fn with(&self, version: i64, body: Body) -> Template {
        let zh = Sheet { lines: body.zh, ..self.zh.clone() };
        let en = Sheet { lines: body.en, ..self.en.clone() };
        Template { version, zh, en, ..self.clone() }
    }
}

/// The newest version of a kind that came with the program.
pub fn current(kind: PaperKind) -> Option<&'static Template> {
    all().iter().filter(|t| t.kind == kind.code()).max_by_key(|t| t.version)
}

/// A version that came with the program.
pub fn version(kind: PaperKind, version: i64) -> Option<&'static Template> {
    all().iter().find(|t| t.kind == kind.code() && t.version == version)
}

/// What is wrong with the lines of a template, the first of it. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing stands there, or more than [`MOST_LINES`] lines, or a line longer than [`LONGEST_LINE`].
    Size,
    /// A name that this kind does not fill in.
    Unknown(usize, String),
    /// A condition that nothing sets.
    Condition(usize, String),
    /// A name that the paper may not be without.
    Missing(String),
    /// The two languages differ: number of lines, conditions, headings, lists or names.
    Apart(usize),
}

/// Most lines of a template.
pub const MOST_LINES: usize = 60;
/// Longest line, in characters.
pub const LONGEST_LINE: usize = 600;

/// Names that every paper fills in.
const ALWAYS: [&str; 6] = ["case", "case_title", "opened", "rule", "hotline", "office"];

/// The names in braces of a line, in their order.
pub fn names(line: &str) -> Vec<&str> {
    line.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|p| p.0).collect()
}

fn conditions(line: &str) -> Vec<&str> {
    let (mut found, mut rest) = (Vec::new(), line);
    while let Some((flag, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
        found.push(flag);
        rest = after.trim_start();
    }
    found
}

impl Template {
    /// What its kind fills in, by the versions that came with the program: names, and conditions.
    pub fn vocabulary(kind: PaperKind) -> (BTreeSet<String>, BTreeSet<String>) {
        let mut known: BTreeSet<String> = ALWAYS.iter().map(|n| (*n).to_owned()).collect();
        let mut flags = BTreeSet::new();
        for template in all().iter().filter(|t| t.kind == kind.code()) {
            for line in template.zh.lines.iter().chain([&template.zh.to]) {
                known.extend(names(line).into_iter().map(str::to_owned));
                flags.extend(conditions(line).into_iter().map(|f| f.trim_start_matches('!').to_owned()));
            }
        }
        (known, flags)
    }

    /// What is wrong with it, if anything; with whether that stands in the English lines.
    pub fn flaw(&self, kind: PaperKind) -> Option<(Flaw, bool)> {
        let (known, flags) = Template::vocabulary(kind);
        for (sheet, english) in [(&self.zh, false), (&self.en, true)] {
            let too_long = sheet.lines.iter().any(|l| l.chars().count() > LONGEST_LINE);
            if sheet.lines.is_empty() || sheet.lines.len() > MOST_LINES || too_long {
                return Some((Flaw::Size, english));
            }
            for (i, line) in sheet.lines.iter().enumerate() {
                if let Some(name) = names(line).into_iter().find(|n| !known.contains(*n)) {
                    return Some((Flaw::Unknown(i + 1, name.to_owned()), english));
                }
                let flag =
                    conditions(line).into_iter().map(|f| f.trim_start_matches('!')).find(|f| !flags.contains(*f));
                if let Some(flag) = flag {
                    return Some((Flaw::Condition(i + 1, flag.to_owned()), english));
                }
            }
            let whole = sheet.lines.concat() + &sheet.to;
            if let Some(name) = self.needs.iter().find(|n| !whole.contains(&format!("{{{n}}}"))) {
                return Some((Flaw::Missing(name.clone()), english));
            }
        }
        let shape = |line: &str| {
            let flags: Vec<String> = conditions(line).into_iter().map(str::to_owned).collect();
            let mut names: Vec<String> = names(line).into_iter().map(str::to_owned).collect();
            names.sort_unstable();
            (flags, line.contains("# "), line.contains("- {"), names)
        };
        let (zh, en) = (&self.zh.lines, &self.en.lines);
        let apart = (0..zh.len().max(en.len())).find(|i| zh.get(*i).map(|l| shape(l)) != en.get(*i).map(|l| shape(l)));
        apart.map(|i| (Flaw::Apart(i + 1), true))
    }
}

/// What a line of a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// A heading of the first level.
    Heading,
    /// A paragraph.
    Text,
    /// A numbered line of a list.
    Item,
}

/// One line of a paper's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// What it says.
    pub text: String,
}

/// The text of a paper as issued. Its JSON, in this order of fields, is what the hash is taken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Who issues it.
    pub office: String,
    /// What it is.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Whom it is addressed to.
    pub to: String,
    /// What it says.
    pub lines: Vec<Line>,
    /// The day it was issued, ISO.
    pub day: String,
}

impl Template {
    /// The sheet in one language.
    pub fn sheet(&self, locale: Locale) -> &Sheet {
        match locale {
            Locale::Zh => &self.zh,
            Locale::En => &self.en,
        }
    }

    /// The number of the nth paper of a year.
    pub fn numbered(&self, year: i64, n: i64) -> String {
        self.number.replace("{year}", &year.to_string()).replace("{n}", &n.to_string())
    }

    /// The text in one language, filled with these fields.
    pub fn words(&self, locale: Locale, number: &str, day: &str, fields: &Fields) -> Words {
        let sheet = self.sheet(locale);
        let mut lines = Vec::new();
        for line in &sheet.lines {
            push(&mut lines, line, fields, locale);
        }
        Words {
            office: fields.get("office", locale).unwrap_or_default().to_owned(),
            title: sheet.title.clone(),
            number: number.to_owned(),
            to: fill(&sheet.to, fields, locale).unwrap_or_default(),
            lines,
            day: day.to_owned(),
        }
    }

    /// The first field that is needed and missing.
    pub fn missing(&self, fields: &Fields) -> Option<&str> {
        self.needs.iter().map(String::as_str).find(|name| {
            fields.list(name).is_none_or(<[_]>::is_empty)
                && fields.get(name, Locale::Zh).is_none_or(|v| v.trim().is_empty())
        })
    }
}

fn push(lines: &mut Vec<Line>, line: &str, fields: &Fields, locale: Locale) {
    let mut rest = line;
    while let Some((flag, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
        let wanted = !flag.starts_with('!');
        if fields.has(flag.trim_start_matches('!')) != wanted {
            return;
        }
        rest = after.trim_start();
    }
    if let Some(heading) = rest.strip_prefix("# ") {
        lines.extend(fill(heading, fields, locale).map(|text| Line { kind: LineKind::Heading, text }));
    } else if let Some(name) = rest.strip_prefix("- {").and_then(|r| r.strip_suffix('}')) {
        for (n, entry) in fields.list(name).unwrap_or_default().iter().enumerate() {
            let text = format!("{}. {}", n + 1, locale.pick(&entry.0, &entry.1));
            lines.push(Line { kind: LineKind::Item, text });
        }
    } else if let Some(text) = fill(rest, fields, locale) {
        // What people wrote may have several lines: each is a paragraph.
        lines.extend(
            text.lines()
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .map(|l| Line { kind: LineKind::Text, text: l.to_owned() }),
        );
    }
}

/// A line with its fields filled in; nothing where one of them is absent. What is filled in is not looked at again.
fn fill(line: &str, fields: &Fields, locale: Locale) -> Option<String> {
    let mut out = String::with_capacity(line.len() * 2);
    let mut rest = line;
    while let Some(start) = rest.find('{') {
        let end = start + rest[start..].find('}')?;
        out.push_str(&rest[..start]);
        out.push_str(fields.get(&rest[start + 1..end], locale).filter(|v| !v.trim().is_empty())?.trim());
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use huiqi_store::audit::hex;
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn every_kind_has_a_whole_template_in_both_languages() {
        for kind in PaperKind::ALL {
            let template = current(*kind).unwrap_or_else(|| panic!("{}", kind.code()));
            assert!(template.number.contains("{year}") && template.number.contains("{n}"));
            assert_eq!(template.flaw(*kind), None, "{}", kind.code());
        }
        for template in all() {
            assert!(PaperKind::from_code(&template.kind).is_some(), "{}", template.kind);
            let same = all().iter().filter(|t| t.kind == template.kind && t.version == template.version).count();
            assert_eq!(same, 1, "{} {}", template.kind, template.version);
        }
    }

    #[test]
    fn a_template_that_cannot_be_filled_in_is_told_apart() {
        let kind = PaperKind::ClosingNotice;
        let good = current(kind).expect("there is one").clone();
        let with = |zh: &str, en: &str| {
            let mut changed = good.clone();
            changed.zh.lines.push(zh.to_owned());
            changed.en.lines.push(en.to_owned());
            let n = changed.zh.lines.len();
            (changed.flaw(kind), n)
        };
        assert_eq!(with("多一句。", "One more.").0, None);
        let (flaw, n) = with("{nobody}", "{nobody}");
        assert_eq!(flaw, Some((Flaw::Unknown(n, "nobody".into()), false)));
        let (flaw, n) = with("[never]x", "[never]x");
        assert_eq!(flaw, Some((Flaw::Condition(n, "never".into()), false)));
        let (flaw, n) = with("# 小标题", "Text");
        assert_eq!(flaw, Some((Flaw::Apart(n), true)));
        let mut short = good.clone();
        short.zh.lines.clear();
        assert_eq!(short.flaw(kind), Some((Flaw::Size, false)));
        let mut less = good.clone();
        less.zh.lines.retain(|l| !l.contains("{answer}"));
        assert_eq!(less.flaw(kind), Some((Flaw::Missing("answer".into()), false)));
    }

    /// A published version is never edited: whoever changes a template adds the next version and its line here.
    #[test]
    fn published_versions_stay_as_they_are() {
        let now: Vec<String> = all()
            .iter()
            .map(|t| {
                let text = format!("{:?}", (&t.number, &t.needs, t.inside, &t.zh, &t.en));
                format!("{} {} {}", t.kind, t.version, &hex(&Sha256::digest(text.as_bytes()))[..16])
            })
            .collect();
        insta::assert_snapshot!(now.join("\n"));
    }

    #[test]
    fn what_is_filled_in_is_not_read_as_a_template() {
        let fields = Fields::new().text("a", "{b} [x]").text("b", "no").flag("x");
        let mut lines = Vec::new();
        push(&mut lines, "[x]{a}", &fields, Locale::Zh);
        push(&mut lines, "[!x]{a}", &fields, Locale::Zh);
        push(&mut lines, "{a} {c}", &fields, Locale::Zh);
        assert_eq!(lines, [Line { kind: LineKind::Text, text: "{b} [x]".into() }]);
    }
}
