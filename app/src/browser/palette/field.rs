//! The palette's own elements: its field, what it says, and closing it.

use web_sys::{HtmlDialogElement, HtmlInputElement};

use super::super::dom;
use super::FIELD;
use crate::parts::palette::ID;

/// What stands in the field, without outer white space.
pub(super) fn typed() -> String {
    dom::by_id::<HtmlInputElement>(FIELD)
        .map(|field| field.value().trim().to_owned())
        .unwrap_or_default()
}

pub(super) fn set_typed(text: &str) {
    if let Some(field) = dom::by_id::<HtmlInputElement>(FIELD) {
        field.set_value(text);
    }
}

pub(super) fn focus_field() {
    dom::focus_first(&["#palette-search"]);
}

pub(super) fn say(text: &str) {
    if let Some(said) = dom::find("#palette-said") {
        said.set_text_content(Some(text));
    }
}

/// The focus returns to where it came from.
pub(super) fn close() {
    if let Some(dialog) = dom::by_id::<HtmlDialogElement>(ID) {
        dialog.close();
    }
}
