//! Small pieces that many parts share.

use super::html::Html;
use crate::text::{Key, Words};
use crate::wire::{Empty, Link, Moment, Picture, StatusLabel, Tone, UsageBar};

/// How markup names a tone.
pub fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "neutral",
        Tone::Good => "good",
        Tone::Careful => "careful",
        Tone::Danger => "danger",
    }
}

impl Html {
    /// A small icon of the sprite.
    pub fn small_icon(&mut self, name: &str) -> &mut Html {
        self.drawing("icon small", name)
    }

    /// Text that a person typed, in whichever direction it runs.
    pub fn typed(&mut self, tag: &'static str, class: &'static str, text: &str) -> &mut Html {
        self.with(tag, class).attr("dir", "auto").text(text).end()
    }

    /// The same where there may be no room for all of it: whole in its title.
    pub fn tight(&mut self, tag: &'static str, class: &'static str, text: &str) -> &mut Html {
        self.with(tag, class)
            .attr("dir", "auto")
            .attr("title", text)
            .text(text)
            .end()
    }

    /// Text for screen readers only.
    pub fn unseen(&mut self, text: &str) -> &mut Html {
        self.leaf("span", "visually-hidden", text)
    }

    /// A point in time: short, and whole on demand.
    pub fn moment(&mut self, moment: &Moment) -> &mut Html {
        self.el("time")
            .attr("datetime", &moment.machine)
            .attr("title", &moment.full)
            .text(&moment.short)
            .end()
    }

    /// A dash for what is not known.
    pub fn unknown(&mut self, words: &Words) {
        self.with("span", "quiet-text")
            .text("–")
            .unseen(words.get(Key::Unknown))
            .end();
    }

    /// Status as a dot and a word.
    pub fn status(&mut self, status: &StatusLabel) {
        self.with("span", "status")
            .attr("data-tone", tone(status.tone));
        if let Some(reason) = &status.reason {
            // Where there is little room it is cut.
            self.attr("title", reason);
        }
        self.text(&status.word);
        self.maybe("span", "status-reason", status.reason.as_deref())
            .end();
    }

    /// The inside of a usage: its text, and its bar when there is one to draw.
    pub fn gauge(&mut self, usage: &UsageBar) -> &mut Html {
        let Some(permille) = usage.permille else {
            return self.leaf("span", "usage-text quiet-text", &usage.text);
        };
        self.with("span", "usage-text");
        if usage.tone == Tone::Danger {
            self.small_icon("triangle-alert");
        }
        self.text(&usage.text).end();
        self.with("svg", "bar")
            .attr("viewBox", "0 0 1000 8")
            .attr("preserveAspectRatio", "none");
        self.attr("aria-hidden", "true");
        self.el("rect")
            .attr("width", &permille.min(1000).to_string())
            .attr("height", "8")
            .end()
            .end()
    }

    /// The sentence that says why the last attempt was not applied.
    pub fn refusal(&mut self, text: &str) -> &mut Html {
        self.with("div", "refusal")
            .attr("id", "refusal")
            .attr("role", "alert")
            .attr("tabindex", "-1");
        self.icon("circle-alert").el("p").text(text).end().end()
    }

    /// The title of a page, where somebody who comes there starts.
    fn page_title(&mut self, title: &str) -> &mut Html {
        self.el("h1")
            .attr("id", "page-title")
            .attr("tabindex", "-1")
            .text(title)
            .end()
    }

    /// Begins the head of a page, with its title.
    pub fn page_head(&mut self, title: &str) -> &mut Html {
        self.with("header", "page-head").page_title(title)
    }

    /// The way back to where a page was come from.
    pub fn back(&mut self, back: &Link) -> &mut Html {
        self.with("a", "back")
            .attr("href", &back.href)
            .icon("arrow-left")
            .text(&back.text)
            .end()
    }

    /// A line of a list of facts, if there is one.
    pub fn pair(&mut self, label: &str, value: Option<&str>) -> &mut Html {
        if let Some(value) = value {
            self.el("div").el("dt").text(label).end();
            self.el("dd").attr("dir", "auto").text(value).end().end();
        }
        self
    }

    /// What stands in place of a page.
    pub fn empty_page(&mut self, empty: &Empty) -> &mut Html {
        self.with("div", "empty")
            .drawing("picture", picture(empty.picture))
            .page_title(&empty.title);
        self.empty_rest(empty)
    }

    /// What stands in place of a page's content.
    pub fn empty_within(&mut self, empty: &Empty) -> &mut Html {
        self.with("div", "empty")
            .drawing("picture", picture(empty.picture));
        self.el("h2").text(&empty.title).end();
        self.empty_rest(empty)
    }

    fn empty_rest(&mut self, empty: &Empty) -> &mut Html {
        self.el("p").text(&empty.text).end();
        if let Some(command) = &empty.command {
            self.with("pre", "command")
                .attr("tabindex", "0")
                .el("code")
                .text(command)
                .end()
                .end();
        }
        if let Some(on) = &empty.way_on {
            self.link("button primary", &on.href, &on.text);
        }
        self.end()
    }
}

fn picture(picture: Picture) -> &'static str {
    match picture {
        Picture::FirstUse => "picture-first-use",
        Picture::NothingFound => "picture-nothing-found",
        Picture::Missing => "picture-missing",
        Picture::Broken => "picture-broken",
        Picture::Locked => "picture-locked",
    }
}

#[cfg(test)]
mod tests {
    use super::{Html, UsageBar};
    use crate::wire::Tone;

    fn usage(permille: Option<u16>, tone: Tone) -> UsageBar {
        UsageBar {
            limit: "Seats".into(),
            text: "22 of 20".into(),
            permille,
            tone,
            age: None,
        }
    }

    #[test]
    fn a_bar_never_leaves_its_frame() {
        let mut html = Html::new();
        html.gauge(&usage(Some(1100), Tone::Danger));
        let text = html.done();
        assert!(text.contains(r#"width="1000""#), "{text}");
        assert!(
            text.contains("#triangle-alert"),
            "danger is never colour alone: {text}"
        );
    }

    #[test]
    fn without_a_figure_there_is_no_bar() {
        let mut html = Html::new();
        html.gauge(&usage(None, Tone::Neutral));
        assert_eq!(
            html.done(),
            r#"<span class="usage-text quiet-text">22 of 20</span>"#
        );
    }
}
