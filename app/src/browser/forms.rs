//! Forms that only read: search and filters, which become addresses; and fields that follow each other in a popup.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{
    Event, FormData, HtmlElement, HtmlFormElement, HtmlSelectElement, HtmlTextAreaElement,
    UrlSearchParams,
};

use super::journey::{Entry, Scroll};
use super::preview::preview;
use super::{Hands, dom};
use crate::address::address;

/// Starts to listen.
pub fn listen(hands: &Rc<Hands>) {
    let own = Rc::clone(hands);
    dom::listen(
        "submit",
        Box::new(move |event| {
            if let Some(form) = dom::around(&event, "form[data-query]") {
                event.prevent_default();
                own.query(&form);
            }
        }),
    );
    let own = Rc::clone(hands);
    dom::listen(
        "change",
        Box::new(move |event| {
            if let Some(form) = dom::around(&event, "form[data-query]") {
                // A select of the filters acts at once; the search waits for Enter.
                if dom::around(&event, "select, input[type=date]").is_some() {
                    own.query(&form);
                }
            } else if let Some(select) = dom::around(&event, "#popup select") {
                fill(&select);
            } else if dom::around(&event, "#popup .point").is_some() {
                own.preview_moments();
            }
        }),
    );
    dom::listen(
        "input",
        Box::new(|event: Event| {
            if let Some(area) = dom::around(&event, "textarea[name=message]") {
                preview(&area);
            }
        }),
    );
}

impl Hands {
    fn query(&self, form: &HtmlElement) {
        let Some(form) = form.dyn_ref::<HtmlFormElement>() else {
            return;
        };
        let Ok(params) = UrlSearchParams::new() else {
            return;
        };
        for (name, value) in fields(form) {
            if !value.is_empty() {
                params.append(&name, &value);
            }
        }
        let query = String::from(params.to_string());
        let path = form.get_attribute("action").unwrap_or_default();
        self.go(&address(&path, &query), Entry::New, Scroll::ToTop);
    }
}

/// The form of the open popup.
pub fn open_form() -> Option<HtmlFormElement> {
    dom::find("#popup[open] form").and_then(dom::cast)
}

/// The fields of a form as they would be posted.
pub fn fields(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else {
        return Vec::new();
    };
    data.entries()
        .into_iter()
        .flatten()
        .filter_map(|pair| {
            let pair: js_sys::Array = pair.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

/// A reason brings its message for the customer along, unless a person has written one.
fn fill(select: &HtmlElement) {
    let Some(select) = select.dyn_ref::<HtmlSelectElement>() else {
        return;
    };
    let options = dom::each(select.query_selector_all("option"));
    let fills: Vec<Option<String>> = options
        .iter()
        .map(|option| option.get_attribute("data-fill"))
        .collect();
    let chosen = usize::try_from(select.selected_index())
        .ok()
        .and_then(|at| fills.get(at))
        .cloned()
        .flatten();
    let Some(area) = dom::find("#popup textarea[name=message]") else {
        return;
    };
    if let Some(text) = area.dyn_ref::<HtmlTextAreaElement>() {
        let now = text.value();
        let untouched = now.is_empty() || fills.iter().flatten().any(|fill| *fill == now);
        if untouched && fills.iter().any(Option::is_some) {
            text.set_value(&chosen.unwrap_or_default());
            preview(&area);
        }
    }
}

/// Whether a person has written something in a popup.
pub fn is_typed(popup: &HtmlElement) -> bool {
    let areas = dom::each(popup.query_selector_all("textarea"));
    areas
        .into_iter()
        .filter_map(dom::cast::<HtmlTextAreaElement>)
        .any(|area| area.default_value().ok() != Some(area.value()))
}
