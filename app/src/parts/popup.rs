//! The popup that confirms.

use super::html::Html;
use super::popup_blocks::block;
use crate::text::Words;
use crate::wire::{Action, Block, Popup, Tone};

/// Its role: an alert where access is taken away.
pub fn role(popup: &Popup) -> &'static str {
    if popup.action == Action::Suspend { "alertdialog" } else { "dialog" }
}

/// Its size: wide where plans are compared.
pub fn size(popup: &Popup) -> &'static str {
    if popup.blocks.iter().any(|block| matches!(block, Block::Cards(_))) { "wide" } else { "narrow" }
}

/// The inside of the dialog.
pub fn inside(popup: &Popup, words: &Words) -> String {
    let mut html = Html::new();
    html.el("form").attr("method", "post").flag("data-send");
    for (name, value) in &popup.hidden {
        html.hidden(name, value);
    }
    html.with("header", "popup-head").el("h2").attr("id", "popup-title").attr("dir", "auto").text(&popup.title).end();
    html.typed("p", "popup-subject", &popup.subject).end();

    html.with("div", "popup-body");
    let at_field = popup.refusal.as_ref().and_then(|refusal| refusal.field.as_deref());
    let shown_at_field = at_field.is_some_and(|field| popup.blocks.iter().any(|block| has_field(block, field)));
    if let (Some(refusal), false) = (&popup.refusal, shown_at_field) {
        write_refusal(&mut html, &refusal.text);
    }
    html.el("div").attr("id", "popup-lead");
    for sentence in &popup.lead {
        html.el("p").attr("dir", "auto").text(sentence).end();
    }
    html.end();
    let start = start(popup);
    for (at, piece) in popup.blocks.iter().enumerate() {
        block(&mut html, piece, popup.refusal.as_ref(), start == Start::Block(at), words);
    }
    html.end();

    html.with("footer", "popup-foot");
    html.with("a", "button").attr("href", &popup.back).flag("data-close");
    html.flag_if(start == Start::Cancel, "autofocus").text(&popup.cancel).end();
    if let Some(confirm) = &popup.confirm {
        let class = if confirm.tone == Tone::Danger { "button danger" } else { "button primary" };
        html.with("button", class).attr("type", "submit").attr("data-busy", &confirm.busy);
        html.flag_if(start == Start::Confirm, "autofocus").text(&confirm.label).end();
    }
    html.done()
}

/// The sentence that says why the last attempt was not applied.
pub fn refusal(text: &str) -> String {
    let mut html = Html::new();
    write_refusal(&mut html, text);
    html.done()
}

fn write_refusal(html: &mut Html, text: &str) {
    html.with("div", "refusal").attr("id", "refusal").attr("role", "alert").attr("tabindex", "-1");
    html.icon("circle-alert").el("p").attr("dir", "auto").text(text).end().end();
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
        Block::Select(_) | Block::Text(_) | Block::Until(_) => true,
        Block::Fact(_) | Block::Changes(_) | Block::Consequences(_) | Block::Ticks(_) => false,
    };
    popup.blocks.iter().position(fillable).map_or(Start::Confirm, Start::Block)
}

/// Whether a block shows the field of a refusal.
fn has_field(block: &Block, field: &str) -> bool {
    match block {
        Block::Cards(cards) => cards.name == field || (field == "over" && cards.cards.iter().any(|card| card.over.is_some())),
        Block::Select(select) => select.name == field,
        Block::Text(text) => text.name == field,
        Block::Until(_) => field == "until" || field == "until_mode",
        Block::Ticks(ticks) => ticks.ticks.iter().any(|tick| tick.name == field),
        Block::Fact(_) | Block::Changes(_) | Block::Consequences(_) => false,
    }
}
