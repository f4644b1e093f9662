//! The one door to a database: statements with `$1` placeholders, plain arguments in, plain rows out. Both databases
//! stand behind it, so that every statement of the program is written once.

use std::borrow::Cow;

use async_trait::async_trait;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{
    AssertSqlSafe, Database, PgConnection, Postgres, Row as _, Sqlite, SqliteConnection,
    Transaction,
};

use crate::error::{Error, Result};

/// The text of a statement: a constant of this program, or assembled from such constants. Values never stand in it.
pub type Sql = Cow<'static, str>;

/// A value that is bound to a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// `BIGINT`
    Int(Option<i64>),
    /// `TEXT`
    Text(Option<String>),
    /// `BOOLEAN`
    Flag(bool),
}

impl From<i64> for Arg {
    fn from(value: i64) -> Self {
        Arg::Int(Some(value))
    }
}

impl From<Option<i64>> for Arg {
    fn from(value: Option<i64>) -> Self {
        Arg::Int(value)
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Self {
        Arg::Text(Some(value))
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Arg::Text(Some(value.to_owned()))
    }
}

impl From<Option<String>> for Arg {
    fn from(value: Option<String>) -> Self {
        Arg::Text(value)
    }
}

impl From<Option<&str>> for Arg {
    fn from(value: Option<&str>) -> Self {
        Arg::Text(value.map(str::to_owned))
    }
}

impl From<bool> for Arg {
    fn from(value: bool) -> Self {
        Arg::Flag(value)
    }
}

/// The arguments of a statement, in order of their placeholders.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::port::Arg::from($value)),*] };
}
pub(crate) use args;

/// A row of an answer, read from left to right.
#[derive(Debug)]
pub struct Row {
    cells: Cells,
    next: usize,
}

#[derive(Debug)]
enum Cells {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    fn cell<T>(&mut self) -> Result<T>
    where
        T: for<'r> sqlx::Decode<'r, Sqlite>
            + sqlx::Type<Sqlite>
            + for<'r> sqlx::Decode<'r, Postgres>
            + sqlx::Type<Postgres>,
    {
        let index = self.next;
        self.next += 1;
        Ok(match &self.cells {
            Cells::Sqlite(row) => row.try_get(index).map_err(Error::damaged)?,
            Cells::Postgres(row) => row.try_get(index).map_err(Error::damaged)?,
        })
    }

    /// The next value, a number.
    pub fn int(&mut self) -> Result<i64> {
        self.cell()
    }

    /// The next value, a number or nothing.
    pub fn maybe_int(&mut self) -> Result<Option<i64>> {
        self.cell()
    }

    /// The next value, a text.
    pub fn text(&mut self) -> Result<String> {
        self.cell()
    }

    /// The next value, a text or nothing.
    pub fn maybe_text(&mut self) -> Result<Option<String>> {
        self.cell()
    }

    /// The next value, yes or no.
    pub fn flag(&mut self) -> Result<bool> {
        self.cell()
    }
}

/// An open transaction of either database.
#[async_trait]
pub trait Port: Send {
    /// All rows that a statement answers.
    async fn rows(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Vec<Row>>;
    /// Runs a statement; answers how many rows it touched.
    async fn run(&mut self, sql: Sql, args: Vec<Arg>) -> Result<u64>;
    /// Keeps what was done; in a batch it becomes durable with the others.
    async fn commit(self: Box<Self>) -> Result<()>;
}

/// PostgreSQL cannot hold a NUL in a text; refusing it here keeps both databases alike.
fn check(args: &[Arg]) -> Result<()> {
    let has_nul = |arg: &Arg| matches!(arg, Arg::Text(Some(text)) if text.contains('\0'));
    if args.iter().any(has_nul) {
        Err(Error::NulInText)
    } else {
        Ok(())
    }
}

/// A connection of either database that runs statements.
#[async_trait]
pub trait Statements: Send {
    /// All rows that a statement answers.
    async fn rows(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Vec<Row>>;
    /// Runs a statement; answers how many rows it touched.
    async fn run(&mut self, sql: Sql, args: Vec<Arg>) -> Result<u64>;
}

macro_rules! statements {
    ($database:ident, $connection:ident) => {
        #[async_trait]
        impl Statements for $connection {
            async fn rows(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Vec<Row>> {
                check(&args)?;
                let mut query = sqlx::query::<$database>(AssertSqlSafe(sql));
                for arg in args {
                    query = match arg {
                        Arg::Int(value) => query.bind(value),
                        Arg::Text(value) => query.bind(value),
                        Arg::Flag(value) => query.bind(value),
                    };
                }
                let rows = query.fetch_all(self).await?;
                Ok(rows
                    .into_iter()
                    .map(|row| Row {
                        cells: Cells::$database(row),
                        next: 0,
                    })
                    .collect())
            }

            async fn run(&mut self, sql: Sql, args: Vec<Arg>) -> Result<u64> {
                check(&args)?;
                let mut query = sqlx::query::<$database>(AssertSqlSafe(sql));
                for arg in args {
                    query = match arg {
                        Arg::Int(value) => query.bind(value),
                        Arg::Text(value) => query.bind(value),
                        Arg::Flag(value) => query.bind(value),
                    };
                }
                Ok(query.execute(self).await?.rows_affected())
            }
        }
    };
}

statements!(Sqlite, SqliteConnection);
statements!(Postgres, PgConnection);

#[async_trait]
impl<D: Database> Port for Transaction<'static, D>
where
    D::Connection: Statements,
{
    async fn rows(&mut self, sql: Sql, args: Vec<Arg>) -> Result<Vec<Row>> {
        Statements::rows(&mut **self, sql, args).await
    }

    async fn run(&mut self, sql: Sql, args: Vec<Arg>) -> Result<u64> {
        Statements::run(&mut **self, sql, args).await
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        Ok(Transaction::commit(*self).await?)
    }
}
