//! Writes that wait at the same time.

use std::pin::Pin;

use futures::future::join_all;
use server::store::DatabaseUrl;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Executor as _, SqliteConnection};

use crate::world::World;

/// A write that has not begun.
pub type Write<'w, T> = Pin<Box<dyn Future<Output = T> + 'w>>;

/// Puts writes into the queue in this order while somebody else holds the write lock, then lets them go on.
pub async fn together<T>(world: &World, writes: Vec<Write<'_, T>>) -> Vec<T> {
    let foreign = Foreign::lock(world).await;
    let mut all = join_all(writes);
    assert!(futures::poll!(&mut all).is_pending());
    foreign.release().await;
    all.await
}

/// Another process that is in the middle of writing.
pub struct Foreign(SqliteConnection);

impl Foreign {
    pub async fn lock(world: &World) -> Self {
        Self::run(&world.url, "BEGIN IMMEDIATE").await
    }

    /// The same, and it does not even let others read.
    pub async fn shut_out(url: &DatabaseUrl) -> Self {
        Self::run(
            url,
            "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT",
        )
        .await
    }

    async fn run(url: &DatabaseUrl, sql: &'static str) -> Self {
        let DatabaseUrl::Sqlite(path) = url else {
            panic!("only SQLite has one lock for all")
        };
        let options = SqliteConnectOptions::new().filename(path);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        connection.execute(sql).await.unwrap();
        Self(connection)
    }

    pub async fn release(self) {
        self.0.close().await.unwrap();
    }
}
