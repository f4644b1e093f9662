//! Pages of customers, walked by keyset, and how many there are.

use domain::PartnerId;

use super::Tx;
use super::codec::UNKNOWN;
use super::customers::{COLUMNS, CustomerRow, customer_row};
use super::dialect::contains;
use super::list_query::{Cursor, CursorKey, Direction, ListQuery, Place};
use super::port::{Row, args};
use super::sql::Binds;
use crate::error::Result;

/// A page of customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage {
    /// In order.
    pub rows: Vec<CustomerRow>,
    /// There is a page before this one: before this cursor.
    pub before: Option<Cursor>,
    /// There is a page after this one: after this cursor.
    pub after: Option<Cursor>,
}

/// How many match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matches {
    /// So many.
    Exactly(u64),
    /// More than this; nobody counted further.
    MoreThan(u64),
}

/// How far matches are counted.
const MOST_COUNTED: u64 = 1000;

/// Which columns have any data for a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Price per month.
    pub price: bool,
    /// Usage.
    pub usage: bool,
    /// Joined.
    pub joined: bool,
    /// Last seen.
    pub last_seen: bool,
    /// Suspended until.
    pub until: bool,
}

fn listed(mut row: Row, column: &str) -> Result<(CursorKey, CustomerRow)> {
    let key = match column {
        "name_key" => CursorKey::Text(row.text()?),
        _ => CursorKey::Number(row.int()?),
    };
    Ok((key, customer_row(row)?))
}

impl Tx {
    /// A page of customers.
    pub async fn customers(&mut self, partner: &PartnerId, query: &ListQuery) -> Result<ListPage> {
        let mut binds = Binds::default();
        let (from, matching) = self.matching(partner, query, &mut binds).await?;
        let column = query.sort_column();
        let size = query.size.clamp(1, ListQuery::LARGEST) as usize;
        let backwards = matches!(query.place, Place::End | Place::Before(_));
        let (compare, order) = match (query.direction, backwards) {
            (Direction::Ascending, false) | (Direction::Descending, true) => (">", "ASC"),
            (Direction::Descending, false) | (Direction::Ascending, true) => ("<", "DESC"),
        };
        // A cursor of another sort order leads to the start.
        let place = match &query.place {
            Place::After(cursor) | Place::Before(cursor) => {
                cursor.arg(column).map(|key| (key, cursor))
            }
            Place::Start | Place::End => None,
        };
        let beyond = match &place {
            Some((key, cursor)) => {
                let (key, id) = (binds.push(key.clone()), binds.push(cursor.id.as_str()));
                format!(" AND ({column}, customers.id) {compare} (${key}, ${id})")
            }
            None => String::new(),
        };
        let limit = binds.push(size as i64 + 1);
        let sql = format!(
            "SELECT {column}, {COLUMNS} FROM {from} WHERE {matching}{beyond} \
             ORDER BY {column} {order}, customers.id {order} LIMIT ${limit}"
        );
        let rows = self.rows(sql, binds.into_args()).await?;
        let mut rows = rows
            .into_iter()
            .map(|row| listed(row, column))
            .collect::<Result<Vec<_>>>()?;
        let more = rows.len() > size;
        rows.truncate(size);
        if backwards {
            rows.reverse();
        }
        let came_from = place.map(|(_, cursor)| cursor.clone());
        let at = |row: Option<&(CursorKey, CustomerRow)>| {
            row.map(|(key, row)| Cursor {
                key: key.clone(),
                id: row.id.clone(),
            })
            .or_else(|| came_from.clone())
        };
        let is_first = if backwards {
            !more
        } else {
            came_from.is_none()
        };
        let is_last = if backwards {
            came_from.is_none()
        } else {
            !more
        };
        Ok(ListPage {
            before: if is_first { None } else { at(rows.first()) },
            after: if is_last { None } else { at(rows.last()) },
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        })
    }

    /// How many customers match, whichever page is asked for.
    pub async fn matches(&mut self, partner: &PartnerId, query: &ListQuery) -> Result<Matches> {
        let mut binds = Binds::default();
        let (from, matching) = self.matching(partner, query, &mut binds).await?;
        let found = self.count(from, matching, binds).await?;
        Ok(if found > MOST_COUNTED {
            Matches::MoreThan(MOST_COUNTED)
        } else {
            Matches::Exactly(found)
        })
    }

    /// Which columns have any data for a partner.
    pub async fn columns(&mut self, partner: &PartnerId) -> Result<Columns> {
        let known = |column| {
            format!("EXISTS (SELECT 1 FROM customers WHERE partner_id = $1 AND {column} > $2)")
        };
        let sql = format!(
            "SELECT {}, {}, {}, {}, EXISTS (SELECT 1 FROM customers WHERE partner_id = $1 AND status = 'suspended' \
             AND suspended_until IS NOT NULL)",
            known("price_month"),
            known("usage_permille"),
            known("joined_at"),
            known("last_seen_at"),
        );
        let mut row = self
            .row(sql, args![partner.as_str(), UNKNOWN])
            .await?
            .ok_or_else(|| crate::error::Error::damaged("an answer without a row"))?;
        Ok(Columns {
            price: row.flag()?,
            usage: row.flag()?,
            joined: row.flag()?,
            last_seen: row.flag()?,
            until: row.flag()?,
        })
    }

    /// What a query is to be read from, and its conditions: by the full-text index when that leaves few customers, by
    /// walking the list in its order when the text is a common one.
    async fn matching(
        &mut self,
        partner: &PartnerId,
        query: &ListQuery,
        binds: &mut Binds,
    ) -> Result<(&'static str, String)> {
        let needle = query.needle();
        let dialect = self.dialect;
        let by_index = match &needle {
            Some(needle) => !self.is_common(partner, needle).await?,
            None => false,
        };
        let partner = binds.push(partner.as_str());
        let conditions = query.conditions(binds);
        let matching = format!("customers.partner_id = ${partner}{conditions}");
        let Some(needle) = needle else {
            return Ok(("customers", matching));
        };
        let place = binds.next();
        let (from, (found, pattern)) = if by_index {
            (
                dialect.searched_customers(&needle),
                dialect.search(place, &needle),
            )
        } else {
            ("customers", contains(place, &needle))
        };
        binds.push(pattern);
        Ok((from, format!("{matching} AND {found}")))
    }

    /// Whether so many of a partner's customers contain a text that a walk through the list meets them sooner than the
    /// full-text index could sort them.
    async fn is_common(&mut self, partner: &PartnerId, needle: &str) -> Result<bool> {
        if !self.dialect.must_be_told_how(needle) {
            return Ok(false);
        }
        let mut binds = Binds::default();
        let partner = binds.push(partner.as_str());
        let (found, pattern) = self.dialect.search(binds.next(), needle);
        binds.push(pattern);
        let matching = format!("customers.partner_id = ${partner} AND {found}");
        let from = self.dialect.searched_customers(needle);
        Ok(self.count(from, matching, binds).await? > MOST_COUNTED)
    }

    /// Counts rows, one further than anybody is told.
    async fn count(&mut self, from: &str, matching: String, mut binds: Binds) -> Result<u64> {
        let limit = binds.push(MOST_COUNTED as i64 + 1);
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {matching} LIMIT ${limit}) AS found"
        );
        let mut row = self
            .row(sql, binds.into_args())
            .await?
            .ok_or_else(|| crate::error::Error::damaged("an answer without a row"))?;
        row.count()
    }
}
