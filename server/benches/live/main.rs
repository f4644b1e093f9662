//! A thousand open streams: how long after somebody has confirmed a popup everybody has heard of it (its command and its
//! commit included), and what an idle stream costs, beside a bare handler of server-sent events in the same run.
//!
//! `cargo xtask bench live`
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

mod bare;
mod listeners;
mod panel;
mod server_process;

#[path = "../../tests/http/popups.rs"]
mod popups;
#[path = "../../tests/http/support.rs"]
mod support;

use std::time::{Duration, SystemTime};

use server_process::{Kind, ServerProcess};

/// So many streams are open.
const STREAMS: usize = 1_000;
/// So many changes are made, one after the other.
const ROUNDS: usize = 100;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        match Kind::asked() {
            Some(Kind::Bare) => bare::serve().await,
            Some(Kind::Panel) => panel::serve().await,
            None => compare().await,
        }
    });
}

async fn compare() {
    println!(
        "{:>6}  {:>9}  {:>9}  {:>13}  {:>24}",
        "", "p50 ms", "p99 ms", "kB per stream", "aim"
    );
    for kind in [Kind::Bare, Kind::Panel] {
        let mut server = ServerProcess::start(kind);
        let before = server.memory();
        let mut listeners = listeners::open(&server.listening, STREAMS).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        let each = (server.memory() - before) as f64 / STREAMS as f64 / 1_000.0;
        let mut waits = Vec::new();
        for _ in 0..ROUNDS {
            let begun = server.change();
            for heard in listeners.all_hear().await {
                waits.push(heard.duration_since(begun).unwrap_or_default());
            }
        }
        waits.sort();
        let at =
            |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
        let verdict = match kind {
            Kind::Bare => "",
            Kind::Panel if at(0.99) < 150.0 && each < 30.0 => "150 ms and 30 kB: met",
            Kind::Panel => "150 ms and 30 kB: missed",
        };
        println!(
            "{:>6}  {:>9.1}  {:>9.1}  {each:>13.1}  {verdict:>24}",
            kind.name(),
            at(0.5),
            at(0.99)
        );
        server.end();
    }
}

/// The time, comparable between processes.
#[expect(
    clippy::disallowed_methods,
    reason = "a bench measures the time that the panel's clock does not know of"
)]
pub fn now() -> SystemTime {
    SystemTime::now()
}
