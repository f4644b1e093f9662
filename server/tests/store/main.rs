//! The store and the commands, on SQLite and on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

/// Runs each test on both databases.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::world::Base::Sqlite).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::world::Base::Postgres).await;
            })+
        }
    };
}

mod api_keys;
mod backup;
mod bulk;
mod check;
mod checkpoints;
mod commands;
mod due;
mod enforcement;
mod erase;
mod firsts;
mod fixtures;
mod gate;
mod gated;
mod keeping;
mod key_uses;
mod lists;
mod log;
mod older_copy;
mod open;
mod outsider;
mod people;
mod postgres;
mod proof;
mod races;
mod restore;
mod search;
mod signing;
mod streams;
mod tamper;
mod world;
