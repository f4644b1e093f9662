//! The one connection that writes, and how a unit of work uses it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::unit::{Ran, Unit};
use crate::error::{Error, Result};
use crate::store::file::DatabaseFile;
use crate::store::port::{Arg, Port, Row, Sql, Statements as _};
use crate::store::{Dialect, Tx};

/// The connection, lent to one unit of work after the other.
pub struct WritingConnection(Arc<Mutex<Open>>);

/// Transactions are begun and ended by plain statements: the driver's own counting is wrong once SQLite has ended one by
/// itself, as it does when the disk is full.
struct Open {
    connection: SqliteConnection,
    /// Whether the transaction is no longer what its units of work take it for.
    lost: Arc<AtomicBool>,
}

/// What became of a commit.
pub enum Committed {
    /// It is on disk.
    Yes,
    /// SQLite says that it is not.
    No(sqlx::Error),
    /// The connection went away with the answer.
    Unknown(sqlx::Error),
}

impl WritingConnection {
    /// Connects.
    pub async fn open(file: &DatabaseFile) -> Result<Self, sqlx::Error> {
        // Waiting for another process is done outside, in shorter steps.
        let options = file.options().busy_timeout(Duration::ZERO);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        let lost = Arc::new(AtomicBool::new(false));
        let rolled_back = Arc::clone(&lost);
        connection
            .lock_handle()
            .await?
            .set_rollback_hook(move || rolled_back.store(true, Ordering::Release));
        Ok(Self(Arc::new(Mutex::new(Open { connection, lost }))))
    }

    /// Begins a transaction and takes SQLite's write lock at once: one that reads first and writes later fails without
    /// waiting.
    pub async fn begin(&self) -> Result<(), sqlx::Error> {
        let mut open = self.0.lock().await;
        open.lost.store(false, Ordering::Release);
        open.execute("BEGIN IMMEDIATE; SAVEPOINT unit").await
    }

    /// Runs a unit of work in a savepoint of its own.
    pub async fn run(&self, unit: &mut dyn Unit) -> Ran {
        let port = Box::new(Lent(Arc::clone(&self.0).lock_owned().await));
        let dialect = Dialect::Sqlite;
        let ran = unit.run(Tx { port, dialect }).await;
        let mut open = self.0.lock().await;
        if open.is_lost() {
            return Ran::Failed;
        }
        if ran == Ran::Refused && open.execute("ROLLBACK TO unit").await.is_err() {
            return Ran::Failed;
        }
        ran
    }

    /// Ends the transaction, and answers when everything done in it is on disk.
    pub async fn commit(&self) -> Committed {
        match self.0.lock().await.execute("COMMIT").await {
            Ok(()) => Committed::Yes,
            Err(error @ sqlx::Error::Database(_)) => Committed::No(error),
            Err(error) => Committed::Unknown(error),
        }
    }

    /// Disconnects; an open transaction leaves no trace.
    pub async fn close(self) {
        if let Some(open) = Arc::into_inner(self.0) {
            // What was answered is committed: that it cannot say goodbye changes nothing.
            let _ = open.into_inner().connection.close().await;
        }
    }
}

impl Open {
    async fn execute(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        let answer = sqlx::query(sql).execute(&mut self.connection).await;
        answer.map(drop)
    }

    fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Acquire)
    }

    /// Outside its transaction a statement would commit by itself.
    fn refuse_when_lost(&self) -> Result<()> {
        if self.is_lost() {
            Err(Error::Busy("the transaction has ended by itself".into()))
        } else {
            Ok(())
        }
    }

    /// A work may pass over an error; the transaction does not.
    fn judged<T>(&self, answer: Result<T>) -> Result<T> {
        if matches!(&answer, Err(error) if !error.is_refusal()) {
            self.lost.store(true, Ordering::Release);
        }
        answer
    }
}

/// The connection in the hands of one unit of work.
struct Lent(OwnedMutexGuard<Open>);

#[async_trait]
impl Port for Lent {
    async fn rows(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Vec<Row>> {
        self.0.refuse_when_lost()?;
        let answer = self.0.connection.rows(sql, args).await;
        self.0.judged(answer)
    }

    async fn run(&mut self, sql: Sql, args: Vec<Arg>) -> Result<u64> {
        self.0.refuse_when_lost()?;
        let answer = self.0.connection.run(sql, args).await;
        self.0.judged(answer)
    }

    /// Keeps what this unit did; the next one finds a savepoint of its own.
    async fn commit(mut self: Box<Self>) -> Result<()> {
        self.0.refuse_when_lost()?;
        let answer = self.0.execute("RELEASE unit; SAVEPOINT unit").await;
        self.0.judged(answer.map_err(Error::from))
    }
}
