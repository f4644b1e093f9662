//! Many customers at once, for imports and the demo: in short transactions, so that everybody else keeps working.

use domain::{
    Account, ActorRef, Body, Catalog, CustomerId, Epoch, Event, PartnerId, Private, Timestamp,
    Usage,
};

use super::fresh::Fresh;
use super::record::{not_before, record};
use super::usage::{crossings, merged};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::ids::Ids;
use crate::store::{ImportProgress, Store, StoredAccount, Tx};

/// A customer that is not stored yet, with everything that happened to it.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// Its identifier.
    pub id: CustomerId,
    /// What happened, oldest first; the first one is its arrival.
    pub events: Vec<Event>,
    /// The last reports about its usage.
    pub usage: Vec<Usage>,
    /// When the product last saw it.
    pub last_seen_at: Option<Timestamp>,
}

/// What an import knows anew about a stored customer.
#[derive(Clone, Debug)]
pub struct Update {
    /// Which one.
    pub customer: CustomerId,
    /// The epoch at which it was compared; should it have moved, nothing is changed.
    pub expect: Epoch,
    /// What happened, all by one command.
    pub changes: Vec<(Body, Private)>,
    /// New reports about usage.
    pub usage: Vec<Usage>,
    /// When the product last saw it; `None` keeps what is known.
    pub last_seen_at: Option<Timestamp>,
}

struct Arrivals {
    partner: PartnerId,
    customers: Vec<NewCustomer>,
    progress: Option<ImportProgress>,
    fresh: Fresh,
}

/// Adds customers in one transaction; an import keeps to 500 at a time and pauses between. `progress` is written in the same
/// transaction.
///
/// # Errors
/// [`Error::Taken`] when an external id exists already; [`Error::Damaged`] when events do not begin with an arrival.
/// Nothing is written then.
pub async fn add_customers(
    store: &Store,
    ids: &dyn Ids,
    partner: &PartnerId,
    customers: Vec<NewCustomer>,
    progress: Option<ImportProgress>,
) -> Result<()> {
    let job = Arrivals {
        partner: partner.clone(),
        customers,
        progress,
        fresh: Fresh::draw(ids),
    };
    store.write(job, |tx, job| Box::pin(arrive(tx, job))).await
}

async fn arrive(tx: &mut Tx, job: &Arrivals) -> Result<()> {
    let Arrivals {
        partner,
        customers,
        progress,
        fresh,
    } = job;
    let fresh = fresh.again();
    let mut log = tx.claim(partner).await?;
    let catalog = tx.catalog(partner).await?;
    let mut stored = Vec::with_capacity(customers.len());
    for customer in customers {
        let mut account = Account::fold(&customer.events)
            .ok_or_else(|| Error::damaged("a life without arrival"))?;
        account.usage = merged(&[], &customer.usage);
        log.count(account.status(), 1);
        stored.push(StoredAccount {
            customer: customer.id.clone(),
            account,
            last_seen_at: customer.last_seen_at,
        });
    }
    for (_, id, event) in in_time_order(customers) {
        log.append(&fresh, id, event.clone())?;
    }
    tx.insert_accounts(partner, &catalog, &stored).await?;
    tx.write_log(log).await?;
    write_progress(tx, partner, progress.as_ref()).await
}

/// The events of many lives as the log tells them: by time, and each customer's in its own order.
fn in_time_order(customers: &[NewCustomer]) -> Vec<(Timestamp, &CustomerId, &Event)> {
    let mut events = Vec::new();
    for customer in customers {
        let mut reached = None;
        for event in &customer.events {
            let at = reached.map_or(event.at, |reached| event.at.max(reached));
            reached = Some(at);
            events.push((at, &customer.id, event));
        }
    }
    events.sort_by_key(|(at, ..)| *at);
    events
}

async fn write_progress(
    tx: &mut Tx,
    partner: &PartnerId,
    progress: Option<&ImportProgress>,
) -> Result<()> {
    match progress {
        Some(progress) => tx.import_progress(partner, progress).await,
        None => Ok(()),
    }
}

struct Updates {
    partner: PartnerId,
    actor: ActorRef,
    updates: Vec<Update>,
    progress: Option<ImportProgress>,
    now: Timestamp,
    fresh: Fresh,
}

/// Writes down what is new about stored customers in one transaction; callers keep to 500 at a time and pause between.
/// Usage that crosses a threshold adds an event. Answers who had moved since it was compared and was left alone.
///
/// # Errors
/// [`Error::Busy`] and what the database says; nothing is written then.
pub async fn update_customers(
    store: &Store,
    clock: &dyn Clock,
    ids: &dyn Ids,
    partner: &PartnerId,
    actor: &ActorRef,
    updates: Vec<Update>,
    progress: Option<ImportProgress>,
) -> Result<Vec<CustomerId>> {
    let (partner, actor) = (partner.clone(), actor.clone());
    let job = Updates {
        partner,
        actor,
        updates,
        progress,
        now: clock.now(),
        fresh: Fresh::draw(ids),
    };
    store.write(job, |tx, job| Box::pin(update(tx, job))).await
}

async fn update(tx: &mut Tx, job: &Updates) -> Result<Vec<CustomerId>> {
    let Updates {
        partner,
        updates,
        progress,
        ..
    } = job;
    let fresh = job.fresh.again();
    let mut log = tx.claim(partner).await?;
    let catalog = tx.catalog(partner).await?;
    let mut moved = Vec::new();
    for update in updates {
        let mut stored = match tx.stored_account(partner, &update.customer).await {
            Ok(stored) if stored.account.epoch == update.expect => stored,
            Ok(_) | Err(Error::NotFound) => {
                moved.push(update.customer.clone());
                continue;
            }
            Err(error) => return Err(error),
        };
        let before = stored.account.clone();
        let now = not_before(job.now, &stored);
        let events = events(job, update, &catalog, &mut stored, &fresh, now);
        tx.update_account(partner, &catalog, &before, &stored)
            .await?;
        record(tx, &mut log, &fresh, partner, &catalog, &mut stored, events).await?;
    }
    tx.write_log(log).await?;
    write_progress(tx, partner, progress.as_ref()).await?;
    Ok(moved)
}

/// The events of one update; its reports go into `stored` beforehand.
fn events(
    job: &Updates,
    update: &Update,
    catalog: &Catalog,
    stored: &mut StoredAccount,
    fresh: &Fresh,
    now: Timestamp,
) -> Vec<Event> {
    let command = fresh.command(now);
    let mut events: Vec<Event> = update
        .changes
        .iter()
        .map(|(body, private)| {
            Event::join(
                now,
                job.actor.clone(),
                command.clone(),
                body.clone(),
                private.clone(),
            )
        })
        .collect();
    let terms = events
        .iter()
        .fold(stored.account.clone(), Account::apply)
        .assignment()
        .terms
        .clone();
    let usage = merged(&stored.account.usage, &update.usage);
    let crossed = crossings(catalog, &terms, &stored.account.usage, &usage);
    events.extend(crossed.into_iter().map(|body| {
        Event::join(
            now,
            ActorRef::System,
            command.clone(),
            body,
            Private::default(),
        )
    }));
    stored.account.usage = usage;
    stored.last_seen_at = update.last_seen_at.or(stored.last_seen_at);
    events
}
