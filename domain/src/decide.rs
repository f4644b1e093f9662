//! What a command does to an account, or why it does nothing.
//!
//! Order of the checks: permission, closed, revision, then the rules of the command itself. The server has settled what
//! is due (see [`settle`](crate::settle())) before it asks.

mod access;
mod plan;
mod undo;

use crate::{
    AccessRevision, Account, Actor, Body, Catalog, Command, CommandId, Event, Ineligible,
    Lifecycle, Permission, PlanRevision, Private, Rejection, Stale, SuspensionId, Terms, Timestamp,
};

/// What the rules cannot make themselves: the time, and fresh identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Now.
    pub now: Timestamp,
    /// For the command.
    pub command: CommandId,
    /// For a suspension, should the command place one.
    pub suspension: SuspensionId,
}

impl Moment {
    /// The moment of a trial, whose events are thrown away: its identifiers need not be new.
    #[must_use]
    pub fn of_trial(now: Timestamp) -> Self {
        Self {
            now,
            command: CommandId::from_random(now, [0; 10]),
            suspension: SuspensionId::from_random(now, [0; 10]),
        }
    }
}

/// The events that `command` makes.
///
/// # Errors
/// A [`Rejection`] when it may not or cannot be done; then nothing changes.
pub fn decide(
    account: &Account,
    catalog: &Catalog,
    command: &Command,
    actor: &Actor,
    moment: &Moment,
) -> Result<Vec<Event>, Rejection> {
    let case = Case {
        account,
        catalog,
        actor,
        moment,
    };
    match command {
        Command::ChangePlan(change) => case.change(change),
        Command::RollbackPlan(rollback) => case.roll_back(rollback),
        Command::Suspend(suspend) => case.suspend(suspend),
        Command::Reactivate(reactivate) => case.reactivate(reactivate),
        Command::Undo(command) => case.undo(&command.command),
    }
}

/// Everything that a decision looks at.
struct Case<'a> {
    account: &'a Account,
    catalog: &'a Catalog,
    actor: &'a Actor,
    moment: &'a Moment,
}

impl Case<'_> {
    /// Refuses an actor without `permission`, and everything about a customer who left.
    fn admit(&self, permission: Permission) -> Result<(), Rejection> {
        if !self.actor.permits(permission) {
            return Err(Rejection::Forbidden { permission });
        }
        match self.account.lifecycle {
            Lifecycle::Open => Ok(()),
            Lifecycle::Closed => Err(Rejection::Closed),
        }
    }

    /// What the customer has.
    fn current(&self) -> &Terms {
        &self.account.assignment().terms
    }

    /// Whether a plan change is possible at all now.
    fn plan_is_free(&self) -> Result<(), Rejection> {
        match self
            .account
            .in_force()
            .find(|open| open.kind.blocks_plan_change())
        {
            Some(open) => Err(Rejection::BlocksPlanChange {
                kind: open.kind,
                reason: open.reason,
            }),
            None => Ok(()),
        }
    }

    fn expect_plan(&self, expected: PlanRevision) -> Result<(), Rejection> {
        let now = self.account.plan_revision;
        if expected == now {
            Ok(())
        } else {
            Err(Rejection::Stale(Stale::Plan {
                now,
                moved: self.account.plan_moved(),
            }))
        }
    }

    fn expect_access(&self, expected: AccessRevision) -> Result<(), Rejection> {
        let now = self.account.access_revision;
        if expected == now {
            Ok(())
        } else {
            Err(Rejection::Stale(Stale::Access {
                now,
                moved: self.account.access_moved.clone(),
            }))
        }
    }

    fn event(&self, body: Body, private: Private) -> Event {
        let Moment { now, command, .. } = self.moment;
        Event {
            at: *now,
            actor: self.actor.reference(),
            command: command.clone(),
            body,
            private,
        }
    }
}

fn not_eligible(reason: Ineligible) -> Rejection {
    Rejection::NotEligible {
        reasons: vec![reason],
    }
}

fn unknown() -> Rejection {
    not_eligible(Ineligible::Unknown)
}
