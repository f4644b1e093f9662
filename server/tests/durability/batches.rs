//! Many writes, one commit: and yet each as if it were alone.

use domain::{Command, CustomerId, Reason, Rejection};
use server::commands::{Executed, execute};
use server::error::{Error, Unique};
use server::store::PartnerProfile;

use crate::people::{is_signed_in, sign_in};
use crate::together::{Write, together};
use crate::wal::commits;
use crate::world::{Base, START, World, change, partner_profile, suspend};

const SECRET: &str = "a";

/// A suspension that waits to be sent.
pub async fn suspension(world: &World, customer: &CustomerId) -> Command {
    suspend(&world.account(customer).await, Reason::PaymentOverdue, None)
}

/// A command as it is sent by somebody who waits for the answer.
pub fn sent<'w>(
    world: &'w World,
    customer: &CustomerId,
    command: Command,
) -> Write<'w, Result<Executed, Error>> {
    let order = world.order(customer, command);
    Box::pin(async { execute(&world.store, &world.clock, &world.ids, order).await })
}

async fn customers(world: &World, count: usize) -> Vec<CustomerId> {
    let mut customers = Vec::new();
    for number in 0..count {
        customers.push(world.add("Name", &format!("e{number}"), "pro").await);
    }
    customers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_together_is_committed_once() {
    let world = World::new(Base::Sqlite).await;
    let mut writes = Vec::new();
    for customer in customers(&world, 20).await {
        let command = suspension(&world, &customer).await;
        writes.push(sent(&world, &customer, command));
    }
    let before = commits(&world);
    for answer in together(&world, writes).await {
        answer.unwrap();
    }
    assert_eq!(commits(&world), before + 1);
    world.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_leaves_no_trace_among_the_others() {
    let world = World::new(Base::Sqlite).await;
    let customers = customers(&world, 3).await;
    let (one, two) = (&customers[0], &customers[1]);
    let first = suspension(&world, one).await;
    let same_plan = change(
        &world.account(two).await,
        &world.terms(&world.partner, "pro").await,
    );
    let taken = world.user(
        "owner@one.example",
        &server::ids::Ids::user(&world.ids, START),
    );
    let last = suspension(&world, &customers[2]).await;
    let before = commits(&world);
    let answers = together(
        &world,
        vec![
            sent(&world, one, first),
            sent(&world, two, same_plan),
            Box::pin(async {
                world.store.add_user(taken, START).await?;
                Err(Error::NotFound)
            }),
            sent(&world, &customers[2], last),
        ],
    )
    .await;
    assert!(
        matches!(
            &answers[..],
            [Ok(_), Err(Error::Rejected(no)), Err(Error::Taken(Unique::Email)), Ok(_)]
                if **no == Rejection::SamePlan
        ),
        "{answers:?}"
    );
    assert_eq!(commits(&world), before + 1);
    world.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_late_is_undone() {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    sign_in(&world, SECRET).await;
    let suspension = suspension(&world, &acme).await;
    let owner = (world.partner.clone(), world.owner.clone());
    let refused = world.store.write(owner, |tx, (partner, user)| {
        Box::pin(async move {
            tx.sign_out_everywhere(partner, user).await?;
            Err::<Executed, _>(Error::NotFound)
        })
    });
    let answers = together(
        &world,
        vec![Box::pin(refused), sent(&world, &acme, suspension)],
    )
    .await;
    assert!(
        matches!(&answers[..], [Err(Error::NotFound), Ok(_)]),
        "{answers:?}"
    );
    assert!(is_signed_in(&world, SECRET).await);
}

/// Once SQLite has ended the transaction, another statement would commit by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_passes_over_an_error_does_nothing_more() {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    sign_in(&world, SECRET).await;
    world
        .sql(
            "CREATE TRIGGER no BEFORE UPDATE ON partners WHEN NEW.name = 'No' \
             BEGIN SELECT RAISE(ROLLBACK, 'no further'); END",
        )
        .await;
    let suspension = suspension(&world, &acme).await;
    let owner = (world.partner.clone(), world.owner.clone());
    let passing_over = world.store.write(owner, |tx, (partner, user)| {
        Box::pin(async move {
            let no = PartnerProfile {
                name: "No".to_owned(),
                ..partner_profile()
            };
            let _ = tx.set_partner(partner, &no).await;
            tx.sign_out_everywhere(partner, user).await?;
            Err::<Executed, _>(Error::NotFound)
        })
    });
    let answers = together(
        &world,
        vec![sent(&world, &acme, suspension), Box::pin(passing_over)],
    )
    .await;
    assert!(
        matches!(&answers[..], [Ok(_), Err(Error::Busy(_))]),
        "{answers:?}"
    );
    assert!(is_signed_in(&world, SECRET).await);
    world.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_sees_what_those_before_it_did() {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    let account = world.account(&acme).await;
    let plans = ["max", "basic"];
    let mut writes = Vec::new();
    for plan in plans {
        let terms = world.terms(&world.partner, plan).await;
        writes.push(sent(&world, &acme, change(&account, &terms)));
    }
    let answers = together(&world, writes).await;
    assert!(
        matches!(
            &answers[..],
            [Ok(_), Err(Error::Rejected(no))] if matches!(**no, Rejection::Stale(_))
        ),
        "{answers:?}"
    );
    world.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_work_that_panics_takes_nobody_along() {
    let world = World::new(Base::Sqlite).await;
    let customers = customers(&world, 2).await;
    let (first, last) = (
        suspension(&world, &customers[0]).await,
        suspension(&world, &customers[1]).await,
    );
    let answers = together(
        &world,
        vec![
            sent(&world, &customers[0], first),
            Box::pin(
                world
                    .store
                    .write((), |_, ()| Box::pin(async { panic!("this is meant to") })),
            ),
            sent(&world, &customers[1], last),
        ],
    )
    .await;
    assert!(
        matches!(&answers[..], [Ok(_), Err(Error::Busy(_)), Ok(_)]),
        "{answers:?}"
    );
    world.verify().await;
}
