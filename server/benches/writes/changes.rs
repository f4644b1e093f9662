//! Changes as the panel makes them: commands with idempotency keys, on customers of one partner.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::{Account, CustomerId, Reason};
use server::commands::execute;
use tempfile::TempDir;
use test_disk::{Disk, Keep};
use tokio::task::JoinSet;

use crate::stopwatch::{LONG_ENOUGH, Stopwatch};
use crate::world::{Base, World, reactivate, suspend};

/// So many that none of them has a long history in the end.
const CUSTOMERS: usize = 4_096;

/// What so many clients got.
pub struct Measured {
    pub changes: u64,
    pub syncs: u64,
    pub elapsed: Duration,
    pub processor: Duration,
}

/// On the disk that builds are on: temporary files are often kept in memory.
pub fn folder() -> TempDir {
    TempDir::new_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap()
}

/// Lets `clients` send one change after the other.
pub async fn measure(clients: usize) -> Measured {
    let folder = folder();
    let disk = Disk::watch(folder.path(), Keep::Counts);
    let world = Arc::new(World::within(Base::Sqlite, folder).await);
    let mut customers = add_customers(&world).await;
    let mut work = JoinSet::new();
    let before = disk.counts();
    let watch = Stopwatch::start();
    for _ in 0..clients {
        let own = customers.split_off(customers.len() - CUSTOMERS / clients);
        work.spawn(change_in_turn(Arc::clone(&world), own));
    }
    let mut changes = 0;
    while let Some(made) = work.join_next().await {
        changes += made.unwrap();
    }
    let (elapsed, processor) = (watch.elapsed(), watch.processor());
    let syncs = disk.counts().syncs - before.syncs;
    world.verify().await;
    world.store.close().await;
    Measured {
        changes,
        syncs,
        elapsed,
        processor,
    }
}

async fn add_customers(world: &World) -> Vec<(CustomerId, Account)> {
    let terms = world.terms(&world.partner, "pro").await;
    let mut customers = Vec::new();
    for chunk in 0..CUSTOMERS / 512 {
        let new: Vec<_> = (0..512)
            .map(|n| world.customer_on("Name", &format!("e{}", chunk * 512 + n), &terms))
            .collect();
        customers.extend(new.iter().map(|one| one.id.clone()));
        world.add_all(&world.partner, new).await;
    }
    let mut known = Vec::new();
    for customer in customers {
        let account = world.account(&customer).await;
        known.push((customer, account));
    }
    known
}

/// Suspends and reactivates its own customers in turn; answers how often.
async fn change_in_turn(world: Arc<World>, mut own: Vec<(CustomerId, Account)>) -> u64 {
    let mut changes = 0;
    let watch = Stopwatch::start();
    'working: loop {
        for (customer, account) in &mut own {
            if watch.elapsed() > LONG_ENOUGH {
                break 'working;
            }
            let command = if account.suspensions.is_empty() {
                suspend(account, Reason::PaymentOverdue, None)
            } else {
                reactivate(account)
            };
            let mut order = world.order(customer, command);
            order.key = Some(world.key());
            world.clock.advance(1);
            let done = execute(&world.store, &world.clock, &world.ids, order).await;
            *account = done.unwrap().account;
            changes += 1;
        }
    }
    changes
}
