use domain::time::{DAY, HOUR};
use domain::*;

use crate::world::*;

#[test]
fn time_alone_changes_nothing_an_event_does() {
    let mut world = World::on("pro");
    world.suspend_for(Reason::PaymentOverdue, HOUR).unwrap();
    let until = world.account.suspensions[0].until;
    assert_eq!(next_due(&world.account), until);
    world.now = until.unwrap().plus_millis(-1);
    assert_eq!(world.settle(), 0);
    world.wait(1);
    assert_eq!(world.account.status(), Status::Suspended);
    assert_eq!(world.settle(), 1);
    assert_eq!(world.account.status(), Status::Active);
    let last = world.log.last().unwrap();
    let due = until.unwrap();
    let ended = Body::SuspensionEnded {
        suspension: world.account.just_lifted[0].id.clone(),
        kind: Kind::Billing,
        due,
    };
    assert_eq!((&last.body, &last.actor), (&ended, &ActorRef::System));
    assert_eq!((world.settle(), next_due(&world.account)), (0, None));
}

#[test]
fn a_scheduled_suspension_is_open_but_not_in_force_until_it_starts() {
    let mut world = World::on("pro");
    world.plan_suspension(Reason::PaymentOverdue, HOUR, Some(DAY));
    assert_eq!(world.account.status(), Status::Active);
    assert!(matches!(
        world.suspend(&owner(), Reason::PaymentOverdue),
        Err(Rejection::AlreadySuspended { .. })
    ));
    world.wait(HOUR);
    assert_eq!(world.settle(), 1);
    assert_eq!(world.account.status(), Status::Suspended);
}

#[test]
fn everything_missed_while_the_server_stood_still_is_settled_in_order_of_due_time() {
    let mut world = World::on("pro");
    world.plan_suspension(Reason::PaymentOverdue, 2 * HOUR, Some(HOUR));
    world.suspend_for(Reason::CustomerAsked, HOUR).unwrap();
    let (revision, epoch) = (world.account.access_revision, world.account.epoch);
    world.wait(30 * DAY);
    assert_eq!(world.settle(), 3);
    let kinds: Vec<_> = world.log[world.log.len() - 3..]
        .iter()
        .map(Event::kind)
        .collect();
    assert_eq!(
        kinds,
        [
            EventKind::SuspensionEnded,
            EventKind::SuspensionStarted,
            EventKind::SuspensionEnded
        ]
    );
    assert_eq!(world.account.status(), Status::Active);
    assert_eq!(
        (world.account.access_revision, world.account.epoch),
        (revision.next(), epoch.next())
    );
}

#[test]
fn an_end_before_its_start_ends_it_at_its_start() {
    let mut world = World::on("pro");
    world.plan_suspension(Reason::PaymentOverdue, HOUR, Some(-DAY));
    assert_eq!(world.settle(), 0);
    world.wait(HOUR);
    assert_eq!(world.settle(), 2);
    assert_eq!(world.account.suspensions, []);
}

#[test]
fn a_command_first_settles_what_is_due() {
    let mut world = World::on("pro");
    world.suspend_for(Reason::TermsBroken, HOUR).unwrap();
    world.wait(HOUR);
    world.change("max").unwrap();
    assert_eq!(world.account.status(), Status::Active);
}

#[test]
fn nothing_is_due_for_a_customer_who_left() {
    let mut world = World::on("pro");
    world.suspend_for(Reason::PaymentOverdue, HOUR).unwrap();
    world.close();
    world.wait(1000 * DAY);
    assert_eq!((world.settle(), next_due(&world.account)), (0, None));
}

#[test]
fn the_end_of_a_suspension_that_was_lifted_never_comes() {
    let mut world = World::on("pro");
    world.suspend_for(Reason::PaymentOverdue, HOUR).unwrap();
    world.lift(&owner(), &[Kind::Billing]).unwrap();
    world.suspend_for(Reason::PaymentOverdue, DAY).unwrap();
    assert_eq!(world.wait(HOUR).settle(), 0);
    assert_eq!(world.account.status(), Status::Suspended);
    assert_eq!(world.wait(DAY).settle(), 1);
}
