//! What the command palette finds.

use serde::{Deserialize, Serialize};

use super::Row;

/// The customers that a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// A handful, the likeliest first.
    pub customers: Vec<FoundCustomer>,
    /// How many, or that nobody matches, in words; empty when nothing was searched for.
    pub said: String,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCustomer {
    /// "a@example.com · K-17": namesakes exist.
    pub line: String,
    /// The same row as in a list; its actions open on the page at hand.
    pub row: Row,
}
