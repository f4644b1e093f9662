//! What the gate sees for the first time, found by those who tell it.

use domain::{Reason, Verdict};
use server::api_keys::GateSettings;
use server::commands::{KeyCommand, NewKey};
use server::store::KeyFirst;

use crate::gated::{Gated, OVERDUE, eventually, own_key};
use crate::keeping::{made, new_key};
use crate::world::{Base, START, World};

on_both![
    a_key_and_a_customer_are_followed_from_command_to_answer,
    who_was_suspended_before_a_product_came_is_waited_for
];

async fn who_was_suspended_before_a_product_came_is_waited_for(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let bolt = world.add("Bolt", "b1", "pro").await;
    let cup = world.add("Cup", "c1", "pro").await;
    let awaited = async |most| {
        let mut tx = world.store.read().await.unwrap();
        tx.latest_awaited(&world.partner, most).await.unwrap()
    };
    for customer in [&acme, &bolt] {
        world.clock.advance(1);
        world
            .suspend(customer, Reason::PaymentOverdue)
            .await
            .unwrap();
    }
    let both = [acme.clone(), bolt.clone()];
    assert_eq!(awaited(10).await, [bolt, acme.clone()]);
    assert_eq!(awaited(1).await, both[1..], "the latest first");

    let key = own_key(&world);
    let gated = Gated::open(&world).await;
    gated.says(&key, "b1", OVERDUE).await;
    eventually(async || {
        let mut tx = world.store.read().await.unwrap();
        let reached = tx.reached(&world.partner, &both).await.unwrap();
        (reached == both[1..]).then_some(())
    })
    .await;
    assert_eq!(awaited(10).await, both[..1]);

    world.clock.advance(1);
    world.suspend(&cup, Reason::PaymentOverdue).await.unwrap();
    gated.bell.ring();
    eventually(async || {
        let mut tx = world.store.read().await.unwrap();
        let enforcement = tx.enforcement(&world.partner, &cup, START).await.unwrap();
        enforcement.latest.map(drop)
    })
    .await;
    assert_eq!(awaited(10).await, [cup, acme], "each once");
    gated.close().await;
}

async fn a_key_and_a_customer_are_followed_from_command_to_answer(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let bolt = world.add("Bolt", "b1", "pro").await;
    let only = std::slice::from_ref(&world.partner);
    let new = NewKey {
        gate: GateSettings::default(),
        ..new_key("Gate")
    };
    let order = world.key_order(KeyCommand::Create(new));
    let (key, _) = made(world.change_keys(order).await);
    let firsts = async || {
        let mut tx = world.store.read().await.unwrap();
        let firsts = tx.key_firsts(only).await.unwrap();
        let mut firsts: Vec<_> = firsts[&world.partner].iter().cloned().collect();
        firsts.sort();
        firsts
    };
    assert_eq!(firsts().await, [(key.id.clone(), KeyFirst::Made)]);

    let gated = Gated::open(&world).await;
    gated.says(&key, "a1", Verdict::Pass).await;
    let asked = eventually(async || {
        let mut tx = world.store.read().await.unwrap();
        tx.products_asked(only)
            .await
            .unwrap()
            .remove(&world.partner)
    });
    asked.await;
    assert_eq!(firsts().await.len(), 2, "asked as well");

    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    gated.bell.ring();
    let both = [acme.clone(), bolt];
    eventually(async || {
        let mut tx = world.store.read().await.unwrap();
        let awaited = tx.latest_awaited(&world.partner, 10).await.unwrap();
        (awaited == both[..1]).then_some(())
    })
    .await;
    let reached = async || {
        let mut tx = world.store.read().await.unwrap();
        tx.reached(&world.partner, &both).await.unwrap()
    };
    assert_eq!(reached().await, []);
    gated.says(&key, "a1", OVERDUE).await;
    eventually(async || (reached().await == both[..1]).then_some(())).await;
    assert_eq!(firsts().await.len(), 3, "refused as well");
    gated.close().await;
}
