//! What is filled in or ticked in a popup.

use super::html::Html;
use crate::text::{Key, Words};
use crate::wire::{Need, Point, Select, TextField, Tick};

/// What is wrong with a field.
pub fn error(html: &mut Html, field: &str, text: Option<&str>) {
    if let Some(text) = text {
        html.with("p", "error")
            .attr("id", &["e-", field].concat())
            .attr("role", "alert")
            .attr("tabindex", "-1");
        html.small_icon("circle-alert").text(text).end();
    }
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

/// Something to choose.
pub fn choice(
    html: &mut Html,
    select: &Select,
    refused: Option<&str>,
    starts: bool,
    words: &Words,
) {
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

/// A text to type; one that the customer is told comes with what shows it.
pub fn area(html: &mut Html, text: &TextField, refused: Option<&str>, starts: bool, words: &Words) {
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
    if let Some(preview) = &text.preview {
        html.attr("lang", &preview.language);
    }
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

/// Now, or a date and time.
pub fn point_in_time(html: &mut Html, point: &Point, refused: Option<&str>, starts: bool) {
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

/// Something to tick.
pub fn tick(html: &mut Html, class: &'static str, tick: &Tick) {
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
