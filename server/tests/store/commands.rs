//! Commands from end to end.

use domain::{Command, CustomerId, Reason, Rejection, RollbackPlan, RollbackTarget, Status};
use server::commands::{Replay, execute};
use server::error::Error;

use crate::world::{Base, World, change, suspend};

on_both![
    suspending_and_back,
    plans_there_and_back,
    undo_and_redo,
    a_refusal_writes_nothing,
    a_key_stands_for_one_command,
    a_stale_popup_is_refused,
    another_partners_customer_is_not_there,
    nothing_is_written_with_a_nul,
];

async fn suspending_and_back(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let done = world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    assert_eq!(done.replay, Replay::Fresh);
    assert_eq!(done.account.status(), Status::Suspended);
    assert_eq!(
        done.row.suspension.as_ref().unwrap().reason,
        Reason::PaymentOverdue
    );
    assert_eq!(done.events.len(), 1);
    assert_eq!(
        done.account,
        world.account(&acme).await,
        "answered as stored"
    );
    let partner = world
        .store
        .read()
        .await
        .unwrap()
        .partner(&world.partner)
        .await
        .unwrap();
    assert_eq!(
        (
            partner.counts.active,
            partner.counts.suspended,
            partner.last_seq
        ),
        (0, 1, 2)
    );

    let back = world.reactivate(&acme).await.unwrap();
    assert_eq!(back.row.status, Status::Active);
    assert_eq!(back.row.suspension, None);
    let partner = world
        .store
        .read()
        .await
        .unwrap()
        .partner(&world.partner)
        .await
        .unwrap();
    assert_eq!(
        (
            partner.counts.active,
            partner.counts.suspended,
            partner.last_seq
        ),
        (1, 0, 3)
    );
    world.verify().await;
}

async fn plans_there_and_back(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "basic").await;
    world.change(&acme, "pro").await.unwrap();
    let max = world.change(&acme, "max").await.unwrap();
    assert_eq!(max.row.price_month.unwrap().minor, 9900);
    assert_eq!(max.row.earlier_plans, 2);

    let account = world.account(&acme).await;
    let previous = account.ledger.previous().unwrap();
    let target = RollbackTarget::Restore {
        seq: previous.seq,
        price: previous.terms.price,
    };
    let (expect_plan_revision, accepts_over) = (account.plan_revision, Vec::new());
    let rollback = RollbackPlan {
        target,
        expect_plan_revision,
        accepts_over,
        reason: None,
        note: None,
    };
    let back = world
        .execute(&acme, Command::RollbackPlan(rollback))
        .await
        .unwrap();
    assert_eq!(back.row.terms, world.terms(&world.partner, "pro").await);
    assert_eq!(
        back.account,
        world.account(&acme).await,
        "answered as stored"
    );
    world.verify().await;
}

async fn undo_and_redo(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "basic").await;
    let suspended = world.suspend(&acme, Reason::TermsBroken).await.unwrap();
    let undone = world.undo(&acme, &suspended).await.unwrap();
    assert_eq!(undone.account.status(), Status::Active);
    let redone = world.undo(&acme, &undone).await.unwrap();
    assert_eq!(
        redone.account.suspensions[0].id,
        suspended.account.suspensions[0].id
    );
    assert_eq!(
        redone.account.suspensions[0].note,
        suspended.account.suspensions[0].note
    );
    let again = world.undo(&acme, &suspended).await;
    assert!(
        matches!(again, Err(Error::Rejected(rejection)) if matches!(*rejection, Rejection::Superseded { .. }))
    );
    world.verify().await;
}

