//! Whole accounts, put together from their rows.

use std::collections::HashMap;

use domain::{
    AccessRevision, Account, Assignment, Cause, CommandId, CustomerId, CustomerMessage, Epoch,
    ExternalId, Ledger, LedgerSeq, Lifecycle, LimitName, Moved, Note, PartnerId, PlanRevision,
    Profile, Reason, Suspension, SuspensionId, Timestamp, Usage,
};

use super::Tx;
use super::port::{Arg, Row, args};
use super::sql::placeholders;
use crate::error::{Error, Result};

/// An account with what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccount {
    /// Whose.
    pub customer: CustomerId,
    /// The account.
    pub account: Account,
    /// When the product last saw the customer.
    pub last_seen_at: Option<Timestamp>,
}

const OWN: &str = "id, external_id, name, email, phone, country, language, lifecycle, joined_at, last_seen_at, \
                   plan_revision, access_revision, epoch, access_by_kind, access_by_id, access_at, access_command";

/// The rows of other tables that make an account, by customer.
#[derive(Default)]
struct Parts {
    ledger: HashMap<CustomerId, Vec<Assignment>>,
    suspensions: HashMap<CustomerId, Vec<(Option<CommandId>, Suspension)>>,
    usage: HashMap<CustomerId, Vec<Usage>>,
}

fn account(mut row: Row, parts: &mut Parts) -> Result<StoredAccount> {
    let id = row.parsed(CustomerId::parse)?;
    let external_id = row.parsed(ExternalId::parse)?;
    let profile = Profile {
        name: row.maybe_text()?,
        email: row.maybe_text()?,
        phone: row.maybe_text()?,
        country: row.maybe_text()?,
        language: row.maybe_text()?,
    };
    let lifecycle = row.parsed(Lifecycle::parse)?;
    let (joined_at, last_seen_at) = (row.known_time()?, row.known_time()?);
    let plan_revision = PlanRevision(row.count()?);
    let access_revision = AccessRevision(row.count()?);
    let epoch = Epoch(row.count()?);
    let (by, at) = (row.maybe_actor()?, row.maybe_time()?);
    let command = row.maybe_parsed(CommandId::parse)?;
    let access_moved = match (by, at, command) {
        (Some(by), Some(at), Some(command)) => Some(Moved { by, at, command }),
        _ => None,
    };
    let ledger =
        Ledger::from_rows(parts.ledger.remove(&id).unwrap_or_default()).map_err(Error::damaged)?;
    let (mut suspensions, mut just_lifted) = (Vec::new(), Vec::new());
    for (closed_by, suspension) in parts.suspensions.remove(&id).unwrap_or_default() {
        match (closed_by, &access_moved) {
            (None, _) => suspensions.push(suspension),
            (Some(command), Some(moved)) if command == moved.command => {
                just_lifted.push(suspension)
            }
            _ => {}
        }
    }
    let usage = parts.usage.remove(&id).unwrap_or_default();
    let account = Account {
        external_id,
        profile,
        joined_at,
        lifecycle,
        ledger,
        suspensions,
        just_lifted,
        plan_revision,
        access_revision,
        epoch,
        access_moved,
        usage,
    };
    Ok(StoredAccount {
        customer: id,
        account,
        last_seen_at,
    })
}

fn assignment(mut row: Row) -> Result<(CustomerId, Assignment)> {
    let id = row.parsed(CustomerId::parse)?;
    let assignment = Assignment {
        seq: LedgerSeq(row.count()?),
        terms: row.terms()?,
        started_at: row.time()?,
        ended_at: row.maybe_time()?,
        cause: row.parsed(Cause::parse)?,
        restores: row.maybe_count()?.map(LedgerSeq),
        actor: row.actor()?,
        reason: row.maybe_plan_reason()?,
        command: row.parsed(CommandId::parse)?,
    };
    Ok((id, assignment))
}

fn suspension(mut row: Row) -> Result<(CustomerId, (Option<CommandId>, Suspension))> {
    let id = row.parsed(CustomerId::parse)?;
    let closed_by = row.maybe_parsed(CommandId::parse)?;
    let suspension_id = row.parsed(SuspensionId::parse)?;
    let reason = row.parsed(Reason::parse)?;
    let suspension = Suspension {
        id: suspension_id,
        kind: reason.kind(),
        reason,
        note: row.maybe_parsed(Note::parse)?,
        customer_message: row.maybe_parsed(CustomerMessage::parse)?,
        placed_by: row.actor()?,
        placed_at: row.time()?,
        starts_at: row.time()?,
        until: row.maybe_time()?,
        in_force: row.flag()?,
        command: row.parsed(CommandId::parse)?,
    };
    Ok((id, (closed_by, suspension)))
}

