use domain::time::{DAY, HOUR};
use domain::*;

use crate::world::*;

fn moving(world: &World, code: &str) -> Preview {
    let terms = world
        .catalog
        .plan_by_code(code)
        .unwrap()
        .terms_today(Cycle::Month)
        .unwrap();
    preview(&world.account, &world.catalog, &terms, world.now)
}

#[test]
fn price_and_limits_are_compared() {
    let mut world = World::on("pro");
    world.uses("seats", 12).uses("bots", 2);
    let up = moving(&world, "business");
    assert_eq!(
        (up.direction, up.difference_per_month),
        (Direction::Upgrade, euros(30))
    );
    let change = |limit, before, after, effect| LimitChange {
        limit: name(limit),
        before,
        after,
        effect,
    };
    assert_eq!(
        up.limits,
        [
            change(
                "seats",
                Some(Limit::Count(12)),
                Some(Limit::Count(30)),
                LimitEffect::More
            ),
            change(
                "bots",
                Some(Limit::Count(5)),
                Some(Limit::Count(9)),
                LimitEffect::More
            ),
            change(
                "api",
                Some(Limit::No),
                Some(Limit::Yes),
                LimitEffect::Gained
            ),
        ]
    );
    assert!(up.over.is_empty() && up.unreported.is_empty());
    let down = moving(&world, "free");
    assert_eq!(
        (down.direction, down.difference_per_month),
        (Direction::Downgrade, euros(-49))
    );
    assert_eq!(
        down.limits,
        [
            change(
                "seats",
                Some(Limit::Count(12)),
                Some(Limit::Count(1)),
                LimitEffect::Less
            ),
            change("bots", Some(Limit::Count(5)), None, LimitEffect::Lost),
        ]
    );
    assert_eq!(
        down.over,
        [OverLimit {
            limit: name("seats"),
            used: 12,
            allowed: 1
        }]
    );
}

#[test]
fn unreported_usage_is_named_and_never_taken_for_zero() {
    let mut world = World::on("max");
    world.uses("bots", 1);
    let preview = moving(&world, "basic");
    assert_eq!(
        (preview.unreported, preview.over),
        (vec![name("seats")], vec![])
    );
}

#[test]
fn usage_older_than_two_days_shows_its_age() {
    let mut world = World::on("pro");
    let reported = world.now;
    world.uses("seats", 2).wait(2 * DAY);
    assert_eq!(moving(&world, "basic").old_usage, None);
    world.wait(HOUR).uses("bots", 1);
    assert_eq!(moving(&world, "basic").old_usage, Some(reported));
    assert_eq!(
        moving(&world, "max").old_usage,
        None,
        "nothing counted there, nothing to be old"
    );
}

#[test]
fn direction_goes_by_rank_then_by_price_per_month() {
    let mut world = World::on("pro");
    world.plan_mut("business").rank = 20;
    assert_eq!(moving(&world, "business").direction, Direction::Upgrade);
    world.plan_mut("business").terms[0].price_month = Some(4_900);
    assert_eq!(moving(&world, "business").direction, Direction::Switch);
    world.plan_mut("max").terms[0].price_month = Some(1);
    assert_eq!(
        moving(&world, "max").direction,
        Direction::Upgrade,
        "a higher rank, however cheap"
    );
    let yearly = world
        .catalog
        .plan_by_code("pro")
        .unwrap()
        .terms_today(Cycle::Year)
        .unwrap();
    let saving = preview(&world.account, &world.catalog, &yearly, world.now);
    assert_eq!(saving.direction, Direction::Downgrade);
    assert_eq!(saving.difference_per_month.unwrap().minor, 4083 - 4900);
}

#[test]
fn an_unknown_price_or_another_currency_has_no_difference() {
    let world = World::on("pro");
    assert_eq!(moving(&world, "dollar").difference_per_month, None);
    let mut terms = world.account.assignment().terms.clone();
    terms.price = None;
    assert_eq!(
        preview(&world.account, &world.catalog, &terms, world.now).difference_per_month,
        None
    );
}

