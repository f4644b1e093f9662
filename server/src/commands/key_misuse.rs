//! Telling how API keys were used in vain.

use domain::{ActorRef, ApiKeyId, Body, MisuseCount, PartnerId, Timestamp};

use super::api_keys::append;
use super::fresh::Fresh;
use crate::api_keys::{TOLD_EVERY, Told};
use crate::error::Result;
use crate::ids::Ids;
use crate::store::Store;

struct Misused {
    partner: PartnerId,
    key: ApiKeyId,
    uses: Vec<MisuseCount>,
    now: Timestamp,
    fresh: Fresh,
}

/// Tells uses in vain of a partner's key, unless others were told within the hour.
///
/// # Errors
/// [`Error::Busy`]
pub async fn tell_misuse(
    store: &Store,
    ids: &dyn Ids,
    partner: &PartnerId,
    key: &ApiKeyId,
    uses: &[MisuseCount],
    now: Timestamp,
) -> Result<Told> {
    let job = Misused {
        partner: partner.clone(),
        key: key.clone(),
        uses: uses.to_vec(),
        now,
        fresh: Fresh::draw(ids),
    };
    store
        .write(job, |tx, job| {
            Box::pin(async move {
                tx.claim_api_keys().await?;
                let told = tx.misuse_told_at(&job.partner, &job.key).await?;
                if let Some(told) = told.filter(|told| job.now.millis_since(*told) < TOLD_EVERY) {
                    return Ok(Told::Earlier(told));
                }
                tx.set_misuse_told(&job.partner, &job.key, job.now).await?;
                let fresh = job.fresh.again();
                let (command, by) = (fresh.command(job.now), ActorRef::System);
                let body = Body::KeyMisused {
                    key: job.key.clone(),
                    uses: job.uses.clone(),
                };
                append(tx, &fresh, &job.partner, command, by, body, job.now).await?;
                Ok(Told::Now)
            })
        })
        .await
}
