//! Writing in pieces that never make anybody wait: each as large as can be written in a moment, with a pause between.

use std::time::Duration;

use crate::clock::Clock;

/// Most customers written in one transaction.
const LARGEST: usize = 500;
/// Fewest.
const SMALLEST: usize = 25;
/// How long one transaction should take at most, in milliseconds: what somebody who suspends meanwhile waits for.
const MOMENT: i64 = 250;
/// The pause between two, in which others write.
const PAUSE: Duration = Duration::from_millis(15);

/// The size of the next piece.
pub(super) struct Pace {
    size: usize,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self { size: LARGEST }
    }

    /// How many customers to write next.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Runs one write, learns from how long it took, and lets others write.
    pub(super) async fn keep<T>(&mut self, clock: &dyn Clock, write: impl Future<Output = T>) -> T {
        let start = clock.now();
        let answer = write.await;
        self.learn(clock.now().millis_since(start));
        tokio::time::sleep(PAUSE).await;
        answer
    }

    fn learn(&mut self, took: i64) {
        self.size = if took > MOMENT {
            self.size / 2
        } else {
            self.size * 3 / 2
        }
        .clamp(SMALLEST, LARGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_shrink_under_load_and_grow_again() {
        let mut pace = Pace::new();
        assert_eq!(pace.size(), LARGEST);
        (0..10).for_each(|_| pace.learn(MOMENT + 1));
        assert_eq!(pace.size(), SMALLEST);
        (0..20).for_each(|_| pace.learn(10));
        assert_eq!(pace.size(), LARGEST);
    }
}
