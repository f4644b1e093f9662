//! `cargo xtask test`: every check there is, and one line that sums them up.

pub mod browser;
pub mod rust;
mod skips;
mod tally;

use std::{env, process::ExitCode};

use anyhow::{Result, anyhow, bail};
use skips::Skips;
use tally::Tally;

use crate::{
    pipeline, sizes,
    steps::run,
    toolchain,
    workspace::{WASM, Workspace},
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Fmt,
    Clippy,
    ClippyWasm,
    Build,
    Sizes,
    Rust,
    Browser,
}

const STEPS: [(&str, Step); 7] = [
    ("fmt", Step::Fmt),
    ("clippy", Step::Clippy),
    ("clippy-wasm", Step::ClippyWasm),
    ("build", Step::Build),
    ("sizes", Step::Sizes),
    ("rust", Step::Rust),
    ("browser", Step::Browser),
];

/// Runs the steps, all of them or the named ones. A step that cannot run counts as a failed test.
pub fn test(workspace: &Workspace, options: &[String]) -> Result<ExitCode> {
    let chosen = choose(options)?;
    let skips = Skips::read(
        &workspace.path("end2end/skips.txt"),
        env::var("CI").is_ok_and(|value| value == "true"),
    )?;
    let mut run = Run {
        workspace,
        skips,
        built: None,
    };
    let mut total = Tally::default();
    for (name, step) in STEPS.into_iter().filter(|(_, step)| chosen.contains(step)) {
        eprintln!("\n── {name}");
        let tally = run.step(step).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Tally::FAILED
        });
        if tally.failed > 0 {
            eprintln!("── {name}: {tally}");
        }
        total += tally;
    }
    println!("\n{total}");
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn choose(options: &[String]) -> Result<Vec<Step>> {
    let names: Vec<&str> = options
        .iter()
        .map(String::as_str)
        .filter(|option| *option != "--only")
        .collect();
    if names.len() == options.len() {
        return match names.first() {
            None => Ok(STEPS.map(|(_, step)| step).to_vec()),
            Some(name) => bail!("`{name}` is not an option; `--only {name}` runs one step"),
        };
    }
    if names.is_empty() {
        bail!(
            "--only needs the name of a step: {}",
            STEPS.map(|(name, _)| name).join(", ")
        );
    }
    names.into_iter().map(named).collect()
}

fn named(name: &str) -> Result<Step> {
    let known = STEPS.iter().find(|(known, _)| *known == name);
    known.map(|(_, step)| *step).ok_or_else(|| {
        anyhow!(
            "there is no step {name}; the steps are {}",
            STEPS.map(|(name, _)| name).join(", ")
        )
    })
}

struct Run<'a> {
    workspace: &'a Workspace,
    skips: Skips,
    /// Whether the release build was tried, and succeeded.
    built: Option<bool>,
}

impl Run<'_> {
    fn step(&mut self, step: Step) -> Result<Tally> {
        let cargo =
            |words: &[&str]| run(self.workspace.cargo().args(words)).map(|()| Tally::PASSED);
        match step {
            Step::Fmt => cargo(&["fmt", "--all", "--check"]),
            Step::Clippy => cargo(&[
                "clippy",
                "--workspace",
                "--exclude",
                "frontend",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ]),
            Step::ClippyWasm => {
                toolchain::prepare(self.workspace)?;
                cargo(&[
                    "clippy",
                    "--package",
                    "frontend",
                    "--target",
                    WASM,
                    "--",
                    "-D",
                    "warnings",
                ])
            }
            Step::Build => self.build().map(|()| Tally::PASSED),
            Step::Sizes => {
                self.build()?;
                self.sizes()
            }
            Step::Rust => rust::test(self.workspace, &self.skips),
            Step::Browser => {
                browser::prepare(self.workspace)?;
                self.build()?;
                browser::test(self.workspace, &self.skips)
            }
        }
    }

    /// Builds once; what has failed is not tried again.
    fn build(&mut self) -> Result<()> {
        match self.built {
            Some(true) => Ok(()),
            Some(false) => bail!("cannot run, since the build failed"),
            None => {
                let result = pipeline::build(self.workspace);
                self.built = Some(result.is_ok());
                result
            }
        }
    }

    fn sizes(&self) -> Result<Tally> {
        let mut tally = Tally::default();
        for weight in sizes::weigh(&self.workspace.site())? {
            eprintln!("{}", weight.line());
            tally += if weight.fits() {
                Tally::PASSED
            } else {
                Tally::FAILED
            };
        }
        Ok(tally)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(options: &[&str]) -> Result<Vec<&'static str>> {
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        let chosen = choose(&options)?;
        Ok(STEPS
            .into_iter()
            .filter(|(_, step)| chosen.contains(step))
            .map(|(name, _)| name)
            .collect())
    }

    #[test]
    fn all_steps_run_unless_some_are_named() {
        assert_eq!(chosen(&[]).unwrap().len(), STEPS.len());
        assert_eq!(chosen(&["--only", "rust", "fmt"]).unwrap(), ["fmt", "rust"]);
        assert_eq!(
            chosen(&["--only", "rust", "--only", "sizes"]).unwrap(),
            ["sizes", "rust"]
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(chosen(&["--only"]).is_err());
        assert!(chosen(&["--only", "lint"]).is_err());
        assert!(chosen(&["rust"]).is_err());
    }
}
