//! Signing checkpoints as the logs grow.

use std::collections::HashMap;

use domain::{PartnerId, Timestamp, time::MINUTE};
use thiserror::Error;

use super::journal::{Journal, JournalError};
use super::key::AuditKey;
use crate::ids::Ids;
use crate::store::{Checkpoint, Claim, Flaw, Head, Store, StreamEpoch};

/// At most so many events lie between two checkpoints.
const EVENTS: u64 = 1_000;
/// At most so long an event waits for its checkpoint.
const WAIT: i64 = MINUTE;

/// Why a log was not signed.
#[derive(Debug, Error)]
pub enum KeeperError {
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] crate::error::Error),
    /// The file of checkpoints cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// What is to be signed is not whole.
    #[error("{0}: {1}; nothing after it is signed any more, partner-panel audit verify says more")]
    Flaw(PartnerId, Flaw),
    /// The log is not the one that was signed before.
    #[error(
        "{partner}: event {seq} is not the one that was signed; nothing is signed any more, partner-panel audit verify says \
         more"
    )]
    NotSigned {
        /// Whose log.
        partner: PartnerId,
        /// The event.
        seq: u64,
    },
}

/// What is known about a partner's log.
#[derive(Clone, Debug, Default)]
struct Known {
    /// How far it is signed.
    signed: Head,
    /// When that was signed; `None` when it was not by this keeper.
    signed_at: Option<Timestamp>,
    /// When signing was begun and did not succeed.
    failed_at: Option<Timestamp>,
}

impl Known {
    fn is_due(&self, last: u64, now: Timestamp) -> bool {
        let long_ago = |at: Option<Timestamp>| at.is_none_or(|at| now.millis_since(at) >= WAIT);
        let many = last.saturating_sub(self.signed.seq) >= EVENTS;
        last != self.signed.seq && long_ago(self.failed_at) && (many || long_ago(self.signed_at))
    }
}

/// Signs checkpoints and keeps them, in the database and beside it.
pub struct Keeper {
    store: Store,
    key: AuditKey,
    journal: Journal,
    stream: StreamEpoch,
    logs: HashMap<PartnerId, Known>,
}

/// The checkpoints of a log that are to be written.
struct Prepared {
    /// Those of the database that the journal does not have: another server's, or from before a crash.
    missed: Vec<Checkpoint>,
    /// New ones.
    fresh: Vec<Checkpoint>,
    /// How far the log is then signed.
    signed: Head,
}

impl Keeper {
    /// A keeper that goes on where the journal ends.
    ///
    /// # Errors
    /// [`KeeperError`] when the database or the journal cannot be read.
    pub async fn open(
        store: Store,
        key: AuditKey,
        journal: Journal,
        ids: &dyn Ids,
    ) -> Result<Self, KeeperError> {
        let stream = store.stream_epoch(ids).await?;
        let public = key.public();
        let mut logs: HashMap<PartnerId, Known> = HashMap::new();
        for checkpoint in journal.read()? {
            let known = logs.entry(checkpoint.claim.partner.clone()).or_default();
            if checkpoint.claim.stream == stream
                && checkpoint.claim.head.seq > known.signed.seq
                && public.signed_checkpoint(&checkpoint)
            {
                known.signed = checkpoint.claim.head;
            }
        }
        Ok(Self {
            store,
            key,
            journal,
            stream,
            logs,
        })
    }

    /// Signs what has waited long enough, and answers the new checkpoints. To be called about once a second; what fails
    /// is tried again a minute later.
    ///
    /// # Errors
    /// The first [`KeeperError`]; a log that is not whole keeps no other from being signed.
    pub async fn sign_due(&mut self, now: Timestamp) -> Result<Vec<Checkpoint>, KeeperError> {
        let heads = self.store.read().await?.heads().await?;
        let due = heads.into_iter().filter(|(partner, last)| {
            let known = self.logs.get(partner).cloned().unwrap_or_default();
            known.is_due(*last, now)
        });
        let due = due.map(|(partner, _)| partner).collect();
        self.sign(due, now).await
    }

