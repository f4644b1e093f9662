use domain::*;

use crate::world::*;

#[test]
fn undoing_a_change_restores_the_exact_terms_in_a_new_row() {
    let mut world = World::on("pro");
    let before = world.account.assignment().terms.clone();
    let change = world.change("business").unwrap();
    world.reprice("pro", 99);
    world.undo(&agent(), &change).unwrap();
    let head = world.account.assignment();
    assert_eq!(head.terms, before);
    assert_eq!(
        (head.seq, head.cause, head.restores),
        (LedgerSeq(3), Cause::Undo, Some(LedgerSeq(1)))
    );
    assert_eq!(world.log.last().unwrap().body.undoes(), Some(&change));
}

#[test]
fn an_undo_can_be_undone_which_is_redo() {
    let mut world = World::on("pro");
    let change = world.change("business").unwrap();
    let undo = world.undo(&owner(), &change).unwrap();
    world.undo(&owner(), &undo).unwrap();
    assert_eq!(world.plan(), "business");
    assert_eq!(
        world.undo(&owner(), &change),
        world.superseded(Aspect::Plan)
    );
}

#[test]
fn going_forward_again_after_a_rollback_is_undo() {
    let mut world = World::on("basic");
    world.change("max").unwrap();
    let rollback = world.roll_back_by_default().unwrap();
    world.undo(&owner(), &rollback).unwrap();
    assert_eq!(world.plan(), "max");
    let choices = world.choices();
    assert_eq!(
        choices.choices[choices.preselected.unwrap()].terms.plan,
        pln("basic")
    );
}

#[test]
fn undoing_a_suspension_and_its_undo() {
    let mut world = World::on("pro");
    let placed = world.suspend(&agent(), Reason::PaymentOverdue).unwrap();
    let open = world.account.suspensions[0].clone();
    let undone = world.undo(&agent(), &placed).unwrap();
    assert_eq!(world.account.status(), Status::Active);
    world.undo(&agent(), &undone).unwrap();
    let again = &world.account.suspensions[0];
    assert_eq!(
        (&again.id, &again.note, again.placed_at),
        (&open.id, &open.note, open.placed_at)
    );
    assert_eq!(world.account.status(), Status::Suspended);
}

#[test]
fn undoing_a_reactivation_brings_every_suspension_back_as_it_was() {
    let mut world = World::on("pro");
    world.suspend(&agent(), Reason::PaymentOverdue).unwrap();
    world.suspend(&manager(), Reason::TermsBroken).unwrap();
    let before = world.account.suspensions.clone();
    let lifted = world
        .lift(&owner(), &[Kind::Billing, Kind::Compliance])
        .unwrap();
    let undone = world.undo(&owner(), &lifted).unwrap();
    let opened_by = |mut open: Suspension| {
        open.command = undone.clone();
        open
    };
    assert_eq!(
        world.account.suspensions,
        before.into_iter().map(opened_by).collect::<Vec<_>>()
    );
    world.undo(&owner(), &undone).unwrap();
    assert_eq!(world.account.status(), Status::Active);
}

#[test]
fn undo_after_somebody_else_moved_the_same_aspect_is_superseded() {
    let mut world = World::on("pro");
    let change = world.change("business").unwrap();
    world.change("max").unwrap();
    assert_eq!(
        world.undo(&owner(), &change),
        world.superseded(Aspect::Plan)
    );
    let placed = world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    world.suspend(&owner(), Reason::CustomerAsked).unwrap();
    assert_eq!(
        world.undo(&owner(), &placed),
        world.superseded(Aspect::Access)
    );
}

#[test]
fn undo_after_somebody_moved_the_other_aspect_is_possible() {
    let mut world = World::on("pro");
    let change = world.change("business").unwrap();
    let placed = world.suspend(&agent(), Reason::PaymentOverdue).unwrap();
    world.undo(&owner(), &change).unwrap();
    world.undo(&owner(), &placed).unwrap();
    assert_eq!(
        (world.plan(), world.account.status()),
        ("pro", Status::Active)
    );
}

#[test]
fn undoing_a_plan_change_is_blocked_like_any_plan_change() {
    let mut world = World::on("pro");
    let change = world.change("business").unwrap();
    world.suspend(&owner(), Reason::TermsBroken).unwrap();
    let blocked = Rejection::BlocksPlanChange {
        kind: Kind::Compliance,
        reason: Reason::TermsBroken,
    };
    assert_eq!(world.undo(&owner(), &change), Err(blocked));
}

#[test]
fn undo_needs_the_plan_to_exist_but_not_to_be_on_sale_nor_usage_to_fit() {
    let mut world = World::on("basic");
    let change = world.change("max").unwrap();
    world.uses("seats", 50).plan_mut("basic").status = PlanStatus::Archived;
    world.clone().undo(&owner(), &change).unwrap();
    world.catalog.plans.retain(|plan| plan.id != pln("basic"));
    let unknown = Err(Rejection::NotEligible {
        reasons: vec![Ineligible::Unknown],
    });
    assert_eq!(world.undo(&owner(), &change), unknown);
}

#[test]
fn arrivals_imports_and_due_ends_are_not_undoable() {
    let mut world = World::with_history(&["basic"], "pro");
    assert_eq!(world.undo(&owner(), &cmd(0)), Err(Rejection::NotUndoable));
    world.suspend_for(Reason::PaymentOverdue, 600_000).unwrap();
    world.wait(600_000).settle();
    let ended = world.account.access_moved.clone().unwrap();
    assert_eq!(ended.by, ActorRef::System);
    assert_eq!(
        world.undo(&owner(), &ended.command),
        Err(Rejection::NotUndoable)
    );
    assert_eq!(
        world.undo(&owner(), &cmd(999)),
        world.superseded(Aspect::Access)
    );
}

#[test]
fn an_agent_takes_back_a_slip_of_their_own_but_nobody_elses_compliance_suspension() {
    let mut world = World::on("pro");
    let placed = world.suspend(&agent(), Reason::TermsBroken).unwrap();
    let not_yours = Err(Rejection::NotYours {
        kind: Kind::Compliance,
    });
    assert_eq!(world.undo(&other_agent(), &placed), not_yours);
    world.undo(&agent(), &placed).unwrap();
    assert_eq!(world.account.status(), Status::Active);
}

#[test]
fn a_partner_undoes_nothing_of_the_operator() {
    let mut world = World::on("pro");
    let placed = world.suspend(&Actor::Operator, Reason::Operator).unwrap();
    let not_yours = Err(Rejection::NotYours {
        kind: Kind::Platform,
    });
    assert_eq!(world.undo(&owner(), &placed), not_yours);
    let lifted = world.lift(&Actor::Operator, &[Kind::Platform]).unwrap();
    assert_eq!(world.undo(&owner(), &lifted), not_yours);
    world.undo(&Actor::Operator, &lifted).unwrap();
}

#[test]
fn a_viewer_undoes_nothing() {
    let mut world = World::on("pro");
    let change = world.change("max").unwrap();
    assert_eq!(
        world.undo(&viewer(), &change),
        Err(Rejection::Forbidden {
            permission: Permission::Undo
        })
    );
}
