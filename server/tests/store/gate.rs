//! The gate over a database: it knows everybody, follows what anybody writes, and keeps what it saw.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::api_key::KeyLife;
use domain::time::{HOUR, MINUTE};
use domain::{Actor, ApiKeyName, Denial, GateMode, Reason, Scope, Unnamed, Verdict};
use server::api_keys::{GateSettings, KeyOwner};
use server::check::{About, Finding};
use server::clock::Clock as _;
use server::commands::{KeyCommand, KeyOrder, NewKey, change_api_keys};
use server::gate::GateTimes;
use server::store::{Store, StoreSettings};

use crate::gated::{Gated, OVERDUE, UNKNOWN, key, own_key};
use crate::world::{Base, World};

on_both![
    it_knows_everybody_and_follows_whoever_writes,
    a_name_of_several_partners_is_nobodys,
    a_lost_database_is_outlived_for_a_while,
];

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
