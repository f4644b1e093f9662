//! A question before something is done that cannot be taken back: a popup of the browser's own, which needs no script.

use super::fields::Field;
use super::html::Html;

/// The question, and the button that asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Unlike any other on the page.
    pub id: String,
    /// What the button says that opens it.
    pub opener: String,
    /// "Revoke Gate?"
    pub title: String,
    /// What follows from it.
    pub lead: String,
    /// What may be chosen.
    pub field: Option<Field>,
    /// Posted as they are.
    pub hidden: Vec<(&'static str, String)>,
    /// "Cancel".
    pub cancel: String,
    /// "Yes, Revoke".
    pub confirm: String,
    /// How much is at stake.
    pub stake: Stake,
}

/// How much is at stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stake {
    /// Nothing stops working now.
    Little,
    /// Something stops working now.
    Much,
}

impl Html {
    /// The button and the question. The form goes to `action`.
    pub fn ask(&mut self, ask: &Ask, action: &str) -> &mut Html {
        let (opener, confirm) = match ask.stake {
            Stake::Little => ("button small", "button primary"),
            Stake::Much => ("button small danger-quiet", "button danger"),
        };
        let title = [&ask.id, "-title"].concat();
        self.with("button", opener)
            .attr("type", "button")
            .attr("popovertarget", &ask.id)
            .text(&ask.opener)
            .end();
        self.with("div", "popup ask")
            .attr("id", &ask.id)
            .attr("popover", "auto")
            .attr("role", "dialog")
            .attr("aria-labelledby", &title);
        self.el("form")
            .attr("method", "post")
            .attr("action", action);
        for (name, value) in &ask.hidden {
            self.hidden(name, value);
        }
        self.with("div", "popup-head")
            .el("h2")
            .attr("id", &title)
            .text(&ask.title)
            .end()
            .end();
        self.with("div", "popup-body").el("p").text(&ask.lead).end();
        if let Some(field) = &ask.field {
            self.form_field(field);
        }
        self.end().with("div", "popup-foot");
        self.with("button", "button")
            .attr("type", "button")
            .attr("popovertarget", &ask.id)
            .attr("popovertargetaction", "hide")
            .flag("autofocus")
            .text(&ask.cancel)
            .end();
        self.with("button", confirm)
            .attr("type", "submit")
            .text(&ask.confirm)
            .end();
        self.end().end().end()
    }
}
