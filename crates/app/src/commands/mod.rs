//! One module a command.

mod admin;
mod audit;
mod calc;
mod calendar;
mod docs;
mod doctor;
mod registers;

use std::process::ExitCode;

use crate::cli::{Cli, Command};
use crate::config::Config;
use crate::folder::{self, Tables};
use crate::{Problem, demo, serving};

/// Where the data is unless somebody says so.
const FOLDER: &str = "var";
/// The same for the demo.
const DEMO_FOLDER: &str = "var/demo";

/// Does what the command line says.
///
/// # Errors
/// Why it was not done.
pub async fn run(cli: Cli) -> Result<ExitCode, Problem> {
    let place = cli.place;
    let config = |public_url: Option<String>| Config::here(&place.given(public_url), FOLDER);
    match cli.command {
        Command::Demo { fresh, as_of, seed, public_url } => {
            let config = Config::here(&place.given(public_url), DEMO_FOLDER)?;
            let ctx = demo::prepare(&config, &demo::Wish { fresh, as_of, seed }).await?;
            serving::serve(ctx, &config).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve { public_url, no_migrate } => {
            let config = config(public_url)?;
            if config.public_url.is_none() {
                return Err(Problem::setup(
                    "serve needs to know under which address people reach the site: public_url in huiqi.toml, \
                     HUIQI_PUBLIC_URL or --public-url https://huiqi.example.org",
                ));
            }
            let ctx = folder::open(&config, if no_migrate { Tables::Expect } else { Tables::Make }).await?;
            serving::serve(ctx, &config).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Migrate => {
            let db = folder::database(&config(None)?, Tables::Make).await?;
            let done = folder::bring_up(&db, Tables::Make).await?;
            for id in &done {
                crate::say(id);
            }
            crate::say(format!("{} migrations applied", done.len()));
            db.close().await;
            Ok(ExitCode::SUCCESS)
        }
        Command::Admin { command } => admin::run(&config(None)?, command).await,
        Command::Import { register, file, dry_run } => {
            registers::import(&config(None)?, register, &file, dry_run).await
        }
        Command::Export { register, file } => registers::export(&config(None)?, register, &file).await,
        Command::Calc { command } => calc::run(command),
        Command::Calendar { command } => calendar::run(&config(None)?, command).await,
        Command::Audit { command } => audit::run(&config(None)?, command).await,
        Command::Doctor { public_url } => doctor::run(&place.given(public_url), FOLDER).await,
        Command::Docs { out } => docs::run(&out),
    }
}
