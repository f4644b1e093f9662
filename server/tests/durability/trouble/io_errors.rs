//! The disk answers with errors, and then no longer.

use domain::Reason;
use server::error::Error;
use test_disk::{Deed, Disk, Fault, Keep, Kind, Lasting, Trouble};

use crate::world::{Base, World};

async fn watched() -> (World, Disk) {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::watch(folder.path(), Keep::Counts);
    (World::within(Base::Sqlite, folder).await, disk)
}

fn lasting(kind: Kind, deed: Deed, trouble: Trouble) -> Fault {
    Fault {
        kind,
        deed,
        trouble,
        after: 0,
        lasting: Lasting::UntilHealed,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_can_be_written() {
    for (deed, trouble) in [
        (Deed::Write, Trouble::Io),
        (Deed::Write, Trouble::ReadOnly),
        (Deed::Sync, Trouble::Io),
    ] {
        let (world, disk) = watched().await;
        let acme = world.add("Acme", "a1", "pro").await;
        disk.fail(lasting(Kind::Wal, deed, trouble));
        for _ in 0..3 {
            let refused = world.suspend(&acme, Reason::PaymentOverdue).await;
            assert!(
                matches!(refused, Err(Error::Busy(_))),
                "{trouble:?}: {refused:?}"
            );
            assert!(world.account(&acme).await.suspensions.is_empty());
        }
        assert_ne!(disk.heal(), 0);
        world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
        world.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_can_be_read() {
    let (world, disk) = watched().await;
    let acme = world.add("Acme", "a1", "pro").await;
    disk.fail(lasting(Kind::Wal, Deed::Read, Trouble::Io));
    let mut tx = world.store.read().await.unwrap();
    let answer = tx.account(&world.partner, &acme).await;
    assert!(matches!(answer, Err(Error::Busy(_))), "{answer:?}");
    drop(tx);
    assert_ne!(disk.heal(), 0);
    assert!(world.account(&acme).await.suspensions.is_empty());
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world.verify().await;
}
