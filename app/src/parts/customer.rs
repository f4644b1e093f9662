//! The page of one customer.

use super::cells::avatar;
use super::common::tone;
use super::html::Html;
use super::menu;
use super::popup_blocks::consequences;
use super::timeline::timeline;
use crate::text::{Key, Words};
use crate::wire::{Action, Consequence, CustomerPage, PlanCard, Standing, SuspensionCard};

/// Where it stands how far the product is.
pub const ENFORCEMENT: &str = "enforcement";

/// What stands there.
pub fn enforcement(lines: &[Consequence]) -> String {
    let mut html = Html::new();
    consequences(&mut html, "consequences enforcement", lines);
    html.done()
}

/// The whole page.
pub fn page(page: &CustomerPage, words: &Words) -> String {
    let mut html = Html::new();
    html.back(&page.back);
    head(&mut html, page);
    html.with("div", "columns").with("div", "column-main");
    for (at, card) in page.suspensions.iter().enumerate() {
        suspension(&mut html, at, card, words);
    }
    html.with("section", "surface timeline-card")
        .attr("aria-labelledby", "timeline-title");
    html.el("h2")
        .attr("id", "timeline-title")
        .text(words.get(Key::Timeline))
        .end();
    timeline(&mut html, &page.timeline, words);
    if let Some(older) = &page.older {
        html.with("a", "button small")
            .attr("id", "older")
            .attr("href", &older.href)
            .text(&older.text)
            .end();
    }
    html.end().end().with("div", "column-side");
    plan(&mut html, &page.plan, words);
    facts(&mut html, page, words);
    html.done()
}

fn head(html: &mut Html, page: &CustomerPage) {
    let row = &page.row;
    html.with("header", "customer-head")
        .attr("id", &["c-", &row.id].concat());
    avatar(html, "avatar large", row);
    html.with("div", "customer-title");
    html.el("h1")
        .attr("id", "page-title")
        .attr("tabindex", "-1")
        .attr("dir", "auto")
        .text(&row.name)
        .end();
    html.with("p", "customer-state");
    html.status(&row.status);
    if let Some(since) = &row.since {
        html.text(" ").with("span", "quiet-text").moment(since);
        if let Some(by) = &row.by {
            html.text(" ").text(by);
        }
        html.end();
    }
    html.end();
    if !page.enforcement.is_empty() {
        html.el("div")
            .attr("id", ENFORCEMENT)
            .markup(&enforcement(&page.enforcement))
            .end();
    }
    html.end();

    html.with("div", "actions")
        .attr("id", "actions")
        .attr("role", "group")
        .attr("aria-label", &row.menu_label);
    // The first thing to do with a suspended customer stands above the others on a phone.
    if page
        .actions
        .iter()
        .any(|entry| entry.action == Action::Reactivate)
    {
        html.attr("data-led", "");
    }
    for entry in page
        .actions
        .iter()
        .filter(|entry| entry.action != Action::View)
    {
        let class = match entry.action {
            Action::Suspend => "button danger-quiet",
            Action::Reactivate => "button primary",
            _ => "button",
        };
        let name = menu::name(entry.action);
        html.with("a", class)
            .attr("id", &["action-", name].concat());
        match (&entry.href, &entry.why_not) {
            (Some(href), None) => html.attr("href", href).attr("data-noscroll", ""),
            _ => html
                .attr("role", "link")
                .attr("tabindex", "0")
                .attr("aria-disabled", "true")
                .attr("aria-describedby", &["why-", name].concat()),
        };
        html.icon(menu::icon(entry.action)).text(&entry.label).end();
    }
    html.end();
    for entry in &page.actions {
        if let Some(why) = &entry.why_not {
            html.with("p", "why")
                .attr("id", &["why-", menu::name(entry.action)].concat());
            html.small_icon("info")
                .text(&entry.label)
                .text(": ")
                .text(why)
                .end();
        }
    }
    html.end();
}

fn suspension(html: &mut Html, at: usize, card: &SuspensionCard, words: &Words) {
    let id = ["suspension-", &at.to_string()].concat();
    let (class, icon, when) = match card.standing {
        Standing::InForce => ("suspension surface", "circle-pause", Key::SinceWord),
        Standing::Planned => ("suspension planned surface", "clock", Key::FromWord),
    };
    html.with("section", class).attr("aria-labelledby", &id);
    html.el("h2").attr("id", &id).icon(icon).text(&card.reason);
    html.end();
    html.el("p")
        .text(&card.by)
        .text(" · ")
        .text(words.get(when))
        .text(" ");
    html.moment(&card.since).end();
    if let Some(call_off) = &card.call_off {
        html.with("a", "button small")
            .attr("href", &call_off.href)
            .attr("data-noscroll", "")
            .text(&call_off.text)
            .end();
    }
    html.with("dl", "rows");
    html.pair(words.get(Key::Until), Some(&card.until))
        .pair(words.get(Key::Note), card.note.as_deref())
        .pair(words.get(Key::Told), card.message.as_deref());
    html.end().end();
}

