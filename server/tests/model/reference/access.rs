//! Suspending and reactivating.

use domain::{AccessRevision, Actor, Reactivate, Reason, Suspend, Timestamp};

use super::customer::kind_of;
use super::who::{may_act, may_lift, may_place, named};
use super::{Customer, Moved, Names, Open, Refusal};

impl Customer {
    pub fn suspend(
        &mut self,
        wanted: &Suspend,
        actor: &Actor,
        now: Timestamp,
        names: &Names,
    ) -> Result<u64, Refusal> {
        let kind = kind_of(wanted.reason);
        may_act(actor)?;
        may_place(actor, kind)?;
        self.access_is_as_seen(wanted.expect_access_revision)?;
        if let Some(open) = self.open_of(kind) {
            return Err(Refusal::AlreadySuspended(open.id.clone()));
        }
        if wanted.reason == Reason::Other && wanted.note.is_none() {
            return Err(Refusal::NoteRequired);
        }
        if wanted.starts_at.is_some_and(|start| start <= now) {
            return Err(Refusal::StartInPast);
        }
        let starts_at = wanted.starts_at.unwrap_or(now);
        if wanted.until.is_some_and(|until| until <= starts_at) {
            return Err(Refusal::UntilInPast);
        }
        let mut open = self.open.clone();
        open.push(Open {
            id: names.suspension.clone(),
            reason: wanted.reason,
            note: wanted.note.clone(),
            message: wanted.customer_message.clone(),
            placed_by: named(actor),
            placed_at: now,
            starts_at,
            in_force: wanted.starts_at.is_none(),
            until: wanted.until,
            command: names.command.clone(),
        });
        self.move_access(open, moved(actor, now, names));
        Ok(1)
    }

    /// Exactly the named ones, or none of them.
    pub fn reactivate(
        &mut self,
        wanted: &Reactivate,
        actor: &Actor,
        now: Timestamp,
        names: &Names,
    ) -> Result<u64, Refusal> {
        may_act(actor)?;
        self.access_is_as_seen(wanted.expect_access_revision)?;
        for id in &wanted.suspensions {
            let open = self.open.iter().find(|open| open.id == *id);
            let open = open.ok_or(Refusal::NotSuspended)?;
            may_lift(actor, kind_of(open.reason))?;
        }
        if wanted.suspensions.is_empty() {
            return Err(Refusal::NotSuspended);
        }
        let is_named = |open: &Open| wanted.suspensions.contains(&open.id);
        let staying: Vec<Open> = self
            .open
            .iter()
            .filter(|open| !is_named(open))
            .cloned()
            .collect();
        let lifted = (self.open.len() - staying.len()) as u64;
        self.move_access(staying, moved(actor, now, names));
        Ok(lifted)
    }

    /// Nothing is applied to suspensions that the person did not see.
    fn access_is_as_seen(&self, seen: AccessRevision) -> Result<(), Refusal> {
        if seen.0 == self.access_revision {
            Ok(())
        } else {
            let last = self.access_moved.as_ref();
            let last = last.map(|moved| (moved.by.clone(), moved.at));
            Err(Refusal::StaleAccess(self.access_revision, last))
        }
    }
}

pub fn moved(actor: &Actor, at: Timestamp, names: &Names) -> Moved {
    let (by, command) = (named(actor), Some(names.command.clone()));
    Moved { by, at, command }
}
