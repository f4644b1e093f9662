//! What a popup sends that was opened on what somebody saw.

use domain::{
    AcceptedOver, AccessRevision, ChangePlan, ChangeReason, Command, CommandId, CustomerId,
    CustomerMessage, Note as NoteText, PlanRevision, Reactivate, ReactivateReason, RollbackPlan,
    RollbackReason, RollbackTarget, Suspend, SuspensionId, Terms, Timestamp, Undo,
};

use crate::reference::{Customer, Partner, Plan, default_target, restore};
use crate::steps::{Attempt, BackTo, Lift, Note, Tick, Undone};

/// A popup for one customer.
pub struct Popup<'a> {
    /// The partner as it was when the popup opened.
    pub seen: &'a Partner,
    pub customer: &'a CustomerId,
    /// Commands of this customer, the arrival first, and of another one.
    pub commands: &'a [CommandId],
    pub of_the_other: &'a [CommandId],
    pub now: Timestamp,
    /// An identifier of nothing.
    pub nothing: SuspensionId,
}

impl Popup<'_> {
    pub fn confirm(&self, attempt: &Attempt) -> Command {
        match attempt {
            Attempt::Change { plan, cycle, tick } => {
                let plan = &self.seen.plans[*plan];
                let terms = plan.today(*cycle);
                Command::ChangePlan(ChangePlan {
                    accepts_over: self.ticked(&terms, *tick),
                    plan: terms.plan,
                    version: terms.version,
                    cycle: terms.cycle,
                    expect_plan_revision: PlanRevision(self.shown().plan_revision),
                    reason: Some(ChangeReason::NeedsMore),
                    note: written("Asked by telephone"),
                })
            }
            Attempt::RollBack { to, tick } => self.roll_back(*to, *tick),
            Attempt::Suspend {
                reason,
                note,
                from,
                until,
            } => Command::Suspend(Suspend {
                reason: *reason,
                note: if *note == Note::Written {
                    written("Ticket 17")
                } else {
                    None
                },
                customer_message: CustomerMessage::from_field("Please call us.").unwrap(),
                starts_at: from.map(|minutes| self.now.plus_millis(minutes * domain::time::MINUTE)),
                until: until.map(|minutes| self.now.plus_millis(minutes * domain::time::MINUTE)),
                expect_access_revision: AccessRevision(self.shown().access_revision),
            }),
            Attempt::Reactivate(lift) => Command::Reactivate(Reactivate {
                suspensions: self.lifted(*lift),
                expect_access_revision: AccessRevision(self.shown().access_revision),
                reason: Some(ReactivateReason::Reviewed),
                note: None,
            }),
            Attempt::Undo(undone) => Command::Undo(Undo {
                command: self.undone(*undone),
            }),
        }
    }

    fn shown(&self) -> &Customer {
        &self.seen.customers[self.customer]
    }

    fn roll_back(&self, to: BackTo, tick: Tick) -> Command {
        let plans = &self.seen.plans;
        let lower = |plan: &Plan| RollbackTarget::Lower {
            plan: plan.id.clone(),
            version: plan.newest(),
        };
        let target = match to {
            BackTo::Row(seq) => restore(self.shown(), plans, seq),
            BackTo::Lower { plan } => lower(&plans[plan]),
            // Where nothing is proposed, nothing can be confirmed but what a person makes up.
            BackTo::Proposed => {
                default_target(self.shown(), plans).unwrap_or_else(|| lower(&plans[0]))
            }
        };
        let terms = match &target {
            RollbackTarget::Restore { seq, .. } => {
                self.shown().row(seq.0).map(|row| row.terms.clone())
            }
            RollbackTarget::Lower { plan, .. } => plans
                .iter()
                .find(|known| known.id == *plan)
                .map(|plan| plan.today(plan.cycle_for(self.shown().head().terms.cycle))),
        };
        Command::RollbackPlan(RollbackPlan {
            target,
            expect_plan_revision: PlanRevision(self.shown().plan_revision),
            accepts_over: terms.map_or_else(Vec::new, |terms| self.ticked(&terms, tick)),
            reason: Some(RollbackReason::ChangedByMistake),
            note: None,
        })
    }

    fn ticked(&self, terms: &Terms, tick: Tick) -> Vec<AcceptedOver> {
        match tick {
            Tick::Set => self.shown().over_limits(&self.seen.plans, terms),
            Tick::Unset => Vec::new(),
        }
    }

    fn lifted(&self, lift: Lift) -> Vec<SuspensionId> {
        let mut open: Vec<SuspensionId> = self
            .shown()
            .open
            .iter()
            .map(|open| open.id.clone())
            .collect();
        match lift {
            Lift::All => open,
            Lift::Oldest => open.into_iter().take(1).collect(),
            Lift::Newest => open.pop().into_iter().collect(),
            Lift::Nothing => Vec::new(),
            Lift::Gone => {
                let before = self.shown().open_before.iter().map(|open| open.id.clone());
                let gone = before.into_iter().find(|id| !open.contains(id));
                open.push(gone.unwrap_or_else(|| self.nothing.clone()));
                open
            }
        }
    }

    fn undone(&self, undone: Undone) -> CommandId {
        let arrival = &self.commands[0];
        match undone {
            Undone::Last { back } => self
                .commands
                .iter()
                .rev()
                .nth(back)
                .unwrap_or(arrival)
                .clone(),
            Undone::Arrival => arrival.clone(),
            Undone::OfTheOther => self.of_the_other.last().unwrap_or(arrival).clone(),
        }
    }
}

fn written(text: &str) -> Option<NoteText> {
    NoteText::from_field(text).unwrap()
}
