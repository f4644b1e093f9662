//! The rules, case by case and over random sequences of commands.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod actions;
mod change;
mod edge_cases;
mod events;
mod fixtures;
mod gate;
mod keys;
mod lives;
mod parsing;
mod preview;
mod prices;
mod properties;
mod rejections;
mod rollback;
mod settle;
mod status;
mod undo;
mod walks;
mod world;
