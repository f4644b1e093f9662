//! All customers of all partners in memory, so small that there may be a million of them: how each stands, found by its
//! external id.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{CustomerId, PartnerId, PlanId, PlanVersion, Standing, Unnamed};
use hashbrown::HashTable;
use smol_str::SmolStr;

use super::entry::{Entry, Folded};
use super::plan::PlanFacts;
use crate::store::{StandingRow, StreamEpoch};

/// Where a customer stands in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(u32);

/// Among whom a customer is looked for.
#[derive(Clone, Copy, Debug)]
pub enum Among<'p> {
    /// The customers of one partner.
    One(&'p PartnerId),
    /// Those of all partners.
    All,
}

/// How the letters of an external id are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// As they are.
    Exact,
    /// Upper and lower case alike, as in the name of a host.
    AnyCase,
}

/// Whose version of which plan.
type PlanPlace = (u32, u128, PlanVersion);

/// Everybody.
#[derive(Default)]
pub struct Index {
    entries: Vec<Entry>,
    by_external: HashTable<u32>,
    by_customer: HashTable<u32>,
    partners: Vec<PartnerId>,
    partner_numbers: HashMap<PartnerId, u32>,
    plans: Vec<PlanFacts>,
    plan_numbers: HashMap<PlanPlace, u32>,
    hasher: RandomState,
    history: String,
}

/// A row names a version of a plan that the index does not know.
#[derive(Debug)]
pub struct UnknownPlan;

impl Index {
    /// Of a history of the database.
    pub fn of(history: &StreamEpoch) -> Self {
        Self {
            history: history.to_string(),
            ..Self::default()
        }
    }

    /// The history that it was read from.
    pub fn history(&self) -> &str {
        &self.history
    }

    /// Makes room for so many more customers.
    pub fn reserve(&mut self, more: usize) {
        self.entries.reserve_exact(more);
        let Self {
            entries,
            by_external,
            by_customer,
            hasher,
            ..
        } = self;
        by_external.reserve(more, |slot| entries[*slot as usize].external_hash(hasher));
        by_customer.reserve(more, |slot| entries[*slot as usize].customer_hash(hasher));
    }

    /// Takes note of a version of a plan.
    pub fn learn_plan(
        &mut self,
        partner: &PartnerId,
        id: &PlanId,
        version: PlanVersion,
        facts: PlanFacts,
    ) {
        let place = (self.number(partner), id.bits(), version);
        let fresh = index_of(self.plans.len());
        if *self.plan_numbers.entry(place).or_insert(fresh) == fresh {
            self.plans.push(facts);
        }
    }

    /// Whether everything that rows name has been learned.
    pub fn knows_plans(&self, partner: &PartnerId, rows: &[StandingRow]) -> bool {
        let number = self.partner_numbers.get(partner);
        rows.iter().all(|row| {
            number.is_some_and(|number| {
                self.plan_numbers
                    .contains_key(&(*number, row.plan.bits(), row.version))
            })
        })
    }

    /// Puts a customer where its row says; answers its place, and whether its epoch moved.
    ///
    /// # Errors
    /// [`UnknownPlan`] when the plan has to be learned first.
    pub fn put(&mut self, partner: &PartnerId, row: &StandingRow) -> Result<Slot, UnknownPlan> {
        let partner = self.number(partner);
        let plan = self
            .plan_numbers
            .get(&(partner, row.plan.bits(), row.version));
        let plan = *plan.ok_or(UnknownPlan)?;
        let customer = row.customer.bits().to_be_bytes();
        let Self {
            entries,
            by_external,
            by_customer,
            hasher,
            ..
        } = self;
        let hash = hasher.hash_one((partner, customer));
        let known = by_customer.find(hash, |slot| {
            let entry = &entries[*slot as usize];
            entry.partner == partner && entry.customer == customer
        });
        if let Some(slot) = known.copied() {
            let entry = &mut entries[slot as usize];
            (entry.epoch, entry.standing, entry.plan) = (row.epoch, row.standing, plan);
            return Ok(Slot(slot));
        }
        if entries.len() == entries.capacity() {
            // An eighth at a time: doubling would hold twice the memory that is needed.
            entries.reserve_exact(entries.len() / 8 + 1_024);
        }
        let slot = index_of(entries.len());
        entries.push(Entry {
            external: SmolStr::new(row.external_id.as_str()),
            customer,
            epoch: row.epoch,
            partner,
            plan,
            standing: row.standing,
            awaited: AtomicBool::new(false),
        });
        by_customer.insert_unique(hash, slot, |slot| {
            entries[*slot as usize].customer_hash(hasher)
        });
        let hash = entries[slot as usize].external_hash(hasher);
        by_external.insert_unique(hash, slot, |slot| {
            entries[*slot as usize].external_hash(hasher)
        });
        Ok(Slot(slot))
    }

