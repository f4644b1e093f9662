//! `cargo xtask soak`: what takes too long for every day.

mod mutants;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{steps::run, test::rust, workspace::Workspace};

/// Does one run with the words that follow its name.
type Start = fn(&Workspace, &[String]) -> Result<()>;

const RUNS: [(&str, Start); 3] = [
    ("mutants", mutants::mutants),
    ("model", model),
    ("crash", crash),
];

/// Sequences of commands that the model test goes through unless told otherwise.
const SEQUENCES: u64 = 10_000;

/// What the model test spends its time in, optimised for the soak alone: to optimise it in every debug build would cost
/// more than the few sequences of every day. Overflow and debug assertions are checked all the same.
const OPTIMISED: [&str; 5] = [
    "domain",
    "server",
    "sqlx-core",
    "sqlx-postgres",
    "sqlx-sqlite",
];

/// Rounds of the crash test unless told otherwise.
const ROUNDS: u64 = 50;

/// Does the named run.
pub fn soak(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    let names = RUNS.map(|(name, _)| name).join(", ");
    let Some((wanted, rest)) = arguments.split_first() else {
        bail!("name a run: {names}");
    };
    let Some((_, start)) = RUNS.iter().find(|(name, _)| name == wanted) else {
        bail!("there is no run {wanted}; the runs are {names}");
    };
    start(workspace, rest)?;
    Ok(ExitCode::SUCCESS)
}

/// The model test over many sequences of commands.
fn model(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let sequences = number(arguments, SEQUENCES, "sequences")?;
    rust::prepare()?;
    let mut cargo = workspace.cargo();
    for package in OPTIMISED {
        cargo.args([
            "--config",
            &format!("profile.dev.package.{package}.opt-level=1"),
        ]);
    }
    run(cargo
        .env("PANEL_MODEL_SEQUENCES", sequences.to_string())
        .args(["test", "--package", "server", "--test", "model"]))
}

/// The crash test over many rounds, each of which ends by a kill.
fn crash(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let rounds = number(arguments, ROUNDS, "rounds")?;
    run(workspace
        .cargo()
        .env("PANEL_CRASH_ROUNDS", rounds.to_string())
        .args([
            "test",
            "--package",
            "server",
            "--test",
            "durability",
            "crash::",
        ]))
}

/// How many of `what` a run is to do.
fn number(arguments: &[String], usual: u64, what: &str) -> Result<u64> {
    match arguments {
        [] => Ok(usual),
        [number] => match number.parse() {
            Ok(number) => Ok(number),
            Err(_) => bail!("`{number}` is no number of {what}"),
        },
        _ => bail!("this run takes one number, of {what}"),
    }
}
