//! One customer of a partner with eight plans, and short words to act on it.

use domain::time::{DAY, MINUTE};
use domain::*;

pub use crate::fixtures::*;

#[derive(Clone)]
pub struct World {
    pub catalog: Catalog,
    pub account: Account,
    pub log: Vec<Event>,
    pub now: Timestamp,
    made: u64,
}

impl World {
    /// A customer who came on the newest version of the plan with this code.
    pub fn on(code: &str) -> Self {
        Self::with_history(&[], code)
    }

    /// A customer who came with a past, oldest first.
    pub fn with_history(past: &[&str], code: &str) -> Self {
        let catalog = catalog();
        let today = |code: &&str| {
            catalog
                .plan_by_code(code)
                .unwrap()
                .terms_today(Cycle::Month)
                .unwrap()
        };
        let mut stints: Vec<Stint> = past
            .iter()
            .chain(std::iter::once(&code))
            .enumerate()
            .map(|(place, code)| Stint {
                terms: today(code),
                started_at: NOON.plus_millis((place as i64 - past.len() as i64) * 30 * DAY),
            })
            .collect();
        let current = stints.pop().unwrap();
        Self::arriving(catalog, stints, current)
    }

    pub fn arriving(catalog: Catalog, earlier: Vec<Stint>, current: Stint) -> Self {
        let added = Event {
            at: NOON,
            actor: ActorRef::Operator,
            command: cmd(0),
            body: Body::CustomerAdded {
                external_id: ExternalId::parse("A-1").unwrap(),
                joined_at: None,
                import: None,
                earlier,
                current,
            },
            private: Private {
                profile: Some(Profile {
                    name: Some("Acme".to_owned()),
                    ..Profile::default()
                }),
                ..Private::default()
            },
        };
        let account = Account::opened(&added).unwrap();
        Self {
            catalog,
            account,
            log: vec![added],
            now: NOON,
            made: 0,
        }
    }

    /// This customer after some steps.
    pub fn after(mut self, steps: impl FnOnce(&mut Self)) -> Self {
        steps(&mut self);
        self
    }

    pub fn wait(&mut self, millis: i64) -> &mut Self {
        self.now = self.now.plus_millis(millis);
        self
    }

