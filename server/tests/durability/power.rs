//! Power goes away: what was answered was synced before, and is there afterwards.

use std::collections::HashSet;

use domain::{CommandId, PartnerId, Reason};
use futures::future::join_all;
use server::store::{DatabaseUrl, Store, StoreSettings, verify};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Executor as _, Row as _, SqliteConnection};
use test_disk::{Disk, Keep, Op, Unsynced, after_power_loss};

use crate::world::{Base, START, World};

const WAL: &str = "panel.db-wal";

/// How the connections of a test wait for the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Synchronous {
    AsThePanelWants,
    /// Not at all: the control.
    Off,
}

async fn watched(synchronous: Synchronous) -> (World, Disk) {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::watch(folder.path(), Keep::Contents);
    if synchronous == Synchronous::Off {
        disk.turn_synchronous_off();
    }
    (World::within(Base::Sqlite, folder).await, disk)
}

/// The answers that left before a sync of the log followed its last write.
async fn answered_too_early(synchronous: Synchronous) -> usize {
    let (world, disk) = watched(synchronous).await;
    let acme = world.add("Acme", "a1", "pro").await;
    disk.mark(0);
    for number in 1..=10 {
        world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
        disk.mark(2 * number);
        world.reactivate(&acme).await.unwrap();
        disk.mark(2 * number + 1);
    }
    let ops = disk.ops();
    let answers = ops.split(|op| matches!(op, Op::Mark(_))).skip(1).take(20);
    let too_early = |done: &&[Op]| {
        let last = done.iter().rev().find(|op| match op {
            Op::Write { file, .. } | Op::Sync { file } => file == WAL,
            _ => false,
        });
        !matches!(last.expect("a change writes to the log"), Op::Sync { .. })
    };
    answers.filter(too_early).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_leaves_before_the_sync_of_its_last_write() {
    assert_eq!(answered_too_early(Synchronous::AsThePanelWants).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_syncs_every_answer_is_too_early() {
    assert_eq!(answered_too_early(Synchronous::Off).await, 20);
}

/// What was answered, by the mark of its answer, and everything that the disk was told.
struct Day {
    partner: PartnerId,
    answered: Vec<CommandId>,
    ops: Vec<Op>,
}

/// Many work at the same time, long enough for the log to be carried over into the database.
async fn a_busy_day(synchronous: Synchronous) -> Day {
    let (world, disk) = watched(synchronous).await;
    let mut customers = Vec::new();
    for number in 0..16 {
        customers.push(world.add("Name", &format!("e{number}"), "pro").await);
    }
    let answered = std::sync::Mutex::new(Vec::new());
    let answer = |command| {
        let mut answered = answered.lock().unwrap();
        disk.mark(answered.len() as u64);
        answered.push(command);
    };
    let work = customers.iter().map(async |customer| {
        for _ in 0..12 {
            let done = world.suspend(customer, Reason::PaymentOverdue).await;
            answer(done.unwrap().command);
            answer(world.reactivate(customer).await.unwrap().command);
        }
    });
    join_all(work).await;
    let ops = disk.ops();
    Day {
        partner: world.partner.clone(),
        answered: answered.into_inner().unwrap(),
        ops,
    }
}

impl Day {
    /// What was answered until a moment and is not there when power goes away then.
    async fn lost(&self, moment: usize, unsynced: Unsynced) -> Vec<CommandId> {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in after_power_loss(&self.ops[..moment], unsynced) {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let path = folder.path().join("panel.db");
        let url = DatabaseUrl::Sqlite(path.clone());
        let settings = StoreSettings::new(START);
        let store = Store::open(&url, &settings).await.unwrap().store;
        let told = self.ops[..moment].iter().filter_map(|op| match op {
            Op::Mark(mark) => Some(&self.answered[*mark as usize]),
            _ => None,
        });
        let told: Vec<&CommandId> = told.collect();
        if !told.is_empty()
            && !store
                .read()
                .await
                .unwrap()
                .partners()
                .await
                .unwrap()
                .is_empty()
        {
            verify(&store, &self.partner).await.unwrap();
        }
        store.close().await;
        let there = commands(&path).await;
        let lost = told.into_iter().filter(|one| !there.contains(one.as_str()));
        lost.cloned().collect()
    }
}

async fn commands(path: &std::path::Path) -> HashSet<String> {
    let options = SqliteConnectOptions::new().filename(path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    let rows = connection.fetch_all("SELECT command_id FROM events").await;
    connection.close().await.unwrap();
    rows.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn power_loss_takes_nothing_that_was_answered() {
    let day = a_busy_day(Synchronous::AsThePanelWants).await;
    let first = day.ops.iter().position(|op| matches!(op, Op::Mark(_)));
    let first = first.unwrap();
    let into_database =
        |moment: &usize| matches!(&day.ops[*moment], Op::Write { file, .. } if file == "panel.db");
    let carried_over: Vec<usize> = (first..day.ops.len()).filter(into_database).collect();
    assert!(
        !carried_over.is_empty(),
        "the log is carried over in between"
    );
    let some_of = |moments: Vec<usize>| {
        let step = moments.len().div_ceil(15);
        moments.into_iter().step_by(step)
    };
    let every_so_often = some_of((first..=day.ops.len()).collect());
    for moment in every_so_often.chain(some_of(carried_over)) {
        for unsynced in [Unsynced::Lost, Unsynced::Torn(moment as u64)] {
            let lost = day.lost(moment, unsynced).await;
            assert!(lost.is_empty(), "at {moment}, {unsynced:?}: {lost:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_syncs_power_loss_takes_what_was_answered() {
    let day = a_busy_day(Synchronous::Off).await;
    let lost = day.lost(day.ops.len(), Unsynced::Lost).await;
    assert_eq!(lost.len(), day.answered.len());
}
