//! Plays a sequence: each step on the store and on the model, and then both must be alike.

use std::collections::BTreeSet;

use domain::{Body, CommandId, IdempotencyKey, PlanCode, SuspensionId, Timestamp, Usage};
use proptest::prelude::*;
use server::clock::Clock as _;
use server::commands::{Executed, Order, Replay, execute, report_usage, settle_due};
use server::error::Error;
use server::ids::Ids as _;
use server::store::{PlanDraft, PlanSaved, verify};

use crate::arrange::{Cast, a_partner, limit};
use crate::compare::{self, Alike};
use crate::popup::Popup;
use crate::reference::{Given, Names, Partner};
use crate::steps::{Confirmed, Edit, Key, Place, SentTo, Step};
use crate::world::World;

/// Longer than any suspension of a sequence lasts.
const LONG: i64 = 10 * domain::time::DAY;
/// After so many steps everything is checked that takes longer.
const THOROUGHLY: usize = 12;
/// Keys are remembered for a week.
const KEPT: i64 = 7 * domain::time::DAY - domain::time::HOUR;

struct Play<'w> {
    world: &'w World,
    casts: [Cast; 2],
    /// The partners as they were after each step.
    seen: Vec<[Partner; 2]>,
    /// Everything that was sent under a key, with its time.
    sent: Vec<(Order, Timestamp)>,
    /// What was carried out under a key, with the first answer.
    answered: Vec<(Order, Executed, Timestamp)>,
    names: BTreeSet<CommandId>,
}

/// Plays `steps` with two new partners.
pub async fn play(world: &World, steps: &[Step]) -> Alike {
    // What an earlier sequence left behind is over.
    world.clock.advance(LONG);
    settle_due(&world.store, &world.clock, &world.ids)
        .await
        .unwrap();
    let casts = [a_partner(world).await, a_partner(world).await];
    let mut play = Play {
        world,
        seen: vec![[casts[0].partner.clone(), casts[1].partner.clone()]],
        casts,
        sent: Vec::new(),
        answered: Vec::new(),
        names: BTreeSet::new(),
    };
    for (number, step) in steps.iter().enumerate() {
        let said = play.step(step).await;
        said.map_err(|error| at(number, step, &error))?;
        if number % THOROUGHLY == THOROUGHLY - 1 {
            play.thoroughly()
                .await
                .map_err(|error| at(number, step, &error))?;
        }
    }
    play.thoroughly().await?;
    // Every end comes by itself.
    world.clock.advance(LONG);
    play.timer_round().await?;
    play.alike().await?;
    play.whole().await
}

fn at(number: usize, step: &Step, error: &TestCaseError) -> TestCaseError {
    TestCaseError::fail(format!("at step {}, {step:?}: {error}", number + 1))
}

