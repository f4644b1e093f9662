//! The one source of randomness, and everything that is made from it: identifiers, secrets, keys, salts.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{
    ApiKeyId, CommandId, CustomerId, ImportId, PartnerId, PlanId, SuspensionId, Timestamp, UserId,
};

/// Makes what must be unlike anything made before.
pub trait Ids: Send + Sync {
    /// Fills `bytes` with random ones.
    fn fill(&self, bytes: &mut [u8]);

    /// The random part of an identifier.
    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        bytes
    }

    /// An identifier of a partner made at `now`.
    fn partner(&self, now: Timestamp) -> PartnerId {
        PartnerId::from_random(now, self.random())
    }

    /// An identifier of a user made at `now`.
    fn user(&self, now: Timestamp) -> UserId {
        UserId::from_random(now, self.random())
    }

    /// An identifier of a customer made at `now`.
    fn customer(&self, now: Timestamp) -> CustomerId {
        CustomerId::from_random(now, self.random())
    }

    /// An identifier of a plan made at `now`.
    fn plan(&self, now: Timestamp) -> PlanId {
        PlanId::from_random(now, self.random())
    }

    /// An identifier of a command given at `now`.
    fn command(&self, now: Timestamp) -> CommandId {
        CommandId::from_random(now, self.random())
    }

    /// An identifier of a suspension placed at `now`.
    fn suspension(&self, now: Timestamp) -> SuspensionId {
        SuspensionId::from_random(now, self.random())
    }

    /// An identifier of an import started at `now`.
    fn import(&self, now: Timestamp) -> ImportId {
        ImportId::from_random(now, self.random())
    }

    /// An identifier of an API key made at `now`.
    fn api_key(&self, now: Timestamp) -> ApiKeyId {
        ApiKeyId::from_random(now, self.random())
    }

    /// A secret that cannot be guessed (256 bits), of characters that fit a cookie and a link.
    fn secret(&self) -> String {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// A fresh idempotency key, in hexadecimal.
    fn key(&self) -> String {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        hex::encode(bytes)
    }

    /// What keeps the digest of a private text from being guessed (128 bits, hexadecimal).
    fn salt(&self) -> String {
        self.key()
    }
}

/// Randomness of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsIds;

impl Ids for OsIds {
    /// # Panics
    /// When the operating system has no randomness to give: nothing secret could be made.
    #[allow(clippy::disallowed_methods)]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the operating system gives no random bytes: {error}");
        }
    }
}

/// The same sequence for the same seed: for the demo and for tests, never for secrets.
#[derive(Debug)]
pub struct SeededIds {
    state: AtomicU64,
}

impl SeededIds {
    /// The sequence of `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            state: AtomicU64::new(seed),
        }
    }

    /// The next 64 bits (SplitMix64).
    pub fn next(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut bits = self
            .state
            .fetch_add(STEP, Ordering::Relaxed)
            .wrapping_add(STEP);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

impl Ids for SeededIds {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}
