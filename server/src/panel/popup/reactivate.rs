//! Reactivate Account: lifts one suspension, or those of several that are ticked.

use app::wire::{Block, Fact, Tick, Ticks, Tone};
use domain::{ReactivateReason, Status, Suspension, SuspensionId, afterwards};

use super::parts::{icon, line, note, optional_reason};
use super::{Body, Subject};

/// What keeps the customer out, and how it stands afterwards.
pub(super) fn body(subject: &Subject<'_>) -> Result<Body, String> {
    subject.possible(domain::Action::Reactivate)?;
    let context = subject.context;
    let say = &context.say;
    let open: Vec<&Suspension> = subject.account.in_force().collect();
    let lifting: Vec<SuspensionId> = open
        .iter()
        .filter(|open| ticked(subject, open))
        .map(|open| open.id.clone())
        .collect();
    let then = afterwards(subject.account, &context.catalog, &lifting);
    let returns = then.status == Status::Active;
    let mut hidden = vec![(
        "revision".into(),
        subject.account.access_revision.0.to_string(),
    )];
    let mut blocks = Vec::new();
    let mut lead = Vec::new();
    match open.as_slice() {
        [only] => {
            lead.push(suspended(subject, only));
            lead.extend(only.note.as_ref().map(|note| say.its_note(note.as_str())));
            hidden.push(("lift".into(), only.id.to_string()));
        }
        several => blocks.push(Block::Ticks(Ticks {
            legend: say.to_lift(),
            ticks: several.iter().map(|open| tick(subject, open)).collect(),
        })),
    }
    let state = if returns {
        subject.active_then()
    } else {
        let reason = then
            .remaining
            .first()
            .map(|open| say.suspension_reason(open.reason))
            .unwrap_or_default();
        say.stays_suspended(reason)
    };
    let consequence = match returns {
        true => line(icon::OPEN, say.access_returns(), Tone::Good),
        false => line(icon::LOCKED, say.access_stays_closed(), Tone::Careful),
    };
    blocks.extend([
        Block::Fact(Fact {
            label: say.afterwards(),
            value: state,
        }),
        optional_reason(
            say,
            subject.form,
            ReactivateReason::ALL,
            ReactivateReason::code,
            |reason| say.reactivate_reason(reason),
        ),
        note(say, subject.form),
        Block::Consequences(vec![consequence]),
    ]);
    let (title, confirm) = match returns {
        true => (
            say.reactivate_title(subject.name()),
            say.reactivate_confirm(),
        ),
        false => (say.lift_title(subject.name()), say.lift_confirm()),
    };
    Ok(Body {
        title,
        lead,
        blocks,
        hidden,
        confirm: (confirm, Tone::Neutral),
    })
}

/// Everything that this person may lift, unless they chose otherwise before a refusal.
fn ticked(subject: &Subject<'_>, open: &Suspension) -> bool {
    let mine = subject.context.actor.may_lift(open.kind);
    mine && (!subject.form.has("lift") || subject.form.ticked("lift", open.id.as_str()))
}

/// "Suspended for 20 days by Jana Novak: Payment overdue."
fn suspended(subject: &Subject<'_>, open: &Suspension) -> String {
    let say = &subject.context.say;
    let lasting = say.lasting(open.placed_at, say.now());
    say.suspended_for(
        lasting,
        subject.context.who(&open.placed_by),
        say.suspension_reason(open.reason),
    )
}

fn tick(subject: &Subject<'_>, open: &Suspension) -> Tick {
    let context = subject.context;
    Tick {
        name: "lift".into(),
        value: open.id.to_string(),
        label: suspended(subject, open),
        detail: open
            .note
            .as_ref()
            .map(|note| context.say.its_note(note.as_str())),
        ticked: ticked(subject, open),
        why_not: (!context.actor.may_lift(open.kind)).then(|| context.not_yours(open.kind)),
    }
}

impl Subject<'_> {
    /// "Active on Pro, €49.00 per month; 22 of 20 seats used"
    pub(super) fn active_then(&self) -> String {
        let context = self.context;
        let say = &context.say;
        let terms = &self.account.assignment().terms;
        let state = say.afterwards_active(context.plan(&terms.plan), context.price(terms));
        let gauges = domain::gauges(context.catalog.limits(terms), &self.account.usage);
        match domain::headline(&gauges).map(|gauge| (gauge, gauge.allowed, gauge.used)) {
            Some((gauge, domain::Limit::Count(allowed), Some(used))) => {
                say.afterwards_usage(state, used, allowed, gauge.limit.as_str())
            }
            _ => state,
        }
    }
}
