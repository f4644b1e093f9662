//! What is known of one customer: a ledger of plans, a pile of suspensions, two revisions.

use std::collections::BTreeMap;

use domain::{
    ActorRef, Cause, CommandId, CustomerMessage, Kind, LimitName, Note, PlanReason, Reason, Status,
    SuspensionId, Terms, Timestamp,
};

#[derive(Clone, Debug)]
pub struct Customer {
    /// Row n of the ledger is `rows[n - 1]`; the last one is what the customer has.
    pub rows: Vec<Row>,
    /// Open suspensions in the order of their opening.
    pub open: Vec<Open>,
    /// The same before the last step of the access revision: what an Undo of that step goes back to.
    pub open_before: Vec<Open>,
    pub plan_revision: u64,
    pub access_revision: u64,
    pub epoch: u64,
    pub access_moved: Option<Moved>,
    pub usage: BTreeMap<LimitName, (u64, Timestamp)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub terms: Terms,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub cause: Cause,
    pub restores: Option<u64>,
    pub actor: ActorRef,
    pub reason: Option<PlanReason>,
    pub command: CommandId,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    pub id: SuspensionId,
    pub reason: Reason,
    pub note: Option<Note>,
    pub message: Option<CustomerMessage>,
    pub placed_by: ActorRef,
    pub placed_at: Timestamp,
    pub starts_at: Timestamp,
    pub until: Option<Timestamp>,
    /// Whether it keeps the customer out; a planned one does not yet.
    pub in_force: bool,
    /// The command that opened it last.
    pub command: CommandId,
}

/// Who moved an aspect last. What the panel does by itself gets its name from the store, so it is not known beforehand.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub by: ActorRef,
    pub at: Timestamp,
    pub command: Option<CommandId>,
}

impl Customer {
    /// As it arrives: with its past and nothing else.
    pub fn arriving(rows: Vec<Row>) -> Self {
        Self {
            rows,
            open: Vec::new(),
            open_before: Vec::new(),
            plan_revision: 1,
            access_revision: 1,
            epoch: 1,
            access_moved: None,
            usage: BTreeMap::new(),
        }
    }

    pub fn status(&self) -> Status {
        if self.in_force().next().is_none() {
            Status::Active
        } else {
            Status::Suspended
        }
    }

    pub fn in_force(&self) -> impl Iterator<Item = &Open> {
        self.open.iter().filter(|open| open.in_force)
    }

    pub fn head(&self) -> &Row {
        self.rows.last().expect("a customer has a plan")
    }

    /// Row `seq` of the ledger.
    pub fn row(&self, seq: u64) -> Option<&Row> {
        self.rows.get(usize::try_from(seq).ok()?.checked_sub(1)?)
    }

    pub fn open_of(&self, kind: Kind) -> Option<&Open> {
        self.open.iter().find(|open| kind_of(open.reason) == kind)
    }

    /// A new head, since now.
    pub fn append(&mut self, row: Row) {
        if let Some(head) = self.rows.last_mut() {
            head.ended_at = Some(row.started_at);
        }
        self.rows.push(row);
        self.plan_revision += 1;
        self.epoch += 1;
    }

    /// Another pile of suspensions, in one step.
    pub fn move_access(&mut self, open: Vec<Open>, moved: Moved) {
        self.open_before = std::mem::replace(&mut self.open, open);
        self.access_moved = Some(moved);
        self.access_revision += 1;
        self.epoch += 1;
    }

    /// Starts and ends whose time has come happen now, all in one step by the panel itself. Answers how many.
    pub fn settle(&mut self, now: Timestamp) -> u64 {
        let is_over = |open: &Open| {
            open.until
                .is_some_and(|until| until.max(open.starts_at) <= now)
        };
        let (mut happened, mut staying) = (0, Vec::new());
        for open in &self.open {
            let begins = !open.in_force && open.starts_at <= now;
            happened += u64::from(begins) + u64::from(is_over(open));
            if !is_over(open) {
                let in_force = open.in_force || begins;
                staying.push(Open {
                    in_force,
                    ..open.clone()
                });
            }
        }
        if happened > 0 {
            let (by, at, command) = (ActorRef::System, now, None);
            self.move_access(staying, Moved { by, at, command });
        }
        happened
    }
}

/// Nobody chooses a kind: the reason decides it.
pub fn kind_of(reason: Reason) -> Kind {
    match reason {
        Reason::PaymentOverdue => Kind::Billing,
        Reason::FraudOrChargeback | Reason::TermsBroken | Reason::SecurityRisk => Kind::Compliance,
        Reason::CustomerAsked | Reason::Other => Kind::Manual,
        Reason::Operator => Kind::Platform,
    }
}
