//! What can happen in a sequence. Everything is said relative to how things stand when it happens, so that a sequence that
//! failed can be made shorter and still means something.

use domain::{Cycle, PlanStatus, Reason};

#[derive(Clone, Debug)]
pub enum Step {
    /// Somebody confirms a popup.
    Confirm(Confirmed),
    /// The same is sent again: a lost answer, a double click.
    SendAgain { back: usize },
    /// The partner edits a plan.
    Edit {
        partner: usize,
        plan: usize,
        edit: Edit,
    },
    /// The product reports what a customer uses.
    Report {
        customer: Place,
        limit: usize,
        used: u64,
    },
    /// Time passes.
    Wait { minutes: i64 },
    /// The timer comes round.
    TimerRound,
}

#[derive(Clone, Debug)]
pub struct Confirmed {
    pub who: Person,
    pub customer: Place,
    pub sent_to: SentTo,
    pub attempt: Attempt,
    /// How many steps ago the popup was opened: what it shows is as old.
    pub opened: usize,
    pub key: Key,
}

/// A customer of one of the two partners.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub partner: usize,
    pub customer: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Person {
    Owner,
    Manager,
    Agent,
    Viewer,
    Operator,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SentTo {
    OwnPartner,
    /// Somebody of the other partner names this customer.
    OtherPartner,
}

#[derive(Clone, Copy, Debug)]
pub enum Key {
    Without,
    Fresh,
    /// The key of something sent before.
    Of {
        back: usize,
    },
}

#[derive(Clone, Debug)]
pub enum Attempt {
    Change {
        plan: usize,
        cycle: Cycle,
        tick: Tick,
    },
    RollBack {
        to: BackTo,
        tick: Tick,
    },
    Suspend {
        reason: Reason,
        note: Note,
        from: Option<i64>,
        until: Option<i64>,
    },
    Reactivate(Lift),
    Undo(Undone),
}

/// The tick beside the limits that would be exceeded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tick {
    Set,
    Unset,
}

#[derive(Clone, Copy, Debug)]
pub enum BackTo {
    Proposed,
    Row(u64),
    Lower { plan: usize },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Note {
    Written,
    Unwritten,
}

#[derive(Clone, Copy, Debug)]
pub enum Lift {
    All,
    Oldest,
    Newest,
    Nothing,
    /// One that is not open any more, beside all that are.
    Gone,
}

#[derive(Clone, Copy, Debug)]
pub enum Undone {
    /// A command of this customer, counted from the last.
    Last {
        back: usize,
    },
    Arrival,
    /// The last command of the partner's other customer.
    OfTheOther,
}

#[derive(Clone, Debug)]
pub enum Edit {
    PriceMonth(Option<i64>),
    PriceYear(Option<i64>),
    Limit { limit: usize, allowed: u64 },
    Rank(i32),
    Status(PlanStatus),
}
