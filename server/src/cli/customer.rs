//! Customers at the command line.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::database::{self, Missing, open};
use super::subject::{Named, Subject};
use super::{Complaint, World};
use crate::commands::{Erasure, erase_customer};
use crate::store::{DatabaseUrl, Store, empty_write_ahead_log};

/// What can be done with customers.
#[derive(Debug, Subcommand)]
pub enum CustomerCommand {
    /// Erase who a customer is, for good: name, addresses, and everything that people wrote about it
    Erase(Erase),
}

/// Erasing a person.
#[derive(Debug, Args)]
pub struct Erase {
    #[command(flatten)]
    named: Named,
}

impl CustomerCommand {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let Self::Erase(erase) = self;
        let store = open(world, Missing::Complain).await?;
        let done = erase.carry_out(world, &store).await;
        store.close().await;
        println!("{}", done?);
        if let DatabaseUrl::Sqlite(path) = database::url(world)?
            && !empty_write_ahead_log(&path)
                .await
                .map_err(|error| Complaint::of(&error))?
        {
            eprintln!(
                "The panel is being read all the time, so panel.db-wal may hold traces until it is stopped."
            );
        }
        eprintln!(
            "Copies of the database and exported files that were made before still hold them; so does the file that the \
             customer was imported from."
        );
        Ok(ExitCode::SUCCESS)
    }
}

impl Erase {
    async fn carry_out(self, world: &World, store: &Store) -> Result<String, Complaint> {
        let subject = Subject::find(world, store, &self.named).await?;
        let (partner, customer) = (&subject.partner.id, &subject.customer);
        let erased = erase_customer(store, &*world.clock, &*world.ids, partner, customer).await?;
        store.sweep_search_index().await?;
        Ok(match erased {
            Erasure::Done => format!("{customer} has no name any more; what happened to it stays."),
            Erasure::NothingLeft => format!("There was nothing left to erase of {customer}."),
        })
    }
}
