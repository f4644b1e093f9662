//! Commands that tests of the store give.

use domain::{Command, CustomerId, IdempotencyKey, Reason, Undo};
use server::commands::{Executed, Order, execute};
use server::error::Error;
use server::ids::Ids as _;

use super::{World, change, reactivate, suspend};

impl World {
    pub fn order(&self, customer: &CustomerId, command: Command) -> Order {
        let (partner, actor) = (self.partner.clone(), self.actor());
        Order {
            partner,
            actor,
            customer: customer.clone(),
            command,
            key: None,
        }
    }

    pub fn key(&self) -> IdempotencyKey {
        IdempotencyKey::parse(&self.ids.key()).unwrap()
    }

    /// Carries out a command; every one a second after the one before.
    pub async fn execute(
        &self,
        customer: &CustomerId,
        command: Command,
    ) -> Result<Executed, Error> {
        self.clock.advance(domain::time::SECOND);
        execute(
            &self.store,
            &self.clock,
            &self.ids,
            self.order(customer, command),
        )
        .await
    }

    pub async fn suspend(&self, customer: &CustomerId, reason: Reason) -> Result<Executed, Error> {
        let command = suspend(&self.account(customer).await, reason, None);
        self.execute(customer, command).await
    }

    pub async fn reactivate(&self, customer: &CustomerId) -> Result<Executed, Error> {
        let command = reactivate(&self.account(customer).await);
        self.execute(customer, command).await
    }

    pub async fn change(&self, customer: &CustomerId, plan: &str) -> Result<Executed, Error> {
        let account = self.account(customer).await;
        let command = change(&account, &self.terms(&self.partner, plan).await);
        self.execute(customer, command).await
    }

    pub async fn undo(&self, customer: &CustomerId, done: &Executed) -> Result<Executed, Error> {
        self.execute(
            customer,
            Command::Undo(Undo {
                command: done.command.clone(),
            }),
        )
        .await
    }
}
