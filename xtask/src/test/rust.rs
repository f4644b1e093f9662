//! The tests in Rust.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::Stdio,
};

use anyhow::{Context, Result};

use super::{skips::Skips, tally::Tally};
use crate::{debian, workspace::Workspace};

/// Where the proxies are unpacked that the panel's gate is tried with.
const PROXIES: &str = "PARTNER_PANEL_PROXIES";

/// Installs PostgreSQL where it is missing.
pub fn prepare() -> Result<()> {
    if postgres().is_none() {
        debian::install("postgresql")?;
    }
    Ok(())
}

/// Gets the proxies where they are missing.
fn prepare_proxies(workspace: &Workspace) -> Result<()> {
    for name in ["nginx", "caddy"] {
        if proxy(workspace, name).is_none() {
            debian::unpack(name, &workspace.scratch("proxies"))?;
        }
    }
    Ok(())
}

/// A proxy that is installed, or was unpacked for the tests.
pub fn proxy(workspace: &Workspace, name: &str) -> Option<PathBuf> {
    let unpacked = workspace.scratch("proxies");
    ["usr/sbin", "usr/bin"]
        .iter()
        .flat_map(|place| [unpacked.join(place), PathBuf::from("/").join(place)])
        .map(|place| place.join(name))
        .find(|path| path.exists())
}

/// Runs every test of the host's crates, with their output as it comes.
pub fn test(workspace: &Workspace, skips: &Skips) -> Result<Tally> {
    prepare()?;
    prepare_proxies(workspace)?;
    let mut child = workspace
        .cargo()
        .args([
            "test",
            "--workspace",
            "--exclude",
            "frontend",
            "--no-fail-fast",
        ])
        .env(PROXIES, workspace.scratch("proxies"))
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo could not be started")?;
    let mut results = Results::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            results.read(&line);
        }
    }
    Ok(results.judge(child.wait()?.success(), skips))
}

/// The folder with PostgreSQL's programs: Debian keeps them off the path.
pub fn postgres() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    debian
        .chain(env::split_paths(&path))
        .find(|folder| folder.join("initdb").exists())
}

/// What cargo's runners said.
#[derive(Default)]
struct Results {
    passed: u64,
    failed: u64,
    ignored: Vec<String>,
}

impl Results {
    fn read(&mut self, line: &str) {
        if let Some((passed, failed)) = result(line) {
            self.passed += passed;
            self.failed += failed;
        } else if let Some(title) = ignored(line) {
            self.ignored.push(title.to_owned());
        }
    }

    /// A run that failed without a failed test (it did not compile, or ended by a signal) is a failure, and so is one
    /// in which nothing ran.
    fn judge(&self, succeeded: bool, skips: &Skips) -> Tally {
        let mut tally = skips.judge(&self.ignored);
        tally += Tally {
            passed: self.passed,
            failed: self.failed,
            skipped: 0,
        };
        if (!succeeded && self.failed == 0) || self.passed + self.failed == 0 {
            tally += Tally::FAILED;
        }
        tally
    }
}

/// "test result: ok. 5 passed; 0 failed; 1 ignored; …" as passed and failed.
fn result(line: &str) -> Option<(u64, u64)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |what: &str| {
        counts
            .split("; ")
            .find_map(|part| part.strip_suffix(what)?.trim().parse().ok())
    };
    Some((count(" passed")?, count(" failed")?))
}

/// "test store::slow ... ignored, takes an hour" as the test's name.
fn ignored(line: &str) -> Option<&str> {
    let (name, outcome) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
    outcome.starts_with("ignored").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Results {
        let mut results = Results::default();
        lines.iter().for_each(|line| results.read(line));
        results
    }

    #[test]
    fn results_of_all_crates_are_summed() {
        let results = read(&[
            "test plan::moves ... ok",
            "test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "running 2 tests",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ]);
        assert_eq!(
            results.judge(false, &Skips::none()),
            Tally {
                passed: 6,
                failed: 2,
                skipped: 0
            }
        );
    }

    #[test]
    fn a_run_without_results_is_a_failure() {
        let none = read(&["error: could not compile `server`"]);
        assert_eq!(none.judge(false, &Skips::none()), Tally::FAILED);
        assert_eq!(none.judge(true, &Skips::none()), Tally::FAILED);
        let cut_off =
            read(&["test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out"]);
        assert_eq!(
            cut_off.judge(false, &Skips::none()),
            Tally {
                passed: 3,
                failed: 1,
                skipped: 0
            }
        );
    }

    #[test]
    fn ignored_tests_are_judged_by_name() {
        assert_eq!(
            ignored("test store::slow ... ignored, takes an hour"),
            Some("store::slow")
        );
        assert_eq!(ignored("test store::slow ... ignored"), Some("store::slow"));
        assert_eq!(ignored("test store::quick ... ok"), None);
        let results = read(&[
            "test slow ... ignored",
            "test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured",
        ]);
        assert_eq!(
            results.judge(true, &Skips::none()),
            Tally {
                passed: 1,
                failed: 1,
                skipped: 0
            }
        );
    }
}
