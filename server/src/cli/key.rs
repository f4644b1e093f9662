//! API keys at the command line.

use std::process::ExitCode;

use app::text::Say;
use clap::{Args, Subcommand};
use domain::api_key::{KeyLife, KeyOverlap};
use domain::{ApiKeyId, ApiKeyName, GateMode, Scope, Timestamp, UnknownCustomer};

use super::database::{Missing, open};
use super::key_owner::{Owner, Whose};
use super::{Complaint, World, key_words, table};
use crate::api_keys::{ApiKey, CustomerFrom, GateSettings, KeyState, KeyText, OpenPrefix};
use crate::commands::{KeyCommand, KeyOutcome, NewKey};
use crate::store::Store;

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum ApiKeyCommand {
    /// Make a key for a program, and print it, this once
    Create(Create),
    /// List keys, with those that have ended
    List(List),
    /// Make the successor of a key, and print it, this once; both are good for a while
    Rotate(Rotate),
    /// End a key
    Revoke(Revoke),
}

/// A new key.
#[derive(Debug, Args)]
pub struct Create {
    #[command(flatten)]
    whose: Whose,
    /// Where it is used
    #[arg(value_name = "NAME", value_parser = key_words::name)]
    name: ApiKeyName,
    /// What it is good for: gate, entitlements
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', default_value = "gate,entitlements", value_parser = key_words::scope)]
    scope: Vec<Scope>,
    /// Where requests name the customer: header:NAME, host:SUFFIX, path:PREFIX or query:NAME
    #[arg(long, value_name = "WHERE", default_value = "header:X-Account", value_parser = key_words::customer)]
    customer: CustomerFrom,
    /// Whether the gate keeps suspended customers out: enforce, or observe, which lets them in and says so
    #[arg(long, value_name = "MODE", default_value = "enforce", value_parser = key_words::mode)]
    mode: GateMode,
    /// What becomes of customers that the panel does not know: deny or allow
    #[arg(long, value_name = "ANSWER", default_value = "deny", value_parser = key_words::unknown)]
    unknown: UnknownCustomer,
    /// A part of the product that stays open to suspended customers, such as /billing; may be given again
    #[arg(long, value_name = "PREFIX", value_parser = key_words::open_prefix)]
    open: Vec<OpenPrefix>,
    /// How many days it lives, 730 at most
    #[arg(long, value_name = "DAYS", default_value = "365", value_parser = key_words::days)]
    days: KeyLife,
}

/// Whose keys to list.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    whose: Whose,
}

/// A key that gets a successor.
#[derive(Debug, Args)]
pub struct Rotate {
    #[command(flatten)]
    named: Named,
    /// How many hours it is good beside its successor, 720 at most
    #[arg(long, value_name = "HOURS", default_value = "24", value_parser = key_words::hours)]
    overlap: KeyOverlap,
}

/// A key that is ended.
#[derive(Debug, Args)]
pub struct Revoke {
    #[command(flatten)]
    named: Named,
}

/// A key as a person names it.
#[derive(Debug, Args)]
pub struct Named {
    #[command(flatten)]
    whose: Whose,
    /// How the key begins, such as pp_live_4fT9aZ2k, or its id
    #[arg(value_name = "KEY")]
    key: String,
}

impl ApiKeyCommand {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let store = open(world, Missing::Complain).await?;
        let done = match self {
            Self::Create(create) => create.run(world, &store).await,
            Self::List(list) => list.run(world, &store).await,
            Self::Rotate(rotate) => rotate.run(world, &store).await,
            Self::Revoke(revoke) => revoke.run(world, &store).await,
        };
        store.close().await;
        done.map(|()| ExitCode::SUCCESS)
    }
}

impl Named {
    async fn find(&self, world: &World, store: &Store) -> Result<(Owner, ApiKey), Complaint> {
        let owner = self.whose.find(world, store).await?;
        let keys = store.read().await?.api_keys(&owner.owner).await?;
        // Whoever has a key that leaked has it whole; what is shown of it again is only its beginning.
        let whole = KeyText::parse(self.key.trim()).map(|text| text.public().prefix());
        let begins = whole.unwrap_or_else(|_| self.key.trim().to_owned());
        let id = ApiKeyId::parse(&begins).ok();
        let found = keys
            .into_iter()
            .find(|key| id.as_ref() == Some(&key.id) || key.public.prefix() == begins);
        match found {
            Some(key) => Ok((owner, key)),
            None => Err(Complaint::new(format!(
                "There is no such key of {}. partner-panel key list shows how each begins",
                owner.name
            ))),
        }
    }
}

impl Create {
    async fn run(self, world: &World, store: &Store) -> Result<(), Complaint> {
        let owner = self.whose.find(world, store).await?;
        let new = NewKey {
            name: self.name,
            scopes: self.scope.into_iter().collect(),
            gate: GateSettings::new(self.mode, self.unknown, self.customer, self.open)
                .map_err(|error| Complaint::of(&error))?,
            life: self.days,
        };
        let outcome = owner.change(world, store, KeyCommand::Create(new)).await?;
        owner.made(outcome).map(drop)
    }
}

impl List {
    async fn run(self, world: &World, store: &Store) -> Result<(), Complaint> {
        let Owner { owner, say, .. } = self.whose.find(world, store).await?;
        let keys = store.read().await?.api_keys(&owner).await?;
        let rows: Vec<[String; 7]> = keys.iter().map(|key| row(key, &say)).collect();
        let heading = [
            "Name",
            "Key",
            "Good for",
            "Customer",
            "Mode",
            "Last used",
            "State",
        ];
        for line in table::lines(heading, &rows) {
            println!("{line}");
        }
        Ok(())
    }
}

fn row(key: &ApiKey, say: &Say) -> [String; 7] {
    let day = |at: Timestamp| say.day(at);
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.code()).collect();
    let (way, place) = key.gate.customer.parts();
    [
        key.name.to_string(),
        key.public.prefix(),
        scopes.join(", "),
        format!("{way}:{place}"),
        key.gate.mode.code().to_owned(),
        key.last_used_at.map_or_else(|| "never".to_owned(), day),
        match key.state(say.now()) {
            KeyState::Live => format!("expires {}", day(key.ends_at())),
            KeyState::Replaced(until) => format!("replaced, good until {}", day(until)),
            KeyState::Expired(at) => format!("expired {}", day(at)),
            KeyState::Revoked(at) => format!("revoked {}", day(at)),
        },
    ]
}

impl Rotate {
    async fn run(self, world: &World, store: &Store) -> Result<(), Complaint> {
        let (owner, old) = self.named.find(world, store).await?;
        let command = KeyCommand::Rotate(old.id.clone(), self.overlap);
        let outcome = owner.change(world, store, command).await?;
        let new = owner.made(outcome)?;
        eprintln!(
            "The old one, {}…, is good until {}.",
            old.public.prefix(),
            owner.say.day_and_time(
                new.created_at
                    .plus_millis(self.overlap.millis())
                    .min(old.expires_at)
            )
        );
        Ok(())
    }
}

impl Revoke {
    async fn run(self, world: &World, store: &Store) -> Result<(), Complaint> {
        let (owner, key) = self.named.find(world, store).await?;
        let begins = key.public.prefix();
        match owner
            .change(world, store, KeyCommand::Revoke(key.id))
            .await?
        {
            KeyOutcome::Before(_) => eprintln!("{begins}… was revoked already."),
            outcome => {
                owner.made(outcome)?;
                eprintln!("{begins}… is revoked; nothing that shows it gets an answer any more.");
            }
        }
        Ok(())
    }
}
