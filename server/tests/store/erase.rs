//! Erasing a person: nothing about them is left, and everything still proves itself.

use domain::{
    ActorRef, Body, Command, CustomerId, CustomerMessage, Note, Private, Profile, Reason, Suspend,
};
use server::audit::Wrong;
use server::commands::{Erasure, Update, erase_customer, execute, update_customers};
use server::error::Error;
use server::store::{DatabaseUrl, Flaw, ListKind, ListQuery, empty_write_ahead_log};

use crate::world::{Base, World};

on_both![
    nothing_about_a_person_is_left_and_the_log_is_whole,
    an_erased_customer_goes_on,
    a_text_that_is_gone_without_an_erasure_is_found,
    a_key_from_before_does_nothing_twice,
];

/// Words that occur nowhere else.
const NAME: &str = "Zyxqv Wolkenkuckuck Ж中ه∑";
/// What the search index keeps of such a name: whole, for no other begins like it.
const TRIGRAM: &str = "ж中ه";
const NOTE: &str = "Quittung vergessen";
const MESSAGE: &str = "Bitte zuerst bezahlen";

/// A suspension about which people have written something.
fn suspend(account: &domain::Account, reason: Reason) -> Command {
    Command::Suspend(Suspend {
        reason,
        note: Note::from_field(&format!("{NOTE} {}", "immer wieder ".repeat(100))).unwrap(),
        customer_message: CustomerMessage::from_field(MESSAGE).unwrap(),
        starts_at: None,
        until: None,
        expect_access_revision: account.access_revision,
    })
}

/// Somebody about whom a lot is known: a former name, a note on an ended and on an open suspension.
async fn somebody(world: &World) -> CustomerId {
    let somebody = world.add("Zyxqv Mustermann", "a1", "basic").await;
    world.add("Bolt", "b1", "pro").await;
    let profile = Profile {
        name: Some(NAME.to_owned()),
        email: Some("zyxqv@wolken.example".to_owned()),
        phone: Some("+49 30 7654321".to_owned()),
        ..Profile::default()
    };
    let private = Private {
        profile: Some(profile),
        ..Private::default()
    };
    let update = Update {
        customer: somebody.clone(),
        expect: world.account(&somebody).await.epoch,
        changes: vec![(Body::ProfileChanged, private)],
        usage: Vec::new(),
        last_seen_at: None,
    };
    let (store, clock, ids) = (&world.store, &world.clock, &world.ids);
    let actor = ActorRef::Operator;
    update_customers(
        store,
        clock,
        ids,
        &world.partner,
        &actor,
        vec![update],
        None,
    )
    .await
    .unwrap();
    for reason in [Reason::PaymentOverdue, Reason::TermsBroken] {
        let command = suspend(&world.account(&somebody).await, reason);
        world.execute(&somebody, command).await.unwrap();
        if reason == Reason::PaymentOverdue {
            world.reactivate(&somebody).await.unwrap();
        }
    }
    somebody
}

async fn erase(world: &World, customer: &CustomerId) -> Erasure {
    let (store, clock, ids) = (&world.store, &world.clock, &world.ids);
    let erased = erase_customer(store, clock, ids, &world.partner, customer)
        .await
        .unwrap();
    store.sweep_search_index().await.unwrap();
    erased
}

async fn found(world: &World, text: &str) -> usize {
    let query = ListQuery {
        search: Some(text.to_owned()),
        ..ListQuery::new(ListKind::All)
    };
    let mut tx = world.store.read().await.unwrap();
    let page = tx.customers(&world.partner, &query).await.unwrap();
    page.rows.len()
}

