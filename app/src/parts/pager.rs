//! Below a list: how many rows, and the pages before and after.

use super::html::Html;
use crate::text::{Key, Words};
use crate::wire::{Link, Pager};

/// Page sizes, and the pages before and after. Nothing where there is nothing to turn.
pub fn pager(html: &mut Html, pager: &Pager, words: &Words) {
    if pager.previous.is_none() && pager.next.is_none() && pager.sizes.is_empty() {
        return;
    }
    html.with("nav", "pager")
        .attr("aria-label", words.get(Key::Pages))
        .with("div", "pager-sizes");
    if !pager.sizes.is_empty() {
        html.el("span").text(words.get(Key::Rows)).end();
    }
    for (size, current) in &pager.sizes {
        let label = [&size.text, " ", words.get(Key::Rows)].concat();
        html.text(" ")
            .el("a")
            .attr("href", &size.href)
            .attr("aria-label", &label);
        if *current {
            html.attr("aria-current", "true");
        }
        html.text(&size.text).end();
    }
    html.end().with("div", "pager-steps");
    step(
        html,
        pager.previous.as_ref(),
        "prev",
        words.get(Key::Previous),
    );
    step(html, pager.next.as_ref(), "next", words.get(Key::Next));
    html.end().end();
}

fn step(html: &mut Html, link: Option<&Link>, rel: &'static str, word: &str) {
    match link {
        Some(link) => html
            .with("a", "button small")
            .attr("rel", rel)
            .attr("href", &link.href),
        None => html
            .with("span", "button small")
            .attr("aria-disabled", "true"),
    };
    let text = link.map_or(word, |link| &link.text);
    if rel == "prev" {
        html.icon("chevron-left").text(text);
    } else {
        html.text(text).icon("chevron-right");
    }
    html.end();
}

#[cfg(test)]
mod tests {
    use super::pager;
    use crate::parts::html::Html;
    use crate::text::Words;
    use crate::wire::{Link, Pager};

    #[test]
    fn a_missing_side_of_the_pager_is_no_link() {
        let model = Pager {
            previous: None,
            next: Some(Link {
                text: "Next".into(),
                href: "/x?after=1".into(),
            }),
            sizes: Vec::new(),
        };
        let mut html = Html::new();
        pager(&mut html, &model, &Words::english());
        let text = html.done();
        assert_eq!(text.matches("<a ").count(), 1, "{text}");
        assert!(
            text.contains(r#"<span class="button small" aria-disabled="true""#),
            "{text}"
        );
    }
}
