//! A CSV file as it lies on the disk: read whole, refused unless it is UTF-8, and recognised again by its fingerprint.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Largest file that is read, in bytes: some two million lines of customers.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// The text of a file, without its byte order mark.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file's name without folders, for the report.
    pub name: String,
    /// The whole content.
    pub text: String,
    /// SHA-256 of the bytes as they were on the disk, as lower-case hex.
    pub fingerprint: String,
}

/// Why a file could not be read as text.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The operating system refused.
    #[error("{path} cannot be read: {cause}.", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// Larger than this program reads at once.
    #[error("{name} is larger than {limit} MiB: split it into several files.", limit = MAX_BYTES / 1024 / 1024)]
    TooLarge {
        /// The file.
        name: String,
    },
    /// The bytes of UTF-16, as some spreadsheets save "Unicode text".
    #[error("{name}, line 1, byte 1: the file is UTF-16. Save it as \"CSV UTF-8\".")]
    Utf16 {
        /// The file.
        name: String,
    },
    /// Any other encoding.
    #[error(
        "{name}, line {line}, byte {byte}: not UTF-8 (found 0x{found:02X}). Save it as \"CSV UTF-8\"."
    )]
    NotUtf8 {
        /// The file.
        name: String,
        /// Line of the offending byte, from 1.
        line: u64,
        /// Place of the byte in its line, from 1.
        byte: u64,
        /// The byte itself.
        found: u8,
    },
}

impl Source {
    /// Reads `path`.
    ///
    /// # Errors
    /// When the file cannot be read, is too large, or is not UTF-8.
    pub fn read(path: &Path) -> Result<Self, SourceError> {
        let unreadable = |cause| SourceError::Unreadable {
            path: path.to_owned(),
            cause,
        };
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        if std::fs::metadata(path).map_err(unreadable)?.len() > MAX_BYTES {
            return Err(SourceError::TooLarge { name });
        }
        Self::decode(name, std::fs::read(path).map_err(unreadable)?)
    }

    /// Takes the bytes of a file called `name`.
    ///
    /// # Errors
    /// When they are not UTF-8.
    pub fn decode(name: String, bytes: Vec<u8>) -> Result<Self, SourceError> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            return Err(SourceError::Utf16 { name });
        }
        let fingerprint = hex::encode(Sha256::digest(&bytes));
        let mut text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.as_bytes();
                let before = &bytes[..at];
                let line_start = before
                    .iter()
                    .rposition(|byte| *byte == b'\n')
                    .map_or(0, |end| end + 1);
                return Err(SourceError::NotUtf8 {
                    name,
                    line: before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1,
                    byte: (at - line_start) as u64 + 1,
                    found: bytes.get(at).copied().unwrap_or_default(),
                });
            }
        };
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Ok(Self {
            name,
            text,
            fingerprint,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_dropped_but_counts_for_the_fingerprint() {
        let plain = Source::decode("a.csv".into(), b"name\nx\n".to_vec()).unwrap();
        let marked = Source::decode("a.csv".into(), b"\xEF\xBB\xBFname\nx\n".to_vec()).unwrap();
        assert_eq!(plain.text, marked.text);
        assert_ne!(plain.fingerprint, marked.fingerprint);
    }

    #[test]
    fn latin_1_is_refused_with_line_and_byte() {
        let error = Source::decode("a.csv".into(), b"name\nJ\xFCrgen\n".to_vec()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.csv, line 2, byte 2: not UTF-8 (found 0xFC). Save it as \"CSV UTF-8\"."
        );
    }

    #[test]
    fn utf_16_is_named() {
        let error = Source::decode("a.csv".into(), b"\xFF\xFEn\0".to_vec()).unwrap_err();
        assert!(matches!(error, SourceError::Utf16 { .. }));
    }

    #[test]
    fn a_character_cut_off_at_the_end_is_refused() {
        let error = Source::decode("a.csv".into(), b"name\nab\xC3".to_vec()).unwrap_err();
        assert!(matches!(
            error,
            SourceError::NotUtf8 {
                line: 2,
                byte: 3,
                found: 0xC3,
                ..
            }
        ));
    }
}
