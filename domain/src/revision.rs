//! Counters that must not be mistaken for one another.

use serde::{Deserialize, Serialize};

macro_rules! counter {
    ($(#[$meta:meta])* $name:ident($number:ty)) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $number);

        impl $name {
            /// The value that everything starts at.
            pub const FIRST: Self = Self(1);

            /// The value after this one.
            #[must_use]
            pub const fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }
    };
}

counter!(
    /// Moves with every command that moves the ledger.
    PlanRevision(u64)
);
counter!(
    /// Moves with every command that moves a suspension.
    AccessRevision(u64)
);
counter!(
    /// Moves when either revision does: what the resold product enforces.
    Epoch(u64)
);
counter!(
    /// Place in a customer's ledger, from 1 without gaps.
    LedgerSeq(u64)
);
counter!(
    /// Version of a plan; every edit of price or limits makes a new one.
    PlanVersion(u32)
);
