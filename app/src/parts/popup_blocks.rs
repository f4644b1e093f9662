//! The pieces of a popup.

use super::common::tone;
use super::html::Html;
use crate::text::{Key, Words};
use crate::wire::{
    Block, Card, Cards, Change, Consequence, Lifts, Need, Point, Refusal, Select, Standing,
    TextField, Tick,
};

/// One piece. `refusal` is shown at its field; the focus may start here.
pub fn block(
    html: &mut Html,
    block: &Block,
    refusal: Option<&Refusal>,
    starts: bool,
    words: &Words,
) {
    match block {
        Block::Fact(fact) => {
            html.with("dl", "fact").el("dt").text(&fact.label).end();
            html.el("dd").text(&fact.value).end().end();
        }
        Block::Cards(cards) => plan_cards(html, cards, refusal, starts, words),
        Block::Changes(changes) => table(html, changes, Caption::Shown, words),
        Block::Consequences(lines) => consequences(html, "consequences", lines),
        Block::Select(select) => {
            choice(html, select, error_at(refusal, &select.name), starts, words)
        }
        Block::Text(text) => area(html, text, error_at(refusal, &text.name), starts, words),
        Block::Point(point) => point_in_time(html, point, error_at(refusal, &point.name), starts),
        Block::Lifts(lifts) => to_lift(html, lifts, error_at(refusal, "lift")),
    }
}

/// Names the tick and the line of one suspension alike: at most four are open, one of a kind.
const LIFTS: [(&str, &str); 4] = [
    ("lift lift-1", "left left-1"),
    ("lift lift-2", "left left-2"),
    ("lift lift-3", "left left-3"),
    ("lift lift-4", "left left-4"),
];

/// The style sheet shows the lines that fit the ticks, so that what is said holds at every moment, without scripts too.
fn to_lift(html: &mut Html, lifts: &Lifts, refused: Option<&str>) {
    html.with("fieldset", "ticks")
        .el("legend")
        .text(&lifts.legend)
        .end();
    error(html, "lift", refused);
    for (lift, (class, _)) in lifts.lifts.iter().zip(LIFTS) {
        html.with("div", class);
        if lift.standing == Standing::InForce {
            html.flag("data-in-force");
        }
        tick(html, "tick", &lift.tick);
        html.end();
    }
    html.end();
    html.with("dl", "fact").el("dt").text(&lifts.label).end();
    html.leaf("dd", "if-all", &lifts.all);
    for (lift, (_, class)) in lifts.lifts.iter().zip(LIFTS) {
        html.leaf("dd", class, &lift.left);
    }
    html.end();
}

fn error_at<'a>(refusal: Option<&'a Refusal>, field: &str) -> Option<&'a str> {
    refusal
        .filter(|refusal| refusal.field.as_deref() == Some(field))
        .map(|refusal| refusal.text.as_str())
}

fn error(html: &mut Html, field: &str, text: Option<&str>) {
    if let Some(text) = text {
        html.with("p", "error")
            .attr("id", &["e-", field].concat())
            .attr("role", "alert")
            .attr("tabindex", "-1");
        html.small_icon("circle-alert").text(text).end();
    }
}

fn plan_cards(
    html: &mut Html,
    cards: &Cards,
    refusal: Option<&Refusal>,
    starts: bool,
    words: &Words,
) {
    html.with("fieldset", "cards")
        .attr("data-field", &cards.name)
        .el("legend")
        .text(&cards.legend)
        .end();
    error(html, &cards.name, error_at(refusal, &cards.name));
    let chosen = cards.cards.iter().position(|card| card.chosen);
    let first = cards.cards.iter().position(|card| card.why_not.is_none());
    for (at, card) in cards.cards.iter().enumerate() {
        html.maybe("h3", "cards-heading", card.heading.as_deref());
        plan_card(
            html,
            cards,
            card,
            starts && chosen.or(first) == Some(at),
            words,
        );
        if card.chosen {
            error(html, "over", error_at(refusal, "over"));
        }
    }
    html.end();
}

