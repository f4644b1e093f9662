use domain::time::DAY;
use domain::*;

use crate::world::*;

#[test]
fn a_suspension_keeps_out_at_once_and_leaves_the_plan_alone() {
    let mut world = World::on("pro");
    let before = world.account.ledger.clone();
    let id = world.suspend(&agent(), Reason::PaymentOverdue).unwrap();
    assert_eq!(world.account.status(), Status::Suspended);
    assert_eq!(world.account.ledger, before);
    let open = world.account.open_of_kind(Kind::Billing).unwrap();
    assert_eq!(
        (open.reason, open.in_force, open.until),
        (Reason::PaymentOverdue, true, None)
    );
    assert_eq!(
        (&open.placed_by, open.placed_at, &open.command),
        (&agent().reference(), world.now, &id)
    );
    assert_eq!(open.note, note("ticket 7"));
    assert_eq!(
        (world.account.access_revision, world.account.epoch),
        (AccessRevision(2), Epoch(2))
    );
    assert_eq!(world.account.plan_revision, PlanRevision(1));
}

#[test]
fn the_reason_decides_the_kind() {
    for (reason, kind) in [
        (Reason::PaymentOverdue, Kind::Billing),
        (Reason::FraudOrChargeback, Kind::Compliance),
        (Reason::TermsBroken, Kind::Compliance),
        (Reason::SecurityRisk, Kind::Compliance),
        (Reason::CustomerAsked, Kind::Manual),
        (Reason::Other, Kind::Manual),
        (Reason::Operator, Kind::Platform),
    ] {
        assert_eq!(reason.kind(), kind);
    }
}

#[test]
fn a_second_suspension_of_a_kind_is_refused_with_the_first_another_kind_stacks() {
    let mut world = World::on("pro");
    world.suspend(&agent(), Reason::TermsBroken).unwrap();
    let Err(Rejection::AlreadySuspended { by }) = world.suspend(&owner(), Reason::SecurityRisk)
    else {
        panic!("a second Compliance suspension");
    };
    assert_eq!(
        (by.reason, by.placed_by),
        (Reason::TermsBroken, agent().reference())
    );
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    world.suspend(&owner(), Reason::CustomerAsked).unwrap();
    world.suspend(&Actor::Operator, Reason::Operator).unwrap();
    assert_eq!(world.account.suspensions.len(), 4);
}

#[test]
fn reactivating_one_of_several_leaves_the_account_suspended() {
    let mut world = World::on("pro");
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    world.suspend(&owner(), Reason::TermsBroken).unwrap();
    let lifting = Reactivate {
        note: note("ticket 12"),
        ..world.lifting(&[Kind::Billing])
    };
    world.give(&owner(), &Command::Reactivate(lifting)).unwrap();
    assert_eq!(world.account.status(), Status::Suspended);
    assert_eq!(world.log.last().unwrap().private.note, note("ticket 12"));
    world.lift(&owner(), &[Kind::Compliance]).unwrap();
    assert_eq!(world.account.status(), Status::Active);
}

#[test]
fn several_suspensions_lifted_by_one_command_are_one_step() {
    let mut world = World::on("pro");
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    world.suspend(&owner(), Reason::TermsBroken).unwrap();
    let (revision, epoch) = (world.account.access_revision, world.account.epoch);
    let mut lifting = world.lifting(&[Kind::Billing, Kind::Compliance]);
    lifting.suspensions.push(lifting.suspensions[0].clone());
    world.give(&owner(), &Command::Reactivate(lifting)).unwrap();
    assert_eq!(
        (world.account.access_revision, world.account.epoch),
        (revision.next(), epoch.next())
    );
    assert_eq!(
        world
            .log
            .iter()
            .filter(|event| event.kind() == EventKind::SuspensionLifted)
            .count(),
        2
    );
}

#[test]
fn who_may_lift_what() {
    let reasons = [
        Reason::CustomerAsked,
        Reason::PaymentOverdue,
        Reason::TermsBroken,
        Reason::Operator,
    ];
    for (actor, liftable) in [
        (owner(), [true, true, true, false]),
        (manager(), [true, true, true, false]),
        (agent(), [true, true, false, false]),
        (viewer(), [false, false, false, false]),
        (Actor::Operator, [true, true, true, true]),
        (Actor::System, [false, false, false, false]),
    ] {
        for (reason, may) in reasons.into_iter().zip(liftable) {
            let mut world = World::on("pro");
            world.suspend(&Actor::Operator, reason).unwrap();
            assert_eq!(
                world.lift(&actor, &[reason.kind()]).is_ok(),
                may,
                "{actor:?} {reason:?}"
            );
        }
    }
}

