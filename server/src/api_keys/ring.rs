//! All keys in memory, so that no question of a product waits for a database.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::{Misuse, Scope, Timestamp};
use thiserror::Error;

use super::key::{ApiKey, KeyState};
use super::text::{KeyText, PublicPart, SecretHash};
use super::uses::Uses;

/// Why a key opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyRefusal {
    /// It was cut or mistyped.
    #[error("this is no API key of the panel; it was cut or mistyped")]
    Malformed,
    /// There is no such key. Whether only its secret is wrong is nobody's business.
    #[error("this API key is not known")]
    Unknown,
    /// Its time is over.
    #[error("this API key has expired")]
    Expired,
    /// It was ended.
    #[error("this API key was revoked")]
    Revoked,
    /// It is not good for this.
    #[error("this API key is not good for this; its scopes are set when it is made")]
    WrongScope,
}

/// A key and what is needed to recognise it.
#[derive(Clone, Debug)]
pub struct HeldKey {
    /// The key.
    pub key: Arc<ApiKey>,
    /// The digest of its secret.
    pub secret: SecretHash,
}

/// One key of the ring.
struct Held {
    key: Arc<ApiKey>,
    secret: SecretHash,
    uses: Arc<Uses>,
}

type Keys = HashMap<PublicPart, Held>;

/// All keys, as they stood at one revision of the store.
#[derive(Default)]
struct Loaded {
    revision: Option<u64>,
    keys: Keys,
}

/// All keys.
#[derive(Default)]
pub struct KeyRing {
    loaded: RwLock<Arc<Loaded>>,
}

impl KeyRing {
    fn loaded(&self) -> Arc<Loaded> {
        Arc::clone(&self.loaded.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The key that `presented` is, if it is good for `scope` at `now`. Asks no database.
    ///
    /// # Errors
    /// [`KeyRefusal`]; where it can be tied to a key, it is counted for the owner's Activity.
    pub fn authenticate(
        &self,
        presented: &str,
        scope: Scope,
        now: Timestamp,
    ) -> Result<Arc<ApiKey>, KeyRefusal> {
        let text = KeyText::parse(presented).map_err(|_| KeyRefusal::Malformed)?;
        let loaded = self.loaded();
        let held = loaded.keys.get(&text.public()).ok_or(KeyRefusal::Unknown)?;
        let refuse = |misuse, refusal| {
            held.uses.used_in_vain(misuse);
            Err(refusal)
        };
        if !held.secret.fits(&text) {
            return refuse(Misuse::WrongSecret, KeyRefusal::Unknown);
        }
        match held.key.state(now) {
            KeyState::Revoked(_) => refuse(Misuse::Revoked, KeyRefusal::Revoked),
            KeyState::Expired(_) => refuse(Misuse::Expired, KeyRefusal::Expired),
            KeyState::Live | KeyState::Replaced(_) if !held.key.scopes.contains(&scope) => {
                refuse(Misuse::WrongScope, KeyRefusal::WrongScope)
            }
            KeyState::Live | KeyState::Replaced(_) => {
                held.uses.used(now);
                Ok(Arc::clone(&held.key))
            }
        }
    }

    /// The revision that the ring stands at; `None` before it was filled.
    #[must_use]
    pub fn revision(&self) -> Option<u64> {
        self.loaded().revision
    }

    /// Takes all keys as they stand at a revision; a smaller one is that of an older copy that was put in place.
    pub fn fill(&self, revision: u64, keys: Vec<HeldKey>) {
        let mut loaded = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        let keys = keys
            .into_iter()
            .map(|HeldKey { key, secret }| {
                let before = loaded.keys.get(&key.public);
                let uses = before
                    .map(|held| Arc::clone(&held.uses))
                    .unwrap_or_default();
                (key.public, Held { key, secret, uses })
            })
            .collect();
        *loaded = Arc::new(Loaded {
            revision: Some(revision),
            keys,
        });
    }

    /// Every key and its uses.
    pub(super) fn uses(&self) -> Vec<(Arc<ApiKey>, Arc<Uses>)> {
        let loaded = self.loaded();
        let held = loaded.keys.values();
        held.map(|held| (Arc::clone(&held.key), Arc::clone(&held.uses)))
            .collect()
    }
}
