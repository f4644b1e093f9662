use domain::time::HOUR;
use domain::*;

use super::case::*;
use crate::world::*;

pub fn cases() -> Vec<Case> {
    let changed = on_pro(|world| ok(world.change("business")));
    let later = changed.clone().after(|world| ok(world.change("max")));
    let back = changed.clone().after(|world| ok(world.undo_last_plan()));
    let orphan = changed.clone().after(|world| world.delete("pro"));
    let placed = suspended(Reason::TermsBroken);
    let joined = placed
        .clone()
        .after(|world| ok(world.suspend(&owner(), Reason::Other)));
    let after_a_change = changed
        .clone()
        .after(|world| ok(world.suspend(&owner(), Reason::TermsBroken)));
    let two_after_a_change = after_a_change
        .clone()
        .after(|world| ok(world.suspend(&owner(), Reason::Other)));
    let platform = suspended(Reason::Operator);
    let lifted = platform
        .clone()
        .after(|world| ok(world.lift(&Actor::Operator, Kind::ALL)));
    let ended = on_pro(|world| {
        world.suspend_for(Reason::PaymentOverdue, HOUR).unwrap();
        world.wait(HOUR).settle();
    });
    let started = on_pro(|world| {
        world.plan_suspension(Reason::PaymentOverdue, HOUR, None);
        world.wait(HOUR).settle();
    });
    let unknown = not_eligible(&[Ineligible::Unknown]);
    let (arrival, never) = (undo(cmd(0)), undo(cmd(99)));
    let past = World::with_history(&["basic"], "pro");
    let mut cases = table! {
        "a newer plan stands": later.clone(), owner(), undo_plan(&changed) => superseded(&later, Aspect::Plan);
        "it was undone already": back.clone(), owner(), undo_plan(&changed) => superseded(&back, Aspect::Plan);
        "another suspension came": joined.clone(), owner(), undo_access(&placed) => superseded(&joined, Aspect::Access);
        "another suspension came, and the plan had moved before": two_after_a_change.clone(), owner(), undo_access(&after_a_change)
            => superseded(&two_after_a_change, Aspect::Access);
        "the suspension was lifted": lifted.clone(), owner(), undo_access(&platform) => superseded(&lifted, Aspect::Access);
        "a command that never was": World::on("pro"), owner(), never => Rejection::NotUndoable;
        "the arrival": World::on("pro"), owner(), arrival.clone() => Rejection::NotUndoable;
        "an arrival with a past": past, owner(), arrival => Rejection::NotUndoable;
        "a due end": ended.clone(), owner(), undo_access(&ended) => Rejection::NotUndoable;
        "a due start": started.clone(), owner(), undo_access(&started) => Rejection::NotUndoable;
        "the plan before was deleted": orphan.clone(), owner(), undo_plan(&orphan) => unknown;
        "somebody else's Compliance by an agent": placed.clone(), agent(), undo_access(&placed) => not_yours(Kind::Compliance);
        "the operator's Platform by a partner": platform.clone(), owner(), undo_access(&platform) => not_yours(Kind::Platform);
        "the operator's lift by a partner": lifted.clone(), owner(), undo_access(&lifted) => not_yours(Kind::Platform);
    };
    for &reason in Reason::ALL
        .iter()
        .filter(|reason| reason.kind().blocks_plan_change())
    {
        let held = changed
            .clone()
            .after(|world| ok(world.suspend(&Actor::Operator, reason)));
        cases.extend(table! {
            "Compliance and Platform block it": held.clone(), agent(), undo_plan(&held) => blocks(reason);
        });
    }
    cases
}

#[test]
fn every_refusal_of_an_undo() {
    check(cases());
}
