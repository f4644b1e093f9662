//! Proving what happened, at the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::database::{self, Missing, open};
use super::table::count;
use super::{Complaint, World};
use crate::audit::{self, AuditKey, Evidence, Journal, Keeper, PublicKey, Verdict};
use crate::clock::Clock as _;
use crate::store::{Partner, Store};

/// What can be done to prove the log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check every log against its chain and its signed checkpoints, and name the first bad event
    Verify(Verify),
    /// Sign where every log stands now and print the checkpoints, to be kept elsewhere
    Checkpoint(Checkpoint),
    /// Write a log with its checkpoints, for somebody who checks it without this program
    Export(Export),
    /// Print the public key that belongs to the signatures
    Key,
}

/// Checking logs.
#[derive(Debug, Args)]
pub struct Verify {
    /// Only the log of this partner, by name or id
    #[arg(long)]
    partner: Option<String>,
    /// Checkpoints that were kept elsewhere; may be given several times
    #[arg(long, value_name = "FILE")]
    checkpoints: Vec<PathBuf>,
    /// A public key whose signatures count, beside the own one; may be given several times
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
}

/// Signing where the logs stand.
#[derive(Debug, Args)]
pub struct Checkpoint {
    /// Only the log of this partner, by name or id
    #[arg(long)]
    partner: Option<String>,
}

/// A log as files.
#[derive(Debug, Args)]
pub struct Export {
    /// Name or id of the partner
    #[arg(long)]
    partner: String,
    /// The folder to write events.jsonl, events.csv, checkpoints.jsonl and audit-key.pem into
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl AuditCommand {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        if let Self::Key = self {
            return print_key(world);
        }
        let store = open(world, Missing::Complain).await?;
        let done = match self {
            Self::Verify(verify) => verify.run(world, &store).await,
            Self::Checkpoint(checkpoint) => checkpoint.run(world, &store).await,
            Self::Export(export) => export.run(world, &store).await,
            Self::Key => Ok(ExitCode::SUCCESS),
        };
        store.close().await;
        done
    }
}

/// The key that signs; it is made when there is none.
pub fn key(world: &World) -> Result<AuditKey, Complaint> {
    AuditKey::load_or_make(&world.place.audit_key(), &*world.ids)
        .map_err(|error| Complaint::of(&error))
}

/// Signs as the logs grow.
pub async fn keeper(world: &World, store: &Store) -> Result<Keeper, Complaint> {
    let journal = Journal::of(&world.place.data);
    let keeper = Keeper::open(store.clone(), key(world)?, journal, &*world.ids).await;
    keeper.map_err(|error| Complaint::of(&error))
}

/// What the logs are held against when nothing is named.
pub fn evidence(world: &World) -> Result<Evidence, Complaint> {
    let own = AuditKey::load(&world.place.audit_key()).map_err(|error| Complaint::of(&error))?;
    Ok(Evidence {
        journal: Journal::of(&world.place.data),
        witnesses: Vec::new(),
        keys: own.iter().map(AuditKey::public).collect(),
    })
}

fn print_key(world: &World) -> Result<ExitCode, Complaint> {
    database::make_folder(&world.place.data)?;
    let public = key(world)?.public();
    print!("{}", public.pem());
    eprintln!("Checkpoints name this key {}.", public.id());
    Ok(ExitCode::SUCCESS)
}

/// The partner that was named, if one was.
async fn named(store: &Store, partner: Option<&str>) -> Result<Option<Partner>, Complaint> {
    match partner {
        Some(name) => database::partner(store, name).await.map(Some),
        None => Ok(None),
    }
}

impl Verify {
    async fn run(self, world: &World, store: &Store) -> Result<ExitCode, Complaint> {
        let partner = named(store, self.partner.as_deref()).await?;
        let mut evidence = evidence(world)?;
        evidence.witnesses = self.checkpoints;
        for path in &self.key {
            let key = PublicKey::load(path).map_err(|error| Complaint::of(&error))?;
            evidence.keys.push(key);
        }
        let id = partner.as_ref().map(|partner| &partner.id);
        let verdicts = audit::verify(store, &evidence, id).await;
        let verdicts = verdicts.map_err(|error| Complaint::of(&error))?;
        let partners = store.read().await?.partners().await?;
        let mut code = ExitCode::SUCCESS;
        for verdict in &verdicts {
            let partner = partners
                .iter()
                .find(|partner| partner.id == verdict.partner);
            let name = partner.map_or(verdict.partner.as_str(), |partner| &partner.profile.name);
            for line in lines(verdict) {
                println!("{name}: {line}");
            }
            if !verdict.wrong.is_empty() {
                code = ExitCode::FAILURE;
            }
        }
        if verdicts.is_empty() {
            println!("There is no partner yet, so there is no log.");
        }
        Ok(code)
    }
}

/// What is to be said about a log.
pub fn lines(verdict: &Verdict) -> Vec<String> {
    let Verdict {
        whole,
        signed,
        checkpoints,
        given_up,
        wrong,
        ..
    } = verdict;
    let mut lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    if lines.is_empty() {
        lines.push(format!(
            "{}, whole; {} in agreement; {} since the last one",
            count(*whole, "event"),
            count(*checkpoints, "checkpoint"),
            count(whole - signed, "event")
        ));
    }
    if *given_up > 0 {
        lines.push(format!(
            "{} about events that a restore gave up",
            count(*given_up, "checkpoint")
        ));
    }
    lines
}

impl Checkpoint {
    async fn run(self, world: &World, store: &Store) -> Result<ExitCode, Complaint> {
        let partner = named(store, self.partner.as_deref()).await?;
        let id = partner.as_ref().map(|partner| &partner.id);
        let mut keeper = keeper(world, store).await?;
        let signed = keeper.sign_all(id, world.clock.now()).await;
        let signed = signed.map_err(|error| Complaint::of(&error))?;
        let signed = count(signed.len() as u64, "new checkpoint");
        eprintln!("Signed {signed}.");
        let mut tx = store.read().await?;
        let stream = tx.stream_epoch().await?;
        for partner in tx.partners().await? {
            if id.is_some_and(|id| *id != partner.id) {
                continue;
            }
            let mut present = tx.checkpoints(&partner.id).await?;
            present.retain(|checkpoint| Some(&checkpoint.claim.stream) == stream.as_ref());
            if let Some(last) = present.last() {
                let line = serde_json::to_string(last).map_err(|error| Complaint::of(&error))?;
                println!("{line}");
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Export {
    async fn run(self, world: &World, store: &Store) -> Result<ExitCode, Complaint> {
        let partner = database::partner(store, &self.partner).await?.id;
        let mut keeper = keeper(world, store).await?;
        let signed = keeper.sign_all(Some(&partner), world.clock.now()).await;
        signed.map_err(|error| Complaint::of(&error))?;
        let public = key(world)?.public();
        let exported = audit::export(store, &public, &partner, &self.folder).await;
        let audit::Exported {
            events,
            checkpoints,
        } = exported.map_err(|error| Complaint::new(error.to_string()))?;
        let (events, checkpoints) = (count(events, "event"), count(checkpoints, "checkpoint"));
        println!("Wrote {events} and {checkpoints}.");
        Ok(ExitCode::SUCCESS)
    }
}