async fn nothing_about_a_person_is_left_and_the_log_is_whole(base: Base) {
    let world = World::new(base).await;
    let somebody = somebody(&world).await;
    world.sign().await;
    assert_eq!(found(&world, "zyxqv").await, 1);
    let before = world.account(&somebody).await;

    assert_eq!(erase(&world, &somebody).await, Erasure::Done);
    let after = world.account(&somebody).await;
    assert_eq!(after.profile, Profile::default());
    assert!(
        after
            .suspensions
            .iter()
            .chain(&after.just_lifted)
            .all(|one| one.note.is_none() && one.customer_message.is_none())
    );
    assert_eq!(
        (&after.ledger, after.epoch, after.status()),
        (&before.ledger, before.epoch, before.status()),
        "what happened stays"
    );
    assert_eq!(found(&world, "zyxqv").await, 0);
    assert_eq!(found(&world, "wolken").await, 0);
    assert_eq!(found(&world, "a1").await, 1);
    let mut tx = world.store.read().await.unwrap();
    let timeline = tx
        .timeline(&world.partner, &somebody, None, 100)
        .await
        .unwrap();
    assert!(
        timeline
            .iter()
            .all(|logged| logged.event.private.is_empty())
    );
    assert_eq!(timeline[0].event.body, Body::ProfileChanged);
    assert_eq!(timeline[0].event.actor, ActorRef::Operator);
    let last = tx.partner(&world.partner).await.unwrap().last_seq;
    drop(tx);
    world.verify().await;
    assert_eq!(world.wrong().await, []);
    assert_eq!(found(&world, "bolt").await, 1, "others are untouched");

    assert_eq!(erase(&world, &somebody).await, Erasure::NothingLeft);
    let mut tx = world.store.read().await.unwrap();
    assert_eq!(tx.partner(&world.partner).await.unwrap().last_seq, last);
    let nobody = server::ids::Ids::customer(&world.ids, crate::world::START);
    let (store, clock, ids) = (&world.store, &world.clock, &world.ids);
    let refused = erase_customer(store, clock, ids, &world.partner, &nobody).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    let other = world.another_partner().await;
    let refused = erase_customer(store, clock, ids, &other, &somebody).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

async fn an_erased_customer_goes_on(base: Base) {
    let world = World::new(base).await;
    let somebody = somebody(&world).await;
    erase(&world, &somebody).await;
    let lifted = world.reactivate(&somebody).await.unwrap();
    world.undo(&somebody, &lifted).await.unwrap();
    world.verify().await;
    // What is written about it from now on is kept, and can be erased again.
    world.reactivate(&somebody).await.unwrap();
    let command = suspend(&world.account(&somebody).await, Reason::Other);
    world.execute(&somebody, command).await.unwrap();
    world.verify().await;
    assert_eq!(erase(&world, &somebody).await, Erasure::Done);
    world.verify().await;
    assert_eq!(world.wrong().await, []);
}

async fn a_text_that_is_gone_without_an_erasure_is_found(base: Base) {
    let world = World::new(base).await;
    let somebody = somebody(&world).await;
    let gone = "UPDATE events SET private = NULL, salt = NULL WHERE seq =";
    world.sql(&format!("{gone} 4")).await;
    assert_eq!(world.wrong().await, [Wrong::Log(Flaw::PrivateGone(4))]);
    erase(&world, &somebody).await;
    assert_eq!(world.wrong().await, [], "now one is recorded");
    let command = suspend(&world.account(&somebody).await, Reason::Other);
    let written = world.execute(&somebody, command).await.unwrap();
    let seq = written.events[0].seq;
    world.sql(&format!("{gone} {seq}")).await;
    assert_eq!(
        world.wrong().await,
        [Wrong::Log(Flaw::PrivateGone(seq))],
        "it came after the erasure"
    );
}

async fn a_key_from_before_does_nothing_twice(base: Base) {
    let world = World::new(base).await;
    let somebody = somebody(&world).await;
    let mut order = world.order(
        &somebody,
        suspend(&world.account(&somebody).await, Reason::PaymentOverdue),
    );
    order.key = Some(world.key());
    let (store, clock, ids) = (&world.store, &world.clock, &world.ids);
    execute(store, clock, ids, order.clone()).await.unwrap();
    erase(&world, &somebody).await;
    let again = execute(store, clock, ids, order).await;
    assert!(matches!(again, Err(Error::KeyReused)), "{again:?}");
}

/// Not even with a look into the file.
#[tokio::test(flavor = "multi_thread")]
async fn the_file_holds_no_trace() {
    let world = World::new(Base::Sqlite).await;
    let somebody = somebody(&world).await;
    let terms = world.terms(&world.partner, "pro").await;
    let others = (0..300).map(|number| world.customer_on("Other", &format!("o{number}"), &terms));
    world.add_all(&world.partner, others.collect()).await;
    let DatabaseUrl::Sqlite(path) = &world.url else {
        panic!("not a file")
    };
    let traces = || {
        let mut bytes = std::fs::read(path).unwrap();
        bytes.extend(std::fs::read(path.with_extension("db-wal")).unwrap_or_default());
        let found = ["Zyxqv", "7654321", "Quittung", "zuerst bezahlen", TRIGRAM];
        let found = found.into_iter().filter(|text| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        });
        found.collect::<Vec<_>>()
    };
    assert!(empty_write_ahead_log(path).await.unwrap());
    assert_eq!(traces().len(), 5);
    erase(&world, &somebody).await;
    assert!(empty_write_ahead_log(path).await.unwrap());
    assert_eq!(traces(), [""; 0]);
}
