//! What the palette offers for what was typed, drawn as a listbox.

use leptos::prelude::*;
use web_sys::{HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::{Hands, dom};
use super::field::typed;
use super::{FIELD, Search};
use crate::parts::palette::{self, Group, Offer};
use crate::parts::sidebar::PREFERENCES;
use crate::text::Key;
use crate::wire::{FoundCustomer, NavItem, Page};

impl Hands {
    fn groups(&self) -> Vec<Group> {
        let desk = self.desk;
        let palette = &self.palette;
        let typed = typed();
        let contains = |label: &str| typed.is_empty() || folded(label).contains(&folded(&typed));
        if let Some((row, _)) = &*palette.chosen.borrow() {
            let entries = row.menu.iter().filter(|entry| contains(&entry.label));
            return some(
                row.menu_label.clone(),
                entries.cloned().map(Offer::Action).collect(),
            );
        }
        let mut groups = Vec::new();
        if typed.is_empty() {
            let here = self.here().map(customer);
            groups.extend(some(desk.word(Key::OnThisPage), here.into_iter().collect()));
        } else if palette.search.get() == Search::Failed {
            groups.extend(some(desk.word(Key::Customers), vec![Offer::Again]));
        } else {
            let found = palette.found.borrow().clone();
            let found = found.into_iter().map(customer).collect();
            groups.extend(some(desk.word(Key::Customers), found));
        }
        let preferences = NavItem {
            label: desk.word(Key::Preferences),
            href: PREFERENCES.to_owned(),
            count: None,
            icon: "settings-2".to_owned(),
        };
        let mut places: Vec<Offer> = desk.nav.with_untracked(|nav| {
            let items = nav.customers.iter().chain(&nav.more).chain([&preferences]);
            let fitting = items.filter(|item| contains(&item.label));
            fitting.cloned().map(Offer::Place).collect()
        });
        if contains(&desk.word(Key::Shortcuts)) {
            places.push(Offer::Shortcuts);
        }
        groups.extend(some(desk.word(Key::GoTo), places));
        groups
    }

    /// The customer that somebody who has typed nothing yet may mean: whose page or row they are at.
    fn here(&self) -> Option<FoundCustomer> {
        let of_page = self.desk.page.with_untracked(|page| match page {
            Ok(Page::Customer(customer)) => Some(customer.row.clone()),
            _ => None,
        });
        let row = of_page.or_else(|| {
            let row = self.desk.row(&self.row_at.borrow())?;
            Some(row.get_untracked())
        })?;
        Some(FoundCustomer {
            line: row.email.clone().unwrap_or_default(),
            row,
        })
    }

    pub(super) fn draw(&self) {
        let Some(list) = dom::find("#palette-list") else {
            return;
        };
        let groups = self.groups();
        let text = (self.desk).with_words(|words| palette::groups(&groups, words));
        list.set_inner_html(&text);
        let offers: Vec<Offer> = groups.into_iter().flat_map(|group| group.offers).collect();
        let waits = matches!(self.palette.search.get(), Search::Waiting | Search::Eager);
        dom::set(&list, "aria-busy", if waits { "true" } else { "false" });
        if let Some(field) = dom::by_id::<HtmlInputElement>(FIELD) {
            let any = if offers.is_empty() { "false" } else { "true" };
            dom::set(&field, "aria-expanded", any);
            let (name, hint) = match &*self.palette.chosen.borrow() {
                Some(_) => (Key::ChooseAction, Key::ChooseAction),
                None => (Key::FindCustomer, Key::SearchHint),
            };
            dom::set(&field, "aria-label", &self.desk.word(name));
            dom::set(&field, "placeholder", &self.desk.word(hint));
        }
        self.palette.offers.replace(offers);
        self.mark(0);
    }

    /// Marks the offer that Enter chooses.
    pub(super) fn mark(&self, at: usize) {
        self.palette.at.set(at);
        let Some(field) = dom::find("#palette-search") else {
            return;
        };
        dom::unset(&field, "aria-activedescendant");
        for option in dom::each(document().query_selector_all("#palette-list [role=option]")) {
            let id = option.id();
            let marked = id == palette::offer_id(at);
            dom::set(
                &option,
                "aria-selected",
                if marked { "true" } else { "false" },
            );
            if marked {
                dom::set(&field, "aria-activedescendant", &id);
                let how = ScrollIntoViewOptions::new();
                how.set_block(ScrollLogicalPosition::Nearest);
                option.scroll_into_view_with_scroll_into_view_options(&how);
            }
        }
    }
}

fn customer(found: FoundCustomer) -> Offer {
    Offer::Customer(Box::new(found))
}

/// A group, if there is anything in it.
fn some(title: String, offers: Vec<Offer>) -> Vec<Group> {
    if offers.is_empty() {
        Vec::new()
    } else {
        vec![Group { title, offers }]
    }
}

/// Letters as they are compared: not by their case.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}