#[test]
fn a_gauge_is_above_a_thousand_exactly_when_over() {
    let gauge = |allowed, used| Gauge {
        limit: name("seats"),
        allowed,
        used,
        as_of: None,
    };
    for (allowed, used, permille, over) in [
        (Limit::Count(20), Some(12), Some(600), false),
        (Limit::Count(20), Some(20), Some(1000), false),
        (Limit::Count(100_000), Some(100_001), Some(1001), true),
        (Limit::Count(100_000), Some(79_999), Some(799), false),
        (Limit::Count(0), Some(0), Some(0), false),
        (Limit::Count(0), Some(1), Some(Gauge::MOST_PERMILLE), true),
        (
            Limit::Count(1),
            Some(u64::MAX),
            Some(Gauge::MOST_PERMILLE),
            true,
        ),
        (Limit::Count(5), None, None, false),
        (Limit::Unlimited, Some(5), None, false),
    ] {
        let gauge = gauge(allowed, used);
        assert_eq!(
            (gauge.permille(), gauge.is_over()),
            (permille, over),
            "{gauge:?}"
        );
    }
}

#[test]
fn the_headline_is_the_first_limit_unless_another_one_is_over() {
    let mut world = World::on("pro");
    let shown = |world: &World| {
        let limits = world.catalog.limits(&world.account.assignment().terms);
        headline(&gauges(limits, &world.account.usage))
            .unwrap()
            .limit
            .clone()
    };
    world.uses("seats", 1);
    assert_eq!(shown(&world), name("seats"));
    world.uses("bots", 6);
    assert_eq!(shown(&world), name("bots"));
    world.uses("seats", 13);
    assert_eq!(shown(&world), name("seats"));
    assert_eq!(headline(&gauges(&[(name("api"), Limit::Yes)], &[])), None);
}

#[test]
fn what_becomes_of_a_limit() {
    use Limit::{Count, No, Unlimited, Yes};
    use LimitEffect::{Gained, Less, Lost, More};
    for (before, after, effect) in [
        (None, None, None),
        (None, Some(No), None),
        (None, Some(Count(0)), None),
        (None, Some(Count(1)), Some(Gained)),
        (None, Some(Yes), Some(Gained)),
        (None, Some(Unlimited), Some(Gained)),
        (Some(No), None, None),
        (Some(No), Some(Yes), Some(Gained)),
        (Some(Yes), Some(Yes), None),
        (Some(Yes), Some(No), Some(Lost)),
        (Some(Yes), None, Some(Lost)),
        (Some(Count(0)), Some(Count(5)), Some(Gained)),
        (Some(Count(5)), Some(Count(0)), Some(Lost)),
        (Some(Count(5)), None, Some(Lost)),
        (Some(Count(5)), Some(Count(5)), None),
        (Some(Count(5)), Some(Count(6)), Some(More)),
        (Some(Count(6)), Some(Count(5)), Some(Less)),
        (Some(Count(5)), Some(Unlimited), Some(More)),
        (Some(Unlimited), Some(Count(5)), Some(Less)),
        (Some(Unlimited), Some(Unlimited), None),
        (Some(Unlimited), None, Some(Lost)),
    ] {
        let mut world = World::on("pro");
        let mut sold = |code: &str, limit: Option<Limit>| {
            let limits = limit.map(|limit| (name("seats"), limit));
            world.plan_mut(code).terms.last_mut().unwrap().limits = limits.into_iter().collect();
        };
        sold("pro", before);
        sold("max", after);
        let limit = name("seats");
        let change = effect.map(|effect| LimitChange {
            limit,
            before,
            after,
            effect,
        });
        assert_eq!(
            moving(&world, "max").limits,
            Vec::from_iter(change),
            "{before:?} {after:?}"
        );
    }
}

#[test]
fn a_plan_says_what_each_limit_is() {
    let plan = version(
        1,
        Some(9),
        &[("seats", Limit::Count(3)), ("api", Limit::Yes)],
    );
    let said = ["seats", "api", "bots"].map(|limit| plan.limit(&name(limit)));
    assert_eq!(said, [Some(Limit::Count(3)), Some(Limit::Yes), None]);
}

#[test]
fn what_is_predicted_is_what_happens_and_a_prediction_changes_nothing() {
    let mut world = World::on("pro");
    let before = world.account.clone();
    let command = Command::ChangePlan(world.change_to("business"));
    let expected = predict(
        &world.account,
        &world.catalog,
        &command,
        &agent(),
        world.now,
    )
    .unwrap();
    assert_eq!(world.account, before);
    world.give(&agent(), &command).unwrap();
    assert_eq!(
        (expected.assignment().terms.clone(), expected.status()),
        (world.account.assignment().terms.clone(), Status::Active)
    );
    let refused = predict(&before, &world.catalog, &command, &viewer(), world.now);
    let permission = Permission::ChangePlan;
    assert_eq!(refused, Err(Rejection::Forbidden { permission }));
}
