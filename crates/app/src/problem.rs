//! Why a command did not do what it was asked.

use huiqi_store::Fault;
use huiqi_store::sea_orm::DbErr;

/// Exit code when the answer is no: a wrong code, a broken chain, refused rows, something amiss.
pub const EXIT_NO: u8 = 1;
/// Exit code when the command could not be carried out: settings, files, database.
pub const EXIT_SETUP: u8 = 2;

/// What is said on standard error.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The settings, the folder or a file are not as the command needs them.
    #[error("{0}")]
    Setup(String),
    /// The answer is no, with its reason.
    #[error("{0}")]
    No(String),
    /// An action was refused.
    #[error("{}", words(.0))]
    Fault(#[from] Fault),
    /// The database does not answer.
    #[error("the database failed: {0}")]
    Db(#[from] DbErr),
}

impl Problem {
    /// The settings, the folder or a file are not as the command needs them.
    pub fn setup(what: impl Into<String>) -> Problem {
        Problem::Setup(what.into())
    }

    /// Exit code of the program.
    pub fn exit_code(&self) -> u8 {
        match self {
            Problem::No(_) | Problem::Fault(_) => EXIT_NO,
            Problem::Setup(_) | Problem::Db(_) => EXIT_SETUP,
        }
    }
}

/// A fault in the language of the terminal.
fn words(fault: &Fault) -> String {
    let locale = crate::cli::locale();
    match fault {
        Fault::Refused(refusal) => refusal.reason.get(locale).to_owned(),
        Fault::Invalid { field, message } => format!("{field}: {}", message.get(locale)),
        other => other.to_string(),
    }
}
