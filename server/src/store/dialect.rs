//! Everything in which the two databases differ: how a transaction begins, how a partner's row is claimed, how text
//! is searched, how the schema's version is kept.

use std::borrow::Cow;

use super::Store;
use super::port::{Port, Sql};
use crate::error::Result;

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// One file.
    Sqlite,
    /// A server, or a distributed database that speaks its protocol.
    Postgres,
}

/// Opens a transaction for reading one consistent state.
pub async fn begin_read(store: &Store) -> Result<Box<dyn Port>> {
    match store {
        Store::Sqlite { read, .. } => Ok(Box::new(read.begin().await?)),
        Store::Postgres { pool } => {
            let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
            Ok(Box::new(pool.begin_with(begin).await?))
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
