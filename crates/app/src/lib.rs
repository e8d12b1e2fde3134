//! The program `huiqi`: configuration, wiring, command line, demo.
//!
//! [`wiring`] puts the slices of all crates together; everything else here is about running them: where the settings
//! come from ([`config`]), opening a data folder ([`folder`]), serving ([`serving`]), and one module a command.

pub mod cli;
pub mod commands;
pub mod config;
pub mod demo;
pub mod folder;
pub mod problem;
pub mod serving;
pub mod wiring;

huiqi_web::messages!();

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

pub use problem::Problem;

/// The whole program: reads the command line, does it, and says how it went.
pub fn run() -> ExitCode {
    let cli = cli::Cli::parse();
    let filter = EnvFilter::try_from_env("HUIQI_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt()
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("huiqi: the program cannot start its threads: {error}");
            return ExitCode::from(problem::EXIT_SETUP);
        }
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("huiqi: {problem}");
            ExitCode::from(problem.exit_code())
        }
    }
}

/// Writes a line to standard output. Whoever stopped reading is no reason to end in the middle of something.
pub fn say(line: impl std::fmt::Display) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{line}");
}
