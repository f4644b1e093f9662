//! A watched folder: what was done in it, and what is to go wrong.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use crate::hooks;

/// Something that was done to a file, or told by the test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Bytes were written.
    Write {
        /// To which file, by its name in the folder.
        file: String,
        /// From which byte on.
        at: usize,
        /// What.
        bytes: Vec<u8>,
    },
    /// A file was cut to a length.
    Cut {
        /// Which.
        file: String,
        /// To how many bytes.
        length: usize,
    },
    /// Everything written to a file before is on disk.
    Sync {
        /// Which.
        file: String,
    },
    /// A file was removed.
    Remove {
        /// Which.
        file: String,
    },
    /// Something that the test wants to know the moment of.
    Mark(u64),
}

/// How much is noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Only how often.
    Counts,
    /// Everything, with contents.
    Contents,
}

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Writes.
    pub writes: u64,
    /// Syncs.
    pub syncs: u64,
}

/// One of SQLite's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The database itself.
    Database,
    /// Its write-ahead log.
    Wal,
}

/// What SQLite does to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Reads.
    Read,
    /// Writes.
    Write,
    /// Syncs.
    Sync,
}

/// How it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no room left.
    Full,
    /// The device does not answer.
    Io,
    /// The file may only be read.
    ReadOnly,
}

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasting {
    /// One time.
    Once,
    /// Until it is healed.
    UntilHealed,
}

/// Something that goes wrong.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// With which file.
    pub kind: Kind,
    /// Doing what.
    pub deed: Deed,
    /// How.
    pub trouble: Trouble,
    /// After it went well so often.
    pub after: u64,
    /// For how long.
    pub lasting: Lasting,
}

#[derive(Debug)]
pub(crate) struct State {
    keep: Keep,
    counts: Counts,
    ops: Vec<Op>,
    fault: Option<Fault>,
    failed: u64,
    pub synchronous_off: bool,
}

impl State {
    /// Whether this deed is to fail.
    pub fn trouble(&mut self, kind: Kind, deed: Deed) -> Option<Trouble> {
        let fault = self.fault.as_mut()?;
        if (fault.kind, fault.deed) != (kind, deed) {
            return None;
        }
        if let Some(rest) = fault.after.checked_sub(1) {
            fault.after = rest;
            return None;
        }
        let trouble = fault.trouble;
        if fault.lasting == Lasting::Once {
            self.fault = None;
        }
        self.failed += 1;
        Some(trouble)
    }

    /// Notes something that went well.
    pub fn note(&mut self, op: impl FnOnce() -> Op, deed: Option<Deed>) {
        match deed {
            Some(Deed::Write) => self.counts.writes += 1,
            Some(Deed::Sync) => self.counts.syncs += 1,
            Some(Deed::Read) | None => {}
        }
        if self.keep == Keep::Contents {
            self.ops.push(op());
        }
    }
}

pub(crate) type Shared = Arc<Mutex<State>>;

static WATCHED: LazyLock<Mutex<HashMap<PathBuf, Shared>>> = LazyLock::new(Mutex::default);

/// A panic of one test must not fail the others.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The disk under a folder, if it is watched.
pub(crate) fn watched(folder: &Path) -> Option<Shared> {
    locked(&WATCHED).get(folder).cloned()
}

/// A watched folder; no longer watched when this is dropped.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
    state: Shared,
}

impl Disk {
    /// Watches the databases that are opened in `folder` from now on.
    ///
    /// # Panics
    /// When SQLite does not accept another VFS, or the folder does not exist.
    #[must_use]
    pub fn watch(folder: &Path, keep: Keep) -> Self {
        hooks::install();
        let state = State {
            keep,
            counts: Counts::default(),
            ops: Vec::new(),
            fault: None,
            failed: 0,
            synchronous_off: false,
        };
        let state = Arc::new(Mutex::new(state));
        // SQLite asks for files by the folder's real name.
        let Ok(folder) = folder.canonicalize() else {
            panic!("{} does not exist", folder.display())
        };
        locked(&WATCHED).insert(folder.clone(), Arc::clone(&state));
        Self { folder, state }
    }

    /// Turns whatever `PRAGMA synchronous` a connection asks for from now on into `OFF`.
    pub fn turn_synchronous_off(&self) {
        locked(&self.state).synchronous_off = true;
    }

    /// Lets something go wrong.
    pub fn fail(&self, fault: Fault) {
        locked(&self.state).fault = Some(fault);
    }

    /// Nothing goes wrong any more; answers how often something did.
    pub fn heal(&self) -> u64 {
        let mut state = locked(&self.state);
        state.fault = None;
        std::mem::take(&mut state.failed)
    }

    /// Notes a moment.
    pub fn mark(&self, mark: u64) {
        locked(&self.state).note(|| Op::Mark(mark), None);
    }

    /// Everything noted so far, in order.
    #[must_use]
    pub fn ops(&self) -> Vec<Op> {
        locked(&self.state).ops.clone()
    }

    /// How often so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        locked(&self.state).counts
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        locked(&WATCHED).remove(&self.folder);
    }
}
