//! The least that streams server-sent events: what everything else is compared with.

use std::convert::Infallible;

use axum::Router;
use axum::response::sse::{Event, Sse};
use axum::routing::get;
use futures::stream;
use tokio::net::TcpListener;
use tokio::sync::broadcast;

use crate::server_process::Orders;

pub async fn serve() {
    let (sender, _) = broadcast::channel::<u64>(256);
    let source = sender.clone();
    let live = move || {
        let receiver = source.subscribe();
        // Something to begin with, as the panel has.
        let first = Event::default().event("resync").data("");
        let told = stream::unfold((Some(first), receiver), |(first, mut receiver)| async {
            let event = match first {
                Some(first) => first,
                None => Event::default()
                    .event("change")
                    .id(receiver.recv().await.ok()?.to_string())
                    .data("one"),
            };
            Some((Ok::<_, Infallible>(event), (None, receiver)))
        });
        async { Sse::new(told) }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut orders = Orders::listening(&listener.local_addr().unwrap().to_string(), "");
    let router = Router::new().route("/live", get(live));
    tokio::spawn(async { axum::serve(listener, router).await });
    let mut number = 0;
    while orders.next() {
        number += 1;
        orders.begun();
        sender.send(number).unwrap();
    }
}
