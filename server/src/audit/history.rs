//! Beginning another history, after the database was exchanged for an older copy of itself.

use std::collections::BTreeSet;

use domain::{PartnerId, Timestamp};

use super::key::AuditKey;
use crate::error::Result;
use crate::ids::Ids;
use crate::store::{Checkpoint, Claim, Head, Store, StreamEpoch};

/// Begins another history in a database that is an older copy, and signs where each log goes on: what the journal says
/// about later events is thereby given up, and nobody can say so who does not have the key. `known` is the journal,
/// `replaced` the history that was given up. Answers the checkpoints, for the journal.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_history(
    store: &Store,
    key: &AuditKey,
    known: &[Checkpoint],
    replaced: Option<StreamEpoch>,
    now: Timestamp,
    ids: &dyn Ids,
) -> Result<Vec<Checkpoint>> {
    let stream = StreamEpoch::draw(ids);
    let mut tx = store.read().await?;
    let continues = tx.stream_epoch().await?;
    let replaces = replaced.filter(|replaced| Some(replaced) != continues.as_ref());
    let mut heads = Vec::new();
    for (partner, seq) in tx.heads().await? {
        let hash = tx.event_hash(&partner, seq).await?.unwrap_or_default();
        heads.push((partner, Head { seq, hash }));
    }
    drop(tx);
    // Of partners that the copy does not have, nothing is left.
    let gone: BTreeSet<&PartnerId> = known
        .iter()
        .map(|checkpoint| &checkpoint.claim.partner)
        .filter(|partner| heads.iter().all(|(known, _)| known != *partner))
        .collect();
    let gone: Vec<_> = gone
        .into_iter()
        .map(|partner| (partner.clone(), Head::default()))
        .collect();
    let claims = heads.into_iter().chain(gone).map(|(partner, head)| Claim {
        partner,
        stream: stream.clone(),
        head,
        at: now,
        continues: continues.clone(),
        replaces: replaces.clone(),
    });
    let checkpoints: Vec<_> = claims.map(|claim| key.checkpoint(claim)).collect();
    store
        .begin_stream(stream.clone(), checkpoints.clone())
        .await?;
    Ok(checkpoints)
}
