//! How customers use the product, and when anything is done at all.

use domain::Timestamp;
use domain::time::{DAY, HOUR, MINUTE};

use super::dice::{Dice, falls_on};
use super::plans::BEGINNING;
use super::story::{Today, UsageReport};

/// How many customers, in thousandths, use more than their plan allows.
const OVER: u64 = 40;
/// How many report no usage.
const UNREPORTED: u64 = 60;

/// More customers came lately than long ago.
pub(super) fn days_as_customer(dice: &Dice) -> i64 {
    let longest = BEGINNING - 20;
    let (a, b) = (dice.between(0, longest), dice.between(0, longest));
    a.min(b)
}

/// A time of the working day around `day`; Saturdays and Sundays are mostly left alone.
pub(super) fn at_work(day: Timestamp, today: Today, dice: &Dice) -> Timestamp {
    let midnight = day.millis().div_euclid(DAY);
    // 1970-01-01 was a Thursday.
    let weekday = (midnight + 3).rem_euclid(7);
    // Thrown every day, so that the other throws do not depend on the weekday of the first start.
    let works_on_weekends = dice.chance(100);
    let workday = if weekday >= 5 && !works_on_weekends {
        midnight - (weekday - 4)
    } else {
        midnight
    };
    Timestamp::from_millis(workday * DAY + today.opens * HOUR + dice.between(0, 10 * 3_600_000))
}

/// What the product reported last about somebody for whom nothing was done after `since`.
pub(super) fn usage(place: u64, today: Today, since: Timestamp, dice: &Dice) -> UsageReport {
    let over = falls_on(place, OVER);
    if !over && dice.chance(UNREPORTED) {
        return UsageReport::Unknown;
    }
    let exceeded = dice.below(3);
    let share = |limit| {
        if over && limit == exceeded {
            1_030 + dice.below(500)
        } else if dice.chance(50) {
            800 + dice.below(200)
        } else {
            dice.usual_share()
        }
    };
    let shares = (0..3).map(share);
    // One in twelve reports has not come for days.
    let hours = if dice.chance(80) {
        dice.between(50, 400)
    } else {
        dice.between(1, 30)
    };
    let at = today
        .hours_ago(hours)
        .plus_millis(dice.between(0, 59) * MINUTE);
    let joined = since.plus_millis(30 * MINUTE);
    UsageReport::Shares {
        shares: shares.collect(),
        at: at.max(joined).min(today.start),
    }
}

/// Most were there within days, some not for months, a few never.
pub(super) fn last_seen(today: Today, since: Timestamp, dice: &Dice) -> Option<Timestamp> {
    let minutes = match dice.below(100) {
        0..4 => return None,
        4..10 => dice.between(0, 14),
        10..45 => dice.between(15, 24 * 60),
        45..80 => dice.between(24 * 60, 9 * 24 * 60),
        80..95 => dice.between(9 * 24 * 60, 60 * 24 * 60),
        _ => dice.between(60 * 24 * 60, 400 * 24 * 60),
    };
    Some(today.minutes_ago(minutes).max(since))
}
