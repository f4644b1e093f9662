//! Why something is refused, with what the person who is refused must be told.

use domain::{ActorRef, Aspect, Kind, PlanVersion, SuspensionId, Timestamp};

#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// There is no such customer here.
    NotFound,
    /// The key was for something else.
    KeyReused,
    Forbidden,
    NotYours(Kind),
    /// The plan was moved to this revision, by whom, and when.
    StalePlan(u64, ActorRef, Timestamp),
    /// A suspension was moved to this revision, by whom, and when.
    StaleAccess(u64, Option<(ActorRef, Timestamp)>),
    /// The plan has this version by now.
    StaleVersion(PlanVersion),
    /// This aspect was moved since, by whom, and when.
    Superseded(Aspect, ActorRef, Timestamp),
    NotUndoable,
    SamePlan,
    PlanArchived,
    NotEligible,
    NoRollbackTarget,
    BlocksPlanChange(Kind),
    /// This one is open already.
    AlreadySuspended(SuspensionId),
    NotSuspended,
    NoteRequired,
    StartInPast,
    UntilInPast,
}
