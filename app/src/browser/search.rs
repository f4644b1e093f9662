//! The search of every page: what stands in it.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::dom;
use crate::desk::Desk;
use crate::wire::Page;

/// What somebody types, before the page is awake or after, stays until the page at hand was searched for something else.
pub fn follow(desk: Desk) {
    Effect::new(move |before: Option<String>| {
        let now = searched_for(desk);
        if before.is_some_and(|before| before != now)
            && let Some(field) = dom::by_id::<HtmlInputElement>("search")
        {
            field.set_value(&now);
        }
        now
    });
}

fn searched_for(desk: Desk) -> String {
    desk.page.with(|page| match page {
        Ok(Page::List(list)) => list.filters.search.clone(),
        _ => String::new(),
    })
}
