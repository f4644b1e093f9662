//! Clicks: menus, links to popups, cancelling, copying.

use std::rc::Rc;

use leptos::prelude::Set as _;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlAnchorElement, HtmlElement, MouseEvent};

use super::journey::LastNotice;
use super::{Hands, copy, dom, forms, shortcuts};
use crate::address::popup_query;

/// Starts to listen.
pub fn listen(hands: &Rc<Hands>) {
    let own = Rc::clone(hands);
    dom::listen("click", Box::new(move |event| own.click(&event)));
    let own = Rc::clone(hands);
    dom::listen(
        "pointerdown",
        Box::new(move |event| own.pointer_down(&event)),
    );
    let own = Rc::clone(hands);
    // Escape in a popup, before the browser closes it on its own.
    dom::listen(
        "cancel",
        Box::new(move |event| {
            if dom::around(&event, "#popup").is_some() {
                event.prevent_default();
                own.leave();
            }
        }),
    );
    let own = Rc::clone(hands);
    // Back and forward: what lies below is not known any more.
    dom::listen_window("popstate", Box::new(move |_| own.twin_below.set(false)));
}

impl Hands {
    fn click(self: &Rc<Self>, event: &Event) {
        if wants_new_tab(event) {
            return;
        }
        if let Some(button) = dom::around(event, "[data-menu]") {
            event.prevent_default();
            self.toggle_menu(button);
        } else if dom::around(event, "[data-shut]").is_some() {
            shortcuts::shut(event);
        } else if dom::around(event, "[data-close]").is_some() {
            event.prevent_default();
            self.leave();
        } else if dom::around(event, "[data-show]").is_some() {
            self.show_waiting();
        } else if dom::around(event, "[data-dismiss]").is_some() {
            self.desk.notice.set(None);
            self.keep_focus(String::new(), LastNotice::Goes);
        } else if self.is_beside(event) {
            match dom::around(event, "#popup") {
                // A slip of the pointer throws nothing away.
                Some(popup) if forms::is_typed(&popup) => {}
                Some(_) => self.leave(),
                None => shortcuts::shut(event),
            }
        } else if dom::around(event, "#palette").is_some() {
            self.palette_click(event);
        } else if dom::around(event, "#palette-open").is_some() {
            self.toggle_palette();
        } else if dom::around(event, "#shortcuts-open").is_some() {
            self.show_shortcuts();
        } else if let Some(button) = dom::around(event, "[data-copy]") {
            copy::copy(&button, self.desk);
        } else if let Some(link) = dom::around(event, "a[href]") {
            self.follow(event, &link);
        }
    }

    /// A link: to a popup of this page it is followed here, any other way by the router.
    fn follow(&self, event: &Event, link: &HtmlElement) {
        let menu = self.close_menu();
        let Some(link) = link.dyn_ref::<HtmlAnchorElement>() else {
            return;
        };
        let query = link.search();
        let query = query.strip_prefix('?').unwrap_or_default();
        if popup_query(query).is_empty() || link.pathname() != self.page.borrow().0 {
            return;
        }
        event.prevent_default();
        self.home.replace(match menu {
            Some(button) => {
                // Until the popup is there.
                dom::focus(&button);
                dom::more_of(&button.get_attribute("data-menu").unwrap_or_default())
            }
            None if link.id().is_empty() => String::new(),
            None => ["#", &link.id()].concat(),
        });
        self.open(query);
    }

    fn pointer_down(&self, event: &Event) {
        self.beside.set(is_backdrop(event));
        if dom::around(event, "[data-menu], #row-menu").is_none() {
            self.close_menu();
        }
    }

    /// Whether a whole click, down and up, was beside the popup. Selecting text across its edge is none.
    fn is_beside(&self, event: &Event) -> bool {
        self.beside.get() && is_backdrop(event)
    }
}

/// A modal dialog's backdrop counts as the dialog itself, but lies outside its box.
fn is_backdrop(event: &Event) -> bool {
    let Some(dialog) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
    else {
        return false;
    };
    let Some(mouse) = event.dyn_ref::<MouseEvent>() else {
        return false;
    };
    if dialog.tag_name() != "DIALOG" {
        return false;
    }
    let (area, x, y) = (
        dialog.get_bounding_client_rect(),
        f64::from(mouse.client_x()),
        f64::from(mouse.client_y()),
    );
    x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
}

fn wants_new_tab(event: &Event) -> bool {
    event.dyn_ref::<MouseEvent>().is_some_and(|mouse| {
        mouse.button() != 0
            || mouse.ctrl_key()
            || mouse.meta_key()
            || mouse.shift_key()
            || mouse.alt_key()
    })
}
