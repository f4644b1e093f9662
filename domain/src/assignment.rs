//! What a customer has: a plan in one version, for one price and cycle.

use serde::{Deserialize, Serialize};

use crate::{
    ActorRef, CommandId, Cycle, LedgerSeq, Money, PlanId, PlanReason, PlanVersion, Timestamp,
};

/// What identifies an assignment: two with equal terms are the same plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Terms {
    /// The plan.
    pub plan: PlanId,
    /// The version whose limits are in force.
    pub version: PlanVersion,
    /// How often the price is due.
    pub cycle: Cycle,
    /// The price for one cycle; `None` when an import did not know it.
    pub price: Option<Money>,
}

impl Terms {
    /// The price as a price per month.
    #[must_use]
    pub fn per_month(&self) -> Option<Money> {
        self.price.map(|price| price.per_month(self.cycle))
    }
}

codes! {
    /// What made a row of the ledger.
    pub enum Cause {
        /// The customer came.
        Initial = "initial",
        /// A plan change.
        Change = "change",
        /// A rollback.
        Rollback = "rollback",
        /// An undo.
        Undo = "undo",
        /// An import.
        Import = "import",
    }
}

/// One row of a customer's ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its place, from 1 without gaps.
    pub seq: LedgerSeq,
    /// What the customer had.
    pub terms: Terms,
    /// Since when.
    pub started_at: Timestamp,
    /// Until when: the start of the next row; `None` for the head.
    pub ended_at: Option<Timestamp>,
    /// What made it.
    pub cause: Cause,
    /// The earlier row whose terms it brought back.
    pub restores: Option<LedgerSeq>,
    /// Who made it.
    pub actor: ActorRef,
    /// Why, when somebody said so.
    pub reason: Option<PlanReason>,
    /// The command that made it.
    pub command: CommandId,
}

/// A span of the past as an import knows it: it lasts until the next one starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stint {
    /// What the customer had.
    pub terms: Terms,
    /// Since when.
    pub started_at: Timestamp,
}
