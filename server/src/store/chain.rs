//! The chain of a partner's log: every row carries the hash of the one before it.

use std::collections::HashMap;

use domain::{EventKind, PartnerId};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Tx;
use super::codec::big;
use super::events::{Envelope, HashedBody, private_digest};
use super::port::{Row, args};
use crate::error::{Error, Result};

/// How many rows are read at a time.
const STEP: u32 = 500;

/// A place in a log: the number of an event and its hash. The place before the first event has number 0 and no hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Head {
    /// The number.
    pub seq: u64,
    /// The hash.
    pub hash: String,
}

/// What is wrong with a log, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// There is a gap.
    #[error("event {0} is missing")]
    Missing(u64),
    /// It names another hash than the row before it has.
    #[error("event {0} does not follow from the one before it")]
    Unlinked(u64),
    /// Its hash is not that of its contents.
    #[error("event {0} is not the one that was written")]
    Altered(u64),
    /// Its private text is not that of its digest.
    #[error("the private text of event {0} is not the one that was written")]
    PrivateAltered(u64),
    /// Its private text is gone, and no later event says that the customer was erased.
    #[error("the private text of event {0} is gone, and no erasure is recorded")]
    PrivateGone(u64),
    /// A value has another type than any that this program writes.
    #[error("event {0} cannot be read")]
    Unreadable(u64),
    /// The partner's row names another end.
    #[error("the log ends at event {found}, the partner's row says {recorded}")]
    End {
        /// The last row.
        found: u64,
        /// What the partner's row says.
        recorded: u64,
    },
}

/// How far a log was found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// The last event that is as it was written.
    pub head: Head,
    /// What is wrong after it.
    pub flaw: Option<Flaw>,
}

/// A row of the log exactly as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct RawEvent {
    pub seq: u64,
    pub command: String,
    pub customer: String,
    pub at: i64,
    pub actor_kind: String,
    pub actor_id: Option<String>,
    pub kind: String,
    pub format: i64,
    pub body: String,
    pub private: Option<String>,
    pub salt: Option<String>,
    pub previous: String,
    pub hash: String,
}

const COLUMNS: &str = "seq, command_id, customer_id, at, actor_kind, actor_id, kind, format, body, private, salt, \
                       prev_hash, hash";

fn raw(row: &mut Row) -> Result<RawEvent> {
    Ok(RawEvent {
        seq: row.count()?,
        command: row.text()?,
        customer: row.text()?,
        at: row.int()?,
        actor_kind: row.text()?,
        actor_id: row.maybe_text()?,
        kind: row.text()?,
        format: row.int()?,
        body: row.text()?,
        private: row.maybe_text()?,
        salt: row.maybe_text()?,
        previous: row.text()?,
        hash: row.text()?,
    })
}

impl RawEvent {
    /// What its hash should be.
    fn recomputed(&self, partner: &PartnerId) -> String {
        Envelope {
            partner,
            seq: self.seq,
            command: &self.command,
            customer: &self.customer,
            at: self.at,
            actor: (&self.actor_kind, self.actor_id.as_deref()),
            kind: &self.kind,
            format: self.format,
            body: &self.body,
            previous: &self.previous,
        }
        .hash()
    }
}

/// Follows a chain row by row.
struct Walker<'a> {
    partner: &'a PartnerId,
    head: Head,
    /// Customers with a private text that is gone, and the first such event since their last erasure.
    gone: HashMap<String, u64>,
}

