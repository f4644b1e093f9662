//! Where a plan change and a rollback may lead.

mod change;
mod rollback;

pub use change::{ChangeChoice, ChangeKind, can_change, change_choices};
pub use rollback::{
    RollbackChoice, RollbackChoices, RollbackOrigin, can_roll_back, earlier_count, rollback_choices,
};
pub(crate) use rollback::{brings_nothing_back, lower, restored};

use crate::{Catalog, Currency, Ineligible, Plan, PlanStatus, Terms};

/// Why `plan` cannot be given today on `terms` to a customer who has `current`; empty when it can.
pub(crate) fn why_not(
    current: &Terms,
    catalog: &Catalog,
    plan: &Plan,
    terms: &Terms,
) -> Vec<Ineligible> {
    let mut reasons = Vec::new();
    match plan.status {
        PlanStatus::Active => {}
        PlanStatus::Inactive => reasons.push(Ineligible::Inactive),
        PlanStatus::Archived => reasons.push(Ineligible::Archived),
    }
    if paid_in(current, catalog).is_some_and(|currency| currency != plan.currency) {
        reasons.push(Ineligible::OtherCurrency {
            currency: plan.currency,
        });
    }
    if terms.price.is_none() {
        reasons.push(Ineligible::NoPrice);
    }
    reasons
}

/// The currency that a customer with `current` pays in, if anything tells.
fn paid_in(current: &Terms, catalog: &Catalog) -> Option<Currency> {
    let sold_in = || catalog.plan(&current.plan).map(|plan| plan.currency);
    current.price.map(|price| price.currency).or_else(sold_in)
}
