//! What the gate saw is kept: whether the product has heard of a command, and who was turned away.

use domain::time::{MINUTE, SECOND};
use domain::{ApiKeyId, CustomerId, Denial, Epoch, GateMode, Reason, Timestamp, Unnamed, Verdict};
use server::api_keys::KeyOwner;
use server::clock::Clock as _;
use server::gate::Asks;
use server::store::{Connection, Enforcement, KeyVisits, Latest, ListKind, ListQuery, Refused};

use crate::gated::{Gated, OVERDUE, eventually, key, naming, own_key};
use crate::world::{Base, World};

on_both![
    the_first_answer_after_a_command_is_kept,
    what_happened_while_nobody_followed_is_waited_for,
    without_a_product_nothing_is_claimed,
    a_key_that_observes_is_counted_and_proves_nothing,
];

async fn enforcement(world: &World, customer: &CustomerId) -> Enforcement {
    let since = world.clock.now().plus_millis(-MINUTE);
    let mut tx = world.store.read().await.unwrap();
    tx.enforcement(&world.partner, customer, since)
        .await
        .unwrap()
}

async fn not_enforced(world: &World, before: Timestamp) -> Vec<CustomerId> {
    let mut tx = world.store.read().await.unwrap();
    let query = ListQuery {
        not_enforced: Some(before),
        ..ListQuery::new(ListKind::All)
    };
    let found = tx.customers(&world.partner, &query).await.unwrap();
    found.rows.into_iter().map(|row| row.id).collect()
}

async fn visits(world: &World, key: &ApiKeyId) -> KeyVisits {
    world
        .store
        .read()
        .await
        .unwrap()
        .key_visits(std::slice::from_ref(key))
        .await
        .unwrap()
}

async fn epoch(world: &World, customer: &CustomerId) -> Epoch {
    world.account(customer).await.epoch
}

async fn the_first_answer_after_a_command_is_kept(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let gated = Gated::open(&world).await;
    let key = own_key(&world);
    gated.says(&key, "a1", Verdict::Pass).await;
    eventually(async || {
        let found = enforcement(&world, &acme).await;
        (found.connection == Connection::Connected).then_some(())
    })
    .await;
    assert_eq!(
        enforcement(&world, &acme).await.latest,
        None,
        "nothing was commanded"
    );

    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    let since = world.clock.now();
    gated.bell.ring();
    let waiting = eventually(async || enforcement(&world, &acme).await.latest).await;
    let present = epoch(&world, &acme).await;
    assert_eq!(
        waiting,
        Latest {
            epoch: present,
            since,
            learned_at: None
        }
    );
    let listed = std::slice::from_ref(&acme);
    assert_eq!(not_enforced(&world, since).await, listed);
    assert_eq!(not_enforced(&world, since.plus_millis(-1)).await, []);

    gated.clock.advance(2 * SECOND);
    let at = gated.clock.now();
    gated.says(&key, "a1", OVERDUE).await;
    for _ in 0..3 {
        gated.clock.advance(SECOND);
        assert_eq!(gated.ask(&key, "a1").verdict, OVERDUE);
    }
    let last_at = Some(gated.clock.now());
    gated.clock.advance(SECOND);
    let look = gated
        .gate
        .answer(&key, &naming("a1"), gated.clock.now(), Asks::Look);
    assert_eq!(look.verdict, OVERDUE, "a page that looks is no visit");
    let proven = eventually(async || {
        let found = enforcement(&world, &acme).await;
        (found.refused.last_at == last_at).then_some(found)
    })
    .await;
    let learned = Latest {
        epoch: present,
        since,
        learned_at: Some(at),
    };
    assert_eq!(proven.latest, Some(learned));
    assert_eq!(proven.refused, Refused { count: 4, last_at });
    assert_eq!(not_enforced(&world, gated.clock.now()).await, []);

    world.reactivate(&acme).await.unwrap();
    assert_eq!(
        enforcement(&world, &acme).await.refused,
        Refused::default(),
        "of an earlier suspension"
    );
    gated.close().await;
    let seen = visits(&world, &key.id).await;
    assert_eq!((seen.asked, seen.refused, seen.would_refuse), (6, 5, 0));
}

async fn what_happened_while_nobody_followed_is_waited_for(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let bolt = world.add("Bolt", "b1", "pro").await;
    let key = own_key(&world);
    let gated = Gated::open(&world).await;
    gated.says(&key, "a1", Verdict::Pass).await;
    world.suspend(&bolt, Reason::PaymentOverdue).await.unwrap();
    gated.bell.ring();
    eventually(async || enforcement(&world, &bolt).await.latest).await;
    gated.close().await;

    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    let gated = Gated::open(&world).await;
    eventually(async || enforcement(&world, &acme).await.latest).await;
    for customer in ["a1", "b1"] {
        assert_eq!(gated.ask(&key, customer).verdict, OVERDUE);
    }
    gated.close().await;
    for customer in [acme, bolt] {
        let latest = enforcement(&world, &customer).await.latest.unwrap();
        assert!(latest.learned_at.is_some(), "{latest:?}");
    }
}

async fn without_a_product_nothing_is_claimed(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let gated = Gated::open(&world).await;
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    gated.close().await;
    let nothing = Enforcement {
        connection: Connection::None,
        latest: None,
        refused: Refused::default(),
    };
    assert_eq!(enforcement(&world, &acme).await, nothing);
    assert_eq!(not_enforced(&world, world.clock.now()).await, []);
}

async fn a_key_that_observes_is_counted_and_proves_nothing(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    let gated = Gated::open(&world).await;
    let observing = key(
        &world,
        KeyOwner::Partner(world.partner.clone()),
        GateMode::Observe,
    );
    for (customer, denial) in [
        ("a1", Denial::Suspended(Reason::PaymentOverdue)),
        ("nobody", Denial::Unnamed(Unnamed::Unknown)),
    ] {
        assert_eq!(
            gated.ask(&observing, customer).verdict,
            Verdict::WouldDeny(denial)
        );
    }
    gated.close().await;
    let seen = visits(&world, &observing.id).await;
    assert_eq!((seen.asked, seen.refused, seen.would_refuse), (2, 0, 2));
    let found = enforcement(&world, &acme).await;
    assert_eq!(found.connection, Connection::None);
    assert_eq!(found.refused, Refused::default());
}
