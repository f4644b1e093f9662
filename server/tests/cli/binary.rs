//! Running the binary.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// The binary on a data folder of its own.
pub fn command(data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-panel"));
    command
        .args(args)
        .env("PARTNER_PANEL_DATA", data)
        .env_remove("PARTNER_PANEL_ADDR");
    command
}

fn run(data: &TempDir, args: &[&str]) -> (bool, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command(data.path(), args).output().unwrap();
    (
        status.success(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

/// Runs what must work, and answers what it wrote to standard output.
pub fn done(data: &TempDir, args: &[&str]) -> String {
    let (good, out, told) = run(data, args);
    assert!(good, "{args:?}: {out}{told}");
    out
}

/// Runs what must not work, and answers why.
pub fn refused(data: &TempDir, args: &[&str]) -> String {
    let (good, out, told) = run(data, args);
    assert!(!good, "{args:?}: {out}{told}");
    assert!(!told.contains("panicked"), "{told}");
    told
}

/// A data folder with one partner.
pub fn with_partner() -> TempDir {
    let data = tempfile::tempdir().unwrap();
    done(
        &data,
        &[
            "partner",
            "add",
            "Kontor",
            "--currency",
            "eur",
            "--brand",
            "#0a6",
            "--time-zone",
            "Europe/Berlin",
        ],
    );
    data
}

/// A data folder with one partner and the customers of the templates: C-1001 is active, C-1003 suspended for an overdue
/// payment.
pub fn with_customers() -> TempDir {
    let data = with_partner();
    let file = |name: &str| data.path().join(name).display().to_string();
    let of = ["--partner", "Kontor", "--apply"];
    done(&data, &["import", "--template", &file("")]);
    done(
        &data,
        &[&["import-plans", &file("plans.csv")], &of[..]].concat(),
    );
    done(
        &data,
        &[&["import", &file("customers.csv")], &of[..]].concat(),
    );
    data
}
