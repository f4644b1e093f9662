//! The binary at the command line.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod audit;
mod backup;
mod binary;
mod commands;
mod customer;
mod flood;
mod key;
mod serving;
