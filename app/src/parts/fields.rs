//! Fields of a form that is sent as a whole, each with what it is for and what was wrong with it.

use super::html::Html;
use crate::wire::SelectOption;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// "Name".
    pub label: String,
    /// What it is for; perhaps empty.
    pub hint: String,
    /// How it is filled in.
    pub look: FieldLook,
    /// What was wrong with it.
    pub error: Option<String>,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldLook {
    /// By writing a line: what stands in it, and the most characters.
    Line(String, usize),
    /// By choosing one of few, side by side.
    Radios(Vec<SelectOption>),
    /// By choosing any of few.
    Ticks(Vec<SelectOption>),
    /// By choosing one from a list that opens.
    List(Vec<SelectOption>),
}

impl Html {
    /// A field with its label.
    pub fn form_field(&mut self, field: &Field) -> &mut Html {
        match &field.look {
            FieldLook::Radios(options) => self.choices(field, "radio", options),
            FieldLook::Ticks(options) => self.choices(field, "checkbox", options),
            FieldLook::Line(value, longest) => {
                self.labelled(field).el("input").attr("type", "text");
                self.described(field)
                    .attr("value", value)
                    .attr("maxlength", &longest.to_string())
                    .attr("autocomplete", "off")
                    .attr("spellcheck", "false")
                    .attr("dir", "auto")
                    .end();
                self.wrong(field).end()
            }
            FieldLook::List(options) => {
                self.labelled(field).el("select");
                self.described(field);
                for option in options {
                    self.el("option")
                        .attr("value", &option.value)
                        .flag_if(option.chosen, "selected")
                        .text(&option.label)
                        .end();
                }
                self.end().wrong(field).end()
            }
        }
    }

    fn labelled(&mut self, field: &Field) -> &mut Html {
        self.with("div", "field preference")
            .el("label")
            .attr("for", &["f-", field.name].concat())
            .text(&field.label)
            .end();
        self.explained(field)
    }

    fn explained(&mut self, field: &Field) -> &mut Html {
        if !field.hint.is_empty() {
            self.with("p", "hint")
                .attr("id", &["h-", field.name].concat())
                .text(&field.hint)
                .end();
        }
        self
    }

    fn described(&mut self, field: &Field) -> &mut Html {
        self.attr("id", &["f-", field.name].concat())
            .attr("name", field.name);
        self.points_to(field)
    }

    /// What explains a field, and what was wrong with it.
    fn points_to(&mut self, field: &Field) -> &mut Html {
        let hint = (!field.hint.is_empty()).then(|| ["h-", field.name].concat());
        let error = field.error.as_ref().map(|_| ["e-", field.name].concat());
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        if !ids.is_empty() {
            self.attr("aria-describedby", &ids.join(" "));
        }
        self
    }

    fn wrong(&mut self, field: &Field) -> &mut Html {
        if let Some(error) = &field.error {
            self.with("p", "error")
                .attr("id", &["e-", field.name].concat())
                .small_icon("circle-alert")
                .text(error)
                .end();
        }
        self
    }

    fn choices(
        &mut self,
        field: &Field,
        kind: &'static str,
        options: &[SelectOption],
    ) -> &mut Html {
        self.with("fieldset", "preference");
        self.points_to(field).el("legend").text(&field.label).end();
        self.explained(field);
        for option in options {
            self.with("label", "choice")
                .el("input")
                .attr("type", kind)
                .attr("name", field.name)
                .attr("value", &option.value)
                .flag_if(option.chosen, "checked")
                .end();
            self.text(" ").text(&option.label).end();
        }
        self.wrong(field).end()
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, FieldLook};
    use crate::parts::html::Html;
    use crate::wire::SelectOption;

    #[test]
    fn what_explains_a_field_and_what_was_wrong_belong_to_it() {
        let option = SelectOption {
            value: "a\"".into(),
            label: "<b>".into(),
            chosen: true,
            why_not: None,
        };
        for look in [
            FieldLook::Line("<b>".into(), 60),
            FieldLook::Radios(vec![option.clone()]),
            FieldLook::Ticks(vec![option.clone()]),
            FieldLook::List(vec![option]),
        ] {
            let mut html = Html::new();
            html.form_field(&Field {
                name: "name",
                label: "Name".into(),
                hint: "Where <it> is used".into(),
                look,
                error: Some("It is & empty.".into()),
            });
            let text = html.done();
            assert!(
                text.contains(r#"aria-describedby="h-name e-name""#),
                "{text}"
            );
            assert!(
                text.contains(r#"id="h-name""#) && text.contains(r#"id="e-name""#),
                "{text}"
            );
            assert!(!text.contains("<b>") && !text.contains("<it>"), "{text}");
        }
    }

    #[test]
    fn what_is_chosen_is_marked() {
        let option = |value: &str, chosen| SelectOption {
            value: value.into(),
            label: "Label".into(),
            chosen,
            why_not: None,
        };
        let options = vec![option("a", false), option("b", true)];
        let mut html = Html::new();
        for look in [FieldLook::Radios(options.clone()), FieldLook::List(options)] {
            html.form_field(&Field {
                name: "theme",
                label: "Label".into(),
                hint: String::new(),
                look,
                error: None,
            });
        }
        let text = html.done();
        assert!(
            text.contains(r#"name="theme" value="b" checked>"#),
            "{text}"
        );
        assert!(text.contains(r#"<option value="b" selected>"#), "{text}");
        assert!(!text.contains("aria-describedby"), "{text}");
    }
}
