//! Reading on in the log: who moved after a number, and how everything stands now.

use std::collections::HashMap;

use domain::{ActorRef, CustomerId, PartnerId, Status};

use super::partners::Counts;
use super::port::args;
use super::sql::placeholders;
use super::{Tx, codec::big};
use crate::error::Result;

/// What followed a number of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    /// The number of the latest row of the log.
    pub last_seq: u64,
    /// The partner's counts now.
    pub counts: Counts,
    /// Who moved, each once, by its latest event; `None` when that were more than anybody wants to follow.
    pub moved: Option<Vec<MovedCustomer>>,
}

/// A customer that something happened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedCustomer {
    /// The number of its latest event.
    pub seq: u64,
    /// Which customer.
    pub customer: CustomerId,
    /// How it stands now.
    pub status: Status,
    /// Who did the latest thing.
    pub by: ActorRef,
}

impl Tx {
    /// How far the logs of some partners have come.
    pub async fn log_heads(&mut self, partners: &[PartnerId]) -> Result<HashMap<PartnerId, u64>> {
        let list = placeholders(1, partners.len());
        let sql = format!("SELECT id, last_seq FROM partners WHERE id IN ({list})");
        let args = partners.iter().map(|id| id.as_str().into()).collect();
        let rows = self.rows(sql, args).await?;
        rows.into_iter()
            .map(|mut row| Ok((row.parsed(PartnerId::parse)?, row.count()?)))
            .collect()
    }

    /// What happened in a partner's log after `seq`, told by at most `most` events.
    pub async fn moves_after(&mut self, partner: &PartnerId, seq: u64, most: u32) -> Result<Moves> {
        let known = self.partner(partner).await?;
        let sql = "SELECT seq, customer_id, customers.status, actor_kind, actor_id FROM events \
                   JOIN customers ON customers.partner_id = events.partner_id AND customers.id = customer_id \
                   WHERE events.partner_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
        let args = args![partner.as_str(), big(seq), i64::from(most) + 1];
        let rows = self.rows(sql, args).await?;
        let mut moved: Vec<MovedCustomer> = Vec::new();
        let too_many = rows.len() > most as usize;
        for mut row in rows {
            let latest = MovedCustomer {
                seq: row.count()?,
                customer: row.parsed(CustomerId::parse)?,
                status: row.parsed(Status::parse)?,
                by: row.actor()?,
            };
            moved.retain(|earlier| earlier.customer != latest.customer);
            moved.push(latest);
        }
        Ok(Moves {
            last_seq: known.last_seq,
            counts: known.counts,
            moved: (!too_many).then_some(moved),
        })
    }
}
