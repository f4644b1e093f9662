//! `serve`

use std::net::TcpListener;
use std::process::Command;

use crate::binary::{done, refused, serve, with_partner};

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
