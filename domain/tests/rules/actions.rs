use domain::*;

use crate::world::*;

fn menu(world: &World, actor: &Actor) -> Vec<(Action, Option<Rejection>)> {
    let entries = available_actions(&world.account, &world.catalog, actor);
    entries
        .into_iter()
        .map(|entry| (entry.action, entry.refused))
        .collect()
}

fn refused(world: &World, actor: &Actor, action: Action) -> Option<Rejection> {
    menu(world, actor)
        .into_iter()
        .find(|(entry, _)| *entry == action)
        .unwrap()
        .1
}

#[test]
fn an_active_customer_can_be_viewed_changed_rolled_back_and_suspended() {
    let entries = [
        Action::View,
        Action::ChangePlan,
        Action::RollbackPlan,
        Action::Suspend,
    ];
    assert_eq!(
        menu(&World::on("pro"), &agent()),
        entries.map(|action| (action, None))
    );
}

#[test]
fn a_suspended_customer_can_be_reactivated_and_suspended_for_another_reason() {
    let mut world = World::on("pro");
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    let entries = [
        Action::View,
        Action::ChangePlan,
        Action::RollbackPlan,
        Action::Reactivate,
        Action::Suspend,
    ];
    assert_eq!(menu(&world, &agent()), entries.map(|action| (action, None)));
}

#[test]
fn suspended_for_all_that_one_may_suspend_for_there_is_nothing_to_add() {
    let mut world = World::on("pro");
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    world.suspend(&owner(), Reason::TermsBroken).unwrap();
    assert_eq!(refused(&world, &owner(), Action::Suspend), None);
    world.suspend(&owner(), Reason::CustomerAsked).unwrap();
    assert_eq!(
        refused(&world, &owner(), Action::Suspend),
        Some(Rejection::NoSuspensionLeft)
    );
    assert_eq!(refused(&world, &Actor::Operator, Action::Suspend), None);
}

#[test]
fn a_blocking_suspension_is_the_reason_why_not() {
    let mut world = World::on("pro");
    world.suspend(&owner(), Reason::TermsBroken).unwrap();
    let blocked = Some(Rejection::BlocksPlanChange {
        kind: Kind::Compliance,
        reason: Reason::TermsBroken,
    });
    assert_eq!(refused(&world, &owner(), Action::ChangePlan), blocked);
    assert_eq!(refused(&world, &owner(), Action::RollbackPlan), blocked);
    assert_eq!(refused(&world, &owner(), Action::Reactivate), None);
    assert_eq!(
        refused(&world, &agent(), Action::Reactivate),
        Some(Rejection::NotYours {
            kind: Kind::Compliance
        })
    );
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    assert_eq!(
        refused(&world, &agent(), Action::Reactivate),
        None,
        "the Billing one may be lifted"
    );
}

#[test]
fn nothing_to_go_to_is_a_reason_too() {
    let mut world = World::on("free");
    assert_eq!(
        refused(&world, &owner(), Action::RollbackPlan),
        Some(Rejection::NoRollbackTarget)
    );
    world.catalog.plans.retain(|plan| plan.id == pln("free"));
    assert_eq!(
        refused(&world, &owner(), Action::ChangePlan),
        Some(Rejection::NoChangeTarget)
    );
}

#[test]
fn a_viewer_sees_every_entry_and_may_only_view() {
    for (action, refused) in menu(&World::on("pro"), &viewer()) {
        let forbidden = matches!(refused, Some(Rejection::Forbidden { .. }));
        assert_eq!(forbidden, action != Action::View);
    }
}

#[test]
fn a_customer_who_left_can_only_be_viewed() {
    let mut world = World::on("pro");
    world.close();
    for (action, refused) in menu(&world, &owner()) {
        assert_eq!(
            refused,
            (action != Action::View).then_some(Rejection::Closed)
        );
    }
}

#[test]
fn a_lists_row_gives_the_same_menu_as_the_account() {
    let mut world = World::with_history(&["starter"], "free");
    world.suspend(&owner(), Reason::PaymentOverdue).unwrap();
    let account = &world.account;
    let row = Situation::from_row(
        account.lifecycle,
        vec![Reason::PaymentOverdue],
        &account.assignment().terms,
        domain::targets::earlier_count(account, &world.catalog),
        &world.catalog,
    );
    assert_eq!(row, Situation::of(account, &world.catalog));
}
