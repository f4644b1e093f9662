//! Reactivate Account: lifts one suspension, or those of several that are ticked; and calls a planned one off.

use app::wire::{Block, Fact, Lift, Lifts, Partly, Standing, Tick, Tone};
use domain::{ReactivateReason, Suspension, SuspensionId, afterwards};

use super::parts::{icon, line, note, optional_reason};
use super::{Body, Subject};

/// What keeps the customer out, and how it stands afterwards.
pub(super) fn body(subject: &Subject<'_>) -> Result<Body, String> {
    subject.possible(domain::Action::Reactivate)?;
    let mut body = match subject.account.suspensions.as_slice() {
        [only] => one(subject, only),
        several => choice(subject, several),
    };
    body.hidden.push((
        "revision".into(),
        subject.account.access_revision.0.to_string(),
    ));
    Ok(body)
}

/// There is nothing to choose.
fn one(subject: &Subject<'_>, only: &Suspension) -> Body {
    let say = &subject.context.say;
    let mut lead = vec![open_line(subject, only)];
    lead.extend(only.note.as_ref().map(|note| say.its_note(note.as_str())));
    let (title, confirm, access) = match only.in_force {
        true => (
            say.reactivate_title(subject.name()),
            say.reactivate_confirm(),
            say.access_returns(),
        ),
        false => (
            say.call_off_title(subject.name()),
            say.call_off_confirm(),
            say.access_stays_open(),
        ),
    };
    let [reason, note] = why(subject);
    Body {
        title,
        partly: None,
        lead,
        blocks: vec![
            Block::Fact(Fact {
                label: say.afterwards(),
                value: active_then(subject),
            }),
            reason,
            note,
            Block::Consequences(vec![line(icon::OPEN, access, Tone::Good)]),
        ],
        hidden: vec![("lift".into(), only.id.to_string())],
        confirm: (confirm, Tone::Neutral),
    }
}

/// A tick each; the page itself says what follows from them.
fn choice(subject: &Subject<'_>, several: &[Suspension]) -> Body {
    let say = &subject.context.say;
    let lift = |open: &Suspension| Lift {
        tick: tick(subject, open),
        standing: if open.in_force {
            Standing::InForce
        } else {
            Standing::Planned
        },
        left: left(subject, open),
    };
    let lifts = Block::Lifts(Lifts {
        legend: say.to_lift(),
        lifts: several.iter().map(lift).collect(),
        label: say.afterwards(),
        all: match subject.account.in_force().next() {
            Some(_) => say.access_returns_on(active_then(subject)),
            None => active_then(subject),
        },
    });
    let [reason, note] = why(subject);
    Body {
        title: say.reactivate_title(subject.name()),
        partly: Some(Partly {
            title: say.lift_title(subject.name()),
            confirm: say.lift_confirm(),
        }),
        lead: Vec::new(),
        blocks: vec![lifts, reason, note],
        hidden: Vec::new(),
        confirm: (say.reactivate_confirm(), Tone::Neutral),
    }
}

fn why(subject: &Subject<'_>) -> [Block; 2] {
    let say = &subject.context.say;
    [
        optional_reason(
            say,
            subject.form,
            ReactivateReason::ALL,
            ReactivateReason::code,
            |reason| say.reactivate_reason(reason),
        ),
        note(say, subject.form),
    ]
}

/// Everything that keeps the customer out and that this person may lift, unless they chose otherwise: by the link that they
/// came by, or before a refusal, where nothing ticked is a choice too.
fn ticked(subject: &Subject<'_>, open: &Suspension) -> bool {
    let chosen = match subject.form.has("lift") || subject.form.has("revision") {
        true => subject.form.ticked("lift", open.id.as_str()),
        false => open.in_force,
    };
    chosen && subject.context.actor.may_lift(open.kind)
}

/// "Suspended for 20 days by Jana Novak: Payment overdue."
fn open_line(subject: &Subject<'_>, open: &Suspension) -> String {
    let say = &subject.context.say;
    let (who, reason) = (
        subject.context.who(&open.placed_by),
        say.suspension_reason(open.reason),
    );
    match open.in_force {
        true => say.suspended_for(say.lasting(open.starts_at, say.now()), who, reason),
        false => say.planned_from(say.day_and_time(open.starts_at), who, reason),
    }
}

fn tick(subject: &Subject<'_>, open: &Suspension) -> Tick {
    let context = subject.context;
    let note = open.note.as_ref();
    Tick {
        name: "lift".into(),
        value: open.id.to_string(),
        label: open_line(subject, open),
        detail: note.map(|note| context.say.its_note(note.as_str())),
        ticked: ticked(subject, open),
        why_not: (!context.actor.may_lift(open.kind)).then(|| context.not_yours(open.kind)),
    }
}

/// What remains of a suspension that is not ticked.
fn left(subject: &Subject<'_>, open: &Suspension) -> String {
    let say = &subject.context.say;
    let reason = say.suspension_reason(open.reason);
    match open.in_force {
        true => say.stays_suspended(reason),
        false => say.will_be_suspended(say.day_and_time(open.starts_at), reason),
    }
}

/// "Active on Pro, €49.00 per month; 22 of 20 seats used"
fn active_then(subject: &Subject<'_>) -> String {
    let context = subject.context;
    let say = &context.say;
    let all: Vec<SuspensionId> = subject
        .account
        .in_force()
        .map(|open| open.id.clone())
        .collect();
    let then = afterwards(subject.account, &context.catalog, &all);
    let state = say.afterwards_active(context.plan(&then.terms.plan), context.price(&then.terms));
    let gauges = domain::gauges(context.catalog.limits(&then.terms), &subject.account.usage);
    match domain::headline(&gauges).map(|gauge| (gauge, gauge.allowed, gauge.used)) {
        Some((gauge, domain::Limit::Count(allowed), Some(used))) => {
            say.afterwards_usage(state, used, allowed, gauge.limit.as_str())
        }
        _ => state,
    }
}
