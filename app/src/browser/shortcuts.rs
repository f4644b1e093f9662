//! Keys without a modifier: they act only where nobody types, and a person can switch them off.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{Event, HtmlDialogElement, HtmlElement};

use super::menu::Entry;
use super::{Hands, dom};
use crate::parts::shortcuts::{self, ID};

const ROWS: &str = ".customers tbody tr[id]";

/// Starts to listen.
pub fn listen(hands: &Rc<Hands>) {
    let own = Rc::clone(hands);
    dom::listen(
        "focusin",
        Box::new(move |event| {
            if let Some(row) = dom::around(&event, ROWS) {
                own.row_at.replace(customer_of(&row));
            }
        }),
    );
    // A sheet opened from the drawer has closed that; the button in it cannot have the focus back.
    dom::listen(
        "close",
        Box::new(|event| {
            if dom::around(&event, "#shortcuts").is_some() && dom::find(":focus").is_none() {
                dom::focus_first(&[".drawer-open"]);
            }
        }),
    );
    let apple = dom::is_apple();
    if let Some(button) = dom::find("#palette-open") {
        let keys = if apple { "Meta+K" } else { "Control+K" };
        dom::set(&button, "aria-keyshortcuts", keys);
    }
    if let (true, Some(drawn)) = (apple, dom::find("#palette-open kbd")) {
        drawn.set_text_content(Some("⌘ K"));
    }
}

impl Hands {
    /// A key without a modifier. Says whether it meant something.
    pub(super) fn shortcut(self: &Rc<Self>, event: &Event, key: &str) -> bool {
        let typing = dom::around(event, "input, textarea, select").is_some();
        if typing || are_off() || dom::find("dialog[open]").is_some() {
            return false;
        }
        match key {
            "/" => dom::focus_first(&["#search"]),
            "?" => self.show_shortcuts(),
            "." => self.open_actions(),
            "j" | "J" => self.step(Step::Down),
            "k" | "K" => self.step(Step::Up),
            _ => return false,
        }
        true
    }

    /// Shows the sheet of keys.
    pub(super) fn show_shortcuts(&self) {
        let Some(dialog) = dom::dialog(ID, "popup shortcuts") else {
            return;
        };
        let modifier = if dom::is_apple() { "⌘" } else { "Ctrl" };
        let text = (self.desk).with_words(|words| shortcuts::inside(modifier, words));
        dialog.set_inner_html(&text);
        let _ = dialog.show_modal();
    }

    /// The ⋮ of the row that somebody is at; on a customer's page its actions.
    fn open_actions(self: &Rc<Self>) {
        let at = |selector: &str| {
            let mut selector = String::from(selector);
            selector.push_str(" [data-menu]");
            dom::find(&selector)
        };
        let last = || self.last_row().and_then(|row| more(&row));
        let button = at(".customers tr:focus-within")
            .or_else(|| at(".customers tr:hover"))
            .or_else(last)
            .or_else(|| at(ROWS));
        match button {
            Some(button) => self.open_menu(button, Entry::First),
            None => dom::focus_first(&["#actions a"]),
        }
    }

    /// Goes to the next row or the one before: to its ⋮ from a ⋮, else to its name.
    fn step(&self, step: Step) {
        let rows = dom::each(document().query_selector_all(ROWS));
        let last = self.last_row();
        let at = rows.iter().position(|row| Some(row) == last.as_ref());
        let to = match (at, step) {
            (None, _) => 0,
            (Some(at), Step::Down) => at + 1,
            (Some(at), Step::Up) => at.saturating_sub(1),
        };
        let Some(row) = rows.get(to) else { return };
        let at_more = dom::find("[data-menu]:focus").is_some();
        let name = || dom::within(row, ".who-name");
        if let Some(found) = at_more.then(|| more(row)).flatten().or_else(name) {
            dom::focus(&found);
        }
    }

    /// The row that had the focus last, if it is still there.
    fn last_row(&self) -> Option<HtmlElement> {
        dom::place_of(&self.row_at.borrow())
    }
}

/// Closes the dialog around an event.
pub fn shut(event: &Event) {
    let around = dom::around(event, "dialog");
    if let Some(dialog) = around.and_then(dom::cast::<HtmlDialogElement>) {
        dialog.close();
    }
}

/// From row to row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Down,
    Up,
}

fn more(row: &HtmlElement) -> Option<HtmlElement> {
    dom::within(row, "[data-menu]")
}

fn customer_of(row: &HtmlElement) -> String {
    row.id().trim_start_matches("c-").to_owned()
}

/// Whether the person has switched them off.
fn are_off() -> bool {
    document()
        .document_element()
        .and_then(|root| root.get_attribute("data-shortcuts"))
        .is_some_and(|state| state == "off")
}
