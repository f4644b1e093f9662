//! Holding the logs against their chains and their checkpoints.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use domain::PartnerId;
use thiserror::Error;

use super::demands::{Demands, Source, Wrong};
use super::journal::{Journal, JournalError, read};
use super::key::PublicKey;
use crate::store::{Checkpoint, Flaw, Head, Store, Tx};

/// What the logs are held against, beside the checkpoints in the database.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The checkpoints in the data folder.
    pub journal: Journal,
    /// Checkpoints that were kept elsewhere.
    pub witnesses: Vec<PathBuf>,
    /// The keys whose signatures count.
    pub keys: Vec<PublicKey>,
}

/// What was found out about a partner's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whose log.
    pub partner: PartnerId,
    /// The last event up to which it is whole.
    pub whole: u64,
    /// The last event that was signed.
    pub signed: u64,
    /// How many checkpoints it agrees with.
    pub checkpoints: u64,
    /// How many checkpoints are about events that a restore gave up.
    pub given_up: u64,
    /// What is wrong, the first bad event first; empty when nothing is.
    pub wrong: Vec<Wrong>,
}

/// Why nothing was found out.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] crate::error::Error),
    /// Checkpoints cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Checkpoints by partner.
type ByPartner = HashMap<PartnerId, Vec<(Source, Checkpoint)>>;

/// Verifies one partner's log, or that of every partner that is there or that a checkpoint is about.
///
/// # Errors
/// [`VerifyError`] when the question could not be answered.
pub async fn verify(
    store: &Store,
    evidence: &Evidence,
    partner: Option<&PartnerId>,
) -> Result<Vec<Verdict>, VerifyError> {
    let mut outside = outside(evidence)?;
    let mut tx = store.read().await?;
    let stream = tx.stream_epoch().await?;
    let partners = match partner {
        Some(partner) => vec![partner.clone()],
        None => all(&mut tx, &outside).await?,
    };
    let mut verdicts = Vec::new();
    for partner in partners {
        let mut checkpoints = outside.remove(&partner).unwrap_or_default();
        let inside = tx.checkpoints(&partner).await?;
        checkpoints.extend(inside.into_iter().map(|one| (Source::Database, one)));
        let demands = Demands::of(stream.as_ref(), checkpoints, &evidence.keys);
        verdicts.push(judge(&mut tx, partner, demands).await?);
    }
    Ok(verdicts)
}

/// The checkpoints outside the database.
fn outside(evidence: &Evidence) -> Result<ByPartner, JournalError> {
    let journal = evidence.journal.path().to_owned();
    let mut found = vec![(journal, evidence.journal.read()?)];
    for path in &evidence.witnesses {
        found.push((path.clone(), read(path)?));
    }
    let mut by_partner = ByPartner::new();
    for (path, checkpoints) in found {
        for checkpoint in checkpoints {
            by_partner
                .entry(checkpoint.claim.partner.clone())
                .or_default()
                .push((Source::File(path.clone()), checkpoint));
        }
    }
    Ok(by_partner)
}

async fn all(tx: &mut Tx, outside: &ByPartner) -> crate::error::Result<Vec<PartnerId>> {
    let mut partners: Vec<PartnerId> = tx
        .partners()
        .await?
        .into_iter()
        .map(|partner| partner.id)
        .collect();
    let mut others: BTreeSet<PartnerId> = outside.keys().cloned().collect();
    others.extend(tx.checkpoint_partners().await?);
    partners.extend(
        others
            .into_iter()
            .filter(|id| !partners.contains(id))
            .collect::<Vec<_>>(),
    );
    Ok(partners)
}

async fn judge(
    tx: &mut Tx,
    partner: PartnerId,
    mut demands: Demands,
) -> crate::error::Result<Verdict> {
    let walk = tx
        .walk_to_end(&partner, |event| {
            demands.see(&Head {
                seq: event.seq,
                hash: event.hash.clone(),
            });
        })
        .await?;
    // Where the walk stopped before the end, nothing can be said about what follows.
    if matches!(
        walk.flaw,
        None | Some(Flaw::End { .. } | Flaw::PrivateGone(_))
    ) {
        demands.end(walk.head.seq);
    }
    let mut wrong: Vec<Wrong> = walk.flaw.map(Wrong::Log).into_iter().collect();
    wrong.extend(demands.unmet);
    wrong.extend(demands.unreliable);
    Ok(Verdict {
        partner,
        whole: walk.head.seq,
        signed: demands.signed,
        checkpoints: demands.met,
        given_up: demands.given_up,
        wrong,
    })
}
