//! Whether the page hears of what happens: when the line is down the panel itself is asked, so that a stream that does
//! not get through is not taken for a panel that cannot be reached.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;

use super::super::journey::LastNotice;
use super::super::{Hands, dom};
use super::stream::jittered;
use crate::error::PanelError;
use crate::parts::live::Line;
use crate::parts::notice::Said;
use crate::parts::trouble;
use crate::text::Key;
use crate::wire::Page;

/// So long a stream may be away before anybody asks.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// While nothing is heard the page asks so often, in milliseconds.
const ASK: u32 = 5_000;
/// How often the page looks whether it still hears something.
const LOOK: Duration = Duration::from_secs(10);
/// So long it may hear nothing, in milliseconds: two signs of life and some more.
const SILENCE: f64 = 40_000.0;

/// When something was last heard, and whether the stream is known to be down.
pub(super) struct Watch {
    last: Cell<f64>,
    /// When what is shown was last known to be as it is.
    current: Cell<f64>,
    down: Cell<bool>,
}

impl Watch {
    pub(super) fn new() -> Watch {
        Watch {
            last: Cell::new(Date::now()),
            current: Cell::new(Date::now()),
            down: Cell::new(false),
        }
    }
}

impl Hands {
    /// Listens to what the browser says of the network and of this tab.
    pub(super) fn watch_line(self: &Rc<Self>) {
        let own = Rc::clone(self);
        dom::listen_window(
            "offline",
            Box::new(move |_| {
                own.close_stream();
                own.is_offline();
            }),
        );
        let own = Rc::clone(self);
        dom::listen_window(
            "online",
            Box::new(move |_| {
                own.listen_again();
                own.anybody_moved();
                own.ask_now();
            }),
        );
        let own = Rc::clone(self);
        dom::listen(
            "visibilitychange",
            Box::new(move |_| {
                if !document().hidden() {
                    own.look_after_stream();
                    own.ask_soon();
                }
            }),
        );
        let own = Rc::clone(self);
        let _ = set_interval(move || own.look_after_stream(), LOOK);
    }

    /// What is shown is as it is.
    pub(super) fn is_current(&self) {
        self.live.line.current.set(Date::now());
    }

    /// The stream is heard.
    pub(super) fn line_is_good(self: &Rc<Self>) {
        self.live.line.down.set(false);
        self.was_answered();
    }

    fn was_answered(self: &Rc<Self>) {
        self.live.line.last.set(Date::now());
        if self.live.nothing_is_unread() {
            self.is_current();
        }
        if self.offline() {
            self.desk.line.set(Line::Good);
            self.forget_offline();
        }
    }

    /// What was said of the line is over, and a page that could not be read is read now.
    fn forget_offline(self: &Rc<Self>) {
        let desk = self.desk;
        let said = desk.with_words(|words| trouble::line(&PanelError::Busy, words));
        let is_said = |notice: &Option<Said>| {
            let notice = notice.as_ref();
            notice.is_some_and(|notice| notice.notice.text == said)
        };
        if desk.notice.with_untracked(is_said) {
            desk.notice.set(None);
        }
        if let Some(refusal) = dom::find("#refusal")
            && refusal.text_content() == Some(desk.word(Key::NotSentOffline))
        {
            refusal.remove();
        }
        let unread = |page: &Result<Page, _>| matches!(page, Err(PanelError::Busy));
        if desk.page.with_untracked(unread) {
            self.read_page(LastNotice::Stays);
        }
    }

    /// Whether the panel is known to be out of reach.
    pub(in super::super) fn offline(&self) -> bool {
        self.desk
            .line
            .with_untracked(|line| matches!(line, Line::Offline(_)))
    }

    /// The stream has broken.
    pub(super) fn line_is_down(self: &Rc<Self>) {
        if self.live.line.down.replace(true) {
            return;
        }
        self.ask_while_down(PATIENCE);
    }

    fn ask_while_down(self: &Rc<Self>, wait: Duration) {
        let own = Rc::clone(self);
        let ask = move || {
            if !own.live.line.down.get() {
                return;
            }
            if window().navigator().on_line() {
                // Over no stream nobody says who moved.
                own.anybody_moved();
                own.ask_now();
            }
            own.ask_while_down(jittered(ASK));
        };
        dom::after(wait, Box::new(ask));
    }

    /// The panel cannot be reached.
    pub(in super::super) fn is_offline(self: &Rc<Self>) {
        if !self.offline() {
            let since = time_of_day(self.live.line.current.get());
            self.desk.line.set(Line::Offline(since));
        }
        self.line_is_down();
    }

    /// An answer came, though perhaps not over the stream.
    pub(super) fn is_reachable(self: &Rc<Self>) {
        self.was_answered();
        if self.live.doubtful.take() {
            self.rebase();
        }
    }

    fn listen_again(&self) {
        if self.live.stream.leads.get() {
            self.open_stream();
        }
    }

    fn look_after_stream(self: &Rc<Self>) {
        let silent = Date::now() - self.live.line.last.get() > SILENCE;
        if silent && !document().hidden() {
            self.take_stream();
        }
    }
}

/// "14:02", as the browser's own person writes it.
fn time_of_day(at: f64) -> String {
    let language = document()
        .document_element()
        .and_then(|root| root.get_attribute("lang"))
        .unwrap_or_default();
    let options = Object::new();
    let asked = [
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    for (part, how) in asked {
        let _ = Reflect::set(&options, &part.into(), &how.into());
    }
    let date = Date::new(&at.into());
    String::from(date.to_locale_time_string_with_options(&language, &options))
}
