//! What is new is shown without moving what somebody may be about to press.

use leptos::prelude::{document, window};
use web_sys::HtmlElement;

use super::super::dom;
use super::super::menu::ID as MENU;
use crate::wire::Row;

/// So often at most rows are looked at whether they are higher than they were.
const ROUNDS: usize = 4;

/// How high an element is in pixels, with their fractions.
pub(super) fn height(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().height()
}

/// From now on an element is at least so many pixels high. A table's row knows no least height: what its height is in the style
/// sheet means the same.
pub(super) fn keep_height(element: &HtmlElement, pixels: f64) {
    for property in ["min-block-size", "--kept-height"] {
        write_pixels(element, property, pixels);
    }
}

/// Writes a length into an element's own style.
pub(super) fn write_pixels(element: &HtmlElement, property: &str, pixels: f64) {
    // The browser writes the number: writing fractions is some kilobytes of code.
    if let Ok(number) = js_sys::Number::from(pixels).to_string_with_radix(10) {
        let length = [&String::from(number), "px"].concat();
        let _ = element.style().set_property(property, &length);
    }
}

/// Whether an element is higher than it was, and so has to do with the room that it had: what that means is in the style sheet.
pub(super) fn keep_within(element: &HtmlElement, pixels: f64) {
    dom::unset(element, "data-tight");
    keep_height(element, pixels);
    if height(element) > pixels {
        dom::set(element, "data-tight", "");
    }
}

/// What news about these rows may make higher, and how high it is. In a table that is every row and the head, from which one row can
/// take width; a card moves no other.
pub(super) fn at_stake(news: &[Row]) -> Vec<(HtmlElement, f64)> {
    // Cards have no head.
    let is_table = dom::find(".customers thead").is_some_and(|head| head.offset_height() > 0);
    let rows = match is_table {
        true => dom::each(document().query_selector_all(".customers tr")),
        false => {
            let places = news.iter().map(|row| dom::place_of(&row.id));
            places.flatten().collect()
        }
    };
    let measured = rows.into_iter().map(|row| {
        let height = height(&row);
        (row, height)
    });
    measured.collect()
}

/// All these stay as high as they were.
pub(super) fn keep_rows(rows: &[(HtmlElement, f64)]) {
    for (row, before) in rows {
        dom::unset(row, "data-tight");
        keep_height(row, *before);
    }
    // A row that makes do with less gives the others other widths, so that it may take a few rounds.
    for _ in 0..ROUNDS {
        let rows = rows.iter();
        let higher: Vec<_> = rows
            .filter(|(row, before)| height(row) > *before && !row.has_attribute("data-tight"))
            .collect();
        if higher.is_empty() {
            return;
        }
        for (row, _) in higher {
            dom::set(row, "data-tight", "");
        }
    }
}

/// Lets rows ask for the room that they need whenever the window gets another width, and an open menu look for its place whenever
/// it gets another size: what they had was of another layout.
pub(in super::super) fn watch() {
    let width = || window().inner_width().ok().and_then(|width| width.as_f64());
    let mut known = width();
    let resized = move |_| {
        if let Some(menu) = dom::by_id::<HtmlElement>(MENU) {
            dom::unset(&menu, "data-side");
        }
        let now = width();
        if now != known {
            known = now;
            ask_anew();
        }
    };
    dom::listen_window("resize", Box::new(resized));
}

/// The lines of a list that was read anew are those of before with other customers, who ask for the room that they need.
pub(in super::super) fn ask_anew() {
    dom::each(document().query_selector_all("tr[style]"))
        .iter()
        .for_each(let_go);
}

/// A row that is not as high as it was any more, but as it needs.
pub(in super::super) fn let_go(row: &HtmlElement) {
    for name in ["style", "data-tight"] {
        dom::unset(row, name);
    }
}
