//! Signing: often enough, kept in two places, and for others to check.

use domain::time::{MINUTE, SECOND};
use domain::{PartnerId, Reason};
use server::audit::export;
use server::clock::Clock as _;
use server::store::Checkpoint;

use crate::outsider;
use crate::proof::{events, seqs};
use crate::world::{Base, World};

on_both![
    a_log_is_signed_every_thousand_events_and_every_minute,
    what_another_server_signed_goes_into_the_journal,
    half_a_line_of_the_journal_harms_nothing,
    an_outsider_can_check_an_export,
];

async fn stored(world: &World, partner: &PartnerId) -> Vec<Checkpoint> {
    let mut tx = world.store.read().await.unwrap();
    tx.checkpoints(partner).await.unwrap()
}

async fn a_log_is_signed_every_thousand_events_and_every_minute(base: Base) {
    let world = World::new(base).await;
    let mut keeper = world.keeper().await;
    let mut due = async |waited: i64| {
        world.clock.advance(waited);
        seqs(&keeper.sign_due(world.clock.now()).await.unwrap())
    };
    assert_eq!(due(0).await, [0; 0]);
    events(&world, 2_300).await;
    assert_eq!(due(0).await, [1_000, 2_000, 2_300]);
    events(&world, 10).await;
    assert_eq!(due(59 * SECOND).await, [0; 0]);
    assert_eq!(due(SECOND).await, [2_310]);
    assert_eq!(due(10 * MINUTE).await, [0; 0], "nothing happened");
    events(&world, 1).await;
    assert_eq!(due(0).await, [2_311], "the last one is long ago");
    events(&world, 1_000).await;
    assert_eq!(due(0).await, [3_000, 3_311]);
    assert_eq!(
        world.journal().read().unwrap(),
        stored(&world, &world.partner).await
    );
    assert_eq!(world.wrong().await, []);
}

async fn what_another_server_signed_goes_into_the_journal(base: Base) {
    let world = World::new(base).await;
    events(&world, 3).await;
    let mut keeper = world.keeper().await;
    world.sign().await;
    std::fs::remove_file(world.journal().path()).unwrap();
    events(&world, 2).await;
    let signed = keeper.sign_due(world.clock.now()).await.unwrap();
    assert_eq!(seqs(&signed), [5]);
    assert_eq!(seqs(&world.journal().read().unwrap()), [3, 5]);
    // And a keeper that is started later goes on from there.
    assert!(world.sign().await.is_empty());
}

async fn half_a_line_of_the_journal_harms_nothing(base: Base) {
    let world = World::new(base).await;
    events(&world, 3).await;
    world.sign().await;
    let path = world.journal().path().to_owned();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 20]).unwrap();
    assert_eq!(world.wrong().await, []);
    events(&world, 1).await;
    world.sign().await;
    assert_eq!(seqs(&world.journal().read().unwrap()), [3, 4]);
    assert_eq!(world.wrong().await, []);
    let broken = String::from_utf8(whole)
        .unwrap()
        .replace("\"seq\"", "\"sea\"");
    std::fs::write(&path, broken).unwrap();
    let told = world.journal().read().unwrap_err().to_string();
    assert!(told.starts_with("line 1 of "), "{told}");
}

async fn an_outsider_can_check_an_export(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "basic").await;
    world.sign().await;
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world.reactivate(&acme).await.unwrap();
    world.sign().await;
    let folder = world.data().join("export");
    let public = world.audit_key().public();
    export(&world.store, &public, &world.partner, &folder)
        .await
        .unwrap();
    assert_eq!(outsider::check(&folder), Ok((3, 2)));
    let csv = std::fs::read_to_string(folder.join("events.csv")).unwrap();
    assert_eq!(csv.lines().count(), 4);
    let path = folder.join("events.jsonl");
    let events = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, events.replace("payment_overdue", "customer_asked")).unwrap();
    assert_eq!(outsider::check(&folder), Err("event 2".to_owned()));
}
