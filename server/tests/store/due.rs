//! Ends that come by themselves.

use domain::{Body, Reason, Status, time::HOUR};
use server::clock::Clock;
use server::commands::settle_due;
use server::store::{Store, StoreSettings};

use crate::world::{Base, World, suspend};

on_both![
    an_end_comes_once,
    an_end_comes_once_after_opening_again,
    a_command_settles_first
];

async fn suspended_until(world: &World, hours: i64) -> domain::CustomerId {
    let acme = world.add("Acme", "a1", "pro").await;
    let until = world.clock.now().plus_millis(hours * HOUR);
    let command = suspend(
        &world.account(&acme).await,
        Reason::PaymentOverdue,
        Some(until),
    );
    world.execute(&acme, command).await.unwrap();
    acme
}

async fn an_end_comes_once(base: Base) {
    let world = World::new(base).await;
    let acme = suspended_until(&world, 2).await;
    assert_eq!(
        settle_due(&world.store, &world.clock, &world.ids)
            .await
            .unwrap(),
        0
    );
    assert_eq!(world.account(&acme).await.status(), Status::Suspended);
    world.clock.advance(2 * HOUR);
    let (one, two) = tokio::join!(
        settle_due(&world.store, &world.clock, &world.ids),
        settle_due(&world.store, &world.clock, &world.ids)
    );
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(
        settle_due(&world.store, &world.clock, &world.ids)
            .await
            .unwrap(),
        0
    );
    assert_eq!(world.account(&acme).await.status(), Status::Active);
    let mut tx = world.store.read().await.unwrap();
    let timeline = tx.timeline(&world.partner, &acme, None, 10).await.unwrap();
    let ends = timeline
        .iter()
        .filter(|logged| matches!(logged.event.body, Body::SuspensionEnded { .. }))
        .count();
    assert_eq!(ends, 1);
    drop(tx);
    world.verify().await;
}

async fn an_end_comes_once_after_opening_again(base: Base) {
    let world = World::new(base).await;
    let acme = suspended_until(&world, 2).await;
    world.store.close().await;
    world.clock.advance(30 * HOUR);
    let store = Store::open(&world.url, &StoreSettings::new(world.clock.now()))
        .await
        .unwrap()
        .store;
    assert_eq!(
        settle_due(&store, &world.clock, &world.ids).await.unwrap(),
        1
    );
    assert_eq!(
        settle_due(&store, &world.clock, &world.ids).await.unwrap(),
        0
    );
    let row = store
        .read()
        .await
        .unwrap()
        .customer(&world.partner, &acme)
        .await
        .unwrap();
    assert_eq!(row.status, Status::Active);
    server::store::verify(&store, &world.partner).await.unwrap();
}

async fn a_command_settles_first(base: Base) {
    let world = World::new(base).await;
    let acme = suspended_until(&world, 2).await;
    let shown = world.account(&acme).await;
    world.clock.advance(3 * HOUR);
    // Refused, because the end moved the revision; the end itself is kept.
    let refused = world
        .execute(&acme, suspend(&shown, Reason::TermsBroken, None))
        .await;
    assert!(
        matches!(refused, Err(server::error::Error::Rejected(_))),
        "{refused:?}"
    );
    assert_eq!(world.account(&acme).await.status(), Status::Active);
    assert_eq!(
        settle_due(&world.store, &world.clock, &world.ids)
            .await
            .unwrap(),
        0
    );
    world.suspend(&acme, Reason::TermsBroken).await.unwrap();
    world.verify().await;
}
