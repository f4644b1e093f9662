use domain::*;

use crate::world::*;

fn codes(world: &World) -> Vec<String> {
    let code = |choice: &RollbackChoice| {
        world
            .catalog
            .plan(&choice.terms.plan)
            .unwrap()
            .code
            .as_str()
            .to_owned()
    };
    world.choices().choices.iter().map(code).collect()
}

fn preselected(world: &World) -> Option<String> {
    world
        .choices()
        .preselected
        .map(|place| codes(world)[place].clone())
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
fn earlier_plans_come_first_latest_first_then_lower_ones_highest_first() {
    let mut world = World::on("max");
    world.change("basic").unwrap();
    world.change("business").unwrap();
    assert_eq!(codes(&world), ["basic", "max", "pro", "free"]);
    assert_eq!(preselected(&world).as_deref(), Some("basic"));
}

#[test]
fn equal_earlier_rows_are_offered_once_and_the_current_terms_never() {
    let mut world = World::on("basic");
    for code in ["pro", "basic", "pro", "basic", "max", "basic"] {
        world.change(code).unwrap();
    }
    assert_eq!(codes(&world), ["max", "pro", "free"]);
}

#[test]
fn an_older_version_of_the_current_plan_can_be_rolled_back_to_but_is_not_the_default() {
    let mut world = World::on("basic");
    world.change("pro").unwrap();
    world.reprice("pro", 55);
    world.change("pro").unwrap();
    assert_eq!(codes(&world), ["pro", "basic", "free"]);
    assert_eq!(preselected(&world).as_deref(), Some("basic"));
    world
        .roll_back(RollbackTarget::Restore(LedgerSeq(2)))
        .unwrap();
    assert_eq!(world.account.assignment().terms.price, euros(49));
}

#[test]
fn a_rollback_after_a_rollback_walks_further_back() {
    let mut world = World::on("basic");
    world.change("pro").unwrap();
    world.change("max").unwrap();
    world.roll_back_by_default().unwrap();
    assert_eq!(world.plan(), "pro");
    world.roll_back_by_default().unwrap();
    assert_eq!(
        (world.plan(), world.account.assignment().restores),
        ("basic", Some(LedgerSeq(1)))
    );
    assert_eq!(
        preselected(&world).as_deref(),
        Some("free"),
        "then the highest lower plan"
    );
    world.roll_back_by_default().unwrap();
    assert_eq!(
        preselected(&world),
        None,
        "then nothing is left to step back to"
    );
}

#[test]
fn walking_back_is_not_fooled_by_equal_rows_that_rollbacks_made() {
    let mut world = World::on("basic");
    for code in ["pro", "basic", "max"] {
        world.change(code).unwrap();
    }
    let mut walked = Vec::new();
    for _ in 0..3 {
        world.roll_back_by_default().unwrap();
        walked.push((
            world.plan().to_owned(),
            world.account.assignment().restores.unwrap().0,
        ));
    }
    assert_eq!(
        walked,
        [
            ("basic".to_owned(), 3),
            ("pro".to_owned(), 2),
            ("basic".to_owned(), 1)
        ]
    );
}

#[test]
fn after_a_rollback_to_a_plan_never_had_the_walk_goes_on_from_the_row_it_replaced() {
    let mut world = World::on("business");
    world.change("max").unwrap();
    world
        .roll_back(RollbackTarget::Lower {
            plan: pln("basic"),
            version: PlanVersion(1),
        })
        .unwrap();
    assert_eq!(world.account.assignment().restores, None);
    assert_eq!(
        preselected(&world).as_deref(),
        Some("business"),
        "before Max came Business"
    );
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
        assert_eq!(
            (world.plan(), preselected(&world).as_deref()),
            (plan, Some(next))
        );
        last = world.undo(&owner(), &last).unwrap();
    }
}

