//! Why something is not done: codes with typed arguments. The sentences stand in the text catalogue.

use serde::{Deserialize, Serialize};

use crate::{
    AccessRevision, Aspect, Currency, Kind, Moved, OverLimit, Permission, PlanId, PlanRevision,
    PlanVersion, Reason, Suspension,
};

/// Why a command was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// The actor lacks a permission.
    Forbidden {
        /// Which one.
        permission: Permission,
    },
    /// The actor may not place or lift suspensions of this kind.
    NotYours {
        /// Which kind.
        kind: Kind,
    },
    /// The customer left.
    Closed,
    /// What the popup showed is no longer so.
    Stale(Stale),
    /// Something else has moved the aspect since the command that was to be undone.
    Superseded {
        /// Which aspect.
        aspect: Aspect,
        /// Who moved it last, and when.
        by: Moved,
    },
    /// The command is not one that can be undone (an arrival, an import, a due start or end).
    NotUndoable,
    /// The customer has exactly this plan, version, cycle and price.
    SamePlan,
    /// The plan is archived and can no longer be given.
    PlanArchived {
        /// Which plan.
        plan: PlanId,
    },
    /// The plan cannot be given to this customer.
    NotEligible {
        /// Why not; at least one reason.
        reasons: Vec<Ineligible>,
    },
    /// No plan is left that a change could lead to.
    NoChangeTarget,
    /// There is neither an earlier nor a lower plan.
    NoRollbackTarget,
    /// A suspension in force blocks plan changes.
    BlocksPlanChange {
        /// Its kind.
        kind: Kind,
        /// Its reason.
        reason: Reason,
    },
    /// A suspension of this kind is open already.
    AlreadySuspended {
        /// The open one.
        by: Box<Suspension>,
    },
    /// Each suspension that the actor could place is in force already.
    NoSuspensionLeft,
    /// No such suspension is open.
    NotSuspended,
    /// The reason says nothing without a note.
    NoteRequired,
    /// The suspension was to begin at a moment that is over.
    StartInPast,
    /// The suspension would end before it began.
    UntilInPast,
}

/// What is no longer as the popup showed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stale {
    /// The ledger moved.
    Plan {
        /// Its revision now.
        now: PlanRevision,
        /// Who moved it, and when.
        moved: Moved,
    },
    /// A suspension moved.
    Access {
        /// The revision now.
        now: AccessRevision,
        /// Who moved it, and when.
        moved: Option<Moved>,
    },
    /// The plan has a newer version.
    Version {
        /// Which plan.
        plan: PlanId,
        /// Its newest version.
        newest: PlanVersion,
    },
}

/// Why one plan cannot be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ineligible {
    /// The customer has it.
    Current,
    /// It is archived.
    Archived,
    /// It is not given at the moment.
    Inactive,
    /// It is sold in another currency than the customer pays in.
    OtherCurrency {
        /// The plan's currency.
        currency: Currency,
    },
    /// It has no price for the cycle.
    NoPrice,
    /// It does not exist, or no longer.
    Unknown,
    /// It is neither an earlier nor a lower plan of this customer.
    NotEarlierNorLower,
    /// A limit would be exceeded, and nobody has accepted that.
    OverLimit(OverLimit),
}

impl Rejection {
    /// Its code, as the text catalogue knows it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Forbidden { .. } => "forbidden",
            Self::NotYours { .. } => "not_yours",
            Self::Closed => "closed",
            Self::Stale(_) => "stale",
            Self::Superseded { .. } => "superseded",
            Self::NotUndoable => "not_undoable",
            Self::SamePlan => "same_plan",
            Self::PlanArchived { .. } => "plan_archived",
            Self::NotEligible { .. } => "not_eligible",
            Self::NoChangeTarget => "no_change_target",
            Self::NoRollbackTarget => "no_rollback_target",
            Self::BlocksPlanChange { .. } => "blocks_plan_change",
            Self::AlreadySuspended { .. } => "already_suspended",
            Self::NoSuspensionLeft => "no_suspension_left",
            Self::NotSuspended => "not_suspended",
            Self::NoteRequired => "note_required",
            Self::StartInPast => "start_in_past",
            Self::UntilInPast => "until_in_past",
        }
    }
}
