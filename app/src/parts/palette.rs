//! The command palette: a field, and under it what it offers.

use super::cells::avatar;
use super::html::Html;
use super::menu;
use crate::text::{Key, Words};
use crate::wire::{Action, FoundCustomer, MenuEntry, NavItem, Row, Tone};

/// Id of the palette.
pub const ID: &str = "palette";

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// A customer, whose actions come next.
    Customer(Box<FoundCustomer>),
    /// What may be done to the chosen customer.
    Action(MenuEntry),
    /// Another page.
    Place(NavItem),
    /// The sheet of keys.
    Shortcuts,
    /// The same search once more, after it failed.
    Again,
}

/// Offers under a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The title.
    pub title: String,
    /// What stands under it.
    pub offers: Vec<Offer>,
}

/// The inside of the button that opens it.
pub fn opener(words: &Words) -> String {
    let mut html = Html::new();
    html.icon("command")
        .leaf("span", "palette-open-text", words.get(Key::Commands));
    html.el("kbd").attr("aria-hidden", "true").text("Ctrl K");
    html.done()
}

/// The inside of the palette, before anything is offered.
pub fn inside(words: &Words) -> String {
    let mut html = Html::new();
    html.with("h2", "visually-hidden")
        .attr("id", "palette-title")
        .text(words.get(Key::Commands))
        .end();
    html.with("div", "palette-field");
    html.with("button", "button small")
        .attr("id", "palette-back")
        .attr("type", "button")
        .flag("hidden")
        .end();
    html.icon("search");
    html.el("input")
        .attr("id", "palette-search")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-controls", "palette-list")
        .attr("aria-expanded", "true")
        .attr("aria-autocomplete", "list")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("enterkeyhint", "go")
        .attr("maxlength", "200")
        .flag("autofocus")
        .end();
    html.with("button", "icon-button")
        .attr("type", "button")
        .flag("data-shut")
        .attr("aria-label", words.get(Key::Close))
        .icon("x")
        .end()
        .end();
    html.with("div", "palette-list")
        .attr("id", "palette-list")
        .attr("role", "listbox")
        .attr("aria-labelledby", "palette-title")
        .end();
    html.with("p", "palette-said")
        .attr("id", "palette-said")
        .attr("role", "status")
        .end();
    // How, for who can see it; combobox and listbox say it to who cannot.
    html.with("div", "palette-foot").attr("aria-hidden", "true");
    for (keys, what) in [
        (&["↑", "↓"][..], Key::Move),
        (&["Enter"], Key::Choose),
        (&["Backspace"], Key::Back),
        (&["Esc"], Key::Close),
    ] {
        html.el("span");
        for key in keys {
            html.el("kbd").text(key).end();
        }
        html.text(words.get(what)).end();
    }
    html.done()
}

/// The inside of the button that leads back from a customer's actions to the search.
pub fn back(row: &Row, words: &Words) -> String {
    let mut html = Html::new();
    html.small_icon("arrow-left")
        .unseen(words.get(Key::BackToSearch))
        .text(" ")
        .with("span", "palette-who")
        .attr("dir", "auto")
        .attr("title", &row.name)
        .text(&row.name);
    html.done()
}

/// Id of an offer by its place.
pub fn offer_id(at: usize) -> String {
    ["offer-", &at.to_string()].concat()
}

/// The inside of the list; which offer Enter chooses is marked later.
pub fn groups(groups: &[Group], words: &Words) -> String {
    let mut html = Html::new();
    let mut at = 0;
    for (number, group) in groups.iter().enumerate() {
        let title = ["offers-", &number.to_string()].concat();
        html.with("div", "palette-group")
            .attr("role", "group")
            .attr("aria-labelledby", &title);
        html.with("div", "palette-title")
            .attr("id", &title)
            .attr("role", "presentation")
            .text(&group.title)
            .end();
        for offer in &group.offers {
            html.with("div", "offer")
                .attr("id", &offer_id(at))
                .attr("role", "option")
                .attr("data-offer", &at.to_string())
                .attr("aria-selected", "false");
            write(&mut html, offer, at, words);
            html.end();
            at += 1;
        }
        html.end();
    }
    html.done()
}

