//! Follows the logs of all partners that somebody watches, and tells the watchers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{CustomerId, PartnerId, Timestamp};
use tokio::sync::{broadcast, watch};

use super::sights::{MOST_AWAITED, Sights};
use super::{Bell, Feed, Message, Position, Sight};
use crate::error::Result;
use crate::store::{Moves, Store, StreamEpoch};

/// So many messages may wait for a watcher; one that is further behind is dropped, and comes again from where it was.
const WAITING: usize = 256;
/// So many events are told one by one; after a longer gap a watcher looks again for itself.
pub(super) const MOST_TOLD: u32 = 500;

/// What all streams share.
pub struct Hub {
    pub(super) store: Store,
    pub(super) epoch: StreamEpoch,
    /// Rung after each change that this process makes.
    bell: Bell,
    watched: Mutex<HashMap<PartnerId, Watched>>,
    closing: watch::Sender<bool>,
}

/// A partner that somebody watches.
struct Watched {
    seq: u64,
    sights: Sights,
    sender: broadcast::Sender<Message>,
}

impl Hub {
    /// Over the log of `store`, in the history `epoch`; `bell` is rung when something was written.
    #[must_use]
    pub fn new(store: Store, epoch: StreamEpoch, bell: Bell) -> Self {
        Self {
            store,
            epoch,
            bell,
            watched: Mutex::default(),
            closing: watch::Sender::new(false),
        }
    }

    /// The place in the log that a read state of a partner stands at.
    #[must_use]
    pub fn position(&self, seq: u64) -> Position {
        Position {
            epoch: self.epoch.clone(),
            seq,
        }
    }

    /// Everything that happens to a partner after a position; without one, or with one of another history, first that
    /// the watcher has to look again.
    ///
    /// # Errors
    /// When the store cannot be asked.
    pub async fn watch(&self, partner: &PartnerId, after: Option<Position>) -> Result<Feed> {
        // Subscribed before the log is read: what comes in between is told twice, and never not at all.
        let receiver = self.subscribe(partner).await?;
        let mut tx = self.store.read().await?;
        let (first, told) = match after.filter(|after| after.epoch == self.epoch) {
            Some(after) => {
                let moves = tx.moves_after(partner, after.seq, MOST_TOLD).await?;
                (Message::all(&self.epoch, &moves), moves.last_seq)
            }
            None => {
                let head = tx.partner(partner).await?.last_seq;
                (vec![Message::resync(&self.epoch, head)], head)
            }
        };
        Ok(Feed::new(receiver, first, told, self.closing.subscribe()))
    }

    async fn subscribe(&self, partner: &PartnerId) -> Result<broadcast::Receiver<Message>> {
        if let Some(watched) = self.watched().get(partner) {
            return Ok(watched.sender.subscribe());
        }
        let mut tx = self.store.read().await?;
        let seq = tx.partner(partner).await?.last_seq;
        let only = std::slice::from_ref(partner);
        let sights = Sights::new(
            tx.key_firsts(only)
                .await?
                .remove(partner)
                .unwrap_or_default(),
            tx.products_asked(only).await?.remove(partner),
            tx.latest_awaited(partner, MOST_AWAITED).await?,
        );
        let fresh = || Watched {
            seq,
            sights,
            sender: broadcast::Sender::new(WAITING),
        };
        let mut all = self.watched();
        Ok(all
            .entry(partner.clone())
            .or_insert_with(fresh)
            .sender
            .subscribe())
    }

    fn watched(&self) -> MutexGuard<'_, HashMap<PartnerId, Watched>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends all streams.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Follows the logs until `stop` becomes true.
    pub async fn run(self: Arc<Self>, stop: watch::Receiver<bool>) {
        let mut turns = self.bell.turns(stop);
        while let Some(()) = turns.next().await {
            if let Err(error) = self.look().await {
                // The watchers keep what they have; the next look goes on from there.
                tracing::warn!(%error, "the log could not be read on");
            }
        }
    }

    /// Reads on where a log has grown or the gate has seen something, and tells it.
    async fn look(&self) -> Result<()> {
        let known: HashMap<PartnerId, u64> = {
            let mut all = self.watched();
            all.retain(|_, watched| watched.sender.receiver_count() > 0);
            all.iter()
                .map(|(partner, watched)| (partner.clone(), watched.seq))
                .collect()
        };
        if known.is_empty() {
            return Ok(());
        }
        let partners: Vec<PartnerId> = known.keys().cloned().collect();
        let mut tx = self.store.read().await?;
        let heads = tx.log_heads(&partners).await?;
        let mut firsts = tx.key_firsts(&partners).await?;
        let asked = tx.products_asked(&partners).await?;
        for (partner, seq) in known {
            if heads.get(&partner).is_some_and(|head| *head > seq) {
                let moves = tx.moves_after(&partner, seq, MOST_TOLD).await?;
                self.tell(&partner, |watched| watched.read_on(&self.epoch, &moves));
            }
            let keys = firsts.remove(&partner).unwrap_or_default();
            self.tell(&partner, |watched| seen(&watched.sights.keys(keys)));
            let awaited = self.awaited_since(&partner, asked.get(&partner).copied());
            if !awaited.is_empty() {
                let reached = tx.reached(&partner, &awaited).await?;
                self.tell(&partner, |watched| seen(&watched.sights.reached(reached)));
            }
        }
        Ok(())
    }

    /// Of whom the product of a partner may have heard, now that it asked last at `asked`.
    fn awaited_since(&self, partner: &PartnerId, asked: Option<Timestamp>) -> Vec<CustomerId> {
        let mut all = self.watched();
        let watched = all.get_mut(partner);
        watched.map_or_else(Vec::new, |watched| watched.sights.asked(asked))
    }

    /// Tells what there is to tell to whoever watches a partner.
    fn tell(&self, partner: &PartnerId, news: impl FnOnce(&mut Watched) -> Vec<Message>) {
        if let Some(watched) = self.watched().get_mut(partner) {
            for message in news(watched) {
                // It fails when the last watcher has just gone.
                let _ = watched.sender.send(message);
            }
        }
    }
}

impl Watched {
    fn read_on(&mut self, epoch: &StreamEpoch, moves: &Moves) -> Vec<Message> {
        self.seq = moves.last_seq;
        let moved = moves.moved.iter().flatten();
        self.sights.moved(moved.map(|moved| &moved.customer));
        Message::all(epoch, moves)
    }
}

fn seen(sights: &[Sight]) -> Vec<Message> {
    sights.iter().map(Message::seen).collect()
}
