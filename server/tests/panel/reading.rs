//! Reads outcomes and popups, so that a test says only what it expects.

use app::wire::{Block, Card, Done, Outcome, Popup};

pub fn done(outcome: Outcome) -> Box<Done> {
    match outcome {
        Outcome::Done(done) => done,
        Outcome::Refused(popup) => panic!("refused: {:?}", popup.refusal),
    }
}

pub fn refused(outcome: Outcome) -> Popup {
    match outcome {
        Outcome::Refused(popup) => *popup,
        Outcome::Done(done) => panic!("done: {}", done.notice.text),
    }
}

/// The sentence, field and status of a refusal.
pub fn why(popup: &Popup) -> (&str, Option<&str>, u16) {
    let refusal = popup.refusal.as_ref().expect("a refusal");
    (&refusal.text, refusal.field.as_deref(), refusal.status)
}

pub fn cards(popup: &Popup) -> &[Card] {
    popup
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Cards(cards) => Some(cards.cards.as_slice()),
            _ => None,
        })
        .expect("cards")
}

/// The card with this title that can be chosen, else the one that cannot.
pub fn card<'a>(popup: &'a Popup, title: &str) -> &'a Card {
    let mut found: Vec<&Card> = cards(popup)
        .iter()
        .filter(|card| card.title == title)
        .collect();
    found.sort_by_key(|card| card.why_not.is_some());
    found
        .first()
        .copied()
        .unwrap_or_else(|| panic!("no card {title}"))
}

/// The value of a hidden field.
pub fn hidden<'a>(popup: &'a Popup, name: &str) -> &'a str {
    popup
        .hidden
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
        .expect(name)
}

/// All consequences of a popup, in order.
pub fn consequences(popup: &Popup) -> Vec<&str> {
    popup
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Consequences(lines) => lines.iter().map(|line| line.text.as_str()).collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// The facts of a popup: label and value.
pub fn facts(popup: &Popup) -> Vec<(&str, &str)> {
    popup
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Fact(fact) => Some((fact.label.as_str(), fact.value.as_str())),
            _ => None,
        })
        .collect()
}

/// Labels of the options of the reason.
pub fn reasons(popup: &Popup) -> Vec<&str> {
    popup
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Select(select) => Some(
                select
                    .options
                    .iter()
                    .map(|option| option.label.as_str())
                    .collect(),
            ),
            _ => None,
        })
        .expect("a select")
}

/// What stands in a text field.
pub fn typed<'a>(popup: &'a Popup, name: &str) -> &'a str {
    popup
        .blocks
        .iter()
        .find_map(|block| match block {
            Block::Text(text) if text.name == name => Some(text.value.as_str()),
            _ => None,
        })
        .expect(name)
}

/// Label of the confirming button.
pub fn button(popup: &Popup) -> Option<&str> {
    popup.confirm.as_ref().map(|confirm| confirm.label.as_str())
}
