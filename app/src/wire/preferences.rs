//! What a person sets for themselves.

use serde::{Deserialize, Serialize};

use super::SelectOption;

/// The page of preferences: one form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreferencesPage {
    /// "Preferences".
    pub title: String,
    /// In order.
    pub fields: Vec<Preference>,
    /// What the button says.
    pub save: String,
    /// Address of this page.
    pub here: String,
}

/// One preference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// Name of the field.
    pub name: String,
    /// "Appearance".
    pub label: String,
    /// What it does, in a sentence.
    pub hint: String,
    /// How its options are shown.
    pub look: Look,
    /// One of them is chosen.
    pub options: Vec<SelectOption>,
}

/// How options are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    /// Few, side by side.
    Radios,
    /// Many, in a list that opens.
    List,
}
