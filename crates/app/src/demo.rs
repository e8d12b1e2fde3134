//! `huiqi demo`: a city of invented data, made once and served from then on.
//!
//! It is made in a folder of its own beside the place where it will stand, and moved there when it is whole: an
//! interrupted run leaves nothing that looks like a city.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};
use huiqi_store::clock::{self, Clock};
use huiqi_store::ctx::Parts;
use huiqi_store::files::Files;
use huiqi_store::{Ctx, audit, migrate, setting};

use crate::Problem;
use crate::config::Config;
use crate::folder::{self, DEMO_SETTING, Marker, Tables};

/// Seed of the city unless somebody gives another.
const SEED: u64 = 2020;

/// What was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// Throw away the city that is there.
    pub fresh: bool,
    /// Reference day; `None`: today, or whatever day the city that is there has.
    pub as_of: Option<NaiveDate>,
    /// Seed; `None`: [`SEED`], or whatever seed the city that is there has.
    pub seed: Option<u64>,
}

/// Opens the city of a folder; makes it first where there is none, or where it shall be made anew.
///
/// # Errors
/// When the folder or the database holds something that `demo` did not make, when the city that is there is another
/// one than asked for, or when making it fails.
pub async fn prepare(config: &Config, wish: &Wish) -> Result<Ctx, Problem> {
    let marker = Marker::read(&config.data)?;
    if marker.is_none() && !is_empty(&config.data)? {
        return Err(Problem::setup(format!(
            "{} is not empty and was not made by demo: name another folder with --data",
            config.data.display()
        )));
    }
    match &marker {
        Some(marker) if !wish.fresh => {
            let other =
                wish.as_of.is_some_and(|day| day != marker.as_of) || wish.seed.is_some_and(|s| s != marker.seed);
            if other {
                return Err(Problem::setup(format!(
                    "the city in {} was made for {} from seed {}: add --fresh to make it anew",
                    config.data.display(),
                    marker.as_of,
                    marker.seed
                )));
            }
        }
        _ => make(config, wish, marker.is_some()).await?,
    }
    let ctx = folder::open(config, Tables::Update).await?;
    if !ctx.is_demo() {
        return Err(Problem::setup(format!(
            "the database {} is not the one that demo made for {}",
            folder::shown(&config.url()),
            config.data.display()
        )));
    }
    Ok(ctx)
}

fn is_empty(folder: &Path) -> Result<bool, Problem> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Problem::setup(format!("{}: {error}", folder.display()))),
    }
}

/// A name for a folder beside another.
fn beside(folder: &Path, word: &str) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "demo".to_owned(), |name| name.to_string_lossy().into_owned());
    folder.with_file_name(format!(".{name}.{word}"))
}

async fn make(config: &Config, wish: &Wish, replaces: bool) -> Result<(), Problem> {
    if replaces && config.database_url.is_some() {
        return Err(Problem::setup(
            "--fresh makes a new embedded database only: empty the other database yourself and name another folder",
        ));
    }
    let failed = |error: std::io::Error| Problem::setup(format!("{}: {error}", config.data.display()));
    let parent = config.data.parent().ok_or_else(|| Problem::setup("the data folder cannot be the root folder"))?;
    std::fs::create_dir_all(parent).map_err(failed)?;
    let (making, old) = (beside(&config.data, "making"), beside(&config.data, "old"));
    // What a run that was cut off has left behind.
    for left in [&making, &old] {
        if left.exists() {
            std::fs::remove_dir_all(left).map_err(failed)?;
        }
    }
    let made = fill(&Config { data: making.clone(), ..config.clone() }, wish).await;
    if let Err(problem) = made {
        // What is left of a failed run is of no use to anybody.
        let _ = std::fs::remove_dir_all(&making);
        return Err(problem);
    }
    if replaces {
        // The settings are the owner's, not the city's.
        let settings = config.data.join(crate::config::FILE);
        if settings.exists() {
            std::fs::copy(&settings, making.join(crate::config::FILE)).map_err(failed)?;
        }
        std::fs::rename(&config.data, &old).map_err(failed)?;
        std::fs::rename(&making, &config.data).map_err(failed)?;
        std::fs::remove_dir_all(&old).map_err(failed)
    } else {
        if config.data.exists() {
            std::fs::remove_dir(&config.data).map_err(failed)?;
        }
        std::fs::rename(&making, &config.data).map_err(failed)
    }
}

