//! Reading the log: a customer's timeline, a partner's Activity, the events of one command.

use std::collections::HashMap;

use domain::{
    Account, ActorRef, Body, CommandId, CustomerId, Event, EventKind, ExternalId, PartnerId,
    Private, Timestamp,
};

use super::Tx;
use super::codec::{actor_columns, big};
use super::events::{HashedBody, Logged, NO_CUSTOMER};
use super::port::{Arg, Row, args};
use super::sql::{Binds, placeholders};
use crate::error::{Error, Result};

/// Which part of a partner's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityQuery {
    /// Only this kind.
    pub kind: Option<EventKind>,
    /// Only by this person (or the operator, or the panel itself).
    pub actor: Option<ActorRef>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Which page.
    pub place: LogPlace,
    /// How many events.
    pub size: u32,
}

impl ActivityQuery {
    /// The newest events of any kind.
    #[must_use]
    pub fn newest(size: u32) -> Self {
        Self {
            kind: None,
            actor: None,
            from: None,
            until: None,
            place: LogPlace::Start,
            size,
        }
    }
}

/// Which page of a log that is read newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogPlace {
    /// The newest.
    Start,
    /// Those older than this number.
    Before(u64),
    /// Those just newer than this number.
    After(u64),
}

/// A page of a log, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPage {
    /// The events.
    pub events: Vec<Logged>,
    /// There are older ones: before this number.
    pub older: Option<u64>,
    /// There are newer ones: after this number.
    pub newer: Option<u64>,
}

const COLUMNS: &str = "seq, customer_id, at, actor_kind, actor_id, command_id, body, private";

fn logged(mut row: Row) -> Result<Logged> {
    let seq = row.count()?;
    let customer = row.parsed(|id| match id {
        NO_CUSTOMER => Ok(None),
        id => CustomerId::parse(id).map(Some),
    })?;
    let (at, actor, command) = (row.time()?, row.actor()?, row.parsed(CommandId::parse)?);
    let body: HashedBody<Body> = row.parsed(|text| serde_json::from_str(text))?;
    let private: Option<Private> = row.maybe_parsed(|text| serde_json::from_str(text))?;
    Ok(Logged {
        seq,
        customer,
        event: Event::join(at, actor, command, body.what, private.unwrap_or_default()),
    })
}

