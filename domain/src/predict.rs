//! How an account would stand after a command, before anybody knows whether it is done.

use crate::{Account, Actor, Catalog, Command, Moment, Rejection, Timestamp, decide};

/// How `account` would stand after `command`: a trial run of the rules, of which nothing is kept.
///
/// # Errors
/// What [`decide`](crate::decide()) says against it.
pub fn predict(
    account: &Account,
    catalog: &Catalog,
    command: &Command,
    actor: &Actor,
    now: Timestamp,
) -> Result<Account, Rejection> {
    let events = decide(account, catalog, command, actor, &Moment::of_trial(now))?;
    Ok(events.iter().fold(account.clone(), Account::apply))
}
