//! Which customers a list is asked for: kind, filters, search, order, page.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{CustomerId, PlanId, Reason, Timestamp};

use super::codec::UNKNOWN;
use super::keys::needle;
use super::port::Arg;
use super::sql::Binds;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Active customers.
    Active,
    /// Suspended customers.
    Suspended,
    /// All customers, closed ones too.
    All,
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Name.
    Name,
    /// Rank of the plan.
    Plan,
    /// Price per month.
    Price,
    /// Share of the limit that is shown.
    Usage,
    /// When it became a customer.
    Joined,
    /// When it was last seen.
    LastSeen,
    /// Since when it is suspended; in other lists as `Joined`.
    Since,
}

/// In which direction. Unknown values are smaller than all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A filter by usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageBand {
    /// 80 % and more, also above the limit.
    Near,
    /// Above the limit.
    Over,
    /// Not reported.
    NotReported,
}

/// Which page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The first.
    Start,
    /// The last.
    End,
    /// What follows a row.
    After(Cursor),
    /// What comes before a row.
    Before(Cursor),
}

/// Which customers, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Of which list.
    pub kind: ListKind,
    /// Sorted by.
    pub sort: Sort,
    /// In which direction.
    pub direction: Direction,
    /// Only with this plan.
    pub plan: Option<PlanId>,
    /// Only with such usage.
    pub usage: Option<UsageBand>,
    /// Only with a suspension in force for this reason.
    pub reason: Option<Reason>,
    /// Only those kept out since this moment or later.
    pub since: Option<Timestamp>,
    /// Only those whose latest command was given then or earlier, and that no product has asked about since.
    pub not_enforced: Option<Timestamp>,
    /// Only those whose name, e-mail address, external id or id contains this.
    pub search: Option<String>,
    /// How many, at most [`ListQuery::LARGEST`].
    pub size: u32,
    /// Which page of them.
    pub place: Place,
}

impl ListQuery {
    /// The most rows of a page.
    pub const LARGEST: u32 = 500;

    /// The first 50 of a list, latest first.
    #[must_use]
    pub fn new(kind: ListKind) -> Self {
        Self {
            kind,
            sort: if kind == ListKind::Suspended {
                Sort::Since
            } else {
                Sort::Joined
            },
            direction: Direction::Descending,
            plan: None,
            usage: None,
            reason: None,
            since: None,
            not_enforced: None,
            search: None,
            size: 50,
            place: Place::Start,
        }
    }

    pub(super) fn needle(&self) -> Option<String> {
        self.search
            .as_deref()
            .map(needle)
            .filter(|needle| !needle.is_empty())
    }

    pub(super) fn sort_column(&self) -> &'static str {
        match (self.sort, self.kind) {
            (Sort::Name, _) => "name_key",
            (Sort::Plan, _) => "plan_rank",
            (Sort::Price, _) => "price_month",
            (Sort::Usage, _) => "usage_permille",
            (Sort::LastSeen, _) => "last_seen_at",
            (Sort::Since, ListKind::Suspended) => "suspended_since",
            (Sort::Since | Sort::Joined, _) => "joined_at",
        }
    }

    /// Conditions of kind and filters, after the one of the partner.
    pub(super) fn conditions(&self, binds: &mut Binds) -> String {
        // Written out, not bound: the index of suspended customers is one for exactly this condition.
        let mut sql = match self.kind {
            ListKind::Active => " AND status = 'active'",
            ListKind::Suspended => " AND status = 'suspended'",
            ListKind::All => "",
        }
        .to_owned();
        if let Some(plan) = &self.plan {
            sql += &format!(" AND plan_id = ${}", binds.push(plan.as_str()));
        }
        if let Some(band) = self.usage {
            let (compare, permille) = match band {
                UsageBand::Near => (">=", 800),
                UsageBand::Over => (">", 1000),
                UsageBand::NotReported => ("=", UNKNOWN),
            };
            sql += &format!(" AND usage_permille {compare} ${}", binds.push(permille));
        }
        if let Some(since) = self.since {
            sql += &format!(" AND suspended_since >= ${}", binds.push(since.millis()));
        }
        if let Some(before) = self.not_enforced {
            sql += &format!(
                " AND EXISTS (SELECT 1 FROM gate_customers WHERE gate_customers.partner_id = customers.partner_id \
                 AND customer_id = customers.id AND gate_customers.epoch = customers.epoch AND learned_at IS NULL \
                 AND gate_customers.since <= ${})",
                binds.push(before.millis())
            );
        }
        if let Some(reason) = self.reason {
            sql += &format!(
                " AND ',' || in_force || ',' LIKE ${}",
                binds.push(format!("%,{},%", reason.code()))
            );
        }
        sql
    }
}

/// A place between two rows: the sort key and id of the row beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) key: CursorKey,
    pub(super) id: CustomerId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CursorKey {
    Number(i64),
    Text(String),
}

impl Cursor {
    /// Reads a cursor from an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let (sort, key, id) = (parts.next()?, parts.next()?, parts.next()?);
        let key = match sort {
            "n" => CursorKey::Number(key.parse().ok()?),
            "t" => CursorKey::Text(String::from_utf8(URL_SAFE_NO_PAD.decode(key).ok()?).ok()?),
            _ => return None,
        };
        Some(Self {
            key,
            id: CustomerId::parse(id).ok()?,
        })
    }

    /// The sort key as an argument, when it is one of this column.
    pub(super) fn arg(&self, column: &str) -> Option<Arg> {
        match (&self.key, column) {
            (CursorKey::Text(text), "name_key") => Some(text.as_str().into()),
            (CursorKey::Number(number), column) if column != "name_key" => Some((*number).into()),
            _ => None,
        }
    }
}

/// As it stands in an address.
impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            CursorKey::Number(number) => write!(f, "n.{number}.{}", self.id),
            CursorKey::Text(text) => write!(f, "t.{}.{}", URL_SAFE_NO_PAD.encode(text), self.id),
        }
    }
}
