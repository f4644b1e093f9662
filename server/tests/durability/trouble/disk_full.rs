//! No room left: for a change, for carrying the log over, for a copy, for what is to be put back, for the copy before an
//! update.

use std::path::{Path, PathBuf};

use domain::Reason;
use server::audit::{AuditKey, Journal};
use server::backup::{Existing, backup, restore};
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

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_a_copy() {
    let Some(disk) = SmallDisk::mount(8) else {
        return;
    };
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let DatabaseUrl::Sqlite(database) = &world.url else {
        panic!("not SQLite")
    };
    let copy = disk.path().join("copy.db");
    disk.fill();
    let before = files(disk.path());
    let refused = backup(database, &copy, START, &world.ids).await;
    let told = causes(&refused.unwrap_err());
    assert!(told.contains("disk is full"), "{told}");
    assert_eq!(files(disk.path()), before, "no half of a copy is left");
    // Whoever works notices nothing.
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    disk.free();
    let contents = backup(database, &copy, START, &world.ids).await.unwrap();
    assert_eq!(contents.events, 2);
    world.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_what_is_to_be_put_back() {
    let Some(disk) = SmallDisk::mount(8) else {
        return;
    };
    let mut world = World::within(Base::Sqlite, disk.folder()).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let DatabaseUrl::Sqlite(database) = world.url.clone() else {
        panic!("not SQLite")
    };
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("copy.db");
    backup(&database, &copy, START, &world.ids).await.unwrap();
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world.store.close().await;
    let key = AuditKey::load_or_make(&elsewhere.path().join("audit.key"), &world.ids).unwrap();
    let journal = Journal::of(elsewhere.path());
    let proof = (&key, &journal);
    let put_back = async || {
        let existing = Existing::KeepAside;
        restore(&copy, &database, existing, proof, START, &world.ids).await
    };
    disk.fill();
    let (folder, before) = (
        database.parent().unwrap(),
        std::fs::read(&database).unwrap(),
    );
    let refused = put_back().await;
    let told = causes(&refused.unwrap_err());
    assert!(told.contains("full") || told.contains("No space"), "{told}");
    assert!(
        std::fs::read(&database).unwrap() == before,
        "it is as it was"
    );
    let half = |file: &&PathBuf| {
        let name = file.to_string_lossy();
        name.contains("unfinished") || name.contains("before-restore")
    };
    assert_eq!(files(folder).iter().find(half), None);
    disk.free();
    assert_eq!(put_back().await.unwrap().contents.events, 1);
    let settings = StoreSettings::new(START);
    world.store = Store::open(&world.url, &settings).await.unwrap().store;
    assert!(world.account(&acme).await.suspensions.is_empty());
    world.verify().await;
    world.store.close().await;
}

/// An error with everything that caused it.
fn causes(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        told += &format!(": {cause}");
        next = cause.source();
    }
    told
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
async fn make_older(path: &Path) {
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
