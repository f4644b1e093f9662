//! The gate with a million customers, beside an axum handler that answers a constant 204, in the same run: processor time
//! of the server's process for one answer, waiting at half load, memory for one customer, and how soon it answers after a
//! start.
//!
//! `cargo xtask bench gate`
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

mod filled;
mod load;
mod process;

#[path = "../../tests/store/postgres.rs"]
mod postgres;
#[path = "../../tests/store/world.rs"]
mod world;

use std::time::{Duration, SystemTime};

use load::Load;
use process::{Kind, ServerProcess};
use tokio::task::block_in_place;

/// So many customers there are.
const CUSTOMERS: u64 = 1_000_000;
/// So many answers in one round, and so many rounds of each server, in turns.
const ANSWERS: u32 = 16_000;
const ROUNDS: usize = 25;
/// For so long each server works at half the gate's load in one turn, and so many turns it has: what takes the machine away
/// for a tenth of a second belongs to one of them.
const HALF: Duration = Duration::from_secs(3);
const TURNS: usize = 5;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        match process::asked() {
            Some(kind) => process::serve(kind).await,
            None => compare().await,
        }
    });
}

async fn compare() {
    let small = filled::database(100).await;
    let server = ServerProcess::start(Kind::Gate, &small.folder());
    let empty = server.memory();
    server.end();
    drop(small);
    println!("making {CUSTOMERS} customers");
    let full = filled::database(CUSTOMERS).await;
    let begun = now();
    let gate = ServerProcess::start(Kind::Gate, &full.folder());
    let ready = now().duration_since(begun).unwrap().as_secs_f64();
    let each = gate.memory().saturating_sub(empty) as f64 / CUSTOMERS as f64;
    let work = gate.processor_time();
    let bare = ServerProcess::start(Kind::Bare, &full.folder());
    let load = Load::new(&full.key, CUSTOMERS);

    let servers = [&bare, &gate];
    let (mut times, mut rates) = ([const { Vec::new() }; 2], [const { Vec::new() }; 2]);
    let mut shares = Vec::new();
    // The first round warms both up and does not count.
    for round in 0..=ROUNDS {
        let in_turn = servers.map(|server| {
            let (before, begun) = (server.processor_time(), now());
            block_in_place(|| load.as_fast_as_possible(server.addr, ANSWERS));
            let took = now().duration_since(begun).unwrap().as_secs_f64();
            let time = (server.processor_time() - before) / f64::from(ANSWERS) * 1e6;
            (time, f64::from(ANSWERS) / took)
        });
        if round > 0 {
            shares.push(in_turn[1].0 / in_turn[0].0);
            for (place, (time, rate)) in in_turn.into_iter().enumerate() {
                times[place].push(time);
                rates[place].push(rate);
            }
        }
    }
    let [bare_time, gate_time] = times.map(middle);
    let rates = rates.map(middle);
    let share = middle(shares);
    let rate = rates[1] / 2.0;
    let (mut p50, mut p99) = ([const { Vec::new() }; 2], [const { Vec::new() }; 2]);
    for _ in 0..TURNS {
        for (place, server) in servers.into_iter().enumerate() {
            let waits = block_in_place(|| load.at_rate(server.addr, rate, HALF));
            let at = |share: usize| waits[(waits.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
            p50[place].push(at(50));
            p99[place].push(at(99));
        }
    }
    let (p50, p99) = (p50.map(middle), p99.map(middle));
    println!("{:>28}  {:>10}  {:>10}  aim", "", "constant", "gate");
    println!(
        "{:>28}  {bare_time:>10.1}  {gate_time:>10.1}  {share:.2} times, aim 1.25: {}",
        "CPU µs for an answer",
        met(share <= 1.25)
    );
    println!(
        "{:>28}  {:>10.0}  {:>10.0}",
        "answers per second", rates[0], rates[1]
    );
    println!(
        "{:>28}  {:>10.2}  {:>10.2}",
        "p50 ms at half load", p50[0], p50[1]
    );
    println!(
        "{:>28}  {:>10.2}  {:>10.2}  2: {}",
        "p99 ms at half load",
        p99[0],
        p99[1],
        met(p99[1] < 2.0)
    );
    println!(
        "{:>28}  {:>10}  {each:>10.0}  200: {}",
        "bytes for a customer",
        "",
        met(each < 200.0)
    );
    println!(
        "{:>28}  {:>10}  {ready:>10.2}  3: {}",
        "s until it answers",
        "",
        met(ready < 3.0)
    );
    println!("{:>28}  {:>10}  {work:>10.2}", "CPU s of that", "");
    gate.end();
    bare.end();
}

/// What half of them are below.
fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn met(met: bool) -> &'static str {
    if met { "met" } else { "missed" }
}

/// The time.
#[expect(
    clippy::disallowed_methods,
    reason = "a bench measures the time that the panel's clock does not know of"
)]
pub fn now() -> SystemTime {
    SystemTime::now()
}
