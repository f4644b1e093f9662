//! What the gate saw for the first time, as open panels wait for it: found by key, so that looking every now and then is
//! cheap however often a product asks.

use std::collections::{HashMap, HashSet};

use domain::{ApiKeyId, CustomerId, PartnerId, Timestamp};

use super::Tx;
use super::port::args;
use super::sql::placeholders;
use crate::error::Result;

/// What happens to a key once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyFirst {
    /// It was made.
    Made,
    /// The gate was asked with it.
    Asked,
    /// Somebody who is suspended was refused, or would have been.
    Refused,
}

impl Tx {
    /// What has happened to the keys of some partners that nobody has revoked.
    pub async fn key_firsts(
        &mut self,
        partners: &[PartnerId],
    ) -> Result<HashMap<PartnerId, HashSet<(ApiKeyId, KeyFirst)>>> {
        let list = placeholders(1, partners.len());
        let sql = format!(
            "SELECT partner_id, id, asked_at, COALESCE(refused_at, would_refuse_at) FROM api_keys \
             LEFT JOIN gate_keys ON key_id = id WHERE partner_id IN ({list}) AND revoked_at IS NULL"
        );
        let args = partners.iter().map(|id| id.as_str().into()).collect();
        let mut firsts: HashMap<PartnerId, HashSet<_>> = HashMap::new();
        for mut row in self.rows(sql, args).await? {
            let (partner, key) = (row.parsed(PartnerId::parse)?, row.parsed(ApiKeyId::parse)?);
            let (asked, refused) = (row.maybe_time()?, row.maybe_time()?);
            let happened = [
                Some(KeyFirst::Made),
                asked.map(|_| KeyFirst::Asked),
                refused.map(|_| KeyFirst::Refused),
            ];
            let happened = happened.into_iter().flatten();
            let of_partner = firsts.entry(partner).or_default();
            of_partner.extend(happened.map(|first| (key.clone(), first)));
        }
        Ok(firsts)
    }

    /// When a product asked last about the customers of some partners, of those that one asks about.
    pub async fn products_asked(
        &mut self,
        partners: &[PartnerId],
    ) -> Result<HashMap<PartnerId, Timestamp>> {
        let list = placeholders(1, partners.len());
        let sql =
            format!("SELECT partner_id, asked_at FROM gate_partners WHERE partner_id IN ({list})");
        let args = partners.iter().map(|id| id.as_str().into()).collect();
        let rows = self.rows(sql, args).await?;
        rows.into_iter()
            .map(|mut row| Ok((row.parsed(PartnerId::parse)?, row.time()?)))
            .collect()
    }

    /// The customers of a partner whose latest state no product has asked about, those of the latest commands first. Who
    /// was suspended before a product came is one of them: that is when a suspension begins to be felt.
    pub async fn latest_awaited(
        &mut self,
        partner: &PartnerId,
        most: usize,
    ) -> Result<Vec<CustomerId>> {
        let sql = "SELECT id, since FROM (SELECT customer_id AS id, since FROM gate_customers WHERE partner_id = $1 \
                   AND epoch IS NOT NULL AND learned_at IS NULL ORDER BY since DESC LIMIT $2) AS commanded \
                   UNION ALL SELECT id, since FROM (SELECT id, suspended_since AS since, epoch FROM customers \
                   WHERE partner_id = $1 AND status = 'suspended' ORDER BY suspended_since DESC LIMIT $2) AS suspended \
                   WHERE NOT EXISTS (SELECT 1 FROM gate_customers WHERE partner_id = $1 AND customer_id = suspended.id \
                   AND (gate_customers.epoch = suspended.epoch OR refused_epoch = suspended.epoch)) \
                   ORDER BY since DESC LIMIT $2";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = self.rows(sql, args![partner.as_str(), most]).await?;
        rows.into_iter()
            .map(|mut row| row.parsed(CustomerId::parse))
            .collect()
    }

    /// Those of some customers whose latest state a product was told, or that were turned away in it.
    pub async fn reached(
        &mut self,
        partner: &PartnerId,
        customers: &[CustomerId],
    ) -> Result<Vec<CustomerId>> {
        let list = placeholders(2, customers.len());
        let sql = format!(
            "SELECT customer_id FROM gate_customers JOIN customers ON customers.partner_id = gate_customers.partner_id \
             AND customers.id = customer_id WHERE gate_customers.partner_id = $1 AND customer_id IN ({list}) \
             AND ((learned_at IS NOT NULL AND gate_customers.epoch = customers.epoch) \
             OR refused_epoch = customers.epoch)"
        );
        let mut args = args![partner.as_str()];
        args.extend(customers.iter().map(|id| id.as_str().into()));
        let rows = self.rows(sql, args).await?;
        rows.into_iter()
            .map(|mut row| row.parsed(CustomerId::parse))
            .collect()
    }
}
