//! Somebody else writes to the same file.

use std::time::Duration;

use domain::Reason;
use server::error::Error;

use crate::batches::{sent, suspension};
use crate::together::Foreign;
use crate::world::{Base, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_a_moment() {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let command = suspension(&world, &acme).await;
    let foreign = Foreign::lock(&world).await;
    let (answer, ()) = tokio::join!(sent(&world, &acme, command), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        foreign.release().await;
    });
    answer.unwrap();
    world.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn and_does_not_end() {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let command = suspension(&world, &acme).await;
    let foreign = Foreign::lock(&world).await;
    let write = sent(&world, &acme, command);
    // Reading goes on meanwhile.
    assert!(world.account(&acme).await.suspensions.is_empty());
    let refused = write.await;
    assert!(matches!(refused, Err(Error::Busy(_))), "{refused:?}");
    foreign.release().await;
    assert!(world.account(&acme).await.suspensions.is_empty());
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world.verify().await;
}