fn write(html: &mut Html, offer: &Offer, at: usize, words: &Words) {
    match offer {
        Offer::Customer(found) => {
            let FoundCustomer { line, row } = &**found;
            avatar(html, "avatar", row);
            html.with("span", "who-text")
                .typed("span", "offer-label", &row.name)
                .text(" ")
                .typed("small", "offer-line", line)
                .end();
            html.text(" ").leaf("span", "offer-plan", &row.plan);
            if row.status.tone != Tone::Good {
                html.text(" ").status(&row.status);
            }
        }
        Offer::Action(entry) => {
            let why_id = ["offer-why-", &at.to_string()].concat();
            if entry.why_not.is_some() {
                html.attr("aria-disabled", "true")
                    .attr("aria-describedby", &why_id);
            }
            if entry.action == Action::Suspend {
                html.attr("data-tone", "danger");
            }
            let label = match entry.action {
                Action::View => words.get(Key::OpenPage),
                _ => &entry.label,
            };
            html.icon(menu::icon(entry.action))
                .with("span", "who-text")
                .leaf("span", "offer-label", label);
            if let Some(why) = &entry.why_not {
                // Read as the description, not as part of the name.
                html.with("small", "offer-line")
                    .attr("id", &why_id)
                    .attr("aria-hidden", "true")
                    .text(why)
                    .end();
            }
            html.end();
        }
        Offer::Place(item) => {
            html.icon(&item.icon)
                .leaf("span", "offer-label", &item.label);
        }
        Offer::Shortcuts => {
            html.icon("keyboard")
                .leaf("span", "offer-label", words.get(Key::Shortcuts));
        }
        Offer::Again => {
            html.icon("refresh-cw")
                .leaf("span", "offer-label", words.get(Key::TryAgain));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Offer, groups, inside};
    use crate::parts::cells::tests::nasty;
    use crate::text::Words;
    use crate::wire::{Action, FoundCustomer, MenuEntry};

    fn entry(action: Action, href: Option<&str>, why_not: Option<&str>) -> Offer {
        Offer::Action(MenuEntry {
            action,
            label: "Suspend Account".into(),
            href: href.map(str::to_owned),
            why_not: why_not.map(str::to_owned),
        })
    }

    #[test]
    fn offers_are_numbered_and_every_text_is_escaped() {
        let customer = || {
            Offer::Customer(Box::new(FoundCustomer {
                line: "<script>@example.com".into(),
                row: nasty(),
            }))
        };
        let list = [Group {
            title: "On <this> page".into(),
            offers: vec![customer(), customer()],
        }];
        let text = groups(&list, &Words::english());
        for id in ["offer-0", "offer-1"] {
            let option = ["id=\"", id, "\" role=\"option\""].concat();
            assert!(text.contains(&option), "{text}");
        }
        assert!(
            !text.contains("<script") && !text.contains("<img"),
            "{text}"
        );
        assert!(text.contains("Payment overdue"), "{text}");
    }

    #[test]
    fn what_is_not_possible_stays_with_its_reason() {
        let offers = vec![
            entry(Action::View, Some("/customers/cus_1"), None),
            entry(Action::Suspend, None, Some("Your role does not allow it.")),
        ];
        let list = [Group {
            title: "Actions for Acme".into(),
            offers,
        }];
        let text = groups(&list, &Words::english());
        assert!(text.contains("Open page"), "{text}");
        assert!(
            text.contains("aria-disabled=\"true\" aria-describedby=\"offer-why-1\""),
            "{text}"
        );
        assert!(
            text.contains("id=\"offer-why-1\" aria-hidden=\"true\">Your role"),
            "{text}"
        );
    }

    #[test]
    fn the_focus_starts_in_its_field() {
        let text = inside(&Words::english());
        assert_eq!(text.matches("autofocus").count(), 1, "{text}");
    }
}
