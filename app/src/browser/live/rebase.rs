//! An open popup whose customer changes: it says so at once and stands on the new state, with what was typed.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::super::journey::sign_in;
use super::super::{Hands, dom, forms};
use crate::api::rebase_popup;
use crate::error::PanelError;
use crate::wire::Popup;

/// So long a person gets to see that something has changed.
const LOOK: Duration = Duration::from_millis(800);

impl Hands {
    /// Reads the open popup anew. One whose form is on its way is left to the answer.
    pub(super) fn rebase(self: &Rc<Self>) {
        let Some(form) = forms::open_form() else {
            return;
        };
        if self.sending.get() {
            return;
        }
        let hands = Rc::clone(self);
        let number = self.latest_popup.get();
        let (path, query) = self.place();
        let sent = forms::fields(&form);
        let after = self.live.popup.get();
        spawn_local(async move {
            let answer = rebase_popup(path, query, sent.clone(), after).await;
            let Some(form) = forms::open_form() else {
                return;
            };
            if hands.latest_popup.get() != number || hands.sending.get() {
                return;
            }
            match answer {
                // Somebody went on typing.
                Ok(_) if forms::fields(&form) != sent => hands.rebase(),
                Ok(popup) => {
                    hands.live.doubtful.set(false);
                    hands.show_again(&popup);
                }
                Err(PanelError::SignedOut) => sign_in(),
                // As soon as the panel can be reached again; until then confirming finds out.
                Err(_) => hands.live.doubtful.set(true),
            }
        });
    }

    /// Shows the same popup anew, with the cursor where it was.
    fn show_again(&self, popup: &Popup) {
        let Some(body) = dom::find("#popup .popup-body") else {
            return;
        };
        let scrolled = body.scroll_top();
        let cursor = Cursor::find();
        self.show(popup);
        if let Some(body) = dom::find("#popup .popup-body") {
            body.set_scroll_top(scrolled);
        }
        cursor.restore();
        pause_confirming();
    }
}

/// A click that was meant for what stood there before confirms nothing: for a moment there is nothing to confirm.
fn pause_confirming() {
    if let Some(button) = dom::find("#popup button[type=submit]") {
        dom::set(&button, "aria-disabled", "true");
        let again = move || dom::unset(&button, "aria-disabled");
        dom::after(LOOK, Box::new(again));
    }
}

/// What has the focus in the popup.
#[derive(Default)]
struct Cursor {
    selector: String,
    selection: Option<(u32, u32)>,
}

impl Cursor {
    fn find() -> Cursor {
        let Some(active) = document()
            .active_element()
            .filter(|active| active.closest("#popup").ok().flatten().is_some())
        else {
            return Cursor::default();
        };
        let named = |name: &str| active.get_attribute(name).unwrap_or_default();
        let name = named("name");
        let mut selector = String::from("#popup ");
        if !name.is_empty() {
            selector.push_str("[name=\"");
            selector.push_str(&name);
            selector.push_str("\"]");
            // Of several with one name, the one with this value.
            if active
                .dyn_ref::<HtmlInputElement>()
                .is_some_and(|input| matches!(input.type_().as_str(), "radio" | "checkbox"))
            {
                selector.push_str("[value=\"");
                selector.push_str(&named("value"));
                selector.push_str("\"]");
            }
        } else if active.has_attribute("data-close") {
            selector.push_str("[data-close]");
        } else {
            selector.push_str("button[type=submit]");
        }
        let selection = active.dyn_ref::<HtmlTextAreaElement>().and_then(|area| {
            let start = area.selection_start().ok().flatten()?;
            Some((start, area.selection_end().ok().flatten()?))
        });
        Cursor {
            selector,
            selection,
        }
    }

    fn restore(self) {
        if self.selector.is_empty() {
            return;
        }
        let Some(found) = dom::find(&self.selector) else {
            return dom::focus_first(&["#popup button[type=submit]", "#popup [data-close]"]);
        };
        dom::focus(&found);
        if let (Some(area), Some((start, end))) =
            (found.dyn_ref::<HtmlTextAreaElement>(), self.selection)
        {
            let _ = area.set_selection_range(start, end);
        }
    }
}
