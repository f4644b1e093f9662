//! Many at once, some of whom leave before they are answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::{Browser, OWNER, PASSWORD, Panel, header};
use reqwest::StatusCode;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_at_once_leave_no_panic() {
    let panics = Arc::new(AtomicUsize::new(0));
    let (counter, usual) = (Arc::clone(&panics), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |panic| {
        // A test that fails beside this one panics too; that is its own affair.
        let ours = panic
            .location()
            .is_none_or(|place| !place.file().contains("tests/"));
        counter.fetch_add(usize::from(ours), Ordering::SeqCst);
        usual(panic);
    }));
    let panel = Panel::start().await;
    let browser = panel.signed_in(OWNER).await;
    let cookie = Browser::new(&panel).sign_in(OWNER, PASSWORD).await;
    let cookie = header(&cookie, "set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let paths = [
        "/customers/active",
        "/customers/all?sort=name",
        "/activity",
        "/customers/suspended",
    ];
    let mut visitors = JoinSet::new();
    for number in 0..64_usize {
        let (browser, cookie, addr) = (browser.clone(), cookie.clone(), panel.addr);
        visitors.spawn(async move {
            let path = paths[number % paths.len()];
            for round in 0..4_u64 {
                if number % 4 == 3 {
                    // Leaves after a moment, in the middle of everything.
                    let mut stream = TcpStream::connect(addr).await.unwrap();
                    let head =
                        format!("GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n");
                    stream.write_all(head.as_bytes()).await.unwrap();
                    let mut some = [0; 64];
                    let wait = Duration::from_millis(round * 7 + number as u64 % 11);
                    let _ = tokio::time::timeout(wait, stream.read(&mut some)).await;
                } else {
                    let answer = browser.get(path).await;
                    assert_eq!(answer.status(), StatusCode::OK, "{path}");
                    assert!(
                        answer.text().await.unwrap().contains("</html>"),
                        "{path} is whole"
                    );
                }
            }
        });
    }
    while let Some(done) = visitors.join_next().await {
        done.unwrap();
    }
    assert_eq!(panics.load(Ordering::SeqCst), 0);
    assert_eq!(
        browser.get("/customers/active").await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn it_stops_within_seconds_though_somebody_stays_connected() {
    let mut panel = Panel::start().await;
    let mut idle = TcpStream::connect(panel.addr).await.unwrap();
    let mut slow = TcpStream::connect(panel.addr).await.unwrap();
    slow.write_all(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nemail=")
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    tokio::time::timeout(Duration::from_secs(3), panel.stop())
        .await
        .expect("it stops");
    assert_eq!(
        idle.read(&mut [0; 1]).await.unwrap_or(0),
        0,
        "the connection is closed"
    );
    assert!(
        TcpStream::connect(panel.addr).await.is_err(),
        "nobody listens any more"
    );
}
