//! Which tab leads: the one that has the lock. Where the browser has no locks, every tab has a stream of its own.

use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::super::Hands;

/// How the lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// When it is free.
    Waits,
    /// At once: whoever has it has fallen silent.
    Takes,
}

impl Hands {
    /// Leads as soon as no other tab does.
    pub(super) fn queue_for_stream(self: &Rc<Self>) {
        if self.ask_for_lock(Turn::Waits).is_none() {
            self.lead();
        }
    }

    /// Leads now.
    pub(super) fn take_stream(self: &Rc<Self>) {
        if self.live.stream.leads.get() || self.ask_for_lock(Turn::Takes).is_none() {
            self.open_stream();
        }
    }

    /// `navigator.locks.request(name, {steal}, callback)`; none where there is no such thing.
    fn ask_for_lock(self: &Rc<Self>, turn: Turn) -> Option<()> {
        let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
        let request: Function = Reflect::get(&locks, &"request".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let options = Object::new();
        let steal = JsValue::from_bool(turn == Turn::Takes);
        let _ = Reflect::set(&options, &"steal".into(), &steal);
        let own = Rc::clone(self);
        let has = Closure::once_into_js(move |_: JsValue| -> Promise {
            own.lead();
            // Held until the tab is closed, or another one takes it.
            Promise::new(&mut |_, _| {})
        });
        let name = ["panel-", &self.live.user].concat().into();
        let asked = request.call3(&locks, &name, &options, &has).ok()?;
        let own = Rc::clone(self);
        let taken = Closure::once_into_js(move |_: JsValue| {
            own.follow_tab();
            own.queue_for_stream();
        });
        let catch: Function = Reflect::get(&asked, &"catch".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let _ = catch.call1(&asked, &taken);
        Some(())
    }
}
