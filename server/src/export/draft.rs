//! A file being written beside its final name, so that a broken export leaves the earlier file as it was.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::ExportError;

/// A file that is not there yet under its name.
pub(crate) struct Draft {
    path: PathBuf,
    unfinished: PathBuf,
    writer: BufWriter<File>,
}

impl Draft {
    /// Begins the file `name` in `folder`.
    pub fn create(folder: &Path, name: &str) -> Result<Self, ExportError> {
        let unfinished = folder.join(format!("{name}.unfinished"));
        let file = File::create(&unfinished).map_err(|cause| ExportError::File {
            path: unfinished.clone(),
            cause,
        })?;
        Ok(Self {
            path: folder.join(name),
            unfinished,
            writer: BufWriter::new(file),
        })
    }

    /// Says which file could not be written.
    pub fn failed(&self, cause: io::Error) -> ExportError {
        ExportError::File {
            path: self.path.clone(),
            cause,
        }
    }

    /// Gives it its name once it is on disk.
    pub fn finish(mut self) -> Result<(), ExportError> {
        let saved = self
            .writer
            .flush()
            .and_then(|()| self.writer.get_ref().sync_all());
        saved
            .and_then(|()| std::fs::rename(&self.unfinished, &self.path))
            .map_err(|cause| self.failed(cause))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Makes the folder that files are written into, when it is missing.
pub(crate) fn make_folder(folder: &Path) -> Result<(), ExportError> {
    std::fs::create_dir_all(folder).map_err(|cause| ExportError::File {
        path: folder.to_owned(),
        cause,
    })
}

/// A CSV file being written.
pub(crate) struct Sheet {
    path: PathBuf,
    writer: csv::Writer<Draft>,
}

impl Sheet {
    /// Begins the file with its heading.
    pub fn create(
        folder: &Path,
        name: &str,
        heading: impl Iterator<Item = String>,
    ) -> Result<Self, ExportError> {
        let draft = Draft::create(folder, name)?;
        let mut sheet = Self {
            path: draft.path.clone(),
            writer: csv::Writer::from_writer(draft),
        };
        sheet.line(&heading.collect::<Vec<_>>())?;
        Ok(sheet)
    }

    /// Adds a line.
    pub fn line(&mut self, cells: &[String]) -> Result<(), ExportError> {
        self.writer
            .write_record(cells)
            .map_err(|error| failed(&self.path, error.into()))
    }

    /// Gives the file its name once it is on disk.
    pub fn finish(self) -> Result<(), ExportError> {
        let path = self.path;
        self.writer
            .into_inner()
            .map_err(|error| failed(&path, error.into_error()))?
            .finish()
    }
}

fn failed(path: &Path, cause: io::Error) -> ExportError {
    ExportError::File {
        path: path.to_owned(),
        cause,
    }
}
