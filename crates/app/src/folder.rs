//! A data folder: the embedded database `huiqi.db`, the contents of files in `files/`, the settings in `huiqi.toml`;
//! and in a folder made by `demo` the marker `demo.json`.
//!
//! A folder counts as the demo's when its marker and the database name each other: a marker beside another database,
//! or a demo's database without its marker, shows no demo buttons.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use huiqi_store::clock::Clock;
use huiqi_store::ctx::Parts;
use huiqi_store::files::Files;
use huiqi_store::{Ctx, Db, migrate, setting};
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::{Problem, wiring};

/// Name of the marker of a demo's folder.
pub const MARKER: &str = "demo.json";
/// Setting in a demo's database that names the marker.
pub const DEMO_SETTING: &str = "demo.id";

/// What `demo` writes beside its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// Names the database it belongs to.
    pub id: String,
    /// Seed the city was made from.
    pub seed: u64,
    /// Reference day.
    pub as_of: NaiveDate,
    /// Version of the program that made it.
    pub version: String,
}

impl Marker {
    /// Reads the marker of a folder; `None` where there is none.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Marker>, Problem> {
        let path = folder.join(MARKER);
        match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text)
                .map(Some)
                .map_err(|error| Problem::setup(format!("{} cannot be read: {error}", path.display()))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Problem::setup(format!("{}: {error}", path.display()))),
        }
    }

    /// Writes the marker of a folder.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), Problem> {
        let path = folder.join(MARKER);
        let text = serde_json::to_string_pretty(self).map_err(|error| Problem::setup(error.to_string()))?;
        std::fs::write(&path, text + "\n").map_err(|error| Problem::setup(format!("{}: {error}", path.display())))
    }
}

/// What to do about missing tables when a folder is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Make the database and its tables where they are missing.
    Make,
    /// The database must be there; bring its tables up to date.
    Update,
    /// The database must be there with all its tables.
    Expect,
}

/// Opens the database of a configuration.
///
/// # Errors
/// When there is none, where one must be there, or it does not answer.
pub async fn database(config: &Config, tables: Tables) -> Result<Db, Problem> {
    if let Some(file) = config.database_file() {
        if tables != Tables::Make && !file.exists() {
            return Err(Problem::setup(format!(
                "there is no database in {}; `huiqi migrate` makes one, or name another folder with --data",
                config.data.display()
            )));
        }
        make_folder(&config.data)?;
    }
    let url = config.url();
    Db::open(&url)
        .await
        .map_err(|error| Problem::setup(format!("the database {} cannot be opened: {error}", shown(&url))))
}

/// An address of a database without its password.
pub fn shown(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            if parsed.set_password(None).is_err() {
                return parsed.scheme().to_owned();
            }
            parsed.to_string()
        }
        _ => url.to_owned(),
    }
}

fn make_folder(folder: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(folder).map_err(|error| Problem::setup(format!("{}: {error}", folder.display())))
}

/// Brings the tables up to date, or asks that they are; returns the ids of the migrations that ran.
///
/// # Errors
/// When a migration fails, or tables are missing that were expected.
pub async fn bring_up(db: &Db, tables: Tables) -> Result<Vec<&'static str>, Problem> {
    let migrations = wiring::migrations();
    if tables == Tables::Expect {
        return if migrate::complete(db, &migrations).await? {
            Ok(Vec::new())
        } else {
            Err(Problem::setup("the database is older than this program: stop it, back it up, run `huiqi migrate`"))
        };
    }
    migrate::run(db, migrations)
        .await
        .map_err(|error| Problem::setup(format!("a migration failed, nothing of it was kept: {error}")))
}

/// Opens the data of a configuration as a context with the machine's clock.
///
/// # Errors
/// As [`database`] and [`bring_up`].
pub async fn open(config: &Config, tables: Tables) -> Result<Ctx, Problem> {
    let db = database(config, tables).await?;
    bring_up(&db, tables).await?;
    let demo = is_demo(&db, &config.data).await?;
    let ctx = Ctx::new(Parts {
        db,
        clock: Clock::Machine,
        seed: None,
        files: Files::folder(&files_of(&config.data))?,
        demo,
        public_url: config.public_url.clone().unwrap_or_default(),
    });
    ctx.refresh().await?;
    Ok(ctx)
}

/// Where the contents of files are kept.
pub fn files_of(folder: &Path) -> PathBuf {
    folder.join("files")
}

/// Whether this database and this folder were made together by `demo`.
///
/// # Errors
/// When the database or the marker cannot be read.
pub async fn is_demo(db: &Db, folder: &Path) -> Result<bool, Problem> {
    let named = setting::get(db.read(), DEMO_SETTING).await?;
    Ok(match (named, Marker::read(folder)?) {
        (Some(id), Some(marker)) => id == marker.id,
        _ => false,
    })
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

    fn marker(id: &str) -> Marker {
        Marker { id: id.into(), seed: 1, as_of: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(), version: "0".into() }
    }

    #[tokio::test]
    async fn a_marker_alone_makes_no_demo() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path());
        let ctx = open(&config, Tables::Make).await.unwrap();
        assert!(!ctx.is_demo());
        marker("a").write(folder.path()).unwrap();
        assert!(!open(&config, Tables::Expect).await.unwrap().is_demo());
        setting::set(ctx.db().write(), DEMO_SETTING, "b", 0, None).await.unwrap();
        assert!(!open(&config, Tables::Expect).await.unwrap().is_demo());
        marker("b").write(folder.path()).unwrap();
        assert!(open(&config, Tables::Expect).await.unwrap().is_demo());
        std::fs::remove_file(folder.path().join(MARKER)).unwrap();
        assert!(!open(&config, Tables::Expect).await.unwrap().is_demo());
    }

    #[tokio::test]
    async fn a_missing_database_is_not_made_by_reading_it() {
        let folder = tempfile::tempdir().unwrap();
        let problem = open(&config(folder.path()), Tables::Expect).await.err().unwrap();
        assert!(problem.to_string().contains("huiqi migrate"), "{problem}");
        assert!(!folder.path().join("huiqi.db").exists());
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(shown("postgres://me:secret@db/huiqi"), "postgres://me@db/huiqi");
        assert_eq!(shown("sqlite:///x/huiqi.db"), "sqlite:///x/huiqi.db");
    }
}
