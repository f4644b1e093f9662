//! Making, replacing and ending API keys. A partner's keys are in its log; the operator has none, and its keys say
//! themselves who made them when.

use std::collections::BTreeSet;

use domain::api_key::{KeyLife, KeyOverlap};
use domain::{
    Actor, ActorRef, ApiKeyId, ApiKeyName, Body, CommandId, Event, IdempotencyKey, PartnerId,
    Private, Scope, Timestamp,
};
use sha2::{Digest as _, Sha256};

use super::fresh::Fresh;
use super::job::Job;
use crate::api_keys::{ApiKey, GateSettings, KeyOwner, KeyText};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::ids::Ids;
use crate::store::{Answer, Sent, Store, Tx, scope};

/// The most keys of one owner at the same time, beside those that have a successor.
pub const MOST_KEYS: usize = 100;

/// A key that is to be made.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// What people call it.
    pub name: ApiKeyName,
    /// What it is good for; at least one.
    pub scopes: BTreeSet<Scope>,
    /// How the gate answers it.
    pub gate: GateSettings,
    /// How long it lives.
    pub life: KeyLife,
}

/// What is to be done with an owner's keys.
#[derive(Clone, Debug)]
pub enum KeyCommand {
    /// Make one.
    Create(NewKey),
    /// Give one a successor that is the same but for its secret; both are good for a while.
    Rotate(ApiKeyId, KeyOverlap),
    /// End one.
    Revoke(ApiKeyId),
}

/// A command about keys with everything that is said about it.
#[derive(Clone, Debug)]
pub struct KeyOrder {
    /// Whose keys.
    pub owner: KeyOwner,
    /// Who gives it.
    pub actor: Actor,
    /// What is to be done.
    pub command: KeyCommand,
    /// Sending the same order under the same key again does nothing more. Kept for partners only.
    pub key: Option<IdempotencyKey>,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum KeyOutcome {
    /// A key was made; its text is here and nowhere else.
    Made(Box<ApiKey>, KeyText),
    /// The key was ended.
    Revoked(Box<ApiKey>),
    /// It had been done before: under the same idempotency key, or the key had been ended already.
    Before(Box<ApiKey>),
    /// It cannot be done.
    Refused(KeyConflict),
}

/// Why it cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyConflict {
    /// The key has ended and can have no successor.
    Ended,
    /// The key has a successor already.
    Replaced,
    /// There are [`MOST_KEYS`] already.
    TooMany,
}

/// Carries out one command about keys in one transaction. Whoever holds keys in memory has then to look again.
///
/// # Errors
/// [`Error::NotFound`] when the owner has no such key; [`Error::KeyReused`]; [`Error::Busy`].
pub async fn change_api_keys(
    store: &Store,
    clock: &dyn Clock,
    ids: &dyn Ids,
    order: KeyOrder,
) -> Result<KeyOutcome> {
    let sent = order
        .key
        .as_ref()
        .map(|key| sent(&order, key))
        .transpose()?;
    let job = Job::new(order, sent, clock, ids);
    store
        .write(job, |tx, job| Box::pin(carry_out(tx, job)))
        .await
}

fn sent(order: &KeyOrder, key: &IdempotencyKey) -> Result<Sent> {
    let command = match &order.command {
        KeyCommand::Create(new) => serde_json::to_vec(&(
            "create_key",
            &new.name,
            &new.scopes,
            &new.gate,
            new.life.millis(),
        )),
        KeyCommand::Rotate(id, overlap) => {
            serde_json::to_vec(&("rotate_key", id, overlap.millis()))
        }
        KeyCommand::Revoke(id) => serde_json::to_vec(&("revoke_key", id)),
    };
    Ok(Sent {
        scope: scope(&order.actor),
        key: key.clone(),
        fingerprint: hex::encode(Sha256::digest(command.map_err(Error::damaged)?)),
    })
}

