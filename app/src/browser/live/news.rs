//! Asking what is new to the page, and showing it: where it stands, without moving anything.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlElement;

use super::super::journey::{LastNotice, sign_in};
use super::super::send::mark;
use super::super::{Hands, dom};
use super::still::{ask_anew, at_stake, height, keep_height, keep_rows};
use crate::api::load_news;
use crate::error::PanelError;
use crate::parts::live::Line;
use crate::wire::{Moved, Nav, News, Page, Row, Shown};

/// What happens within so many milliseconds, give or take a half, is asked for together.
const TOGETHER: u32 = 80;
/// A page asks no more often than this.
const PAUSE: Duration = Duration::from_millis(300);

impl Hands {
    /// Asks what is new in a moment; a tab that nobody sees asks when it is seen.
    pub(super) fn ask_soon(self: &Rc<Self>) {
        let asking = &self.live.asking;
        if asking.open.get() {
            asking.again.set(true);
        } else if !document().hidden() && !asking.due.replace(true) {
            let own = Rc::clone(self);
            let wait = super::stream::jittered(TOGETHER);
            dom::after(wait, Box::new(move || own.ask_now()));
        }
    }

    /// Asks what is new.
    pub(super) fn ask_now(self: &Rc<Self>) {
        let asking = &self.live.asking;
        asking.due.set(false);
        if asking.open.replace(true) {
            // What is on its way may know less than what is asked now, or get no answer.
            asking.again.set(true);
            return;
        }
        let hands = Rc::clone(self);
        let (number, answers) = (self.latest_page.get(), self.answers());
        let (path, query) = self.page.borrow().clone();
        let shown = self.shown();
        self.live.fresh.take();
        let fresh = shown.fresh.clone();
        spawn_local(async move {
            let answer = load_news(path, query, shown).await;
            // A page that was asked for meanwhile has all this, and one that could not be read has nothing new.
            let still = hands.latest_page.get() == number && hands.desk.is_read();
            match answer {
                Ok(news) => {
                    hands.is_reachable();
                    if still && hands.answers() == answers {
                        hands.show_news(news);
                        hands.is_current();
                    } else if still {
                        // It may be older than what the page was told of its own doing.
                        hands.put_back(fresh);
                        hands.live.asking.again.set(true);
                    }
                }
                Err(error) => {
                    if still {
                        hands.put_back(fresh);
                    }
                    hands.not_told(&error);
                }
            }
            let later = move || {
                hands.live.asking.open.set(false);
                if hands.live.asking.again.take() {
                    hands.ask_soon();
                }
            };
            dom::after(PAUSE, Box::new(later));
        });
    }

    /// What was not answered is asked again.
    fn put_back(&self, fresh: Moved) {
        match fresh {
            Moved::Anybody => {
                self.live.fresh.replace(Moved::Anybody);
            }
            Moved::These(these) => these
                .iter()
                .for_each(|customer| super::note(&self.live.fresh, customer)),
        }
    }

    fn not_told(self: &Rc<Self>, error: &PanelError) {
        match error {
            PanelError::Busy => self.is_offline(),
            PanelError::SignedOut => sign_in(),
            PanelError::OldPage => self.desk.line.set(Line::OldPage),
            // What is shown stays; the next question may be answered.
            PanelError::Forbidden(_)
            | PanelError::NotFound
            | PanelError::BadRequest(_)
            | PanelError::Internal(_) => {}
        }
    }

    fn shown(&self) -> Shown {
        let customers = self.desk.rows.with_value(|rows| {
            let rows = rows.iter();
            rows.map(|row| row.with_untracked(|row| row.id.clone()))
                .collect()
        });
        let newest = self.desk.page.with_untracked(|page| match page {
            Ok(Page::Activity(page)) => {
                let mut entries = page.days.iter().flat_map(|day| &day.entries);
                entries.next().map_or(0, |entry| entry.seq)
            }
            _ => 0,
        });
        Shown {
            customers,
            newest,
            moved: self.live.moved.borrow().clone(),
            fresh: self.live.fresh.borrow().clone(),
        }
    }

