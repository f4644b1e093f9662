//! Small values that several pages show.

use serde::{Deserialize, Serialize};

/// A point in time as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Short, relative where that helps: "4 minutes ago", "3 Nov".
    pub short: String,
    /// Whole date and time in the reader's zone.
    pub full: String,
    /// RFC 3339 in UTC, for `<time datetime>`.
    pub machine: String,
}

/// How serious something is. Never shown by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Nothing to say.
    Neutral,
    /// As it should be.
    Good,
    /// Worth a look.
    Careful,
    /// Wrong, or about to be.
    Danger,
}

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads, a path on this panel.
    pub href: String,
}

/// One limit against today's usage, as a bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageBar {
    /// Name of the limit: "Seats".
    pub limit: String,
    /// "12 of 20", "not reported", "yes".
    pub text: String,
    /// Filled part in thousandths, capped at 1000; none where there is no bar to draw.
    pub permille: Option<u16>,
    /// Careful from 80 %, danger above 100 %.
    pub tone: Tone,
    /// Age of the figure when it is older than two days.
    pub age: Option<String>,
}

/// Status as a dot and a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusLabel {
    /// "Active", "Suspended", "Closed".
    pub word: String,
    /// Good for active, danger for suspended, neutral for closed.
    pub tone: Tone,
    /// "Payment overdue", when suspended.
    pub reason: Option<String>,
}

/// What is shown instead of content: first use, nothing found, not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Empty {
    /// Which drawing goes with it.
    pub picture: Picture,
    /// One line.
    pub title: String,
    /// One sentence, perhaps with a command to run.
    pub text: String,
    /// A command line a person can copy, on first use.
    pub command: Option<String>,
    /// One way on.
    pub way_on: Option<Link>,
}

/// The small line drawings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Picture {
    /// Nobody here yet.
    FirstUse,
    /// A search or filter matched nothing.
    NothingFound,
    /// No such page or customer.
    Missing,
    /// It failed on our side.
    Broken,
    /// Not allowed.
    Locked,
}

/// What a person may start on a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Open the customer's page.
    View,
    /// `do=change`
    ChangePlan,
    /// `do=rollback`
    RollbackPlan,
    /// `do=suspend`
    Suspend,
    /// `do=reactivate`
    Reactivate,
    /// `do=undo`, with the command that it undoes.
    Undo,
}

impl Action {
    /// The value of `do` in addresses and forms; none for [`Action::View`], which is a link.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Action::View => None,
            Action::ChangePlan => Some("change"),
            Action::RollbackPlan => Some("rollback"),
            Action::Suspend => Some("suspend"),
            Action::Reactivate => Some("reactivate"),
            Action::Undo => Some("undo"),
        }
    }

    /// Reads the value of `do`.
    pub fn from_code(code: &str) -> Option<Action> {
        [
            Action::ChangePlan,
            Action::RollbackPlan,
            Action::Suspend,
            Action::Reactivate,
            Action::Undo,
        ]
        .into_iter()
        .find(|action| action.code() == Some(code))
    }
}

/// One entry of ⋮ Actions, in the order shown. What is not possible stays, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuEntry {
    /// What it starts.
    pub action: Action,
    /// "Suspend Account".
    pub label: String,
    /// Where it leads (the same page with the popup open, or the customer's page); none when it is not possible.
    pub href: Option<String>,
    /// Why it is not possible.
    pub why_not: Option<String>,
}
