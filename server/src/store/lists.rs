//! Pages of customers, walked by keyset, and how many there are.

use domain::PartnerId;

use super::Tx;
use super::codec::UNKNOWN;
use super::customers::{COLUMNS, CustomerRow, customer_row};
use super::dialect::{Dialect, contains};
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
        let found = match query.needle() {
            Some(needle) => self.count_found(partner, query, &needle).await?,
            None => {
                let mut binds = Binds::default();
                let partner = binds.push(partner.as_str());
                let conditions = query.conditions(&mut binds);
                self.count(
                    "customers",
                    format!("customers.partner_id = ${partner}{conditions}"),
                    binds,
                )
                .await?
            }
        };
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
        let Some(needle) = query.needle() else {
            let partner = binds.push(partner.as_str());
            return Ok((
                "customers",
                format!(
                    "customers.partner_id = ${partner}{}",
                    query.conditions(binds)
                ),
            ));
        };
        let common = self.dialect == Dialect::Sqlite
            && self.count_found(partner, query, &needle).await? > MOST_COUNTED;
        let dialect = self.dialect;
        let partner = binds.push(partner.as_str());
        let conditions = query.conditions(binds);
        let (from, found) = if common {
            let (condition, pattern) = contains(binds.next(), &needle);
            binds.push(pattern);
            ("customers", condition)
        } else {
            let (condition, pattern) = dialect.search(binds.next(), &needle);
            binds.push(pattern);
            (dialect.searched_customers(&needle), condition)
        };
        Ok((
            from,
            format!("customers.partner_id = ${partner}{conditions} AND {found}"),
        ))
    }

    async fn count_found(
        &mut self,
        partner: &PartnerId,
        query: &ListQuery,
        needle: &str,
    ) -> Result<u64> {
        let mut binds = Binds::default();
        let partner = binds.push(partner.as_str());
        let conditions = query.conditions(&mut binds);
        let (found, pattern) = self.dialect.search(binds.next(), needle);
        binds.push(pattern);
        let matching = format!("customers.partner_id = ${partner}{conditions} AND {found}");
        self.count(self.dialect.searched_customers(needle), matching, binds)
            .await
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
