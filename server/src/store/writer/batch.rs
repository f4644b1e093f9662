//! Batches: many units of work, one commit.

use std::iter;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use super::connection::{Committed, WritingConnection};
use super::queue::Message;
use super::unit::{Ran, Unit};
use crate::error::{Error, is_contention};
use crate::store::file::DatabaseFile;

/// The most units that share a commit. Those that come while a batch runs join it, up to here.
const LARGEST_BATCH: usize = 128;
/// How long writes wait for another process before they answer "busy".
const WAIT_FOR_TURN: Duration = Duration::from_secs(5);
/// How often it is looked whether the other process has left the write lock. SQLite's own busy handler sleeps up to
/// 100 ms and would miss the short pauses of an import.
const LOOK_AGAIN: Duration = Duration::from_millis(3);

type Units = Vec<Box<dyn Unit>>;

/// The task that writes.
pub struct Batches {
    file: DatabaseFile,
    waiting: mpsc::Receiver<Message>,
    ending: watch::Receiver<bool>,
    /// Those who wait for the end of the task.
    closers: Vec<oneshot::Sender<()>>,
    /// None after trouble, until the next transaction.
    connection: Option<WritingConnection>,
}

/// Why no transaction begins.
enum Hindered {
    /// Somebody else writes.
    Locked(sqlx::Error),
    /// Something is wrong.
    Broken(Error),
}

impl Batches {
    /// Connects.
    pub async fn connect(
        file: DatabaseFile,
        waiting: mpsc::Receiver<Message>,
        ending: watch::Receiver<bool>,
    ) -> Result<Self, sqlx::Error> {
        let connection = Some(WritingConnection::open(&file).await?);
        let closers = Vec::new();
        Ok(Self {
            file,
            waiting,
            ending,
            closers,
            connection,
        })
    }

    /// Runs what comes, until the store is closed or nobody is left who could ask.
    pub async fn run(mut self) {
        while let Some(message) = self.waiting.recv().await {
            if let Some(unit) = self.unit(message) {
                self.batch(unit).await;
            }
        }
        self.disconnect().await;
    }

    /// The unit in a message. After a wish to end only those come that wait already.
    fn unit(&mut self, message: Message) -> Option<Box<dyn Unit>> {
        match message {
            Message::Run(unit) => Some(unit),
            Message::End(closer) => {
                self.closers.push(closer);
                self.waiting.close();
                None
            }
        }
    }

    /// The next unit, if one waits.
    fn next(&mut self) -> Option<Box<dyn Unit>> {
        while let Ok(message) = self.waiting.try_recv() {
            if let Some(unit) = self.unit(message) {
                return Some(unit);
            }
        }
        None
    }

    async fn batch(&mut self, first: Box<dyn Unit>) {
        let connection = match self.begin().await {
            Ok(connection) => connection,
            Err(error) => {
                // Those that wait have waited for the same thing.
                let others = iter::from_fn(|| self.next());
                return refuse(iter::once(first).chain(others), error);
            }
        };
        let mut batch = Units::new();
        let mut next = Some(first);
        while let Some(mut unit) = next {
            let ran = connection.run(&mut *unit).await;
            batch.push(unit);
            if ran == Ran::Failed {
                tracing::warn!("a unit of work failed; each of its batch runs again alone");
                connection.close().await;
                return self.each_alone(batch).await;
            }
            next = if batch.len() < LARGEST_BATCH {
                self.next()
            } else {
                None
            };
        }
        match connection.commit().await {
            Committed::Yes => {
                self.connection = Some(connection);
                batch.into_iter().for_each(Unit::answer);
            }
            Committed::No(error) => {
                tracing::warn!(%error, "a batch was not committed; each of its units runs again alone");
                connection.close().await;
                self.each_alone(batch).await;
            }
            Committed::Unknown(error) => refuse(batch, error.into()),
        }
    }

    /// Nothing of the batch counts, and what fails again was not saved.
    async fn each_alone(&mut self, batch: Units) {
        let mut units = batch.into_iter();
        while let Some(mut unit) = units.next() {
            let connection = match self.begin().await {
                Ok(connection) => connection,
                Err(error) => return refuse(iter::once(unit).chain(units), error),
            };
            if connection.run(&mut *unit).await == Ran::Failed {
                connection.close().await;
                unit.answer();
                continue;
            }
            match connection.commit().await {
                Committed::Yes => {
                    self.connection = Some(connection);
                    unit.answer();
                }
                Committed::No(error) | Committed::Unknown(error) => {
                    connection.close().await;
                    unit.refuse(error.into());
                }
            }
        }
    }

    /// A connection with a new transaction, which is given back after its commit. Waits while somebody else writes, but not
    /// for long, and not at all when the store is to end.
    async fn begin(&mut self) -> Result<WritingConnection, Error> {
        let mut patience = pin!(tokio::time::sleep(WAIT_FOR_TURN));
        let mut broken = false;
        loop {
            let locked = match self.begin_now().await {
                Ok(connection) => return Ok(connection),
                Err(Hindered::Locked(error)) => error,
                // A new connection may be all that is needed.
                Err(Hindered::Broken(_)) if !broken => {
                    broken = true;
                    continue;
                }
                Err(Hindered::Broken(error)) => return Err(error),
            };
            tokio::select! {
                biased;
                () = &mut patience => return Err(locked.into()),
                _ = self.ending.wait_for(|ending| *ending) => return Err(locked.into()),
                () = tokio::time::sleep(LOOK_AGAIN) => {}
            }
        }
    }

    async fn begin_now(&mut self) -> Result<WritingConnection, Hindered> {
        self.look()?;
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                let connection = WritingConnection::open(&self.file)
                    .await
                    .map_err(hindered)?;
                self.look()?;
                connection
            }
        };
        match connection.begin().await.map_err(hindered) {
            Ok(()) => Ok(connection),
            Err(Hindered::Locked(error)) => {
                self.connection = Some(connection);
                Err(Hindered::Locked(error))
            }
            Err(broken) => {
                connection.close().await;
                Err(broken)
            }
        }
    }

    fn look(&self) -> Result<(), Hindered> {
        let replaced = |error| Hindered::Broken(Error::Busy(Box::new(error)));
        self.file.is_in_place().map_err(replaced)
    }

    async fn disconnect(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.close().await;
        }
    }
}

fn hindered(error: sqlx::Error) -> Hindered {
    if is_contention(&error) {
        Hindered::Locked(error)
    } else {
        Hindered::Broken(error.into())
    }
}

/// Nothing of these was saved, for one reason.
fn refuse(units: impl IntoIterator<Item = Box<dyn Unit>>, error: Error) {
    let reason = Arc::new(error);
    for unit in units {
        unit.refuse(Error::Busy(Box::new(Arc::clone(&reason))));
    }
}
