//! Random sequences of everything that people, the operator and time do, carried out by the real store and by a plain
//! reference model written apart from the rules; after each step both must stand alike. On SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

mod arrange;
mod compare;
mod play;
mod popup;
#[path = "../store/postgres.rs"]
mod postgres;
mod random;
mod reference;
mod send;
mod sequences;
mod steps;
#[path = "../store/world.rs"]
mod world;
