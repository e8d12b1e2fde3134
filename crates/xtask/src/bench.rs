//! `cargo xtask bench`: size, speed and memory of the release build. Not part of the tests: the figures mean something on
//! a quiet machine only.

use std::process::{Command, ExitCode};

use crate::{EXIT_SETUP, workspace};

/// Builds the release program and the example that measures it from outside, and runs it.
pub fn run() -> ExitCode {
    match bench() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(EXIT_SETUP)
        }
    }
}

fn bench() -> Result<bool, String> {
    let workspace = workspace::load()?;
    let cargo = |arguments: &[&str]| {
        Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .status()
            .map_err(|error| format!("cargo: {error}"))
    };
    if !cargo(&["build", "--release", "--package", "huiqi-app", "--bin", "huiqi"])?.success() {
        return Err("the release build failed".to_owned());
    }
    let program = workspace.target.join("release").join(format!("huiqi{}", std::env::consts::EXE_SUFFIX));
    let program = program.to_str().ok_or("the path of the program is not UTF-8")?;
    let measured = cargo(&["run", "--package", "huiqi-testkit", "--example", "bench", "--", program])?;
    Ok(measured.success())
}
