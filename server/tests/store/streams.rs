//! Those who watch a partner: each hears everything once, and one that does not listen harms nobody.

use std::sync::Arc;

use domain::{CustomerId, Reason};
use server::ids::OsIds;
use server::live::{Bell, Feed, Hub, Message, Position};
use server::store::StreamEpoch;
use tokio::sync::watch;

use crate::world::{Base, World};

on_both![
    a_reader_that_is_too_slow_is_dropped_and_has_lost_nothing,
    whoever_missed_more_than_can_be_told_is_told_to_look_again
];

/// Whom a message is about.
fn whose(message: &Message) -> String {
    let text = std::str::from_utf8(&message.text).unwrap();
    let data = text.split_once("data: ").unwrap().1;
    data.split(' ').next().unwrap().to_owned()
}

/// Some customers, and a hub that has told of nothing yet.
struct Watching {
    world: World,
    customers: Vec<CustomerId>,
    hub: Arc<Hub>,
    epoch: StreamEpoch,
    bell: Bell,
    /// The number of the log before anything is done to the customers.
    head: u64,
}

impl Watching {
    async fn begin(base: Base, customers: usize) -> Watching {
        let world = World::new(base).await;
        let mut new = Vec::new();
        for number in 0..customers {
            let external = format!("c{number}");
            new.push(
                world
                    .new_customer(&world.partner, "Customer", &external, "pro")
                    .await,
            );
        }
        let customers = new.iter().map(|new| new.id.clone()).collect();
        world.add_all(&world.partner, new).await;
        let epoch = world.store.stream_epoch(&OsIds).await.unwrap();
        let bell = Bell::default();
        let hub = Hub::new(world.store.clone(), epoch.clone(), bell.clone());
        let head = {
            let mut tx = world.store.read().await.unwrap();
            tx.partner(&world.partner).await.unwrap().last_seq
        };
        Watching {
            world,
            customers,
            hub: Arc::new(hub),
            epoch,
            bell,
            head,
        }
    }

    /// A reader that knows everything up to a number.
    async fn after(&self, seq: u64) -> Feed {
        let epoch = self.epoch.clone();
        let known = Some(Position { epoch, seq });
        self.hub.watch(&self.world.partner, known).await.unwrap()
    }

    async fn suspend(&self, customers: &[CustomerId]) {
        for customer in customers {
            let done = self.world.suspend(customer, Reason::PaymentOverdue).await;
            done.unwrap();
        }
    }
}

async fn a_reader_that_is_too_slow_is_dropped_and_has_lost_nothing(base: Base) {
    let watching = Watching::begin(base, 300).await;
    let (stop, stopped) = watch::channel(false);
    let following = tokio::spawn(Arc::clone(&watching.hub).run(stopped));
    let head = watching.head;
    let mut slow = watching.after(head).await;
    let mut quick = watching.after(head).await;

    let mut heard = Vec::new();
    for some in watching.customers.chunks(100) {
        watching.suspend(some).await;
        watching.bell.ring();
        for _ in some {
            heard.push(whose(&quick.next().await.unwrap()));
        }
    }
    let all: Vec<_> = watching.customers.iter().map(ToString::to_string).collect();
    assert_eq!(heard, all, "nobody else waits for the slow one");

    assert_eq!(slow.next().await, None, "it has to come again");
    assert_eq!(slow.told(), head);
    let mut again = watching.after(slow.told()).await;
    let mut heard = Vec::new();
    for _ in &all {
        heard.push(whose(&again.next().await.unwrap()));
    }
    assert_eq!(heard, all, "each once, in order");

    stop.send_replace(true);
    following.await.unwrap();
}

async fn whoever_missed_more_than_can_be_told_is_told_to_look_again(base: Base) {
    const MOST: usize = 500;
    let watching = Watching::begin(base, MOST + 1).await;
    let head = watching.head;

    watching.suspend(&watching.customers[..MOST]).await;
    let mut reader = watching.after(head).await;
    for customer in &watching.customers[..MOST] {
        assert_eq!(whose(&reader.next().await.unwrap()), customer.to_string());
    }

    watching.suspend(&watching.customers[MOST..]).await;
    let mut reader = watching.after(head).await;
    let told = reader.next().await.unwrap();
    let text = std::str::from_utf8(&told.text).unwrap();
    assert!(text.contains("event: resync\n"), "{text}");
    let end = format!("id: {}-{}\n", watching.epoch, head + MOST as u64 + 1);
    assert!(text.contains(&end), "{text}");
    assert_eq!(reader.told(), head + MOST as u64 + 1);
}
