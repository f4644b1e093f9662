//! Why somebody did something, where the popups ask.

use serde::{Deserialize, Serialize};

codes! {
    /// Why a plan was changed.
    pub enum ChangeReason {
        /// The customer asked for it.
        CustomerAsked = "customer_asked",
        /// The customer needs more than the plan gives.
        NeedsMore = "needs_more",
        /// The plan costs too much for the customer.
        TooExpensive = "too_expensive",
        /// The wrong plan was sold.
        WrongPlanSold = "wrong_plan_sold",
        /// A bill is put right.
        BillCorrection = "bill_correction",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// Why a plan was rolled back.
    pub enum RollbackReason {
        /// The change was a mistake.
        ChangedByMistake = "changed_by_mistake",
        /// The customer changed their mind.
        CustomerChangedMind = "customer_changed_mind",
        /// A bill is put right.
        BillCorrection = "bill_correction",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// Why a suspension was lifted.
    pub enum ReactivateReason {
        /// The customer paid.
        Paid = "paid",
        /// The case was reviewed.
        Reviewed = "reviewed",
        /// The customer asked for it.
        CustomerAsked = "customer_asked",
        /// The suspension was a mistake.
        SuspendedByMistake = "suspended_by_mistake",
        /// Something else.
        Other = "other",
    }
}

/// Why the ledger moved, whichever popup asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanReason {
    /// Given for a change.
    Change(ChangeReason),
    /// Given for a rollback.
    Rollback(RollbackReason),
}
