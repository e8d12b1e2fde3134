//! `cargo xtask test`: every test of the project, counted to one line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use serde_json::Value;

use crate::EXIT_SETUP;
use crate::counts::{self, Counts};
use crate::postgres::{self, PrivatePostgres};
use crate::tools::{self, Tool};
use crate::workspace::{self, Workspace};

/// The program that the browser journeys drive, and its package.
const BINARY: &str = "huiqi";
const BINARY_PACKAGE: &str = "huiqi-app";

/// The empty PostgreSQL database that one journey may fill.
const JOURNEYS_DATABASE: &str = "journeys";

/// A journey that hangs is ended after this many milliseconds. Making the demo city in a dev build
/// takes minutes, so it is no measure of speed.
const NODE_TIMEOUT: &str = "--test-timeout=1200000";

/// One of the two runners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Runner {
    Rust,
    Browser,
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    only: Option<Runner>,
    filter: Option<String>,
}

impl Options {
    /// Reads what follows `test` on the command line.
    ///
    /// # Errors
    /// What was not understood.
    pub fn parse(arguments: &[&str]) -> Result<Self, String> {
        let mut options = Self { only: None, filter: None };
        let mut arguments = arguments.iter();
        while let Some(&argument) = arguments.next() {
            let only = match argument {
                "--only" => Some(arguments.next().copied().unwrap_or_default()),
                _ => argument.strip_prefix("--only="),
            };
            match only {
                Some("rust") => options.only = Some(Runner::Rust),
                Some("browser") => options.only = Some(Runner::Browser),
                Some(other) => {
                    return Err(format!("--only takes rust or browser, not {other:?}"));
                }
                None if argument.starts_with('-') || argument.is_empty() => {
                    return Err(format!("not understood: {argument}"));
                }
                None if options.filter.is_some() => {
                    return Err(format!("one FILTER only; {argument} is a second one"));
                }
                None => options.filter = Some(argument.to_owned()),
            }
        }
        Ok(options)
    }

    fn wants(&self, runner: Runner) -> bool {
        self.only.is_none_or(|only| only == runner)
    }
}

/// Runs the tests; the last line on standard output is `N passed, N failed`.
pub fn run(options: &Options) -> ExitCode {
    let counts = match prepare(options) {
        Ok((workspace, server)) => {
            let counts = run_all(options, &workspace, &server);
            drop(server);
            counts
        }
        Err(problem) => {
            eprintln!("{problem}");
            conclude(Counts::CRASH);
            return ExitCode::from(EXIT_SETUP);
        }
    };
    conclude(counts);
    if counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn conclude(counts: Counts) {
    if counts.skipped > 0 {
        println!("({} skipped or ignored)", counts.skipped);
    }
    println!("{} passed, {} failed", counts.passed, counts.failed);
}

fn prepare(options: &Options) -> Result<(Workspace, PrivatePostgres), String> {
    let workspace = workspace::load()?;
    let mut tools = Vec::new();
    if options.wants(Runner::Rust) {
        tools.extend(Tool::RUST);
    }
    if options.wants(Runner::Browser) {
        tools.extend(Tool::BROWSER);
    }
    tools::ensure(&tools)?;
    let server = PrivatePostgres::start().map_err(|error| error.to_string())?;
    Ok((workspace, server))
}

fn run_all(options: &Options, workspace: &Workspace, server: &PrivatePostgres) -> Counts {
    let filter = options.filter.as_deref();
    let mut sum = Counts::default();
    if options.wants(Runner::Rust) {
        sum += settled("the Rust tests", filter, rust(workspace, server, filter));
    }
    if options.wants(Runner::Browser) {
        sum += settled("the browser tests", filter, browser(options, workspace, server));
    }
    if sum.passed == 0 && sum.failed == 0 {
        eprintln!("no test has run: that counts as one failed");
        sum = Counts::CRASH;
    }
    sum
}

/// Turns the way a runner ended into figures. Without a filter a runner must have run something.
fn settled(what: &str, filter: Option<&str>, counts: Result<Counts, String>) -> Counts {
    match counts {
        Ok(counts) if filter.is_none() && counts.passed == 0 && counts.failed == 0 => {
            eprintln!("{what}: none has run, that counts as one failed");
            Counts::CRASH
        }
        Ok(counts) => counts,
        Err(problem) => {
            eprintln!("{what}: {problem}");
            Counts::CRASH
        }
    }
}

fn rust(workspace: &Workspace, server: &PrivatePostgres, filter: Option<&str>) -> Result<Counts, String> {
    println!("== Rust tests");
    let run = |arguments: &[&str]| {
        let mut command = workspace::cargo();
        command
            .arg("test")
            .args(arguments)
            .arg("--no-fail-fast")
            .args(filter)
            .current_dir(&workspace.root)
            .env(postgres::SERVER_VARIABLE, server.socket_dir());
        counts::stream(&mut command, counts::cargo).map_err(|error| format!("cargo test: {error}"))
    };
    // Examples in documentation cost a run of rustdoc per crate, so only crates that have some.
    let mut counts = run(&["--workspace", "--lib", "--bins", "--tests"])?;
    let mut arguments = vec!["--doc"];
    for package in &workspace.packages {
        if package.has_library && has_doc_tests(&package.dir.join("src")) {
            arguments.extend(["--package", &package.name]);
        }
    }
    if arguments.len() > 1 {
        counts += run(&arguments)?;
    }
    Ok(counts)
}

/// Whether a source file below `dir` has a code block in its documentation that rustdoc would run.
fn has_doc_tests(dir: &Path) -> bool {
    crate::tidy::files(dir, &["rs"])
        .iter()
        .any(|file| fs::read_to_string(file).is_ok_and(|text| documents_a_test(&text)))
}

fn documents_a_test(source: &str) -> bool {
    let mut inside = false;
    for line in source.lines() {
        let line = line.trim_start();
        let Some(doc) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            continue;
        };
        let Some(tags) = doc.trim_start().strip_prefix("```") else {
            continue;
        };
        inside = !inside;
        let runs = tags.trim().split([',', ' ']).all(|tag| {
            matches!(tag, "" | "rust" | "should_panic" | "no_run" | "compile_fail") || tag.starts_with("edition")
        });
        if inside && runs {
            return true;
        }
    }
    false
}

