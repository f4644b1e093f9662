//! The page lives: it hears what happens, shows it where it stands, and says so when it hears nothing.

mod line;
mod lock;
mod menu;
mod news;
mod rebase;
pub(super) mod still;
mod stream;
mod told;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::BroadcastChannel;

use super::{Hands, dom};
use crate::wire::{Moved, Page, Popup};
use stream::{OPEN, Stream};

/// Of so many customers a page remembers when something happened to them: longer than any popup is on its way.
const REMEMBERED: usize = 64;

/// What a page knows of its log.
pub(super) struct Live {
    /// Who is signed in, as events name them.
    user: String,
    /// Which history of the database the numbers belong to.
    epoch: RefCell<String>,
    /// The number up to which everything was heard.
    heard: Cell<u64>,
    /// The number that the page was read at.
    page: Cell<u64>,
    /// The number at which the popup was read.
    popup: Cell<u64>,
    /// To whom others did something last, and at which number; and at which it may have been to anybody.
    latest: RefCell<Vec<(String, u64)>>,
    unknown: Cell<u64>,
    /// Whether the popup could not be read anew, and so may not be true.
    doubtful: Cell<bool>,
    /// Whom something happened to since the page was read, and since it last asked what is new; what the gate saw as well.
    moved: RefCell<Moved>,
    fresh: RefCell<Moved>,
    /// Whom this page is changing itself: the answer tells it, so that the event need not.
    own: RefCell<Vec<String>>,
    /// How many such answers were shown: what was asked for before one of them may have been read before it as well.
    answers: Cell<u32>,
    asking: Asking,
    line: line::Watch,
    stream: Stream,
    told: told::Told,
    /// The other tabs of this browser.
    channel: Option<BroadcastChannel>,
}

/// How far the page is with asking what is new.
#[derive(Default)]
struct Asking {
    /// It will ask in a moment.
    due: Cell<bool>,
    /// It has asked and waits.
    open: Cell<bool>,
    /// Something happened while it waited.
    again: Cell<bool>,
}

/// A place in a log, as the wire writes it.
struct Position<'a> {
    epoch: &'a str,
    seq: u64,
}

impl<'a> Position<'a> {
    fn parse(text: &'a str) -> Option<Position<'a>> {
        let (epoch, seq) = text.split_once('-')?;
        Some(Position {
            epoch,
            seq: seq.parse().ok()?,
        })
    }
}

impl Live {
    /// For a page that was read at `position` by `user`, with a popup perhaps.
    pub(super) fn new(position: &str, user: &str, popup: Option<&Popup>) -> Live {
        let (epoch, seq) = match Position::parse(position) {
            Some(position) => (position.epoch.to_owned(), position.seq),
            None => (String::new(), 0),
        };
        Live {
            user: user.to_owned(),
            epoch: RefCell::new(epoch),
            heard: Cell::new(seq),
            page: Cell::new(seq),
            popup: Cell::new(popup.map_or(seq, |popup| popup.seq)),
            latest: RefCell::default(),
            unknown: Cell::default(),
            doubtful: Cell::new(false),
            moved: RefCell::default(),
            fresh: RefCell::default(),
            own: RefCell::default(),
            answers: Cell::default(),
            asking: Asking::default(),
            line: line::Watch::new(),
            stream: Stream::default(),
            told: told::Told::default(),
            channel: BroadcastChannel::new(&["panel-", user].concat()).ok(),
        }
    }

    /// Whether the page has asked for all that it has heard of, and was answered.
    fn nothing_is_unread(&self) -> bool {
        let fresh = self.fresh.borrow();
        let none = matches!(&*fresh, Moved::These(these) if these.is_empty());
        none && !self.asking.due.get() && !self.asking.open.get()
    }
}

impl Hands {
    /// Starts to listen.
    pub(super) fn follow_log(self: &Rc<Self>) {
        self.listen_to_tabs();
        self.watch_line();
        self.queue_for_stream();
        // A form that was refused without scripts was read before its page.
        if self.live.popup.get() < self.live.page.get() {
            self.rebase();
        }
    }

    /// A page was read: what waited is in it, and what it does not have yet is asked for.
    pub(super) fn page_was_read(self: &Rc<Self>, position: &str) {
        let live = &self.live;
        self.desk.waiting.set(None);
        live.moved.take();
        // What the gate saw stands in no log, so the number of the page does not say whether the page has it.
        let reached = live.fresh.take().reached();
        if !reached.is_empty() {
            live.fresh.replace(Moved::These(reached));
            self.ask_soon();
        }
        if let Some(position) = Position::parse(position) {
            live.page.set(position.seq);
            if *live.epoch.borrow() == position.epoch && live.heard.get() > position.seq {
                self.missed();
            }
        }
        self.is_reachable();
        self.read_ahead_of_page();
    }

