//! The one menu of a page: a menu button as in the ARIA practices, opened without a round trip.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::{Hands, dom};
use crate::parts::menu;

/// The id of the menu.
pub(super) const ID: &str = "row-menu";

/// Which entry gets the focus when the menu opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The first.
    First,
    /// The last.
    Last,
}

/// The links that the server wrote become buttons, which is what they are from now on.
pub fn upgrade() {
    for link in dom::each(document().query_selector_all("a[data-menu]:not([aria-expanded])")) {
        dom::set(&link, "role", "button");
        dom::set(&link, "aria-haspopup", "menu");
        dom::set(&link, "aria-expanded", "false");
    }
}

impl Hands {
    /// Opens the menu of a ⋮, or closes it when it is open.
    pub(super) fn toggle_menu(self: &Rc<Self>, button: HtmlElement) {
        let customer = button.get_attribute("data-menu");
        let again = customer.is_some() && self.menu_customer() == customer;
        self.close_menu();
        if !again {
            self.open_menu(button, Entry::First);
        }
    }

    /// Opens the menu of a ⋮, and reads ahead what it leads to.
    pub(super) fn open_menu(self: &Rc<Self>, button: HtmlElement, entry: Entry) {
        let row = self
            .desk
            .row(&button.get_attribute("data-menu").unwrap_or_default());
        self.hang_menu(button, entry);
        if let Some(row) = row {
            row.with_untracked(|row| self.read_ahead_of_menu(&row.menu));
        }
    }

    fn hang_menu(&self, button: HtmlElement, entry: Entry) {
        let customer = button.get_attribute("data-menu").unwrap_or_default();
        let (Some(row), Some(element)) = (self.desk.row(&customer), dom::by_id::<HtmlElement>(ID))
        else {
            return;
        };
        row.with_untracked(|row| {
            element.set_inner_html(&menu::entries(&row.menu));
            dom::set(&element, "aria-label", &row.menu_label);
            self.offered.replace(row.menu.clone());
        });
        dom::unset(&element, "data-side");
        self.hang_menu_on(button);
        let _ = element.show_popover();
        let items = items();
        if let Some(item) = if entry == Entry::First {
            items.first()
        } else {
            items.last()
        } {
            dom::focus(item);
        }
    }

    /// The menu belongs to this ⋮, and stands beside it.
    pub(super) fn hang_menu_on(&self, button: HtmlElement) {
        dom::set(&button, "aria-expanded", "true");
        dom::set(&button, "aria-controls", ID);
        self.menu_of.replace(Some(button));
    }

    /// Closes the menu if it is open, and says whose it was.
    pub(super) fn close_menu(&self) -> Option<HtmlElement> {
        let button = self.menu_of.take()?;
        if let Some(element) = dom::by_id::<HtmlElement>(ID) {
            let _ = element.hide_popover();
        }
        // Its row may just have been drawn anew.
        let button = match button.is_connected() {
            true => button,
            false => dom::find(&dom::more_of(&button.get_attribute("data-menu")?))?,
        };
        dom::set(&button, "aria-expanded", "false");
        dom::unset(&button, "aria-controls");
        Some(button)
    }

    /// Whose menu is open.
    pub(super) fn menu_customer(&self) -> Option<String> {
        self.menu_of.borrow().as_ref()?.get_attribute("data-menu")
    }

    /// Its row was drawn anew: the menu, if it is open, hangs on the new ⋮; without one it closes.
    pub(super) fn hang_menu_again(&self) {
        if let Some(customer) = self.menu_customer() {
            match dom::find(&dom::more_of(&customer)) {
                Some(button) => self.hang_menu_on(button),
                None => drop(self.close_menu()),
            }
        }
    }

    /// The same once everything is drawn.
    pub(super) fn hang_menu_once_drawn(self: &Rc<Self>) {
        let own = Rc::clone(self);
        dom::once_drawn(Box::new(move || own.hang_menu_again()));
    }

    /// A key within the open menu. Says whether it meant something.
    pub(super) fn menu_key(&self, key: &str) -> bool {
        let items = items();
        let Some(last) = items.len().checked_sub(1) else {
            return false;
        };
        let active = document().active_element();
        let at = items
            .iter()
            .position(|item| active.as_ref().is_some_and(|active| **item == *active));
        let to = match key {
            "ArrowDown" => at.map_or(0, |at| if at == last { 0 } else { at + 1 }),
            "ArrowUp" => at.map_or(last, |at| if at == 0 { last } else { at - 1 }),
            "Home" => 0,
            "End" => last,
            "Escape" | "Tab" => {
                if let Some(button) = self.close_menu() {
                    dom::focus(&button);
                }
                // Tab then goes on from the button.
                return key == "Escape";
            }
            "Enter" | " " => {
                if let Some(at) = at {
                    items[at].click();
                }
                return true;
            }
            letter => match starting_with(&items, at.map_or(0, |at| at + 1), letter) {
                Some(to) => to,
                None => return false,
            },
        };
        dom::focus(&items[to]);
        true
    }
}

fn items() -> Vec<HtmlElement> {
    dom::each(document().query_selector_all("#row-menu [role=menuitem]"))
}

/// The next entry, around the end, that starts with a letter.
fn starting_with(items: &[HtmlElement], from: usize, letter: &str) -> Option<usize> {
    let mut letters = letter.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return None;
    };
    let same = |first: char| first == letter || first.to_lowercase().eq(letter.to_lowercase());
    (0..items.len())
        .map(|step| (from + step) % items.len())
        .find(|at| {
            items[*at]
                .text_content()
                .unwrap_or_default()
                .trim_start()
                .starts_with(same)
        })
}
