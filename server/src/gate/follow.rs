//! Keeps the gate as the logs are: reads everybody at the start, then on from there whenever something was written.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::{CustomerId, PartnerId, Timestamp};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::everybody::{Everybody, everybody, learn, unknown};
use super::{Gate, GateTimes};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::live::Bell;
use crate::store::{Store, StreamEpoch, Tx};

/// A database that has not answered for so long is away.
const PATIENCE: Duration = Duration::from_secs(2);
/// As long as it may take to read everybody again.
const PATIENCE_FOR_ALL: Duration = Duration::from_mins(2);
/// How often what was seen is told to the store.
const TELL: Duration = Duration::from_secs(1);
/// So many events are read on at a time.
const STRETCH: u32 = 1_000;
/// So many customers are told of in one transaction, so that others get their turn.
const TOLD_AT_ONCE: usize = 500;

/// Follows the logs for a gate.
pub struct Follower {
    store: Store,
    clock: Arc<dyn Clock>,
    gate: Arc<Gate>,
    history: StreamEpoch,
    heads: HashMap<PartnerId, u64>,
}

/// What a look at the logs found.
enum Looked {
    /// They were read on; they stood so then.
    On(Timestamp),
    /// An older copy was put in place: nothing that was read on tells what was lost.
    Replaced,
}

impl Follower {
    /// Reads everybody.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn start(
        store: Store,
        clock: Arc<dyn Clock>,
        history: StreamEpoch,
        times: GateTimes,
    ) -> Result<Self> {
        let mut tx = store.read().await?;
        let now = clock.now();
        let Everybody {
            index,
            heads,
            marks,
        } = everybody(&mut tx, &history, times, now).await?;
        drop(tx);
        let gate = Arc::new(Gate::new(index, times, now));
        gate.visits.resume(&heads, &marks);
        Ok(Self {
            store,
            clock,
            gate,
            history,
            heads,
        })
    }

    /// What answers.
    #[must_use]
    pub fn gate(&self) -> Arc<Gate> {
        Arc::clone(&self.gate)
    }

    /// Follows the logs until `stop` becomes true, and tells what was seen once more then.
    pub async fn run(mut self, bell: Bell, stop: watch::Receiver<bool>) {
        let telling = tell(self.store.clone(), Arc::clone(&self.gate), stop.clone());
        tokio::join!(telling, self.follow(bell, stop));
    }

    async fn follow(&mut self, bell: Bell, stop: watch::Receiver<bool>) {
        let mut turns = bell.turns(stop);
        while let Some(()) = turns.next().await {
            match within(PATIENCE, self.look()).await {
                Some(Looked::On(at)) => self.gate.is_fresh(at),
                Some(Looked::Replaced) => {
                    if let Some(at) = within(PATIENCE_FOR_ALL, self.read_anew()).await {
                        self.gate.is_fresh(at);
                    }
                }
                None => {}
            }
        }
    }

    /// Reads everybody from the copy that was put in place. Until that is done the gate stands where it stood.
    async fn read_anew(&mut self) -> Result<Timestamp> {
        let at = self.clock.now();
        let mut tx = self.store.read().await?;
        let present = tx.stream_epoch().await?;
        let history = present.unwrap_or_else(|| self.history.clone());
        let times = self.gate.times;
        let Everybody {
            index,
            heads,
            marks,
        } = everybody(&mut tx, &history, times, at).await?;
        *self.gate.index_mut() = index;
        self.gate.visits.resume(&heads, &marks);
        self.heads = heads;
        self.history = history;
        Ok(at)
    }

    /// Reads on where a log has grown.
    async fn look(&mut self) -> Result<Looked> {
        let at = self.clock.now();
        self.store.is_in_place()?;
        let mut tx = self.store.read().await?;
        let present = tx.stream_epoch().await?;
        let heads = tx.heads().await?;
        let cut = |(partner, head): &(PartnerId, u64)| {
            self.heads.get(partner).is_some_and(|known| known > head)
        };
        if present.is_some_and(|present| present != self.history) || heads.iter().any(cut) {
            return Ok(Looked::Replaced);
        }
        for (partner, head) in heads {
            let mut known = self.heads.get(&partner).copied().unwrap_or_default();
            while known < head {
                let read_to = self.read_on(&mut tx, &partner, known, at).await?;
                if read_to == known {
                    return Err(Error::damaged("a log that is shorter than it says"));
                }
                known = read_to;
                self.heads.insert(partner.clone(), known);
            }
        }
        Ok(Looked::On(at))
    }

    /// Reads a stretch of a log; answers how far.
    async fn read_on(
        &self,
        tx: &mut Tx,
        partner: &PartnerId,
        after: u64,
        now: Timestamp,
    ) -> Result<u64> {
        let stretch = tx.stretch(partner, after, STRETCH).await?;
        let mut customers: Vec<CustomerId> = stretch
            .moved
            .iter()
            .map(|(customer, _)| customer.clone())
            .collect();
        customers.sort_unstable();
        customers.dedup();
        let rows = tx.standings_of(partner, &customers).await?;
        let moved_at: HashMap<&CustomerId, Timestamp> = stretch
            .moved
            .iter()
            .filter_map(|(customer, at)| Some((customer, (*at)?)))
            .collect();
        let moved = rows
            .iter()
            .filter_map(|row| {
                Some((
                    row.customer.clone(),
                    row.epoch,
                    *moved_at.get(&row.customer)?,
                ))
            })
            .collect();
        if !self.gate.index().knows_plans(partner, &rows) {
            let catalog = tx.catalog(partner).await?;
            learn(&mut self.gate.index_mut(), partner, catalog);
        }
        let visits = &self.gate.visits;
        let awaited = visits.moved(partner, moved, stretch.last_seq, now, &self.gate.times);
        let mut index = self.gate.index_mut();
        for row in &rows {
            let slot = index.put(partner, row).map_err(unknown)?;
            if awaited && moved_at.contains_key(&row.customer) {
                index.await_answer(slot);
            }
        }
        Ok(stretch.last_seq)
    }
}

/// What came of it in time. The gate goes on with what it knows, for a while; the next look goes on from there.
async fn within<T>(patience: Duration, reading: impl Future<Output = Result<T>>) -> Option<T> {
    match tokio::time::timeout(patience, reading).await {
        Ok(Ok(read)) => Some(read),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the gate could not read the logs");
            None
        }
        Err(_) => {
            tracing::warn!("the gate could not read the logs in time");
            None
        }
    }
}

/// Tells the store what was seen, until `stop` becomes true and once more then.
async fn tell(store: Store, gate: Arc<Gate>, mut stop: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(TELL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let stopped = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => true,
            _ = ticks.tick() => false,
        };
        while let Some(notes) = gate.visits.take(TOLD_AT_ONCE) {
            // What is seen meanwhile has its own turn: with many questions there would be no end.
            let all_taken = notes.customers.len() < TOLD_AT_ONCE;
            if let Err(error) = store.tell_gate(notes.clone()).await {
                tracing::warn!(%error, "what the gate saw could not be kept yet");
                gate.visits.put_back(notes);
                break;
            }
            if all_taken {
                break;
            }
        }
        if stopped {
            return;
        }
    }
}
