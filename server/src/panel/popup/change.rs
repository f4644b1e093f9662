//! Change Plan.

use app::choice::ChangeChoiceValue;
use app::wire::{Block, Card, Cards, Consequence, Fact, Tone};
use domain::{ChangeChoice, ChangeKind, ChangeReason, Cycle, change_choices};

use super::parts::{icon, line, note, optional_reason};
use super::{Body, Subject};

/// Every plan as a card in rank order; none preselected.
pub(super) fn body(subject: &Subject<'_>) -> Result<Body, String> {
    subject.possible(domain::Action::ChangePlan)?;
    let context = subject.context;
    let say = &context.say;
    let choices = change_choices(subject.account, &context.catalog, say.now());
    let chosen = chosen(subject, &choices);
    let cards = choices.iter().enumerate().map(|(place, choice)| {
        let mut card = card(subject, choice);
        card.chosen = chosen == Some(place);
        card
    });
    let blocks = vec![
        Block::Fact(Fact {
            label: say.current_plan(),
            value: subject.current_plan(),
        }),
        Block::Cards(Cards {
            name: "choice".into(),
            legend: say.new_plan(),
            cards: cards.collect(),
        }),
        optional_reason(
            say,
            subject.form,
            ChangeReason::ALL,
            ChangeReason::code,
            |reason| say.change_reason(reason),
        ),
        note(say, subject.form),
        Block::Consequences(consequences(subject)),
    ];
    Ok(Body {
        title: say.change_title(subject.name()),
        partly: None,
        lead: Vec::new(),
        blocks,
        hidden: vec![(
            "revision".into(),
            subject.account.plan_revision.0.to_string(),
        )],
        confirm: (say.change_confirm(), Tone::Neutral),
    })
}

/// The card that was chosen before a refusal, or that the address names: the same plan, perhaps in a newer version.
fn chosen(subject: &Subject<'_>, choices: &[ChangeChoice]) -> Option<usize> {
    let posted = ChangeChoiceValue::parse(subject.form.get("choice"))?;
    let selectable =
        |choice: &ChangeChoice| choice.reasons.is_empty() && choice.terms.plan == posted.plan;
    choices.iter().position(selectable)
}

fn card(subject: &Subject<'_>, choice: &ChangeChoice) -> Card {
    let context = subject.context;
    let say = &context.say;
    let value = ChangeChoiceValue::of(&choice.terms);
    let mut card = context.card(value, &choice.terms, &choice.preview, subject.form);
    let plan = context.catalog.plan(&choice.terms.plan);
    match choice.kind {
        ChangeKind::Current => {
            card.badges.push(say.badge_current());
            card.badges.extend(context.plan_badge(&choice.terms));
            card.difference = None;
            card.over = None;
        }
        ChangeKind::TodaysVersion => {
            card.title = say.todays_version(&card.title);
            card.summary = context.differences(&choice.preview);
            card.changes = context.changes(&choice.preview);
        }
        ChangeKind::Other => {
            card.badges.extend(
                plan.filter(|plan| plan.recommended)
                    .map(|_| say.badge_recommended()),
            );
            card.summary = context.differences(&choice.preview);
            card.changes = context.changes(&choice.preview);
        }
    }
    if choice.terms.cycle != subject.account.assignment().terms.cycle {
        card.notes.push(match choice.terms.cycle {
            Cycle::Month => say.yearly_becomes_monthly(&card.title),
            Cycle::Year => say.monthly_becomes_yearly(&card.title),
        });
    }
    card.why_not = choice
        .reasons
        .first()
        .map(|reason| context.ineligible(reason));
    if card.why_not.is_some() {
        card.over = None;
    }
    card
}

fn consequences(subject: &Subject<'_>) -> Vec<Consequence> {
    let say = &subject.context.say;
    let stays = subject
        .stays_suspended()
        .map(|text| line(icon::STAYS, text, Tone::Careful));
    let mut lines = vec![
        line(icon::NOW, say.change_consequence_now(), Tone::Neutral),
        line(icon::MONEY, say.change_consequence_price(), Tone::Neutral),
    ];
    lines.splice(0..0, stays);
    lines
}
