//! Example files to start from. They fit together: first the plans, then the customers with their history.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Name and content of each example.
pub const TEMPLATES: [(&str, &str); 3] = [
    ("plans.csv", include_str!("templates/plans.csv")),
    ("customers.csv", include_str!("templates/customers.csv")),
    ("history.csv", include_str!("templates/history.csv")),
];

/// An example could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written: {cause}.", path.display())]
pub struct TemplateError {
    /// Which file.
    pub path: PathBuf,
    /// Why; a file that is there already is never overwritten.
    #[source]
    pub cause: std::io::Error,
}

/// Writes the examples into `folder`, which is made when it is missing, and says where they are.
///
/// # Errors
/// When a file exists already or cannot be written.
pub fn templates(folder: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    std::fs::create_dir_all(folder).map_err(|cause| TemplateError {
        path: folder.to_owned(),
        cause,
    })?;
    TEMPLATES
        .iter()
        .map(|(name, content)| {
            let path = folder.join(name);
            let written = OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)
                .and_then(|mut file| file.write_all(content.as_bytes()));
            written
                .map(|()| path.clone())
                .map_err(|cause| TemplateError { path, cause })
        })
        .collect()
}
