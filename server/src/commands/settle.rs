//! Starts and ends of suspensions that are due.

use domain::{CustomerId, PartnerId, Timestamp, settle};

use super::fresh::Fresh;
use super::record::{not_before, record};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::ids::Ids;
use crate::store::{Store, Tx};

/// How many customers are looked up at a time.
const AT_A_TIME: u32 = 200;

struct Job {
    partner: PartnerId,
    customer: CustomerId,
    now: Timestamp,
    fresh: Fresh,
}

/// Settles whatever is due now, customer by customer, and answers for how many something happened. To be called before
/// a server listens, and at least once a second from then on.
///
/// # Errors
/// [`Error::Busy`] and what the database says; the next call goes on where this one stopped.
pub async fn settle_due(store: &Store, clock: &dyn Clock, ids: &dyn Ids) -> Result<u64> {
    let mut settled = 0;
    loop {
        let now = clock.now();
        let due = store.read().await?.due(now, AT_A_TIME).await?;
        if due.is_empty() {
            return Ok(settled);
        }
        let mut moved = 0;
        for (partner, customer) in due {
            let job = Job {
                partner,
                customer,
                now,
                fresh: Fresh::draw(ids),
            };
            if store
                .write(job, |tx, job| Box::pin(settle_one(tx, job)))
                .await?
            {
                moved += 1;
            }
        }
        // Another server may have settled them all; then they are no longer due.
        if moved == 0 {
            return Ok(settled);
        }
        settled += moved;
    }
}

/// Reads again under the claim: whoever came first has settled it, and then nothing happens.
async fn settle_one(tx: &mut Tx, job: &Job) -> Result<bool> {
    let Job {
        partner,
        customer,
        now,
        fresh,
    } = job;
    let fresh = fresh.again();
    let mut log = tx.claim(partner).await?;
    let mut stored = match tx.stored_account(partner, customer).await {
        Err(Error::NotFound) => return Ok(false),
        answer => answer?,
    };
    let now = not_before(*now, &stored);
    let events = settle(&stored.account, now, &fresh.command(now));
    if events.is_empty() {
        return Ok(false);
    }
    let catalog = tx.catalog(partner).await?;
    record(tx, &mut log, &fresh, partner, &catalog, &mut stored, events).await?;
    tx.write_log(log).await?;
    Ok(true)
}
