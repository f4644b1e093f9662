//! What is stored beside what the model says.

use domain::{Account, Catalog, LedgerSeq, Rejection, Stale, Status, rollback_choices};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use server::clock::Clock as _;
use server::error::Error;

use crate::reference::{Customer, Moved, Open, Partner, Refusal, Row, default_target};
use crate::world::World;

/// Whether both are alike.
pub type Alike = Result<(), TestCaseError>;

/// The whole partner: every customer, the counts, the length of the log, what the rollback popup proposes.
pub async fn partner(world: &World, model: &Partner) -> Alike {
    let mut tx = world.store.read().await.unwrap();
    let stored = tx.partner(&model.id).await.unwrap();
    let accounts = tx.accounts(&model.id, None, 100).await.unwrap();
    let catalog = tx.catalog(&model.id).await.unwrap();
    drop(tx);
    prop_assert_eq!(
        accounts.len(),
        model.customers.len(),
        "customers of the partner"
    );
    for stored in &accounts {
        let customer = &model.customers[&stored.customer];
        account(&stored.account, customer)?;
        proposal(world, &stored.account, &catalog, customer, model)?;
    }
    let is_active = |customer: &&Customer| customer.status() == Status::Active;
    let active = model.customers.values().filter(is_active).count() as u64;
    let suspended = model.customers.len() as u64 - active;
    let counts = (
        stored.counts.active,
        stored.counts.suspended,
        stored.counts.closed,
    );
    prop_assert_eq!(
        counts,
        (active, suspended, 0),
        "active, suspended and closed customers"
    );
    prop_assert_eq!(stored.last_seq, model.log, "events in the log");
    Ok(())
}

/// One account.
pub fn account(stored: &Account, model: &Customer) -> Alike {
    let (stored, usage) = (as_the_model_says(stored)?, stored.usage.iter());
    prop_assert_eq!(&stored.rows, &model.rows, "the ledger");
    prop_assert_eq!(&stored.open, &model.open, "open suspensions");
    prop_assert_eq!(
        stored.plan_revision,
        model.plan_revision,
        "the plan's revision"
    );
    prop_assert_eq!(
        stored.access_revision,
        model.access_revision,
        "access' revision"
    );
    prop_assert_eq!(stored.epoch, model.epoch, "the epoch");
    prop_assert_eq!(
        &stored.access_moved,
        &model.access_moved,
        "who moved access last"
    );
    prop_assert_eq!(&stored.status(), &model.status());
    let reports = usage.map(|usage| (usage.limit.clone(), (usage.used, usage.as_of)));
    prop_assert_eq!(
        reports.collect::<Vec<_>>(),
        model.usage.clone().into_iter().collect::<Vec<_>>(),
        "usage"
    );
    Ok(())
}

fn as_the_model_says(stored: &Account) -> Result<Customer, TestCaseError> {
    let mut rows = Vec::new();
    for (row, seq) in stored.ledger.rows().zip(1..) {
        prop_assert_eq!(row.seq, LedgerSeq(seq), "rows are numbered without a gap");
        rows.push(Row {
            terms: row.terms.clone(),
            started_at: row.started_at,
            ended_at: row.ended_at,
            cause: row.cause,
            restores: row.restores.map(|seq| seq.0),
            actor: row.actor.clone(),
            reason: row.reason,
            command: row.command.clone(),
        });
    }
    let mut open = Vec::new();
    for suspension in &stored.suspensions {
        open.push(Open {
            id: suspension.id.clone(),
            reason: suspension.reason,
            note: suspension.note.clone(),
            message: suspension.customer_message.clone(),
            placed_by: suspension.placed_by.clone(),
            placed_at: suspension.placed_at,
            starts_at: suspension.starts_at,
            in_force: suspension.in_force,
            until: suspension.until,
            command: suspension.command.clone(),
        });
    }
    let mut customer = Customer::arriving(rows);
    prop_assert_eq!(
        stored.status() == Status::Suspended,
        open.iter().any(|open| open.in_force),
        "the derived status"
    );
    customer.open = open;
    customer.plan_revision = stored.plan_revision.0;
    customer.access_revision = stored.access_revision.0;
    customer.epoch = stored.epoch.0;
    customer.access_moved = stored.access_moved.as_ref().map(moved);
    Ok(customer)
}

fn moved(moved: &domain::Moved) -> Moved {
    Moved {
        by: moved.by.clone(),
        at: moved.at,
        command: Some(moved.command.clone()),
    }
}

fn proposal(
    world: &World,
    stored: &Account,
    catalog: &Catalog,
    model: &Customer,
    partner: &Partner,
) -> Alike {
    let mut popup = rollback_choices(stored, catalog, world.clock.now());
    let proposed = popup
        .preselected
        .map(|place| popup.choices.swap_remove(place).target);
    prop_assert_eq!(
        proposed,
        default_target(model, &partner.plans),
        "what a rollback leads to unasked"
    );
    Ok(())
}

/// What was refused, as the model says it.
pub fn refusal(error: &Error) -> Refusal {
    let rejection = match error {
        Error::NotFound => return Refusal::NotFound,
        Error::KeyReused => return Refusal::KeyReused,
        Error::Rejected(rejection) => rejection,
        other => panic!("the store is to be whole: {other:?}"),
    };
    match &**rejection {
        Rejection::Forbidden { .. } => Refusal::Forbidden,
        Rejection::NotYours { kind } => Refusal::NotYours(*kind),
        Rejection::Stale(Stale::Plan { now, moved }) => {
            Refusal::StalePlan(now.0, moved.by.clone(), moved.at)
        }
        Rejection::Stale(Stale::Access { now, moved }) => {
            let moved = moved.as_ref().map(|moved| (moved.by.clone(), moved.at));
            Refusal::StaleAccess(now.0, moved)
        }
        Rejection::Stale(Stale::Version { newest, .. }) => Refusal::StaleVersion(*newest),
        Rejection::Superseded { aspect, by } => Refusal::Superseded(*aspect, by.by.clone(), by.at),
        Rejection::NotUndoable => Refusal::NotUndoable,
        Rejection::SamePlan => Refusal::SamePlan,
        Rejection::PlanArchived { .. } => Refusal::PlanArchived,
        Rejection::NotEligible { .. } => Refusal::NotEligible,
        Rejection::NoRollbackTarget => Refusal::NoRollbackTarget,
        Rejection::BlocksPlanChange { kind, .. } => Refusal::BlocksPlanChange(*kind),
        Rejection::AlreadySuspended { by } => Refusal::AlreadySuspended(by.id.clone()),
        Rejection::NotSuspended => Refusal::NotSuspended,
        Rejection::NoteRequired => Refusal::NoteRequired,
        Rejection::StartInPast => Refusal::StartInPast,
        Rejection::UntilInPast => Refusal::UntilInPast,
        other => panic!("the model knows no such refusal: {other:?}"),
    }
}