    fn show_news(self: &Rc<Self>, news: News) {
        self.show_counts(news.nav);
        if let (Some(count), Some(place)) = (news.count, dom::by_id::<HtmlElement>("count")) {
            // Told with what changed, not for itself.
            dom::set(&place, "aria-live", "off");
            place.set_text_content(Some(&count));
        }
        if !news.rows.is_empty() {
            let rows = at_stake(&news.rows);
            for row in news.rows {
                self.patch(row);
            }
            let (own, number) = (Rc::clone(self), self.latest_page.get());
            dom::once_drawn(Box::new(move || {
                // Of another page the rows are others.
                if own.latest_page.get() == number {
                    keep_rows(&rows);
                }
            }));
        }
        for piece in news.pieces {
            // What has the focus in it stays.
            if let Some(place) = dom::by_id::<HtmlElement>(&piece.place)
                && !place.matches(":focus-within").unwrap_or(false)
                && place.inner_html() != piece.html
            {
                put(&place, &piece.html);
            }
        }
        if let Some(page) = news.page {
            self.replace_customer(page);
        }
        let begins = self.desk.waiting.with_untracked(Option::is_none);
        let told = news.told.or_else(|| {
            let waiting = news.waiting.as_ref()?;
            begins.then(|| waiting.text.clone())
        });
        if let Some(told) = told {
            self.tell(told);
        }
        self.desk.waiting.set(news.waiting);
    }

    /// The counts in the sidebar, without drawing it anew: somebody may be in it.
    fn show_counts(&self, nav: Nav) {
        for item in &nav.customers {
            let place = ["#sidebar a[href=\"", &item.href, "\"] .count"].concat();
            if let (Some(place), Some(count)) = (dom::find(&place), &item.count) {
                place.set_text_content(Some(count));
            }
        }
        let _ = self.desk.nav.try_update_untracked(|known| *known = nav);
    }

    /// A row as it is now, in its place. What has the focus in it keeps it, and an open menu stays open.
    fn patch(self: &Rc<Self>, row: Row) {
        let Some(shown) = self.desk.row(&row.id) else {
            return;
        };
        if shown.with_untracked(|shown| *shown == row) {
            return;
        }
        let id = row.id.clone();
        let place = dom::place_of(&id);
        let focused = document().active_element();
        let focused = focused.filter(|active| {
            let mut place = place.iter();
            place.any(|place| place.contains(Some(active)))
        });
        let focused = focused.map(|active| match active.has_attribute("data-menu") {
            true => dom::more_of(&id),
            false => ["#c-", &id, " a"].concat(),
        });
        mark(&id);
        self.renew_menu(&row);
        shown.set(row);
        let own = Rc::clone(self);
        dom::once_drawn(Box::new(move || {
            own.hang_menu_again();
            if let Some(focused) = focused {
                dom::focus_first(&[&focused]);
            }
        }));
    }

    fn replace_customer(self: &Rc<Self>, page: Page) {
        // Who reads without having the focus anywhere is not moved by news.
        let focused = (!dom::nothing_focused()).then(dom::focused_id);
        let glows = match &page {
            Page::Customer(customer) => customer.row.id.clone(),
            Page::List(_) | Page::Activity(_) | Page::Drawn(_) => String::new(),
        };
        self.desk.page.set(Ok(page));
        if let Some(focused) = focused {
            self.keep_focus(focused, LastNotice::Stays);
        }
        dom::once_drawn(Box::new(move || mark(&glows)));
    }

    /// Shows what has waited.
    pub(in super::super) fn show_waiting(self: &Rc<Self>) {
        let Some(waiting) = self.desk.waiting.get_untracked() else {
            return;
        };
        self.close_menu();
        self.desk.waiting.set(None);
        self.live.moved.take();
        ask_anew();
        self.desk.page.set(Ok(waiting.page));
        self.keep_focus(String::new(), LastNotice::Goes);
    }
}

/// Writes a piece in its place. It is never less high than the one before, so that nothing below moves under the pointer.
fn put(place: &HtmlElement, html: &str) {
    let block = || {
        place
            .first_element_child()
            .and_then(dom::cast::<HtmlElement>)
    };
    let height = block().map(|block| height(&block));
    place.set_inner_html(html);
    if let (Some(block), Some(height)) = (block(), height) {
        keep_height(&block, height);
    }
}
