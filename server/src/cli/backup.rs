//! Copies of the database, at the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::audit::{evidence, key};
use super::database::{self, Missing, open};
use super::table::count;
use super::{Complaint, World};
use crate::audit::{Journal, begin_history};
use crate::backup::{self, Contents, Existing, Restored};
use crate::check;
use crate::clock::Clock as _;
use crate::store::DatabaseUrl;

/// Copying the database.
#[derive(Debug, Args)]
pub struct Backup {
    /// The new file
    file: PathBuf,
}

/// Putting a copy back.
#[derive(Debug, Args)]
pub struct Restore {
    /// The copy; not with PostgreSQL, which is restored by its own tools before this command
    file: Option<PathBuf>,
    /// Replace the database that is there; it is kept beside the new one
    #[arg(long)]
    force: bool,
}

/// Looking at everything that is stored.
#[derive(Debug, Args)]
pub struct Check {}

impl Backup {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let DatabaseUrl::Sqlite(database) = database::url(world)? else {
            return Err(Complaint::new(
                "This copies a file of SQLite; copy a PostgreSQL database with pg_dump",
            ));
        };
        // Says what there is to say when there is none, or an older one.
        open(world, Missing::Complain).await?.close().await;
        let now = world.clock.now();
        let copied = backup::backup(&database, &self.file, now, &*world.ids).await;
        let contents = copied.map_err(|error| Complaint::of(&error))?;
        println!("{}: {}", self.file.display(), listed(contents));
        Ok(ExitCode::SUCCESS)
    }
}

fn listed(contents: Contents) -> String {
    format!(
        "{}, {}, {}, checked",
        count(contents.partners, "partner"),
        count(contents.customers, "customer"),
        count(contents.events, "event")
    )
}

impl Restore {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        match (database::url(world)?, self.file) {
            (DatabaseUrl::Sqlite(database), Some(file)) => {
                let existing = if self.force {
                    Existing::KeepAside
                } else {
                    Existing::Refuse
                };
                from_file(world, &file, &database, existing).await
            }
            (DatabaseUrl::Postgres(_), None) => after_postgres(world).await,
            (DatabaseUrl::Sqlite(_), None) => Err(Complaint::new("Name the copy to put back")),
            (DatabaseUrl::Postgres(_), Some(_)) => Err(Complaint::new(
                "Restore a PostgreSQL database with its own tools, then run this command without a file",
            )),
        }
    }
}

async fn from_file(
    world: &World,
    file: &std::path::Path,
    database: &std::path::Path,
    existing: Existing,
) -> Result<ExitCode, Complaint> {
    database::make_folder(&world.place.data)?;
    let (key, journal) = (key(world)?, Journal::of(&world.place.data));
    let now = world.clock.now();
    let proof = (&key, &journal);
    let restored = backup::restore(file, database, existing, proof, now, &*world.ids).await;
    let Restored { contents, aside } = restored.map_err(|error| Complaint::of(&error))?;
    println!("{}: {}", database.display(), listed(contents));
    if let Some(aside) = aside {
        eprintln!("What was there before is kept: {}", aside.display());
    }
    eprintln!("Everybody has to sign in again.");
    Ok(ExitCode::SUCCESS)
}

/// The database has been put back by somebody else; what remains is to begin another history.
async fn after_postgres(world: &World) -> Result<ExitCode, Complaint> {
    let store = open(world, Missing::Complain).await?;
    let (key, journal) = (key(world)?, Journal::of(&world.place.data));
    let known = journal.read().map_err(|error| Complaint::of(&error))?;
    let replaced = known
        .last()
        .map(|checkpoint| checkpoint.claim.stream.clone());
    let now = world.clock.now();
    let begun = begin_history(&store, &key, &known, replaced, now, &*world.ids).await;
    store.close().await;
    let added = journal.append(&begun?);
    added.map_err(|error| Complaint::of(&error))?;
    println!("Another history begins here; everybody has to sign in again.");
    Ok(ExitCode::SUCCESS)
}

impl Check {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let store = open(world, Missing::Complain).await?;
        let findings = check::check(&store, &evidence(world)?).await;
        store.close().await;
        let findings = findings.map_err(|error| Complaint::of(&error))?;
        for finding in &findings {
            println!("{finding}");
        }
        Ok(if findings.iter().all(check::Finding::is_good) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