/// Makes the city in an empty folder.
async fn fill(config: &Config, wish: &Wish) -> Result<(), Problem> {
    let machine = Clock::Machine;
    let as_of = wish.as_of.unwrap_or_else(|| machine.today());
    let seed = wish.seed.unwrap_or(SEED);
    let db = folder::database(config, Tables::Make).await?;
    if !migrate::applied(&db).await?.is_empty() {
        return Err(Problem::setup(format!(
            "the database {} is not empty and was not made by demo for this folder",
            folder::shown(&config.url())
        )));
    }
    folder::bring_up(&db, Tables::Make).await?;
    let ctx = Ctx::new(Parts {
        db,
        clock: Clock::at(clock::moment(as_of.and_time(NaiveTime::MIN))),
        seed: Some(seed),
        files: Files::folder(&folder::files_of(&config.data))?,
        demo: true,
        public_url: "http://127.0.0.1".to_owned(),
    });
    ctx.refresh().await?;
    let mut progress = Progress::default();
    let refused =
        huiqi_services::demo::build(&ctx, seed, as_of, &mut |what, done, of| progress.say(what, done, of)).await?;
    progress.end();
    for step in refused {
        tracing::warn!(%step, "the demo city was made without a step that the rules refuse");
    }
    audit::seal(ctx.db()).await?;
    let marker = Marker {
        id: format!("{seed}-{as_of}-{:x}-{:x}", machine.now(), std::process::id()),
        seed,
        as_of,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    setting::set(ctx.db().write(), DEMO_SETTING, &marker.id, machine.now(), None).await?;
    marker.write(&config.data)?;
    ctx.db().clone().close().await;
    Ok(())
}

/// Progress on the terminal: one line that is written over, or a line a stage where nobody watches.
#[derive(Default)]
struct Progress {
    what: String,
    percent: u64,
}

impl Progress {
    fn say(&mut self, what: &str, done: u64, of: u64) {
        let percent = (done * 100).checked_div(of).unwrap_or(100).min(100);
        let new_stage = self.what != what;
        if !new_stage && percent == self.percent {
            return;
        }
        if std::io::stdout().is_terminal() {
            if new_stage && !self.what.is_empty() {
                crate::say("");
            }
            print!("\r{what} {done}/{of}   ");
            // A terminal that is gone is no reason to stop.
            let _ = std::io::stdout().flush();
        } else if new_stage {
            crate::say(format!("{what} {of}"));
        }
        self.what = what.to_owned();
        self.percent = percent;
    }

    fn end(&mut self) {
        if !self.what.is_empty() && std::io::stdout().is_terminal() {
            crate::say("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(folder: &Path) -> Config {
        Config {
            data: folder.to_owned(),
            database_url: None,
            listen: "127.0.0.1:0".parse().unwrap(),
            public_url: None,
            trusted_proxies: Vec::new(),
            start_of_work: None,
            mail: None,
            gateway: huiqi_identity::gateway::GatewayConfig::default(),
        }
    }

    #[tokio::test]
    async fn a_folder_that_demo_did_not_make_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("letter.txt"), "mine").unwrap();
        for fresh in [false, true] {
            let wish = Wish { fresh, ..Wish::default() };
            let problem = prepare(&config(folder.path()), &wish).await.err().unwrap();
            assert!(problem.to_string().contains("not made by demo"), "{problem}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_being_made_stands_beside_its_place() {
        let making = beside(Path::new("/data/var/demo"), "making");
        assert_eq!(making.parent(), Some(Path::new("/data/var")));
        assert_ne!(making, Path::new("/data/var/demo"));
    }
}
