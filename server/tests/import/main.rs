//! Files in and out: what is told, what is written, what comes back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod changes;
mod files;
#[path = "../store/postgres.rs"]
mod postgres;
mod resume;
mod round_trip;
mod sandbox;
