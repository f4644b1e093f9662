//! The stream of events: one per browser, however many tabs. The tab that leads has it open and tells the others.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::Function;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

use super::super::{Hands, dom};

/// What the server calls its events.
const EVENTS: [&str; 5] = ["change", "seen", "resync", "beat", "bye"];
/// Between tabs only: the line is open, or down; and a new tab asks how far the others have heard.
pub(super) const OPEN: &str = "open";
const DOWN: &str = "down";
const HELLO: &str = "hello";

/// The first wait before a closed stream is opened again, in milliseconds; it doubles up to the longest.
const FIRST_WAIT: u32 = 1_000;
const LONGEST_WAIT: u32 = 30_000;

/// The stream of the tab that leads.
#[derive(Default)]
pub(super) struct Stream {
    pub(super) leads: Cell<bool>,
    source: RefCell<Option<EventSource>>,
    /// What hears it, made once.
    ears: RefCell<Option<Function>>,
    tries: Cell<u32>,
}

impl Hands {
    /// Listens to the other tabs, and asks how far they have heard.
    pub(super) fn listen_to_tabs(self: &Rc<Self>) {
        let own = Rc::clone(self);
        let ears = Closure::<dyn FnMut(Event)>::new(move |event: Event| own.source_says(&event));
        self.live
            .stream
            .ears
            .replace(Some(ears.into_js_value().unchecked_into::<Function>()));
        let Some(channel) = &self.live.channel else {
            return;
        };
        let own = Rc::clone(self);
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                own.tab_says(&text);
            }
        });
        channel.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
        self.tell_tabs(HELLO, "", "");
    }

    /// This tab leads from now on.
    pub(super) fn lead(self: &Rc<Self>) {
        self.live.stream.leads.set(true);
        self.open_stream();
    }

    /// Another tab leads.
    pub(super) fn follow_tab(&self) {
        self.live.stream.leads.set(false);
        self.close_stream();
    }

    /// Opens the stream after what was heard, in place of one that is open.
    pub(super) fn open_stream(&self) {
        self.close_stream();
        let live = &self.live;
        let address = ["/live?after=", &self.place_heard()].concat();
        let (Ok(source), Some(ears)) = (
            EventSource::new(&address),
            live.stream.ears.borrow().clone(),
        ) else {
            return;
        };
        for name in EVENTS.iter().chain(&[OPEN, "error"]) {
            let _ = source.add_event_listener_with_callback(name, &ears);
        }
        live.stream.source.replace(Some(source));
    }

    /// Up to where everything was heard, as the wire writes it.
    fn place_heard(&self) -> String {
        let number = self.live.heard.get().to_string();
        [&self.live.epoch.borrow(), "-", &number].concat()
    }

    pub(super) fn close_stream(&self) {
        if let Some(source) = self.live.stream.source.take() {
            source.close();
        }
    }

    fn source_says(self: &Rc<Self>, event: &Event) {
        let name = event.type_();
        let (place, data) = match event.dyn_ref::<MessageEvent>() {
            Some(message) => (
                message.last_event_id(),
                message.data().as_string().unwrap_or_default(),
            ),
            None => Default::default(),
        };
        if name == "error" {
            self.tell_tabs(DOWN, "", "");
            self.line_is_down();
            return self.come_again();
        }
        if name == OPEN {
            self.live.stream.tries.set(0);
        }
        self.tell_tabs(&name, &place, &data);
        self.said(&name, &place, &data);
    }

    /// The browser opens a stream again by itself, unless the panel has refused it.
    fn come_again(self: &Rc<Self>) {
        let closed = self
            .live
            .stream
            .source
            .borrow()
            .as_ref()
            .is_some_and(|source| source.ready_state() == EventSource::CLOSED);
        if !closed {
            return;
        }
        let tries = self.live.stream.tries.get();
        self.live.stream.tries.set(tries.saturating_add(1));
        let wait = FIRST_WAIT
            .saturating_mul(1 << tries.min(5))
            .min(LONGEST_WAIT);
        let own = Rc::clone(self);
        let again = move || {
            if own.live.stream.leads.get() {
                own.open_stream();
            }
        };
        dom::after(jittered(wait), Box::new(again));
    }

    fn tab_says(self: &Rc<Self>, text: &str) {
        let mut parts = text.splitn(3, '\n');
        let (name, place, data) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        match name {
            DOWN => self.line_is_down(),
            HELLO if self.live.stream.leads.get() => {
                self.tell_tabs("beat", &self.place_heard(), "");
            }
            HELLO => {}
            _ => self.said(name, place, data),
        }
    }

    fn said(self: &Rc<Self>, name: &str, place: &str, data: &str) {
        if name == "bye" {
            // Signed out, or another role: the server says what there is to see now.
            let _ = window().location().reload();
        } else {
            self.hear(name, place, data);
        }
    }

    fn tell_tabs(&self, name: &str, place: &str, data: &str) {
        if let Some(channel) = &self.live.channel {
            let text = [name, "\n", place, "\n", data].concat();
            let _ = channel.post_message(&text.into());
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "only spreads the browsers over time; nothing is derived from it"
)]
/// A wait between half and one and a half of a time, so that not everybody comes again at once.
pub(super) fn jittered(milliseconds: u32) -> Duration {
    let factor = 0.5 + js_sys::Math::random();
    Duration::from_secs_f64(f64::from(milliseconds) * factor / 1_000.0)
}
