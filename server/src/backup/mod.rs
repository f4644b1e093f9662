//! Copies of a file of SQLite: made while it is in use, and put back in its place.

mod restore;
mod scratch;

use std::fs::File;
use std::path::{Path, PathBuf};

use domain::Timestamp;
use thiserror::Error;

pub use restore::{Existing, Restored, restore};
use scratch::Scratch;

use crate::audit::{JournalError, sync_folder};
use crate::check::{self, Finding};
use crate::ids::Ids;
use crate::store::{OpenError, Store, StoreSettings, beside, copy_database};

/// Why there is no copy, or why it was not put back. Each is one sentence.
#[derive(Debug, Error)]
pub enum BackupError {
    /// It would replace something.
    #[error("{} exists already; a copy never replaces anything", .0.display())]
    Exists(PathBuf),
    /// A database would be replaced.
    #[error(
        "there is a database already, {}; --force puts the copy in its place and keeps that one beside it", .0.display()
    )]
    Occupied(PathBuf),
    /// A server is running.
    #[error("{} is in use; stop the panel first", .0.display())]
    InUse(PathBuf),
    /// It would be copied onto itself.
    #[error("{} is the database itself, not a copy of it", .0.display())]
    Itself(PathBuf),
    /// The copy is damaged.
    #[error(
        "the copy is not whole, so it was not kept ({0}); partner-panel check says what is wrong with the database"
    )]
    NotWhole(String),
    /// The copy that is to be put back is damaged.
    #[error("{} is not whole, so nothing was changed ({why})", path.display())]
    NotRestorable {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file cannot be read or written.
    #[error("{} cannot be written", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A database cannot be opened or copied.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A database does not answer.
    #[error(transparent)]
    Store(#[from] crate::error::Error),
    /// The file of checkpoints cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> BackupError + '_ {
    |source| BackupError::File {
        path: path.to_owned(),
        source,
    }
}

/// What is in a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Partners.
    pub partners: u64,
    /// Customers.
    pub customers: u64,
    /// Events.
    pub events: u64,
}

/// Copies the database, which may be in use, into a new file. That gets its name only once it is on disk and was opened
/// and checked like a database of its own.
///
/// # Errors
/// [`BackupError`]; then there is no file of this name.
pub async fn backup(
    database: &Path,
    to: &Path,
    now: Timestamp,
    ids: &dyn Ids,
) -> Result<Contents, BackupError> {
    refuse_existing(to)?;
    let scratch = Scratch::beside(to, ids);
    copy_database(database, scratch.path()).await?;
    let store = open(scratch.path(), now).await?;
    let looked = look(&store).await;
    store.close().await;
    let (contents, wrong) = looked?;
    if let Some(wrong) = wrong {
        return Err(BackupError::NotWhole(wrong.to_string()));
    }
    sync(scratch.path())?;
    refuse_existing(to)?;
    std::fs::rename(scratch.path(), to).map_err(failed(to))?;
    sync_folder(to).map_err(failed(to))?;
    Ok(contents)
}

fn refuse_existing(path: &Path) -> Result<(), BackupError> {
    match path.symlink_metadata() {
        Ok(_) => Err(BackupError::Exists(path.to_owned())),
        Err(_) => Ok(()),
    }
}

/// Opens a copy as what it is: a database.
async fn open(path: &Path, now: Timestamp) -> Result<Store, BackupError> {
    let settings = StoreSettings {
        connections: 1,
        ..StoreSettings::new(now)
    };
    let opened = Store::open(
        &crate::store::DatabaseUrl::Sqlite(path.to_owned()),
        &settings,
    )
    .await?;
    if let crate::store::Schema::Migrated {
        backup: Some(copy), ..
    } = opened.schema
    {
        // A copy of a copy.
        std::fs::remove_file(&copy.path).map_err(failed(&copy.path))?;
    }
    Ok(opened.store)
}

/// What is in it, and the first thing that is wrong with it.
async fn look(store: &Store) -> Result<(Contents, Option<Finding>), BackupError> {
    let findings = check::whole(store).await?;
    let wrong = findings.into_iter().find(|finding| !finding.is_good());
    let partners = match (&wrong, store.read().await?.partners().await) {
        (_, Ok(partners)) => partners,
        (Some(_), Err(_)) => Vec::new(),
        (None, Err(error)) => return Err(error.into()),
    };
    let contents = Contents {
        partners: partners.len() as u64,
        customers: partners.iter().map(|partner| partner.counts.all()).sum(),
        events: partners.iter().map(|partner| partner.last_seq).sum(),
    };
    Ok((contents, wrong))
}

/// Answers when a closed database is on disk. It is refused when something of it is still in its write-ahead log, which
/// does not come along when the file gets its name: SQLite closes without a word when it cannot empty that, on a full
/// disk for one.
fn sync(path: &Path) -> Result<(), BackupError> {
    if beside(path, "-wal").exists() {
        let source = std::io::Error::other("its write-ahead log could not be emptied");
        return Err(failed(path)(source));
    }
    File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(failed(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_a_log_beside_it_is_not_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy.db");
        std::fs::write(&path, "a database").unwrap();
        sync(&path).unwrap();
        std::fs::write(beside(&path, "-wal"), "the end of it").unwrap();
        let refused = sync(&path).unwrap_err();
        assert!(matches!(refused, BackupError::File { .. }), "{refused}");
    }
}
