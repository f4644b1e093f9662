//! Going from page to page: the address decides what is shown, and the history stays what a person expects.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;

use super::live::still;
use super::{Hands, dom};
use crate::address::{address, page_query, popup_query};
use crate::api::{load_page, load_popup};
use crate::error::PanelError;
use crate::parts::notice::Said;
use crate::parts::trouble;

/// The button that takes access away or gives it back: one stands where the other was.
const ACCESS: &str = "#action-suspend, #action-reactivate";

/// Whether the message of the last action stays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum LastNotice {
    /// It stays: the same page is read again.
    Stays,
    /// It goes: this is another page.
    Goes,
}

impl Hands {
    /// Shows what a new address names.
    pub(super) fn arrive(self: &Rc<Self>, path: String, query: String) {
        self.close_menu();
        for drawer in ["sidebar", "filters"] {
            if let Some(drawer) = dom::by_id::<web_sys::HtmlElement>(drawer)
                && drawer.matches(":popover-open").unwrap_or(false)
            {
                let _ = drawer.hide_popover();
            }
        }
        let page = (path.clone(), page_query(&query));
        let elsewhere = *self.page.borrow() != page;
        if elsewhere {
            self.twin_below.set(false);
            self.page.replace(page);
            self.read_page(LastNotice::Goes);
        }
        let popup = popup_query(&query);
        if *self.popup.borrow() != popup {
            let none = popup.is_empty();
            self.popup.replace(popup);
            if none {
                self.hide();
            } else {
                self.read_popup(path, query);
            }
        }
    }

    /// Reads the page at hand from the server; until it is there, the old one stays.
    pub(super) fn read_page(self: &Rc<Self>, last: LastNotice) {
        let hands = Rc::clone(self);
        let desk = self.desk;
        let number = self.latest_page.get().wrapping_add(1);
        self.latest_page.set(number);
        let answers = self.answers();
        desk.loading.set(true);
        if last == LastNotice::Goes {
            desk.notice.set(None);
        }
        let (path, query) = self.page.borrow().clone();
        spawn_local(async move {
            let answer = load_page(path, query).await;
            if hands.latest_page.get() != number {
                return;
            }
            desk.loading.set(false);
            let focused = dom::focused_id();
            match answer {
                Ok(loaded) => {
                    let position = loaded.live;
                    desk.nav.set(loaded.nav);
                    if loaded.notice.is_some() {
                        desk.notice.set(loaded.notice.map(Said::done));
                    }
                    still::ask_anew();
                    desk.page.set(Ok(loaded.page));
                    hands.page_was_read(&position);
                    if hands.answers() != answers {
                        hands.missed();
                    }
                }
                Err(PanelError::SignedOut) => sign_in(),
                // What is shown is true still, and what is new comes with the line.
                Err(PanelError::Busy) if last == LastNotice::Stays && desk.is_read() => {
                    hands.is_offline();
                }
                Err(error) => desk.page.set(Err(error)),
            }
            hands.hang_menu_once_drawn();
            hands.keep_focus(focused, last);
        });
    }

    /// What had the focus may have been replaced by its successor: the same link, or Reactivate for Suspend. A new page
    /// starts at its title.
    pub(super) fn keep_focus(&self, focused: String, last: LastNotice) {
        dom::once_drawn(Box::new(move || {
            if dom::nothing_focused() {
                let same = if focused.is_empty() {
                    String::new()
                } else {
                    ["#", &focused].concat()
                };
                let other = if last == LastNotice::Stays {
                    ACCESS
                } else {
                    ""
                };
                dom::focus_first(&[&same, other, "#page-title"]);
            }
        }));
    }

    /// Path and query of the page with what is open on it.
    pub(super) fn place(&self) -> (String, String) {
        self.above_page(&self.popup.borrow())
    }

    /// Path and query of the page with a popup on it.
    fn above_page(&self, popup: &str) -> (String, String) {
        let (path, mut query) = self.page.borrow().clone();
        if !query.is_empty() && !popup.is_empty() {
            query.push('&');
        }
        query.push_str(popup);
        (path, query)
    }

    fn read_popup(self: &Rc<Self>, path: String, query: String) {
        let hands = Rc::clone(self);
        let number = self.latest_popup.get().wrapping_add(1);
        self.latest_popup.set(number);
        self.desk.awaited.set(true);
        if self.show_if_awaited() {
            return;
        }
        spawn_local(async move {
            let answer = load_popup(path, query).await;
            let awaited = hands.desk.awaited;
            if hands.latest_popup.get() != number || !awaited.get_untracked() {
                return;
            }
            awaited.set(false);
            match answer {
                Ok(Some(popup)) => hands.show_read(&popup),
                Ok(None) => hands.leave(),
                Err(PanelError::SignedOut) => sign_in(),
                Err(error) => {
                    hands.leave();
                    let text = hands.desk.with_words(|words| trouble::line(&error, words));
                    hands.desk.notice.set(Some(Said::failed(text)));
                }
            }
        });
    }

    /// Opens the popup that a query asks for, above the page at hand: a link to it may write the address of the same page in another
    /// way, and the page is not to be read again for that.
    pub(super) fn open(&self, query: &str) {
        let (path, query) = self.above_page(&popup_query(query));
        let entry = if self.twin_below.replace(true) {
            Entry::Replaced
        } else {
            Entry::New
        };
        self.go(&address(&path, &query), entry, Scroll::Stays);
    }

    /// Closes the popup and goes back to the clean address, without leaving a popup in the history to come back to.
    pub(super) fn leave(&self) {
        self.hide();
        let was_in_address = !self.popup.replace(String::new()).is_empty();
        if was_in_address {
            let (path, query) = self.page.borrow().clone();
            self.go(&address(&path, &query), Entry::Replaced, Scroll::Stays);
        }
    }

    /// Goes to an address of this panel.
    pub(super) fn go(&self, href: &str, entry: Entry, scroll: Scroll) {
        let options = NavigateOptions {
            replace: entry == Entry::Replaced,
            scroll: scroll == Scroll::ToTop,
            ..NavigateOptions::default()
        };
        (self.navigate)(href, options);
    }
}

/// What becomes of the entry of the history that one comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// It stays below a new one.
    New,
    /// The new address takes its place.
    Replaced,
}

/// What becomes of the place that one has scrolled to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// It stays.
    Stays,
    /// The page starts at its top.
    ToTop,
}

/// Leaves for the sign-in page, which leads back here.
pub(super) fn sign_in() {
    let location = window().location();
    let mut here = location.pathname().unwrap_or_default();
    here.push_str(&location.search().unwrap_or_default());
    let mut href = String::from("/sign-in?next=");
    href.push_str(&String::from(js_sys::encode_uri_component(&here)));
    let _ = location.assign(&href);
}
