//! The timeline on the page of a customer.

use app::choice::RollbackChoiceValue;
use app::wire::{Action, Link};
use domain::{
    ActorRef, Body, Cause, CommandId, CustomerId, Permission, RollbackTarget, rollback_choices,
};

use super::address::Address;
use super::customer::Page;
use super::menu::popup_address;
use super::timeline::Surroundings;
use super::words::Context;
use crate::store::Logged;

/// Whether something was told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Not,
    Already,
}

impl Page<'_> {
    /// The way to what happened before.
    pub(super) fn older(&self, seq: u64) -> Link {
        Link {
            text: self.context.say.older(),
            href: self.here.with("older", &seq.to_string()).to_string(),
        }
    }

    /// What happened, the latest first.
    pub(super) fn timeline(&self, logged: &[Logged]) -> Vec<app::wire::Entry> {
        let say = &self.context.say;
        let mut offered: Vec<&CommandId> = Vec::new();
        let mut told = Told::Not;
        let entry = |logged| {
            let around = Surroundings {
                customer: None,
                key: None,
                enforced: self.enforced(logged, &mut told),
                undo: self.undo(logged, &mut offered),
                restore: self.restore(logged),
            };
            self.context
                .entry(logged, say.moment(logged.event.at), around)
        };
        logged.iter().map(entry).collect()
    }

    /// Stands once, beside the latest thing that the newest command did.
    fn enforced(&self, logged: &Logged, told: &mut Told) -> Option<String> {
        let concerns = logged.event.body.kind().concerns_product();
        if !concerns || std::mem::replace(told, Told::Already) == Told::Already {
            return None;
        }
        self.followed.of(logged.event.at)
    }

    /// Undo stands once per command, beside the latest of its events, while nothing else has moved its aspect.
    fn undo<'l>(&self, logged: &'l Logged, offered: &mut Vec<&'l CommandId>) -> Option<Link> {
        let command = &logged.event.command;
        let head = self.account.assignment();
        let plan = head.command == *command
            && matches!(head.cause, Cause::Change | Cause::Rollback | Cause::Undo);
        let moved = self.account.access_moved.as_ref();
        let access =
            moved.is_some_and(|moved| moved.command == *command && moved.by != ActorRef::System);
        let first = matches!(logged.event.body, Body::CustomerAdded { .. });
        let undoable = (plan || access) && !first && !offered.contains(&command);
        let permitted = self.context.actor.permits(Permission::Undo);
        (undoable && permitted && logged.event.actor != ActorRef::System).then(|| {
            offered.push(command);
            undo_link(self.context, self.here, self.id, command)
        })
    }

    /// Rollback with the plan of this entry chosen, when it is one of Rollback's choices.
    fn restore(&self, logged: &Logged) -> Option<Link> {
        let Body::PlanChanged { .. } = logged.event.body else {
            return None;
        };
        let row = self
            .account
            .ledger
            .earlier()
            .iter()
            .find(|row| row.command == logged.event.command)?;
        let actions =
            domain::available_actions(self.account, &self.context.catalog, &self.context.actor);
        let possible = |it: &domain::Availability| {
            it.action == domain::Action::RollbackPlan && it.refused.is_none()
        };
        actions.iter().find(|it| possible(it))?;
        let choices =
            rollback_choices(self.account, &self.context.catalog, self.context.say.now()).choices;
        let this = |target: &RollbackTarget| matches!(target, RollbackTarget::Restore { seq, .. } if *seq == row.seq);
        let choice = choices.iter().find(|choice| this(&choice.target))?;
        let rollback = popup_address(self.here, Action::RollbackPlan, self.id);
        let href = rollback
            .with("choice", &RollbackChoiceValue::of(&choice.target))
            .to_string();
        Some(Link {
            text: self.context.say.roll_back_to_this(),
            href,
        })
    }
}

/// Opens the undo popup on the page at hand.
pub(super) fn undo_link(
    context: &Context,
    here: &Address,
    id: &CustomerId,
    command: &CommandId,
) -> Link {
    let href = popup_address(here, Action::Undo, id)
        .with("command", command.as_str())
        .to_string();
    Link {
        text: context.say.undo(),
        href,
    }
}
