//! Pieces that several popups share.

use app::text::Say;
use app::wire::{Block, Consequence, Need, Select, SelectOption, TextField, Tone};
use domain::Note;

use crate::panel::forms::Form;

/// The icons of the sprite that popups use.
pub mod icon {
    /// Takes effect now.
    pub const NOW: &str = "zap";
    /// Nothing is deleted.
    pub const KEPT: &str = "database";
    /// About money.
    pub const MONEY: &str = "credit-card";
    /// Access goes.
    pub const LOCKED: &str = "lock";
    /// Access comes.
    pub const OPEN: &str = "lock-open";
    /// More than before.
    pub const MORE: &str = "plus";
    /// Less than before.
    pub const LESS: &str = "minus";
    /// More is used than allowed.
    pub const OVER: &str = "triangle-alert";
    /// Cannot be checked.
    pub const UNKNOWN: &str = "info";
    /// Stays suspended.
    pub const STAYS: &str = "circle-pause";
    /// Back.
    pub const UNDO: &str = "undo-2";
}

/// A line with its icon.
pub fn line(icon: &str, text: String, tone: Tone) -> Consequence {
    Consequence {
        icon: icon.to_owned(),
        text,
        tone,
    }
}

/// The optional reason of Change, Rollback and Reactivate.
pub fn optional_reason<T: Copy>(
    say: &Say,
    form: &Form,
    all: &[T],
    code: impl Fn(T) -> &'static str,
    words: impl Fn(T) -> String,
) -> Block {
    let first = SelectOption {
        value: String::new(),
        label: say.no_reason(),
        chosen: form.get("reason").is_empty(),
        why_not: None,
    };
    Block::Select(Select {
        name: "reason".into(),
        label: say.reason(),
        options: std::iter::once(first)
            .chain(options(form, all, code, words))
            .collect(),
        need: Need::Optional,
        fills: Vec::new(),
    })
}

/// An option for each code, the posted one chosen.
pub fn options<'a, T: Copy>(
    form: &'a Form,
    all: &'a [T],
    code: impl Fn(T) -> &'static str + 'a,
    words: impl Fn(T) -> String + 'a,
) -> impl Iterator<Item = SelectOption> + 'a {
    all.iter().map(move |&each| SelectOption {
        value: code(each).to_owned(),
        label: words(each),
        chosen: form.get("reason") == code(each),
        why_not: None,
    })
}

/// The optional note of Change, Rollback and Reactivate.
pub fn note(say: &Say, form: &Form) -> Block {
    Block::Text(TextField {
        name: "note".into(),
        label: say.note(),
        hint: say.note_hint(),
        value: form.get("note").to_owned(),
        max: longest(Note::LONGEST),
        need: Need::Optional,
        preview: None,
    })
}

/// A length as the wire carries it.
pub fn longest(characters: usize) -> u16 {
    u16::try_from(characters).unwrap_or(u16::MAX)
}
