//! A customer's life made up beforehand by the same rules that every command passes: for the demo, under a set clock.

use domain::{
    Account, Actor, ActorRef, Catalog, Command, CustomerId, Event, Moment, Private, Rejection,
    Timestamp, Usage, decide, next_due, settle,
};

use super::NewCustomer;
use super::usage::{crossings, merged};
use crate::ids::Ids;

/// A customer on its way from its arrival to today.
#[derive(Clone, Debug)]
pub struct Life {
    id: CustomerId,
    account: Account,
    events: Vec<Event>,
}

impl Life {
    /// Begins with an arrival; `None` when `arrival` is another event. Previews and limits see `usage` from the start.
    #[must_use]
    pub fn begin(id: CustomerId, arrival: Event, usage: Vec<Usage>) -> Option<Self> {
        let mut account = Account::opened(&arrival)?;
        account.usage = usage;
        Some(Self {
            id,
            account,
            events: vec![arrival],
        })
    }

    /// The account as it is now.
    #[must_use]
    pub const fn account(&self) -> &Account {
        &self.account
    }

    /// Lets time pass: what falls due until `at` happens when it is due.
    pub fn wait_until(&mut self, ids: &dyn Ids, at: Timestamp) {
        while let Some(due) = next_due(&self.account).filter(|due| *due <= at) {
            let events = settle(&self.account, due, &ids.command(due));
            self.take(events);
        }
    }

    /// Carries out at `at` the command that `choose` makes from the account as it is then; `None` does nothing.
    ///
    /// # Errors
    /// What the rules say; nothing happened then but the passing of time.
    pub fn act(
        &mut self,
        catalog: &Catalog,
        ids: &dyn Ids,
        at: Timestamp,
        actor: &Actor,
        choose: impl FnOnce(&Account, &Catalog) -> Option<Command>,
    ) -> Result<(), Rejection> {
        self.wait_until(ids, at);
        let Some(command) = choose(&self.account, catalog) else {
            return Ok(());
        };
        let moment = Moment {
            now: at,
            command: ids.command(at),
            suspension: ids.suspension(at),
        };
        let events = decide(&self.account, catalog, &command, actor, &moment)?;
        self.take(events);
        Ok(())
    }

    /// Takes a report about usage at `at`; limits that it does not name keep theirs.
    pub fn report_usage(
        &mut self,
        catalog: &Catalog,
        ids: &dyn Ids,
        at: Timestamp,
        usage: &[Usage],
    ) {
        self.wait_until(ids, at);
        let after = merged(&self.account.usage, usage);
        let crossed = crossings(
            catalog,
            &self.account.assignment().terms,
            &self.account.usage,
            &after,
        );
        let command = ids.command(at);
        let event = |body| {
            Event::join(
                at,
                ActorRef::System,
                command.clone(),
                body,
                Private::default(),
            )
        };
        let events = crossed.into_iter().map(event).collect();
        self.take(events);
        self.account.usage = after;
    }

    /// Everything that happened, ready to be added.
    #[must_use]
    pub fn finish(self, last_seen_at: Option<Timestamp>) -> NewCustomer {
        NewCustomer {
            id: self.id,
            events: self.events,
            usage: self.account.usage,
            last_seen_at,
        }
    }

    fn take(&mut self, events: Vec<Event>) {
        for event in events {
            self.account = self.account.clone().apply(&event);
            self.events.push(event);
        }
    }
}
