//! Erasing who a customer is. What happened to it stays, under the identifiers that it has here and at the operator's.

use domain::{ActorRef, Body, CustomerId, Event, PartnerId, Private, Timestamp};

use super::fresh::Fresh;
use super::record::not_before;
use crate::clock::Clock;
use crate::error::Result;
use crate::ids::Ids;
use crate::store::{Store, StoredAccount, Tx};

/// What erasing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// Texts were taken away, and an event says so.
    Done,
    /// There were none.
    NothingLeft,
}

struct Job {
    partner: PartnerId,
    customer: CustomerId,
    now: Timestamp,
    fresh: Fresh,
}

/// Takes every personal and human-typed text about a customer out of its row and out of the log, for good. The log
/// records it as a change of the profile to none; the chain still holds, for it never covered more than salted digests.
///
/// # Errors
/// [`Error::NotFound`](crate::error::Error::NotFound) when the partner has no such customer.
pub async fn erase_customer(
    store: &Store,
    clock: &dyn Clock,
    ids: &dyn Ids,
    partner: &PartnerId,
    customer: &CustomerId,
) -> Result<Erasure> {
    let job = Job {
        partner: partner.clone(),
        customer: customer.clone(),
        now: clock.now(),
        fresh: Fresh::draw(ids),
    };
    store.write(job, |tx, job| Box::pin(erase(tx, job))).await
}

async fn erase(tx: &mut Tx, job: &Job) -> Result<Erasure> {
    let Job {
        partner,
        customer,
        now,
        fresh,
    } = job;
    let fresh = fresh.again();
    let mut log = tx.claim(partner).await?;
    let stored = tx.stored_account(partner, customer).await?;
    if !tx.remembers(partner, customer).await? {
        return Ok(Erasure::NothingLeft);
    }
    let catalog = tx.catalog(partner).await?;
    let now = not_before(*now, &stored);
    let event = Event::join(
        now,
        ActorRef::Operator,
        fresh.command(now),
        Body::ProfileChanged,
        Private::default(),
    );
    log.append(&fresh, customer, event)?;
    tx.write_log(log).await?;
    let mut account = tx.forget(partner, customer).await?;
    account.usage.clone_from(&stored.account.usage);
    let after = StoredAccount {
        account,
        ..stored.clone()
    };
    tx.update_account(partner, &catalog, &stored.account, &after)
        .await?;
    Ok(Erasure::Done)
}
