//! The panel over HTTP, and over nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod actions;
mod headers;
mod input;
mod links;
mod live;
mod load;
mod palette;
mod popups;
mod preferences;
mod races;
mod routes;
mod sessions;
mod support;
mod suspended_preview;
mod trouble;
