//! Taking a command back, while nothing newer stands on what it moved.

use domain::{Actor, ActorRef, Aspect, Cause, CommandId, Timestamp};

use super::access::moved;
use super::customer::kind_of;
use super::who::{may_act, may_lift, may_place, named};
use super::{Customer, Names, Open, Refusal, Row};

impl Customer {
    pub fn undo(
        &mut self,
        command: &CommandId,
        actor: &Actor,
        now: Timestamp,
        names: &Names,
    ) -> Result<u64, Refusal> {
        may_act(actor)?;
        if self.head().command == *command {
            return self.undo_plan(actor, now, names);
        }
        if self.rows.iter().any(|row| row.command == *command) {
            let (by, at) = (self.head().actor.clone(), self.head().started_at);
            return Err(Refusal::Superseded(Aspect::Plan, by, at));
        }
        let Some(last) = self.access_moved.clone() else {
            return Err(Refusal::NotUndoable);
        };
        if last.command.as_ref() != Some(command) {
            return Err(Refusal::Superseded(Aspect::Access, last.by, last.at));
        }
        if last.by == ActorRef::System {
            return Err(Refusal::NotUndoable);
        }
        self.undo_access(&last.by, actor, now, names)
    }

    /// What the row before had comes back exactly.
    fn undo_plan(&mut self, actor: &Actor, now: Timestamp, names: &Names) -> Result<u64, Refusal> {
        if matches!(self.head().cause, Cause::Initial | Cause::Import) {
            return Err(Refusal::NotUndoable);
        }
        self.plan_is_not_blocked()?;
        let before = self.rows.len() as u64 - 1;
        let row = self.row(before).ok_or(Refusal::NotUndoable)?;
        self.append(Row {
            terms: row.terms.clone(),
            started_at: now,
            ended_at: None,
            cause: Cause::Undo,
            restores: Some(before),
            actor: named(actor),
            reason: None,
            command: names.command.clone(),
        });
        Ok(1)
    }

    /// What the command opened is lifted, what it lifted is opened again; each only by somebody who may do just that. But
    /// one's own slip can always be taken back.
    fn undo_access(
        &mut self,
        by: &ActorRef,
        actor: &Actor,
        now: Timestamp,
        names: &Names,
    ) -> Result<u64, Refusal> {
        let (mut kept, mut opened, mut lifted) = (Vec::new(), Vec::new(), Vec::new());
        let is_in = |open: &Open, pile: &[Open]| pile.iter().any(|other| other.id == open.id);
        for open in &self.open {
            let pile = if is_in(open, &self.open_before) {
                &mut kept
            } else {
                &mut opened
            };
            pile.push(open.clone());
        }
        for open in &self.open_before {
            if !is_in(open, &self.open) {
                let command = names.command.clone();
                lifted.push(Open {
                    command,
                    ..open.clone()
                });
            }
        }
        for open in &opened {
            if *by != named(actor) {
                may_lift(actor, kind_of(open.reason))?;
            }
        }
        for open in &lifted {
            may_place(actor, kind_of(open.reason))?;
        }
        let events = (opened.len() + lifted.len()) as u64;
        kept.append(&mut lifted);
        self.move_access(kept, moved(actor, now, names));
        Ok(events)
    }
}