#[test]
fn a_redone_rollback_never_proposes_the_plan_that_it_left() {
    let mut world = World::on("basic");
    world.change("max").unwrap();
    let rollback = world.roll_back_by_default().unwrap();
    let undone = world.undo(&owner(), &rollback).unwrap();
    assert_eq!(preselected(&world).as_deref(), Some("basic"));
    world.undo(&owner(), &undone).unwrap();
    assert_eq!(
        (world.plan(), preselected(&world).as_deref()),
        ("basic", Some("free"))
    );
}

#[test]
fn a_new_change_starts_a_new_walk() {
    let mut world = World::on("basic");
    world.change("pro").unwrap();
    world.roll_back_by_default().unwrap();
    world.change("max").unwrap();
    assert_eq!(preselected(&world).as_deref(), Some("basic"));
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
fn an_archived_plan_never_had_is_neither_offered_nor_taken() {
    let mut world = World::on("pro");
    assert_eq!(codes(&world), ["basic", "free"]);
    let lower = RollbackTarget::Lower {
        plan: pln("starter"),
        version: PlanVersion(1),
    };
    assert_eq!(
        world.roll_back(lower),
        Err(Rejection::PlanArchived {
            plan: pln("starter")
        })
    );
}

#[test]
fn a_deleted_plan_is_never_offered_and_the_walk_steps_over_it() {
    let mut world = World::with_history(&["basic", "business"], "max");
    world
        .catalog
        .plans
        .retain(|plan| plan.id != pln("business"));
    assert_eq!(codes(&world), ["basic", "pro", "free"]);
    assert_eq!(preselected(&world).as_deref(), Some("basic"));
    let unknown = Err(Rejection::NotEligible {
        reasons: vec![Ineligible::Unknown],
    });
    assert_eq!(
        world.roll_back(RollbackTarget::Restore(LedgerSeq(2))),
        unknown
    );
}

#[test]
fn a_customer_on_a_deleted_plan_can_still_go_back_and_change() {
    let mut world = World::with_history(&["basic"], "business");
    world
        .catalog
        .plans
        .retain(|plan| plan.id != pln("business"));
    assert_eq!(codes(&world), ["basic"]);
    world.clone().change("pro").unwrap();
    world.roll_back_by_default().unwrap();
    assert_eq!(world.plan(), "basic");
}

#[test]
fn a_lower_plan_must_be_lower_and_sold_at_the_price_shown() {
    let mut world = World::on("pro");
    let lower = |code, version| RollbackTarget::Lower {
        plan: pln(code),
        version: PlanVersion(version),
    };
    let neither = Err(Rejection::NotEligible {
        reasons: vec![Ineligible::NotEarlierNorLower],
    });
    assert_eq!(world.roll_back(lower("max", 1)), neither);
    assert_eq!(
        world.roll_back(RollbackTarget::Restore(LedgerSeq(9))),
        neither
    );
    assert_eq!(
        world.roll_back(RollbackTarget::Restore(LedgerSeq(1))),
        Err(Rejection::SamePlan)
    );
    world.reprice("basic", 21);
    let stale = Stale::Version {
        plan: pln("basic"),
        newest: PlanVersion(2),
    };
    assert_eq!(
        world.roll_back(lower("basic", 1)),
        Err(Rejection::Stale(stale))
    );
    world.roll_back(lower("basic", 2)).unwrap();
    assert_eq!(world.account.assignment().terms.price, euros(21));
}

#[test]
fn with_neither_an_earlier_nor_a_lower_plan_there_is_nothing_to_roll_back_to() {
    let mut world = World::on("free");
    assert_eq!(
        world.choices(),
        RollbackChoices {
            choices: vec![],
            preselected: None
        }
    );
    assert_eq!(
        world.roll_back(RollbackTarget::Restore(LedgerSeq(1))),
        Err(Rejection::NoRollbackTarget)
    );
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
        accepts_over: vec![name("seats")],
        ..world.rollback_to(RollbackTarget::Restore(LedgerSeq(1)))
    };
    world
        .give(&owner(), &Command::RollbackPlan(command))
        .unwrap();
    assert_eq!(world.plan(), "basic");
}
