//! The queue: bounded, emptied when the store closes, and not disturbed by whoever leaves it.

use futures::future::join_all;
use server::error::{Error, Result};
use server::store::{DatabaseUrl, Store};

use crate::batches::{sent, suspension};
use crate::together::{Foreign, Write};
use crate::world::{Base, World};

fn nothing(store: &Store) -> Write<'_, Result<()>> {
    Box::pin(store.write((), |_, ()| Box::pin(async { Ok(()) })))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_goes_on_when_nobody_waits_for_it() {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let mut write = sent(&world, &acme, suspension(&world, &acme).await);
    assert!(futures::poll!(&mut write).is_pending());
    drop(write);
    // It is behind the other one.
    nothing(&world.store).await.unwrap();
    assert_eq!(world.account(&acme).await.suspensions.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_are_told_so_at_once() {
    let world = World::new(Base::Sqlite).await;
    let foreign = Foreign::lock(&world).await;
    let mut waiting = Vec::new();
    let refused = loop {
        let mut write = nothing(&world.store);
        match futures::poll!(&mut write) {
            std::task::Poll::Pending => waiting.push(write),
            std::task::Poll::Ready(answer) => break answer,
        }
    };
    assert!(matches!(refused, Err(Error::Busy(_))), "{refused:?}");
    assert!(waiting.len() >= 1_000, "{}", waiting.len());
    foreign.release().await;
    for answer in join_all(waiting).await {
        answer.unwrap();
    }
    nothing(&world.store).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_waits_for_what_waits() {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let bolt = world.add("Bolt", "b1", "pro").await;
    let mut writes = Vec::new();
    for customer in [&acme, &bolt] {
        writes.push(sent(&world, customer, suspension(&world, customer).await));
    }
    let mut writes = join_all(writes);
    assert!(futures::poll!(&mut writes).is_pending());
    world.store.close().await;
    for answer in writes.await {
        answer.unwrap();
    }
    let refused = nothing(&world.store).await;
    assert!(matches!(refused, Err(Error::Busy(_))), "{refused:?}");
    let DatabaseUrl::Sqlite(path) = &world.url else {
        panic!("not SQLite")
    };
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    assert!(
        !std::path::Path::new(&log).exists(),
        "the file is complete in itself"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_does_not_wait_for_somebody_else() {
    let world = World::new(Base::Sqlite).await;
    let foreign = Foreign::lock(&world).await;
    let mut write = nothing(&world.store);
    assert!(futures::poll!(&mut write).is_pending());
    world.store.close().await;
    let answer = write.await;
    assert!(matches!(answer, Err(Error::Busy(_))), "{answer:?}");
    foreign.release().await;
}