    fn number(&mut self, partner: &PartnerId) -> u32 {
        if let Some(number) = self.partner_numbers.get(partner) {
            return *number;
        }
        let number = index_of(self.partners.len());
        self.partners.push(partner.clone());
        self.partner_numbers.insert(partner.clone(), number);
        number
    }

    /// The customer with this external id. One that left does not stand in the way of one that stayed.
    ///
    /// # Errors
    /// [`Unnamed::Unknown`] or [`Unnamed::Ambiguous`].
    pub fn find(
        &self,
        among: Among<'_>,
        external: &str,
        letters: Letters,
    ) -> Result<Slot, Unnamed> {
        let mut found = Found::None;
        match among {
            Among::One(partner) => {
                let number = self.partner_numbers.get(partner).ok_or(Unnamed::Unknown)?;
                self.look(*number, external, letters, &mut found);
            }
            Among::All => {
                for number in 0..index_of(self.partners.len()) {
                    self.look(number, external, letters, &mut found);
                }
            }
        }
        match found {
            Found::None => Err(Unnamed::Unknown),
            Found::Closed(slot) | Found::Open(slot) => Ok(Slot(slot)),
            Found::Several => Err(Unnamed::Ambiguous),
        }
    }

    fn look(&self, partner: u32, external: &str, letters: Letters, found: &mut Found) {
        let hash = self.hasher.hash_one((partner, Folded(external)));
        for slot in self.by_external.iter_hash(hash) {
            let entry = &self.entries[*slot as usize];
            let same = match letters {
                Letters::Exact => entry.external == external,
                Letters::AnyCase => entry.external.eq_ignore_ascii_case(external),
            };
            if same && entry.partner == partner {
                *found = match (&found, entry.standing) {
                    (Found::None, Standing::Closed) => Found::Closed(*slot),
                    (Found::None | Found::Closed(_), Standing::Active | Standing::Suspended(_)) => {
                        Found::Open(*slot)
                    }
                    (Found::Closed(slot), Standing::Closed) => Found::Closed(*slot),
                    (Found::Open(slot), Standing::Closed) => Found::Open(*slot),
                    (Found::Open(_), _) | (Found::Several, _) => Found::Several,
                };
            }
        }
    }

    /// The customer with this identifier.
    pub fn slot(&self, partner: &PartnerId, customer: &CustomerId) -> Option<Slot> {
        let partner = *self.partner_numbers.get(partner)?;
        let customer = customer.bits().to_be_bytes();
        let hash = self.hasher.hash_one((partner, customer));
        let slot = self.by_customer.find(hash, |slot| {
            let entry = &self.entries[*slot as usize];
            entry.partner == partner && entry.customer == customer
        });
        slot.copied().map(Slot)
    }

    /// What stands there.
    pub fn entry(&self, slot: Slot) -> &Entry {
        &self.entries[slot.0 as usize]
    }

    /// Whose customer it is.
    pub fn partner(&self, slot: Slot) -> &PartnerId {
        &self.partners[self.entry(slot).partner as usize]
    }

    /// What it has.
    pub fn plan(&self, slot: Slot) -> &PlanFacts {
        &self.plans[self.entry(slot).plan as usize]
    }

    /// Waits, from now on, for the first answer about a customer.
    pub fn await_answer(&self, slot: Slot) {
        self.entry(slot).awaited.store(true, Ordering::Relaxed);
    }
}

enum Found {
    None,
    Closed(u32),
    Open(u32),
    Several,
}

fn index_of(length: usize) -> u32 {
    // Four thousand million customers do not fit into memory.
    u32::try_from(length).unwrap_or(u32::MAX)
}
