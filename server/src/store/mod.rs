//! Everything that is kept: one `Store` over SQLite or PostgreSQL, and all SQL of the program, written once.
//!
//! Reading takes one consistent state: `let mut tx = store.read().await?; tx.customer(&partner, &id).await?`.
//! Writing goes through [`Store::write`], which takes what is to be done and owns the transaction.

mod account_writes;
mod accounts;
mod answers;
mod api_keys;
mod chain;
mod checkpoints;
mod codec;
mod copy;
mod customer_columns;
mod customers;
mod dialect;
mod due;
mod enforcement;
mod erase;
mod events;
mod file;
mod firsts;
mod gate_notes;
mod imports;
mod integrity;
mod keys;
mod list_query;
mod lists;
mod log;
mod migrate;
mod moved;
mod moves;
mod open;
mod partners;
mod plans;
mod port;
mod reading;
mod secrets;
mod sessions;
mod sql;
mod standings;
mod stream;
mod users;
mod verify;
mod writer;

use std::future::Future;
use std::pin::Pin;

pub use accounts::StoredAccount;
pub(crate) use answers::{Answer, Sent};
pub use api_keys::KeyUse;
pub use chain::{Flaw, Head, RawEvent, Walk};
pub use checkpoints::{Checkpoint, Claim};
pub(crate) use codec::scope;
pub use copy::{Held, Hold, beside, copy_database};
pub use customers::{CustomerRow, ListedSuspension};
pub use dialect::Dialect;
pub use enforcement::{Connection, Enforcement, KeyVisits, Latest, Refused};
pub use erase::empty_write_ahead_log;
pub(crate) use events::ClaimedLog;
pub use events::Logged;
pub use firsts::KeyFirst;
pub(crate) use gate_notes::{CustomerNote, GateNotes, PartnerMark};
pub use imports::{Import, ImportProgress};
pub(crate) use keys::{key, needle};
pub use list_query::{Cursor, Direction, ListKind, ListQuery, Place, Sort, UsageBand};
pub use lists::{Columns, ListPage, Matches};
pub use log::{ActivityQuery, LogPage, LogPlace};
pub use moved::{MovedCustomer, Moves};
pub use moves::LastMoves;
pub use open::{Backup, DatabaseUrl, MalformedUrl, OpenError, Opened, Schema, StoreSettings};
pub use partners::{Counts, Partner, PartnerProfile};
pub use plans::{PlanDraft, PlanSaved};
pub use reading::Reading;
pub use sessions::Session;
pub use standings::StandingRow;
pub use stream::{MalformedEpoch, StreamEpoch};
pub use users::User;
pub use verify::{Compared, Difference, Verified, verify};
pub use writer::Writer;

use crate::error::{Error, Result};
use port::{Arg, Port, Row, Sql};

/// A handle on the database; cheap to clone.
#[derive(Clone, Debug)]
pub enum Store {
    /// One file: one connection writes, many read.
    Sqlite {
        /// Readers.
        read: sqlx::SqlitePool,
        /// The one writer.
        writer: Writer,
    },
    /// A server.
    Postgres {
        /// Readers and writers.
        pool: sqlx::PgPool,
    },
}

/// What a unit of work answers with, later.
pub type Work<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

/// Most values bound to one statement. SQLite looks placeholders up one after the other: more would cost more than
/// another statement does.
const MOST_BINDS: usize = 600;

/// How often a unit of work is run again when another writer was in its way.
const ATTEMPTS: u32 = 4;

impl Store {
    /// Which database this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match self {
            Store::Sqlite { .. } => Dialect::Sqlite,
            Store::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// One consistent state of everything, for reading.
    ///
    /// # Errors
    /// [`Error::Busy`] when no connection is to be had.
    pub async fn read(&self) -> Result<Tx> {
        Ok(Tx {
            port: dialect::begin_read(self).await?,
            dialect: self.dialect(),
        })
    }

    /// Runs `work` on `input` in one transaction and answers when its effects are on disk. The work may be run more than once, each
    /// time on a fresh state and after the earlier run left no trace; so all it needs is lent to it, and it touches nothing but `tx`.
    /// Dropping the answer does not interrupt it.
    ///
    /// # Errors
    /// What the work answers; then nothing is written. [`Error::Busy`] when nothing was saved because the store is
    /// busy or away.
    pub async fn write<I, T, F>(&self, input: I, work: F) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T> + Send + Sync + 'static,
    {
        let pool = match self {
            Store::Sqlite { writer, .. } => return writer.write(input, work).await,
            Store::Postgres { pool } => pool.clone(),
        };
        let task = tokio::spawn(async move {
            let mut tries = 1;
            loop {
                match on_postgres(&pool, &input, &work).await {
                    Err(Error::Busy(_)) if tries < ATTEMPTS => tries += 1,
                    answer => return answer,
                }
            }
        });
        task.await.map_err(|error| Error::Busy(Box::new(error)))?
    }

    /// Whether what is read is what others write to: a file that was moved away can still be read.
    ///
    /// # Errors
    /// [`Error::Busy`] when another file stands there, or none.
    pub(crate) fn is_in_place(&self) -> Result<()> {
        match self {
            Store::Sqlite { writer, .. } => writer.is_in_place(),
            Store::Postgres { .. } => Ok(()),
        }
    }

    /// Ends all connections; SQLite's file is then complete in itself, unless another process has it open.
    pub async fn close(&self) {
        match self {
            Store::Sqlite { read, writer } => {
                // A reader may be in the hands of somebody who waits for a write.
                writer.stop_waiting();
                // One after the other: the last one empties the write-ahead log, and of two that end at the same moment
                // each takes the other for the last one.
                read.close().await;
                writer.close().await;
            }
            Store::Postgres { pool } => pool.close().await,
        }
    }
}

async fn on_postgres<I, T, F>(pool: &sqlx::PgPool, input: &I, work: &F) -> Result<T>
where
    F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T>,
{
    let port = Box::new(pool.begin().await?);
    let dialect = Dialect::Postgres;
    attempt(Tx { port, dialect }, input, work).await
}

/// Runs a unit of work once, and keeps what it did.
async fn attempt<I, T, F>(mut tx: Tx, input: &I, work: &F) -> Result<T>
where
    F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T>,
{
    let answer = work(&mut tx, input).await?;
    tx.port.commit().await?;
    Ok(answer)
}

/// An open transaction. Dropped, it leaves no trace.
pub struct Tx {
    port: Box<dyn Port>,
    dialect: Dialect,
}

impl Tx {
    /// All rows that a statement answers.
    async fn rows(&mut self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Vec<Row>> {
        self.port.rows(sql.into(), args).await
    }

    /// The first row that a statement answers, if any.
    async fn row(&mut self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<Option<Row>> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Runs a statement; answers how many rows it touched.
    async fn run(&mut self, sql: impl Into<Sql>, args: Vec<Arg>) -> Result<u64> {
        self.port.run(sql.into(), args).await
    }
}
