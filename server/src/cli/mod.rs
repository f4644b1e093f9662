//! The command line: for the operator, and for scripts. What it answers goes to standard output, what it tells on the
//! way to standard error. Exit code 0: done; 1: not done, and a sentence says why; 2: the command line is wrong.

mod access;
mod audit;
mod backup;
mod complaint;
mod customer;
mod database;
mod key;
mod key_owner;
mod key_words;
mod partner;
mod serve;
mod signals;
mod subject;
mod table;
mod transfer;
mod user;

use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};

pub use complaint::Complaint;
use database::Place;

use crate::clock::SystemClock;
use crate::ids::OsIds;

/// The panel in which resellers look after their customers.
#[derive(Debug, Parser)]
#[command(name = "partner-panel", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the panel
    Serve(serve::Serve),
    /// Partners: add, list, set, import
    #[command(subcommand)]
    Partner(partner::PartnerCommand),
    /// Users of a partner: add, list, link, disable, enable
    #[command(subcommand)]
    User(user::UserCommand),
    /// Suspend a customer, as the operator
    Suspend(access::Suspend),
    /// Lift the operator's suspension of a customer, or another
    Reactivate(access::Reactivate),
    /// Bring customers and their history in from CSV files; without --apply it only says what it would do
    Import(transfer::Import),
    /// Bring plans in from a CSV file; without --apply it only says what it would do
    ImportPlans(transfer::ImportPlans),
    /// Write a partner's customers, history and plans as CSV files
    Export(transfer::Export),
    /// Customers: erase
    #[command(subcommand)]
    Customer(customer::CustomerCommand),
    /// API keys, which programs show: create, list, rotate, revoke
    #[command(subcommand)]
    Key(key::ApiKeyCommand),
    /// Prove what happened: verify, checkpoint, export, key
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Copy the database into a new file, also while the panel runs, and check the copy
    Backup(backup::Backup),
    /// Put a copy in place of the database, while the panel is stopped
    Restore(backup::Restore),
    /// Look at everything that is stored, a line each; exit code 1 when anything is wrong
    #[command(visible_alias = "doctor")]
    Check(backup::Check),
}

/// What every command needs from the world.
struct World {
    place: Place,
    clock: Arc<SystemClock>,
    ids: Arc<OsIds>,
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let Cli { place, command } = Cli::parse();
    let world = World {
        place,
        clock: Arc::default(),
        ids: Arc::default(),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The program cannot start its threads: {error}.");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(command, &world)) {
        Ok(code) => code,
        Err(complaint) => {
            eprintln!("{complaint}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, world: &World) -> Result<ExitCode, Complaint> {
    match command {
        Command::Serve(serve) => serve.run(world).await,
        Command::Partner(command) => command.run(world).await,
        Command::User(command) => command.run(world).await,
        Command::Suspend(suspend) => suspend.run(world).await,
        Command::Reactivate(reactivate) => reactivate.run(world).await,
        Command::Import(import) => import.run(world).await,
        Command::ImportPlans(import) => import.run(world).await,
        Command::Export(export) => export.run(world).await,
        Command::Customer(command) => command.run(world).await,
        Command::Key(command) => command.run(world).await,
        Command::Audit(command) => command.run(world).await,
        Command::Backup(backup) => backup.run(world).await,
        Command::Restore(restore) => restore.run(world).await,
        Command::Check(check) => check.run(world).await,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
