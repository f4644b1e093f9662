//! Writing down what happened to a stored account: events, account, counts.

use domain::{Catalog, Event, PartnerId, Timestamp};

use crate::error::Result;
use crate::ids::Ids;
use crate::store::{ClaimedLog, Logged, StoredAccount, Tx};

/// Appends the events of one command to the log, and moves the account on by them.
pub async fn record(
    tx: &mut Tx,
    log: &mut ClaimedLog,
    ids: &dyn Ids,
    partner: &PartnerId,
    catalog: &Catalog,
    stored: &mut StoredAccount,
    events: Vec<Event>,
) -> Result<Vec<Logged>> {
    let before = stored.account.clone();
    let account = events.iter().fold(before.clone(), domain::Account::apply);
    log.count(before.status(), -1);
    log.count(account.status(), 1);
    stored.account = account;
    tx.update_account(partner, catalog, &before, stored).await?;
    events
        .into_iter()
        .map(|event| log.append(ids, &stored.customer, event))
        .collect()
}

/// `now`, but never before what the account already knows of: a request may have waited behind a later one.
pub fn not_before(now: Timestamp, stored: &StoredAccount) -> Timestamp {
    let account = &stored.account;
    let moved = account.access_moved.as_ref().map_or(now, |moved| moved.at);
    now.max(account.assignment().started_at).max(moved)
}
