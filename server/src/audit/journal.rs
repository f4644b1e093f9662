//! The checkpoints in a file beside the database: whoever cuts the log in the database has not cut this.

use std::fs::{File, OpenOptions};
use std::io::{
    self, BufRead as _, BufReader, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _,
};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::key::sync_folder;
use crate::store::Checkpoint;

/// Why checkpoints could not be read from a file or written to it.
#[derive(Debug, Error)]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("the checkpoints in {} cannot be used: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is no checkpoint.
    #[error("line {line} of {} is no checkpoint", path.display())]
    Line {
        /// In which file.
        path: PathBuf,
        /// Which, from 1.
        line: usize,
    },
}

/// A file of checkpoints that only grows, one JSON object a line.
#[derive(Clone, Debug)]
pub struct Journal {
    path: PathBuf,
}

impl Journal {
    /// The journal of a data folder.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        Self {
            path: data.join("checkpoints.jsonl"),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What stands in it; nothing while there is no such file.
    ///
    /// # Errors
    /// [`JournalError`].
    pub fn read(&self) -> Result<Vec<Checkpoint>, JournalError> {
        match read(&self.path) {
            Err(JournalError::File { source, .. }) if source.kind() == ErrorKind::NotFound => {
                Ok(Vec::new())
            }
            read => read,
        }
    }

    /// Puts checkpoints at its end, and answers when they are on disk.
    ///
    /// # Errors
    /// [`JournalError::File`].
    pub fn append(&self, checkpoints: &[Checkpoint]) -> Result<(), JournalError> {
        if checkpoints.is_empty() {
            return Ok(());
        }
        self.append_lines(checkpoints)
            .map_err(|source| JournalError::File {
                path: self.path.clone(),
                source,
            })
    }

    fn append_lines(&self, checkpoints: &[Checkpoint]) -> io::Result<()> {
        let is_new = !self.path.exists();
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        let mut lines = Vec::new();
        if ends_within_a_line(&mut file)? {
            lines.push(b'\n');
        }
        for checkpoint in checkpoints {
            serde_json::to_writer(&mut lines, checkpoint)?;
            lines.push(b'\n');
        }
        file.write_all(&lines)?;
        file.sync_data()?;
        if is_new {
            sync_folder(&self.path)?;
        }
        Ok(())
    }
}

/// A crash may have left half a line.
fn ends_within_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// The checkpoints in a file. The rest of a line that a crash cut off is passed over.
///
/// # Errors
/// [`JournalError`].
pub fn read(path: &Path) -> Result<Vec<Checkpoint>, JournalError> {
    let failed = |source| JournalError::File {
        path: path.to_owned(),
        source,
    };
    let mut reader = BufReader::new(File::open(path).map_err(failed)?);
    let (mut checkpoints, mut line) = (Vec::new(), Vec::new());
    let mut number = 0;
    while reader.read_until(b'\n', &mut line).map_err(failed)? > 0 {
        number += 1;
        // Without its end: where a crash cut a line off, the next one was begun on a new line.
        match serde_json::from_slice(line.strip_suffix(b"\n").unwrap_or(&line)) {
            Ok(checkpoint) => checkpoints.push(checkpoint),
            Err(error) if error.is_eof() => {}
            Err(_) => {
                return Err(JournalError::Line {
                    path: path.to_owned(),
                    line: number,
                });
            }
        }
        line.clear();
    }
    Ok(checkpoints)
}
