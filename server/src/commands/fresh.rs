//! Randomness that a unit of work takes with it: the same again when the work is run again.

use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use crate::ids::Ids;

/// Random bytes drawn once from a source and stretched as far as a unit of work needs.
pub struct Fresh {
    seed: [u8; 32],
    drawn: AtomicU64,
}

impl Fresh {
    /// Draws from `ids`.
    pub fn draw(ids: &dyn Ids) -> Self {
        let mut seed = [0; 32];
        ids.fill(&mut seed);
        Self {
            seed,
            drawn: AtomicU64::new(0),
        }
    }

    /// From the start again: what a second run draws is what the first run drew.
    pub fn again(&self) -> Self {
        Self {
            seed: self.seed,
            drawn: AtomicU64::new(0),
        }
    }
}

impl Ids for Fresh {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let number = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = Sha256::new()
                .chain_update(self.seed)
                .chain_update(number.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}
