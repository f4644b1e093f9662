//! The picture of the customer's side in Suspend: it follows what is typed and chosen.

use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use super::{Hands, dom, forms};
use crate::api::rebase_popup;
use crate::parts::popup::preview as preview_of;

const SHOWN: &str = "#popup[open] [data-preview] > .told-page";

/// What the customer will read, as it is typed.
pub fn preview(area: &HtmlElement) {
    if let (Some(area), Some(shown)) = (
        area.dyn_ref::<HtmlTextAreaElement>(),
        dom::find("#message-preview"),
    ) {
        let text = area.value();
        shown.set_text_content(Some(&text));
        if let Some(frame) = shown.closest("[data-preview]").ok().flatten() {
            if text.is_empty() {
                dom::set(&frame, "hidden", "");
            } else {
                dom::unset(&frame, "hidden");
            }
        }
    }
}

impl Hands {
    /// Since when and until when the customer is told: the server knows how that is written.
    pub(super) fn preview_moments(self: &Rc<Self>) {
        let Some(form) = forms::open_form() else {
            return;
        };
        let hands = Rc::clone(self);
        let number = self.latest_popup.get();
        let (path, query) = self.place();
        let (sent, heard) = (forms::fields(&form), self.heard());
        spawn_local(async move {
            // Without an answer it stays as it was; confirming says what is wrong.
            if let Ok(popup) = rebase_popup(path, query, sent.clone(), heard).await
                && hands.latest_popup.get() == number
                && forms::open_form().is_some_and(|form| forms::fields(&form) == sent)
                && let (Some(shown), Some(told)) = (dom::find(SHOWN), preview_of(&popup))
            {
                shown.set_outer_html(&told.page);
            }
        });
    }
}
