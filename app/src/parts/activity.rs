//! The partner's log, by day.

use super::filters::{bar, head};
use super::html::Html;
use super::pager::pager;
use super::timeline::timeline;
use crate::text::Words;
use crate::wire::ActivityPage;

/// The whole page.
pub fn page(page: &ActivityPage, words: &Words) -> String {
    let mut html = Html::new();
    head(&mut html, &page.title, None, &page.filters, words);
    bar(&mut html, &page.filters, "/activity", words);
    if let Some(empty) = &page.empty {
        html.empty_within(empty);
    }
    for day in &page.days {
        html.with("section", "day")
            .el("h2")
            .text(&day.title)
            .end()
            .with("div", "surface");
        timeline(&mut html, &day.entries, words);
        html.end().end();
    }
    pager(&mut html, &page.pager, words);
    html.done()
}
