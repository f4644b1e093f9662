//! How events make an account.

use crate::{
    AccessRevision, Account, Assignment, Body, Cause, Epoch, Event, Ledger, LedgerSeq, Lifecycle,
    Moved, PlanRevision, Reason, Stint, Suspension, SuspensionId,
};

impl Account {
    /// The account that `event` begins; `None` unless it is a `CustomerAdded`.
    #[must_use]
    pub fn opened(event: &Event) -> Option<Self> {
        let Body::CustomerAdded {
            external_id,
            joined_at,
            import,
            earlier,
            current,
        } = &event.body
        else {
            return None;
        };
        let cause = if import.is_some() {
            Cause::Import
        } else {
            Cause::Initial
        };
        let mut stints = earlier
            .iter()
            .chain(std::iter::once(current))
            .map(|stint| first_row(event, stint, cause));
        let mut ledger = Ledger::starting_with(stints.next()?);
        stints.for_each(|row| ledger.append(row));
        Some(Self {
            external_id: external_id.clone(),
            profile: event.private.profile.clone().unwrap_or_default(),
            joined_at: *joined_at,
            lifecycle: Lifecycle::Open,
            ledger,
            suspensions: Vec::new(),
            just_lifted: Vec::new(),
            plan_revision: PlanRevision::FIRST,
            access_revision: AccessRevision::FIRST,
            epoch: Epoch::FIRST,
            access_moved: None,
            usage: Vec::new(),
        })
    }

    /// The account that `events` make, oldest first; `None` unless they begin with a `CustomerAdded`.
    #[must_use]
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let first = Self::opened(events.next()?)?;
        Some(events.fold(first, Self::apply))
    }

    /// The account after `event`.
    #[must_use]
    pub fn apply(mut self, event: &Event) -> Self {
        match &event.body {
            // A second arrival cannot happen; the log is the truth, so it changes nothing.
            Body::CustomerAdded { .. } | Body::UsageCrossed { .. } => {}
            // These are about no customer.
            Body::KeyCreated { .. }
            | Body::KeyRotated { .. }
            | Body::KeyRevoked { .. }
            | Body::KeyMisused { .. } => {}
            Body::ProfileChanged => {
                self.profile = event.private.profile.clone().unwrap_or_default()
            }
            Body::CustomerClosed => {
                self.lifecycle = Lifecycle::Closed;
                self.epoch = self.epoch.next();
            }
            Body::PlanChanged {
                to,
                cause,
                restores,
                reason,
                ..
            } => {
                self.plan_moves(event);
                self.ledger.append(Assignment {
                    seq: LedgerSeq::FIRST,
                    terms: to.clone(),
                    started_at: event.at,
                    ended_at: None,
                    cause: *cause,
                    restores: *restores,
                    actor: event.actor.clone(),
                    reason: *reason,
                    command: event.command.clone(),
                });
            }
            Body::SuspensionPlaced { .. } => {
                self.access_moves(event);
                self.suspensions.extend(placed(event));
            }
            Body::SuspensionLifted { suspension, .. }
            | Body::SuspensionEnded { suspension, .. } => {
                self.access_moves(event);
                self.close(suspension);
            }
            Body::SuspensionStarted { suspension, .. } => {
                self.access_moves(event);
                if let Some(open) = self
                    .suspensions
                    .iter_mut()
                    .find(|open| open.id == *suspension)
                {
                    open.in_force = true;
                }
            }
        }
        self
    }

    fn close(&mut self, id: &SuspensionId) {
        if let Some(place) = self.suspensions.iter().position(|open| open.id == *id) {
            let closed = self.suspensions.remove(place);
            self.just_lifted.push(closed);
        }
    }

    fn plan_moves(&mut self, event: &Event) {
        if self.assignment().command != event.command {
            self.epoch_moves(event);
            self.plan_revision = self.plan_revision.next();
        }
    }

    /// A command with several events moves its revision once.
    fn access_moves(&mut self, event: &Event) {
        if self
            .access_moved
            .as_ref()
            .is_some_and(|moved| moved.command == event.command)
        {
            return;
        }
        self.epoch_moves(event);
        self.access_revision = self.access_revision.next();
        self.just_lifted.clear();
        self.access_moved = Some(Moved {
            by: event.actor.clone(),
            at: event.at,
            command: event.command.clone(),
        });
    }

    /// The epoch moves once for a command, even for one that moves both aspects (an import).
    fn epoch_moves(&mut self, event: &Event) {
        let by_plan = self.assignment().command == event.command;
        let by_access = self
            .access_moved
            .as_ref()
            .is_some_and(|moved| moved.command == event.command);
        if !by_plan && !by_access {
            self.epoch = self.epoch.next();
        }
    }
}

fn first_row(event: &Event, stint: &Stint, cause: Cause) -> Assignment {
    Assignment {
        seq: LedgerSeq::FIRST,
        terms: stint.terms.clone(),
        started_at: stint.started_at,
        ended_at: None,
        cause,
        restores: None,
        actor: event.actor.clone(),
        reason: None,
        command: event.command.clone(),
    }
}

fn placed(event: &Event) -> Option<Suspension> {
    let Body::SuspensionPlaced {
        suspension,
        reason,
        placed_by,
        placed_at,
        starts_at,
        until,
        in_force,
        ..
    } = &event.body
    else {
        return None;
    };
    let texts = event.private.suspension.clone().unwrap_or_default();
    Some(Suspension {
        id: suspension.clone(),
        kind: Reason::kind(*reason),
        reason: *reason,
        note: texts.note,
        customer_message: texts.customer_message,
        placed_by: placed_by.clone(),
        placed_at: *placed_at,
        starts_at: *starts_at,
        until: *until,
        in_force: *in_force,
        command: event.command.clone(),
    })
}
