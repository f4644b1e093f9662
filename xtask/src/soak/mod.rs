//! `cargo xtask soak`: what takes too long for every day.

mod mutants;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{steps::run, test::rust, workspace::Workspace};

/// Does one run with the words that follow its name.
type Start = fn(&Workspace, &[String]) -> Result<()>;

const RUNS: [(&str, Start); 2] = [("mutants", mutants::mutants), ("model", model)];

/// Sequences of commands that the model test goes through unless told otherwise.
const SEQUENCES: u64 = 10_000;

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
    let sequences = match arguments {
        [] => SEQUENCES,
        [number] => match number.parse() {
            Ok(number) => number,
            Err(_) => bail!("`{number}` is no number of sequences"),
        },
        _ => bail!("the model takes one number, of sequences"),
    };
    rust::prepare()?;
    run(workspace
        .cargo()
        .env("PANEL_MODEL_SEQUENCES", sequences.to_string())
        .args(["test", "--package", "server", "--test", "model"]))
}
