//! A customer's account: the fold of its events, plus the usage that was reported.

use serde::{Deserialize, Serialize};

use crate::{
    AccessRevision, ActorRef, Assignment, CommandId, Epoch, ExternalId, Kind, Ledger, PlanRevision,
    Profile, Suspension, Timestamp, Usage,
};

codes! {
    /// Whether there is still somebody to do something for.
    pub enum Lifecycle {
        /// A customer.
        Open = "open",
        /// Left for good.
        Closed = "closed",
    }
}

codes! {
    /// How an account stands; always derived, never set.
    pub enum Status {
        /// May be used.
        Active = "active",
        /// At least one suspension is in force.
        Suspended = "suspended",
        /// The customer left.
        Closed = "closed",
    }
}

codes! {
    /// The two things about an account that move independently.
    pub enum Aspect {
        /// What the customer has.
        Plan = "plan",
        /// Whether it may be used.
        Access = "access",
    }
}

/// Who last moved an aspect, when, and by which command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Who.
    pub by: ActorRef,
    /// When.
    pub at: Timestamp,
    /// By which command.
    pub command: CommandId,
}

/// All that the rules know about one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its name in the operator's system.
    pub external_id: ExternalId,
    /// Who it is.
    pub profile: Profile,
    /// When it became a customer, if known.
    pub joined_at: Option<Timestamp>,
    /// Whether it is still a customer.
    pub lifecycle: Lifecycle,
    /// Every assignment that it had.
    pub ledger: Ledger,
    /// Open suspensions, in the order of their opening; at most one of a kind.
    pub suspensions: Vec<Suspension>,
    /// The suspensions that the last command on the access aspect closed, as they were: what an Undo of it reopens.
    pub just_lifted: Vec<Suspension>,
    /// Revision of the plan aspect.
    pub plan_revision: PlanRevision,
    /// Revision of the access aspect.
    pub access_revision: AccessRevision,
    /// Moves with either revision.
    pub epoch: Epoch,
    /// Who last moved the access aspect; `None` while nobody has.
    pub access_moved: Option<Moved>,
    /// The last reports about usage. Not part of the fold: reports are no events.
    pub usage: Vec<Usage>,
}

impl Account {
    /// How the account stands.
    #[must_use]
    pub fn status(&self) -> Status {
        match self.lifecycle {
            Lifecycle::Closed => Status::Closed,
            Lifecycle::Open if self.in_force().next().is_some() => Status::Suspended,
            Lifecycle::Open => Status::Active,
        }
    }

    /// What the customer has now.
    #[must_use]
    pub const fn assignment(&self) -> &Assignment {
        self.ledger.head()
    }

    /// The suspensions in force, in the order of their opening.
    pub fn in_force(&self) -> impl Iterator<Item = &Suspension> {
        self.suspensions
            .iter()
            .filter(|suspension| suspension.in_force)
    }

    /// The open suspension of `kind`, in force or still to start.
    #[must_use]
    pub fn open_of_kind(&self, kind: Kind) -> Option<&Suspension> {
        self.suspensions
            .iter()
            .find(|suspension| suspension.kind == kind)
    }

    /// Who last moved the ledger.
    #[must_use]
    pub fn plan_moved(&self) -> Moved {
        let head = self.ledger.head();
        Moved {
            by: head.actor.clone(),
            at: head.started_at,
            command: head.command.clone(),
        }
    }
}
