//! `cargo xtask serve`.

use std::{
    env,
    ffi::OsString,
    os::unix::process::CommandExt as _,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::{pipeline, sample, workspace::Workspace};

/// Where the program keeps its data.
pub const DATA: &str = "PARTNER_PANEL_DATA";
/// The database that it uses instead of the file in there.
const DATABASE: &str = "PARTNER_PANEL_DATABASE_URL";

/// Builds, then serves the panel with its demo, and the sample product on the next port. Options are the program's own;
/// its data lie in the checkout unless they or the environment say otherwise.
pub fn serve(workspace: &Workspace, options: &[String]) -> Result<ExitCode> {
    pipeline::build(workspace)?;
    let options: Vec<&String> = options.iter().filter(|option| *option != "--").collect();
    let addr = said(&options, "--addr", "PARTNER_PANEL_ADDR");
    let addr = addr.unwrap_or_else(|| "127.0.0.1:3000".to_owned());
    let data = said(&options, "--data", DATA).map(OsString::from);
    let database = said(&options, "--database-url", DATABASE).map(OsString::from);
    // By the environment, so that the commands which make the product's key reach what the panel serves.
    let mut place = vec![(
        DATA,
        data.unwrap_or_else(|| workspace.path("data").into_os_string()),
    )];
    place.extend(database.map(|url| (DATABASE, url)));
    sample::start(&addr, &place)?;
    let mut panel = Command::new(workspace.binary());
    become_program(panel.args(["serve", "--demo"]).args(options).envs(place))
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

/// Gives the process to the program, so that it gets Ctrl-C and every other signal itself.
pub fn become_program(command: &mut Command) -> Result<ExitCode> {
    let error = command.exec();
    Err(error).context("the program could not be started")
}
