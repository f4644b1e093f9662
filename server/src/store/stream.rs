//! Which history of this database its logs tell: restoring an older copy begins another one, so that whoever has read
//! on from a number of the lost one is not told of different events under the same numbers.

use serde::{Deserialize, Serialize};

use super::port::args;
use super::{Store, Tx};
use crate::error::{Error, Result};
use crate::ids::Ids;

/// Names a history: 16 hexadecimal digits, random.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StreamEpoch(String);

/// The text names no history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a history is named by 16 hexadecimal digits")]
pub struct MalformedEpoch;

impl StreamEpoch {
    /// A new one.
    #[must_use]
    pub fn draw(ids: &dyn Ids) -> Self {
        let mut bytes = [0; 8];
        ids.fill(&mut bytes);
        Self(hex::encode(bytes))
    }

    /// Reads a name.
    ///
    /// # Errors
    /// [`MalformedEpoch`].
    pub fn parse(text: &str) -> Result<Self, MalformedEpoch> {
        let digits = text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits && text.len() == 16 {
            Ok(Self(text.to_owned()))
        } else {
            Err(MalformedEpoch)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for StreamEpoch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for StreamEpoch {
    type Error = MalformedEpoch;

    fn try_from(text: String) -> Result<Self, MalformedEpoch> {
        Self::parse(&text)
    }
}

impl From<StreamEpoch> for String {
    fn from(epoch: StreamEpoch) -> Self {
        epoch.0
    }
}

/// Under which name it is kept.
const NAME: &str = "stream_epoch";

impl Tx {
    /// The present history; `None` while nobody has asked for it with the means to name it.
    pub async fn stream_epoch(&mut self) -> Result<Option<StreamEpoch>> {
        let name = self.secret(NAME).await?;
        name.map(|name| StreamEpoch::parse(&name))
            .transpose()
            .map_err(Error::damaged)
    }

    /// Begins another history. What somebody was let in by in the former one lets in nobody: it may have been revoked
    /// since.
    pub(crate) async fn begin_stream(&mut self, epoch: &StreamEpoch) -> Result<()> {
        let sql = "INSERT INTO secrets (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.run(sql, args![NAME, epoch.as_str()]).await?;
        self.run("DELETE FROM sessions", args![]).await?;
        self.run("DELETE FROM login_links", args![]).await.map(drop)
    }
}

impl Store {
    /// The present history; it is named when it is asked for first.
    pub async fn stream_epoch(&self, ids: &dyn Ids) -> Result<StreamEpoch> {
        if let Some(epoch) = self.read().await?.stream_epoch().await? {
            return Ok(epoch);
        }
        let drawn = StreamEpoch::draw(ids);
        let kept = self.put_secret(NAME.to_owned(), drawn.0).await?;
        StreamEpoch::parse(&kept).map_err(Error::damaged)
    }
}
