//! Forms that change something: the popup's, and Undo in the status message.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlFormElement};

use super::journey::{LastNotice, sign_in};
use super::{Hands, dom, forms};
use crate::api::send_form;
use crate::error::PanelError;
use crate::parts::notice::Said;
use crate::parts::{popup, trouble};
use crate::text::Key;
use crate::wire::{Done, Outcome};

/// A button shows that it works only when it takes noticeably long.
const NOTICEABLE: Duration = Duration::from_millis(100);

/// How long a changed row is marked.
const GLOW: Duration = Duration::from_secs(2);

/// Starts to listen.
pub fn listen(hands: &Rc<Hands>) {
    let own = Rc::clone(hands);
    dom::listen(
        "submit",
        Box::new(move |event| {
            if let Some(form) = dom::around(&event, "form[data-send]") {
                event.prevent_default();
                if let Ok(form) = form.dyn_into::<HtmlFormElement>() {
                    own.send(form);
                }
            }
        }),
    );
}

impl Hands {
    fn send(self: &Rc<Self>, form: HtmlFormElement) {
        if self.sending.replace(true) {
            return;
        }
        let hands = Rc::clone(self);
        let place = match form.closest("#popup") {
            Ok(Some(_)) => Place::Popup,
            _ => Place::Notice,
        };
        let work = Work::begin(&hands, &form);
        let fields = forms::fields(&form);
        let (path, query) = {
            let page = self.page.borrow();
            let mut query = page.1.clone();
            let popup = self.popup.borrow();
            if !query.is_empty() && !popup.is_empty() {
                query.push('&');
            }
            query.push_str(&popup);
            (page.0.clone(), query)
        };
        spawn_local(async move {
            let answer = send_form(path, query, fields).await;
            hands.sending.set(false);
            work.end();
            match answer {
                Ok(Outcome::Done(done)) => hands.done(*done, place),
                Ok(Outcome::Refused(popup)) => hands.show(&popup),
                Err(PanelError::SignedOut) => sign_in(),
                Err(error) => hands.not_done(&error),
            }
        });
    }

    /// Shows what was done, in place: the row, the counts, the message.
    fn done(self: &Rc<Self>, done: Done, place: Place) {
        let desk = self.desk;
        // While an undo was on its way, another popup may have been opened; that one stays.
        if place == Place::Popup {
            self.leave();
        }
        // Its entries, and the ⋮ that it hangs on, are about to be drawn anew.
        self.close_menu();
        desk.nav.set(done.nav);
        desk.notice.set(Some(Said::done(done.notice)));
        let row = ["[data-menu=\"", &done.row.id, "\"]"].concat();
        if let Some(shown) = desk.row(&done.row.id) {
            mark(&done.row.id);
            shown.set(done.row);
        } else {
            self.read_page(LastNotice::Stays);
        }
        self.return_focus(row);
    }

    /// Says that it was not done, in the popup if there is one, and keeps everything typed.
    fn not_done(&self, error: &PanelError) {
        let text = match error {
            PanelError::Busy => self.desk.word(Key::NotSent),
            PanelError::Internal(_) => self.desk.word(Key::NotSaved),
            other => self.desk.with_words(|words| trouble::line(other, words)),
        };
        let Some(body) = dom::find("#popup[open] .popup-body") else {
            return self.desk.notice.set(Some(Said::failed(text)));
        };
        if let Some(last) = dom::find("#refusal") {
            last.remove();
        }
        let _ = body.insert_adjacent_html("afterbegin", &popup::refusal(&text));
        dom::focus_first(&["#refusal"]);
    }
}

/// Where a form stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the popup.
    Popup,
    /// In the status message.
    Notice,
}

/// A form at work: it takes no second submit, and its button says so once it takes noticeably long.
struct Work {
    form: HtmlFormElement,
    button: Option<HtmlElement>,
    label: String,
}

impl Work {
    fn begin(hands: &Rc<Hands>, form: &HtmlFormElement) -> Work {
        let found = form.query_selector("button[type=submit]").ok().flatten();
        let button: Option<HtmlElement> = found.and_then(|button| button.dyn_into().ok());
        dom::set(form, "aria-busy", "true");
        let mut label = String::new();
        if let Some(button) = button.clone() {
            // With its markup: it may hold two wordings, of which the ticks show one.
            label = button.inner_html();
            dom::set(&button, "aria-disabled", "true");
            let hands = Rc::clone(hands);
            let later = move || {
                if let (true, Some(busy)) = (hands.sending.get(), button.get_attribute("data-busy"))
                {
                    button.set_text_content(Some(&busy));
                }
            };
            dom::after(NOTICEABLE, Box::new(later));
        }
        Work {
            form: form.clone(),
            button,
            label,
        }
    }

    fn end(self) {
        dom::unset(&self.form, "aria-busy");
        if let Some(button) = self.button {
            dom::unset(&button, "aria-disabled");
            button.set_inner_html(&self.label);
        }
    }
}

/// The changed row glows once.
fn mark(customer: &str) {
    let row = ["c-", customer].concat();
    if let Some(row) = dom::by_id::<HtmlElement>(&row) {
        dom::set(&row, "data-changed", "");
        dom::after(GLOW, Box::new(move || dom::unset(&row, "data-changed")));
    }
}
