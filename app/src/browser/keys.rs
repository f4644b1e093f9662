//! Keys: the ⋮ and its menu.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::menu::Entry;
use super::{Hands, dom};

/// Starts to listen.
pub fn listen(hands: &Rc<Hands>) {
    let own = Rc::clone(hands);
    dom::listen("keydown", Box::new(move |event| own.key(&event)));
}

impl Hands {
    fn key(self: &Rc<Self>, event: &Event) {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if pressed.ctrl_key() || pressed.meta_key() || pressed.alt_key() {
            return;
        }
        let key = pressed.key();
        let understood = if dom::around(event, "#row-menu").is_some() {
            self.menu_key(&key)
        } else if let Some(button) = dom::around(event, "[data-menu]") {
            match key.as_str() {
                "Enter" | " " | "ArrowDown" => {
                    self.open_menu(button, Entry::First);
                    true
                }
                "ArrowUp" => {
                    self.open_menu(button, Entry::Last);
                    true
                }
                _ => false,
            }
        } else {
            key == "/" && to_search(event)
        };
        if understood {
            event.prevent_default();
            event.stop_propagation();
        }
    }
}

/// `/` goes to the search, unless it is being typed somewhere.
fn to_search(event: &Event) -> bool {
    if dom::around(event, "input, textarea, select, dialog").is_some() {
        return false;
    }
    dom::focus_first(&["#search"]);
    true
}
