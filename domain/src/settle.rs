//! Starts and ends that are due: in force is what an event said, so that time alone changes nothing.

use crate::{Account, ActorRef, Body, CommandId, Event, Lifecycle, Private, Suspension, Timestamp};

/// The events of all starts and ends due at `now`, in the order in which they were due, all under `command`.
/// Empty when nothing is due.
#[must_use]
pub fn settle(account: &Account, now: Timestamp, command: &CommandId) -> Vec<Event> {
    let mut due: Vec<(Timestamp, Body)> = Vec::new();
    if account.lifecycle == Lifecycle::Open {
        for open in &account.suspensions {
            due.extend(start(open).filter(|(at, _)| *at <= now));
            due.extend(end(open).filter(|(at, _)| *at <= now));
        }
    }
    // Stable: of one suspension the start stays before an end that was due at the same time.
    due.sort_by_key(|(at, _)| *at);
    due.into_iter()
        .map(|(_, body)| Event {
            at: now,
            actor: ActorRef::System,
            command: command.clone(),
            body,
            private: Private::default(),
        })
        .collect()
}

/// When something is next due; `None` when nothing will be.
#[must_use]
pub fn next_due(account: &Account) -> Option<Timestamp> {
    if account.lifecycle == Lifecycle::Closed {
        return None;
    }
    account
        .suspensions
        .iter()
        .flat_map(|open| start(open).into_iter().chain(end(open)))
        .map(|(at, _)| at)
        .min()
}

fn start(open: &Suspension) -> Option<(Timestamp, Body)> {
    let due = open.starts_at;
    (!open.in_force).then(|| {
        (
            due,
            Body::SuspensionStarted {
                suspension: open.id.clone(),
                kind: open.kind,
                due,
            },
        )
    })
}

/// An end is never due before its start, whatever an import says.
fn end(open: &Suspension) -> Option<(Timestamp, Body)> {
    let due = open.until?.max(open.starts_at);
    Some((
        due,
        Body::SuspensionEnded {
            suspension: open.id.clone(),
            kind: open.kind,
            due,
        },
    ))
}
