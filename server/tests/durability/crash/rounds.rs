//! The crash loop: many clients, a kill at a random moment, and a look at what is left.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::future::join_all;
use server::clock::{Clock as _, SystemClock};
use server::ids::{Ids as _, OsIds};
use server::store::{DatabaseUrl, Store, StoreSettings};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Executor as _, Row as _, SqliteConnection};
use tempfile::TempDir;

use super::clients::Client;
use super::early::Early;
use super::journal::Journal;
use crate::panel::Panel;
use crate::people::sign_in_at;
use crate::world::{Base, World};

const CLIENTS: usize = 8;
/// How many rounds, unless `PANEL_CRASH_ROUNDS` says otherwise.
const ROUNDS: usize = 5;

/// A database, those who change it, and what they were told.
struct Loop {
    world: World,
    clients: Vec<Client>,
    journal: Journal,
    _journal: TempDir,
}

/// What is wrong with the database.
#[derive(Debug, Default, PartialEq, Eq)]
struct Verdict {
    /// Told and not there.
    lost: Vec<String>,
    /// There more than once.
    doubled: Vec<String>,
}

impl Loop {
    async fn prepare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(&folder.path().join("acknowledged"));
        let world = World::new(Base::Sqlite).await;
        let secret = OsIds.secret();
        sign_in_at(&world, &secret, SystemClock::default().now()).await;
        let mut clients = Vec::new();
        for number in 0..CLIENTS {
            let customer = world.add("Name", &format!("e{number}"), "pro").await;
            let (pro, max) = (
                world.terms(&world.partner, "pro").await,
                world.terms(&world.partner, "max").await,
            );
            clients.push(Client::new(number, customer, [pro, max], &secret));
        }
        world.store.close().await;
        Self {
            world,
            clients,
            journal,
            _journal: folder,
        }
    }

    fn database(&self) -> &Path {
        let DatabaseUrl::Sqlite(path) = &self.world.url else {
            panic!("not SQLite")
        };
        path
    }

    fn data(&self) -> PathBuf {
        self.database().parent().unwrap().to_owned()
    }

    /// Lets clients work at `origin` until the panel is killed at `moment`.
    async fn kill_at(&mut self, moment: Duration, panel: Panel, origin: &str) {
        let journal = &self.journal;
        let work = self
            .clients
            .iter_mut()
            .map(|client| client.work(origin, journal));
        tokio::join!(join_all(work), async {
            tokio::time::sleep(moment).await;
            panel.kill();
        });
    }

    /// Opens what is left as the next start would, and compares it with what clients were told.
    async fn judge(&mut self) -> Verdict {
        let settings = StoreSettings::new(SystemClock::default().now());
        self.world.store = Store::open(&self.world.url, &settings).await.unwrap().store;
        self.world.verify().await;
        self.world.store.close().await;
        let there = self.there().await;
        let mut verdict = Verdict::default();
        for change in self.journal.read() {
            match there.iter().filter(|text| text.contains(&change)).count() {
                0 => verdict.lost.push(change),
                1 => {}
                _ => verdict.doubled.push(change),
            }
        }
        verdict
    }

    /// What people typed, of every event.
    async fn there(&self) -> Vec<String> {
        let options = SqliteConnectOptions::new().filename(self.database());
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        let rows = connection
            .fetch_all("SELECT private FROM events WHERE kind = 'plan_changed'")
            .await
            .unwrap();
        connection.close().await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }
}

fn rounds() -> usize {
    let asked = std::env::var("PANEL_CRASH_ROUNDS").ok();
    asked.map_or(ROUNDS, |rounds| {
        rounds.parse().expect("PANEL_CRASH_ROUNDS is a number")
    })
}

/// Between the first requests and many commits later.
fn a_moment() -> Duration {
    let mut bytes = [0; 2];
    OsIds.fill(&mut bytes);
    Duration::from_millis(20 + u64::from(u16::from_le_bytes(bytes)) % 800)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_answered_outlives_every_kill() {
    let mut crash = Loop::prepare().await;
    for round in 0..rounds() {
        let moment = a_moment();
        let panel = Panel::serve(&crash.data());
        let origin = panel.origin.clone();
        crash.kill_at(moment, panel, &origin).await;
        let verdict = crash.judge().await;
        assert_eq!(
            verdict,
            Verdict::default(),
            "round {round}, killed after {moment:?}"
        );
    }
    // Whoever was not answered asks again, and then that too is there once.
    let panel = Panel::serve(&crash.data());
    for client in &mut crash.clients {
        client.ask_again(&panel.origin, &crash.journal).await;
    }
    panel.terminate();
    assert!(panel.ended().success());
    assert_eq!(crash.judge().await, Verdict::default());
    let (told, there) = (crash.journal.read().len(), crash.there().await.len());
    assert_eq!(told, there, "nothing is there that nobody was told of");
    println!("{told} changes were acknowledged and are there once");
    assert!(told > 5 * rounds(), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panel_that_answers_early_is_caught() {
    let mut crash = Loop::prepare().await;
    let panel = Panel::serve(&crash.data());
    let early = Early::before(&panel.origin).await;
    let origin = early.origin.clone();
    let death = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        panel.kill();
        drop(early);
    };
    let journal = &crash.journal;
    let work = crash
        .clients
        .iter_mut()
        .map(|client| client.work(&origin, journal));
    tokio::join!(join_all(work), death);
    let verdict = crash.judge().await;
    assert!(!verdict.lost.is_empty(), "{verdict:?}");
}
