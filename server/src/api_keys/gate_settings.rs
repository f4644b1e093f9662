//! How the gate answers a key: whom it asks about, and what is done with whom.

use domain::{GateMode, UnknownCustomer};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::malformed_place::MalformedPlace;
use super::places::{HeaderName, HostSuffix, OpenPrefix, PathPrefix, QueryName};

/// How the gate answers a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateSettings {
    /// Whether customers that are to stay out do.
    pub mode: GateMode,
    /// What becomes of customers that nobody knows.
    pub unknown: UnknownCustomer,
    /// Where the customer is named.
    pub customer: CustomerFrom,
    /// What stays open to a suspended customer.
    pub open_prefixes: Vec<OpenPrefix>,
}

/// Where in a request the customer is named, by its external id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerFrom {
    /// The value of a header.
    Header(HeaderName),
    /// What stands before the end of the host name.
    Host {
        /// That end.
        suffix: HostSuffix,
    },
    /// The part of the path after its beginning.
    PathPrefix(PathPrefix),
    /// The value of a query field.
    Query(QueryName),
}

/// Why settings of the gate were not taken, in words for whoever typed them.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MalformedGate {
    /// A place is not one.
    #[error(transparent)]
    Place(#[from] MalformedPlace),
    /// Not a place and where.
    #[error(
        "Where the customer is named is header:NAME, host:SUFFIX, path:PREFIX or query:NAME, such as header:X-Account"
    )]
    Customer,
    /// Too many.
    #[error("At most {MOST_OPEN} parts of the product can stay open; {0} were named")]
    TooManyOpen(usize),
}

/// The most parts of a product that stay open.
const MOST_OPEN: usize = 20;

impl Default for GateSettings {
    /// What the panel's own examples use.
    fn default() -> Self {
        Self {
            mode: GateMode::Enforce,
            unknown: UnknownCustomer::Deny,
            customer: CustomerFrom::Header(HeaderName::account()),
            open_prefixes: Vec::new(),
        }
    }
}

impl CustomerFrom {
    /// The words for the four ways, as they are written before a colon.
    pub const WAYS: [&'static str; 4] = ["header", "host", "path", "query"];

    /// Reads a way and its place.
    ///
    /// # Errors
    /// [`MalformedGate`] says what is wrong with it.
    pub fn of(way: &str, place: &str) -> Result<Self, MalformedGate> {
        Ok(match way {
            "header" => Self::Header(HeaderName::parse(place)?),
            "host" => Self::Host {
                suffix: HostSuffix::parse(place)?,
            },
            "path" => Self::PathPrefix(PathPrefix::parse(place)?),
            "query" => Self::Query(QueryName::parse(place)?),
            _ => return Err(MalformedGate::Customer),
        })
    }

    /// Reads `header:X-Account` and its like.
    ///
    /// # Errors
    /// [`MalformedGate`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, MalformedGate> {
        let (way, place) = text.split_once(':').ok_or(MalformedGate::Customer)?;
        Self::of(way.trim(), place)
    }

    /// The way and its place, as they are read.
    #[must_use]
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Header(name) => ("header", name.as_str()),
            Self::Host { suffix } => ("host", suffix.as_str()),
            Self::PathPrefix(prefix) => ("path", prefix.as_str()),
            Self::Query(name) => ("query", name.as_str()),
        }
    }
}

impl GateSettings {
    /// Settings with parts that stay open, each once.
    ///
    /// # Errors
    /// [`MalformedGate`] when those are too many.
    pub fn new(
        mode: GateMode,
        unknown: UnknownCustomer,
        customer: CustomerFrom,
        open: Vec<OpenPrefix>,
    ) -> Result<Self, MalformedGate> {
        let mut open_prefixes = Vec::new();
        for prefix in open {
            if !open_prefixes.contains(&prefix) {
                open_prefixes.push(prefix);
            }
        }
        if open_prefixes.len() > MOST_OPEN {
            return Err(MalformedGate::TooManyOpen(open_prefixes.len()));
        }
        Ok(Self {
            mode,
            unknown,
            customer,
            open_prefixes,
        })
    }

    /// Reads beginnings of paths, whatever white space or commas stand between them.
    ///
    /// # Errors
    /// [`MalformedPlace`] says what is wrong with one of them.
    pub fn read_open_prefixes(text: &str) -> Result<Vec<OpenPrefix>, MalformedPlace> {
        let typed = text.split(|character: char| character.is_whitespace() || character == ',');
        let typed = typed.filter(|typed| !typed.is_empty());
        typed.map(OpenPrefix::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_read_back_as_they_are_stored() {
        for customer in [
            "header:X-Account",
            "host:app.example.com",
            "path:/t",
            "query:account",
        ] {
            let customer = CustomerFrom::parse(customer).unwrap_or_else(|error| panic!("{error}"));
            let open = GateSettings::read_open_prefixes("/billing, /sign-out\n/billing/");
            let (mode, unknown) = (GateMode::Observe, UnknownCustomer::Allow);
            let settings = GateSettings::new(mode, unknown, customer, open.unwrap_or_default());
            let settings = settings.unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(settings.open_prefixes.len(), 2);
            let stored = serde_json::to_string(&settings).unwrap_or_default();
            assert_eq!(serde_json::from_str(&stored).ok(), Some(settings));
        }
    }

    #[test]
    fn what_is_no_place_is_not_read() {
        for text in [
            "",
            "X-Account",
            "cookie:x",
            "header:",
            "path:t",
            "header:Cookie",
        ] {
            assert!(CustomerFrom::parse(text).is_err(), "{text}");
        }
        let many: String = (0..21).map(|number| format!("/p{number} ")).collect();
        let many = GateSettings::read_open_prefixes(&many).unwrap_or_default();
        let GateSettings {
            mode,
            unknown,
            customer,
            ..
        } = GateSettings::default();
        assert_eq!(
            GateSettings::new(mode, unknown, customer, many),
            Err(MalformedGate::TooManyOpen(21))
        );
        assert!(GateSettings::read_open_prefixes("/billing /").is_err());
    }

    #[test]
    fn stored_settings_are_checked_like_typed_ones() {
        let stored =
            r#"{"mode":"enforce","unknown":"deny","customer":{"header":"a b"},"open_prefixes":[]}"#;
        assert!(serde_json::from_str::<GateSettings>(stored).is_err());
    }
}
