//! The command palette: a combobox as in the ARIA practices, over all customers of the partner.

mod field;
mod offers;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Event, HtmlDialogElement, KeyboardEvent};

use super::journey::{Entry, Scroll, sign_in};
use super::{Hands, dom};
use crate::api::find_customers;
use crate::error::PanelError;
use crate::parts::palette::{self, ID, Offer};
use crate::parts::trouble;
use crate::text::Key;
use crate::wire::{Action, FoundCustomer, MenuEntry, Row};
use field::{close, focus_field, say, set_typed, typed};

/// A search is sent when nobody has typed for so long.
const PAUSE: Duration = Duration::from_millis(150);

/// A search is called one only when it takes noticeably long.
const NOTICEABLE: Duration = Duration::from_millis(400);

const FIELD: &str = "palette-search";

/// What the palette knows while it is open.
#[derive(Default)]
pub struct Palette {
    /// Number of the latest search: an answer to an earlier one is dropped.
    latest: Cell<u32>,
    /// How the latest search stands.
    search: Cell<Search>,
    /// The customers that were found last.
    found: RefCell<Vec<FoundCustomer>>,
    /// The customer whose actions are offered, with the search that led there.
    chosen: RefCell<Option<(Row, String)>>,
    /// What is offered, in order, and which of it Enter chooses.
    offers: RefCell<Vec<Offer>>,
    at: Cell<usize>,
}

/// How a search stands.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Search {
    /// Nothing is on its way.
    #[default]
    Done,
    /// The answer is waited for.
    Waiting,
    /// The answer is waited for by somebody who has pressed Enter already.
    Eager,
    /// There was none.
    Failed,
}

/// Whether a key calls the palette: Ctrl K, or ⌘ K on an Apple keyboard, where Ctrl K edits text.
pub fn is_called_by(pressed: &KeyboardEvent) -> bool {
    let modifier = if dom::is_apple() {
        pressed.meta_key() && !pressed.ctrl_key()
    } else {
        pressed.ctrl_key() && !pressed.meta_key()
    };
    let key = pressed.key();
    // Where the key of this place has no Latin letter, the place counts.
    let is_k = key.eq_ignore_ascii_case("k") || (!key.is_ascii() && pressed.code() == "KeyK");
    modifier && is_k && !pressed.alt_key() && !pressed.shift_key()
}

impl Hands {
    /// Opens the palette, or closes it when it is open. In another dialog it does nothing.
    pub(super) fn toggle_palette(self: &Rc<Self>) {
        match dom::find("dialog[open]") {
            Some(open) if open.id() == ID => close(),
            Some(_) => {}
            None => self.open_palette(),
        }
    }

    fn open_palette(self: &Rc<Self>) {
        if let Some(button) = self.close_menu() {
            dom::focus(&button);
        }
        let fresh = dom::by_id::<HtmlDialogElement>(ID).is_none();
        let Some(dialog) = dom::dialog(ID, "popup palette") else {
            return;
        };
        if fresh {
            let own = Rc::clone(self);
            let heard = Box::new(move |event: Event| own.point(&event));
            dom::listen_to(&dialog, "pointermove", heard);
            let own = Rc::clone(self);
            dom::listen_to(&dialog, "input", Box::new(move |_| own.typed()));
        }
        dialog.set_inner_html(&self.desk.with_words(palette::inside));
        self.palette.forget();
        let _ = dialog.show_modal();
        self.draw();
    }

    /// A key in the open palette. Says whether it meant something.
    pub(super) fn palette_key(self: &Rc<Self>, key: &str) -> bool {
        let palette = &self.palette;
        let count = palette.offers.borrow().len();
        let in_field = document()
            .active_element()
            .is_some_and(|active| active.id() == FIELD);
        match key {
            "Escape" if palette.chosen.borrow().is_some() => self.back_to_search(),
            "Escape" => close(),
            _ if !in_field => return false,
            "Backspace" if typed().is_empty() && palette.chosen.borrow().is_some() => {
                self.back_to_search();
            }
            "ArrowDown" if count > 0 => self.mark((palette.at.get() + 1) % count),
            "ArrowUp" if count > 0 => self.mark((palette.at.get() + count - 1) % count),
            "Enter" if palette.search.get() == Search::Waiting => palette.search.set(Search::Eager),
            "Enter" => self.choose(palette.at.get()),
            _ => return false,
        }
        true
    }

