//! A unit of work that waits for its turn, and its answer that waits for the commit.

use std::panic::AssertUnwindSafe;

use async_trait::async_trait;
use futures::FutureExt as _;
use tokio::sync::oneshot;

use crate::error::{Error, Result};
use crate::store::{Tx, Work, attempt};

/// How a run of a unit went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// What it did is to be kept.
    Done,
    /// The rules or a constraint said no: it left no trace, and the transaction is as it was before.
    Refused,
    /// Something else went wrong: nobody can tell what state the transaction is in.
    Failed,
}

/// A unit of work, whatever it answers.
#[async_trait]
pub trait Unit: Send {
    /// Runs it; what comes of it replaces what came of an earlier run.
    async fn run(&mut self, tx: Tx) -> Ran;
    /// Answers what came of the last run.
    fn answer(self: Box<Self>);
    /// Answers that nothing was saved.
    fn refuse(self: Box<Self>, error: Error);
}

/// A unit of work and whom to answer.
pub struct Job<I, T, F> {
    input: I,
    work: F,
    outcome: Option<Result<T>>,
    asker: oneshot::Sender<Result<T>>,
}

impl<I, T, F> Job<I, T, F> {
    /// A unit, and where its answer arrives.
    pub fn new(input: I, work: F) -> (Self, oneshot::Receiver<Result<T>>) {
        let (asker, answer) = oneshot::channel();
        let job = Self {
            input,
            work,
            outcome: None,
            asker,
        };
        (job, answer)
    }
}

#[async_trait]
impl<I, T, F> Unit for Job<I, T, F>
where
    I: Send + Sync + 'static,
    T: Send + 'static,
    F: for<'t> Fn(&'t mut Tx, &'t I) -> Work<'t, T> + Send + Sync + 'static,
{
    async fn run(&mut self, tx: Tx) -> Ran {
        // A work that panics must not take the writer along.
        let run = AssertUnwindSafe(attempt(tx, &self.input, &self.work)).catch_unwind();
        let outcome = run
            .await
            .unwrap_or_else(|_| Err(Error::Busy("the unit of work panicked".into())));
        let ran = match &outcome {
            Ok(_) => Ran::Done,
            Err(error) if error.is_refusal() => Ran::Refused,
            Err(_) => Ran::Failed,
        };
        self.outcome = Some(outcome);
        ran
    }

    fn answer(self: Box<Self>) {
        if let Some(outcome) = self.outcome {
            // Whoever asked may have left.
            let _ = self.asker.send(outcome);
        }
    }

    fn refuse(self: Box<Self>, error: Error) {
        let _ = self.asker.send(Err(error));
    }
}
