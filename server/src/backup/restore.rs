//! Putting a copy in place of the database.

use std::fs;
use std::path::{Path, PathBuf};

use domain::Timestamp;

use super::scratch::Scratch;
use super::{BackupError, Contents, failed, look, open, sync};
use crate::audit::{AuditKey, Journal, begin_history, sync_folder};
use crate::ids::Ids;
use crate::store::{Held, Hold, beside, copy_database};

/// What is done with a database that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Nothing, and the copy is not put back.
    Refuse,
    /// It is kept under another name.
    KeepAside,
}

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What is in the database now.
    pub contents: Contents,
    /// Where the one lies that was there before.
    pub aside: Option<PathBuf>,
}

/// Puts the copy `from` in place of `database`. It is checked before, and begins another history: whoever has read on
/// from a number of the lost one is told so, and the checkpoints about lost events are given up by a signed statement.
///
/// # Errors
/// [`BackupError`]; then the database is as it was.
pub async fn restore(
    from: &Path,
    database: &Path,
    existing: Existing,
    (key, journal): (&AuditKey, &Journal),
    now: Timestamp,
    ids: &dyn Ids,
) -> Result<Restored, BackupError> {
    let is_there = database.symlink_metadata().is_ok();
    if is_there && is_same(from, database) {
        return Err(BackupError::Itself(from.to_owned()));
    }
    if is_there && existing == Existing::Refuse {
        return Err(BackupError::Occupied(database.to_owned()));
    }
    let mut hold = match is_there {
        true => hold(database).await?,
        false => None,
    };
    let known = journal.read()?;
    let replaced = match &mut hold {
        Some(hold) => hold.stream_epoch().await,
        None => None,
    };
    let replaced = replaced.or_else(|| Some(known.last()?.claim.stream.clone()));

    let scratch = Scratch::beside(database, ids);
    copy_database(from, scratch.path()).await?;
    let store = open(scratch.path(), now).await?;
    let prepared = async {
        let (contents, wrong) = look(&store).await?;
        if let Some(wrong) = wrong {
            return Err(BackupError::NotRestorable {
                path: from.to_owned(),
                why: wrong.to_string(),
            });
        }
        let checkpoints = begin_history(&store, key, &known, replaced, now, ids).await?;
        Ok((contents, checkpoints))
    };
    let prepared = prepared.await;
    store.close().await;
    let (contents, checkpoints) = prepared?;
    sync(scratch.path())?;

    let aside = is_there.then(|| beside(database, &format!(".before-restore-{}", now.millis())));
    exchange(database, scratch.path(), aside.as_deref())?;
    journal.append(&checkpoints)?;
    drop(hold);
    Ok(Restored { contents, aside })
}

/// Holds the database, unless it is too damaged to be held.
async fn hold(database: &Path) -> Result<Option<Hold>, BackupError> {
    match Hold::take(database).await {
        Held::Alone(hold) => Ok(Some(hold)),
        Held::InUse => Err(BackupError::InUse(database.to_owned())),
        Held::Unusable(_) => Ok(None),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Gives the new file the name of the old one in one step: at no time is there a moment without a database, in which a
/// server would make an empty one.
fn exchange(database: &Path, new: &Path, aside: Option<&Path>) -> Result<(), BackupError> {
    match aside {
        Some(aside) => {
            fs::hard_link(database, aside).map_err(failed(aside))?;
            // Left behind by a database that could not be held: the new one must not take them for its own.
            for ending in ["-wal", "-shm"] {
                let (old, kept) = (beside(database, ending), beside(aside, ending));
                if old.exists() {
                    fs::rename(&old, &kept).map_err(failed(&kept))?;
                }
            }
            fs::rename(new, database).map_err(failed(database))?;
        }
        None => fs::hard_link(new, database).map_err(failed(database))?,
    }
    sync_folder(database).map_err(failed(database))
}
