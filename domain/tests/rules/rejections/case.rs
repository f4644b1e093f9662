//! A case of a table, and the words in which it is told.

use domain::*;

use crate::world::*;

/// The rule, the customer, who asks, what for, and why not.
pub type Case = (&'static str, World, Actor, Command, Rejection);

/// Lines of `"the rule": the customer, who, the command => why not;`.
macro_rules! table {
    ($($rule:literal: $world:expr, $actor:expr, $command:expr => $refused:expr;)+) => {
        vec![$(($rule, $world, $actor, $command, $refused)),+]
    };
}

pub fn check(cases: Vec<Case>) {
    for (rule, world, actor, command, refused) in cases {
        let mut after = world.clone();
        assert_eq!(after.give(&actor, &command), Err(refused), "{rule}");
        assert_eq!(after.account, world.account, "{rule}");
        assert_eq!(after.log, world.log, "{rule}");
    }
}

/// A step on the way to a case.
pub fn ok(step: Result<CommandId, Rejection>) {
    step.unwrap();
}

/// A customer on Pro after some steps.
pub fn on_pro(steps: impl FnOnce(&mut World)) -> World {
    World::on("pro").after(steps)
}

pub fn suspended(reason: Reason) -> World {
    on_pro(|world| ok(world.suspend(&Actor::Operator, reason)))
}

/// These commands are as a popup would send them that showed a customer on Pro to whom nothing had happened yet.
pub fn change(code: &str) -> Command {
    Command::ChangePlan(World::on("pro").change_to(code))
}

/// Of a row on Basic.
pub fn restore(seq: u64) -> Command {
    restore_of("basic", seq)
}

/// Of a row on the plan with this code, at today's price.
pub fn restore_of(code: &str, seq: u64) -> Command {
    let seq = LedgerSeq(seq);
    let price = World::on(code).account.assignment().terms.price;
    let target = RollbackTarget::Restore { seq, price };
    Command::RollbackPlan(World::on("pro").rollback_to(target))
}

/// What stands on an aspect of this customer.
pub fn superseded(world: &World, aspect: Aspect) -> Rejection {
    world.superseded::<()>(aspect).unwrap_err()
}

pub fn lower(code: &str, version: u32) -> Command {
    let (plan, version) = (pln(code), PlanVersion(version));
    let target = RollbackTarget::Lower { plan, version };
    Command::RollbackPlan(World::on("pro").rollback_to(target))
}

pub fn suspend(reason: Reason) -> Command {
    Command::Suspend(World::on("pro").suspension(reason))
}

/// As a popup would send it that shows this customer now.
pub fn lift(world: &World, kinds: &[Kind]) -> Command {
    Command::Reactivate(world.lifting(kinds))
}

pub fn undo(command: CommandId) -> Command {
    Command::Undo(Undo { command })
}

/// Undo of what last moved the plan.
pub fn undo_plan(world: &World) -> Command {
    undo(world.account.plan_moved().command)
}

/// Undo of what last moved the access.
pub fn undo_access(world: &World) -> Command {
    undo(world.account.access_moved.clone().unwrap().command)
}

pub fn not_eligible(reasons: &[Ineligible]) -> Rejection {
    let reasons = reasons.to_vec();
    Rejection::NotEligible { reasons }
}

pub fn over(limit: &str, used: u64, allowed: u64) -> Ineligible {
    Ineligible::OverLimit(OverLimit {
        limit: name(limit),
        used,
        allowed,
    })
}

pub fn archived(code: &str) -> Rejection {
    Rejection::PlanArchived { plan: pln(code) }
}

pub fn stale_version(code: &str, newest: u32) -> Rejection {
    let (plan, newest) = (pln(code), PlanVersion(newest));
    Rejection::Stale(Stale::Version { plan, newest })
}

pub fn stale_plan(world: &World) -> Rejection {
    let (now, moved) = (world.account.plan_revision, world.account.plan_moved());
    Rejection::Stale(Stale::Plan { now, moved })
}

pub fn stale_access(world: &World) -> Rejection {
    let (now, moved) = (
        world.account.access_revision,
        world.account.access_moved.clone(),
    );
    Rejection::Stale(Stale::Access { now, moved })
}

pub fn blocks(reason: Reason) -> Rejection {
    let kind = reason.kind();
    Rejection::BlocksPlanChange { kind, reason }
}

pub fn already(world: &World) -> Rejection {
    let by = Box::new(world.account.suspensions[0].clone());
    Rejection::AlreadySuspended { by }
}

pub fn not_yours(kind: Kind) -> Rejection {
    Rejection::NotYours { kind }
}

pub fn forbidden(permission: Permission) -> Rejection {
    Rejection::Forbidden { permission }
}
