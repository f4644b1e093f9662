//! Rows of the log as a person reads them.

use app::wire::{Entry, Link, Moment};
use domain::{Body, Cause, Event, Threshold};

use super::words::Context;
use crate::store::Logged;

/// What surrounds an entry on its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Whose it is; on Activity only.
    pub customer: Option<Link>,
    /// The API key that it is about; on Activity only.
    pub key: Option<String>,
    /// When the product learned of it.
    pub enforced: Option<String>,
    /// Opens the undo popup, when it can be undone.
    pub undo: Option<Link>,
    /// Opens Rollback with this plan chosen.
    pub restore: Option<Link>,
}

impl Context {
    /// One row of the log.
    pub(super) fn entry(&self, logged: &Logged, at: Moment, around: Surroundings) -> Entry {
        let event = &logged.event;
        let texts = event.private.suspension.as_ref();
        let note = event
            .private
            .note
            .as_ref()
            .or_else(|| texts.and_then(|texts| texts.note.as_ref()));
        let message = texts.and_then(|texts| texts.customer_message.as_ref());
        Entry {
            seq: logged.seq,
            icon: icon(&event.body).to_owned(),
            title: self.entry_title(event),
            customer: around.customer,
            at,
            before_after: match &event.body {
                Body::PlanChanged { from, to, .. } => Some((self.plan_at(from), self.plan_at(to))),
                _ => None,
            },
            reason: match around.key {
                Some(key) => Some(self.key_detail(key, &event.body)),
                None => self.entry_reason(&event.body),
            },
            enforced: around.enforced,
            note: note.map(|note| note.to_string()),
            message: message.map(|message| message.to_string()),
            undo: around.undo,
            restore: around.restore,
        }
    }

    /// What was done and when, in one sentence.
    pub(super) fn did(&self, logged: &Logged) -> String {
        let say = &self.say;
        let event = &logged.event;
        let (what, when) = (self.entry_title(event), say.near_point(event.at));
        let moved = match &event.body {
            Body::PlanChanged { from, to, .. } => {
                Some(format!("{} → {}", self.plan_at(from), self.plan_at(to)))
            }
            body => self.entry_reason(body),
        };
        match moved {
            Some(detail) => say.used_detail(what, when, detail),
            None => say.used_lead(what, when),
        }
    }

    /// "Jana Novak changed the plan 3 seconds ago."
    pub(super) fn meanwhile(&self, logged: &Logged) -> String {
        let event = &logged.event;
        self.say.meanwhile(
            self.entry_title(event),
            self.say.ago_to_the_second(event.at),
        )
    }

    fn entry_title(&self, event: &Event) -> String {
        let say = &self.say;
        let who = self.who(&event.actor);
        match &event.body {
            Body::CustomerAdded {
                import: Some(_), ..
            } => say.log_imported(),
            Body::CustomerAdded { import: None, .. } => say.log_added(who),
            Body::ProfileChanged => say.log_profile(who),
            Body::PlanChanged { cause, .. } => match cause {
                Cause::Initial => say.log_plan_first(who),
                Cause::Change => say.log_changed(who),
                Cause::Rollback => say.log_rolled_back(who),
                Cause::Undo => say.log_plan_undone(who),
                Cause::Import => say.log_plan_imported(who),
            },
            Body::SuspensionPlaced {
                undoes: Some(_), ..
            } => say.log_suspended_again(who),
            Body::SuspensionPlaced {
                in_force: false, ..
            } => say.log_suspension_planned(who),
            Body::SuspensionPlaced { .. } => say.log_suspended(who),
            Body::SuspensionLifted {
                undoes: Some(_), ..
            } => say.log_suspension_undone(who),
            Body::SuspensionLifted {
                in_force: false, ..
            } => say.log_called_off(who),
            Body::SuspensionLifted { .. } => say.log_lifted(who),
            Body::SuspensionStarted { .. } => say.log_suspension_started(),
            Body::SuspensionEnded { .. } => say.log_suspension_ended(),
            Body::UsageCrossed {
                limit,
                threshold: Threshold::Near,
            } => say.log_usage_near(limit.as_str()),
            Body::UsageCrossed {
                limit,
                threshold: Threshold::Full,
            } => say.log_usage_full(limit.as_str()),
            Body::CustomerClosed => say.log_closed(who),
            Body::KeyCreated { .. } => say.log_key_created(who),
            Body::KeyRotated { .. } => say.log_key_rotated(who),
            Body::KeyRevoked { .. } => say.log_key_revoked(who),
            Body::KeyMisused { .. } => say.log_key_misused(),
        }
    }

    /// Which key, and what is to be known about what was done with it.
    fn key_detail(&self, key: String, body: &Body) -> String {
        let say = &self.say;
        let point = |line, point| say.joined_by_dot(line, point);
        match body {
            Body::KeyCreated { expires_at, .. } => {
                point(key, say.key_expires(say.day(*expires_at)))
            }
            Body::KeyRotated { overlap_until, .. } => {
                point(key, say.key_good_until(say.day_and_time(*overlap_until)))
            }
            Body::KeyMisused { uses, .. } => uses
                .iter()
                .map(|count| say.key_misuse(count.misuse, count.times))
                .fold(key, point),
            _ => key,
        }
    }

    fn entry_reason(&self, body: &Body) -> Option<String> {
        let say = &self.say;
        match body {
            Body::PlanChanged { reason, .. } => {
                reason.map(|reason| say.log_reason(say.plan_reason(reason)))
            }
            Body::SuspensionPlaced {
                reason,
                until,
                starts_at,
                in_force,
                ..
            } => {
                let why = say.log_reason(say.suspension_reason(*reason));
                let from = (!in_force).then(|| say.log_from(say.day_and_time(*starts_at)));
                let until = until.map(|until| say.log_until(say.day_and_time(until)));
                let points = from.into_iter().chain(until);
                Some(points.fold(why, |line, point| say.joined_by_dot(line, point)))
            }
            Body::SuspensionLifted { reason, why, .. } => Some(match why {
                Some(why) => say.log_reason(say.reactivate_reason(*why)),
                None => say.log_placed_for(say.suspension_reason(*reason)),
            }),
            Body::CustomerAdded { current, .. } => Some(self.plan_at(&current.terms)),
            _ => None,
        }
    }
}

fn icon(body: &Body) -> &'static str {
    match body {
        Body::CustomerAdded { .. } => "upload",
        Body::ProfileChanged => "user",
        Body::PlanChanged {
            cause: Cause::Rollback,
            ..
        } => "history",
        Body::PlanChanged {
            undoes: Some(_), ..
        }
        | Body::SuspensionPlaced {
            undoes: Some(_), ..
        }
        | Body::SuspensionLifted {
            undoes: Some(_), ..
        } => "undo-2",
        Body::PlanChanged { .. } => "arrow-left-right",
        Body::SuspensionPlaced { .. } | Body::SuspensionStarted { .. } => "circle-pause",
        Body::SuspensionLifted { .. } | Body::SuspensionEnded { .. } => "circle-play",
        Body::UsageCrossed { .. } => "gauge",
        Body::CustomerClosed => "user-x",
        Body::KeyCreated { .. } | Body::KeyRotated { .. } | Body::KeyRevoked { .. } => "key",
        Body::KeyMisused { .. } => "triangle-alert",
    }
}