fn plan_card(html: &mut Html, cards: &Cards, card: &Card, starts: bool, words: &Words) {
    html.with("div", "card").with("label", "card-choice");
    html.el("input")
        .attr("type", "radio")
        .attr("name", &cards.name)
        .attr("value", &card.value)
        .flag("required");
    html.flag_if(card.chosen, "checked")
        .flag_if(card.why_not.is_some(), "disabled")
        .flag_if(starts, "autofocus")
        .end();
    html.with("span", "card-main")
        .with("span", "card-title")
        .text(&card.title);
    for badge in &card.badges {
        html.text(" ").leaf("span", "badge", badge);
    }
    html.end().text(" ").leaf("span", "card-price", &card.price);
    for (class, text) in [
        ("card-difference", &card.difference),
        ("card-why", &card.why_not),
    ] {
        if let Some(text) = text {
            html.text(" ").leaf("span", class, text);
        }
    }
    for note in &card.notes {
        html.text(" ").leaf("span", "card-note", note);
    }
    html.end().end();
    if !card.summary.is_empty() {
        consequences(html, "card-summary", &card.summary);
    }
    // Beside the buttons while it is chosen; read where it is chosen.
    html.with("p", "card-total")
        .attr("aria-hidden", "true")
        .text(card.difference.as_ref().unwrap_or(&card.price))
        .end();
    if !card.changes.is_empty() || card.over.is_some() {
        html.with("div", "card-more");
        if !card.changes.is_empty() {
            table(html, &card.changes, Caption::Left, words);
        }
        if let Some(over) = &card.over {
            tick(html, "tick over", over);
        }
        html.end();
    }
    html.end();
}

/// Whether a table says what it is; in a card, the card does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Caption {
    Shown,
    Left,
}

fn table(html: &mut Html, changes: &[Change], caption: Caption, words: &Words) {
    html.with("table", "changes");
    if caption == Caption::Shown {
        html.el("caption")
            .text(words.get(Key::BeforeAndAfter))
            .end();
    }
    html.with("thead", "visually-hidden").el("tr");
    for head in [Key::What, Key::Before, Key::After] {
        html.el("th")
            .attr("scope", "col")
            .text(words.get(head))
            .end();
    }
    html.end().end().el("tbody");
    for change in changes {
        html.el("tr")
            .attr("data-tone", tone(change.tone))
            .el("th")
            .attr("scope", "row")
            .text(&change.label)
            .end();
        html.leaf("td", "before", &change.before)
            .with("td", "after")
            .text(&change.after);
        if let Some(note) = &change.note {
            html.text(" ").el("small").text(note).end();
        }
        html.end().end();
    }
    html.end().end();
}

fn consequences(html: &mut Html, class: &'static str, lines: &[Consequence]) {
    html.with("ul", class).attr("role", "list");
    for line in lines {
        html.el("li").attr("data-tone", tone(line.tone));
        if class == "card-summary" {
            html.small_icon(&line.icon);
        } else {
            html.icon(&line.icon);
        }
        html.el("span").text(&line.text).end().end();
    }
    html.end();
}

fn label(html: &mut Html, id: &str, text: &str, need: Need, words: &Words) {
    html.el("label").attr("for", id).text(text);
    if need == Need::Optional {
        html.text(" ")
            .leaf("span", "optional", words.get(Key::Optional));
    }
    html.end();
}

/// What a control says about its error and hint.
fn described(html: &mut Html, field: &str, error: Option<&str>, hint: &str) {
    let (mut by, mark) = (String::new(), error.is_some());
    if !hint.is_empty() {
        by.push_str("h-");
        by.push_str(field);
    }
    if mark {
        html.attr("aria-invalid", "true");
        by.push_str(if by.is_empty() { "e-" } else { " e-" });
        by.push_str(field);
    }
    if !by.is_empty() {
        html.attr("aria-describedby", &by);
    }
}

