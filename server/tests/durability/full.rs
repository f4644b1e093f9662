//! SQLite ends a transaction by itself: in the middle of a batch, and at its end.

use domain::{CustomerId, Reason};
use server::error::Error;
use test_disk::{Deed, Disk, Fault, Keep, Kind, Lasting, Trouble};

use crate::batches::{sent, suspension};
use crate::together::together;
use crate::wal::commits;
use crate::world::{Base, World};

async fn three(world: &World, external: &str) -> [CustomerId; 3] {
    let terms = world.terms(&world.partner, "pro").await;
    let new = [1, 2, 3].map(|n| world.customer_on("Name", &format!("{external}{n}"), &terms));
    let ids = new.clone().map(|customer| customer.id);
    world.add_all(&world.partner, new.to_vec()).await;
    ids
}

/// Three customers, the middle one of which cannot be written about: `then` is what its trigger does.
async fn world_with(then: &str) -> (World, [CustomerId; 3]) {
    let world = World::new(Base::Sqlite).await;
    let customers = three(&world, "e").await;
    // A table that has had its largest row number is full, and SQLite says so as it says of a disk.
    world
        .sql(
            "CREATE TABLE brim (number INTEGER PRIMARY KEY AUTOINCREMENT, drop_of_water TEXT); \
              INSERT INTO brim (number) VALUES (9223372036854775807)",
        )
        .await;
    let middle = &customers[1];
    world
        .sql(&format!(
            "CREATE TRIGGER middle AFTER INSERT ON events WHEN NEW.customer_id = '{middle}' BEGIN {then}; END"
        ))
        .await;
    (world, customers)
}

async fn three_at_once(world: &World, customers: &[CustomerId; 3]) -> Vec<Result<(), Error>> {
    let mut writes = Vec::new();
    for customer in customers {
        let command = suspension(world, customer).await;
        writes.push(sent(world, customer, command));
    }
    let answers = together(world, writes).await;
    answers.into_iter().map(|answer| answer.map(drop)).collect()
}

/// Whether each customer is suspended in the database.
async fn suspended(world: &World, customers: &[CustomerId; 3]) -> Vec<bool> {
    let mut suspended = Vec::new();
    for customer in customers {
        suspended.push(!world.account(customer).await.suspensions.is_empty());
    }
    suspended
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn full_in_the_middle_of_three() {
    let (world, customers) = world_with("INSERT INTO brim (drop_of_water) VALUES ('more')").await;
    let before = commits(&world);
    let answers = three_at_once(&world, &customers).await;
    assert!(
        matches!(&answers[..], [Ok(()), Err(Error::Busy(_)), Ok(())]),
        "{answers:?}"
    );
    assert!(format!("{:?}", answers[1]).contains("full"), "{answers:?}");
    assert_eq!(suspended(&world, &customers).await, [true, false, true]);
    assert_eq!(
        commits(&world),
        before + 2,
        "the others were committed one by one"
    );
    world.verify().await;
    world.sql("DROP TRIGGER middle").await;
    let again = suspension(&world, &customers[1]).await;
    sent(&world, &customers[1], again).await.unwrap();
    world.verify().await;
}

/// Here the statement's own error would be one that a transaction survives: only SQLite knows that it is gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rolled_back_in_the_middle_of_three() {
    let (world, customers) = world_with("SELECT RAISE(ROLLBACK, 'no further')").await;
    let answers = three_at_once(&world, &customers).await;
    assert!(
        matches!(&answers[..], [Ok(()), Err(Error::Database(_)), Ok(())]),
        "{answers:?}"
    );
    assert_eq!(suspended(&world, &customers).await, [true, false, true]);
    world.verify().await;
}

/// Every single write and sync of a batch goes wrong once: what is answered is what is kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_at_each_step_of_three() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::watch(folder.path(), Keep::Counts);
    let world = World::within(Base::Sqlite, folder).await;
    for (deed, trouble) in [
        (Deed::Write, Trouble::Full),
        (Deed::Write, Trouble::Io),
        (Deed::Sync, Trouble::Io),
    ] {
        for lasting in [Lasting::Once, Lasting::UntilHealed] {
            for after in 0.. {
                let fault = Fault {
                    kind: Kind::Wal,
                    deed,
                    trouble,
                    after,
                    lasting,
                };
                let place = format!("{deed:?}-{trouble:?}-{lasting:?}-{after}");
                let customers = three(&world, &place).await;
                disk.fail(fault);
                let answers = three_at_once(&world, &customers).await;
                let failed = disk.heal();
                let kept: Vec<bool> = answers.iter().map(Result::is_ok).collect();
                assert_eq!(
                    suspended(&world, &customers).await,
                    kept,
                    "{fault:?}: {answers:?}"
                );
                for answer in &answers {
                    assert!(matches!(answer, Ok(()) | Err(Error::Busy(_))), "{answer:?}");
                }
                // A moment of trouble is survived, lasting trouble is told.
                let survived = failed == 0 || lasting == Lasting::Once;
                assert_eq!(kept, [survived; 3], "{fault:?}: {answers:?}");
                // Service is back without any help.
                world
                    .suspend(&customers[0], Reason::TermsBroken)
                    .await
                    .unwrap();
                if failed == 0 {
                    break;
                }
            }
        }
    }
    world.verify().await;
}
