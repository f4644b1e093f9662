//! What is refused whatever the command is.

use domain::*;

use super::case::*;
use crate::world::*;

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (command, permission) in [
        (change("max"), Permission::ChangePlan),
        (lower("basic", 1), Permission::RollbackPlan),
        (suspend(Reason::PaymentOverdue), Permission::Suspend),
        (lift(&World::on("pro"), Kind::ALL), Permission::Reactivate),
        (undo(cmd(0)), Permission::Undo),
    ] {
        for actor in [owner(), manager(), agent(), Actor::Operator] {
            cases.extend(table! {
                "the customer left": on_pro(World::close), actor, command.clone() => Rejection::Closed;
            });
        }
        for actor in [viewer(), Actor::System] {
            cases.extend(table! {
                "no permission": World::on("pro"), actor, command.clone() => forbidden(permission);
            });
        }
    }
    cases
}

#[test]
fn nobody_moves_a_customer_who_left_and_nobody_without_permission_moves_any() {
    check(cases());
}
