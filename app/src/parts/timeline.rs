//! Entries of the log, as a person reads them.

use super::html::Html;
use crate::text::{Key, Words};
use crate::wire::Entry;

/// The entries in order.
pub fn timeline(html: &mut Html, entries: &[Entry], words: &Words) {
    html.with("ol", "timeline").attr("role", "list");
    entries.iter().for_each(|entry| one(html, entry, words));
    html.end();
}

fn one(html: &mut Html, entry: &Entry, words: &Words) {
    let number = entry.seq.to_string();
    html.with("li", "entry")
        .attr("id", &["e-", &number].concat());
    let tone = match entry.icon.as_str() {
        "circle-pause" => "danger",
        "circle-play" => "good",
        _ => "neutral",
    };
    html.with("span", "entry-icon")
        .attr("data-tone", tone)
        .small_icon(&entry.icon)
        .end();
    html.with("div", "entry-body").with("p", "entry-title");
    html.el("span")
        .attr("dir", "auto")
        .text(&entry.title)
        .end()
        .text(" ");
    if let Some(customer) = &entry.customer {
        html.with("a", "entry-customer")
            .attr("href", &customer.href)
            .attr("dir", "auto")
            .text(&customer.text)
            .end();
        html.text(" ");
    }
    html.moment(&entry.at).end();
    if let Some((before, after)) = &entry.before_after {
        html.with("p", "before-after")
            .el("span")
            .text(before)
            .end()
            .text(" ")
            .small_icon("arrow-right");
        html.with("span", "visually-hidden")
            .text(" ")
            .text(words.get(Key::To))
            .text(" ")
            .end();
        html.leaf("span", "after", after).end();
    }
    html.maybe("p", "entry-reason", entry.reason.as_deref());
    if let Some(enforced) = &entry.enforced {
        html.with("p", "entry-enforced")
            .small_icon("shield-check")
            .text(enforced)
            .end();
    }
    if let Some(note) = &entry.note {
        html.typed("blockquote", "note", note);
    }
    if let Some(message) = &entry.message {
        html.typed("blockquote", "note told-note", message);
    }
    if entry.undo.is_some() || entry.restore.is_some() {
        html.with("p", "entry-acts");
        for (link, icon, id) in [
            (&entry.undo, "undo-2", "undo-"),
            (&entry.restore, "history", "restore-"),
        ] {
            if let Some(link) = link {
                html.el("a")
                    .attr("id", &[id, &number].concat())
                    .attr("href", &link.href)
                    .attr("data-noscroll", "");
                html.small_icon(icon).text(&link.text).end();
            }
        }
        html.end();
    }
    html.end().end();
}

#[cfg(test)]
mod tests {
    use super::timeline;
    use crate::parts::html::Html;
    use crate::text::Words;
    use crate::wire::{Entry, Link, Moment};

    #[test]
    fn what_people_wrote_stays_text() {
        let entry = Entry {
            seq: 41,
            icon: "arrow-left-right".into(),
            title: "Jana changed the plan".into(),
            customer: Some(Link {
                text: "<Acme>".into(),
                href: "/customers/cus_1".into(),
            }),
            at: Moment {
                short: "today".into(),
                full: "today, 10:12".into(),
                machine: "2026-11-23T09:12:00Z".into(),
            },
            before_after: Some(("Pro".into(), "Business".into())),
            reason: Some("Reason: Other".into()),
            enforced: None,
            note: Some("</blockquote><script>".into()),
            message: None,
            undo: Some(Link {
                text: "Undo".into(),
                href: "/customers/cus_1?do=undo&command=cmd_1".into(),
            }),
            restore: None,
        };
        let mut html = Html::new();
        timeline(&mut html, &[entry], &Words::english());
        let text = html.done();
        assert!(
            text.contains("&lt;Acme&gt;") && text.contains("&lt;/blockquote&gt;&lt;script&gt;"),
            "{text}"
        );
        assert!(
            text.contains(r#"id="undo-41" href="/customers/cus_1?do=undo&amp;command=cmd_1""#),
            "{text}"
        );
    }
}
