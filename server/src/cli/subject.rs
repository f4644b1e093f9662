//! The customer that a command is about: found by what a person typed, and given a command by the operator.

use app::text::Say;
use clap::Args;
use domain::{Account, Actor, ActorRef, Command, CustomerId, ExternalId, Rejection, Suspension};

use super::database;
use super::{Complaint, World};
use crate::clock::Clock as _;
use crate::commands::{Executed, Order, execute};
use crate::error::Error;
use crate::store::{Partner, Store};

/// How often a command is given anew when the account moves between looking and acting.
const TRIES: usize = 5;

/// A customer as a person names it.
#[derive(Debug, Args)]
pub struct Named {
    /// Name or id of the partner
    #[arg(long)]
    partner: String,
    /// The customer's external id, or its id in the panel
    customer: String,
}

/// A customer that was found.
pub struct Subject<'a> {
    world: &'a World,
    store: &'a Store,
    /// Whose customer it is.
    pub partner: Partner,
    /// Which one it is.
    pub customer: CustomerId,
    /// Speaks the language of the command line, in the partner's time zone.
    pub say: Say,
}

impl<'a> Subject<'a> {
    /// Finds it.
    pub async fn find(
        world: &'a World,
        store: &'a Store,
        named: &Named,
    ) -> Result<Self, Complaint> {
        let partner = database::partner(store, &named.partner).await?;
        let text = named.customer.trim();
        let mut tx = store.read().await?;
        let by_external = match ExternalId::parse(text) {
            Ok(external) => tx.customer_id(&partner.id, &external).await?,
            Err(_) => None,
        };
        let customer = match (by_external, CustomerId::parse(text)) {
            (Some(id), _) => Some(id),
            (None, Ok(id)) => match tx.customer(&partner.id, &id).await {
                Ok(row) => Some(row.id),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error.into()),
            },
            (None, Err(_)) => None,
        };
        let Some(customer) = customer else {
            return Err(Complaint::new(format!(
                "\"{}\" has no customer {text}, neither by external id nor by the panel's own id",
                partner.profile.name
            )));
        };
        let say = Say::new("en", &partner.profile.time_zone, world.clock.now());
        Ok(Self {
            world,
            store,
            partner,
            customer,
            say,
        })
    }

    /// Gives the command that `command` makes of the account as it stands. Nobody has looked at a state that could be
    /// stale: when the account moves in between, the command is made again.
    pub async fn give(
        &self,
        command: impl Fn(&Account) -> Result<Command, Complaint>,
    ) -> Result<Executed, Complaint> {
        for _ in 0..TRIES {
            let mut tx = self.store.read().await?;
            let account = tx.account(&self.partner.id, &self.customer).await?;
            drop(tx);
            let order = Order {
                partner: self.partner.id.clone(),
                actor: Actor::Operator,
                customer: self.customer.clone(),
                command: command(&account)?,
                key: None,
            };
            let (clock, ids) = (&*self.world.clock, &*self.world.ids);
            match execute(self.store, clock, ids, order).await {
                Err(Error::Rejected(rejection)) => match *rejection {
                    Rejection::Stale(_) => {}
                    rejection => return Err(self.refusal(rejection).await),
                },
                done => return Ok(done?),
            }
        }
        Err(Complaint::new(
            "The customer's account is moving all the time; nothing was done. Try again",
        ))
    }

    async fn refusal(&self, rejection: Rejection) -> Complaint {
        let say = &self.say;
        match rejection {
            Rejection::Closed => Complaint::new(say.closed()),
            Rejection::AlreadySuspended { by } => Complaint::new(say.already_suspended_by(
                say.suspension_reason(by.reason),
                say.point(by.placed_at),
                self.who(&by.placed_by).await,
            )),
            Rejection::NoteRequired => Complaint::new(say.note_required()),
            Rejection::UntilInPast => Complaint::new(say.until_in_past()),
            other => Error::from(other).into(),
        }
    }

    async fn who(&self, actor: &ActorRef) -> String {
        let user = match actor {
            ActorRef::Operator => return self.say.operator_actor(),
            ActorRef::System => return self.say.system(),
            ActorRef::User(user) => user,
        };
        let users = match self.store.read().await {
            Ok(mut tx) => tx.users(&self.partner.id).await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let found = users.into_iter().find(|known| known.id == *user);
        found.map_or_else(|| self.say.unknown_person(), |user| user.name)
    }

    /// "Payment overdue, Terms broken"
    pub fn reasons<'s>(&self, suspensions: impl Iterator<Item = &'s Suspension>) -> String {
        let words: Vec<String> = suspensions
            .map(|suspension| self.say.suspension_reason(suspension.reason))
            .collect();
        words.join(", ")
    }
}

/// "Acme GmbH (C-1001)"
pub fn name(account: &Account) -> String {
    match &account.profile.name {
        Some(name) => format!("{name} ({})", account.external_id),
        None => account.external_id.to_string(),
    }
}
