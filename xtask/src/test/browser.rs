//! The panel in a real browser.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{skips::Skips, tally::Tally};
use crate::{debian, npm, steps::capture, workspace::Workspace};

/// Names another Chromium than Debian's.
const CHROMIUM: &str = "PARTNER_PANEL_CHROMIUM";

/// The Chromium that the tests drive.
pub fn chromium() -> Option<PathBuf> {
    let path =
        env::var_os(CHROMIUM).map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    path.exists().then_some(path)
}

/// Whether a Java is there, which the Nu checker needs.
pub fn java() -> bool {
    capture(Command::new("java").arg("-version")).is_ok()
}

/// What a real WebKit is driven with, each a program and the Debian package that it comes in.
const WEBKIT: [(&str, &str); 2] = [("WebKitWebDriver", "webkit2gtk-driver"), ("Xvfb", "xvfb")];

/// The packages of the programs around WebKit that are not on the path.
pub fn lacking_for_webkit() -> Vec<&'static str> {
    let path = env::var_os("PATH").unwrap_or_default();
    WEBKIT
        .into_iter()
        .filter(|(program, _)| !env::split_paths(&path).any(|folder| folder.join(program).exists()))
        .map(|(_, package)| package)
        .collect()
}

/// Installs Chromium, WebKit, a Java and Playwright where they are missing.
pub fn prepare(workspace: &Workspace) -> Result<()> {
    if chromium().is_none() {
        debian::install("chromium")
            .with_context(|| format!("{CHROMIUM} may name another Chromium"))?;
    }
    for package in lacking_for_webkit() {
        debian::install(package)?;
    }
    if !java() {
        debian::install("default-jre-headless")?;
    }
    npm::install(&workspace.path("end2end"))
}

/// Playwright with the release binary; needs what `prepare` installs.
pub fn playwright(workspace: &Workspace) -> Command {
    let folder = workspace.path("end2end");
    let mut command = npm::node(&folder, "@playwright/test/cli.js");
    command
        .current_dir(&folder)
        .arg("test")
        .env("PANEL_BIN", workspace.binary());
    command
}

/// Runs all browser tests and reads what they came to.
pub fn test(workspace: &Workspace, skips: &Skips) -> Result<Tally> {
    let file = workspace.path("end2end/test-results/results.json");
    if file.exists() {
        fs::remove_file(&file)?;
    }
    let status = playwright(workspace)
        .status()
        .context("node could not be started")?;
    let report = fs::read(&file).context("Playwright left no results")?;
    read(&serde_json::from_slice(&report)?, status.success(), skips)
}

fn read(report: &Value, succeeded: bool, skips: &Skips) -> Result<Tally> {
    let count = |what: &str| {
        report["stats"][what]
            .as_u64()
            .with_context(|| format!("Playwright's results have no count of {what} tests"))
    };
    // Nothing is tried twice, so a flaky test is one that failed.
    let (passed, failed) = (count("expected")?, count("unexpected")? + count("flaky")?);
    let mut skipped = Vec::new();
    collect_skipped(report, &mut skipped);
    let mut tally = skips.judge(&skipped);
    tally += Tally {
        passed,
        failed,
        skipped: 0,
    };
    // The server that panicked, a file that does not parse, or no test at all.
    if (!succeeded && failed == 0) || passed + failed == 0 {
        tally += Tally::FAILED;
    }
    Ok(tally)
}

fn collect_skipped(suite: &Value, titles: &mut Vec<String>) {
    for spec in suite["specs"].as_array().into_iter().flatten() {
        for test in spec["tests"].as_array().into_iter().flatten() {
            if test["status"] == "skipped" {
                titles.push(spec["title"].as_str().unwrap_or_default().to_owned());
            }
        }
    }
    for inner in suite["suites"].as_array().into_iter().flatten() {
        collect_skipped(inner, titles);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(expected: u64, unexpected: u64, flaky: u64) -> Value {
        json!({
            "suites": [{ "specs": [], "suites": [{ "specs": [
                { "title": "prints", "tests": [{ "status": "skipped" }] },
                { "title": "signs in", "tests": [{ "status": "expected" }] },
            ] }] }],
            "stats": { "expected": expected, "unexpected": unexpected, "flaky": flaky, "skipped": 1 },
        })
    }

    #[test]
    fn results_are_counted_and_skips_judged() {
        let tally = read(&report(7, 1, 1), false, &Skips::none()).unwrap();
        assert_eq!(
            tally,
            Tally {
                passed: 7,
                failed: 3,
                skipped: 0
            }
        );
    }

    #[test]
    fn a_run_that_failed_beside_its_tests_is_a_failure() {
        let tally = read(&report(7, 0, 0), false, &Skips::none()).unwrap();
        assert_eq!(
            tally,
            Tally {
                passed: 7,
                failed: 2,
                skipped: 0
            }
        );
        assert!(read(&json!({}), true, &Skips::none()).is_err());
    }
}
