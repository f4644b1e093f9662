//! The log: pages of it, and that nobody alters it unnoticed.

use domain::{ActorRef, EventKind, Reason, time::DAY};
use server::error::Error;
use server::store::{ActivityQuery, LogPlace, verify};

use crate::world::{Base, START, World};

on_both![
    activity_is_paged_and_filtered,
    rows_that_differ_from_the_log_are_noticed
];

async fn some_life(world: &World) -> domain::CustomerId {
    let acme = world.add("Acme", "a1", "basic").await;
    world.add("Bolt", "b1", "pro").await;
    for _ in 0..3 {
        world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
        world.reactivate(&acme).await.unwrap();
    }
    acme
}

async fn activity_is_paged_and_filtered(base: Base) {
    let world = World::new(base).await;
    let acme = some_life(&world).await;
    let mut tx = world.store.read().await.unwrap();
    let seqs = |page: &server::store::LogPage| {
        page.events
            .iter()
            .map(|logged| logged.seq)
            .collect::<Vec<_>>()
    };

    let first = tx
        .activity(&world.partner, &ActivityQuery::newest(3))
        .await
        .unwrap();
    assert_eq!(
        (seqs(&first), first.older, first.newer),
        (vec![8, 7, 6], Some(6), None)
    );
    let place = LogPlace::Before(6);
    let second = tx
        .activity(
            &world.partner,
            &ActivityQuery {
                place,
                ..ActivityQuery::newest(3)
            },
        )
        .await
        .unwrap();
    assert_eq!(
        (seqs(&second), second.older, second.newer),
        (vec![5, 4, 3], Some(3), Some(5))
    );
    let place = LogPlace::After(5);
    let back = tx
        .activity(
            &world.partner,
            &ActivityQuery {
                place,
                ..ActivityQuery::newest(3)
            },
        )
        .await
        .unwrap();
    assert_eq!((seqs(&back), back.newer), (vec![8, 7, 6], None));

    let kind = Some(EventKind::SuspensionPlaced);
    let placed = tx
        .activity(
            &world.partner,
            &ActivityQuery {
                kind,
                ..ActivityQuery::newest(10)
            },
        )
        .await
        .unwrap();
    assert_eq!(placed.events.len(), 3);
    let actor = Some(ActorRef::Operator);
    let arrived = tx
        .activity(
            &world.partner,
            &ActivityQuery {
                actor,
                ..ActivityQuery::newest(10)
            },
        )
        .await
        .unwrap();
    assert_eq!(arrived.events.len(), 2);
    let actor = Some(ActorRef::User(world.owner.clone()));
    let until = Some(START.plus_millis(DAY));
    let mine = ActivityQuery {
        actor,
        from: Some(START),
        until,
        ..ActivityQuery::newest(10)
    };
    assert_eq!(
        tx.activity(&world.partner, &mine)
            .await
            .unwrap()
            .events
            .len(),
        6
    );
    let later = ActivityQuery {
        from: until,
        until: None,
        ..mine
    };
    assert!(
        tx.activity(&world.partner, &later)
            .await
            .unwrap()
            .events
            .is_empty()
    );

    let timeline = tx.timeline(&world.partner, &acme, None, 4).await.unwrap();
    assert_eq!(timeline.len(), 4);
    let older = tx
        .timeline(&world.partner, &acme, Some(timeline[3].seq), 10)
        .await
        .unwrap();
    assert_eq!(older.len(), 3);
    let command = &timeline[0].event.command;
    assert_eq!(
        tx.command(&world.partner, &acme, command).await.unwrap(),
        timeline[..1]
    );
}

async fn rows_that_differ_from_the_log_are_noticed(base: Base) {
    let world = World::new(base).await;
    some_life(&world).await;
    let (was, is) = ("payment_overdue", "customer_asked");
    let replaced = |column, from, to| {
        format!("UPDATE events SET {column} = replace({column}, '{from}', '{to}') WHERE seq = 3")
    };
    let set = |what: &str| format!("UPDATE {what}");
    for (change, back) in [
        (
            set("events SET at = at + 1 WHERE seq = 3"),
            set("events SET at = at - 1 WHERE seq = 3"),
        ),
        (replaced("body", was, is), replaced("body", is, was)),
        (
            replaced("private", "Ticket", "Kicket"),
            replaced("private", "Kicket", "Ticket"),
        ),
        (
            set("events SET actor_kind = 'operator' WHERE seq = 4"),
            set("events SET actor_kind = 'user' WHERE seq = 4"),
        ),
        (
            set("customers SET price_month = price_month + 1"),
            set("customers SET price_month = price_month - 1"),
        ),
        (
            set("assignments SET price = price + 1"),
            set("assignments SET price = price - 1"),
        ),
        (
            set("partners SET active_count = active_count + 1"),
            set("partners SET active_count = active_count - 1"),
        ),
        ("DELETE FROM events WHERE seq = 8".to_owned(), String::new()),
        ("DELETE FROM events WHERE seq = 4".to_owned(), String::new()),
    ] {
        if !back.is_empty() {
            world.verify().await;
        }
        world.sql(&change).await;
        let verdict = verify(&world.store, &world.partner).await;
        assert!(
            matches!(verdict, Err(Error::Damaged(_))),
            "{change}: {verdict:?}"
        );
        if !back.is_empty() {
            world.sql(&back).await;
        }
    }
}
