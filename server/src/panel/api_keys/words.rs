//! What a key allows, in words.

use domain::{GateMode, Scope, UnknownCustomer};

use super::super::words::Context;
use crate::api_keys::{CustomerFrom, MalformedGate, MalformedPlace};

impl Context {
    /// What a key is good for.
    pub(super) fn scope(&self, scope: Scope) -> String {
        match scope {
            Scope::Gate => self.say.scope_gate(),
            Scope::Entitlements => self.say.scope_entitlements(),
        }
    }

    /// What becomes of suspended customers.
    pub(super) fn gate_mode(&self, mode: GateMode) -> String {
        match mode {
            GateMode::Enforce => self.say.mode_enforce(),
            GateMode::Observe => self.say.mode_observe(),
        }
    }

    /// What becomes of customers that nobody knows.
    pub(super) fn unknown_customer(&self, unknown: UnknownCustomer) -> String {
        match unknown {
            UnknownCustomer::Deny => self.say.unknown_deny(),
            UnknownCustomer::Allow => self.say.unknown_allow(),
        }
    }

    /// Where the customer is named.
    pub(super) fn customer_from(&self, from: &CustomerFrom) -> String {
        let say = &self.say;
        match from {
            CustomerFrom::Header(name) => say.customer_in_header(name.as_str()),
            CustomerFrom::Host { suffix } => say.customer_in_host(suffix.as_str()),
            CustomerFrom::PathPrefix(prefix) => say.customer_in_path(prefix.as_str()),
            CustomerFrom::Query(name) => say.customer_in_query(name.as_str()),
        }
    }

    /// What is wrong with settings of the gate.
    pub(super) fn gate_words(&self, why: &MalformedGate) -> String {
        let say = &self.say;
        match why {
            MalformedGate::Customer => say.key_choice_bad(),
            MalformedGate::TooManyOpen(found) => say.open_too_many(*found),
            MalformedGate::Place(place) => match place {
                MalformedPlace::Header(text) => say.place_bad_header(text),
                MalformedPlace::HeaderTaken(text) => say.place_header_taken(text),
                MalformedPlace::Host(text) => say.place_bad_host(text),
                MalformedPlace::Path(text) => say.place_bad_path(text),
                MalformedPlace::EverythingOpen => say.place_all_open(),
                MalformedPlace::Query(text) => say.place_bad_query(text),
            },
        }
    }
}
