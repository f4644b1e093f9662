//! Believable lives: when customers came, what they took, what was done about them.

use domain::time::{DAY, HOUR, MINUTE};
use domain::{Cycle, Kind, Profile, Timestamp};

use super::dice::{Dice, falls_on};
use super::habits::{at_work, days_as_customer, last_seen, usage};
use super::notes;
use super::plans::{above, below, on_sale};
use super::story::{Biography, By, Deed, Today, What};

/// How many customers, in thousandths, are suspended at the end.
const SUSPENDED: u64 = 58;
/// How many were suspended once and are active again.
const WAS_SUSPENDED: u64 = 80;

/// Tells the life of one customer, the `place`-th of its partner.
pub(super) fn life(
    place: u64,
    external_id: String,
    profile: Profile,
    today: Today,
    dice: &Dice,
) -> Biography {
    let days = days_as_customer(dice);
    let joined_at = at_work(today.days_ago(days), today, dice).min(today.hours_ago(3));
    let plan = dice.weighted(&on_sale(days), |choice| choice.1).0;
    let yearly = matches!(plan, "pro" | "team" | "business") && dice.chance(250);
    let mut teller = Teller {
        dice,
        today,
        at: joined_at,
        plan,
        deeds: Vec::new(),
    };
    teller.years(days);
    let usage = usage(place, today, teller.at, dice);
    let mut last_seen_at = last_seen(today, teller.at, dice);
    if falls_on(place, SUSPENDED) {
        let since = teller.open_suspension();
        last_seen_at = last_seen_at.map(|seen| {
            seen.min(since.plus_millis(-dice.between(1, 50) * HOUR))
                .max(joined_at)
        });
    } else if dice.chance(WAS_SUSPENDED) {
        teller.past_suspension();
    }
    let cycle = if yearly { Cycle::Year } else { Cycle::Month };
    let mut deeds = teller.deeds;
    deeds.sort_by_key(|deed| deed.at);
    Biography {
        external_id,
        profile,
        joined_at,
        plan,
        cycle,
        deeds,
        usage,
        last_seen_at,
    }
}

/// Tells forward from the day of joining.
struct Teller<'d> {
    dice: &'d Dice,
    today: Today,
    at: Timestamp,
    plan: &'static str,
    deeds: Vec<Deed>,
}

