//! Writing accounts down as what the events made of them.

use domain::{
    Account, Assignment, Catalog, CommandId, CustomerId, CustomerMessage, Note, PartnerId,
    Suspension, Timestamp, Usage,
};

use super::Tx;
use super::accounts::StoredAccount;
use super::codec::{actor_columns, big, plan_reason_code};
use super::customer_columns as customer;
use super::port::{Arg, args};
use crate::error::{Error, Result, Unique};

const ASSIGNMENT: &[&str] = &[
    "partner_id",
    "customer_id",
    "seq",
    "plan_id",
    "plan_version",
    "cycle",
    "price",
    "currency",
    "started_at",
    "ended_at",
    "cause",
    "restores",
    "actor_kind",
    "actor_id",
    "reason",
    "command_id",
];

const SUSPENSION: &[&str] = &[
    "partner_id",
    "customer_id",
    "id",
    "place",
    "closed_by",
    "reason",
    "kind",
    "note",
    "customer_message",
    "placed_by_kind",
    "placed_by_id",
    "placed_at",
    "starts_at",
    "ends_at",
    "in_force",
    "command_id",
];

const SUSPENSION_AGAIN: &str = " ON CONFLICT (partner_id, customer_id, id) DO UPDATE SET place = excluded.place, \
    closed_by = excluded.closed_by, note = excluded.note, customer_message = excluded.customer_message, \
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, in_force = excluded.in_force, \
    command_id = excluded.command_id";

const USAGE: &[&str] = &["partner_id", "customer_id", "limit_name", "used", "as_of"];

const USAGE_AGAIN: &str = " ON CONFLICT (partner_id, customer_id, limit_name) DO UPDATE SET used = excluded.used, as_of = excluded.as_of";

fn assignment_values(partner: &PartnerId, customer: &CustomerId, row: &Assignment) -> Vec<Arg> {
    let (actor_kind, actor_id) = actor_columns(&row.actor);
    args![
        partner.as_str(),
        customer.as_str(),
        big(row.seq.0),
        row.terms.plan.as_str(),
        i64::from(row.terms.version.0),
        row.terms.cycle.code(),
        row.terms.price.map(|price| price.minor),
        row.terms.price.as_ref().map(|price| price.currency.code()),
        row.started_at.millis(),
        row.ended_at.map(Timestamp::millis),
        row.cause.code(),
        row.restores.map(|seq| big(seq.0)),
        actor_kind,
        actor_id,
        row.reason.map(plan_reason_code),
        row.command.as_str(),
    ]
}

fn suspension_values(
    partner: &PartnerId,
    customer: &CustomerId,
    place: usize,
    closed_by: Option<&CommandId>,
    row: &Suspension,
) -> Vec<Arg> {
    let (by_kind, by_id) = actor_columns(&row.placed_by);
    args![
        partner.as_str(),
        customer.as_str(),
        row.id.as_str(),
        big(place as u64),
        closed_by.map(CommandId::as_str),
        row.reason.code(),
        row.kind.code(),
        row.note.as_ref().map(Note::as_str),
        row.customer_message.as_ref().map(CustomerMessage::as_str),
        by_kind,
        by_id,
        row.placed_at.millis(),
        row.starts_at.millis(),
        row.until.map(Timestamp::millis),
        row.in_force,
        row.command.as_str(),
    ]
}

fn usage_values(partner: &PartnerId, customer: &CustomerId, row: &Usage) -> Vec<Arg> {
    args![
        partner.as_str(),
        customer.as_str(),
        row.limit.as_str(),
        big(row.used),
        row.as_of.millis()
    ]
}

/// Suspensions as rows: those just closed first, so that a kind is free before it is opened again.
fn suspension_rows(partner: &PartnerId, id: &CustomerId, account: &Account) -> Vec<Vec<Arg>> {
    let closed_by = account.access_moved.as_ref().map(|moved| &moved.command);
    let closed = account.just_lifted.iter().enumerate();
    let open = account.suspensions.iter().enumerate();
    closed
        .map(|(place, row)| suspension_values(partner, id, place, closed_by, row))
        .chain(open.map(|(place, row)| suspension_values(partner, id, place, None, row)))
        .collect()
}

