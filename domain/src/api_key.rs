//! Keys that programs show: what they are good for, how long, and how they are used in vain.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::time::{DAY, HOUR};

/// The longest that a key may live, in milliseconds.
const LONGEST_LIFE: i64 = 730 * DAY;
/// The longest that a key is good beside its successor, in milliseconds.
const LONGEST_OVERLAP: i64 = 30 * DAY;
/// How long before its end a key is to be replaced, in milliseconds.
const SOON: i64 = 14 * DAY;

codes! {
    /// What a key is good for.
    pub enum Scope {
        /// Asking the gate whether a customer may come in.
        Gate = "gate",
        /// Reading what a customer has.
        Entitlements = "entitlements",
    }
}

codes! {
    /// What the gate does with a customer that is to stay out.
    pub enum GateMode {
        /// It keeps the customer out.
        Enforce = "enforce",
        /// It lets the customer in, and says what it would have done.
        Observe = "observe",
    }
}

codes! {
    /// What the gate does with a customer that it does not know.
    pub enum UnknownCustomer {
        /// It keeps them out.
        Deny = "deny",
        /// It lets them in.
        Allow = "allow",
    }
}

codes! {
    /// How a key that exists was used in vain.
    pub enum Misuse {
        /// Its public part stood before another secret.
        WrongSecret = "wrong_secret",
        /// Its time was over.
        Expired = "expired",
        /// It had been revoked.
        Revoked = "revoked",
        /// It is not good for what it was used for.
        WrongScope = "wrong_scope",
    }
}

/// How often a key was used in vain, in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MisuseCount {
    /// In which way.
    pub misuse: Misuse,
    /// How often.
    pub times: u32,
}

/// How long a key lives: from a day to two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyLife(i64);

impl KeyLife {
    /// So many days; `None` when those are none or too many.
    #[must_use]
    pub const fn days(days: u32) -> Option<Self> {
        let life = days as i64 * DAY;
        if life >= DAY && life <= LONGEST_LIFE {
            Some(Self(life))
        } else {
            None
        }
    }

    /// As long as a key that was made and ends then.
    #[must_use]
    pub fn between(made: Timestamp, end: Timestamp) -> Self {
        Self(end.millis_since(made).clamp(DAY, LONGEST_LIFE))
    }

    /// In milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }
}

/// How long a key is good beside its successor: not at all, or up to 30 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyOverlap(i64);

impl KeyOverlap {
    /// So many hours; `None` when those are too many.
    #[must_use]
    pub const fn hours(hours: u32) -> Option<Self> {
        let overlap = hours as i64 * HOUR;
        if overlap <= LONGEST_OVERLAP {
            Some(Self(overlap))
        } else {
            None
        }
    }

    /// In milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }
}

/// Whether a key that ends at `end` is to be replaced by now.
#[must_use]
pub const fn ends_soon(end: Timestamp, now: Timestamp) -> bool {
    end.millis_since(now) < SOON
}
