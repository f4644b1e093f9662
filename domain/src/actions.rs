//! What the ⋮ menu offers, and why not.

use serde::{Deserialize, Serialize};

use crate::targets::{can_change, can_roll_back, earlier_count};
use crate::{Account, Actor, Catalog, Kind, Lifecycle, Permission, Reason, Rejection, Terms};

codes! {
    /// An entry of the ⋮ menu.
    pub enum Action {
        /// Open the customer's page.
        View = "view",
        /// Change Plan.
        ChangePlan = "change_plan",
        /// Rollback Plan.
        RollbackPlan = "rollback_plan",
        /// Suspend Account.
        Suspend = "suspend",
        /// Reactivate Account.
        Reactivate = "reactivate",
    }
}

/// An entry of the ⋮ menu: possible, or visible with the reason why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// Which entry.
    pub action: Action,
    /// Why it is not possible; `None` when it is.
    pub refused: Option<Rejection>,
}

/// The little of an account that the menu depends on; small enough to travel with every row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// Whether it is still a customer.
    pub lifecycle: Lifecycle,
    /// Reasons of the suspensions in force, in the order of their opening.
    pub in_force: Vec<Reason>,
    /// Whether a plan change could lead anywhere.
    pub can_change: bool,
    /// Whether a rollback could lead anywhere.
    pub can_roll_back: bool,
}

impl Situation {
    /// The situation of `account`.
    #[must_use]
    pub fn of(account: &Account, catalog: &Catalog) -> Self {
        let in_force = account.in_force().map(|open| open.reason).collect();
        let earlier = earlier_count(account, catalog);
        Self::from_row(
            account.lifecycle,
            in_force,
            &account.assignment().terms,
            earlier,
            catalog,
        )
    }

    /// The situation of a customer of whom only a list's row is known: what it has, and how many earlier plans it
    /// could be rolled back to (see [`earlier_count`]).
    #[must_use]
    pub fn from_row(
        lifecycle: Lifecycle,
        in_force: Vec<Reason>,
        current: &Terms,
        earlier: usize,
        catalog: &Catalog,
    ) -> Self {
        Self {
            lifecycle,
            in_force,
            can_change: can_change(current, catalog),
            can_roll_back: can_roll_back(current, earlier, catalog),
        }
    }

    fn refused(&self, action: Action, actor: &Actor) -> Option<Rejection> {
        let permission = match action {
            Action::View => Permission::View,
            Action::ChangePlan => Permission::ChangePlan,
            Action::RollbackPlan => Permission::RollbackPlan,
            Action::Suspend => Permission::Suspend,
            Action::Reactivate => Permission::Reactivate,
        };
        if !actor.permits(permission) {
            return Some(Rejection::Forbidden { permission });
        }
        if self.lifecycle == Lifecycle::Closed && action != Action::View {
            return Some(Rejection::Closed);
        }
        match action {
            Action::View => None,
            Action::Suspend => self.nothing_to_place(actor),
            Action::ChangePlan => self
                .blocked()
                .or_else(|| (!self.can_change).then_some(Rejection::NoChangeTarget)),
            Action::RollbackPlan => self
                .blocked()
                .or_else(|| (!self.can_roll_back).then_some(Rejection::NoRollbackTarget)),
            Action::Reactivate => self.nothing_to_lift(actor),
        }
    }

    fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.in_force.iter().map(|reason| reason.kind())
    }

    fn blocked(&self) -> Option<Rejection> {
        let reason = *self
            .in_force
            .iter()
            .find(|reason| reason.kind().blocks_plan_change())?;
        Some(Rejection::BlocksPlanChange {
            kind: reason.kind(),
            reason,
        })
    }

    /// Possible as long as there is a kind that is not in force yet.
    fn nothing_to_place(&self, actor: &Actor) -> Option<Rejection> {
        let left = |kind: &&Kind| {
            actor.may_place(**kind) && self.kinds().all(|in_force| in_force != **kind)
        };
        match Kind::ALL.iter().find(left) {
            Some(_) => None,
            None => Some(Rejection::NoSuspensionLeft),
        }
    }

    /// Possible as soon as one of the suspensions may be lifted; the popup says which.
    fn nothing_to_lift(&self, actor: &Actor) -> Option<Rejection> {
        if self.kinds().any(|kind| actor.may_lift(kind)) {
            return None;
        }
        Some(
            self.kinds()
                .next()
                .map_or(Rejection::NotSuspended, |kind| Rejection::NotYours { kind }),
        )
    }
}

/// The entries of the ⋮ menu: View, Change Plan, Rollback Plan, Suspend Account; Reactivate Account before the last one
/// while something keeps the customer out.
#[must_use]
pub fn available_actions(account: &Account, catalog: &Catalog, actor: &Actor) -> Vec<Availability> {
    actions_in(&Situation::of(account, catalog), actor)
}

/// The same from the situation alone.
#[must_use]
pub fn actions_in(situation: &Situation, actor: &Actor) -> Vec<Availability> {
    let lift = (!situation.in_force.is_empty()).then_some(Action::Reactivate);
    [Action::View, Action::ChangePlan, Action::RollbackPlan]
        .into_iter()
        .chain(lift)
        .chain([Action::Suspend])
        .map(|action| Availability {
            action,
            refused: situation.refused(action, actor),
        })
        .collect()
}
