//! The password that all demo users share: random for each database unless somebody chose one.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::ids::Ids;

/// Where it is kept.
pub(super) fn file(data: &Path) -> PathBuf {
    data.join("demo-password")
}

/// The password that is kept, if there is one.
pub(super) fn kept(data: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(file(data)) {
        Ok(text) => Ok(
            Some(text.trim_end_matches(['\r', '\n']).to_owned()).filter(|text| !text.is_empty())
        ),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Keeps `password` where only the owner of the files can read it.
pub(super) fn keep(data: &Path, password: &str) -> io::Result<()> {
    let path = file(data);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    writeln!(options.open(&path)?, "{password}")
}

/// A password that can be typed: four groups of four letters and figures, without those that look alike (80 bits).
pub(super) fn make(ids: &dyn Ids) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let mut bytes = [0; 16];
    ids.fill(&mut bytes);
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect();
    letters
        .chunks(4)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OsIds;

    #[test]
    fn it_is_kept_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(kept(folder.path()).unwrap(), None);
        keep(folder.path(), "first").unwrap();
        let password = make(&OsIds);
        assert_eq!(password.len(), 19);
        keep(folder.path(), &password).unwrap();
        assert_eq!(kept(folder.path()).unwrap(), Some(password));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(file(folder.path()))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
