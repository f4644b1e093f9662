//! Whose API keys a command is about.

use app::text::Say;
use clap::Args;
use domain::Actor;

use super::{Complaint, World, database};
use crate::api_keys::{ApiKey, KeyOwner, NOTICED_WITHIN};
use crate::clock::Clock as _;
use crate::commands::{KeyCommand, KeyConflict, KeyOrder, KeyOutcome, MOST_KEYS, change_api_keys};
use crate::store::Store;

/// Whose keys.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Whose {
    /// Name or id of the partner
    #[arg(long)]
    partner: Option<String>,
    /// The operator's own keys, which find the customers of all partners
    #[arg(long)]
    operator: bool,
}

/// An owner, and how to speak of its keys.
pub(super) struct Owner {
    pub owner: KeyOwner,
    pub name: String,
    pub say: Say,
}

impl Whose {
    /// The owner that was named.
    pub(super) async fn find(&self, world: &World, store: &Store) -> Result<Owner, Complaint> {
        let now = world.clock.now();
        let Some(partner) = &self.partner else {
            return Ok(Owner {
                owner: KeyOwner::Operator,
                name: "the operator".to_owned(),
                say: Say::new("en", "UTC", now),
            });
        };
        let partner = database::partner(store, partner).await?;
        Ok(Owner {
            name: format!("\"{}\"", partner.profile.name),
            say: Say::new("en", &partner.profile.time_zone, now),
            owner: KeyOwner::Partner(partner.id),
        })
    }
}

impl Owner {
    /// Gives a command about its keys, and answers when every panel that runs knows.
    pub(super) async fn change(
        &self,
        world: &World,
        store: &Store,
        command: KeyCommand,
    ) -> Result<KeyOutcome, Complaint> {
        let order = KeyOrder {
            owner: self.owner.clone(),
            actor: Actor::Operator,
            command,
            key: None,
        };
        let outcome = change_api_keys(store, &*world.clock, &*world.ids, order).await?;
        // What is said here is to be true for every panel that runs.
        tokio::time::sleep(NOTICED_WITHIN).await;
        Ok(outcome)
    }

    /// Prints a key that was made; says why none was.
    pub(super) fn made(&self, outcome: KeyOutcome) -> Result<ApiKey, Complaint> {
        match outcome {
            KeyOutcome::Made(key, text) => {
                println!("{}", text.reveal());
                eprintln!(
                    "This key of {} is shown only now. It is good until {}.",
                    self.name,
                    self.say.day_and_time(key.ends_at())
                );
                Ok(*key)
            }
            KeyOutcome::Revoked(key) | KeyOutcome::Before(key) => Ok(*key),
            KeyOutcome::Refused(conflict) => Err(Complaint::new(match conflict {
                KeyConflict::Ended => {
                    "This key has ended; make a new one: partner-panel key create".to_owned()
                }
                KeyConflict::Replaced => "This key has a successor already".to_owned(),
                KeyConflict::TooMany => format!(
                    "{} has {MOST_KEYS} keys that are good, and may have no more; revoke one first",
                    self.name
                ),
            })),
        }
    }
}
