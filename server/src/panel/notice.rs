//! What happened, in one sentence, with the way back.

use app::wire::{Notice, UndoOffer};
use domain::{Account, Body, Cause, CommandId, CustomerId, Permission};

use super::popup::Was;
use super::words::Context;
use crate::commands::Executed;
use crate::store::Logged;

/// The status message after a command; `key` is a fresh one for the way back.
pub fn notice(
    context: &Context,
    id: &CustomerId,
    executed: &Executed,
    was: Was,
    key: String,
) -> Notice {
    let of_command = |logged: &&Logged| logged.event.command == executed.command;
    let last = executed
        .events
        .iter()
        .rfind(of_command)
        .map(|logged| &logged.event.body);
    let text = last.map_or_else(
        || context.say.nothing_changed(),
        |body| sentence(context, &executed.account, body),
    );
    let permitted = context.actor.permits(Permission::Undo);
    let undo = permitted.then(|| UndoOffer {
        label: match was {
            Was::Undo => context.say.redo(),
            Was::Action => context.say.undo(),
        },
        fields: undo_fields(id, &executed.command, key),
    });
    Notice { text, undo }
}

fn undo_fields(id: &CustomerId, command: &CommandId, key: String) -> Vec<(String, String)> {
    [
        ("do", "undo"),
        ("customer", id.as_str()),
        ("command", command.as_str()),
        ("key", key.as_str()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

fn sentence(context: &Context, account: &Account, body: &Body) -> String {
    let say = &context.say;
    let customer = context.customer(&account.profile);
    match body {
        Body::PlanChanged {
            from,
            to,
            cause,
            restores,
            ..
        } => {
            let (plan, price) = (context.plan(&to.plan), context.price(to));
            match cause {
                Cause::Rollback if restores.is_none() => {
                    say.moved_down_notice(customer, plan, price)
                }
                Cause::Rollback | Cause::Undo => say.rolled_back_notice(customer, plan, price),
                _ if from.plan == to.plan => say.changed_version_notice(customer, plan, price),
                _ => say.changed_notice(customer, context.plan(&from.plan), plan),
            }
        }
        Body::SuspensionPlaced {
            reason,
            undoes,
            in_force,
            starts_at,
            ..
        } => {
            let reason = say.suspension_reason(*reason);
            match (undoes, in_force) {
                (_, false) => say.planned_notice(customer, say.day_and_time(*starts_at), reason),
                (Some(_), true) => say.suspended_again_notice(customer, reason),
                (None, true) => say.suspended_notice(customer, reason),
            }
        }
        Body::SuspensionLifted { in_force, .. } => {
            let left = context.reasons(account.in_force().map(|open| open.reason));
            match (left, in_force) {
                (Some(reasons), _) => say.lifted_notice(customer, reasons),
                (None, false) => say.called_off_notice(customer),
                (None, true) => say.reactivated_notice(customer),
            }
        }
        _ => say.nothing_changed(),
    }
}
