//! Keys, and where they are understood: the palette, the ⋮ and its menu, the page.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::menu::Entry;
use super::{Hands, dom, palette};

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
        if palette::is_called_by(pressed) {
            event.prevent_default();
            return self.toggle_palette();
        }
        // A key that a writing system composes a character with is not meant for the panel.
        if pressed.is_composing() || pressed.ctrl_key() || pressed.meta_key() || pressed.alt_key() {
            return;
        }
        let key = pressed.key();
        let understood = if dom::around(event, "#palette").is_some() {
            self.palette_key(&key)
        } else if dom::around(event, "#row-menu").is_some() {
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
                _ => self.shortcut(event, &key),
            }
        } else {
            self.shortcut(event, &key)
        };
        if understood {
            event.prevent_default();
            event.stop_propagation();
        }
    }
}
