//! Short words for what the browser's code does with the document.

use std::time::Duration;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, HtmlDialogElement, HtmlElement, NodeList};

/// The first element that a selector finds.
pub fn find(selector: &str) -> Option<HtmlElement> {
    document()
        .query_selector(selector)
        .ok()
        .flatten()
        .and_then(|found| found.dyn_into().ok())
}

/// The element with an id, as what it is.
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document()
        .get_element_by_id(id)
        .and_then(|found| found.dyn_into().ok())
}

/// The first element within another that a selector finds.
pub fn within(element: &Element, selector: &str) -> Option<HtmlElement> {
    element
        .query_selector(selector)
        .ok()
        .flatten()
        .and_then(cast)
}

/// An element as what it is.
pub fn cast<T: JsCast>(element: impl JsCast) -> Option<T> {
    element.dyn_into().ok()
}

/// The dialog with an id; made at its first use, since most pages are left without it.
pub fn dialog(id: &str, class: &str) -> Option<HtmlDialogElement> {
    by_id(id).or_else(|| {
        let text = [
            "<dialog id=\"",
            id,
            "\" class=\"",
            class,
            "\" aria-labelledby=\"",
            id,
            "-title\"></dialog>",
        ];
        let body = document().body()?;
        body.insert_adjacent_html("beforeend", &text.concat())
            .ok()?;
        by_id(id)
    })
}

/// Whether the keyboard at hand is one of Apple's.
pub fn is_apple() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    platform.starts_with("Mac") || platform.starts_with("iP")
}

/// What an event happened to, or the nearest element around it that a selector matches.
pub fn around(event: &Event, selector: &str) -> Option<HtmlElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target
        .closest(selector)
        .ok()
        .flatten()
        .and_then(|found| found.dyn_into().ok())
}

/// The elements of a list, as HTML elements.
pub fn each(list: Result<NodeList, wasm_bindgen::JsValue>) -> Vec<HtmlElement> {
    let Ok(list) = list else { return Vec::new() };
    (0..list.length())
        .filter_map(|at| list.get(at))
        .filter_map(|node| node.dyn_into().ok())
        .collect()
}

/// Whether nothing has the focus.
pub fn nothing_focused() -> bool {
    document()
        .active_element()
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// The id of what has the focus; empty when it has none.
pub fn focused_id() -> String {
    document()
        .active_element()
        .map(|element| element.id())
        .unwrap_or_default()
}

/// Gives the focus to the first that there is of these selectors.
pub fn focus_first(selectors: &[&str]) {
    if let Some(found) = selectors
        .iter()
        .filter(|selector| !selector.is_empty())
        .find_map(|selector| find(selector))
    {
        focus(&found);
    }
}

/// Gives the focus to an element.
pub fn focus(element: &HtmlElement) {
    // It can only fail for an element that is gone.
    let _ = element.focus();
}

/// A selector for the ⋮ of a customer.
pub fn more_of(customer: &str) -> String {
    ["[data-menu=\"", customer, "\"]"].concat()
}

/// Where a customer is shown: a row of a list, or a page of its own.
pub fn place_of(customer: &str) -> Option<HtmlElement> {
    by_id(&["c-", customer].concat())
}

/// A selector for what has the focus; empty where there is none.
pub fn way_to_focus() -> String {
    let Some(active) = document().active_element() else {
        return String::new();
    };
    match (active.get_attribute("data-menu"), active.id()) {
        (Some(customer), _) => more_of(&customer),
        (None, id) if id.is_empty() => id,
        (None, id) => ["#", &id].concat(),
    }
}

/// Takes the focus from what has it.
pub fn leave_focus() {
    if let Some(active) = document().active_element().and_then(cast::<HtmlElement>) {
        let _ = active.blur();
    }
}

/// Sets an attribute; the names are literals of this program, so that it cannot fail.
pub fn set(element: &Element, name: &'static str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Takes an attribute away.
pub fn unset(element: &Element, name: &'static str) {
    let _ = element.remove_attribute(name);
}

/// Listens on the whole document, before anything else hears of it, for as long as the page lives.
pub fn listen(name: &'static str, heard: Box<dyn FnMut(Event)>) {
    let heard = Closure::wrap(heard).into_js_value();
    let _ = document().add_event_listener_with_callback_and_bool(name, heard.unchecked_ref(), true);
}

/// Listens on one element, for as long as it lives.
pub fn listen_to(element: &EventTarget, name: &'static str, heard: Box<dyn FnMut(Event)>) {
    let heard = Closure::wrap(heard).into_js_value();
    let _ = element.add_event_listener_with_callback(name, heard.unchecked_ref());
}

/// Listens on the window.
pub fn listen_window(name: &'static str, heard: Box<dyn FnMut(Event)>) {
    let heard = Closure::wrap(heard).into_js_value();
    let _ = window().add_event_listener_with_callback(name, heard.unchecked_ref());
}

/// Does something when the views have been drawn.
pub fn once_drawn(what: Box<dyn FnOnce()>) {
    let _ = leptos::prelude::request_animation_frame(what);
}

/// Does something later.
pub fn after(time: Duration, what: Box<dyn FnOnce()>) {
    let _ = leptos::prelude::set_timeout(what, time);
}
