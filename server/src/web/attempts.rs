//! Wrong passwords: after a few, the next try must wait a little longer each time. Kept in memory only.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::Timestamp;
use domain::time::{MINUTE, SECOND};

/// Wrong tries that cost nothing.
const FREE: u32 = 5;
/// The longest wait, in milliseconds.
const LONGEST_WAIT: i64 = MINUTE;
/// After so long without a wrong try all is forgotten, in milliseconds.
const FORGET: i64 = 15 * MINUTE;
/// Wrong tries from one address, over all accounts, before it waits.
const FREE_PER_ADDRESS: u32 = 50;
/// The most entries that are kept.
const MOST: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Account(String, IpAddr),
    Address(IpAddr),
}

impl Key {
    fn free(&self) -> u32 {
        match self {
            Self::Account(..) => FREE,
            Self::Address(_) => FREE_PER_ADDRESS,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Wrong {
    tries: u32,
    last: Timestamp,
}

/// Who has typed wrong passwords lately.
#[derive(Debug, Default)]
pub struct Attempts {
    wrong: Mutex<HashMap<Key, Wrong>>,
}

impl Attempts {
    /// How many seconds somebody must still wait; none when they may try now. `account` is what they typed, whether
    /// there is such an account or not.
    pub fn wait(&self, account: &str, address: IpAddr, now: Timestamp) -> Option<u64> {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        keys(account, address)
            .iter()
            .filter_map(|key| {
                let seen = wrong.get(key)?;
                let left = delay(seen.tries, key.free()) - now.millis_since(seen.last);
                u64::try_from(left).ok().filter(|left| *left > 0)
            })
            .max()
            .map(|millis| millis.div_ceil(SECOND.unsigned_abs()))
    }

    /// Takes note of a wrong try.
    pub fn failed(&self, account: &str, address: IpAddr, now: Timestamp) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        if wrong.len() + 2 > MOST {
            wrong.retain(|_, seen| now.millis_since(seen.last) < FORGET);
        }
        // Room for both keys of this try.
        while wrong.len() + 2 > MOST {
            let oldest = wrong
                .iter()
                .min_by_key(|(_, seen)| seen.last)
                .map(|(key, _)| key.clone());
            match oldest {
                Some(oldest) => wrong.remove(&oldest),
                None => break,
            };
        }
        for key in keys(account, address) {
            let seen = wrong.entry(key).or_insert(Wrong {
                tries: 0,
                last: now,
            });
            let before = if now.millis_since(seen.last) >= FORGET {
                0
            } else {
                seen.tries
            };
            *seen = Wrong {
                tries: before.saturating_add(1),
                last: now,
            };
        }
    }

    /// Forgets the wrong tries on an account from an address: the right password came.
    pub fn succeeded(&self, account: &str, address: IpAddr) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.remove(&Key::Account(account.to_owned(), address));
    }
}

fn keys(account: &str, address: IpAddr) -> [Key; 2] {
    [
        Key::Account(account.to_owned(), address),
        Key::Address(address),
    ]
}

/// Milliseconds between the last wrong try and the next one that is looked at.
fn delay(tries: u32, free: u32) -> i64 {
    match tries.checked_sub(free) {
        None => 0,
        Some(over) => (SECOND << over.min(10)).min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const NOON: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    #[test]
    fn waiting_grows_and_ends() {
        let attempts = Attempts::default();
        for _ in 0..FREE - 1 {
            attempts.failed("a", HERE, NOON);
            assert_eq!(attempts.wait("a", HERE, NOON), None);
        }
        let mut waits = Vec::new();
        for _ in 0..8 {
            attempts.failed("a", HERE, NOON);
            waits.push(attempts.wait("a", HERE, NOON).unwrap_or(0));
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(
            attempts.wait("b", HERE, NOON),
            None,
            "another account is not concerned"
        );
        assert_eq!(attempts.wait("a", HERE, NOON.plus_millis(MINUTE)), None);
        attempts.succeeded("a", HERE);
        assert_eq!(attempts.wait("a", HERE, NOON), None);
    }

    #[test]
    fn trying_many_accounts_makes_the_address_wait() {
        let attempts = Attempts::default();
        for number in 0..FREE_PER_ADDRESS {
            attempts.failed(&number.to_string(), HERE, NOON);
        }
        assert_eq!(attempts.wait("another", HERE, NOON), Some(1));
        assert_eq!(
            attempts.wait("another", IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)), NOON),
            None
        );
    }

    #[test]
    fn memory_has_a_bound() {
        let attempts = Attempts::default();
        for number in 0..u32::try_from(MOST / 2 + 10).unwrap_or(u32::MAX) {
            attempts.failed(
                "a",
                IpAddr::V4(Ipv4Addr::from_bits(number)),
                NOON.plus_millis(i64::from(number)),
            );
        }
        assert!(attempts.wrong.lock().unwrap().len() <= MOST);
    }
}
