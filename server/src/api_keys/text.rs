//! How a key is written: `pp_live_<public part>_<secret><checksum>`.
//!
//! The prefix is for those who look for secrets where none should be. The checksum tells a key that was cut or mistyped
//! from one that is not known, without a question to anybody. The public part may be shown; the secret is kept only as
//! its digest, and needs no slow one: it has 190 random bits.

use std::fmt;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use thiserror::Error;

use crate::ids::Ids;

/// How every key begins.
pub const PREFIX: &str = "pp_live_";
const PUBLIC: usize = 8;
const SECRET: usize = 32;
const CHECKSUM: usize = 6;
const LENGTH: usize = PREFIX.len() + PUBLIC + 1 + SECRET + CHECKSUM;

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The text is no key: cut, mistyped, or something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is no API key of the panel; it was cut or mistyped")]
pub struct MalformedKey;

/// The part of a key by which it is found and that people may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublicPart([u8; PUBLIC]);

impl PublicPart {
    /// Reads a public part.
    ///
    /// # Errors
    /// [`MalformedKey`].
    pub fn parse(text: &str) -> Result<Self, MalformedKey> {
        let bytes: [u8; PUBLIC] = text.as_bytes().try_into().map_err(|_| MalformedKey)?;
        bytes
            .iter()
            .all(u8::is_ascii_alphanumeric)
            .then_some(Self(bytes))
            .ok_or(MalformedKey)
    }

    /// The part alone.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only figures and letters are taken.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How the key begins: by this people tell keys apart.
    #[must_use]
    pub fn prefix(&self) -> String {
        format!("{PREFIX}{}", self.as_str())
    }
}

/// The digest of a secret; all that is kept of it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// Reads a digest as it is stored.
    ///
    /// # Errors
    /// [`MalformedKey`].
    pub fn parse(text: &str) -> Result<Self, MalformedKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| MalformedKey)?;
        Ok(Self(bytes))
    }

    /// As it is stored.
    #[must_use]
    pub fn hex(&self) -> String {
        hex::encode(self.0)
    }

    /// Whether `text` holds this secret; takes as long when it does not.
    #[must_use]
    pub fn fits(&self, text: &KeyText) -> bool {
        self.0.ct_eq(&text.secret_hash().0).into()
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash")
    }
}

/// A whole key. It shows itself only when asked by name.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyText([u8; LENGTH]);

/// Where the secret begins, and where the checksum does.
const SECRET_AT: usize = PREFIX.len() + PUBLIC + 1;
const CHECKSUM_AT: usize = SECRET_AT + SECRET;

impl KeyText {
    /// Makes a key like none before it.
    #[must_use]
    pub fn draw(ids: &dyn Ids) -> Self {
        let mut text = [b'_'; LENGTH];
        text[..PREFIX.len()].copy_from_slice(PREFIX.as_bytes());
        text[PREFIX.len()..SECRET_AT - 1].copy_from_slice(&random::<PUBLIC>(ids));
        text[SECRET_AT..CHECKSUM_AT].copy_from_slice(&random::<SECRET>(ids));
        let sum = checksum(&text[..CHECKSUM_AT]);
        text[CHECKSUM_AT..].copy_from_slice(&sum);
        Self(text)
    }

    /// Reads what somebody presents as a key, whatever its length.
    ///
    /// # Errors
    /// [`MalformedKey`] when it was cut or mistyped.
    pub fn parse(text: &str) -> Result<Self, MalformedKey> {
        let text: [u8; LENGTH] = text.as_bytes().try_into().map_err(|_| MalformedKey)?;
        let (unchecked, sum) = text.split_at(CHECKSUM_AT);
        let begins = text.starts_with(PREFIX.as_bytes()) && text[SECRET_AT - 1] == b'_';
        if begins && checksum(unchecked) == sum {
            let key = Self(text);
            let mut random = key
                .public()
                .0
                .into_iter()
                .chain(key.secret().iter().copied());
            if random.all(|byte| byte.is_ascii_alphanumeric()) {
                return Ok(key);
            }
        }
        Err(MalformedKey)
    }

