//! The popups that confirm: one model for all of them.

use serde::{Deserialize, Serialize};

use super::{Action, Link, Outlook, SelectOption, Tone};

/// A popup, ready to be shown and posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Popup {
    /// What it confirms.
    pub action: Action,
    /// Whose.
    pub customer: String,
    /// "Suspend Acme GmbH?"
    pub title: String,
    /// Name · e-mail · external id.
    pub subject: String,
    /// Sentences under the subject.
    pub lead: Vec<String>,
    /// What title and button say instead while something that keeps the customer out is not ticked.
    pub partly: Option<Partly>,
    /// Why the last attempt was not applied.
    pub refusal: Option<Refusal>,
    /// What happened while it was open.
    pub meanwhile: Option<String>,
    /// The number of the log at which it was read.
    pub seq: u64,
    /// What stands between the lead and the buttons, in order.
    pub blocks: Vec<Block>,
    /// Posted as they are: `do`, `customer`, the idempotency key, the revision that this popup shows.
    pub hidden: Vec<(String, String)>,
    /// "Cancel", or "Close" when nothing can be confirmed.
    pub cancel: String,
    /// "Yes, Suspend"; none when there is nothing that could be confirmed.
    pub confirm: Option<Confirm>,
    /// Another way on when this one is closed: what can be done instead.
    pub instead: Option<Link>,
    /// Where Cancel leads without scripts: the page without the popup.
    pub back: String,
    /// What the browser paints from before the answer is there; none when nothing can be confirmed.
    pub outlook: Option<Box<Outlook>>,
}

/// The words of a popup that would leave something in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partly {
    /// "Lift a suspension of Acme GmbH?"
    pub title: String,
    /// "Yes, Lift".
    pub confirm: String,
}

/// The confirming button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// Its label.
    pub label: String,
    /// Danger for what takes access away, neutral otherwise.
    pub tone: Tone,
    /// What it says while it works.
    pub busy: String,
}

/// Why a submitted popup was not applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The sentence.
    pub text: String,
    /// Name of the field it belongs to, when it belongs to one.
    pub field: Option<String>,
    /// HTTP status of a page that shows it.
    pub status: u16,
}

/// One piece of a popup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// "Current plan" and its line.
    Fact(Fact),
    /// Choosing a plan.
    Cards(Cards),
    /// Before → after.
    Changes(Vec<Change>),
    /// Lines with an icon: what follows from it.
    Consequences(Vec<Consequence>),
    /// A select.
    Select(Select),
    /// Text that a person types.
    Text(TextField),
    /// From when, or until when: nobody chooses a format.
    Point(Point),
    /// A tick for each suspension to lift, and what follows from them.
    Lifts(Lifts),
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// "Current plan".
    pub label: String,
    /// "Pro · €49.00 per month · since 3 March 2026".
    pub value: String,
}

/// Radio cards named `choice`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cards {
    /// Name of the field.
    pub name: String,
    /// "New plan".
    pub legend: String,
    /// In order; a card with a heading starts a group.
    pub cards: Vec<Card>,
}

/// One choice with its own preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// "Lower plans, not used before".
    pub heading: Option<String>,
    /// What is posted; unique in the popup.
    pub value: String,
    /// "Business".
    pub title: String,
    /// "Archived", "Recommended", "Current plan".
    pub badges: Vec<String>,
    /// "€79.00 per month".
    pub price: String,
    /// "Upgrade, +€30.00 per month".
    pub difference: Option<String>,
    /// "was active until 3 March"; "the cycle becomes monthly".
    pub notes: Vec<String>,
    /// What differs from today: shown while not chosen too.
    pub summary: Vec<Consequence>,
    /// Before → after, shown while chosen.
    pub changes: Vec<Change>,
    /// The tick that names the limits today's usage exceeds, shown while chosen.
    pub over: Option<Tick>,
    /// Preselected, or chosen before a refusal.
    pub chosen: bool,
    /// Why it cannot be chosen.
    pub why_not: Option<String>,
}

/// A line of a before → after table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// "Seats".
    pub label: String,
    /// "12".
    pub before: String,
    /// "30".
    pub after: String,
    /// Danger where today's usage is over the new value.
    pub tone: Tone,
    /// "12 used, 5 allowed: 7 over".
    pub note: Option<String>,
}

/// A line with an icon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequence {
    /// Name of its icon in the sprite.
    pub icon: String,
    /// The line.
    pub text: String,
    /// Its weight.
    pub tone: Tone,
}

/// A select.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Select {
    /// Name of the field.
    pub name: String,
    /// "Reason".
    pub label: String,
    /// Its options in order; the first may be empty ("Choose a reason").
    pub options: Vec<SelectOption>,
    /// Must something be chosen?
    pub need: Need,
    /// For each value the text that it fills into the message field, if the person has not typed there.
    pub fills: Vec<(String, String)>,
}

/// Whether a field must be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// May be left empty.
    Optional,
    /// Must be filled.
    Required,
}

/// A text area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextField {
    /// Name of the field.
    pub name: String,
    /// "Internal note".
    pub label: String,
    /// "Ticket number, or what was agreed".
    pub hint: String,
    /// What stands in it.
    pub value: String,
    /// Longest allowed text, in characters.
    pub max: u16,
    /// Must it be filled?
    pub need: Need,
    /// How the customer will see it, for the message only.
    pub preview: Option<MessagePreview>,
}

/// The page that a suspended customer sees, around the message being typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePreview {
    /// "What Acme sees".
    pub caption: String,
    /// The language that the customer reads, and so is written in, as its tag.
    pub language: String,
    /// What that page says, drawn by the server; the message typed stands in `#message-preview`.
    pub page: String,
    /// Opens that page with everything that is typed.
    pub open: Link,
}

/// From when or until when a suspension lasts: without a date, or with one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Name of the date field: `until`; with `_mode` that of the choice above it.
    pub name: String,
    /// "Until".
    pub label: String,
    /// "Someone reactivates" and "A date and time", values `open` and `date`.
    pub modes: Vec<SelectOption>,
    /// Label of the date field, with the zone it is read in.
    pub date_label: String,
    /// `YYYY-MM-DDTHH:MM`, or empty.
    pub date: String,
}

/// The suspensions to choose from. What follows is said by the page itself, so that it holds without scripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifts {
    /// "Suspensions to lift".
    pub legend: String,
    /// In the order of their opening; at most one of a kind.
    pub lifts: Vec<Lift>,
    /// "Afterwards".
    pub label: String,
    /// "Active on Pro, €49.00 per month": while everything that keeps the customer out is ticked.
    pub all: String,
}

/// One suspension that may be lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lift {
    /// Its tick.
    pub tick: Tick,
    /// Whether it keeps the customer out now, or is only planned.
    pub standing: Standing,
    /// "Stays suspended: Terms broken": while it is not ticked.
    pub left: String,
}

/// How an open suspension stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It keeps the customer out.
    InForce,
    /// It begins later.
    Planned,
}

/// One tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// Name of the field.
    pub name: String,
    /// What is posted when ticked.
    pub value: String,
    /// What it says.
    pub label: String,
    /// A second line.
    pub detail: Option<String>,
    /// Ticked now?
    pub ticked: bool,
    /// Why it cannot be ticked.
    pub why_not: Option<String>,
}
