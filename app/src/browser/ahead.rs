//! Popups that may be asked for next are read when a menu opens or a link to one is pointed at, so that they open
//! without a wait.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlAnchorElement};

use super::{Hands, dom};
use crate::address::popup_query;
use crate::api::load_popups;
use crate::wire::{MenuEntry, Page, Popup};

/// So long a popup that was read ahead is still good, in milliseconds: it says how long ago things were.
const FRESH: f64 = 30_000.0;
/// A page that is shown comes first; then what may be asked for on it.
const LATER: Duration = Duration::from_millis(200);
/// Who only passes over a link does not mean it.
const MEANT: Duration = Duration::from_millis(60);

/// The popups that were read ahead, and those that are on their way.
#[derive(Default)]
pub(super) struct Ahead {
    read: RefCell<Vec<Read>>,
    /// Path and query of what asks for them.
    coming: RefCell<Vec<(String, String)>>,
}

/// A popup that nobody has asked for yet.
struct Read {
    path: String,
    /// The part of the address that asks for it.
    query: String,
    popup: Popup,
    at: f64,
}

/// Starts to listen.
pub fn listen(hands: &Rc<Hands>) {
    for name in ["pointerover", "focusin"] {
        let own = Rc::clone(hands);
        dom::listen(name, Box::new(move |event| own.point_at(&event)));
    }
}

impl Hands {
    /// Whoever stays on a link to a popup may follow it. What a menu offers has been read when it opened.
    fn point_at(self: &Rc<Self>, event: &Event) {
        let Some(link) = dom::around(event, "main a[href*='do=']:not([role])") else {
            return;
        };
        let own = Rc::clone(self);
        let later = move || {
            if link.matches(":hover, :focus").unwrap_or(false)
                && let Some(link) = link.dyn_ref::<HtmlAnchorElement>()
            {
                let href = [link.pathname(), link.search()].concat();
                own.read_ahead(vec![href]);
            }
        };
        dom::after(MEANT, Box::new(later));
    }

    /// Reads the popups that a menu leads to.
    pub(super) fn read_ahead_of_menu(self: &Rc<Self>, menu: &[MenuEntry]) {
        let hrefs = menu.iter().filter_map(|entry| entry.href.clone());
        self.read_ahead(hrefs.collect());
    }

    /// Reads the popups at these addresses, as far as they are of this page and not at hand.
    fn read_ahead(self: &Rc<Self>, hrefs: Vec<String>) {
        let (path, _) = self.page.borrow().clone();
        let Ahead { read, coming } = &self.ahead;
        read.borrow_mut()
            .retain(|read| read.path == path && Date::now() - read.at < FRESH);
        let at_hand = |query: &str| {
            let known = popup_query(query);
            let coming = coming.borrow();
            let mut coming = coming.iter();
            known.is_empty()
                || read.borrow().iter().any(|read| read.query == known)
                || coming.any(|(of, asked)| *of == path && asked == query)
        };
        let queries: Vec<String> = hrefs
            .iter()
            .filter_map(|href| href.split_once('?'))
            .filter(|(of, query)| *of == path && !at_hand(query))
            .map(|(_, query)| query.to_owned())
            .collect();
        if queries.is_empty() || self.offline() {
            return;
        }
        let asked = queries.iter().map(|query| (path.clone(), query.clone()));
        coming.borrow_mut().extend(asked);
        let hands = Rc::clone(self);
        let known = (self.heard(), self.answers());
        spawn_local(async move {
            // What is not had now is asked for when it is wanted.
            let popups = load_popups(path.clone(), queries.clone()).await;
            let ahead = &hands.ahead;
            ahead
                .coming
                .borrow_mut()
                .retain(|(of, query)| *of != path || !queries.contains(query));
            let at = Date::now();
            let popups = popups.into_iter().flatten();
            let read = queries.iter().zip(popups).filter_map(|(query, popup)| {
                Some(Read {
                    path: path.clone(),
                    query: popup_query(query),
                    popup: popup?,
                    at,
                })
            });
            // Whatever has happened meanwhile, these may not know of.
            if (hands.heard(), hands.answers()) == known {
                ahead.read.borrow_mut().extend(read);
                hands.show_if_awaited();
            }
        });
    }

    /// The popups of a customer's page, once it is shown.
    pub(super) fn read_ahead_of_page(self: &Rc<Self>) {
        let actions = self.desk.page.with_untracked(|page| match page {
            Ok(Page::Customer(page)) => page.actions.clone(),
            _ => Vec::new(),
        });
        if !actions.is_empty() {
            let own = Rc::clone(self);
            dom::after(LATER, Box::new(move || own.read_ahead_of_menu(&actions)));
        }
    }

    /// Shows the popup that was asked for, if it was read ahead and is still good. Each is used once, as its key is.
    pub(super) fn show_if_awaited(self: &Rc<Self>) -> bool {
        let awaited = self.desk.awaited.get_untracked();
        let wanted = |read: &Read| {
            read.path == self.page.borrow().0
                && read.query == *self.popup.borrow()
                && Date::now() - read.at < FRESH
        };
        let at = self.ahead.read.borrow().iter().position(wanted);
        let Some(at) = at.filter(|_| awaited) else {
            return false;
        };
        let read = self.ahead.read.borrow_mut().swap_remove(at);
        self.desk.awaited.set(false);
        self.show_read(&read.popup);
        true
    }

    /// Something happened to a customer.
    pub(super) fn forget_popups(&self, customer: &str) {
        let mut read = self.ahead.read.borrow_mut();
        read.retain(|read| read.popup.customer != customer);
    }

    /// Nobody knows what happened.
    pub(super) fn forget_all_popups(&self) {
        self.ahead.read.borrow_mut().clear();
    }
}
