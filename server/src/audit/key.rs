//! The key that signs checkpoints, and the public keys that are trusted.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::ids::Ids;

/// Why there is no key. Each is one sentence.
#[derive(Debug, Error)]
pub enum KeyError {
    /// It cannot be read or written.
    #[error("the key {} cannot be used: {source}", path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others on this computer could sign with it.
    #[error("others can read the key {}; make it private: chmod 600 {}", .0.display(), .0.display())]
    Exposed(PathBuf),
    /// It is something else.
    #[error("{} holds no Ed25519 key in PEM", .0.display())]
    Malformed(PathBuf),
}

/// Signs checkpoints.
pub struct AuditKey(SigningKey);

/// Tells whether a checkpoint was signed by the key that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl AuditKey {
    /// The key in the file, which is made when there is none.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn load_or_make(path: &Path, ids: &dyn Ids) -> Result<Self, KeyError> {
        if let Some(key) = Self::load(path)? {
            return Ok(key);
        }
        make(path, ids).map_err(failed(path))?;
        // Another process may have been faster; then its key is the one.
        Self::load(path)?.ok_or_else(|| failed(path)(ErrorKind::NotFound.into()))
    }

    /// The key in the file, if there is one.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn load(path: &Path) -> Result<Option<Self>, KeyError> {
        let pem = match fs::read_to_string(path) {
            Ok(pem) => pem,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(path)(error)),
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(path)
                .map_err(failed(path))?
                .permissions()
                .mode();
            if mode & 0o077 != 0 {
                return Err(KeyError::Exposed(path.to_owned()));
            }
        }
        SigningKey::from_pkcs8_pem(&pem)
            .map(|key| Some(Self(key)))
            .map_err(|_| KeyError::Malformed(path.to_owned()))
    }

    /// What others need to check its signatures.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs a text.
    pub(super) fn sign(&self, text: &str) -> [u8; 64] {
        self.0.sign(text.as_bytes()).to_bytes()
    }
}

impl PublicKey {
    /// Reads a public key in PEM.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let pem = fs::read_to_string(path).map_err(failed(path))?;
        VerifyingKey::from_public_key_pem(&pem)
            .map(Self)
            .map_err(|_| KeyError::Malformed(path.to_owned()))
    }

    /// In PEM, as other programs read it.
    #[must_use]
    pub fn pem(&self) -> String {
        // Writing 44 bytes in PEM cannot fail.
        self.0.to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// Its name in checkpoints: the start of its digest.
    #[must_use]
    pub fn id(&self) -> String {
        hex::encode(&Sha256::digest(self.0.as_bytes())[..8])
    }

    /// Whether it signed the text.
    pub(super) fn signed(&self, text: &str, signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

fn failed(path: &Path) -> impl Fn(io::Error) -> KeyError + '_ {
    |source| KeyError::File {
        path: path.to_owned(),
        source,
    }
}

/// Writes a new key where there is none: whole under another name first, so that nobody reads half of it.
fn make(path: &Path, ids: &dyn Ids) -> io::Result<()> {
    let mut seed = [0; 32];
    ids.fill(&mut seed);
    let pem = SigningKey::from_bytes(&seed)
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(io::Error::other)?;
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", ids.key()));
    let unfinished = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    let written = file
        .write_all(pem.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| match fs::hard_link(&unfinished, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        });
    fs::remove_file(&unfinished)?;
    written?;
    sync_folder(path)
}

/// Makes the name of a new file as durable as its contents.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OsIds;

    #[test]
    fn it_is_made_once_and_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.key");
        assert!(AuditKey::load(&path).unwrap().is_none());
        let made = AuditKey::load_or_make(&path, &OsIds).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(
            AuditKey::load_or_make(&path, &OsIds).unwrap().public(),
            made.public()
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(AuditKey::load(&path), Err(KeyError::Exposed(_))));
    }

    #[test]
    fn many_at_once_find_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.key");
        let ids: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| AuditKey::load_or_make(&path, &OsIds).unwrap().public().id())
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }

    #[test]
    fn a_public_key_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let public = AuditKey::load_or_make(&folder.path().join("k"), &OsIds)
            .unwrap()
            .public();
        let path = folder.path().join("public.pem");
        fs::write(&path, public.pem()).unwrap();
        assert_eq!(PublicKey::load(&path).unwrap(), public);
        fs::write(&path, "a letter").unwrap();
        assert!(matches!(
            PublicKey::load(&path),
            Err(KeyError::Malformed(_))
        ));
    }
}
