//! What clients were told, kept where no crash reaches it.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A file of acknowledged changes, synced after each.
pub struct Journal {
    path: PathBuf,
    file: File,
}

impl Journal {
    pub fn new(path: &Path) -> Self {
        let file = OpenOptions::new().create_new(true).append(true).open(path);
        Self {
            path: path.to_owned(),
            file: file.unwrap(),
        }
    }

    pub fn acknowledged(&self, change: &str) {
        writeln!(&self.file, "{change}").unwrap();
        self.file.sync_data().unwrap();
    }

    /// All of them.
    pub fn read(&self) -> Vec<String> {
        let text = std::fs::read_to_string(&self.path).unwrap();
        text.lines().map(str::to_owned).collect()
    }
}
