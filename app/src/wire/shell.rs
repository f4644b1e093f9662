//! The frame around every page.

use serde::{Deserialize, Serialize};

use super::Popup;
use crate::text::Words;

/// The frame: who is signed in where, and the way to everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shell {
    /// The partner's name, as brand.
    pub partner: String,
    /// Address of the partner's brand stylesheet.
    pub brand_css: String,
    /// BCP 47 tag of the page's language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The time zone that times are written in.
    pub time_zone: String,
    /// Name of the signed-in person.
    pub user: String,
    /// Their role in words.
    pub role: String,
    /// The sidebar.
    pub nav: Nav,
    /// Shown above everything while the panel is served without TLS to other machines.
    pub banner: Option<String>,
    /// What happened before this page, once.
    pub notice: Option<Notice>,
    /// The place in the log that the sidebar was read at; what is read after it is at least as new.
    pub live: String,
    /// Who is signed in, as the stream of events names them.
    pub user_id: String,
    /// The words that the browser's own code needs.
    pub words: Words,
}

/// The sidebar with its counts; sent again after each action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nav {
    /// Customer → Active Customers, Suspended Customers, All Customers.
    pub customers: Vec<NavItem>,
    /// Activity and what follows.
    pub more: Vec<NavItem>,
}

/// One line of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NavItem {
    /// "Active Customers".
    pub label: String,
    /// Its path.
    pub href: String,
    /// "1,284", already formatted.
    pub count: Option<String>,
    /// Name of its icon in the sprite.
    pub icon: String,
}

/// A status message, with the way back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// "Acme moved from Pro to Business."
    pub text: String,
    /// What undoes it, when something does.
    pub undo: Option<UndoOffer>,
}

/// The fields of the one-button form that undoes (or redoes) an action at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoOffer {
    /// "Undo" or "Redo".
    pub label: String,
    /// Hidden fields, posted as they are.
    pub fields: Vec<(String, String)>,
}

/// The answer to a submitted popup or undo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was done (now, or before under the same key).
    Done(Box<Done>),
    /// Not done; the popup again with the sentence, the typed text and the state as it is now.
    Refused(Box<Popup>),
}

/// What changed on the page at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The status message.
    pub notice: Notice,
    /// The customer's row as it is now.
    pub row: super::Row,
    /// The sidebar with the counts as they are now.
    pub nav: Nav,
}
