//! Everything in which the two databases differ: how a transaction begins, how a partner's row is claimed, how text
//! is searched, how the schema's version is kept.

use std::borrow::Cow;
use std::time::Duration;

use sqlx::{Postgres, Sqlite, Transaction};

use super::Store;
use super::port::{Port, Sql};
use crate::error::{Error, Result};

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// One file.
    Sqlite,
    /// A server, or a distributed database that speaks its protocol.
    Postgres,
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Reads one consistent state.
    Read,
    /// Reads and writes.
    Write,
}

/// How long a write waits for its turn before it answers "busy".
const WAIT_FOR_TURN: Duration = Duration::from_secs(8);
/// How often a waiting write looks whether another process has left SQLite's write lock. Its own busy handler sleeps up
/// to 100 ms and would miss the short pauses of an import.
const LOOK_AGAIN: Duration = Duration::from_millis(3);

/// Opens a transaction.
pub async fn begin(store: &Store, purpose: Purpose) -> Result<Box<dyn Port>> {
    match (store, purpose) {
        (Store::Sqlite { read, .. }, Purpose::Read) => Ok(Box::new(read.begin().await?)),
        (Store::Sqlite { write, .. }, Purpose::Write) => {
            Ok(Box::new(begin_immediate(write).await?))
        }
        (Store::Postgres { pool }, Purpose::Read) => {
            let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
            Ok(Box::new(pool.begin_with(begin).await?))
        }
        (Store::Postgres { pool }, Purpose::Write) => {
            let transaction: Transaction<'static, Postgres> = pool.begin().await?;
            Ok(Box::new(transaction))
        }
    }
}

/// Takes SQLite's write lock at once: a transaction that reads first and writes later fails without waiting.
async fn begin_immediate(write: &sqlx::SqlitePool) -> Result<Transaction<'static, Sqlite>> {
    let mut waited = Duration::ZERO;
    loop {
        match write
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(Error::from)
        {
            Err(Error::Busy(_)) if waited < WAIT_FOR_TURN && !write.is_closed() => {
                tokio::time::sleep(LOOK_AGAIN).await;
                waited += LOOK_AGAIN;
            }
            answer => return answer,
        }
    }
}

impl Dialect {
    /// The end of a `SELECT` that makes every other writer of the selected rows wait.
    #[must_use]
    pub fn claim(self) -> &'static str {
        match self {
            // The whole file is already claimed by `BEGIN IMMEDIATE`.
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE",
        }
    }

    /// Whether a search for `needle` has a choice between index and walk that the database does not make by itself.
    #[must_use]
    pub fn must_be_told_how(self, needle: &str) -> bool {
        self == Dialect::Sqlite && has_trigram(needle)
    }

    /// Where customers are read from when few are expected to contain a text: with the full-text index in front.
    #[must_use]
    pub fn searched_customers(self, needle: &str) -> &'static str {
        match self {
            // CROSS JOIN keeps SQLite from walking the customers and asking the index about each.
            Dialect::Sqlite if has_trigram(needle) => {
                "customer_text CROSS JOIN customer_text_rows ON customer_text_rows.no = customer_text.rowid \
                 CROSS JOIN customers ON customers.partner_id = customer_text_rows.partner_id \
                 AND customers.id = customer_text_rows.customer_id"
            }
            Dialect::Sqlite | Dialect::Postgres => "customers",
        }
    }

    /// The condition on [`searched_customers`](Self::searched_customers), and the text to bind to its placeholder.
    #[must_use]
    pub fn search(self, placeholder: usize, needle: &str) -> (Sql, String) {
        match self {
            Dialect::Sqlite if has_trigram(needle) => {
                let phrase = format!("\"{}\"", needle.replace('"', "\"\""));
                (
                    Cow::Owned(format!("customer_text MATCH ${placeholder}")),
                    phrase,
                )
            }
            Dialect::Sqlite | Dialect::Postgres => contains(placeholder, needle),
        }
    }
}

/// The condition that a customer's search text contains `needle`, without any index, and the text to bind.
pub fn contains(placeholder: usize, needle: &str) -> (Sql, String) {
    let mut pattern = String::with_capacity(needle.len() + 2);
    pattern.push('%');
    for character in needle.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    (
        Cow::Owned(format!(
            "customers.search_text LIKE ${placeholder} ESCAPE '\\'"
        )),
        pattern,
    )
}

/// Whether SQLite's trigram index can answer.
fn has_trigram(needle: &str) -> bool {
    needle.chars().count() >= 3
}
