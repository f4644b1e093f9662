//! What a person sets for themselves: one form, sent as a whole and answered by a new page.

use super::html::Html;
use crate::wire::{Look, Preference, PreferencesPage};

/// The whole page.
pub fn page(page: &PreferencesPage) -> String {
    let mut html = Html::new();
    html.with("header", "page-head")
        .el("h1")
        .attr("id", "page-title")
        .attr("tabindex", "-1")
        .text(&page.title)
        .end()
        .end();
    html.with("form", "preferences surface")
        .attr("method", "post")
        .attr("action", &page.here);
    for field in &page.fields {
        match field.look {
            Look::Radios => radios(&mut html, field),
            Look::List => list(&mut html, field),
        }
    }
    html.with("button", "button primary").text(&page.save);
    html.done()
}

fn radios(html: &mut Html, field: &Preference) {
    let hint = ["h-", &field.name].concat();
    html.with("fieldset", "preference")
        .attr("aria-describedby", &hint)
        .el("legend")
        .text(&field.label)
        .end();
    explain(html, &hint, field);
    for option in &field.options {
        html.with("label", "choice")
            .el("input")
            .attr("type", "radio")
            .attr("name", &field.name)
            .attr("value", &option.value)
            .flag_if(option.chosen, "checked")
            .end();
        html.text(" ").text(&option.label).end();
    }
    html.end();
}

fn explain(html: &mut Html, id: &str, field: &Preference) {
    html.with("p", "hint")
        .attr("id", id)
        .text(&field.hint)
        .end();
}

fn list(html: &mut Html, field: &Preference) {
    let (id, hint) = (["f-", &field.name].concat(), ["h-", &field.name].concat());
    html.with("div", "field preference")
        .el("label")
        .attr("for", &id)
        .text(&field.label)
        .end();
    explain(html, &hint, field);
    html.el("select")
        .attr("id", &id)
        .attr("name", &field.name)
        .attr("aria-describedby", &hint);
    for option in &field.options {
        html.el("option")
            .attr("value", &option.value)
            .flag_if(option.chosen, "selected")
            .text(&option.label)
            .end();
    }
    html.end().end();
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::wire::{Look, Preference, PreferencesPage, SelectOption};

    fn field(name: &str, look: Look) -> Preference {
        let option = |value: &str, chosen| SelectOption {
            value: value.into(),
            label: "<b>".into(),
            chosen,
            why_not: None,
        };
        Preference {
            name: name.into(),
            label: "Label".into(),
            hint: "Hint".into(),
            look,
            options: vec![option("a", false), option("b", true)],
        }
    }

    #[test]
    fn what_is_chosen_is_marked_and_everything_is_described() {
        let text = page(&PreferencesPage {
            title: "Preferences".into(),
            fields: vec![field("theme", Look::Radios), field("zone", Look::List)],
            save: "Save".into(),
            here: "/preferences".into(),
        });
        assert!(
            text.contains(r#"name="theme" value="b" checked>"#),
            "{text}"
        );
        assert!(text.contains(r#"<option value="b" selected>"#), "{text}");
        assert_eq!(text.matches("aria-describedby").count(), 2, "{text}");
        assert!(!text.contains("<b>"), "{text}");
    }
}
