//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use huiqi_kernel::locale::Locale;

use crate::config::Given;

/// Huiqi Cloud: the public-service network for small and medium-sized firms.
#[derive(Debug, Parser)]
#[command(name = "huiqi", version, propagate_version = true)]
pub struct Cli {
    /// Where the data is.
    #[command(flatten)]
    pub place: Place,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
#[derive(Clone, Debug, Default, Args)]
pub struct Place {
    /// Data folder [default: ./var, for demo ./var/demo]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Database outside the data folder, such as postgres://user@host/huiqi (also DATABASE_URL)
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Address to listen on [default: 127.0.0.1:8700]
    #[arg(long, global = true, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,
}

impl Place {
    /// As the settings take it.
    pub fn given(&self, public_url: Option<String>) -> Given {
        Given { data: self.data.clone(), database_url: self.database_url.clone(), listen: self.listen, public_url }
    }
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a city of invented data and serve it
    Demo {
        /// Throw the city in the folder away and make it anew
        #[arg(long)]
        fresh: bool,
        /// Reference day of the city [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<NaiveDate>,
        /// Seed of the city; the same seed and day give the same city
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        /// Address under which people reach it [default: the one it listens on]
        #[arg(long, value_name = "URL")]
        public_url: Option<String>,
    },
    /// Serve the site
    Serve {
        /// Address under which people reach the site (also huiqi.toml and HUIQI_PUBLIC_URL)
        #[arg(long, value_name = "URL")]
        public_url: Option<String>,
        /// Refuse to start on an older database instead of bringing it up to date
        #[arg(long)]
        no_migrate: bool,
    },
    /// Make the database or bring its tables up to date
    Migrate,
    /// Administrators
    Admin {
        /// What to do
        #[command(subcommand)]
        command: Admin,
    },
    /// Bring in a file (.xlsx or .csv)
    Import {
        /// What is in it
        register: Register,
        /// The file
        file: PathBuf,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
    },
    /// Write a register to a file (.xlsx or .csv)
    Export {
        /// Which one
        register: Register,
        /// The file to write
        file: PathBuf,
    },
    /// Rules that compute
    Calc {
        /// Which one
        #[command(subcommand)]
        command: Calc,
    },
    /// The working calendar
    Calendar {
        /// What to do
        #[command(subcommand)]
        command: CalendarCommand,
    },
    /// The audit log
    Audit {
        /// What to do
        #[command(subcommand)]
        command: Audit,
    },
    /// Say what is misconfigured or about to run out; exit code 1 when something is
    Doctor {
        /// Address under which people reach the site (also huiqi.toml and HUIQI_PUBLIC_URL)
        #[arg(long, value_name = "URL")]
        public_url: Option<String>,
    },
    /// Write docs/generated: workflow diagrams, access matrix, rule coverage
    Docs {
        /// Folder to write to
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// What is done about administrators.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Make the first system administrator; the password is asked, or read from standard input
    Create {
        /// Name of the account
        #[arg(long)]
        login: String,
        /// Name of the person
        #[arg(long)]
        name: String,
        /// Make one more although there is one already
        #[arg(long)]
        force_another: bool,
    },
}

/// The registers that files can bring and take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Register {
    /// Firms
    Enterprises,
    /// Providers
    Providers,
    /// Products of providers
    Products,
}

/// Rules that compute.
#[derive(Debug, Subcommand)]
pub enum Calc {
    /// Check a unified social credit code (GB 32100-2015)
    CreditCode {
        /// The code; blanks, full width and small letters do not matter
        #[arg(required = true)]
        code: Vec<String>,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
    /// When a limit in working days ends
    Deadline {
        /// Start day
        #[arg(long, value_name = "DATE")]
        from: NaiveDate,
        /// Length of the limit
        #[arg(long, value_name = "N")]
        working_days: u32,
        /// The start day itself is the first one, provided it is a working day
        #[arg(long)]
        first_day_counts: bool,
        /// Say of each day why it counts or not
        #[arg(long)]
        explain: bool,
        /// A file with one more calendar year; may be given several times
        #[arg(long, value_name = "FILE")]
        calendar: Vec<PathBuf>,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
    /// Size class of an enterprise (standard of 2011)
    Size {
        /// Industry of GB/T 4754-2017, such as I65
        #[arg(long)]
        industry: String,
        /// Persons employed
        #[arg(long)]
        staff: Option<u64>,
        /// Revenue of the year in 10,000 yuan
        #[arg(long, allow_hyphen_values = true)]
        revenue: Option<String>,
        /// Total assets in 10,000 yuan
        #[arg(long, allow_hyphen_values = true)]
        assets: Option<String>,
        /// Say which limits were reached and missed
        #[arg(long)]
        explain: bool,
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
}

/// What is done about the calendar.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Add a year from a file such as rule/calendar/2026.toml
    Add {
        /// The file
        file: PathBuf,
    },
}

/// What is done about the audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Recompute the chain; exit code 1 and the first bad entry when it is broken
    Verify {
        /// A place and hash noted earlier: finds a cut tail or a chain written anew
        #[arg(long, value_name = "SEQ:HASH")]
        head: Option<String>,
    },
}

/// The language of the terminal: Chinese where `LC_ALL`, `LC_MESSAGES` or `LANG` says so, else English.
pub fn locale() -> Locale {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Locale::from_tag(&value))
        .unwrap_or(Locale::En)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
        let cli = Cli::parse_from(["huiqi", "calc", "size", "--industry", "I65", "--staff", "3", "--data", "x"]);
        assert_eq!(cli.place.data, Some(PathBuf::from("x")));
        assert!(
            Cli::try_parse_from(["huiqi", "admin", "create", "--login", "a", "--name", "b", "--password", "c"])
                .is_err()
        );
    }
}
