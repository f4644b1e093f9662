//! Reports about usage: no events themselves, but crossing a threshold is one.

use domain::{
    ActorRef, Body, Catalog, CustomerId, Event, PartnerId, Private, Terms, Threshold, Timestamp,
    Usage, gauges,
};

use super::fresh::Fresh;
use super::record::{not_before, record};
use crate::clock::Clock;
use crate::error::Result;
use crate::ids::Ids;
use crate::store::{Store, Tx};

struct Job {
    partner: PartnerId,
    customer: CustomerId,
    usage: Vec<Usage>,
    now: Timestamp,
    fresh: Fresh,
}

/// Takes a report about a customer's usage; limits that it does not name keep theirs.
///
/// # Errors
/// [`Error::NotFound`](crate::error::Error::NotFound) when the partner has no such customer.
pub async fn report_usage(
    store: &Store,
    clock: &dyn Clock,
    ids: &dyn Ids,
    partner: &PartnerId,
    customer: &CustomerId,
    usage: Vec<Usage>,
) -> Result<()> {
    let (partner, customer) = (partner.clone(), customer.clone());
    let job = Job {
        partner,
        customer,
        usage,
        now: clock.now(),
        fresh: Fresh::draw(ids),
    };
    store.write(job, |tx, job| Box::pin(report(tx, job))).await
}

async fn report(tx: &mut Tx, job: &Job) -> Result<()> {
    let Job {
        partner,
        customer,
        usage,
        now,
        fresh,
    } = job;
    let fresh = fresh.again();
    let mut log = tx.claim(partner).await?;
    let mut stored = tx.stored_account(partner, customer).await?;
    let catalog = tx.catalog(partner).await?;
    let now = not_before(*now, &stored);
    let after = merged(&stored.account.usage, usage);
    let crossed = crossings(
        &catalog,
        &stored.account.assignment().terms,
        &stored.account.usage,
        &after,
    );
    let command = fresh.command(now);
    let events = crossed
        .into_iter()
        .map(|body| {
            Event::join(
                now,
                ActorRef::System,
                command.clone(),
                body,
                Private::default(),
            )
        })
        .collect();
    let before = stored.account.clone();
    stored.account.usage = after;
    tx.update_account(partner, &catalog, &before, &stored)
        .await?;
    record(tx, &mut log, &fresh, partner, &catalog, &mut stored, events).await?;
    tx.write_log(log).await
}

/// The reports after `newer` ones came in, in the order of their limits' names.
pub(super) fn merged(known: &[Usage], newer: &[Usage]) -> Vec<Usage> {
    let mut all: Vec<Usage> = known
        .iter()
        .filter(|old| newer.iter().all(|new| new.limit != old.limit))
        .cloned()
        .collect();
    for (place, report) in newer.iter().enumerate() {
        // Of two reports about one limit the later one counts.
        if newer[place + 1..]
            .iter()
            .all(|later| later.limit != report.limit)
        {
            all.push(report.clone());
        }
    }
    all.sort_by(|a, b| a.limit.cmp(&b.limit));
    all
}

/// The thresholds that usage went over between two states of the reports.
pub(super) fn crossings(
    catalog: &Catalog,
    terms: &Terms,
    before: &[Usage],
    after: &[Usage],
) -> Vec<Body> {
    let limits = catalog.limits(terms);
    let (before, after) = (gauges(limits, before), gauges(limits, after));
    let mut crossed = Vec::new();
    for (old, new) in before.iter().zip(&after) {
        let (old, now) = (old.permille().unwrap_or(0), new.permille().unwrap_or(0));
        for (threshold, permille) in [(Threshold::Near, 800), (Threshold::Full, 1000)] {
            if old < permille && permille <= now {
                crossed.push(Body::UsageCrossed {
                    limit: new.limit.clone(),
                    threshold,
                });
            }
        }
    }
    crossed
}
