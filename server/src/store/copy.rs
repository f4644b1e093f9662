//! Copying a file of SQLite, also while it is in use, and holding one while it is exchanged.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, Row as _, SqliteConnection};

use super::file::failed;
use super::open::OpenError;
use super::{StreamEpoch, migrate};
use crate::error::is_contention;

/// Writes everything that a connection sees into a new file for its owner only, and answers when that is on disk. What
/// could not be finished is taken away again.
pub(super) async fn copy_into(source: &mut SqliteConnection, to: &Path) -> io::Result<()> {
    let name = to
        .to_str()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the name is not UTF-8"))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // SQLite fills an empty file, and does not sync it.
    let file = options.open(to)?;
    let copied = sqlx::query("VACUUM INTO $1")
        .bind(name)
        .execute(source)
        .await
        .map_err(io::Error::other)
        .and_then(|_| file.sync_all());
    if copied.is_err() {
        std::fs::remove_file(to)?;
    }
    copied
}

/// Copies a database of this program, which may be in use, into a new file.
///
/// # Errors
/// [`OpenError`]: also when it is no database of this program, or of a later release.
pub async fn copy_database(from: &Path, to: &Path) -> Result<(), OpenError> {
    // Never opened here but by SQLite: closing it would end the locks that SQLite has on it in this process.
    from.metadata().map_err(file(from))?;
    // Nobody has it open when there is no such file; then it is readable where nothing can be written, too.
    let at_rest = !beside(from, "-wal").exists();
    let options = SqliteConnectOptions::new()
        .filename(from)
        .read_only(true)
        .immutable(at_rest);
    let mut connection = options.connect().await.map_err(failed(from))?;
    migrate::identify(&mut connection, from).await?;
    copy_into(&mut connection, to).await.map_err(file(to))?;
    connection.close().await.map_err(failed(from))
}

fn file(path: &Path) -> impl Fn(io::Error) -> OpenError + '_ {
    |source| OpenError::File {
        path: path.to_owned(),
        source,
    }
}

/// The path with something after it.
#[must_use]
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A file of SQLite that no other process can use.
pub struct Hold(SqliteConnection);

/// What became of the attempt to hold a file.
pub enum Held {
    /// It is ours, and complete in itself.
    Alone(Hold),
    /// Another process has it open.
    InUse,
    /// It is no database that could be held.
    Unusable(sqlx::Error),
}

impl Hold {
    /// Takes the file away from everybody else; waits a moment for commands that are about to end.
    pub async fn take(path: &Path) -> Held {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .busy_timeout(Duration::from_secs(2))
            // Only who is alone can leave the write-ahead log, and is told to wait otherwise.
            .journal_mode(SqliteJournalMode::Delete);
        let alone = async {
            let mut connection = options.connect().await?;
            connection.execute("BEGIN EXCLUSIVE").await?;
            Ok(connection)
        };
        match alone.await {
            Ok(connection) => Held::Alone(Self(connection)),
            Err(error) if is_contention(&error) => Held::InUse,
            Err(error) => Held::Unusable(error),
        }
    }

    /// Which history it tells; `None` when that cannot be read.
    pub async fn stream_epoch(&mut self) -> Option<StreamEpoch> {
        let sql = "SELECT value FROM secrets WHERE name = 'stream_epoch'";
        let row = self.0.fetch_optional(sql).await.ok()??;
        StreamEpoch::parse(row.try_get(0).ok()?).ok()
    }
}
