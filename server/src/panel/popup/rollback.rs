//! Rollback Plan.

use app::choice::RollbackChoiceValue;
use app::wire::{Block, Card, Cards, Consequence, Fact, Tone};
use domain::{
    Cause, RollbackChoice, RollbackChoices, RollbackOrigin, RollbackReason, RollbackTarget,
    rollback_choices,
};

use super::parts::{icon, line, note, optional_reason};
use super::{Body, Subject};

/// Earlier plans of this customer, latest first, then lower ones; where the customer came from is preselected.
pub(super) fn body(subject: &Subject<'_>) -> Result<Body, String> {
    subject.possible(domain::Action::RollbackPlan)?;
    let context = subject.context;
    let say = &context.say;
    let found = rollback_choices(subject.account, &context.catalog, say.now());
    let chosen = chosen(subject, &found);
    let first_lower = found
        .choices
        .iter()
        .position(|choice| choice.origin == RollbackOrigin::Lower);
    let cards = found.choices.iter().enumerate().map(|(place, choice)| {
        let mut card = card(subject, choice);
        card.heading = (first_lower == Some(place)).then(|| say.lower_plans());
        card.chosen = chosen == Some(place);
        card
    });
    let blocks = vec![
        Block::Fact(Fact {
            label: say.current_plan(),
            value: current_plan(subject),
        }),
        Block::Cards(Cards {
            name: "choice".into(),
            legend: say.roll_back_to(),
            cards: cards.collect(),
        }),
        optional_reason(
            say,
            subject.form,
            RollbackReason::ALL,
            RollbackReason::code,
            |reason| say.rollback_reason(reason),
        ),
        note(say, subject.form),
        Block::Consequences(consequences(subject)),
    ];
    Ok(Body {
        title: say.rollback_title(subject.name()),
        partly: None,
        lead: Vec::new(),
        blocks,
        hidden: vec![(
            "revision".into(),
            subject.account.plan_revision.0.to_string(),
        )],
        confirm: (say.rollback_confirm(), Tone::Neutral),
    })
}

/// What was chosen before, as long as it can be; in a popup just opened, the default.
fn chosen(subject: &Subject<'_>, found: &RollbackChoices) -> Option<usize> {
    let posted = subject.form.get("choice");
    if posted.is_empty() {
        return found.preselected;
    }
    let posted = RollbackChoiceValue::parse(posted)?;
    // The same place, even where the price or version that is shown for it has moved.
    let same = |target: &RollbackTarget| match (target, &posted) {
        (RollbackTarget::Restore { seq, .. }, RollbackTarget::Restore { seq: of, .. }) => seq == of,
        (RollbackTarget::Lower { plan, .. }, RollbackTarget::Lower { plan: of, .. }) => plan == of,
        _ => false,
    };
    found.choices.iter().position(|choice| same(&choice.target))
}

/// Since when, and who made it so where a person did.
fn current_plan(subject: &Subject<'_>) -> String {
    let say = &subject.context.say;
    let head = subject.account.assignment();
    let line = subject.current_plan();
    match head.cause {
        Cause::Initial | Cause::Import => line,
        Cause::Change | Cause::Rollback | Cause::Undo => {
            format!(
                "{line}, {}",
                say.changed_by(subject.context.who(&head.actor))
            )
        }
    }
}

fn card(subject: &Subject<'_>, choice: &RollbackChoice) -> Card {
    let context = subject.context;
    let say = &context.say;
    let value = RollbackChoiceValue::of(&choice.target);
    let mut card = context.card(value, &choice.terms, &choice.preview, subject.form);
    card.changes = context.changes(&choice.preview);
    card.summary = context.differences(&choice.preview);
    if let RollbackOrigin::Earlier {
        active_until,
        price_then,
        price_today,
        archived,
    } = &choice.origin
    {
        card.notes
            .push(say.was_active_until(say.near_point(*active_until)));
        if let (Some(then), Some(today)) = (price_then, price_today)
            && choice.terms.price == Some(*then)
            && then != today
        {
            card.price = say.price_then(&card.price, say.money(*today));
        }
        if *archived {
            card.badges.push(say.badge_archived());
        } else {
            card.badges.extend(context.plan_badge(&choice.terms));
        }
    }
    card
}

fn consequences(subject: &Subject<'_>) -> Vec<Consequence> {
    let say = &subject.context.say;
    let stays = subject
        .stays_suspended()
        .map(|text| line(icon::STAYS, text, Tone::Careful));
    let mut lines = vec![
        line(icon::NOW, say.rollback_consequence_now(), Tone::Neutral),
        line(icon::MONEY, say.rollback_consequence_price(), Tone::Neutral),
    ];
    lines.splice(0..0, stays);
    lines
}
