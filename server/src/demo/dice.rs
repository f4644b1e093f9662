//! Chance for the demo: the same throws for the same seed.

use crate::ids::SeededIds;

/// A row of throws.
#[derive(Debug)]
pub(super) struct Dice {
    bits: SeededIds,
}

impl Dice {
    /// The throws of `seed`.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            bits: SeededIds::new(seed),
        }
    }

    /// A number from 0, below `end`; 0 when `end` is 0.
    pub(super) fn below(&self, end: u64) -> u64 {
        // The bias of a remainder does not matter for a demo.
        self.bits.next().checked_rem(end).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).unsigned_abs().saturating_add(1);
        low.saturating_add(i64::try_from(self.below(span)).unwrap_or_default())
    }

    /// Whether something happens that happens `permille` times in a thousand.
    pub(super) fn chance(&self, permille: u64) -> bool {
        self.below(1000) < permille
    }

    /// One of `things`.
    ///
    /// # Panics
    /// When there is none: the demo's lists are never empty.
    pub(super) fn pick<'t, T>(&self, things: &'t [T]) -> &'t T {
        &things[self.below(things.len() as u64) as usize]
    }

    /// One of `things`, each as often as its weight says.
    ///
    /// # Panics
    /// When there is none: the demo's lists are never empty.
    pub(super) fn weighted<'t, T>(&self, things: &'t [T], weight: impl Fn(&T) -> u64) -> &'t T {
        let mut left = self.below(things.iter().map(&weight).sum());
        for thing in things {
            match left.checked_sub(weight(thing)) {
                Some(rest) => left = rest,
                None => return thing,
            }
        }
        &things[0]
    }

    /// A share of a limit as most customers use it, in thousandths: mostly well below.
    pub(super) fn usual_share(&self) -> u64 {
        let (a, b) = (self.below(800), self.below(800));
        30 + a.min(b)
    }
}

/// Whether the `place`-th of many is one of the `permille` thousandths that are spread evenly over all: exact where
/// chance would only be near.
pub(super) const fn falls_on(place: u64, permille: u64) -> bool {
    place * permille / 1000 != (place + 1) * permille / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throws_repeat_and_keep_their_bounds() {
        let (one, two) = (Dice::new(7), Dice::new(7));
        for _ in 0..1000 {
            let number = one.between(-3, 3);
            assert_eq!(number, two.between(-3, 3));
            assert!((-3..=3).contains(&number));
        }
        assert_eq!(one.below(0), 0);
    }

    #[test]
    fn even_shares_are_exact() {
        assert_eq!((0..1000).filter(|place| falls_on(*place, 58)).count(), 58);
    }

    #[test]
    fn weights_are_kept() {
        let dice = Dice::new(1);
        let rare = (0..10_000).filter(|_| {
            *dice.weighted(&[("rare", 1), ("often", 9)], |thing| thing.1) == ("rare", 1)
        });
        assert!((800..1200).contains(&rare.count()));
    }
}
