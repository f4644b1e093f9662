//! Copying an id or an address.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::dom;
use crate::desk::Desk;
use crate::text::Key;

/// Copies what a button names and says so on it for a moment.
pub fn copy(button: &HtmlElement, desk: Desk) {
    let text = button.get_attribute("data-copy").unwrap_or_default();
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    // Browsers offer it only over TLS and on this machine itself.
    if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        let _ = window().navigator().clipboard().write_text(&text);
        dom::set(button, "data-copied", &desk.word(Key::Copied));
        let button = button.clone();
        dom::after(
            Duration::from_secs(2),
            Box::new(move || dom::unset(&button, "data-copied")),
        );
    }
}
