//! The keys that programs show, and the form that makes one.

use super::ask::Ask;
use super::fields::Field;
use super::html::Html;
use crate::wire::{Empty, Link, StatusLabel};

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeysPage {
    /// "API keys".
    pub title: String,
    /// What they are, in a sentence.
    pub lead: String,
    /// How a key is put to use.
    pub connect: Link,
    /// What has just been done.
    pub said: Option<KeySaid>,
    /// What stands in place of the first key.
    pub empty: Option<Empty>,
    /// Those that are good.
    pub keys: Vec<KeyCard>,
    /// "2 keys that have ended", and those.
    pub ended: Option<(String, Vec<KeyCard>)>,
    /// The form that makes one.
    pub form: KeyForm,
    /// Address of this page, which takes its forms.
    pub here: String,
}

/// What has just been done with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySaid {
    /// "Your new key".
    pub title: String,
    /// What to do with it.
    pub text: String,
    /// The key itself, this once, and the name of the button that copies it.
    pub secret: Option<(String, String)>,
}

/// One key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCard {
    /// Its identifier.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// How it begins.
    pub prefix: String,
    /// How it stands.
    pub state: StatusLabel,
    /// What is to be known about it, label and value.
    pub facts: Vec<(String, String)>,
    /// What can be done with it.
    pub asks: Vec<Ask>,
}

/// The form that makes a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyForm {
    /// "New API key".
    pub title: String,
    /// Whether it is unfolded.
    pub standing: Standing,
    /// Why the last attempt did nothing, where that is not about a field.
    pub refusal: Option<String>,
    /// In order.
    pub fields: Vec<Field>,
    /// Posted as they are.
    pub hidden: Vec<(&'static str, String)>,
    /// "Create key".
    pub submit: String,
}

/// Whether a form is unfolded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Open,
    /// It waits to be asked for.
    Folded,
}

/// The whole page.
pub fn page(page: &ApiKeysPage) -> String {
    let mut html = Html::new();
    html.page_head(&page.title).end();
    html.with("p", "lead")
        .text(&page.lead)
        .text(" ")
        .link("", &page.connect.href, &page.connect.text)
        .end();
    if let Some(said) = &page.said {
        html.key_said(said);
    }
    if let Some(empty) = &page.empty {
        html.empty_within(empty);
    }
    cards(&mut html, &page.keys, &page.here);
    form(&mut html, &page.form, &page.here);
    if let Some((title, keys)) = &page.ended {
        html.with("details", "ended")
            .el("summary")
            .text(title)
            .end();
        cards(&mut html, keys, &page.here);
        html.end();
    }
    html.done()
}

impl Html {
    /// What has just been done with a key.
    pub fn key_said(&mut self, said: &KeySaid) -> &mut Html {
        self.with("section", "key-said surface")
            .attr("role", "status")
            .attr("aria-labelledby", "said-title");
        self.el("h2")
            .attr("id", "said-title")
            .icon("key")
            .text(&said.title)
            .end();
        self.el("p").text(&said.text).end();
        if let Some((secret, copy)) = &said.secret {
            self.with("p", "secret")
                .el("code")
                .attr("id", "secret")
                .attr("dir", "ltr")
                .attr("tabindex", "0")
                .text(secret)
                .end();
            self.with("button", "copy")
                .attr("type", "button")
                .attr("data-copy", secret)
                .attr("aria-label", copy)
                .icon("copy")
                .end()
                .end();
        }
        self.end()
    }

    /// The fields of the form, without what unfolds it.
    pub fn key_fields(&mut self, form: &KeyForm, here: &str) -> &mut Html {
        self.with("form", "preferences surface")
            .attr("method", "post")
            .attr("action", here);
        for (name, value) in &form.hidden {
            self.hidden(name, value);
        }
        if let Some(refusal) = &form.refusal {
            self.refusal(refusal);
        }
        for field in &form.fields {
            self.form_field(field);
        }
        self.with("button", "button primary")
            .attr("type", "submit")
            .text(&form.submit)
            .end();
        self.end()
    }
}

fn cards(html: &mut Html, keys: &[KeyCard], here: &str) {
    if keys.is_empty() {
        return;
    }
    html.with("ul", "keys").attr("role", "list");
    for key in keys {
        let title = [&key.id, "-name"].concat();
        html.el("li")
            .with("article", "key surface")
            .attr("aria-labelledby", &title);
        html.with("div", "key-head")
            .el("h2")
            .attr("id", &title)
            .attr("dir", "auto")
            .text(&key.name)
            .end();
        html.el("code")
            .attr("dir", "ltr")
            .text(&key.prefix)
            .text("…")
            .end();
        html.status(&key.state);
        html.end().with("dl", "key-facts");
        for (label, value) in &key.facts {
            html.pair(label, Some(value));
        }
        html.end();
        if !key.asks.is_empty() {
            html.with("div", "key-asks");
            for ask in &key.asks {
                html.ask(ask, here);
            }
            html.end();
        }
        html.end().end();
    }
    html.end();
}

fn form(html: &mut Html, form: &KeyForm, here: &str) {
    html.with("details", "new-key")
        .attr("id", "new")
        .flag_if(form.standing == Standing::Open, "open");
    html.el("summary")
        .with("span", "button")
        .icon("plus")
        .text(&form.title)
        .end()
        .end();
    html.key_fields(form, here).end();
}
