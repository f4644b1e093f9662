//! Sessions of signed-in users, known by the hash of their secret.

use domain::{PartnerId, Timestamp, UserId};

use super::port::{Row, args};
use super::{Store, Tx};
use crate::error::Result;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of the secret that the browser holds.
    pub id_hash: String,
    /// Of which partner.
    pub partner: PartnerId,
    /// Whose.
    pub user: UserId,
    /// When it began.
    pub created_at: Timestamp,
    /// The last request that was written down.
    pub last_seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// Whether a notice waits in it.
    pub has_notice: bool,
}

fn session(mut row: Row) -> Result<Session> {
    Ok(Session {
        id_hash: row.text()?,
        partner: row.parsed(PartnerId::parse)?,
        user: row.parsed(UserId::parse)?,
        created_at: row.time()?,
        last_seen_at: row.time()?,
        expires_at: row.time()?,
        has_notice: row.flag()?,
    })
}

impl Tx {
    /// The session with this hash, expired or not.
    pub async fn session(&mut self, id_hash: &str) -> Result<Option<Session>> {
        let sql = "SELECT id_hash, partner_id, user_id, created_at, last_seen_at, expires_at, notice IS NOT NULL \
                   FROM sessions WHERE id_hash = $1";
        self.row(sql, args![id_hash])
            .await?
            .map(session)
            .transpose()
    }

    /// Ends every session of a user.
    pub async fn sign_out_everywhere(&mut self, partner: &PartnerId, user: &UserId) -> Result<()> {
        let sql = "DELETE FROM sessions WHERE partner_id = $1 AND user_id = $2";
        self.run(sql, args![partner.as_str(), user.as_str()])
            .await
            .map(drop)
    }
}

impl Store {
    /// Begins a session; expired ones are swept away.
    pub async fn add_session(&self, session: Session) -> Result<()> {
        self.write(session, |tx, session| {
            Box::pin(async move {
                let now = session.created_at.millis();
                tx.run("DELETE FROM sessions WHERE expires_at <= $1", args![now]).await?;
                let sql = "INSERT INTO sessions (id_hash, partner_id, user_id, created_at, last_seen_at, expires_at) \
                           VALUES ($1, $2, $3, $4, $5, $6)";
                let (partner, user) = (session.partner.as_str(), session.user.as_str());
                let expires = session.expires_at.millis();
                tx.run(sql, args![session.id_hash.as_str(), partner, user, now, now, expires]).await.map(drop)
            })
        })
        .await
    }

    /// Writes down that the session was used at `now`. Callers do so once a minute, not with every request.
    pub async fn touch_session(&self, id_hash: String, now: Timestamp) -> Result<()> {
        self.write((id_hash, now), |tx, (id_hash, now)| {
            let sql =
                "UPDATE sessions SET last_seen_at = $2 WHERE id_hash = $1 AND last_seen_at < $2";
            Box::pin(async move {
                tx.run(sql, args![id_hash.as_str(), now.millis()])
                    .await
                    .map(drop)
            })
        })
        .await
    }

    /// Ends a session.
    pub async fn end_session(&self, id_hash: String) -> Result<()> {
        self.write(id_hash, |tx, id_hash| {
            let sql = "DELETE FROM sessions WHERE id_hash = $1";
            Box::pin(async move { tx.run(sql, args![id_hash.as_str()]).await.map(drop) })
        })
        .await
    }

    /// Leaves a notice in the session for its next page; replaces one that waits.
    pub async fn put_notice(&self, id_hash: String, notice: String) -> Result<()> {
        self.write((id_hash, notice), |tx, (id_hash, notice)| {
            let sql = "UPDATE sessions SET notice = $2 WHERE id_hash = $1";
            Box::pin(async move {
                tx.run(sql, args![id_hash.as_str(), notice.as_str()])
                    .await
                    .map(drop)
            })
        })
        .await
    }

    /// Takes the notice that waits in the session, once; writes only when there is one.
    pub async fn take_notice(&self, id_hash: &str) -> Result<Option<String>> {
        let waits = self
            .read()
            .await?
            .session(id_hash)
            .await?
            .is_some_and(|session| session.has_notice);
        if !waits {
            return Ok(None);
        }
        self.write(id_hash.to_owned(), |tx, id_hash| {
            Box::pin(async move {
                let sql = format!(
                    "SELECT notice FROM sessions WHERE id_hash = $1{}",
                    tx.dialect.claim()
                );
                let Some(mut row) = tx.row(sql, args![id_hash.as_str()]).await? else {
                    return Ok(None);
                };
                let notice = row.maybe_text()?;
                tx.run(
                    "UPDATE sessions SET notice = NULL WHERE id_hash = $1",
                    args![id_hash.as_str()],
                )
                .await?;
                Ok(notice)
            })
        })
        .await
    }
}
