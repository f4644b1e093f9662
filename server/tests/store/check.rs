//! `check` finds every kind of damage that it names.

use std::io::{Seek as _, SeekFrom, Write as _};

use domain::Reason;
use server::audit::Evidence;
use server::check::{About, Finding, check};
use server::store::{DatabaseUrl, Store, StoreSettings};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};

use crate::world::{Base, START, World};

on_both![each_kind_of_damage_is_found, a_whole_database_is_good];

async fn lived(base: Base) -> World {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "basic").await;
    world.add("Bolt", "b1", "pro").await;
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world.sign().await;
    world
}

async fn checked(world: &World) -> Vec<Finding> {
    let evidence = Evidence {
        journal: world.journal(),
        witnesses: Vec::new(),
        keys: vec![world.audit_key().public()],
    };
    check(&world.store, &evidence).await.unwrap()
}

async fn wrong(world: &World) -> Vec<About> {
    let findings = checked(world).await.into_iter();
    let wrong = findings.filter(|finding| !finding.is_good());
    wrong.map(|finding| finding.about).collect()
}

async fn a_whole_database_is_good(base: Base) {
    let world = lived(base).await;
    let lines: Vec<String> = checked(&world)
        .await
        .iter()
        .map(ToString::to_string)
        .collect();
    let everywhere = [
        "ok    One, log: 3 events, each linked to the one before it",
        "ok    One, customers: 2 rows equal the log",
        "ok    One, counts: as many as there are",
        "ok    One, checkpoints: 1 in agreement",
    ];
    let file = [
        "ok    file: structure, indexes and checks",
        "ok    references: every one leads to a row",
    ];
    match base {
        Base::Sqlite => assert_eq!(lines, [&file[..], &everywhere].concat()),
        Base::Postgres => assert_eq!(lines, everywhere),
    }
}

async fn each_kind_of_damage_is_found(base: Base) {
    let world = lived(base).await;
    let one = || "One".to_owned();
    for (change, back, about) in [
        (
            "events SET at = at + 1 WHERE seq = 2",
            "events SET at = at - 1 WHERE seq = 2",
            About::Log(one()),
        ),
        (
            "partners SET last_seq = last_seq + 1",
            "partners SET last_seq = last_seq - 1",
            About::Log(one()),
        ),
        (
            "customers SET price_month = price_month + 1",
            "customers SET price_month = price_month - 1",
            About::Customers(one()),
        ),
        (
            "customers SET plan_revision = plan_revision + 1",
            "customers SET plan_revision = plan_revision - 1",
            About::Customers(one()),
        ),
        (
            "suspensions SET note = 'Kicket 17'",
            "suspensions SET note = 'Ticket 17'",
            About::Customers(one()),
        ),
        (
            "assignments SET cause = 'nonsense' WHERE seq = 1",
            "assignments SET cause = 'initial' WHERE seq = 1",
            About::Customers(one()),
        ),
        (
            "partners SET active_count = active_count + 1",
            "partners SET active_count = active_count - 1",
            About::Counts(one()),
        ),
        (
            "checkpoints SET at = at + 1",
            "checkpoints SET at = at - 1",
            About::Checkpoints(one()),
        ),
    ] {
        world.sql(&format!("UPDATE {change}")).await;
        assert_eq!(wrong(&world).await, [about], "{change}");
        world.sql(&format!("UPDATE {back}")).await;
        assert_eq!(wrong(&world).await, [], "{back}");
    }
    // A log that was cut with all that follows from it: only what was signed tells.
    let partner = &world.partner;
    world
        .sql(&format!(
            "DELETE FROM suspensions; DELETE FROM events WHERE seq = 3; DELETE FROM checkpoints; \
             UPDATE partners SET last_seq = 2, active_count = 2, suspended_count = 0, \
             last_hash = (SELECT hash FROM events WHERE partner_id = '{partner}' AND seq = 2)"
        ))
        .await;
    let found = wrong(&world).await;
    assert!(found.contains(&About::Checkpoints(one())), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_leads_nowhere_is_found() {
    let world = lived(Base::Sqlite).await;
    let dangling = "PRAGMA foreign_keys = OFF; \
                    INSERT INTO usages VALUES ('par_nobody', 'cus_nobody', 'Seats', 1, 1)";
    world.sql(dangling).await;
    assert_eq!(wrong(&world).await, [About::References]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_page_is_found() {
    let world = lived(Base::Sqlite).await;
    world.store.close().await;
    let DatabaseUrl::Sqlite(path) = &world.url else {
        panic!("not a file")
    };
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let page: i64 =
        sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'customer_by_seen'")
            .fetch_one(&mut connection)
            .await
            .unwrap();
    connection.close().await.unwrap();
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    // The end of the page holds the entries.
    file.seek(SeekFrom::Start(page as u64 * 4_096 - 40))
        .unwrap();
    file.write_all(&[0xff; 20]).unwrap();
    drop(file);
    let opened = Store::open(&world.url, &StoreSettings::new(START)).await;
    let world = World {
        store: opened.unwrap().store,
        ..world
    };
    assert_eq!(wrong(&world).await, [About::File]);
}