#[test]
fn who_may_suspend() {
    for (actor, reasons) in [
        (Actor::Operator, Reason::ALL),
        (owner(), &Reason::ALL[..6]),
        (manager(), &Reason::ALL[..6]),
        (agent(), &Reason::ALL[..6]),
    ] {
        for reason in reasons {
            let mut world = World::on("pro");
            world.suspend(&actor, *reason).unwrap();
            let open = &world.account.suspensions[0];
            assert_eq!((open.reason, open.kind), (*reason, reason.kind()));
        }
    }
}

#[test]
fn suspending_and_lifting_against_a_moved_access_is_stale() {
    let mut world = World::on("pro");
    let seen = Command::Suspend(world.suspension(Reason::PaymentOverdue));
    world.suspend(&agent(), Reason::PaymentOverdue).unwrap();
    let Err(Rejection::Stale(Stale::Access { now, moved })) = world.give(&owner(), &seen) else {
        panic!("the second suspension must be stale");
    };
    assert_eq!(
        (now, moved.unwrap().by),
        (AccessRevision(2), agent().reference())
    );
    let lifting = Command::Reactivate(world.lifting(&[Kind::Billing]));
    world.suspend(&agent(), Reason::CustomerAsked).unwrap();
    assert!(matches!(
        world.give(&owner(), &lifting),
        Err(Rejection::Stale(Stale::Access { .. }))
    ));
}

#[test]
fn compliance_and_platform_block_plan_changes_billing_and_manual_do_not() {
    for reason in Reason::ALL.iter().copied() {
        let mut world = World::with_history(&["basic"], "pro");
        world.suspend(&Actor::Operator, reason).unwrap();
        let kind = reason.kind();
        let blocked = Err(Rejection::BlocksPlanChange { kind, reason });
        let (changed, rolled) = (
            world.clone().change("max"),
            world.clone().roll_back_by_default(),
        );
        if kind.blocks_plan_change() {
            assert_eq!((changed, rolled), (blocked.clone(), blocked), "{reason:?}");
        } else {
            assert!(changed.is_ok() && rolled.is_ok(), "{reason:?}");
            world.change("max").unwrap();
            assert_eq!(
                world.account.status(),
                Status::Suspended,
                "the account stays suspended"
            );
        }
    }
}

#[test]
fn afterwards_says_what_will_be_true() {
    let mut world = World::on("pro");
    world.uses("seats", 22);
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    world.suspend(&owner(), Reason::TermsBroken).unwrap();
    let ids: Vec<_> = world
        .account
        .suspensions
        .iter()
        .map(|open| open.id.clone())
        .collect();
    let all = afterwards(&world.account, &world.catalog, &ids);
    assert_eq!((all.status, all.remaining.len()), (Status::Active, 0));
    assert_eq!(
        all.over,
        [OverLimit {
            limit: name("seats"),
            used: 22,
            allowed: 12
        }]
    );
    let one = afterwards(&world.account, &world.catalog, &ids[..1]);
    assert_eq!(
        (one.status, one.remaining[0].reason),
        (Status::Suspended, Reason::TermsBroken)
    );
}

#[test]
fn a_planned_suspension_begins_when_due_and_can_be_lifted_before() {
    let mut world = World::on("pro");
    let planned = |world: &World, start: i64, end: Option<i64>| {
        let at = |millis| world.now.plus_millis(millis);
        Command::Suspend(Suspend {
            starts_at: Some(at(start)),
            until: end.map(at),
            ..world.suspension(Reason::PaymentOverdue)
        })
    };
    let give = |world: &mut World, start, end| {
        let command = planned(world, start, end);
        world.give(&agent(), &command)
    };
    assert_eq!(give(&mut world, 0, None), Err(Rejection::StartInPast));
    assert_eq!(
        give(&mut world, DAY, Some(DAY)),
        Err(Rejection::UntilInPast)
    );
    give(&mut world, DAY, Some(2 * DAY)).unwrap();
    assert_eq!(world.account.status(), Status::Active);
    assert!(
        matches!(
            world.suspend(&owner(), Reason::PaymentOverdue),
            Err(Rejection::AlreadySuspended { .. })
        ),
        "one of a kind, planned ones included"
    );
    let mut early = world.clone();
    early.lift(&agent(), &[Kind::Billing]).unwrap();
    let Body::SuspensionLifted { in_force, .. } = early.log.last().unwrap().body else {
        panic!("lifted");
    };
    assert!(!in_force);
    assert_eq!(early.wait(3 * DAY).settle(), 0);
    world.wait(DAY).settle();
    assert_eq!(world.account.status(), Status::Suspended);
    assert_eq!(
        world.account.access_moved.as_ref().unwrap().by,
        ActorRef::System
    );
    world.wait(DAY).settle();
    assert_eq!(world.account.status(), Status::Active);
    assert_eq!(world.settle(), 0, "exactly once");
}
