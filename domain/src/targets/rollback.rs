//! The choices of the Rollback Plan popup.

use serde::{Deserialize, Serialize};

use super::why_not;
use crate::preview::preview;
use crate::{
    Account, Assignment, Catalog, Cause, Ledger, LedgerSeq, Money, Plan, PlanStatus, Preview,
    RollbackTarget, Terms, Timestamp,
};

/// Where one choice of the Rollback Plan popup comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollbackOrigin {
    /// The customer had it.
    Earlier {
        /// Until when, last.
        active_until: Timestamp,
        /// What it cost then. Where the terms name another price, this one could not be kept.
        price_then: Option<Money>,
        /// What the plan costs today for the same cycle.
        price_today: Option<Money>,
        /// Whether the plan is archived by now.
        archived: bool,
    },
    /// A lower plan that the customer never had.
    Lower,
}

/// One choice of the Rollback Plan popup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollbackChoice {
    /// What the command names.
    pub target: RollbackTarget,
    /// What the customer would have.
    pub terms: Terms,
    /// Where it comes from.
    pub origin: RollbackOrigin,
    /// What choosing it would mean.
    pub preview: Preview,
}

/// The choices of the Rollback Plan popup: earlier plans, latest first, then lower ones, highest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollbackChoices {
    /// The choices.
    pub choices: Vec<RollbackChoice>,
    /// Index of the one that is preselected.
    pub preselected: Option<usize>,
}

/// The choices of the Rollback Plan popup.
#[must_use]
pub fn rollback_choices(account: &Account, catalog: &Catalog, now: Timestamp) -> RollbackChoices {
    let step = step_back(&account.ledger, catalog);
    let mut choices: Vec<RollbackChoice> = Vec::new();
    for Earlier { row, plan } in earlier(account, catalog) {
        let terms = restored(row, plan);
        if choices.iter().any(|choice| choice.terms == terms) {
            continue;
        }
        // Of equal rows the step back must keep its own number, or the next rollback would not walk further back.
        let same = |step: &&Assignment| restored(step, plan) == terms;
        let named = step.filter(same).unwrap_or(row);
        choices.push(RollbackChoice {
            target: RollbackTarget::Restore {
                seq: named.seq,
                price: terms.price,
            },
            preview: preview(account, catalog, &terms, now),
            terms,
            origin: RollbackOrigin::Earlier {
                active_until: row.ended_at.unwrap_or(now),
                price_then: row.terms.price,
                price_today: plan.price_today(row.terms.cycle),
                archived: plan.status == PlanStatus::Archived,
            },
        });
    }
    let current = &account.assignment().terms;
    for (plan, terms) in lower(current, catalog) {
        if choices.iter().any(|choice| choice.terms.plan == plan.id) {
            continue;
        }
        choices.push(RollbackChoice {
            target: RollbackTarget::Lower {
                plan: plan.id.clone(),
                version: terms.version,
            },
            preview: preview(account, catalog, &terms, now),
            terms,
            origin: RollbackOrigin::Lower,
        });
    }
    let preselected = match step {
        Some(step) => choices.iter().position(|choice| {
            matches!(choice.target, RollbackTarget::Restore { seq, .. } if seq == step.seq)
        }),
        None => lower(current, catalog).find_map(|(plan, _)| {
            choices
                .iter()
                .position(|choice| choice.terms.plan == plan.id)
        }),
    };
    RollbackChoices {
        choices,
        preselected,
    }
}

/// Whether a rollback could lead anywhere for a customer who has `current` and [`earlier_count`] earlier plans.
#[must_use]
pub fn can_roll_back(current: &Terms, earlier_count: usize, catalog: &Catalog) -> bool {
    earlier_count > 0 || lower(current, catalog).next().is_some()
}

/// How many different earlier plans, versions or prices the customer could be rolled back to. No edit of a plan changes
/// it: lists keep it in the customer's row.
#[must_use]
pub fn earlier_count(account: &Account, catalog: &Catalog) -> usize {
    earlier(account, catalog).len()
}

/// An earlier row that can be restored.
struct Earlier<'a> {
    row: &'a Assignment,
    plan: &'a Plan,
}

/// Earlier rows with a plan that still exists, latest first, equal terms once, what the customer has never.
fn earlier<'a>(account: &'a Account, catalog: &'a Catalog) -> Vec<Earlier<'a>> {
    let mut found: Vec<Earlier<'a>> = Vec::new();
    for row in account.ledger.earlier().iter().rev() {
        let Some(plan) = catalog.plan(&row.terms.plan) else {
            continue;
        };
        let known = found.iter().any(|other| other.row.terms == row.terms);
        if !known && !brings_nothing_back(&row.terms, &account.assignment().terms) {
            found.push(Earlier { row, plan });
        }
    }
    found
}

/// Whether a customer with `current` already has all that is known of `earlier`: a price that is unknown, or was in
/// another currency, is nothing to go back to by itself.
pub(crate) fn brings_nothing_back(earlier: &Terms, current: &Terms) -> bool {
    let comparable = |then: &Money| {
        current
            .price
            .is_none_or(|now| now.currency == then.currency)
    };
    let price = earlier.price.filter(comparable).or(current.price);
    let earlier = earlier.clone();
    Terms { price, ..earlier } == *current
}

/// What restoring `row` gives: its version and price, or today's price where the price is unknown or was in a
/// currency that the plan is no longer sold in.
pub(crate) fn restored(row: &Assignment, plan: &Plan) -> Terms {
    let mut terms = row.terms.clone();
    if terms
        .price
        .is_none_or(|price| price.currency != plan.currency)
    {
        terms.price = plan.price_today(terms.cycle).or(terms.price);
    }
    terms
}

/// Plans lower than `current` that can be given today, highest first.
pub(crate) fn lower<'a>(
    current: &'a Terms,
    catalog: &'a Catalog,
) -> impl Iterator<Item = (&'a Plan, Terms)> {
    let rank = catalog.plan(&current.plan).map(|plan| plan.rank);
    catalog.plans.iter().rev().filter_map(move |plan| {
        let terms = plan.terms_today(current.cycle)?;
        let lower = rank.is_some_and(|rank| plan.rank < rank);
        (lower && why_not(current, catalog, plan, &terms).is_empty()).then_some((plan, terms))
    })
}

/// The row that a rollback steps back to: the latest one before the place the customer is at, with another plan that
/// still exists.
fn step_back<'a>(ledger: &'a Ledger, catalog: &Catalog) -> Option<&'a Assignment> {
    let place = place(ledger, ledger.head());
    let current = &ledger.head().terms.plan;
    ledger.earlier().iter().rev().find(|row| {
        row.seq < place && row.terms.plan != *current && catalog.plan(&row.terms.plan).is_some()
    })
}

/// Where in its own history a row stands: one that restores another stands where that one stands, so that an undo of a
/// rollback, and its redo, leave the walk where it was; a rollback to a plan never had stands where the row does that it
/// replaced.
fn place(ledger: &Ledger, row: &Assignment) -> LedgerSeq {
    let mut before = ledger
        .earlier()
        .iter()
        .filter(|earlier| earlier.seq < row.seq);
    let stands_with = match (row.restores, row.cause) {
        (Some(seq), _) => before.find(|earlier| earlier.seq == seq),
        (None, Cause::Rollback) => before.next_back(),
        (None, _) => None,
    };
    stands_with.map_or(row.seq, |earlier| place(ledger, earlier))
}
