//! Writing the log: numbered without a gap, each row hashed over the one before it.

use domain::{CustomerId, Event, PartnerId, Status};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::codec::{actor_columns, big};
use super::partners::LogEnd;
use super::port::{Arg, args};
use super::sql::insert_many;
use super::{MOST_BINDS, Tx};
use crate::error::{Error, Result};
use crate::ids::Ids;

/// The form in which bodies are written today.
const FORMAT: i64 = 1;
/// What stands in the column of the customer when the event is about none; no identifier is empty.
pub(super) const NO_CUSTOMER: &str = "";

/// An event with its place in the partner's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// Whose it is; nobody's when it is about the partner itself.
    pub customer: Option<CustomerId>,
    /// What happened.
    pub event: Event,
}

/// What is hashed of an event beside its envelope: the public body, and only a digest of the private part, so that
/// erasing somebody leaves the chain whole.
#[derive(Serialize, Deserialize)]
pub(super) struct HashedBody<B> {
    pub what: B,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<String>,
}

/// A partner's log that this transaction alone may continue, and the rows that are waiting to be written.
pub(crate) struct ClaimedLog {
    partner: PartnerId,
    pub(super) end: LogEnd,
    waiting: Vec<Vec<Arg>>,
}

/// Everything of a row that its hash covers.
pub(super) struct Envelope<'a> {
    pub partner: &'a PartnerId,
    pub seq: u64,
    pub command: &'a str,
    pub customer: &'a str,
    pub at: i64,
    pub actor: (&'a str, Option<&'a str>),
    pub kind: &'a str,
    pub format: i64,
    pub body: &'a str,
    pub previous: &'a str,
}

impl Envelope<'_> {
    /// SHA-256 over all parts, each with its length before it, so that no two rows read alike.
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        part(b"partner-panel event");
        part(self.partner.as_str().as_bytes());
        part(&self.seq.to_be_bytes());
        part(self.command.as_bytes());
        part(self.customer.as_bytes());
        part(&self.at.to_be_bytes());
        part(self.actor.0.as_bytes());
        part(self.actor.1.unwrap_or_default().as_bytes());
        part(self.kind.as_bytes());
        part(&self.format.to_be_bytes());
        part(self.body.as_bytes());
        part(self.previous.as_bytes());
        hex::encode(hash.finalize())
    }
}

/// What stands in a body for a private text.
pub(super) fn private_digest(salt: &str, private: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update(private.as_bytes());
    hex::encode(hash.finalize())
}

impl ClaimedLog {
    /// Adds `by` customers of `status` to the partner's counts.
    pub fn count(&mut self, status: Status, by: i64) {
        self.end.counts.add(status, by);
    }

    /// Puts an event of a customer at the end of the log; [`Tx::write_log`] writes it.
    pub fn append(&mut self, ids: &dyn Ids, customer: &CustomerId, event: Event) -> Result<Logged> {
        self.put(ids, Some(customer), event)
    }

    /// Puts an event of the partner itself at the end of the log; [`Tx::write_log`] writes it.
    pub fn append_own(&mut self, ids: &dyn Ids, event: Event) -> Result<Logged> {
        self.put(ids, None, event)
    }

    fn put(
        &mut self,
        ids: &dyn Ids,
        customer: Option<&CustomerId>,
        event: Event,
    ) -> Result<Logged> {
        let about = customer.map_or(NO_CUSTOMER, CustomerId::as_str);
        let (kind, at) = (event.kind(), event.at.millis());
        let (private, salt) = if event.private.is_empty() {
            (None, None)
        } else {
            (
                Some(serde_json::to_string(&event.private).map_err(Error::damaged)?),
                Some(ids.salt()),
            )
        };
        let digest = private
            .as_deref()
            .zip(salt.as_deref())
            .map(|(private, salt)| private_digest(salt, private));
        let body = serde_json::to_string(&HashedBody {
            what: &event.body,
            private: digest,
        })
        .map_err(Error::damaged)?;
        let seq = self.end.seq + 1;
        let (actor_kind, actor_id) = actor_columns(&event.actor);
        let hash = Envelope {
            partner: &self.partner,
            seq,
            command: event.command.as_str(),
            customer: about,
            at,
            actor: (actor_kind, actor_id),
            kind: kind.code(),
            format: FORMAT,
            body: &body,
            previous: &self.end.hash,
        }
        .hash();
        let previous = std::mem::replace(&mut self.end.hash, hash.clone());
        self.end.seq = seq;
        self.waiting.push(args![
            self.partner.as_str(),
            big(seq),
            event.command.as_str(),
            about,
            at,
            actor_kind,
            actor_id,
            kind.code(),
            FORMAT,
            body,
            private,
            salt,
            previous,
            hash,
        ]);
        Ok(Logged {
            seq,
            customer: customer.cloned(),
            event,
        })
    }
}

const COLUMNS: &[&str] = &[
    "partner_id",
    "seq",
    "command_id",
    "customer_id",
    "at",
    "actor_kind",
    "actor_id",
    "kind",
    "format",
    "body",
    "private",
    "salt",
    "prev_hash",
    "hash",
];

impl Tx {
    /// Makes every other writer of this partner's log wait until this transaction ends.
    pub(crate) async fn claim(&mut self, partner: &PartnerId) -> Result<ClaimedLog> {
        Ok(ClaimedLog {
            partner: partner.clone(),
            end: self.claim_log(partner).await?,
            waiting: Vec::new(),
        })
    }

    /// Writes what was appended, and the new end of the log.
    pub(crate) async fn write_log(&mut self, log: ClaimedLog) -> Result<()> {
        let ClaimedLog {
            partner,
            end,
            waiting,
        } = log;
        if !waiting.is_empty() {
            self.insert("events", COLUMNS, waiting, "").await?;
        }
        self.move_log(&partner, &end).await
    }

    /// Inserts any number of rows, many with each statement.
    pub(super) async fn insert(
        &mut self,
        table: &'static str,
        columns: &[&str],
        rows: Vec<Vec<Arg>>,
        after: &str,
    ) -> Result<()> {
        let most = (MOST_BINDS / columns.len()).max(1);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<_> = rows.by_ref().take(most).collect();
            let sql = insert_many(table, columns, chunk.len(), after);
            self.run(sql, chunk.into_iter().flatten().collect()).await?;
        }
        Ok(())
    }
}
