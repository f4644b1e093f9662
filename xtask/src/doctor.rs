//! `cargo xtask doctor`.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    debian,
    steps::capture,
    test::{browser, rust},
    toolchain,
    workspace::Workspace,
};

/// The oldest compiler, as `rust-version` in Cargo.toml says.
const RUST: &str = env!("CARGO_PKG_RUST_VERSION");
const NODE: &str = "20.19";
/// What a checkout with everything built and tested takes.
const GIGABYTES: u64 = 8;

/// Says in sentences what this machine lacks.
pub fn doctor(workspace: &Workspace) -> Result<ExitCode> {
    let findings = [
        rust_compiler(),
        wasm_std(),
        node(),
        chromium(),
        webkit(),
        java(),
        postgres(),
        proxy(workspace, "nginx"),
        proxy(workspace, "caddy"),
        disk(workspace),
    ];
    let mut lacks = 0;
    for finding in findings {
        match finding {
            Ok(good) => println!("good   {good}"),
            Err(bad) => {
                lacks += 1;
                println!("lacks  {bad:#}");
            }
        }
    }
    match lacks {
        0 => println!("This machine has all that the panel is built and tested with."),
        1 => println!("One thing is missing."),
        n => println!("{n} things are missing."),
    }
    Ok(if lacks == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn rust_compiler() -> Result<String> {
    let version = toolchain::rustc_version()?;
    ensure!(
        numbers(&version) >= numbers(RUST),
        "rustc is {version}; the panel needs {RUST} or newer: `rustup update stable`."
    );
    Ok(format!("rustc {version}."))
}

fn wasm_std() -> Result<String> {
    if !toolchain::ready()? {
        bail!(
            "The standard library for WASM is not installed; `cargo xtask build` gets or builds it."
        );
    }
    Ok("The standard library for WASM is installed.".to_owned())
}

fn node() -> Result<String> {
    let node = capture(Command::new("node").arg("--version")).context("Node is not installed.")?;
    let npm = capture(Command::new("npm").arg("--version"))
        .context("npm is not installed; it comes with Node.")?;
    let (node, npm) = (node.trim().trim_start_matches('v'), npm.trim());
    ensure!(
        numbers(node) >= numbers(NODE),
        "Node is {node}; the panel needs {NODE} or newer."
    );
    Ok(format!("Node {node} with npm {npm}."))
}

fn chromium() -> Result<String> {
    match browser::chromium() {
        Some(path) => Ok(format!("Chromium is {}.", path.display())),
        None => bail!("Chromium is not installed{}", for_tests_only("chromium")),
    }
}

fn webkit() -> Result<String> {
    let lacking = browser::lacking_for_webkit().join(" and ");
    ensure!(
        lacking.is_empty(),
        "WebKit cannot be driven{}",
        for_tests_only(&lacking)
    );
    Ok("WebKit can be driven.".to_owned())
}

fn java() -> Result<String> {
    ensure!(
        browser::java(),
        "Java is not installed{}",
        for_tests_only("default-jre-headless")
    );
    Ok("Java is there.".to_owned())
}

fn postgres() -> Result<String> {
    match rust::postgres() {
        Some(folder) => Ok(format!("PostgreSQL is in {}.", folder.display())),
        None => bail!(
            "PostgreSQL is not installed{}",
            for_tests_only("postgresql")
        ),
    }
}

fn proxy(workspace: &Workspace, name: &str) -> Result<String> {
    match rust::proxy(workspace, name) {
        Some(path) => Ok(format!("{name} is {}.", path.display())),
        None => bail!("{name} is not installed{}", for_tests_only(name)),
    }
}

fn for_tests_only(package: &str) -> String {
    if debian::has_apt() {
        format!("; only the tests need it, and `cargo xtask test` installs Debian's {package}.")
    } else {
        "; only the tests need it.".to_owned()
    }
}

fn disk(workspace: &Workspace) -> Result<String> {
    let told = capture(Command::new("df").arg("-Pk").arg(workspace.path(".")))?;
    let free =
        free_kilobytes(&told).context("df does not say how much of the disk is free.")? / 1_000_000;
    ensure!(
        free >= GIGABYTES,
        "{free} GB of the disk are free; building and testing takes up to {GIGABYTES} GB."
    );
    Ok(format!("{free} GB of the disk are free."))
}

/// The fourth column of the second line of `df -Pk`.
fn free_kilobytes(told: &str) -> Option<u64> {
    told.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

/// "1.95.0" as numbers that can be compared.
fn numbers(version: &str) -> Vec<u32> {
    version
        .split(['.', '-'])
        .map_while(|part| part.parse().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(numbers("1.100.0") > numbers("1.95"));
        assert!(numbers("1.95.0") >= numbers("1.95"));
        assert!(numbers("1.94.1") < numbers("1.95"));
        assert_eq!(numbers("1.96.0-nightly"), [1, 96, 0]);
    }

    #[test]
    fn free_space_is_read_from_df() {
        let told = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 263174212 13000000 82000000 14% /\n";
        assert_eq!(free_kilobytes(told), Some(82_000_000));
        assert_eq!(free_kilobytes("df"), None);
    }
}
