//! A panel that is asked to stop does so in time, whatever hangs; asked twice, at once.

use std::time::Duration;

use server::clock::{Clock as _, SystemClock};
use server::ids::{Ids as _, OsIds};
use server::store::DatabaseUrl;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::panel::Panel;
use crate::people::sign_in_at;
use crate::together::Foreign;
use crate::world::{Base, World};

/// A served panel with somebody signed in, and a request to it that never becomes whole.
async fn busy() -> (World, Panel, String, TcpStream) {
    let world = World::new(Base::Sqlite).await;
    let secret = OsIds.secret();
    sign_in_at(&world, &secret, SystemClock::default().now()).await;
    // The log has something that is to be signed before the end.
    world.add("Acme", "a1", "pro").await;
    world.store.close().await;
    let DatabaseUrl::Sqlite(path) = &world.url else {
        panic!("not SQLite")
    };
    let panel = Panel::serve(path.parent().unwrap());
    let address = panel.origin.trim_start_matches("http://").to_owned();
    let mut slow = TcpStream::connect(&address).await.unwrap();
    slow.write_all(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nemail=")
        .await
        .unwrap();
    (world, panel, secret, slow)
}

/// Asks it to stop; it does, as it should, within three seconds.
async fn stops_in_time(mut panel: Panel) {
    panel.terminate();
    let ended = tokio::task::spawn_blocking(move || {
        panel.says("stopping");
        panel.ended()
    });
    let ended = tokio::time::timeout(Duration::from_secs(3), ended).await;
    assert!(ended.expect("it stops in time").unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_time_though_somebody_else_holds_the_database() {
    let (world, panel, secret, _slow) = busy().await;
    let foreign = Foreign::lock(&world).await;
    // Signing out writes, and so waits for the lock.
    let waiting = reqwest::Client::new()
        .post(format!("{}/sign-out", panel.origin))
        .header("cookie", format!("panel={secret}"))
        .send();
    let waiting = tokio::spawn(waiting);
    tokio::time::sleep(Duration::from_millis(300)).await;
    stops_in_time(panel).await;
    foreign.release().await;
    // It was not told that anything was saved.
    let answer = waiting.await.unwrap();
    assert!(answer.is_err_and(|error| error.status().is_none()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_time_though_pages_are_following() {
    let (_world, panel, secret, _slow) = busy().await;
    let http = reqwest::Client::new();
    let mut following = Vec::new();
    for _ in 0..8 {
        let page = http
            .get(format!("{}/live", panel.origin))
            .header("cookie", format!("panel={secret}"));
        let mut page = page.send().await.unwrap().error_for_status().unwrap();
        let said = page.chunk().await.unwrap().unwrap();
        assert!(said.starts_with(b"retry: "), "{said:?}");
        following.push(page);
    }
    stops_in_time(panel).await;
    for mut page in following {
        while let Some(_said) = page.chunk().await.expect("ended, not cut off") {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_once_when_asked_twice() {
    let (_world, mut panel, _, _slow) = busy().await;
    panel.terminate();
    panel.says("stopping");
    panel.terminate();
    // Whoever was waited for is not waited for any more: that is another way to end.
    assert_eq!(panel.ended().code(), Some(1));
}
