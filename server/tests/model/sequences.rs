//! Random sequences, as many as wanted, each from a number by which it can be played again.

use std::fmt::Write as _;
use std::io::Write as _;

use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use server::ids::{Ids as _, OsIds};
use tokio::runtime::Runtime;

use crate::play::play;
use crate::random::a_sequence;
use crate::steps::Step;
use crate::world::{Base, World};

/// How many sequences on each database.
const SEQUENCES: &str = "PANEL_MODEL_SEQUENCES";
/// The number of the first one; random when not set.
const SEED: &str = "PANEL_MODEL_SEED";
/// How many sequences pass between two lines that tell a long run is going on.
const TOLD_EACH: usize = 500;

#[test]
fn sqlite_does_what_the_model_says() {
    sequences(Base::Sqlite);
}

#[test]
fn postgres_does_what_the_model_says() {
    sequences(Base::Postgres);
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    let number = text
        .parse()
        .unwrap_or_else(|_| panic!("{name} is a number, not {text}"));
    Some(number)
}

fn random() -> u64 {
    let mut bytes = [0; 4];
    OsIds.fill(&mut bytes);
    u64::from(u32::from_le_bytes(bytes))
}

/// One database for all of them: each has partners of its own.
fn sequences(base: Base) {
    let runtime = Runtime::new().unwrap();
    let world = runtime.block_on(World::new(base));
    let first = number(SEED).unwrap_or_else(random);
    for (done, seed) in (first..first + number(SEQUENCES).unwrap_or(150)).enumerate() {
        if done > 0 && done % TOLD_EACH == 0 {
            tell(base, first, done);
        }
        let played = runner(seed, 0).run(&a_sequence(), |steps| {
            runtime.block_on(play(&world, &steps))
        });
        if let Err(failed) = played {
            panic!("{}", shortest(&runtime, base, seed, failed));
        }
    }
}

/// Past what captures the output of tests: a run of hours is to be seen while it lasts.
fn tell(base: Base, first: u64, done: usize) {
    let line = format!("{base:?}: {done} sequences from {SEED}={first} alike\n");
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// Plays the sequence of `seed`, and shorter ones when it fails.
fn runner(seed: u64, shorter: u32) -> TestRunner {
    TestRunner::new(Config {
        cases: 1,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        max_shrink_iters: shorter,
        ..Config::default()
    })
}

/// The shortest sequence found that still fails, each tried on a database of its own: a failed one may leave anything
/// behind.
fn shortest(runtime: &Runtime, base: Base, seed: u64, failed: TestError<Vec<Step>>) -> String {
    let alone = runner(seed, 300).run(&a_sequence(), |steps| {
        runtime.block_on(async {
            let world = World::new(base).await;
            let played = play(&world, &steps).await;
            world.store.close().await;
            played
        })
    });
    match alone.err().unwrap_or(failed) {
        TestError::Fail(why, steps) => format!("{why}\n{}", shown(seed, &steps)),
        TestError::Abort(why) => why.to_string(),
    }
}

/// A sequence that failed, and how to play it again.
fn shown(seed: u64, steps: &[Step]) -> String {
    let mut text = String::new();
    for (number, step) in steps.iter().enumerate() {
        writeln!(text, "{:3} {step:?}", number + 1).unwrap();
    }
    text + &format!("again: {SEED}={seed} {SEQUENCES}=1 cargo test --package server --test model")
}