    pub fn fresh(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    pub fn record(&mut self, events: Vec<Event>) {
        for event in events {
            self.account = self.account.clone().apply(&event);
            self.log.push(event);
        }
    }

    /// Settles what is due, as the server does once a second and before every command.
    pub fn settle(&mut self) -> usize {
        let command = cmd(self.fresh());
        let events = settle(&self.account, self.now, &command);
        let count = events.len();
        self.record(events);
        count
    }

    /// Gives a command a minute later.
    pub fn give(&mut self, actor: &Actor, command: &Command) -> Result<CommandId, Rejection> {
        self.wait(MINUTE).settle();
        let number = self.fresh();
        let moment = Moment {
            now: self.now,
            command: cmd(number),
            suspension: sus(number),
        };
        let events = decide(&self.account, &self.catalog, command, actor, &moment)?;
        self.record(events);
        Ok(cmd(number))
    }

    pub fn change_to(&self, code: &str) -> ChangePlan {
        let terms = self
            .catalog
            .plan_by_code(code)
            .unwrap()
            .terms_today(Cycle::Month)
            .unwrap();
        ChangePlan {
            plan: terms.plan,
            version: terms.version,
            cycle: terms.cycle,
            expect_plan_revision: self.account.plan_revision,
            accepts_over: vec![],
            reason: None,
            note: None,
        }
    }

    pub fn change(&mut self, code: &str) -> Result<CommandId, Rejection> {
        self.give(&owner(), &Command::ChangePlan(self.change_to(code)))
    }

    pub fn rollback_to(&self, target: RollbackTarget) -> RollbackPlan {
        RollbackPlan {
            target,
            expect_plan_revision: self.account.plan_revision,
            accepts_over: vec![],
            reason: None,
            note: None,
        }
    }

    /// An earlier row as the popup offers it; a row that it does not offer, with its own price.
    pub fn restore(&self, number: u64) -> RollbackTarget {
        let seq = LedgerSeq(number);
        let offered = self.choices().choices.into_iter().find(
            |choice| matches!(choice.target, RollbackTarget::Restore { seq: of, .. } if of == seq),
        );
        let price = self.account.ledger.row(seq).and_then(|row| row.terms.price);
        offered.map_or(RollbackTarget::Restore { seq, price }, |choice| {
            choice.target
        })
    }

    /// What stands on an aspect, as the refusal of an Undo names it.
    pub fn superseded<T>(&self, aspect: Aspect) -> Result<T, Rejection> {
        let by = match aspect {
            Aspect::Plan => self.account.plan_moved(),
            Aspect::Access => self.account.access_moved.clone().unwrap(),
        };
        Err(Rejection::Superseded { aspect, by })
    }

    pub fn roll_back(&mut self, target: RollbackTarget) -> Result<CommandId, Rejection> {
        self.give(&owner(), &Command::RollbackPlan(self.rollback_to(target)))
    }

    pub fn choices(&self) -> RollbackChoices {
        rollback_choices(&self.account, &self.catalog, self.now)
    }

    /// Confirms the popup as it opens.
    pub fn roll_back_by_default(&mut self) -> Result<CommandId, Rejection> {
        let choices = self.choices();
        let target = choices.choices[choices.preselected.expect("a choice is preselected")]
            .target
            .clone();
        self.roll_back(target)
    }

    pub fn suspension(&self, reason: Reason) -> Suspend {
        Suspend {
            reason,
            note: note("ticket 7"),
            customer_message: CustomerMessage::from_field("Please call us.").unwrap(),
            starts_at: None,
            until: None,
            expect_access_revision: self.account.access_revision,
        }
    }

    pub fn suspend(&mut self, actor: &Actor, reason: Reason) -> Result<CommandId, Rejection> {
        self.give(actor, &Command::Suspend(self.suspension(reason)))
    }

    pub fn suspend_for(&mut self, reason: Reason, millis: i64) -> Result<CommandId, Rejection> {
        let until = Some(self.now.plus_millis(millis));
        self.give(
            &owner(),
            &Command::Suspend(Suspend {
                until,
                ..self.suspension(reason)
            }),
        )
    }

    /// Opens a suspension that starts later, as only the log can tell it.
    pub fn plan_suspension(&mut self, reason: Reason, starts_in: i64, lasts: Option<i64>) {
        let number = self.fresh();
        let starts_at = self.now.plus_millis(starts_in);
        let body = Body::SuspensionPlaced {
            suspension: sus(number),
            reason,
            placed_by: owner().reference(),
            placed_at: self.now,
            starts_at,
            until: lasts.map(|millis| starts_at.plus_millis(millis)),
            in_force: false,
            undoes: None,
        };
        self.log_only(number, owner().reference(), body);
    }

    pub fn lifting(&self, kinds: &[Kind]) -> Reactivate {
        let open = self
            .account
            .suspensions
            .iter()
            .filter(|open| kinds.contains(&open.kind));
        Reactivate {
            suspensions: open.map(|open| open.id.clone()).collect(),
            expect_access_revision: self.account.access_revision,
            reason: Some(ReactivateReason::Paid),
            note: None,
        }
    }

    pub fn lift(&mut self, actor: &Actor, kinds: &[Kind]) -> Result<CommandId, Rejection> {
        self.give(actor, &Command::Reactivate(self.lifting(kinds)))
    }

    pub fn undo(&mut self, actor: &Actor, command: &CommandId) -> Result<CommandId, Rejection> {
        self.give(
            actor,
            &Command::Undo(Undo {
                command: command.clone(),
            }),
        )
    }

    /// Undoes what last moved the plan.
    pub fn undo_last_plan(&mut self) -> Result<CommandId, Rejection> {
        let command = self.account.plan_moved().command;
        self.undo(&owner(), &command)
    }

    pub fn close(&mut self) {
        let number = self.fresh();
        self.log_only(number, ActorRef::Operator, Body::CustomerClosed);
    }

    /// An event that no command makes.
    fn log_only(&mut self, number: u64, actor: ActorRef, body: Body) {
        let event = Event::join(self.now, actor, cmd(number), body, Private::default());
        self.record(vec![event]);
    }

    pub fn uses(&mut self, limit: &str, used: u64) -> &mut Self {
        self.account
            .usage
            .retain(|usage| usage.limit != name(limit));
        self.account.usage.push(Usage {
            limit: name(limit),
            used,
            as_of: self.now,
        });
        self
    }

    /// Code of the customer's plan.
    pub fn plan(&self) -> &str {
        self.catalog
            .plan(&self.account.assignment().terms.plan)
            .map_or("(deleted)", |plan| plan.code.as_str())
    }

    pub fn plan_mut(&mut self, code: &str) -> &mut Plan {
        self.catalog
            .plans
            .iter_mut()
            .find(|plan| plan.code.as_str() == code)
            .unwrap()
    }

    /// A plan that nobody knows any more.
    pub fn delete(&mut self, code: &str) {
        self.catalog.plans.retain(|plan| plan.id != pln(code));
    }

    /// Sells a plan at a new price from now on.
    pub fn reprice(&mut self, code: &str, euros: i64) {
        let plan = self.plan_mut(code);
        let mut terms = plan.newest().unwrap().clone();
        terms.version = terms.version.next();
        terms.price_month = Some(euros * 100);
        plan.terms.push(terms);
    }
}
