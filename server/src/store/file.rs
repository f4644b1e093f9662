//! The file of an SQLite database: made for its owner alone, refused when it is visibly something else, connected to,
//! and noticed when another one takes its place.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use thiserror::Error;

use super::Store;
use super::open::{OpenError, StoreSettings};
use super::writer::Writer;

/// A database file that was found at its path, and stays the same one.
#[derive(Clone, Debug)]
pub struct DatabaseFile {
    path: PathBuf,
    identity: Identity,
}

/// What was opened is no longer there.
#[derive(Debug, Error)]
#[error(
    "{} was moved, removed or replaced while it was in use; put it back, or start the panel again to use what is there now",
    .0.display()
)]
pub struct Replaced(PathBuf);

impl DatabaseFile {
    fn find(path: &Path) -> io::Result<Self> {
        let path = path.to_owned();
        let identity = identity(&path.metadata()?);
        Ok(Self { path, identity })
    }

    /// How to connect to it.
    pub fn options(&self) -> SqliteConnectOptions {
        options(&self.path).journal_mode(SqliteJournalMode::Wal)
    }

    /// What is written to a file without a name is gone with the process: so nothing is, and nothing is read from a file
    /// that came in between.
    ///
    /// # Errors
    /// [`Replaced`] when the path leads to another file, or to none.
    pub fn is_in_place(&self) -> Result<(), Replaced> {
        match self.path.metadata() {
            Ok(found) if identity(&found) == self.identity => Ok(()),
            _ => Err(Replaced(self.path.clone())),
        }
    }
}

#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(unix)]
fn identity(found: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
type Identity = ();
#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {}

/// Connects readers and the writer to a file that is migrated.
pub async fn connect(path: &Path, settings: &StoreSettings) -> Result<Store, OpenError> {
    let failed = failed(path);
    let file = DatabaseFile::find(path).map_err(file_failed(path))?;
    let writer = Writer::start(file.clone()).await.map_err(failed)?;
    let options = file.options().pragma("query_only", "ON");
    let read = SqlitePoolOptions::new()
        .max_connections(settings.connections)
        // All of them at once: a later one might find another file at the path.
        .min_connections(settings.connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(20))
        .after_connect(move |_, _| {
            let in_place = file.is_in_place().map_err(io::Error::other);
            Box::pin(async move { Ok(in_place?) })
        })
        .connect_with(options)
        .await
        .map_err(failed)?;
    Ok(Store::Sqlite { read, writer })
}

/// How to connect to the file at `path`, which exists.
pub fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(256)
        // What is erased must not stay in unused parts of pages.
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", "-65536")
        .pragma("journal_size_limit", "67108864")
}

/// Says which database it is that does not answer.
pub fn failed(path: &Path) -> impl Fn(sqlx::Error) -> OpenError + Copy {
    move |source| OpenError::Database {
        database: path.display().to_string(),
        source,
    }
}

fn file_failed(path: &Path) -> impl Fn(io::Error) -> OpenError + Copy {
    move |source| OpenError::File {
        path: path.to_owned(),
        source,
    }
}

/// Makes an empty file that only its owner can read; refuses a file that is visibly something else.
pub fn prepare(path: &Path) -> Result<(), OpenError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(OpenError::MissingFolder(folder.to_owned()));
    }
    let failed = file_failed(path);
    let holds_something = |path: &Path| path.metadata().is_ok_and(|found| found.len() > 0);
    // What is in the log belongs to a database that an empty one must not stand in for.
    if holds_something(&log_of(path)) && !holds_something(path) {
        return Err(OpenError::Orphaned(path.to_owned()));
    }
    let mut file = make(path).map_err(failed)?;
    let mut start = [0; 16];
    let length = io::Read::read(&mut file, &mut start).map_err(failed)?;
    match &start[..length] {
        b"" | b"SQLite format 3\0" => Ok(()),
        _ => Err(OpenError::Foreign(path.display().to_string())),
    }
}

/// Where SQLite keeps the write-ahead log of a database.
fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

fn make(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
