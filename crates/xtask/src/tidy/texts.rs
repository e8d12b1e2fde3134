//! No Chinese text in Rust code or templates: what people read stands in the catalogues, in both
//! languages, and what the rule says in data files.
//!
//! Free are comments, tests, `demo` (invented people say invented things), `fn samples` (what pages
//! are tested with), and an item below a line `// han: <reason>`, for characters that the program
//! works on rather than shows.

use std::fs;
use std::ops::Range;
use std::path::Path;

use super::source::Source;
use super::{files, shown};
use crate::workspace::Workspace;

/// Endings of templates.
pub const TEMPLATES: &[&str] = &["html", "txt", "xml", "svg"];

const MARK: &str = "// han:";

/// The problems of all sources and templates.
pub fn check(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    for package in &workspace.packages {
        if package.name == "huiqi-testkit" {
            continue;
        }
        let src = package.dir.join("src");
        for file in files(&src, &["rs"]) {
            if !is_free(file.strip_prefix(&src).unwrap_or(&file)) {
                report(workspace, &file, check_source, &mut problems);
            }
        }
        for dir in [src, package.dir.join("templates")] {
            for file in files(&dir, TEMPLATES) {
                report(workspace, &file, check_template, &mut problems);
            }
        }
    }
    problems
}

fn report(workspace: &Workspace, file: &Path, check: fn(&str) -> Vec<(usize, String)>, problems: &mut Vec<String>) {
    let name = shown(workspace, file);
    match fs::read_to_string(file) {
        Ok(text) => {
            problems.extend(check(&text).into_iter().map(|(line, problem)| format!("{name}:{line}: {problem}")))
        }
        Err(error) => problems.push(format!("{name}: {error}")),
    }
}

/// Whether a file below `src` is all tests, demo or samples.
fn is_free(path: &Path) -> bool {
    path.iter().any(|part| {
        let part = part.to_string_lossy();
        matches!(part.trim_end_matches(".rs"), "demo" | "tests" | "samples")
    })
}

fn check_source(text: &str) -> Vec<(usize, String)> {
    let source = Source::new(text);
    let mut free = source.tests();
    free.extend(source.functions("samples"));
    let mut problems = Vec::new();
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let end = start + line.chars().count();
        if let Some(reason) = line.trim_start().strip_prefix(MARK) {
            if reason.trim().is_empty() {
                problems.push((index + 1, format!("`{MARK}` needs a reason")));
            }
            free.push(start..source.end_of_item(end, true));
        }
        start = end + 1;
    }
    problems.extend(lines_with_han(source.chars(), &free));
    problems
}

fn check_template(text: &str) -> Vec<(usize, String)> {
    lines_with_han(text.chars().enumerate(), &[])
}

/// One problem per line that has Han characters outside `free`.
fn lines_with_han(chars: impl Iterator<Item = (usize, char)>, free: &[Range<usize>]) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut line = 1;
    for (at, char) in chars {
        if char == '\n' {
            line += 1;
        } else if is_han(char) && !free.iter().any(|range| range.contains(&at)) {
            match lines.last_mut() {
                Some((last, found)) if *last == line => found.push(char),
                _ => lines.push((line, char.to_string())),
            }
        }
    }
    lines
        .into_iter()
        .map(|(line, found)| {
            let problem = format!("Chinese text belongs in a catalogue or a data file: {found}");
            (line, problem)
        })
        .collect()
}

/// Han characters of all planes, with their iteration mark and zero; not their punctuation, which
/// code that cuts text must name.
fn is_han(char: char) -> bool {
    matches!(
        u32::from(char),
        0x3005 | 0x3007 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(source: &str) -> Vec<usize> {
        check_source(source).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn text_in_code_is_found_with_its_line() {
        assert_eq!(lines("fn a() {\n    b(\"诉求\");\n    c('亿');\n}"), [2, 3]);
        let problems = check_source("b(\"诉求 a 回访\");");
        assert!(problems[0].1.ends_with(": 诉求回访"), "{problems:?}");
    }

    #[test]
    fn comments_tests_and_samples_are_free() {
        let source = "\
//! 慧企云
/// 诉求
fn a() {} // 说明
fn samples() -> Vec<&'static str> {
    vec![\"厦门\"]
}
#[cfg(test)]
mod tests {
    const A: &str = \"样本 }\";
}
";
        assert!(lines(source).is_empty());
        assert_eq!(lines(&format!("{source}const B: &str = \"漏\";")), [11]);
    }

    #[test]
    fn a_mark_frees_one_item_and_needs_a_reason() {
        let source = "\
// han: headings that import recognises
const HEADINGS: &[&str] = &[
    \"企业名称\",
];
const OTHER: &str = \"漏\";
";
        assert_eq!(lines(source), [5]);
        assert_eq!(lines("// han:\nconst A: char = '亿';"), [1]);
        assert_eq!(lines("f(\n// han: a unit\n'亿', '漏')"), [3]);
    }

    #[test]
    fn a_mark_frees_only_its_list_item() {
        assert!(lines("f(\n// han: a unit\n'亿',\n1)").is_empty());
        assert_eq!(lines("f(\n// han: a unit\n'亿',\n'漏')"), [4]);
    }

    #[test]
    fn templates_have_none_at_all() {
        assert_eq!(check_template("<h1>\n诉求</h1>\n{# 注 #}").len(), 2);
        assert!(check_template("<h1>{{ t.title() }}</h1> “…”，").is_empty());
    }

    #[test]
    fn demo_and_tests_are_free_by_their_names() {
        for free in ["requests/demo.rs", "demo/people.rs", "a/tests.rs", "tests/b.rs"] {
            assert!(is_free(Path::new(free)), "{free}");
        }
        for checked in ["requests/mod.rs", "demography.rs", "lib.rs"] {
            assert!(!is_free(Path::new(checked)), "{checked}");
        }
    }
}
