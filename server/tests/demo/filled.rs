//! Databases with the demo in them.

use domain::{PartnerId, Timestamp};
use server::clock::SetClock;
use server::demo::{self, Demo, DemoError, Scale};
use server::ids::OsIds;
use server::store::{DatabaseUrl, Partner, Store, StoreSettings, StoredAccount};
use tempfile::TempDir;

/// 2026-01-20 12:00 UTC, a Tuesday.
pub const START: Timestamp = Timestamp::from_millis(1_768_910_400_000);

/// A database with the demo in it.
pub struct Filled {
    pub store: Store,
    pub folder: TempDir,
    pub demo: Demo,
}

pub async fn open(folder: &TempDir) -> Store {
    let url = DatabaseUrl::Sqlite(folder.path().join("panel.db"));
    Store::open(&url, &StoreSettings::new(START))
        .await
        .unwrap()
        .store
}

pub async fn fill(customers: usize, start: Timestamp, chosen: Option<&str>) -> Filled {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let demo = again(&store, &folder, customers, start, chosen)
        .await
        .unwrap();
    Filled {
        store,
        folder,
        demo,
    }
}

pub async fn again(
    store: &Store,
    folder: &TempDir,
    customers: usize,
    now: Timestamp,
    chosen: Option<&str>,
) -> Result<Demo, DemoError> {
    let clock = SetClock::new(now);
    let chosen = chosen.map(str::to_owned);
    let scale = Scale { customers };
    demo::ensure_scaled(
        store,
        folder.path(),
        chosen,
        &clock,
        &OsIds,
        scale,
        &mut |_| {},
    )
    .await
}

impl Filled {
    pub async fn partners(&self) -> Vec<Partner> {
        self.store.read().await.unwrap().partners().await.unwrap()
    }

    pub async fn accounts(&self, partner: &PartnerId) -> Vec<StoredAccount> {
        self.store
            .read()
            .await
            .unwrap()
            .accounts(partner, None, 5_000)
            .await
            .unwrap()
    }
}
