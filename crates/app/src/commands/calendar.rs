//! `huiqi calendar add FILE`: one more year of working days, without a new program.

use std::path::Path;
use std::process::ExitCode;

use huiqi_casework::settings::calendar;
use huiqi_kernel::people::Viewer;

use crate::Problem;
use crate::cli::CalendarCommand;
use crate::config::Config;
use crate::folder::{self, Tables};

pub(super) async fn run(config: &Config, command: CalendarCommand) -> Result<ExitCode, Problem> {
    let CalendarCommand::Add { file } = command;
    let text = read(&file)?;
    let ctx = folder::open(config, Tables::Update).await?;
    let (year, moved) = calendar::add_year(&ctx, &Viewer::System, &text).await?;
    crate::say(format!("{year} added, {} due days moved", moved.len()));
    ctx.db().clone().close().await;
    Ok(ExitCode::SUCCESS)
}

/// The text of a file.
pub(super) fn read(file: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(file).map_err(|error| Problem::setup(format!("{}: {error}", file.display())))
}
