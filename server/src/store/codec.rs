//! How values of the domain stand in columns.

use domain::{
    Actor, ActorRef, ChangeReason, Currency, CustomerId, Cycle, Limit, Money, PartnerId, PlanId,
    PlanReason, PlanVersion, RollbackReason, Terms, Timestamp, UserId,
};

use super::port::Row;
use crate::error::{Error, Result};

/// How "unknown" stands in a column that lists sort by: smaller than everything known.
pub const UNKNOWN: i64 = i64::MIN;

/// A value that may be unknown, for a sorted column.
pub fn or_unknown(value: Option<i64>) -> i64 {
    value.unwrap_or(UNKNOWN)
}

/// The reverse of [`or_unknown`].
pub fn known(value: i64) -> Option<i64> {
    (value != UNKNOWN).then_some(value)
}

/// A count or revision as a BIGINT; the largest stands for anything larger.
pub fn big(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Rows that name customers: the partner's id, then the customer's.
pub fn named(rows: Vec<Row>) -> Result<Vec<(PartnerId, CustomerId)>> {
    rows.into_iter()
        .map(|mut row| {
            Ok((
                row.parsed(PartnerId::parse)?,
                row.parsed(CustomerId::parse)?,
            ))
        })
        .collect()
}

/// Who, as two columns: the sort of actor, and the user's id.
pub fn actor_columns(actor: &ActorRef) -> (&'static str, Option<&str>) {
    match actor {
        ActorRef::User(id) => ("user", Some(id.as_str())),
        ActorRef::Operator => ("operator", None),
        ActorRef::System => ("system", None),
    }
}

/// Who keeps whose idempotency keys apart.
pub fn scope(actor: &Actor) -> String {
    match actor {
        Actor::User { id, .. } => id.as_str().to_owned(),
        Actor::Operator => "operator".to_owned(),
        Actor::System => "system".to_owned(),
    }
}

fn actor(kind: &str, id: Option<&str>) -> Result<ActorRef> {
    match (kind, id) {
        ("user", Some(id)) => Ok(ActorRef::User(UserId::parse(id).map_err(Error::damaged)?)),
        ("operator", None) => Ok(ActorRef::Operator),
        ("system", None) => Ok(ActorRef::System),
        _ => Err(Error::damaged("an actor")),
    }
}

/// Why a plan moved, as one code.
pub fn plan_reason_code(reason: PlanReason) -> String {
    match reason {
        PlanReason::Change(reason) => format!("change.{}", reason.code()),
        PlanReason::Rollback(reason) => format!("rollback.{}", reason.code()),
    }
}

fn plan_reason(code: &str) -> Result<PlanReason> {
    let (family, code) = code
        .split_once('.')
        .ok_or_else(|| Error::damaged("a reason"))?;
    match family {
        "change" => ChangeReason::parse(code)
            .map(PlanReason::Change)
            .map_err(Error::damaged),
        "rollback" => RollbackReason::parse(code)
            .map(PlanReason::Rollback)
            .map_err(Error::damaged),
        _ => Err(Error::damaged("a reason")),
    }
}

/// What a plan says about a limit, as one word or number.
pub fn limit_code(limit: Limit) -> String {
    match limit {
        Limit::Count(count) => count.to_string(),
        Limit::Unlimited => "unlimited".to_owned(),
        Limit::Yes => "yes".to_owned(),
        Limit::No => "no".to_owned(),
    }
}

/// Reads values of the domain from a row, in the order of its columns.
impl Row {
    /// A value that its own parser reads.
    pub fn parsed<T, E: std::fmt::Display>(
        &mut self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T> {
        parse(&self.text()?).map_err(Error::damaged)
    }

    /// The same, or nothing.
    pub fn maybe_parsed<T, E: std::fmt::Display>(
        &mut self,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>> {
        self.maybe_text()?
            .map(|text| parse(&text))
            .transpose()
            .map_err(Error::damaged)
    }

    /// An instant.
    pub fn time(&mut self) -> Result<Timestamp> {
        self.int().map(Timestamp::from_millis)
    }

    /// An instant or nothing.
    pub fn maybe_time(&mut self) -> Result<Option<Timestamp>> {
        Ok(self.maybe_int()?.map(Timestamp::from_millis))
    }

    /// An instant from a column that sorts.
    pub fn known_time(&mut self) -> Result<Option<Timestamp>> {
        Ok(known(self.int()?).map(Timestamp::from_millis))
    }

    /// A count or revision.
    pub fn count(&mut self) -> Result<u64> {
        u64::try_from(self.int()?).map_err(Error::damaged)
    }

    /// A count or nothing.
    pub fn maybe_count(&mut self) -> Result<Option<u64>> {
        self.maybe_int()?
            .map(u64::try_from)
            .transpose()
            .map_err(Error::damaged)
    }

    /// Who: kind and id.
    pub fn actor(&mut self) -> Result<ActorRef> {
        let kind = self.text()?;
        actor(&kind, self.maybe_text()?.as_deref())
    }

    /// Who, or nobody: kind and id.
    pub fn maybe_actor(&mut self) -> Result<Option<ActorRef>> {
        let (kind, id) = (self.maybe_text()?, self.maybe_text()?);
        kind.map(|kind| actor(&kind, id.as_deref())).transpose()
    }

    /// An amount: minor units and currency, both or neither.
    pub fn maybe_money(&mut self) -> Result<Option<Money>> {
        let (minor, currency) = (self.maybe_int()?, self.maybe_parsed(Currency::parse)?);
        Ok(minor
            .zip(currency)
            .map(|(minor, currency)| Money::new(minor, currency)))
    }

    /// Plan, version, cycle, price, currency.
    pub fn terms(&mut self) -> Result<Terms> {
        Ok(Terms {
            plan: self.parsed(PlanId::parse)?,
            version: PlanVersion(u32::try_from(self.int()?).map_err(Error::damaged)?),
            cycle: self.parsed(Cycle::parse)?,
            price: self.maybe_money()?,
        })
    }

    /// Why a plan moved, if said.
    pub fn maybe_plan_reason(&mut self) -> Result<Option<PlanReason>> {
        self.maybe_parsed(plan_reason)
    }

    /// What a plan says about a limit, or nothing.
    pub fn maybe_limit(&mut self) -> Result<Option<Limit>> {
        self.maybe_parsed(|code| match code {
            "unlimited" => Ok(Limit::Unlimited),
            "yes" => Ok(Limit::Yes),
            "no" => Ok(Limit::No),
            count => count.parse().map(Limit::Count),
        })
    }
}