impl Tx {
    /// A customer's events, newest first; those before number `before`.
    pub async fn timeline(
        &mut self,
        partner: &PartnerId,
        customer: &CustomerId,
        before: Option<u64>,
        size: u32,
    ) -> Result<Vec<Logged>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM events WHERE partner_id = $1 AND customer_id = $2 AND seq < $3 \
             ORDER BY seq DESC LIMIT $4"
        );
        let before = before.map_or(i64::MAX, big);
        let args = args![partner.as_str(), customer.as_str(), before, i64::from(size)];
        self.rows(sql, args)
            .await?
            .into_iter()
            .map(logged)
            .collect()
    }

    /// The events of one command, oldest first; none when the partner has no such command.
    pub async fn command(
        &mut self,
        partner: &PartnerId,
        customer: &CustomerId,
        command: &CommandId,
    ) -> Result<Vec<Logged>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM events WHERE partner_id = $1 AND customer_id = $2 AND command_id = $3 ORDER BY seq"
        );
        let rows = self
            .rows(
                sql,
                args![partner.as_str(), customer.as_str(), command.as_str()],
            )
            .await?;
        rows.into_iter().map(logged).collect()
    }

    /// The events numbered `first` to `last`, oldest first.
    pub(crate) async fn events_between(
        &mut self,
        partner: &PartnerId,
        first: i64,
        last: i64,
    ) -> Result<Vec<Logged>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM events WHERE partner_id = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq"
        );
        let rows = self.rows(sql, args![partner.as_str(), first, last]).await?;
        rows.into_iter().map(logged).collect()
    }

    /// The accounts that the events of some customers make, without usage. `args` are the partner and the customers of
    /// `list`.
    pub(super) async fn folds(
        &mut self,
        list: &str,
        args: Vec<Arg>,
    ) -> Result<HashMap<CustomerId, Account>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM events WHERE partner_id = $1 AND customer_id IN ({list}) ORDER BY seq"
        );
        let mut accounts = HashMap::new();
        for row in self.rows(sql, args).await? {
            let Logged {
                customer: Some(customer),
                event,
                ..
            } = logged(row)?
            else {
                continue;
            };
            let account = match accounts.remove(&customer) {
                None => Account::opened(&event),
                Some(account) => Some(Account::apply(account, &event)),
            };
            accounts.extend(account.map(|account| (customer, account)));
        }
        Ok(accounts)
    }

    /// A page of a partner's log.
    pub async fn activity(
        &mut self,
        partner: &PartnerId,
        query: &ActivityQuery,
    ) -> Result<LogPage> {
        let mut binds = Binds::default();
        let mut sql = format!(
            "SELECT {COLUMNS} FROM events WHERE partner_id = ${}",
            binds.push(partner.as_str())
        );
        if let Some(kind) = query.kind {
            sql += &format!(" AND kind = ${}", binds.push(kind.code()));
        }
        if let Some(actor) = &query.actor {
            let (kind, id) = actor_columns(actor);
            sql += &format!(" AND actor_kind = ${}", binds.push(kind));
            if let Some(id) = id {
                sql += &format!(" AND actor_id = ${}", binds.push(id));
            }
        }
        if let Some(from) = query.from {
            sql += &format!(" AND at >= ${}", binds.push(from.millis()));
        }
        if let Some(until) = query.until {
            sql += &format!(" AND at < ${}", binds.push(until.millis()));
        }
        let order = match query.place {
            LogPlace::Start => "DESC",
            LogPlace::Before(seq) => {
                sql += &format!(" AND seq < ${}", binds.push(big(seq)));
                "DESC"
            }
            LogPlace::After(seq) => {
                sql += &format!(" AND seq > ${}", binds.push(big(seq)));
                "ASC"
            }
        };
        let size = query.size as usize;
        sql += &format!(
            " ORDER BY seq {order} LIMIT ${}",
            binds.push(i64::from(query.size) + 1)
        );
        let rows = self.rows(sql, binds.into_args()).await?;
        let mut events = rows.into_iter().map(logged).collect::<Result<Vec<_>>>()?;
        let more = events.len() > size;
        events.truncate(size);
        let (is_newer, is_older) = match query.place {
            LogPlace::Start => (false, more),
            LogPlace::Before(_) => (true, more),
            LogPlace::After(_) => {
                events.reverse();
                (more, true)
            }
        };
        let newest = events.first().map(|logged| logged.seq);
        let oldest = events.last().map(|logged| logged.seq);
        Ok(LogPage {
            older: oldest.filter(|_| is_older),
            newer: newest.filter(|_| is_newer),
            events,
        })
    }

    /// Name and external id of customers, by id.
    pub async fn customer_names(
        &mut self,
        partner: &PartnerId,
        ids: &[CustomerId],
    ) -> Result<HashMap<CustomerId, (Option<String>, ExternalId)>> {
        let mut ids: Vec<&str> = ids.iter().map(CustomerId::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut names = HashMap::new();
        for ids in ids.chunks(100) {
            let list = placeholders(2, ids.len());
            let mut args = args![partner.as_str()];
            args.extend(ids.iter().map(|id| (*id).into()));
            let sql = format!(
                "SELECT id, name, external_id FROM customers WHERE partner_id = $1 AND id IN ({list})"
            );
            for mut row in self.rows(sql, args).await? {
                let id = row.parsed(CustomerId::parse)?;
                let name = row.maybe_text()?;
                names.insert(
                    id,
                    (
                        name,
                        row.parsed(ExternalId::parse)
                            .map_err(|_| Error::damaged("an external id"))?,
                    ),
                );
            }
        }
        Ok(names)
    }
}
