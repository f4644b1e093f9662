//! What can happen in a sequence. Everything is said relative to how things stand when it happens, so that a sequence that
//! failed can be made shorter and still means something.

use domain::{Cycle, PlanStatus, Reason};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::arrange::{CUSTOMERS, LIMITS, PLANS};

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

pub fn a_sequence() -> impl Strategy<Value = Vec<Step>> {
    let some = prop_oneof![
        16 => a_step().prop_map(|step| vec![step]),
        1 => an_edit_under_an_open_popup(),
    ];
    vec(some, 1..45).prop_map(|steps| steps.concat())
}

/// A plan is edited while somebody is about to choose it: any plan for a change, a low one for a rollback.
fn an_edit_under_an_open_popup() -> impl Strategy<Value = Vec<Step>> {
    let tick = Tick::Set;
    let cycle = prop_oneof![Just(Cycle::Month), Just(Cycle::Year)];
    let change = (0..PLANS.len(), cycle)
        .prop_map(move |(plan, cycle)| (plan, Attempt::Change { plan, cycle, tick }));
    let roll_back = (0..2_usize).prop_map(move |plan| {
        let to = BackTo::Lower { plan };
        (plan, Attempt::RollBack { to, tick })
    });
    let chosen = prop_oneof![change, roll_back];
    (chosen, an_edit(), confirmed()).prop_map(|((plan, attempt), edit, confirmed)| {
        let partner = confirmed.customer.partner;
        let confirmed = Confirmed {
            attempt,
            opened: 1,
            ..confirmed
        };
        vec![
            Step::Edit {
                partner,
                plan,
                edit,
            },
            Step::Confirm(confirmed),
        ]
    })
}

fn a_step() -> impl Strategy<Value = Step> {
    let edited = (0..2_usize, 0..PLANS.len(), an_edit());
    prop_oneof![
        24 => confirmed().prop_map(Step::Confirm),
        2 => (0..4_usize).prop_map(|back| Step::SendAgain { back }),
        3 => edited.prop_map(|(partner, plan, edit)| Step::Edit { partner, plan, edit }),
        2 => (place(), 0..LIMITS.len(), 0..30_u64)
            .prop_map(|(customer, limit, used)| Step::Report { customer, limit, used }),
        2 => (1..30 * 60_i64).prop_map(|minutes| Step::Wait { minutes }),
        1 => Just(Step::TimerRound),
    ]
}

fn confirmed() -> impl Strategy<Value = Confirmed> {
    let who = prop_oneof![
        4 => Just(Person::Owner),
        3 => Just(Person::Manager),
        4 => Just(Person::Agent),
        1 => Just(Person::Viewer),
        3 => Just(Person::Operator),
    ];
    let sent_to = prop_oneof![30 => Just(SentTo::OwnPartner), 1 => Just(SentTo::OtherPartner)];
    let opened = prop_oneof![5 => Just(0), 1 => 1..4_usize];
    let key = prop_oneof![
        3 => Just(Key::Without),
        6 => Just(Key::Fresh),
        1 => (0..4_usize).prop_map(|back| Key::Of { back }),
    ];
    (who, place(), sent_to, an_attempt(), opened, key).prop_map(
        |(who, customer, sent_to, attempt, opened, key)| Confirmed {
            who,
            customer,
            sent_to,
            attempt,
            opened,
            key,
        },
    )
}

/// Mostly the same customer, so that what happens to it is about each other.
fn place() -> impl Strategy<Value = Place> {
    let partner = prop_oneof![7 => Just(0_usize), 1 => Just(1)];
    let customer = prop_oneof![3 => Just(0_usize), 1 => 0..CUSTOMERS.len()];
    (partner, customer).prop_map(|(partner, customer)| Place { partner, customer })
}

fn an_attempt() -> impl Strategy<Value = Attempt> {
    let cycle = prop_oneof![3 => Just(Cycle::Month), 1 => Just(Cycle::Year)];
    let change = (0..PLANS.len(), cycle, tick());
    let until = prop_oneof![3 => Just(None), 3 => (-120..30 * 60_i64).prop_map(Some)];
    let from = prop_oneof![5 => Just(None), 2 => (-60..20 * 60_i64).prop_map(Some)];
    let note = prop_oneof![Just(Note::Written), Just(Note::Unwritten)];
    prop_oneof![
        5 => change.prop_map(|(plan, cycle, tick)| Attempt::Change { plan, cycle, tick }),
        4 => (back_to(), tick()).prop_map(|(to, tick)| Attempt::RollBack { to, tick }),
        5 => (select(Reason::ALL), note, from, until)
            .prop_map(|(reason, note, from, until)| Attempt::Suspend { reason, note, from, until }),
        4 => lift().prop_map(Attempt::Reactivate),
        5 => undone().prop_map(Attempt::Undo),
    ]
}

fn tick() -> impl Strategy<Value = Tick> {
    prop_oneof![3 => Just(Tick::Set), 1 => Just(Tick::Unset)]
}

fn back_to() -> impl Strategy<Value = BackTo> {
    prop_oneof![
        4 => Just(BackTo::Proposed),
        2 => (0..9_u64).prop_map(BackTo::Row),
        2 => (0..PLANS.len()).prop_map(|plan| BackTo::Lower { plan }),
    ]
}

fn lift() -> impl Strategy<Value = Lift> {
    prop_oneof![
        4 => Just(Lift::All),
        2 => Just(Lift::Oldest),
        2 => Just(Lift::Newest),
        1 => Just(Lift::Nothing),
        1 => Just(Lift::Gone),
    ]
}

fn undone() -> impl Strategy<Value = Undone> {
    prop_oneof![
        6 => Just(Undone::Last { back: 0 }),
        3 => (1..4_usize).prop_map(|back| Undone::Last { back }),
        1 => Just(Undone::Arrival),
        1 => Just(Undone::OfTheOther),
    ]
}

fn an_edit() -> impl Strategy<Value = Edit> {
    let price =
        || prop_oneof![4 => (1..90_i64).prop_map(|euros| Some(euros * 100)), 1 => Just(None)];
    prop_oneof![
        3 => price().prop_map(Edit::PriceMonth),
        1 => price().prop_map(Edit::PriceYear),
        2 => (0..LIMITS.len(), 0..30_u64).prop_map(|(limit, allowed)| Edit::Limit { limit, allowed }),
        1 => (0..9_i32).prop_map(Edit::Rank),
        2 => Just(Edit::Status(PlanStatus::Active)),
        2 => select(PlanStatus::ALL).prop_map(Edit::Status),
    ]
}
