//! No room left: for a change, for carrying the log over, for the copy before an update.

use domain::Reason;
use server::error::Error;
use server::store::{DatabaseUrl, OpenError, Schema, Store, StoreSettings};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection};
use test_disk::{Deed, Disk, Fault, Keep, Kind, Lasting, Trouble};

use super::small_disk::SmallDisk;
use crate::world::{Base, START, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_a_change() {
    let Some(disk) = SmallDisk::mount(16) else {
        return;
    };
    let world = World::within(Base::Sqlite, disk.folder()).await;
    let mut customers = Vec::new();
    for number in 0..60 {
        customers.push(world.add("Name", &format!("e{number}"), "pro").await);
    }
    disk.fill();
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for customer in &customers {
        match world.suspend(customer, Reason::PaymentOverdue).await {
            Ok(_) => kept.push(customer),
            Err(Error::Busy(_)) => refused.push(customer),
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(!refused.is_empty(), "the disk is full");
    // Reading goes on, and shows what was answered.
    for customer in &kept {
        assert_eq!(world.account(customer).await.suspensions.len(), 1);
    }
    for customer in &refused {
        assert_eq!(world.account(customer).await.suspensions.len(), 0);
    }
    world.verify().await;
    disk.free();
    for customer in refused {
        world
            .suspend(customer, Reason::PaymentOverdue)
            .await
            .unwrap();
    }
    world.verify().await;
    world.store.close().await;
}

/// The log still takes changes while the database cannot take the log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_carrying_the_log_over() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::watch(folder.path(), Keep::Counts);
    let mut world = World::within(Base::Sqlite, folder).await;
    let acme = world.add("Acme", "a1", "pro").await;
    disk.fail(Fault {
        kind: Kind::Database,
        deed: Deed::Write,
        trouble: Trouble::Full,
        after: 0,
        lasting: Lasting::UntilHealed,
    });
    let terms = world.terms(&world.partner, "pro").await;
    for chunk in 0..4 {
        let new = (0..250).map(|n| world.customer_on("Name", &format!("e{chunk}-{n}"), &terms));
        world.add_all(&world.partner, new.collect()).await;
    }
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    assert_ne!(disk.heal(), 0, "the log was to be carried over");
    world.verify().await;
    world.reactivate(&acme).await.unwrap();
    world.store.close().await;
    // Without the log, everything is in the database.
    let settings = StoreSettings::new(START);
    world.store = Store::open(&world.url, &settings).await.unwrap().store;
    world.verify().await;
    assert!(world.account(&acme).await.suspensions.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_the_copy_before_an_update() {
    let Some(disk) = SmallDisk::mount(12) else {
        return;
    };
    let path = disk.path().join("panel.db");
    make_older(&path).await;
    let before = std::fs::read(&path).unwrap();
    disk.fill();
    let (url, settings) = (DatabaseUrl::Sqlite(path.clone()), StoreSettings::new(START));
    let refused = Store::open(&url, &settings).await.unwrap_err();
    assert!(matches!(refused, OpenError::Backup { .. }), "{refused:?}");
    assert!(
        refused.to_string().contains("nothing was changed"),
        "{refused}"
    );
    assert!(std::fs::read(&path).unwrap() == before, "it is as it was");
    disk.free();
    let opened = Store::open(&url, &settings).await.unwrap();
    assert!(matches!(opened.schema, Schema::Migrated { from: 1, .. }));
    opened.store.close().await;
}

/// A database of the first schema with some content.
async fn make_older(path: &std::path::Path) {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let tables = include_str!("../../../migrations/0001_tables.sql");
    let mark = format!(
        "PRAGMA application_id = {}; PRAGMA user_version = 1",
        i32::from_be_bytes(*b"PPnl")
    );
    let content =
        "INSERT INTO secrets (name, value) VALUES ('ballast', printf('%.*c', 2000000, 'x'))";
    for sql in [tables, &mark, content] {
        connection
            .execute(AssertSqlSafe(sql.to_owned()))
            .await
            .unwrap();
    }
    connection.close().await.unwrap();
}
