//! What one watcher is told.

use std::collections::VecDeque;

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::Message;

/// The messages for one watcher, in order and each once.
pub struct Feed {
    receiver: Receiver<Message>,
    first: VecDeque<Message>,
    told: u64,
    closing: watch::Receiver<bool>,
}

impl Feed {
    pub(super) fn new(
        receiver: Receiver<Message>,
        first: Vec<Message>,
        told: u64,
        closing: watch::Receiver<bool>,
    ) -> Self {
        Self {
            receiver,
            first: first.into(),
            told,
            closing,
        }
    }

    /// The number up to which everything was told.
    #[must_use]
    pub const fn told(&self) -> u64 {
        self.told
    }

    /// The next message; `None` when the watcher has to come again: it was too slow, or the panel stops.
    pub async fn next(&mut self) -> Option<Message> {
        if let Some(message) = self.first.pop_front() {
            return Some(message);
        }
        loop {
            let received = tokio::select! {
                _ = self.closing.wait_for(|closing| *closing) => return None,
                received = self.receiver.recv() => received,
            };
            match received {
                Ok(message) => match message.seq {
                    Some(seq) if seq <= self.told => {}
                    Some(seq) => {
                        self.told = seq;
                        return Some(message);
                    }
                    None => return Some(message),
                },
                Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
            }
        }
    }
}
