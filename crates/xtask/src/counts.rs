//! Counting tests by the closing lines of the runners.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

/// What a runner reported.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    /// Ignored or skipped by their authors, or left out by a filter.
    pub skipped: u64,
}

impl Counts {
    /// One thing that went wrong and that no runner counted.
    pub const CRASH: Self = Self { passed: 0, failed: 1, skipped: 0 };

    /// Counts a runner's end where its own figures do not show it: one that ended badly without
    /// naming a failed test (it crashed, or did not even compile) failed once.
    pub fn ended(mut self, well: bool) -> Self {
        if !well && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Runs `command`, passes its output on as it comes, and counts by `read` of each line.
///
/// # Errors
/// When the command cannot be started or its output not be read.
pub fn stream(command: &mut Command, read: fn(&str) -> Counts) -> io::Result<Counts> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut counts = Counts::default();
    if let Some(stdout) = child.stdout.take() {
        counts = pass_on(stdout, &mut io::stdout().lock(), read)?;
    }
    Ok(counts.ended(child.wait()?.success()))
}

fn pass_on(from: impl Read, to: &mut impl Write, read: fn(&str) -> Counts) -> io::Result<Counts> {
    let mut counts = Counts::default();
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        counts += read(&plain(&String::from_utf8_lossy(&line)));
        line.clear();
    }
    Ok(counts)
}

/// Reads a line of cargo's test runner: `test result: ok. 5 passed; 0 failed; 1 ignored; …`.
pub fn cargo(line: &str) -> Counts {
    let mut counts = Counts::default();
    let Some(result) = line.strip_prefix("test result: ") else {
        return counts;
    };
    let figures = result.split_once(". ").map_or(result, |(_, figures)| figures);
    for part in figures.split(';') {
        if let Some((figure, what)) = part.trim().split_once(' ')
            && let Ok(figure) = figure.parse::<u64>()
        {
            match what {
                "passed" => counts.passed = figure,
                "failed" => counts.failed = figure,
                "ignored" => counts.skipped = figure,
                _ => {}
            }
        }
    }
    counts
}

/// Reads a line of Node's test runner: `ℹ pass 5` or `# pass 5`, and so on.
pub fn node(line: &str) -> Counts {
    let mut counts = Counts::default();
    // A file without a single test is reported as one that passed, by its own name.
    if let Some(name) = line.strip_prefix("✔ ")
        && name.split(" (").next().is_some_and(|name| name.ends_with(".test.mjs"))
    {
        println!("  (this file holds no test: counted as failed)");
        return Counts::CRASH;
    }
    let Some(rest) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) else {
        return counts;
    };
    if let Some((what, figure)) = rest.trim_end().split_once(' ')
        && let Ok(figure) = figure.parse::<u64>()
    {
        match what {
            "pass" => counts.passed = figure,
            // A cancelled test did not get to its end, a `todo` one is unfinished work.
            "fail" | "cancelled" | "todo" => counts.failed = figure,
            "skipped" => counts.skipped = figure,
            _ => {}
        }
    }
    counts
}

/// Takes colour codes (`ESC [ … letter`) out of a line.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        if char == '\u{1b}' {
            for code in chars.by_ref() {
                if code.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(char);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u64, failed: u64, skipped: u64) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn all_result_lines_of_cargo_are_added_up() {
        let output = "\
running 2 tests
test one ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.02s

test result: \u{1b}[31mFAILED\u{1b}[m. 3 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out
  test result: ok. 9 passed; 0 failed
";
        let mut passed_on = Vec::new();
        let sum = pass_on(output.as_bytes(), &mut passed_on, cargo).unwrap();
        assert_eq!(sum, counts(5, 4, 1));
        assert_eq!(passed_on, output.as_bytes());
    }

    #[test]
    fn closing_lines_of_node_are_read_in_both_forms() {
        for sign in ["ℹ", "#"] {
            let output = format!(
                "✔ signs in (12ms)\n{sign} tests 9\n{sign} suites 1\n{sign} pass 5\n\
                 {sign} fail 1\n{sign} cancelled 1\n{sign} skipped 2\n{sign} todo 0\n\
                 {sign} duration_ms 12.5\n"
            );
            let sum = pass_on(output.as_bytes(), &mut io::sink(), node).unwrap();
            assert_eq!(sum, counts(5, 2, 2));
        }
    }

    #[test]
    fn a_file_without_a_test_fails() {
        assert_eq!(node("✔ /w/e2e/empty.test.mjs (56.3ms)\n"), Counts::CRASH);
        assert_eq!(node("✔ opens empty.test.mjs and reads (5ms)\n").failed, 0);
    }

    #[test]
    fn a_bad_end_is_a_failure_even_when_no_test_is_named() {
        assert_eq!(counts(3, 0, 0).ended(false), counts(3, 1, 0));
        assert_eq!(counts(3, 2, 0).ended(false), counts(3, 2, 0));
        assert_eq!(counts(3, 0, 0).ended(true), counts(3, 0, 0));
        let crash = stream(&mut Command::new("false"), cargo).unwrap();
        assert_eq!(crash, Counts::CRASH);
    }
}
