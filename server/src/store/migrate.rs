//! Bringing a database to the schema of this release: all missing steps in one transaction, or none.

use std::path::Path;

use domain::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgPool, Row as _, SqliteConnection};

use super::copy::{beside, copy_into};
use super::file::failed;
use super::open::{Backup, OpenError, Schema};

/// One step of the schema, for each database.
struct Step {
    sqlite: &'static str,
    postgres: &'static str,
}

/// All steps; a database at version *n* has had the first *n*.
const STEPS: &[Step] = &[
    Step {
        sqlite: include_str!("../../migrations/0001_tables.sql"),
        postgres: include_str!("../../migrations/0001_tables.sql"),
    },
    Step {
        sqlite: include_str!("../../migrations/0002_search.sqlite.sql"),
        postgres: include_str!("../../migrations/0002_search.postgres.sql"),
    },
    Step {
        sqlite: include_str!("../../migrations/0003_checkpoints.sql"),
        postgres: include_str!("../../migrations/0003_checkpoints.sql"),
    },
    Step {
        sqlite: include_str!("../../migrations/0004_api_keys.sql"),
        postgres: include_str!("../../migrations/0004_api_keys.sql"),
    },
    Step {
        sqlite: include_str!("../../migrations/0006_enforcement.sql"),
        postgres: include_str!("../../migrations/0006_enforcement.sql"),
    },
];

/// The version of this release.
const KNOWN: u32 = STEPS.len() as u32;

/// Marks a file of SQLite as ours: "PPnl".
const APPLICATION_ID: i32 = i32::from_be_bytes(*b"PPnl");

/// What stands in a database before anything is done to it.
#[derive(Clone, Copy)]
enum Found {
    Empty,
    Ours(u32),
    Foreign,
}

impl Found {
    /// The version to go on from.
    fn version(self, database: impl Fn() -> String) -> Result<u32, OpenError> {
        match self {
            Self::Empty => Ok(0),
            Self::Ours(found) if found > KNOWN => Err(OpenError::Newer {
                database: database(),
                found,
                known: KNOWN,
            }),
            Self::Ours(found) => Ok(found),
            Self::Foreign => Err(OpenError::Foreign(database())),
        }
    }
}

fn outcome(from: u32, backup: Option<Backup>) -> Schema {
    match from {
        0 => Schema::Created,
        KNOWN => Schema::Current,
        from => Schema::Migrated {
            from,
            to: KNOWN,
            backup,
        },
    }
}

/// Migrates a file of SQLite; an older one with data is copied first.
pub async fn sqlite(
    connection: &mut SqliteConnection,
    path: &Path,
    now: Timestamp,
) -> Result<Schema, OpenError> {
    let name = || path.display().to_string();
    let failed = failed(path);
    // In a transaction: another process may be making the database between two questions.
    let mut look = connection.begin().await.map_err(failed)?;
    let found = sqlite_found(&mut look).await.map_err(failed)?;
    look.rollback().await.map_err(failed)?;
    let from = found.version(name)?;
    if from == KNOWN {
        return Ok(Schema::Current);
    }
    let backup = if from == 0 {
        None
    } else {
        Some(copy(connection, path, from, now).await?)
    };
    let mut transaction = connection
        .begin_with("BEGIN IMMEDIATE")
        .await
        .map_err(failed)?;
    // Another process may have been faster.
    let from = sqlite_found(&mut transaction)
        .await
        .map_err(failed)?
        .version(name)?;
    for step in &STEPS[from as usize..] {
        transaction.execute(step.sqlite).await.map_err(failed)?;
    }
    let mark = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {KNOWN}");
    transaction
        .execute(AssertSqlSafe(mark))
        .await
        .map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    Ok(outcome(from, backup))
}

/// Refuses a file that is not a database of this program, or one of a later release.
pub async fn identify(connection: &mut SqliteConnection, path: &Path) -> Result<(), OpenError> {
    let name = || path.display().to_string();
    let found = sqlite_found(connection)
        .await
        .map_err(|error| refused(path, error))?;
    match found.version(name)? {
        0 => Err(OpenError::Foreign(name())),
        _ => Ok(()),
    }
}

/// SQLite has read a file and says that it is none of its own.
fn refused(path: &Path, error: sqlx::Error) -> OpenError {
    const NOT_A_DATABASE: &str = "26";
    let code = error.as_database_error().and_then(|error| error.code());
    match code.as_deref() {
        Some(NOT_A_DATABASE) => OpenError::Foreign(path.display().to_string()),
        _ => failed(path)(error),
    }
}

