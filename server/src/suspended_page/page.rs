//! Draws the page.

use app::parts::html::Html;
use app::parts::sidebar::initial;
use domain::time::{DAY, HOUR, MINUTE};

use super::view::SuspendedView;
use crate::web::brand;

const STYLE: &str = include_str!("page.css");
/// Looks whether access is back, and goes on to what was asked for.
pub const SCRIPT: &str = include_str!("page.js");

/// Where the content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On its own page.
    Page,
    /// In the popup, as a picture of that page: without a heading of its own, and with nothing to follow.
    Popup,
}

/// Whether the page goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It looks for access.
    Waiting,
    /// It only shows.
    Still,
}

/// The stylesheet, with the partner's colour.
pub fn style(view: &SuspendedView) -> String {
    [STYLE, &brand::properties(&view.brand_color)].concat()
}

/// The whole page around `style`.
pub fn document(view: &SuspendedView, style: &str, life: Life) -> String {
    let say = &view.say;
    let seconds = patience(view);
    let mut title = Html::new();
    title
        .el("title")
        .text(&say.account_suspended())
        .text(" · ")
        .text(&view.partner);
    // Who has scripts looks without loading the page anew, so that nobody is interrupted who reads it.
    let (refresh, script, returns) = match life {
        Life::Still => Default::default(),
        Life::Waiting => (
            format!("<noscript><meta http-equiv=\"refresh\" content=\"{seconds}\"></noscript>"),
            format!("<script>{SCRIPT}</script>"),
            say.suspended_returns(),
        ),
    };
    let mut foot = Html::new();
    if !returns.is_empty() {
        foot.leaf("p", "suspended-returns", &returns);
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"robots\" content=\"noindex\">{}<link rel=\"icon\" href=\"data:,\"><style>{style}</style>{refresh}</head>\
         <body><main data-seconds=\"{seconds}\">{}{}</main>{script}</body></html>\n",
        say.language(),
        say.direction(),
        title.done(),
        content(view, Place::Page),
        foot.done(),
    )
}

/// What the page says, as markup.
#[must_use]
pub fn content(view: &SuspendedView, place: Place) -> String {
    let say = &view.say;
    let mut html = Html::new();
    if place == Place::Popup {
        // In the customer's language, which need not be the colleague's.
        html.with("div", "told-page")
            .attr("lang", say.language())
            .attr("dir", say.direction());
    }
    html.with("p", "suspended-brand");
    html.with("span", "suspended-mark")
        .attr("aria-hidden", "true")
        .text(&initial(&view.partner))
        .end();
    html.text(" ").el("bdi").text(&view.partner).end().end();
    match place {
        Place::Page => html.el("h1"),
        Place::Popup => html.with("p", "suspended-title"),
    };
    html.text(&say.account_suspended()).end();
    for (at, message) in view.messages.iter().enumerate() {
        html.with("p", "suspended-message").attr("dir", "auto");
        if place == Place::Popup && at + 1 == view.messages.len() {
            html.attr("id", "message-preview");
        }
        html.text(message).end();
    }
    html.el("p").text(&say.suspended_data_safe()).end();
    html.with("dl", "suspended-facts");
    if let Some(customer) = &view.customer {
        fact(&mut html, &say.suspended_account(), customer);
    }
    fact(&mut html, &say.suspended_since(), &say.moment(view.since));
    if let Some(until) = view.until {
        fact(&mut html, &say.suspended_until(), &say.moment(until));
    }
    fact(&mut html, &say.suspended_reference(), &view.reference);
    html.end();
    if view.pay.is_some() || view.contact.is_some() {
        html.with("p", "suspended-ways");
        way(
            &mut html,
            place,
            "button primary",
            view.pay.as_deref(),
            &say.suspended_pay(),
        );
        let contact = say.suspended_contact(&view.partner);
        way(
            &mut html,
            place,
            "button",
            view.contact.as_deref(),
            &contact,
        );
        html.end();
    }
    html.done()
}

fn fact(html: &mut Html, name: &str, value: &str) {
    html.el("div").el("dt").text(name).end();
    html.el("dd").el("bdi").text(value).end().end().end();
}

fn way(html: &mut Html, place: Place, class: &'static str, to: Option<&str>, text: &str) {
    match (to, place) {
        (None, _) => html,
        (Some(to), Place::Page) => html.link(class, to, text),
        (Some(_), Place::Popup) => html.leaf("span", class, text),
    };
}

/// After how many seconds access may be back: who has just been suspended is soon let in again if it was a mistake, and who has
/// been for long is not worth many questions.
fn patience(view: &SuspendedView) -> i64 {
    let now = view.say.now();
    let usual = match now.millis_since(view.since) {
        since if since < 10 * MINUTE => 10,
        since if since < 2 * HOUR => 30,
        since if since < DAY => 120,
        _ => 300,
    };
    // An end that was set comes a moment later into force.
    let left = view.until.map(|until| until.millis_since(now) / 1_000 + 2);
    left.map_or(usual, |left| left.clamp(2, usual))
}
