//! The pieces of a popup.

use super::common::tone;
use super::html::Html;
use super::popup_fields::{area, choice, error, point_in_time, tick};
use crate::text::{Key, Words};
use crate::wire::{Block, Card, Cards, Change, Consequence, Lifts, Refusal, Standing};

/// One piece. `refusal` is shown at its field; the focus may start here.
pub fn block(
    html: &mut Html,
    block: &Block,
    refusal: Option<&Refusal>,
    starts: bool,
    words: &Words,
) {
    match block {
        Block::Fact(fact) => {
            html.with("dl", "fact").el("dt").text(&fact.label).end();
            html.el("dd").text(&fact.value).end().end();
        }
        Block::Cards(cards) => plan_cards(html, cards, refusal, starts, words),
        Block::Changes(changes) => table(html, changes, Caption::Shown, words),
        Block::Consequences(lines) => consequences(html, "consequences", lines),
        Block::Select(select) => {
            choice(html, select, error_at(refusal, &select.name), starts, words)
        }
        Block::Text(text) => area(html, text, error_at(refusal, &text.name), starts, words),
        Block::Point(point) => point_in_time(html, point, error_at(refusal, &point.name), starts),
        Block::Lifts(lifts) => to_lift(html, lifts, error_at(refusal, "lift")),
    }
}

/// Names the tick and the line of one suspension alike: at most four are open, one of a kind.
const LIFTS: [(&str, &str); 4] = [
    ("lift lift-1", "left left-1"),
    ("lift lift-2", "left left-2"),
    ("lift lift-3", "left left-3"),
    ("lift lift-4", "left left-4"),
];

/// The style sheet shows the lines that fit the ticks, so that what is said holds at every moment, without scripts too.
fn to_lift(html: &mut Html, lifts: &Lifts, refused: Option<&str>) {
    html.with("fieldset", "ticks")
        .el("legend")
        .text(&lifts.legend)
        .end();
    error(html, "lift", refused);
    for (lift, (class, _)) in lifts.lifts.iter().zip(LIFTS) {
        html.with("div", class);
        if lift.standing == Standing::InForce {
            html.flag("data-in-force");
        }
        tick(html, "tick", &lift.tick);
        html.end();
    }
    html.end();
    html.with("dl", "fact").el("dt").text(&lifts.label).end();
    html.leaf("dd", "if-all", &lifts.all);
    for (lift, (_, class)) in lifts.lifts.iter().zip(LIFTS) {
        html.leaf("dd", class, &lift.left);
    }
    html.end();
}

fn error_at<'a>(refusal: Option<&'a Refusal>, field: &str) -> Option<&'a str> {
    refusal
        .filter(|refusal| refusal.field.as_deref() == Some(field))
        .map(|refusal| refusal.text.as_str())
}

fn plan_cards(
    html: &mut Html,
    cards: &Cards,
    refusal: Option<&Refusal>,
    starts: bool,
    words: &Words,
) {
    html.with("fieldset", "cards")
        .attr("data-field", &cards.name)
        .el("legend")
        .text(&cards.legend)
        .end();
    error(html, &cards.name, error_at(refusal, &cards.name));
    let chosen = cards.cards.iter().position(|card| card.chosen);
    let first = cards.cards.iter().position(|card| card.why_not.is_none());
    for (at, card) in cards.cards.iter().enumerate() {
        html.maybe("h3", "cards-heading", card.heading.as_deref());
        plan_card(
            html,
            cards,
            card,
            starts && chosen.or(first) == Some(at),
            words,
        );
        if card.chosen {
            error(html, "over", error_at(refusal, "over"));
        }
    }
    html.end();
}

fn plan_card(html: &mut Html, cards: &Cards, card: &Card, starts: bool, words: &Words) {
    html.with("div", "card").with("label", "card-choice");
    html.el("input")
        .attr("type", "radio")
        .attr("name", &cards.name)
        .attr("value", &card.value)
        .flag("required");
    html.flag_if(card.chosen, "checked")
        .flag_if(card.why_not.is_some(), "disabled")
        .flag_if(starts, "autofocus")
        .end();
    html.with("span", "card-main")
        .with("span", "card-title")
        .text(&card.title);
    for badge in &card.badges {
        html.text(" ").leaf("span", "badge", badge);
    }
    html.end().text(" ").leaf("span", "card-price", &card.price);
    for (class, text) in [
        ("card-difference", &card.difference),
        ("card-why", &card.why_not),
    ] {
        if let Some(text) = text {
            html.text(" ").leaf("span", class, text);
        }
    }
    for note in &card.notes {
        html.text(" ").leaf("span", "card-note", note);
    }
    html.end().end();
    if !card.summary.is_empty() {
        consequences(html, "card-summary", &card.summary);
    }
    // Beside the buttons while it is chosen; read where it is chosen.
    html.with("p", "card-total")
        .attr("aria-hidden", "true")
        .text(card.difference.as_ref().unwrap_or(&card.price))
        .end();
    if !card.changes.is_empty() || card.over.is_some() {
        html.with("div", "card-more");
        if !card.changes.is_empty() {
            table(html, &card.changes, Caption::Left, words);
        }
        if let Some(over) = &card.over {
            tick(html, "tick over", over);
        }
        html.end();
    }
    html.end();
}

/// Whether a table says what it is; in a card, the card does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Caption {
    Shown,
    Left,
}

fn table(html: &mut Html, changes: &[Change], caption: Caption, words: &Words) {
    html.with("table", "changes");
    if caption == Caption::Shown {
        html.el("caption")
            .text(words.get(Key::BeforeAndAfter))
            .end();
    }
    html.with("thead", "visually-hidden").el("tr");
    for head in [Key::What, Key::Before, Key::After] {
        html.el("th")
            .attr("scope", "col")
            .text(words.get(head))
            .end();
    }
    html.end().end().el("tbody");
    for change in changes {
        html.el("tr")
            .attr("data-tone", tone(change.tone))
            .el("th")
            .attr("scope", "row")
            .text(&change.label)
            .end();
        html.leaf("td", "before", &change.before)
            .with("td", "after")
            .text(&change.after);
        if let Some(note) = &change.note {
            html.text(" ").el("small").text(note).end();
        }
        html.end().end();
    }
    html.end().end();
}

/// Lines with an icon each.
pub fn consequences(html: &mut Html, class: &'static str, lines: &[Consequence]) {
    html.with("ul", class).attr("role", "list");
    for line in lines {
        html.el("li").attr("data-tone", tone(line.tone));
        if class == "card-summary" {
            html.small_icon(&line.icon);
        } else {
            html.icon(&line.icon);
        }
        html.el("span").text(&line.text).end().end();
    }
    html.end();
}
