//! Signed statements about where a log stood.

use domain::{PartnerId, Timestamp};
use serde::{Deserialize, Serialize};

use super::chain::Head;
use super::codec::big;
use super::port::{Row, args};
use super::stream::StreamEpoch;
use super::{Store, Tx};
use crate::error::Result;

/// What a checkpoint says: at that time, this partner's log had this event with this hash.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// Whose log.
    pub partner: PartnerId,
    /// In which history of the database.
    pub stream: StreamEpoch,
    /// Where the log stood.
    #[serde(flatten)]
    pub head: Head,
    /// When it was signed.
    pub at: Timestamp,
    /// Only at the begin of a history: the one that it goes on from, here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<StreamEpoch>,
    /// Only at the begin of a history: the one that was given up for it, if that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<StreamEpoch>,
}

/// A claim with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What it says.
    #[serde(flatten)]
    pub claim: Claim,
    /// Which key signed it.
    pub key: String,
    /// Ed25519, in Base64.
    pub signature: String,
}

const COLUMNS: &[&str] = &[
    "partner_id",
    "stream",
    "seq",
    "hash",
    "at",
    "continues",
    "replaces",
    "key_id",
    "signature",
];

fn checkpoint(mut row: Row) -> Result<Checkpoint> {
    Ok(Checkpoint {
        claim: Claim {
            partner: row.parsed(PartnerId::parse)?,
            stream: row.parsed(StreamEpoch::parse)?,
            head: Head {
                seq: row.count()?,
                hash: row.text()?,
            },
            at: row.time()?,
            continues: row.maybe_parsed(StreamEpoch::parse)?,
            replaces: row.maybe_parsed(StreamEpoch::parse)?,
        },
        key: row.text()?,
        signature: row.text()?,
    })
}

impl Tx {
    /// All partners of whose logs there are checkpoints.
    pub async fn checkpoint_partners(&mut self) -> Result<Vec<PartnerId>> {
        let rows = self
            .rows("SELECT DISTINCT partner_id FROM checkpoints", args![])
            .await?;
        rows.into_iter()
            .map(|mut row| row.parsed(PartnerId::parse))
            .collect()
    }

    /// The checkpoints of a partner's log.
    pub async fn checkpoints(&mut self, partner: &PartnerId) -> Result<Vec<Checkpoint>> {
        let columns = COLUMNS.join(", ");
        let sql = format!(
            "SELECT {columns} FROM checkpoints WHERE partner_id = $1 ORDER BY seq, at, stream"
        );
        let rows = self.rows(sql, args![partner.as_str()]).await?;
        rows.into_iter().map(checkpoint).collect()
    }

    /// The checkpoints of a partner's log in one history after number `after`.
    pub async fn checkpoints_after(
        &mut self,
        partner: &PartnerId,
        stream: &StreamEpoch,
        after: u64,
    ) -> Result<Vec<Checkpoint>> {
        let columns = COLUMNS.join(", ");
        let sql = format!(
            "SELECT {columns} FROM checkpoints WHERE partner_id = $1 AND stream = $2 AND seq > $3 ORDER BY seq"
        );
        let args = args![partner.as_str(), stream.as_str(), big(after)];
        let rows = self.rows(sql, args).await?;
        rows.into_iter().map(checkpoint).collect()
    }

    /// Keeps checkpoints; where there is one for the same place already, that one stays.
    pub(crate) async fn add_checkpoints(&mut self, checkpoints: &[Checkpoint]) -> Result<()> {
        let rows = checkpoints.iter().map(|checkpoint| {
            let Checkpoint {
                claim,
                key,
                signature,
            } = checkpoint;
            args![
                claim.partner.as_str(),
                claim.stream.as_str(),
                big(claim.head.seq),
                claim.head.hash.as_str(),
                claim.at.millis(),
                claim.continues.as_ref().map(StreamEpoch::as_str),
                claim.replaces.as_ref().map(StreamEpoch::as_str),
                key.as_str(),
                signature.as_str(),
            ]
        });
        let stays = " ON CONFLICT (partner_id, stream, seq) DO NOTHING";
        self.insert("checkpoints", COLUMNS, rows.collect(), stays)
            .await
    }

    /// Where every partner's log ends.
    pub async fn heads(&mut self) -> Result<Vec<(PartnerId, u64)>> {
        let rows = self
            .rows("SELECT id, last_seq FROM partners", args![])
            .await?;
        rows.into_iter()
            .map(|mut row| Ok((row.parsed(PartnerId::parse)?, row.count()?)))
            .collect()
    }
}

impl Store {
    /// Keeps checkpoints; where there is one for the same place already, that one stays.
    pub async fn add_checkpoints(&self, checkpoints: Vec<Checkpoint>) -> Result<()> {
        self.write(checkpoints, |tx, checkpoints| {
            Box::pin(tx.add_checkpoints(checkpoints))
        })
        .await
    }

    /// Begins another history of this database, with the checkpoints that say where each log goes on.
    pub async fn begin_stream(
        &self,
        epoch: StreamEpoch,
        checkpoints: Vec<Checkpoint>,
    ) -> Result<()> {
        self.write((epoch, checkpoints), |tx, (epoch, checkpoints)| {
            Box::pin(async move {
                tx.begin_stream(epoch).await?;
                tx.add_checkpoints(checkpoints).await
            })
        })
        .await
    }
}
