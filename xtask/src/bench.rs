//! `cargo xtask bench`: figures that are measured, not guessed.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{pipeline, steps::run, test::browser, workspace::Workspace};

/// Does one bench.
type Start = fn(&Workspace) -> Result<()>;

const BENCHES: [(&str, Start); 5] = [
    ("gate", gate),
    ("lighthouse", lighthouse),
    ("live", live),
    ("refusal", refusal),
    ("writes", writes),
];

/// Does the named bench.
pub fn bench(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    let names = BENCHES.map(|(name, _)| name).join(", ");
    let [wanted] = arguments else {
        bail!("name a bench: {names}");
    };
    let Some((_, start)) = BENCHES.iter().find(|(name, _)| name == wanted) else {
        bail!("there is no bench {wanted}; the benches are {names}");
    };
    start(workspace)?;
    Ok(ExitCode::SUCCESS)
}

/// The gate with a million customers, beside a handler that answers a constant.
fn gate(workspace: &Workspace) -> Result<()> {
    of_server(workspace, "gate")
}

/// The demo's list as Lighthouse sees it, beside a static copy of the same bytes.
fn lighthouse(workspace: &Workspace) -> Result<()> {
    of_browser(workspace, "lighthouse")
}

/// A thousand open streams, beside a bare handler of server-sent events.
fn live(workspace: &Workspace) -> Result<()> {
    of_server(workspace, "live")
}

/// Durable changes per second, beside what the same SQLite does by itself.
fn writes(workspace: &Workspace) -> Result<()> {
    of_server(workspace, "writes")
}

/// From the click that suspends to the first visit that the product refuses.
fn refusal(workspace: &Workspace) -> Result<()> {
    of_browser(workspace, "refusal")
}

fn of_browser(workspace: &Workspace, bench: &str) -> Result<()> {
    browser::prepare(workspace)?;
    pipeline::build(workspace)?;
    run(browser::playwright(workspace).env("PANEL_BENCH", bench))
}

fn of_server(workspace: &Workspace, bench: &str) -> Result<()> {
    run(workspace
        .cargo()
        .args(["bench", "--package", "server", "--bench", bench]))
}
