//! Keeping what the gate saw: it tells every now and then, and several servers may.

use domain::{ApiKeyId, CustomerId, Epoch, PartnerId, Timestamp};

use super::codec::{big, named};
use super::enforcement::{KeyVisits, Refused};
use super::port::args;
use super::{Store, Tx};
use crate::error::Result;

/// How far the gate has come with one partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartnerMark {
    pub partner: PartnerId,
    pub asked_at: Timestamp,
    pub seen_seq: u64,
}

/// What the gate saw of one customer since it last told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CustomerNote {
    pub partner: PartnerId,
    pub customer: CustomerId,
    pub awaited: Option<(Epoch, Timestamp)>,
    pub learned: Option<(Epoch, Timestamp)>,
    pub refused: Option<(Epoch, Refused)>,
}

/// What is told at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GateNotes {
    pub partners: Vec<PartnerMark>,
    pub keys: Vec<(ApiKeyId, KeyVisits)>,
    pub customers: Vec<CustomerNote>,
}

impl Tx {
    /// How far the gate has come with each partner that a product asks about.
    pub(crate) async fn gate_marks(&mut self) -> Result<Vec<PartnerMark>> {
        let rows = self
            .rows(
                "SELECT partner_id, asked_at, seen_seq FROM gate_partners",
                args![],
            )
            .await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(PartnerMark {
                    partner: row.parsed(PartnerId::parse)?,
                    asked_at: row.time()?,
                    seen_seq: row.count()?,
                })
            })
            .collect()
    }

    /// The customers about whose latest state no product has asked yet.
    pub(crate) async fn awaited(&mut self) -> Result<Vec<(PartnerId, CustomerId)>> {
        let sql = "SELECT partner_id, customer_id FROM gate_customers WHERE epoch IS NOT NULL AND learned_at IS NULL";
        named(self.rows(sql, args![]).await?)
    }

    async fn tell(&mut self, notes: &GateNotes) -> Result<()> {
        for mark in &notes.partners {
            let sql = format!(
                "INSERT INTO gate_partners (partner_id, asked_at, seen_seq) VALUES ($1, $2, $3) \
                 ON CONFLICT (partner_id) DO UPDATE SET {}, {}",
                later("gate_partners", "asked_at"),
                later("gate_partners", "seen_seq"),
            );
            let args = args![
                mark.partner.as_str(),
                mark.asked_at.millis(),
                big(mark.seen_seq)
            ];
            self.run(sql, args).await?;
        }
        for (key, visits) in &notes.keys {
            let sql = format!(
                "INSERT INTO gate_keys (key_id, asked, asked_at, refused, refused_at, would_refuse, would_refuse_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (key_id) DO UPDATE SET \
                 asked = gate_keys.asked + excluded.asked, refused = gate_keys.refused + excluded.refused, \
                 would_refuse = gate_keys.would_refuse + excluded.would_refuse, {}, {}, {}",
                later("gate_keys", "asked_at"),
                later("gate_keys", "refused_at"),
                later("gate_keys", "would_refuse_at"),
            );
            let args = args![
                key.as_str(),
                big(visits.asked),
                visits.asked_at.map_or(0, Timestamp::millis),
                big(visits.refused),
                visits.refused_at.map(Timestamp::millis),
                big(visits.would_refuse),
                visits.would_refuse_at.map(Timestamp::millis)
            ];
            self.run(sql, args).await?;
        }
        for note in &notes.customers {
            self.tell_customer(note).await?;
        }
        Ok(())
    }

    async fn tell_customer(&mut self, note: &CustomerNote) -> Result<()> {
        let (partner, customer) = (note.partner.as_str(), note.customer.as_str());
        if let Some((epoch, since)) = note.awaited {
            // Another server may have been first, and may already have answered.
            let sql = "INSERT INTO gate_customers (partner_id, customer_id, epoch, since) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (partner_id, customer_id) DO UPDATE SET epoch = excluded.epoch, \
                       since = excluded.since, learned_at = NULL \
                       WHERE gate_customers.epoch IS NULL OR gate_customers.epoch < excluded.epoch";
            self.run(sql, args![partner, customer, big(epoch.0), since.millis()])
                .await?;
        }
        if let Some((epoch, at)) = note.learned {
            let sql = "UPDATE gate_customers SET learned_at = $4 WHERE partner_id = $1 AND customer_id = $2 \
                       AND epoch = $3 AND learned_at IS NULL";
            self.run(sql, args![partner, customer, big(epoch.0), at.millis()])
                .await?;
        }
        if let Some((epoch, refused)) = note.refused {
            // Another server may know of a later state already; then these visits are of the past.
            let sql = format!(
                "INSERT INTO gate_customers (partner_id, customer_id, refused, refused_at, refused_epoch) \
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (partner_id, customer_id) DO UPDATE SET \
                 refused = excluded.refused + CASE WHEN gate_customers.refused_epoch = excluded.refused_epoch \
                 THEN gate_customers.refused ELSE 0 END, {}, refused_epoch = excluded.refused_epoch \
                 WHERE gate_customers.refused_epoch IS NULL OR gate_customers.refused_epoch <= excluded.refused_epoch",
                later("gate_customers", "refused_at"),
            );
            let last = refused.last_at.map(Timestamp::millis);
            self.run(
                sql,
                args![partner, customer, big(refused.count), last, big(epoch.0)],
            )
            .await?;
        }
        Ok(())
    }
}

/// Keeps the later of two moments or numbers: several servers tell what each saw, the last one not always the latest.
fn later(table: &str, column: &str) -> String {
    format!(
        "{column} = CASE WHEN excluded.{column} IS NULL OR {table}.{column} > excluded.{column} \
         THEN {table}.{column} ELSE excluded.{column} END"
    )
}

impl Store {
    /// Keeps what the gate saw.
    pub(crate) async fn tell_gate(&self, notes: GateNotes) -> Result<()> {
        self.write(notes, |tx, notes| Box::pin(tx.tell(notes)))
            .await
    }
}
