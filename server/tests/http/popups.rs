//! Popups without scripts: opened as pages, posted as forms.

use crate::support::{Browser, hidden};

/// The hidden fields of an open popup, and more; none when there is nothing that could be confirmed.
pub async fn popup<'a>(
    browser: &Browser,
    address: &str,
    more: &[(&'a str, &'a str)],
) -> Option<Vec<(&'a str, String)>> {
    let page = browser.open(address).await.text().await.unwrap();
    let dialog = page.split("<dialog").nth(1)?;
    if dialog.contains("type=\"checkbox\"") {
        // It asks for more than a click: which of several suspensions, or what is accepted.
        return None;
    }
    let mut fields: Vec<(&str, String)> = Vec::new();
    for name in ["do", "customer", "key", "revision"] {
        fields.push((name, hidden(dialog, name)?));
    }
    fields.extend(hidden(dialog, "lift").map(|lift| ("lift", lift)));
    fields.extend(
        more.iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    Some(fields)
}

pub async fn post(
    browser: &Browser,
    address: &str,
    fields: &[(&str, String)],
) -> reqwest::Response {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser.post(address, &fields).await
}

/// What somebody fills in to suspend.
pub const SUSPEND: &[(&str, &str)] = &[
    ("reason", "payment_overdue"),
    ("note", "Invoice 4711"),
    ("message", "Please pay."),
    ("until_mode", "open"),
];
