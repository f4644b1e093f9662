//! Many at once: arrivals, updates, plans, imports.

use domain::{ActorRef, Body, EventKind, ImportId, Private, Profile, Reason, Status, time::HOUR};
use server::clock::Clock;
use server::commands::{Life, Update, add_customers, report_usage, update_customers};
use server::error::{Error, Unique};
use server::ids::Ids as _;
use server::store::{Import, ImportProgress, PlanSaved};

use crate::world::{Base, START, World, change, plan, reactivate, seats, suspend};

on_both![
    arrivals_and_progress_commit_together,
    updates_keep_off_what_moved,
    usage_tells_when_it_crosses,
    a_changed_plan_is_a_new_version,
    a_life_is_stored_as_it_was_lived,
];

async fn begin(world: &World) -> ImportId {
    let id = world.ids.import(START);
    let import = Import {
        id: id.clone(),
        fingerprint: "files".into(),
        started_at: START,
        done: 0,
    };
    world
        .store
        .begin_import(world.partner.clone(), import)
        .await
        .unwrap();
    id
}

async fn arrivals_and_progress_commit_together(base: Base) {
    let world = World::new(base).await;
    let import = begin(&world).await;
    let terms = world.terms(&world.partner, "pro").await;
    let chunk = |from: usize| {
        (from..from + 500)
            .map(|n| world.customer_on("N", &format!("e{n}"), &terms))
            .collect()
    };
    let progress = |done| {
        Some(ImportProgress {
            import: import.clone(),
            done,
        })
    };
    let first: Vec<_> = chunk(0);
    add_customers(
        &world.store,
        &world.ids,
        &world.partner,
        first,
        progress(500),
    )
    .await
    .unwrap();
    let overlapping: Vec<_> = chunk(499);
    let taken = add_customers(
        &world.store,
        &world.ids,
        &world.partner,
        overlapping,
        progress(999),
    )
    .await;
    assert!(
        matches!(taken, Err(Error::Taken(Unique::ExternalId))),
        "{taken:?}"
    );
    let mut tx = world.store.read().await.unwrap();
    assert_eq!(
        tx.unfinished_import(&world.partner, "files")
            .await
            .unwrap()
            .unwrap()
            .done,
        500
    );
    assert_eq!(tx.partner(&world.partner).await.unwrap().counts.all(), 500);
    drop(tx);
    world
        .store
        .finish_import(world.partner.clone(), import, START)
        .await
        .unwrap();
    assert_eq!(
        world
            .store
            .read()
            .await
            .unwrap()
            .unfinished_import(&world.partner, "files")
            .await
            .unwrap(),
        None
    );
    world.verify().await;
}

async fn updates_keep_off_what_moved(base: Base) {
    let world = World::new(base).await;
    let (acme, bolt) = (
        world.add("Acme", "a1", "basic").await,
        world.add("Bolt", "b1", "basic").await,
    );
    let (epoch, stale) = (
        world.account(&acme).await.epoch,
        world.account(&bolt).await.epoch,
    );
    world.suspend(&bolt, Reason::PaymentOverdue).await.unwrap();
    let profile = Profile {
        name: Some("Renamed".to_owned()),
        ..Profile::default()
    };
    let private = Private {
        profile: Some(profile),
        ..Private::default()
    };
    let update = |customer: &domain::CustomerId, expect| Update {
        customer: customer.clone(),
        expect,
        changes: vec![(Body::ProfileChanged, private.clone())],
        usage: seats(5),
        last_seen_at: Some(START),
    };
    let updates = vec![update(&acme, epoch), update(&bolt, stale)];
    let actor = ActorRef::Operator;
    let moved = update_customers(
        &world.store,
        &world.clock,
        &world.ids,
        &world.partner,
        &actor,
        updates,
        None,
    )
    .await;
    assert_eq!(moved.unwrap(), std::slice::from_ref(&bolt));
    let mut tx = world.store.read().await.unwrap();
    let row = tx.customer(&world.partner, &acme).await.unwrap();
    assert_eq!(
        (row.name.as_deref(), row.last_seen_at),
        (Some("Renamed"), Some(START))
    );
    assert_eq!(row.usage.unwrap().used, Some(5));
    assert_eq!(
        tx.customer(&world.partner, &bolt)
            .await
            .unwrap()
            .name
            .as_deref(),
        Some("Bolt")
    );
    let kinds: Vec<_> = tx
        .timeline(&world.partner, &acme, None, 9)
        .await
        .unwrap()
        .iter()
        .map(|logged| logged.event.kind())
        .collect();
    assert_eq!(
        kinds,
        [
            EventKind::UsageCrossed,
            EventKind::UsageCrossed,
            EventKind::ProfileChanged,
            EventKind::CustomerAdded
        ]
    );
    let query = server::store::ListQuery {
        search: Some("renamed".to_owned()),
        ..server::store::ListQuery::new(server::store::ListKind::All)
    };
    assert_eq!(
        tx.customers(&world.partner, &query)
            .await
            .unwrap()
            .rows
            .len(),
        1
    );
    drop(tx);
    world.verify().await;
}

