use domain::time::{HOUR, MINUTE};
use domain::*;

use super::case::*;
use crate::world::*;

pub fn suspending() -> Vec<Case> {
    let with = |edit: fn(&mut Suspend), reason| {
        let mut suspend = World::on("pro").suspension(reason);
        edit(&mut suspend);
        Command::Suspend(suspend)
    };
    // A command is given a minute after noon.
    let now = |suspend: &mut Suspend| suspend.until = Some(NOON.plus_millis(MINUTE));
    let past = |suspend: &mut Suspend| suspend.until = Some(NOON);
    let bare = |suspend: &mut Suspend| suspend.note = None;
    let overdue = suspended(Reason::PaymentOverdue);
    let broken = suspended(Reason::TermsBroken);
    let planned = on_pro(|world| world.plan_suspension(Reason::TermsBroken, HOUR, None));
    let then = |world: &World, reason| Command::Suspend(world.suspension(reason));
    let (pay, risk) = (Reason::PaymentOverdue, Reason::SecurityRisk);
    let mut cases = table! {
        "the same kind, the same reason": overdue.clone(), agent(), then(&overdue, pay) => already(&overdue);
        "the same kind, another reason": broken.clone(), agent(), then(&broken, risk) => already(&broken);
        "the same kind, planned": planned.clone(), agent(), then(&planned, risk) => already(&planned);
        "“Other” without a note": World::on("pro"), agent(), with(bare, Reason::Other) => Rejection::NoteRequired;
        "an end that is now": World::on("pro"), agent(), with(now, pay) => Rejection::UntilInPast;
        "an end that was": World::on("pro"), agent(), with(past, pay) => Rejection::UntilInPast;
        "the access moved": broken.clone(), agent(), suspend(pay) => stale_access(&broken);
    };
    for actor in [owner(), manager(), agent()] {
        cases.extend(table! {
            "Platform is the operator's": World::on("pro"), actor, suspend(Reason::Operator) => not_yours(Kind::Platform);
        });
    }
    cases
}

pub fn reactivating() -> Vec<Case> {
    let [overdue, broken, platform] = [
        Reason::PaymentOverdue,
        Reason::TermsBroken,
        Reason::Operator,
    ]
    .map(suspended);
    let chosen = |world: &World, suspensions: Vec<SuspensionId>| {
        let lifting = world.lifting(&[]);
        Command::Reactivate(Reactivate {
            suspensions,
            ..lifting
        })
    };
    let ids = |world: &World| world.lifting(Kind::ALL).suspensions;
    let lifted = overdue
        .clone()
        .after(|world| ok(world.lift(&agent(), &[Kind::Billing])));
    let moved = overdue
        .clone()
        .after(|world| ok(world.suspend(&agent(), Reason::Other)));
    let both = broken
        .clone()
        .after(|world| ok(world.suspend(&agent(), Reason::Other)));
    let (nobody, closed) = (World::on("pro"), Rejection::NotSuspended);
    let mut cases = table! {
        "nobody is suspended": nobody.clone(), owner(), chosen(&nobody, ids(&overdue)) => closed.clone();
        "no suspension is chosen": overdue.clone(), owner(), chosen(&overdue, vec![]) => closed.clone();
        "a suspension that never was": overdue.clone(), owner(), chosen(&overdue, vec![sus(99)]) => closed.clone();
        "a suspension that was lifted": lifted.clone(), owner(), chosen(&lifted, ids(&overdue)) => closed;
        "the access moved": moved.clone(), owner(), lift(&overdue, &[Kind::Billing]) => stale_access(&moved);
        "Compliance by an agent": broken.clone(), agent(), lift(&broken, &[Kind::Compliance]) => not_yours(Kind::Compliance);
        "all of them or none": both.clone(), agent(), lift(&both, Kind::ALL) => not_yours(Kind::Compliance);
    };
    for actor in [owner(), manager(), agent()] {
        cases.extend(table! {
            "Platform obeys the operator alone": platform.clone(), actor, lift(&platform, &[Kind::Platform]) => not_yours(Kind::Platform);
        });
    }
    cases
}

#[test]
fn every_refusal_of_a_suspension() {
    check(suspending());
}

#[test]
fn every_refusal_of_a_reactivation() {
    check(reactivating());
}