impl Walker<'_> {
    fn step(&mut self, event: &RawEvent) -> Result<(), Flaw> {
        let seq = event.seq;
        if seq != self.head.seq + 1 {
            return Err(Flaw::Missing(self.head.seq + 1));
        }
        if event.previous != self.head.hash {
            return Err(Flaw::Unlinked(seq));
        }
        // The hash does not tell an empty identifier from none, and an empty one is never written.
        if event.hash != event.recomputed(self.partner) || event.actor_id.as_deref() == Some("") {
            return Err(Flaw::Altered(seq));
        }
        self.private(event)?;
        self.head = Head {
            seq,
            hash: event.hash.clone(),
        };
        Ok(())
    }

    fn private(&mut self, event: &RawEvent) -> Result<(), Flaw> {
        let body: HashedBody<serde_json::Value> =
            serde_json::from_str(&event.body).map_err(|_| Flaw::Unreadable(event.seq))?;
        match (body.private, &event.private, &event.salt) {
            (None, None, None) => {
                // A profile always has a digest; a change to none at all is what erasing somebody writes.
                if event.kind == EventKind::ProfileChanged.code() {
                    self.gone.remove(&event.customer);
                }
                Ok(())
            }
            (Some(digest), Some(private), Some(salt))
                if digest == private_digest(salt, private) =>
            {
                Ok(())
            }
            (Some(_), None, None) => {
                self.gone.entry(event.customer.clone()).or_insert(event.seq);
                Ok(())
            }
            _ => Err(Flaw::PrivateAltered(event.seq)),
        }
    }

    fn end(self) -> Walk {
        Walk {
            flaw: self.gone.into_values().min().map(Flaw::PrivateGone),
            head: self.head,
        }
    }
}

impl Tx {
    /// Follows the chain from a place that is known to be right to the end of the log; `each` sees every event that is
    /// as it was written.
    pub async fn walk(
        &mut self,
        partner: &PartnerId,
        from: Head,
        mut each: impl FnMut(&RawEvent),
    ) -> Result<Walk> {
        let mut walker = Walker {
            partner,
            head: from,
            gone: HashMap::new(),
        };
        loop {
            let rows = self.raw_rows(partner, walker.head.seq).await?;
            if rows.is_empty() {
                return Ok(walker.end());
            }
            for mut row in rows {
                let next = walker.head.seq + 1;
                let event = raw(&mut row).map_err(|_| Flaw::Unreadable(next));
                if let Err(flaw) = event.and_then(|event| {
                    walker.step(&event)?;
                    each(&event);
                    Ok(())
                }) {
                    return Ok(Walk {
                        head: walker.head,
                        flaw: Some(flaw),
                    });
                }
            }
        }
    }

    /// Follows the whole chain to the end that the partner's row names. A partner that does not exist has an empty log.
    pub async fn walk_to_end(
        &mut self,
        partner: &PartnerId,
        each: impl FnMut(&RawEvent),
    ) -> Result<Walk> {
        let mut walk = self.walk(partner, Head::default(), each).await?;
        let recorded = self.recorded_head(partner).await?.unwrap_or_default();
        if walk.flaw.is_none() && walk.head != recorded {
            walk.flaw = Some(Flaw::End {
                found: walk.head.seq,
                recorded: recorded.seq,
            });
        }
        Ok(walk)
    }

    /// The rows after number `after` exactly as they are stored, some at a time.
    ///
    /// # Errors
    /// [`Error::Damaged`] when one cannot be read.
    pub async fn raw_events(&mut self, partner: &PartnerId, after: u64) -> Result<Vec<RawEvent>> {
        let rows = self.raw_rows(partner, after).await?;
        rows.into_iter()
            .map(|mut row| raw(&mut row).map_err(Error::damaged))
            .collect()
    }

    async fn raw_rows(&mut self, partner: &PartnerId, after: u64) -> Result<Vec<Row>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM events WHERE partner_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
        );
        self.rows(sql, args![partner.as_str(), big(after), i64::from(STEP)])
            .await
    }

    /// The hash of an event.
    pub async fn event_hash(&mut self, partner: &PartnerId, seq: u64) -> Result<Option<String>> {
        let sql = "SELECT hash FROM events WHERE partner_id = $1 AND seq = $2";
        let row = self.row(sql, args![partner.as_str(), big(seq)]).await?;
        row.map(|mut row| row.text()).transpose()
    }

    /// The end of the log as the partner's row names it.
    async fn recorded_head(&mut self, partner: &PartnerId) -> Result<Option<Head>> {
        let sql = "SELECT last_seq, last_hash FROM partners WHERE id = $1";
        let Some(mut row) = self.row(sql, args![partner.as_str()]).await? else {
            return Ok(None);
        };
        Ok(Some(Head {
            seq: row.count()?,
            hash: row.text()?,
        }))
    }
}
