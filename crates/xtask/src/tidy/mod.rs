//! `cargo xtask tidy`: what the house demands and no compiler checks.
//!
//! - [`ranks`]: a crate imports only lower ranks.
//! - [`messages`]: the catalogues of both languages say the same things, and all of it is used.
//! - [`texts`]: no Chinese text in Rust code or templates.
//!
//! Each check is a function from what it looks at to a list of problems, so that it can be tested on
//! small examples; the tests at the end run all of them on this workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::EXIT_SETUP;
use crate::workspace::{self, Workspace};

mod messages;
mod ranks;
mod source;
mod texts;

/// A source file longer than this should be split by noun; only a warning.
const LONG_FILE: usize = 700;

/// Runs all checks on this workspace and prints what they find.
pub fn run() -> ExitCode {
    let workspace = match workspace::load() {
        Ok(workspace) => workspace,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(EXIT_SETUP);
        }
    };
    for warning in long_files(&workspace) {
        println!("warning: {warning}");
    }
    let mut problems = ranks::check(&workspace.packages);
    problems.extend(messages::check(&workspace));
    problems.extend(texts::check(&workspace));
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() {
        println!("tidy");
        ExitCode::SUCCESS
    } else {
        println!("{} to tidy", problems.len());
        ExitCode::FAILURE
    }
}

fn long_files(workspace: &Workspace) -> Vec<String> {
    let mut warnings = Vec::new();
    for package in &workspace.packages {
        for file in files(&package.dir.join("src"), &["rs"]) {
            let lines = fs::read_to_string(&file).map_or(0, |text| text.lines().count());
            if lines > LONG_FILE {
                warnings.push(format!("{}: {lines} lines; split it by noun", shown(workspace, &file)));
            }
        }
    }
    warnings
}

/// All files below `dir` with one of the endings, or all files where none is given; sorted. A folder
/// that is not there has none.
pub fn files(dir: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if endings.is_empty() || ending.is_some_and(|ending| endings.contains(&ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A path as a person at the root of the workspace would type it.
fn shown(workspace: &Workspace, path: &Path) -> String {
    path.strip_prefix(&workspace.root).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> Workspace {
        workspace::load().unwrap()
    }

    #[track_caller]
    fn none(problems: &[String]) {
        assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    }

    #[test]
    fn crates_import_only_lower_ranks() {
        none(&ranks::check(&workspace().packages));
    }

    #[test]
    fn catalogues_agree_and_are_used() {
        none(&messages::check(&workspace()));
    }

    #[test]
    fn texts_for_people_are_in_the_catalogues() {
        none(&texts::check(&workspace()));
    }

    #[test]
    fn files_are_found_in_every_folder() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = files(here, &["rs"]);
        assert!(found.contains(&here.join("src/tidy/mod.rs")));
        assert!(found.contains(&here.join("src/main.rs")));
        assert!(!found.contains(&here.join("Cargo.toml")));
        assert!(files(&here.join("nowhere"), &[]).is_empty());
    }
}
