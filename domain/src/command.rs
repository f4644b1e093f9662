//! What a person may ask for. A store's fingerprint of a command is the hash of its serde form, which has all fields.

use serde::{Deserialize, Serialize};

use crate::{
    AccessRevision, ChangeReason, CommandId, CustomerMessage, Cycle, LedgerSeq, LimitName, Money,
    Note, PlanId, PlanRevision, PlanVersion, ReactivateReason, Reason, RollbackReason,
    SuspensionId, Timestamp,
};

/// One thing to be done with one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Give another plan.
    ChangePlan(ChangePlan),
    /// Go back to an earlier or lower plan.
    RollbackPlan(RollbackPlan),
    /// Keep the customer out.
    Suspend(Suspend),
    /// Let the customer in again.
    Reactivate(Reactivate),
    /// Take a command back.
    Undo(Undo),
}

/// A limit that a person has accepted as exceeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedOver {
    /// Which limit.
    pub limit: LimitName,
    /// The usage that stood beside the tick; more than that nobody has accepted.
    pub used: u64,
}

/// Gives another plan, another version, or another cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePlan {
    /// The plan wanted.
    pub plan: PlanId,
    /// The version that the popup showed; must still be the newest.
    pub version: PlanVersion,
    /// How often the price is due.
    pub cycle: Cycle,
    /// The revision that the popup showed.
    pub expect_plan_revision: PlanRevision,
    /// The exceeded limits that were named beside the tick; must cover all that are exceeded.
    pub accepts_over: Vec<AcceptedOver>,
    /// Why.
    pub reason: Option<ChangeReason>,
    /// For colleagues.
    pub note: Option<Note>,
}

/// Where a rollback leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollbackTarget {
    /// Exactly what an earlier row of the ledger had.
    Restore {
        /// Which row.
        seq: LedgerSeq,
        /// The price that the popup showed; where the row's own cannot be kept, today's, which may move meanwhile.
        price: Option<Money>,
    },
    /// A lower plan as it is sold today.
    Lower {
        /// The plan.
        plan: PlanId,
        /// The version that the popup showed; must still be the newest.
        version: PlanVersion,
    },
}

/// Goes back to an earlier or lower plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollbackPlan {
    /// Where to.
    pub target: RollbackTarget,
    /// The revision that the popup showed.
    pub expect_plan_revision: PlanRevision,
    /// The exceeded limits that were named beside the tick; must cover all that are exceeded.
    pub accepts_over: Vec<AcceptedOver>,
    /// Why.
    pub reason: Option<RollbackReason>,
    /// For colleagues.
    pub note: Option<Note>,
}

/// Keeps the customer out, from now or from later on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspend {
    /// Why; decides the kind.
    pub reason: Reason,
    /// For colleagues; required where the reason says nothing without it.
    pub note: Option<Note>,
    /// For the customer.
    pub customer_message: Option<CustomerMessage>,
    /// When it begins by itself; `None` for now.
    pub starts_at: Option<Timestamp>,
    /// When it ends by itself; `None` until somebody lifts it.
    pub until: Option<Timestamp>,
    /// The revision that the popup showed.
    pub expect_access_revision: AccessRevision,
}

/// Lifts suspensions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reactivate {
    /// Which ones; all or none of them are lifted.
    pub suspensions: Vec<SuspensionId>,
    /// The revision that the popup showed.
    pub expect_access_revision: AccessRevision,
    /// Why.
    pub reason: Option<ReactivateReason>,
    /// For colleagues.
    pub note: Option<Note>,
}

/// Takes a command back, while nothing else has moved its aspect since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The command to be taken back.
    pub command: CommandId,
}
