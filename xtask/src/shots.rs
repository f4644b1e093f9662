//! `cargo xtask shots DIR`.

use std::{env, fs, path::Path, process::ExitCode};

use anyhow::Result;

use crate::{pipeline, steps::run, test::browser, workspace::Workspace};

/// Takes pictures of every page and popup into a folder.
pub fn shots(workspace: &Workspace, folder: &str) -> Result<ExitCode> {
    let folder = env::current_dir()?.join(Path::new(folder));
    fs::create_dir_all(&folder)?;
    browser::prepare(workspace)?;
    pipeline::build(workspace)?;
    run(browser::playwright(workspace).env("SHOTS_DIR", &folder))?;
    println!(
        "{} pictures in {}",
        fs::read_dir(&folder)?.count(),
        folder.display()
    );
    Ok(ExitCode::SUCCESS)
}
