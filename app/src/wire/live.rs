//! What an open page asks for when something happened, and what it is told.

use serde::{Deserialize, Serialize};

use super::{Nav, Page, Row};

/// What a page shows, as far as it matters for what is new to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The customers of a list, in the order shown.
    pub customers: Vec<String>,
    /// The number of the newest entry of Activity.
    pub newest: u64,
    /// Whom something happened to since the page was read.
    pub moved: Moved,
    /// Whom something happened to since it last asked what is new, or what the gate saw since.
    pub fresh: Moved,
}

/// How a word begins that says: the product knows how the customer stands that follows, or has turned it away.
pub const REACHED: &str = "reached-";

/// Whom something happened to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moved {
    /// These, and nobody else.
    These(Vec<String>),
    /// Nobody knows: the page has missed something.
    Anybody,
}

impl Default for Moved {
    fn default() -> Self {
        Moved::These(Vec::new())
    }
}

impl Moved {
    /// Whether it may have happened to this one.
    pub fn may_be(&self, customer: &str) -> bool {
        match self {
            Moved::These(these) => these.iter().any(|moved| moved == customer),
            Moved::Anybody => true,
        }
    }

    /// What of it the product did, not people.
    pub fn reached(self) -> Vec<String> {
        match self {
            Moved::These(mut these) => {
                these.retain(|word| word.starts_with(REACHED));
                these
            }
            Moved::Anybody => Vec::new(),
        }
    }
}

/// What is new to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The place in the log that this was read at; it is at least as new.
    pub live: String,
    /// The sidebar with the counts as they are now.
    pub nav: Nav,
    /// The count of a list as it is now.
    pub count: Option<String>,
    /// The customers shown that may have changed, as they are now.
    pub rows: Vec<Row>,
    /// What a screen reader is told of them.
    pub told: Option<String>,
    /// What comes, goes or stands elsewhere now, and so waits until somebody wants to see it.
    pub waiting: Option<Waiting>,
    /// The page of a customer that may have changed, to be shown at once.
    pub page: Option<Page>,
    /// Pieces of the page as they are now.
    pub pieces: Vec<Piece>,
}

/// A piece of a page that the server has drawn anew: it takes the place of what stands there, and nothing moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Id of its place.
    pub place: String,
    /// What stands there now, escaped.
    pub html: String,
}

/// News that would move what stands on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// "3 changes".
    pub text: String,
    /// The page as it would be read now.
    pub page: Page,
}
