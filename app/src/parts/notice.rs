//! The status message after an action.

use super::common::tone;
use super::html::Html;
use crate::text::{Key, Words};
use crate::wire::{Notice, Tone};

/// Something to say above everything, until the next action or page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The message, with what undoes it.
    pub notice: Notice,
    /// Whether it is good news.
    pub tone: Tone,
}

impl Said {
    /// It was done.
    pub fn done(notice: Notice) -> Said {
        Said {
            notice,
            tone: Tone::Good,
        }
    }

    /// It was not done.
    pub fn failed(text: String) -> Said {
        Said {
            notice: Notice { text, undo: None },
            tone: Tone::Danger,
        }
    }
}

/// The inside of the status region.
pub fn inside(said: Option<&Said>, words: &Words) -> String {
    let Some(Said { notice, tone: how }) = said else {
        return String::new();
    };
    let mut html = Html::new();
    html.with("div", "notice")
        .attr("data-tone", tone(*how))
        .attr("tabindex", "-1");
    // A page that starts with a message starts at it. Awake, the focus stays where the person works.
    html.flag_if(!cfg!(target_arch = "wasm32"), "autofocus");
    html.icon(if *how == Tone::Good {
        "circle-check"
    } else {
        "circle-alert"
    });
    html.el("p").text(&notice.text).end();
    if let Some(undo) = &notice.undo {
        html.el("form").attr("method", "post").flag("data-send");
        undo.fields.iter().for_each(|(name, value)| {
            html.hidden(name, value);
        });
        html.with("button", "button quiet small")
            .attr("type", "submit")
            .text(&undo.label)
            .end()
            .end();
    }
    if cfg!(target_arch = "wasm32") {
        html.with("button", "icon-button")
            .attr("type", "button")
            .flag("data-dismiss")
            .attr("aria-label", words.get(Key::Close))
            .icon("x");
    }
    html.done()
}

#[cfg(test)]
mod tests {
    use super::{Said, inside};
    use crate::text::Words;
    use crate::wire::{Notice, UndoOffer};

    #[test]
    fn undo_is_a_form_of_its_own() {
        let undo = UndoOffer {
            label: "Undo".into(),
            fields: vec![("do".into(), "undo".into()), ("key".into(), "\"k".into())],
        };
        let said = Said::done(Notice {
            text: "A & B moved from Pro to Business.".into(),
            undo: Some(undo),
        });
        let text = inside(Some(&said), &Words::english());
        assert!(text.contains("A &amp; B moved"), "{text}");
        assert!(text.contains(r#"<form method="post" data-send>"#), "{text}");
        assert!(text.contains(r#"name="key" value="&quot;k""#), "{text}");
    }

    #[test]
    fn nothing_to_say_is_nothing() {
        assert_eq!(inside(None, &Words::english()), "");
    }
}
