//! Who may do what.

use domain::{Actor, ActorRef, Kind, Role};

use super::Refusal;

/// A viewer only reads; the operator and everybody else may act.
pub fn may_act(actor: &Actor) -> Result<(), Refusal> {
    match actor {
        Actor::User { role, .. } if *role == Role::Viewer => Err(Refusal::Forbidden),
        Actor::System => Err(Refusal::Forbidden),
        _ => Ok(()),
    }
}

/// Platform is the operator's alone.
pub fn may_place(actor: &Actor, kind: Kind) -> Result<(), Refusal> {
    if kind == Kind::Platform && *actor != Actor::Operator {
        return Err(Refusal::NotYours(kind));
    }
    Ok(())
}

/// Platform is the operator's alone; Compliance takes an owner, a manager, or the operator.
pub fn may_lift(actor: &Actor, kind: Kind) -> Result<(), Refusal> {
    match (kind, actor) {
        (_, Actor::Operator) => Ok(()),
        (Kind::Platform, _) => Err(Refusal::NotYours(kind)),
        (Kind::Compliance, Actor::User { role, .. }) if *role == Role::Agent => {
            Err(Refusal::NotYours(kind))
        }
        _ => Ok(()),
    }
}

/// As the log names an actor.
pub fn named(actor: &Actor) -> ActorRef {
    match actor {
        Actor::User { id, .. } => ActorRef::User(id.clone()),
        Actor::Operator => ActorRef::Operator,
        Actor::System => ActorRef::System,
    }
}
