//! Where units of work wait.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};

use super::batch::Batches;
use super::unit::{Job, Unit};
use crate::error::{Error, Result};
use crate::store::file::DatabaseFile;
use crate::store::{Tx, Work};

/// The most units that wait; whoever comes then is told that the store is busy.
const LONGEST_QUEUE: usize = 1_024;

/// What the writer is told.
pub enum Message {
    /// To do this.
    Run(Box<dyn Unit>),
    /// To end after what waits; dropped when it has.
    End(oneshot::Sender<()>),
}

/// The way to the task that writes; cheap to clone. The task ends with the last of these.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Message>,
    ending: Arc<watch::Sender<bool>>,
    file: Arc<DatabaseFile>,
}

impl Writer {
    /// Connects, and starts the task.
    pub async fn start(file: DatabaseFile) -> Result<Self, sqlx::Error> {
        let (queue, waiting) = mpsc::channel(LONGEST_QUEUE);
        let (ending, ended) = watch::channel(false);
        let batches = Batches::connect(file.clone(), waiting, ended).await?;
        tokio::spawn(batches.run());
        Ok(Self {
            queue,
            ending: Arc::new(ending),
            file: Arc::new(file),
        })
    }

    /// Whether what is written still goes to the file that was opened.
    ///
    /// # Errors
    /// [`Error::Busy`] when another stands there, or none.
    pub fn is_in_place(&self) -> Result<()> {
        let in_place = self.file.is_in_place();
        in_place.map_err(|replaced| Error::Busy(Box::new(replaced)))
    }

    /// Runs `work` on `input` when it is its turn, and answers when its commit is on disk.
    pub async fn write<I, T, F>(&self, input: I, work: F) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T> + Send + Sync + 'static,
    {
        let (job, answer) = Job::new(input, work);
        self.queue
            .try_send(Message::Run(Box::new(job)))
            .map_err(|refused| {
                Error::Busy(match refused {
                    mpsc::error::TrySendError::Full(_) => "too many writes are waiting".into(),
                    mpsc::error::TrySendError::Closed(_) => "the store is closed".into(),
                })
            })?;
        answer
            .await
            .unwrap_or_else(|_| Err(Error::Busy("the writer has ended".into())))
    }

    /// From now on nothing waits for another process.
    pub fn stop_waiting(&self) {
        self.ending.send_replace(true);
    }

    /// Ends the task after everything that waits.
    pub async fn close(&self) {
        self.stop_waiting();
        let (done, ended) = oneshot::channel();
        if self.queue.send(Message::End(done)).await.is_ok() {
            // An error is the sign: the other half is gone.
            let _ = ended.await;
        }
    }
}
