//! What comes from npm.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::steps::{capture, step};

/// Installs exactly what a folder's `package-lock.json` names, unless that has been done.
pub fn install(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let name = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    step(&format!("npm packages of {name}"), || {
        capture(
            Command::new("npm")
                .current_dir(folder)
                // Debian's Chromium is used; Playwright's own would be another 400 MB.
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .args(["ci", "--ignore-scripts", "--no-fund", "--no-audit"]),
        )
        .context("npm comes with Node 20 or newer")?;
        fs::write(&installed, &lock)?;
        Ok(())
    })
}

/// Node with a program of a folder's installed packages, given by its path among them.
pub fn node(folder: &Path, program: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(folder.join("node_modules").join(program));
    command
}
