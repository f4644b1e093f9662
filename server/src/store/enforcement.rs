//! What the gate saw: whether the product has heard of a customer's latest state, and whom it turned away.

use domain::{ApiKeyId, CustomerId, Epoch, PartnerId, Timestamp};

use super::Tx;
use super::port::args;
use super::sql::placeholders;
use crate::error::Result;

/// Whether a product asks the gate about a partner's customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// None does, or none has for a while: nothing is claimed.
    None,
    /// One does.
    Connected,
}

/// What is known about how a product follows one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enforcement {
    /// Whether a product asks at all.
    pub connection: Connection,
    /// How the customer's latest command reached it; `None` when nobody waited for that.
    pub latest: Option<Latest>,
    /// How often the customer was turned away since its latest command.
    pub refused: Refused,
}

/// How a command reached the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latest {
    /// The customer's epoch since the command.
    pub epoch: Epoch,
    /// When the command was given.
    pub since: Timestamp,
    /// When the product was first told; `None` while it has not asked.
    pub learned_at: Option<Timestamp>,
}

/// Visits that were turned away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// How many.
    pub count: u64,
    /// When the last one was.
    pub last_at: Option<Timestamp>,
}

/// How the gate has answered one key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyVisits {
    /// How often it was asked.
    pub asked: u64,
    /// When last.
    pub asked_at: Option<Timestamp>,
    /// How often it said no.
    pub refused: u64,
    /// When last to somebody who is suspended.
    pub refused_at: Option<Timestamp>,
    /// How often it would have said no, had it not only observed.
    pub would_refuse: u64,
    /// When last to somebody who is suspended.
    pub would_refuse_at: Option<Timestamp>,
}

impl Tx {
    /// What is known about how a product follows a customer. A product that has not asked since `connected_since`
    /// counts as none.
    pub async fn enforcement(
        &mut self,
        partner: &PartnerId,
        customer: &CustomerId,
        connected_since: Timestamp,
    ) -> Result<Enforcement> {
        let connection = self.connection(partner, connected_since).await?;
        let sql = "SELECT gate_customers.epoch, since, learned_at, refused, refused_at, refused_epoch, customers.epoch \
                   FROM gate_customers JOIN customers ON customers.partner_id = gate_customers.partner_id \
                   AND customers.id = customer_id WHERE gate_customers.partner_id = $1 AND customer_id = $2";
        let row = self
            .row(sql, args![partner.as_str(), customer.as_str()])
            .await?;
        let mut enforcement = Enforcement {
            connection,
            latest: None,
            refused: Refused::default(),
        };
        if let Some(mut row) = row {
            let (epoch, since, learned_at) =
                (row.maybe_count()?, row.maybe_time()?, row.maybe_time()?);
            let refused = Refused {
                count: row.count()?,
                last_at: row.maybe_time()?,
            };
            let (refused_epoch, present) = (row.maybe_count()?, row.count()?);
            enforcement.latest =
                epoch
                    .zip(since)
                    .filter(|(epoch, _)| *epoch == present)
                    .map(|(epoch, since)| Latest {
                        epoch: Epoch(epoch),
                        since,
                        learned_at,
                    });
            if refused_epoch == Some(present) {
                enforcement.refused = refused;
            }
        }
        Ok(enforcement)
    }

    /// Whether a product has asked about a partner's customers since then.
    pub async fn connection(
        &mut self,
        partner: &PartnerId,
        since: Timestamp,
    ) -> Result<Connection> {
        let sql = "SELECT 1 FROM gate_partners WHERE partner_id = $1 AND asked_at >= $2";
        let row = self
            .row(sql, args![partner.as_str(), since.millis()])
            .await?;
        Ok(row.map_or(Connection::None, |_| Connection::Connected))
    }

    /// How the gate has answered some keys, taken together.
    pub async fn key_visits(&mut self, keys: &[ApiKeyId]) -> Result<KeyVisits> {
        let mut visits = KeyVisits::default();
        if keys.is_empty() {
            return Ok(visits);
        }
        let list = placeholders(1, keys.len());
        let sql = format!(
            "SELECT asked, asked_at, refused, refused_at, would_refuse, would_refuse_at FROM gate_keys \
             WHERE key_id IN ({list})"
        );
        let args = keys.iter().map(|key| key.as_str().into()).collect();
        for mut row in self.rows(sql, args).await? {
            visits.asked += row.count()?;
            visits.asked_at = visits.asked_at.max(row.maybe_time()?);
            visits.refused += row.count()?;
            visits.refused_at = visits.refused_at.max(row.maybe_time()?);
            visits.would_refuse += row.count()?;
            visits.would_refuse_at = visits.would_refuse_at.max(row.maybe_time()?);
        }
        Ok(visits)
    }
}
