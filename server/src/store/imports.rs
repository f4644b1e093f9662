//! Imports that are under way: how far they came, so that an interrupted one goes on where it stopped.

use domain::{ImportId, PartnerId, Timestamp};

use super::codec::big;
use super::port::args;
use super::{Store, Tx};
use crate::error::Result;

/// An import under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its identifier.
    pub id: ImportId,
    /// Digest of its files.
    pub fingerprint: String,
    /// When it began.
    pub started_at: Timestamp,
    /// How many of its lines are written.
    pub done: u64,
}

/// How far an import is once a transaction is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProgress {
    /// Which import.
    pub import: ImportId,
    /// How many of its lines are then written.
    pub done: u64,
}

impl Tx {
    /// The import of the same files that was begun and did not end.
    pub async fn unfinished_import(
        &mut self,
        partner: &PartnerId,
        fingerprint: &str,
    ) -> Result<Option<Import>> {
        let sql = "SELECT id, fingerprint, started_at, done FROM imports \
                   WHERE partner_id = $1 AND fingerprint = $2 AND finished_at IS NULL ORDER BY started_at DESC LIMIT 1";
        let Some(mut row) = self.row(sql, args![partner.as_str(), fingerprint]).await? else {
            return Ok(None);
        };
        Ok(Some(Import {
            id: row.parsed(ImportId::parse)?,
            fingerprint: row.text()?,
            started_at: row.time()?,
            done: row.count()?,
        }))
    }

    /// Writes down how far an import is.
    pub async fn import_progress(
        &mut self,
        partner: &PartnerId,
        progress: &ImportProgress,
    ) -> Result<()> {
        let sql = "UPDATE imports SET done = $3 WHERE partner_id = $1 AND id = $2";
        self.run(
            sql,
            args![
                partner.as_str(),
                progress.import.as_str(),
                big(progress.done)
            ],
        )
        .await
        .map(drop)
    }
}

impl Store {
    /// Begins an import.
    pub async fn begin_import(&self, partner: PartnerId, import: Import) -> Result<()> {
        self.write((partner, import), |tx, (partner, import)| {
            Box::pin(async move {
                let sql = "INSERT INTO imports (partner_id, id, fingerprint, started_at, done) \
                           VALUES ($1, $2, $3, $4, $5)";
                let (id, fingerprint) = (import.id.as_str(), import.fingerprint.as_str());
                let args = args![
                    partner.as_str(),
                    id,
                    fingerprint,
                    import.started_at.millis(),
                    big(import.done)
                ];
                tx.run(sql, args).await.map(drop)
            })
        })
        .await
    }

    /// Ends an import.
    pub async fn finish_import(
        &self,
        partner: PartnerId,
        import: ImportId,
        now: Timestamp,
    ) -> Result<()> {
        self.write((partner, import, now), |tx, (partner, import, now)| {
            let sql = "UPDATE imports SET finished_at = $3 WHERE partner_id = $1 AND id = $2";
            Box::pin(async move {
                tx.run(sql, args![partner.as_str(), import.as_str(), now.millis()])
                    .await
                    .map(drop)
            })
        })
        .await
    }
}