async fn carry_out(tx: &mut Tx, job: &Job<KeyOrder>) -> Result<KeyOutcome> {
    let KeyOrder { owner, command, .. } = &job.order;
    tx.claim_api_keys().await?;
    if let Some((partner, sent)) = owner.partner().zip(job.sent.as_ref())
        && let Some(answer) = tx.answer(partner, sent).await?
    {
        return before(tx, owner, partner, &answer).await;
    }
    let fresh = job.fresh.again();
    match command {
        KeyCommand::Create(new) => {
            if tx.live_api_keys(owner, job.now).await? >= MOST_KEYS {
                return Ok(KeyOutcome::Refused(KeyConflict::TooMany));
            }
            let (key, text) = made(job, &fresh, new);
            tx.add_api_key(&key, &text.secret_hash()).await?;
            let body = Body::KeyCreated {
                key: key.id.clone(),
                scopes: key.scopes.iter().copied().collect(),
                expires_at: key.expires_at,
            };
            tell(tx, job, &fresh, body).await?;
            Ok(KeyOutcome::Made(Box::new(key), text))
        }
        KeyCommand::Rotate(id, overlap) => {
            let old = tx.api_key(owner, id).await?;
            if !old.is_good(job.now) {
                return Ok(KeyOutcome::Refused(KeyConflict::Ended));
            }
            if old.replaced.is_some() {
                return Ok(KeyOutcome::Refused(KeyConflict::Replaced));
            }
            let new = NewKey {
                name: old.name.clone(),
                scopes: old.scopes.clone(),
                gate: old.gate.clone(),
                life: KeyLife::between(old.created_at, old.expires_at),
            };
            let (key, text) = made(job, &fresh, &new);
            let overlap_until = job.now.plus_millis(overlap.millis()).min(old.expires_at);
            tx.add_api_key(&key, &text.secret_hash()).await?;
            tx.replace_api_key(&old, &key.id, overlap_until).await?;
            let body = Body::KeyRotated {
                key: old.id,
                by: key.id.clone(),
                overlap_until,
                expires_at: key.expires_at,
            };
            tell(tx, job, &fresh, body).await?;
            Ok(KeyOutcome::Made(Box::new(key), text))
        }
        KeyCommand::Revoke(id) => {
            let mut key = tx.api_key(owner, id).await?;
            if key.revoked_at.is_some() {
                return Ok(KeyOutcome::Before(Box::new(key)));
            }
            tx.revoke_api_key(&key, job.now).await?;
            key.revoked_at = Some(job.now);
            let body = Body::KeyRevoked {
                key: key.id.clone(),
            };
            tell(tx, job, &fresh, body).await?;
            Ok(KeyOutcome::Revoked(Box::new(key)))
        }
    }
}

fn made(job: &Job<KeyOrder>, fresh: &Fresh, new: &NewKey) -> (ApiKey, KeyText) {
    let text = KeyText::draw(fresh);
    let key = ApiKey {
        id: fresh.api_key(job.now),
        owner: job.order.owner.clone(),
        public: text.public(),
        name: new.name.clone(),
        scopes: new.scopes.clone(),
        gate: new.gate.clone(),
        created_at: job.now,
        created_by: job.order.actor.reference(),
        expires_at: job.now.plus_millis(new.life.millis()),
        last_used_at: None,
        revoked_at: None,
        replaced: None,
    };
    (key, text)
}

/// Writes the event of a partner's key, and the answer under the idempotency key.
async fn tell(tx: &mut Tx, job: &Job<KeyOrder>, fresh: &Fresh, body: Body) -> Result<()> {
    let Some(partner) = job.order.owner.partner() else {
        return Ok(());
    };
    let command = fresh.command(job.now);
    let by = job.order.actor.reference();
    let seq = append(tx, fresh, partner, command.clone(), by, body, job.now).await?;
    if let Some(sent) = &job.sent {
        let seq = i64::try_from(seq).map_err(Error::damaged)?;
        let answer = Answer {
            command,
            first_seq: seq,
            last_seq: seq,
        };
        tx.keep_answer(partner, sent, &answer, job.now).await?;
    }
    Ok(())
}

/// Writes an event about a key to its partner's log; answers its number.
pub(super) async fn append(
    tx: &mut Tx,
    fresh: &Fresh,
    partner: &PartnerId,
    command: CommandId,
    by: ActorRef,
    body: Body,
    now: Timestamp,
) -> Result<u64> {
    let mut log = tx.claim(partner).await?;
    let event = Event::join(now, by, command, body, Private::default());
    let logged = log.append_own(fresh, event)?;
    tx.write_log(log).await?;
    Ok(logged.seq)
}

async fn before(
    tx: &mut Tx,
    owner: &KeyOwner,
    partner: &PartnerId,
    answer: &Answer,
) -> Result<KeyOutcome> {
    let events = tx
        .events_between(partner, answer.first_seq, answer.last_seq)
        .await?;
    let id = events.iter().find_map(|logged| match &logged.event.body {
        Body::KeyRotated { by, .. } => Some(by),
        body => body.key(),
    });
    let key = tx.api_key(owner, id.ok_or(Error::NotFound)?).await?;
    Ok(KeyOutcome::Before(Box::new(key)))
}
