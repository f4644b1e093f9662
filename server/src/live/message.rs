//! What travels on a stream of server-sent events.

use std::fmt::Write as _;

use axum::body::Bytes;
use domain::ActorRef;

use super::Sight;
use crate::store::{Counts, MovedCustomer, Moves, StreamEpoch};

/// A place in a partner's log: the history of the database, and a number in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Which history.
    pub epoch: StreamEpoch,
    /// The number of the last event that is known there.
    pub seq: u64,
}

impl Position {
    /// Reads a position as [`Display`](std::fmt::Display) writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (epoch, seq) = text.split_once('-')?;
        Some(Self {
            epoch: StreamEpoch::parse(epoch).ok()?,
            seq: seq.parse().ok()?,
        })
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.epoch, self.seq)
    }
}

/// One event of a stream, written once for everybody who watches the partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The number in the log after which it is true; none for what stands in no log.
    pub seq: Option<u64>,
    /// As it travels.
    pub text: Bytes,
}

impl Message {
    /// "This customer stands so now, and these are the counts."
    #[must_use]
    pub fn change(epoch: &StreamEpoch, moved: &MovedCustomer, counts: Counts) -> Self {
        let by = match &moved.by {
            ActorRef::User(user) => user.as_str(),
            ActorRef::Operator => "operator",
            ActorRef::System => "system",
        };
        let data = format!(
            "{} {} {by} {} {} {}",
            moved.customer,
            moved.status.code(),
            counts.active,
            counts.suspended,
            counts.all(),
        );
        Self::of(epoch, moved.seq, "change", &data)
    }

    /// "The gate saw this for the first time." It has no place in the log, and leaves a reader's place as it was.
    #[must_use]
    pub fn seen(sight: &Sight) -> Self {
        Self {
            seq: None,
            text: format!("event: seen\ndata: {}\n\n", sight.word()).into(),
        }
    }

    /// "More happened than is worth telling: look again."
    #[must_use]
    pub fn resync(epoch: &StreamEpoch, seq: u64) -> Self {
        Self::of(epoch, seq, "resync", "")
    }

    /// "Nothing happened, and the line is good."
    #[must_use]
    pub fn beat(epoch: &StreamEpoch, seq: u64) -> Self {
        Self::of(epoch, seq, "beat", "")
    }

    /// "Whoever this was is signed in no longer."
    #[must_use]
    pub fn bye() -> Bytes {
        Bytes::from_static(b"event: bye\ndata:\n\n")
    }

    /// The messages for what followed a number.
    #[must_use]
    pub fn all(epoch: &StreamEpoch, moves: &Moves) -> Vec<Self> {
        match &moves.moved {
            Some(moved) => moved
                .iter()
                .map(|moved| Self::change(epoch, moved, moves.counts))
                .collect(),
            None => vec![Self::resync(epoch, moves.last_seq)],
        }
    }

    fn of(epoch: &StreamEpoch, seq: u64, event: &str, data: &str) -> Self {
        let mut text = String::with_capacity(128);
        // Writing to a String cannot fail.
        let _ = write!(text, "id: {epoch}-{seq}\nevent: {event}\ndata: {data}\n\n");
        Self {
            seq: Some(seq),
            text: text.into(),
        }
    }
}
