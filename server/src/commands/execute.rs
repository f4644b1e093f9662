//! One command of a person: from the request to what became of the account.

use domain::{
    Account, Actor, Command, CommandId, CustomerId, Event, IdempotencyKey, Moment, PartnerId,
    decide, settle,
};
use sha2::{Digest as _, Sha256};

use super::job::Job;
use super::record::{not_before, record};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::ids::Ids;
use crate::store::{Answer, CustomerRow, Logged, Sent, Store, Tx, scope};

/// A command with everything that is said about it.
#[derive(Clone, Debug)]
pub struct Order {
    /// Of which partner.
    pub partner: PartnerId,
    /// Who gives it, with the role that they have now.
    pub actor: Actor,
    /// To whom it is done.
    pub customer: CustomerId,
    /// What is to be done.
    pub command: Command,
    /// Sending the same order under the same key again does nothing more and answers the same.
    pub key: Option<IdempotencyKey>,
}

/// Whether a command was carried out now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// Now.
    Fresh,
    /// Before, under the same key.
    Replayed,
}

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executed {
    /// The command; names it for Undo.
    pub command: CommandId,
    /// Now, or before.
    pub replay: Replay,
    /// Its events.
    pub events: Vec<Logged>,
    /// The account as it is now.
    pub account: Account,
    /// The same as a list shows it.
    pub row: CustomerRow,
}

/// Carries out one command in one transaction.
///
/// # Errors
/// [`Error::NotFound`] when the partner has no such customer; [`Error::Rejected`] when the rules say no, and then
/// nothing is written and the key stays unused; [`Error::KeyReused`]; [`Error::Busy`].
pub async fn execute(
    store: &Store,
    clock: &dyn Clock,
    ids: &dyn Ids,
    order: Order,
) -> Result<Executed> {
    let sent = order
        .key
        .as_ref()
        .map(|key| sent(&order, key))
        .transpose()?;
    let job = Job::new(order, sent, clock, ids);
    let answer = store
        .write(job, |tx, job| Box::pin(carry_out(tx, job)))
        .await?;
    // A rejection travels as an answer, not as an error: what fell due before it is to be kept.
    answer.map_err(Error::from)
}

fn sent(order: &Order, key: &IdempotencyKey) -> Result<Sent> {
    let command = serde_json::to_vec(&order.command).map_err(Error::damaged)?;
    let digest = Sha256::new()
        .chain_update(order.customer.as_str())
        .chain_update([0])
        .chain_update(command);
    Ok(Sent {
        scope: scope(&order.actor),
        key: key.clone(),
        fingerprint: hex::encode(digest.finalize()),
    })
}

async fn carry_out(tx: &mut Tx, job: &Job<Order>) -> Result<Result<Executed, domain::Rejection>> {
    let Order {
        partner,
        actor,
        customer,
        command,
        ..
    } = &job.order;
    let fresh = job.fresh.again();
    let mut log = tx.claim(partner).await?;
    if let Some(sent) = &job.sent
        && let Some(answer) = tx.answer(partner, sent).await?
    {
        return replayed(tx, partner, customer, answer).await.map(Ok);
    }
    let mut stored = tx.stored_account(partner, customer).await?;
    let catalog = tx.catalog(partner).await?;
    let now = not_before(job.now, &stored);
    let due = settle(&stored.account, now, &fresh.command(now));
    if !due.is_empty() {
        record(tx, &mut log, &fresh, partner, &catalog, &mut stored, due).await?;
    }
    let moment = Moment {
        now,
        command: fresh.command(now),
        suspension: fresh.suspension(now),
    };
    let events: Vec<Event> = match decide(&stored.account, &catalog, command, actor, &moment) {
        Ok(events) => events,
        Err(rejection) => {
            tx.write_log(log).await?;
            return Ok(Err(rejection));
        }
    };
    let events = record(tx, &mut log, &fresh, partner, &catalog, &mut stored, events).await?;
    tx.write_log(log).await?;
    if let Some(sent) = &job.sent {
        let first_seq = events.first().map_or(0, |logged| logged.seq as i64);
        let last_seq = events.last().map_or(0, |logged| logged.seq as i64);
        let answer = Answer {
            command: moment.command.clone(),
            first_seq,
            last_seq,
        };
        tx.keep_answer(partner, sent, &answer, job.now).await?;
    }
    let row = tx.customer(partner, customer).await?;
    Ok(Ok(Executed {
        command: moment.command,
        replay: Replay::Fresh,
        events,
        account: stored.account,
        row,
    }))
}

async fn replayed(
    tx: &mut Tx,
    partner: &PartnerId,
    customer: &CustomerId,
    answer: Answer,
) -> Result<Executed> {
    Ok(Executed {
        events: tx
            .events_between(partner, answer.first_seq, answer.last_seq)
            .await?,
        account: tx.account(partner, customer).await?,
        row: tx.customer(partner, customer).await?,
        command: answer.command,
        replay: Replay::Replayed,
    })
}
