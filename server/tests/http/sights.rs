//! What the gate sees for the first time is told on the stream: once, whichever process saw it.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue};
use domain::api_key::KeyLife;
use domain::{ApiKeyName, Scope, Verdict};
use reqwest::StatusCode;
use server::api_keys::KeyOwner;
use server::clock::Clock as _;
use server::commands::{KeyCommand, KeyOutcome, NewKey};
use server::gate::{Asks, Follower, GateTimes};
use server::ids::OsIds;
use server::live::Bell;
use server::store::ListKind;
use tokio::sync::watch;

use crate::live::{Stream, position};
use crate::programs::{
    Key, a_customer, answers, ask, command, eventually, external_id, settings, suspend,
};
use crate::support::{OWNER, Panel};

async fn stream(panel: &Panel) -> Stream {
    let browser = panel.signed_in(OWNER).await;
    let address = format!("/live?after={}", position(panel).await);
    Stream::open(&browser, &address, None).await
}

/// The next news that is no change of a customer.
async fn seen(stream: &mut Stream) -> String {
    let event = stream.news().await;
    assert_eq!(event.name, "seen", "{event:?}");
    event.data
}

async fn changed(stream: &mut Stream, customer: &domain::CustomerId) {
    let event = stream.news().await;
    assert_eq!(event.name, "change", "{event:?}");
    assert!(event.data.starts_with(customer.as_str()), "{event:?}");
}

/// Makes a key as another process would.
async fn make(panel: &Panel) -> KeyOutcome {
    let partner = panel.partners().await.remove(0);
    let new = NewKey {
        name: ApiKeyName::parse("Product").unwrap(),
        scopes: [Scope::Gate].into(),
        gate: settings(),
        life: KeyLife::days(90).unwrap(),
    };
    command(panel, &KeyOwner::Partner(partner), KeyCommand::Create(new)).await
}

/// Makes a key, of which the stream tells.
async fn made(panel: &Panel, stream: &mut Stream) -> Key {
    let KeyOutcome::Made(made, text) = make(panel).await else {
        panic!("no key")
    };
    assert_eq!(seen(stream).await, "key-made");
    Key {
        id: made.id,
        text: text.reveal(),
    }
}

#[tokio::test]
async fn what_happens_to_a_key_for_the_first_time_is_told_and_no_question_after_it() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let who = [("x-account", external.as_str())];
    let others = panel.customers(ListKind::Active).await;
    let others: Vec<_> = others.iter().filter(|other| **other != customer).collect();
    let mut stream = stream(&panel).await;
    let key = made(&panel, &mut stream).await;
    answers(&panel, &key, &who, StatusCode::NO_CONTENT).await;
    assert_eq!(seen(&mut stream).await, "key-asked");

    suspend(&panel, &customer, None).await;
    changed(&mut stream, &customer).await;
    refused(&panel, &key, &external).await;
    let mut told = [seen(&mut stream).await, seen(&mut stream).await];
    told.sort();
    assert_eq!(
        told,
        ["key-refused".to_owned(), format!("reached-{customer}")]
    );

    // Many more questions are no news: what comes next is what happens next.
    let before = visits(&panel, &key).await;
    for _ in 0..3 {
        refused(&panel, &key, &external).await;
    }
    eventually(async || (visits(&panel, &key).await >= before + 3).then_some(())).await;
    for other in &others[..2] {
        suspend(&panel, other, None).await;
        changed(&mut stream, other).await;
    }
}

#[tokio::test]
async fn whom_a_product_finds_suspended_when_it_comes_is_told() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    suspend(&panel, &customer, None).await;
    let mut stream = stream(&panel).await;
    let key = made(&panel, &mut stream).await;
    refused(&panel, &key, &external).await;
    let mut told = Vec::new();
    for _ in 0..3 {
        told.push(seen(&mut stream).await);
    }
    told.sort();
    assert_eq!(
        told,
        [
            "key-asked".to_owned(),
            "key-refused".to_owned(),
            format!("reached-{customer}")
        ]
    );
}

/// Asks until the answer is no, each time a little later.
async fn refused(panel: &Panel, key: &Key, external: &str) {
    eventually(async || {
        panel.clock.advance(1);
        let answer = ask(panel, key, &[("x-account", external)]).await;
        (answer.status() == StatusCode::FORBIDDEN).then_some(())
    })
    .await;
}

async fn visits(panel: &Panel, key: &Key) -> u64 {
    let mut tx = panel.store.read().await.unwrap();
    tx.key_visits(std::slice::from_ref(&key.id))
        .await
        .unwrap()
        .refused
}

#[tokio::test]
async fn what_the_gate_of_another_process_saw_is_told_too() {
    let panel = Panel::start().await;
    let (customer, _) = a_customer(&panel).await;
    let partner = panel.partners().await.remove(0);
    let external = external_id(&panel, &partner, &customer).await;
    let KeyOutcome::Made(key, _) = make(&panel).await else {
        panic!("no key")
    };
    let epoch = panel.store.stream_epoch(&OsIds).await.unwrap();
    let (store, clock) = (panel.store.clone(), Arc::clone(&panel.clock));
    let other = Follower::start(store, clock, epoch, GateTimes::default());
    let other = other.await.unwrap();
    let gate = other.gate();
    let (stop, stopped) = watch::channel(false);
    let following = tokio::spawn(other.run(Bell::default(), stopped));
    let mut headers = HeaderMap::new();
    headers.insert("x-account", HeaderValue::from_str(&external).unwrap());
    let ask = || gate.answer(&key, &headers, panel.clock.now(), Asks::Visit);

    let mut stream = stream(&panel).await;
    assert_eq!(ask().verdict, Verdict::Pass);
    assert_eq!(seen(&mut stream).await, "key-asked");
    suspend(&panel, &customer, None).await;
    changed(&mut stream, &customer).await;
    eventually(async || {
        panel.clock.advance(1);
        (ask().verdict != Verdict::Pass).then_some(())
    })
    .await;
    let mut told = [seen(&mut stream).await, seen(&mut stream).await];
    told.sort();
    assert_eq!(
        told,
        ["key-refused".to_owned(), format!("reached-{customer}")]
    );
    stop.send_replace(true);
    following.await.unwrap();
}