fn usage(mut row: Row) -> Result<(CustomerId, Usage)> {
    let id = row.parsed(CustomerId::parse)?;
    Ok((
        id,
        Usage {
            limit: row.parsed(LimitName::parse)?,
            used: row.count()?,
            as_of: row.time()?,
        },
    ))
}

impl Tx {
    /// The whole account of a customer, with its usage.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for another partner's.
    pub async fn account(&mut self, partner: &PartnerId, id: &CustomerId) -> Result<Account> {
        Ok(self.stored_account(partner, id).await?.account)
    }

    /// The whole account of a customer, with what stands beside it.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for another partner's.
    pub async fn stored_account(
        &mut self,
        partner: &PartnerId,
        id: &CustomerId,
    ) -> Result<StoredAccount> {
        self.stored_accounts(partner, std::slice::from_ref(id))
            .await?
            .pop()
            .ok_or(Error::NotFound)
    }

    /// The whole accounts of customers in the order of their ids; who does not exist is left out.
    pub async fn stored_accounts(
        &mut self,
        partner: &PartnerId,
        ids: &[CustomerId],
    ) -> Result<Vec<StoredAccount>> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(100) {
            let list = placeholders(2, ids.len());
            let mut args = args![partner.as_str()];
            args.extend(ids.iter().map(|id| Arg::from(id.as_str())));
            let sql = format!(
                "SELECT {OWN} FROM customers WHERE partner_id = $1 AND id IN ({list}) ORDER BY id"
            );
            let rows = self.rows(sql, args.clone()).await?;
            let mut parts = self.parts(&list, args).await?;
            for row in rows {
                found.push(account(row, &mut parts)?);
            }
        }
        Ok(found)
    }

    /// The next `size` accounts after a customer, in the order of their ids.
    pub async fn accounts(
        &mut self,
        partner: &PartnerId,
        after: Option<&CustomerId>,
        size: u32,
    ) -> Result<Vec<StoredAccount>> {
        let sql = "SELECT id FROM customers WHERE partner_id = $1 AND id > $2 ORDER BY id LIMIT $3";
        let after = after.map_or("", CustomerId::as_str);
        let rows = self
            .rows(sql, args![partner.as_str(), after, i64::from(size)])
            .await?;
        let ids = rows
            .into_iter()
            .map(|mut row| row.parsed(CustomerId::parse))
            .collect::<Result<Vec<_>>>()?;
        self.stored_accounts(partner, &ids).await
    }

    /// `args` are the partner and the customers of `list`.
    async fn parts(&mut self, list: &str, args: Vec<Arg>) -> Result<Parts> {
        let mut parts = Parts::default();
        let sql = format!(
            "SELECT customer_id, seq, plan_id, plan_version, cycle, price, currency, started_at, ended_at, cause, \
             restores, actor_kind, actor_id, reason, command_id FROM assignments \
             WHERE partner_id = $1 AND customer_id IN ({list}) ORDER BY customer_id, seq"
        );
        for row in self.rows(sql, args.clone()).await? {
            let (id, row) = assignment(row)?;
            parts.ledger.entry(id).or_default().push(row);
        }
        let sql = format!(
            "SELECT customer_id, closed_by, id, reason, note, customer_message, placed_by_kind, placed_by_id, \
             placed_at, starts_at, ends_at, in_force, command_id FROM suspensions \
             WHERE partner_id = $1 AND customer_id IN ({list}) ORDER BY customer_id, place"
        );
        for row in self.rows(sql, args.clone()).await? {
            let (id, row) = suspension(row)?;
            parts.suspensions.entry(id).or_default().push(row);
        }
        let sql = format!(
            "SELECT customer_id, limit_name, used, as_of FROM usages \
             WHERE partner_id = $1 AND customer_id IN ({list}) ORDER BY customer_id, limit_name"
        );
        for row in self.rows(sql, args).await? {
            let (id, row) = usage(row)?;
            parts.usage.entry(id).or_default().push(row);
        }
        Ok(parts)
    }
}
