//! Durable changes per second, as many clients at the same time get them from one SQLite file: what the disk and the
//! processor are asked for one change, beside what the same SQLite does with one-row commits.
//!
//! `cargo xtask bench writes`
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

mod changes;
mod raw;
mod report;
mod stopwatch;

#[path = "../../tests/store/postgres.rs"]
mod postgres;
#[path = "../../tests/store/world.rs"]
mod world;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        report::head();
        for clients in [1, 8, 64, 512] {
            let before = raw::commits_per_second().await;
            let measured = changes::measure(clients).await;
            let after = raw::commits_per_second().await;
            report::line(clients, &measured, (before + after) / 2.0);
        }
    });
}