    /// Signs whatever is not signed yet, of one partner's log or of all, and answers the new checkpoints.
    ///
    /// # Errors
    /// The first [`KeeperError`]; a log that is not whole keeps no other from being signed.
    pub async fn sign_all(
        &mut self,
        partner: Option<&PartnerId>,
        now: Timestamp,
    ) -> Result<Vec<Checkpoint>, KeeperError> {
        let heads = self.store.read().await?.heads().await?;
        let chosen = heads
            .into_iter()
            .map(|(id, _)| id)
            .filter(|id| partner.is_none_or(|partner| partner == id));
        let chosen = chosen.collect();
        self.sign(chosen, now).await
    }

    async fn sign(
        &mut self,
        partners: Vec<PartnerId>,
        now: Timestamp,
    ) -> Result<Vec<Checkpoint>, KeeperError> {
        let (mut ready, mut first_error) = (Vec::new(), None);
        for partner in partners {
            // Until it has succeeded.
            self.logs.entry(partner.clone()).or_default().failed_at = Some(now);
            match self.prepare(&partner, now).await {
                Ok(prepared) => ready.push((partner, prepared)),
                Err(error) => drop(first_error.get_or_insert(error)),
            }
        }
        let (mut fresh, mut to_journal) = (Vec::new(), Vec::new());
        for (_, prepared) in &mut ready {
            to_journal.append(&mut prepared.missed);
            fresh.append(&mut prepared.fresh);
        }
        to_journal.extend(fresh.iter().cloned());
        // The database first: what the journal says can then not be lost in a crash, and be missed in the database.
        if !fresh.is_empty() {
            self.store.add_checkpoints(fresh.clone()).await?;
        }
        self.journal.append(&to_journal)?;
        for (partner, Prepared { signed, .. }) in ready {
            let known = Known {
                signed,
                signed_at: Some(now),
                failed_at: None,
            };
            self.logs.insert(partner, known);
        }
        first_error.map_or(Ok(fresh), Err)
    }

    /// Follows the log from the last checkpoint on, so that only what is whole is signed.
    async fn prepare(&self, partner: &PartnerId, now: Timestamp) -> Result<Prepared, KeeperError> {
        let signed = self.logs.get(partner).map(|known| known.signed.clone());
        let mut signed = signed.unwrap_or_default();
        let mut tx = self.store.read().await?;
        let mut missed = tx
            .checkpoints_after(partner, &self.stream, signed.seq)
            .await?;
        missed.retain(|checkpoint| self.key.public().signed_checkpoint(checkpoint));
        if let Some(last) = missed.last() {
            signed.clone_from(&last.claim.head);
        }
        if signed.seq > 0 && tx.event_hash(partner, signed.seq).await? != Some(signed.hash.clone())
        {
            return Err(KeeperError::NotSigned {
                partner: partner.clone(),
                seq: signed.seq,
            });
        }
        let begin = signed.seq;
        let mut heads = Vec::new();
        let walk = tx
            .walk(partner, signed, |event| {
                if event.seq % EVENTS == 0 {
                    heads.push(Head {
                        seq: event.seq,
                        hash: event.hash.clone(),
                    });
                }
            })
            .await?;
        if let Some(flaw) = walk.flaw {
            return Err(KeeperError::Flaw(partner.clone(), flaw));
        }
        if walk.head.seq > begin && heads.last() != Some(&walk.head) {
            heads.push(walk.head.clone());
        }
        let claims = heads.into_iter().map(|head| Claim {
            partner: partner.clone(),
            stream: self.stream.clone(),
            head,
            at: now,
            continues: None,
            replaces: None,
        });
        Ok(Prepared {
            missed,
            fresh: claims.map(|claim| self.key.checkpoint(claim)).collect(),
            signed: walk.head,
        })
    }
}
