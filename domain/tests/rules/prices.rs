//! Rollbacks to rows that differ from what the customer has in nothing but the price.

use domain::targets::earlier_count;
use domain::*;

use crate::world::*;

fn terms(price: Option<Money>) -> Terms {
    let today = catalog()
        .plan_by_code("pro")
        .unwrap()
        .terms_today(Cycle::Month);
    Terms {
        price,
        ..today.unwrap()
    }
}

/// A customer who has Pro at one price and had it at another.
fn at_prices(then: Option<Money>, now: Option<Money>) -> World {
    let stint = |terms, started_at| Stint { terms, started_at };
    let earlier = vec![stint(terms(then), NOON.plus_millis(-1000))];
    World::arriving(catalog(), earlier, stint(terms(now), NOON))
}

fn restores_of(world: &World) -> Vec<RollbackTarget> {
    let choices = world.choices().choices.into_iter();
    choices
        .map(|choice| choice.target)
        .filter(|target| matches!(target, RollbackTarget::Restore { .. }))
        .collect()
}

#[test]
fn a_price_is_something_to_go_back_to_when_it_is_known_in_the_same_currency() {
    let dollars = |minor| Some(Money::new(minor, Currency::parse("USD").unwrap()));
    for (then, now, is_offered) in [
        (euros(49), euros(49), false),
        (euros(39), euros(49), true),
        (euros(39), None, true),
        (None, euros(49), false),
        (None, euros(39), false),
        (None, None, false),
        (dollars(5_000), euros(49), false),
        (dollars(5_000), euros(39), false),
        (dollars(5_000), dollars(5_000), false),
        (dollars(5_000), dollars(6_000), true),
        (dollars(5_000), None, true),
    ] {
        let mut world = at_prices(then, now);
        let target = world.restore(1);
        let offered: Vec<_> = is_offered.then(|| target.clone()).into_iter().collect();
        assert_eq!(restores_of(&world), offered, "{then:?}, now {now:?}");
        let done = world.roll_back(target);
        if is_offered {
            assert!(done.is_ok(), "{then:?}, now {now:?}: {done:?}");
        } else {
            // Who pays in dollars has no lower plan here either.
            let nothing = [Rejection::SamePlan, Rejection::NoRollbackTarget];
            assert!(
                nothing.contains(&done.unwrap_err()),
                "{then:?}, now {now:?}"
            );
        }
    }
}

#[test]
fn another_version_or_cycle_is_something_to_go_back_to_at_any_price() {
    let now = terms(euros(49));
    let (version, cycle) = (PlanVersion(1), Cycle::Year);
    for then in [
        Terms {
            version,
            ..now.clone()
        },
        Terms {
            cycle,
            ..now.clone()
        },
    ] {
        for price in [None, euros(49)] {
            let stint = |terms, started_at| Stint { terms, started_at };
            let then = Terms {
                price,
                ..then.clone()
            };
            let earlier = vec![stint(then, NOON.plus_millis(-1000))];
            let world = World::arriving(catalog(), earlier, stint(now.clone(), NOON));
            assert_eq!(restores_of(&world), [world.restore(1)]);
        }
    }
}

#[test]
fn two_rows_that_restore_the_same_are_offered_once() {
    let stint = |terms, millis| Stint {
        terms,
        started_at: NOON.plus_millis(millis),
    };
    let today = catalog()
        .plan_by_code("basic")
        .unwrap()
        .terms_today(Cycle::Month);
    let earlier = vec![stint(terms(euros(49)), -2000), stint(terms(None), -1000)];
    let mut world = World::arriving(catalog(), earlier, stint(today.unwrap(), 0));
    assert_eq!(restores_of(&world), [world.restore(2)]);
    world.reprice("pro", 55);
    assert_eq!(restores_of(&world).len(), 2, "today's price is another one");
}

/// Lists keep the count in the customer's row.
#[test]
fn no_edit_of_a_plan_changes_how_many_rows_can_be_restored() {
    for then in [None, euros(39), euros(49)] {
        for now in [None, euros(39), euros(49)] {
            let mut world = at_prices(then, now);
            let count = earlier_count(&world.account, &world.catalog);
            for euros in [39, 49, 55] {
                world.reprice("pro", euros);
                assert_eq!(earlier_count(&world.account, &world.catalog), count);
            }
            world.plan_mut("pro").currency = Currency::parse("USD").unwrap();
            assert_eq!(earlier_count(&world.account, &world.catalog), count);
        }
    }
}
