//! `cargo xtask serve`.

use std::{
    env,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::{pipeline, workspace::Workspace};

/// Builds, then serves the panel with its demo. Options are the program's own; its data lie in the checkout unless
/// they or the environment say otherwise.
pub fn serve(workspace: &Workspace, options: &[String]) -> Result<ExitCode> {
    pipeline::build(workspace)?;
    let mut command = Command::new(workspace.binary());
    command.args(["serve", "--demo"]);
    let options: Vec<&String> = options.iter().filter(|option| *option != "--").collect();
    let says_where = options
        .iter()
        .any(|option| *option == "--data" || option.starts_with("--data="));
    if !says_where && env::var_os("PARTNER_PANEL_DATA").is_none() {
        command.arg("--data").arg(workspace.path("data"));
    }
    become_program(command.args(options))
}

/// Gives the process to the program, so that it gets Ctrl-C and every other signal itself.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).context("the panel could not be started")
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().context("the panel could not be started")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
