//! An open menu whose row changes: it offers what is possible now, and each entry stays where it is.

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::super::menu::ID;
use super::super::{Hands, dom};
use super::still::{height, keep_within, write_pixels};
use crate::parts::menu::{self, Side};
use crate::wire::{MenuEntry, Row};

impl Hands {
    /// If the menu is open for this row, it offers what is possible now. What it no longer offers stays, and says why not.
    pub(super) fn renew_menu(&self, row: &Row) {
        if self.menu_customer().as_ref() != Some(&row.id) {
            return;
        }
        let (Some(button), Some(menu)) = (self.menu_of.borrow().clone(), dom::by_id(ID)) else {
            return;
        };
        let side = side(&menu, &button);
        stay(&menu, side);
        let first = dom::within(&menu, "[role=menuitem]");
        let top = first.as_ref().map(top);
        let mut offered = self.offered.borrow_mut();
        let mut shown = Vec::new();
        for entry in offered.iter() {
            let place = ["[data-action=\"", menu::name(entry.action), "\"]"].concat();
            if let Some(item) = dom::within(&menu, &place) {
                let before = height(&item);
                shown.push((item, before));
            }
        }
        for (entry, (item, _)) in offered.iter_mut().zip(&shown) {
            match row.menu.iter().find(|now| now.action == entry.action) {
                Some(now) => entry.clone_from(now),
                None => {
                    entry.href = None;
                    entry.why_not = Some(row.status.word.clone());
                }
            }
            renew(item, entry);
        }
        let known = offered.len();
        for entry in &row.menu {
            if offered.iter().all(|known| known.action != entry.action) {
                let place = match side {
                    Side::Above => "afterbegin",
                    Side::Below | Side::Beside => "beforeend",
                };
                // It only fails for a place that is none.
                let _ = menu.insert_adjacent_html(place, &menu::late(entry, side));
                offered.push(entry.clone());
            }
        }
        // More entries can bring a bar to scroll by, which takes width.
        for (entry, (item, before)) in offered[..known].iter().zip(&shown) {
            keep(item, entry, *before);
        }
        dom::set(&menu, "aria-label", &row.menu_label);
        // Where there is no room for more, the menu scrolls: what was there stays where it was.
        if let (Some(first), Some(before)) = (first, top) {
            let moved = self::top(&first) - before;
            menu.set_scroll_top(menu.scroll_top() + moved.round() as i32);
        }
    }
}

/// On which side of its button a menu is open. A phone's is as wide as the window, and stands on its foot.
fn side(menu: &HtmlElement, button: &HtmlElement) -> Side {
    // Without the bar that scrolls the page.
    let whole = document().document_element();
    let whole = whole.map_or(i32::MAX, |root| root.client_width());
    let (menu, button) = (
        menu.get_bounding_client_rect(),
        button.get_bounding_client_rect(),
    );
    // Edges that touch may differ by fractions of a pixel.
    if menu.width() + 1.0 >= f64::from(whole) || menu.bottom() <= button.top() + 1.0 {
        Side::Above
    } else if menu.top() >= button.bottom() - 1.0 {
        Side::Below
    } else {
        Side::Beside
    }
}

/// The menu stays on its side, whatever it will say.
fn stay(menu: &HtmlElement, side: Side) {
    if menu.has_attribute("data-side") {
        return;
    }
    // First it only ends its opening, during which it is smaller than it will be.
    dom::set(menu, "data-side", "");
    // In the window, whatever its button does.
    let rect = menu.get_bounding_client_rect();
    write_pixels(menu, "--menu-top", rect.top());
    write_pixels(menu, "--menu-left", rect.left());
    let side = match side {
        Side::Above => "above",
        Side::Below => "below",
        Side::Beside => "beside",
    };
    dom::set(menu, "data-side", side);
}

/// An entry as it is now.
fn renew(item: &HtmlElement, entry: &MenuEntry) {
    item.set_inner_html(&menu::inside(entry));
    match (&entry.href, &entry.why_not) {
        (Some(href), None) => {
            dom::set(item, "href", href);
            for name in ["aria-disabled", "aria-describedby"] {
                dom::unset(item, name);
            }
        }
        _ => {
            dom::unset(item, "href");
            dom::set(item, "aria-disabled", "true");
            dom::set(item, "aria-describedby", &menu::why_id(entry.action));
        }
    }
}

/// An entry stays as high as it was. For what there is no room is cut, and whole in its title.
fn keep(item: &HtmlElement, entry: &MenuEntry, before: f64) {
    keep_within(item, before);
    if item.has_attribute("data-tight") {
        let why_not = entry.why_not.as_deref().unwrap_or_default();
        dom::set(item, "title", [&entry.label, why_not].join("\n").trim_end());
    } else {
        dom::unset(item, "title");
    }
}

/// How far from the window's top an element stands, in pixels.
fn top(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().top()
}
