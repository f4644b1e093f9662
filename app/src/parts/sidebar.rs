//! The sidebar: whose panel, where to go, who is signed in.

use super::html::Html;
use super::shortcuts;
use crate::text::{Key, Words};
use crate::wire::{Nav, NavItem, Page};

/// Where a person sets things for themselves.
pub const PREFERENCES: &str = "/preferences";

/// What the sidebar says about the signed-in person and their partner.
#[derive(Clone, Debug)]
pub struct Who {
    /// The partner's name.
    pub partner: String,
    /// The person's name.
    pub user: String,
    /// Their role in words.
    pub role: String,
}

/// Where in the sidebar a page is: the path of an entry, and what `aria-current` says of it.
pub fn position(page: &Page) -> (&str, &'static str) {
    match page {
        Page::List(list) => (list.kind.path(), "page"),
        Page::Activity(_) => ("/activity", "page"),
        Page::Drawn(page) => (path(&page.here), "page"),
        Page::Customer(customer) => (path(&customer.back.href), "true"),
    }
}

/// The inside of the sidebar.
pub fn inside(nav: &Nav, current: (&str, &'static str), who: &Who, words: &Words) -> String {
    let mut html = Html::new();
    html.with("div", "brand");
    html.with("a", "brand-link")
        .attr("href", "/customers/active");
    html.with("span", "mark")
        .attr("aria-hidden", "true")
        .text(&initial(&who.partner))
        .end();
    html.tight("span", "brand-name", &who.partner).end();
    html.with("button", "icon-button drawer-close")
        .attr("type", "button")
        .attr("popovertarget", "sidebar");
    html.attr("popovertargetaction", "hide")
        .attr("aria-label", words.get(Key::CloseMenu))
        .icon("x")
        .end();
    html.end();

    html.with("a", "nav-title")
        .attr("id", "nav-customer")
        .attr("href", "/customers/active");
    html.text(words.get(Key::Customer)).end();
    html.with("ul", "nav")
        .attr("role", "list")
        .attr("aria-labelledby", "nav-customer");
    nav.customers
        .iter()
        .for_each(|item| line(&mut html, item, current));
    html.end();
    html.with("ul", "nav").attr("role", "list");
    nav.more
        .iter()
        .for_each(|item| line(&mut html, item, current));
    html.end();

    shortcuts::opener(&mut html, words);
    html.with("div", "whoami");
    html.with("span", "avatar")
        .attr("data-hue", "5")
        .attr("aria-hidden", "true")
        .text(&initials(&who.user))
        .end();
    html.with("span", "whoami-text")
        .tight("span", "whoami-name", &who.user)
        .leaf("span", "whoami-role", &who.role)
        .end();
    let preferences = words.get(Key::Preferences);
    html.with("a", "icon-button")
        .attr("id", "to-preferences")
        .attr("href", PREFERENCES);
    if current.0 == PREFERENCES {
        html.attr("aria-current", current.1);
    }
    html.attr("aria-label", preferences)
        .attr("title", preferences)
        .icon("settings-2")
        .end();
    html.el("form")
        .attr("method", "post")
        .attr("action", "/sign-out");
    let sign_out = words.get(Key::SignOut);
    html.with("button", "icon-button")
        .attr("type", "submit")
        .attr("aria-label", sign_out)
        .attr("title", sign_out)
        .icon("log-out");
    html.done()
}

fn line(html: &mut Html, item: &NavItem, (at, current): (&str, &'static str)) {
    html.el("li").el("a").attr("href", &item.href);
    let mut id = String::from("to");
    id.push_str(&item.href.replace('/', "-"));
    html.attr("id", &id);
    if item.href == at {
        html.attr("aria-current", current);
    }
    html.icon(&item.icon)
        .leaf("span", "nav-label", &item.label)
        .maybe("span", "count", item.count.as_deref());
    html.end().end();
}

/// The part of an address before its query.
fn path(address: &str) -> &str {
    address.split_once('?').map_or(address, |(path, _)| path)
}

/// The first letter of a name.
pub fn initial(name: &str) -> String {
    name.trim()
        .chars()
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default()
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let mut text = words.next().map(initial).unwrap_or_default();
    text.push_str(&words.next_back().map(initial).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::{Who, initials, inside};
    use crate::text::Words;
    use crate::wire::{Nav, NavItem};

    fn item(label: &str, href: &str, count: Option<&str>) -> NavItem {
        NavItem {
            label: label.into(),
            href: href.into(),
            count: count.map(str::to_owned),
            icon: "users".into(),
        }
    }

    #[test]
    fn the_current_entry_is_marked_and_names_are_escaped() {
        let nav = Nav {
            customers: vec![item("Active Customers", "/customers/active", Some("12"))],
            more: vec![item("Activity", "/activity", None)],
        };
        let who = Who {
            partner: "<Nord> & Co".into(),
            user: "Jana Novak".into(),
            role: "Owner".into(),
        };
        let text = inside(&nav, ("/activity", "page"), &who, &Words::english());
        assert!(text.contains("&lt;Nord&gt; &amp; Co"), "{text}");
        assert_eq!(text.matches("aria-current").count(), 1, "{text}");
        assert!(
            text.contains(r#"href="/activity" id="to-activity" aria-current="page""#),
            "{text}"
        );
        assert!(text.contains(r#"<span class="count">12</span>"#), "{text}");
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Jana Maria Novak"), "JN");
        assert_eq!(initials("  ulla "), "U");
        assert_eq!(initials(""), "");
    }
}
