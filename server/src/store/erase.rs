//! Forgetting who a customer is: in the rows, and in what SQLite keeps of rows beside them.

use std::path::Path;
use std::time::Duration;

use domain::{Account, CustomerId, PartnerId};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, Row as _};

use super::file::failed;
use super::open::OpenError;
use super::port::args;
use super::{Dialect, Store, Tx};
use crate::error::{Error, Result};

/// About how many pages of the search index are written in one transaction, so that others get their turn.
const PAGES: i64 = 500;

impl Tx {
    /// Whether any personal or human-typed text about the customer is left in the log.
    pub(crate) async fn remembers(
        &mut self,
        partner: &PartnerId,
        customer: &CustomerId,
    ) -> Result<bool> {
        let sql = "SELECT 1 FROM events WHERE partner_id = $1 AND customer_id = $2 AND private IS NOT NULL LIMIT 1";
        let row = self
            .row(sql, args![partner.as_str(), customer.as_str()])
            .await?;
        Ok(row.is_some())
    }

    /// Takes every personal and human-typed text about a customer away, and answers the account that the log makes
    /// without them. The customer's row is left to the caller.
    pub(crate) async fn forget(
        &mut self,
        partner: &PartnerId,
        customer: &CustomerId,
    ) -> Result<Account> {
        let id = || args![partner.as_str(), customer.as_str()];
        for sql in [
            "UPDATE events SET private = NULL, salt = NULL WHERE partner_id = $1 AND customer_id = $2",
            "UPDATE suspensions SET note = NULL, customer_message = NULL WHERE partner_id = $1 AND customer_id = $2",
            // The digest of a command has no salt, so that a note could be guessed from it.
            "UPDATE answers SET fingerprint = '' WHERE partner_id = $1 AND command_id IN \
             (SELECT command_id FROM events WHERE partner_id = $1 AND customer_id = $2)",
        ] {
            self.run(sql, id()).await?;
        }
        // A notice names the customer that it is about.
        let sql = "UPDATE sessions SET notice = NULL WHERE partner_id = $1 AND notice IS NOT NULL";
        self.run(sql, args![partner.as_str()]).await?;
        self.folds("$2", id())
            .await?
            .remove(customer)
            .ok_or_else(|| Error::damaged("a life without arrival"))
    }

    /// Writes a part of the search index anew, without what was deleted; answers whether there is more to do.
    async fn merge_search_index(&mut self, pages: i64) -> Result<bool> {
        let before = self.total_changes().await?;
        let sql = "INSERT INTO customer_text (customer_text, rank) VALUES ('merge', $1)";
        self.run(sql, args![pages]).await?;
        // SQLite counts one change even where nothing was left to do.
        Ok(self.total_changes().await? - before >= 2)
    }

    async fn total_changes(&mut self) -> Result<i64> {
        let row = self.row("SELECT total_changes()", args![]).await?;
        row.ok_or(Error::NotFound)?.int()
    }
}

impl Store {
    /// Takes what was forgotten out of the search index as well, which SQLite only marks as deleted. PostgreSQL does so
    /// by itself when it vacuums.
    ///
    /// # Errors
    /// [`Error::Busy`]; what was forgotten stays forgotten, and this can be done again.
    pub async fn sweep_search_index(&self) -> Result<()> {
        if self.dialect() == Dialect::Postgres {
            return Ok(());
        }
        // A negative number begins to merge everything, a positive one goes on.
        let mut pages = -PAGES;
        while self
            .write(pages, |tx, pages| Box::pin(tx.merge_search_index(*pages)))
            .await?
        {
            pages = PAGES;
        }
        Ok(())
    }
}

/// Empties the write-ahead log of a file of SQLite, in which pages stand as they were before. Answers whether that could
/// be done: somebody may have been reading all the time.
///
/// # Errors
/// When the file cannot be opened.
pub async fn empty_write_ahead_log(path: &Path) -> Result<bool, OpenError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .busy_timeout(Duration::from_secs(5));
    let mut connection = options.connect().await.map_err(failed(path))?;
    let busy: i64 = connection
        .fetch_one("PRAGMA wal_checkpoint(TRUNCATE)")
        .await
        .and_then(|row| row.try_get(0))
        .map_err(failed(path))?;
    connection.close().await.map_err(failed(path))?;
    Ok(busy == 0)
}
