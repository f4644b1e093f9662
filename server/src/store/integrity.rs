//! Whether the database is whole as a database. PostgreSQL sees to that itself; a file of SQLite can be asked.

use super::port::args;
use super::{Dialect, Tx};
use crate::error::Result;

impl Tx {
    /// What SQLite finds wrong with the structure of its file, indexes and checks; empty when nothing is.
    pub async fn integrity(&mut self) -> Result<Vec<String>> {
        if self.dialect == Dialect::Postgres {
            return Ok(Vec::new());
        }
        let rows = self.rows("PRAGMA integrity_check", args![]).await?;
        let found = rows.into_iter().map(|mut row| row.text());
        let found = found.collect::<Result<Vec<_>>>()?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    /// The tables with rows that point to rows that do not exist; empty when there are none.
    pub async fn dangling(&mut self) -> Result<Vec<String>> {
        if self.dialect == Dialect::Postgres {
            return Ok(Vec::new());
        }
        let sql = "SELECT DISTINCT \"table\" || ' to ' || parent FROM pragma_foreign_key_check";
        let rows = self.rows(sql, args![]).await?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }
}