async fn sqlite_found(connection: &mut SqliteConnection) -> Result<Found, sqlx::Error> {
    let application: i32 = connection
        .fetch_one("PRAGMA application_id")
        .await?
        .try_get(0)?;
    let version: u32 = connection
        .fetch_one("PRAGMA user_version")
        .await?
        .try_get(0)?;
    let tables: i64 = connection
        .fetch_one("SELECT count(*) FROM sqlite_schema")
        .await?
        .try_get(0)?;
    Ok(match (application, tables) {
        (APPLICATION_ID, _) => Found::Ours(version),
        (0, 0) if version == 0 => Found::Empty,
        _ => Found::Foreign,
    })
}

/// Copies the database beside itself, reads the copy back and checks it.
async fn copy(
    connection: &mut SqliteConnection,
    path: &Path,
    from: u32,
    now: Timestamp,
) -> Result<Backup, OpenError> {
    let copy = beside(path, &format!(".version-{from}-{}", now.millis()));
    let failed = |source: Box<dyn std::error::Error + Send + Sync>| OpenError::Backup {
        path: copy.clone(),
        source,
    };
    copy_into(&mut *connection, &copy)
        .await
        .map_err(|error| failed(Box::new(error)))?;
    let options = SqliteConnectOptions::new().filename(&copy).read_only(true);
    let mut read_back = SqliteConnection::connect_with(&options)
        .await
        .map_err(|error| failed(Box::new(error)))?;
    let same = async {
        let verdict: String = read_back
            .fetch_one("PRAGMA integrity_check")
            .await?
            .try_get(0)?;
        let version: u32 = read_back
            .fetch_one("PRAGMA user_version")
            .await?
            .try_get(0)?;
        let rows = "SELECT count(*) FROM events";
        let copied: i64 = read_back.fetch_one(rows).await?.try_get(0)?;
        let original: i64 = connection.fetch_one(rows).await?.try_get(0)?;
        Ok::<_, sqlx::Error>(verdict == "ok" && version == from && copied == original)
    };
    let same = same.await.map_err(|error| failed(Box::new(error)))?;
    read_back
        .close()
        .await
        .map_err(|error| failed(Box::new(error)))?;
    if same {
        Ok(Backup { path: copy })
    } else {
        Err(failed("the copy differs from the original".into()))
    }
}

/// Migrates a schema of PostgreSQL.
pub async fn postgres(pool: &PgPool, database: &str) -> Result<Schema, OpenError> {
    let failed = |source| OpenError::Database {
        database: database.to_owned(),
        source,
    };
    let mut transaction = pool.begin().await.map_err(failed)?;
    // Two servers that start at the same time migrate one after the other.
    transaction
        .execute("SELECT pg_advisory_xact_lock(5787853447)")
        .await
        .map_err(failed)?;
    let found = postgres_found(&mut transaction).await.map_err(failed)?;
    let from = found.version(|| database.to_owned())?;
    if from == KNOWN {
        return Ok(Schema::Current);
    }
    if from == 0 {
        let create = "CREATE TABLE panel_schema (version BIGINT NOT NULL); INSERT INTO panel_schema VALUES (0)";
        transaction.execute(create).await.map_err(failed)?;
    }
    for step in &STEPS[from as usize..] {
        transaction.execute(step.postgres).await.map_err(failed)?;
    }
    let mark = format!("UPDATE panel_schema SET version = {KNOWN}");
    transaction
        .execute(AssertSqlSafe(mark))
        .await
        .map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    Ok(outcome(from, None))
}

async fn postgres_found(connection: &mut sqlx::PgConnection) -> Result<Found, sqlx::Error> {
    let tables: i64 = connection
        .fetch_one("SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()")
        .await?
        .try_get(0)?;
    let ours: bool = connection
        .fetch_one("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = 'panel_schema')")
        .await?
        .try_get(0)?;
    if !ours {
        return Ok(if tables == 0 {
            Found::Empty
        } else {
            Found::Foreign
        });
    }
    let version: i64 = connection
        .fetch_one("SELECT version FROM panel_schema")
        .await?
        .try_get(0)?;
    Ok(Found::Ours(u32::try_from(version).unwrap_or(u32::MAX)))
}