impl Tx {
    /// Inserts accounts that are not stored yet.
    pub(crate) async fn insert_accounts(
        &mut self,
        partner: &PartnerId,
        catalog: &Catalog,
        accounts: &[StoredAccount],
    ) -> Result<()> {
        let (mut customers, mut ledger, mut suspensions, mut usages) =
            (vec![], vec![], vec![], vec![]);
        for StoredAccount {
            customer: id,
            account,
            last_seen_at,
        } in accounts
        {
            customers.push(customer::values(
                partner,
                id,
                account,
                catalog,
                *last_seen_at,
            ));
            ledger.extend(
                account
                    .ledger
                    .rows()
                    .map(|row| assignment_values(partner, id, row)),
            );
            suspensions.extend(suspension_rows(partner, id, account));
            usages.extend(
                account
                    .usage
                    .iter()
                    .map(|row| usage_values(partner, id, row)),
            );
        }
        self.insert("customers", customer::COLUMNS, customers, "")
            .await
            .map_err(|error| error.or_taken(Unique::ExternalId))?;
        self.insert("assignments", ASSIGNMENT, ledger, "").await?;
        self.insert("suspensions", SUSPENSION, suspensions, "")
            .await?;
        self.insert("usages", USAGE, usages, "").await
    }

    /// Writes what became of a stored account. The row moves only from the revisions of `before`: should anybody have
    /// been faster, nothing is saved and the whole work is to be done again.
    pub(crate) async fn update_account(
        &mut self,
        partner: &PartnerId,
        catalog: &Catalog,
        before: &Account,
        after: &StoredAccount,
    ) -> Result<()> {
        let StoredAccount {
            customer: id,
            account,
            last_seen_at,
        } = after;
        let mut args = customer::values(partner, id, account, catalog, *last_seen_at);
        let set: Vec<String> = customer::COLUMNS
            .iter()
            .enumerate()
            .skip(2)
            .map(|(place, name)| format!("{name} = ${}", place + 1))
            .collect();
        let width = args.len();
        args.extend(args![
            big(before.plan_revision.0),
            big(before.access_revision.0),
            big(before.epoch.0)
        ]);
        let sql = format!(
            "UPDATE customers SET {} WHERE partner_id = $1 AND id = $2 AND plan_revision = ${} \
             AND access_revision = ${} AND epoch = ${}",
            set.join(", "),
            width + 1,
            width + 2,
            width + 3
        );
        if self.run(sql, args).await? == 0 {
            return Err(Error::Busy("the customer moved meanwhile".into()));
        }
        self.update_ledger(partner, id, before, account).await?;
        if before.suspensions != account.suspensions || before.just_lifted != account.just_lifted {
            let rows = suspension_rows(partner, id, account);
            self.insert("suspensions", SUSPENSION, rows, SUSPENSION_AGAIN)
                .await?;
        }
        let usages: Vec<_> = account
            .usage
            .iter()
            .filter(|row| !before.usage.contains(row))
            .map(|row| usage_values(partner, id, row))
            .collect();
        self.insert("usages", USAGE, usages, USAGE_AGAIN).await
    }

    async fn update_ledger(
        &mut self,
        partner: &PartnerId,
        id: &CustomerId,
        before: &Account,
        after: &Account,
    ) -> Result<()> {
        let old_head = before.assignment().seq;
        let Some(ended_at) = after.ledger.row(old_head).and_then(|row| row.ended_at) else {
            return Ok(());
        };
        let sql = "UPDATE assignments SET ended_at = $4 WHERE partner_id = $1 AND customer_id = $2 AND seq = $3";
        self.run(
            sql,
            args![
                partner.as_str(),
                id.as_str(),
                big(old_head.0),
                ended_at.millis()
            ],
        )
        .await?;
        let rows: Vec<_> = after
            .ledger
            .rows()
            .filter(|row| row.seq > old_head)
            .map(|row| assignment_values(partner, id, row))
            .collect();
        self.insert("assignments", ASSIGNMENT, rows, "").await
    }
}
