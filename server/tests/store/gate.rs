//! The gate over a database: it knows everybody, follows what anybody writes, and keeps what it saw.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::api_key::KeyLife;
use domain::time::{HOUR, MINUTE, SECOND};
use domain::{
    Actor, ApiKeyId, ApiKeyName, CustomerId, Denial, Epoch, GateMode, Reason, Scope, Timestamp,
    Unnamed, Verdict,
};
use server::api_keys::{GateSettings, KeyOwner};
use server::check::{About, Finding};
use server::clock::Clock as _;
use server::commands::{KeyCommand, KeyOrder, NewKey, change_api_keys};
use server::gate::{Asks, GateTimes};
use server::store::{
    Connection, Enforcement, KeyVisits, Latest, ListKind, ListQuery, Refused, Store, StoreSettings,
};

use crate::gated::{Gated, OVERDUE, UNKNOWN, eventually, key, naming, own_key};
use crate::world::{Base, World};

on_both![
    it_knows_everybody_and_follows_whoever_writes,
    a_name_of_several_partners_is_nobodys,
    the_first_answer_after_a_command_is_kept,
    what_happened_while_nobody_followed_is_waited_for,
    without_a_product_nothing_is_claimed,
    a_key_that_observes_is_counted_and_proves_nothing,
    a_lost_database_is_outlived_for_a_while,
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

async fn it_knows_everybody_and_follows_whoever_writes(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a 1", "pro").await;
    world.add("Bolt", "b1", "basic").await;
    let gated = Gated::open(&world).await;
    let key = own_key(&world);
    let told = gated.ask(&key, "a 1");
    assert_eq!(told.verdict, Verdict::Pass);
    let customer = told.customer.unwrap();
    assert_eq!(customer.status, "active");
    assert_eq!(customer.plan, "pro");
    assert_eq!(customer.limits, "Seats=20, API%20access=yes");
    assert_eq!(gated.ask(&key, "c1").verdict, UNKNOWN);
    assert_eq!(gated.ask(&key, "A 1").verdict, UNKNOWN, "letters count");

    // In this process: at once.
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    gated.bell.ring();
    gated.says(&key, "a 1", OVERDUE).await;
    assert_eq!(gated.ask(&key, "b1").verdict, Verdict::Pass);

    // In another process: with the next look; new customers, new versions of plans and changes alike.
    let settings = StoreSettings::new(world.clock.now());
    let other = Store::open(&world.url, &settings).await.unwrap().store;
    let elsewhere = World {
        store: other,
        ..world
    };
    elsewhere
        .save_plan(&elsewhere.partner, crate::world::plan("pro", 2, 5900, 25))
        .await;
    elsewhere.add("Chat", "c1", "pro").await;
    gated.says(&key, "c1", Verdict::Pass).await;
    assert_eq!(
        gated.ask(&key, "c1").customer.unwrap().limits,
        "Seats=25, API%20access=yes"
    );
    elsewhere.reactivate(&acme).await.unwrap();
    gated.says(&key, "a 1", Verdict::Pass).await;
    gated.close().await;
}

async fn a_name_of_several_partners_is_nobodys(base: Base) {
    let world = World::new(base).await;
    let other = world.another_partner().await;
    world.add("Acme", "same", "pro").await;
    let twin = world.new_customer(&other, "Twin", "same", "free").await;
    let alone = world.new_customer(&other, "Alone", "alone", "free").await;
    world.add_all(&other, vec![twin, alone]).await;
    let gated = Gated::open(&world).await;
    let operator = key(&world, KeyOwner::Operator, GateMode::Enforce);
    assert_eq!(gated.ask(&operator, "alone").verdict, Verdict::Pass);
    let ambiguous = Verdict::Deny(Denial::Unnamed(Unnamed::Ambiguous));
    assert_eq!(gated.ask(&operator, "same").verdict, ambiguous);
    assert!(
        gated.ask(&operator, "same").customer.is_none(),
        "nobody's facts are told"
    );
    assert_eq!(gated.ask(&own_key(&world), "same").verdict, Verdict::Pass);
    let plan = gated.ask(&own_key(&world), "same").customer.unwrap().plan;
    assert_eq!(plan, "pro", "its own customer, not the other partner's");
    let theirs = key(&world, KeyOwner::Partner(other), GateMode::Enforce);
    assert_eq!(gated.ask(&theirs, "same").customer.unwrap().plan, "free");
    assert_eq!(gated.ask(&own_key(&world), "alone").verdict, UNKNOWN);
    let findings = server::check::whole(&world.store).await.unwrap();
    let about_names = |findings: Vec<Finding>| {
        let found = findings
            .into_iter()
            .find(|finding| finding.about == About::ExternalIds);
        found.map(|finding| finding.to_string())
    };
    assert_eq!(about_names(findings), None, "nobody asks by name alone");
    let order = KeyOrder {
        owner: KeyOwner::Operator,
        actor: Actor::Operator,
        command: KeyCommand::Create(NewKey {
            name: ApiKeyName::parse("Product").unwrap(),
            scopes: BTreeSet::from([Scope::Gate]),
            gate: GateSettings::default(),
            life: KeyLife::days(90).unwrap(),
        }),
        key: None,
    };
    change_api_keys(&world.store, &world.clock, &world.ids, order)
        .await
        .unwrap();
    let findings = server::check::whole(&world.store).await.unwrap();
    assert!(findings.iter().all(Finding::is_good), "nothing is broken");
    let told = about_names(findings).unwrap();
    assert!(
        told.starts_with("note  external ids: ") && told.ends_with(": same"),
        "{told}"
    );
    gated.close().await;
}

/// The epoch of a customer, as the store has it.
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

async fn a_lost_database_is_outlived_for_a_while(base: Base) {
    let world = World::new(base).await;
    world.add("Acme", "a1", "pro").await;
    let gated = Gated::open(&world).await;
    let key = own_key(&world);
    assert_eq!(gated.ask(&key, "a1").stale, None);
    world.store.close().await;
    gated.clock.advance(MINUTE);
    // A look that began before may still count.
    tokio::time::sleep(Duration::from_millis(600)).await;
    gated.clock.advance(MINUTE);
    let told = gated.ask(&key, "a1");
    assert_eq!(told.verdict, Verdict::Pass);
    assert!(
        told.stale.is_some_and(|seconds| seconds >= 60),
        "{:?}",
        told.stale
    );
    gated.clock.advance(-HOUR);
    let told = gated.ask(&key, "a1");
    assert!(
        told.stale.is_some(),
        "a clock that is set back proves nothing"
    );
    gated.clock.advance(HOUR);
    gated.clock.advance(GateTimes::default().stale);
    let told = gated.ask(&key, "a1");
    assert_eq!(told.verdict, Verdict::Deny(Denial::Outdated));
    gated.stop.send_replace(true);
}
