//! Reading everybody for the gate, at the start and when another copy of the database was put in place.

use std::collections::HashMap;

use domain::{Catalog, PartnerId, Timestamp};

use super::GateTimes;
use super::index::{Index, UnknownPlan};
use super::plan::PlanFacts;
use crate::error::{Error, Result};
use crate::store::{PartnerMark, StreamEpoch, Tx};

/// So many customers are read at a time at the start.
const READ_AT_ONCE: u32 = 10_000;

/// Everybody, how far the log of each partner has been followed, and what the store knows of questions.
pub(super) struct Everybody {
    pub index: Index,
    pub heads: HashMap<PartnerId, u64>,
    pub marks: Vec<PartnerMark>,
}

/// Reads all customers, plans and marks.
pub(super) async fn everybody(
    tx: &mut Tx,
    history: &StreamEpoch,
    times: GateTimes,
    now: Timestamp,
) -> Result<Everybody> {
    let partners = tx.partners().await?;
    let mut index = Index::of(history);
    let all: u64 = partners.iter().map(|partner| partner.counts.all()).sum();
    index.reserve(usize::try_from(all).unwrap_or_default());
    let mut heads = HashMap::with_capacity(partners.len());
    for partner in partners {
        learn(&mut index, &partner.id, tx.catalog(&partner.id).await?);
        let mut rows = tx.standings(&partner.id, None, READ_AT_ONCE).await?;
        while let Some(last) = rows.last() {
            // The database reads on while these are put in place.
            let reading = tx.standings(&partner.id, Some(&last.customer), READ_AT_ONCE);
            let putting = async {
                rows.iter()
                    .try_for_each(|row| index.put(&partner.id, row).map(drop))
            };
            let (next, put) = tokio::join!(reading, putting);
            put.map_err(unknown)?;
            rows = next?;
        }
        heads.insert(partner.id, partner.last_seq);
    }
    for (partner, customer) in tx.awaited().await? {
        if let Some(slot) = index.slot(&partner, &customer) {
            index.await_answer(slot);
        }
    }
    let marks = tx.gate_marks().await?;
    for mark in &marks {
        // What happened while nobody followed is waited for as well.
        if times.is_connected(mark.asked_at, now)
            && let Some(head) = heads.get_mut(&mark.partner)
        {
            *head = mark.seen_seq.min(*head);
        }
    }
    Ok(Everybody {
        index,
        heads,
        marks,
    })
}

/// Takes note of all versions of a partner's plans.
pub(super) fn learn(index: &mut Index, partner: &PartnerId, catalog: Catalog) {
    for plan in catalog.plans {
        for terms in plan.terms {
            let facts = PlanFacts::new(plan.code.clone(), terms.version, terms.limits);
            index.learn_plan(partner, &plan.id, terms.version, facts);
        }
    }
}

/// A row names a plan that the catalogue does not have.
pub(super) fn unknown(_: UnknownPlan) -> Error {
    Error::damaged("a customer on a version of a plan that does not exist")
}
