//! Where several reasons stand against a command, the first one in this order is told: permission, closed, revision,
//! then the rules of the command itself.

use domain::*;

use super::case::*;
use crate::world::*;

fn held(code: &str) -> World {
    World::on(code).after(|world| ok(world.suspend(&owner(), Reason::TermsBroken)))
}

/// Every command as a popup would send it that is out of date by now, to a customer whom no command may touch.
#[test]
fn permission_comes_before_closed_and_closed_before_stale() {
    let world = on_pro(|world| {
        ok(world.change("business"));
        ok(world.suspend(&owner(), Reason::TermsBroken));
        world.close();
    });
    for (command, permission) in [
        (change("max"), Permission::ChangePlan),
        (restore(1), Permission::RollbackPlan),
        (suspend(Reason::TermsBroken), Permission::Suspend),
        (lift(&World::on("pro"), Kind::ALL), Permission::Reactivate),
        (undo_plan(&world), Permission::Undo),
    ] {
        check(table! {
            "permission, then closed": world.clone(), viewer(), command.clone() => forbidden(permission);
            "closed, then stale": world.clone(), owner(), command => Rejection::Closed;
        });
    }
}

#[test]
fn of_a_plan_change() {
    let seen = |world: World, code| Command::ChangePlan(world.change_to(code));
    let moved = held("basic").after(|world| {
        world.account.plan_revision = PlanRevision(2);
    });
    let lost = held("pro").after(|world| world.delete("max"));
    let starter = World::on("starter");
    let repriced = World::on("basic").after(|world| world.reprice("starter", 35));
    let lab = World::on("basic").after(|world| world.reprice("lab", 60));
    check(table! {
        "stale, then blocked": moved.clone(), owner(), change("pro") => stale_plan(&moved);
        "blocked, then unknown": lost, owner(), change("max") => blocks(Reason::TermsBroken);
        "blocked, then the same plan": held("pro"), owner(), change("pro") => blocks(Reason::TermsBroken);
        "the same plan, then archived": starter.clone(), owner(), seen(starter, "starter") => Rejection::SamePlan;
        "archived, then not the newest": repriced, owner(), change("starter") => archived("starter");
        "not the newest, then not eligible": lab, owner(), change("lab") => stale_version("lab", 2);
    });
}

#[test]
fn of_a_rollback() {
    let moved = held("pro").after(|world| world.account.plan_revision = PlanRevision(2));
    let blocked = || blocks(Reason::TermsBroken);
    let repriced = on_pro(|world| world.reprice("starter", 35));
    let busy = on_pro(|world| {
        world.reprice("basic", 21);
        world.uses("seats", 4);
    });
    check(table! {
        "stale, then blocked": moved.clone(), owner(), lower("basic", 1) => stale_plan(&moved);
        "blocked, then nowhere to go": held("free"), owner(), restore(1) => blocked();
        "nowhere to go, then the same plan": World::on("free"), owner(), restore(1) => Rejection::NoRollbackTarget;
        "archived, then not the newest": repriced, owner(), lower("starter", 1) => archived("starter");
        "not the newest, then over the limit": busy, owner(), lower("basic", 1) => stale_version("basic", 2);
    });
}

#[test]
fn of_a_suspension() {
    let other = suspended(Reason::Other);
    let hasty = Suspend {
        note: None,
        until: Some(NOON),
        ..World::on("pro").suspension(Reason::Other)
    };
    let again = Command::Suspend(Suspend {
        expect_access_revision: other.account.access_revision,
        ..hasty.clone()
    });
    let hasty = Command::Suspend(hasty);
    check(table! {
        "not yours, then stale": other.clone(), owner(), suspend(Reason::Operator) => not_yours(Kind::Platform);
        "stale, then suspended already": other.clone(), owner(), suspend(Reason::Other) => stale_access(&other);
        "suspended already, then no note": other.clone(), owner(), again => already(&other);
        "no note, then an end that was": World::on("pro"), owner(), hasty => Rejection::NoteRequired;
    });
}

#[test]
fn of_a_reactivation() {
    let broken = suspended(Reason::TermsBroken);
    let of = |suspensions| {
        let lifting = broken.lifting(&[]);
        Command::Reactivate(Reactivate {
            suspensions,
            ..lifting
        })
    };
    let open = broken.account.suspensions[0].id.clone();
    let (first, second) = (of(vec![sus(99), open.clone()]), of(vec![open, sus(99)]));
    let early = lift(&World::on("pro"), Kind::ALL);
    check(table! {
        "stale, then nothing chosen": broken.clone(), agent(), early => stale_access(&broken);
        "the first of the chosen: unknown": broken.clone(), agent(), first => Rejection::NotSuspended;
        "the first of the chosen: not yours": broken.clone(), agent(), second => not_yours(Kind::Compliance);
    });
}

#[test]
fn of_an_undo() {
    let changed = on_pro(|world| ok(world.change("business")));
    let twice = changed.clone().after(|world| {
        ok(world.change("max"));
        ok(world.suspend(&owner(), Reason::TermsBroken));
    });
    let orphan = changed.clone().after(|world| {
        ok(world.suspend(&owner(), Reason::TermsBroken));
        world.delete("pro");
    });
    let blocked = blocks(Reason::TermsBroken);
    check(table! {
        "superseded, then blocked": twice.clone(), owner(), undo_plan(&changed) => superseded(&twice, Aspect::Plan);
        "not undoable, then blocked": held("pro"), owner(), undo(cmd(0)) => Rejection::NotUndoable;
        "blocked, then a deleted plan": orphan, owner(), undo_plan(&changed) => blocked;
    });
}
