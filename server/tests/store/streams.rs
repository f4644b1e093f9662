//! Those who watch a partner: each hears everything once, and one that does not listen harms nobody.

use std::sync::Arc;

use domain::Reason;
use server::ids::OsIds;
use server::live::{Bell, Hub, Message, Position};
use tokio::sync::watch;

use crate::world::{Base, World};

on_both![a_reader_that_is_too_slow_is_dropped_and_has_lost_nothing];

/// Whom a message is about.
fn whose(message: &Message) -> String {
    let text = std::str::from_utf8(&message.text).unwrap();
    let data = text.split_once("data: ").unwrap().1;
    data.split(' ').next().unwrap().to_owned()
}

async fn a_reader_that_is_too_slow_is_dropped_and_has_lost_nothing(base: Base) {
    let world = World::new(base).await;
    let mut new = Vec::new();
    for number in 0..300 {
        let external = format!("c{number}");
        new.push(
            world
                .new_customer(&world.partner, "Customer", &external, "pro")
                .await,
        );
    }
    let customers: Vec<_> = new.iter().map(|new| new.id.clone()).collect();
    world.add_all(&world.partner, new).await;

    let epoch = world.store.stream_epoch(&OsIds).await.unwrap();
    let bell = Bell::default();
    let hub = Arc::new(Hub::new(world.store.clone(), epoch.clone(), bell.clone()));
    let (stop, stopped) = watch::channel(false);
    let following = tokio::spawn(Arc::clone(&hub).run(stopped));
    let head = {
        let mut tx = world.store.read().await.unwrap();
        tx.partner(&world.partner).await.unwrap().last_seq
    };
    let from = |seq| {
        let epoch = epoch.clone();
        hub.watch(&world.partner, Some(Position { epoch, seq }))
    };
    let mut slow = from(head).await.unwrap();
    let mut quick = from(head).await.unwrap();

    let mut heard = Vec::new();
    for some in customers.chunks(100) {
        for customer in some {
            world
                .suspend(customer, Reason::PaymentOverdue)
                .await
                .unwrap();
        }
        bell.ring();
        for _ in some {
            heard.push(whose(&quick.next().await.unwrap()));
        }
    }
    let all: Vec<_> = customers.iter().map(ToString::to_string).collect();
    assert_eq!(heard, all, "nobody else waits for the slow one");

    assert_eq!(slow.next().await, None, "it has to come again");
    assert_eq!(slow.told(), head);
    let mut again = from(slow.told()).await.unwrap();
    let mut heard = Vec::new();
    for _ in &all {
        heard.push(whose(&again.next().await.unwrap()));
    }
    assert_eq!(heard, all, "each once, in order");

    stop.send_replace(true);
    following.await.unwrap();
}
