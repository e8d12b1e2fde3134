//! The message catalogues: `crates/*/locales/{zh-CN,en}/*.ftl`.
//!
//! A message missing in one language is only a function that does not exist, so it is looked for
//! here: both languages have the same files, ids and variables; an id starts with the name of its
//! file (the slice), singular or plural; no message is unused.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::source::{self, Source};
use super::{files, shown, texts};
use crate::workspace::Workspace;

/// The languages of the house, the default one first.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// Ids that need not start with the name of their file nor be called: `fluent-typed` reads the first
/// to name the languages themselves.
const EXCEPTIONS: &[&str] = &["language-name"];

/// A catalogue file, read.
#[derive(Debug, Default)]
struct Catalogue {
    /// Messages, terms (`-id`) and attributes (`id.attribute`).
    entries: BTreeMap<String, Entry>,
    /// Other messages and terms that are named in texts.
    references: BTreeSet<String>,
    /// Lines that are no Fluent, and ids that are there twice.
    problems: Vec<(usize, String)>,
}

#[derive(Debug, Default)]
struct Entry {
    line: usize,
    variables: BTreeSet<String>,
    /// A message may have attributes only.
    has_text: bool,
}

/// All names in code and templates of one crate, and all its ids.
struct Crate {
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
}

/// The problems of all catalogues.
pub fn check(workspace: &Workspace) -> Vec<String> {
    let mut problems = Vec::new();
    let mut crates = Vec::new();
    let mut ids: Vec<(usize, String, String)> = Vec::new();
    for package in &workspace.packages {
        let locales = package.dir.join("locales");
        let languages = LANGUAGES.map(|language| read(&locales.join(language), &mut problems));
        let place = |language: usize, file: &str| shown(workspace, &locales.join(LANGUAGES[language]).join(file));
        problems.extend(compare(&languages, &place));
        let mut own = BTreeSet::new();
        let mut references = BTreeSet::new();
        for catalogue in languages[0].values() {
            references.extend(&catalogue.references);
        }
        for (file, catalogue) in &languages[0] {
            for (id, entry) in &catalogue.entries {
                let at = format!("{}:{}", place(0, file), entry.line);
                if !own.insert(id.clone()) {
                    problems.push(format!("{at}: {id} is in another file too"));
                }
                if entry.has_text && !references.contains(id) {
                    ids.push((crates.len(), id.clone(), at));
                }
            }
        }
        crates.push(Crate { ids: own, names: names(&package.dir) });
    }
    for (index, id, at) in ids {
        if !EXCEPTIONS.contains(&id.as_str()) && !is_used(&crates, index, &id) {
            problems.push(format!("{at}: {id} is not used"));
        }
    }
    problems
}

/// The catalogues of one language, by file name.
fn read(dir: &Path, problems: &mut Vec<String>) -> BTreeMap<String, Catalogue> {
    let mut catalogues = BTreeMap::new();
    for file in files(dir, &["ftl"]) {
        let name = file.strip_prefix(dir).unwrap_or(&file);
        match fs::read_to_string(&file) {
            Ok(text) => {
                catalogues.insert(name.display().to_string(), parse(&text));
            }
            Err(error) => problems.push(format!("{}: {error}", file.display())),
        }
    }
    catalogues
}