    /// The part that people may see.
    #[must_use]
    pub fn public(&self) -> PublicPart {
        let mut public = [0; PUBLIC];
        public.copy_from_slice(&self.0[PREFIX.len()..SECRET_AT - 1]);
        PublicPart(public)
    }

    fn secret(&self) -> &[u8] {
        &self.0[SECRET_AT..CHECKSUM_AT]
    }

    /// What is kept of the secret.
    #[must_use]
    pub fn secret_hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.secret()).into())
    }

    /// The whole key, for showing it this once.
    #[must_use]
    pub fn reveal(&self) -> String {
        self.0.map(char::from).iter().collect()
    }
}

impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_…", self.public().prefix())
    }
}

fn checksum(unchecked: &[u8]) -> [u8; CHECKSUM] {
    let mut sum = crc32fast::hash(unchecked) as usize;
    let mut figures = [BASE62[0]; CHECKSUM];
    for figure in figures.iter_mut().rev() {
        *figure = BASE62[sum % BASE62.len()];
        sum /= BASE62.len();
    }
    figures
}

/// Figures and letters, each as likely as the other.
fn random<const N: usize>(ids: &dyn Ids) -> [u8; N] {
    // The largest multiple of 62 in a byte; what lies above would make the first letters likelier.
    const FAIR: u8 = 248;
    let mut drawn = [0; N];
    let mut filled = 0;
    while filled < N {
        let mut bytes = [0; 64];
        ids.fill(&mut bytes);
        for byte in bytes.into_iter().filter(|byte| *byte < FAIR) {
            if let Some(place) = drawn.get_mut(filled) {
                *place = BASE62[usize::from(byte) % BASE62.len()];
                filled += 1;
            }
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeededIds;

    #[test]
    fn a_key_reads_back_and_only_whole() {
        let key = KeyText::draw(&SeededIds::new(1));
        let text = key.reveal();
        assert_eq!(text.len(), LENGTH);
        assert_eq!(KeyText::parse(&text).as_ref(), Ok(&key));
        for end in 0..text.len() {
            assert_eq!(KeyText::parse(&text[..end]), Err(MalformedKey), "{end}");
        }
        for longer in [format!("{text}0"), format!(" {text}"), text.repeat(500)] {
            assert_eq!(KeyText::parse(&longer), Err(MalformedKey));
        }
    }

    #[test]
    fn every_single_mistyped_letter_is_noticed() {
        let text = KeyText::draw(&SeededIds::new(2)).reveal();
        for place in 0..text.len() {
            for other in ["0", "a", "Z", "_", "-", "\0", "é"] {
                let mut mistyped = text.clone();
                mistyped.replace_range(place..=place, other);
                if mistyped != text {
                    assert_eq!(KeyText::parse(&mistyped), Err(MalformedKey), "{mistyped}");
                }
            }
        }
    }

    #[test]
    fn two_letters_that_changed_places_are_noticed() {
        let text = KeyText::draw(&SeededIds::new(3)).reveal();
        for place in PREFIX.len()..text.len() - 1 {
            let mut bytes = text.clone().into_bytes();
            bytes.swap(place, place + 1);
            let swapped = String::from_utf8(bytes).unwrap_or_default();
            if swapped != text {
                assert_eq!(KeyText::parse(&swapped), Err(MalformedKey), "{swapped}");
            }
        }
    }

    #[test]
    fn the_digest_fits_its_key_alone() {
        let ids = SeededIds::new(4);
        let (key, other) = (KeyText::draw(&ids), KeyText::draw(&ids));
        let stored = SecretHash::parse(&key.secret_hash().hex()).ok();
        assert_eq!(stored.as_ref().map(|hash| hash.fits(&key)), Some(true));
        assert_eq!(stored.map(|hash| hash.fits(&other)), Some(false));
    }

    #[test]
    fn a_key_does_not_tell_its_secret_by_accident() {
        let key = KeyText::draw(&SeededIds::new(5));
        let shown = format!("{key:?} {:?}", key.secret_hash());
        assert!(
            !shown.contains(&key.reveal()[SECRET_AT..CHECKSUM_AT])
                && !shown.contains(&key.secret_hash().hex())
        );
    }
}
