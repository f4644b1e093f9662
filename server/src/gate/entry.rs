//! One customer in memory.

use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::atomic::AtomicBool;

use domain::{CustomerId, Epoch, Standing};
use smol_str::SmolStr;

/// One customer, in one line of the processor's cache: whoever asks meets somebody else than the one before, and memory is
/// slow to answer.
#[repr(align(64))]
pub struct Entry {
    /// Kept in place as long as it has 23 bytes at most.
    pub(super) external: SmolStr,
    pub(super) customer: [u8; 16],
    /// Revision of either axis.
    pub epoch: Epoch,
    pub(super) partner: u32,
    pub(super) plan: u32,
    /// How it stands.
    pub standing: Standing,
    /// Whether the first answer at its epoch is waited for.
    pub awaited: AtomicBool,
}

impl Entry {
    /// Its identifier.
    pub fn customer(&self) -> CustomerId {
        CustomerId::from_bits(u128::from_be_bytes(self.customer))
    }

    /// The operator's name for it.
    pub fn external(&self) -> &str {
        &self.external
    }

    /// Where it is found by its external id.
    pub(super) fn external_hash(&self, hasher: &RandomState) -> u64 {
        hasher.hash_one((self.partner, Folded(&self.external)))
    }

    /// Where it is found by its identifier.
    pub(super) fn customer_hash(&self, hasher: &RandomState) -> u64 {
        hasher.hash_one((self.partner, self.customer))
    }
}

/// Hashes alike whatever the case of the letters is.
pub(super) struct Folded<'t>(pub(super) &'t str);

impl Hash for Folded<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut folded = [0_u8; 64];
        for part in self.0.as_bytes().chunks(folded.len()) {
            let folded = &mut folded[..part.len()];
            folded.copy_from_slice(part);
            folded.make_ascii_lowercase();
            state.write(folded);
        }
        state.write_u8(0xff);
    }
}
