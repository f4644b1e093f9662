//! A command from end to end: the key, what is due, the rules.

use std::collections::BTreeMap;

use domain::{
    Actor, Command, CommandId, CustomerId, IdempotencyKey, PartnerId, SuspensionId, Timestamp,
};
use server::commands::Order;

use super::{Customer, Plan, Refusal};

#[derive(Clone, Debug)]
pub struct Partner {
    pub id: PartnerId,
    pub plans: Vec<Plan>,
    pub customers: BTreeMap<CustomerId, Customer>,
    /// Keys by who sent them.
    pub answers: BTreeMap<(String, IdempotencyKey), Answered>,
    /// How many events the log has.
    pub log: u64,
}

/// What was carried out under a key.
#[derive(Clone, Debug)]
pub struct Answered {
    pub customer: CustomerId,
    pub command: Command,
    pub name: CommandId,
}

/// The names that the store gave to what a command made.
pub struct Names {
    pub command: CommandId,
    pub suspension: SuspensionId,
}

/// What became of a command that was not refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// Carried out now, as so many events.
    Done(u64),
    /// It was carried out before.
    Before(CommandId),
}

impl Partner {
    /// One key of one sender stands for one command to one customer; only what was carried out is kept under it.
    pub fn give(&mut self, order: &Order, now: Timestamp, names: &Names) -> Result<Given, Refusal> {
        let key = order.key.clone().map(|key| (sender(&order.actor), key));
        if let Some(known) = key.as_ref().and_then(|key| self.answers.get(key)) {
            let is_same = known.customer == order.customer && known.command == order.command;
            let before = Given::Before(known.name.clone());
            return if is_same {
                Ok(before)
            } else {
                Err(Refusal::KeyReused)
            };
        }
        let customer = self
            .customers
            .get_mut(&order.customer)
            .ok_or(Refusal::NotFound)?;
        // What is due happens first, and stays even when the command is refused.
        self.log += customer.settle(now);
        let (plans, actor) = (&self.plans, &order.actor);
        let events = match &order.command {
            Command::ChangePlan(change) => customer.change(plans, change, actor, now, names)?,
            Command::RollbackPlan(back) => customer.roll_back(plans, back, actor, now, names)?,
            Command::Suspend(suspend) => customer.suspend(suspend, actor, now, names)?,
            Command::Reactivate(lift) => customer.reactivate(lift, actor, now, names)?,
            Command::Undo(undo) => customer.undo(&undo.command, actor, now, names)?,
        };
        self.log += events;
        if let Some(key) = key {
            let answered = Answered {
                customer: order.customer.clone(),
                command: order.command.clone(),
                name: names.command.clone(),
            };
            self.answers.insert(key, answered);
        }
        Ok(Given::Done(events))
    }

    /// The timer's round: whatever is due, for everybody. Answers for how many customers something happened.
    pub fn settle(&mut self, now: Timestamp) -> u64 {
        let mut moved = 0;
        for customer in self.customers.values_mut() {
            let ended = customer.settle(now);
            self.log += ended;
            moved += u64::from(ended > 0);
        }
        moved
    }
}

fn sender(actor: &Actor) -> String {
    format!("{:?}", super::who::named(actor))
}
