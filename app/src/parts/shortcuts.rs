//! The sheet of keys, and the button that opens it.

use super::html::Html;
use crate::text::{Key, Words};

/// Id of the sheet.
pub const ID: &str = "shortcuts";

/// A key as it is drawn.
enum Cap {
    /// Ctrl, or ⌘ on an Apple keyboard.
    Modifier,
    /// What is printed on it.
    Printed(&'static str),
    /// A key that is described.
    Named(Key),
}

use Cap::{Modifier, Named, Printed};

/// What keys do, and which.
type Line = (Key, &'static [Cap]);

const SHEET: &[(Key, &[Line])] = &[
    (
        Key::Anywhere,
        &[
            (Key::KeyPalette, &[Modifier, Printed("K")]),
            (Key::KeySearch, &[Printed("/")]),
            (Key::KeyShortcuts, &[Printed("?")]),
            (Key::KeyClose, &[Printed("Esc")]),
        ],
    ),
    (
        Key::InAList,
        &[
            (Key::KeyNext, &[Printed("J")]),
            (Key::KeyPrevious, &[Printed("K")]),
            (Key::KeyActions, &[Printed(".")]),
            (Key::KeyOpen, &[Printed("Enter")]),
        ],
    ),
    (
        Key::InTheMenu,
        &[
            (Key::KeyEntries, &[Printed("↓"), Printed("↑")]),
            (Key::KeyEnds, &[Printed("Home"), Printed("End")]),
            (Key::KeyLetter, &[Named(Key::Letter)]),
        ],
    ),
];

/// The button in the sidebar.
pub fn opener(html: &mut Html, words: &Words) {
    html.with("button", "shortcuts-open")
        .attr("id", "shortcuts-open")
        .attr("type", "button")
        .attr("aria-haspopup", "dialog");
    html.icon("keyboard")
        .leaf("span", "nav-label", words.get(Key::Shortcuts));
    html.el("kbd")
        .attr("aria-hidden", "true")
        .text("?")
        .end()
        .end();
}

/// The inside of the sheet. `modifier` is what the keyboard at hand prints on its key for commands.
pub fn inside(modifier: &str, words: &Words) -> String {
    let mut html = Html::new();
    html.with("div", "popup-head")
        .el("h2")
        .attr("id", "shortcuts-title")
        .text(words.get(Key::Shortcuts))
        .end();
    html.with("button", "icon-button")
        .attr("type", "button")
        .flag("data-shut")
        .flag("autofocus")
        .attr("aria-label", words.get(Key::Close))
        .icon("x")
        .end()
        .end();
    html.with("div", "shortcuts-body");
    html.with("p", "shortcuts-off")
        .small_icon("info")
        .text(words.get(Key::ShortcutsOff))
        .end();
    for (title, lines) in SHEET {
        html.el("section")
            .el("h3")
            .text(words.get(*title))
            .end()
            .el("dl");
        for (what, keys) in *lines {
            html.el("div")
                .flag_if(is_single(keys), "data-single")
                .el("dt")
                .text(words.get(*what))
                .end()
                .el("dd");
            for cap in *keys {
                html.el("kbd")
                    .text(match cap {
                        Modifier => modifier,
                        Printed(key) => key,
                        Named(key) => words.get(*key),
                    })
                    .end()
                    .text(" ");
            }
            html.end().end();
        }
        html.end().end();
    }
    html.done()
}

/// Whether it can be switched off: a single character, which dictation may press by mistake.
fn is_single(keys: &[Cap]) -> bool {
    matches!(keys, [Printed(key)] if key.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::inside;
    use crate::text::Words;

    #[test]
    fn keys_that_can_be_switched_off_are_marked() {
        let text = inside("⌘", &Words::english());
        assert_eq!(text.matches("<div data-single>").count(), 5, "{text}");
        assert!(
            text.contains("<kbd>⌘</kbd> <kbd>K</kbd>") && !text.contains("Ctrl</kbd>"),
            "{text}"
        );
    }

    #[test]
    fn the_focus_starts_at_its_button() {
        let text = inside("Ctrl", &Words::english());
        assert_eq!(text.matches("autofocus").count(), 1, "{text}");
    }
}
