//! The page of one customer.

use serde::{Deserialize, Serialize};

use super::{Consequence, Link, MenuEntry, Moment, Row, Standing, UsageBar};

/// Everything about one customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    /// The same values as in a list.
    pub row: Row,
    /// External id with its label, when there is one.
    pub external_id: Option<String>,
    /// Phone, when known.
    pub phone: Option<String>,
    /// Country, when known.
    pub country: Option<String>,
    /// Back to the list it was opened from.
    pub back: Link,
    /// The four actions as buttons.
    pub actions: Vec<MenuEntry>,
    /// What keeps it suspended now, and what is planned to.
    pub suspensions: Vec<SuspensionCard>,
    /// Whether the product has followed, and whom it turns away; nothing while no product is connected.
    pub enforcement: Vec<Consequence>,
    /// Its plan.
    pub plan: PlanCard,
    /// Newest first.
    pub timeline: Vec<Entry>,
    /// Older entries.
    pub older: Option<Link>,
    /// Address of this page, without any open popup.
    pub here: String,
}

/// An open suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuspensionCard {
    /// "Payment overdue".
    pub reason: String,
    /// Whether it keeps the customer out now, or begins later.
    pub standing: Standing,
    /// "Suspended for 20 days by Jana Novak", "Planned by Jana Novak".
    pub by: String,
    /// Since when, or from when.
    pub since: Moment,
    /// "Until reactivated", or the end.
    pub until: String,
    /// The internal note.
    pub note: Option<String>,
    /// What the customer is told.
    pub message: Option<String>,
    /// Opens the popup that calls a planned one off.
    pub call_off: Option<Link>,
}

/// The plan with its limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCard {
    /// "Pro".
    pub name: String,
    /// "Archived", "Older version".
    pub badge: Option<String>,
    /// "Version 2".
    pub version: String,
    /// "€49.00 per month".
    pub price: String,
    /// Since when.
    pub since: Moment,
    /// Every limit.
    pub limits: Vec<UsageBar>,
}

/// One step of the log, as read by a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Number in the partner's log.
    pub seq: u64,
    /// Name of its icon in the sprite.
    pub icon: String,
    /// "Jana Novak changed the plan".
    pub title: String,
    /// Whose, with a link to its page; on Activity only.
    pub customer: Option<Link>,
    /// When.
    pub at: Moment,
    /// "Pro, €49.00 per month" → "Business, €79.00 per month".
    pub before_after: Option<(String, String)>,
    /// "Reason: Customer asked".
    pub reason: Option<String>,
    /// "Enforced by your product 0.4 s later."
    pub enforced: Option<String>,
    /// The note.
    pub note: Option<String>,
    /// What the customer was told.
    pub message: Option<String>,
    /// Opens the undo popup.
    pub undo: Option<Link>,
    /// Opens Rollback with this earlier plan chosen.
    pub restore: Option<Link>,
}
