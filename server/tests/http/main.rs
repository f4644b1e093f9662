//! The panel over HTTP, and over nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod actions;
mod connect;
mod enforcement;
mod entitlements;
mod gate;
mod gate_input;
mod headers;
mod input;
mod key_routes;
mod keys;
mod links;
mod live;
mod load;
mod palette;
mod popups;
mod preferences;
mod programs;
mod races;
mod routes;
mod sessions;
mod sights;
mod support;
mod suspended_preview;
mod trouble;
