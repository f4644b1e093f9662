use domain::*;

use crate::world::*;

fn preselected(world: &World) -> Option<&str> {
    let choices = world.choices();
    let plan = &choices.choices[choices.preselected?].terms.plan;
    world.catalog.plan(plan).map(|plan| plan.code.as_str())
}

#[test]
fn a_rollback_restores_exact_version_and_price() {
    let mut world = World::on("pro");
    world.change("business").unwrap();
    world.reprice("pro", 55);
    world.roll_back_by_default().unwrap();
    let head = world.account.assignment();
    assert_eq!(
        (world.plan(), head.terms.price, head.terms.version),
        ("pro", euros(49), PlanVersion(2))
    );
    assert_eq!(
        (head.cause, head.restores),
        (Cause::Rollback, Some(LedgerSeq(1)))
    );
}

#[test]
fn the_price_then_and_the_price_today_are_both_shown() {
    let mut world = World::on("pro");
    world.change("business").unwrap();
    world.reprice("pro", 55);
    let choice = &world.choices().choices[0];
    let RollbackOrigin::Earlier {
        active_until,
        price_then,
        price_today,
        archived,
    } = &choice.origin
    else {
        panic!("an earlier plan");
    };
    assert_eq!(
        (*active_until, *price_then, *price_today, *archived),
        (world.now, euros(49), euros(55), false)
    );
}

#[test]
fn an_older_version_of_the_current_plan_can_be_rolled_back_to() {
    let mut world = World::on("basic");
    world.change("pro").unwrap();
    world.reprice("pro", 55);
    world.change("pro").unwrap();
    world.roll_back(world.restore(2)).unwrap();
    assert_eq!(world.account.assignment().terms.price, euros(49));
}

#[test]
fn undo_and_redo_leave_the_walk_where_it_was() {
    let mut world = World::on("basic");
    world.change("pro").unwrap();
    world.change("max").unwrap();
    world.roll_back_by_default().unwrap();
    let further = world.roll_back_by_default().unwrap();
    // Back forward to Pro, from which the walk led to Basic.
    let mut last = world.undo(&owner(), &further).unwrap();
    for (plan, next) in [("pro", "basic"), ("basic", "free"), ("pro", "basic")] {
        assert_eq!((world.plan(), preselected(&world)), (plan, Some(next)));
        last = world.undo(&owner(), &last).unwrap();
    }
}

#[test]
fn a_redone_rollback_never_proposes_the_plan_that_it_left() {
    let mut world = World::on("basic");
    world.change("max").unwrap();
    let rollback = world.roll_back_by_default().unwrap();
    let undone = world.undo(&owner(), &rollback).unwrap();
    assert_eq!(preselected(&world), Some("basic"));
    world.undo(&owner(), &undone).unwrap();
    assert_eq!((world.plan(), preselected(&world)), ("basic", Some("free")));
}

#[test]
fn an_archived_plan_of_ones_own_past_can_be_restored_with_a_badge() {
    let mut world = World::with_history(&["starter"], "pro");
    let choice = world.choices().choices[0].clone();
    assert!(matches!(
        choice.origin,
        RollbackOrigin::Earlier { archived: true, .. }
    ));
    world.roll_back_by_default().unwrap();
    assert_eq!(world.plan(), "starter");
}

#[test]
fn a_customer_on_a_deleted_plan_can_still_go_back_and_change() {
    let mut world = World::with_history(&["basic"], "business");
    world.delete("business");
    world.clone().change("pro").unwrap();
    world.roll_back_by_default().unwrap();
    assert_eq!(world.plan(), "basic");
}

#[test]
fn a_lower_plan_is_given_as_it_is_sold_today() {
    let mut world = World::on("pro");
    world.reprice("basic", 21);
    world
        .roll_back(RollbackTarget::Lower {
            plan: pln("basic"),
            version: PlanVersion(2),
        })
        .unwrap();
    let head = world.account.assignment();
    assert_eq!((head.terms.price, head.restores), (euros(21), None));
}

#[test]
fn limits_exceeded_by_a_rollback_must_be_accepted() {
    let mut world = World::with_history(&["basic"], "pro");
    world.uses("seats", 8);
    assert!(matches!(
        world.roll_back_by_default(),
        Err(Rejection::NotEligible { .. })
    ));
    let command = RollbackPlan {
        accepts_over: vec![accepted("seats", 8)],
        ..world.rollback_to(world.restore(1))
    };
    world
        .give(&owner(), &Command::RollbackPlan(command))
        .unwrap();
    assert_eq!(world.plan(), "basic");
}

#[test]
fn a_price_of_today_that_moved_since_the_popup_is_asked_about_again() {
    let mut world = World::with_history(&["basic"], "pro");
    let mut rows: Vec<Assignment> = world.account.ledger.rows().cloned().collect();
    rows[0].terms.price = None;
    world.account.ledger = Ledger::from_rows(rows).unwrap();
    let shown = world.restore(1);
    world.reprice("basic", 23);
    let stale = Stale::Version {
        plan: pln("basic"),
        newest: PlanVersion(2),
    };
    assert_eq!(world.roll_back(shown), Err(Rejection::Stale(stale)));
    world.roll_back_by_default().unwrap();
    assert_eq!(world.account.assignment().terms.price, euros(23));
}
