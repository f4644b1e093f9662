//! Another file stands where the database was, or none: what is written would be gone, and what is read would be another's.

use std::path::{Path, PathBuf};

use domain::Reason;
use server::error::Error;
use server::store::{DatabaseUrl, Store, StoreSettings};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Executor as _, SqliteConnection};

use crate::world::{Base, START, World};

fn database(world: &World) -> &Path {
    let DatabaseUrl::Sqlite(path) = &world.url else {
        panic!("not SQLite")
    };
    path
}

/// Nothing is saved, reading goes on, what stands there is not touched; and all is well when the database is back.
async fn replaced_by(other: Option<PathBuf>) {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let place = database(&world);
    let away = place.with_extension("away");
    std::fs::rename(place, &away).unwrap();
    if let Some(other) = &other {
        std::fs::copy(other, place).unwrap();
    }
    let refused = world.suspend(&acme, Reason::PaymentOverdue).await;
    let Err(Error::Busy(cause)) = refused else {
        panic!("{refused:?}")
    };
    assert!(format!("{cause:?}").contains("Replaced"), "{cause:?}");
    let many = (0..20).map(|_| world.account(&acme));
    for account in futures::future::join_all(many).await {
        assert!(account.suspensions.is_empty());
    }
    match &other {
        None => assert!(!place.exists(), "no database is made silently"),
        Some(other) => assert!(
            std::fs::read(place).unwrap() == std::fs::read(other).unwrap(),
            "what stands there is as it was"
        ),
    }
    std::fs::rename(&away, place).unwrap();
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_none() {
    replaced_by(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter");
    std::fs::write(&letter, "Dear Sir or Madam,").unwrap();
    replaced_by(Some(letter)).await;
}

/// A database of ours, of the release that `version` belongs to.
async fn ours(folder: &Path, version: &'static str) -> PathBuf {
    let path = folder.join("panel.db");
    let url = DatabaseUrl::Sqlite(path.clone());
    let store = Store::open(&url, &StoreSettings::new(START))
        .await
        .unwrap()
        .store;
    store.close().await;
    let options = SqliteConnectOptions::new().filename(&path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    connection.execute(version).await.unwrap();
    connection.close().await.unwrap();
    path
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_one_of_ours_of_any_release() {
    for version in [
        "SELECT 1",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 99",
    ] {
        let folder = tempfile::tempdir().unwrap();
        replaced_by(Some(ours(folder.path(), version).await)).await;
    }
}
