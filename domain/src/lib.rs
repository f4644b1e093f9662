//! The rules of the Partner Panel: what a customer has (the plan), whether it may be used (suspensions), and
//! what may be done about either.
//!
//! Pure: no clock, no randomness, no input or output, no sentence for people. The server decides with these
//! functions; the browser runs the very same ones for its instant picture.

#[macro_use]
mod codes;

pub mod account;
pub mod actions;
pub mod actor;
pub mod api_key;
mod apply;
pub mod assignment;
pub mod command;
pub mod decide;
pub mod event;
pub mod event_kind;
pub mod gate;
pub mod ids;
pub mod ledger;
pub mod money;
pub mod plan;
mod predict;
pub mod preview;
pub mod profile;
pub mod reasons;
pub mod rejection;
pub mod revision;
pub mod settle;
pub mod suspension;
pub mod targets;
pub mod text;
pub mod time;
pub mod usage;

pub use account::{Account, Aspect, Lifecycle, Moved, Status};
pub use actions::{Action, Availability, Situation, actions_in, available_actions};
pub use actor::{Actor, ActorRef, Permission, Role};
pub use api_key::{GateMode, Misuse, MisuseCount, Scope, UnknownCustomer};
pub use assignment::{Assignment, Cause, Stint, Terms};
pub use codes::UnknownCode;
pub use command::{
    AcceptedOver, ChangePlan, Command, Reactivate, RollbackPlan, RollbackTarget, Suspend, Undo,
};
pub use decide::{Moment, decide};
pub use event::{Body, Event, Private, SuspensionTexts};
pub use event_kind::EventKind;
pub use gate::{Denial, Knowledge, Standing, Unnamed, Verdict, Way, verdict};
pub use ids::{
    ApiKeyId, CommandId, CustomerId, ImportId, MalformedId, PartnerId, PlanId, SuspensionId, UserId,
};
pub use ledger::{BrokenLedger, Ledger};
pub use money::{Currency, MalformedMoney, Money};
pub use plan::{Catalog, Cycle, Limit, Plan, PlanStatus, PlanTerms};
pub use predict::predict;
pub use preview::{
    Afterwards, Direction, LimitChange, LimitEffect, OverLimit, Preview, afterwards, preview,
};
pub use profile::Profile;
pub use reasons::{ChangeReason, PlanReason, ReactivateReason, RollbackReason};
pub use rejection::{Ineligible, Rejection, Stale};
pub use revision::{AccessRevision, Epoch, LedgerSeq, PlanRevision, PlanVersion};
pub use settle::{next_due, settle};
pub use suspension::{Kind, Reason, Suspension};
pub use targets::{
    ChangeChoice, ChangeKind, RollbackChoice, RollbackChoices, RollbackOrigin, change_choices,
    rollback_choices,
};
pub use text::{
    ApiKeyName, CustomerMessage, ExternalId, IdempotencyKey, LimitName, MalformedText, Note,
    PlanCode,
};
pub use time::Timestamp;
pub use usage::{Gauge, Threshold, Usage, gauges, headline};
