//! What status is made of, and what moves the revisions.

use domain::time::HOUR;
use domain::*;

use crate::world::*;

fn on_pro(steps: fn(&mut World)) -> World {
    World::on("pro").after(steps)
}

fn suspend(world: &mut World, reason: Reason) {
    world.suspend(&Actor::Operator, reason).unwrap();
}

fn plan(world: &mut World) {
    world.plan_suspension(Reason::TermsBroken, HOUR, Some(HOUR));
}

#[test]
fn status_is_derived() {
    use Status::{Active, Closed, Suspended};
    for (rule, steps, status) in [
        ("nothing in force", (|_| {}) as fn(&mut World), Active),
        (
            "one in force",
            |world| suspend(world, Reason::Other),
            Suspended,
        ),
        ("one only planned", plan, Active),
        (
            "one planned, one in force",
            |world| {
                plan(world);
                suspend(world, Reason::Other);
            },
            Suspended,
        ),
        (
            "a planned one due, but not settled",
            |world| {
                plan(world);
                world.wait(HOUR);
            },
            Active,
        ),
        (
            "a planned one that started",
            |world| {
                plan(world);
                world.wait(HOUR).settle();
            },
            Suspended,
        ),
        (
            "an end due, but not settled",
            |world| {
                world.suspend_for(Reason::Other, HOUR).unwrap();
                world.wait(HOUR);
            },
            Suspended,
        ),
        (
            "one that ended",
            |world| {
                world.suspend_for(Reason::Other, HOUR).unwrap();
                world.wait(HOUR).settle();
            },
            Active,
        ),
        (
            "one of two lifted",
            |world| {
                suspend(world, Reason::Other);
                suspend(world, Reason::Operator);
                world.lift(&owner(), &[Kind::Manual]).unwrap();
            },
            Suspended,
        ),
        (
            "both lifted",
            |world| {
                suspend(world, Reason::Other);
                suspend(world, Reason::Operator);
                world.lift(&Actor::Operator, Kind::ALL).unwrap();
            },
            Active,
        ),
        ("left", World::close, Closed),
        (
            "left while suspended",
            |world| {
                suspend(world, Reason::Other);
                world.close();
            },
            Closed,
        ),
    ] {
        let world = on_pro(steps);
        assert_eq!(world.account.status(), status, "{rule}");
        let later = afterwards(&world.account, &world.catalog, &[]);
        assert_eq!(
            later.status, status,
            "{rule}: lifting nothing changes nothing"
        );
    }
}

#[test]
fn what_moves_which_revision() {
    for (rule, before, step, plan_moves, access_moves, epoch_moves) in [
        (
            "a change",
            (|_| {}) as fn(&mut World),
            (|world| _ = world.change("max")) as fn(&mut World),
            1,
            0,
            1,
        ),
        (
            "a rollback",
            |_| {},
            |world| _ = world.roll_back_by_default(),
            1,
            0,
            1,
        ),
        (
            "undoing a change",
            |world| _ = world.change("max"),
            |world| _ = world.undo_last_plan(),
            1,
            0,
            1,
        ),
        (
            "a suspension",
            |_| {},
            |world| suspend(world, Reason::Other),
            0,
            1,
            1,
        ),
        ("a planned suspension", |_| {}, plan, 0, 1, 1),
        (
            "its start",
            plan,
            |world| _ = world.wait(HOUR).settle(),
            0,
            1,
            1,
        ),
        (
            "its start and end at once",
            plan,
            |world| _ = world.wait(2 * HOUR).settle(),
            0,
            1,
            1,
        ),
        (
            "lifting one",
            |world| suspend(world, Reason::Other),
            |world| _ = world.lift(&owner(), Kind::ALL),
            0,
            1,
            1,
        ),
        (
            "lifting two at once",
            |world| {
                suspend(world, Reason::Other);
                suspend(world, Reason::TermsBroken);
            },
            |world| _ = world.lift(&owner(), Kind::ALL),
            0,
            1,
            1,
        ),
        ("leaving", |_| {}, World::close, 0, 0, 1),
        (
            "a refusal",
            |_| {},
            |world| _ = world.change("pro"),
            0,
            0,
            0,
        ),
        (
            "usage",
            |_| {},
            |world| _ = world.uses("seats", 11),
            0,
            0,
            0,
        ),
    ] {
        let world = on_pro(before);
        let old = world.account.clone();
        let new = world.after(step).account;
        let moved = (
            new.plan_revision.0 - old.plan_revision.0,
            new.access_revision.0 - old.access_revision.0,
            new.epoch.0 - old.epoch.0,
        );
        assert_eq!(moved, (plan_moves, access_moves, epoch_moves), "{rule}");
    }
}
