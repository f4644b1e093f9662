//! What a customer uses of its limits. Reported from outside; unknown is unknown, never zero.

use serde::{Deserialize, Serialize};

use crate::{Limit, LimitName, Timestamp};

codes! {
    /// A share of a limit whose crossing is told.
    pub enum Threshold {
        /// 80 %.
        Near = "near",
        /// 100 %.
        Full = "full",
    }
}

/// The last report about one limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Of which limit.
    pub limit: LimitName,
    /// How much is used.
    pub used: u64,
    /// When that was true.
    pub as_of: Timestamp,
}

/// One limit of a plan beside what is used of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gauge {
    /// Which limit.
    pub limit: LimitName,
    /// What the plan says.
    pub allowed: Limit,
    /// What is used; `None` when not reported.
    pub used: Option<u64>,
    /// When that was true.
    pub as_of: Option<Timestamp>,
}

impl Gauge {
    /// Used share of a counted limit in thousandths, `None` when not counted or not reported. Above 1,000 exactly when
    /// more is used than allowed; at most [`Gauge::MOST_PERMILLE`].
    #[must_use]
    pub fn permille(&self) -> Option<u32> {
        let (Limit::Count(allowed), Some(used)) = (self.allowed, self.used) else {
            return None;
        };
        let share = match (used, allowed) {
            (0, _) => 0,
            (_, 0) => u128::from(Self::MOST_PERMILLE),
            // Rounded up only above the limit, so that a hair too much already shows as too much.
            _ if used > allowed => (u128::from(used) * 1000).div_ceil(u128::from(allowed)),
            _ => u128::from(used) * 1000 / u128::from(allowed),
        };
        Some(
            u32::try_from(share)
                .unwrap_or(Self::MOST_PERMILLE)
                .min(Self::MOST_PERMILLE),
        )
    }

    /// The largest share that is told apart: a thousand times the limit.
    pub const MOST_PERMILLE: u32 = 1_000_000;

    /// Whether more is used than allowed.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!((self.allowed, self.used), (Limit::Count(allowed), Some(used)) if used > allowed)
    }
}

/// Every limit beside its usage, in the plan's order.
#[must_use]
pub fn gauges(limits: &[(LimitName, Limit)], usage: &[Usage]) -> Vec<Gauge> {
    limits
        .iter()
        .map(|(limit, allowed)| {
            let report = usage.iter().find(|usage| usage.limit == *limit);
            Gauge {
                limit: limit.clone(),
                allowed: *allowed,
                used: report.map(|usage| usage.used),
                as_of: report.map(|usage| usage.as_of),
            }
        })
        .collect()
}

/// The one limit that a list shows: the plan's first counted or unlimited one, or, if that one is not over, the
/// first that is.
#[must_use]
pub fn headline(gauges: &[Gauge]) -> Option<&Gauge> {
    let first = gauges
        .iter()
        .find(|gauge| matches!(gauge.allowed, Limit::Count(_) | Limit::Unlimited));
    gauges.iter().find(|gauge| gauge.is_over()).or(first)
}
