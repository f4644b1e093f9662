//! What a person sets for themselves: one form, sent as a whole and answered by a new page.

use super::fields::Field;
use super::html::Html;

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreferencesPage {
    /// "Preferences".
    pub title: String,
    /// In order.
    pub fields: Vec<Field>,
    /// What the button says.
    pub save: String,
    /// Address of this page, which takes its form.
    pub here: String,
}

/// The whole page.
pub fn page(page: &PreferencesPage) -> String {
    let mut html = Html::new();
    html.page_head(&page.title).end();
    html.with("form", "preferences surface")
        .attr("method", "post")
        .attr("action", &page.here);
    for field in &page.fields {
        html.form_field(field);
    }
    html.with("button", "button primary")
        .attr("type", "submit")
        .text(&page.save);
    html.done()
}
