//! What is said of API keys at the command line, read into types.

use domain::api_key::{KeyLife, KeyOverlap};
use domain::{ApiKeyName, GateMode, Scope, UnknownCustomer};

use crate::api_keys::{CustomerFrom, OpenPrefix};

pub(super) fn name(text: &str) -> Result<ApiKeyName, String> {
    ApiKeyName::parse(text.trim())
        .map_err(|_| format!("a key's name has 1 to {} characters", ApiKeyName::LONGEST))
}

pub(super) fn scope(text: &str) -> Result<Scope, String> {
    Scope::parse(text.trim()).map_err(|_| "a key is good for gate or entitlements".to_owned())
}

pub(super) fn customer(text: &str) -> Result<CustomerFrom, String> {
    CustomerFrom::parse(text).map_err(|error| error.to_string())
}

pub(super) fn mode(text: &str) -> Result<GateMode, String> {
    GateMode::parse(text).map_err(|_| "a mode is enforce or observe".to_owned())
}

pub(super) fn unknown(text: &str) -> Result<UnknownCustomer, String> {
    UnknownCustomer::parse(text).map_err(|_| "the answer is deny or allow".to_owned())
}

pub(super) fn open_prefix(text: &str) -> Result<OpenPrefix, String> {
    OpenPrefix::parse(text).map_err(|error| error.to_string())
}

pub(super) fn days(text: &str) -> Result<KeyLife, String> {
    let days = text.parse().ok().and_then(KeyLife::days);
    days.ok_or_else(|| "a key lives 1 to 730 days".to_owned())
}

pub(super) fn hours(text: &str) -> Result<KeyOverlap, String> {
    let hours = text.parse().ok().and_then(KeyOverlap::hours);
    hours.ok_or_else(|| "two keys are good beside each other for 0 to 720 hours".to_owned())
}
