use domain::*;

use crate::world::*;

#[test]
fn an_event_comes_apart_and_together_again() {
    let mut world = World::on("pro");
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    let event = world.log.last().unwrap().clone();
    let (at, actor, command) = (event.at, event.actor.clone(), event.command.clone());
    let (body, private) = event.clone().split();
    assert_eq!(Event::join(at, actor, command, body, private), event);
}

#[test]
fn no_personal_or_typed_text_stands_in_a_body() {
    let mut world = World::on("pro");
    let change = ChangePlan {
        note: note("ticket 12"),
        reason: Some(ChangeReason::Other),
        ..world.change_to("business")
    };
    world.give(&owner(), &Command::ChangePlan(change)).unwrap();
    let placed = world.suspend(&owner(), Reason::Other).unwrap();
    world.undo(&owner(), &placed).unwrap();
    let bodies: String = world
        .log
        .iter()
        .map(|event| format!("{:?}", event.body))
        .collect();
    for text in ["ticket", "Please call", "Acme"] {
        assert!(!bodies.contains(text), "{text}");
    }
}

#[test]
fn erasing_the_private_parts_leaves_the_same_account_without_texts() {
    let mut world = World::on("basic");
    world.change("pro").unwrap();
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    let erased: Vec<_> = world
        .log
        .iter()
        .cloned()
        .map(|event| Event {
            private: Private::default(),
            ..event
        })
        .collect();
    let account = Account::fold(&erased).unwrap();
    assert_eq!(account.profile, Profile::default());
    assert_eq!(account.suspensions[0].note, None);
    assert_eq!(
        (account.ledger, account.epoch),
        (world.account.ledger.clone(), world.account.epoch)
    );
    assert_eq!(account.suspensions[0].reason, Reason::PaymentOverdue);
}

#[test]
fn an_imported_history_becomes_the_ledger() {
    let world = World::with_history(&["basic", "starter"], "pro");
    let rows: Vec<_> = world.account.ledger.rows().cloned().collect();
    assert_eq!(
        rows.iter().map(|row| row.seq.0).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(rows[0].ended_at, Some(rows[1].started_at));
    assert_eq!(
        Ledger::from_rows(rows.clone()),
        Ok(world.account.ledger.clone())
    );
    assert_eq!(Ledger::from_rows(vec![]), Err(BrokenLedger));
    assert_eq!(Ledger::from_rows(rows[1..].to_vec()), Err(BrokenLedger));
    assert_eq!(
        Ledger::from_rows(rows[..2].to_vec()),
        Err(BrokenLedger),
        "no open head"
    );
    let mut gap = rows;
    gap[0].ended_at = Some(NOON);
    assert_eq!(Ledger::from_rows(gap), Err(BrokenLedger));
}

#[test]
fn a_customer_imported_as_suspended_comes_in_one_step() {
    let mut world = World::on("pro");
    let body = Body::SuspensionPlaced {
        suspension: sus(1),
        reason: Reason::PaymentOverdue,
        placed_by: ActorRef::Operator,
        placed_at: NOON.plus_millis(-1),
        starts_at: NOON.plus_millis(-1),
        until: None,
        in_force: true,
        undoes: None,
    };
    world.record(vec![Event::join(
        NOON,
        ActorRef::Operator,
        cmd(0),
        body,
        Private::default(),
    )]);
    assert_eq!(
        (world.account.status(), world.account.epoch),
        (Status::Suspended, Epoch(1))
    );
    world.lift(&agent(), &[Kind::Billing]).unwrap();
}

#[test]
fn profile_and_usage_move_neither_revision_nor_epoch() {
    let mut world = World::on("pro");
    let before = world.account.clone();
    let profile = Profile {
        name: Some("Acme GmbH".to_owned()),
        ..Profile::default()
    };
    let private = Private {
        profile: Some(profile.clone()),
        ..Private::default()
    };
    let operator = || ActorRef::Operator;
    let crossed = Body::UsageCrossed {
        limit: name("seats"),
        threshold: Threshold::Near,
    };
    world.record(vec![
        Event::join(NOON, operator(), cmd(1), Body::ProfileChanged, private),
        Event::join(NOON, operator(), cmd(2), crossed, Private::default()),
    ]);
    assert_eq!(world.account, Account { profile, ..before });
}

#[test]
fn a_log_that_does_not_begin_with_an_arrival_makes_no_account() {
    let world = World::on("pro");
    assert_eq!(Account::fold(&[]), None);
    let closed = Event {
        body: Body::CustomerClosed,
        ..world.log[0].clone()
    };
    assert_eq!(Account::fold(&[closed]), None);
}

#[test]
fn a_ledger_numbers_and_joins_its_rows_itself() {
    let row = |started: i64| Assignment {
        seq: LedgerSeq(7),
        started_at: NOON.plus_millis(started),
        ended_at: Some(NOON),
        ..World::on("pro").account.assignment().clone()
    };
    let mut ledger = Ledger::starting_with(row(0));
    let shown = |ledger: &Ledger| -> Vec<_> {
        ledger
            .rows()
            .map(|row| (row.seq.0, row.ended_at.map(|end| end.millis_since(NOON))))
            .collect()
    };
    assert_eq!(shown(&ledger), [(1, None)]);
    ledger.append(row(10));
    ledger.append(row(30));
    assert_eq!(shown(&ledger), [(1, Some(10)), (2, Some(30)), (3, None)]);
}

#[test]
fn a_private_part_is_empty_until_something_stands_in_it() {
    assert!(Private::default().is_empty());
    let texts = SuspensionTexts::default();
    for private in [
        Private {
            note: note("x"),
            ..Private::default()
        },
        Private {
            suspension: Some(texts),
            ..Private::default()
        },
        Private {
            profile: Some(Profile::default()),
            ..Private::default()
        },
    ] {
        assert!(!private.is_empty(), "{private:?}");
    }
}

#[test]
fn a_log_from_before_there_were_planned_suspensions_says_that_they_kept_out() {
    let lifted = Body::SuspensionLifted {
        suspension: SuspensionId::from_random(NOON, [1; 10]),
        reason: Reason::PaymentOverdue,
        why: None,
        in_force: false,
        undoes: None,
    };
    let now = serde_json::to_string(&lifted).unwrap();
    assert_eq!(serde_json::from_str::<Body>(&now).unwrap(), lifted);
    let before = now.replace("\"in_force\":false,", "");
    assert_ne!(before, now);
    let read = serde_json::from_str::<Body>(&before).unwrap();
    assert!(
        matches!(read, Body::SuspensionLifted { in_force: true, .. }),
        "{read:?}"
    );
}
