//! An open menu whose row changes: it offers what is possible now, and each entry stays where it is.

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::super::menu::ID;
use super::super::{Hands, dom};
use super::still::{height, keep_within};
use crate::parts::menu::{self, Side};
use crate::wire::{MenuEntry, Row};

impl Hands {
    /// If the menu is open for this row, it offers what is possible now. What it no longer offers stays, and says why not.
    pub(super) fn renew_menu(&self, was: &Row, row: &Row) {
        if self.menu_customer().as_ref() != Some(&row.id) {
            return;
        }
        let (Some(button), Some(menu)) = (self.menu_of.borrow().clone(), dom::by_id(ID)) else {
            return;
        };
        let side = side(&menu, &button);
        let first = dom::within(&menu, "[role=menuitem]");
        let top = first.as_ref().map(top);
        let gone = was.menu.iter().filter(|entry| {
            let mut now = row.menu.iter();
            now.all(|now| now.action != entry.action)
        });
        let gone = gone.map(|entry| MenuEntry {
            href: None,
            why_not: Some(row.status.word.clone()),
            ..entry.clone()
        });
        for entry in row.menu.iter().cloned().chain(gone) {
            let place = ["[data-action=\"", menu::name(entry.action), "\"]"].concat();
            match dom::within(&menu, &place) {
                Some(item) => renew(&item, &entry),
                None => {
                    let place = match side {
                        Side::Above => "afterbegin",
                        Side::Below => "beforeend",
                    };
                    // It only fails for a place that is none.
                    let _ = menu.insert_adjacent_html(place, &menu::late(&entry, side));
                }
            }
        }
        let side = match side {
            Side::Above => "above",
            Side::Below => "below",
        };
        dom::set(&menu, "data-side", side);
        dom::set(&menu, "aria-label", &row.menu_label);
        // Where there is no room for more, the menu scrolls: what was there stays where it was.
        if let (Some(first), Some(before)) = (first, top) {
            let moved = self::top(&first) - before;
            menu.set_scroll_top(menu.scroll_top() + moved.round() as i32);
        }
    }
}

/// On which side a menu is open. A phone's stands on the foot of the window.
fn side(menu: &HtmlElement, button: &HtmlElement) -> Side {
    let (menu, button) = (
        menu.get_bounding_client_rect(),
        button.get_bounding_client_rect(),
    );
    let foot = window().inner_height().ok();
    let foot = foot.and_then(|foot| foot.as_f64()).unwrap_or(f64::MAX);
    // The window's height is told in whole pixels.
    match menu.top() < button.top() || menu.bottom() + 1.0 >= foot {
        true => Side::Above,
        false => Side::Below,
    }
}

/// An entry as it is now, as high as it was. A reason for which there is no room is cut, and whole in its title.
fn renew(item: &HtmlElement, entry: &MenuEntry) {
    let before = height(item);
    item.set_inner_html(&menu::inside(entry));
    match (&entry.href, &entry.why_not) {
        (Some(href), None) => {
            dom::set(item, "href", href);
            for name in ["aria-disabled", "aria-describedby", "title"] {
                dom::unset(item, name);
            }
        }
        (_, why_not) => {
            dom::unset(item, "href");
            dom::set(item, "aria-disabled", "true");
            dom::set(item, "aria-describedby", &menu::why_id(entry.action));
            dom::set(item, "title", why_not.as_deref().unwrap_or_default());
        }
    }
    keep_within(item, before);
}

/// How far from the window's top an element stands, in pixels.
fn top(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().top()
}
