//! Nothing that was answered is lost, nothing is half done, and trouble is told.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

mod batches;
mod crash;
mod full;
mod panel;
mod people;
mod power;
mod queue;
mod together;
mod trouble;
mod wal;

#[path = "../cli/binary.rs"]
mod binary;
#[path = "../store/postgres.rs"]
mod postgres;
#[path = "../store/world.rs"]
mod world;
