//! Suspending and reactivating.

use super::Case;
use crate::{Body, Event, Permission, Private, Reactivate, Rejection, Suspend, SuspensionTexts};

impl Case<'_> {
    pub(super) fn suspend(&self, suspend: &Suspend) -> Result<Vec<Event>, Rejection> {
        self.admit(Permission::Suspend)?;
        let kind = suspend.reason.kind();
        if !self.actor.may_place(kind) {
            return Err(Rejection::NotYours { kind });
        }
        self.expect_access(suspend.expect_access_revision)?;
        if let Some(open) = self.account.open_of_kind(kind) {
            return Err(Rejection::AlreadySuspended {
                by: Box::new(open.clone()),
            });
        }
        if suspend.reason.needs_note() && suspend.note.is_none() {
            return Err(Rejection::NoteRequired);
        }
        let now = self.moment.now;
        if suspend.starts_at.is_some_and(|start| start <= now) {
            return Err(Rejection::StartInPast);
        }
        let starts_at = suspend.starts_at.unwrap_or(now);
        if suspend.until.is_some_and(|until| until <= starts_at) {
            return Err(Rejection::UntilInPast);
        }
        let body = Body::SuspensionPlaced {
            suspension: self.moment.suspension.clone(),
            reason: suspend.reason,
            placed_by: self.actor.reference(),
            placed_at: now,
            starts_at,
            until: suspend.until,
            in_force: suspend.starts_at.is_none(),
            undoes: None,
        };
        let texts = SuspensionTexts {
            note: suspend.note.clone(),
            customer_message: suspend.customer_message.clone(),
        };
        Ok(vec![self.event(
            body,
            Private {
                suspension: Some(texts),
                ..Private::default()
            },
        )])
    }

    pub(super) fn reactivate(&self, reactivate: &Reactivate) -> Result<Vec<Event>, Rejection> {
        self.admit(Permission::Reactivate)?;
        self.expect_access(reactivate.expect_access_revision)?;
        let mut events = Vec::with_capacity(reactivate.suspensions.len());
        for (place, id) in reactivate.suspensions.iter().enumerate() {
            let open = self
                .account
                .suspensions
                .iter()
                .find(|open| open.id == *id)
                .ok_or(Rejection::NotSuspended)?;
            if !self.actor.may_lift(open.kind) {
                return Err(Rejection::NotYours { kind: open.kind });
            }
            if reactivate.suspensions[..place].contains(id) {
                continue;
            }
            let body = Body::SuspensionLifted {
                suspension: id.clone(),
                reason: open.reason,
                why: reactivate.reason,
                in_force: open.in_force,
                undoes: None,
            };
            events.push(self.event(
                body,
                Private {
                    note: reactivate.note.clone(),
                    ..Private::default()
                },
            ));
        }
        if events.is_empty() {
            Err(Rejection::NotSuspended)
        } else {
            Ok(events)
        }
    }
}
