//! Random sequences: most steps are possible, some are not.

use domain::{Cycle, PlanStatus, Reason};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::arrange::{CUSTOMERS, IMPORTED, LIMITS, PLANS};
use crate::steps::{
    Attempt, BackTo, Confirmed, Edit, Key, Lift, Note, Person, Place, SentTo, Step, Tick, Undone,
};

pub fn a_sequence() -> impl Strategy<Value = Vec<Step>> {
    let some = prop_oneof![
        12 => a_step().prop_map(|step| vec![step]),
        1 => a_popup_that_grows_old(),
    ];
    vec(some, 1..44).prop_map(|steps| steps.concat())
}

/// While somebody is about to choose a plan, it is edited, or what the customer uses is reported. Any plan for a change, a
/// low one for a rollback, or one that an imported customer had at a price that is today's or none.
fn a_popup_that_grows_old() -> impl Strategy<Value = Vec<Step>> {
    let tick = Tick::Set;
    let cycle = prop_oneof![Just(Cycle::Month), Just(Cycle::Year)];
    let change = (0..PLANS.len(), cycle)
        .prop_map(move |(plan, cycle)| (None, plan, Attempt::Change { plan, cycle, tick }));
    let roll_back = (0..2_usize).prop_map(move |plan| {
        let to = BackTo::Lower { plan };
        (None, plan, Attempt::RollBack { to, tick })
    });
    let restore = (0..2_usize).prop_map(move |row| {
        let to = BackTo::Row(row as u64 + 1);
        let plan = CUSTOMERS[IMPORTED][row];
        (Some(IMPORTED), plan, Attempt::RollBack { to, tick })
    });
    let chosen = prop_oneof![change, roll_back, restore];
    let meanwhile = prop_oneof![
        2 => an_edit().prop_map(Meanwhile::Edited),
        1 => (0..LIMITS.len(), 0..30_u64).prop_map(|(limit, used)| Meanwhile::Reported(limit, used)),
    ];
    (chosen, meanwhile, confirmed()).prop_map(|((whose, plan, attempt), meanwhile, confirmed)| {
        let Place { partner, customer } = confirmed.customer;
        let customer = whose.unwrap_or(customer);
        let customer = Place { partner, customer };
        let first = match meanwhile {
            Meanwhile::Edited(edit) => Step::Edit {
                partner,
                plan,
                edit,
            },
            Meanwhile::Reported(limit, used) => Step::Report {
                customer,
                limit,
                used,
            },
        };
        let confirmed = Confirmed {
            customer,
            attempt,
            opened: 1,
            ..confirmed
        };
        vec![first, Step::Confirm(confirmed)]
    })
}

#[derive(Clone, Debug)]
enum Meanwhile {
    Edited(Edit),
    Reported(usize, u64),
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
