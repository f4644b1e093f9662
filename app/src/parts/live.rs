//! What floats above a page that lives: that something waits to be shown, or that the page hears of nothing.

use super::html::Html;
use crate::text::{Key, Words};
use crate::wire::Waiting;

/// Whether a page hears of what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// It does.
    Good,
    /// The panel cannot be reached; since when, as a person reads a time of day.
    Offline(String),
    /// The panel is of another release than the page.
    OldPage,
}

/// The inside of the floating line; empty when there is nothing to say.
pub fn inside(line: &Line, waiting: Option<&Waiting>, words: &Words) -> String {
    let mut html = Html::new();
    match (line, waiting) {
        (Line::Offline(since), _) => {
            html.with("p", "live-line")
                .attr("role", "status")
                .small_icon("triangle-alert")
                .el("span")
                .text(words.get(Key::OfflineSince))
                .text(" ")
                .text(since)
                .text(".");
        }
        (Line::OldPage, _) => {
            html.with("p", "live-line")
                .attr("role", "status")
                .el("span")
                .text(words.get(Key::OldPageTitle))
                .end();
            html.with("a", "button small")
                .attr("href", "")
                .attr("rel", "external")
                .text(words.get(Key::Reload));
        }
        (Line::Good, Some(waiting)) => {
            html.with("button", "live-line")
                .attr("type", "button")
                .flag("data-show")
                .leaf("span", "live-text", &waiting.text)
                .leaf("span", "live-way", words.get(Key::Show));
        }
        (Line::Good, None) => {}
    }
    html.done()
}

#[cfg(test)]
mod tests {
    use super::{Line, inside};
    use crate::text::Words;

    #[test]
    fn offline_says_since_when_and_nothing_is_said_without_need() {
        let words = Words::english();
        let text = inside(&Line::Offline("14:02".into()), None, &words);
        assert!(
            text.contains("What you see is from 14:02.") && text.contains(r#"role="status""#),
            "{text}"
        );
        assert_eq!(inside(&Line::Good, None, &words), "");
    }
}