impl Teller<'_> {
    fn tell(&mut self, at: Timestamp, by: By, what: What) {
        self.at = at;
        self.deeds.push(Deed { at, by, what });
    }

    /// A working hour some days on, while that is not in the future.
    fn later(&self, days: (i64, i64)) -> Option<Timestamp> {
        let at = at_work(
            self.at.plus_millis(self.dice.between(days.0, days.1) * DAY),
            self.today,
            self.dice,
        );
        (at > self.at && at < self.today.hours_ago(1)).then_some(at)
    }

    fn colleague(&self) -> By {
        self.dice
            .weighted(
                &[(By::Agent, 6), (By::Manager, 3), (By::Owner, 1)],
                |choice| choice.1,
            )
            .0
    }

    /// Each year brings a third of the customers a larger plan, a few a smaller one.
    fn years(&mut self, days: i64) {
        for _ in 0..=(days / 365) {
            let Some(at) = self.later((20, 340)) else {
                return;
            };
            match self.dice.below(100) {
                0..34 => self.upgrade(at),
                34..40 => self.downgrade(at),
                _ => self.at = at,
            }
        }
    }

    fn upgrade(&mut self, at: Timestamp) {
        let Some(plan) = above(self.plan) else { return };
        let (reason, note) = notes::up(self.dice);
        let by = self.colleague();
        self.tell(
            at,
            by,
            What::Change {
                plan,
                cycle: None,
                reason: Some(reason),
                note,
            },
        );
        match self.dice.below(100) {
            0..10 => {
                if let Some(at) = self.later((1, 6)) {
                    let (reason, note) = notes::back(self.dice);
                    let by = self.colleague();
                    return self.tell(at, by, What::RollBack { reason, note });
                }
            }
            10..14 => {
                let at = at.plus_millis(self.dice.between(1, 9) * MINUTE);
                return self.tell(at, by, What::Undo);
            }
            _ => {}
        }
        self.plan = plan;
    }

    fn downgrade(&mut self, at: Timestamp) {
        let Some(plan) = below(self.plan) else { return };
        let (reason, note) = notes::down(self.dice);
        let by = self.colleague();
        self.tell(
            at,
            by,
            What::Change {
                plan,
                cycle: None,
                reason: Some(reason),
                note,
            },
        );
        self.plan = plan;
    }

    fn suspend(&mut self, at: Timestamp, until: Option<Timestamp>) -> domain::Reason {
        let cause = notes::suspended(self.plan, self.dice);
        let by = if cause.reason.kind() == Kind::Platform {
            By::Operator
        } else {
            self.colleague()
        };
        self.tell(
            at,
            by,
            What::Suspend {
                reason: cause.reason,
                note: cause.note,
                message: cause.message,
                until,
            },
        );
        cause.reason
    }

    /// A suspension that is over: lifted by a colleague, or ended by itself.
    fn past_suspension(&mut self) {
        let Some(at) = self.later((5, 200)) else {
            return;
        };
        let days = self.dice.between(2, 30);
        let end = at.plus_millis(days * DAY + self.dice.between(0, 6) * HOUR);
        if end >= self.today.hours_ago(2) {
            return;
        }
        if self.dice.chance(150) {
            self.suspend(at, Some(end));
            // The panel ends it within a second.
            return self.tell(end.plus_millis(400), By::Operator, What::Settle);
        }
        let kind_of = self.suspend(at, None);
        let (reason, note) = notes::lifted(kind_of, self.dice);
        let by = match kind_of.kind() {
            Kind::Platform => By::Operator,
            Kind::Compliance => By::Manager,
            Kind::Billing | Kind::Manual => self.colleague(),
        };
        self.tell(end, by, What::Reactivate { reason, note });
    }

    /// A suspension that is still open, and since when.
    fn open_suspension(&mut self) -> Timestamp {
        let span = self.today.start.millis_since(self.at).min(75 * DAY) - 2 * HOUR;
        let at = self
            .today
            .start
            .plus_millis(-HOUR - self.dice.between(0, span.max(HOUR) - HOUR));
        let at = at.max(self.at.plus_millis(MINUTE));
        let until = self
            .dice
            .chance(200)
            .then(|| self.today.in_days(self.dice.between(1, 40)));
        self.suspend(at, until);
        at
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::demo::names::Names;
    use crate::demo::story::UsageReport;

    const START: Today = Today {
        start: Timestamp::from_millis(1_767_225_600_000),
        opens: 7,
    };

    fn some(count: u64) -> Vec<Biography> {
        let (dice, mut names) = (Dice::new(11), Names::new("DE"));
        (0..count)
            .map(|place| life(place, place.to_string(), names.next(&dice), START, &dice))
            .collect()
    }

    #[test]
    fn nothing_lies_in_the_future_or_before_joining() {
        for life in some(2000) {
            assert!(life.joined_at < START.start);
            let mut before = life.joined_at;
            for deed in &life.deeds {
                assert!(
                    deed.at > before && deed.at <= START.start,
                    "{}",
                    life.external_id
                );
                before = deed.at;
            }
            assert!(
                life.last_seen_at
                    .is_none_or(|seen| seen >= life.joined_at && seen <= START.start)
            );
        }
    }

    #[test]
    fn shares_are_as_asked() {
        let lives = some(3000);
        let over = lives.iter().filter(|life| {
            matches!(&life.usage, UsageReport::Shares { shares, .. } if shares.iter().any(|share| *share > 1000))
        });
        assert_eq!(over.count(), 120);
        let suspended = lives.iter().filter(|life| {
            matches!(
                life.deeds.last(),
                Some(Deed {
                    what: What::Suspend { .. },
                    ..
                })
            )
        });
        assert_eq!(suspended.count(), 174);
        let reasons: HashSet<_> = lives
            .iter()
            .flat_map(|life| &life.deeds)
            .filter_map(|deed| {
                if let What::Suspend { reason, .. } = deed.what {
                    Some(reason)
                } else {
                    None
                }
            })
            .collect();
        assert_eq!(reasons.len(), domain::Reason::ALL.len());
    }
}
