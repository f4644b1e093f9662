//! Keeps the ring as the store is, and writes down how keys are used: in the background, so that nobody waits for it.

use std::sync::Arc;
use std::time::Duration;

use domain::Timestamp;
use tokio::sync::{Mutex, watch};
use tokio::time::MissedTickBehavior;

use super::key::KeyOwner;
use super::ring::KeyRing;
use crate::clock::Clock;
use crate::commands::tell_misuse;
use crate::error::Result;
use crate::ids::Ids;
use crate::live::{Bell, LOOK};
use crate::store::{KeyUse, Store};

/// Within this time every running panel on the same database knows of a changed key.
pub const NOTICED_WITHIN: Duration = Duration::from_secs(1);

/// Keeps the ring as the store is.
pub struct KeyKeeper {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    ring: KeyRing,
    /// Held while the keys are read, so that an earlier reading never takes the place of a later one.
    reading: Mutex<()>,
    /// Rung when an event was written.
    bell: Bell,
}

impl KeyKeeper {
    /// Over the keys of `store`; `bell` is rung when an event was written.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>, bell: Bell) -> Self {
        Self {
            store,
            clock,
            ids,
            ring: KeyRing::default(),
            reading: Mutex::default(),
            bell,
        }
    }

    /// All keys, for recognising those that are presented. Empty until the first [`refresh`](Self::refresh).
    #[must_use]
    pub const fn ring(&self) -> &KeyRing {
        &self.ring
    }

    /// Reads the keys again if any has changed. Whoever changes one here calls this before they answer.
    ///
    /// # Errors
    /// When the store cannot be read; the ring stays as it is.
    pub async fn refresh(&self) -> Result<()> {
        let _reading = self.reading.lock().await;
        let mut tx = self.store.read().await?;
        let revision = tx.api_keys_revision().await?;
        if self.ring.revision() != Some(revision) {
            let keys = tx.held_api_keys(self.clock.now()).await?;
            self.ring.fill(revision, keys);
        }
        Ok(())
    }

    /// Follows the store until `stop` becomes true.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut ticks = tokio::time::interval(LOOK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => break,
                _ = ticks.tick() => {}
            }
            // What is not noticed or written now is with the next look; nothing is lost.
            if let Err(error) = self.refresh().await {
                tracing::warn!(%error, "API keys could not be looked at");
            } else if let Err(error) = self.write_uses().await {
                tracing::warn!(%error, "uses of API keys could not be written down");
            }
        }
    }

    /// Writes down what is due of how keys were used.
    ///
    /// # Errors
    /// When the store cannot be written; it is tried again with the next call.
    pub async fn write_uses(&self) -> Result<()> {
        let now = self.clock.now();
        let all = self.ring.uses();
        let due: Vec<_> = all
            .iter()
            .filter_map(|(key, uses)| Some((key, uses, uses.to_write(now)?)))
            .collect();
        if !due.is_empty() {
            let written = due.iter().map(|(key, _, at)| KeyUse {
                owner: key.owner.clone(),
                id: key.id.clone(),
                at: *at,
            });
            self.store.touch_api_keys(written.collect()).await?;
            due.iter().for_each(|(_, uses, at)| uses.wrote(*at));
        }
        for (key, uses) in &all {
            let Some(counts) = uses.to_tell(now) else {
                continue;
            };
            let KeyOwner::Partner(partner) = &key.owner else {
                // The operator has no log of its own, but reads that of its programs.
                tracing::warn!(key = %key.public.prefix(), ?counts, "an API key of the operator was used in vain");
                uses.told(now);
                continue;
            };
            match tell_misuse(&self.store, &*self.ids, partner, &key.id, &counts, now).await {
                Ok(Told::Now) => {
                    uses.told(now);
                    self.bell.ring();
                }
                Ok(Told::Earlier(at)) => {
                    uses.told(at);
                    uses.untold(&counts);
                }
                Err(error) => {
                    uses.untold(&counts);
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}

/// Whether uses in vain were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// They were.
    Now,
    /// Others were told so lately that these have to wait.
    Earlier(Timestamp),
}
