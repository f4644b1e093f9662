//! Taking a command back.

use super::{Case, unknown};
use crate::{
    ActorRef, Aspect, Assignment, Body, Cause, CommandId, Event, Moved, Permission, Private,
    Rejection, Suspension, SuspensionTexts,
};

impl Case<'_> {
    /// The events that take `command` back: possible while it is the last one that moved its aspect.
    pub(super) fn undo(&self, command: &CommandId) -> Result<Vec<Event>, Rejection> {
        self.admit(Permission::Undo)?;
        let head = self.account.assignment();
        if head.command == *command {
            return match (head.cause, self.account.ledger.previous()) {
                (Cause::Change | Cause::Rollback | Cause::Undo, Some(previous)) => {
                    self.undo_plan(command, previous).map(|event| vec![event])
                }
                _ => Err(Rejection::NotUndoable),
            };
        }
        match &self.account.access_moved {
            Some(moved) if moved.command == *command => self.undo_access(moved),
            moved => Err(self.superseded(command, moved.as_ref())),
        }
    }

    /// What stands on the aspect that `command` moved. A command that is in neither place was one on access, whose
    /// history the account does not keep; where nobody moved access, it was none of this customer's.
    fn superseded(&self, command: &CommandId, access: Option<&Moved>) -> Rejection {
        let of_plan = |row: &Assignment| row.command == *command;
        if self.account.ledger.earlier().iter().any(of_plan) {
            return Rejection::Superseded {
                aspect: Aspect::Plan,
                by: self.account.plan_moved(),
            };
        }
        access.map_or(Rejection::NotUndoable, |by| Rejection::Superseded {
            aspect: Aspect::Access,
            by: by.clone(),
        })
    }

    /// Brings the previous row back exactly: what was in force a moment ago needs no new eligibility, only its plan.
    fn undo_plan(&self, command: &CommandId, previous: &Assignment) -> Result<Event, Rejection> {
        self.plan_is_free()?;
        self.catalog
            .plan(&previous.terms.plan)
            .ok_or_else(unknown)?;
        let body = Body::PlanChanged {
            from: self.current().clone(),
            to: previous.terms.clone(),
            cause: Cause::Undo,
            restores: Some(previous.seq),
            reason: None,
            undoes: Some(command.clone()),
        };
        Ok(self.event(body, Private::default()))
    }

    fn undo_access(&self, moved: &Moved) -> Result<Vec<Event>, Rejection> {
        if moved.by == ActorRef::System {
            return Err(Rejection::NotUndoable);
        }
        // A slip of one's own can always be taken back; somebody else's suspension only by those who may lift it.
        let own = moved.by == self.actor.reference();
        let mut events = Vec::new();
        for open in self
            .account
            .suspensions
            .iter()
            .filter(|open| open.command == moved.command)
        {
            if !own && !self.actor.may_lift(open.kind) {
                return Err(Rejection::NotYours { kind: open.kind });
            }
            events.push(self.lifted(open, moved));
        }
        for closed in &self.account.just_lifted {
            if !self.actor.may_place(closed.kind) {
                return Err(Rejection::NotYours { kind: closed.kind });
            }
            events.push(self.reopened(closed, moved));
        }
        if events.is_empty() {
            Err(Rejection::NotUndoable)
        } else {
            Ok(events)
        }
    }

    fn lifted(&self, open: &Suspension, moved: &Moved) -> Event {
        let body = Body::SuspensionLifted {
            suspension: open.id.clone(),
            reason: open.reason,
            why: None,
            in_force: open.in_force,
            undoes: Some(moved.command.clone()),
        };
        self.event(body, Private::default())
    }

    fn reopened(&self, closed: &Suspension, moved: &Moved) -> Event {
        let body = Body::SuspensionPlaced {
            suspension: closed.id.clone(),
            reason: closed.reason,
            placed_by: closed.placed_by.clone(),
            placed_at: closed.placed_at,
            starts_at: closed.starts_at,
            until: closed.until,
            in_force: closed.in_force,
            undoes: Some(moved.command.clone()),
        };
        let texts = SuspensionTexts {
            note: closed.note.clone(),
            customer_message: closed.customer_message.clone(),
        };
        self.event(
            body,
            Private {
                suspension: Some(texts),
                ..Private::default()
            },
        )
    }
}