fn browser(options: &Options, workspace: &Workspace, server: &PrivatePostgres) -> Result<Counts, String> {
    println!("== Browser tests");
    let e2e = workspace.root.join("e2e");
    let files = journeys(&e2e)?;
    if files.is_empty() {
        return Ok(Counts::default());
    }
    let binary = build(workspace, options.only == Some(Runner::Browser))?;
    install_modules(&e2e)?;
    let chromium = tools::chromium().ok_or("no Chromium")?;
    // The journeys' data folders; also what they keep for one another, such as a demo city.
    let scratch = workspace.target.join("e2e");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    }
    fs::create_dir_all(&scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;

    server.create_database(JOURNEYS_DATABASE).map_err(|error| error.to_string())?;

    let mut command = Command::new("node");
    command.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    command.arg(NODE_TIMEOUT);
    let (files, pattern) = narrow(files, options.filter.as_deref());
    if let Some(pattern) = pattern {
        command.arg(format!("--test-name-pattern={pattern}"));
    }
    command
        .args(&files)
        .current_dir(&e2e)
        .env("HUIQI_BIN", &binary)
        .env("CHROMIUM", chromium)
        .env("E2E_WORK", &scratch)
        .env("E2E_POSTGRES", server.url(JOURNEYS_DATABASE));
    let counts = counts::stream(&mut command, counts::node);
    // Kept when something failed: its folders may tell why.
    if matches!(counts, Ok(counts) if counts.failed == 0) {
        let _ = fs::remove_dir_all(&scratch);
    }
    counts.map_err(|error| format!("node --test: {error}"))
}

/// `e2e/*.test.mjs`, sorted.
fn journeys(e2e: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(e2e).map_err(|error| format!("{}: {error}", e2e.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    Ok(files)
}

/// A filter that begins the name of some files means these, whole; any other means tests by name.
fn narrow(files: Vec<PathBuf>, filter: Option<&str>) -> (Vec<PathBuf>, Option<String>) {
    let Some(filter) = filter else {
        return (files, None);
    };
    let named: Vec<_> = files
        .iter()
        .filter(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(filter)))
        .cloned()
        .collect();
    if named.is_empty() { (files, Some(filter.to_owned())) } else { (named, None) }
}

/// Builds the program and gives back where it is.
///
/// After the Rust tests it is built the way they built it (`--tests` brings the test-only features
/// of dependencies in), so that nothing is compiled twice; alone, the way `cargo run` does.
fn build(workspace: &Workspace, alone: bool) -> Result<PathBuf, String> {
    let mut command = workspace::cargo();
    command.args(["build", "--message-format=json-render-diagnostics"]);
    if alone {
        command.args(["--package", BINARY_PACKAGE, "--bin", BINARY]);
    } else {
        command.args(["--workspace", "--bin", BINARY, "--tests"]);
    }
    let output = command
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo build: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo build: {}", output.status));
    }
    executable(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| format!("cargo build made no program {BINARY}"))
}