async fn a_refusal_writes_nothing(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let account = world.account(&acme).await;
    let mut order = world.order(
        &acme,
        change(&account, &world.terms(&world.partner, "pro").await),
    );
    order.key = Some(world.key());
    let refused = execute(&world.store, &world.clock, &world.ids, order.clone()).await;
    assert!(
        matches!(refused, Err(Error::Rejected(rejection)) if *rejection == Rejection::SamePlan)
    );
    let partner = world
        .store
        .read()
        .await
        .unwrap()
        .partner(&world.partner)
        .await
        .unwrap();
    assert_eq!(partner.last_seq, 1);
    assert_eq!(world.account(&acme).await, account);
    // The key is still good for what is chosen next.
    order.command = change(&account, &world.terms(&world.partner, "max").await);
    execute(&world.store, &world.clock, &world.ids, order)
        .await
        .unwrap();
}

async fn a_key_stands_for_one_command(base: Base) {
    let world = World::new(base).await;
    let (acme, other) = (
        world.add("Acme", "a1", "pro").await,
        world.add("Bolt", "b1", "pro").await,
    );
    let mut order = world.order(
        &acme,
        suspend(&world.account(&acme).await, Reason::PaymentOverdue, None),
    );
    order.key = Some(world.key());
    execute(&world.store, &world.clock, &world.ids, order.clone())
        .await
        .unwrap();
    let mut otherwise = order.clone();
    otherwise.customer = other;
    let answer = execute(&world.store, &world.clock, &world.ids, otherwise).await;
    assert!(matches!(answer, Err(Error::KeyReused)));
    // The same key of somebody else is another key.
    let colleague = domain::Actor::User {
        id: server::ids::Ids::user(&world.ids, order_time()),
        role: domain::Role::Owner,
    };
    let elsewhere = server::commands::Order {
        actor: colleague,
        ..order
    };
    let answer = execute(&world.store, &world.clock, &world.ids, elsewhere).await;
    assert!(matches!(answer, Err(Error::Rejected(_))));
}

fn order_time() -> domain::Timestamp {
    crate::world::START
}

async fn a_stale_popup_is_refused(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "basic").await;
    let shown = world.account(&acme).await;
    let done = world.change(&acme, "pro").await.unwrap();
    let answer = world
        .execute(
            &acme,
            change(&shown, &world.terms(&world.partner, "max").await),
        )
        .await;
    let Err(Error::Rejected(rejection)) = answer else {
        panic!("{answer:?}")
    };
    let Rejection::Stale(domain::Stale::Plan { moved, .. }) = *rejection else {
        panic!("{rejection:?}")
    };
    assert_eq!(moved.command, done.command);
    // A suspension never makes a plan change stale.
    let shown = world.account(&acme).await;
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world
        .execute(
            &acme,
            change(&shown, &world.terms(&world.partner, "max").await),
        )
        .await
        .unwrap();
    world.verify().await;
}

async fn another_partners_customer_is_not_there(base: Base) {
    let world = World::new(base).await;
    let acme = world.add("Acme", "a1", "basic").await;
    let other = world.another_partner().await;
    let mut order = world.order(
        &acme,
        suspend(&world.account(&acme).await, Reason::PaymentOverdue, None),
    );
    order.partner = other.clone();
    assert!(matches!(
        execute(&world.store, &world.clock, &world.ids, order).await,
        Err(Error::NotFound)
    ));
    let mut tx = world.store.read().await.unwrap();
    assert!(matches!(
        tx.customer(&other, &acme).await,
        Err(Error::NotFound)
    ));
    assert!(matches!(
        tx.account(&other, &acme).await,
        Err(Error::NotFound)
    ));
    assert!(
        tx.timeline(&other, &acme, None, 10)
            .await
            .unwrap()
            .is_empty()
    );
    let unknown: CustomerId = server::ids::Ids::customer(&world.ids, order_time());
    assert!(matches!(
        tx.customer(&world.partner, &unknown).await,
        Err(Error::NotFound)
    ));
}

async fn nothing_is_written_with_a_nul(base: Base) {
    let world = World::new(base).await;
    let mut user = world.user(
        "nul@one.example",
        &server::ids::Ids::user(&world.ids, order_time()),
    );
    user.name = "No\0body".to_owned();
    assert!(matches!(
        world.store.add_user(user, order_time()).await,
        Err(Error::NulInText)
    ));
}
