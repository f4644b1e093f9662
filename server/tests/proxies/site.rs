//! The product: a site that says what it was asked.

use std::fmt::Write as _;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::Request;
use tokio::net::TcpListener;

/// Starts it on a port of its own; it ends with the test.
pub async fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let echo = |request: Request| async move {
        let mut told = format!("{} {}\n", request.method(), request.uri());
        for (name, value) in request.headers() {
            writeln!(
                told,
                "{name}: {}",
                String::from_utf8_lossy(value.as_bytes())
            )
            .unwrap();
        }
        told
    };
    let router = Router::new().fallback(echo);
    tokio::spawn(async { axum::serve(listener, router).await });
    addr
}
