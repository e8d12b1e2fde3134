//! `cargo xtask docs`: `docs/generated` is written by the program itself, from the tables that
//! decide: workflow diagrams, the access matrix, which article is carried out where.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::EXIT_SETUP;
use crate::{test, tidy, workspace};

/// File names below a folder, and what is in them.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Writes `docs/generated`, or with `check` only says how it differs from what would be written.
pub fn run(check: bool) -> ExitCode {
    match differences_after(check) {
        Ok(differences) if differences.is_empty() => {
            println!("docs/generated is as the program writes it");
            ExitCode::SUCCESS
        }
        Ok(differences) => {
            for line in &differences {
                println!("{line}");
            }
            if check {
                println!("docs/generated is out of date: run `cargo xtask docs`");
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(EXIT_SETUP)
        }
    }
}

/// What differs; unless `check`, it no longer does afterwards.
fn differences_after(check: bool) -> Result<Vec<String>, String> {
    let workspace = workspace::load()?;
    let program = test::build_program(&workspace)?;
    let fresh = workspace.target.join("docs-generated");
    generate(&program, &fresh)?;
    let kept = workspace.root.join("docs/generated");
    let (wanted, found) = (read(&fresh)?, read(&kept)?);
    if wanted.is_empty() {
        return Err("`huiqi docs` wrote no file".to_owned());
    }
    if !check {
        write(&kept, &wanted, &found).map_err(|error| format!("{}: {error}", kept.display()))?;
    }
    Ok(differences(&wanted, &found))
}

fn generate(program: &Path, out: &Path) -> Result<(), String> {
    let known = Command::new(program)
        .args(["docs", "--help"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if !known.success() {
        return Err("this huiqi has no command `docs`: nothing was written or compared".to_owned());
    }
    if out.exists() {
        fs::remove_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    }
    fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let status = Command::new(program)
        .args(["docs", "--out"])
        .arg(out)
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if status.success() { Ok(()) } else { Err(format!("huiqi docs: {status}")) }
}

fn read(dir: &Path) -> Result<Tree, String> {
    tidy::files(dir, &[])
        .into_iter()
        .map(|file| {
            let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let name = file.strip_prefix(dir).unwrap_or(&file).to_owned();
            Ok((name, bytes))
        })
        .collect()
}

fn write(dir: &Path, wanted: &Tree, found: &Tree) -> std::io::Result<()> {
    for name in found.keys().filter(|name| !wanted.contains_key(*name)) {
        fs::remove_file(dir.join(name))?;
    }
    for (name, bytes) in wanted {
        let file = dir.join(name);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, bytes)?;
    }
    Ok(())
}

/// One line per file: `+` is to come, `-` is to go, `~` has other contents.
fn differences(wanted: &Tree, found: &Tree) -> Vec<String> {
    let mut lines = BTreeMap::new();
    for (name, bytes) in wanted {
        match found.get(name) {
            None => lines.insert(name, '+'),
            Some(other) if other != bytes => lines.insert(name, '~'),
            Some(_) => None,
        };
    }
    for name in found.keys().filter(|name| !wanted.contains_key(*name)) {
        lines.insert(name, '-');
    }
    lines.into_iter().map(|(name, sign)| format!("{sign} {}", name.display())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        files.iter().map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn every_kind_of_difference_is_named() {
        let wanted = tree(&[("access.md", "a"), ("flows/request.md", "r"), ("rule.md", "n")]);
        let found = tree(&[("access.md", "a"), ("old.md", "o"), ("rule.md", "b")]);
        assert_eq!(differences(&wanted, &found), ["+ flows/request.md", "- old.md", "~ rule.md"]);
        assert!(differences(&wanted, &wanted).is_empty());
    }

    #[test]
    fn writing_leaves_exactly_what_is_wanted() {
        let dir = std::env::temp_dir().join(format!("huiqi-docs-{}", std::process::id()));
        let found = tree(&[("old.md", "o"), ("rule.md", "b")]);
        write(&dir, &found, &Tree::new()).unwrap();
        let wanted = tree(&[("flows/request.md", "r"), ("rule.md", "n")]);
        write(&dir, &wanted, &found).unwrap();
        assert_eq!(read(&dir).unwrap(), wanted);
        fs::remove_dir_all(&dir).unwrap();
    }
}
