//! The partner's whole log.

use serde::{Deserialize, Serialize};

use super::{Empty, Entry, Filters, Pager};

/// A page of Activity, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPage {
    /// "Activity".
    pub title: String,
    /// By kind, person and day.
    pub filters: Filters,
    /// Grouped by day.
    pub days: Vec<Day>,
    /// Instead of entries.
    pub empty: Option<Empty>,
    /// Newer and older.
    pub pager: Pager,
    /// Address of this page, without any open popup.
    pub here: String,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// "Today", "Yesterday", "Saturday, 21 November 2026".
    pub title: String,
    /// What happened, newest first.
    pub entries: Vec<Entry>,
}
