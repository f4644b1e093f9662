//! ⋮ Actions: the entries of the one menu, and the same as a plain list for a page without scripts.

use super::html::Html;
use crate::wire::{Action, MenuEntry, Row};

/// On which side of its button the menu is open: the other end of it is where it hangs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Its foot hangs, its top is free: above the button, or a phone's sheet.
    Above,
    /// Its top hangs.
    Below,
    /// In a window that is too low for either: its top stays where it is.
    Beside,
}

/// The icon of an action.
pub fn icon(action: Action) -> &'static str {
    match action {
        Action::View => "eye",
        Action::ChangePlan => "arrow-left-right",
        Action::RollbackPlan => "history",
        Action::Suspend => "circle-pause",
        Action::Reactivate => "circle-play",
        Action::Undo => "undo-2",
    }
}

/// A name for ids and tests.
pub fn name(action: Action) -> &'static str {
    action.code().unwrap_or("view")
}

/// The inside of the menu.
pub fn entries(entries: &[MenuEntry]) -> String {
    let mut html = Html::new();
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 && parts_from(entries[at - 1].action, entry.action) {
            separator(&mut html);
        }
        item(&mut html, entry);
    }
    html.done()
}

/// An entry that an open menu did not have, for the end that is free: the first with a line below it, or the last.
pub fn late(entry: &MenuEntry, side: Side) -> String {
    let mut html = Html::new();
    item(&mut html, entry);
    if side == Side::Above {
        separator(&mut html);
    }
    html.done()
}

fn separator(html: &mut Html) {
    html.el("div").attr("role", "separator").end();
}

fn item(html: &mut Html, entry: &MenuEntry) {
    html.el("a")
        .attr("role", "menuitem")
        .attr("tabindex", "-1")
        .attr("data-action", name(entry.action));
    if entry.action == Action::Suspend {
        html.attr("class", "danger");
    }
    match (&entry.href, &entry.why_not) {
        (Some(href), None) => {
            html.attr("href", href);
        }
        _ => {
            html.attr("aria-disabled", "true")
                .attr("aria-describedby", &why_id(entry.action));
        }
    }
    content(html, entry);
    html.end();
}

/// The id of the reason why something is not possible.
pub fn why_id(action: Action) -> String {
    ["menu-why-", name(action)].concat()
}

/// The inside of an entry.
pub fn inside(entry: &MenuEntry) -> String {
    let mut html = Html::new();
    content(&mut html, entry);
    html.done()
}

fn content(html: &mut Html, entry: &MenuEntry) {
    html.icon(icon(entry.action)).el("span").text(&entry.label);
    if let Some(why) = &entry.why_not {
        // Read as the description, not as part of the name.
        html.el("small")
            .attr("id", &why_id(entry.action))
            .attr("aria-hidden", "true")
            .text(why)
            .end();
    }
    html.end();
}

/// Looking is apart from plans, and plans from access.
fn parts_from(one: Action, next: Action) -> bool {
    let group = |action| match action {
        Action::View => 0,
        Action::ChangePlan | Action::RollbackPlan | Action::Undo => 1,
        Action::Suspend | Action::Reactivate => 2,
    };
    group(one) != group(next)
}

/// The same entries as a list of links, in a cell across the whole table.
pub fn row(row: &Row, columns: usize) -> String {
    let mut html = Html::new();
    html.el("td")
        .attr("role", "cell")
        .attr("colspan", &columns.to_string());
    let id = ["menu-", &row.id].concat();
    html.with("ul", "action-list")
        .attr("id", &id)
        .attr("role", "list")
        .attr("aria-label", &row.menu_label);
    for entry in &row.menu {
        html.el("li");
        match (&entry.href, &entry.why_not) {
            (Some(href), None) => html.el("a").attr("href", href),
            _ => html.with("span", "disabled"),
        };
        html.icon(icon(entry.action)).el("span").text(&entry.label);
        if let Some(why) = &entry.why_not {
            html.el("small").text(why).end();
        }
        html.end().end().end();
    }
    html.done()
}

#[cfg(test)]
mod tests {
    use super::{entries, row};
    use crate::parts::cells::tests::nasty;
    use crate::wire::{Action, MenuEntry};

    fn sample() -> Vec<MenuEntry> {
        let entry = |action, label: &str, href: Option<&str>, why: Option<&str>| MenuEntry {
            action,
            label: label.into(),
            href: href.map(str::to_owned),
            why_not: why.map(str::to_owned),
        };
        vec![
            entry(Action::View, "View", Some("/customers/cus_1"), None),
            entry(
                Action::RollbackPlan,
                "Rollback Plan",
                None,
                Some("There is no <earlier> plan."),
            ),
            entry(
                Action::Suspend,
                "Suspend Account",
                Some("/customers/active?do=suspend&customer=cus_1"),
                None,
            ),
        ]
    }

    #[test]
    fn what_is_not_possible_stays_with_its_reason() {
        let text = entries(&sample());
        assert_eq!(text.matches(r#"role="menuitem""#).count(), 3, "{text}");
        assert!(
            text.contains(r#"aria-disabled="true" aria-describedby="menu-why-rollback""#),
            "{text}"
        );
        assert!(text.contains(r#"<small id="menu-why-rollback" aria-hidden="true">There is no &lt;earlier&gt; plan.</small>"#), "{text}");
        assert_eq!(text.matches("separator").count(), 2, "{text}");
        assert!(text.contains("do=suspend&amp;customer=cus_1"), "{text}");
    }

    #[test]
    fn without_scripts_it_is_a_list_of_links() {
        let text = row(
            &crate::wire::Row {
                menu: sample(),
                ..nasty()
            },
            7,
        );
        assert_eq!(text.matches("<a ").count(), 2, "{text}");
        assert!(text.contains(r#"<span class="disabled">"#), "{text}");
        assert!(!text.contains("menuitem"), "{text}");
    }
}
