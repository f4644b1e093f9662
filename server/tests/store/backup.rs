//! Copies: made during heavy writes, never half, and put back without anything lost unsaid.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{CustomerId, Reason};
use server::backup::{BackupError, backup};
use server::clock::Clock as _;
use server::commands::execute;
use server::store::{DatabaseUrl, OpenError, Store, StoreSettings};

use crate::world::{Base, START, World, reactivate, suspend};

pub fn database(world: &World) -> PathBuf {
    match &world.url {
        DatabaseUrl::Sqlite(path) => path.clone(),
        DatabaseUrl::Postgres(_) => panic!("not a file"),
    }
}

pub async fn open(path: &Path) -> Store {
    let url = DatabaseUrl::Sqlite(path.to_owned());
    let opened = Store::open(&url, &StoreSettings::new(START)).await;
    opened.unwrap().store
}

/// Suspends and reactivates one customer until told to stop.
async fn busy(world: Arc<World>, customer: CustomerId, stop: Arc<AtomicBool>) -> u64 {
    let mut changes = 0;
    while !stop.load(Ordering::Relaxed) {
        let account = world.account(&customer).await;
        let command = if account.suspensions.is_empty() {
            suspend(&account, Reason::Other, None)
        } else {
            reactivate(&account)
        };
        let order = world.order(&customer, command);
        execute(&world.store, &world.clock, &world.ids, order)
            .await
            .unwrap();
        changes += 1;
    }
    changes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_copy_made_during_heavy_writes_is_a_prefix_of_the_log() {
    let world = Arc::new(World::new(Base::Sqlite).await);
    let stop = Arc::new(AtomicBool::new(false));
    let mut writers = Vec::new();
    for number in 0..4 {
        let customer = world.add("Acme", &format!("a{number}"), "pro").await;
        let (world, stop) = (Arc::clone(&world), Arc::clone(&stop));
        writers.push(tokio::spawn(busy(world, customer, stop)));
    }
    let mut copies = Vec::new();
    for number in 0..3 {
        let to = world.data().join(format!("copy-{number}.db"));
        let now = world.clock.now();
        let contents = backup(&database(&world), &to, now, &world.ids)
            .await
            .unwrap();
        assert_eq!((contents.partners, contents.customers), (1, 4));
        copies.push((to, contents.events));
    }
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        assert!(writer.await.unwrap() > 0);
    }
    let mut tx = world.store.read().await.unwrap();
    let mut before = 0;
    for (path, events) in copies {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let copy = open(&path).await;
        let verified = server::store::verify(&copy, &world.partner).await.unwrap();
        assert_eq!(verified.events, events);
        assert!(events >= before, "a later copy has no less");
        before = events;
        let (mut copied, mut after) = (copy.read().await.unwrap(), 0);
        while after < events {
            let rows = copied.raw_events(&world.partner, after).await.unwrap();
            let mut original = tx.raw_events(&world.partner, after).await.unwrap();
            original.truncate(rows.len());
            assert_eq!(rows, original);
            after = rows.last().unwrap().seq;
        }
        drop(copied);
        copy.close().await;
    }
    assert_eq!(unfinished(world.data()), [""; 0]);
}

pub fn unfinished(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("unfinished")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_never_replaces_anything() {
    let world = World::new(Base::Sqlite).await;
    let to = world.data().join("copy.db");
    std::fs::write(&to, "a letter").unwrap();
    let refused = backup(&database(&world), &to, START, &world.ids).await;
    assert!(
        matches!(refused, Err(BackupError::Exists(_))),
        "{refused:?}"
    );
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "a letter");
    let nowhere = world.data().join("nowhere/copy.db");
    let refused = backup(&database(&world), &nowhere, START, &world.ids).await;
    assert!(
        matches!(refused, Err(BackupError::Open(OpenError::File { .. }))),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_not_whole_is_not_kept() {
    let world = World::new(Base::Sqlite).await;
    world.add("Acme", "a1", "pro").await;
    world.sql("UPDATE events SET at = at + 1").await;
    let to = world.data().join("copy.db");
    let refused = backup(&database(&world), &to, START, &world.ids).await;
    let told = refused.unwrap_err().to_string();
    assert!(
        told.contains("event 1 is not the one that was written"),
        "{told}"
    );
    assert!(!to.exists());
    assert_eq!(unfinished(world.data()), [""; 0]);
}
