//! Why an action did not happen.

use huiqi_kernel::flow::Refusal;
use huiqi_kernel::locale::{Bilingual, Locale};
use sea_orm::DbErr;

/// The ways an action or a read can fail. The web layer turns each into one page.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is no such record, or this viewer may not know of it.
    #[error("no such record for this viewer")]
    NotFound,
    /// The flow table says no; the reason is for the reader.
    #[error("refused: {}", .0.reason.en)]
    Refused(Refusal),
    /// Somebody changed the record meanwhile.
    #[error("the record was changed meanwhile")]
    Stale,
    /// A value given is wrong: field name and what to change.
    #[error("invalid: {field}: {}", .message.en)]
    Invalid {
        /// Name of the form field.
        field: &'static str,
        /// What to change.
        message: Bilingual,
    },
    /// Too many tries in a short time.
    #[error("too many tries")]
    TooMany,
    /// The database failed.
    #[error("database: {0}")]
    Db(DbErr),
    /// Anything else that is nobody's fault at the desk; written to the log, never shown.
    #[error("{0}")]
    Internal(String),
}

impl Fault {
    /// A value given is wrong.
    pub fn invalid(field: &'static str, text: impl Fn(Locale) -> String) -> Self {
        Fault::Invalid { field, message: Bilingual::say(text) }
    }

    /// An inner failure with its story for the log.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Fault::Internal(what.to_string())
    }
}

impl From<DbErr> for Fault {
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::RecordNotFound(_) => Fault::NotFound,
            other => Fault::Db(other),
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        if refusal.hidden { Fault::NotFound } else { Fault::Refused(refusal) }
    }
}
