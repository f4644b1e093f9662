//! What only a browser can do: menu, popup, forms without a new page, focus and history. It works on the elements that
//! the views put there, by listeners on the document, so that replaced markup needs no wiring.

mod ahead;
mod clicks;
mod copy;
mod dialog;
mod dom;
mod forms;
mod journey;
mod keyboard;
mod keys;
mod live;
mod menu;
mod paint;
mod palette;
mod preview;
mod search;
mod send;
mod shortcuts;
mod zone;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use web_sys::HtmlElement;

use crate::address::{page_query, popup_query};
use crate::desk::Desk;
use crate::wire::{MenuEntry, Outlook, Start};
use ahead::Ahead;
use live::Live;

/// Goes to an address.
type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// Everything that the listeners share.
pub(crate) struct Hands {
    desk: Desk,
    navigate: Navigate,
    /// Path and query of the page that is shown or on its way.
    page: RefCell<(String, String)>,
    /// The part of the address that asked for the popup that is shown or on its way.
    popup: RefCell<String>,
    /// Whether the entry below in the history is this same page without the popup.
    twin_below: Cell<bool>,
    /// Numbers of the latest page and popup asked for: an answer to an earlier one is dropped.
    latest_page: Cell<u32>,
    latest_popup: Cell<u32>,
    /// Where the focus goes when the popup closes.
    home: RefCell<String>,
    /// The ⋮ whose menu is open.
    menu_of: RefCell<Option<HtmlElement>>,
    /// What it has offered since it was opened.
    offered: RefCell<Vec<MenuEntry>>,
    /// The customer whose row had the focus last.
    row_at: RefCell<String>,
    /// What the command palette knows.
    palette: palette::Palette,
    /// Whether a form is on its way.
    sending: Cell<bool>,
    /// What the popup at hand may lead to.
    outlook: RefCell<Option<Box<Outlook>>>,
    /// Popups that may be asked for next.
    ahead: Ahead,
    /// What it knows of what happens.
    live: Live,
    /// Whether the pointer went down beside the popup's content.
    beside: Cell<bool>,
}

/// Takes over the page: from now on it answers without being loaded anew.
pub(crate) fn start(desk: Desk, start: &Start) {
    let location = use_location();
    let navigate = use_navigate();
    let query = location.search.get_untracked();
    let hands = Rc::new(Hands {
        desk,
        navigate: Box::new(navigate),
        page: RefCell::new((location.pathname.get_untracked(), page_query(&query))),
        popup: RefCell::new(popup_query(&query)),
        twin_below: Cell::new(false),
        latest_page: Cell::new(0),
        latest_popup: Cell::new(0),
        home: RefCell::new(String::new()),
        menu_of: RefCell::new(None),
        offered: RefCell::default(),
        row_at: RefCell::new(String::new()),
        palette: palette::Palette::default(),
        sending: Cell::new(false),
        outlook: RefCell::new(start.popup.as_ref().and_then(|popup| popup.outlook.clone())),
        ahead: Ahead::default(),
        live: Live::new(
            &start.shell.live,
            &start.shell.user_id,
            start.popup.as_ref(),
        ),
        beside: Cell::new(false),
    });
    search::follow(desk);
    // Runs once the views are in place, and again for every new address.
    Effect::new(move |awake: Option<()>| {
        let (path, query) = (location.pathname.get(), location.search.get());
        if awake.is_none() {
            // In a turn of its own: the views took one, and two short ones keep nobody waiting.
            let hands = Rc::clone(&hands);
            dom::after(Duration::ZERO, Box::new(move || hands.take_over()));
        } else {
            hands.arrive(path, query);
        }
    });
}

impl Hands {
    fn take_over(self: &Rc<Self>) {
        self.adopt();
        ahead::listen(self);
        clicks::listen(self);
        keys::listen(self);
        shortcuts::listen(self);
        forms::listen(self);
        send::listen(self);
        self.follow_log();
        self.read_ahead_of_page();
        keyboard::watch();
        live::still::watch();
        let own = Rc::clone(self);
        dom::after(Duration::ZERO, Box::new(move || own.complete()));
    }

    /// What nobody waits for as long as for a click.
    fn complete(self: &Rc<Self>) {
        menu::upgrade();
        if let Some(root) = document().document_element() {
            dom::set(&root, "data-hydrated", "");
        }
        if zone::tell() {
            self.read_page(journey::LastNotice::Stays);
        }
    }
}
