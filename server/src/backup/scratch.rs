//! A file that is gone again unless it was given another name.

use std::path::{Path, PathBuf};

use crate::ids::Ids;
use crate::store::beside;

/// An unfinished file of SQLite.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// A name that nothing has, in the same folder as `path`.
    pub fn beside(path: &Path, ids: &dyn Ids) -> Self {
        Self(beside(path, &format!(".unfinished-{}", &ids.key()[..8])))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            // Most of them are not there.
            drop(std::fs::remove_file(beside(&self.0, ending)));
        }
    }
}
