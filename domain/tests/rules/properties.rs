//! The invariants, over random lives of a customer.

use domain::*;
use proptest::prelude::*;

use crate::lives::*;
use crate::world::*;

fn check_account(world: &World) {
    let account = &world.account;
    let rows: Vec<_> = account.ledger.rows().cloned().collect();
    assert_eq!(
        rows.iter().filter(|row| row.ended_at.is_none()).count(),
        1,
        "exactly one open assignment"
    );
    assert!(
        Ledger::from_rows(rows).is_ok(),
        "gap-free and joined end to start"
    );
    let in_force = account.suspensions.iter().any(|open| open.in_force);
    assert_eq!(account.status() == Status::Suspended, in_force);
    for kind in Kind::ALL {
        assert!(
            account
                .suspensions
                .iter()
                .filter(|open| open.kind == *kind)
                .count()
                <= 1,
            "one open of a kind"
        );
    }
    assert!(
        account
            .suspensions
            .iter()
            .all(|open| open.kind == open.reason.kind())
    );
    let folded = Account::fold(&world.log).unwrap();
    assert_eq!(
        Account {
            usage: account.usage.clone(),
            ..folded
        },
        *account,
        "the account is the fold of its log"
    );
}

/// What the resold product would enforce.
fn entitlements(world: &World) -> (Status, Vec<(LimitName, Limit)>, Terms) {
    let terms = world.account.assignment().terms.clone();
    (
        world.account.status(),
        world.catalog.limits(&terms).to_vec(),
        terms,
    )
}

fn check_step(before: &World, after: &World, outcome: &Result<CommandId, Rejection>) {
    check_account(after);
    let (old, new) = (&before.account, &after.account);
    if outcome.is_err() {
        assert_eq!(old, new, "a refusal changes nothing");
        assert_eq!(before.log, after.log);
        return;
    }
    assert_eq!(new.epoch, old.epoch.next(), "one step of the epoch");
    let plan_moved = new.plan_revision != old.plan_revision;
    let access_moved = new.access_revision != old.access_revision;
    assert!(plan_moved != access_moved, "one aspect moves");
    assert!(!plan_moved || new.plan_revision == old.plan_revision.next());
    assert!(!access_moved || new.access_revision == old.access_revision.next());
    assert_eq!(plan_moved, new.ledger != old.ledger);
    assert_eq!(access_moved, new.suspensions != old.suspensions);
    assert!(
        after.log.starts_with(&before.log),
        "the log is only appended to"
    );
    let mut kept: Vec<_> = new.ledger.rows().cloned().collect();
    kept.truncate(old.ledger.rows().count());
    let ends = |rows: Vec<Assignment>| {
        rows.into_iter()
            .map(|row| Assignment {
                ended_at: None,
                ..row
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ends(kept),
        ends(old.ledger.rows().cloned().collect()),
        "no row is lost or rewritten"
    );
}

fn platform(account: &Account) -> Option<&SuspensionId> {
    account.open_of_kind(Kind::Platform).map(|open| &open.id)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_step_keeps_the_invariants(life in a_life()) {
        live(&life, |before, after, actor, _, outcome| {
            check_step(before, after, outcome);
            assert!(outcome.is_err() || *actor != viewer(), "a viewer moves nothing");
            if *actor != Actor::Operator {
                assert_eq!(platform(&before.account), platform(&after.account), "Platform obeys the operator alone");
            }
        });
    }

    #[test]
    fn the_same_command_given_twice_is_refused_the_second_time(life in a_life()) {
        live(&life, |_, after, actor, command, outcome| {
            if outcome.is_ok() {
                let mut again = after.clone();
                assert!(again.give(actor, command).is_err());
                assert_eq!(again.account.ledger, after.account.ledger);
            }
        });
    }

    #[test]
    fn undo_right_after_restores_equal_entitlements_and_redo_brings_them_back(life in a_life()) {
        live(&life, |before, after, _, _, outcome| {
            let Ok(done) = outcome else { return };
            let mut world = after.clone();
            // A suspension that runs out in this minute would move access by itself.
            if next_due(&world.account).is_some_and(|due| due <= world.now.plus_millis(2 * domain::time::MINUTE)) {
                return;
            }
            let undone = world.undo(&Actor::Operator, done).unwrap();
            assert_eq!(entitlements(&world), entitlements(before));
            let due = next_due(&world.account);
            if due.is_none_or(|due| due > world.now.plus_millis(domain::time::MINUTE)) {
                world.undo(&Actor::Operator, &undone).unwrap();
                assert_eq!(entitlements(&world), entitlements(after));
            }
        });
    }

    #[test]
    fn suspend_and_change_commute_where_neither_blocks_the_other(life in a_life(), plan in 0..PLANS.len(), reason in proptest::sample::select(Reason::ALL)) {
        let world = live(&life, |_, _, _, _, _| {});
        let change = Command::ChangePlan(world.change_to(PLANS[plan]));
        let suspend = Command::Suspend(Suspend { until: None, ..world.suspension(reason) });
        let run = |first: &Command, second: &Command| {
            let mut world = world.clone();
            let both = world.give(&Actor::Operator, first).is_ok() & world.give(&Actor::Operator, second).is_ok();
            (both, world)
        };
        let ((one_way, one), (other_way, other)) = (run(&change, &suspend), run(&suspend, &change));
        if one_way && other_way {
            prop_assert_eq!(entitlements(&one), entitlements(&other));
            prop_assert_eq!(one.account.plan_revision, other.account.plan_revision);
            prop_assert_eq!(one.account.access_revision, other.account.access_revision);
            prop_assert_eq!(one.account.epoch, other.account.epoch);
        }
    }

    #[test]
    fn what_is_offered_is_taken_and_what_is_refused_is_not(life in a_life(), actor in an_actor()) {
        let mut world = live(&life, |_, _, _, _, _| {});
        world.account.usage.clear();
        world.settle();
        let menu = available_actions(&world.account, &world.catalog, &actor);
        let refused = |action| menu.iter().find(|entry| entry.action == action).and_then(|entry| entry.refused.clone());
        for choice in change_choices(&world.account, &world.catalog, world.now) {
            let change = Command::ChangePlan(ChangePlan {
                plan: choice.terms.plan.clone(),
                version: choice.terms.version,
                cycle: choice.terms.cycle,
                ..world.change_to("pro")
            });
            let mut world = world.clone();
            let taken = world.give(&actor, &change);
            if choice.kind == ChangeKind::Current {
                continue;
            }
            prop_assert_eq!(taken.is_ok(), choice.reasons.is_empty() && refused(Action::ChangePlan).is_none());
            prop_assert!(taken.is_err() || world.account.assignment().terms == choice.terms);
        }
        for choice in world.choices().choices {
            let mut world = world.clone();
            let taken = world.give(&actor, &Command::RollbackPlan(world.rollback_to(choice.target)));
            prop_assert_eq!(taken.is_ok(), refused(Action::RollbackPlan).is_none());
            prop_assert!(taken.is_err() || world.account.assignment().terms == choice.terms);
        }
    }
}
