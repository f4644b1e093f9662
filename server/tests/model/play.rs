//! Plays a sequence: each step on the store and on the model, and then both must be alike.

use std::collections::BTreeSet;
use std::ops::Range;

use domain::{CommandId, Timestamp, Usage};
use proptest::prelude::*;
use server::clock::Clock as _;
use server::commands::{Executed, Order, Replay, execute, report_usage, settle_due};
use server::store::{PlanSaved, verify};

use crate::arrange::{Cast, a_partner, edited, limit};
use crate::compare::{self, Alike};
use crate::reference::Partner;
use crate::steps::{Edit, Place, Step};
use crate::world::World;

/// Longer than any suspension of a sequence lasts.
const LONG: i64 = 10 * domain::time::DAY;
/// After so many steps everything is checked that takes longer.
const THOROUGHLY: usize = 12;
/// Keys are remembered for a week.
pub const KEPT: i64 = 7 * domain::time::DAY - domain::time::HOUR;

/// The partners to whom something happened.
pub type Touched = Range<usize>;
const NOBODY: Touched = 0..0;
const BOTH: Touched = 0..2;

/// A sequence under way.
pub struct Play<'w> {
    pub world: &'w World,
    pub casts: [Cast; 2],
    /// The partners as they were after each step.
    pub seen: Vec<[Partner; 2]>,
    /// Everything that was sent under a key, with its time.
    pub sent: Vec<(Order, Timestamp)>,
    /// What was carried out under a key, with the first answer.
    pub answered: Vec<(Order, Executed, Timestamp)>,
    /// Of all commands, so that no two have the same.
    pub names: BTreeSet<CommandId>,
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
    play.alike(BOTH).await?;
    play.whole().await
}

fn at(number: usize, step: &Step, error: &TestCaseError) -> TestCaseError {
    TestCaseError::fail(format!("at step {}, {step:?}: {error}", number + 1))
}

impl Play<'_> {
    async fn step(&mut self, step: &Step) -> Alike {
        let touched = match step {
            Step::Confirm(confirmed) => {
                self.world.clock.advance(domain::time::SECOND);
                let order = self.order(confirmed);
                self.send(order).await?
            }
            Step::SendAgain { back } => match self.sent_before(*back).cloned() {
                Some(order) => self.send(order).await?,
                None => NOBODY,
            },
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
            Step::Wait { minutes } => {
                self.world.clock.advance(minutes * domain::time::MINUTE);
                NOBODY
            }
            Step::TimerRound => self.timer_round().await?,
        };
        self.alike(touched).await?;
        self.seen
            .push([self.casts[0].partner.clone(), self.casts[1].partner.clone()]);
        Ok(())
    }

    async fn edit(
        &mut self,
        place: usize,
        plan: usize,
        edit: &Edit,
    ) -> Result<Touched, TestCaseError> {
        let partner = &mut self.casts[place].partner;
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
        Ok(place..place + 1)
    }

    async fn report(
        &mut self,
        place: Place,
        of: usize,
        used: u64,
    ) -> Result<Touched, TestCaseError> {
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
        Ok(place.partner..place.partner + 1)
    }

    async fn timer_round(&mut self) -> Result<Touched, TestCaseError> {
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
        Ok(BOTH)
    }

    /// Everything of these partners is stored as the model says.
    async fn alike(&mut self, touched: Touched) -> Alike {
        self.learn().await;
        for cast in &self.casts[touched] {
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

    /// What takes longer: the log, that sending anything again answers as before and changes nothing, and that nothing
    /// happened to the other partner.
    async fn thoroughly(&mut self) -> Alike {
        self.whole().await?;
        let now = self.world.clock.now();
        for (order, first, at) in &self.answered {
            if now.millis_since(*at) > KEPT {
                continue;
            }
            let world = self.world;
            let again = execute(&world.store, &world.clock, &world.ids, order.clone()).await;
            let refused = |error| TestCaseError::fail(format!("sent again, {order:?}: {error}"));
            let again = again.map_err(refused)?;
            prop_assert_eq!(again.replay, Replay::Replayed);
            prop_assert_eq!(&again.command, &first.command);
            prop_assert_eq!(&again.events, &first.events);
        }
        self.alike(BOTH).await
    }
}
