//! Which commands moved customers last: what an Undo may take back.

use std::collections::HashMap;

use domain::{ActorRef, Cause, CommandId, CustomerId, PartnerId};

use super::Tx;
use super::port::args;
use super::sql::placeholders;
use crate::error::Result;

/// Customers looked up by one statement.
const AT_A_TIME: usize = 200;

/// The last move of each aspect of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastMoves {
    /// The command that made the head of the ledger, and what it was.
    pub plan: (CommandId, Cause),
    /// The command that moved access, and who gave it; `None` while nobody has.
    pub access: Option<(CommandId, ActorRef)>,
}

impl LastMoves {
    /// Whether an Undo of `command` would find nothing newer in its way.
    #[must_use]
    pub fn can_be_undone(&self, command: &CommandId) -> bool {
        let (by_plan, cause) = &self.plan;
        if by_plan == command {
            return matches!(cause, Cause::Change | Cause::Rollback | Cause::Undo);
        }
        let access = self.access.as_ref();
        access.is_some_and(|(by_access, who)| by_access == command && *who != ActorRef::System)
    }
}

impl Tx {
    /// The last moves of some customers of a partner.
    pub async fn last_moves(
        &mut self,
        partner: &PartnerId,
        customers: &[CustomerId],
    ) -> Result<HashMap<CustomerId, LastMoves>> {
        let mut found = HashMap::with_capacity(customers.len());
        for customers in customers.chunks(AT_A_TIME) {
            let list = placeholders(2, customers.len());
            let sql = format!(
                "SELECT customers.id, assignments.command_id, assignments.cause, access_command, access_by_kind, \
                 access_by_id FROM customers JOIN assignments ON assignments.partner_id = customers.partner_id \
                 AND assignments.customer_id = customers.id AND assignments.ended_at IS NULL \
                 WHERE customers.partner_id = $1 AND customers.id IN ({list})"
            );
            let mut args = args![partner.as_str()];
            args.extend(customers.iter().map(|customer| customer.as_str().into()));
            for mut row in self.rows(sql, args).await? {
                let customer = row.parsed(CustomerId::parse)?;
                let plan = (row.parsed(CommandId::parse)?, row.parsed(Cause::parse)?);
                let command = row.maybe_parsed(CommandId::parse)?;
                let access = command.zip(row.maybe_actor()?);
                found.insert(customer, LastMoves { plan, access });
            }
        }
        Ok(found)
    }

    /// What suspended customers of a partner are told, by the suspension in force that was opened first.
    pub async fn told(
        &mut self,
        partner: &PartnerId,
        customers: &[CustomerId],
    ) -> Result<HashMap<CustomerId, String>> {
        let mut found = HashMap::with_capacity(customers.len());
        for customers in customers.chunks(AT_A_TIME) {
            let list = placeholders(2, customers.len());
            let sql = format!(
                "SELECT customers.id, customer_message FROM customers JOIN suspensions \
                 ON suspensions.partner_id = customers.partner_id AND suspensions.customer_id = customers.id \
                 AND suspensions.id = customers.suspension_id \
                 WHERE customers.partner_id = $1 AND customers.id IN ({list}) AND customer_message IS NOT NULL"
            );
            let mut args = args![partner.as_str()];
            args.extend(customers.iter().map(|customer| customer.as_str().into()));
            for mut row in self.rows(sql, args).await? {
                found.insert(row.parsed(CustomerId::parse)?, row.text()?);
            }
        }
        Ok(found)
    }
}
