//! What a command would do, before anybody confirms it.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::time::DAY;
use crate::{
    Account, Catalog, Limit, LimitName, Money, Status, Suspension, SuspensionId, Terms, Timestamp,
    Usage,
};

/// A report about usage that is older than this is shown with its age.
const OLD_USAGE: i64 = 2 * DAY;

codes! {
    /// Which way a plan change goes; a label that never decides timing.
    pub enum Direction {
        /// To a higher plan, or a dearer one of the same rank.
        Upgrade = "upgrade",
        /// To a lower plan, or a cheaper one of the same rank.
        Downgrade = "downgrade",
        /// Neither.
        Switch = "switch",
    }
}

codes! {
    /// What becomes of a limit.
    pub enum LimitEffect {
        /// Not granted before.
        Gained = "gained",
        /// Granted more generously.
        More = "more",
        /// Granted less generously.
        Less = "less",
        /// No longer granted.
        Lost = "lost",
    }
}

/// A limit that differs between two plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitChange {
    /// Which limit.
    pub limit: LimitName,
    /// What was said of it; `None` when nothing was.
    pub before: Option<Limit>,
    /// What will be said of it; `None` when nothing will be.
    pub after: Option<Limit>,
    /// Which way that goes.
    pub effect: LimitEffect,
}

/// A limit that today's usage exceeds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverLimit {
    /// Which limit.
    pub limit: LimitName,
    /// How much is used.
    pub used: u64,
    /// How much the plan allows.
    pub allowed: u64,
}

/// What moving to other terms would mean for a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// What the customer has.
    pub before: Terms,
    /// What it would have.
    pub after: Terms,
    /// Which way that goes.
    pub direction: Direction,
    /// Price after less price before, per month; `None` when a price is unknown or the currencies differ.
    pub difference_per_month: Option<Money>,
    /// The limits that differ: those of the new plan in its order, then the lost ones.
    pub limits: Vec<LimitChange>,
    /// The limits of the new plan that today's usage exceeds; each must be accepted by name.
    pub over: Vec<OverLimit>,
    /// The counted limits of the new plan that nobody reports usage for: they cannot be checked.
    pub unreported: Vec<LimitName>,
    /// The oldest report that was checked against, when it is more than two days old.
    pub old_usage: Option<Timestamp>,
}

/// What moving `account` to `after` would mean.
#[must_use]
pub fn preview(account: &Account, catalog: &Catalog, after: &Terms, now: Timestamp) -> Preview {
    let before = &account.assignment().terms;
    let granted = catalog.limits(after);
    let counted = || {
        granted
            .iter()
            .filter(|(_, limit)| matches!(limit, Limit::Count(_)))
    };
    let oldest = counted()
        .filter_map(|(name, _)| reported(&account.usage, name))
        .map(|usage| usage.as_of)
        .min();
    Preview {
        before: before.clone(),
        after: after.clone(),
        direction: direction(catalog, before, after),
        difference_per_month: difference(before, after),
        limits: limit_changes(catalog.limits(before), granted),
        over: over_limits(granted, &account.usage),
        unreported: counted()
            .filter(|(name, _)| reported(&account.usage, name).is_none())
            .map(|(name, _)| name.clone())
            .collect(),
        old_usage: oldest.filter(|as_of| now.millis_since(*as_of) > OLD_USAGE),
    }
}

/// Which way it is from `before` to `after`: by rank, and where ranks do not decide, by price per month.
#[must_use]
pub fn direction(catalog: &Catalog, before: &Terms, after: &Terms) -> Direction {
    let rank = |terms: &Terms| catalog.plan(&terms.plan).map(|plan| plan.rank);
    let by_rank = rank(before)
        .zip(rank(after))
        .map(|(before, after)| after.cmp(&before));
    let order = match by_rank {
        Some(order) if order.is_ne() => order,
        _ => difference(before, after).map_or(Ordering::Equal, |money| money.minor.cmp(&0)),
    };
    match order {
        Ordering::Greater => Direction::Upgrade,
        Ordering::Less => Direction::Downgrade,
        Ordering::Equal => Direction::Switch,
    }
}

fn difference(before: &Terms, after: &Terms) -> Option<Money> {
    after.per_month()?.minus(before.per_month()?)
}

fn reported<'a>(usage: &'a [Usage], name: &LimitName) -> Option<&'a Usage> {
    usage.iter().find(|usage| usage.limit == *name)
}

/// The counted limits that `usage` exceeds.
#[must_use]
pub fn over_limits(limits: &[(LimitName, Limit)], usage: &[Usage]) -> Vec<OverLimit> {
    limits
        .iter()
        .filter_map(|(name, limit)| match (limit, reported(usage, name)) {
            (Limit::Count(allowed), Some(report)) if report.used > *allowed => Some(OverLimit {
                limit: name.clone(),
                used: report.used,
                allowed: *allowed,
            }),
            _ => None,
        })
        .collect()
}

/// How much a limit grants; saying nothing grants nothing.
const fn generosity(limit: Option<Limit>) -> u64 {
    match limit {
        None | Some(Limit::No) => 0,
        Some(Limit::Count(count)) => count,
        Some(Limit::Yes | Limit::Unlimited) => u64::MAX,
    }
}

fn limit_changes(before: &[(LimitName, Limit)], after: &[(LimitName, Limit)]) -> Vec<LimitChange> {
    let find = |limits: &[(LimitName, Limit)], name: &LimitName| {
        limits
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, limit)| *limit)
    };
    let dropped = before
        .iter()
        .filter(|(name, _)| find(after, name).is_none());
    after
        .iter()
        .chain(dropped)
        .filter_map(|(name, _)| {
            let (was, will_be) = (find(before, name), find(after, name));
            let (before, after) = (generosity(was), generosity(will_be));
            let effect = match (before, after, after.cmp(&before)) {
                (_, _, Ordering::Equal) => return None,
                (0, _, _) => LimitEffect::Gained,
                (_, 0, _) => LimitEffect::Lost,
                (_, _, Ordering::Greater) => LimitEffect::More,
                (_, _, Ordering::Less) => LimitEffect::Less,
            };
            Some(LimitChange {
                limit: name.clone(),
                before: was,
                after: will_be,
                effect,
            })
        })
        .collect()
}

/// How an account stands once some suspensions are lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Afterwards {
    /// Its status then.
    pub status: Status,
    /// The suspensions that stay in force.
    pub remaining: Vec<Suspension>,
    /// What the customer has.
    pub terms: Terms,
    /// The limits that it exceeds.
    pub over: Vec<OverLimit>,
}

/// How `account` stands once the suspensions `lifting` are lifted.
#[must_use]
pub fn afterwards(account: &Account, catalog: &Catalog, lifting: &[SuspensionId]) -> Afterwards {
    let remaining: Vec<_> = account
        .in_force()
        .filter(|open| !lifting.contains(&open.id))
        .cloned()
        .collect();
    let status = match account.status() {
        Status::Closed => Status::Closed,
        _ if remaining.is_empty() => Status::Active,
        _ => Status::Suspended,
    };
    let terms = account.assignment().terms.clone();
    let over = over_limits(catalog.limits(&terms), &account.usage);
    Afterwards {
        status,
        remaining,
        terms,
        over,
    }
}
