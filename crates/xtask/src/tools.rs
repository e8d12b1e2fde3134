//! The programs that the tests need beside Rust, and how to get them.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::postgres;

/// Node's test runner and the browser library need this one.
const NODE_AT_LEAST: u32 = 20;

/// Something that the tests need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    PostgreSql,
    Chromium,
    ChineseFont,
    Node,
    Npm,
}

impl Tool {
    /// What the Rust tests need.
    pub const RUST: &[Self] = &[Self::PostgreSql];
    /// What the browser journeys need.
    pub const BROWSER: &[Self] = &[Self::PostgreSql, Self::Chromium, Self::ChineseFont, Self::Node, Self::Npm];

    /// Debian's package of it.
    fn package(self) -> &'static str {
        match self {
            Self::PostgreSql => "postgresql",
            Self::Chromium => "chromium",
            Self::ChineseFont => "fonts-noto-cjk",
            Self::Node => "nodejs",
            Self::Npm => "npm",
        }
    }

    /// For those who are not on Debian.
    fn words(self) -> &'static str {
        match self {
            Self::PostgreSql => "a PostgreSQL server (HUIQI_PG_BIN may name the folder of its initdb)",
            Self::Chromium => "Chromium (CHROMIUM may name the program)",
            Self::ChineseFont => "a font with Chinese, such as Noto Sans CJK",
            Self::Node => "Node 20 or newer",
            Self::Npm => "npm",
        }
    }

    fn is_there(self) -> bool {
        match self {
            Self::PostgreSql => postgres::programs().is_ok(),
            Self::Chromium => chromium().is_some(),
            Self::ChineseFont => says("fc-list", &[":lang=zh", "family"])
                .or_else(|| {
                    says("dpkg-query", &["--show", "--showformat=${db:Status-Status}", "fonts-noto-cjk"])
                        .filter(|status| status == "installed")
                })
                .is_some_and(|fonts| !fonts.is_empty()),
            Self::Node => says("node", &["--version"])
                .and_then(|version| major(&version))
                .is_some_and(|major| major >= NODE_AT_LEAST),
            Self::Npm => says("npm", &["--version"]).is_some(),
        }
    }
}

/// The browser: `CHROMIUM`, or where systems keep it.
pub fn chromium() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
        return Some(PathBuf::from(named)).filter(|named| named.is_file());
    }
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ]
    .into_iter()
    .map(PathBuf::from)
    .find(|path| path.is_file())
}

/// Makes sure that all of `tools` are there; installs what is missing where this user may.
///
/// # Errors
/// What is still missing, and how to install it.
pub fn ensure(tools: &[Tool]) -> Result<(), String> {
    let mut missing = missing_of(tools);
    if missing.is_empty() {
        return Ok(());
    }
    if may_install() {
        let packages: Vec<_> = missing.iter().map(|tool| tool.package()).collect();
        println!("installing {}", packages.join(" "));
        apt(&["update", "--quiet"])?;
        let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
        apt(&[&install[..], &packages].concat())?;
        missing = missing_of(&missing);
    }
    if missing.is_empty() { Ok(()) } else { Err(instructions(&missing)) }
}

fn missing_of(tools: &[Tool]) -> Vec<Tool> {
    tools.iter().copied().filter(|tool| !tool.is_there()).collect()
}

fn instructions(missing: &[Tool]) -> String {
    let mut text = String::from("The tests need what this machine does not have:\n");
    for tool in missing {
        text.push_str(&format!("  - {}\n", tool.words()));
    }
    let packages: Vec<_> = missing.iter().map(|tool| tool.package()).collect();
    text.push_str(&format!(
        "On Debian, as root: apt-get update && apt-get install --no-install-recommends {}",
        packages.join(" ")
    ));
    text
}

fn may_install() -> bool {
    says("id", &["-u"]).is_some_and(|id| id == "0") && says("apt-get", &["--version"]).is_some()
}

fn apt(arguments: &[&str]) -> Result<(), String> {
    let status = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("apt-get: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("apt-get {}: {status}", arguments.join(" "))) }
}

/// What a program prints; `None` when it is not there or ends badly.
fn says(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The 20 of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node_are_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("nonsense"), None);
    }

    #[test]
    fn the_instructions_name_every_package() {
        let text = instructions(&[Tool::PostgreSql, Tool::Node]);
        assert!(text.ends_with("apt-get install --no-install-recommends postgresql nodejs"));
        assert!(text.contains("Node 20"));
    }

    #[test]
    fn a_program_that_is_not_there_says_nothing() {
        assert_eq!(says("no-such-program-here", &[]), None);
        assert_eq!(says("false", &[]), None);
        assert_eq!(says("echo", &["a", "b"]).as_deref(), Some("a b"));
    }
}
