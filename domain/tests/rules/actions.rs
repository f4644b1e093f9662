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

/// What stands against Change Plan and Rollback Plan, which entry stands last, and what against that; `-` for nothing.
#[test]
fn the_menu_by_situation_and_role() {
    use Reason::{CustomerAsked, Operator, PaymentOverdue, TermsBroken};
    let on = |code: &str, reasons: &[Reason]| {
        World::on(code).after(|world| {
            for reason in reasons {
                world.suspend(&Actor::Operator, *reason).unwrap();
            }
        })
    };
    let pro = |reasons: &[Reason]| on("pro", reasons);
    let planned = pro(&[]).after(|world| world.plan_suspension(TermsBroken, 1, None));
    let left = |reasons: &[Reason]| pro(reasons).after(World::close);
    let lonely =
        on("pro", &[]).after(|world| world.catalog.plans.retain(|plan| plan.id == pln("pro")));
    let orphan = pro(&[]).after(|world| world.delete("pro"));
    let blocked = "blocks_plan_change blocks_plan_change reactivate";
    let (blocked_ok, not_yours) = (format!("{blocked} -"), format!("{blocked} not_yours"));
    let free = "- - suspend -";
    for (rule, world, actor, menu) in [
        ("active", pro(&[]), owner(), free),
        ("active", pro(&[]), manager(), free),
        ("active", pro(&[]), agent(), free),
        ("active", pro(&[]), Actor::Operator, free),
        (
            "a viewer only views",
            pro(&[]),
            viewer(),
            "forbidden forbidden suspend forbidden",
        ),
        (
            "a viewer only views",
            pro(&[PaymentOverdue]),
            viewer(),
            "forbidden forbidden reactivate forbidden",
        ),
        (
            "a planned suspension blocks nothing yet",
            planned,
            agent(),
            free,
        ),
        ("Manual", pro(&[CustomerAsked]), agent(), "- - reactivate -"),
        (
            "Billing",
            pro(&[PaymentOverdue]),
            agent(),
            "- - reactivate -",
        ),
        ("Compliance", pro(&[TermsBroken]), agent(), &*not_yours),
        ("Compliance", pro(&[TermsBroken]), manager(), &*blocked_ok),
        ("Compliance", pro(&[TermsBroken]), owner(), &*blocked_ok),
        ("Platform", pro(&[Operator]), owner(), &*not_yours),
        ("Platform", pro(&[Operator]), Actor::Operator, &*blocked_ok),
        (
            "one of two may be lifted",
            pro(&[TermsBroken, PaymentOverdue]),
            agent(),
            &*blocked_ok,
        ),
        (
            "one of two may be lifted",
            pro(&[Operator, CustomerAsked]),
            agent(),
            &*blocked_ok,
        ),
        ("left", left(&[]), owner(), "closed closed suspend closed"),
        (
            "left while suspended",
            left(&[PaymentOverdue]),
            owner(),
            "closed closed reactivate closed",
        ),
        (
            "the lowest plan",
            on("free", &[]),
            owner(),
            "- no_rollback_target suspend -",
        ),
        (
            "no other plan",
            lonely,
            owner(),
            "no_change_target no_rollback_target suspend -",
        ),
        (
            "a deleted plan",
            orphan,
            owner(),
            "- no_rollback_target suspend -",
        ),
    ] {
        let code = |refused: &Option<Rejection>| refused.as_ref().map_or("-", Rejection::code);
        let entries = self::menu(&world, &actor);
        let shown = format!(
            "{} {} {} {}",
            code(&entries[1].1),
            code(&entries[2].1),
            entries[3].0.code(),
            code(&entries[3].1)
        );
        assert_eq!(shown, menu, "{rule} {actor:?}");
        assert_eq!(entries[0], (Action::View, None), "{rule}: everybody views");
    }
}
