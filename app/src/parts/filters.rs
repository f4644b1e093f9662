//! Above a list: its title and count, filters, what is filtered by, and matches elsewhere.

use super::common::tone;
use super::html::Html;
use crate::text::{Key, Words};
use crate::wire::{Elsewhere, FilterSelect, Filters};

/// Title and count, with the button that opens the filters where they have no room.
pub fn head(html: &mut Html, title: &str, count: Option<&str>, filters: &Filters, words: &Words) {
    html.page_head(title);
    if let Some(count) = count {
        html.with("p", "page-count")
            .attr("id", "count")
            .attr("role", "status")
            .text(count)
            .end();
    }
    if !filters.selects.is_empty() {
        html.with("button", "button filter-open")
            .attr("type", "button")
            .attr("popovertarget", "filters");
        html.icon("sliders-horizontal").text(words.get(Key::Filter));
        let set = filters.selects.iter().filter(|select| is_set(select));
        match set.count() {
            0 => {}
            set => {
                html.text(" ").leaf("span", "count", &set.to_string());
            }
        }
        html.end();
    }
    html.end();
}

/// Whether a select narrows the list.
fn is_set(select: &FilterSelect) -> bool {
    select.name != "sort"
        && select
            .options
            .iter()
            .any(|option| option.chosen && !option.value.is_empty())
}

/// The filters as a form that reads, and what is filtered by.
pub fn bar(html: &mut Html, filters: &Filters, path: &str, words: &Words) {
    if !filters.selects.is_empty() {
        html.with("form", "filters")
            .attr("id", "filters")
            .attr("popover", "")
            .attr("method", "get");
        html.attr("action", path)
            .attr("aria-label", words.get(Key::FilterAndSort))
            .flag("data-query");
        html.with("div", "sheet-head")
            .el("h2")
            .text(words.get(Key::Filter))
            .end();
        html.with("button", "icon-button")
            .attr("type", "button")
            .attr("popovertarget", "filters");
        html.attr("popovertargetaction", "hide")
            .attr("aria-label", words.get(Key::Close))
            .icon("x")
            .end()
            .end();
        for (name, value) in &filters.keep {
            html.hidden(name, value);
        }
        filters
            .selects
            .iter()
            .for_each(|select| filter(html, select));
        html.with("button", "button apply")
            .attr("type", "submit")
            .text(words.get(Key::Apply))
            .end()
            .end();
    }
    if !filters.quick.is_empty() {
        html.with("ul", "chips")
            .attr("role", "list")
            .attr("aria-label", words.get(Key::Filter));
        for (link, on) in &filters.quick {
            html.el("li")
                .with("a", "chip quick")
                .attr("href", &link.href);
            if *on {
                html.attr("aria-current", "true");
            }
            html.text(&link.text).end().end();
        }
        html.end();
    }
    if !filters.chips.is_empty() {
        html.with("ul", "chips")
            .attr("role", "list")
            .attr("aria-label", words.get(Key::ActiveFilters));
        for chip in &filters.chips {
            html.el("li")
                .with("a", "chip")
                .attr("href", &chip.href)
                .text(&chip.text)
                .small_icon("x");
            html.unseen(words.get(Key::Remove)).end().end();
        }
        if let Some(clear) = &filters.clear {
            html.el("li")
                .link("chip-clear", &clear.href, &clear.text)
                .end();
        }
        html.end();
    }
}

fn filter(html: &mut Html, select: &FilterSelect) {
    let id = ["filter-", &select.name].concat();
    html.with("div", "filter").attr("data-filter", &select.name);
    html.el("label").attr("for", &id).text(&select.label).end();
    if select.name == "day" {
        let day = select
            .options
            .iter()
            .find(|option| option.chosen)
            .map_or("", |option| &option.value);
        html.el("input")
            .attr("type", "date")
            .attr("id", &id)
            .attr("name", &select.name)
            .attr("value", day)
            .end();
    } else {
        html.el("select").attr("id", &id).attr("name", &select.name);
        for option in &select.options {
            html.el("option")
                .attr("value", &option.value)
                .flag_if(option.chosen, "selected")
                .text(&option.label)
                .end();
        }
        html.end();
    }
    html.end();
}

/// Matches in other lists.
pub fn elsewhere(html: &mut Html, matches: &[Elsewhere]) {
    for found in matches {
        if let Some(place) = &found.place {
            html.el("div").attr("id", place);
            match_elsewhere(html, found);
            html.end();
        } else {
            match_elsewhere(html, found);
        }
    }
}

fn match_elsewhere(html: &mut Html, found: &Elsewhere) {
    html.with("p", "elsewhere")
        .attr("data-tone", tone(found.tone))
        .icon("info");
    html.el("span")
        .attr("dir", "auto")
        .text(&found.text)
        .end()
        .text(" ");
    if let Some(link) = &found.link {
        html.el("a").attr("href", &link.href).text(&link.text).end();
    }
    html.end();
}

/// What stands in the place of one of them.
pub fn inside_elsewhere(found: &Elsewhere) -> String {
    let mut html = Html::new();
    match_elsewhere(&mut html, found);
    html.done()
}

#[cfg(test)]
mod tests {
    use super::bar;
    use crate::parts::html::Html;
    use crate::text::Words;
    use crate::wire::{FilterSelect, Filters, Link, SelectOption};

    #[test]
    fn filters_keep_what_they_do_not_show() {
        let filters = Filters {
            search: "a".into(),
            search_label: String::new(),
            selects: vec![FilterSelect {
                name: "plan".into(),
                label: "Plan".into(),
                options: vec![
                    SelectOption {
                        value: String::new(),
                        label: "Any".into(),
                        chosen: false,
                        why_not: None,
                    },
                    SelectOption {
                        value: "pro".into(),
                        label: "Pro <new>".into(),
                        chosen: true,
                        why_not: None,
                    },
                ],
            }],
            quick: Vec::new(),
            keep: vec![("q".into(), "a\"b".into())],
            chips: Vec::new(),
            clear: None,
        };
        let mut html = Html::new();
        bar(&mut html, &filters, "/customers/active", &Words::english());
        let text = html.done();
        assert!(
            text.contains(r#"<input type="hidden" name="q" value="a&quot;b">"#),
            "{text}"
        );
        assert!(
            text.contains(r#"<option value="pro" selected>Pro &lt;new&gt;</option>"#),
            "{text}"
        );
    }

    #[test]
    fn a_quick_filter_that_is_on_says_so() {
        let link = |text: &str| Link {
            text: text.into(),
            href: "/activity?day=today".into(),
        };
        let filters = Filters {
            search: String::new(),
            search_label: String::new(),
            selects: Vec::new(),
            quick: vec![(link("Today"), true), (link("Suspensions"), false)],
            keep: Vec::new(),
            chips: Vec::new(),
            clear: None,
        };
        let mut html = Html::new();
        bar(&mut html, &filters, "/activity", &Words::english());
        let text = html.done();
        assert!(text.contains(r#"aria-current="true">Today</a>"#), "{text}");
        assert_eq!(text.matches("aria-current").count(), 1, "{text}");
    }
}
