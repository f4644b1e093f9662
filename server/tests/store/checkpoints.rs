//! What is found with checkpoints that a chain alone does not show.

use domain::Reason;
use domain::time::SECOND;
use server::audit::{KeeperError, Source, Wrong, begin_history};
use server::clock::Clock as _;
use server::store::Flaw;

use crate::outsider;
use crate::proof::{events, seqs};
use crate::world::{Base, World};

on_both![
    a_cut_tail_is_found,
    a_cut_tail_is_found_when_the_checkpoints_in_the_database_are_cut_too,
    a_cut_before_an_outside_checkpoint_is_found_without_the_journal,
    a_restamped_log_is_found_and_not_signed_again,
    a_partner_that_is_gone_is_found,
    another_history_is_found,
    another_begin_can_be_signed,
    forged_and_foreign_checkpoints_are_found,
];

/// Cuts the log after `end`, as somebody would who knows how it is kept.
async fn cut(world: &World, end: u64) {
    let partner = &world.partner;
    world
        .sql(&format!(
            "DELETE FROM events WHERE partner_id = '{partner}' AND seq > {end}; \
             UPDATE partners SET last_seq = {end}, last_hash = \
             (SELECT hash FROM events WHERE partner_id = '{partner}' AND seq = {end}) WHERE id = '{partner}'"
        ))
        .await;
}

fn is_cut(wrong: &[Wrong], ended: u64, signed: u64) -> bool {
    matches!(wrong, [Wrong::Cut { end, seq, .. }] if (*end, *seq) == (ended, signed))
}

async fn a_cut_tail_is_found(base: Base) {
    let world = World::new(base).await;
    events(&world, 6).await;
    world.sign().await;
    world.sql("DELETE FROM events WHERE seq > 4").await;
    let wrong = world.wrong().await;
    let flaw = Flaw::End {
        found: 4,
        recorded: 6,
    };
    assert_eq!(wrong[0], Wrong::Log(flaw));
    cut(&world, 4).await;
    let wrong = world.wrong().await;
    assert!(is_cut(&wrong, 4, 6), "{wrong:?}");
}

async fn a_cut_tail_is_found_when_the_checkpoints_in_the_database_are_cut_too(base: Base) {
    let world = World::new(base).await;
    events(&world, 4).await;
    world.sign().await;
    events(&world, 2).await;
    world.sign().await;
    cut(&world, 5).await;
    world.sql("DELETE FROM checkpoints WHERE seq > 4").await;
    let wrong = world.wrong().await;
    assert!(is_cut(&wrong, 5, 6), "{wrong:?}");
    // What is written on top of it does not hide it.
    events(&world, 3).await;
    let wrong = world.wrong().await;
    assert!(
        matches!(
            wrong[..],
            [Wrong::NotSigned {
                after: 4,
                seq: 6,
                ..
            }]
        ),
        "{wrong:?}"
    );
}

async fn a_cut_before_an_outside_checkpoint_is_found_without_the_journal(base: Base) {
    let world = World::new(base).await;
    events(&world, 4).await;
    world.sign().await;
    events(&world, 2).await;
    world.sign().await;
    let elsewhere = world.data().join("kept elsewhere");
    std::fs::rename(world.journal().path(), &elsewhere).unwrap();
    cut(&world, 4).await;
    world.sql("DELETE FROM checkpoints WHERE seq > 4").await;
    assert_eq!(
        world.wrong().await,
        [],
        "from the inside nothing is to be seen"
    );
    let wrong = world.wrong_beside(vec![elsewhere]).await;
    assert!(is_cut(&wrong, 4, 6), "{wrong:?}");
}

/// Changes an event and makes every hash after it right again.
async fn restamp(world: &World, altered: u64) {
    let mut tx = world.store.read().await.unwrap();
    let mut events = tx.raw_events(&world.partner, altered - 1).await.unwrap();
    drop(tx);
    events[0].at += 1;
    let mut previous = events[0].previous.clone();
    let mut script = String::new();
    for event in &mut events {
        event.previous.clone_from(&previous);
        let mut line = serde_json::to_value(&*event).unwrap();
        line["partner"] = world.partner.as_str().into();
        event.hash = outsider::event_hash(&line);
        previous.clone_from(&event.hash);
        script += &format!(
            "UPDATE events SET at = {}, prev_hash = '{}', hash = '{}' WHERE partner_id = '{}' AND seq = {};",
            event.at, event.previous, event.hash, world.partner, event.seq
        );
    }
    script += &format!(
        "UPDATE partners SET last_hash = '{previous}' WHERE id = '{}'",
        world.partner
    );
    world.sql(&script).await;
}

