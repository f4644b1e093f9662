//! The cards of the Change Plan popup.

use serde::{Deserialize, Serialize};

use super::why_not;
use crate::preview::preview;
use crate::{Account, Catalog, Ineligible, Preview, Terms, Timestamp};

codes! {
    /// What a card of the Change Plan popup stands for.
    pub enum ChangeKind {
        /// What the customer has; never selectable.
        Current = "current",
        /// The customer's plan as it is sold today.
        TodaysVersion = "todays_version",
        /// Another plan.
        Other = "other",
    }
}

/// One card of the Change Plan popup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeChoice {
    /// What it stands for.
    pub kind: ChangeKind,
    /// What the customer would have. The cycle differs from the current one where the plan is not sold in that.
    pub terms: Terms,
    /// Why it cannot be chosen; empty when it can.
    pub reasons: Vec<Ineligible>,
    /// What choosing it would mean.
    pub preview: Preview,
}

/// The cards of the Change Plan popup in rank order: every plan, those that cannot be chosen with the reason.
#[must_use]
pub fn change_choices(account: &Account, catalog: &Catalog, now: Timestamp) -> Vec<ChangeChoice> {
    let current = &account.assignment().terms;
    let choice = |kind, terms: Terms, reasons| ChangeChoice {
        kind,
        preview: preview(account, catalog, &terms, now),
        terms,
        reasons,
    };
    let mut choices = Vec::with_capacity(catalog.plans.len() + 1);
    for plan in &catalog.plans {
        let is_current = plan.id == current.plan;
        if is_current {
            choices.push(choice(
                ChangeKind::Current,
                current.clone(),
                vec![Ineligible::Current],
            ));
        }
        let Some(today) = plan
            .terms_today(current.cycle)
            .filter(|today| today != current)
        else {
            continue;
        };
        let reasons = why_not(current, catalog, plan, &today);
        match (is_current, reasons.is_empty()) {
            // Today's version of a plan that nobody can get would only repeat the current card.
            (true, false) => {}
            (true, true) => choices.push(choice(ChangeKind::TodaysVersion, today, reasons)),
            (false, _) => choices.push(choice(ChangeKind::Other, today, reasons)),
        }
    }
    choices
}

/// Whether a change could lead anywhere for a customer who has `current`.
#[must_use]
pub fn can_change(current: &Terms, catalog: &Catalog) -> bool {
    catalog.plans.iter().any(|plan| {
        plan.terms_today(current.cycle).is_some_and(|today| {
            today != *current && why_not(current, catalog, plan, &today).is_empty()
        })
    })
}
