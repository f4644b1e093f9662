//! What all questions share: who may come in, as last read, and what was seen at the gate.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use axum::http::{HeaderMap, HeaderValue};
use domain::time::{DAY, MINUTE, SECOND};
use domain::{
    CustomerId, Denial, Epoch, ExternalId, GateMode, Knowledge, Limit, LimitName, PartnerId,
    Standing, Timestamp, Verdict, verdict,
};

use super::entry::Entry;
use super::index::{Among, Index, Letters, Slot};
use super::question::{Named, Question};
use super::visits::{Visit, Visitor, Visits};
use crate::api_keys::{ApiKey, KeyOwner};

/// Readings of the logs may be so late, in milliseconds, before answers are called stale: a few times as long as the logs
/// are left alone.
const LATE: i64 = 3 * SECOND;

/// How long things count at the gate, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateTimes {
    /// The last known truth, while the database is away.
    pub stale: i64,
    /// A product as connected, after it has asked.
    pub connected: i64,
    /// A command that no product has asked about since, before people are told that it is not enforced.
    pub patience: i64,
}

impl Default for GateTimes {
    fn default() -> Self {
        Self {
            stale: 10 * MINUTE,
            // Nobody visits at night or on holidays; and where the gate was taken away, that its commands are not proven says so.
            connected: 7 * DAY,
            patience: MINUTE,
        }
    }
}

impl GateTimes {
    /// Since when a product has asked that counts as connected.
    #[must_use]
    pub const fn connected_since(&self, now: Timestamp) -> Timestamp {
        now.plus_millis(-self.connected)
    }

    /// What was done then or before should be known to the product.
    #[must_use]
    pub const fn late(&self, now: Timestamp) -> Timestamp {
        now.plus_millis(-self.patience)
    }

    /// Whether what was done then should be known to the product.
    #[must_use]
    pub fn is_late(&self, since: Timestamp, now: Timestamp) -> bool {
        since <= self.late(now)
    }

    /// Whether a product that asked then counts as connected.
    #[must_use]
    pub const fn is_connected(&self, asked_at: Timestamp, now: Timestamp) -> bool {
        now.millis_since(asked_at) <= self.connected
    }
}

/// Answers questions.
pub struct Gate {
    index: RwLock<Index>,
    read_at: AtomicI64,
    pub(super) times: GateTimes,
    pub(super) visits: Visits,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A proxy, about somebody who wants to come in.
    Visit,
    /// A proxy, about a page that looks whether access is back: nothing is turned away then.
    Look,
    /// A proxy, for the page that it shows after a no: that visit has been counted.
    Page,
}

/// An answer of the gate.
pub struct Told {
    /// Whether the customer may come in.
    pub verdict: Verdict,
    /// Who it is, if that is known.
    pub customer: Option<ToldCustomer>,
    /// Of whom the visitor is shown that it is suspended.
    pub suspended: Option<(PartnerId, CustomerId)>,
    /// For how many seconds the database has been away.
    pub stale: Option<i64>,
}

/// What the product is told of a customer.
pub struct ToldCustomer {
    /// How it stands.
    pub status: &'static str,
    /// The code of its plan.
    pub plan: HeaderValue,
    /// What the plan grants.
    pub limits: HeaderValue,
}

/// What a customer has, and whether it may use it.
pub struct Entitlements {
    /// The operator's name for the customer.
    pub external_id: String,
    /// How it stands.
    pub standing: Standing,
    /// The code of its plan.
    pub plan: String,
    /// The version of the plan.
    pub version: u32,
    /// What the plan grants.
    pub limits: Vec<(LimitName, Limit)>,
    /// Revision of all of this.
    pub epoch: Epoch,
    /// Changes whenever any of this does, and is never used again.
    pub tag: String,
    /// For how many seconds the database has been away.
    pub stale: Option<i64>,
}

impl Gate {
    pub(super) fn new(index: Index, times: GateTimes, now: Timestamp) -> Self {
        Self {
            index: RwLock::new(index),
            read_at: AtomicI64::new(now.millis()),
            times,
            visits: Visits::default(),
        }
    }

