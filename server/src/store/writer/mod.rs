//! Group commit for SQLite: one task owns the one connection that writes. It takes all units of work that wait, runs each
//! in a savepoint of its own, commits once and then answers all; so the disk is waited for once for many, and no answer
//! leaves before its commit is on disk.

mod batch;
mod connection;
mod queue;
mod unit;

pub use queue::Writer;