async fn usage_tells_when_it_crosses(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "basic").await;
    let report = async |used| {
        report_usage(
            &world.store,
            &world.clock,
            &world.ids,
            &world.partner,
            &acme,
            seats(used),
        )
        .await
        .unwrap();
        world
            .store
            .read()
            .await
            .unwrap()
            .partner(&world.partner)
            .await
            .unwrap()
            .last_seq
    };
    assert_eq!(report(3).await, 1);
    assert_eq!(report(4).await, 2, "80 %");
    assert_eq!(report(4).await, 2);
    assert_eq!(report(6).await, 3, "100 %");
    assert_eq!(report(1).await, 3);
    assert_eq!(world.account(&acme).await.usage, seats(1));
    world.verify().await;
}

async fn a_changed_plan_is_a_new_version(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let id = world.plan_id("pro").await;
    assert_eq!(
        world
            .save_plan(&world.partner, plan("pro", 2, 4900, 20))
            .await,
        PlanSaved::Unchanged(id.clone())
    );
    assert_eq!(
        world
            .save_plan(&world.partner, plan("pro", 9, 4900, 20))
            .await,
        PlanSaved::Changed(id.clone())
    );
    world.verify().await;
    let newer = world
        .save_plan(&world.partner, plan("pro", 9, 5500, 20))
        .await;
    assert_eq!(newer, PlanSaved::NewVersion(id, domain::PlanVersion(2)));
    let row = world
        .store
        .read()
        .await
        .unwrap()
        .customer(&world.partner, &acme)
        .await
        .unwrap();
    assert_eq!(
        row.price_month.unwrap().minor,
        4900,
        "who has the older version keeps its price"
    );
    // Today's version of the same plan is a change.
    world.change(&acme, "pro").await.unwrap();
    world.verify().await;
}

async fn a_life_is_stored_as_it_was_lived(base: Base) {
    let world = World::new(base).await;
    let catalog = world
        .store
        .read()
        .await
        .unwrap()
        .catalog(&world.partner)
        .await
        .unwrap();
    let arrival = world
        .new_customer(&world.partner, "Acme", "a1", "basic")
        .await;
    let mut life = Life::begin(arrival.id.clone(), arrival.events[0].clone(), Vec::new()).unwrap();
    let (owner, ids) = (world.actor(), &world.ids);
    let at = |hours: i64| world.clock.now().plus_millis(hours * HOUR);
    let pro = world.terms(&world.partner, "pro").await;
    life.act(&catalog, ids, at(1), &owner, |account, _| {
        Some(change(account, &pro))
    })
    .unwrap();
    let until = Some(at(4));
    life.act(&catalog, ids, at(2), &owner, |account, _| {
        Some(suspend(account, Reason::PaymentOverdue, until))
    })
    .unwrap();
    life.report_usage(&catalog, ids, at(3), &seats(21));
    assert_eq!(life.account().status(), Status::Suspended);
    life.wait_until(ids, at(9));
    assert_eq!(life.account().status(), Status::Active);
    life.act(&catalog, ids, at(10), &owner, |account, _| {
        Some(suspend(account, Reason::TermsBroken, None))
    })
    .unwrap();
    life.act(&catalog, ids, at(11), &owner, |account, _| {
        Some(reactivate(account))
    })
    .unwrap();
    let lived = life.account().clone();
    world.add_all(&world.partner, vec![life.finish(None)]).await;
    assert_eq!(world.account(&arrival.id).await, lived);
    world.verify().await;
    // And it goes on from there: the last lift can be undone.
    world.clock.advance(12 * HOUR);
    let command = lived.access_moved.unwrap().command;
    let undone = world
        .execute(&arrival.id, domain::Command::Undo(domain::Undo { command }))
        .await
        .unwrap();
    assert_eq!(undone.account.status(), Status::Suspended);
    world.verify().await;
}
