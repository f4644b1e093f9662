//! How users read: set alone, whatever else is changed about them at the same time.

use domain::{PartnerId, UserId};

use super::port::args;
use super::{Store, Tx};
use crate::error::{Error, Result};

/// How a user wants to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// For whom they work.
    pub partner: PartnerId,
    /// Who.
    pub user: UserId,
    /// Their own language (BCP 47); `None` for the partner's.
    pub language: Option<String>,
    /// Their own time zone (IANA); `None` for that of their browser, or the partner's.
    pub time_zone: Option<String>,
}

impl Tx {
    /// Sets how a user reads: language and time zone, each perhaps the partner's.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn set_reading(&mut self, reading: &Reading) -> Result<()> {
        let sql =
            "UPDATE users SET language = $3, time_zone = $4 WHERE partner_id = $1 AND id = $2";
        let args = args![
            reading.partner.as_str(),
            reading.user.as_str(),
            reading.language.as_deref(),
            reading.time_zone.as_deref()
        ];
        match self.run(sql, args).await? {
            0 => Err(Error::NotFound),
            _ => Ok(()),
        }
    }
}

impl Store {
    /// Sets how a user reads: language and time zone.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn set_reading(&self, reading: Reading) -> Result<()> {
        self.write(reading, |tx, reading| Box::pin(tx.set_reading(reading)))
            .await
    }
}