    pub(super) fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn index_mut(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The logs have been read at `now`.
    pub(super) fn is_fresh(&self, now: Timestamp) {
        self.read_at.store(now.millis(), Ordering::Relaxed);
    }

    fn knowledge(&self, now: Timestamp) -> (Knowledge, i64) {
        let age = now.millis() - self.read_at.load(Ordering::Relaxed);
        // A clock that was set back does not tell how long the database has been away; the next reading does.
        let knowledge = if (-LATE..=LATE).contains(&age) {
            Knowledge::Fresh
        } else if age <= self.times.stale {
            Knowledge::Stale
        } else {
            Knowledge::Outdated
        };
        (knowledge, (age / SECOND).max(0))
    }

    /// Whether the customer that a request is about may come in. The key has been found good.
    pub fn answer(&self, key: &ApiKey, headers: &HeaderMap, now: Timestamp, asks: Asks) -> Told {
        let settings = &key.gate;
        let (knowledge, age) = self.knowledge(now);
        let index = self.index();
        let question = Question::new(headers);
        let slot = question
            .who(settings)
            .and_then(|Named { external, letters }| {
                index.find(among(&key.owner), &external, letters)
            });
        let standing = slot.map(|slot| index.entry(slot).standing);
        let way = || question.way(settings);
        let verdict = verdict(standing, way, knowledge, settings.mode, settings.unknown);
        if asks != Asks::Page {
            self.note(&index, key, slot.ok(), verdict, asks, now);
        }
        let keeps_out = matches!(verdict, Verdict::Deny(Denial::Suspended(_)));
        let shown = |slot| (index.partner(slot).clone(), index.entry(slot).customer());
        Told {
            verdict,
            suspended: slot.ok().filter(|_| keeps_out).map(shown),
            customer: slot.ok().map(|slot| told_customer(&index, slot)),
            stale: (knowledge != Knowledge::Fresh).then_some(age),
        }
    }

    /// What a customer has.
    ///
    /// # Errors
    /// Why there is nothing to say.
    pub fn entitlements(
        &self,
        key: &ApiKey,
        external: &ExternalId,
        now: Timestamp,
    ) -> Result<Entitlements, Denial> {
        let (knowledge, age) = self.knowledge(now);
        if knowledge == Knowledge::Outdated {
            return Err(Denial::Outdated);
        }
        let index = self.index();
        let slot = index
            .find(among(&key.owner), external.as_str(), Letters::Exact)
            .map_err(Denial::Unnamed)?;
        let (entry, plan) = (index.entry(slot), index.plan(slot));
        self.note(&index, key, Some(slot), Verdict::Pass, Asks::Visit, now);
        Ok(Entitlements {
            external_id: entry.external().to_owned(),
            standing: entry.standing,
            plan: plan.code.to_string(),
            version: plan.version.0,
            limits: plan.limits.clone(),
            epoch: entry.epoch,
            tag: format!("{}-{}-{}", index.history(), entry.customer(), entry.epoch.0),
            stale: (knowledge == Knowledge::Stale).then_some(age),
        })
    }

    fn note(
        &self,
        index: &Index,
        key: &ApiKey,
        slot: Option<Slot>,
        verdict: Verdict,
        asks: Asks,
        now: Timestamp,
    ) {
        let entry = slot.map(|slot| index.entry(slot));
        let enforced = key.gate.mode == GateMode::Enforce;
        let visitor = entry
            .filter(|_| enforced)
            .and_then(|entry| visitor(entry, verdict, asks));
        let partner = slot.map(|slot| index.partner(slot)).or(key.owner.partner());
        let visit = Visit {
            key: &key.id,
            mode: key.gate.mode,
            verdict,
            partner,
            at: now,
        };
        self.visits.note(&visit, visitor);
    }
}

fn among(owner: &KeyOwner) -> Among<'_> {
    match owner {
        KeyOwner::Partner(partner) => Among::One(partner),
        KeyOwner::Operator => Among::All,
    }
}

/// What there is to remember of a customer that was asked about; mostly nothing.
fn visitor(entry: &Entry, verdict: Verdict, asks: Asks) -> Option<Visitor> {
    let is_first =
        entry.awaited.load(Ordering::Relaxed) && entry.awaited.swap(false, Ordering::Relaxed);
    let kept_out = matches!(
        verdict,
        Verdict::Deny(Denial::Suspended(_) | Denial::Closed)
    );
    let refused = kept_out && asks == Asks::Visit;
    (is_first || refused).then(|| Visitor {
        customer: entry.customer(),
        epoch: entry.epoch,
        is_first,
        refused,
    })
}

fn told_customer(index: &Index, slot: Slot) -> ToldCustomer {
    let (entry, plan) = (index.entry(slot), index.plan(slot));
    ToldCustomer {
        status: entry.standing.status().code(),
        plan: plan.code_header.clone(),
        limits: plan.limits_header.clone(),
    }
}
