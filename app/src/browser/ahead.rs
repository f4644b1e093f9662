//! Popups that may be asked for next are read when the menu opens, so that they open without a wait.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Hands, dom};
use crate::address::popup_query;
use crate::api::load_popups;
use crate::wire::{Page, Popup};

/// So long a popup that was read ahead is still good, in milliseconds: it says how long ago things were.
const FRESH: f64 = 30_000.0;
/// A page that is shown comes first; then what may be asked for on it.
const LATER: Duration = Duration::from_millis(200);

/// The popups that were read ahead.
pub(super) type Ahead = RefCell<Vec<Read>>;

/// A popup that nobody has asked for yet.
pub(super) struct Read {
    path: String,
    /// The part of the address that asks for it.
    query: String,
    popup: Popup,
    at: f64,
}

impl Hands {
    /// Reads the popups at these addresses, as far as they are of this page.
    pub(super) fn read_ahead(self: &Rc<Self>, hrefs: Vec<String>) {
        let (path, _) = self.page.borrow().clone();
        let queries: Vec<String> = hrefs
            .iter()
            .filter_map(|href| href.split_once('?'))
            .filter(|(of, query)| *of == path && !popup_query(query).is_empty())
            .map(|(_, query)| query.to_owned())
            .collect();
        if queries.is_empty() || self.offline() {
            return;
        }
        let hands = Rc::clone(self);
        let heard = self.heard();
        spawn_local(async move {
            // What is not had now is asked for when it is wanted.
            let popups = load_popups(path.clone(), queries.clone()).await;
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
            if hands.heard() == heard {
                hands.ahead.replace(read.collect());
            }
        });
    }

    /// The popups of a customer's page, once it is shown.
    pub(super) fn read_ahead_of_page(self: &Rc<Self>) {
        let hrefs = self.desk.page.with_untracked(|page| match page {
            Ok(Page::Customer(page)) => {
                let actions = page.actions.iter();
                actions.filter_map(|entry| entry.href.clone()).collect()
            }
            _ => Vec::new(),
        });
        if !hrefs.is_empty() {
            let own = Rc::clone(self);
            dom::after(LATER, Box::new(move || own.read_ahead(hrefs)));
        }
    }

    /// A popup that was read ahead and is still good; each is used once, as its key is.
    pub(super) fn take_ahead(&self, path: &str, query: &str) -> Option<Popup> {
        let wanted = popup_query(query);
        let mut ahead = self.ahead.borrow_mut();
        let at = ahead
            .iter()
            .position(|read| read.path == path && read.query == wanted)?;
        let read = ahead.swap_remove(at);
        (Date::now() - read.at < FRESH).then_some(read.popup)
    }

    /// Something happened to a customer.
    pub(super) fn forget_popups(&self, customer: &str) {
        self.ahead
            .borrow_mut()
            .retain(|read| read.popup.customer != customer);
    }

    /// Nobody knows what happened.
    pub(super) fn forget_all_popups(&self) {
        self.ahead.borrow_mut().clear();
    }
}
