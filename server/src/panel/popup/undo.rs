//! Undo, opened from the timeline: what it would bring back, from a trial run of the rules.

use app::wire::{Action, Block, Tone};
use domain::{Body as Event, Cause, Command, Moment, Moved, SuspensionId, Undo, decide};

use super::parts::{icon, line};
use super::{Body, Subject, Was};

/// What taking the command back would do.
pub(super) fn body(subject: &Subject<'_>) -> Result<Body, String> {
    let context = subject.context;
    let say = &context.say;
    let undone = subject.undone.ok_or_else(|| say.nothing_to_undo())?;
    let command = Command::Undo(Undo {
        command: undone.command.clone(),
    });
    // The trial is thrown away, so its identifiers need not be new.
    let moment = Moment {
        now: say.now(),
        command: undone.command.clone(),
        suspension: SuspensionId::from_random(say.now(), [0; 10]),
    };
    let events = decide(
        subject.account,
        &context.catalog,
        &command,
        &context.actor,
        &moment,
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
        Event::SuspensionLifted { reason, .. } => {
            Some(say.undo_lifts(say.suspension_reason(*reason)))
        }
        Event::SuspensionPlaced { reason, .. } => {
            Some(say.undo_suspends_again(say.suspension_reason(*reason)))
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
