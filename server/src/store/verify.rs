//! Checking that what is stored is what the log says.

use std::collections::HashMap;

use domain::{Account, CommandId, CustomerId, Event, PartnerId, Status};

use super::codec::big;
use super::events::{Envelope, HashedBody, Logged, private_digest};
use super::log::{COLUMNS, logged};
use super::partners::Counts;
use super::port::{Row, args};
use super::{Store, Tx, customer_columns};
use crate::error::{Error, Result};

/// How much was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Rows of the log.
    pub events: u64,
    /// Customers.
    pub customers: u64,
}

/// How many rows are read at a time.
const STEP: u32 = 500;

/// Checks that a partner's log is whole and unaltered, and that every row of its customers equals the fold of the log.
///
/// # Errors
/// [`Error::Damaged`] names the first difference.
pub async fn verify(store: &Store, partner: &PartnerId) -> Result<Verified> {
    let mut tx = store.read().await?;
    let mut events: HashMap<CustomerId, Vec<Event>> = HashMap::new();
    let last = tx
        .walk_chain(partner, |logged| {
            events
                .entry(logged.customer)
                .or_default()
                .push(logged.event)
        })
        .await?;
    let customers = tx.compare_customers(partner, &events).await?;
    if customers != events.len() as u64 {
        return Err(Error::damaged(
            "the number of customers differs from the log",
        ));
    }
    Ok(Verified {
        events: last,
        customers,
    })
}

/// Checks that a partner's log is whole and unaltered, and answers how long it is. True also after somebody's private
/// texts were erased, when the rows no longer equal the fold.
///
/// # Errors
/// [`Error::Damaged`] names the first difference.
pub async fn verify_chain(store: &Store, partner: &PartnerId) -> Result<u64> {
    store.read().await?.walk_chain(partner, drop).await
}

/// A row of the log as a link of the chain.
struct Link {
    seq: u64,
    previous: String,
    hash: String,
    recomputed: String,
}

fn link(partner: &PartnerId, row: &mut Row) -> Result<Link> {
    let (seq, customer, at) = (row.count()?, row.text()?, row.int()?);
    let (actor_kind, actor_id) = (row.text()?, row.maybe_text()?);
    let command = row.parsed(CommandId::parse)?;
    let (body, private) = (row.text()?, row.maybe_text()?);
    let (kind, format, salt) = (row.text()?, row.int()?, row.maybe_text()?);
    let (previous, hash) = (row.text()?, row.text()?);
    let hashed: HashedBody<serde_json::Value> =
        serde_json::from_str(&body).map_err(Error::damaged)?;
    if let (Some(salt), Some(private)) = (&salt, &private)
        && hashed.private != Some(private_digest(salt, private))
    {
        return Err(Error::Damaged(format!(
            "the private text of event {seq} is not the one written"
        )));
    }
    let recomputed = Envelope {
        partner,
        seq,
        command: &command,
        customer: &customer,
        at,
        actor: (&actor_kind, actor_id.as_deref()),
        kind: &kind,
        format,
        body: &body,
        previous: &previous,
    }
    .hash();
    Ok(Link {
        seq,
        previous,
        hash,
        recomputed,
    })
}

impl Tx {
    /// Follows the chain to its end, as the partner's row names it; answers its length.
    async fn walk_chain(
        &mut self,
        partner: &PartnerId,
        mut each: impl FnMut(Logged),
    ) -> Result<u64> {
        let (mut seq, mut hash) = (0, String::new());
        loop {
            let rows = self.chain_after(partner, seq).await?;
            if rows.is_empty() {
                break;
            }
            for (link, logged) in rows {
                if link.seq != seq + 1 || link.previous != hash || link.hash != link.recomputed {
                    return Err(Error::Damaged(format!(
                        "the log breaks at event {}",
                        link.seq
                    )));
                }
                (seq, hash) = (link.seq, link.hash);
                each(logged);
            }
        }
        let end = "SELECT last_seq, last_hash FROM partners WHERE id = $1";
        let mut end = self
            .row(end, args![partner.as_str()])
            .await?
            .ok_or(Error::NotFound)?;
        if seq != end.count()? || hash != end.text()? {
            return Err(Error::Damaged(format!(
                "the log ends at event {seq}, not where the partner's row says"
            )));
        }
        Ok(seq)
    }

    async fn chain_after(&mut self, partner: &PartnerId, seq: u64) -> Result<Vec<(Link, Logged)>> {
        let sql = format!(
            "SELECT {COLUMNS}, kind, format, salt, prev_hash, hash FROM events \
             WHERE partner_id = $1 AND seq > $2 ORDER BY seq LIMIT $3"
        );
        let rows = self
            .rows(sql, args![partner.as_str(), big(seq), i64::from(STEP)])
            .await?;
        rows.into_iter()
            .map(|mut row| {
                let link = link(partner, &mut row)?;
                row.rewind();
                Ok((link, logged(row)?))
            })
            .collect()
    }

    async fn compare_customers(
        &mut self,
        partner: &PartnerId,
        events: &HashMap<CustomerId, Vec<Event>>,
    ) -> Result<u64> {
        let catalog = self.catalog(partner).await?;
        let (mut seen, mut counts, mut after) = (0, Counts::default(), None);
        loop {
            let stored = self.accounts(partner, after.as_ref(), STEP).await?;
            let Some(last) = stored.last() else { break };
            after = Some(last.customer.clone());
            for stored in stored {
                let differs = |what: &str| {
                    Error::Damaged(format!("{}: {what} differs from the log", stored.customer))
                };
                let mut folded = events
                    .get(&stored.customer)
                    .and_then(Account::fold)
                    .ok_or_else(|| differs("the customer"))?;
                folded.usage.clone_from(&stored.account.usage);
                if folded != stored.account {
                    return Err(differs("the account"));
                }
                let expected = customer_columns::values(
                    partner,
                    &stored.customer,
                    &folded,
                    &catalog,
                    stored.last_seen_at,
                );
                if !self.row_equals(expected).await? {
                    return Err(differs("the row"));
                }
                match folded.status() {
                    Status::Active => counts.active += 1,
                    Status::Suspended => counts.suspended += 1,
                    Status::Closed => counts.closed += 1,
                }
                seen += 1;
            }
        }
        if counts != self.partner(partner).await?.counts {
            return Err(Error::damaged("the counts differ from the customers"));
        }
        Ok(seen)
    }

    /// Whether the customer's row holds exactly these values.
    async fn row_equals(&mut self, values: Vec<super::port::Arg>) -> Result<bool> {
        let same: Vec<String> = customer_columns::COLUMNS
            .iter()
            .enumerate()
            .map(|(place, column)| format!("{column} IS NOT DISTINCT FROM ${}", place + 1))
            .collect();
        let sql = format!("SELECT 1 FROM customers WHERE {}", same.join(" AND "));
        Ok(!self.rows(sql, values).await?.is_empty())
    }
}
