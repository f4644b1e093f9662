//! Undo, opened from the timeline: what it would bring back, from a trial run of the rules.

use app::choice::RollbackChoiceValue;
use app::wire::{Action, Block, Link, Tone};
use domain::{
    Account, Body as Event, Cause, Command, Moment, Moved, RollbackChoice, SuspensionId, Undo,
    decide, rollback_choices,
};

use super::parts::{icon, line};
use super::{Body, Subject, Was};
use crate::panel::address::Address;
use crate::panel::menu::popup_address;

/// What taking the command back would do.
pub(super) fn body(subject: &Subject<'_>) -> Result<Body, String> {
    let context = subject.context;
    let say = &context.say;
    let undone = subject.undone.ok_or_else(|| say.nothing_to_undo())?;
    let command = Command::Undo(Undo {
        command: undone.command.clone(),
    });
    let events = decide(
        subject.account,
        &context.catalog,
        &command,
        &context.actor,
        &Moment::of_trial(say.now()),
    )
    .map_err(|rejection| context.rejection(&rejection, Some(subject.account)))?;
    let mut lead: Vec<String> = events
        .iter()
        .filter_map(|event| effect(subject, &event.body))
        .collect();
    lead.extend(
        moved(subject, &events)
            .map(|moved| say.undo_was(context.who(&moved.by), say.point(moved.at))),
    );
    let action = context.action(undone_action(subject, &events));
    let takes_access = events
        .iter()
        .any(|event| matches!(event.body, Event::SuspensionPlaced { .. }));
    let (title, confirm) = match undone.was {
        Was::Action => (say.undo_title(action, subject.name()), say.undo_confirm()),
        Was::Undo => (say.redo_title(action, subject.name()), say.redo_confirm()),
    };
    Ok(Body {
        title,
        partly: None,
        lead,
        blocks: vec![Block::Consequences(vec![line(
            icon::UNDO,
            say.undo_consequence(),
            Tone::Neutral,
        )])],
        hidden: vec![("command".into(), undone.command.to_string())],
        confirm: (
            confirm,
            if takes_access {
                Tone::Danger
            } else {
                Tone::Neutral
            },
        ),
    })
}

fn effect(subject: &Subject<'_>, event: &Event) -> Option<String> {
    let context = subject.context;
    let say = &context.say;
    match event {
        Event::PlanChanged { to, .. } => {
            Some(say.undo_back_to_plan(subject.name(), context.plan(&to.plan), context.price(to)))
        }
        Event::SuspensionLifted {
            reason, in_force, ..
        } => {
            let reason = say.suspension_reason(*reason);
            Some(match in_force {
                true => say.undo_lifts(reason),
                false => say.undo_calls_off(reason),
            })
        }
        Event::SuspensionPlaced {
            reason, in_force, ..
        } => {
            let reason = say.suspension_reason(*reason);
            Some(match in_force {
                true => say.undo_suspends_again(reason),
                false => say.undo_plans_again(reason),
            })
        }
        _ => None,
    }
}

/// Who did what is being taken back.
fn moved(subject: &Subject<'_>, events: &[domain::Event]) -> Option<Moved> {
    match events.first().map(|event| &event.body) {
        Some(Event::PlanChanged { .. }) => Some(subject.account.plan_moved()),
        _ => subject.account.access_moved.clone(),
    }
}

/// The action that these events take back.
fn undone_action(subject: &Subject<'_>, events: &[domain::Event]) -> Action {
    match events.first().map(|event| &event.body) {
        Some(Event::SuspensionLifted { .. }) => Action::Suspend,
        Some(Event::SuspensionPlaced { .. }) => Action::Reactivate,
        _ if subject.account.assignment().cause == Cause::Rollback => Action::RollbackPlan,
        _ => Action::ChangePlan,
    }
}

/// The action that leads where an Undo can no longer lead, when there is one that this person may start.
pub(super) fn instead(subject: &Subject<'_>, page: &Address) -> Option<Link> {
    let context = subject.context;
    let undone = subject.undone?;
    let did = undone.did.iter().map(|event| &event.body);
    for body in did {
        let (action, choice) = match body {
            Event::PlanChanged { .. } => {
                let choice = before(subject, &undone.command)?;
                (Action::RollbackPlan, Some(choice))
            }
            Event::SuspensionPlaced { suspension, .. } if is_open(subject.account, suspension) => {
                (Action::Reactivate, None)
            }
            Event::SuspensionLifted { suspension, .. } if !is_open(subject.account, suspension) => {
                (Action::Suspend, None)
            }
            _ => continue,
        };
        let possible = match action {
            Action::RollbackPlan => domain::Action::RollbackPlan,
            Action::Reactivate => domain::Action::Reactivate,
            _ => domain::Action::Suspend,
        };
        subject.possible(possible).ok()?;
        let address = popup_address(page, action, subject.id);
        return Some(match choice {
            Some(choice) => Link {
                text: context.say.instead_plan(context.plan(&choice.terms.plan)),
                href: address
                    .with("choice", &RollbackChoiceValue::of(&choice.target))
                    .to_string(),
            },
            None => Link {
                text: context.say.instead(context.action(action)),
                href: address.to_string(),
            },
        });
    }
    None
}

/// The choice of Rollback Plan that brings back what the customer had before a command.
fn before(subject: &Subject<'_>, command: &domain::CommandId) -> Option<RollbackChoice> {
    let rows: Vec<_> = subject.account.ledger.rows().collect();
    let place = rows.iter().position(|row| row.command == *command)?;
    let wanted = &rows.get(place.checked_sub(1)?)?.terms;
    let now = subject.context.say.now();
    let choices = rollback_choices(subject.account, &subject.context.catalog, now).choices;
    choices.into_iter().find(|choice| choice.terms == *wanted)
}

fn is_open(account: &Account, suspension: &SuspensionId) -> bool {
    account
        .suspensions
        .iter()
        .any(|open| open.id == *suspension)
}
