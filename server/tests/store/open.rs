//! Opening: what is ours, what is not, what is older, what is newer.

use std::path::Path;

use server::store::{Backup, DatabaseUrl, OpenError, Schema, Store, StoreSettings};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqliteConnection};

use crate::world::{Base, START, new_url};

on_both![made_then_found, two_open_at_once];

async fn open(url: &DatabaseUrl) -> Result<Schema, OpenError> {
    let opened = Store::open(url, &StoreSettings::new(START)).await?;
    opened.store.close().await;
    Ok(opened.schema)
}

async fn made_then_found(base: Base) {
    let folder = tempfile::tempdir().unwrap();
    let url = new_url(base, &folder).await;
    assert_eq!(open(&url).await.unwrap(), Schema::Created);
    assert_eq!(open(&url).await.unwrap(), Schema::Current);
}

async fn two_open_at_once(base: Base) {
    let folder = tempfile::tempdir().unwrap();
    let url = new_url(base, &folder).await;
    let (one, two) = tokio::join!(open(&url), open(&url));
    let found = [one.unwrap(), two.unwrap()];
    assert!(found.contains(&Schema::Created), "{found:?}");
}

/// Runs statements on a file.
pub async fn sqlite(path: &Path, sql: &str) {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    connection
        .execute(AssertSqlSafe(sql.to_owned()))
        .await
        .unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_file_is_only_for_its_owner() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("panel.db");
    open(&DatabaseUrl::Sqlite(path.clone())).await.unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_closed_file_is_complete_in_itself() {
    let folder = tempfile::tempdir().unwrap();
    let rounds = (0..8).map(|number| {
        let path = folder.path().join(format!("{number}.db"));
        tokio::spawn(async move {
            for round in 0..25 {
                let settings = StoreSettings {
                    connections: 1,
                    ..StoreSettings::new(START)
                };
                let url = DatabaseUrl::Sqlite(path.clone());
                let store = Store::open(&url, &settings).await.unwrap().store;
                store
                    .put_secret(format!("round {round}"), "kept".to_owned())
                    .await
                    .unwrap();
                store.close().await;
                let log = server::store::beside(&path, "-wal");
                assert!(!log.exists(), "round {round}");
            }
        })
    });
    let rounds: Vec<_> = rounds.collect();
    for rounds in rounds {
        rounds.await.unwrap();
    }
}

#[tokio::test]
async fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("nowhere/panel.db"));
    let error = open(&url).await.unwrap_err();
    assert!(matches!(error, OpenError::MissingFolder(_)));
    assert!(error.to_string().contains("nowhere"), "{error}");
}

#[tokio::test]
async fn what_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "Dear Sir or Madam,").unwrap();
    assert!(matches!(
        open(&DatabaseUrl::Sqlite(letter.clone())).await,
        Err(OpenError::Foreign(_))
    ));
    assert_eq!(
        std::fs::read_to_string(&letter).unwrap(),
        "Dear Sir or Madam,"
    );

    let foreign = folder.path().join("foreign.db");
    sqlite(&foreign, "CREATE TABLE recipes (name TEXT)").await;
    let before = std::fs::read(&foreign).unwrap();
    assert!(matches!(
        open(&DatabaseUrl::Sqlite(foreign.clone())).await,
        Err(OpenError::Foreign(_))
    ));
    assert_eq!(std::fs::read(&foreign).unwrap(), before);
}

#[tokio::test]
async fn a_later_release_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("panel.db");
    let url = DatabaseUrl::Sqlite(path.clone());
    open(&url).await.unwrap();
    sqlite(&path, "PRAGMA user_version = 99").await;
    assert!(matches!(
        open(&url).await,
        Err(OpenError::Newer { found: 99, .. })
    ));
}

#[tokio::test]
async fn an_older_file_is_copied_and_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("panel.db");
    let tables = include_str!("../../migrations/0001_tables.sql");
    let mark = format!(
        "PRAGMA application_id = {}; PRAGMA user_version = 1;",
        i32::from_be_bytes(*b"PPnl")
    );
    let partner = "INSERT INTO partners (id, name, product, currency, language, time_zone, brand_color, created_at) \
                   VALUES ('par_00000000000000000000000001', 'Old', 'Chat', 'EUR', 'en', 'UTC', '336699', 0)";
    sqlite(&path, &format!("{tables}; {mark} {partner}")).await;
    let url = DatabaseUrl::Sqlite(path);
    let Schema::Migrated {
        from: 1,
        backup: Some(Backup { path: copy }),
        ..
    } = open(&url).await.unwrap()
    else {
        panic!("not migrated from version 1 with a copy");
    };
    let mut connection = SqliteConnection::connect_with(
        &SqliteConnectOptions::new().filename(&copy).read_only(true),
    )
    .await
    .unwrap();
    let name: String = connection
        .fetch_one("SELECT name FROM partners")
        .await
        .unwrap()
        .get(0);
    let version: i64 = connection
        .fetch_one("PRAGMA user_version")
        .await
        .unwrap()
        .get(0);
    assert_eq!((name.as_str(), version), ("Old", 1));
    assert_eq!(open(&url).await.unwrap(), Schema::Current);
    let store = Store::open(&url, &StoreSettings::new(START))
        .await
        .unwrap()
        .store;
    assert_eq!(
        store.read().await.unwrap().partners().await.unwrap()[0]
            .profile
            .name,
        "Old"
    );
}

#[tokio::test]
async fn a_foreign_schema_of_postgres_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let address = crate::postgres::new_database().await;
    let mut connection = sqlx::PgConnection::connect(&address).await.unwrap();
    connection
        .execute("CREATE TABLE recipes (name TEXT)")
        .await
        .unwrap();
    let url = DatabaseUrl::parse(&address).unwrap();
    assert!(matches!(open(&url).await, Err(OpenError::Foreign(_))));
    drop(folder);
}

#[test]
fn addresses() {
    assert_eq!(
        DatabaseUrl::parse("data/panel.db"),
        Ok(DatabaseUrl::Sqlite("data/panel.db".into()))
    );
    assert_eq!(
        DatabaseUrl::parse("sqlite:data/panel.db"),
        Ok(DatabaseUrl::Sqlite("data/panel.db".into()))
    );
    let postgres = DatabaseUrl::parse("postgres://panel:geheim@db.example/panel").unwrap();
    assert!(!format!("{postgres:?} {postgres}").contains("geheim"));
    assert!(DatabaseUrl::parse("mysql://db.example/panel").is_err());
    assert!(DatabaseUrl::parse("").is_err());
}
