//! Forms that change something: the popup's, and Undo in the status message.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlFormElement, SubmitEvent};

use super::journey::{LastNotice, sign_in};
use super::live::still;
use super::paint::Painted;
use super::{Hands, dom, forms};
use crate::api::send_form;
use crate::error::PanelError;
use crate::parts::html::Html;
use crate::parts::notice::Said;
use crate::parts::trouble;
use crate::text::Key;
use crate::wire::{Done, Outcome};

/// A button shows that it works only when it takes noticeably long.
const NOTICEABLE: Duration = Duration::from_millis(100);

/// The waits before an order that got no answer is sent again.
const WAITS: [Duration; 3] = [
    Duration::from_millis(300),
    Duration::from_millis(1_000),
    Duration::from_millis(3_000),
];

/// How long a changed row is marked.
const GLOW: Duration = Duration::from_secs(2);

/// Starts to listen.
pub fn listen(hands: &Rc<Hands>) {
    let own = Rc::clone(hands);
    dom::listen(
        "submit",
        Box::new(move |event| {
            // What only shows something has an address of its own, and opens beside this page.
            let only_shows = event
                .dyn_ref::<SubmitEvent>()
                .and_then(SubmitEvent::submitter)
                .is_some_and(|button| button.has_attribute("formaction"));
            if only_shows {
                return;
            }
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
        if self.offline() {
            return self.not_done(self.desk.word(Key::NotSentOffline));
        }
        // The button is at work, or has just changed its meaning.
        let at_rest = form.query_selector("button[type=submit][aria-disabled]");
        if at_rest.is_ok_and(|found| found.is_some()) || self.sending.replace(true) {
            return;
        }
        let place = match form.closest("#popup") {
            Ok(Some(_)) => Place::Popup,
            _ => Place::Notice,
        };
        let work = Work::begin(self, &form);
        let fields = forms::fields(&form);
        let customer = fields.iter().find(|(name, _)| name == "customer");
        let customer = customer.map(|(_, customer)| customer.clone());
        let customer = customer.unwrap_or_default();
        self.changes(&customer);
        let order = Order {
            at: self.place(),
            painted: match place {
                Place::Popup => self.paint(&customer, &fields),
                Place::Notice => None,
            },
            fields,
            customer,
            place,
        };
        self.attempt(order, work, 0);
    }

    /// Sends an order; when no answer comes, again with the same key, so that it is done once whatever got lost.
    fn attempt(self: &Rc<Self>, order: Order, work: Work, tries: usize) {
        let hands = Rc::clone(self);
        spawn_local(async move {
            let (path, query) = order.at.clone();
            let answer = send_form(path, query, order.fields.clone()).await;
            if let (Err(PanelError::Busy), Some(wait)) = (&answer, WAITS.get(tries)) {
                let again = move || hands.attempt(order, work, tries + 1);
                return dom::after(*wait, Box::new(again));
            }
            hands.sending.set(false);
            work.end();
            let done = matches!(answer, Ok(Outcome::Done(_)));
            if !done {
                hands.changes_no_more(&order.customer);
            }
            match order.painted {
                Some(painted) if done => hands.known(&painted),
                Some(painted) => {
                    hands.take_back(painted);
                    hands.hang_menu_once_drawn();
                }
                None => {}
            }
            match answer {
                Ok(Outcome::Done(done)) => hands.done(*done, order.place),
                Ok(Outcome::Refused(popup)) => {
                    hands.show_read(&popup);
                }
                Err(PanelError::SignedOut) => sign_in(),
                Err(error) => hands.not_done(match error {
                    PanelError::Busy => hands.desk.word(Key::NotSent),
                    PanelError::Internal(_) => hands.desk.word(Key::NotSaved),
                    other => hands.desk.with_words(|words| trouble::line(&other, words)),
                }),
            }
        });
    }

    /// Shows what was done, in place: the row, the counts, the message.
    fn done(self: &Rc<Self>, done: Done, place: Place) {
        let desk = self.desk;
        self.is_answered();
        self.forget_popups(&done.row.id);
        // While an undo was on its way, another popup may have been opened; that one stays.
        if place == Place::Popup {
            self.leave();
        }
        // Its entries, and the ⋮ that it hangs on, are about to be drawn anew.
        self.close_menu();
        desk.nav.set(done.nav);
        desk.notice.set(Some(Said::done(done.notice)));
        let row = dom::more_of(&done.row.id);
        if let Some(shown) = desk.row(&done.row.id) {
            mark(&done.row.id);
            if let Some(line) = dom::place_of(&done.row.id) {
                // Whoever did it expects that it shows.
                still::let_go(&line);
            }
            shown.set(done.row);
        } else {
            self.read_page(LastNotice::Stays);
        }
        self.return_focus(row);
    }

    /// Says that it was not done, in the popup if there is one, and keeps everything typed.
    fn not_done(&self, text: String) {
        let Some(body) = dom::find("#popup[open] .popup-body") else {
            return self.desk.notice.set(Some(Said::failed(text)));
        };
        if let Some(last) = dom::find("#refusal") {
            last.remove();
        }
        let _ = body.insert_adjacent_html("afterbegin", &Html::new().refusal(&text).done());
        dom::focus_first(&["#refusal"]);
    }
}

/// What is sent.
struct Order {
    /// Path and query that it is sent from.
    at: (String, String),
    fields: Vec<(String, String)>,
    customer: String,
    place: Place,
    /// What stands there until the answer does.
    painted: Option<Painted>,
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
                    dom::set(&button, "data-working", "");
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
            dom::unset(&button, "data-working");
            button.set_inner_html(&self.label);
        }
    }
}

/// The changed row glows once.
pub(super) fn mark(customer: &str) {
    if let Some(row) = dom::place_of(customer) {
        dom::set(&row, "data-changed", "");
        dom::after(GLOW, Box::new(move || dom::unset(&row, "data-changed")));
    }
}
