//! Answers kept under idempotency keys, so that sending twice does it once.

use domain::{CommandId, IdempotencyKey, PartnerId, Timestamp};

use super::Tx;
use super::port::{Row, args};
use crate::error::{Error, Result};

/// How long an answer is kept.
const KEPT: i64 = 7 * domain::time::DAY;

/// Under which key a command was sent, and what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    /// Keeps the keys of different senders apart.
    pub scope: String,
    /// The sender's key.
    pub key: IdempotencyKey,
    /// Digest of the command with all its fields.
    pub fingerprint: String,
}

/// What a command did: its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub command: CommandId,
    pub first_seq: i64,
    pub last_seq: i64,
}

fn answer(row: &mut Row) -> Result<Answer> {
    Ok(Answer {
        command: row.parsed(CommandId::parse)?,
        first_seq: row.int()?,
        last_seq: row.int()?,
    })
}

impl Tx {
    /// The answer that was given under this key.
    ///
    /// # Errors
    /// [`Error::KeyReused`] when the key was used for another command.
    pub(crate) async fn answer(
        &mut self,
        partner: &PartnerId,
        sent: &Sent,
    ) -> Result<Option<Answer>> {
        let sql = "SELECT fingerprint, command_id, first_seq, last_seq FROM answers \
                   WHERE partner_id = $1 AND scope = $2 AND idempotency_key = $3";
        let args = args![partner.as_str(), sent.scope.as_str(), sent.key.as_str()];
        let Some(mut row) = self.row(sql, args).await? else {
            return Ok(None);
        };
        if row.text()? != sent.fingerprint {
            return Err(Error::KeyReused);
        }
        answer(&mut row).map(Some)
    }

    /// What was done under this key, whatever it was.
    pub(crate) async fn used(
        &mut self,
        partner: &PartnerId,
        scope: &str,
        key: &IdempotencyKey,
    ) -> Result<Option<Answer>> {
        let sql = "SELECT command_id, first_seq, last_seq FROM answers \
                   WHERE partner_id = $1 AND scope = $2 AND idempotency_key = $3";
        let row = self
            .row(sql, args![partner.as_str(), scope, key.as_str()])
            .await?;
        row.map(|mut row| answer(&mut row)).transpose()
    }

    /// Keeps an answer, and forgets those of this partner that nobody may ask for any more.
    pub(crate) async fn keep_answer(
        &mut self,
        partner: &PartnerId,
        sent: &Sent,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<()> {
        let old = "DELETE FROM answers WHERE partner_id = $1 AND created_at < $2";
        self.run(old, args![partner.as_str(), now.millis() - KEPT])
            .await?;
        let sql = "INSERT INTO answers (partner_id, scope, idempotency_key, fingerprint, command_id, first_seq, \
                   last_seq, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let args = args![
            partner.as_str(),
            sent.scope.as_str(),
            sent.key.as_str(),
            sent.fingerprint.as_str(),
            answer.command.as_str(),
            answer.first_seq,
            answer.last_seq,
            now.millis(),
        ];
        self.run(sql, args).await.map(drop)
    }
}
