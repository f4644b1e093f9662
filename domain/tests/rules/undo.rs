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

/// A slip of one's own can always be taken back; somebody else's suspension only by those who may lift it.
#[test]
fn who_takes_back_whose_suspension() {
    let undoers = [agent(), other_agent(), manager(), owner(), Actor::Operator];
    for (placer, reason, may) in [
        (
            agent(),
            Reason::CustomerAsked,
            [true, true, true, true, true],
        ),
        (
            agent(),
            Reason::PaymentOverdue,
            [true, true, true, true, true],
        ),
        (
            agent(),
            Reason::TermsBroken,
            [true, false, true, true, true],
        ),
        (
            owner(),
            Reason::TermsBroken,
            [false, false, true, true, true],
        ),
        (
            Actor::Operator,
            Reason::PaymentOverdue,
            [true, true, true, true, true],
        ),
        (
            Actor::Operator,
            Reason::TermsBroken,
            [false, false, true, true, true],
        ),
        (
            Actor::Operator,
            Reason::Operator,
            [false, false, false, false, true],
        ),
    ] {
        for (undoer, may) in undoers.iter().zip(may) {
            let mut world = World::on("pro");
            let placed = world.suspend(&placer, reason).unwrap();
            let undone = world.undo(undoer, &placed).map(drop);
            let refused = Rejection::NotYours {
                kind: reason.kind(),
            };
            let expected = if may { Ok(()) } else { Err(refused) };
            assert_eq!(undone, expected, "{placer:?} {reason:?} {undoer:?}");
        }
    }
}

/// Taking a lift back places the suspension again: for those who may place its kind.
#[test]
fn who_takes_back_a_lift() {
    let undoers = [agent(), manager(), owner(), Actor::Operator];
    for (reason, may) in [
        (Reason::CustomerAsked, [true, true, true, true]),
        (Reason::PaymentOverdue, [true, true, true, true]),
        (Reason::TermsBroken, [true, true, true, true]),
        (Reason::Operator, [false, false, false, true]),
    ] {
        for (undoer, may) in undoers.iter().zip(may) {
            let mut world = World::on("pro");
            world.suspend(&Actor::Operator, reason).unwrap();
            let lifted = world.lift(&Actor::Operator, Kind::ALL).unwrap();
            let undone = world.undo(undoer, &lifted);
            assert_eq!(undone.is_ok(), may, "{reason:?} {undoer:?}");
        }
    }
}
