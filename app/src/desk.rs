//! What the page at hand knows: the values that views read and that the browser's own code writes.

use leptos::prelude::*;

use crate::error::PanelError;
use crate::parts::live::Line;
use crate::parts::notice::Said;
use crate::text::{Key, Words};
use crate::wire::{Nav, Page, Row, Start, Waiting};

/// The state of the frame and of the page in it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The words of the reader's language.
    words: StoredValue<Words>,
    /// The sidebar.
    pub nav: RwSignal<Nav>,
    /// What happened last.
    pub notice: RwSignal<Option<Said>>,
    /// The page, or why there is none.
    pub page: RwSignal<Result<Page, PanelError>>,
    /// Whether another page is on its way; the one at hand stays, dimmed.
    pub loading: RwSignal<bool>,
    /// Whether a popup was asked for and is not there yet.
    pub awaited: RwSignal<bool>,
    /// Whether the page hears of what happens.
    pub line: RwSignal<Line>,
    /// What would move something on the page, until somebody wants to see it.
    pub waiting: RwSignal<Option<Waiting>>,
    /// The rows of the list at hand, each of which can change in place.
    pub rows: StoredValue<Vec<RwSignal<Row>>>,
}

impl Desk {
    /// The state that a page starts with.
    pub fn new(start: &Start) -> Desk {
        Desk {
            words: StoredValue::new(start.shell.words.clone()),
            nav: RwSignal::new(start.shell.nav.clone()),
            notice: RwSignal::new(start.shell.notice.clone().map(Said::done)),
            page: RwSignal::new(start.page.clone()),
            loading: RwSignal::new(false),
            awaited: RwSignal::new(false),
            line: RwSignal::new(Line::Good),
            waiting: RwSignal::new(None),
            rows: StoredValue::new(Vec::new()),
        }
    }

    /// What `aria-busy` of the page says: whether something that was asked for is on its way.
    pub fn busy(self) -> &'static str {
        match self.loading.get() || self.awaited.get() {
            true => "true",
            false => "false",
        }
    }

    /// A word of the catalogue.
    pub fn word(self, key: Key) -> String {
        self.words.with_value(|words| words.get(key).to_owned())
    }

    /// Reads the words of the catalogue.
    pub fn with_words<T>(self, read: impl FnOnce(&Words) -> T) -> T {
        self.words.with_value(read)
    }

    /// Whether there is a page, and not why there is none.
    #[cfg(feature = "hydrate")]
    pub fn is_read(self) -> bool {
        self.page.with_untracked(Result::is_ok)
    }

    /// The row of a customer on this page, if it has one.
    #[cfg(feature = "hydrate")]
    pub fn row(self, customer: &str) -> Option<RwSignal<Row>> {
        self.rows.with_value(|rows| {
            rows.iter()
                .copied()
                .find(|row| row.with_untracked(|row| row.id == customer))
        })
    }
}