/// Holds the languages of one crate against each other and against the rule for ids.
fn compare(languages: &[BTreeMap<String, Catalogue>; 2], place: &dyn Fn(usize, &str) -> String) -> Vec<String> {
    let mut problems = Vec::new();
    for (language, other) in [(0, 1), (1, 0)] {
        for (file, catalogue) in &languages[language] {
            let here = place(language, file);
            for (line, problem) in &catalogue.problems {
                problems.push(format!("{here}:{line}: {problem}"));
            }
            let Some(counterpart) = languages[other].get(file) else {
                problems.push(format!("{}: this file is missing", place(other, file)));
                continue;
            };
            for (id, entry) in &catalogue.entries {
                if !belongs(file, id) {
                    problems.push(format!("{here}:{}: {id} does not start with the name of its file", entry.line));
                }
                match counterpart.entries.get(id) {
                    None => problems.push(format!("{}: {id} is missing", place(other, file))),
                    // Said once, of the second language.
                    Some(same) if language == 0 && same.variables != entry.variables => {
                        problems.push(format!(
                            "{}:{}: {id} has the variables {:?}, in {} {:?}",
                            place(other, file),
                            same.line,
                            same.variables,
                            LANGUAGES[language],
                            entry.variables,
                        ));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    problems
}

/// Whether an id starts with the name of its file, as that is or as its singular.
fn belongs(file: &str, id: &str) -> bool {
    let id = id.split('.').next().unwrap_or(id);
    if id.starts_with('-') || EXCEPTIONS.contains(&id) {
        return true;
    }
    let stem = Path::new(file).file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy().replace('_', "-");
    let singular = [
        stem.strip_suffix("ies").map(|start| format!("{start}y")),
        stem.strip_suffix("es").map(str::to_owned),
        stem.strip_suffix('s').map(str::to_owned),
    ];
    singular
        .into_iter()
        .flatten()
        .chain([stem])
        .any(|name| id.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

/// Whether the function made of an id is named in its own crate, or in another one that has no
/// message of the same id.
fn is_used(crates: &[Crate], index: usize, id: &str) -> bool {
    if id.starts_with('-') {
        return false;
    }
    let function = id.replace(['-', '.'], "_");
    crates.iter().enumerate().any(|(other, candidate)| {
        (other == index || !candidate.ids.contains(id))
            && (candidate.names.contains(&function) || candidate.names.contains(&format!("msg_{function}")))
    })
}

/// The names in sources (without tests and comments) and templates below a crate's folder.
fn names(dir: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in ["src", "templates"] {
        for file in files(&dir.join(part), &["rs"]) {
            if let Ok(text) = fs::read_to_string(&file) {
                names.extend(source::names(&Source::new(&text).live()));
            }
        }
        for file in files(&dir.join(part), texts::TEMPLATES) {
            if let Ok(text) = fs::read_to_string(&file) {
                names.extend(source::names(&text));
            }
        }
    }
    names
}

/// Reads a catalogue, as far as these checks need.
fn parse(text: &str) -> Catalogue {
    let mut catalogue = Catalogue::default();
    // What the current line goes on with, and how many braces are open.
    let mut current: Option<String> = None;
    let mut depth = 0;
    let mut count = 0;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        count = number;
        if depth == 0 && (line.trim().is_empty() || line.starts_with('#')) {
            continue;
        }
        let indented = line.starts_with(' ');
        let value = if depth > 0 {
            line
        } else if let Some((id, value)) = head(line, indented, current.as_deref()) {
            let entry = Entry { line: number, ..Entry::default() };
            if catalogue.entries.insert(id.clone(), entry).is_some() {
                catalogue.problems.push((number, format!("{id} is there twice")));
            }
            current = Some(id);
            value
        } else if indented && current.is_some() {
            line
        } else {
            catalogue.problems.push((number, format!("not Fluent: {line}")));
            current = None;
            continue;
        };
        if let Some(id) = &current
            && let Some(entry) = catalogue.entries.get_mut(id)
        {
            entry.has_text |= !value.trim().is_empty();
            depth = scan(value, depth, entry, &mut catalogue.references);
        }
    }
    if depth > 0 {
        catalogue.problems.push((count, "a brace is not closed".to_owned()));
    }
    catalogue
}

/// The id and the rest of a line that starts a message, a term or an attribute.
fn head<'a>(line: &'a str, indented: bool, current: Option<&str>) -> Option<(String, &'a str)> {
    let (id, value) = line.split_once('=')?;
    let id = id.trim();
    let (name, id) = if indented {
        let name = id.strip_prefix('.')?;
        let message = current?.split('.').next()?;
        (name, format!("{message}.{name}"))
    } else {
        (id.strip_prefix('-').unwrap_or(id), id.to_owned())
    };
    let good = name.starts_with(|char: char| char.is_ascii_alphabetic()) && name.chars().all(is_id);
    good.then_some((id, value))
}

fn is_id(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '_')
}

/// Notes what the placeables of a line name; gives back how many braces are open at its end.
fn scan(line: &str, mut depth: usize, entry: &mut Entry, references: &mut BTreeSet<String>) -> usize {
    let mut rest = line;
    while let Some(char) = rest.chars().next() {
        let after = &rest[char.len_utf8()..];
        rest = after;
        match char {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '"' if depth > 0 => {
                let mut escaped = false;
                let end = after.find(|char| {
                    let ends = char == '"' && !escaped;
                    escaped = char == '\\' && !escaped;
                    ends
                });
                rest = end.map_or("", |end| &after[end + 1..]);
            }
            '$' if depth > 0 => {
                let end = after.find(|char| !is_id(char)).unwrap_or(after.len());
                entry.variables.insert(after[..end].to_owned());
                rest = &after[end..];
            }
            char if depth > 0 && is_id(char) => {
                let end = after.find(|char| !is_id(char) && char != '.');
                let end = end.unwrap_or(after.len());
                references.insert(format!("{char}{}", &after[..end]));
                rest = &after[end..];
            }
            _ => {}
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(default: &str, english: &str) -> Vec<String> {
        let catalogues = [default, english].map(|text| BTreeMap::from([("requests.ftl".to_owned(), parse(text))]));
        compare(&catalogues, &|language, file| format!("{}/{file}", LANGUAGES[language]))
    }

    #[test]
    fn a_catalogue_is_read() {
        let catalogue = parse(
            "\
### The requests
# $count (Number) - how many
requests-count = { $count ->
    [one] one of { $firm }
   *[other] { NUMBER($count) } { \"{ $not }\" }
}
request-title = Title of { -brand },
    on two lines { requests-count }
    .hint = For { $who }
-brand = Huiqi
",
        );
        let ids: Vec<_> = catalogue.entries.keys().map(String::as_str).collect();
        assert_eq!(ids, ["-brand", "request-title", "request-title.hint", "requests-count"]);
        let variables = |id: &str| -> Vec<_> { catalogue.entries[id].variables.iter().cloned().collect() };
        assert_eq!(variables("requests-count"), ["count", "firm"]);
        assert_eq!(variables("request-title.hint"), ["who"]);
        assert!(catalogue.references.contains("-brand"));
        assert!(catalogue.references.contains("requests-count"));
        assert!(catalogue.problems.is_empty(), "{:?}", catalogue.problems);
    }

    #[test]
    fn what_is_no_fluent_is_said_with_its_line() {
        let problems = |text| parse(text).problems;
        assert_eq!(problems("a-b = c\nnonsense\n"), [(2, "not Fluent: nonsense".to_owned())]);
        assert_eq!(problems("a = b\na = c\n"), [(2, "a is there twice".to_owned())]);
        assert_eq!(problems("a = { $b\n"), [(1, "a brace is not closed".to_owned())]);
        assert_eq!(problems("    lost\n").len(), 1);
    }

    #[test]
    fn languages_that_agree_are_fine() {
        let both = "request-title = { $name }\nrequests = b\n";
        assert_eq!(compared(both, both), [] as [&str; 0]);
    }

    #[test]
    fn what_one_language_lacks_is_said() {
        assert_eq!(
            compared("request-a = x\nrequest-b = x\n", "request-a = x\nrequest-c = x\n"),
            ["en/requests.ftl: request-b is missing", "zh-CN/requests.ftl: request-c is missing"]
        );
        assert_eq!(
            compared("request-a = { $day }\n", "request-a = { $date }\n"),
            ["en/requests.ftl:1: request-a has the variables {\"date\"}, in zh-CN {\"day\"}"]
        );
        let one = [BTreeMap::from([("a.ftl".to_owned(), parse("a = b"))]), BTreeMap::new()];
        let problems = compare(&one, &|language, file| format!("{}/{file}", LANGUAGES[language]));
        assert_eq!(problems, ["en/a.ftl: this file is missing"]);
    }

    #[test]
    fn ids_start_with_the_name_of_their_file() {
        for (file, id) in [
            ("requests.ftl", "requests-title"),
            ("requests.ftl", "request-title.hint"),
            ("call_backs.ftl", "call-back-due"),
            ("enquiries.ftl", "enquiry-open"),
            ("addresses.ftl", "address"),
            ("web.ftl", "language-name"),
            ("web.ftl", "-brand"),
        ] {
            assert!(belongs(file, id), "{file} {id}");
        }
        for (file, id) in [("requests.ftl", "rating-title"), ("requests.ftl", "requested-by")] {
            assert!(!belongs(file, id), "{file} {id}");
        }
    }

    #[test]
    fn a_message_is_used_by_a_function_of_its_name() {
        let with = |names: &[&str], ids: &[&str]| Crate {
            ids: ids.iter().map(|&id| id.to_owned()).collect(),
            names: names.iter().map(|&name| name.to_owned()).collect(),
        };
        let id = "request-title.hint";
        let own = with(&["request_title_hint"], &[id]);
        let by_prefix = with(&["msg_request_title_hint"], &[id]);
        let nobody = || with(&["request_title"], &[id]);
        assert!(is_used(&[own], 0, id));
        assert!(is_used(&[by_prefix], 0, id));
        assert!(!is_used(&[nobody()], 0, id));
        let elsewhere = with(&["request_title_hint"], &[]);
        assert!(is_used(&[nobody(), elsewhere], 0, id));
        let its_own_there = with(&["request_title_hint"], &[id]);
        assert!(!is_used(&[nobody(), its_own_there], 0, id));
    }
}
