//! An older copy of the database is put in place while panels run, as on PostgreSQL it may be: nothing in memory stays
//! as it was before. And several panels tell the same database what each saw, the last one not always the latest.

use domain::api_key::KeyOverlap;
use domain::time::{MINUTE, SECOND};
use domain::{CustomerId, Reason, Timestamp, Verdict};
use server::api_keys::KeyRefusal;
use server::clock::Clock as _;
use server::commands::KeyCommand;
use server::store::{Enforcement, Refused};

use crate::gated::{Gated, OVERDUE, UNKNOWN, eventually, own_key};
use crate::keeping::{Keeping, made};
use crate::world::{Base, World};

on_both![
    the_gate_forgets_what_was_lost,
    keys_that_came_later_open_nothing,
    a_slow_panel_takes_nothing_back,
    an_overlap_ends_with_the_old_key,
];

async fn enforcement(world: &World, customer: &CustomerId, now: Timestamp) -> Enforcement {
    let mut tx = world.store.read().await.unwrap();
    let since = now.plus_millis(-MINUTE);
    tx.enforcement(&world.partner, customer, since)
        .await
        .unwrap()
}

async fn the_gate_forgets_what_was_lost(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let gated = Gated::open(&world).await;
    let key = own_key(&world);
    gated.says(&key, "a1", Verdict::Pass).await;

    // The copy knows the customer by another name.
    world
        .sql(
            "UPDATE customers SET external_id = 'a0' WHERE external_id = 'a1'; \
              UPDATE secrets SET value = '00000000000000aa' WHERE name = 'stream_epoch'",
        )
        .await;
    gated.says(&key, "a0", Verdict::Pass).await;
    gated.says(&key, "a1", UNKNOWN).await;

    // And it goes on from there, with the product that it knows to be connected.
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    gated.bell.ring();
    gated.says(&key, "a0", OVERDUE).await;
    eventually(async || {
        let latest = enforcement(&world, &acme, gated.clock.now()).await.latest;
        latest?.learned_at
    })
    .await;
    gated.close().await;
}

async fn keys_that_came_later_open_nothing(base: Base) {
    let world = World::new(base).await;
    let (first, first_text) = world.make_key("First").await;
    let (_, later_text) = world.make_key("Later").await;
    let keeping = Keeping::of(&world.store).await;
    assert!(keeping.show(&later_text.reveal()).is_ok());
    world
        .sql(
            "DELETE FROM api_keys WHERE name = 'Later'; \
              UPDATE api_key_changes SET revision = revision - 1",
        )
        .await;
    keeping.keeper.refresh().await.unwrap();
    assert_eq!(keeping.show(&later_text.reveal()), Err(KeyRefusal::Unknown));
    assert_eq!(keeping.show(&first_text.reveal()), Ok(first.id));
}

async fn a_slow_panel_takes_nothing_back(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    let (slow, quick) = (Gated::open(&world).await, Gated::open(&world).await);
    let key = own_key(&world);
    // Neither has told yet what it saw when it is asked to stop.
    quick.clock.advance(10 * SECOND);
    let last_at = Some(quick.clock.now());
    for gated in [&slow, &quick] {
        assert_eq!(gated.ask(&key, "a1").verdict, OVERDUE);
    }
    let now = quick.clock.now();
    quick.close().await;
    slow.close().await;
    let found = enforcement(&world, &acme, now).await;
    assert_eq!(found.refused, Refused { count: 2, last_at });
    let mut tx = world.store.read().await.unwrap();
    let visits = tx.key_visits(std::slice::from_ref(&key.id)).await.unwrap();
    assert_eq!((visits.asked_at, visits.refused_at), (last_at, last_at));
}

async fn an_overlap_ends_with_the_old_key(base: Base) {
    let world = World::new(base).await;
    let (key, _) = world.make_key("Short").await;
    world.clock.set(key.expires_at.plus_millis(-MINUTE));
    let day = KeyOverlap::hours(24).unwrap();
    let rotate = world.key_order(KeyCommand::Rotate(key.id.clone(), day));
    made(world.change_keys(rotate).await);
    let (_, until) = world.stored_key(&key.id).await.replaced.unwrap();
    assert_eq!(until, key.expires_at);
}
