//! `cargo xtask serve`.

use std::{
    env,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::{pipeline, sample, workspace::Workspace};

/// Builds, then serves the panel with its demo, and the sample product on the next port. Options are the program's own;
/// its data lie in the checkout unless they or the environment say otherwise.
pub fn serve(workspace: &Workspace, options: &[String]) -> Result<ExitCode> {
    pipeline::build(workspace)?;
    let options: Vec<&String> = options.iter().filter(|option| *option != "--").collect();
    let addr = said(&options, "--addr", "PARTNER_PANEL_ADDR");
    let data = said(&options, "--data", "PARTNER_PANEL_DATA");
    let data = data.map_or_else(|| workspace.path("data"), PathBuf::from);
    sample::start(addr.as_deref().unwrap_or("127.0.0.1:3000"), &data)?;
    let mut command = Command::new(workspace.binary());
    command.args(["serve", "--demo", "--data"]).arg(&data);
    become_program(command.args(without(&options, "--data")))
}

/// The value of an option, or of the variable that stands for it.
fn said(options: &[&String], name: &str, variable: &str) -> Option<String> {
    let mut options = options.iter();
    while let Some(option) = options.next() {
        if *option == name {
            return options.next().map(|value| (*value).clone());
        }
        let rest = option.strip_prefix(name);
        if let Some(value) = rest.and_then(|rest| rest.strip_prefix('=')) {
            return Some(value.to_owned());
        }
    }
    env::var(variable).ok()
}

/// The options without this one and its value.
fn without<'a>(options: &[&'a String], name: &str) -> Vec<&'a String> {
    let (mut left, mut skipped) = (Vec::new(), false);
    for option in options {
        let glued = option
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('='));
        match (skipped, *option == name || glued) {
            (true, _) => skipped = false,
            (false, true) => skipped = !glued,
            (false, false) => left.push(*option),
        }
    }
    left
}

/// Gives the process to the program, so that it gets Ctrl-C and every other signal itself.
#[cfg(unix)]
pub fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).context("the program could not be started")
}

#[cfg(not(unix))]
pub fn become_program(command: &mut Command) -> Result<ExitCode> {
    let status = command
        .status()
        .context("the program could not be started")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
