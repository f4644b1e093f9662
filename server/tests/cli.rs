//! The binary at the command line: what it answers, and with which exit code.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

fn command(data: &Path, args: &[&str]) -> Command {
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
fn done(data: &TempDir, args: &[&str]) -> String {
    let (good, out, told) = run(data, args);
    assert!(good, "{args:?}: {out}{told}");
    out
}

/// Runs what must not work, and answers why.
fn refused(data: &TempDir, args: &[&str]) -> String {
    let (good, out, told) = run(data, args);
    assert!(!good, "{args:?}: {out}{told}");
    assert!(!told.contains("panicked"), "{told}");
    told
}

fn with_partner() -> TempDir {
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

#[test]
fn partners_are_added_listed_and_set() {
    let data = with_partner();
    let list = done(&data, &["partner", "list"]);
    for text in ["Kontor", "EUR", "Europe/Berlin", "#00aa66", "par_"] {
        assert!(list.contains(text), "{text} in {list}");
    }
    done(
        &data,
        &[
            "partner",
            "set",
            "kontor",
            "--name",
            "Kontor GmbH",
            "--language",
            "de",
        ],
    );
    let list = done(&data, &["partner", "list"]);
    assert!(
        list.contains("Kontor GmbH") && list.contains(" de ") && list.contains("#00aa66"),
        "{list}"
    );
    assert!(
        refused(
            &data,
            &["partner", "add", "kontor gmbh", "--currency", "EUR"]
        )
        .contains("already")
    );
    assert!(refused(&data, &["partner", "set", "Nobody"]).contains("There are: \"Kontor GmbH\""));
    assert!(
        refused(&data, &["partner", "add", "B", "--currency", "euro"]).contains("three letters")
    );
    let zone = [
        "partner",
        "add",
        "B",
        "--currency",
        "EUR",
        "--time-zone",
        "Mars",
    ];
    assert!(refused(&data, &zone).contains("Europe/Berlin"));
}

#[test]
fn users_are_added_linked_and_disabled() {
    let data = with_partner();
    let of = ["--partner", "Kontor"];
    let user = |verb: &'static str, more: &[&'static str]| {
        let mut args = vec!["user", verb];
        args.extend(of);
        args.extend_from_slice(more);
        args
    };
    done(
        &data,
        &user("add", &["maria.lopez@kontor.example", "--role", "owner"]),
    );
    assert!(
        refused(
            &data,
            &user("add", &["Maria.Lopez@kontor.example", "--role", "agent"])
        )
        .contains("already")
    );
    assert!(
        refused(&data, &user("add", &["nobody", "--role", "agent"])).contains("no e-mail address")
    );
    assert!(
        refused(&data, &user("add", &["a@b.example", "--role", "boss"])).contains("owner, manager")
    );
    let list = done(&data, &user("list", &[]));
    assert!(
        list.contains("Maria Lopez") && list.contains("no password yet"),
        "{list}"
    );
    let link = done(
        &data,
        &user(
            "link",
            &[
                "maria.lopez@kontor.example",
                "--public-url",
                "https://panel.example.com",
            ],
        ),
    );
    let secret = link
        .trim()
        .strip_prefix("https://panel.example.com/welcome/")
        .unwrap();
    assert_eq!(secret.len(), 43);
    assert!(refused(&data, &user("link", &["other@kontor.example"])).contains("has no user"));
    done(&data, &user("disable", &["maria.lopez@kontor.example"]));
    assert!(done(&data, &user("list", &[])).contains("disabled"));
    assert!(refused(&data, &user("link", &["maria.lopez@kontor.example"])).contains("user enable"));
    done(&data, &user("enable", &["maria.lopez@kontor.example"]));
    assert!(!done(&data, &user("list", &[])).contains("disabled"));
}

#[test]
fn without_a_database_it_says_how_to_begin() {
    let data = tempfile::tempdir().unwrap();
    assert!(refused(&data, &["partner", "list"]).contains("partner-panel partner add"));
    assert!(!data.path().join("panel.db").exists(), "and makes none");
    let foreign = data.path().join("panel.db");
    std::fs::write(&foreign, "this is a letter, and no database at all").unwrap();
    refused(&data, &["partner", "list"]);
    assert_eq!(
        std::fs::read_to_string(foreign).unwrap(),
        "this is a letter, and no database at all"
    );
}

#[test]
fn templates_of_all_three_files_go_in() {
    let data = with_partner();
    let folder = data.path().join("templates");
    let folder = folder.to_str().unwrap();
    let file = |name: &str| format!("{folder}/{name}");
    assert_eq!(
        done(&data, &["import", "--template", folder])
            .lines()
            .count(),
        3
    );
    done(
        &data,
        &[
            "import-plans",
            "--partner",
            "Kontor",
            &file("plans.csv"),
            "--apply",
        ],
    );
    let (customers, history) = (file("customers.csv"), file("history.csv"));
    let import = [
        "import",
        "--partner",
        "Kontor",
        &customers,
        "--history",
        &history,
    ];
    done(&data, &import);
    assert!(
        done(&data, &["partner", "list"]).contains(" 0 "),
        "a dry run writes nothing"
    );
    done(&data, &[&import[..], &["--apply"]].concat());
    done(
        &data,
        &[
            "partner",
            "import",
            "--partner",
            "Kontor",
            &customers,
            "--apply",
        ],
    );
    done(
        &data,
        &["export", "--partner", "Kontor", &format!("{folder}/out")],
    );
    assert!(
        std::fs::read_to_string(format!("{folder}/out/customers.csv"))
            .unwrap()
            .lines()
            .count()
            > 1
    );
    assert!(
        refused(&data, &["import", "--partner", "Kontor", "/nowhere.csv"]).contains("/nowhere.csv")
    );
}

/// A served panel that ends with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(data: &TempDir, args: &[&str]) -> (Served, String) {
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

#[tokio::test]
async fn it_serves_and_stops_when_asked() {
    let data = with_partner();
    let (mut served, line) = serve(&data, &[]);
    let origin = line
        .strip_prefix("listening on ")
        .unwrap_or_else(|| panic!("{line}"))
        .to_owned();
    let page = reqwest::get(format!("{origin}/sign-in")).await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(
        page.text()
            .await
            .unwrap()
            .contains("Sign in to the Partner Panel")
    );
    assert_eq!(
        reqwest::get(format!("{origin}/health"))
            .await
            .unwrap()
            .text()
            .await
            .unwrap(),
        "ok"
    );
    let clock = reqwest::Client::new()
        .post(format!("{origin}/test/clock"))
        .send()
        .await
        .unwrap();
    assert_eq!(clock.status(), 404, "the clock stands still for strangers");
    done(
        &data,
        &[
            "user",
            "add",
            "--partner",
            "Kontor",
            "a@b.example",
            "--role",
            "owner",
        ],
    );
    let stop = Command::new("kill")
        .args(["-TERM", &served.0.id().to_string()])
        .status()
        .unwrap();
    assert!(stop.success());
    let ended = tokio::task::spawn_blocking(move || served.0.wait().unwrap());
    let ended = tokio::time::timeout(std::time::Duration::from_secs(3), ended)
        .await
        .unwrap()
        .unwrap();
    assert!(ended.success());
}

#[tokio::test]
async fn the_clock_moves_only_when_asked_for() {
    let data = with_partner();
    let (_served, line) = serve(&data, &["--test-clock"]);
    let address = format!("{}/test/clock", line.strip_prefix("listening on ").unwrap());
    let client = reqwest::Client::new();
    let moved = client
        .post(&address)
        .form(&[("advance", "1000")])
        .send()
        .await
        .unwrap();
    assert_eq!(moved.status(), 204);
    let broken = client
        .post(&address)
        .form(&[("advance", "soon")])
        .send()
        .await
        .unwrap();
    assert_eq!(broken.status(), 400);
}

#[test]
fn what_cannot_be_served_is_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let told = refused(&data, &["serve", "--addr", &addr]);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains(&addr) && told.contains("--addr"), "{told}");
    let told = refused(&data, &["serve", "--addr", "0.0.0.0:0"]);
    assert!(
        told.contains("--insecure-http") && told.contains("--public-url"),
        "{told}"
    );
    let told = refused(
        &data,
        &[
            "serve",
            "--addr",
            "127.0.0.1:0",
            "--public-url",
            "panel.example.com",
        ],
    );
    assert!(told.contains("https://panel.example.com"), "{told}");
    refused(&data, &["serve", "--addr", "nowhere"]);
}
