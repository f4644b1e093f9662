//! The popup that confirms.

use super::html::Html;
use super::popup_blocks::block;
use crate::text::Words;
use crate::wire::{Action, Block, MessagePreview, Popup, Tone};

/// Its role: an alert where access is taken away.
pub fn role(popup: &Popup) -> &'static str {
    if popup.action == Action::Suspend {
        "alertdialog"
    } else {
        "dialog"
    }
}

/// Its size: wide where plans are compared.
pub fn size(popup: &Popup) -> &'static str {
    if popup
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Cards(_)))
    {
        "wide"
    } else {
        "narrow"
    }
}

/// The inside of the dialog.
pub fn inside(popup: &Popup, words: &Words) -> String {
    let mut html = Html::new();
    html.el("form").attr("method", "post").flag("data-send");
    for (name, value) in &popup.hidden {
        html.hidden(name, value);
    }
    // No header and footer: in a dialog those would be landmarks of the whole page.
    html.with("div", "popup-head")
        .el("h2")
        .attr("id", "popup-title");
    either(
        &mut html,
        &popup.title,
        popup.partly.as_ref().map(|partly| &partly.title),
    );
    html.end();
    html.leaf("p", "popup-subject", &popup.subject).end();

    html.with("div", "popup-body");
    let at_field = popup
        .refusal
        .as_ref()
        .and_then(|refusal| refusal.field.as_deref());
    let shown_at_field =
        at_field.is_some_and(|field| popup.blocks.iter().any(|block| has_field(block, field)));
    if let (Some(refusal), false) = (&popup.refusal, shown_at_field) {
        html.refusal(&refusal.text);
    }
    if let Some(meanwhile) = &popup.meanwhile {
        html.with("div", "meanwhile").attr("role", "alert");
        html.icon("history").el("p").text(meanwhile).end().end();
    }
    html.el("div").attr("id", "popup-lead");
    for sentence in &popup.lead {
        html.el("p").text(sentence).end();
    }
    html.end();
    let start = start(popup);
    for (at, piece) in popup.blocks.iter().enumerate() {
        block(
            &mut html,
            piece,
            popup.refusal.as_ref(),
            start == Start::Block(at),
            words,
        );
    }
    html.end();

    html.with("div", "popup-foot");
    html.with("a", "button")
        .attr("href", &popup.back)
        .flag("data-close");
    html.flag_if(start == Start::Cancel, "autofocus")
        .text(&popup.cancel)
        .end();
    if let Some(confirm) = &popup.confirm {
        let class = if confirm.tone == Tone::Danger {
            "button danger"
        } else {
            "button primary"
        };
        html.with("button", class)
            .attr("type", "submit")
            .attr("data-busy", &confirm.busy);
        html.flag_if(start == Start::Confirm, "autofocus");
        either(
            &mut html,
            &confirm.label,
            popup.partly.as_ref().map(|partly| &partly.confirm),
        );
        html.end();
        // After the button that confirms, since the first one is what Enter presses.
        if let Some(MessagePreview { open, .. }) = preview(popup) {
            html.with("button", "button quiet popup-aside")
                .attr("type", "submit")
                .attr("formaction", &open.href)
                .attr("formtarget", "_blank");
            html.flag("formnovalidate").text(&open.text).end();
        }
    }
    if let Some(instead) = &popup.instead {
        html.with("a", "button primary")
            .attr("href", &instead.href)
            .attr("data-noscroll", "")
            .text(&instead.text)
            .end();
    }
    html.done()
}

/// What shows the customer's side of it.
pub fn preview(popup: &Popup) -> Option<&MessagePreview> {
    popup.blocks.iter().find_map(|block| match block {
        Block::Text(text) => text.preview.as_ref(),
        _ => None,
    })
}

/// Two wordings, of which the ticks of the popup show one.
fn either(html: &mut Html, whole: &str, partly: Option<&String>) {
    match partly {
        None => {
            html.text(whole);
        }
        Some(partly) => {
            html.leaf("span", "if-all", whole)
                .leaf("span", "if-some", partly);
        }
    }
}

/// Where the focus starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Block(usize),
    Confirm,
    Cancel,
}

/// At the first thing to fill in or choose: a popup that only asks starts at its button, one that cannot be confirmed at
/// the way out.
fn start(popup: &Popup) -> Start {
    if popup.confirm.is_none() {
        return Start::Cancel;
    }
    let fillable = |block: &Block| match block {
        Block::Cards(cards) => cards.cards.iter().any(|card| card.why_not.is_none()),
        Block::Select(_) | Block::Text(_) | Block::Point(_) => true,
        Block::Fact(_) | Block::Changes(_) | Block::Consequences(_) | Block::Lifts(_) => false,
    };
    popup
        .blocks
        .iter()
        .position(fillable)
        .map_or(Start::Confirm, Start::Block)
}

/// Whether a block shows the field of a refusal.
fn has_field(block: &Block, field: &str) -> bool {
    match block {
        Block::Cards(cards) => {
            cards.name == field
                || (field == "over" && cards.cards.iter().any(|card| card.over.is_some()))
        }
        Block::Select(select) => select.name == field,
        Block::Text(text) => text.name == field,
        Block::Point(point) => point.name == field,
        Block::Lifts(lifts) => lifts.lifts.iter().any(|lift| lift.tick.name == field),
        Block::Fact(_) | Block::Changes(_) | Block::Consequences(_) => false,
    }
}

#[cfg(test)]
mod tests;
