//! Customers as lists show them.

use std::collections::HashMap;

use domain::{
    AccessRevision, ActorRef, Catalog, CustomerId, Epoch, ExternalId, Gauge, Lifecycle, LimitName,
    Money, PartnerId, PlanRevision, Reason, Situation, Status, SuspensionId, Terms, Timestamp,
};

use super::Tx;
use super::codec::known;
use super::port::{Row, args};
use super::sql::placeholders;
use crate::error::{Error, Result};

/// A customer as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    /// Our identifier.
    pub id: CustomerId,
    /// The operator's.
    pub external_id: ExternalId,
    /// Name, when known.
    pub name: Option<String>,
    /// E-mail address, when known.
    pub email: Option<String>,
    /// How the account stands.
    pub status: Status,
    /// Whether it is still a customer.
    pub lifecycle: Lifecycle,
    /// When it became a customer, if known.
    pub joined_at: Option<Timestamp>,
    /// When the product last saw it, if known.
    pub last_seen_at: Option<Timestamp>,
    /// What it has.
    pub terms: Terms,
    /// The price per month, if known.
    pub price_month: Option<Money>,
    /// Since when it has this plan.
    pub plan_since: Timestamp,
    /// How many earlier assignments it could be rolled back to.
    pub earlier_plans: u64,
    /// The limit that matters most now, with its usage.
    pub usage: Option<Gauge>,
    /// The suspension in force that was opened first.
    pub suspension: Option<ListedSuspension>,
    /// Reasons of all suspensions in force, in the order of their opening.
    pub in_force: Vec<Reason>,
    /// Revision of the plan.
    pub plan_revision: PlanRevision,
    /// Revision of the suspensions.
    pub access_revision: AccessRevision,
    /// Revision of either.
    pub epoch: Epoch,
}

/// A suspension as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSuspension {
    /// Which one.
    pub id: SuspensionId,
    /// Why.
    pub reason: Reason,
    /// Since when it keeps the customer out.
    pub since: Timestamp,
    /// Who placed it.
    pub by: ActorRef,
    /// Until when; `None` until somebody lifts it.
    pub until: Option<Timestamp>,
}

impl CustomerRow {
    /// What the ⋮ menu depends on.
    #[must_use]
    pub fn situation(&self, catalog: &Catalog) -> Situation {
        let earlier = usize::try_from(self.earlier_plans).unwrap_or(usize::MAX);
        Situation::from_row(
            self.lifecycle,
            self.in_force.clone(),
            &self.terms,
            earlier,
            catalog,
        )
    }
}

pub(super) const COLUMNS: &str = "customers.id, customers.external_id, name, email, status, lifecycle, joined_at, \
    last_seen_at, plan_id, plan_version, cycle, price, currency, price_month, plan_since, earlier_plans, usage_limit, \
    usage_allowed, usage_used, usage_as_of, suspension_id, suspension_reason, suspended_since, suspended_by_kind, \
    suspended_by_id, suspended_until, in_force, plan_revision, access_revision, epoch";

pub(super) fn customer_row(mut row: Row) -> Result<CustomerRow> {
    let id = row.parsed(CustomerId::parse)?;
    let external_id = row.parsed(ExternalId::parse)?;
    let (name, email) = (row.maybe_text()?, row.maybe_text()?);
    let (status, lifecycle) = (row.parsed(Status::parse)?, row.parsed(Lifecycle::parse)?);
    let (joined_at, last_seen_at) = (row.known_time()?, row.known_time()?);
    let terms = row.terms()?;
    let per_month = known(row.int()?);
    let price_month = per_month
        .zip(terms.price)
        .map(|(minor, price)| Money::new(minor, price.currency));
    let (plan_since, earlier_plans) = (row.time()?, row.count()?);
    Ok(CustomerRow {
        id,
        external_id,
        name,
        email,
        status,
        lifecycle,
        joined_at,
        last_seen_at,
        terms,
        price_month,
        plan_since,
        earlier_plans,
        usage: gauge(&mut row)?,
        suspension: suspension(&mut row)?,
        in_force: row.parsed(reasons)?,
        plan_revision: PlanRevision(row.count()?),
        access_revision: AccessRevision(row.count()?),
        epoch: Epoch(row.count()?),
    })
}

fn gauge(row: &mut Row) -> Result<Option<Gauge>> {
    let (limit, allowed) = (row.maybe_parsed(LimitName::parse)?, row.maybe_limit()?);
    let (used, as_of) = (row.maybe_count()?, row.maybe_time()?);
    Ok(limit.zip(allowed).map(|(limit, allowed)| Gauge {
        limit,
        allowed,
        used,
        as_of,
    }))
}

fn suspension(row: &mut Row) -> Result<Option<ListedSuspension>> {
    let (id, reason) = (
        row.maybe_parsed(SuspensionId::parse)?,
        row.maybe_parsed(Reason::parse)?,
    );
    let (since, by, until) = (row.maybe_time()?, row.maybe_actor()?, row.maybe_time()?);
    match (id, reason, since, by) {
        (Some(id), Some(reason), Some(since), Some(by)) => Ok(Some(ListedSuspension {
            id,
            reason,
            since,
            by,
            until,
        })),
        (None, None, None, None) => Ok(None),
        _ => Err(Error::damaged("the suspension of a row")),
    }
}

fn reasons(list: &str) -> Result<Vec<Reason>, domain::UnknownCode> {
    list.split(',')
        .filter(|code| !code.is_empty())
        .map(Reason::parse)
        .collect()
}

impl Tx {
    /// The customer as a list shows it.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for another partner's.
    pub async fn customer(&mut self, partner: &PartnerId, id: &CustomerId) -> Result<CustomerRow> {
        let sql = format!("SELECT {COLUMNS} FROM customers WHERE partner_id = $1 AND id = $2");
        self.row(sql, args![partner.as_str(), id.as_str()])
            .await?
            .map(customer_row)
            .ok_or(Error::NotFound)?
    }

    /// The customer with this external id.
    pub async fn customer_id(
        &mut self,
        partner: &PartnerId,
        external: &ExternalId,
    ) -> Result<Option<CustomerId>> {
        let sql = "SELECT id FROM customers WHERE partner_id = $1 AND external_id = $2";
        let row = self
            .row(sql, args![partner.as_str(), external.as_str()])
            .await?;
        row.map(|mut row| row.parsed(CustomerId::parse)).transpose()
    }

    /// The customers with these external ids; who does not exist is left out.
    pub async fn customer_ids(
        &mut self,
        partner: &PartnerId,
        externals: &[ExternalId],
    ) -> Result<HashMap<ExternalId, CustomerId>> {
        let mut found = HashMap::with_capacity(externals.len());
        for externals in externals.chunks(200) {
            let list = placeholders(2, externals.len());
            let mut args = args![partner.as_str()];
            args.extend(externals.iter().map(|external| external.as_str().into()));
            let sql = format!(
                "SELECT external_id, id FROM customers WHERE partner_id = $1 AND external_id IN ({list})"
            );
            for mut row in self.rows(sql, args).await? {
                found.insert(
                    row.parsed(ExternalId::parse)?,
                    row.parsed(CustomerId::parse)?,
                );
            }
        }
        Ok(found)
    }
}
