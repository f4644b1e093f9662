//! How one key is used, counted in memory: written down seldom, whatever is asked of the panel.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering::Relaxed};

use domain::time::{HOUR, MINUTE};
use domain::{Misuse, MisuseCount, Timestamp};

/// A key that is used all the time is written down so often, in milliseconds.
const WRITTEN_EVERY: i64 = MINUTE;
/// Uses in vain of one key are told at most so often, in milliseconds.
pub const TOLD_EVERY: i64 = HOUR;

/// When there was none.
const NEVER: i64 = i64::MIN;

/// The uses of one key since this process holds it.
#[derive(Debug)]
pub struct Uses {
    last: AtomicI64,
    written: AtomicI64,
    in_vain: [AtomicU32; Misuse::ALL.len()],
    told: AtomicI64,
}

impl Default for Uses {
    fn default() -> Self {
        Self {
            last: AtomicI64::new(NEVER),
            written: AtomicI64::new(NEVER),
            in_vain: Default::default(),
            told: AtomicI64::new(NEVER),
        }
    }
}

impl Uses {
    /// It was used.
    pub fn used(&self, now: Timestamp) {
        // Written only when it moves on: what is only read stays in every processor's cache.
        if self.last.load(Relaxed) < now.millis() {
            self.last.fetch_max(now.millis(), Relaxed);
        }
    }

    /// It was used in vain.
    pub fn used_in_vain(&self, misuse: Misuse) {
        if let Some(count) = self.in_vain.get(misuse as usize) {
            count.fetch_add(1, Relaxed);
        }
    }

    /// The last use, if it is to be written down at `now`.
    pub fn to_write(&self, now: Timestamp) -> Option<Timestamp> {
        let (last, written) = (self.last.load(Relaxed), self.written.load(Relaxed));
        let due = written == NEVER || now.millis().saturating_sub(written) >= WRITTEN_EVERY;
        (last > written && due).then(|| Timestamp::from_millis(last))
    }

    /// A use was written down.
    pub fn wrote(&self, last: Timestamp) {
        self.written.fetch_max(last.millis(), Relaxed);
    }

    /// Takes the uses in vain, if they are to be told at `now`.
    pub fn to_tell(&self, now: Timestamp) -> Option<Vec<MisuseCount>> {
        let told = self.told.load(Relaxed);
        if told != NEVER && now.millis().saturating_sub(told) < TOLD_EVERY {
            return None;
        }
        let counts: Vec<MisuseCount> = Misuse::ALL
            .iter()
            .zip(&self.in_vain)
            .map(|(&misuse, count)| MisuseCount {
                misuse,
                times: count.swap(0, Relaxed),
            })
            .filter(|count| count.times > 0)
            .collect();
        (!counts.is_empty()).then_some(counts)
    }

    /// Uses in vain were told at `at`, here or by another process.
    pub fn told(&self, at: Timestamp) {
        self.told.fetch_max(at.millis(), Relaxed);
    }

    /// Uses in vain could not be told: they are told with those to come.
    pub fn untold(&self, counts: &[MisuseCount]) {
        for count in counts {
            if let Some(sum) = self.in_vain.get(count.misuse as usize) {
                sum.fetch_add(count.times, Relaxed);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn a_first_use_is_written_down_at_once_and_later_ones_seldom() {
        let uses = Uses::default();
        assert_eq!(uses.to_write(at(0)), None);
        uses.used(at(5));
        assert_eq!(uses.to_write(at(6)), Some(at(5)));
        uses.wrote(at(5));
        uses.used(at(10));
        assert_eq!(uses.to_write(at(11)), None);
        assert_eq!(uses.to_write(at(5 + MINUTE)), Some(at(10)));
        uses.wrote(at(10));
        assert_eq!(uses.to_write(at(5 + 2 * MINUTE)), None);
    }

    #[test]
    fn uses_in_vain_are_told_once_an_hour_and_none_is_lost() {
        let uses = Uses::default();
        let told = |times| {
            Some(vec![MisuseCount {
                misuse: Misuse::Expired,
                times,
            }])
        };
        uses.used_in_vain(Misuse::Expired);
        let counts = uses.to_tell(at(0));
        assert_eq!(counts, told(1));
        uses.untold(&counts.unwrap_or_default());
        uses.used_in_vain(Misuse::Expired);
        assert_eq!(uses.to_tell(at(1)), told(2));
        uses.told(at(1));
        uses.used_in_vain(Misuse::Expired);
        assert_eq!(uses.to_tell(at(HOUR)), None);
        assert_eq!(uses.to_tell(at(HOUR + 1)), told(1));
        assert_eq!(uses.to_tell(at(HOUR + 2)), None);
    }
}