async fn a_restamped_log_is_found_and_not_signed_again(base: Base) {
    let world = World::new(base).await;
    events(&world, 4).await;
    world.sign().await;
    events(&world, 4).await;
    world.sign().await;
    restamp(&world, 6).await;
    let wrong = world.wrong().await;
    assert!(
        matches!(
            wrong[..],
            [Wrong::NotSigned {
                after: 4,
                seq: 8,
                ..
            }]
        ),
        "{wrong:?}"
    );
    events(&world, 1).await;
    let mut keeper = world.keeper().await;
    let refused = keeper.sign_due(world.clock.now()).await;
    assert!(
        matches!(refused, Err(KeeperError::NotSigned { seq: 8, .. })),
        "{refused:?}"
    );
    world.clock.advance(59 * SECOND);
    let quiet = keeper.sign_due(world.clock.now()).await;
    assert!(quiet.unwrap().is_empty(), "it says so once a minute");
    world.clock.advance(SECOND);
    assert!(keeper.sign_due(world.clock.now()).await.is_err());
}

async fn a_partner_that_is_gone_is_found(base: Base) {
    let world = World::new(base).await;
    let other = world.another_partner().await;
    let customer = world.new_customer(&other, "Chat", "c1", "pro").await;
    world.add_all(&other, vec![customer]).await;
    world.sign().await;
    let tables = [
        "customer_text_rows",
        "assignments",
        "customers",
        "events",
        "plan_versions",
        "plans",
    ];
    for table in tables {
        if table == "customer_text_rows" && base == Base::Postgres {
            continue;
        }
        world
            .sql(&format!("DELETE FROM {table} WHERE partner_id = '{other}'"))
            .await;
    }
    let partner = format!("DELETE FROM partners WHERE id = '{other}'");
    world.sql(&partner).await;
    let wrong = world.wrong().await;
    assert!(is_cut(&wrong, 0, 1), "{wrong:?}");
    world.sql("DELETE FROM checkpoints").await;
    let wrong = world.wrong().await;
    assert!(is_cut(&wrong, 0, 1), "{wrong:?}");
}

async fn another_history_is_found(base: Base) {
    let world = World::new(base).await;
    events(&world, 3).await;
    world.sign().await;
    world
        .sql("UPDATE secrets SET value = '00000000000000ff' WHERE name = 'stream_epoch'")
        .await;
    let wrong = world.wrong().await;
    assert!(
        matches!(wrong[..], [Wrong::OtherHistory { seq: 3, .. }]),
        "{wrong:?}"
    );
    world.sql("DELETE FROM secrets").await;
    let wrong = world.wrong().await;
    assert!(
        matches!(wrong[..], [Wrong::OtherHistory { seq: 3, .. }]),
        "{wrong:?}"
    );
}

/// What `restore` does on PostgreSQL, after its own tools have put an older copy back.
async fn another_begin_can_be_signed(base: Base) {
    let world = World::new(base).await;
    events(&world, 4).await;
    world.sign().await;
    cut(&world, 2).await;
    world.sql("DELETE FROM checkpoints").await;
    assert!(is_cut(&world.wrong().await, 2, 4));
    let (known, now) = (world.journal().read().unwrap(), world.clock.now());
    let key = world.audit_key();
    let begun = begin_history(&world.store, &key, &known, None, now, &world.ids).await;
    world.journal().append(&begun.unwrap()).unwrap();
    assert_eq!(world.wrong().await, []);
    events(&world, 3).await;
    assert_eq!(seqs(&world.sign().await), [5]);
    cut(&world, 4).await;
    assert!(
        is_cut(&world.wrong().await, 4, 5),
        "and from there on it counts"
    );
}

async fn forged_and_foreign_checkpoints_are_found(base: Base) {
    let world = World::new(base).await;
    events(&world, 3).await;
    world
        .suspend(&world.add("Acme", "a1", "pro").await, Reason::Other)
        .await
        .unwrap();
    world.sign().await;
    world.sql("UPDATE checkpoints SET at = at + 1").await;
    let wrong = world.wrong().await;
    assert!(
        matches!(
            &wrong[..],
            [Wrong::Forged {
                seq: 5,
                found_in: Source::Database,
                ..
            }]
        ),
        "{wrong:?}"
    );
    world
        .sql("UPDATE checkpoints SET at = at - 1, key_id = 'of a stranger'")
        .await;
    let wrong = world.wrong().await;
    assert!(
        matches!(&wrong[..], [Wrong::UnknownKey { key, .. }] if key == "of a stranger"),
        "{wrong:?}"
    );
}
