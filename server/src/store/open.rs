//! Opening a database: what is ours is migrated, what is not is left alone.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::str::FromStr;
use std::time::Duration;

use domain::Timestamp;
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use thiserror::Error;

use super::{Store, file, migrate};
use crate::error::is_contention;

/// Where the data is.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file of SQLite.
    Sqlite(PathBuf),
    /// A PostgreSQL server, with its address as libpq writes it.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads `postgres://…`, `sqlite:PATH` or a plain path.
    ///
    /// # Errors
    /// [`MalformedUrl`] when it is empty, or names another kind of database.
    pub fn parse(text: &str) -> Result<Self, MalformedUrl> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text
            .strip_prefix("sqlite://")
            .or_else(|| text.strip_prefix("sqlite:"))
            .unwrap_or(text);
        if path.is_empty() || path.contains("://") || path.contains('\0') {
            return Err(MalformedUrl);
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

/// Never shows a password.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Never shows a password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => match PgConnectOptions::from_str(url) {
                Ok(options) => {
                    let database = options.get_database().unwrap_or_default();
                    write!(
                        f,
                        "postgres://{}:{}/{database}",
                        options.get_host(),
                        options.get_port()
                    )
                }
                Err(_) => f.write_str("postgres://"),
            },
        }
    }
}

/// The address names no database that this program can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a database is a path of a file, sqlite:PATH or postgres://…")]
pub struct MalformedUrl;

/// How the database is used.
#[derive(Clone, Copy, Debug)]
pub struct StoreSettings {
    /// Most connections that read at the same time (PostgreSQL: read or write).
    pub connections: u32,
    /// The time of opening; names the copy that is made before a migration.
    pub now: Timestamp,
}

impl StoreSettings {
    /// The usual ones.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            connections: 8,
            now,
        }
    }
}

/// An opened database.
#[derive(Debug)]
pub struct Opened {
    /// The handle.
    pub store: Store,
    /// What was found.
    pub schema: Schema,
}

/// In which state the database was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schema {
    /// There was none; it was made.
    Created,
    /// As this program knows it.
    Current,
    /// Of an older release; it was brought up to date.
    Migrated {
        /// Version before.
        from: u32,
        /// Version now.
        to: u32,
        /// The copy made before; `None` on PostgreSQL, whose copies are its administrator's.
        backup: Option<Backup>,
    },
}

/// A copy of the database as it was, read back and found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
}

/// Why a database was not opened. Each is one sentence.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The folder of the file is missing.
    #[error("the folder {} does not exist; create it first", .0.display())]
    MissingFolder(PathBuf),
    /// The file is no database of this program.
    #[error("{0} is not a database of Partner Panel; it was left untouched")]
    Foreign(String),
    /// Made by a later release.
    #[error(
        "{database} was made by a later release (version {found}, this one knows up to {known}); install that release or restore an older copy"
    )]
    Newer {
        /// Where.
        database: String,
        /// Its version.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// The copy before a migration could not be made, or was not whole. Nothing was migrated.
    #[error("the copy {} could not be made before the update, so nothing was changed", path.display())]
    Backup {
        /// Where it should lie.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file cannot be made, read or written.
    #[error("{} cannot be opened", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Another program does not let go of it.
    #[error(
        "{database} is in use by another program that lets nobody else in; stop that program first"
    )]
    InUse {
        /// Where.
        database: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// The log of a database is there, and the database is not.
    #[error(
        "{} is missing or empty, but its log {}-wal is there: put the file back that belongs to it, or move the log away; nothing was made",
        .0.display(), .0.display()
    )]
    Orphaned(PathBuf),
    /// The database does not answer as it should.
    #[error("{database} cannot be used as a database: {source}")]
    Database {
        /// Where.
        database: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
}

impl Store {
    /// Opens the database at `url`, makes it when there is none, brings it up to date when it is older.
    ///
    /// # Errors
    /// [`OpenError`], whose text says what to do; whatever was there is then as it was.
    pub async fn open(url: &DatabaseUrl, settings: &StoreSettings) -> Result<Opened, OpenError> {
        match url {
            DatabaseUrl::Sqlite(path) => open_sqlite(path, settings).await,
            DatabaseUrl::Postgres(address) => open_postgres(url, address, settings).await,
        }
    }
}

async fn open_sqlite(path: &Path, settings: &StoreSettings) -> Result<Opened, OpenError> {
    // Apart from each other: what the first did is told even when the second has to wait.
    let schema = patiently(|| migrate_sqlite(path, settings)).await?;
    let store = patiently(|| file::connect(path, settings)).await?;
    Ok(Opened { store, schema })
}

/// How long opening waits for another program that has the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// Another process that opens the same file may hold it for a moment, where SQLite itself does not wait.
async fn patiently<T, F>(step: impl Fn() -> F) -> Result<T, OpenError>
where
    F: Future<Output = Result<T, OpenError>>,
{
    let mut patience = pin!(tokio::time::sleep(PATIENCE));
    loop {
        match step().await {
            Err(OpenError::Database { database, source }) if is_contention(&source) => {
                tokio::select! {
                    biased;
                    () = &mut patience => return Err(OpenError::InUse { database, source }),
                    () = tokio::time::sleep(Duration::from_millis(50)) => {}
                }
            }
            answer => return answer,
        }
    }
}

async fn migrate_sqlite(path: &Path, settings: &StoreSettings) -> Result<Schema, OpenError> {
    file::prepare(path)?;
    let mut connection =
        sqlx::SqliteConnection::connect_with(&file::options(path).busy_timeout(Duration::ZERO))
            .await
            .map_err(file::failed(path))?;
    let schema = migrate::sqlite(&mut connection, path, settings.now).await?;
    // What it wrote is committed; that it cannot say goodbye changes nothing.
    drop(connection.close().await);
    Ok(schema)
}

async fn open_postgres(
    url: &DatabaseUrl,
    address: &str,
    settings: &StoreSettings,
) -> Result<Opened, OpenError> {
    let database = url.to_string();
    let failed = |source| OpenError::Database {
        database: database.clone(),
        source,
    };
    let options = PgConnectOptions::from_str(address)
        .map_err(failed)?
        .application_name("partner-panel")
        .options([
            ("lock_timeout", "8000"),
            ("statement_timeout", "60000"),
            ("idle_in_transaction_session_timeout", "60000"),
        ]);
    let pool = PgPoolOptions::new()
        .max_connections(settings.connections)
        .acquire_timeout(Duration::from_secs(20))
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(failed)?;
    let schema = migrate::postgres(&pool, &database).await?;
    Ok(Opened {
        store: Store::Postgres { pool },
        schema,
    })
}
