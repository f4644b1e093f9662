//! Connecting a product: steps that are ticked once they were seen, each with what to paste.

use super::api_keys::{KeyForm, KeySaid};
use super::html::Html;
use crate::wire::{Link, Piece};

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectPage {
    /// Where it was come from.
    pub back: Link,
    /// "Connect your product".
    pub title: String,
    /// What it is for, in a sentence.
    pub lead: String,
    /// A key that has just been made.
    pub said: Option<KeySaid>,
    /// In order.
    pub steps: Vec<Step>,
    /// Looks again whether more was seen.
    pub again: Link,
    /// Address of this page, which takes its form.
    pub here: String,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whether it was seen to be done.
    pub seen: Seen,
    /// "Seen", "Not yet".
    pub state: String,
    /// "Make a key".
    pub title: String,
    /// What to do.
    pub text: String,
    /// What was seen, when it was.
    pub fact: Option<String>,
    /// Makes a key here.
    pub form: Option<KeyForm>,
    /// What to paste, one for each way.
    pub recipes: Vec<Recipe>,
    /// A command line to try it with.
    pub command: Option<Paste>,
}

/// Whether a step was seen to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It was.
    Yes,
    /// Not yet.
    No,
}

/// One way to do a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// "nginx".
    pub name: String,
    /// What to know before.
    pub text: String,
    /// What to paste.
    pub paste: Paste,
}

/// Text that goes elsewhere as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    /// The text.
    pub text: String,
    /// The name of the button that copies it.
    pub copy: String,
}

/// The whole page.
pub fn page(page: &ConnectPage) -> String {
    let mut html = Html::new();
    html.back(&page.back).page_head(&page.title).end();
    html.leaf("p", "lead", &page.lead);
    if let Some(said) = &page.said {
        html.key_said(said);
    }
    html.with("ol", "steps").attr("role", "list");
    for (at, step) in page.steps.iter().enumerate() {
        html.step(step, at + 1, &page.here);
    }
    html.end();
    // Loading anew must not be taken over by the router.
    html.with("a", "button")
        .attr("href", &page.again.href)
        .attr("rel", "external")
        .icon("refresh-cw")
        .text(&page.again.text)
        .end();
    html.done()
}

/// The tick of a step and what was seen of it, to take the place of what a page shows of them. The rest of the page stays
/// as it is: somebody may be copying the new key out of it.
pub fn sign(step: &Step, number: usize) -> Piece {
    let mut html = Html::new();
    html.sign(step);
    Piece {
        place: sign_place(number),
        html: html.done(),
    }
}

fn sign_place(number: usize) -> String {
    format!("step-{number}-sign")
}

impl Html {
    fn step(&mut self, step: &Step, number: usize, here: &str) -> &mut Html {
        let title = format!("step-{number}");
        self.with("li", "step surface")
            .attr("aria-labelledby", &title);
        self.with("div", "step-head")
            .el("h2")
            .attr("id", &title)
            .text(&format!("{number}. {}", step.title))
            .end();
        self.with("div", "step-sign")
            .attr("id", &sign_place(number))
            .sign(step)
            .end()
            .end();
        self.el("p").text(&step.text).end();
        if let Some(form) = &step.form {
            self.key_fields(form, here);
        }
        for recipe in &step.recipes {
            self.with("details", "recipe").attr("name", "recipe");
            self.el("summary").text(&recipe.name).end();
            self.leaf("p", "hint", &recipe.text);
            self.paste(&recipe.paste, &recipe.name).end();
        }
        if let Some(command) = &step.command {
            self.paste(command, &step.title);
        }
        self.end()
    }

    fn sign(&mut self, step: &Step) -> &mut Html {
        let (tone, icon) = match step.seen {
            Seen::Yes => ("good", "circle-check"),
            Seen::No => ("neutral", "clock"),
        };
        self.with("span", "step-state")
            .attr("data-tone", tone)
            .small_icon(icon)
            .text(&step.state)
            .end();
        self.maybe("p", "hint", step.fact.as_deref())
    }

    fn paste(&mut self, paste: &Paste, name: &str) -> &mut Html {
        self.with("div", "paste");
        self.with("pre", "command")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", name)
            .attr("dir", "ltr")
            .el("code")
            .text(&paste.text)
            .end()
            .end();
        self.with("button", "copy")
            .attr("type", "button")
            .attr("data-copy", &paste.text)
            .attr("aria-label", &paste.copy)
            .icon("copy")
            .end()
            .end()
    }
}
