//! The one popup of a page.

use leptos::prelude::{Set as _, document};
use web_sys::{Element, HtmlDialogElement, HtmlElement};

use super::{Hands, dom};
use crate::parts::popup;
use crate::wire::Popup;

const ID: &str = "popup";

impl Hands {
    /// Makes a popup modal that the server has sent open.
    pub(super) fn adopt(&self) {
        let Some(dialog) = dom::by_id::<HtmlDialogElement>(ID) else {
            return;
        };
        if dialog.open() {
            let at = document().active_element();
            let chosen = |at: &Element| dialog.contains(Some(at)) && !at.has_attribute("autofocus");
            let at = at.filter(chosen);
            dialog.set_open(false);
            raise(&dialog);
            match at.and_then(dom::cast::<HtmlElement>) {
                // Whoever is typing already goes on in the same field.
                Some(at) => dom::focus(&at),
                None => self.look_at_refusal(),
            }
        }
    }

    /// Shows a popup, or the same one anew.
    pub(super) fn show(&self, model: &Popup) {
        let Some(dialog) = dom::by_id::<HtmlDialogElement>(ID) else {
            return;
        };
        dialog.set_inner_html(&self.desk.with_words(|words| popup::inside(model, words)));
        self.outlook.replace(model.outlook.clone());
        dom::set(&dialog, "role", popup::role(model));
        dom::set(&dialog, "data-size", popup::size(model));
        if !dialog.open() {
            raise(&dialog);
        }
        self.look_at_refusal();
    }

    /// Takes the popup away, or gives up waiting for it; the focus returns to where it came from.
    pub(super) fn hide(&self) {
        self.desk.awaited.set(false);
        let Some(dialog) = dom::by_id::<HtmlDialogElement>(ID) else {
            return;
        };
        if !dialog.open() {
            return;
        }
        let customer = dom::find("#popup input[name=customer]");
        let customer = customer.and_then(|customer| customer.get_attribute("value"));
        let row = dom::more_of(&customer.unwrap_or_default());
        dialog.close();
        dialog.set_inner_html("");
        self.sending.set(false);
        self.return_focus(row);
    }

    /// Focus returns after the row was drawn anew: to the ⋮ or button that opened the popup, else to what stands in for it.
    pub(super) fn return_focus(&self, row: String) {
        let home = self.home.borrow().clone();
        dom::once_drawn(Box::new(move || {
            // Whoever was quicker and has opened something else stays there.
            if dom::find("dialog[open], #row-menu:popover-open").is_none() {
                dom::focus_first(&[&home, &row, "#actions a", "#page-title"]);
            }
        }));
    }

    fn look_at_refusal(&self) {
        dom::focus_first(&["#refusal", "#popup .error"]);
    }
}

fn raise(dialog: &HtmlDialogElement) {
    // It refuses only what is open already or not in the document.
    let _ = dialog.show_modal();
}
