//! A list of customers, without its rows.

use super::cells;
use super::filters::{bar, elsewhere, head};
use super::html::Html;
use super::pager::pager;
use crate::text::{Key, Words};
use crate::wire::{ListPage, Sorted};

/// What stands above the table; with an empty list also what stands in its place.
pub fn above(page: &ListPage, words: &Words) -> String {
    let mut html = Html::new();
    head(
        &mut html,
        &page.title,
        Some(&page.count),
        &page.filters,
        words,
    );
    bar(&mut html, &page.filters, page.kind.path(), words);
    elsewhere(&mut html, &page.elsewhere);
    if let Some(empty) = &page.empty {
        // The page's title keeps its id: this is only what the page contains.
        html.empty_within(empty);
    }
    html.done()
}

/// The head of the table.
pub fn columns(page: &ListPage, words: &Words) -> String {
    let mut html = Html::new();
    html.el("tr").attr("role", "row");
    for head in &page.columns {
        let name = cells::name(head.column);
        html.el("th")
            .attr("role", "columnheader")
            .attr("scope", "col")
            .attr("data-col", name);
        match &head.sort {
            Some(sort) => {
                let (order, icon) = match sort.now {
                    Sorted::No => (None, None),
                    Sorted::Ascending => (Some("ascending"), Some("arrow-up")),
                    Sorted::Descending => (Some("descending"), Some("arrow-down")),
                };
                if let Some(order) = order {
                    html.attr("aria-sort", order);
                }
                html.el("a")
                    .attr("id", &["sort-", name].concat())
                    .attr("href", &sort.href)
                    .attr("data-noscroll", "");
                html.titled("head-label", &head.label);
                if let Some(icon) = icon {
                    html.small_icon(icon);
                }
                html.end();
            }
            None => {
                html.titled("head-label", &head.label);
            }
        }
        html.end();
    }
    html.el("th")
        .attr("role", "columnheader")
        .attr("scope", "col")
        .attr("data-col", "more");
    html.unseen(words.get(Key::Actions));
    html.done()
}

/// What stands below the table.
pub fn below(page: &ListPage, words: &Words) -> String {
    let mut html = Html::new();
    pager(&mut html, &page.pager, words);
    html.done()
}
