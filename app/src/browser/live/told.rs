//! What screen readers are told of changes that others made: politely, and not one after the other.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use web_sys::HtmlElement;

use super::super::{Hands, dom};

/// So much time lies between two announcements at least.
const PAUSE: Duration = Duration::from_secs(5);

/// What is to be told, and whether something was told just now.
#[derive(Default)]
pub(super) struct Told {
    next: RefCell<Option<String>>,
    paused: Cell<bool>,
}

impl Hands {
    /// Tells it now, or after the pause; of several that wait the last is told.
    pub(super) fn tell(self: &Rc<Self>, text: String) {
        self.live.told.next.replace(Some(text));
        if !self.live.told.paused.get() {
            self.tell_next();
        }
    }

    fn tell_next(self: &Rc<Self>) {
        let Some(text) = self.live.told.next.take() else {
            return;
        };
        if let Some(region) = dom::by_id::<HtmlElement>("told") {
            region.set_text_content(Some(&text));
        }
        self.live.told.paused.set(true);
        let own = Rc::clone(self);
        let later = move || {
            own.live.told.paused.set(false);
            own.tell_next();
        };
        dom::after(PAUSE, Box::new(later));
    }
}
