//! What can go wrong in the server. Logged once with its whole chain and the request's id; never sent to a browser.

use domain::Rejection;
use thiserror::Error;

/// An answer of the server or its store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the server could not do what it was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// There is no such thing, or it belongs to another partner.
    #[error("there is no such thing here")]
    NotFound,
    /// The rules say no. Expected; nothing was written.
    #[error("the rules refuse it: {0:?}")]
    Rejected(Box<Rejection>),
    /// The idempotency key was used before, for something else.
    #[error("this idempotency key was used for another command")]
    KeyReused,
    /// Something that must be unique already exists.
    #[error("{0} is taken")]
    Taken(Unique),
    /// A text holds a NUL character, which not every database can keep.
    #[error("a text holds a NUL character")]
    NulInText,
    /// The store is busy or away. Nothing was saved; the same request with the same key may be sent again.
    #[error("the store is busy or away; nothing was saved")]
    Busy(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database refused a statement.
    #[error("the database refused a statement")]
    Database(#[source] sqlx::Error),
    /// What is stored cannot be understood.
    #[error("stored data cannot be understood: {0}")]
    Damaged(String),
}

/// What must be unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unique {
    /// The e-mail address of a user, over the whole panel.
    #[error("the e-mail address")]
    Email,
    /// The external id of a customer within its partner.
    #[error("the external id")]
    ExternalId,
    /// The code of a plan within its partner.
    #[error("the plan's code")]
    PlanCode,
    /// The public part of an API key, over the whole panel.
    #[error("the public part of the API key")]
    ApiKey,
}

impl Error {
    /// Marks stored data that does not read back.
    pub fn damaged(what: impl std::fmt::Display) -> Self {
        Self::Damaged(what.to_string())
    }

    /// This error as `Taken(what)` when it is the violation of a unique index, otherwise as it is.
    #[must_use]
    pub fn or_taken(self, what: Unique) -> Self {
        match self {
            Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                Self::Taken(what)
            }
            other => other,
        }
    }

    /// Whether the rules, the data or a constraint said no, and the transaction is as it was before the work began to speak.
    pub(crate) fn is_refusal(&self) -> bool {
        match self {
            Self::NotFound
            | Self::Rejected(_)
            | Self::KeyReused
            | Self::Taken(_)
            | Self::NulInText
            | Self::Damaged(_) => true,
            Self::Database(error) => sqlite_code(error) == Some(SQLITE_CONSTRAINT),
            Self::Busy(_) => false,
        }
    }
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(Box::new(rejection))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_passing(&error) {
            Self::Busy(Box::new(error))
        } else {
            Self::Database(error)
        }
    }
}

/// SQLite's primary result code of a violated constraint.
const SQLITE_CONSTRAINT: u32 = 19;

/// SQLite's primary result code; extended codes keep it in the low byte.
fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let code = error.as_database_error()?.code()?;
    // PostgreSQL's codes have five characters.
    let number = code.parse::<u32>().ok().filter(|_| code.len() < 5)?;
    Some(number & 0xff)
}

/// Whether SQLite answers that somebody else is writing.
pub(crate) fn is_contention(error: &sqlx::Error) -> bool {
    // Busy, locked.
    matches!(sqlite_code(error), Some(5 | 6))
}

/// Whether the same statement may succeed later: nothing is wrong with it.
fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Io(_) => true,
        sqlx::Error::Database(database) => match sqlite_code(error) {
            // Busy, locked, out of memory, read-only, I/O error, full, cannot open, locking protocol.
            Some(code) => matches!(code, 5 | 6 | 7 | 8 | 10 | 13 | 14 | 15),
            // Serialization failure, deadlock, lock timeout, shutting down, too many connections.
            None => database.code().is_some_and(|code| {
                matches!(
                    &*code,
                    "40001" | "40P01" | "55P03" | "57P01" | "57P02" | "57P03" | "53300"
                )
            }),
        },
        _ => false,
    }
}
