//! Random lives of a customer.

use domain::time::HOUR;
use domain::*;
use proptest::prelude::*;

use crate::world::*;

pub const PLANS: [&str; 8] = [
    "free", "basic", "starter", "pro", "lab", "business", "dollar", "max",
];

/// One thing that somebody tries; most are possible, some are not.
#[derive(Debug, Clone)]
pub enum Try {
    Change(usize),
    RollBackByDefault,
    RollBack(u64),
    Lower(usize),
    Suspend(Reason, Option<u8>),
    PlanToSuspend(Reason, u8),
    Lift(Vec<Kind>),
    Undo(usize),
    Wait(u8),
    Reprice(usize, u8),
    Use(u8),
}

fn a_try() -> impl Strategy<Value = Try> {
    prop_oneof![
        4 => (0..PLANS.len()).prop_map(Try::Change),
        2 => Just(Try::RollBackByDefault),
        2 => (1_u64..12).prop_map(Try::RollBack),
        1 => (0..PLANS.len()).prop_map(Try::Lower),
        4 => (proptest::sample::select(Reason::ALL), proptest::option::of(1_u8..9)).prop_map(|(r, h)| Try::Suspend(r, h)),
        1 => (proptest::sample::select(Reason::ALL), 1_u8..9).prop_map(|(r, h)| Try::PlanToSuspend(r, h)),
        3 => proptest::sample::subsequence(Kind::ALL, 1..=4).prop_map(Try::Lift),
        3 => (0_usize..3).prop_map(Try::Undo),
        1 => (1_u8..6).prop_map(Try::Wait),
        1 => (0..PLANS.len(), 1_u8..90).prop_map(|(plan, euros)| Try::Reprice(plan, euros)),
        1 => (0_u8..40).prop_map(Try::Use),
    ]
}

pub fn an_actor() -> impl Strategy<Value = Actor> {
    proptest::sample::select(vec![
        owner(),
        manager(),
        agent(),
        other_agent(),
        viewer(),
        Actor::Operator,
    ])
}

pub fn a_life() -> impl Strategy<Value = Vec<(Actor, Try)>> {
    proptest::collection::vec((an_actor(), a_try()), 0..25)
}

/// The command that a try stands for; `None` when it is no command.
fn command(world: &World, commands: &[CommandId], attempt: &Try) -> Option<Command> {
    let choices = world.choices();
    Some(match attempt {
        Try::Change(plan) => Command::ChangePlan(world.change_to(PLANS[*plan])),
        Try::RollBackByDefault => {
            let target = choices.choices.get(choices.preselected?)?.target.clone();
            Command::RollbackPlan(world.rollback_to(target))
        }
        Try::RollBack(seq) => Command::RollbackPlan(world.rollback_to(world.restore(*seq))),
        Try::Lower(plan) => {
            let ChangePlan { plan, version, .. } = world.change_to(PLANS[*plan]);
            Command::RollbackPlan(world.rollback_to(RollbackTarget::Lower { plan, version }))
        }
        Try::Suspend(reason, hours) => {
            let until = hours.map(|hours| world.now.plus_millis(i64::from(hours) * HOUR));
            Command::Suspend(Suspend {
                until,
                ..world.suspension(*reason)
            })
        }
        Try::PlanToSuspend(reason, hours) => Command::Suspend(Suspend {
            starts_at: Some(world.now.plus_millis(i64::from(*hours) * HOUR)),
            ..world.suspension(*reason)
        }),
        Try::Lift(kinds) => Command::Reactivate(world.lifting(kinds)),
        Try::Undo(back) => {
            let command = commands.iter().rev().nth(*back)?.clone();
            Command::Undo(Undo { command })
        }
        Try::Wait(_) | Try::Reprice(..) | Try::Use(_) => return None,
    })
}

/// Lives on, calling `check` before and after every command, with the command and its outcome.
pub fn live(
    life: &[(Actor, Try)],
    mut check: impl FnMut(&World, &World, &Actor, &Command, &Result<CommandId, Rejection>),
) -> World {
    let mut world = World::with_history(&["basic", "starter"], "pro");
    let mut commands = Vec::new();
    for (actor, attempt) in life {
        match attempt {
            Try::Wait(hours) => {
                world.wait(i64::from(*hours) * HOUR).settle();
            }
            Try::Reprice(plan, euros) => world.reprice(PLANS[*plan], i64::from(*euros)),
            Try::Use(seats) => {
                world.uses("seats", u64::from(*seats));
            }
            _ => {}
        }
        let Some(command) = command(&world, &commands, attempt) else {
            continue;
        };
        // `give` settles first; settled beforehand, what it changes is the command's alone.
        let mut before = world.clone();
        before.wait(domain::time::MINUTE).settle();
        let outcome = world.give(actor, &command);
        check(&before, &world, actor, &command, &outcome);
        commands.extend(outcome.ok());
    }
    world
}