fn choice(html: &mut Html, select: &Select, refused: Option<&str>, starts: bool, words: &Words) {
    let id = ["f-", &select.name].concat();
    html.with("div", "field").attr("data-field", &select.name);
    label(html, &id, &select.label, select.need, words);
    html.el("select").attr("id", &id).attr("name", &select.name);
    html.flag_if(select.need == Need::Required, "required")
        .flag_if(starts, "autofocus");
    described(html, &select.name, refused, "");
    for option in &select.options {
        html.el("option")
            .attr("value", &option.value)
            .flag_if(option.chosen, "selected")
            .flag_if(option.why_not.is_some(), "disabled");
        if let Some((_, text)) = select
            .fills
            .iter()
            .find(|(value, _)| *value == option.value)
        {
            html.attr("data-fill", text);
        }
        html.text(&option.label);
        if let Some(why) = &option.why_not {
            html.text(" – ").text(why);
        }
        html.end();
    }
    html.end();
    error(html, &select.name, refused);
    html.end();
}

fn area(html: &mut Html, text: &TextField, refused: Option<&str>, starts: bool, words: &Words) {
    let id = ["f-", &text.name].concat();
    html.with("div", "field").attr("data-field", &text.name);
    label(html, &id, &text.label, text.need, words);
    if !text.hint.is_empty() {
        html.with("p", "hint")
            .attr("id", &["h-", &text.name].concat())
            .text(&text.hint)
            .end();
    }
    html.el("textarea")
        .attr("id", &id)
        .attr("name", &text.name)
        .attr("rows", "2")
        .attr("dir", "auto");
    html.attr("maxlength", &text.max.to_string())
        .flag_if(text.need == Need::Required, "required");
    html.flag_if(starts, "autofocus");
    described(html, &text.name, refused, &text.hint);
    // Browsers drop the first line break within the element; one of its own keeps the person's.
    html.text("\n").text(&text.value).end();
    error(html, &text.name, refused);
    if let Some(preview) = &text.preview {
        html.with("figure", "told")
            .flag("data-preview")
            .flag_if(text.value.is_empty(), "hidden");
        html.el("figcaption")
            .attr("dir", "auto")
            .text(&preview.caption)
            .end()
            .markup(&preview.page)
            .end();
    }
    html.end();
}

fn point_in_time(html: &mut Html, point: &Point, refused: Option<&str>, starts: bool) {
    let (id, mode_name) = (
        ["f-", &point.name].concat(),
        [&point.name, "_mode"].concat(),
    );
    html.with("fieldset", "point")
        .attr("data-field", &point.name)
        .el("legend")
        .text(&point.label)
        .end();
    for (at, mode) in point.modes.iter().enumerate() {
        html.with("label", "choice")
            .el("input")
            .attr("type", "radio")
            .attr("name", &mode_name);
        html.attr("value", &mode.value)
            .flag_if(mode.chosen, "checked")
            .flag_if(starts && at == 0, "autofocus")
            .end();
        html.text(" ").text(&mode.label).end();
    }
    html.with("div", "field point-date")
        .el("label")
        .attr("for", &id)
        .text(&point.date_label)
        .end();
    html.el("input")
        .attr("type", "datetime-local")
        .attr("id", &id)
        .attr("name", &point.name);
    // No `min`: hidden fields are validated too, and the server says it in words.
    html.attr("value", &point.date);
    described(html, &point.name, refused, "");
    html.end();
    error(html, &point.name, refused);
    html.end().end();
}

fn tick(html: &mut Html, class: &'static str, tick: &Tick) {
    html.with("label", class)
        .el("input")
        .attr("type", "checkbox")
        .attr("name", &tick.name)
        .attr("value", &tick.value);
    html.flag_if(tick.ticked, "checked")
        .flag_if(tick.why_not.is_some(), "disabled")
        .end();
    html.el("span").text(&tick.label);
    if let Some(detail) = &tick.detail {
        html.text(" ").el("small").text(detail).end();
    }
    html.maybe("small", "card-why", tick.why_not.as_deref())
        .end()
        .end();
}