    /// The number up to which everything was heard.
    pub(super) fn heard(&self) -> u64 {
        self.live.heard.get()
    }

    /// Shows a popup that was read. What has happened to its customer since then has happened meanwhile.
    pub(super) fn show_read(self: &Rc<Self>, popup: &Popup) {
        let live = &self.live;
        live.doubtful.set(false);
        live.popup.set(popup.seq);
        self.show(popup);
        let latest = live.latest.borrow();
        let latest = latest.iter().find(|(id, _)| *id == popup.customer);
        let latest = latest.map_or(0, |(_, seq)| *seq).max(live.unknown.get());
        if latest > popup.seq {
            self.rebase();
        }
    }

    /// The page changes a customer itself.
    pub(super) fn changes(&self, customer: &str) {
        self.live.own.borrow_mut().push(customer.to_owned());
    }

    /// It has been told that it did, or did not after all. Says whether it was changing them.
    pub(super) fn changes_no_more(&self, customer: &str) -> bool {
        let mut own = self.live.own.borrow_mut();
        let at = own.iter().position(|own| own == customer);
        at.is_some_and(|at| {
            own.remove(at);
            true
        })
    }

    /// An answer about what the page did itself is shown.
    pub(super) fn is_answered(&self) {
        let answers = &self.live.answers;
        answers.set(answers.get().wrapping_add(1));
    }

    /// How many such answers have been shown.
    pub(super) fn answers(&self) -> u32 {
        self.live.answers.get()
    }

    /// An event of the stream: `name`, its place in the log, its data.
    fn hear(self: &Rc<Self>, name: &str, place: &str, data: &str) {
        self.line_is_good();
        match name {
            "seen" => return self.noted(data),
            // What is in no log may have been missed between the reading of the page and its stream.
            OPEN if self.shows(|page| matches!(page, Page::Drawn(_))) => return self.noted(OPEN),
            _ => {}
        }
        let Some(place) = Position::parse(place) else {
            return;
        };
        let live = &self.live;
        if *live.epoch.borrow() != place.epoch {
            place.epoch.clone_into(&mut live.epoch.borrow_mut());
            live.heard.set(place.seq);
            live.page.set(0);
            return self.missed();
        }
        let new = place.seq > live.heard.get();
        live.heard.set(live.heard.get().max(place.seq));
        match name {
            "change" if new => self.happened(data, place.seq),
            "resync" => self.missed(),
            // Something was told that this tab has not heard.
            "beat" if new => self.missed(),
            // Visits at the gate are no events.
            "beat" if self.shows(|page| matches!(page, Page::Customer(_))) => self.ask_soon(),
            _ => {}
        }
    }

    /// Something happened to a customer.
    fn happened(self: &Rc<Self>, data: &str, seq: u64) {
        let mut words = data.split(' ');
        let (Some(customer), Some(_), Some(by)) = (words.next(), words.next(), words.next()) else {
            return;
        };
        self.forget_popups(customer);
        if by == self.live.user && self.changes_no_more(customer) {
            // Only the counts of a list are still to come.
            return self.ask_soon();
        }
        let live = &self.live;
        let mut latest = live.latest.borrow_mut();
        latest.retain(|(id, _)| id != customer);
        latest.push((customer.to_owned(), seq));
        if latest.len() > REMEMBERED {
            latest.remove(0);
        }
        drop(latest);
        if seq > live.page.get() {
            self.noted(customer);
        }
        if dom::find("#popup[open] input[name=customer]")
            .and_then(|field| field.get_attribute("value"))
            .is_some_and(|open| open == customer)
        {
            self.rebase();
        }
    }

    /// Whether the page was read, and is one of these.
    fn shows(&self, these: fn(&Page) -> bool) -> bool {
        let page = |page: &Result<Page, _>| page.as_ref().is_ok_and(these);
        self.desk.page.with_untracked(page)
    }

    /// Something happened to a customer, or the gate saw something.
    fn noted(self: &Rc<Self>, word: &str) {
        note(&self.live.moved, word);
        note(&self.live.fresh, word);
        self.ask_soon();
    }

    /// Nobody knows whom something happened to.
    fn anybody_moved(&self) {
        self.live.moved.replace(Moved::Anybody);
        self.live.fresh.replace(Moved::Anybody);
        self.forget_all_popups();
    }

    /// Something happened, nobody knows what.
    pub(super) fn missed(self: &Rc<Self>) {
        if !self.sending.get() {
            // Events that were to tell of it may never come.
            self.live.own.take();
        }
        self.live.unknown.set(self.heard());
        self.anybody_moved();
        self.ask_soon();
        self.rebase();
    }
}

fn note(moved: &RefCell<Moved>, customer: &str) {
    if let Moved::These(these) = &mut *moved.borrow_mut()
        && !these.iter().any(|known| known == customer)
    {
        these.push(customer.to_owned());
    }
}
