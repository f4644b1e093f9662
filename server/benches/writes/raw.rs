//! What SQLite and the disk give without the panel: one row, one commit, one after the other.

use server::store::{DatabaseUrl, Store};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Executor as _, SqliteConnection};

use crate::changes::folder;
use crate::stopwatch::{LONG_ENOUGH, Stopwatch};
use crate::world::START;

/// In a file that is opened as the panel opens its own.
pub async fn commits_per_second() -> f64 {
    let folder = folder();
    let path = folder.path().join("raw.db");
    let url = DatabaseUrl::Sqlite(path.clone());
    let settings = server::store::StoreSettings::new(START);
    Store::open(&url, &settings)
        .await
        .unwrap()
        .store
        .close()
        .await;
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .pragma("journal_mode", "WAL")
        .pragma("synchronous", "FULL");
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    connection
        .execute("CREATE TABLE raw (number INTEGER PRIMARY KEY, text TEXT)")
        .await
        .unwrap();
    let mut commits = 0;
    let watch = Stopwatch::start();
    while watch.elapsed() < LONG_ENOUGH / 4 {
        let insert =
            sqlx::query("INSERT INTO raw (text) VALUES ($1)").bind("a row of the usual length");
        insert.execute(&mut connection).await.unwrap();
        commits += 1;
    }
    let rate = f64::from(commits) / watch.elapsed().as_secs_f64();
    connection.close().await.unwrap();
    rate
}
