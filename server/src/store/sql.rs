//! Assembling statements of many rows.

use std::fmt::Write as _;

use super::port::{Arg, Sql};

/// `INSERT INTO {table} ({columns}) VALUES ($1, …), (…)` for `rows` rows, with `after` at its end.
pub fn insert_many(table: &str, columns: &[&str], rows: usize, after: &str) -> Sql {
    let width = columns.len();
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..width {
            // Writing to a String cannot fail.
            let _ = write!(
                sql,
                "{}${}",
                if column == 0 { "" } else { ", " },
                row * width + column + 1
            );
        }
        sql.push(')');
    }
    sql.push_str(after);
    Sql::Owned(sql)
}

/// `$from, …` for `count` placeholders.
pub fn placeholders(from: usize, count: usize) -> String {
    let list: Vec<String> = (from..from + count)
        .map(|number| format!("${number}"))
        .collect();
    list.join(", ")
}

/// The arguments of a statement that is assembled piece by piece.
#[derive(Default)]
pub struct Binds {
    args: Vec<Arg>,
}

impl Binds {
    /// Takes a value; answers the number of its placeholder.
    pub fn push(&mut self, value: impl Into<Arg>) -> usize {
        self.args.push(value.into());
        self.args.len()
    }

    /// The number that the next value will have.
    pub fn next(&self) -> usize {
        self.args.len() + 1
    }

    /// All values, in order.
    pub fn into_args(self) -> Vec<Arg> {
        self.args
    }
}