/// The program among the messages of cargo; its test harness has the same name and is not meant.
fn executable(messages: &str) -> Option<PathBuf> {
    messages.lines().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        let meant = message["reason"] == "compiler-artifact"
            && message["target"]["name"] == BINARY
            && message["target"]["kind"][0] == "bin"
            && message["profile"]["test"] == false;
        Some(PathBuf::from(message["executable"].as_str().filter(|_| meant)?))
    })
}

/// `npm ci`, unless what is installed is already what the lock file says.
fn install_modules(e2e: &Path) -> Result<(), String> {
    let lock_file = e2e.join("package-lock.json");
    let lock = fs::read(&lock_file).map_err(|error| format!("{}: {error}", lock_file.display()))?;
    let stamp = e2e.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let status = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(e2e)
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("npm ci: {error}"))?;
    if !status.success() {
        return Err(format!("npm ci: {status}"));
    }
    fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// Builds the program as `cargo run` does: for the other commands here.
pub fn build_program(workspace: &Workspace) -> Result<PathBuf, String> {
    build(workspace, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_read() {
        let options = |only, filter: Option<&str>| Options { only, filter: filter.map(str::to_owned) };
        let good = |arguments: &[&str]| Options::parse(arguments).unwrap();
        assert_eq!(good(&[]), options(None, None));
        assert_eq!(good(&["audit"]), options(None, Some("audit")));
        assert_eq!(good(&["--only", "rust", "audit"]), options(Some(Runner::Rust), Some("audit")));
        assert_eq!(good(&["--only=browser"]), options(Some(Runner::Browser), None));
        for bad in [&["--only"] as &[&str], &["--only", "all"], &["--fast"], &["one", "two"], &[""]] {
            Options::parse(bad).unwrap_err();
        }
    }

    #[test]
    fn a_runner_without_a_test_fails_unless_filtered() {
        let none = || Ok(Counts::default());
        assert_eq!(settled("it", None, none()), Counts::CRASH);
        assert_eq!(settled("it", Some("word"), none()), Counts::default());
        assert_eq!(settled("it", Some("word"), Err("gone".to_owned())), Counts::CRASH);
    }

    #[test]
    fn a_filter_names_files_or_tests() {
        let files = || vec![PathBuf::from("e/firm.test.mjs"), "e/window.test.mjs".into()];
        assert_eq!(narrow(files(), None), (files(), None));
        assert_eq!(narrow(files(), Some("win")), (vec!["e/window.test.mjs".into()], None));
        assert_eq!(narrow(files(), Some("asks")), (files(), Some("asks".to_owned())));
    }

    #[test]
    fn the_program_is_found_among_the_messages() {
        let messages = r#"
{"reason":"compiler-artifact","target":{"name":"huiqi","kind":["bin"]},"profile":{"test":true},"executable":"/t/deps/huiqi-1"}
{"reason":"compiler-artifact","target":{"name":"other","kind":["bin"]},"profile":{"test":false},"executable":"/t/other"}
{"reason":"compiler-artifact","target":{"name":"huiqi","kind":["bin"]},"profile":{"test":false},"executable":"/t/huiqi"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable(messages), Some("/t/huiqi".into()));
        assert_eq!(executable(""), None);
    }

    #[test]
    fn code_blocks_in_documentation_are_told_apart() {
        assert!(documents_a_test("/// As in\n/// ```\n/// run();\n/// ```"));
        assert!(documents_a_test("//! ```rust,should_panic\n//! run();\n//! ```"));
        assert!(!documents_a_test("//! ```text\n//! run\n//! ```"));
        assert!(!documents_a_test("/// ```ignore\n/// run\n/// ```"));
        assert!(!documents_a_test("let text = \"```\";"));
    }
}
