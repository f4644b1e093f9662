//! A page as a whole: which one it is, and what it starts from.

use serde::{Deserialize, Serialize};

use super::{ActivityPage, CustomerPage, ListPage, Nav, Notice, Popup, Shell};
use crate::error::PanelError;

/// What stands in the frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// A list of customers.
    List(Box<ListPage>),
    /// One customer.
    Customer(Box<CustomerPage>),
    /// The partner's log.
    Activity(Box<ActivityPage>),
    /// A page that the server has drawn whole: few people see it, and nothing on it moves.
    Drawn(Box<DrawnPage>),
}

/// A page that the server has drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnPage {
    /// "API keys".
    pub title: String,
    /// Its markup, escaped.
    pub html: String,
    /// Address of this page.
    pub here: String,
}

impl Page {
    /// Address of the page as it stands, without any open menu or popup.
    pub fn here(&self) -> &str {
        match self {
            Page::List(page) => &page.here,
            Page::Customer(page) => &page.here,
            Page::Activity(page) => &page.here,
            Page::Drawn(page) => &page.here,
        }
    }
}

/// A page that the browser asked for, with what the frame shows around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// The page.
    pub page: Page,
    /// The sidebar with the counts as they are now.
    pub nav: Nav,
    /// A message that waited for the next page.
    pub notice: Option<Notice>,
    /// The place in the log that the sidebar was read at; the page is at least as new.
    pub live: String,
}

/// Everything that the first rendering needs; the browser wakes up with the same value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The frame.
    pub shell: Shell,
    /// The page, or why there is none.
    pub page: Result<Page, PanelError>,
    /// The popup that the address asks for, or that refused a posted form.
    pub popup: Option<Popup>,
}
