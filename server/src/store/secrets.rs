//! Named values of this database that are made once: keys, the demo's password.

use super::port::args;
use super::{Store, Tx};
use crate::error::{Error, Result};

impl Tx {
    /// The value with this name.
    pub async fn secret(&mut self, name: &str) -> Result<Option<String>> {
        let row = self
            .row("SELECT value FROM secrets WHERE name = $1", args![name])
            .await?;
        row.map(|mut row| row.text()).transpose()
    }
}

impl Store {
    /// Keeps `value` under `name` unless there is one already; answers the one that is kept.
    pub async fn put_secret(&self, name: String, value: String) -> Result<String> {
        self.write((name, value), |tx, (name, value)| {
            Box::pin(async move {
                let sql = "INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
                tx.run(sql, args![name.as_str(), value.as_str()]).await?;
                tx.secret(name).await?.ok_or(Error::NotFound)
            })
        })
        .await
    }
}
