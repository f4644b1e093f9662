//! The edge cases that the market report decides, as far as they are about the rules, in its order. Where the design
//! decides otherwise (Billing suspensions do not block, everything is immediate), the design stands.

use domain::*;

use crate::world::*;

#[test]
fn plan_change_while_suspended_moves_the_plan_and_never_lifts_the_suspension() {
    let mut world = World::on("pro");
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    world.change("basic").unwrap();
    assert_eq!(
        (world.plan(), world.account.status()),
        ("basic", Status::Suspended)
    );
}

#[test]
fn a_plan_archived_between_opening_and_confirming_is_refused_as_archived() {
    let mut world = World::on("basic");
    let seen = Command::ChangePlan(world.change_to("pro"));
    world.plan_mut("pro").status = PlanStatus::Archived;
    assert_eq!(
        world.give(&owner(), &seen),
        Err(Rejection::PlanArchived { plan: pln("pro") })
    );
}

#[test]
fn a_customer_on_an_archived_plan_keeps_it_and_can_change_away() {
    let mut world = World::on("starter");
    world.reprice("starter", 35);
    let choices = change_choices(&world.account, &world.catalog, world.now);
    let of_starter: Vec<_> = choices
        .iter()
        .filter(|choice| choice.terms.plan == pln("starter"))
        .collect();
    assert_eq!(
        of_starter.len(),
        1,
        "no card for a version that nobody can get"
    );
    assert!(
        choices.iter().any(|choice| choice.reasons.is_empty()),
        "never an empty list"
    );
    world.change("pro").unwrap();
    world.roll_back_by_default().unwrap();
    assert_eq!(
        (world.plan(), world.account.assignment().terms.price),
        ("starter", euros(29))
    );
}

#[test]
fn no_previous_plan_offers_only_lower_ones_the_highest_preselected() {
    let world = World::on("pro");
    let choices = world.choices();
    assert!(
        choices
            .choices
            .iter()
            .all(|choice| choice.origin == RollbackOrigin::Lower)
    );
    assert_eq!(
        choices.choices[choices.preselected.unwrap()].terms.plan,
        pln("basic")
    );
}

#[test]
fn the_same_plan_leaves_no_row_and_no_event() {
    let mut world = World::on("pro");
    let before = world.clone();
    assert_eq!(world.change("pro"), Err(Rejection::SamePlan));
    assert_eq!((world.account, world.log), (before.account, before.log));
}

#[test]
fn of_two_agents_on_the_plan_the_second_is_stale_and_changes_nothing() {
    let mut world = World::on("basic");
    let first = Command::ChangePlan(world.change_to("pro"));
    let second = Command::ChangePlan(world.change_to("business"));
    world.give(&agent(), &first).unwrap();
    assert!(matches!(
        world.give(&other_agent(), &second),
        Err(Rejection::Stale(Stale::Plan { .. }))
    ));
    assert_eq!(world.plan(), "pro");
}

#[test]
fn two_agents_on_different_aspects_both_succeed() {
    let mut world = World::on("basic");
    let change = Command::ChangePlan(world.change_to("pro"));
    let suspend = Command::Suspend(world.suspension(Reason::PaymentOverdue));
    world.give(&agent(), &suspend).unwrap();
    world.give(&other_agent(), &change).unwrap();
    assert_eq!(
        (world.plan(), world.account.status()),
        ("pro", Status::Suspended)
    );
}

#[test]
fn the_same_popup_confirmed_twice_changes_once() {
    let mut world = World::on("basic");
    let command = Command::ChangePlan(world.change_to("pro"));
    world.give(&agent(), &command).unwrap();
    assert!(world.give(&agent(), &command).is_err());
    assert_eq!(world.account.plan_revision, PlanRevision(2));
}

#[test]
fn reactivating_with_a_foreign_suspension_lifts_ones_own_and_stays_suspended() {
    let mut world = World::on("pro");
    world.suspend(&Actor::Operator, Reason::Operator).unwrap();
    world.suspend(&agent(), Reason::PaymentOverdue).unwrap();
    world.lift(&agent(), &[Kind::Billing]).unwrap();
    assert_eq!(world.account.status(), Status::Suspended);
    assert_eq!(
        world.account.in_force().next().unwrap().kind,
        Kind::Platform
    );
}

#[test]
fn a_downgrade_below_usage_is_possible_with_a_tick() {
    let mut world = World::on("pro");
    world.uses("seats", 12);
    let change = ChangePlan {
        accepts_over: vec![accepted("seats", 12)],
        ..world.change_to("basic")
    };
    world.give(&owner(), &Command::ChangePlan(change)).unwrap();
}

/// A past on Pro for this price, then Business.
fn once_on_pro_for(price: Option<Money>) -> World {
    let today = |code| {
        catalog()
            .plan_by_code(code)
            .unwrap()
            .terms_today(Cycle::Month)
            .unwrap()
    };
    let earlier = Stint {
        terms: Terms {
            price,
            ..today("pro")
        },
        started_at: NOON.plus_millis(-1000),
    };
    World::arriving(
        catalog(),
        vec![earlier],
        Stint {
            terms: today("business"),
            started_at: NOON,
        },
    )
}

#[test]
fn a_price_that_is_unknown_or_of_another_currency_falls_back_to_todays_and_says_so() {
    let dollars = Some(Money::new(50_00, Currency::parse("USD").unwrap()));
    for then in [None, dollars] {
        let mut world = once_on_pro_for(then);
        let choice = world.choices().choices[0].clone();
        let RollbackOrigin::Earlier {
            price_then,
            price_today,
            ..
        } = choice.origin
        else {
            panic!("earlier")
        };
        assert_eq!(
            (price_then, price_today, choice.terms.price),
            (then, euros(49), euros(49))
        );
        world.roll_back_by_default().unwrap();
        assert_eq!(world.account.assignment().terms, choice.terms);
    }
}

#[test]
fn an_imported_price_that_nobody_sells_is_restored_as_it_was() {
    let mut world = once_on_pro_for(euros(33));
    world.roll_back_by_default().unwrap();
    assert_eq!(world.account.assignment().terms.price, euros(33));
}

#[test]
fn undo_after_somebody_else_acted_is_superseded() {
    let mut world = World::on("basic");
    let mine = world.change("pro").unwrap();
    let theirs = Command::ChangePlan(world.change_to("max"));
    world.give(&agent(), &theirs).unwrap();
    assert_eq!(world.undo(&owner(), &mine), world.superseded(Aspect::Plan));
}

#[test]
fn an_end_that_came_first_makes_the_popup_stale() {
    let mut world = World::on("pro");
    world.suspend_for(Reason::PaymentOverdue, 90_000).unwrap();
    let lifting = Command::Reactivate(world.lifting(&[Kind::Billing]));
    world.wait(90_000);
    let Err(Rejection::Stale(Stale::Access { moved, .. })) = world.give(&owner(), &lifting) else {
        panic!("it ended by itself");
    };
    assert_eq!(moved.unwrap().by, ActorRef::System);
}

#[test]
fn a_role_lost_while_the_popup_was_open_is_forbidden_and_the_row_untouched() {
    let mut world = World::on("pro");
    let command = Command::ChangePlan(world.change_to("max"));
    let Actor::User { id, .. } = agent() else {
        panic!("a user")
    };
    let demoted = Actor::User {
        id,
        role: Role::Viewer,
    };
    assert!(matches!(
        world.give(&demoted, &command),
        Err(Rejection::Forbidden { .. })
    ));
    assert_eq!(world.log.len(), 1);
}
