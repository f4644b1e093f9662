//! Running the binary.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection};
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

/// Runs what must find something wrong, and answers what it wrote to standard output.
pub fn wrong(data: &TempDir, args: &[&str]) -> String {
    let (good, out, told) = run(data, args);
    assert!(!good, "{args:?}: {out}{told}");
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

/// A data folder with one partner, its plans and some customers.
pub fn with_customers() -> TempDir {
    let data = with_partner();
    let folder = data.path().join("templates");
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let kontor = ["--partner", "Kontor", "--apply"];
    done(&data, &["import", "--template", folder.to_str().unwrap()]);
    done(
        &data,
        &[&["import-plans", &file("plans.csv")], &kontor[..]].concat(),
    );
    done(
        &data,
        &[&["import", &file("customers.csv")], &kontor[..]].concat(),
    );
    data
}

/// Runs statements on the database, as somebody with a database shell would.
pub async fn sql(data: &TempDir, statements: &str) {
    let options = SqliteConnectOptions::new().filename(data.path().join("panel.db"));
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let statements = AssertSqlSafe(statements.to_owned());
    connection.execute(statements).await.unwrap();
    connection.close().await.unwrap();
}

/// A served panel that ends with the test.
pub struct Served(pub Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves a data folder; answers what it says first.
pub fn serve(data: &TempDir, args: &[&str]) -> (Served, String) {
    let mut command = command(
        data.path(),
        &[&["serve", "--addr", "127.0.0.1:0"], args].concat(),
    );
    let mut child = Served(
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (child, line.trim().to_owned())
}
