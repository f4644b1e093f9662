//! Sending a command to the store and to the model.

use domain::{Body, IdempotencyKey, SuspensionId};
use proptest::prelude::*;
use server::clock::Clock as _;
use server::commands::{Executed, Order, Replay, execute};
use server::error::Error;
use server::ids::Ids as _;

use crate::compare;
use crate::play::{KEPT, Play, Touched};
use crate::popup::Popup;
use crate::reference::{Given, Names};
use crate::steps::{Confirmed, Key, Place, SentTo};

impl Play<'_> {
    /// What is sent when somebody confirms.
    pub fn order(&self, confirmed: &Confirmed) -> Order {
        let Place { partner, customer } = confirmed.customer;
        let cast = &self.casts[partner];
        let id = &cast.customers[customer];
        let other = &cast.customers[(customer + 1) % cast.customers.len()];
        let opened = self.seen.len().saturating_sub(confirmed.opened + 1);
        let popup = Popup {
            seen: &self.seen[opened][partner],
            customer: id,
            commands: &cast.commands[id],
            of_the_other: &cast.commands[other],
            now: self.world.clock.now(),
            nothing: self.nothing(),
        };
        let sender = match confirmed.sent_to {
            SentTo::OwnPartner => cast,
            SentTo::OtherPartner => &self.casts[1 - partner],
        };
        Order {
            partner: sender.partner.id.clone(),
            actor: sender.actor(confirmed.who),
            customer: id.clone(),
            command: popup.confirm(&confirmed.attempt),
            key: self.key(confirmed.key),
        }
    }

    fn nothing(&self) -> SuspensionId {
        self.world.ids.suspension(self.world.clock.now())
    }

    fn key(&self, key: Key) -> Option<IdempotencyKey> {
        match key {
            Key::Without => None,
            Key::Fresh => Some(self.world.key()),
            Key::Of { back } => self.sent_before(back).and_then(|order| order.key.clone()),
        }
    }

    /// Something that was sent under a key that is still remembered.
    pub fn sent_before(&self, back: usize) -> Option<&Order> {
        let (order, at) = self.sent.iter().rev().nth(back)?;
        (self.world.clock.now().millis_since(*at) < KEPT).then_some(order)
    }

    /// Sends an order to the store and to the model; both must answer alike.
    pub async fn send(&mut self, order: Order) -> Result<Touched, TestCaseError> {
        let (world, now) = (self.world, self.world.clock.now());
        let answer = execute(&world.store, &world.clock, &world.ids, order.clone()).await;
        let place = usize::from(self.casts[1].partner.id == order.partner);
        let expected = self.casts[place]
            .partner
            .give(&order, now, &self.names(&answer));
        let touched = place..place + 1;
        if order.key.is_some() {
            // A key is remembered from its first use, however often it is used.
            let first = self.sent.iter().find(|(sent, _)| sent.key == order.key);
            let at = first.map_or(now, |(_, at)| *at);
            self.sent.push((order.clone(), at));
        }
        let done = match (answer, expected) {
            (Err(error), Err(expected)) => {
                prop_assert_eq!(compare::refusal(&error), expected, "{:?}", order);
                return Ok(touched);
            }
            (Ok(done), Ok(expected)) => {
                let answered = match done.replay {
                    Replay::Fresh => Given::Done(done.events.len() as u64),
                    Replay::Replayed => Given::Before(done.command.clone()),
                };
                prop_assert_eq!(answered, expected, "{:?}", order);
                done
            }
            (answer, expected) => {
                let answer = answer.map(|done| done.events);
                return Err(TestCaseError::fail(format!(
                    "the store answers {answer:?}, the model {expected:?} to {order:?}"
                )));
            }
        };
        self.learn().await;
        compare::account(
            &done.account,
            &self.casts[place].partner.customers[&order.customer],
        )?;
        if done.replay == Replay::Fresh {
            prop_assert!(
                self.names.insert(done.command.clone()),
                "every command has its own name"
            );
            let commands = self.casts[place].commands.get_mut(&order.customer);
            commands
                .expect("a customer of this partner")
                .push(done.command.clone());
            if order.key.is_some() {
                self.answered.push((order, done, now));
            }
        }
        Ok(touched)
    }

    /// The names in an answer.
    fn names(&self, answer: &Result<Executed, Error>) -> Names {
        let now = self.world.clock.now();
        let Ok(done) = answer else {
            let command = self.world.ids.command(now);
            return Names {
                command,
                suspension: self.nothing(),
            };
        };
        let placed = done
            .events
            .iter()
            .find_map(|logged| match &logged.event.body {
                Body::SuspensionPlaced { suspension, .. } => Some(suspension.clone()),
                _ => None,
            });
        Names {
            command: done.command.clone(),
            suspension: placed.unwrap_or_else(|| self.nothing()),
        }
    }

    /// Learns the names of what the panel did by itself.
    pub async fn learn(&mut self) {
        for cast in &mut self.casts {
            for (id, customer) in &mut cast.partner.customers {
                let Some(moved) = &mut customer.access_moved else {
                    continue;
                };
                if moved.command.is_some() {
                    continue;
                }
                let mut tx = self.world.store.read().await.unwrap();
                let stored = tx.account(&cast.partner.id, id).await.unwrap();
                let Some(done) = stored.access_moved else {
                    continue;
                };
                if self.names.insert(done.command.clone()) {
                    moved.command = Some(done.command.clone());
                    cast.commands
                        .get_mut(id)
                        .expect("a known customer")
                        .push(done.command);
                }
            }
        }
    }
}