impl Play<'_> {
    async fn step(&mut self, step: &Step) -> Alike {
        match step {
            Step::Confirm(confirmed) => {
                self.world.clock.advance(domain::time::SECOND);
                let order = self.order(confirmed);
                self.send(order).await?;
            }
            Step::SendAgain { back } => {
                if let Some(order) = self.sent_before(*back).cloned() {
                    self.send(order).await?;
                }
            }
            Step::Edit {
                partner,
                plan,
                edit,
            } => self.edit(*partner, *plan, edit).await?,
            Step::Report {
                customer,
                limit,
                used,
            } => self.report(*customer, *limit, *used).await?,
            Step::Wait { minutes } => self.world.clock.advance(minutes * domain::time::MINUTE),
            Step::TimerRound => self.timer_round().await?,
        }
        self.alike().await?;
        self.seen
            .push([self.casts[0].partner.clone(), self.casts[1].partner.clone()]);
        Ok(())
    }

    /// What is sent when somebody confirms.
    fn order(&self, confirmed: &Confirmed) -> Order {
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
    fn sent_before(&self, back: usize) -> Option<&Order> {
        let (order, at) = self.sent.iter().rev().nth(back)?;
        (self.world.clock.now().millis_since(*at) < KEPT).then_some(order)
    }

    /// Sends an order to the store and to the model; both must answer alike.
    async fn send(&mut self, order: Order) -> Alike {
        let (world, now) = (self.world, self.world.clock.now());
        let answer = execute(&world.store, &world.clock, &world.ids, order.clone()).await;
        let place = usize::from(self.casts[1].partner.id == order.partner);
        let expected = self.casts[place]
            .partner
            .give(&order, now, &self.names(&answer));
        if order.key.is_some() {
            self.sent.push((order.clone(), now));
        }
        let done = match (answer, expected) {
            (Err(error), Err(expected)) => {
                prop_assert_eq!(compare::refusal(&error), expected, "{:?}", order);
                return Ok(());
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
        Ok(())
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

    async fn edit(&mut self, partner: usize, plan: usize, edit: &Edit) -> Alike {
        let partner = &mut self.casts[partner].partner;
        let known = &mut partner.plans[plan];
        let draft = edited(known, edit);
        let newest = known.newest();
        known.save(&draft);
        let saved = self.world.save_plan(&partner.id, draft).await;
        let is_new = matches!(saved, PlanSaved::NewVersion(..));
        prop_assert_eq!(
            is_new,
            known.newest() != newest,
            "a new version of the plan"
        );
        Ok(())
    }

    async fn report(&mut self, place: Place, of: usize, used: u64) -> Alike {
        let (world, now) = (self.world, self.world.clock.now());
        let cast = &mut self.casts[place.partner];
        let customer = &cast.customers[place.customer];
        let usage = vec![Usage {
            limit: limit(of),
            used,
            as_of: now,
        }];
        let (store, id) = (&world.store, &cast.partner.id);
        report_usage(store, &world.clock, &world.ids, id, customer, usage)
            .await
            .unwrap();
        let told = cast.partner.report(customer, &limit(of), used, now);
        prop_assert_eq!(told, Ok(()));
        Ok(())
    }

    async fn timer_round(&mut self) -> Alike {
        let (world, now) = (self.world, self.world.clock.now());
        let settled = settle_due(&world.store, &world.clock, &world.ids)
            .await
            .unwrap();
        let expected: u64 = self
            .casts
            .iter_mut()
            .map(|cast| cast.partner.settle(now))
            .sum();
        prop_assert_eq!(settled, expected, "customers for whom something was due");
        Ok(())
    }

    /// Learns the names of what the panel did by itself.
    async fn learn(&mut self) {
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

    /// Everything is stored as the model says, of both partners.
    async fn alike(&mut self) -> Alike {
        self.learn().await;
        for cast in &self.casts {
            compare::partner(self.world, &cast.partner).await?;
        }
        Ok(())
    }

    /// Rows are the fold of the log, and the chain is whole.
    async fn whole(&self) -> Alike {
        for cast in &self.casts {
            let checked = verify(&self.world.store, &cast.partner.id).await;
            prop_assert!(checked.is_ok(), "{checked:?}");
        }
        Ok(())
    }

    /// What takes longer: the log, and that sending anything again answers as before and changes nothing.
    async fn thoroughly(&mut self) -> Alike {
        self.whole().await?;
        let now = self.world.clock.now();
        for (order, first, at) in &self.answered {
            if now.millis_since(*at) > KEPT {
                continue;
            }
            let world = self.world;
            let again = execute(&world.store, &world.clock, &world.ids, order.clone())
                .await
                .unwrap();
            prop_assert_eq!(again.replay, Replay::Replayed);
            prop_assert_eq!(&again.command, &first.command);
            prop_assert_eq!(&again.events, &first.events);
        }
        self.alike().await
    }
}

/// A plan as it would be sold after an edit.
fn edited(plan: &crate::reference::Plan, edit: &Edit) -> PlanDraft {
    let newest = plan.version(plan.newest());
    let mut draft = PlanDraft {
        code: PlanCode::parse(plan.code.as_str()).unwrap(),
        name: plan.code.to_string(),
        display_name: None,
        rank: plan.rank,
        currency: plan.currency,
        price_month: newest.price_month,
        price_year: newest.price_year,
        limits: newest.limits.clone(),
        status: plan.status,
        recommended: false,
    };
    match edit {
        Edit::PriceMonth(price) => draft.price_month = *price,
        Edit::PriceYear(price) => draft.price_year = *price,
        Edit::Limit { limit, allowed } => draft.limits[*limit].1 = domain::Limit::Count(*allowed),
        Edit::Rank(rank) => draft.rank = *rank,
        Edit::Status(status) => draft.status = *status,
    }
    draft
}
