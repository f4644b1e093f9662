//! Checkpoints: signed often enough, and what is found with them that a chain alone does not show.

use domain::time::{MINUTE, SECOND};
use domain::{PartnerId, Reason};
use server::audit::{KeeperError, Source, Wrong, export};
use server::clock::Clock as _;
use server::store::{Checkpoint, Flaw};

use crate::outsider;
use crate::world::{Base, World};

on_both![
    a_log_is_signed_every_thousand_events_and_every_minute,
    what_another_server_signed_goes_into_the_journal,
    a_cut_tail_is_found,
    a_cut_tail_is_found_when_the_checkpoints_in_the_database_are_cut_too,
    a_cut_before_an_outside_checkpoint_is_found_without_the_journal,
    a_restamped_log_is_found_and_not_signed_again,
    a_partner_that_is_gone_is_found,
    another_history_is_found,
    forged_and_foreign_checkpoints_are_found,
    half_a_line_of_the_journal_harms_nothing,
    an_outsider_can_check_an_export,
];

/// Adds this many customers, one event each.
async fn events(world: &World, count: usize) {
    let terms = world.terms(&world.partner, "pro").await;
    let begin = last(world).await;
    let customers: Vec<_> = (0..count)
        .map(|number| world.customer_on("Name", &format!("e{begin}-{number}"), &terms))
        .collect();
    for chunk in customers.chunks(500) {
        world.add_all(&world.partner, chunk.to_vec()).await;
    }
}

async fn last(world: &World) -> u64 {
    let mut tx = world.store.read().await.unwrap();
    tx.partner(&world.partner).await.unwrap().last_seq
}

fn seqs(checkpoints: &[Checkpoint]) -> Vec<u64> {
    let seqs = checkpoints.iter().map(|one| one.claim.head.seq);
    seqs.collect()
}

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
