//! Builds, serves and checks the panel: `cargo xtask help`.

mod bench;
mod css;
mod debian;
mod doctor;
mod npm;
mod pipeline;
mod rust_source;
mod sample;
mod serve;
mod shots;
mod site;
mod sizes;
mod soak;
mod steps;
mod test;
mod toolchain;
mod wasm;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};
use workspace::Workspace;

const HELP: &str = "\
cargo xtask serve [--addr ADDRESS] [--data FOLDER] [OPTION …]
                        builds everything and serves the panel with its demo, and on the next port a sample product behind its
                        gate; other options go to `partner-panel serve`
cargo xtask test [--only STEP …]
                        runs every check: fmt, clippy, clippy-wasm, build, sizes, rust, browser
cargo xtask soak RUN    takes long: `mutants [SHARE]` breaks every rule and shows that a test notices,
                        `model [SEQUENCES]` compares the panel with a plain model over random commands,
                        `crash [ROUNDS]` kills it amid its work and shows that nothing it answered is lost
cargo xtask build       leaves one binary, target/release/partner-panel
cargo xtask bench NAME  measures: gate, lighthouse, live, refusal, writes
cargo xtask doctor      says what this machine lacks
cargo xtask shots DIR   takes pictures of every page and popup";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<ExitCode> {
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", arguments),
    };
    match (name, rest) {
        ("build", []) => {
            let workspace = Workspace::find()?;
            pipeline::build(&workspace)?;
            println!("{}", workspace.binary().display());
            Ok(ExitCode::SUCCESS)
        }
        ("serve", options) => serve::serve(&Workspace::find()?, options),
        (sample::COMMAND, [addr]) => sample::become_product(&Workspace::find()?, addr),
        ("test", options) => test::test(&Workspace::find()?, options),
        ("soak", arguments) => soak::soak(&Workspace::find()?, arguments),
        ("bench", options) => bench::bench(&Workspace::find()?, options),
        ("doctor", []) => doctor::doctor(&Workspace::find()?),
        ("shots", [folder]) => shots::shots(&Workspace::find()?, folder),
        ("help" | "--help" | "-h", _) => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!(
            "`cargo xtask {}` is not known.\n\n{HELP}",
            arguments.join(" ")
        ),
    }
}
