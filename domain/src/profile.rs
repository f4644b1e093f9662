//! Who a customer is: personal data, kept apart so that it can be erased.

use serde::{Deserialize, Serialize};

/// What is known about a customer as a person or company; `None` means unknown (or erased).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// Name of the company or person, as it came.
    pub name: Option<String>,
    /// E-mail address, as it came.
    pub email: Option<String>,
    /// Telephone number, as it came.
    pub phone: Option<String>,
    /// Country, as it came.
    pub country: Option<String>,
    /// Language tag, as it came.
    pub language: Option<String>,
}