    /// A click in the palette.
    pub(super) fn palette_click(self: &Rc<Self>, event: &Event) {
        if dom::around(event, "#palette-back").is_some() {
            self.back_to_search();
        } else if let Some(at) = offer_at(event) {
            focus_field();
            self.choose(at);
        }
    }

    /// The pointer and the arrow keys mark the same offer.
    fn point(&self, event: &Event) {
        if let Some(at) = offer_at(event)
            && at != self.palette.at.get()
        {
            self.mark(at);
        }
    }

    fn typed(self: &Rc<Self>) {
        let palette = &self.palette;
        let number = palette.next();
        if palette.chosen.borrow().is_some() {
            return self.draw();
        }
        if typed().is_empty() {
            palette.search.set(Search::Done);
            palette.found.take();
            say("");
            return self.draw();
        }
        palette.search.set(Search::Waiting);
        self.draw();
        let own = Rc::clone(self);
        let later = move || {
            if own.palette.latest.get() == number {
                own.search(number);
            }
        };
        dom::after(PAUSE, Box::new(later));
    }

    fn search(self: &Rc<Self>, number: u32) {
        let (path, query) = self.page.borrow().clone();
        let (own, search) = (Rc::clone(self), typed());
        let later = move || {
            let palette = &own.palette;
            let waits = matches!(palette.search.get(), Search::Waiting | Search::Eager);
            if palette.latest.get() == number && waits {
                say(&own.desk.word(Key::Searching));
            }
        };
        dom::after(NOTICEABLE, Box::new(later));
        let own = Rc::clone(self);
        spawn_local(async move {
            let answer = find_customers(path, query, search).await;
            let palette = &own.palette;
            if palette.latest.get() != number {
                return;
            }
            let eager = palette.search.replace(Search::Done) == Search::Eager;
            match answer {
                Ok(found) => {
                    palette.found.replace(found.customers);
                    say(&found.said);
                }
                Err(PanelError::SignedOut) => return sign_in(),
                Err(error) => {
                    palette.found.take();
                    palette.search.set(Search::Failed);
                    say(&own.desk.with_words(|words| trouble::line(&error, words)));
                }
            }
            own.draw();
            if eager && palette.search.get() == Search::Done {
                own.choose(0);
            }
        });
    }

    fn choose(self: &Rc<Self>, at: usize) {
        let Some(offer) = self.palette.offers.borrow().get(at).cloned() else {
            return;
        };
        match offer {
            Offer::Customer(found) => self.choose_customer(found.row),
            Offer::Action(entry) => self.act(entry),
            Offer::Place(item) => self.go_from_palette(&item.href),
            Offer::Shortcuts => {
                close();
                self.show_shortcuts();
            }
            Offer::Again => self.typed(),
        }
    }

    fn choose_customer(self: &Rc<Self>, row: Row) {
        self.read_ahead_of_menu(&row.menu);
        self.palette.next();
        self.palette.search.set(Search::Done);
        if let Some(back) = dom::find("#palette-back") {
            back.set_inner_html(&self.desk.with_words(|words| palette::back(&row, words)));
            dom::unset(&back, "hidden");
        }
        say(&row.menu_label);
        self.palette.chosen.replace(Some((row, typed())));
        set_typed("");
        self.draw();
    }

    fn back_to_search(self: &Rc<Self>) {
        let Some((_, search)) = self.palette.chosen.take() else {
            return;
        };
        if let Some(back) = dom::find("#palette-back") {
            dom::set(&back, "hidden", "");
        }
        set_typed(&search);
        focus_field();
        say("");
        self.draw();
    }

    fn act(&self, entry: MenuEntry) {
        let Some(href) = entry.href else {
            return;
        };
        if entry.action == Action::View {
            return self.go_from_palette(&href);
        }
        close();
        self.home.replace(dom::way_to_focus());
        if let Some((_, query)) = href.split_once('?') {
            self.open(query);
        }
    }

    fn go_from_palette(&self, href: &str) {
        close();
        // A new page starts at its title.
        dom::leave_focus();
        self.go(href, Entry::New, Scroll::ToTop);
    }
}

impl Palette {
    /// As it was never opened before; an answer that is still on its way is dropped.
    fn forget(&self) {
        self.next();
        self.search.set(Search::Done);
        self.found.take();
        self.chosen.take();
    }

    fn next(&self) -> u32 {
        let number = self.latest.get().wrapping_add(1);
        self.latest.set(number);
        number
    }
}

fn offer_at(event: &Event) -> Option<usize> {
    let offer = dom::around(event, "[data-offer]")?;
    offer.get_attribute("data-offer")?.parse().ok()
}