fn plan(html: &mut Html, plan: &PlanCard, words: &Words) {
    html.with("section", "plan-card surface")
        .attr("aria-labelledby", "plan-title")
        .el("header");
    html.el("h2").attr("id", "plan-title").text(&plan.name);
    if let Some(badge) = &plan.badge {
        html.text(" ").leaf("span", "badge", badge);
    }
    html.end().leaf("p", "plan-price", &plan.price).end();
    html.with("p", "quiet-text")
        .text(&plan.version)
        .text(" · ")
        .text(words.get(Key::SinceWord))
        .text(" ");
    html.moment(&plan.since).end();
    html.with("ul", "limits").attr("role", "list");
    for limit in &plan.limits {
        html.with("li", "usage")
            .attr("data-tone", tone(limit.tone))
            .leaf("span", "limit-name", &limit.limit);
        html.gauge(limit)
            .maybe("small", "age", limit.age.as_deref())
            .end();
    }
    html.end().end();
}

fn facts(html: &mut Html, page: &CustomerPage, words: &Words) {
    let row = &page.row;
    html.with("dl", "facts surface");
    copied(
        html,
        Key::Email,
        row.email.as_deref(),
        Some("mailto:"),
        words,
    );
    copied(
        html,
        Key::ExternalId,
        page.external_id.as_deref(),
        None,
        words,
    );
    copied(html, Key::CustomerId, Some(&row.id), None, words);
    copied(html, Key::Phone, page.phone.as_deref(), Some("tel:"), words);
    html.pair(words.get(Key::Country), page.country.as_deref());
    for (label, moment) in [(Key::Joined, &row.joined), (Key::LastSeen, &row.last_seen)] {
        if let Some(moment) = moment {
            html.el("div")
                .el("dt")
                .text(words.get(label))
                .end()
                .el("dd")
                .moment(moment)
                .end()
                .end();
        }
    }
    html.end();
}

/// A fact that people carry elsewhere, or follow from here.
fn copied(html: &mut Html, label: Key, value: Option<&str>, scheme: Option<&str>, words: &Words) {
    let Some(value) = value else { return };
    let label = words.get(label);
    html.el("div").el("dt").text(label).end().el("dd");
    match scheme {
        Some(scheme) => html.el("a").attr("href", &outward(scheme, value)),
        None => html.el("span"),
    };
    html.attr("dir", "auto").text(value).end().text(" ");
    let name = [words.get(Key::Copy), " ", label].concat();
    html.with("button", "copy")
        .attr("type", "button")
        .attr("data-copy", value)
        .attr("aria-label", &name)
        .icon("copy");
    html.end().end().end();
}

/// The address of a mailbox or a telephone. Whatever could be read as more than that is left out of a number, and encoded
/// in a mailbox.
fn outward(scheme: &str, value: &str) -> String {
    let mut href = String::from(scheme);
    for letter in value.chars() {
        match letter {
            letter if scheme == "tel:" => {
                if letter.is_ascii_digit() || letter == '+' {
                    href.push(letter);
                }
            }
            '%' => href.push_str("%25"),
            '?' => href.push_str("%3F"),
            '&' => href.push_str("%26"),
            '#' => href.push_str("%23"),
            ' ' => href.push_str("%20"),
            letter => href.push(letter),
        }
    }
    href
}

#[cfg(test)]
mod tests {
    use super::outward;

    #[test]
    fn links_lead_to_a_mailbox_or_a_telephone_and_nowhere_else() {
        for (scheme, value, href) in [
            ("tel:", "+49 (0)30 / 12-34", "tel:+490301234"),
            ("tel:", "ext. 7;phone-context=evil", "tel:7"),
            ("mailto:", "a+b@example.com", "mailto:a+b@example.com"),
            (
                "mailto:",
                "a@example.com?bcc=b&c#d",
                "mailto:a@example.com%3Fbcc=b%26c%23d",
            ),
        ] {
            assert_eq!(outward(scheme, value), href, "{value}");
        }
    }
}
